//! Which store opens, and which is refused.

use dmp_core::{Mode, Moment};

use super::Place;
use crate::contract::{Harness, created, sample};
use crate::sqlite::{OpenOptions, SqliteStore};
use crate::{AccountStore, NoteKind, NotePut, RecordStore, RootKey, Sealing, StatisticsStore, StoreError};

/// Why a store with these options does not open.
fn refusal(options: OpenOptions) -> String {
    match SqliteStore::open(options) {
        Err(StoreError::Refused(why)) => why,
        other => panic!("was not refused: {other:?}"),
    }
}

#[tokio::test]
async fn another_root_key_is_refused() {
    let mut place = Place::new();
    place.close();
    let why = refusal(OpenOptions { root_key: RootKey::from_bytes([8; 32]), ..place.options() });
    assert_eq!(why, "the root key is not the one that this store was made with");
    place.open();
}

#[tokio::test]
async fn the_other_mode_is_refused() {
    let mut place = Place::new();
    place.close();
    let why = refusal(OpenOptions { mode: Mode::Production, ..place.options() });
    assert_eq!(why, "the store was made in mode `sandbox`; the program runs in mode `production`");
    // Not even after the clear word was changed by hand.
    place.disk().execute("UPDATE meta SET value = CAST('production' AS BLOB) WHERE name = 'mode'", []).unwrap();
    let why = refusal(OpenOptions { mode: Mode::Production, ..place.options() });
    assert_eq!(why, "the mode written in the store is not the one sealed in it");
}

#[tokio::test]
async fn another_sealing_is_refused_and_production_is_always_sealed() {
    let mut place = Place::new();
    place.close();
    assert_eq!(refusal(OpenOptions { sealing: Sealing::Off, ..place.options() }), "the rows of the store are not clear");
    let elsewhere = place.options().dir.join("production");
    let options = OpenOptions { sealing: Sealing::Off, ..OpenOptions::new(elsewhere, Mode::Production, RootKey::from_bytes([9; 32]), sample::NOW) };
    assert_eq!(refusal(options), "sealing cannot be off in production");
}

#[tokio::test]
async fn a_store_that_is_open_is_refused_to_another() {
    let mut place = Place::new();
    assert!(refusal(place.options()).starts_with("another process has the store"));
    place.reopen().await;
}

#[tokio::test]
async fn a_root_key_among_the_data_is_refused() {
    let place = Place::new();
    let dir = place.options().dir.join("inner");
    let root_key = RootKey::load_or_create(&dir.join("keys/root.key")).unwrap();
    let why = refusal(OpenOptions::new(dir, Mode::Sandbox, root_key, sample::NOW));
    assert_eq!(why, "the root key lies inside the data folder: keep it elsewhere");
}

#[tokio::test]
async fn the_keys_of_another_store_are_refused() {
    let (mut one, mut other) = (Place::new(), Place::new());
    one.close();
    other.close();
    std::fs::copy(other.options().dir.join("keys.sqlite"), one.options().dir.join("keys.sqlite")).unwrap();
    assert_eq!(refusal(one.options()), "the key database belongs to another store");
}

#[tokio::test]
async fn records_without_their_keys_are_refused() {
    let mut place = Place::new();
    created(place.sqlite(), 141, "m").await;
    place.close();
    std::fs::remove_file(place.options().dir.join("keys.sqlite")).unwrap();
    assert_eq!(refusal(place.options()), "the store holds records and its key database is missing: restore it");
}

#[tokio::test]
async fn tables_of_a_later_version_are_refused() {
    let mut place = Place::new();
    place.close();
    place.disk().pragma_update(None, "user_version", 99).unwrap();
    assert!(refusal(place.options()).starts_with("the store has tables of version 99"));
}

/// What version 7 added.
const STATISTICS_GONE: &str = "DROP TABLE deed; DROP TABLE tally; DROP TABLE mark; DROP TABLE ledger; DROP TABLE ledger_month;";

#[tokio::test]
async fn tables_of_the_version_before_are_brought_to_this_one() {
    let mut place = Place::new();
    let record = created(place.sqlite(), 142, "m").await;
    place.close();
    place.disk().execute_batch(&format!("DROP TABLE note; {STATISTICS_GONE} PRAGMA user_version = 4")).unwrap();
    place.open();
    assert!(place.sqlite().load(record).await.unwrap().is_some());
    assert!(matches!(place.sqlite().put_note(NoteKind::OpeningCode, "a", None, Some(b"b"), None).await, Ok(NotePut::Done(_))));
    place.close();
    place.disk().execute_batch(&format!("DROP INDEX note_due; ALTER TABLE note DROP COLUMN due; {STATISTICS_GONE} PRAGMA user_version = 5")).unwrap();
    place.open();
    assert_eq!(place.sqlite().note(NoteKind::OpeningCode, "a").await.unwrap().unwrap().bytes, b"b");
    assert_eq!(place.sqlite().sweep_notes(Moment::from_seconds(i64::MAX / 2_000_000)).await.unwrap(), 0, "what has no hour stays");
    place.close();
    place.disk().execute_batch(&format!("{STATISTICS_GONE} PRAGMA user_version = 6")).unwrap();
    place.open();
    created(place.sqlite(), 143, "m").await;
    assert_eq!(place.sqlite().deeds_waiting().await.unwrap(), 1);
}

#[tokio::test]
async fn derived_keys_stay_the_same() {
    let mut place = Place::new();
    let key = place.sqlite().derive("ids");
    assert_ne!(key, place.sqlite().derive("paging"));
    let record = created(place.sqlite(), 140, "m").await;
    place.reopen().await;
    assert_eq!(key, place.sqlite().derive("ids"));
    assert!(place.sqlite().load(record).await.unwrap().is_some());
}
