//! `dmp feed report`: what was sent, what was refused and why, what waits and why. Read from the journal alone, also while a feeder works.

use std::collections::BTreeMap;

use serde::Serialize;

use super::journal;
use super::ledger::{Fate, Item, Ledger, Reason};
use super::options::ReportOptions;
use crate::print;

/// The report.
#[derive(Debug, Serialize)]
pub struct Report {
    pub sent: usize,
    /// Of those, what the record had already.
    pub repeated: usize,
    pub refused: usize,
    pub waiting: usize,
    /// What says nothing that the record keeps.
    pub nothing: usize,
    /// What came again.
    pub doubles: u32,
    pub refusals: Vec<Line>,
    pub delays: Vec<Line>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deposits: Vec<Line>,
}

/// One message.
#[derive(Debug, Serialize)]
pub struct Line {
    pub id: String,
    /// File, or control id.
    pub name: String,
    pub what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    pub received_at: String,
    pub at: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Report {
    /// Of what is known; `all`: with what was sent.
    pub fn of(ledger: &Ledger, all: bool) -> Self {
        let mut report = Report {
            sent: 0,
            repeated: 0,
            refused: 0,
            waiting: 0,
            nothing: 0,
            doubles: 0,
            refusals: Vec::new(),
            delays: Vec::new(),
            deposits: Vec::new(),
        };
        for (id, item) in &ledger.items {
            report.doubles += item.doubles;
            match &item.fate {
                Fate::Sent { repeated } => {
                    report.sent += 1;
                    report.repeated += usize::from(*repeated);
                    if all {
                        report.deposits.push(line(id, item, &[], ""));
                    }
                }
                Fate::Nothing { .. } => report.nothing += 1,
                Fate::Refused { reasons } => {
                    report.refused += 1;
                    report.refusals.push(line(id, item, reasons, ""));
                }
                Fate::Waiting { why, .. } => {
                    report.waiting += 1;
                    report.delays.push(line(id, item, &[], why));
                }
            }
        }
        report
    }
}

fn line(id: &str, item: &Item, reasons: &[Reason], why: &str) -> Line {
    let came = &item.received;
    Line {
        id: id.to_owned(),
        name: came.name.clone(),
        what: came.what.clone(),
        document: came.document.clone(),
        received_at: came.at.clone(),
        at: item.at.clone(),
        reasons: reasons.to_vec(),
        why: why.to_owned(),
    }
}

/// Runs the command.
///
/// # Errors
/// In words.
pub fn run(options: &ReportOptions) -> Result<(), String> {
    let path = options.dir.join(".feed/journal.ndjson");
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let report = Report::of(&journal::ledger(&bytes), options.all);
    if options.json {
        print::json(&report);
        return Ok(());
    }
    print::line(&format!("sent      {:>8}   ({} of them known to the record before)", report.sent, report.repeated));
    print::line(&format!("refused   {:>8}", report.refused));
    print::line(&format!("waiting   {:>8}", report.waiting));
    print::line(&format!("nothing   {:>8}   (say nothing that the record keeps)", report.nothing));
    print::line(&format!("doubles   {:>8}   (came again, sent once)", report.doubles));
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in report.refusals.iter().filter_map(|line| line.reasons.first()) {
        *by_code.entry(reason.code.as_str()).or_default() += 1;
    }
    for (code, count) in by_code {
        print::line(&format!("  {count:>8}   {code}"));
    }
    for line in &report.refusals {
        for reason in &line.reasons {
            print::line(&format!("refused  {}  {}  {} {} {}", line.at, line.name, reason.code, reason.place, reason.words));
        }
    }
    for line in &report.delays {
        print::line(&format!("waiting  {}  {}  {}", line.received_at, line.name, line.why));
    }
    for line in &report.deposits {
        print::line(&format!("sent     {}  {}  {}", line.at, line.name, line.document.as_deref().unwrap_or_default()));
    }
    Ok(())
}
