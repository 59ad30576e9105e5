//! What a record remembers of changes of identity: past numbers, records put into it, proposals.

use serde::{Deserialize, Serialize};

use crate::identity::{IdentityTraits, Ins};
use crate::ids::{EntryId, RecordKey};
use crate::moment::Moment;

/// A number under which the person was known before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastIns {
    pub ins: Ins,
    pub until: Moment,
    /// Whether it still leads here (a waiting number that became a definitive one), or was somebody else's or nobody's.
    pub leads_here: bool,
}

/// A second record of the same person, put into this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedRecord {
    pub record: RecordKey,
    pub ins: Ins,
    pub at: Moment,
    /// The entries, lots and folders that came from it: what leaves again when the two are taken apart.
    pub entries: Vec<EntryId>,
    pub submissions: Vec<EntryId>,
    pub folders: Vec<EntryId>,
}

/// What two persons decide together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum IdentityChange {
    CorrectIns {
        ins: Ins,
        /// The traits that go with the number, when they change too.
        traits: Option<IdentityTraits>,
        /// Whether the old number still leads here.
        keep_old: bool,
    },
    Merge(RecordKey),
    Unmerge(RecordKey),
}

/// Said by the first of two persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityProposal {
    pub change: IdentityChange,
    pub by: String,
    pub name: String,
    pub at: Moment,
}

/// Days in which the second person confirms; past them the first one proposes again.
pub const PROPOSAL_DAYS: i64 = 7;

impl IdentityProposal {
    /// Whether another account than the proposer's confirms this very change in time.
    pub fn is_seconded_by(&self, account: &str, change: &IdentityChange, now: Moment) -> bool {
        self.by != account && self.change == *change && self.at <= now && now < self.at.plus_days(PROPOSAL_DAYS)
    }
}
