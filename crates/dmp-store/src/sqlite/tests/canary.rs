//! The search for leaks: no text of a record stands readable in any file of the store.

use std::path::{Path, PathBuf};

use dmp_core::audit::Chain;

use super::Place;
use crate::contract::{Harness, sample};
use crate::{Change, Expected, RecordStore, Sealing};

/// Stands in every text of the sample records.
const MARK: &str = "canary-9f2c64e1b7";

/// Fills a store with marked texts in every field; gives the texts that a search must look for.
async fn fill(place: &Place) -> Vec<Vec<u8>> {
    let (store, ins, key) = (place.sqlite(), sample::ins(100), sample::key());
    let unique_id = format!("urn:oid:{MARK}.1");
    let account = format!("ps:{MARK}");
    store.claim(&ins, key).await.unwrap();
    let leaves = || vec![sample::leaf(MARK, Chain::Main, &account), sample::leaf(MARK, Chain::Secret, &account)];
    let head = sample::head(ins.clone(), MARK);
    store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], leaves()).await.unwrap();
    store.confirm(&ins).await.unwrap();
    // One content lies inline, one in a file; noise around the mark keeps both from being compressed.
    let inline = [sample::noise(500), MARK.into(), sample::noise(500)].concat();
    let large = [sample::noise(50_000), MARK.into(), sample::noise(50_000)].concat();
    let entries = [sample::entry(MARK, &unique_id, &inline), sample::entry(MARK, &format!("{unique_id}.2"), &large)];
    let mut changes = sample::publish(&entries[0], &inline);
    changes.extend(sample::publish(&entries[1], &large));
    changes.push(Change::PutSubmission(Box::new(sample::submission(MARK, vec![entries[0].id]))));
    changes.push(Change::PutFolder(Box::new(sample::folder(MARK, vec![entries[0].id]))));
    store.commit(key, Expected::Version(1), changes, leaves()).await.unwrap();
    store.append_account_leaf(&account, sample::leaf(MARK, Chain::Main, &account)).await.unwrap();
    vec![MARK.into(), ins.matricule().into(), unique_id.into(), account.into(), b"11488-4".to_vec(), b"810001234567".to_vec()]
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// In how many files of the store a text stands.
fn occurrences(place: &Place, text: &[u8]) -> usize {
    let files = files(&place.options().dir);
    assert!(files.iter().any(|path| path.ends_with("keys.sqlite")), "the search must see the whole store");
    files.iter().filter(|path| std::fs::read(path).unwrap().windows(text.len()).any(|window| window == text)).count()
}

#[tokio::test]
async fn no_text_of_a_record_stands_readable_in_any_file() {
    let mut place = Place::new();
    let texts = fill(&place).await;
    for state in ["open, in the log", "closed, in the database"] {
        for text in &texts {
            assert_eq!(occurrences(&place, text), 0, "`{}` was found ({state})", String::from_utf8_lossy(text));
        }
        place.reopen().await;
    }
}

#[tokio::test]
async fn the_same_search_finds_every_text_when_sealing_is_off() {
    let place = Place::with(Sealing::Off);
    for text in fill(&place).await {
        assert!(occurrences(&place, &text) > 0, "`{}` was not found", String::from_utf8_lossy(&text));
    }
    let blobs = files(&place.options().dir.join("blobs"));
    assert_eq!(blobs.len(), 1, "the large content lies in a file");
    assert!(std::fs::read(&blobs[0]).unwrap().windows(MARK.len()).any(|window| window == MARK.as_bytes()));
}

#[tokio::test]
async fn two_records_and_their_chains_look_alike() {
    // One record with leaves in its secret chain, one without: the rows tell them apart by nothing but counts
    // that belong to chains nobody can name.
    let place = Place::new();
    for (number, chain) in [(110, Chain::Main), (111, Chain::Secret)] {
        let key = crate::contract::created(place.sqlite(), number, "m").await;
        place.sqlite().commit(key, Expected::LeavesOnly, Vec::new(), vec![sample::leaf("m", chain, "a")]).await.unwrap();
    }
    let disk = place.disk();
    let shapes = disk
        .prepare("SELECT sequence, length(sealed), COUNT(*) FROM chain GROUP BY 1, 2 ORDER BY 1")
        .unwrap()
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(2)?)))
        .unwrap()
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    assert_eq!(shapes, [(0, 2), (1, 2)]);
}
