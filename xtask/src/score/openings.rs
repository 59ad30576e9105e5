//! Many openings through the real act, filled from the insurer's staging area: time, memory, what an end in the middle leaves, and what lines of
//! people without a record leave in the store.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Build, Measured, Scale, Size};
use crate::shell;

/// Lines of each person, all within the months that are drawn.
const LINES: &str = "40";
const MONTHS: &str = "24";

/// Measures all of it. The control changes what the insurer says after the openings, so that the records say something else; those of
/// time, memory and bytes are a build without optimisation at the pace of 3,000, 900 openings at once, and a store of 300 records.
pub fn run(mut scale: Scale, broken: Option<&str>) -> Measured {
    let (people, strangers) = match (broken, scale.size) {
        (Some("openings-seconds"), _) => ("3000", "100"),
        (Some("openings-peak"), _) => ("20000", "100"),
        (Some("openings-bytes"), _) | (_, Size::Small) => ("300", "100"),
        _ => ("200000", "2500"),
    };
    if broken == Some("openings-seconds") {
        scale.build = Build::Debug;
    }
    let command = format!("dmp simulate openings --people {people}, ended in the middle and begun again");
    let home = std::env::temp_dir().join(format!("dmp-score-openings-{}", std::process::id()));
    let mut measured = Measured { command, seed: Some(1), ..Measured::default() };
    let run = Run { program: shell::root().join(scale.build.program()), home: home.clone(), scale };
    if let Err(why) = run.measure(people, strangers, broken, &mut measured) {
        measured.missing = Some(why);
    }
    let _ = std::fs::remove_dir_all(&home);
    measured
}

struct Run {
    program: PathBuf,
    home: PathBuf,
    scale: Scale,
}

impl Run {
    fn measure(&self, people: &str, strangers: &str, broken: Option<&str>, measured: &mut Measured) -> Result<(), String> {
        self.scale.build.make()?;
        std::fs::create_dir_all(&self.home).map_err(|error| error.to_string())?;
        self.lines("lines.ndjson", people, LINES, "1")?;
        let imported = self.dmp(&["import", "reimbursements", "lines.ndjson", "--staging", "staging"])?;
        measured.notes.extend(imported.0.lines().take(12).map(str::to_owned));
        measured.notes.push(format!("import: {:.1} s", imported.1));
        let _ = std::fs::remove_file(self.home.join("lines.ndjson"));
        // Measured whole in one store; ended in the middle and begun again in another.
        let at_once: &[&str] = if broken == Some("openings-peak") { &["--at-once", "900"] } else { &[] };
        let whole = self.openings(people, "whole", at_once)?;
        measured.notes.push(whole.to_string());
        let mut put = |name: &str, value: Option<f64>| {
            measured.values.extend(value.map(|value| (name.to_owned(), value)));
        };
        put("openings-seconds", whole["seconds"].as_f64());
        put("openings-peak", whole["peak_mib"].as_f64());
        put("openings-bytes", whole["bytes_per_record"].as_f64());
        if let Some(name @ ("openings-seconds" | "openings-peak" | "openings-bytes")) = broken {
            let wished = if name == "openings-seconds" { 200_000.0 / people.parse::<f64>().unwrap_or(1.0) } else { 1.0 };
            measured.values.entry(name.to_owned()).and_modify(|value| *value *= wished);
            return Ok(());
        }
        let half = Duration::from_secs_f64((whole["seconds"].as_f64().unwrap_or(1.0) / 3.0).clamp(0.3, 60.0));
        self.end_in_the_middle(people, half)?;
        let rest = self.openings(people, "ended", &[])?;
        measured.notes.push(format!("begun again: {rest}"));
        if broken.is_some() {
            self.lines("more.ndjson", people, "41", "1")?;
            self.dmp(&["import", "reimbursements", "more.ndjson", "--staging", "staging"])?;
        }
        let mut different = 0.0;
        for store in ["whole", "ended"] {
            let checked = self.openings(people, store, &["--check"])?;
            let missing = people.parse::<f64>().unwrap_or(0.0) - checked["same"].as_f64().unwrap_or(0.0);
            different += missing;
        }
        measured.values.insert("openings-different".to_owned(), different);
        // Lines of people without a record leave the record store as it was.
        let before = digest(&self.home.join("whole"))?;
        self.lines("others.ndjson", strangers, LINES, "2")?;
        self.dmp(&["import", "reimbursements", "others.ndjson", "--staging", "staging"])?;
        if broken.is_some() {
            self.openings("1", "whole", &[])?;
        }
        measured.values.insert("openings-strangers".to_owned(), f64::from(u8::from(digest(&self.home.join("whole"))? != before)));
        Ok(())
    }

    fn lines(&self, file: &str, people: &str, lines: &str, seed: &str) -> Result<(), String> {
        let out = self.home.join(file).display().to_string();
        let run = [&["run", "--quiet", "-p", "dmp-campaign"], self.scale.build.flags()].concat();
        let arguments = [&run[..], &["--", "lines", "--people", people, "--lines", lines, "--seed", seed, "--out", &out]].concat();
        shell::output("cargo", &arguments).map(drop)
    }

    /// Runs the program in the folder of the run; gives what it said and how long it took.
    fn dmp(&self, arguments: &[&str]) -> Result<(String, f64), String> {
        let began = Instant::now();
        let output = self.command(arguments).stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() || arguments.contains(&"--check") {
            Ok((said, began.elapsed().as_secs_f64()))
        } else {
            Err(format!("dmp {}: {}", arguments.join(" "), output.status))
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["--log", "off"]).args(arguments).current_dir(&self.home);
        command
    }

    fn openings(&self, people: &str, store: &str, more: &[&str]) -> Result<Value, String> {
        let arguments = [&arguments(people, store)[..], more].concat();
        let (said, _) = self.dmp(&arguments)?;
        let line = said.lines().rfind(|line| line.starts_with('{')).ok_or("the program told no figures")?;
        serde_json::from_str(line).map_err(|error| error.to_string())
    }

    fn end_in_the_middle(&self, people: &str, after: Duration) -> Result<(), String> {
        let mut child =
            self.command(&arguments(people, "ended")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|error| error.to_string())?;
        std::thread::sleep(after);
        child.kill().and_then(|()| child.wait()).map(drop).map_err(|error| error.to_string())
    }
}

fn arguments<'a>(people: &'a str, store: &'a str) -> Vec<&'a str> {
    vec!["simulate", "openings", "--people", people, "--data", store, "--staging", "staging", "--reimbursement-months", MONTHS]
}

/// The names, sizes and contents of a folder's files, as one text of checksums.
fn digest(folder: &Path) -> Result<String, String> {
    let folder = folder.display().to_string();
    shell::output("sh", &["-c", &format!("cd '{folder}' && find . -type f | sort | xargs sha256sum")])
}
