//! Figures that scripts count in a browser, against fresh demonstrations of the built program.

use std::path::{Path, PathBuf};

use super::suite::{Control, controlled};
use super::{Build, Measured};
use crate::shell;

/// A script of a folder of `scenarios` with its arguments after the program.
pub type Run = (&'static str, &'static [&'static str]);
/// The control of a figure: its name, what is run, and what is spoiled.
pub type SiteControl = (&'static str, Run, Control);

/// The scripts of one site.
pub struct Site {
    /// Folder of `scenarios`.
    pub folder: &'static str,
    pub controls: &'static [SiteControl],
}

impl Site {
    /// Runs scripts. `broken` names the figure whose control is run in their place.
    pub fn measured(&self, runs: &[Run], build: Build, broken: Option<&str>) -> Measured {
        let measured = Measured { command: format!("node scenarios/{}/*.mjs {}", self.folder, build.program()), ..Measured::default() };
        let Some(name) = broken else {
            return match made(build) {
                Ok(folder) => counted(measured, runs, build, &folder.join(self.folder)),
                Err(why) => Measured::missing(&measured.command, why),
            };
        };
        let found = self.controls.iter().find(|one| one.0 == name);
        controlled(measured, name, found.map(|one| &one.2), |measured| match made(build) {
            Ok(folder) => counted(measured, &found.map(|one| one.1).into_iter().collect::<Vec<Run>>(), build, &folder.join(self.folder)),
            Err(why) => Measured::missing(&measured.command, why),
        })
    }
}

/// The program and the scenarios, as they stand now.
fn made(build: Build) -> Result<PathBuf, String> {
    let folder = packages()?;
    build.make()?;
    Ok(folder)
}

/// Runs the scripts, and takes the lines `name value`. What is counted twice is told at its worst.
fn counted(mut measured: Measured, runs: &[Run], build: Build, folder: &Path) -> Measured {
    let program = shell::root().join(build.program()).display().to_string();
    for (script, more) in runs {
        let mut command = shell::program("node", &[&[*script, program.as_str()], *more].concat());
        let output = match command.current_dir(folder).output() {
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
pub mod tests {
    use super::SiteControl;
    use crate::shell;

    /// Whether what each control spoils is there to be spoiled.
    pub fn find_what_they_spoil(controls: &[SiteControl]) {
        for (name, _, control) in controls {
            let text = std::fs::read_to_string(shell::root().join(control.file)).unwrap();
            assert!(text.contains(control.from), "{name}: {} holds no `{}`", control.file, control.from);
        }
    }
}
