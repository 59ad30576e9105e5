//! What someone who holds the disk can do to rows.

use super::{Harness, created, sample};
use crate::{Expected, StoreError};

pub async fn a_row_of_another_record_does_not_open(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let mut places = Vec::new();
    for number in [80, 81] {
        let key = created(&*store, number, "m").await;
        let entry = sample::entry("m", &format!("urn:oid:1.{number}"), b"bytes");
        store.commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
        places.push((key, entry.id));
    }
    let (from, to) = (places[0], places[1]);
    drop(store);
    harness.move_entry(from, to).await;
    harness.reopen().await;
    let store = harness.store();
    assert!(store.load(from.0).await.unwrap().is_some());
    assert!(matches!(store.load(to.0).await, Err(StoreError::Fault { .. })));
}

pub async fn a_row_of_another_entry_does_not_open(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 82, "m").await;
    let entries = [sample::entry("m", "urn:oid:1.82.1", b"one"), sample::entry("m", "urn:oid:1.82.2", b"two")];
    let changes = [sample::publish(&entries[0], b"one"), sample::publish(&entries[1], b"two")].concat();
    store.commit(key, Expected::Version(1), changes, Vec::new()).await.unwrap();
    drop(store);
    harness.move_entry((key, entries[0].id), (key, entries[1].id)).await;
    harness.reopen().await;
    assert!(matches!(harness.store().load(key).await, Err(StoreError::Fault { .. })));
}
