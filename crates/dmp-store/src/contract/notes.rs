//! Small things of accounts: kept, swapped once, gone when they are removed, and each at its own place alone.

use std::sync::Arc;

use dmp_core::Moment;

use super::Harness;
use crate::{NoteKind, NotePut, StoreError};

fn version(put: NotePut) -> u64 {
    match put {
        NotePut::Done(version) => version,
        NotePut::Stale => panic!("stale"),
    }
}

pub async fn a_note_is_kept_changed_and_removed(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let (kind, other) = (NoteKind::OpeningCode, NoteKind::OpeningJourney);
    assert_eq!(store.note(kind, "one").await.unwrap(), None);
    let first = version(store.put_note(kind, "one", None, Some(b"a"), None).await.unwrap());
    assert_eq!(store.put_note(kind, "one", None, Some(b"b"), None).await.unwrap(), NotePut::Stale, "it is there already");
    assert_eq!(store.put_note(kind, "one", Some(first + 1), Some(b"b"), None).await.unwrap(), NotePut::Stale);
    let second = version(store.put_note(kind, "one", Some(first), Some(b"b"), None).await.unwrap());
    assert_eq!(second, first + 1);
    assert_eq!(store.put_note(kind, "one", Some(first), Some(b"c"), None).await.unwrap(), NotePut::Stale, "an old version does not come back");
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    let note = store.note(kind, "one").await.unwrap().unwrap();
    assert_eq!((note.version, note.bytes.as_slice()), (second, b"b".as_slice()));
    assert_eq!((store.note(other, "one").await.unwrap(), store.note(kind, "on").await.unwrap()), (None, None), "another kind, another handle");
    assert_eq!(store.put_note(kind, "one", Some(first), None, None).await.unwrap(), NotePut::Stale);
    assert!(matches!(store.put_note(kind, "one", Some(second), None, None).await.unwrap(), NotePut::Done(_)));
    assert!(matches!(store.put_note(kind, "one", Some(second), None, None).await.unwrap(), NotePut::Done(_)), "gone is gone");
    assert_eq!(store.note(kind, "one").await.unwrap(), None);
    let anew = version(store.put_note(kind, "one", None, Some(b"d"), None).await.unwrap());
    assert!(![first, second].contains(&anew), "a version comes twice");
}

pub async fn one_of_many_puts_of_a_version_wins(harness: Box<dyn Harness>) {
    let store = harness.store();
    let kind = NoteKind::OpeningCode;
    for expected in [None, Some(())] {
        let seen = store.note(kind, "many").await.unwrap().map(|note| note.version);
        assert_eq!(seen.is_some(), expected.is_some());
        let racing = (0..20_u8).map(|number| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.put_note(kind, "many", seen, Some(&[number]), None).await })
        });
        let mut won = 0;
        for put in racing.collect::<Vec<_>>() {
            // A busy store has changed nothing.
            won += usize::from(matches!(put.await.unwrap(), Ok(NotePut::Done(_))));
        }
        assert_eq!(won, 1);
    }
}

pub async fn a_note_has_a_bound_and_may_be_empty(harness: Box<dyn Harness>) {
    let store = harness.store();
    let kind = NoteKind::OpeningJourney;
    let long = vec![7; 64 * 1024 + 1];
    assert!(matches!(store.put_note(kind, "é", None, Some(&long), None).await, Err(StoreError::Refused(_))));
    let first = version(store.put_note(kind, "é", None, Some(&long[1..]), None).await.unwrap());
    assert_eq!(store.note(kind, "é").await.unwrap().unwrap().bytes.len(), long.len() - 1);
    store.put_note(kind, "é", Some(first), Some(b""), None).await.unwrap();
    assert_eq!(store.note(kind, "é").await.unwrap().unwrap().bytes, b"");
    store.ready().await.unwrap();
}

pub async fn a_note_opens_at_its_own_place_alone(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let kind = NoteKind::OpeningCode;
    for handle in ["mine", "theirs"] {
        store.put_note(kind, handle, None, Some(handle.as_bytes()), None).await.unwrap();
    }
    drop(store);
    harness.mix_notes().await;
    harness.reopen().await;
    for handle in ["mine", "theirs"] {
        assert!(matches!(harness.store().note(kind, handle).await, Err(StoreError::Fault { .. })), "the note of somebody else was opened");
    }
}

pub async fn a_note_that_nobody_came_back_for_is_swept_when_its_hour_is_over(mut harness: Box<dyn Harness>) {
    let (store, kind) = (harness.store(), NoteKind::OpeningJourney);
    let hour = Moment::from_seconds(1_800_000_000);
    let put = |handle: &'static str, expected, until| {
        let store = Arc::clone(&store);
        async move { version(store.put_note(kind, handle, expected, Some(b"a"), until).await.unwrap()) }
    };
    let (kept, _) = (put("kept", None, Some(hour)).await, put("for ever", None, None).await);
    put("over", None, Some(hour.plus_seconds(1_800))).await;
    put("longer", None, Some(hour.plus_seconds(3_600))).await;
    // Whoever comes back puts it off.
    put("kept", Some(kept), Some(hour.plus_days(7))).await;
    assert_eq!(store.sweep_notes(hour.plus_seconds(3_599)).await.unwrap(), 0, "never before its time");
    drop(store);
    harness.reopen().await;
    let store = harness.store();
    assert_eq!(store.sweep_notes(hour.plus_seconds(3_600)).await.unwrap(), 1);
    let mut left = Vec::new();
    for handle in ["kept", "for ever", "over", "longer"] {
        left.push(store.note(kind, handle).await.unwrap().is_some());
    }
    assert_eq!(left, [true, true, false, true]);
    assert_eq!(store.sweep_notes(hour.plus_days(365)).await.unwrap(), 2);
    assert!(store.note(kind, "for ever").await.unwrap().is_some());
}
