//! What a verification of the chains says of a disk that somebody has changed.

use dmp_core::audit::Chain;
use dmp_core::ids::RecordKey;
use rusqlite::params;

use super::Place;
use crate::contract::{created, sample};
use crate::prepare::{Event, ONLY_ROW};
use crate::{BrokenChain, ChainReport, Change, Expected, Flaw, RecordStore};

/// A record with five leaves in its main chain, and an account with two.
async fn filled() -> (Place, RecordKey) {
    let place = Place::new();
    let store = place.sqlite();
    let key = created(store, 120, "m").await;
    let leaves = (0..5).map(|_| sample::leaf("m", Chain::Main, "ps:1")).collect();
    store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await.unwrap();
    for _ in 0..2 {
        store.append_account_leaf("ps:1", sample::leaf("m", Chain::Main, "ps:1")).await.unwrap();
    }
    (place, key)
}

fn report(place: &Place) -> ChainReport {
    place.sqlite().verify_chains(&mut |_| ()).unwrap()
}

/// Changes the disk of a filled store and gives what the verification then finds.
async fn found_after(change: impl AsyncFn(&Place, [u8; 16])) -> Vec<(u64, Flaw)> {
    let (place, key) = filled().await;
    let chain = place.sqlite().shared.ring.derived.record_chain(key, Chain::Main);
    change(&place, chain).await;
    let report = report(&place);
    for broken in &report.broken {
        assert!(broken.record == Some((key, Chain::Main)) || broken.flaw == Flaw::Headless || broken.flaw == Flaw::Owner, "{broken:?}");
    }
    report.broken.into_iter().map(|broken| (broken.sequence, broken.flaw)).collect()
}

#[tokio::test]
async fn untouched_chains_hold() {
    let (place, _) = filled().await;
    let mut told = 0;
    let report = place.sqlite().verify_chains(&mut |leaves| told = leaves).unwrap();
    assert_eq!((report.chains, report.leaves, report.broken_count, told), (3, 7, 0, 7));
    assert!(place.sqlite().integrity().unwrap().is_empty());
    let counts = place.sqlite().counts().unwrap();
    assert_eq!((counts.records, counts.entries, counts.leaves, counts.claims), (1, 0, 7, 0));
}

#[tokio::test]
async fn any_flipped_bit_of_a_leaf_is_found() {
    for (column, size) in [("sealed", 541), ("hash", 32), ("account_hash", 16)] {
        for position in [0, size / 2, size - 1] {
            let found = found_after(async |place, chain| {
                let disk = place.disk();
                let sql = format!("SELECT {column} FROM leaf WHERE chain_id = ?1 AND sequence = 3");
                let mut bytes: Vec<u8> = disk.query_row(&sql, [chain], |row| row.get(0)).unwrap();
                let position = position.min(bytes.len() - 1);
                bytes[position] ^= 4;
                disk.execute(&format!("UPDATE leaf SET {column} = ?1 WHERE chain_id = ?2 AND sequence = 3"), params![bytes, chain]).unwrap();
            });
            assert_eq!(found.await, [(3, Flaw::Hash)], "{column} byte {position}");
        }
    }
}

#[tokio::test]
async fn a_missing_leaf_is_found() {
    let delete = |sequence: i64| {
        found_after(async move |place, chain| {
            assert_eq!(place.disk().execute("DELETE FROM leaf WHERE chain_id = ?1 AND sequence = ?2", params![chain, sequence]).unwrap(), 1);
        })
    };
    assert_eq!(delete(3).await, [(3, Flaw::Gap)]);
    assert_eq!(delete(1).await, [(1, Flaw::Gap)]);
    assert_eq!(delete(5).await, [(4, Flaw::Tail)]);
}

#[tokio::test]
async fn a_cut_chain_with_a_new_head_is_found() {
    let found = found_after(async |place, chain| {
        let disk = place.disk();
        disk.execute("DELETE FROM leaf WHERE chain_id = ?1 AND sequence = 5", [chain]).unwrap();
        disk.execute(
            "UPDATE chain SET sequence = 4, hash = (SELECT hash FROM leaf WHERE chain_id = ?1 AND sequence = 4) WHERE chain_id = ?1",
            [chain],
        )
        .unwrap();
    });
    assert_eq!(found.await, [(0, Flaw::Head)], "the keyed hash of the head cannot be made without the root key");
}

#[tokio::test]
async fn a_chain_without_its_head_is_found() {
    let found = found_after(async |place, chain| {
        place.disk().execute("DELETE FROM chain WHERE chain_id = ?1", [chain]).unwrap();
    });
    assert_eq!(found.await, [(1, Flaw::Headless), (0, Flaw::Missing)]);
}

#[tokio::test]
async fn a_chain_that_was_removed_whole_is_found() {
    let found = found_after(async |place, chain| {
        place.disk().execute("DELETE FROM leaf WHERE chain_id = ?1", [chain]).unwrap();
        place.disk().execute("DELETE FROM chain WHERE chain_id = ?1", [chain]).unwrap();
    });
    assert_eq!(found.await, [(0, Flaw::Missing)]);
}

#[tokio::test]
async fn a_chain_whose_owner_was_changed_is_found() {
    let found = found_after(async |place, chain| {
        place.disk().execute("UPDATE chain SET sealed = zeroblob(length(sealed)) WHERE chain_id = ?1", [chain]).unwrap();
    });
    assert_eq!(found.await, [(0, Flaw::Owner)]);
}

#[tokio::test]
async fn a_broken_chain_names_its_record() {
    let (place, key) = filled().await;
    place.disk().execute("DELETE FROM leaf WHERE sequence = 5", []).unwrap();
    assert_eq!(report(&place).broken, [BrokenChain { record: Some((key, Chain::Main)), sequence: 4, flaw: Flaw::Tail }]);
}

#[tokio::test]
async fn the_outbox_says_what_was_put_and_nothing_else() {
    let place = Place::new();
    let store = place.sqlite();
    let key = created(store, 121, "m").await;
    let mut entry = sample::entry("m", "urn:oid:1.121", b"bytes");
    store.commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), Vec::new()).await.unwrap();
    entry.version = 2;
    store.commit(key, Expected::Version(2), vec![Change::PutEntry(Box::new(entry.clone()))], Vec::new()).await.unwrap();
    store.commit(key, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", Chain::Main, "a")]).await.unwrap();
    let keys = store.shared.keys.find(key).unwrap().unwrap();
    let disk = place.disk();
    let mut statement = disk.prepare("SELECT version, sealed FROM outbox WHERE record_key = ?1 ORDER BY id").unwrap();
    let rows = statement.query_map([key.0], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?))).unwrap();
    let events: Vec<Vec<Event>> = rows
        .map(|row| {
            let (version, sealed) = row.unwrap();
            let place = crate::seal::Place { table: "outbox", owner: &key.0, row: &ONLY_ROW, version };
            keys.data().unwrap().open_row(&place, &sealed).unwrap()
        })
        .collect();
    let opened = Event::Notice(sample::head(sample::ins(121), "m").notices.remove(0));
    assert_eq!(events, [vec![Event::Head, opened], vec![Event::NewEntry(entry.id)], vec![Event::Entry(entry.id)]]);
}
