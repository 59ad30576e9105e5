//! Scenarios that clients from npm play (`scenarios/*.mjs`), with their locked packages in a folder of the build.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// One at a time fills the folder of packages.
static FILLING: Mutex<()> = Mutex::new(());

/// Runs a script of the scenarios against a server. Without Node or its packages nothing runs, and this is said loudly.
pub fn play(script: &str, url: &str) {
    let Some(folder) = installed(script) else { return };
    let run = Command::new("node").arg(script).arg(url).current_dir(folder).output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "node {script}");
}

/// The scenarios with their packages. `None` without Node or npm, or when the packages cannot be had.
pub fn installed(script: &str) -> Option<PathBuf> {
    let _alone = FILLING.lock().unwrap();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(script.trim_end_matches(".mjs"));
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(scenarios).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let works =
        |program: &str, arguments: &[&str]| Command::new(program).args(arguments).current_dir(&folder).output().is_ok_and(|run| run.status.success());
    if !works("node", &["--version"]) || !works("npm", &["--version"]) {
        println!("SKIPPED: {script}: node or npm is missing");
        return None;
    }
    let current = std::fs::read(folder.join("package-lock.json")).unwrap();
    let stamp = folder.join("installed");
    if std::fs::read(&stamp).ok().as_ref() != Some(&current) {
        if !works("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) {
            println!("SKIPPED: {script}: npm ci did not fetch the locked packages");
            return None;
        }
        std::fs::write(&stamp, current).unwrap();
    }
    Some(folder)
}

/// A folder of the scenarios with its own locked packages. `None` without Node or npm, or when the packages cannot be had.
pub fn installed_folder(name: &str) -> Option<PathBuf> {
    let _alone = FILLING.lock().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    copied(&source, &folder);
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

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap).filter(|entry| entry.file_name() != "node_modules") {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &target)
        } else {
            let _ = std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Runs a script in a folder of packages.
#[track_caller]
pub fn run(folder: &Path, script: &str, arguments: &[&str]) {
    let run = Command::new("node").arg(script).args(arguments).current_dir(folder).output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "node {script}");
}
