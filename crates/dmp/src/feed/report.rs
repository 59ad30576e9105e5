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
    /// Since when the one waits that has waited longest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<String>,
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
    /// Control id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
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
            waiting_since: None,
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
                    let since = &item.received.at;
                    if report.waiting_since.as_ref().is_none_or(|known| since < known) {
                        report.waiting_since = Some(since.clone());
                    }
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
        control: came.control.clone(),
        what: came.what.clone(),
        document: came.document.clone(),
        received_at: came.at.clone(),
        at: item.at.clone(),
        reasons: reasons.to_vec(),
        why: why.to_owned(),
    }
}

/// What became of one thing.
#[derive(Debug, Serialize)]
struct Found {
    /// `sent`, `refused`, `waiting`, `nothing`.
    state: &'static str,
    #[serde(flatten)]
    line: Line,
}

/// What somebody means by a reference: everything that bears it.
fn found(ledger: &Ledger, reference: &str) -> Vec<Found> {
    let plain = |text: &str| text.trim().trim_start_matches("urn:oid:").to_ascii_lowercase();
    let asked = plain(reference);
    let is_it = |text: &str| plain(text) == asked;
    let bears = |id: &str, item: &Item| {
        let came = &item.received;
        let names = [Some(id), Some(came.name.as_str()), came.control.as_deref(), came.document.as_deref()];
        names.into_iter().flatten().any(is_it)
    };
    let told = |(id, item): (&String, &Item)| match &item.fate {
        Fate::Sent { .. } => Found { state: "sent", line: line(id, item, &[], "") },
        Fate::Nothing { why } => Found { state: "nothing", line: line(id, item, &[], why) },
        Fate::Refused { reasons } => Found { state: "refused", line: line(id, item, reasons, "") },
        Fate::Waiting { why, .. } => Found { state: "waiting", line: line(id, item, &[], why) },
    };
    ledger.items.iter().filter(|(id, item)| bears(id, item)).map(told).collect()
}

fn tell_found(found: &[Found], reference: &str) {
    if found.is_empty() {
        print::line(&format!("{reference}: nothing came here under this reference"));
    }
    for one in found {
        let line = &one.line;
        let names = [Some(line.name.as_str()), line.control.as_deref(), line.document.as_deref()];
        let names: Vec<&str> = names.into_iter().flatten().filter(|name| !name.is_empty()).collect();
        print::line(&format!("{}  since {}  came {}  {}", one.state, line.at, line.received_at, names.join("  ")));
        for reason in &line.reasons {
            print::line(&format!("    {} {}  {}", reason.code, reason.place, reason.words));
        }
        match one.state {
            "refused" => {
                print::line("    mend it at its source and send it again, or put the file of refused/ back into the folder once the reason is gone")
            }
            "waiting" => print::line(&format!("    {}: it is tried again by itself", if line.why.is_empty() { "not tried yet" } else { &line.why })),
            "nothing" => print::line(&format!("    {}: it says nothing that the record keeps", line.why)),
            _ => {}
        }
    }
}

/// Runs the command.
///
/// # Errors
/// In words.
pub fn run(options: &ReportOptions) -> Result<(), String> {
    let path = options.dir.join(".feed/journal.ndjson");
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let ledger = journal::ledger(&bytes);
    if let Some(reference) = &options.find {
        let found = found(&ledger, reference);
        if options.json {
            print::json(&found)
        } else {
            tell_found(&found, reference)
        }
        return Ok(());
    }
    let report = Report::of(&ledger, options.all);
    if options.json {
        print::json(&report);
        return Ok(());
    }
    print::line(&format!("sent      {:>8}   ({} of them known to the record before)", report.sent, report.repeated));
    print::line(&format!("refused   {:>8}", report.refused));
    let since = report.waiting_since.as_ref().map(|since| format!("   (the first since {since})")).unwrap_or_default();
    print::line(&format!("waiting   {:>8}{since}", report.waiting));
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
            let control = line.control.as_deref().filter(|control| *control != line.name).unwrap_or_default();
            print::line(&format!("refused  {}  {}  {control}  {} {} {}", line.at, line.name, reason.code, reason.place, reason.words));
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
