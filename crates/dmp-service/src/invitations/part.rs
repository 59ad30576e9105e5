//! A part of a campaign's list, small enough for a note: whom it names and what became of each.

use dmp_core::Moment;
use dmp_core::identity::Ins;
use serde::{Deserialize, Serialize};

/// People of one part: numbers and states stay far below the bound of a note.
pub(super) const PART_PEOPLE: usize = 1_000;
/// Seconds after which a part is looked at again: for answers, and for records that open by themselves.
pub(super) const LOOK_SECONDS: i64 = 3_600;
/// Seconds for which a part is one worker's.
pub(super) const LEASE_SECONDS: i64 = 300;

/// Why somebody is not written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skipped {
    HasRecord,
    /// They refused before.
    Refused,
    /// They said « not now » less than a year ago.
    NotNow,
    /// The insurer knows nobody under the number.
    Unknown,
    /// The insurer has nothing to reach them by.
    NoAddress,
    /// As many codes as may be were sent to them this week.
    TooMany,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitedState {
    Waiting,
    Skipped(Skipped),
    Sent(Moment),
    /// They have a record now.
    Opened,
    /// Nobody objected in six weeks: it opened by itself.
    OpenedByItself,
    Refused,
    NotNow,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Invited {
    pub ins: Ins,
    pub state: InvitedState,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Part {
    pub looked_at: Option<Moment>,
    pub leased_until: Option<Moment>,
    pub people: Vec<Invited>,
}

impl Part {
    pub fn of(numbers: &[Ins]) -> Part {
        let people = numbers.iter().map(|ins| Invited { ins: ins.clone(), state: InvitedState::Waiting });
        Part { looked_at: None, leased_until: None, people: people.collect() }
    }

    /// From when on there is something to do, or to look for, that nobody does; `None`: never again.
    pub fn due_at(&self) -> Option<Moment> {
        let waits = self.people.iter().any(|one| one.state == InvitedState::Waiting);
        let open = self.people.iter().any(|one| matches!(one.state, InvitedState::Sent(_) | InvitedState::NotNow));
        let at = match (waits, open) {
            (true, _) => Moment::from_micros(0),
            (false, true) => self.looked_at.map_or(Moment::from_micros(0), |at| at.plus_seconds(LOOK_SECONDS)),
            (false, false) => return None,
        };
        Some(self.leased_until.map_or(at, |until| until.max(at)))
    }
}

/// How many people a campaign wrote to, and what they answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub waiting: u64,
    /// Sent and not answered.
    pub sent: u64,
    pub opened: u64,
    pub opened_by_itself: u64,
    pub refused: u64,
    pub not_now: u64,
    /// Not written to, for any reason.
    pub skipped: u64,
}

impl Tally {
    pub(super) fn add(&mut self, part: &Part) {
        for one in &part.people {
            let count = match one.state {
                InvitedState::Waiting => &mut self.waiting,
                InvitedState::Sent(_) => &mut self.sent,
                InvitedState::Opened => &mut self.opened,
                InvitedState::OpenedByItself => &mut self.opened_by_itself,
                InvitedState::Refused => &mut self.refused,
                InvitedState::NotNow => &mut self.not_now,
                InvitedState::Skipped(_) => &mut self.skipped,
            };
            *count += 1;
        }
    }
}
