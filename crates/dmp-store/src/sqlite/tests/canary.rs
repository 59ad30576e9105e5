//! The search for leaks: no text of a record stands readable in any file of the store.

use std::path::{Path, PathBuf};

use dmp_core::audit::Chain;

use super::Place;
use crate::contract::canary::{MARK, fill};
use crate::contract::{Harness, sample};
use crate::{Expected, RecordStore, Sealing};

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
    let texts = fill(place.sqlite()).await;
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
    for text in fill(place.sqlite()).await {
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
