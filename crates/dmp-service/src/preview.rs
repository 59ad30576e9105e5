//! What somebody else would see of a record, for the person who asks: the answers of the law, and nobody's act but the person's.

use std::sync::Arc;

use dmp_core::access::{Act, Caller, Facts, Purpose, Reason};
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_core::summary::{Bounds, Summary};
use dmp_core::{EntryId, Moment};

use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

/// What the law says of one document, were somebody else to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    pub entry: EntryId,
    /// Whether it would show in their list; why not.
    pub listed: Result<(), Reason>,
    /// Whether they could read it; why not.
    pub read: Result<(), Reason>,
}

/// What somebody else would see of a record.
#[derive(Debug, Clone)]
pub struct Previewed {
    pub record: Arc<Record>,
    /// Whether the list of documents would open at all; why not.
    pub opens: Result<(), Reason>,
    /// Of each document that the asker sees, newest first.
    pub entries: Vec<Preview>,
}

impl Service {
    /// Says what `viewer` would see now of the documents that the asker sees. Whoever manages the list of professionals may ask. The leaf is
    /// that of the asker's own reading: nothing is written in the viewer's name.
    ///
    /// # Errors
    /// Refusals of the law, of the asker's list and of their management of the record.
    pub async fn preview(&self, person: &PersonRef, caller: &Caller, viewer: &Caller) -> Result<Previewed, Error> {
        self.administrative(person, caller).await?;
        let found = self.search(person, caller, |_| true).await?;
        // What others see is for whoever lets them in: a professional has no preview of a colleague.
        let asked = Asked { act: Act::Authorise, caller, now: self.clock.now() };
        let decision = self.ask(&asked, &self.facts(&found.record, &asked).concerning(ANY_PROFESSIONAL, None, &found.record.head, caller, asked.now));
        if !decision.is_permitted() {
            return Err(self.refuse(&found.record, &asked, &decision, None).await?);
        }
        let (record, now) = (Arc::clone(&found.record), self.clock.now());
        let facts = self.facts_of_viewer(&record, viewer, now).await?;
        let entries = found.entries().map(|entry| self.preview_of(entry, &facts, viewer, now)).collect();
        let opens = self.ask(&Asked { act: Act::List, caller: viewer, now }, &facts).reason().map_or(Ok(()), Err);
        Ok(Previewed { opens, entries, record })
    }

    /// The summaries of a preview: the one that the viewer would read, and the asker's own.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn preview_summaries(&self, made: &Previewed) -> Result<(Arc<Summary>, Arc<Summary>), Error> {
        let now = self.clock.now();
        let latest = |wanted: &dyn Fn(&Preview) -> bool| -> Vec<&DocumentEntry> {
            let chosen = made.entries.iter().filter(|preview| wanted(preview)).filter_map(|preview| made.record.entry(preview.entry));
            let mut chosen: Vec<_> = chosen.filter(|entry| entry.status.is_latest()).collect();
            chosen.sort_by_key(|entry| entry.id);
            chosen
        };
        let seen = |preview: &Preview| made.opens.is_ok() && preview.listed.is_ok() && preview.read.is_ok();
        let viewers = self.summary_within(&made.record, &latest(&seen), Bounds::SHOWN, now).await?;
        let own = self.summary_within(&made.record, &latest(&|_| true), Bounds::SHOWN, now).await?;
        Ok((viewers, own))
    }

    /// SECURITY: the same facts as of a real caller. What is counted of an emergency is counted too, so that nothing differs; it writes nothing.
    async fn facts_of_viewer(&self, record: &Record, viewer: &Caller, now: Moment) -> Result<Facts, Error> {
        let asked = Asked { act: Act::List, caller: viewer, now };
        match viewer.purpose {
            Purpose::Normal | Purpose::RegulationCentre => Ok(self.facts(record, &asked)),
            Purpose::BreakGlass { .. } => self.emergency_facts(record, &asked).await,
        }
    }

    fn preview_of(&self, entry: &DocumentEntry, facts: &Facts, viewer: &Caller, now: Moment) -> Preview {
        let facts = facts.about(entry, viewer);
        let ask = |act| self.ask(&Asked { act, caller: viewer, now }, &facts).reason().map_or(Ok(()), Err);
        Preview { entry: entry.id, listed: ask(Act::List), read: ask(Act::Consult) }
    }
}

/// A professional of whom nothing is known.
const ANY_PROFESSIONAL: &str = "ps:";
