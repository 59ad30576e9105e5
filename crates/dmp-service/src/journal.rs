//! Who looked: the person reads every leaf of their record.

use std::sync::Arc;

use dmp_core::RecordKey;
use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::audit::{Chain, Leaf};
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
        let asked = Asked { act: Act::ReadJournal, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let facts = self.facts(&record, &asked);
        let decision = self.ask(&asked, &facts);
        if !decision.is_permitted() {
            return Err(self.refuse(&record, &asked, &decision, None).await?);
        }
        self.store.commit(record.key, Expected::LeavesOnly, Vec::new(), vec![self.leaf(&asked, &decision, None)]).await?;
        let mut leaves = self.store.journal(record.key, Chain::Main, before, limit).await?;
        let older = leaves.last().map(|kept| kept.sequence).filter(|first| *first > 1 && leaves.len() >= limit as usize);
        if caller.kind == CallerKind::Patient {
            let oldest = leaves.last().filter(|_| older.is_some()).map(|kept| kept.leaf.at);
            let newest = before.and_then(|_| leaves.first()).map(|kept| kept.leaf.at);
            let secret = self.secret_leaves(record.key).await?;
            leaves.extend(
                secret.into_iter().filter(|kept| oldest.is_none_or(|from| kept.leaf.at >= from) && newest.is_none_or(|to| kept.leaf.at <= to)),
            );
            leaves.sort_by_key(|kept| std::cmp::Reverse(kept.leaf.at));
        }
        for kept in &mut leaves {
            self.hide_what_reader_may_not_see(&mut kept.leaf, &record, caller, &facts, asked.now);
        }
        Ok(JournalPage { record, leaves, older })
    }

    async fn secret_leaves(&self, key: RecordKey) -> Result<Vec<KeptLeaf>, Error> {
        Ok(self.store.journal(key, Chain::Secret, None, SECRET_LEAVES_MAX).await?)
    }

    /// An object is named only to a reader who may see it.
    fn hide_what_reader_may_not_see(
        &self,
        leaf: &mut Leaf,
        record: &Record,
        caller: &Caller,
        facts: &dmp_core::access::Facts,
        now: dmp_core::Moment,
    ) {
        let Some(object) = &leaf.object else { return };
        let listing = Asked { act: Act::List, caller, now };
        let seen = record.entry(object.entry).is_some_and(|entry| {
            // The person keeps reading in their journal what became of a document that its author deleted.
            entry.status.is_deleted() || self.ask(&listing, &facts.about(entry, caller)).is_permitted()
        });
        if !seen {
            leaf.object = None;
        }
    }
}

/// Secret leaves are few: a bound, not a page.
const SECRET_LEAVES_MAX: u32 = 1_000;
