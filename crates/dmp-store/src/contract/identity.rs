//! Numbers that change, records that are put together and taken apart, refusals, erasure.

use dmp_core::Moment;

use super::{Harness, created, sample};
use crate::{Change, Claim, Expected, IdentifierState, OpeningNotice, StoreError};

pub async fn a_released_number_leads_nowhere_and_can_be_claimed_again(mut harness: Box<dyn Harness>) {
    let (store, right, wrong) = (harness.store(), sample::ins(20), sample::ins(21));
    let key = created(&*store, 20, "m").await;
    for ins in [&right, &wrong] {
        assert_eq!(store.claim(ins, key).await.unwrap(), Claim::Made);
        store.confirm(ins).await.unwrap();
        assert_eq!(store.identify(ins).await.unwrap(), Some((key, IdentifierState::Confirmed)));
    }
    store.release(&wrong, sample::key()).await.unwrap();
    assert_eq!(store.identify(&wrong).await.unwrap(), Some((key, IdentifierState::Confirmed)), "it led to another record");
    for _ in 0..2 {
        store.release(&wrong, key).await.unwrap();
        assert_eq!(store.identify(&wrong).await.unwrap(), None);
    }
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert_eq!(store.identify(&wrong).await.unwrap(), None);
    assert_eq!(store.identify(&right).await.unwrap(), Some((key, IdentifierState::Confirmed)));
    assert_eq!(store.load(key).await.unwrap().unwrap().version, 1, "the record is as it was");
    let other = sample::key();
    assert_eq!(store.claim(&wrong, other).await.unwrap(), Claim::Made);
}

pub async fn an_adopted_entry_claims_nothing_and_leaves_again(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let (first, second) = (created(&*store, 22, "m").await, created(&*store, 23, "m").await);
    let entry = sample::entry("m", "urn:oid:1.22", b"bytes");
    store.commit(second, Expected::Version(1), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
    let mut adopted = entry.clone();
    adopted.content.home = Some(second);
    store.commit(first, Expected::Version(1), vec![Change::AdoptEntry(Box::new(adopted.clone()))], Vec::new()).await.unwrap();
    assert_eq!(store.locate("urn:oid:1.22").await.unwrap(), Some(second));
    assert_eq!(store.load(first).await.unwrap().unwrap().entry(entry.id), Some(&adopted));
    let record = store.load(second).await.unwrap().unwrap();
    assert_eq!(store.content(second, &sample::permit(&record, &adopted)).await.unwrap().as_ref(), b"bytes");
    adopted.version += 1;
    store.commit(first, Expected::Version(2), vec![Change::PutEntry(Box::new(adopted))], Vec::new()).await.unwrap();
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    for version in [3, 4] {
        store.commit(first, Expected::Version(version), vec![Change::Drop(entry.id)], Vec::new()).await.unwrap();
        assert!(store.load(first).await.unwrap().unwrap().entries.is_empty());
    }
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert!(store.load(first).await.unwrap().unwrap().entries.is_empty());
    assert_eq!(store.load(second).await.unwrap().unwrap().entry(entry.id), Some(&entry));
}

pub async fn a_refusal_and_a_letter_are_kept_by_number(mut harness: Box<dyn Harness>) {
    let (store, ins, other) = (harness.store(), sample::ins(24), sample::ins(25));
    assert_eq!(store.opening_notice(&ins).await.unwrap(), None);
    let letter = OpeningNotice::LetterSent(Moment::from_seconds(1_800_000_000));
    store.put_opening_notice(&ins, Some(letter)).await.unwrap();
    assert_eq!(store.opening_notice(&ins).await.unwrap(), Some(letter));
    store.put_opening_notice(&ins, Some(OpeningNotice::Refused)).await.unwrap();
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert_eq!(store.opening_notice(&ins).await.unwrap(), Some(OpeningNotice::Refused));
    assert_eq!((store.opening_notice(&other).await.unwrap(), store.identify(&ins).await.unwrap()), (None, None));
    for _ in 0..2 {
        store.put_opening_notice(&ins, None).await.unwrap();
        assert_eq!(store.opening_notice(&ins).await.unwrap(), None);
    }
}

pub async fn an_erased_record_is_gone_and_its_journal_stays(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 26, "m").await;
    store.commit(key, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", dmp_core::audit::Chain::Main, "a")]).await.unwrap();
    for _ in 0..2 {
        store.erase(key).await.unwrap();
        assert!(store.load(key).await.unwrap().is_none());
    }
    assert!(matches!(store.erase(sample::key()).await, Err(StoreError::NoRecord)));
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert!(store.load(key).await.unwrap().is_none());
    assert_eq!(store.journal(key, dmp_core::audit::Chain::Main, None, 10).await.unwrap().len(), 1);
}
