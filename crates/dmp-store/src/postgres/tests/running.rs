//! A process that ends at a named place, as a power cut of its machine would end it.

use std::process::Command;

use super::{Place, server};
use crate::contract::{TemporaryFolder, life, sample};
use crate::fail_point;

/// Where the child finds which place it has to end at, and its database.
const ORDERS: &str = "orders";
/// The places that this backend passes.
const NAMES: [&str; 20] = [
    "blob.before_put",
    "blob.after_put",
    "commit.before_record",
    "commit.after_record",
    "commit.after_content",
    "commit.before_leaf",
    "commit.after_leaf",
    "writer.before_commit",
    "writer.after_commit",
    "writer.before_reply",
    "claim.before",
    "claim.after",
    "confirm.before",
    "confirm.after",
    "sweep.claims",
    "sweep.blobs",
    "settle.after_rows",
    "settle.after_cells",
    "settle.after_lines",
    "erase.after_keys",
];

#[test]
#[ignore = "ends its process: run by the test below"]
fn child_that_ends_at_a_named_place() {
    let folder = std::env::current_dir().unwrap();
    let orders = std::fs::read_to_string(folder.join(ORDERS)).unwrap();
    let [name, nth, url] = orders.split(' ').collect::<Vec<_>>().try_into().unwrap();
    assert!(fail_point::arm(name, nth.parse().unwrap()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = super::super::PostgresStore::open(super::options_of(url, &folder)).await.unwrap();
        let orphan = sample::entry("m", "urn:oid:9", b"").content.address;
        life::live(&*store, &folder, async || store.blobs.put(orphan, vec![0; 100]).await.unwrap()).await;
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_place_the_process_ends_at_the_store_is_whole() {
    let Some(server) = server("named places") else { return };
    for (position, name) in NAMES.into_iter().enumerate() {
        let mut place = Place::unopened(server);
        let folder = TemporaryFolder::new();
        if name == "sweep.claims" {
            // A claim of an earlier start that no creation followed.
            let store = place.other().await;
            crate::RecordStore::claim(&*store, &sample::ins(9), sample::key()).await.unwrap();
        }
        let nth = if name.starts_with("sweep") || name.starts_with("erase") { 1 } else { 1 + position % 3 };
        std::fs::write(folder.path().join(ORDERS), format!("{name} {nth} {}", server.url(&place.database))).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap());
        let child = child.args(["--ignored", "--exact", "postgres::tests::running::child_that_ends_at_a_named_place"]).current_dir(folder.path());
        let output = child.output().unwrap();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&output.status), Some(6), "{name}: {}", String::from_utf8_lossy(&output.stdout));
        place.folder = folder;
        life::examine(&*place.other().await, place.folder.path(), name).await;
    }
}
