//! What of the insurer's lines would tell of a minor's secret care: what is related to it is not transferred, acts and prescribed products
//! alike (CSP L.1111-5, L.1111-5-1, R.1111-50; `domain.md` 3.5). What cannot be told apart is left out.

use super::Line;
use super::exclusion::{fold, latest};
use crate::document::DocumentEntry;
use crate::identity::PersonName;
use crate::summary::{Fact, Party, When};

/// Days before and after the care within which an act, an analysis or a stay may belong to it.
const AROUND_DAYS: i32 = 15;
/// Days after the care in which what was prescribed there may be dispensed: a prescription is good for a year at most.
const PRESCRIBED_DAYS: i32 = 366;

/// The care of one record that is kept from its representatives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SecretCare {
    cares: Vec<Care>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Care {
    from: When,
    to: When,
    /// Who gave it, family names in small letters without accents.
    by: Vec<String>,
}

impl SecretCare {
    /// The secret care that these documents tell of.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e DocumentEntry>) -> Self {
        let secret = entries.into_iter().filter(|entry| entry.visibility.invisible_to_representatives && !is_reimbursements(entry));
        SecretCare { cares: secret.map(care).collect() }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cares.is_empty()
    }

    /// Whether a line may tell of it.
    pub fn is_told_by(&self, line: &Line) -> bool {
        self.touches(line.date, line.until.unwrap_or(line.date), &[&line.prescriber, &line.performer])
    }

    /// Whether what a document of reimbursements says may tell of it.
    pub fn is_told_by_fact(&self, fact: &Fact) -> bool {
        let Some(from) = fact.period.from.or(fact.period.to) else { return !self.is_empty() };
        self.touches(from, fact.period.to.unwrap_or(from), &[&fact.by])
    }

    fn touches(&self, from: When, to: When, parties: &[&Party]) -> bool {
        let names: Vec<String> = parties.iter().map(|party| folded(&party.name)).filter(|name| !name.is_empty()).collect();
        self.cares.iter().any(|care| care.touches(from, to, &names))
    }
}

/// Whether a document is one of the insurer's lines.
pub fn is_reimbursements(entry: &DocumentEntry) -> bool {
    entry.type_code.as_str() == REIMBURSEMENTS
}

/// Type of the documents of reimbursements.
pub const REIMBURSEMENTS: &str = "REMB";

impl Care {
    fn touches(&self, from: When, to: When, names: &[String]) -> bool {
        // A day that no calendar has may be any day.
        let (Some(after), Some(before)) = (self.to.days_until(from), latest_day(to).and_then(|to| to.days_until(self.from))) else { return true };
        let around = after <= AROUND_DAYS && before <= AROUND_DAYS;
        // Who gave the care wrote the prescription; of a line that names nobody it may be so.
        let theirs = || names.is_empty() || self.by.is_empty() || names.iter().any(|name| self.by.iter().any(|by| name.contains(by.as_str())));
        around || (after <= PRESCRIBED_DAYS && before <= AROUND_DAYS && theirs())
    }
}

fn care(entry: &DocumentEntry) -> Care {
    let days = [Some(entry.service_start), entry.service_stop, Some(entry.created_at)].map(|moment| moment.map(When::in_paris));
    let days = || days.into_iter().flatten();
    let unknown = When::in_paris(entry.created_at);
    let by = entry.authors.iter().map(|author| family(&author.name)).filter(|name| !name.is_empty()).collect();
    Care { from: days().min().unwrap_or(unknown), to: days().max().unwrap_or(unknown), by }
}

/// The latest day of the calendar that a date may mean.
fn latest_day(date: When) -> Option<When> {
    let latest = latest(date);
    (28..=latest.day).rev().map(|day| When { day, ..latest }).find(|day| day.first_day().is_some()).or(date.first_day().map(|_| date))
}

fn family(name: &PersonName) -> String {
    folded(&name.family)
}

fn folded(text: &str) -> String {
    fold(text).trim().to_owned()
}
