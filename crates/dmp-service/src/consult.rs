//! TD3.2: reads a document's bytes. The leaf is durable before the first byte leaves.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use dmp_core::access::{Act, Caller, Permit};
use dmp_core::document::DocumentEntry;
use dmp_core::summary::TextPart;
use dmp_core::{EntryId, RecordKey};

use crate::find::{CODED, unfolded};
use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, Service};

/// A document released to a caller.
#[derive(Debug, Clone)]
pub struct Consulted {
    /// The record that it was read in.
    pub record: RecordKey,
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

    /// The text that the software read in a document which was just released: for a file, whose own form no page shows. Empty when it has none, or is not
    /// read yet.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn text_read(&self, released: &Consulted) -> Result<Vec<TextPart>, Error> {
        let rows = self.store.texts_of(released.record, &[released.entry.id]).await?;
        rows.first().map_or(Ok(Vec::new()), |(_, row)| Ok(unfolded(row)?.text(CODED)))
    }

    async fn consult_once(&self, key: RecordKey, id: EntryId, caller: &Caller) -> Result<Consulted, Error> {
        let asked = Asked { act: Act::Consult, caller, now: self.clock.now() };
        let record = self.record_of_document(key, &asked).await?;
        let facts = self.emergency_facts(&record, &asked).await?;
        let Some(entry) = record.shared_entry(id) else {
            return Err(self.refuse_absent(&record, &asked).await?);
        };
        let (decision, permit) = Permit::to_consult(entry, caller, &facts, &self.config.matrix, asked.now);
        let Some(permit) = permit else {
            return Err(self.refuse(&record, &asked, &decision, Some((entry, &facts))).await?);
        };
        let bytes = self.store.content(entry.content.home.unwrap_or(record.key), &permit).await?;
        let leaf = self.leaf(&asked, &decision, Some(entry));
        let (expected, changes) = self.emergency_begins(&record, &asked, Some(entry)).await?;
        self.store.commit(record.key, expected, changes, vec![leaf]).await?;
        let entry = match self.as_seen(&record, entry, &facts, &asked) {
            Cow::Borrowed(_) => Arc::clone(entry),
            Cow::Owned(seen) => Arc::new(seen),
        };
        Ok(Consulted { record: record.key, entry, bytes })
    }
}
