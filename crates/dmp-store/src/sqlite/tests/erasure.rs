//! Erasure, the epochs of keys, and files that nobody needs.

use dmp_core::audit::Chain;

use super::Place;
use crate::contract::{Harness, created, sample};
use crate::{Change, Expected, RecordStore, StoreError};

#[tokio::test]
async fn an_erased_record_is_gone_and_its_journal_stays() {
    let mut place = Place::new();
    let key = created(place.sqlite(), 130, "m").await;
    let other = created(place.sqlite(), 131, "m").await;
    let entry = sample::entry("m", "urn:oid:1.130", b"bytes");
    let leaf = || vec![sample::leaf("m", Chain::Main, "ps:1")];
    place.sqlite().commit(key, Expected::Version(1), sample::publish(&entry, b"bytes"), leaf()).await.unwrap();
    let record = place.sqlite().load(key).await.unwrap().unwrap();
    place.sqlite().erase(key).await.unwrap();
    place.sqlite().erase(key).await.unwrap();
    for _ in 0..2 {
        let store = place.sqlite();
        assert!(store.load(key).await.unwrap().is_none());
        assert!(matches!(store.content(key, &sample::permit(&record, &entry)).await, Err(StoreError::NoRecord)));
        let head = || vec![Change::PutHead(Box::new(sample::head(sample::ins(130), "m")))];
        for expected in [Expected::New, Expected::Version(2), Expected::Version(3)] {
            assert!(matches!(store.commit(key, expected, head(), leaf()).await, Err(StoreError::NoRecord)), "{expected:?}");
        }
        assert!(matches!(store.commit(key, Expected::Version(3), Vec::new(), leaf()).await, Err(StoreError::Stale)));
        assert_eq!(store.journal(key, Chain::Main, None, 10).await.unwrap().len(), 1);
        assert!(store.load(other).await.unwrap().is_some());
        assert_eq!(store.verify_chains(&mut |_| ()).unwrap().broken_count, 0);
        place.reopen().await;
    }
    assert!(matches!(place.sqlite().erase(sample::key()).await, Err(StoreError::NoRecord)));
}

#[tokio::test]
async fn what_was_judged_before_an_erasure_is_not_committed_after_it() {
    let place = Place::new();
    let key = created(place.sqlite(), 132, "m").await;
    let store = place.sqlite();
    let folder = vec![Change::PutFolder(Box::new(sample::folder("m", Vec::new())))];
    let (erased, committed) = tokio::join!(store.erase(key), store.commit(key, Expected::Version(1), folder, Vec::new()));
    erased.unwrap();
    if let Err(error) = committed {
        assert!(matches!(error, StoreError::Stale | StoreError::NoRecord), "{error:?}");
    }
    assert!(store.load(key).await.unwrap().is_none());
}

#[tokio::test]
async fn a_lost_key_is_a_fault_and_not_an_absence() {
    let mut place = Place::new();
    let key = created(place.sqlite(), 133, "m").await;
    place.close();
    let keys = rusqlite::Connection::open(place.options().dir.join("keys.sqlite")).unwrap();
    keys.execute("DELETE FROM person_key WHERE kind = 1", []).unwrap();
    drop(keys);
    place.open();
    assert!(matches!(place.sqlite().load(key).await, Err(StoreError::Fault { .. })));
}

#[tokio::test]
async fn a_backup_of_the_keys_opens_nothing_that_was_erased_before_the_epoch_changed() {
    let mut place = Place::new();
    let (kept, erased) = (created(place.sqlite(), 134, "m").await, created(place.sqlite(), 135, "m").await);
    let path = place.options().dir.join("keys.sqlite");
    let rows = |path: &std::path::Path| -> Vec<(Vec<u8>, i64, Vec<u8>)> {
        let keys = rusqlite::Connection::open(path).unwrap();
        let mut statement = keys.prepare("SELECT record_key, epoch, wrapped FROM person_key WHERE kind = 1 ORDER BY record_key").unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let backup = rows(&path);
    assert_eq!(backup.len(), 2);
    place.sqlite().erase(erased).await.unwrap();
    assert_eq!(place.sqlite().replace_erasure_epoch(sample::NOW.plus_days(31)).await.unwrap(), 1);
    let after = rows(&path);
    assert!(after.iter().all(|row| row.1 != backup[0].1 && backup.iter().all(|old| old.2 != row.2)));
    let fresh = created(place.sqlite(), 136, "m").await;
    place.close();
    // The wrapped key comes back from the backup, the epoch key that wrapped it does not.
    let keys = rusqlite::Connection::open(&path).unwrap();
    let old = backup.iter().find(|row| row.0 == erased.0).unwrap();
    keys.execute(
        "INSERT INTO person_key (record_key, kind, version, epoch, wrapped) VALUES (?1, 1, 1, ?2, ?3)",
        rusqlite::params![old.0, old.1, old.2],
    )
    .unwrap();
    drop(keys);
    place.open();
    let store = place.sqlite();
    for key in [kept, fresh] {
        assert!(store.load(key).await.unwrap().is_some());
    }
    assert!(store.load(erased).await.unwrap().is_none());
    assert!(store.shared.keys.find(erased).is_err(), "the old epoch key is gone");
}

#[tokio::test]
async fn only_old_files_that_no_row_names_are_swept() {
    let place = Place::new();
    let key = created(place.sqlite(), 137, "m").await;
    let bytes = sample::noise(100_000);
    let (kept, orphan) = (sample::entry("m", "urn:oid:1.137", &bytes), sample::entry("m", "urn:oid:1.138", &bytes));
    place.sqlite().commit(key, Expected::Version(1), sample::publish(&kept, &bytes), Vec::new()).await.unwrap();
    place.sqlite().shared.blobs.put(orphan.content.address, bytes.clone()).await.unwrap();
    let unfinished = place.blob(orphan.content.address).with_extension("#1");
    std::fs::write(&unfinished, b"half").unwrap();
    let written = std::fs::metadata(place.blob(orphan.content.address)).unwrap().modified().unwrap();
    let written = i64::try_from(written.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()).unwrap();
    let written = dmp_core::Moment::from_seconds(written);
    assert_eq!(place.sqlite().sweep_orphans(written.plus_seconds(-60)).await.unwrap(), 0);
    assert_eq!(place.sqlite().sweep_orphans(written.plus_seconds(60)).await.unwrap(), 2);
    assert!(!unfinished.exists());
    assert!(!place.blob(orphan.content.address).exists());
    let record = place.sqlite().load(key).await.unwrap().unwrap();
    assert_eq!(place.sqlite().content(key, &sample::permit(&record, &kept)).await.unwrap(), bytes);
}

#[tokio::test]
async fn a_reader_that_was_overtaken_does_not_put_an_older_version() {
    let place = Place::new();
    let key = created(place.sqlite(), 139, "m").await;
    let cache = &place.sqlite().shared.records;
    let older = place.sqlite().load(key).await.unwrap().unwrap();
    let newer = std::sync::Arc::new(dmp_core::record::Record { version: 2, ..(*older).clone() });
    // A commit passes between the reader's look at the cache and the end of its read; then an erasure does.
    cache.remove(&key);
    let Err(reader) = cache.get_value_or_guard_async(&key).await else { panic!("the cache was emptied") };
    cache.insert(key, newer);
    assert!(reader.insert(std::sync::Arc::clone(&older)).is_err());
    assert_eq!(cache.get(&key).unwrap().version, 2);
    cache.remove(&key);
    let Err(reader) = cache.get_value_or_guard_async(&key).await else { panic!("the cache was emptied") };
    cache.remove(&key);
    assert!(reader.insert(older).is_err());
    assert!(cache.get(&key).is_none());
}
