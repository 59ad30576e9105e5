//! What was reimbursed and of which no report came: a stay without its letter, analyses without results, imaging without a report.
//!
//! What the caller may not see counts as not there: a hidden report is missing for them, as it would be if it had never come.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::super::{FactKind, Missing, MissingKind, ObservationKind, What, When};
use super::groups::{Key, Words};
use super::line::Lines;
use super::series::observation;
use super::told::{Telling, Told};
use super::treatments::last_day;

/// Documents that tell of a stay.
pub(super) const OF_STAYS: [&str; 17] = [
    "34112-3", "11490-0", "34133-9", "34874-8", "15507-7", "60280-5", "15508-5", "18761-7", "57057-2", "57075-4", "78489-2", "89235-6", "67851-6",
    "68599-0", "83981-1", "77436-4", "11505-5",
];
const OF_ANALYSES: [&str; 5] = ["11502-2", "DOCPAT05", "60568-3", "51969-4", "96173-0"];
const OF_IMAGING: [&str; 3] = ["18748-4", "IMG-KOS", "DOCPAT04"];

/// NABM, in the insurer's table and in the nomenclature's own.
const NABM: [&str; 3] = ["1.2.250.1.215.200.4.1", "1.2.250.1.213.2.7", "1.2.250.1.213.2.57"];
/// LOINC codes of the insurer's sections of biology and radiology.
const BIOLOGY_SECTION: &str = "26436-6";
const RADIOLOGY_SECTION: &str = "18726-0";

/// Days around a stay in which a document of it may lie; days after which something is missing.
const STAY_DAYS: i32 = 10;
/// Days before and after an act of analysis or imaging in which its report may lie.
const BEFORE_DAYS: i32 = 3;
const AFTER_DAYS: i32 = 15;

/// What is missing, newest first, within the bounds of a heading.
pub(super) fn find(telling: &Telling<'_>, today: When, lines: &mut Lines<'_, '_>) -> Vec<Missing> {
    let evidence = Evidence::of(telling);
    let mut words = Words::default();
    let mut known = HashSet::new();
    let mut missing: Vec<(When, usize, MissingKind)> = Vec::new();
    for kind in [FactKind::Stay, FactKind::Act, FactKind::Imaging, FactKind::Procedure, FactKind::Observation] {
        // The newest document first: of an act that two of them tell the newest is the source.
        for index in telling.of_kind(kind).iter().rev() {
            let Some((told, _)) = telling.at(*index).filter(|(told, doc)| doc.is_reimbursement && !told.is_absence()) else { continue };
            let Some(kind) = kind_of(told) else { continue };
            let Some((from, to)) = days(told, kind) else { continue };
            let old_enough = to.days_until(today).is_some_and(|passed| passed > STAY_DAYS);
            // A stay is known by its first day; an act by its code, else by its words.
            let key = match (kind, told.fact.concept.codes.iter().find(|code| !code.code.is_empty())) {
                (MissingKind::Stay, _) => None,
                (_, Some(code)) => Some(Key::Code(&code.system, &code.code)),
                (_, None) => words.of(&told.fact.concept).map(Key::Words),
            };
            if old_enough && !evidence.covers(kind, from, to) && known.insert((kind as u8, from, key)) {
                missing.push((from, *index, kind));
            }
        }
    }
    missing.sort_by_key(|(when, index, _)| (Reverse(*when), *index));
    let shown = lines.bounded(missing.into_iter());
    shown
        .filter_map(|(when, index, kind)| {
            let (told, _) = telling.at(index)?;
            Some(Missing { kind, what: told.fact.concept.clone(), when, by: told.fact.by.clone(), source: lines.source(index)? })
        })
        .collect()
}

/// What of the insurer's lines should have a report. Consultations and dental care have none; a lump sum is no act.
fn kind_of(told: &Told<'_>) -> Option<MissingKind> {
    let fact = told.fact;
    let title = fact.proof.section_title.to_lowercase();
    let is_biology =
        fact.proof.section == BIOLOGY_SECTION || title.contains("biologie") || NABM.iter().any(|system| fact.concept.code_in(system).is_some());
    let is_imaging = fact.proof.section == RADIOLOGY_SECTION || title.contains("radiologie") || title.contains("imagerie");
    let is_lump_sum = fact.concept.text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("forfait"));
    match &fact.what {
        What::Stay => Some(MissingKind::Stay),
        _ if is_lump_sum => None,
        What::Act | What::Procedure | What::Observation(_) if is_biology => Some(MissingKind::Analysis),
        What::Act | What::Procedure if is_imaging => Some(MissingKind::Imaging),
        What::Imaging { .. } => Some(MissingKind::Imaging),
        _ => None,
    }
}

/// From when until when it was; nothing is missing of what has no day.
fn days(told: &Told<'_>, kind: MissingKind) -> Option<(When, When)> {
    let from = told.fact.period.from.or(told.fact.period.to)?;
    let to = if kind == MissingKind::Stay { told.fact.period.to.unwrap_or(from).max(from) } else { from };
    Some((from, last_day(to)?))
}

/// The periods that documents of each kind cover, so that any number of questions takes no time.
struct Evidence {
    stays: Periods,
    analyses: Periods,
    imaging: Periods,
}

impl Evidence {
    fn of(telling: &Telling<'_>) -> Self {
        let (mut stays, mut analyses, mut imaging) = (Vec::new(), Vec::new(), Vec::new());
        for doc in telling.docs.iter().filter(|doc| !doc.is_reimbursement && !doc.entry.status.is_deleted()) {
            let code = doc.entry.type_code.as_str();
            let period = (When::in_paris(doc.entry.service_start), When::in_paris(doc.entry.service_stop.unwrap_or(doc.entry.service_start)));
            let made = When::in_paris(doc.entry.created_at);
            for (types, periods) in [(&OF_STAYS[..], &mut stays), (&OF_ANALYSES[..], &mut analyses), (&OF_IMAGING[..], &mut imaging)] {
                if types.contains(&code) {
                    periods.extend([period, (made, made)]);
                }
            }
        }
        // A result or report that another document quotes is there too.
        for (kind, periods) in [(FactKind::Observation, &mut analyses), (FactKind::Imaging, &mut imaging), (FactKind::Stay, &mut stays)] {
            for index in telling.of_kind(kind) {
                let Some((told, _)) = telling.at(*index).filter(|(told, doc)| !doc.is_reimbursement && !told.is_absence()) else { continue };
                let is_measure = observation(told.fact).is_some_and(|observation| observation.kind != ObservationKind::Result);
                if !is_measure {
                    let from = told.day;
                    periods.push((from, told.fact.period.to.unwrap_or(from).max(from)));
                }
            }
        }
        Evidence { stays: Periods::of(stays), analyses: Periods::of(analyses), imaging: Periods::of(imaging) }
    }

    fn covers(&self, kind: MissingKind, from: When, to: When) -> bool {
        match kind {
            MissingKind::Stay => self.stays.meet(from, to, STAY_DAYS, STAY_DAYS),
            MissingKind::Analysis => self.analyses.meet(from, to, BEFORE_DAYS, AFTER_DAYS),
            MissingKind::Imaging => self.imaging.meet(from, to, BEFORE_DAYS, AFTER_DAYS),
        }
    }
}

/// Periods by their start, each with the latest end of those up to it.
struct Periods(Vec<(When, When)>);

impl Periods {
    fn of(mut periods: Vec<(When, When)>) -> Self {
        periods.sort_unstable();
        let mut latest: Option<When> = None;
        for (_, end) in &mut periods {
            latest = latest.max(last_day(*end).or(Some(*end)));
            *end = latest.unwrap_or(*end);
        }
        Periods(periods)
    }

    /// Whether one of them meets the days from so many before until so many after.
    fn meet(&self, from: When, to: When, before: i32, after: i32) -> bool {
        let (Some(from), Some(to)) = (plus_days(from, -before), plus_days(to, after)) else { return true };
        let until = When { minute: Some(u16::MAX), ..to };
        let begun = self.0.partition_point(|(start, _)| *start <= until);
        begun.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, end)| *end >= from)
    }
}

fn plus_days(when: When, days: i32) -> Option<When> {
    let date = when.first_day()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some(When::day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()))
}
