//! Whether an ordered exam was done lately.

use std::collections::HashSet;

use super::{Exam, ExamCode, Table, Tariff, Tariffs};
use crate::document::{AvailabilityStatus, Code, DocumentEntry};
use crate::ids::EntryId;
use crate::moment::Moment;
use crate::summary::{Fact, Observation, ObservationStatus, Value, What, When};

/// An exam as it is ordered: one code. The system is a dotted OID, `urn:oid:…`, or a URL of FHIR.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ordered {
    pub system: String,
    pub code: String,
}

/// Something that a visible document of this record says.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    pub entry: EntryId,
    pub fact: &'a Fact,
    /// It comes from the insurer's lines: it says that something was paid, not what came out.
    pub is_reimbursement: bool,
}

/// The exam was done lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'t> {
    pub exam: &'t Exam,
    /// When it was done last.
    pub last: When,
    /// Calendar days since then (Paris).
    pub days: u32,
    /// The document that says so.
    pub entry: EntryId,
    /// What doing it again would cost, when that is known.
    pub tariff: Option<&'t Tariff>,
}

/// Types whose documents report what was done, and whose event codes name it: biology, imaging, references of images, pathology, other diagnostic
/// acts and screening. A prescription names its acts too: it is none of these.
const REPORT_TYPES: &[&str] = &["11502-2", "18748-4", "IMG-KOS", "60568-3", "70004-7", "75492-9"];

/// Looks for the exam in the facts and documents of one record, and gives the latest that counts: of the same exam by any of its codes, a final
/// result with its value, an imaging study, an act that was done, or a current report whose event codes name it, dated less than the exam's
/// interval ago and not in the future. `None` also for an exam that the table does not have.
///
/// SECURITY: only what the caller may read is to be given.
pub fn check<'a, 't>(
    table: &'t Table,
    tariffs: &'t Tariffs,
    ordered: &Ordered,
    evidence: impl Iterator<Item = Evidence<'a>>,
    documents: impl Iterator<Item = &'a DocumentEntry>,
    now: Moment,
) -> Option<Finding<'t>> {
    let today = When::in_paris(now);
    let exam = table.exam(&ExamCode::new(&ordered.system, &ordered.code)?, today)?;
    let is_it = |code: &Code| ExamCode::of(code).is_some_and(|code| exam.codes.contains(&code));
    let mut told_by_facts = HashSet::new();
    let mut latest: Option<(When, EntryId)> = None;
    let mut keep = |found: Option<(When, EntryId)>| latest = latest.max(found);
    for one in evidence.filter(|one| !one.is_reimbursement && one.fact.concept.codes.iter().any(is_it)) {
        told_by_facts.insert(one.entry);
        let done = counts(&one.fact.what).then(|| one.fact.period.latest()).flatten();
        keep(done.filter(|when| is_recent(*when, exam.days, today)).map(|when| (when, one.entry)));
    }
    // A report whose own facts name the exam is judged by these: its result may be preliminary or missing.
    for document in documents.filter(|document| is_report(document) && !told_by_facts.contains(&document.id)) {
        let done = document.event_codes.iter().any(is_it).then(|| When::in_paris(document.service_start));
        keep(done.filter(|when| is_recent(*when, exam.days, today)).map(|when| (when, document.id)));
    }
    let (last, entry) = latest?;
    let days = u32::try_from(last.days_until(today)?).ok()?;
    Some(Finding { exam, last, days, entry, tariff: tariffs.of(&exam.exam, today) })
}

/// Whether a fact of this kind says that the exam was done and can be read.
fn counts(what: &What) -> bool {
    match what {
        What::Observation(Observation { status, value, .. }) => *status == ObservationStatus::Final && has_value(value),
        What::Imaging { .. } | What::Procedure => true,
        What::Problem { .. }
        | What::FamilyHistory { .. }
        | What::Allergy { .. }
        | What::Medicine(_)
        | What::Vaccination { .. }
        | What::Device { .. }
        | What::Pregnancy { .. }
        | What::Risk { .. }
        | What::Directive
        | What::Plan
        | What::Contact { .. }
        | What::Function
        | What::Attention
        | What::Stay
        | What::Act
        | What::Absent { .. } => false,
    }
}

fn has_value(value: &Value) -> bool {
    match value {
        Value::Quantity { number, .. } => !number.trim().is_empty(),
        Value::Coded(concept) => !concept.codes.is_empty() || !concept.text.trim().is_empty(),
        Value::Text(text) => !text.trim().is_empty(),
        Value::None => false,
    }
}

fn is_report(document: &DocumentEntry) -> bool {
    matches!(document.status, AvailabilityStatus::Approved(_)) && REPORT_TYPES.contains(&document.type_code.as_str())
}

/// Less than so many days ago by the calendar, today included. A vague date means its first day.
fn is_recent(when: When, days: u32, today: When) -> bool {
    when.days_until(today).is_some_and(|ago| ago >= 0 && ago.unsigned_abs() < days)
}
