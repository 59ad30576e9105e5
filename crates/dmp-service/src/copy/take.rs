//! The person, or who represents them, takes a copy of everything that they may read (GDPR art. 15 and 20). One leaf before the first byte;
//! each document is judged for its reader before its bytes are read.

use std::sync::Arc;

use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::access::{Act, Caller, Facts, Permit};
use dmp_core::audit::{Chain, Leaf, Outcome};
use dmp_core::document::{DocumentEntry, Folder, SubmissionSet};
use dmp_core::record::{NoticeKind, Record};
use dmp_core::summary::{Bounds, Summary};
use dmp_store::{Change, Expected};

use super::Canonical;
use crate::head_act::tell;
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, JournalPage, PersonRef, Service};

/// Copies of one record that one account takes in twenty-four hours. A copy is heavy, and a stolen session takes one.
pub const COPIES_A_DAY: usize = 3;
/// Leaves of the account that are looked through for them: the most that the store gives at once.
const LEAVES_LOOKED_AT: u32 = 1_000;

/// A copy that was released: metadata and summaries; contents are read one by one ([`Service::copied_content`]).
#[derive(Debug, Clone)]
pub struct WholeCopy {
    /// The record as it was judged.
    pub record: Arc<Record>,
    pub at: Moment,
    /// What the reader may list and read, as they see it, newest submission first.
    pub documents: Vec<DocumentEntry>,
    pub submissions: Vec<SubmissionSet>,
    pub folders: Vec<Folder>,
    pub summary: Arc<Summary>,
    caller: Caller,
    facts: Facts,
}

impl WholeCopy {
    /// The canonical form of what this reader sees.
    pub fn canonical(&self) -> Canonical {
        Canonical::of(&self.record.head, &self.documents, &self.submissions, &self.folders)
    }

    /// Who took it.
    pub fn reader(&self) -> &Caller {
        &self.caller
    }
}

impl Service {
    /// Releases a copy of the whole record: the leaf and the notice are durable when it is given.
    ///
    /// # Errors
    /// [`Error::Conflict`] `copies-limit` after [`COPIES_A_DAY`]; refusals of the law.
    pub async fn take_copy(&self, person: &PersonRef, caller: &Caller, bounds: Bounds) -> Result<WholeCopy, Error> {
        judged_again_when_stale!(self.take_copy_once(person, caller, bounds).await)
    }

    async fn take_copy_once(&self, person: &PersonRef, caller: &Caller, bounds: Bounds) -> Result<WholeCopy, Error> {
        let asked = Asked { act: Act::DownloadAll, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let facts = self.facts(&record, &asked);
        let decision = self.ask(&asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        if self.copies_of_today(&record, &asked).await? >= COPIES_A_DAY {
            return Err(Error::Conflict("copies-limit"));
        }
        let listing = Asked { act: Act::List, ..asked };
        let readable: Vec<&DocumentEntry> = self.readable_documents(&record, &facts, &listing).collect();
        let current: Vec<&DocumentEntry> = readable.iter().copied().filter(|entry| entry.status.is_latest()).collect();
        let summary = self.summary_of(&record, &current, None, bounds, asked.now).await?;
        let mut documents: Vec<DocumentEntry> = readable.iter().map(|entry| self.as_seen(&record, entry, &facts, &listing).into_owned()).collect();
        documents.sort_by_key(|entry| std::cmp::Reverse((entry.submitted_at, entry.id)));
        let (submissions, folders) = self.seen_sets(&record, &listing, &facts);
        // What the parents of a minor read in the journal counts nothing of a secret care.
        let (open, secret) = Service::counted(documents.iter(), asked.now);
        let leaf = |chain, count| Leaf { count: Some(count), chain, ..self.leaf(&asked, &decision, None) };
        let mut leaves = vec![leaf(Chain::Main, open)];
        leaves.extend((secret > 0).then(|| leaf(Chain::Secret, secret)));
        let mut head = record.head.clone();
        tell(&mut head, NoticeKind::CopyTaken, caller, asked.now);
        // INVARIANT: against the version that was judged, so that of two copies at once the second one counts the first.
        self.store.commit(record.key, Expected::Version(record.version), vec![Change::PutHead(Box::new(head))], leaves).await?;
        Ok(WholeCopy { at: asked.now, documents, submissions, folders, summary, caller: caller.clone(), facts, record })
    }

    async fn copies_of_today(&self, record: &Record, asked: &Asked<'_>) -> Result<usize, Error> {
        let since = asked.now.plus_days(-1);
        let leaves = self.store.leaves_of(record.key, Chain::Main, &asked.caller.account, LEAVES_LOOKED_AT).await?;
        let taken = leaves.iter().map(|kept| &kept.leaf).filter(|leaf| leaf.act == Act::DownloadAll && leaf.outcome == Outcome::Done);
        Ok(taken.filter(|leaf| leaf.at > since).count())
    }

    /// The bytes of one document of a copy, judged once more for its reader.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a document that is not in the copy; failures of the store.
    pub async fn copied_content(&self, copy: &WholeCopy, entry: &DocumentEntry) -> Result<Bytes, Error> {
        let kept = copy.record.entry(entry.id).ok_or(Error::NotFound("document-not-found"))?;
        let (_, permit) = Permit::to_consult(kept, &copy.caller, &copy.facts, &self.config.matrix, copy.at);
        let permit = permit.ok_or(Error::NotFound("document-not-found"))?;
        Ok(self.store.content(kept.content.home.unwrap_or(copy.record.key), &permit).await?)
    }

    /// A page of the journal of a copy, as its reader reads it.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn copied_journal(&self, copy: &WholeCopy, before: Option<u64>, limit: u32) -> Result<JournalPage, Error> {
        let asked = Asked { act: Act::ReadJournal, caller: &copy.caller, now: copy.at };
        self.leaves_for(Arc::clone(&copy.record), &asked, &copy.facts, (before, limit), |_| true).await
    }
}
