//! The life of one record, driven by a FHIR client of another make: `scenarios/life.mjs` with Node.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use dmp_testkit::{Options, Server};

#[test]
fn a_record_lives_from_opening_to_reopening() {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let Some(folder) = installed(&scenarios) else { return };
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    let run = Command::new("node").arg("life.mjs").arg(&server.url).current_dir(&folder).output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "node life.mjs");
}

/// The scenario with its locked packages, in a folder of the build. `None`, said loudly, without Node or its packages.
fn installed(scenarios: &Path) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("life");
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["package.json", "package-lock.json", "life.mjs", "life-sentences.txt", "consultation.xml"] {
        std::fs::copy(scenarios.join(name), folder.join(name)).unwrap();
    }
    let works =
        |program: &str, arguments: &[&str]| Command::new(program).args(arguments).current_dir(&folder).output().is_ok_and(|run| run.status.success());
    if !works("node", &["--version"]) || !works("npm", &["--version"]) {
        println!("SKIPPED: life: node or npm is missing");
        return None;
    }
    let current = std::fs::read(folder.join("package-lock.json")).unwrap();
    let stamp = folder.join("installed");
    if std::fs::read(&stamp).ok().as_ref() != Some(&current) {
        if !works("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) {
            println!("SKIPPED: life: npm ci did not fetch the locked packages");
            return None;
        }
        std::fs::write(&stamp, current).unwrap();
    }
    Some(folder)
}
