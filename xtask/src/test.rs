//! Runs every suite, counts, and ends with `N passed, N failed`.

use std::time::Instant;

use crate::{check, install, score, suites};

/// Installs, checks, tests.
pub fn run() -> Result<(), String> {
    install::all();
    let mut tally = Tally::default();
    tally.step("structure", check::structure);
    let began = Instant::now();
    match suites::run() {
        Ok(counts) => {
            tally.passed += counts.passed;
            tally.failed += counts.failed;
        }
        Err(why) => {
            eprintln!("{why}");
            tally.failed += 1;
        }
    }
    println!("suites of the workspace, with their build: {} s", began.elapsed().as_secs());
    let began = Instant::now();
    tally.scores();
    println!("suite `cargo xtask score --small --debug` and its controls: {} s", began.elapsed().as_secs());
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { Ok(()) } else { Err("some tests failed".to_owned()) }
}

#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    fn step(&mut self, name: &str, step: impl FnOnce() -> Result<(), String>) {
        match step() {
            Ok(()) => self.passed += 1,
            Err(why) => {
                eprintln!("{name}: {why}");
                self.failed += 1;
            }
        }
    }

    /// Measures the figures small, and runs their controls.
    fn scores(&mut self) {
        for (name, outcome) in score::small() {
            match outcome {
                Some(true) => self.passed += 1,
                Some(false) => {
                    eprintln!("{name}: failed");
                    self.failed += 1;
                }
                None => println!("SKIPPED: {name}: not reached on this machine"),
            }
        }
    }
}
