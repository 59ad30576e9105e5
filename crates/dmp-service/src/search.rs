//! TD3.1: lists what the caller may see. Judged entry by entry, then filtered, then sorted: a hidden
//! document leaves no trace in totals, pages or errors.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use dmp_core::access::{Act, Caller, Facts, Reason};
use dmp_core::audit::{Chain, Leaf};
use dmp_core::document::{DocumentEntry, Folder, SubmissionSet};
use dmp_core::record::Record;
use dmp_core::{EntryId, Moment, RecordKey};

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// The documents that a caller may see and asked for, newest submission first.
#[derive(Debug, Clone)]
pub struct Found {
    pub record: Arc<Record>,
    /// Places in `record.entries`.
    pub places: Vec<usize>,
    /// What the caller sees otherwise than it is kept, by place.
    seen_otherwise: BTreeMap<usize, DocumentEntry>,
}

impl Found {
    /// The entries found, in order.
    pub fn entries(&self) -> impl Iterator<Item = &DocumentEntry> {
        self.places.iter().filter_map(|place| self.seen_otherwise.get(place).or_else(|| self.record.entries.get(*place).map(AsRef::as_ref)))
    }
}

/// The submission sets and folders that a caller may see, each with the documents visible in it.
#[derive(Debug, Clone)]
pub struct FoundSets {
    pub record: Arc<Record>,
    pub sets: Vec<SubmissionSet>,
    pub folders: Vec<Folder>,
}

impl Service {
    /// Lists documents that satisfy `wanted`, a test that only ever sees what the caller may see.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`; [`Error::Forbidden`] when the caller may list nothing at all.
    pub async fn search(&self, person: &PersonRef, caller: &Caller, wanted: impl Fn(&DocumentEntry) -> bool + Send + Sync) -> Result<Found, Error> {
        judged_again_when_stale!(self.search_once(person, caller, &wanted).await)
    }

    async fn search_once(
        &self,
        person: &PersonRef,
        caller: &Caller,
        wanted: &(impl Fn(&DocumentEntry) -> bool + Send + Sync),
    ) -> Result<Found, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let (record, facts) = self.may_list(person, &asked).await?;
        let (mut places, mut seen_otherwise) = (Vec::new(), BTreeMap::new());
        for (place, entry) in record.entries.iter().enumerate().filter(|(_, entry)| self.sees(&asked, &facts, entry)) {
            let seen = self.as_seen(&record, entry, &facts, &asked);
            if !wanted(&seen) {
                continue;
            }
            places.push(place);
            if let Cow::Owned(seen) = seen {
                seen_otherwise.insert(place, seen);
            }
        }
        places.sort_by_key(|place| record.entries.get(*place).map(|entry| std::cmp::Reverse((entry.submitted_at, entry.id))));
        let found = Found { record, places, seen_otherwise };
        let audiences = found.entries().map(|entry| Audience::of(entry, asked.now));
        self.list_leaf(&found.record, &asked, &facts, audiences).await?;
        Ok(found)
    }

    /// Lists submission sets and folders with at least one visible document.
    ///
    /// # Errors
    /// As [`Service::search`].
    pub async fn search_sets(&self, person: &PersonRef, caller: &Caller) -> Result<FoundSets, Error> {
        judged_again_when_stale!(self.search_sets_once(person, caller).await)
    }

    async fn search_sets_once(&self, person: &PersonRef, caller: &Caller) -> Result<FoundSets, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let (record, facts) = self.may_list(person, &asked).await?;
        let (sets, folders) = self.seen_sets(&record, &asked, &facts);
        let audience = |ids: &[EntryId]| {
            ids.iter().filter_map(|id| record.entry(*id)).map(|entry| Audience::of(entry, asked.now)).max().unwrap_or(Audience::Nobody)
        };
        let audiences = sets.iter().map(|set| audience(&set.entries)).chain(folders.iter().map(|folder| audience(&folder.entries)));
        self.list_leaf(&record, &asked, &facts, audiences).await?;
        Ok(FoundSets { record, sets, folders })
    }

    /// The sets and folders of a record with the documents in them that a caller sees; none that they see nothing of.
    pub(crate) fn seen_sets(&self, record: &Record, listing: &Asked<'_>, facts: &Facts) -> (Vec<SubmissionSet>, Vec<Folder>) {
        let visible = |ids: &[EntryId]| -> Vec<EntryId> {
            ids.iter().copied().filter(|id| record.entry(*id).is_some_and(|entry| self.sees(listing, facts, entry))).collect()
        };
        let sets = record.submissions.iter().map(|set| SubmissionSet { entries: visible(&set.entries), ..SubmissionSet::clone(set) });
        let folders = record.folders.iter().map(|folder| Folder { entries: visible(&folder.entries), ..folder.clone() });
        (sets.filter(|set| !set.entries.is_empty()).collect(), folders.filter(|folder| !folder.entries.is_empty()).collect())
    }

    /// How many of these documents every reader of the journal may know of, and how many the person alone.
    pub(crate) fn counted<'e>(entries: impl Iterator<Item = &'e DocumentEntry>, now: Moment) -> (u32, u32) {
        entries.map(|entry| Audience::of(entry, now)).fold((0, 0), |(open, secret): (u32, u32), audience| match audience {
            Audience::Everyone => (open.saturating_add(1), secret),
            Audience::PersonAlone => (open, secret.saturating_add(1)),
            Audience::Nobody => (open, secret),
        })
    }

    pub(crate) async fn may_list(&self, person: &PersonRef, asked: &Asked<'_>) -> Result<(Arc<Record>, Facts), Error> {
        let record = self.record_of(person, asked).await?;
        let facts = self.emergency_facts(&record, asked).await?;
        let decision = self.ask(asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, asked, &decision, None).await?);
        }
        Ok((record, facts))
    }

    fn sees(&self, asked: &Asked<'_>, facts: &Facts, entry: &DocumentEntry) -> bool {
        self.ask(asked, &facts.about(entry, asked.caller)).is_permitted()
    }

    /// An entry as a caller sees it: what it replaced is left out when they may not know of that.
    pub(crate) fn as_seen<'e>(&self, record: &Record, entry: &'e DocumentEntry, facts: &Facts, asked: &Asked<'_>) -> Cow<'e, DocumentEntry> {
        match entry.replaces {
            Some(old) if record.entry(old).is_none_or(|old| self.knows_of(old, facts, asked).is_err()) => {
                Cow::Owned(DocumentEntry { replaces: None, ..entry.clone() })
            }
            Some(_) | None => Cow::Borrowed(entry),
        }
    }

    /// One leaf in the main chain counts what every reader of the journal may know of; another in the secret chain counts a
    /// minor's secret care besides. What waits for its announcement is in no count.
    async fn list_leaf(&self, record: &Record, asked: &Asked<'_>, facts: &Facts, found: impl Iterator<Item = Audience>) -> Result<(), Error> {
        self.leaves_of_list(record, asked, facts, found, None).await
    }

    /// The same for documents that were read to make something of them, which the leaf names.
    pub(crate) async fn made_leaf<'e>(
        &self,
        record: &Record,
        asked: &Asked<'_>,
        facts: &Facts,
        read: impl Iterator<Item = &'e DocumentEntry>,
        made: &'static str,
    ) -> Result<(), Error> {
        let audiences = read.map(|entry| Audience::of(entry, asked.now));
        self.leaves_of_list(record, asked, facts, audiences, Some(made)).await
    }

    async fn leaves_of_list(
        &self,
        record: &Record,
        asked: &Asked<'_>,
        facts: &Facts,
        found: impl Iterator<Item = Audience>,
        made: Option<&'static str>,
    ) -> Result<(), Error> {
        let decision = self.ask(asked, facts);
        let (mut open, mut secret) = (0_u32, 0_u32);
        for audience in found {
            match audience {
                Audience::Everyone => open = open.saturating_add(1),
                Audience::PersonAlone => secret = secret.saturating_add(1),
                Audience::Nobody => {}
            }
        }
        let leaf = |chain, count| Leaf { count: Some(count), chain, about: made.map(str::to_owned), ..self.leaf(asked, &decision, None) };
        let leaves = if asked.caller.secret_connection {
            vec![leaf(Chain::Secret, open.saturating_add(secret))]
        } else if secret > 0 {
            vec![leaf(Chain::Main, open), leaf(Chain::Secret, secret)]
        } else {
            vec![leaf(Chain::Main, open)]
        };
        let (expected, changes) = self.emergency_begins(record, asked, None).await?;
        self.store.commit(record.key, expected, changes, leaves).await?;
        Ok(())
    }
}

/// Which readers of the journal may know that a document was in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Audience {
    /// It waits for its announcement.
    Nobody,
    /// A minor's secret care.
    PersonAlone,
    Everyone,
}

impl Audience {
    fn of(entry: &DocumentEntry, now: Moment) -> Self {
        let visibility = entry.visibility;
        if visibility.invisible_to_patient && entry.announced_at.is_none() && now < entry.submitted_at.plus_one_month() {
            Audience::Nobody
        } else if visibility.invisible_to_representatives {
            Audience::PersonAlone
        } else {
            Audience::Everyone
        }
    }
}

impl Service {
    /// TD3.1b: the entry with a producer's identifier in a known person's record. Only a caller who may see it, or
    /// its author, learns that it exists.
    ///
    /// # Errors
    /// [`Error::NotFound`] `document-not-found`, with a leaf, whatever there is not: document or record.
    pub async fn find_own_entry(&self, person: &PersonRef, unique_id: &str, caller: &Caller) -> Result<(RecordKey, EntryId), Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await.map_err(untold)?;
        let entry =
            record.entry_by_unique_id(unique_id).or_else(|| record.entries.iter().map(AsRef::as_ref).find(|entry| entry.entry_uuid() == unique_id));
        let Some(entry) = entry else {
            return Err(untold(self.refuse_absent(&record, &asked).await?));
        };
        self.sees_entry(record.key, entry.id, caller).await?;
        Ok((record.key, entry.id))
    }

    /// The entry with a producer's identifier, wherever it is. The act that follows judges it.
    ///
    /// # Errors
    /// [`Error::NotFound`] `document-not-found`, with a leaf in the chain of the account: what is hidden leaves one too, and takes its time.
    pub async fn locate_entry(&self, unique_id: &str, caller: &Caller) -> Result<(RecordKey, EntryId), Error> {
        let record = match self.store.locate(unique_id).await? {
            Some(key) => self.load(key).await?,
            None => None,
        };
        if let Some(found) = record.and_then(|record| record.entry_by_unique_id(unique_id).map(|entry| (record.key, entry.id))) {
            return Ok(found);
        }
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        self.judge_nobodys_document(&asked);
        Err(untold(self.refuse_without_record(&asked, Reason::NoRulePermits).await?))
    }

    /// Whether a caller may know that an entry exists: it shows in their list, or they wrote it.
    ///
    /// # Errors
    /// [`Error::NotFound`] `document-not-found` otherwise, with a leaf.
    pub async fn sees_entry(&self, key: RecordKey, id: EntryId, caller: &Caller) -> Result<(), Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let record = self.record_of_document(key, &asked).await.map_err(untold)?;
        let Some(entry) = record.entry(id) else {
            return Err(untold(self.refuse_absent(&record, &asked).await?));
        };
        let facts = self.emergency_facts(&record, &asked).await?;
        match self.knows_of(entry, &facts, &asked) {
            Ok(()) => Ok(()),
            Err(decision) => Err(untold(self.refuse(&record, &asked, &decision, Some((entry, &facts))).await?)),
        }
    }
}

/// Why a document is not shown, told as that there is none.
fn untold(error: Error) -> Error {
    match error {
        Error::Forbidden(_) | Error::NotFound(_) => Error::NotFound("document-not-found"),
        other => other,
    }
}
