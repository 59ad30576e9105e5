//! What the software itself does to a record on a date (CSP R.1111-36): a function of the state. Whether it may is asked of the law then.

use super::life::{Closure, ClosureReason, RecordStatus, Suspension};
use super::{Head, Record, next_clock};
use crate::moment::Moment;

/// Six weeks to object, to an opening or to a suspension (CSP R.1111-28, R.1111-36).
pub const OBJECTION_DAYS: i64 = 42;
/// Years that a closed record is kept (CSP R.1111-36, L.1111-18).
pub const ARCHIVE_YEARS: i32 = 10;
/// Days between a request for destruction and what the software does about it: the holder is told of the request, which destroying the key
/// at once would prevent, and may take it back by opening the record again. The law gives three months.
pub const DESTRUCTION_DAYS: i64 = 30;
/// Minutes in which whoever opened a record by mistake takes the opening back. Ours: the slip of a hand is seen while the person is there.
pub const CANCEL_OPENING_MINUTES: i64 = 15;

/// An act that falls due, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatedAct {
    /// Closing: nobody objected to a suspension for six weeks.
    CloseUnopposed,
    /// Destruction: ten years since the closing.
    DestroyArchive,
    /// Destruction: ten years since the death.
    DestroyAfterDeath,
    /// Destruction: the holder asked.
    DestroyAsked,
    /// A destruction that was committed and whose key may still be there: the process ended in between.
    FinishDestruction,
}

impl DatedAct {
    /// Every one.
    pub const ALL: [DatedAct; 5] =
        [DatedAct::CloseUnopposed, DatedAct::DestroyArchive, DatedAct::DestroyAfterDeath, DatedAct::DestroyAsked, DatedAct::FinishDestruction];

    /// The word for it in the leaf.
    pub fn code(self) -> &'static str {
        match self {
            DatedAct::CloseUnopposed => "suspension-unopposed",
            DatedAct::DestroyArchive => "archive-over",
            DatedAct::DestroyAfterDeath => "archive-over-after-death",
            DatedAct::DestroyAsked => "destruction-requested",
            DatedAct::FinishDestruction => "destruction-unfinished",
        }
    }

    /// From the word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// What falls due next for a record in its present state, and when. `None`: nothing does by the date alone.
pub fn next_dated(head: &Head) -> Option<(Moment, DatedAct)> {
    match &head.status {
        RecordStatus::Suspended(Suspension { since, objected_at: None, .. }) => Some((since.plus_days(OBJECTION_DAYS), DatedAct::CloseUnopposed)),
        RecordStatus::Closed(closure) => Some(end_of(closure)),
        RecordStatus::Deceased { since, .. } => Some((since.plus_years(ARCHIVE_YEARS), DatedAct::DestroyAfterDeath)),
        RecordStatus::Destroyed { since } | RecordStatus::Cancelled { since } => Some((*since, DatedAct::FinishDestruction)),
        RecordStatus::Open | RecordStatus::Suspended(_) | RecordStatus::Merged { .. } => None,
    }
}

fn end_of(closure: &Closure) -> (Moment, DatedAct) {
    let over = closure.at.plus_years(ARCHIVE_YEARS);
    let asked = closure.destruction_requested_at.filter(|_| closure.reason != ClosureReason::Death).map(|at| at.plus_days(DESTRUCTION_DAYS));
    asked.filter(|asked| *asked < over).map_or((over, DatedAct::DestroyArchive), |asked| (asked, DatedAct::DestroyAsked))
}

/// What is due now.
pub fn due_dated(head: &Head, now: Moment) -> Option<DatedAct> {
    next_dated(head).filter(|(at, _)| *at <= now).map(|(_, act)| act)
}

/// When a record next has to be looked at: what its clocks tell after a moment, or what is to be done on a date, past or not.
pub fn next_due(record: &Record, told: Moment) -> Option<Moment> {
    next_clock(record, told).into_iter().chain(next_dated(&record.head).map(|(at, _)| at)).min()
}
