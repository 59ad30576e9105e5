//! What was read in documents: kept beside the record, asked for by commits, gone with the person's key.

use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::summary::{Concept, Extract, Extraction, Fact, Party, Period, Proof, What};

use super::{Harness, created, sample};
use crate::{Change, Expected, NewExtract, RecordStore, Saving, StoreError, ToRead};

const NOW: Moment = Moment::from_seconds(1_800_000_000);

/// What somebody read in a document: one fact for each word.
pub fn read(entry: EntryId, extractor: u32, words: &[&str]) -> NewExtract {
    let fact = |word: &&str| Fact {
        what: What::Attention,
        concept: Concept::words(*word),
        period: Period::default(),
        by: Party::default(),
        proof: Proof { quote: (*word).to_owned(), ..Proof::default() },
    };
    let facts = words.iter().map(fact).collect();
    NewExtract { extract: Extract { entry, extractor, extraction: Extraction::Read, facts }, text: Bytes::from(words.join(" ")) }
}

async fn published(store: &dyn RecordStore, key: RecordKey, version: u64, unique_id: &str) -> EntryId {
    let entry = sample::entry("m", unique_id, b"bytes");
    store.commit(key, Expected::Version(version), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
    entry.id
}

pub async fn what_was_read_comes_back_and_is_replaced(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 70, "m").await;
    assert!(store.extracts(key).await.unwrap().all.is_empty());
    let mut ids = [sample::id(), sample::id(), sample::id()];
    ids.sort();
    let long = "paracetamol ".repeat(3_000);
    store.put_extracts(key, vec![read(ids[2], 1, &["c"]), read(ids[0], 1, &["a", &long])]).await.unwrap();
    store.put_extracts(key, vec![read(ids[1], 1, &[])]).await.unwrap();
    let found = store.extracts(key).await.unwrap();
    assert_eq!(found.all, [read(ids[0], 1, &["a", &long]).extract, read(ids[1], 1, &[]).extract, read(ids[2], 1, &["c"]).extract]);
    assert_eq!(found.of(ids[2]).unwrap().facts[0].concept.text, "c");
    assert!(found.of(sample::id()).is_none());
    store.put_extracts(key, vec![read(ids[2], 2, &["d"])]).await.unwrap();
    let generation = store.extracts_generation(key).await.unwrap();
    assert!(generation > found.generation);
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    let found = store.extracts(key).await.unwrap();
    assert_eq!((found.generation, found.of(ids[2])), (generation, Some(&read(ids[2], 2, &["d"]).extract)));
    let texts = store.texts(key).await.unwrap();
    assert_eq!(texts, [(ids[0], format!("a {long}").into_bytes()), (ids[1], Vec::new()), (ids[2], b"d".to_vec())]);
    let some = store.texts_of(key, &[ids[2], sample::id()]).await.unwrap();
    assert_eq!(some, [(ids[2], b"d".to_vec())], "of those alone that are asked for, and were read");
    assert!(store.texts_of(sample::key(), &[ids[2]]).await.unwrap().is_empty(), "of its own record alone");
    assert_eq!(store.load(key).await.unwrap().unwrap().version, 1, "the record itself has not changed");
    assert!(matches!(store.put_extracts(sample::key(), vec![read(ids[0], 1, &["a"])]).await, Err(StoreError::NoRecord)));
}

pub async fn a_new_document_asks_to_be_read_and_one_that_was_read_does_not(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 71, "m").await;
    assert_eq!(store.reading_waits().await.unwrap(), 0, "nothing to read in a new record");
    let entry = sample::entry("m", "urn:oid:1.2.71", b"bytes");
    let mut changes = sample::publish(&entry, b"bytes");
    changes.push(Change::PutExtract(Box::new(read(entry.id, 3, &["already"]))));
    store.commit(key, Expected::Version(1), changes, Vec::new()).await.unwrap();
    assert_eq!(store.reading_waits().await.unwrap(), 0);
    assert_eq!(store.extracts(key).await.unwrap().of(entry.id), Some(&read(entry.id, 3, &["already"]).extract));
    published(&*store, key, 2, "urn:oid:1.2.72").await;
    assert_eq!(store.claim_reading(NOW, NOW.plus_seconds(9), 10).await.unwrap(), [ToRead { key, wanted: 3 }]);
}

pub async fn a_record_is_read_by_one_worker_at_a_time(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 72, "m").await;
    published(&*store, key, 1, "urn:oid:1.2.73").await;
    let claimed = store.claim_reading(NOW, NOW.plus_seconds(10), 10).await.unwrap();
    assert_eq!(claimed, [ToRead { key, wanted: 2 }]);
    assert!(store.claim_reading(NOW.plus_seconds(9), NOW.plus_seconds(60), 10).await.unwrap().is_empty(), "another worker has it");
    assert_eq!(store.claim_reading(NOW.plus_seconds(10), NOW.plus_seconds(20), 10).await.unwrap(), claimed, "its lease is over");
    published(&*store, key, 2, "urn:oid:1.2.74").await;
    assert!(!store.reading_done(claimed[0]).await.unwrap(), "something newer came meanwhile");
    let again = store.claim_reading(NOW.plus_seconds(11), NOW.plus_seconds(20), 10).await.unwrap();
    assert_eq!(again, [ToRead { key, wanted: 3 }]);
    assert!(store.reading_done(again[0]).await.unwrap());
    assert_eq!(store.reading_waits().await.unwrap(), 0);
}

pub async fn the_insurers_lines_are_due_at_once_and_then_when_it_is_said(harness: Box<dyn Harness>) {
    let store = harness.store();
    let keys = [created(&*store, 77, "m").await, created(&*store, 78, "m").await];
    let mut due = store.claim_refresh(NOW, NOW.plus_seconds(60), 10).await.unwrap();
    due.sort();
    let mut both = keys.to_vec();
    both.sort();
    assert_eq!(due, both, "both were just opened");
    assert!(store.claim_refresh(NOW.plus_seconds(59), NOW.plus_days(1), 10).await.unwrap().is_empty(), "another worker has them");
    store.refresh_at(keys[0], NOW.plus_days(7)).await.unwrap();
    assert_eq!(store.claim_refresh(NOW.plus_seconds(60), NOW.plus_days(1), 10).await.unwrap(), [keys[1]], "nobody said when");
    assert_eq!(store.claim_refresh(NOW.plus_days(7), NOW.plus_days(8), 1).await.unwrap().len(), 1, "at most as many as were asked for");
}

pub async fn savings_add_up_by_day(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let one = Saving { exams: 1, low: 500, middle: 700, high: 900 };
    for day in [20_000, 20_001, 20_000] {
        store.add_saving(day, one).await.unwrap();
    }
    drop(store);
    harness.reopen().await;
    let two = Saving { exams: 2, low: 1_000, middle: 1_400, high: 1_800 };
    assert_eq!(harness.store().savings().await.unwrap(), [(20_000, two), (20_001, one)]);
}

pub async fn every_record_can_be_read_again(harness: Box<dyn Harness>) {
    let store = harness.store();
    let keys = [created(&*store, 73, "m").await, created(&*store, 74, "m").await, created(&*store, 75, "m").await];
    store.erase(keys[2]).await.unwrap();
    assert_eq!(store.read_all_again().await.unwrap(), 2, "what was erased has nothing to read");
    let mut claimed: Vec<RecordKey> = store.claim_reading(NOW, NOW, 10).await.unwrap().into_iter().map(|read| read.key).collect();
    claimed.sort();
    let mut wanted = keys[..2].to_vec();
    wanted.sort();
    assert_eq!(claimed, wanted);
}

pub async fn what_was_read_goes_with_the_persons_key(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 76, "m").await;
    let entry = sample::id();
    store.put_extracts(key, vec![read(entry, 1, &["a"])]).await.unwrap();
    assert_eq!(store.extracts(key).await.unwrap().all.len(), 1);
    store.erase(key).await.unwrap();
    assert!(store.extracts(key).await.unwrap().all.is_empty());
    assert!(store.texts(key).await.unwrap().is_empty());
    assert!(matches!(store.put_extracts(key, vec![read(entry, 1, &["a"])]).await, Err(StoreError::NoRecord)));
}
