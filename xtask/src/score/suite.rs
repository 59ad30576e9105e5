//! Figures of test suites. Their control changes one expectation for the time of the run.

use std::path::PathBuf;

use super::Measured;
use crate::shell;

/// One expectation, and a wrong one in its place.
pub struct Control {
    pub file: &'static str,
    pub from: &'static str,
    pub to: &'static str,
}

const LAW: Control = Control { file: "fixtures/law/sentences.jsonl", from: "\"expect\":\"permit\"", to: "\"expect\":\"forbid\"" };
const EXPECTED_CDA: Control = Control { file: "fixtures/expected/cda.tsv", from: "\taccept\t-\t", to: "\trefuse\tins-missing\t" };
const EXPECTED_FHIR: Control = Control { file: "fixtures/expected/fhir.tsv", from: ",ins-missing", to: ",ins-missing,json-too-deep" };
const LIFE: Control = Control { file: "scenarios/life-sentences.txt", from: "vous avez créé", to: "personne n'a créé" };
/// A window in which no summary has room.
const FIRST_SCREEN: Control = Control { file: "scenarios/first-screen.mjs", from: "height: 768", to: "height: 300" };

const FACTS: Control = Control {
    file: "fixtures/expected/facts/01-CNAM-HR_2021.01.json",
    from: "\"kind\": \"medicine\", \"text\": \"",
    to: "\"kind\": \"medicine\", \"text\": \"introuvable ",
};
/// The test takes one wrong label in fifty: an exam whose code is lost is more than that.
const REDUNDANCY: Control = Control { file: "crates/dmp-core/src/redundancy/intervals.csv", from: "loinc:3016-3", to: "loinc:9999-9" };

/// Documents of no schema.
const WRITTEN_CDA: Control = Control { file: "crates/dmp-interop/src/cda/write/header.rs", from: "urn:hl7-org:v3", to: "urn:hl7-org:v4" };
/// A section that no summary has.
const SUMMARY_CLIENTS: Control = Control { file: "scenarios/summary.mjs", from: "'10160-0'", to: "'99999-9'" };

/// `N sentences, D disagreements, P disputed`.
pub fn law(broken: bool) -> Measured {
    let mut measured = run("law-sentences", "dmp-core", "law", &LAW, broken);
    let told = measured.notes.iter().find(|note| note.contains(" disagreements")).cloned();
    let disagreements = told.as_deref().and_then(|line| line.split(", ").nth(1)?.split(' ').next()?.parse().ok());
    match disagreements {
        Some(count) => drop(measured.values.insert("law-sentences".to_owned(), count)),
        None => measured.values.clear(),
    }
    measured
}

/// Official CDA documents.
pub fn expected_cda(broken: bool) -> Measured {
    run("expected-cda", "dmp", "expected_cda", &EXPECTED_CDA, broken)
}

/// Official FHIR examples.
pub fn expected_fhir(broken: bool) -> Measured {
    run("expected-fhir", "dmp", "expected_fhir", &EXPECTED_FHIR, broken)
}

/// One person's life.
pub fn life(broken: bool) -> Measured {
    run("life", "dmp", "life", &LIFE, broken)
}

/// What must be known, on the first screen of both sites.
pub fn first_screen(broken: bool) -> Measured {
    run("first-screen", "dmp", "first_screen", &FIRST_SCREEN, broken)
}

/// Facts of documents against answers written by reading.
pub fn facts(broken: bool) -> Measured {
    run("facts", "dmp-interop", "facts_expected", &FACTS, broken)
}

/// Exams done twice, on labelled cases.
pub fn redundancy(broken: bool) -> Measured {
    run("redundancy", "dmp-core", "redundancy_cases", &REDUNDANCY, broken)
}

/// The documents that we write.
pub fn written_cda(broken: bool) -> Measured {
    run("written-cda", "dmp-interop", "cda_write", &WRITTEN_CDA, broken)
}

/// The summary in the hands of others.
pub fn summary_clients(broken: bool) -> Measured {
    run("summary-clients", "dmp", "summary", &SUMMARY_CLIENTS, broken)
}

/// Runs one test program; the value is the number of tests that failed.
fn run(name: &str, package: &str, test: &str, control: &Control, broken: bool) -> Measured {
    let command = format!("cargo test -p {package} --test {test} -- --nocapture");
    if !shell::root().join(format!("crates/{package}/tests/{test}.rs")).is_file() {
        return Measured::missing(&command, format!("there is no test `{test}` in {package}"));
    }
    let spoiled = if broken { Some(Spoiled::new(control)) } else { None };
    if let Some(Err(why)) = spoiled {
        return Measured::missing(&command, why);
    }
    let output = shell::program("cargo", &["test", "-p", package, "--test", test, "--", "--nocapture"]).output();
    drop(spoiled);
    let output = match output {
        Ok(output) => output,
        Err(error) => return Measured::missing(&command, error.to_string()),
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut measured = Measured { command, ..Measured::default() };
    let (mut counted, mut failed) = (0, 0);
    for line in text.lines() {
        if let Some(counts) = line.strip_prefix("test result: ") {
            counted += before(counts, " passed");
            failed += before(counts, " failed");
        } else if line.contains("SKIPPED") {
            return Measured::missing(&measured.command, line);
        } else if !line.starts_with("test ") && !line.starts_with("running ") && !line.trim().is_empty() && measured.notes.len() < 20 {
            measured.notes.push(line.trim().chars().take(300).collect());
        }
    }
    if counted + failed == 0 {
        let why = String::from_utf8_lossy(&output.stderr).lines().find(|line| line.starts_with("error")).unwrap_or("no test ran").to_owned();
        return Measured::missing(&measured.command, why);
    }
    measured.values.insert(name.to_owned(), failed as f64);
    measured
}

fn before(text: &str, word: &str) -> u64 {
    text.split(word).next().and_then(|before| before.rsplit(' ').next()).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// A file with one wrong expectation; put right when dropped.
pub struct Spoiled {
    path: PathBuf,
    right: String,
}

impl Spoiled {
    /// Spoils the file.
    ///
    /// # Errors
    /// When the file cannot be read or written, or does not hold what is to be spoiled.
    pub fn new(control: &Control) -> Result<Self, String> {
        let path = shell::root().join(control.file);
        let right = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        if !right.contains(control.from) {
            return Err(format!("{} holds no `{}` to spoil", control.file, control.from));
        }
        std::fs::write(&path, right.replacen(control.from, control.to, 1)).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Spoiled { path, right })
    }
}

/// What a measure gives while its control is in force. `found`: the control of the figure `name`, if there is one.
pub fn controlled(measured: Measured, name: &str, found: Option<&Control>, measure: impl FnOnce(Measured) -> Measured) -> Measured {
    let Some(control) = found else { return Measured::missing(&measured.command, format!("{name} has no control yet")) };
    match Spoiled::new(control) {
        Ok(spoiled) => {
            let measured = measure(measured);
            drop(spoiled);
            measured
        }
        Err(why) => Measured::missing(&measured.command, why),
    }
}

impl Drop for Spoiled {
    fn drop(&mut self) {
        if let Err(error) = std::fs::write(&self.path, &self.right) {
            eprintln!("{} was not put right ({error}): take it from git", self.path.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_control_finds_what_it_spoils() {
        for control in [LAW, EXPECTED_CDA, EXPECTED_FHIR, LIFE, FIRST_SCREEN, FACTS, REDUNDANCY, WRITTEN_CDA, SUMMARY_CLIENTS] {
            let text = std::fs::read_to_string(shell::root().join(control.file)).unwrap();
            assert!(text.contains(control.from), "{} holds no `{}`", control.file, control.from);
        }
    }
}
