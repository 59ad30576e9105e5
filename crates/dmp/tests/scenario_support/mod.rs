//! Scenarios that run in Node: a folder of the build with the files and their locked packages.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of a scenario with the locked packages, in a folder of its own. `None`, said loudly, without Node or its packages.
pub fn installed(name: &str, files: &[&str]) -> Option<PathBuf> {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for file in ["package.json", "package-lock.json"].iter().chain(files) {
        std::fs::copy(scenarios.join(file), folder.join(file)).unwrap();
    }
    let works =
        |program: &str, arguments: &[&str]| Command::new(program).args(arguments).current_dir(&folder).output().is_ok_and(|run| run.status.success());
    if !works("node", &["--version"]) || !works("npm", &["--version"]) {
        println!("SKIPPED: {name}: node or npm is missing");
        return None;
    }
    let current = std::fs::read(folder.join("package-lock.json")).unwrap();
    let stamp = folder.join("installed");
    if std::fs::read(&stamp).ok().as_ref() != Some(&current) {
        if !works("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) {
            println!("SKIPPED: {name}: npm ci did not fetch the locked packages");
            return None;
        }
        std::fs::write(&stamp, current).unwrap();
    }
    Some(folder)
}
