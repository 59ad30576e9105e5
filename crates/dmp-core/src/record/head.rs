//! The head of a record: identity, state, consent, rights. One sealed row.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Authorisation, Contact, Creation, EmergencyChoices, Episode, MandateState, Notice, Representative, RepresentativeKind, Scope};
use crate::document::{DocumentEntry, Folder, SubmissionSet};
use crate::identity::{IdentityTraits, Ins};
use crate::ids::{EntryId, RecordKey};
use crate::moment::Moment;

/// Why a record was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureReason {
    /// The person asked.
    Request,
    Death,
    Fraud,
}

/// The act of closing; archived ten years, then destroyed (CSP R.1111-36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    pub at: Moment,
    pub reason: ClosureReason,
    /// Free words of the person who asked.
    pub words: String,
    pub recorded_by: String,
    /// When the person asked that the archive be destroyed before its ten years are over.
    pub destruction_requested_at: Option<Moment>,
}

/// A suspension in the holder's interest (CSP R.1111-36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    pub since: Moment,
    /// Why, in words for the holder.
    pub words: String,
    pub recorded_by: String,
    /// When the holder objected: the record then does not close by itself.
    pub objected_at: Option<Moment>,
}

/// Whether a record can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordStatus {
    Open,
    Closed(Closure),
    /// Access suspended in the holder's interest (fraud, malfunction).
    Suspended(Suspension),
    /// Frozen on death information.
    Deceased {
        since: Moment,
    },
    /// The archive was destroyed; only that there was a record is left.
    Destroyed {
        since: Moment,
    },
    /// The person's record is another one: this was a second record of the same person.
    Merged {
        since: Moment,
        into: RecordKey,
    },
}

/// Everything of a record that is not a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub ins: Ins,
    pub traits: IdentityTraits,
    pub status: RecordStatus,
    pub creation: Creation,
    /// Each reactivation, oldest first.
    pub reactivated_at: Vec<Moment>,
    pub past_closures: Vec<Closure>,
    pub contact: Option<Contact>,
    pub emergency: EmergencyChoices,
    /// Initial informed consent to care teams (Conseil d'État, 15 October 2025, n° 490409).
    pub team_consent_at: Option<Moment>,
    /// Express consent to occupational medicine (law of 2 August 2021).
    pub occupational_consent_at: Option<Moment>,
    /// Whole-record default mask.
    pub all_masked: bool,
    pub authorisations: Vec<Authorisation>,
    pub episodes: Vec<Episode>,
    pub representatives: Vec<Representative>,
    pub notices: Vec<Notice>,
}

/// A record as loaded: judged whole, in memory.
#[derive(Debug, Clone)]
pub struct Record {
    pub key: RecordKey,
    /// Version of the whole; a commit names the one it judged.
    pub version: u64,
    pub head: Head,
    /// Shared: the next version of a large record costs pointers, not copies.
    pub entries: Vec<Arc<DocumentEntry>>,
    pub submissions: Vec<Arc<SubmissionSet>>,
    pub folders: Vec<Folder>,
}

impl Record {
    /// The entry with the given id.
    pub fn entry(&self, id: EntryId) -> Option<&DocumentEntry> {
        self.entries.iter().find(|entry| entry.id == id).map(AsRef::as_ref)
    }

    /// The entry with the given producer's identifier.
    pub fn entry_by_unique_id(&self, unique_id: &str) -> Option<&DocumentEntry> {
        self.entries.iter().find(|entry| entry.unique_id == unique_id).map(AsRef::as_ref)
    }
}

impl Head {
    /// The person's line for a professional, when there is one.
    pub fn authorisation(&self, account: &str) -> Option<&Authorisation> {
        self.authorisations.iter().find(|line| line.account == account)
    }

    /// The line under which someone acts for the person, or did, or is invited to: one that counts now before any other.
    pub fn representative(&self, account: &str, kinds: &[RepresentativeKind], now: Moment) -> Option<&Representative> {
        let lines = || self.representatives.iter().filter(|one| one.account == account && kinds.contains(&one.kind));
        let dated = |one: &&Representative| one.from <= now && one.until.is_none_or(|end| now < end);
        let accepted = |one: &&Representative| one.state == MandateState::Accepted;
        let pending = |one: &&Representative| one.state == MandateState::Pending;
        lines().filter(accepted).find(dated).or_else(|| lines().filter(pending).next_back()).or_else(|| lines().next_back())
    }

    /// Whether a guardian about the person is in force: the person is protected and does not decide alone.
    pub fn is_protected(&self, now: Moment) -> bool {
        self.representatives.iter().any(|one| {
            one.kind == RepresentativeKind::Guardian
                && one.scope == Scope::Person
                && one.state == MandateState::Accepted
                && one.from <= now
                && one.until.is_none_or(|end| now < end)
        })
    }

    /// Whether the person is under 18 at this moment (French civil majority; UTC day).
    pub fn is_minor(&self, now: Moment) -> bool {
        let today = now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
        self.traits.birth_date.age_on(today) < AGE_OF_MAJORITY
    }
}

/// Civil majority (platform parameter `ageMajorite`).
const AGE_OF_MAJORITY: i16 = 18;
