//! Official documents and examples, read in place when the folder is there.

use std::path::PathBuf;

/// The folder of shared fixtures: `DMP_FIXTURES`, or beside the project. Says loudly when a test must skip.
pub fn shared_fixtures(test: &str) -> Option<PathBuf> {
    let given = std::env::var("DMP_FIXTURES").map(PathBuf::from).ok();
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let found = given.into_iter().chain([beside]).find(|folder| folder.is_dir());
    if found.is_none() {
        println!("SKIPPED: {test}: no folder of official fixtures (set DMP_FIXTURES)");
    }
    found
}
