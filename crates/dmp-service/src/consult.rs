//! TD3.2: reads a document's bytes. The leaf is durable before the first byte leaves.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use dmp_core::access::{Act, Caller, Permit, Purpose};
use dmp_core::document::DocumentEntry;
use dmp_core::record::{Head, Notice, NoticeKind, Record};
use dmp_core::{EntryId, Moment, RecordKey};
use dmp_store::{Change, Expected};

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, Service};

/// A document released to a caller.
#[derive(Debug, Clone)]
pub struct Consulted {
    pub entry: Arc<DocumentEntry>,
    pub bytes: Bytes,
}

impl Service {
    /// Releases one document.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what does not exist or is hidden from this caller; refusals of the law.
    pub async fn consult(&self, key: RecordKey, id: EntryId, caller: &Caller) -> Result<Consulted, Error> {
        judged_again_when_stale!(self.consult_once(key, id, caller).await)
    }

    async fn consult_once(&self, key: RecordKey, id: EntryId, caller: &Caller) -> Result<Consulted, Error> {
        let asked = Asked { act: Act::Consult, caller, now: self.clock.now() };
        let record = self.store.load(key).await?.ok_or(Error::NotFound("document-not-found"))?;
        let facts = self.facts(&record, &asked);
        let Some(entry) = record.shared_entry(id) else {
            return Err(self.refuse_absent(&record, &asked).await?);
        };
        let (decision, permit) = Permit::to_consult(entry, caller, &facts, &self.config.matrix, asked.now);
        let Some(permit) = permit else {
            return Err(self.refuse(&record, &asked, &decision, Some(entry)).await?);
        };
        let bytes = self.store.content(key, &permit).await?;
        let leaf = self.leaf(&asked, &decision, Some(entry));
        let (expected, changes) = emergency_notice(&record, caller, asked.now);
        self.store.commit(key, expected, changes, vec![leaf]).await?;
        let entry = match self.as_seen(&record, entry, &asked) {
            Cow::Borrowed(_) => Arc::clone(entry),
            Cow::Owned(seen) => Arc::new(seen),
        };
        Ok(Consulted { entry, bytes })
    }
}

/// An access in an emergency mode is told to the person in the same commit, once an hour for each
/// account and kind (CSP R.1111-48); any other reading commits its leaf alone.
pub(crate) fn emergency_notice(record: &Record, caller: &Caller, now: Moment) -> (Expected, Vec<Change>) {
    let kind = match caller.purpose {
        Purpose::Normal => return (Expected::LeavesOnly, Vec::new()),
        Purpose::BreakGlass { .. } => NoticeKind::BreakGlass,
        Purpose::RegulationCentre => NoticeKind::RegulationCentre,
    };
    let by = caller.shown_name();
    let since = now.plus_seconds(-SAME_EMERGENCY_SECONDS);
    if record.head.notices.iter().any(|notice| notice.kind == kind && notice.by == by && notice.at > since) {
        return (Expected::LeavesOnly, Vec::new());
    }
    let mut head: Head = record.head.clone();
    head.notices.push(Notice { kind, at: now, by, read: false });
    (Expected::Version(record.version), vec![Change::PutHead(Box::new(head))])
}

/// Readings of one emergency make one notice; each has its own leaf.
const SAME_EMERGENCY_SECONDS: i64 = 3_600;
