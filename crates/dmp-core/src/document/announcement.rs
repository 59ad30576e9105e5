//! The clock of the *consultation d'annonce* (CSP R.1111-53), as a function of the moment.

use super::DocumentEntry;
use crate::moment::Moment;

/// What a document that waits for its announcement is to the person at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veil {
    /// Hidden, and nobody has told the person anything.
    Waiting,
    /// Hidden; the person was told after two weeks that the record was updated.
    Reminded,
    /// Announced, or a month old.
    Lifted,
}

/// When a document was deposited under the veil, and when it was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announcement {
    pub deposited_at: Moment,
    pub announced_at: Option<Moment>,
}

impl Announcement {
    /// The clock of an entry.
    pub fn of(entry: &DocumentEntry) -> Self {
        Announcement { deposited_at: entry.submitted_at, announced_at: entry.announced_at }
    }

    /// When the person is told, if nobody announced it before.
    pub fn reminder_at(self) -> Moment {
        self.deposited_at.plus_days(REMINDER_DAYS)
    }

    /// When it shows by itself.
    pub fn shown_at(self) -> Moment {
        self.deposited_at.plus_one_month()
    }

    /// What the document is to the person at a moment.
    pub fn veil(self, now: Moment) -> Veil {
        match () {
            () if self.announced_at.is_some() || self.shown_at() <= now => Veil::Lifted,
            () if self.reminder_at() <= now => Veil::Reminded,
            () => Veil::Waiting,
        }
    }
}

/// Two weeks.
const REMINDER_DAYS: i64 = 14;
