//! What a command says on the terminal.

use std::io::Write;

/// One line on standard output. A closed pipe ends the talk, not the program.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// What went wrong and what to do, on standard error.
pub fn problem(text: &str) {
    let _ = writeln!(std::io::stderr(), "dmp: {text}");
}

/// A value as one line of JSON.
pub fn json(value: &impl serde::Serialize) {
    match serde_json::to_string(value) {
        Ok(text) => line(&text),
        Err(error) => problem(&error.to_string()),
    }
}
