//! Failures while running: a full queue, an engine that fails, a process that ends at a named place.

use std::process::Command;
use std::sync::Arc;

use dmp_core::Mode;
use dmp_core::audit::Chain;

use super::Place;
use crate::contract::{TemporaryFolder, created, life, sample};
use crate::sqlite::{OpenOptions, SqliteStore};
use crate::{Expected, RecordStore, RootKey, StoreError, fail_point};

#[tokio::test]
async fn a_full_queue_says_busy_and_loses_nothing() {
    let place = Place::new();
    let key = created(place.sqlite(), 150, "m").await;
    // Somebody else holds the write lock, so that the writer cannot go on.
    let disk = place.disk();
    disk.execute_batch("BEGIN IMMEDIATE").unwrap();
    let store = place.store.as_ref().unwrap();
    let tasks: Vec<_> = (0..2_000)
        .map(|_| {
            let store = Arc::clone(store);
            tokio::spawn(async move { store.commit(key, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", Chain::Main, "a")]).await })
        })
        .collect();
    // Nothing can be acknowledged yet: whoever is answered now was told to come back.
    while !tasks.iter().any(|task| task.is_finished()) {
        tokio::task::yield_now().await;
    }
    disk.execute_batch("ROLLBACK").unwrap();
    let (mut done, mut busy) = (0, 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => done += 1,
            Err(StoreError::Busy) => busy += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(done >= 1_024 && busy > 0, "{done} done, {busy} busy");
    let report = place.sqlite().verify_chains(&mut |_| ()).unwrap();
    assert_eq!((report.leaves, report.broken_count), (done, 0));
}

#[tokio::test]
async fn after_a_failure_of_the_engine_nothing_is_written_or_read() {
    let place = Place::new();
    let key = created(place.sqlite(), 151, "m").await;
    place.disk().execute_batch("DROP TABLE leaf").unwrap();
    let leaf = || vec![sample::leaf("m", Chain::Main, "a")];
    let store = place.sqlite();
    assert!(matches!(store.commit(key, Expected::LeavesOnly, Vec::new(), leaf()).await, Err(StoreError::Fault { .. })));
    assert!(matches!(store.load(key).await, Err(StoreError::Fault { .. })));
    assert!(matches!(store.claim(&sample::ins(152), sample::key()).await, Err(StoreError::Fault { .. })));
    assert!(matches!(store.ready().await, Err(StoreError::Fault { .. })));
}

/// Where the child finds which place it has to end at.
const ORDERS: &str = "orders";

fn options(folder: &std::path::Path) -> OpenOptions {
    OpenOptions::new(folder.join("data"), Mode::Sandbox, RootKey::from_bytes([9; 32]), sample::NOW)
}

/// What the child does until it ends.
async fn live(folder: &std::path::Path) {
    let store = SqliteStore::open(options(folder)).unwrap();
    let orphan = sample::entry("m", "urn:oid:9", b"").content.address;
    life::live(&*store, folder, async || store.shared.blobs.put(orphan, vec![0; 100]).await.unwrap()).await;
    // Only a child that waits for the checkpointer gets here; it ends long before this does.
    std::thread::sleep(std::time::Duration::from_secs(20));
}

#[test]
#[ignore = "ends its process: run by the test below"]
fn child_that_ends_at_a_named_place() {
    let orders = std::env::current_dir().unwrap();
    let name = std::fs::read_to_string(orders.join(ORDERS)).unwrap();
    let (name, nth) = name.split_once(' ').unwrap();
    assert!(fail_point::arm(name, nth.parse().unwrap()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(live(&orders));
}

#[tokio::test]
async fn whatever_place_the_process_ends_at_the_store_is_whole() {
    for (position, name) in fail_point::NAMES.into_iter().enumerate() {
        let folder = TemporaryFolder::new();
        let nth = 1 + position % 3;
        let nth = if name.starts_with("sweep") || name.starts_with("erase") { 1 } else { nth };
        std::fs::write(folder.path().join(ORDERS), format!("{name} {nth}")).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap());
        let child = child.args(["--ignored", "--exact", "sqlite::tests::running::child_that_ends_at_a_named_place"]).current_dir(folder.path());
        let output = child.output().unwrap();
        assert!(!output.status.success(), "{name} was never passed");
        let ended = std::os::unix::process::ExitStatusExt::signal(&output.status);
        assert_eq!(ended, Some(6), "{name}: {}", String::from_utf8_lossy(&output.stdout));
        life::examine(&*SqliteStore::open(options(folder.path())).unwrap(), folder.path(), name).await;
    }
}
