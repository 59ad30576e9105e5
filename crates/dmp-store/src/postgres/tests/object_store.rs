//! Large contents in an S3 of several processes, one of which is lost.

use std::sync::OnceLock;

use dmp_testkit::services::ObjectStore;

use super::{Place, server};
use crate::blobs::{BlobPlace, Bucket};
use crate::contract::{created, sample};
use crate::{Expected, OperatedStore, RecordStore, StoreError};

/// The S3 of this test program. `None`, said loudly, when there is none to be had.
fn object_store(test: &str) -> Option<&'static ObjectStore> {
    static STORE: OnceLock<Result<ObjectStore, String>> = OnceLock::new();
    match STORE.get_or_init(ObjectStore::start) {
        Ok(store) => Some(store),
        Err(why) => {
            println!("SKIPPED: {test}: {why}");
            None
        }
    }
}

fn bucket(store: &ObjectStore, prefix: &str) -> BlobPlace {
    BlobPlace::Bucket(Bucket { name: store.bucket().to_owned(), prefix: prefix.to_owned(), settings: store.settings() })
}

async fn place(test: &str) -> Option<(Place, &'static ObjectStore)> {
    let (server, objects) = (server(test)?, object_store(test)?);
    let mut place = Place::unopened(server);
    place.blobs = Some(bucket(objects, test));
    place.open().await;
    Some((place, objects))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_contents_come_back_after_a_node_of_the_s3_was_lost() {
    let Some((place, objects)) = place("a-lost-node").await else { return };
    let store = place.postgres();
    let key = created(&**store, 170, "m").await;
    let mut published = Vec::new();
    for number in 0..20_u64 {
        if number == 10 {
            tokio::task::block_in_place(|| objects.kill_volume());
        }
        let bytes = sample::noise(40_000 + 10_000 * usize::try_from(number).unwrap());
        let entry = sample::entry("m", &format!("urn:oid:7.{number}"), &bytes);
        let mut refused = 0;
        loop {
            match store.commit(key, Expected::Version(1 + number), sample::publish(&entry, &bytes), Vec::new()).await {
                Ok(_) => break,
                // Until the S3 has noticed, it may say that it cannot: the client comes back.
                Err(StoreError::Unavailable { .. }) if refused < 5 => refused += 1,
                Err(error) => panic!("document {number}: {error}"),
            }
        }
        published.push((entry, bytes));
    }
    let witness = place.other().await;
    let record = witness.load(key).await.unwrap().unwrap();
    assert_eq!(record.entries.len(), published.len());
    for (entry, bytes) in &published {
        assert_eq!(witness.content(key, &sample::permit(&record, entry)).await.unwrap(), *bytes);
    }
    assert_eq!(place.sql("SELECT COUNT(*) FROM dmp.content WHERE sealed IS NULL"), "20");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_of_an_s3_is_written_once_and_orphans_are_swept() {
    let Some((place, _)) = place("once").await else { return };
    let store = place.postgres();
    let key = created(&**store, 171, "m").await;
    let bytes = sample::noise(60_000);
    let entry = sample::entry("m", "urn:oid:6.1", &bytes);
    store.commit(key, Expected::Version(1), sample::publish(&entry, &bytes), Vec::new()).await.unwrap();
    let address = entry.content.address;
    let sealed = store.blobs.get(address).await.unwrap().unwrap().to_vec();
    assert!(store.blobs.put(address, sample::noise(10)).await.is_err(), "other bytes never take a place");
    store.blobs.put(address, sealed).await.unwrap();
    let orphan = sample::entry("m", "urn:oid:6.2", &bytes).content.address;
    store.blobs.put(orphan, bytes.clone()).await.unwrap();
    let later = dmp_core::Moment::from_seconds(i64::MAX / 2_000_000);
    assert_eq!(store.sweep_orphans(dmp_core::Moment::from_seconds(0)).await.unwrap(), 0);
    assert_eq!(store.sweep_orphans(later).await.unwrap(), 1);
    assert_eq!(store.blobs.get(orphan).await.unwrap(), None);
    let record = store.load(key).await.unwrap().unwrap();
    assert_eq!(store.content(key, &sample::permit(&record, &entry)).await.unwrap(), bytes);
    store.blobs.delete(address).await.unwrap();
    let lost = store.content(key, &sample::permit(&record, &entry)).await;
    assert!(matches!(lost, Err(StoreError::DamagedContent(_))), "{lost:?}");
}

#[tokio::test]
async fn an_s3_that_does_not_answer_or_refuses_is_told_without_credentials() {
    let Some((place, objects)) = place("wrong").await else { return };
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (name, value) in [("AWS_SECRET_ACCESS_KEY", "hush-wrong".to_owned()), ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{nobody}"))] {
        let mut settings = objects.settings();
        settings.retain(|(known, _)| known != name);
        settings.push((name.to_owned(), value));
        let blobs = BlobPlace::Bucket(Bucket { name: "dmp".to_owned(), prefix: "wrong".to_owned(), settings });
        let options = super::super::PostgresOptions { blobs, ..place.options() };
        let error = super::super::PostgresStore::open(options).await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(matches!(error, StoreError::Unavailable { .. } | StoreError::Fault { .. }) && !told.contains("hush"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_s3_is_spoken_to_in_tls_and_its_certificate_must_be_proved() {
    let Some((place, objects)) = place("tls").await else { return };
    let Some((settings, authority)) = objects.secure_settings() else {
        println!("SKIPPED: an S3 in TLS: no openssl on this machine");
        return;
    };
    let options = || {
        let blobs = BlobPlace::Bucket(Bucket { name: "dmp".to_owned(), prefix: "tls".to_owned(), settings: settings.clone() });
        super::super::PostgresOptions { blobs, ..place.options() }
    };
    let error = super::super::PostgresStore::open(options()).await.unwrap_err();
    assert!(matches!(&error, StoreError::Unavailable { detail, .. } if detail.contains("certificate")), "{error:?}");
    let store = super::super::PostgresStore::open(super::super::PostgresOptions { ca_file: Some(authority), ..options() }).await.unwrap();
    let (key, bytes) = (created(&*store, 172, "m").await, sample::noise(80_000));
    let entry = sample::entry("m", "urn:oid:5.1", &bytes);
    store.commit(key, Expected::Version(1), sample::publish(&entry, &bytes), Vec::new()).await.unwrap();
    let record = store.load(key).await.unwrap().unwrap();
    // Written through the one door of the S3, read through the other.
    for store in [&store, place.postgres()] {
        assert_eq!(store.content(key, &sample::permit(&record, &entry)).await.unwrap(), bytes);
    }
}
