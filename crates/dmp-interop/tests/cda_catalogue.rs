//! Every code that the CDA reader can emit has its line in the catalogue.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

use std::path::{Path, PathBuf};

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn cda_every_code_emitted_has_a_message() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cda"), &mut files);
    let prefixes = ["cda-", "ins-", "unique-id-", "type-", "confidentiality-", "language-", "setting-", "facility-", "mime-", "content-"];
    // Not codes: the prefixes of the page's identifiers and classes, and of a family of codes.
    let others = ["cda-section", "cda-media", "cda-header-", "cda-"];
    let mut seen = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source");
        for literal in text.split('"').skip(1).step_by(2).filter(|literal| prefixes.iter().any(|prefix| literal.starts_with(prefix))) {
            if literal.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !others.contains(&literal) {
                assert!(dmp_core::catalogue::message(literal).is_some(), "{literal} in {}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen}");
}
