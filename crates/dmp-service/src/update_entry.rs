//! TD3.3a to d: visibility and status of one document. Each is judged as its own act.

use std::borrow::Cow;

use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::document::{AvailabilityStatus, DocumentEntry};
use dmp_core::record::{Head, NoticeKind, Record};
use dmp_core::{EntryId, Issue, Moment, RecordKey};
use dmp_store::{Change, Expected};

use crate::head_act::tell;
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, Service};

/// One change of a document's visibility or status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryUpdate {
    Mask,
    Unmask,
    ShowToPatient,
    ShowToRepresentatives,
    Archive,
    Unarchive,
    /// Its author says that another document takes its place (FHIR `superseded`, without the new one in the same request).
    Supersede,
    Delete,
}

impl EntryUpdate {
    /// The act that the law judges.
    pub fn act(self) -> Act {
        match self {
            EntryUpdate::Mask => Act::Mask,
            EntryUpdate::Unmask => Act::Unmask,
            EntryUpdate::ShowToPatient => Act::ShowToPatient,
            EntryUpdate::ShowToRepresentatives => Act::ShowToRepresentatives,
            EntryUpdate::Archive => Act::Archive,
            EntryUpdate::Unarchive => Act::Unarchive,
            EntryUpdate::Supersede => Act::Replace,
            EntryUpdate::Delete => Act::Delete,
        }
    }
}

impl Service {
    /// Applies changes to one entry, all or none, in one commit with one leaf each.
    /// `if_version` refuses when the metadata changed meanwhile (FHIR `If-Match`, XDS entryUUID).
    ///
    /// # Errors
    /// [`Error::NotFound`] for what does not exist or is hidden; [`Error::Conflict`] `version-stale` or
    /// `transition-impossible`; [`Error::Invalid`] for a combination that the platform refuses.
    pub async fn update_entry(
        &self,
        key: RecordKey,
        id: EntryId,
        updates: &[EntryUpdate],
        if_version: Option<u32>,
        caller: &Caller,
    ) -> Result<DocumentEntry, Error> {
        judged_again_when_stale!(self.update_entry_once(key, id, updates, if_version, caller).await)
    }

    async fn update_entry_once(
        &self,
        key: RecordKey,
        id: EntryId,
        updates: &[EntryUpdate],
        if_version: Option<u32>,
        caller: &Caller,
    ) -> Result<DocumentEntry, Error> {
        let now = self.clock.now();
        let asked = Asked { act: updates.first().map_or(Act::List, |update| update.act()), caller, now };
        let record = self.record_of_document(key, &asked).await?;
        let Some(entry) = record.entry(id) else {
            return Err(self.refuse_absent(&record, &asked).await?);
        };
        let facts = self.emergency_facts(&record, &asked).await?;
        let mut next = Cow::Borrowed(entry);
        let mut leaves = Vec::new();
        for update in updates {
            let asked = Asked { act: update.act(), caller, now };
            let decision = self.ask(&asked, &facts.about(&next, caller));
            if !decision.is_permitted() {
                return Err(self.refuse(&record, &asked, &decision, Some((entry, &facts))).await?);
            }
            apply(next.to_mut(), *update, now, self.config.masked_and_invisible)?;
            leaves.push(self.leaf(&asked, &decision, Some(entry)));
        }
        if if_version.is_some_and(|version| version != entry.version) {
            return Err(Error::Conflict("version-stale"));
        }
        let asked = Asked { act: Act::List, caller, now };
        if leaves.is_empty() {
            // Nothing to change: the answer still shows the metadata, and so leaves its leaf.
            let decision = self.ask(&asked, &facts.about(entry, caller));
            self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![self.leaf(&asked, &decision, Some(entry))]).await?;
            return Ok(self.as_seen(&record, &next, &facts, &asked).into_owned());
        }
        let mut next = next.into_owned();
        next.version += 1;
        next.updated_at = now;
        let mut changes = vec![Change::PutEntry(Box::new(next.clone()))];
        if next.visibility.masked != entry.visibility.masked {
            changes.extend(older_versions(&record, entry).map(|older| masked_with(older, next.visibility.masked, now)));
        }
        changes.extend(told(&record, entry, updates, &asked).map(|head| Change::PutHead(Box::new(head))));
        self.store.commit(record.key, Expected::Version(record.version), changes, leaves).await?;
        Ok(self.as_seen(&record, &next, &facts, &asked).into_owned())
    }
}

/// The head with the notice of a change that somebody else made; `None` for the person's own, and for what somebody may not know of.
fn told(record: &Record, entry: &DocumentEntry, updates: &[EntryUpdate], asked: &Asked<'_>) -> Option<Head> {
    let hidden = entry.visibility.invisible_to_patient || entry.visibility.invisible_to_representatives;
    let own = matches!(asked.caller.kind, CallerKind::Patient | CallerKind::Representative);
    if own || hidden {
        return None;
    }
    let deleted = updates.contains(&EntryUpdate::Delete);
    let mut head = record.head.clone();
    tell(&mut head, if deleted { NoticeKind::DocumentDeleted } else { NoticeKind::DocumentChanged }, asked.caller, asked.now);
    Some(head)
}

/// The versions that a document replaced, newest first. An entry replaces an earlier one, so the way back ends.
fn older_versions<'r>(record: &'r Record, entry: &DocumentEntry) -> impl Iterator<Item = &'r DocumentEntry> {
    let older = |entry: &DocumentEntry| entry.replaces.and_then(|id| record.entry(id));
    std::iter::successors(older(entry), move |entry| older(entry)).take(record.entries.len())
}

/// Hiding a document hides the versions before it; showing it shows them again.
fn masked_with(older: &DocumentEntry, masked: bool, now: Moment) -> Change {
    let mut next = older.clone();
    next.visibility.masked = masked;
    next.version += 1;
    next.updated_at = now;
    Change::PutEntry(Box::new(next))
}

fn apply(entry: &mut DocumentEntry, update: EntryUpdate, now: Moment, masked_and_invisible: bool) -> Result<(), Error> {
    use AvailabilityStatus as Status;
    match update {
        EntryUpdate::Mask if entry.visibility.invisible_to_patient && !masked_and_invisible => {
            return Err(Error::invalid(Issue::error("confidentiality-combination").at("DocumentReference.securityLabel")));
        }
        EntryUpdate::Mask => entry.visibility.masked = true,
        EntryUpdate::Unmask => entry.visibility.masked = false,
        EntryUpdate::ShowToPatient => {
            entry.visibility.invisible_to_patient = false;
            entry.announced_at = Some(now);
        }
        EntryUpdate::ShowToRepresentatives => entry.visibility.invisible_to_representatives = false,
        EntryUpdate::Archive | EntryUpdate::Unarchive | EntryUpdate::Supersede | EntryUpdate::Delete => {
            entry.status = match (entry.status, update) {
                (Status::Approved(state), EntryUpdate::Archive) => state.archive(),
                (Status::Archived(state), EntryUpdate::Unarchive) => state.unarchive(),
                (Status::Approved(state), EntryUpdate::Supersede) => state.replace(),
                (Status::Approved(state), EntryUpdate::Delete) => state.delete(),
                (Status::Archived(state), EntryUpdate::Delete) => state.delete(),
                (Status::Deprecated(state), EntryUpdate::Delete) => state.delete(),
                (
                    Status::Approved(_) | Status::Archived(_) | Status::Deprecated(_) | Status::Deleted(_),
                    EntryUpdate::Archive
                    | EntryUpdate::Unarchive
                    | EntryUpdate::Supersede
                    | EntryUpdate::Delete
                    | EntryUpdate::Mask
                    | EntryUpdate::Unmask
                    | EntryUpdate::ShowToPatient
                    | EntryUpdate::ShowToRepresentatives,
                ) => return Err(Error::Conflict("transition-impossible")),
            };
        }
    }
    Ok(())
}
