//! Every code that the FHIR codecs can emit has its line in the catalogue.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Codes whose line is not written yet.
const WAITING: [&str; 0] = [];

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.to_string_lossy().contains("tests") {
            files.push(path);
        }
    }
}

#[test]
fn fhir_codes_are_in_the_catalogue() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/fhir"), &mut files);
    let mut emitted = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for opening in ["Issue::error(\"", "Issue::warning(\"", "self.error(\"", "self.refuse(\"", "list.error(\"", "at(node, \"", "at(child, \""] {
            emitted.extend(text.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    let missing: Vec<&String> =
        emitted.iter().filter(|code| dmp_core::catalogue::message(code).is_none() && !WAITING.contains(&code.as_str())).collect();
    assert!(emitted.len() > 30, "{emitted:?}");
    assert!(missing.is_empty(), "{missing:?}");
}
