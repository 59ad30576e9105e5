//! What must be known stands on the first screen, each line with its proof: `scenarios/first-screen.mjs` with Node and Chromium.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a test says what it skips")]

mod npm;

use dmp_testkit::{Options, Server};

#[test]
fn allergies_treatments_and_problems_are_seen_without_scrolling_on_both_sites() {
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !std::path::Path::new(&browser).is_file() {
        println!("SKIPPED: first-screen.mjs: {browser} is missing");
        return;
    }
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    npm::play("first-screen.mjs", &server.url);
}
