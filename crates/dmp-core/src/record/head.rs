//! The head of a record: identity, state, consent, rights. One sealed row.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::life::{Closure, Impossible, RecordStatus, RecordStep};
use super::{
    AccessReport, AppGrant, Authorisation, Contact, CorrectionRequest, Creation, EmergencyChoices, Episode, IdentityProposal, MergedRecord, Notice,
    NoticeSettings, PaperOrder, PastIns, Representative, RepresentativeKind, Scope, Share, Standing,
};
use crate::document::{DocumentEntry, Folder, SubmissionSet};
use crate::identity::{AGE_OF_MAJORITY, IdentityTraits, Ins};
use crate::ids::{EntryId, RecordKey};
use crate::moment::Moment;

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
    /// Until when the person has seen what clocks tell them ([`clock_notices`](super::clock_notices)).
    pub notices_seen_at: Option<Moment>,
    /// How the person wants to be told.
    pub notice_settings: NoticeSettings,
    /// Records of the same person that were put into this one, newest last.
    pub merged: Vec<MergedRecord>,
    /// A change of identity that one person proposed and another has to confirm.
    pub identity_proposal: Option<IdentityProposal>,
    /// Numbers under which the person was known before, newest last.
    pub past_ins: Vec<PastIns>,
    /// Links to a part of the record, oldest first: those that lead somewhere, and the newest of those that ended.
    pub shares: Vec<Share>,
    /// Apps that the person lets read, oldest first, those of the past too.
    pub apps: Vec<AppGrant>,
    /// Requests to correct documents, oldest first.
    pub corrections: Vec<CorrectionRequest>,
    /// Accesses that the person does not recognise and asked about, oldest first.
    pub reports: Vec<AccessReport>,
    /// Copies on paper that were ordered, newest last.
    pub paper_orders: Vec<PaperOrder>,
}

/// A record as loaded: judged whole, in memory.
#[derive(Debug, Clone)]
pub struct Record {
    pub key: RecordKey,
    /// Version of the whole; a commit names the one it judged.
    pub version: u64,
    pub head: Head,
    /// In the order of their ids. Shared: the next version of a large record costs pointers, not copies.
    pub entries: Vec<Arc<DocumentEntry>>,
    pub submissions: Vec<Arc<SubmissionSet>>,
    pub folders: Vec<Folder>,
}

impl Record {
    /// The entry with the given id.
    pub fn entry(&self, id: EntryId) -> Option<&DocumentEntry> {
        self.shared_entry(id).map(AsRef::as_ref)
    }

    /// The same, to be kept without a copy.
    pub fn shared_entry(&self, id: EntryId) -> Option<&Arc<DocumentEntry>> {
        // INVARIANT: entries are in the order of their ids, as the store keeps and gives them.
        let place = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.entries.get(place)
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
        let standing = |wanted: Standing| lines().rfind(|one| one.standing(now) == wanted);
        standing(Standing::InForce).or_else(|| standing(Standing::Invited)).or_else(|| lines().next_back())
    }

    /// Whether a guardian about the person is in force: the person is protected and does not decide alone.
    pub fn is_protected(&self, now: Moment) -> bool {
        let guards = |one: &Representative| one.kind == RepresentativeKind::Guardian && one.scope == Scope::Person;
        self.representatives.iter().any(|one| guards(one) && one.standing(now) == Standing::InForce)
    }

    /// Takes a step of the record's life. One that leaves the open state ends every link and every access of an app for good: opening again brings none back.
    ///
    /// # Errors
    /// [`Impossible`] when the present state does not have it.
    pub fn step(&mut self, step: RecordStep) -> Result<(), Impossible> {
        let links_end_at = step.ends_links_at();
        self.status = self.status.step(step)?;
        if let Some(at) = links_end_at {
            self.shares.iter_mut().for_each(|share| share.stop(at));
            self.apps.iter_mut().for_each(|grant| grant.close(at));
        }
        Ok(())
    }

    /// Whether the person is under 18 at this moment (French civil majority; UTC day).
    pub fn is_minor(&self, now: Moment) -> bool {
        self.traits.is_minor(now)
    }

    /// The first instant of the day on which the person comes of age (UTC); an unknown month or day counts as the last.
    pub fn majority_at(&self) -> Option<Moment> {
        let birth = self.traits.birth_date;
        let (month, day) = (if birth.month == 0 { 12 } else { birth.month }, if birth.day == 0 { 31 } else { birth.day });
        let first = jiff::civil::Date::new(birth.year.checked_add(AGE_OF_MAJORITY)?, i8::try_from(month).ok()?, 1).ok()?;
        let (last, day) = (first.last_of_month(), i8::try_from(day).ok()?);
        // A day that the month does not have (29 February, an unknown day in June): the next one, as the age is counted.
        let date = if day <= last.day() { first.with().day(day).build().ok()? } else { last.tomorrow().ok()? };
        Moment::from_civil_utc(date.to_datetime(jiff::civil::Time::midnight()))
    }
}
