//! Erasure, the epochs of keys, and contents that nobody needs.

use dmp_core::audit::Chain;

use super::{Place, hex, server};
use crate::contract::{Harness, created, sample};
use crate::{Change, Expected, OperatedStore, RecordStore, StoreError};

#[tokio::test]
async fn an_erased_record_is_gone_and_its_journal_stays() {
    let Some(server) = server("erasure") else { return };
    let mut place = Place::new(server).await;
    let (key, other) = (created(&**place.postgres(), 130, "m").await, created(&**place.postgres(), 131, "m").await);
    let entry = sample::entry("m", "urn:oid:1.130", b"bytes");
    let leaf = || vec![sample::leaf("m", Chain::Main, "ps:1")];
    place.postgres().commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), leaf()).await.unwrap();
    let record = place.postgres().load(key).await.unwrap().unwrap();
    place.postgres().erase(key).await.unwrap();
    place.postgres().erase(key).await.unwrap();
    assert_eq!(place.sql(&format!("SELECT kind FROM dmp_keys.person_key WHERE record_key = {}", hex(&key.0))), "2", "the audit key alone is left");
    for _ in 0..2 {
        let store = place.postgres();
        assert!(store.load(key).await.unwrap().is_none());
        assert!(matches!(store.content(key, &sample::permit(&record, &entry)).await, Err(StoreError::NoRecord)));
        let head = || vec![Change::PutHead(Box::new(sample::head(sample::ins(130), "m")))];
        for expected in [Expected::New, Expected::Version(2), Expected::Version(4)] {
            assert!(matches!(store.commit(key, expected, head(), leaf()).await, Err(StoreError::NoRecord)), "{expected:?}");
        }
        assert!(matches!(store.commit(key, Expected::Version(4), Vec::new(), leaf()).await, Err(StoreError::Stale)));
        assert_eq!(store.journal(key, Chain::Main, None, 10).await.unwrap().len(), 1);
        assert!(store.load(other).await.unwrap().is_some());
        assert_eq!(store.verify_chains(&mut |_| ()).await.unwrap().broken_count, 0);
        place.reopen().await;
    }
    assert!(matches!(place.postgres().erase(sample::key()).await, Err(StoreError::NoRecord)));
}

#[tokio::test]
async fn a_lost_key_is_a_fault_and_not_an_absence() {
    let Some(server) = server("a lost key") else { return };
    let mut place = Place::new(server).await;
    let key = created(&**place.postgres(), 133, "m").await;
    place.sql("DELETE FROM dmp_keys.person_key WHERE kind = 1");
    place.reopen().await;
    assert!(matches!(place.postgres().load(key).await, Err(StoreError::Fault { .. })));
}

#[tokio::test]
async fn a_backup_of_the_keys_opens_nothing_that_was_erased_before_the_epoch_changed() {
    let Some(server) = server("epochs") else { return };
    let mut place = Place::new(server).await;
    let (kept, erased) = (created(&**place.postgres(), 134, "m").await, created(&**place.postgres(), 135, "m").await);
    place.sql("CREATE TABLE backup AS SELECT * FROM dmp_keys.person_key WHERE kind = 1");
    place.postgres().erase(erased).await.unwrap();
    assert_eq!(place.postgres().replace_erasure_epoch(sample::NOW.plus_days(31)).await.unwrap(), 1);
    assert_eq!(place.sql("SELECT COUNT(*) FROM dmp_keys.epoch WHERE kind = 1"), "1", "the old epoch key is destroyed");
    assert_eq!(place.sql("SELECT COUNT(*) FROM backup JOIN dmp_keys.person_key USING (wrapped)"), "0");
    assert_eq!(place.sql("SELECT COUNT(*) FROM backup JOIN dmp_keys.person_key USING (epoch)"), "0");
    let fresh = created(&**place.postgres(), 136, "m").await;
    // The wrapped key comes back from the backup; the epoch that wrapped it does not, so that the row can only name another one.
    let newest = "(SELECT MAX(id) FROM dmp_keys.epoch WHERE kind = 1)";
    place.sql(&format!(
        "INSERT INTO dmp_keys.person_key SELECT record_key, kind, version, {newest}, wrapped FROM backup WHERE record_key = {}",
        hex(&erased.0)
    ));
    place.reopen().await;
    let store = place.postgres();
    for key in [kept, fresh] {
        assert!(store.load(key).await.unwrap().is_some());
    }
    assert!(store.load(erased).await.unwrap().is_none());
    assert!(store.find_keys(erased).await.is_err(), "a key from the backup does not open");
}

#[tokio::test]
async fn an_epoch_change_that_was_broken_off_is_ended_by_the_next_one() {
    let Some(server) = server("broken-off epochs") else { return };
    let place = Place::new(server).await;
    let key = created(&**place.postgres(), 137, "m").await;
    // As a process that ended after the new epoch was made leaves it: two epochs, and every key under the older one.
    place.sql("INSERT INTO dmp_keys.epoch SELECT id + 5, kind, created_month, wrapped FROM dmp_keys.epoch WHERE kind = 1");
    assert_eq!(place.postgres().replace_erasure_epoch(sample::NOW).await.unwrap(), 1);
    assert_eq!(place.sql("SELECT COUNT(*) FROM dmp_keys.epoch WHERE kind = 1"), "1");
    assert!(place.other().await.load(key).await.unwrap().is_some());
}

#[tokio::test]
async fn only_old_files_that_no_row_names_are_swept() {
    let Some(server) = server("orphans") else { return };
    let place = Place::new(server).await;
    let store = place.postgres();
    let key = created(&**store, 138, "m").await;
    let bytes = sample::noise(100_000);
    let (kept, orphan) = (sample::entry("m", "urn:oid:1.137", &bytes), sample::entry("m", "urn:oid:1.138", &bytes));
    store.commit(key, Expected::Version(1), sample::publish(&kept, &bytes), Vec::new()).await.unwrap();
    store.blobs.put(orphan.content.address, bytes.clone()).await.unwrap();
    let written = std::fs::metadata(place.blob(orphan.content.address)).unwrap().modified().unwrap();
    let written = i64::try_from(written.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()).unwrap();
    let written = dmp_core::Moment::from_seconds(written);
    assert_eq!(store.sweep_orphans(written.plus_seconds(-60)).await.unwrap(), 0);
    assert_eq!(store.sweep_orphans(written.plus_seconds(60)).await.unwrap(), 1);
    assert!(!place.blob(orphan.content.address).exists());
    let record = store.load(key).await.unwrap().unwrap();
    assert_eq!(store.content(key, &sample::permit(&record, &kept)).await.unwrap(), bytes);
}
