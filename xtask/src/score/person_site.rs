//! Figures of the person's site that are counted in a browser, against fresh demonstrations of the built program.

use std::path::PathBuf;

use super::suite::{Control, controlled};
use super::{Build, Measured};
use crate::shell;

/// A script of `scenarios/person` with its arguments after the program.
type Run = (&'static str, &'static [&'static str]);

/// Journeys with and without scripts, axe, and the grid.
const SITE: [Run; 3] = [("journeys.mjs", &[]), ("axe.mjs", &[]), ("rgaa.mjs", &[])];
const BUDGETS: Run = ("budgets.mjs", &[]);

const MEASURES_GONE: Control = Control { file: "crates/dmp-server/src/routes.rs", from: ".route(\"/measures\"", to: ".route(\"/measures-gone\"" };
/// A style sheet with what does not compress behind it.
const HEAVY_STYLE: Control = Control {
    file: "crates/dmp-pages/src/lib.rs",
    from: "include_str!(\"../static/dmp.css\")",
    to: "concat!(include_str!(\"../static/dmp.css\"), include_str!(\"../../../Cargo.lock\"))",
};

/// The control of each figure: what is run, and what is spoiled.
const CONTROLS: [(&str, Run, Control); 13] = [
    (
        "journeys-failed",
        ("journeys.mjs", &["--only", "results-csv", "--width", "1366"]),
        Control { file: "crates/dmp-server/src/patient_site/reading.rs", from: "text/csv", to: "text/html" },
    ),
    ("journeys-missing", ("journeys.mjs", &["--only", "measures", "--width", "1366"]), MEASURES_GONE),
    (
        "keyboard-failed",
        ("journeys.mjs", &["--keyboard", "--only", "privacy"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: ":focus-visible { outline: 3px solid", to: ":focus-visible { outline: 0 solid" },
    ),
    (
        "activations-most",
        ("journeys.mjs", &["--only", "settings-sign-in|document-hide-and-show", "--width", "1366"]),
        // Each press is told as two.
        Control { file: "scenarios/person/journeys.mjs", from: "activations += typeof", to: "activations += 2 + typeof" },
    ),
    (
        "axe-findings",
        ("axe.mjs", &["--quick", "--only", "home"]),
        Control { file: "crates/dmp-pages/static/dmp.css", from: "--quiet: #4a5a55", to: "--quiet: #c4c9c7" },
    ),
    ("axe-missing", ("axe.mjs", &["--quick", "--only", "measures"]), MEASURES_GONE),
    ("rgaa-nc", ("rgaa.mjs", &[]), Control { file: "docs/accessibility/grid.md", from: "| C |", to: "| NC |" }),
    ("rgaa-not-tried", ("rgaa.mjs", &[]), Control { file: "docs/accessibility/grid.md", from: "| C |", to: "| not tried |" }),
    ("first-visit-kb", BUDGETS, HEAVY_STYLE),
    ("css-kb", BUDGETS, HEAVY_STYLE),
    (
        "js-kb",
        BUDGETS,
        Control {
            file: "crates/dmp-pages/src/lib.rs",
            from: "include_str!(\"../static/passkey.js\")",
            to: "concat!(include_str!(\"../static/passkey.js\"), \"/*\", include_str!(\"../../../Cargo.lock\"), \"*/\")",
        },
    ),
    (
        "first-visit-requests",
        BUDGETS,
        Control {
            file: "crates/dmp-pages/templates/layout.html",
            from: "<link rel=\"stylesheet\" href=\"/static/dmp.css\">",
            to: "<link rel=\"stylesheet\" href=\"/static/dmp.css\"><link rel=\"stylesheet\" href=\"/a\"><link rel=\"stylesheet\" href=\"/b\"><link rel=\"stylesheet\" href=\"/c\"><link rel=\"stylesheet\" href=\"/d\"><link rel=\"stylesheet\" href=\"/e\"><link rel=\"stylesheet\" href=\"/f\">",
        },
    ),
    (
        "lcp-over-empty",
        BUDGETS,
        // Half a second before the style sheet comes; the empty page has none.
        Control {
            file: "crates/dmp-server/src/site.rs",
            from: "pub(crate) async fn style() -> impl IntoResponse {",
            to: "pub(crate) async fn style() -> impl IntoResponse {\n    tokio::time::sleep(std::time::Duration::from_millis(500)).await;",
        },
    ),
];

/// Journeys, axe and the grid. `broken` names the figure whose control is run.
pub fn site(build: Build, broken: Option<&str>) -> Measured {
    measured(&SITE, build, broken)
}

/// What a first visit weighs and how soon it shows.
pub fn budgets(build: Build, broken: Option<&str>) -> Measured {
    measured(&[BUDGETS], build, broken)
}

fn measured(runs: &[Run], build: Build, broken: Option<&str>) -> Measured {
    let measured = Measured { command: format!("node scenarios/person/*.mjs {}", build.program()), ..Measured::default() };
    let Some(name) = broken else {
        return match made(build) {
            Ok(folder) => counted(measured, runs, build, &folder),
            Err(why) => Measured::missing(&measured.command, why),
        };
    };
    let found = CONTROLS.iter().find(|one| one.0 == name);
    controlled(measured, name, found.map(|one| &one.2), |measured| match made(build) {
        Ok(folder) => counted(measured, &found.map(|one| one.1).into_iter().collect::<Vec<Run>>(), build, &folder),
        Err(why) => Measured::missing(&measured.command, why),
    })
}

/// The program and the scenarios, as they stand now.
fn made(build: Build) -> Result<PathBuf, String> {
    let folder = packages()?;
    build.make()?;
    Ok(folder)
}

/// Runs the scripts, and takes the lines `name value`. What is counted twice is told at its worst.
fn counted(mut measured: Measured, runs: &[Run], build: Build, folder: &std::path::Path) -> Measured {
    let program = shell::root().join(build.program()).display().to_string();
    for (script, more) in runs {
        let mut command = shell::program("node", &[&[*script, program.as_str()], *more].concat());
        let output = match command.current_dir(folder.join("person")).output() {
            Ok(output) => output,
            Err(error) => return Measured::missing(&measured.command, format!("node: {error}")),
        };
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Some((name, value)) = line.trim().split_once(' ') else { continue };
            if let Ok(value) = value.parse::<f64>() {
                let known = measured.values.get(name).copied().unwrap_or(f64::MIN);
                measured.values.insert(name.to_owned(), known.max(value));
            }
        }
        if measured.values.is_empty() {
            measured.missing = String::from_utf8_lossy(&output.stderr).lines().find(|line| line.contains("Error")).map(str::to_owned);
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
