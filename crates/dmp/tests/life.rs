//! The life of one record, driven by a FHIR client of another make: `scenarios/life.mjs` with Node.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod cluster_support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use cluster_support::Cluster;
use dmp_testkit::{Options, Server};

/// Both tests use one folder of packages, filled by whichever comes first.
static FOLDER: LazyLock<Option<PathBuf>> = LazyLock::new(|| installed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")));

#[test]
fn a_record_lives_from_opening_to_reopening() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    live(&server);
}

#[test]
fn a_record_lives_the_same_life_in_a_database_and_an_s3() {
    let Some(cluster) = Cluster::start("life in a database") else { return };
    live(&cluster.serve(&[]));
}

fn live(server: &Server) {
    let Some(folder) = FOLDER.as_ref() else { return };
    let run = Command::new("node").arg("life.mjs").arg(&server.url).current_dir(folder).output().unwrap();
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
