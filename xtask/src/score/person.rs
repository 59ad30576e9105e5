//! Figures that the tests of the person's site print.

use super::Measured;
use super::suite::{Control, controlled};
use crate::shell;

/// Test programs that print figures (`figure: name value`).
const TESTS: [&str; 6] = ["opening", "signin", "share", "apps", "download", "relatives"];

/// A control: the figure, the package and test that show it, and what is spoiled.
const CONTROLS: [(&str, &[&str], Control); 10] = [
    (
        "opening-attack",
        &["-p", "dmp", "--test", "opening", "whoever_knows"],
        // Whatever is typed is the code.
        Control {
            file: "crates/dmp-service/src/opening/proof.rs",
            from: "if one.is(&code) { Some(one) }",
            to: "if one.is(&code) || !code.is_empty() { Some(one) }",
        },
    ),
    (
        "code-guesses",
        &["-p", "dmp", "--test", "opening"],
        Control { file: "crates/dmp-service/src/opening/codes.rs", from: "pub const TRIES_MAX: u8 = 5;", to: "pub const TRIES_MAX: u8 = 50;" },
    ),
    (
        "signin-guesses",
        &["-p", "dmp", "--test", "signin"],
        Control { file: "crates/dmp-service/src/sign_in/guess.rs", from: "pub const GUESSES_MAX: u8 = 5;", to: "pub const GUESSES_MAX: u8 = 50;" },
    ),
    (
        "share-guesses",
        &["-p", "dmp", "--test", "share"],
        Control { file: "crates/dmp-core/src/record/share.rs", from: "pub const TRIES: u8 = 5;", to: "pub const TRIES: u8 = 50;" },
    ),
    (
        "share-client",
        &["-p", "dmp", "--test", "share"],
        Control { file: "scenarios/share.mjs", from: "let differences = 0", to: "let differences = 1" },
    ),
    (
        "smart-client",
        &["-p", "dmp", "--test", "apps"],
        // An app that is taken back reads on.
        Control { file: "scenarios/smart-client/app.mjs", from: "expect(again.status === 401", to: "expect(again.status === 200" },
    ),
    (
        "reimport-differences",
        &["-p", "dmp", "--test", "download"],
        // A copy that forgets what the emergency may read.
        Control {
            file: "crates/dmp-service/src/copy/canonical.rs",
            from: "            emergency: head.emergency,",
            to: "            emergency: EmergencyChoices::default(),",
        },
    ),
    (
        "preview-differences",
        &["-p", "dmp", "--test", "relatives", "preview"],
        // The preview answers for listing where reading is asked.
        Control { file: "crates/dmp-service/src/preview.rs", from: "read: ask(Act::Consult)", to: "read: ask(Act::List)" },
    ),
    (
        "audit-sentences-missing",
        &["-p", "dmp-pages", "--lib", "every_event"],
        Control {
            file: "crates/dmp-pages/src/journal_sentence/tests.rs",
            from: "missing += usize::from(!is_told",
            to: "missing += usize::from(is_told",
        },
    ),
    (
        "words-per-sentence",
        &["-p", "dmp-pages", "--lib", "short_sentences"],
        // Sentences that no full stop ends.
        Control {
            file: "crates/dmp-pages/src/samples/length.rs",
            from: "closing.ends_with(['?', '!']) || (closing.ends_with('.') && !initial)",
            to: "closing.ends_with(['?', '!']) && !initial",
        },
    ),
];

/// The tests, each printing its figures. `broken` names the figure whose control is run.
pub fn tests(broken: Option<&str>) -> Measured {
    let mut measured = Measured { command: "cargo test -p dmp, dmp-pages".to_owned(), ..Measured::default() };
    if let Some(name) = broken {
        let found = CONTROLS.iter().find(|one| one.0 == name);
        return controlled(measured, name, found.map(|one| &one.2), |mut measured| {
            let asked = found.map_or(&[][..], |one| one.1);
            gather(&mut measured, &[&["test"], asked, &["--no-fail-fast", "--", "--nocapture"]].concat());
            measured
        });
    }
    let of_the_program: Vec<&str> = TESTS.iter().flat_map(|test| ["--test", test]).collect();
    gather(&mut measured, &[&["test", "-p", "dmp"], of_the_program.as_slice(), &["--no-fail-fast", "--", "--nocapture"]].concat());
    gather(&mut measured, &["test", "-p", "dmp-pages", "--lib", "--", "--nocapture", "every_event", "sentence"]);
    measured
}

/// Takes the lines `figure: name value` of a run.
pub(super) fn gather(measured: &mut Measured, arguments: &[&str]) {
    let Ok(output) = shell::program("cargo", arguments).output() else { return };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let words: Vec<&str> = line.trim().strip_prefix("figure: ").unwrap_or_default().split_whitespace().collect();
        if let [name, value] = words.as_slice()
            && let Ok(value) = value.parse()
        {
            measured.values.insert((*name).to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_control_finds_what_it_spoils() {
        for (name, _, control) in CONTROLS {
            let text = std::fs::read_to_string(shell::root().join(control.file)).unwrap();
            assert!(text.contains(control.from), "{name}: {} holds no `{}`", control.file, control.from);
        }
    }
}
