//! The summary of a record: made of what this caller may read, each document judged first, then merged. A document that they may not read gives
//! no fact, so that what is seen is the same as if it were not there.

use std::collections::HashSet;
use std::sync::Arc;

use dmp_core::access::{Act, Caller, Facts};
use dmp_core::audit::{Chain, Outcome, made};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{Effect, Record};
use dmp_core::summary::{Bounds, Input, Party, Seen, Summary, SummaryPerson, build_within};
use dmp_core::{EntryId, Moment};

use dmp_store::Extracts;
use quick_cache::sync::Cache;

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// A summary, and the record that it is of.
#[derive(Debug, Clone)]
pub struct Summarized {
    pub record: Arc<Record>,
    pub summary: Arc<Summary>,
}

impl Service {
    /// Makes the summary of a record for a caller, now.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`; [`Error::Forbidden`] when the caller may list nothing at all.
    pub async fn summarize(&self, person: &PersonRef, caller: &Caller) -> Result<Summarized, Error> {
        self.summarize_within(person, caller, Bounds::SHOWN).await
    }

    /// The same with other bounds than those of a page.
    ///
    /// # Errors
    /// As [`Service::summarize`].
    pub async fn summarize_within(&self, person: &PersonRef, caller: &Caller, bounds: Bounds) -> Result<Summarized, Error> {
        judged_again_when_stale!(self.summarize_once(person, caller, bounds, |_, _| true).await)
    }

    /// The same of what the person has not hidden: what goes on paper is shown to others. Of a record that is hidden as a whole, nothing.
    ///
    /// # Errors
    /// As [`Service::summarize`].
    pub async fn summarize_unhidden(&self, person: &PersonRef, caller: &Caller) -> Result<Summarized, Error> {
        let open = |entry: &DocumentEntry, _: Moment| !entry.visibility.masked;
        let made = judged_again_when_stale!(self.summarize_once(person, caller, Bounds::SHOWN, open).await)?;
        if !made.record.head.all_masked {
            return Ok(made);
        }
        judged_again_when_stale!(self.summarize_once(person, caller, Bounds::SHOWN, |_, _| false).await)
    }

    /// Documents that this caller may read and that the person has hidden from professionals.
    pub fn hidden_documents(&self, record: &Record, caller: &Caller) -> usize {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let facts = self.facts(record, &asked);
        let all = self.readable_documents(record, &facts, &asked);
        all.filter(|entry| entry.status.is_latest() && (record.head.all_masked || entry.visibility.masked)).count()
    }

    /// The same of the documents that `chosen` takes, out of those that the caller may read.
    pub(crate) async fn summarize_once(
        &self,
        person: &PersonRef,
        caller: &Caller,
        bounds: Bounds,
        chosen: impl Fn(&DocumentEntry, Moment) -> bool + Send + Sync,
    ) -> Result<Summarized, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let (record, facts) = self.may_list(person, &asked).await?;
        // What was superseded says nothing any more: what took its place does.
        let counts = |entry: &&DocumentEntry| entry.status.is_latest() && chosen(entry, asked.now);
        let readable: Vec<&DocumentEntry> = self.readable_documents(&record, &facts, &asked).filter(counts).collect();
        let last_visit = self.last_visit(&record, &asked).await?;
        let summary = self.summary_of(&record, &readable, last_visit, bounds, asked.now).await?;
        self.made_leaf(&record, &asked, &facts, readable.iter().copied(), made::SUMMARY).await?;
        drop(readable);
        Ok(Summarized { record, summary })
    }

    /// The summary of documents that were judged, one by one, for their reader.
    pub(crate) async fn summary_of(
        &self,
        record: &Arc<Record>,
        readable: &[&DocumentEntry],
        last_visit: Option<Moment>,
        bounds: Bounds,
        now: Moment,
    ) -> Result<Arc<Summary>, Error> {
        let extracts = self.store.extracts(record.key).await?;
        let making = Making { record, extracts: &extracts, person: person_of(record, now), last_visit, bounds, now };
        self.made(making, readable).await
    }

    /// The summary of these documents: the one that was made of the very same a moment ago, or a new one.
    async fn made(&self, making: Making<'_>, readable: &[&DocumentEntry]) -> Result<Arc<Summary>, Error> {
        let key = making.key(readable);
        if let Some(kept) = self.summaries.get(&key) {
            return Ok(kept);
        }
        let Making { record, extracts, person, last_visit, bounds, now } = making;
        let (record, extracts) = (Arc::clone(record), Arc::clone(extracts));
        let ids: HashSet<EntryId> = readable.iter().map(|entry| entry.id).collect();
        // A large record takes some milliseconds: those who wait for other things go on meanwhile.
        let made = tokio::task::spawn_blocking(move || {
            let entries = record.entries.iter().map(AsRef::as_ref).filter(|entry| ids.contains(&entry.id));
            let seen: Vec<Seen<'_>> = entries.map(|entry| Seen { entry, extract: extracts.of(entry.id) }).collect();
            build_within(&Input { now, person, last_visit, seen: &seen }, bounds)
        });
        let summary = Arc::new(made.await.map_err(|error| Error::Fault(error.to_string()))?);
        self.summaries.insert(key, Arc::clone(&summary));
        Ok(summary)
    }

    /// The documents that a caller may see in a list and read.
    pub(crate) fn readable_documents<'r>(&self, record: &'r Record, facts: &Facts, asked: &Asked<'_>) -> impl Iterator<Item = &'r DocumentEntry> {
        let reading = Asked { act: Act::Consult, ..*asked };
        record.entries.iter().map(AsRef::as_ref).filter(move |entry| {
            let about = facts.about(entry, asked.caller);
            self.ask(asked, &about).is_permitted() && self.ask(&reading, &about).is_permitted()
        })
    }

    /// When this account last read in the record before the visit that is under way: a visit ends when nothing was read for some hours.
    async fn last_visit(&self, record: &Record, asked: &Asked<'_>) -> Result<Option<Moment>, Error> {
        let chain = if asked.caller.secret_connection { Chain::Secret } else { Chain::Main };
        let leaves = self.store.leaves_of(record.key, chain, &asked.caller.account, LEAVES_LOOKED_AT).await?;
        // What an app read is no visit of the person's.
        let same_hand =
            |leaf: &dmp_core::audit::Leaf| leaf.caller.app.as_ref().map(|app| app.grant) == asked.caller.app.as_ref().map(|app| app.grant);
        let read = leaves.iter().map(|kept| &kept.leaf).filter(|leaf| leaf.act.is_reading() && leaf.outcome == Outcome::Done && same_hand(leaf));
        let mut later = asked.now;
        for leaf in read {
            if later.as_seconds().saturating_sub(leaf.at.as_seconds()) > VISIT_GAP_SECONDS {
                return Ok(Some(leaf.at));
            }
            later = leaf.at;
        }
        Ok(None)
    }
}

/// What a summary is made with, besides the documents.
struct Making<'a> {
    record: &'a Arc<Record>,
    extracts: &'a Arc<Extracts>,
    person: SummaryPerson,
    last_visit: Option<Moment>,
    bounds: Bounds,
    now: Moment,
}

impl Making<'_> {
    /// Everything that the summary depends on, as a digest.
    ///
    /// SECURITY: of the documents that the caller may read alone. What is added or changed among the others makes no new summary, and so no
    /// answer that takes longer.
    fn key(&self, readable: &[&DocumentEntry]) -> SummaryKey {
        let mut digest = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
        digest.update(&self.record.key.0);
        let Bounds { lines, sources, series, points } = self.bounds;
        let visit = self.last_visit.map(Moment::as_micros);
        digest.update(format!("{:?} {visit:?} {lines} {sources} {series} {points} {}", self.person, self.now.as_seconds() / KEPT_SECONDS).as_bytes());
        for entry in readable {
            let extract = self.extracts.of(entry.id).map(|extract| extract.extractor);
            digest.update(&entry.id.0);
            digest.update(&entry.version.to_be_bytes());
            digest.update(&extract.map_or([0xff; 4], u32::to_be_bytes));
        }
        let mut key = [0; 32];
        key.iter_mut().zip(digest.finish().as_ref()).for_each(|(to, from)| *to = *from);
        key
    }
}

/// Summaries in memory, each for a quarter of an hour at most.
pub(crate) type SummaryCache = Cache<SummaryKey, Arc<Summary>>;
type SummaryKey = [u8; 32];

/// An empty cache of summaries.
pub(crate) fn summary_cache() -> Arc<SummaryCache> {
    Arc::new(SummaryCache::new(SUMMARIES_KEPT))
}

/// Summaries kept: a large one takes about 300 KB.
const SUMMARIES_KEPT: usize = 64;
const KEPT_SECONDS: i64 = 900;

fn person_of(record: &Record, now: Moment) -> SummaryPerson {
    let head = &record.head;
    let doctor =
        head.authorisations.iter().find(|line| line.medecin_traitant && line.effect == Effect::Permit && line.until.is_none_or(|until| until > now));
    SummaryPerson {
        ins: head.ins.clone(),
        traits: head.traits.clone(),
        medecin_traitant: doctor.map(|line| Party { name: line.name.display(), ..Party::default() }),
    }
}

/// Leaves of one account looked at for its last visit.
const LEAVES_LOOKED_AT: u32 = 200;
/// Without reading for so long, a visit is over.
const VISIT_GAP_SECONDS: i64 = 4 * 3_600;
