//! Figures of openings that tests print.

use super::Measured;
use super::person::gather;
use super::suite::{Control, controlled};

/// What shows them all.
const RUN: [&str; 7] = ["test", "-p", "dmp", "--test", "invitations", "--no-fail-fast", "--"];

/// A control: the figure, and what is spoiled.
const CONTROLS: [(&str, Control); 1] = [
    // One agent is enough.
    (
        "invitations-answers",
        Control { file: "crates/dmp-service/src/invitations/decide.rs", from: "campaign.proposed.account != caller.account", to: "true" },
    ),
];

/// The tests, each printing its figure. `broken` names the figure whose control is run.
pub fn tests(broken: Option<&str>) -> Measured {
    let mut measured = Measured { command: "cargo test -p dmp --test invitations".to_owned(), ..Measured::default() };
    let run = [RUN.as_slice(), &["--nocapture"]].concat();
    let Some(name) = broken else {
        gather(&mut measured, &run);
        return measured;
    };
    let found = CONTROLS.iter().find(|one| one.0 == name);
    controlled(measured, name, found.map(|one| &one.1), |mut measured| {
        gather(&mut measured, &run);
        measured
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

    #[test]
    fn each_control_finds_what_it_spoils() {
        for (name, control) in CONTROLS {
            let text = std::fs::read_to_string(shell::root().join(control.file)).unwrap();
            assert!(text.contains(control.from), "{name}: {} holds no `{}`", control.file, control.from);
        }
    }
}
