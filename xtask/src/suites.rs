//! Runs the test programs of the workspace. Those that start the server wait more than they work: two of them run side by side, and say what they
//! have to say when they end. The others measure times as well, and run alone.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use serde_json::Value;

use crate::shell;

/// The package whose test programs start the server.
const WAITING: &str = "dmp";
/// How many of them run side by side.
const AT_ONCE: usize = 2;

/// What the suites came to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// One built test program.
#[derive(Debug)]
struct Program {
    /// `dmp::notices`.
    name: String,
    executable: PathBuf,
    /// The folder of its package, in which cargo runs tests.
    folder: PathBuf,
    waits: bool,
}

/// Builds every test program, runs them, and then the examples of the documentation.
///
/// # Errors
/// In words, when the programs cannot be built or run.
pub fn run() -> Result<Counts, String> {
    let (waiting, alone): (Vec<Program>, Vec<Program>) = build()?.into_iter().partition(|program| program.waits);
    let queue = Mutex::new(VecDeque::from(waiting));
    let counts = Mutex::new(Counts::default());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(program) = next(&queue) {
                    let one = run_quietly(&program);
                    counts.lock().unwrap_or_else(PoisonError::into_inner).add(one);
                }
            });
        }
    });
    let mut counts = counts.into_inner().unwrap_or_else(PoisonError::into_inner);
    for program in alone {
        counts.add(run_quietly(&program));
    }
    counts.add(examples()?);
    Ok(counts)
}

fn next(queue: &Mutex<VecDeque<Program>>) -> Option<Program> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

/// A cargo command of this workspace's tests.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = shell::program("cargo", arguments);
    // A machine that builds once keeps nothing for a next build: half the disk, which must hold the databases of the tests as well.
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// The test programs, in the order in which cargo made them.
fn build() -> Result<Vec<Program>, String> {
    let mut command = cargo(&["test", "--workspace", "--no-run", "--message-format=json-render-diagnostics"]);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("cargo test: {error}"))?;
    let stdout = child.stdout.take().ok_or("cargo test has no output")?;
    let programs = BufReader::new(stdout).lines().map_while(Result::ok).filter_map(|line| program(&line)).collect();
    let status = child.wait().map_err(|error| format!("cargo test: {error}"))?;
    if status.success() { Ok(programs) } else { Err(format!("the tests cannot be built: {status}")) }
}

/// The test program that a line of cargo's tells of.
fn program(line: &str) -> Option<Program> {
    let told: Value = serde_json::from_str(line).ok()?;
    if told["profile"]["test"] != true {
        return None;
    }
    let executable = PathBuf::from(told["executable"].as_str()?);
    let folder = Path::new(told["manifest_path"].as_str()?).parent()?.to_owned();
    let package = folder.file_name()?.to_string_lossy().into_owned();
    let name = format!("{package}::{}", told["target"]["name"].as_str()?);
    Some(Program { waits: package == WAITING, name, executable, folder })
}

/// Runs a test program and shows what it said. One that breaks off counts as a failure.
fn run_quietly(program: &Program) -> Counts {
    let began = Instant::now();
    let mut command = Command::new(&program.executable);
    command.arg("--show-output").current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            println!("{}: {error}", program.name);
            return Counts { passed: 0, failed: 1 };
        }
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let mut counts = count(&said);
    if !output.status.success() && counts.failed == 0 {
        counts.failed = 1;
    }
    // In one piece, so that programs side by side do not mix their lines.
    println!("\n=== {} ({} s)\n{said}{}", program.name, began.elapsed().as_secs(), String::from_utf8_lossy(&output.stderr));
    counts
}

/// The examples in the documentation.
fn examples() -> Result<Counts, String> {
    let output = cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]).stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    let mut counts = count(&said);
    if !output.status.success() && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}

/// The sum of all `test result:` lines.
fn count(said: &str) -> Counts {
    let mut counts = Counts::default();
    for line in said.lines().filter_map(|line| line.strip_prefix("test result: ")) {
        counts.add(Counts { passed: number_before(line, " passed"), failed: number_before(line, " failed") });
    }
    counts
}

fn number_before(text: &str, word: &str) -> u64 {
    text.split(word).next().and_then(|before| before.rsplit(' ').next()).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_line_counts() {
        let said = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 13 failed; 0 ignored";
        assert_eq!(count(said), Counts { passed: 3, failed: 13 });
    }

    #[test]
    fn only_test_programs_are_run() {
        let line = |test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/w/crates/dmp/Cargo.toml","target":{{"name":"notices"}},"profile":{{"test":{test}}},"executable":"/w/target/debug/deps/notices-1"}}"#
            )
        };
        assert!(program(&line(false)).is_none());
        let found = program(&line(true)).map(|one| (one.name, one.folder, one.waits));
        assert_eq!(found, Some(("dmp::notices".to_owned(), PathBuf::from("/w/crates/dmp"), true)));
        assert!(program(r#"{"reason":"build-finished","success":true}"#).is_none());
    }
}
