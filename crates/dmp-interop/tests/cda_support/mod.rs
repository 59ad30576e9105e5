//! Where the public documents lie, and a small document of our own.

#![allow(
    dead_code,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "each test file uses a part; helpers of tests fail by panicking and say what they skip"
)]

use std::path::PathBuf;

/// Our own fictitious document, without an error.
pub const SAMPLE: &str = include_str!("../data/consultation.xml");

/// The shared fixtures: `DMP_FIXTURES`, or beside the workspace.
pub fn fixtures() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "where test material lies is not configuration of the program")]
    let from_environment = std::env::var("DMP_FIXTURES").ok().map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = from_environment.unwrap_or(beside);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: no public fixtures at {} (set DMP_FIXTURES)", folder.display());
    None
}

/// The public CDA documents, by name.
pub fn documents() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = fixtures() else { return Vec::new() };
    let entries = std::fs::read_dir(folder.join("ansforge-TestContenuCDA-3-0/cda")).expect("the folder of documents");
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension().is_some_and(|kind| kind == "xml")).collect();
    files.sort();
    assert!(!files.is_empty(), "the folder of documents is empty");
    files
        .iter()
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(path).expect("a readable document")))
        .collect()
}

/// One public document by name; `None` without fixtures.
pub fn document(name: &str) -> Option<String> {
    documents().into_iter().find(|(known, _)| known == name).and_then(|(_, bytes)| String::from_utf8(bytes).ok())
}
