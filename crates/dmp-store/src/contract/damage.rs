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
