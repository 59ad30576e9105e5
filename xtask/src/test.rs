//! Runs every suite, counts, and ends with `N passed, N failed`.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

use crate::{check, install, score, shell};

/// Installs, checks, tests.
pub fn run() -> Result<(), String> {
    install::all();
    let mut tally = Tally::default();
    tally.step("structure", check::structure);
    let began = Instant::now();
    tally.cargo_tests()?;
    println!("suite `cargo test --workspace`: {} s", began.elapsed().as_secs());
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

    /// Runs `cargo test`, shows it, and sums its `test result:` lines. A run that breaks off counts as a failure.
    fn cargo_tests(&mut self) -> Result<(), String> {
        let mut command = shell::program("cargo", &["test", "--workspace", "--no-fail-fast", "--", "--show-output"]);
        // A machine that builds once keeps nothing for a next build: half the disk, which must hold the databases of the tests as well.
        if std::env::var_os("CI").is_some() {
            command.env("CARGO_INCREMENTAL", "0");
        }
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let stdout = child.stdout.take().ok_or("cargo test has no output")?;
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            if let Some(counts) = line.strip_prefix("test result: ") {
                self.passed += number_before(counts, " passed");
                self.failed += number_before(counts, " failed");
            }
        }
        let status = child.wait().map_err(|error| error.to_string())?;
        if !status.success() && self.failed == 0 {
            self.failed += 1;
        }
        Ok(())
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    text.split(word).next().and_then(|before| before.rsplit(' ').next()).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
