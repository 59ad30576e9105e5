//! The life of one record, driven by a FHIR client of another make: `scenarios/life.mjs` with Node.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

mod cluster_support;
mod npm;

use cluster_support::Cluster;
use dmp_testkit::{Options, Server};

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
    npm::play("life.mjs", &server.url);
}
