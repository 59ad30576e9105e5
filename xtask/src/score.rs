//! Figures that the project is held to: `cargo xtask score [NAME…] [--small] [--debug] [--broken NAME]`.
//!
//! Each is measured by one command, printed as `name value target pass|fail` and kept in `docs/scores/<name>.json`.
//! `--broken NAME` runs the control of a figure, which must fail; nothing is kept of it.

mod bench;
mod browser;
mod campaign;
mod deployment;
mod figures;
mod keep;
mod openings;
mod person;
mod person_site;
mod pro;
mod pro_site;
mod start;
mod suite;

use std::collections::BTreeMap;
use std::time::Instant;

use crate::shell;
use figures::{FIGURES, Figure, Group};

/// The size of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Full,
    Small,
}

/// How the programs of a run are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    Release,
    /// As the tests are: nothing more to build, and no speed is judged.
    Debug,
}

impl Build {
    /// Arguments of `cargo build` or `cargo run`.
    pub fn flags(self) -> &'static [&'static str] {
        match self {
            Build::Release => &["--release"],
            Build::Debug => &[],
        }
    }

    /// Where cargo leaves the program.
    pub fn program(self) -> &'static str {
        match self {
            Build::Release => "target/release/dmp",
            Build::Debug => "target/debug/dmp",
        }
    }

    /// Builds the program.
    pub fn make(self) -> Result<(), String> {
        shell::run("cargo", &[&["build", "--quiet", "-p", "dmp"], self.flags()].concat())
    }
}

/// How much is run, of which build.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub size: Size,
    pub build: Build,
}

/// What the tests run.
pub const IN_TESTS: Scale = Scale { size: Size::Small, build: Build::Debug };

/// What one command measured: values by figure, or why there is none.
#[derive(Debug, Default)]
pub struct Measured {
    pub command: String,
    pub seed: Option<u64>,
    pub values: BTreeMap<String, f64>,
    /// More about the run, in words.
    pub notes: Vec<String>,
    /// Why a figure was not reached.
    pub missing: Option<String>,
}

impl Measured {
    /// A command that cannot be run.
    pub fn missing(command: &str, why: impl Into<String>) -> Self {
        Measured { command: command.to_owned(), missing: Some(why.into()), ..Measured::default() }
    }
}

/// Figures that the tests measure small, besides those that are suites of their own.
const MEASURED_IN_TESTS: [Group; 13] = [
    Group::LawModel,
    Group::LawHttp,
    Group::Kill,
    Group::Power,
    Group::Canaries,
    Group::TwinTiming,
    Group::Bench,
    Group::Start,
    Group::Openings,
    Group::HospitalFeed,
    Group::Statistics,
    Group::Remuneration,
    Group::PersonBudgets,
];
/// Figures whose control the tests run small.
const CONTROLLED_IN_TESTS: [&str; 18] = [
    "law-sentences",
    "law-model",
    "law-http",
    "expected-cda",
    "expected-fhir",
    "life",
    "first-screen",
    "twin-worlds",
    "twin-facts",
    "twin-timing",
    "kill-9",
    "canaries",
    "facts",
    "openings-different",
    "hospital-feed",
    "statistics-different",
    "remuneration-cents-different",
    // Last: its control spoils a file that is built into the program, and all that is built on it would be built again for whatever follows.
    "redundancy",
];

/// What one run in the tests came to: passed, failed, or skipped with the reason told.
pub type Outcome = (String, Option<bool>);

/// Whether a figure is a speed or a size, which a debug build says nothing of.
fn is_speed(name: &str) -> bool {
    ["-seconds", "-peak", "-bytes", "lcp-over-empty"].iter().any(|end| name.ends_with(end))
}

/// Measures every figure small, as the tests are built. Speeds are told, not judged: a figure must only be there.
pub fn small() -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for group in MEASURED_IN_TESTS {
        let began = Instant::now();
        let measured = measure(group, IN_TESTS, None);
        println!("  measured in {} s", began.elapsed().as_secs());
        for one in FIGURES.iter().filter(|one| one.group == group) {
            let verdict = show(one, &measured);
            let judged = !matches!(group, Group::Bench | Group::Start | Group::TwinTiming) && !is_speed(one.name);
            outcomes.push((one.name.to_owned(), (verdict != "not reached").then_some(verdict == "pass" || !judged)));
        }
    }
    for name in CONTROLLED_IN_TESTS {
        let Ok(one) = figure(name) else { continue };
        let began = Instant::now();
        let measured = measure(one.group, IN_TESTS, Some(name));
        println!("  control run in {} s", began.elapsed().as_secs());
        let verdict = show(one, &measured);
        outcomes.push((format!("control of {name}"), (verdict != "not reached").then_some(verdict == "fail")));
    }
    outcomes
}

/// Measures the figures named, or all of them.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let wish = Wish::parse(arguments)?;
    if let Some(name) = &wish.broken {
        return control(figure(name)?, wish.scale);
    }
    let mut failed = Vec::new();
    let mut done: BTreeMap<Group, (Measured, u64)> = BTreeMap::new();
    for one in wish.figures {
        let (measured, seconds) = done.entry(one.group).or_insert_with(|| {
            let began = Instant::now();
            let measured = measure(one.group, wish.scale, None);
            measured.notes.iter().for_each(|note| println!("  {note}"));
            (measured, began.elapsed().as_secs())
        });
        let verdict = show(one, measured);
        if verdict != "pass" {
            failed.push(one.name);
        }
        keep::write(one, measured, verdict, wish.scale, *seconds)?;
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("not passed: {}", failed.join(", "))) }
}

struct Wish {
    figures: Vec<&'static Figure>,
    scale: Scale,
    broken: Option<String>,
}

impl Wish {
    fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut wish = Wish { figures: Vec::new(), scale: Scale { size: Size::Full, build: Build::Release }, broken: None };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--small" => wish.scale.size = Size::Small,
                "--debug" => wish.scale.build = Build::Debug,
                "--broken" => wish.broken = Some(words.next().ok_or("--broken wants the name of a figure")?.clone()),
                name => wish.figures.push(figure(name)?),
            }
        }
        if wish.figures.is_empty() {
            wish.figures = FIGURES.iter().collect();
        }
        Ok(wish)
    }
}

fn figure(name: &str) -> Result<&'static Figure, String> {
    let names = || FIGURES.iter().map(|one| one.name).collect::<Vec<_>>().join(", ");
    FIGURES.iter().find(|one| one.name == name).ok_or_else(|| format!("no figure `{name}`: {}", names()))
}

fn measure(group: Group, scale: Scale, broken: Option<&str>) -> Measured {
    let broken_run = broken.is_some();
    match group {
        Group::Law => suite::law(broken_run),
        Group::LawModel => campaign::law(scale, broken_run),
        Group::LawHttp => campaign::law_http(scale, broken_run),
        Group::ExpectedCda => suite::expected_cda(broken_run),
        Group::ExpectedFhir => suite::expected_fhir(broken_run),
        Group::Life => suite::life(broken_run),
        Group::FirstScreen => suite::first_screen(broken_run),
        Group::Kill => campaign::kill(scale, broken_run),
        Group::Power => campaign::power(scale, broken_run),
        Group::Canaries => campaign::canaries(scale, broken_run),
        Group::Twin => campaign::twin(scale, broken_run),
        Group::TwinTiming => campaign::twin_timing(scale, broken_run),
        Group::Bench => bench::run(scale, broken),
        Group::Start => start::run(scale, broken),
        Group::Openings => openings::run(scale, broken),
        Group::TwinFacts => campaign::twin_facts(scale, broken_run),
        Group::Facts => suite::facts(broken_run),
        Group::Redundancy => suite::redundancy(broken_run),
        Group::WrittenCda => suite::written_cda(broken_run),
        Group::SummaryClients => suite::summary_clients(broken_run),
        Group::PersonTests => person::tests(broken),
        Group::HospitalFeed => campaign::hospital_feed(scale, broken_run),
        Group::PersonSite => person_site::site(scale.build, broken),
        Group::PersonBudgets => person_site::budgets(scale.build, broken),
        Group::ProTests => pro::tests(broken),
        Group::Statistics => campaign::statistics(scale, broken_run),
        Group::Remuneration => campaign::remuneration(scale, broken_run),
        Group::Deployment => deployment::tests(broken),
        Group::ProSite => pro_site::site(scale.build, broken),
    }
}

fn show(one: &Figure, measured: &Measured) -> &'static str {
    match measured.values.get(one.name) {
        Some(value) => {
            let verdict = if one.target.is_met(*value) { "pass" } else { "fail" };
            println!("{} {} {} {verdict}", one.name, figures::number(*value), one.target);
            verdict
        }
        None => {
            println!("{} not reached {} ({})", one.name, one.target, measured.missing.as_deref().unwrap_or("the command gave no such figure"));
            "not reached"
        }
    }
}

/// Runs the control of a figure. It is right when the figure fails.
fn control(one: &'static Figure, scale: Scale) -> Result<(), String> {
    let measured = measure(one.group, scale, Some(one.name));
    measured.notes.iter().for_each(|note| println!("  {note}"));
    match show(one, &measured) {
        "fail" => {
            println!("the control of {} fails, as it must", one.name);
            Ok(())
        }
        "pass" => Err(format!("the control of {} passes: the figure does not see what it should", one.name)),
        _ => Err(format!("the control of {} was not reached", one.name)),
    }
}
