//! Who looked: the person reads every leaf of their record.

use std::sync::Arc;

use dmp_core::RecordKey;
use dmp_core::access::{Act, Caller, Facts, RecordFacts, RecordState};
use dmp_core::audit::{Chain, Leaf};
use dmp_core::document::{AvailabilityStatus, DocumentEntry};
use dmp_core::record::Record;
use dmp_store::{Expected, KeptLeaf};

use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

/// A page of the journal, newest first. The reading itself is the newest leaf of the next page asked.
#[derive(Debug, Clone)]
pub struct JournalPage {
    pub record: Arc<Record>,
    pub leaves: Vec<KeptLeaf>,
    /// Ask for what is older than this, when there is more.
    pub older: Option<u64>,
}

impl Service {
    /// Reads a page of the journal: main chain for representatives, both for the person (secret leaves merged by time).
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn journal(&self, person: &PersonRef, caller: &Caller, before: Option<u64>, limit: u32) -> Result<JournalPage, Error> {
        self.journal_where(person, caller, before, limit, |_| true).await
    }

    /// The same of the leaves that satisfy `wanted`, a test that only ever sees what the reader may see.
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn journal_where(
        &self,
        person: &PersonRef,
        caller: &Caller,
        before: Option<u64>,
        limit: u32,
        wanted: impl Fn(&Leaf) -> bool + Send + Sync,
    ) -> Result<JournalPage, Error> {
        let asked = Asked { act: Act::ReadJournal, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let facts = self.facts(&record, &asked);
        let decision = self.ask(&asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![self.leaf(&asked, &decision, None)]).await?;
        self.leaves_for(record, &asked, &facts, (before, limit), wanted).await
    }

    /// The same for an act that was judged already, and has a leaf of its own. Takes where to begin and how many.
    pub(crate) async fn leaves_for(
        &self,
        record: Arc<Record>,
        asked: &Asked<'_>,
        facts: &Facts,
        (before, limit): (Option<u64>, u32),
        wanted: impl Fn(&Leaf) -> bool + Send + Sync,
    ) -> Result<JournalPage, Error> {
        let caller = asked.caller;
        // A closed record is read by nobody, and still tells who looked: each line shows as it would in the open record.
        let as_open = Facts { record: RecordFacts { state: RecordState::Open, ..facts.record }, ..facts.clone() };
        let shown = |kept: &KeptLeaf| self.may_read_of(&kept.leaf, &record, caller, &as_open, asked.now) && wanted(&kept.leaf);
        let (mut leaves, older) = self.main_leaves(record.key, before, limit, shown).await?;
        if self.may_read_secret_lines(asked, facts) {
            let oldest = leaves.last().filter(|_| older.is_some()).map(|kept| kept.leaf.at);
            let newest = before.and_then(|_| leaves.first()).map(|kept| kept.leaf.at);
            let secret = self.secret_leaves(record.key).await?;
            leaves.extend(
                secret
                    .into_iter()
                    .filter(shown)
                    .filter(|kept| oldest.is_none_or(|from| kept.leaf.at >= from) && newest.is_none_or(|to| kept.leaf.at <= to)),
            );
            leaves.sort_by_key(|kept| std::cmp::Reverse(kept.leaf.at));
        }
        if facts.record.state != RecordState::Open {
            leaves.iter_mut().for_each(|kept| kept.leaf.object = None);
        }
        Ok(JournalPage { record, leaves, older })
    }

    /// A page of the main chain as long as it was asked for, and where the next one begins: what is left out shortens no page.
    async fn main_leaves(
        &self,
        key: RecordKey,
        before: Option<u64>,
        limit: u32,
        shown: impl Fn(&KeptLeaf) -> bool,
    ) -> Result<(Vec<KeptLeaf>, Option<u64>), Error> {
        let (wanted, ask) = (limit as usize, limit.saturating_add(1));
        let (mut leaves, mut before, mut scanned) = (Vec::new(), before, 0);
        loop {
            let read = self.store.journal(key, Chain::Main, before, ask).await?;
            let is_last = read.len() < ask as usize;
            before = read.last().map(|kept| kept.sequence);
            scanned += read.len();
            leaves.extend(read.into_iter().filter(&shown));
            if is_last || leaves.len() > wanted {
                break;
            }
            if scanned >= SCANNED_MAX {
                return Ok((leaves, before));
            }
        }
        let has_more = leaves.len() > wanted;
        leaves.truncate(wanted);
        let older = leaves.last().filter(|_| has_more).map(|kept| kept.sequence);
        Ok((leaves, older))
    }

    async fn secret_leaves(&self, key: RecordKey) -> Result<Vec<KeptLeaf>, Error> {
        Ok(self.store.journal(key, Chain::Secret, None, SECRET_LEAVES_MAX).await?)
    }

    /// Whether a reader reads the lines that tell of a care kept from representatives: those of the secret chain, and notices.
    pub(crate) fn may_read_secret_lines(&self, asked: &Asked<'_>, facts: &Facts) -> bool {
        let reading = Asked { act: Act::ReadJournal, ..*asked };
        self.ask(&reading, &facts.about_secret_care(asked.now)).is_permitted()
    }

    /// The same for the inbox, whose notices are told as such lines are.
    pub fn may_read_notices(&self, record: &Record, caller: &Caller) -> bool {
        let asked = Asked { act: Act::ReadJournal, caller, now: self.clock.now() };
        self.may_read_secret_lines(&asked, &self.facts(record, &asked))
    }

    /// A leaf about a document is for a reader who may know of the document: for another, even a nameless line would tell that
    /// there is something. It shows as soon as the document does.
    fn may_read_of(&self, leaf: &Leaf, record: &Record, caller: &Caller, facts: &Facts, now: dmp_core::Moment) -> bool {
        let Some(object) = &leaf.object else { return true };
        let listing = Asked { act: Act::List, caller, now };
        let may_list = |entry: &DocumentEntry| self.ask(&listing, &facts.about(entry, caller)).is_permitted();
        record.entry(object.entry).is_some_and(|entry| {
            // The person keeps reading in their journal what became of a document that its author deleted.
            if entry.status.is_deleted() {
                may_list(&DocumentEntry { status: AvailabilityStatus::deposited(), ..entry.clone() })
            } else {
                may_list(entry)
            }
        })
    }
}

/// What one person did in a record: their leaves that the reader may see, newest first.
#[derive(Debug, Clone)]
pub struct ActsOf {
    pub record: Arc<Record>,
    pub leaves: Vec<KeptLeaf>,
}

impl Service {
    /// Reads what one account did in a record.
    ///
    /// # Errors
    /// [`Error::NotFound`] `professional-not-found` when the reader sees no leaf of that account, whatever there is; refusals of the law.
    pub async fn acts_of(&self, person: &PersonRef, account: &str, caller: &Caller) -> Result<ActsOf, Error> {
        let asked = Asked { act: Act::ReadJournal, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let facts = self.facts(&record, &asked);
        let decision = self.ask(&asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![self.leaf(&asked, &decision, None)]).await?;
        let mut leaves = self.shown_leaves_of(&record, caller, account, asked.now).await?;
        if leaves.is_empty() {
            return Err(Error::NotFound("professional-not-found"));
        }
        if facts.record.state != RecordState::Open {
            leaves.iter_mut().for_each(|kept| kept.leaf.object = None);
        }
        Ok(ActsOf { record, leaves })
    }

    /// The newest leaf of an account that the reader may see; in the secret chain, when a minor's report must not show to the parents.
    pub(crate) async fn newest_shown(
        &self,
        record: &Record,
        caller: &Caller,
        account: &str,
        now: dmp_core::Moment,
    ) -> Result<Option<(Leaf, Chain)>, Error> {
        let leaves = self.shown_leaves_of(record, caller, account, now).await?;
        let secret = record.head.is_minor(now) && leaves.iter().any(|kept| kept.leaf.chain == Chain::Secret);
        let chain = if secret { Chain::Secret } else { Chain::Main };
        Ok(leaves.into_iter().next().map(|kept| (kept.leaf, chain)))
    }

    async fn shown_leaves_of(&self, record: &Record, caller: &Caller, account: &str, now: dmp_core::Moment) -> Result<Vec<KeptLeaf>, Error> {
        let facts = self.facts(record, &Asked { act: Act::ReadJournal, caller, now });
        let as_open = Facts { record: RecordFacts { state: RecordState::Open, ..facts.record }, ..facts };
        let mut leaves = self.store.leaves_of(record.key, Chain::Main, account, ACTS_MAX).await?;
        let reading = Asked { act: Act::ReadJournal, caller, now };
        if self.may_read_secret_lines(&reading, &as_open) {
            leaves.extend(self.store.leaves_of(record.key, Chain::Secret, account, ACTS_MAX).await?);
            leaves.sort_by_key(|kept| std::cmp::Reverse(kept.leaf.at));
        }
        leaves.retain(|kept| self.may_read_of(&kept.leaf, record, caller, &as_open, now));
        Ok(leaves)
    }
}

/// Leaves of one person that are shown: their newest.
const ACTS_MAX: u32 = 500;
/// Leaves that one page of a filtered journal looks through: what lies further back comes with the next page.
const SCANNED_MAX: usize = 10_000;
/// Secret leaves are few: a bound, not a page.
const SECRET_LEAVES_MAX: u32 = 1_000;
