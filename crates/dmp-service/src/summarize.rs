//! The summary of a record: made of what this caller may read, each document judged first, then merged. A document that they may not read gives
//! no fact, so that what is seen is the same as if it were not there.

use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::access::{Act, Caller, Facts};
use dmp_core::audit::{Chain, Outcome, made};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{Effect, Record};
use dmp_core::summary::{Bounds, Input, Party, Seen, Summary, SummaryPerson, build_within};

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// A summary, and the record that it is of.
#[derive(Debug, Clone)]
pub struct Summarized {
    pub record: Arc<Record>,
    pub summary: Summary,
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
        let extracts = self.store.extracts(record.key).await?;
        let seen: Vec<Seen<'_>> = readable.iter().map(|entry| Seen { entry, extract: extracts.of(entry.id) }).collect();
        let last_visit = self.last_visit(&record, &asked).await?;
        let summary = build_within(&Input { now: asked.now, person: person_of(&record, asked.now), last_visit, seen: &seen }, bounds);
        self.made_leaf(&record, &asked, &facts, readable.iter().copied(), made::SUMMARY).await?;
        drop((seen, readable));
        Ok(Summarized { record, summary })
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
        let read = leaves.iter().map(|kept| &kept.leaf).filter(|leaf| leaf.act.is_reading() && leaf.outcome == Outcome::Done);
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
