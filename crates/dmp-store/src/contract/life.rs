//! A life that passes every named place where a test may have the process end, and what must be found afterwards.

use std::path::Path;

use dmp_core::Moment;
use dmp_core::audit::Chain;
use dmp_core::record::Channel;
use dmp_core::statistics::names;

use super::{created, sample, tallies};
use crate::{Change, Claim, Expected, IdentifierState, OperatedStore};

/// Later than anything is written.
const LATER: Moment = Moment::from_seconds(i64::MAX / 2_000_000);

/// What a child does until it ends: everything that passes a named place. `orphan` puts a large content that no row names.
pub async fn live(store: &dyn OperatedStore, folder: &Path, orphan: impl AsyncFn()) {
    store.sweep_claims().await.unwrap();
    for number in 1..=3 {
        let (ins, mine) = (sample::ins(number), sample::key());
        let key = match store.claim(&ins, mine).await.unwrap() {
            Claim::Made => mine,
            Claim::Existing(key, _) => key,
        };
        let mut head = sample::head(ins.clone(), "m");
        head.creation.channel = Channel::Pharmacy;
        store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], vec![sample::leaf("m", Chain::Main, "a")]).await.unwrap();
        store.confirm(&ins).await.unwrap();
        let (small, large) = (b"small".to_vec(), sample::noise(40_000));
        let entries = [sample::entry("m", &format!("urn:oid:1.{number}"), &small), sample::entry("m", &format!("urn:oid:2.{number}"), &large)];
        let mut changes = sample::publish(&entries[0], &small);
        changes.extend(sample::publish(&entries[1], &large));
        changes.push(Change::PutSubmission(Box::new(sample::submission("m", vec![entries[0].id]))));
        store.commit(key, Expected::Version(1), changes, vec![sample::leaf("m", Chain::Main, "a")]).await.unwrap();
        tallies::count_all(store).await;
        // What was acknowledged is written down for the parent.
        let mut line = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("acknowledged")).unwrap();
        std::io::Write::write_all(&mut line, format!("{number}\n").as_bytes()).unwrap();
    }
    store.sweep_orphans(LATER).await.unwrap();
    let key = created(store, 4, "m").await;
    orphan().await;
    store.sweep_orphans(LATER).await.unwrap();
    store.erase(key).await.unwrap();
}

/// What a restart finds: every acknowledged record whole, everything else whole or absent, no chain broken.
pub async fn examine(store: &dyn OperatedStore, folder: &Path, place: &str) {
    store.sweep_claims().await.unwrap();
    let acknowledged = std::fs::read_to_string(folder.join("acknowledged")).unwrap_or_default();
    for number in 1..=3 {
        let must = acknowledged.lines().any(|line| line == number.to_string());
        let Some((key, state)) = store.identify(&sample::ins(number)).await.unwrap() else {
            assert!(!must, "{place}: record {number} was acknowledged and is gone");
            continue;
        };
        assert_eq!(state, IdentifierState::Confirmed, "{place}");
        let record = store.load(key).await.unwrap().unwrap();
        assert!(matches!((record.version, record.entries.len()), (1, 0) | (2, 2)), "{place}: {}", record.version);
        assert!(!must || record.version == 2, "{place}: publish {number} was acknowledged and is gone");
        let leaves = store.journal(key, Chain::Main, None, 10).await.unwrap().len();
        assert_eq!(u64::try_from(leaves).unwrap(), record.version, "{place}: one leaf for each act");
        for entry in &record.entries {
            store.content(key, &sample::permit(&record, entry)).await.unwrap();
            assert_eq!(store.locate(&entry.unique_id).await.unwrap(), Some(key), "{place}");
        }
    }
    tallies::count_all(store).await;
    let records = i64::try_from(store.counts().await.unwrap().records).unwrap();
    assert_eq!(tallies::count(store, names::OPENED).await, records, "{place}: each opening counts once");
    assert_eq!(tallies::paid(store).await, tallies::opened_by_pharmacists(store).await, "{place}: each that is paid has one line");
    assert_eq!(store.verify_chains(&mut |_| ()).await.unwrap().broken_count, 0, "{place}");
    assert!(store.integrity().await.unwrap().is_empty(), "{place}");
}
