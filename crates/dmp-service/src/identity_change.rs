//! Changes of identity: the right INS, two records of one person. Two named persons decide, both records' journals tell it.

use std::sync::Arc;

use dmp_core::RecordKey;
use dmp_core::access::{Act, Caller, Decision, Facts, RecordState};
use dmp_core::audit::Leaf;
use dmp_core::document::DocumentEntry;
use dmp_core::identity::{IdentityTraits, Ins};
use dmp_core::record::{Head, IdentityChange, IdentityProposal, MergedRecord, NoticeKind, PastIns, Record, RecordStatus, RecordStep};
use dmp_store::{Change, Claim, Expected};

use crate::head_act::{About, tell};
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// What is asked for a record.
#[derive(Debug, Clone)]
pub enum IdentityWish {
    CorrectIns {
        ins: Ins,
        traits: Option<IdentityTraits>,
        /// The old number still leads here: a waiting number that became a definitive one.
        keep_old: bool,
    },
    /// Puts the other record into this one.
    Merge(PersonRef),
    /// Takes it out again.
    Unmerge(PersonRef),
}

/// How far a change of identity has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityOutcome {
    /// The first person said it; a second one has to.
    Proposed,
    Done,
}

impl Service {
    /// Asks for a change of identity. The first of two persons proposes; when another one asks for exactly the same in time,
    /// it is done. What an attempt left half-done is finished by asking again.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`; [`Error::Conflict`] `ins-taken`, `same-record`, `record-not-merged`; refusals of the law.
    pub async fn change_identity(&self, person: &PersonRef, wish: &IdentityWish, caller: &Caller) -> Result<IdentityOutcome, Error> {
        judged_again_when_stale!(self.change_identity_once(person, wish, caller).await)
    }

    async fn change_identity_once(&self, person: &PersonRef, wish: &IdentityWish, caller: &Caller) -> Result<IdentityOutcome, Error> {
        let now = self.clock.now();
        let act = match wish {
            IdentityWish::CorrectIns { .. } => Act::CorrectIns,
            IdentityWish::Merge(_) => Act::MergeRecords,
            IdentityWish::Unmerge(_) => Act::UnmergeRecords,
        };
        let asked = Asked { act, caller, now };
        let record = self.record_of(person, &asked).await?;
        // SECURITY: who may not even propose learns nothing of the other record.
        let proposing = Asked { act: Act::ProposeIdentityChange, ..asked };
        let decision = self.ask(&proposing, &self.facts(&record, &proposing));
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &proposing, &decision, None).await?);
        }
        let (change, other) = self.understand(&record, wish).await?;
        let proposal = record.head.identity_proposal.as_ref();
        let seconded = proposal.is_some_and(|proposal| proposal.is_seconded_by(&caller.account, &change, now)) || half_done(&record, &change, &other);
        if !seconded {
            self.propose(&record, &change, caller).await?;
            return Ok(IdentityOutcome::Proposed);
        }
        let mut facts: Facts = self.facts(&record, &asked);
        facts.relation.seconded = seconded;
        facts.other = Some(state_of(&change, &other));
        let decision = self.ask(&asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        match (change, other) {
            (IdentityChange::CorrectIns { ins, traits, keep_old }, _) => self.correct(&record, (ins, traits, keep_old), &asked, &decision).await?,
            (IdentityChange::Merge(_), Some(second)) => self.merge(&record, &second, &asked, &decision).await?,
            (IdentityChange::Unmerge(_), Some(second)) => self.unmerge(&record, &second, &asked, &decision).await?,
            (IdentityChange::Merge(_) | IdentityChange::Unmerge(_), None) => return Err(Error::NotFound("record-not-found")),
        }
        Ok(IdentityOutcome::Done)
    }

    /// The change as it is kept and compared, and the other record when there is one.
    async fn understand(&self, record: &Record, wish: &IdentityWish) -> Result<(IdentityChange, Option<Arc<Record>>), Error> {
        match wish {
            IdentityWish::CorrectIns { ins, traits, keep_old } => {
                if let Some(code) = ins.refused_in(self.config.mode) {
                    return Err(Error::invalid(dmp_core::Issue::error(code).at("ins")));
                }
                let led = self.store.identify(ins).await?.map(|(key, _)| key).filter(|key| *key != record.key);
                let other = match led {
                    Some(key) => Some(self.store.load(key).await?.ok_or(Error::Conflict("ins-taken"))?),
                    None => None,
                };
                Ok((IdentityChange::CorrectIns { ins: ins.clone(), traits: traits.clone(), keep_old: *keep_old }, other))
            }
            IdentityWish::Merge(person) => {
                let second = self.raw_record(person).await?.ok_or(Error::NotFound("record-not-found"))?;
                if second.key == record.key { Err(Error::Conflict("same-record")) } else { Ok((IdentityChange::Merge(second.key), Some(second))) }
            }
            IdentityWish::Unmerge(person) => {
                let second = self.raw_record(person).await?.ok_or(Error::NotFound("record-not-found"))?;
                if took_in(record, second.key) {
                    Ok((IdentityChange::Unmerge(second.key), Some(second)))
                } else {
                    Err(Error::Conflict("record-not-merged"))
                }
            }
        }
    }

    /// A record as it lies, merged or not.
    async fn raw_record(&self, person: &PersonRef) -> Result<Option<Arc<Record>>, Error> {
        let key = match person {
            PersonRef::Record(key) => Some(*key),
            PersonRef::Ins(ins) => self.store.identify(ins).await?.map(|(key, _)| key),
        };
        match key {
            Some(key) => Ok(self.store.load(key).await?),
            None => Ok(None),
        }
    }

    async fn propose(&self, record: &Record, change: &IdentityChange, caller: &Caller) -> Result<(), Error> {
        let person = PersonRef::Record(record.key);
        let proposed = self.change_head(Act::ProposeIdentityChange, &person, caller, About::default(), |head, now| {
            let (by, name) = (caller.account.clone(), caller.shown_name());
            head.identity_proposal = Some(IdentityProposal { change: change.clone(), by, name, at: now });
            Ok(())
        });
        proposed.await.map(drop)
    }

    /// The new number leads here before the head says so; the old one is released last: at no moment is there none.
    async fn correct(
        &self,
        record: &Record,
        (ins, traits, keep_old): (Ins, Option<IdentityTraits>, bool),
        asked: &Asked<'_>,
        decision: &Decision,
    ) -> Result<(), Error> {
        match self.store.claim(&ins, record.key).await? {
            Claim::Existing(key, _) if key != record.key => return Err(Error::Conflict("ins-taken")),
            Claim::Made | Claim::Existing(..) => self.store.confirm(&ins).await?,
        }
        let mut head = record.head.clone();
        let old = std::mem::replace(&mut head.ins, ins);
        let changed = old != head.ins;
        if changed {
            head.past_ins.push(PastIns { ins: old.clone(), until: asked.now, leads_here: keep_old });
        }
        if let Some(traits) = traits {
            self.tell_traits(&traits, record.key, asked.caller).await?;
            head.traits = traits;
        }
        confirmed(&mut head, asked);
        self.commit_head(record, head, Vec::new(), asked, decision).await?;
        if changed && !keep_old { Ok(self.store.release(&old, record.key).await?) } else { Ok(()) }
    }

    /// The first record takes everything in, then the second one leads to it: in between everything is there twice, and nothing
    /// is lost.
    async fn merge(&self, first: &Record, second: &Record, asked: &Asked<'_>, decision: &Decision) -> Result<(), Error> {
        if !took_in(first, second.key) {
            let entries = second.entries.iter().map(|entry| adopted(entry, second.key));
            let sets = second.submissions.iter().map(|set| Change::PutSubmission(Box::new(set.as_ref().clone())));
            let folders = second.folders.iter().map(|folder| Change::PutFolder(Box::new(folder.clone())));
            let changes = entries.chain(sets).chain(folders).collect();
            let mut head = first.head.clone();
            head.merged.push(MergedRecord {
                record: second.key,
                ins: second.head.ins.clone(),
                at: asked.now,
                entries: second.entries.iter().map(|entry| entry.id).collect(),
                submissions: second.submissions.iter().map(|set| set.id).collect(),
                folders: second.folders.iter().map(|folder| folder.id).collect(),
            });
            head.corrections.extend(second.head.corrections.iter().cloned());
            confirmed(&mut head, asked);
            self.commit_head(first, head, changes, asked, decision).await?;
        }
        let mut head = second.head.clone();
        head.step(RecordStep::Merge { at: asked.now, into: first.key })?;
        self.commit_head(second, head, Vec::new(), asked, decision).await
    }

    /// The second record is again what it was, with what happened to its documents since; then they leave the first.
    async fn unmerge(&self, first: &Record, second: &Record, asked: &Asked<'_>, decision: &Decision) -> Result<(), Error> {
        let merged = first.head.merged.iter().find(|merged| merged.record == second.key).ok_or(Error::Conflict("record-not-merged"))?;
        if matches!(second.head.status, RecordStatus::Merged { .. }) {
            let changed = second.entries.iter().filter_map(|known| {
                let present = first.entry(known.id).filter(|present| present.version != known.version)?;
                let mut back = present.clone();
                back.content.home = known.content.home;
                Some(Change::PutEntry(Box::new(back)))
            });
            let mut head = second.head.clone();
            head.step(RecordStep::Unmerge)?;
            // What was asked and answered about its documents meanwhile goes with them.
            head.corrections = first.head.corrections.iter().filter(|one| merged.entries.contains(&one.document)).cloned().collect();
            self.commit_head(second, head, changed.collect(), asked, decision).await?;
        }
        let leaving = merged.entries.iter().chain(&merged.submissions).chain(&merged.folders).map(|id| Change::Drop(*id)).collect();
        let mut head = first.head.clone();
        head.corrections.retain(|one| !merged.entries.contains(&one.document));
        head.merged.retain(|merged| merged.record != second.key);
        confirmed(&mut head, asked);
        self.commit_head(first, head, leaving, asked, decision).await
    }

    /// The leaf names the first of the two persons besides the caller.
    async fn commit_head(&self, record: &Record, head: Head, mut changes: Vec<Change>, asked: &Asked<'_>, decision: &Decision) -> Result<(), Error> {
        changes.push(Change::PutHead(Box::new(head)));
        let proposer = record.head.identity_proposal.as_ref().map(|proposal| proposal.name.clone());
        let leaf = Leaf { about: proposer, ..self.leaf(asked, decision, None) };
        self.store.commit(record.key, Expected::Version(record.version), changes, vec![leaf]).await?;
        Ok(())
    }
}

/// Whether this record already holds what another one held.
fn took_in(record: &Record, key: RecordKey) -> bool {
    record.head.merged.iter().any(|merged| merged.record == key)
}

/// Whether two persons decided already and the second record does not lead here yet.
fn half_done(record: &Record, change: &IdentityChange, other: &Option<Arc<Record>>) -> bool {
    match (change, other) {
        (IdentityChange::Merge(key), Some(second)) => {
            took_in(record, *key) && matches!(second.head.status, RecordStatus::Open | RecordStatus::Closed(_))
        }
        (IdentityChange::CorrectIns { .. } | IdentityChange::Merge(_) | IdentityChange::Unmerge(_), _) => false,
    }
}

/// The other record's state as the law asks for it. What this record took in counts as merged until it has left.
fn state_of(change: &IdentityChange, other: &Option<Arc<Record>>) -> RecordState {
    let Some(record) = other else { return RecordState::None };
    match record.head.status {
        _ if matches!(change, IdentityChange::Unmerge(_)) => RecordState::Merged,
        RecordStatus::Open => RecordState::Open,
        RecordStatus::Closed(_) => RecordState::Closed,
        RecordStatus::Suspended(_) => RecordState::Suspended,
        RecordStatus::Deceased { .. } => RecordState::Deceased,
        RecordStatus::Destroyed { .. } | RecordStatus::Cancelled { .. } => RecordState::Destroyed,
        RecordStatus::Merged { .. } => RecordState::Merged,
    }
}

/// The proposal has served; the person is told.
fn confirmed(head: &mut Head, asked: &Asked<'_>) {
    head.identity_proposal = None;
    tell(head, NoticeKind::IdentityChanged, asked.caller, asked.now);
}

/// An entry that stays where its identifier and its bytes are.
fn adopted(entry: &DocumentEntry, home: RecordKey) -> Change {
    let mut entry = entry.clone();
    entry.content.home = Some(entry.content.home.unwrap_or(home));
    Change::AdoptEntry(Box::new(entry))
}
