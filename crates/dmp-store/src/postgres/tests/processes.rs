//! Several processes on one database: none answers with what another one has changed, none loses what another one makes.

use std::collections::BTreeSet;
use std::sync::Arc;

use dmp_core::audit::Chain;

use super::super::PostgresOptions;
use super::super::PostgresStore;
use super::{Place, server};
use crate::contract::{created, sample};
use crate::{Change, Claim, Expected, OperatedStore, RecordStore, StoreError};

#[tokio::test]
async fn a_change_of_one_process_is_seen_by_the_others_at_once() {
    let Some(server) = server("a change seen") else { return };
    let place = Place::new(server).await;
    let (one, other) = (place.postgres(), place.other().await);
    let key = created(&**one, 160, "m").await;
    let mut entry = sample::entry("m", "urn:oid:1.160", b"bytes");
    one.commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
    assert!(!other.load(key).await.unwrap().unwrap().entries[0].visibility.masked);
    entry.version = 2;
    entry.visibility.masked = true;
    one.commit(key, Expected::Version(2), vec![Change::PutEntry(Box::new(entry.clone()))], Vec::new()).await.unwrap();
    assert!(other.load(key).await.unwrap().unwrap().entries[0].visibility.masked);
    let stale = other.commit(key, Expected::Version(2), vec![Change::PutEntry(Box::new(entry))], Vec::new()).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
}

#[tokio::test]
async fn an_erasure_by_one_process_holds_for_the_others() {
    let Some(server) = server("an erasure seen") else { return };
    let place = Place::new(server).await;
    let (one, other) = (place.postgres(), place.other().await);
    let key = created(&**one, 161, "m").await;
    let entry = sample::entry("m", "urn:oid:1.161", b"bytes");
    other.commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
    let record = other.load(key).await.unwrap().unwrap();
    one.erase(key).await.unwrap();
    assert!(matches!(other.content(key, &sample::permit(&record, &entry)).await, Err(StoreError::NoRecord)));
    assert!(other.load(key).await.unwrap().is_none());
    let head = vec![Change::PutHead(Box::new(sample::head(sample::ins(161), "m")))];
    assert!(matches!(other.commit(key, Expected::New, head, Vec::new()).await, Err(StoreError::NoRecord)));
    let leaf = vec![sample::leaf("m", Chain::Main, "a")];
    other.commit(key, Expected::LeavesOnly, Vec::new(), leaf).await.unwrap();
}

#[tokio::test]
async fn no_person_gets_a_key_under_an_epoch_that_another_process_has_ended() {
    let Some(server) = server("an ended epoch") else { return };
    let place = Place::new(server).await;
    let (one, other) = (place.postgres(), place.other().await);
    let before = created(&*other, 162, "m").await;
    assert_eq!(one.replace_erasure_epoch(sample::NOW.plus_days(31)).await.unwrap(), 1);
    let after = created(&*other, 163, "m").await;
    assert_eq!(place.sql("SELECT COUNT(DISTINCT epoch) FROM dmp_keys.person_key WHERE kind = 1"), "1");
    let third = place.other().await;
    for store in [one, &other, &third] {
        for key in [before, after] {
            store.keys.ring.forget(key);
            assert!(store.load(key).await.unwrap().is_some());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn epochs_change_while_records_are_opened_and_every_key_stays_readable() {
    let Some(server) = server("epochs under load") else { return };
    let place = Place::new(server).await;
    let other = place.other().await;
    let opening = tokio::spawn(async move {
        let mut keys = Vec::new();
        for number in 0..60 {
            keys.push(created(&*other, 200 + number, "m").await);
        }
        keys
    });
    let mut month = 1;
    while !opening.is_finished() {
        place.postgres().replace_erasure_epoch(sample::NOW.plus_days(31 * month)).await.unwrap();
        month += 1;
    }
    let keys = opening.await.unwrap();
    let fresh = place.other().await;
    for key in keys {
        assert!(fresh.load(key).await.unwrap().is_some());
    }
    assert_eq!(place.sql("SELECT COUNT(*) FROM dmp_keys.epoch WHERE kind = 1"), "1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaves_of_several_processes_have_no_gap() {
    let Some(server) = server("leaves of processes") else { return };
    let place = Place::new(server).await;
    let stores = [Arc::clone(place.postgres()), place.other().await, place.other().await];
    let key = created(&*stores[0], 164, "m").await;
    let tasks: Vec<_> = stores
        .into_iter()
        .map(|store| {
            tokio::spawn(async move {
                let mut given = Vec::new();
                for number in 0..40 {
                    let chains = if number % 2 == 0 { [Chain::Main, Chain::Secret] } else { [Chain::Secret, Chain::Main] };
                    let leaves = chains.map(|chain| sample::leaf("m", chain, "a")).to_vec();
                    given.push(store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await.unwrap().sequences[0]);
                }
                given
            })
        })
        .collect();
    let mut given = BTreeSet::new();
    for task in tasks {
        given.extend(task.await.unwrap());
    }
    assert!(!given.is_empty());
    for chain in [Chain::Main, Chain::Secret] {
        let kept = place.postgres().journal(key, chain, None, 1_000).await.unwrap();
        assert!(kept.iter().map(|leaf| leaf.sequence).eq((1..=120).rev()));
    }
    assert_eq!(place.postgres().verify_chains(&mut |_| ()).await.unwrap().broken_count, 0);
}

#[tokio::test]
async fn a_creation_that_goes_on_in_another_process_keeps_its_claim() {
    let Some(server) = server("claims") else { return };
    let place = Place::new(server).await;
    let (ins, key) = (sample::ins(165), sample::key());
    assert_eq!(place.postgres().claim(&ins, key).await.unwrap(), Claim::Made);
    let later = PostgresStore::open(PostgresOptions { claim_age_seconds: 900, ..place.options() }).await.unwrap();
    assert_eq!(later.sweep_claims().await.unwrap(), 0);
    place.sql("UPDATE dmp.identifier SET claimed_at = claimed_at - INTERVAL '16 minutes'");
    assert_eq!(later.sweep_claims().await.unwrap(), 1);
    assert!(matches!(place.postgres().confirm(&ins).await, Err(StoreError::NoRecord)));
}
