//! Consultations that were reimbursed and whether a document followed them: days of the insurer's lines beside days of the acts that documents tell of.

use std::collections::BTreeSet;

use super::derive::origin_of_document;
use super::tally::{Mark, Role, first_marked};
use crate::calendar::{Month, number, paris_day};
use crate::document::DocumentEntry;
use crate::record::Record;
use crate::reimbursement::FeedSystem;
use crate::summary::{Fact, What};

/// A document follows a consultation when its act is of that day or of one of so many days after it.
pub const FOLLOW_DAYS: i32 = 7;

/// Consultations and visits of the general nomenclature (NGAP): in the office, at home and at a distance, of doctors, dentists and midwives. Neither
/// acts of nurses and physiotherapists nor majorations.
const CONSULTATIONS: [&str; 23] = [
    "APC", "APV", "APY", "AVY", "C", "CCP", "CCX", "CNP", "COE", "COG", "CS", "CSC", "CSP", "G", "GS", "TC", "TCG", "TCS", "V", "VG", "VGS", "VNP",
    "VS",
];

/// The days of the consultations that the insurer's lines of a record tell of, each once.
pub fn consultation_days<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> BTreeSet<i32> {
    let is_consultation = |fact: &&Fact| {
        let codes = fact.concept.codes.iter().filter(|code| FeedSystem::find(&code.system) == Some(FeedSystem::Ngap));
        matches!(fact.what, What::Act) && codes.into_iter().any(|code| CONSULTATIONS.contains(&code.code.as_str()))
    };
    let day = |fact: &Fact| fact.period.from.filter(|from| from.day > 0)?.first_day().map(number);
    facts.into_iter().filter(is_consultation).filter_map(day).collect()
}

/// The days of the acts that documents of professionals and health structures tell of, each once. What was deleted since had followed.
pub fn act_days(record: &Record) -> BTreeSet<i32> {
    let own = record.entries.iter().map(AsRef::as_ref).filter(|entry: &&DocumentEntry| entry.content.home.is_none());
    own.filter(|entry| origin_of_document(entry).is_professional()).map(|entry| paris_day(entry.service_start)).collect()
}

/// The consultations of a record since it was opened, and those that a document followed, as marks: each counts once, however often its line is drawn
/// and whichever comes first, the line or the document. None is older than marks are kept.
pub fn followed_marks(record: &Record, consultations: &BTreeSet<i32>, today: i32) -> Vec<Mark> {
    let acts = act_days(record);
    let mark = |day: i32, role| Mark { month: Month::of(day), role, account: format!("{} {day}", record.key.to_hex()) };
    let since = paris_day(record.head.creation.at).max(first_marked(today).first_day());
    let of_day = |day: i32| {
        let followed = acts.range(day..=day + FOLLOW_DAYS).next().map(|_| mark(day, Role::Followed));
        [mark(day, Role::Consultation)].into_iter().chain(followed)
    };
    consultations.range(since..).flat_map(|day| of_day(*day)).collect()
}
