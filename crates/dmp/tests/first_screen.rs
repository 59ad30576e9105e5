//! What must be known stands on the first screen, each line with its proof: `scenarios/first-screen.mjs` with Node and Chromium.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod scenario_support;

use std::process::Command;

use dmp_testkit::{Options, Server};
use scenario_support::installed;

#[test]
fn allergies_treatments_and_problems_are_seen_without_scrolling_on_both_sites() {
    let Some(folder) = installed("first-screen", &["first-screen.mjs"]) else { return };
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !std::path::Path::new(&browser).is_file() {
        println!("SKIPPED: first-screen: {browser} is missing");
        return;
    }
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    let run = Command::new("node").arg("first-screen.mjs").arg(&server.url).env("CHROMIUM", browser).current_dir(folder).output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "node first-screen.mjs");
}
