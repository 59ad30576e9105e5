//! Figures that the tests of practice software print.

use super::Measured;
use super::person::gather;
use super::suite::{Control, controlled};

/// What shows them all.
const RUN: [&str; 5] = ["test", "-p", "dmp", "--test", "practice"];

/// What shows how quick the first page of a heavy record is.
const HEAVY: [&str; 8] = ["test", "-p", "dmp", "--test", "pro_site", "the_first_page_of_a_heavy_record", "--", "--ignored"];

/// A control: the figure, the test that shows it, and what is spoiled.
const CONTROLS: [(&str, &str, Control); 4] = [
    (
        "smart-ehr-client",
        "an_app_that_a_professional_launches",
        // An app that was opened on one patient reads each that the professional may read.
        Control { file: "crates/dmp-server/src/apps/practice.rs", from: "alone: request.scopes.is_of_one_patient()", to: "alone: false" },
    ),
    (
        "cds-client",
        "a_cds_hooks_client",
        // Whoever may not read is told that there is a record.
        Control { file: "crates/dmp-server/src/cds/mod.rs", from: "access.is_some_and(|access| access.may_read.is_ok())", to: "access.is_some()" },
    ),
    (
        "embedding",
        "the_summary_stands",
        // Any page may show the frame.
        Control { file: "crates/dmp-server/src/middleware.rs", from: "frame-ancestors {ancestors};", to: "frame-ancestors {ancestors} http:;" },
    ),
    (
        "synthesis-2000",
        "the_first_page_of_a_heavy_record",
        // A page that comes late.
        Control {
            file: "crates/dmp-server/src/pro_site/synthesis.rs",
            from: "    let made = app.service.summarize",
            to: "    tokio::time::sleep(std::time::Duration::from_secs(2)).await;\n    let made = app.service.summarize",
        },
    ),
];

/// The tests, each printing its figure. `broken` names the figure whose control is run.
pub fn tests(broken: Option<&str>) -> Measured {
    let mut measured = Measured { command: RUN.join(" ").replace("test -p", "cargo test -p"), ..Measured::default() };
    let Some(name) = broken else {
        gather(&mut measured, &[RUN.as_slice(), &["--no-fail-fast", "--", "--nocapture"]].concat());
        gather(&mut measured, &[HEAVY.as_slice(), &["--nocapture"]].concat());
        return measured;
    };
    let found = CONTROLS.iter().find(|one| one.0 == name);
    controlled(measured, name, found.map(|one| &one.2), |mut measured| {
        if name == "synthesis-2000" {
            gather(&mut measured, &[HEAVY.as_slice(), &["--nocapture"]].concat());
            return measured;
        }
        gather(&mut measured, &[RUN.as_slice(), &[found.map_or("", |one| one.1), "--no-fail-fast", "--", "--nocapture"]].concat());
        measured
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

    #[test]
    fn each_control_finds_what_it_spoils() {
        for (name, _, control) in CONTROLS {
            let text = std::fs::read_to_string(shell::root().join(control.file)).unwrap();
            assert!(text.contains(control.from), "{name}: {} holds no `{}`", control.file, control.from);
        }
    }
}
