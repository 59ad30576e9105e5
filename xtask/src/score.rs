//! Figures that the project is held to: `cargo xtask score [NAME…] [--small] [--broken NAME]`.
//!
//! Each is measured by one command, printed as `name value target pass|fail` and kept in `docs/scores/<name>.json`.
//! `--broken NAME` runs the control of a figure, which must fail; nothing is kept of it.

mod bench;
mod campaign;
mod figures;
mod keep;
mod start;
mod suite;

use std::collections::BTreeMap;
use std::time::Instant;

use figures::{FIGURES, Figure, Group};

/// The size of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Full,
    Small,
}

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

/// Measures the figures named, or all of them.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let wish = Wish::parse(arguments)?;
    if let Some(name) = &wish.broken {
        return control(figure(name)?, wish.size);
    }
    let mut failed = Vec::new();
    let mut done: BTreeMap<Group, (Measured, u64)> = BTreeMap::new();
    for one in wish.figures {
        let (measured, seconds) = done.entry(one.group).or_insert_with(|| {
            let began = Instant::now();
            let measured = measure(one.group, wish.size, None);
            measured.notes.iter().for_each(|note| println!("  {note}"));
            (measured, began.elapsed().as_secs())
        });
        let verdict = show(one, measured);
        if verdict != "pass" {
            failed.push(one.name);
        }
        keep::write(one, measured, verdict, wish.size, *seconds)?;
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("not passed: {}", failed.join(", "))) }
}

struct Wish {
    figures: Vec<&'static Figure>,
    size: Size,
    broken: Option<String>,
}

impl Wish {
    fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut wish = Wish { figures: Vec::new(), size: Size::Full, broken: None };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--small" => wish.size = Size::Small,
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

fn measure(group: Group, size: Size, broken: Option<&str>) -> Measured {
    let broken_run = broken.is_some();
    match group {
        Group::Law => suite::law(broken_run),
        Group::ExpectedCda => suite::expected_cda(broken_run),
        Group::ExpectedFhir => suite::expected_fhir(broken_run),
        Group::Life => suite::life(broken_run),
        Group::Kill => campaign::kill(size, broken_run),
        Group::Power => campaign::power(size, broken_run),
        Group::Canaries => campaign::canaries(size, broken_run),
        Group::Twin => campaign::twin(size, broken_run),
        Group::Bench => bench::run(size, broken_run),
        Group::Start => start::run(size, broken),
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
fn control(one: &'static Figure, size: Size) -> Result<(), String> {
    let measured = measure(one.group, size, Some(one.name));
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
