//! What a verification of the chains says of a database that somebody has changed, and while commits go on.

use std::sync::Arc;

use dmp_core::audit::Chain;
use dmp_core::ids::RecordKey;

use super::{Place, hex, server};
use crate::contract::{created, sample};
use crate::{BrokenChain, Expected, Flaw, OperatedStore, RecordStore};

/// A record with five leaves in its main chain, and an account with two.
async fn filled(test: &str) -> Option<(Place, RecordKey)> {
    let place = Place::new(server(test)?).await;
    let store = place.postgres();
    let key = created(&**store, 120, "m").await;
    let leaves = (0..5).map(|_| sample::leaf("m", Chain::Main, "ps:1")).collect();
    store.commit(key, Expected::LeavesOnly, Vec::new(), leaves).await.unwrap();
    for _ in 0..2 {
        store.append_account_leaf("ps:1", sample::leaf("m", Chain::Main, "ps:1")).await.unwrap();
    }
    Some((place, key))
}

#[tokio::test]
async fn untouched_chains_hold() {
    let Some((place, _)) = filled("untouched chains").await else { return };
    let mut told = 0;
    let report = place.postgres().verify_chains(&mut |leaves| told = leaves).await.unwrap();
    assert_eq!((report.chains, report.leaves, report.broken_count, told), (3, 7, 0, 7));
    assert!(place.postgres().integrity().await.unwrap().is_empty());
    let counts = place.postgres().counts().await.unwrap();
    assert_eq!((counts.records, counts.entries, counts.leaves, counts.claims), (1, 0, 7, 0));
}

#[tokio::test]
async fn whatever_somebody_changes_in_a_chain_is_found() {
    let Some((place, key)) = filled("changed chains").await else { return };
    let store = place.postgres();
    let id = hex(&store.keys.ring.derived.record_chain(key, Chain::Main));
    let third = format!("chain_id = {id} AND sequence = 3");
    let fifth = format!("chain_id = {id} AND sequence = 5");
    let flip = |column: &str| format!("UPDATE dmp.leaf SET {column} = set_byte({column}, 7, get_byte({column}, 7) # 4) WHERE {third}");
    let changes: Vec<(String, Vec<(u64, Flaw)>)> = vec![
        (flip("sealed"), vec![(3, Flaw::Hash)]),
        (flip("hash"), vec![(3, Flaw::Hash)]),
        (flip("account_hash"), vec![(3, Flaw::Hash)]),
        (format!("DELETE FROM dmp.leaf WHERE {third}"), vec![(3, Flaw::Gap)]),
        (format!("DELETE FROM dmp.leaf WHERE {fifth}"), vec![(4, Flaw::Tail)]),
        (
            format!(
                "DELETE FROM dmp.leaf WHERE {fifth}; UPDATE dmp.chain SET sequence = 4,
                 hash = (SELECT hash FROM dmp.leaf WHERE chain_id = {id} AND sequence = 4) WHERE chain_id = {id}"
            ),
            vec![(0, Flaw::Head)],
        ),
        (format!("INSERT INTO dmp.leaf SELECT chain_id, 6, account_hash, hash, sealed FROM dmp.leaf WHERE {fifth}"), vec![(6, Flaw::Hash)]),
        (format!("DELETE FROM dmp.chain WHERE chain_id = {id}"), vec![(1, Flaw::Headless), (0, Flaw::Missing)]),
        (format!("DELETE FROM dmp.leaf WHERE chain_id = {id}; DELETE FROM dmp.chain WHERE chain_id = {id}"), vec![(0, Flaw::Missing)]),
        (format!("UPDATE dmp.chain SET sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1) WHERE chain_id = {id}"), vec![(0, Flaw::Owner)]),
    ];
    place.sql("CREATE TABLE leaves AS SELECT * FROM dmp.leaf; CREATE TABLE chains AS SELECT * FROM dmp.chain");
    for (change, wanted) in changes {
        place.sql(&change);
        let report = store.verify_chains(&mut |_| ()).await.unwrap();
        let found: Vec<(u64, Flaw)> = report.broken.iter().map(|broken: &BrokenChain| (broken.sequence, broken.flaw)).collect();
        assert_eq!(found, wanted, "{change}");
        place.sql("TRUNCATE dmp.leaf, dmp.chain; INSERT INTO dmp.leaf SELECT * FROM leaves; INSERT INTO dmp.chain SELECT * FROM chains");
    }
    assert_eq!(store.verify_chains(&mut |_| ()).await.unwrap().broken_count, 0, "the changes were undone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chains_that_grow_while_they_are_verified_hold() {
    let Some((place, key)) = filled("growing chains").await else { return };
    let store = Arc::clone(place.postgres());
    let writer = tokio::spawn(async move {
        for _ in 0..150 {
            store.commit(key, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", Chain::Main, "ps:1")]).await.unwrap();
        }
    });
    while !writer.is_finished() {
        assert_eq!(place.postgres().verify_chains(&mut |_| ()).await.unwrap().broken, []);
    }
    writer.await.unwrap();
}

#[tokio::test]
async fn rows_that_lie_where_they_do_not_belong_are_told() {
    let Some((place, key)) = filled("stray rows").await else { return };
    place.sql(&format!("INSERT INTO dmp.entry VALUES ({}, '\\x01', 1, 1, '\\x00')", hex(&[7; 16])));
    place.sql(&format!("DELETE FROM dmp_keys.person_key WHERE record_key = {} AND kind = 1", hex(&key.0)));
    let found = place.postgres().integrity().await.unwrap();
    assert_eq!(found, ["1 entries without a record", "1 records without a data key"]);
}
