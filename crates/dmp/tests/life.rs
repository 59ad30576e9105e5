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
mod scenario_support;

use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use cluster_support::Cluster;
use dmp_testkit::{Options, Server};
use scenario_support::installed;

/// Both tests use one folder of packages, filled by whichever comes first.
static FOLDER: LazyLock<Option<PathBuf>> = LazyLock::new(|| installed("life", &["life.mjs", "life-sentences.txt", "consultation.xml"]));

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
