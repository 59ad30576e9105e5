//! Which store opens, and which is refused.

use dmp_core::Mode;
use dmp_testkit::services::PASSWORD;

use super::super::{PostgresOptions, PostgresStore};
use super::{Place, own_server, server};
use crate::contract::{Harness, created};
use crate::{BlobPlace, OperatedStore, RecordStore, RootKey, Sealing, StoreError};

/// Why a store with these options does not open.
async fn refusal(options: PostgresOptions) -> String {
    match PostgresStore::open(options).await {
        Err(StoreError::Refused(why)) => why,
        other => panic!("was not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_store_of_another_mode_root_key_or_sealing_is_refused() {
    let Some(server) = server("opening") else { return };
    let place = Place::new(server).await;
    let why = refusal(PostgresOptions { root_key: RootKey::from_bytes([8; 32]), ..place.options() }).await;
    assert_eq!(why, "the root key is not the one that this store was made with");
    assert_eq!(refusal(PostgresOptions { sealing: Sealing::Off, ..place.options() }).await, "the rows of the store are not clear");
    // The test server does not sync, which production never takes; told before the mode is.
    let why = refusal(PostgresOptions { mode: Mode::Production, ..place.options() }).await;
    assert_eq!(why, "the server runs with fsync = off, which loses acknowledged documents at a power cut");
    place.sql("UPDATE dmp.meta SET value = 'production' WHERE name = 'mode'");
    assert_eq!(refusal(place.options()).await, "the store was made in mode `production`; the program runs in mode `sandbox`");
    place.sql("UPDATE dmp.meta SET value = 'sandbox' WHERE name = 'mode'; INSERT INTO dmp.migration VALUES (99)");
    assert!(refusal(place.options()).await.starts_with("the store has tables of version 99"));
    let options = PostgresOptions { mode: Mode::Production, sealing: Sealing::Off, ..place.options() };
    assert_eq!(refusal(options).await, "sealing cannot be off in production");
}

#[tokio::test]
async fn a_mode_changed_by_hand_is_seen() {
    let Some(server) = server("a changed mode") else { return };
    let place = Place::new(server).await;
    // A probe that was sealed in the other mode stands beside a clear word that was changed to ours.
    let derived = &place.postgres().keys.ring.derived;
    let id: Vec<u8> = place.sql("SELECT encode(value, 'hex') FROM dmp.meta WHERE name = 'store'").into_bytes();
    let id: Vec<u8> = id.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect();
    let id: [u8; 16] = id.try_into().unwrap();
    let probe_place = crate::seal::Place { table: "meta", owner: &id, row: &id, version: 0 };
    let probe = derived.probe.seal_bytes(&probe_place, &[b"production"], 64).unwrap();
    place.sql(&format!("UPDATE dmp.meta SET value = {} WHERE name = 'probe'", super::hex(&probe)));
    assert_eq!(refusal(place.options()).await, "the mode written in the store is not the one sealed in it");
}

#[tokio::test]
async fn keys_that_are_missing_or_another_stores_are_refused() {
    let Some(server) = server("missing keys") else { return };
    let place = Place::new(server).await;
    created(&**place.postgres(), 141, "m").await;
    place.sql("UPDATE dmp_keys.meta SET value = '\\x00112233445566778899aabbccddeeff'");
    assert_eq!(refusal(place.options()).await, "the tables of keys belong to another store");
    place.sql("DELETE FROM dmp_keys.meta; DELETE FROM dmp_keys.person_key; DELETE FROM dmp_keys.epoch");
    assert_eq!(refusal(place.options()).await, "the store holds records and its keys are missing: restore them");
}

#[tokio::test]
async fn a_root_key_among_the_contents_is_refused() {
    let Some(server) = server("a root key among contents") else { return };
    let place = Place::unopened(server);
    let folder = place.folder.path().join("shared");
    let root_key = RootKey::load_or_create(&folder.join("root.key")).unwrap();
    let options = PostgresOptions { root_key, blobs: BlobPlace::Folder(folder), ..place.options() };
    assert_eq!(refusal(options).await, "the root key lies inside the folder of contents: keep it elsewhere");
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_named_without_its_password() {
    let Some(server) = server("no database") else { return };
    let place = Place::unopened(server);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let elsewhere = |url: String| PostgresOptions { database: url.parse().unwrap(), ..place.options() };
    let cases = [
        (format!("postgres://dmp:{PASSWORD}@127.0.0.1:{nobody}/dmp"), "Connection refused"),
        (format!("postgres://dmp:{PASSWORD}@127.0.0.1:{}/nowhere", server.port()), "does not exist"),
        (format!("postgres://dmp:not-{PASSWORD}@127.0.0.1:{}/{}", server.port(), place.database), "password authentication failed"),
        (format!("postgres://dmp@127.0.0.1:{}/{}", server.port(), place.database), "password missing"),
    ];
    for (url, wanted) in cases {
        let error = PostgresStore::open(elsewhere(url)).await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(matches!(error, StoreError::Unavailable { .. }), "{told}");
        assert!(told.contains("postgres://127.0.0.1:") && told.contains(wanted) && !told.contains("hush"), "{told}");
    }
}

#[tokio::test]
async fn a_database_whose_certificate_is_not_proved_is_refused() {
    let Some(server) = own_server("TLS") else { return };
    let Some(ca_file) = server.enable_tls() else {
        println!("SKIPPED: TLS: no openssl on this machine");
        return;
    };
    let place = Place::unopened(server);
    let by_name = |name: &str| {
        let url = place.options().database;
        let url = format!("postgres://dmp:{PASSWORD}@{name}:{}/{}?sslmode=require", server.port(), url.shown().rsplit('/').next().unwrap());
        PostgresOptions { database: url.parse().unwrap(), ..place.options() }
    };
    let store = PostgresStore::open(PostgresOptions { ca_file: Some(ca_file.clone()), ..by_name("localhost") }).await.unwrap();
    created(&*store, 143, "m").await;
    assert_eq!(place.sql("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'dmp'"), "t");
    // The public authorities do not know it; and its name is not that of the address.
    for options in [by_name("localhost"), PostgresOptions { ca_file: Some(ca_file), ..by_name("127.0.0.1") }] {
        let error = PostgresStore::open(options).await.unwrap_err();
        let told = format!("{error:?}");
        assert!(matches!(error, StoreError::Unavailable { .. }) && told.contains("certificate") && !told.contains("hush"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_may_make_the_tables_at_once() {
    let Some(server) = server("opening at once") else { return };
    let place = Place::unopened(server);
    let opening: Vec<_> = (0..6).map(|_| tokio::spawn(PostgresStore::open(place.options()))).collect();
    let mut stores = Vec::new();
    for one in opening {
        stores.push(one.await.unwrap().unwrap());
    }
    let key = created(&*stores[0], 142, "m").await;
    for store in &stores {
        assert!(store.load(key).await.unwrap().is_some());
    }
    assert_eq!(place.sql("SELECT number FROM dmp.counter"), "6");
    assert_eq!(place.sql("SELECT COUNT(*) FROM dmp.meta"), "4");
}

#[tokio::test]
async fn derived_keys_stay_the_same() {
    let Some(server) = server("derived keys") else { return };
    let mut place = Place::new(server).await;
    let key = place.postgres().derive("ids");
    assert_ne!(key, place.postgres().derive("paging"));
    let record = created(&**place.postgres(), 140, "m").await;
    place.reopen().await;
    assert_eq!(key, place.postgres().derive("ids"));
    assert!(place.postgres().load(record).await.unwrap().is_some());
    assert_eq!(place.postgres().mode(), Mode::Sandbox);
    let embedded = RootKey::from_bytes([9; 32]).derive("server ids");
    assert_eq!(key, embedded, "ids stay valid when a store moves from one backend to the other");
}
