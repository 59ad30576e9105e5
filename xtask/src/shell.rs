//! Runs other programs from the root of the workspace.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The root of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A program to run from the root.
pub fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a program that speaks for itself.
///
/// # Errors
/// Its name and exit code when it fails.
pub fn run(name: &str, arguments: &[&str]) -> Result<(), String> {
    let status = program(name, arguments).status().map_err(|error| format!("{name}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name} {}` failed: {status}", arguments.join(" "))) }
}

/// Runs a program and gives what it wrote to standard output.
///
/// # Errors
/// Its name and exit code when it fails.
pub fn output(name: &str, arguments: &[&str]) -> Result<String, String> {
    let output = program(name, arguments).stderr(Stdio::inherit()).output().map_err(|error| format!("{name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{name} {}` failed: {}", arguments.join(" "), output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{name}: {error}"))
}

/// Whether a program answers.
pub fn has(name: &str) -> bool {
    Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
