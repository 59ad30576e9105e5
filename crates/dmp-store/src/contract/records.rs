//! Loading and changing records.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dmp_core::audit::Chain;
use dmp_core::document::DocumentEntry;
use dmp_core::ids::RecordKey;
use dmp_core::record::Record;

use super::{Harness, created, sample};
use crate::{Change, Expected, RecordStore, StoreError};

async fn load(store: &dyn RecordStore, key: RecordKey) -> Arc<Record> {
    store.load(key).await.unwrap().unwrap()
}

/// Publishes entries, a set and a folder, then changes one of each.
async fn filled(store: &dyn RecordStore) -> (RecordKey, Record) {
    let key = created(store, 20, "filled").await;
    let mut entries: Vec<_> = (0..5).map(|number| sample::entry("filled", &format!("urn:oid:1.2.{number}"), b"bytes")).collect();
    let mut folder = sample::folder("filled", vec![entries[0].id]);
    let submission = sample::submission("filled", entries.iter().map(|entry| entry.id).collect());
    let mut changes: Vec<_> = entries.iter().flat_map(|entry| sample::publish(entry, b"bytes")).collect();
    changes.push(Change::PutFolder(Box::new(folder.clone())));
    changes.push(Change::PutSubmission(Box::new(submission.clone())));
    assert_eq!(store.commit(key, Expected::Version(1), changes, Vec::new()).await.unwrap().version, 2);
    entries[3].version = 2;
    entries[3].visibility.masked = true;
    folder.title = "changed".to_owned();
    let mut head = sample::head(sample::ins(20), "filled");
    head.all_masked = true;
    let changes =
        vec![Change::PutEntry(Box::new(entries[3].clone())), Change::PutFolder(Box::new(folder.clone())), Change::PutHead(Box::new(head.clone()))];
    assert_eq!(store.commit(key, Expected::Version(2), changes, Vec::new()).await.unwrap().version, 3);
    entries.sort_by_key(|entry| entry.id);
    (
        key,
        Record {
            key,
            version: 3,
            head,
            entries: entries.into_iter().map(Arc::new).collect(),
            submissions: vec![Arc::new(submission)],
            folders: vec![folder],
        },
    )
}

fn assert_same(found: &Record, wanted: &Record) {
    assert_eq!((found.key, found.version), (wanted.key, wanted.version));
    assert_eq!(found.head, wanted.head);
    assert_eq!(found.entries, wanted.entries);
    assert_eq!(found.submissions, wanted.submissions);
    assert_eq!(found.folders, wanted.folders);
}

pub async fn what_was_put_is_loaded(harness: Box<dyn Harness>) {
    let store = harness.store();
    let (key, wanted) = filled(&*store).await;
    assert_same(&*load(&*store, key).await, &wanted);
}

pub async fn what_was_put_is_loaded_after_a_restart(mut harness: Box<dyn Harness>) {
    let (key, wanted) = filled(&*harness.store()).await;
    harness.reopen().await;
    let store = harness.store();
    assert_same(&*load(&*store, key).await, &wanted);
    assert_eq!(store.locate("urn:oid:1.2.3").await.unwrap(), Some(key));
    let entry = sample::entry("more", "urn:oid:1.2.99", b"more");
    store.commit(key, Expected::Version(3), sample::publish(&entry, b"more"), Vec::new()).await.unwrap();
    assert_eq!(load(&*store, key).await.entries.len(), 6);
}

pub async fn a_stale_version_is_refused(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 21, "m").await;
    let change = || vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))];
    store.commit(key, Expected::Version(1), change(), Vec::new()).await.unwrap();
    for stale in [0, 1, 3, u64::MAX] {
        assert!(matches!(store.commit(key, Expected::Version(stale), change(), Vec::new()).await, Err(StoreError::Stale)), "{stale}");
    }
    assert_eq!(load(&*store, key).await.folders.len(), 1);
}

pub async fn one_of_many_changes_of_a_version_wins(harness: Box<dyn Harness>) {
    let key = created(&*harness.store(), 22, "m").await;
    let tasks = (0..16).map(|_| {
        let store = harness.store();
        tokio::spawn(async move {
            let change = vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))];
            store.commit(key, Expected::Version(1), change, vec![sample::leaf("m", Chain::Main, "a")]).await
        })
    });
    let mut won = 0;
    for task in tasks.collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(_) => won += 1,
            Err(error) => assert!(matches!(error, StoreError::Stale), "{error:?}"),
        }
    }
    assert_eq!(won, 1);
    let store = harness.store();
    assert_eq!(load(&*store, key).await.folders.len(), 1);
    assert_eq!(store.journal(key, Chain::Main, None, 100).await.unwrap().len(), 1, "a stale commit leaves no leaf");
}

pub async fn a_version_can_be_checked_without_a_change(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 23, "m").await;
    let leaf = || vec![sample::leaf("m", Chain::Main, "a")];
    let receipt = store.commit(key, Expected::Version(1), Vec::new(), leaf()).await.unwrap();
    assert_eq!((receipt.version, receipt.sequences), (1, vec![1]));
    for stale in [0, 2, u64::MAX] {
        assert!(matches!(store.commit(key, Expected::Version(stale), Vec::new(), leaf()).await, Err(StoreError::Stale)));
    }
    assert_eq!(load(&*store, key).await.version, 1);
}

pub async fn a_unique_identifier_is_taken_once(harness: Box<dyn Harness>) {
    let store = harness.store();
    let (mine, other) = (created(&*store, 24, "m").await, created(&*store, 25, "m").await);
    let entry = sample::entry("m", "urn:oid:1.2.3.4", b"bytes");
    store.commit(mine, Expected::Version(1), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
    assert_eq!(store.locate("urn:oid:1.2.3.4").await.unwrap(), Some(mine));
    assert_eq!(store.locate("urn:oid:1.2.3.5").await.unwrap(), None);
    for (key, version) in [(mine, 2), (other, 1)] {
        let entry = sample::entry("m", "urn:oid:1.2.3.4", b"bytes");
        let taken = store.commit(key, Expected::Version(version), sample::publish(&entry, b"bytes"), Vec::new()).await;
        assert!(matches!(taken, Err(StoreError::UniqueIdTaken)), "{taken:?}");
    }
    let twins = [sample::entry("m", "urn:oid:1.2.9", b"a"), sample::entry("m", "urn:oid:1.2.9", b"a")];
    let twins = twins.iter().flat_map(|entry| sample::publish(entry, b"a")).collect();
    assert!(matches!(store.commit(other, Expected::Version(1), twins, Vec::new()).await, Err(StoreError::UniqueIdTaken)));
    assert_eq!(store.locate("urn:oid:1.2.9").await.unwrap(), None);
}

pub async fn a_changed_entry_keeps_its_claim(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 26, "m").await;
    let mut entry = sample::entry("m", "urn:oid:1.2.3.4", b"bytes");
    store.commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
    entry.version = 2;
    entry.visibility.masked = true;
    store.commit(key, Expected::Version(2), vec![Change::PutEntry(Box::new(entry.clone()))], Vec::new()).await.unwrap();
    assert_eq!(load(&*store, key).await.entries, [Arc::new(entry.clone())]);
    entry.unique_id = "urn:oid:1.2.3.5".to_owned();
    assert!(store.commit(key, Expected::Version(3), vec![Change::PutEntry(Box::new(entry))], Vec::new()).await.is_err());
}

pub async fn a_refused_commit_leaves_no_trace(mut harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 27, "m").await;
    let first = sample::entry("m", "urn:oid:1.1", b"first");
    store.commit(key, Expected::Version(1), sample::publish(&first, b"first"), Vec::new()).await.unwrap();
    let (new, taken) = (sample::entry("m", "urn:oid:1.2", b"new"), sample::entry("m", "urn:oid:1.1", b"taken"));
    let mut changes = sample::publish(&new, b"new");
    changes.extend(sample::publish(&taken, b"taken"));
    assert!(store.commit(key, Expected::Version(2), changes, vec![sample::leaf("m", Chain::Main, "a")]).await.is_err());
    drop(store);
    for _ in 0..2 {
        let store = harness.store();
        let record = load(&*store, key).await;
        assert_eq!((record.version, record.entries.len()), (2, 1));
        assert_eq!(store.locate("urn:oid:1.2").await.unwrap(), None);
        assert!(store.journal(key, Chain::Main, None, 10).await.unwrap().is_empty());
        drop(store);
        harness.reopen().await;
    }
}

pub async fn a_record_has_a_bound(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 28, "m").await;
    let entries = |from: usize, count: usize| {
        (from..from + count).map(|number| Change::PutEntry(Box::new(sample::entry("m", &format!("urn:oid:1.{number}"), b"")))).collect::<Vec<_>>()
    };
    let max = harness.entries_max();
    store.commit(key, Expected::Version(1), entries(0, max), Vec::new()).await.unwrap();
    assert!(matches!(store.commit(key, Expected::Version(2), entries(max, 1), Vec::new()).await, Err(StoreError::TooManyEntries)));
    let mut known = DocumentEntry::clone(&load(&*store, key).await.entries[0]);
    known.version = 2;
    store.commit(key, Expected::Version(2), vec![Change::PutEntry(Box::new(known))], Vec::new()).await.unwrap();
}

pub async fn an_unknown_record_is_none(harness: Box<dyn Harness>) {
    let (store, key) = (harness.store(), sample::key());
    assert!(store.load(key).await.unwrap().is_none());
    let leaves = vec![sample::leaf("m", Chain::Main, "a")];
    let change = vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))];
    assert!(matches!(store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await, Err(StoreError::NoRecord)));
    assert!(matches!(store.commit(key, Expected::Version(1), change, Vec::new()).await, Err(StoreError::NoRecord)));
    assert!(matches!(store.journal(key, Chain::Main, None, 1).await, Err(StoreError::NoRecord)));
}

pub async fn a_reader_never_sees_an_older_version_than_was_acknowledged(harness: Box<dyn Harness>) {
    let store = harness.store();
    let key = created(&*store, 29, "m").await;
    let acknowledged = Arc::new(AtomicU64::new(1));
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (store, acknowledged) = (harness.store(), Arc::clone(&acknowledged));
            tokio::spawn(async move {
                while acknowledged.load(Ordering::SeqCst) < 40 {
                    let least = acknowledged.load(Ordering::SeqCst);
                    let found = load(&*store, key).await.version;
                    assert!(found >= least, "read {found} after {least} was acknowledged");
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for version in 1..40 {
        let change = vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))];
        let receipt = store.commit(key, Expected::Version(version), change, Vec::new()).await.unwrap();
        acknowledged.store(receipt.version, Ordering::SeqCst);
    }
    for reader in readers {
        reader.await.unwrap();
    }
}

pub async fn all_records_are_gone_through_in_their_order(harness: Box<dyn Harness>) {
    let (store, queue) = (harness.store(), harness.queue());
    assert!(queue.records_after(None, 10).await.unwrap().is_empty());
    let mut made = Vec::new();
    for number in 60..67 {
        made.push(created(&*store, number, "m").await);
    }
    let erased = made.remove(3);
    store.erase(erased).await.unwrap();
    // A number that is claimed and has no record yet is none.
    store.claim(&sample::ins(67), sample::key()).await.unwrap();
    made.sort_unstable_by_key(|key| key.0);
    for limit in [1, 2, 6, 7] {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = queue.records_after(after, limit).await.unwrap();
            assert!(page.len() <= limit as usize, "{limit}");
            let Some(last) = page.last() else { break };
            after = Some(*last);
            found.extend(page);
        }
        assert_eq!(found, made, "each once, in their order, by pages of {limit}");
    }
    // The place to go on from need not be a record: the one that was there may be gone meanwhile.
    let (before, behind): (Vec<_>, Vec<_>) = made.into_iter().partition(|key| key.0 < erased.0);
    assert_eq!(queue.records_after(Some(erased), 10).await.unwrap(), behind, "after {} others", before.len());
    assert!(queue.records_after(Some(RecordKey([0xff; 16])), 10).await.unwrap().is_empty());
    assert!(queue.records_after(None, 0).await.unwrap().is_empty());
}
