//! Figures of the person's site: what its tests print, and what its scenarios count in a browser.

use std::path::PathBuf;

use super::suite::Control;
use super::{Build, Measured};
use crate::shell;

/// Test programs that print figures (`figure: name value`).
const TESTS: [&str; 6] = ["opening", "signin", "share", "apps", "download", "relatives"];

/// A control: the figure, the test that shows it, and what is spoiled.
const CONTROLS: [(&str, &str, Control); 4] = [
    (
        "code-guesses",
        "opening",
        Control { file: "crates/dmp-service/src/opening/codes.rs", from: "pub const TRIES_MAX: u8 = 5;", to: "pub const TRIES_MAX: u8 = 50;" },
    ),
    (
        "signin-guesses",
        "signin",
        Control { file: "crates/dmp-service/src/sign_in/guess.rs", from: "pub const GUESSES_MAX: u8 = 5;", to: "pub const GUESSES_MAX: u8 = 50;" },
    ),
    (
        "share-guesses",
        "share",
        Control { file: "crates/dmp-core/src/record/share.rs", from: "pub const TRIES: u8 = 5;", to: "pub const TRIES: u8 = 50;" },
    ),
    ("share-client", "share", Control { file: "scenarios/share.mjs", from: "let differences = 0", to: "let differences = 1" }),
];

/// The tests, each printing its figures. `broken` names the figure whose control is run.
pub fn tests(broken: Option<&str>) -> Measured {
    let control = broken.map(|name| CONTROLS.iter().find(|one| one.0 == name).ok_or(name));
    let (tests, spoil): (Vec<&str>, Option<&Control>) = match control {
        Some(Ok((_, test, control))) => (vec![test], Some(control)),
        Some(Err(name)) => return Measured::missing("cargo test -p dmp", format!("{name} has no control yet")),
        None => (TESTS.to_vec(), None),
    };
    let mut arguments = vec!["test", "-p", "dmp"];
    arguments.extend(tests.iter().flat_map(|test| ["--test", test]));
    arguments.extend(["--no-fail-fast", "--", "--nocapture"]);
    let mut measured = Measured { command: format!("cargo {}", arguments.join(" ")), ..Measured::default() };
    let spoiled = spoil.map(super::suite::Spoiled::new).transpose();
    if let Err(why) = spoiled {
        return Measured::missing(&measured.command, why);
    }
    gather(&mut measured, "cargo", &arguments);
    drop(spoiled);
    if broken.is_none() {
        gather(&mut measured, "cargo", &["test", "-p", "dmp-pages", "--lib", "--", "--nocapture", "every_event", "sentence"]);
    }
    measured
}

/// Takes the lines `figure: name value` of a run.
fn gather(measured: &mut Measured, program: &str, arguments: &[&str]) {
    let Ok(output) = shell::program(program, arguments).output() else { return };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let words: Vec<&str> = line.trim().strip_prefix("figure: ").unwrap_or_default().split_whitespace().collect();
        if let [name, value] = words.as_slice()
            && let Ok(value) = value.parse()
        {
            measured.values.insert((*name).to_owned(), value);
        }
    }
}

/// Journeys, axe, budgets and the grid, in Chromium against fresh demonstrations of the built program.
pub fn site(build: Build) -> Measured {
    const SCRIPTS: [(&str, &[&str]); 5] =
        [("journeys.mjs", &[]), ("journeys.mjs", &["--no-js", "--width", "1366"]), ("axe.mjs", &[]), ("budgets.mjs", &[]), ("rgaa.mjs", &[])];
    let mut measured = Measured { command: "node scenarios/person/*.mjs target/release/dmp".to_owned(), ..Measured::default() };
    let folder = match packages() {
        Ok(folder) => folder,
        Err(why) => return Measured::missing(&measured.command, why),
    };
    if let Err(why) = build.make() {
        return Measured::missing(&measured.command, why);
    }
    let program = shell::root().join(build.program()).display().to_string();
    for (script, more) in SCRIPTS {
        let mut command = shell::program("node", &[&[script, program.as_str()], more].concat());
        let Ok(output) = command.current_dir(folder.join("person")).output() else { continue };
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Some((name, value)) = line.trim().split_once(' ') else { continue };
            // What is counted twice is told at its worst.
            if let Ok(value) = value.parse::<f64>() {
                let known = measured.values.get(name).copied().unwrap_or(f64::MIN);
                measured.values.insert(name.to_owned(), known.max(value));
            }
        }
    }
    measured
}

/// The scenarios with their locked packages, and the grid beside them, in a folder of the build.
fn packages() -> Result<PathBuf, String> {
    let folder = shell::root().join("target/tmp/person-site/scenarios");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let (from, to) = (shell::root().join("scenarios/."), folder.display().to_string());
    shell::run("cp", &["-r", &from.display().to_string(), &to])?;
    let grid = shell::root().join("docs/accessibility");
    let docs = folder.with_file_name("docs");
    std::fs::create_dir_all(&docs).map_err(|error| error.to_string())?;
    shell::run("cp", &["-r", &grid.display().to_string(), &docs.display().to_string()])?;
    shell::run("npm", &["ci", "--silent", "--prefix", &to])?;
    Ok(folder)
}
