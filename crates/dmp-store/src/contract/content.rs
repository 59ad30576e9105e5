//! Contents: kept as received, checked at each read.

use dmp_core::ids::RecordKey;

use super::{Harness, created, sample};
use crate::{Expected, RecordStore, StoreError};

/// Text that shrinks, bytes that do not, small and large, and nothing at all.
fn samples() -> Vec<Vec<u8>> {
    vec![Vec::new(), b"short".to_vec(), b"<ClinicalDocument/>".repeat(10_000), sample::noise(20_000), sample::noise(33_000), sample::noise(500_000)]
}

async fn published(store: &dyn RecordStore, number: u32, contents: &[Vec<u8>]) -> (RecordKey, Vec<dmp_core::document::DocumentEntry>) {
    let key = created(store, number, "m").await;
    let mut entries = Vec::new();
    for (position, bytes) in contents.iter().enumerate() {
        let entry = sample::entry("m", &format!("urn:oid:1.{number}.{position}"), bytes);
        let version = 1 + u64::try_from(position).unwrap();
        store.commit(key, Expected::Version(version), sample::publish(&entry, bytes), Vec::new()).await.unwrap();
        entries.push(entry);
    }
    (key, entries)
}

pub async fn bytes_come_back(mut harness: Box<dyn Harness>) {
    let contents = samples();
    let (key, entries) = published(&*harness.store(), 40, &contents).await;
    for _ in 0..2 {
        let store = harness.store();
        let record = store.load(key).await.unwrap().unwrap();
        for (entry, bytes) in entries.iter().zip(&contents) {
            let found = store.content(key, &sample::permit(&record, entry)).await.unwrap();
            assert_eq!(found.as_ref(), bytes.as_slice(), "{} bytes", bytes.len());
        }
        drop(store);
        harness.reopen().await;
    }
}

pub async fn content_must_be_what_its_entry_says(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 41, "m").await;
    let entry = sample::entry("m", "urn:oid:1.41", b"these bytes");
    assert!(store.commit(key, Expected::Version(1), sample::publish(&entry, b"other bytes"), Vec::new()).await.is_err());
    store.ready().await.unwrap();
    assert_eq!(store.load(key).await.unwrap().unwrap().version, 1);
}

pub async fn damage_is_seen(harness: Box<dyn Harness>) {
    let contents = [b"short".to_vec(), sample::noise(100_000), b"short".to_vec(), sample::noise(100_000)];
    let store = harness.store();
    let (key, entries) = published(&*store, 42, &contents).await;
    let record = store.load(key).await.unwrap().unwrap();
    for entry in &entries[..2] {
        harness.damage_content(entry.content.address).await;
    }
    for entry in &entries[2..] {
        harness.lose_content(entry.content.address).await;
    }
    for entry in &entries {
        let found = store.content(key, &sample::permit(&record, entry)).await;
        assert!(matches!(found, Err(StoreError::DamagedContent(_))), "{found:?}");
    }
}
