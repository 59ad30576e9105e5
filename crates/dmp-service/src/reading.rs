//! Reads what was published, for the record's own summary and search. Queued, never inside publishing; what is read stays in the record,
//! under its key, and is judged with its document each time it is shown.

use std::sync::Arc;

use dmp_core::access::Permit;
use dmp_core::document::DocumentEntry;
use dmp_core::record::Record;
use dmp_core::summary::{Extract, Extraction};
use dmp_store::{NewExtract, StoreError, ToRead};

use crate::find::folded;
use crate::formats::{Formats, ReadDocument};
use crate::{Error, Service};

/// What a round of reading did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadRound {
    pub records: u64,
    pub documents: u64,
    /// Documents that could not be read.
    pub unreadable: u64,
    pub failed: u64,
}

impl ReadRound {
    /// Two rounds together.
    #[must_use]
    pub fn plus(self, other: ReadRound) -> Self {
        ReadRound {
            records: self.records + other.records,
            documents: self.documents + other.documents,
            unreadable: self.unreadable + other.unreadable,
            failed: self.failed + other.failed,
        }
    }
}

/// A desk at which workers read.
#[derive(Debug, Clone)]
pub struct ReadingDesk {
    acts: Service,
    formats: Arc<dyn Formats>,
}

impl ReadingDesk {
    /// A desk of these acts.
    pub fn new(acts: Service, formats: Arc<dyn Formats>) -> Self {
        ReadingDesk { acts, formats }
    }

    /// Reads the records that ask for it, one batch.
    ///
    /// # Errors
    /// Failures of the store. What was read stays so.
    pub async fn read(&self) -> Result<ReadRound, Error> {
        let (now, store) = (self.acts.clock.now(), &self.acts.store);
        let mut round = ReadRound::default();
        let mut claimed = store.claim_reading(now, now.plus_seconds(LEASE_SECONDS), BATCH).await?.into_iter();
        let mut running = tokio::task::JoinSet::new();
        loop {
            while running.len() < AT_ONCE
                && let Some(wanted) = claimed.next()
            {
                let desk = self.clone();
                running.spawn(async move { desk.read_record(wanted).await });
            }
            let Some(done) = running.join_next().await else { return Ok(round) };
            round.records += 1;
            match done.map_err(|error| Error::Fault(error.to_string()))? {
                Ok((documents, unreadable)) => {
                    round.documents += documents;
                    round.unreadable += unreadable;
                }
                Err(error @ Error::Unavailable(_)) => return Err(error),
                Err(error) => {
                    // It stays asked for and is tried again when the lease ends.
                    tracing::error!(error.code = error.code(), "the documents of a record could not be read and are tried again later");
                    round.failed += 1;
                }
            }
        }
    }

    /// Gives how many documents were read, and how many of them could not be.
    async fn read_record(&self, wanted: ToRead) -> Result<(u64, u64), Error> {
        let store = &self.acts.store;
        let (mut documents, mut unreadable) = (0, 0);
        let Some(record) = store.load(wanted.key).await? else {
            store.reading_done(wanted).await?;
            return Ok((0, 0));
        };
        let known = store.extracts(wanted.key).await?;
        let is_read = |entry: &DocumentEntry| known.of(entry.id).is_some_and(|extract| extract.extractor == self.formats.reader());
        let unread: Vec<&DocumentEntry> = record.entries.iter().map(AsRef::as_ref).filter(|entry| !is_read(entry)).collect();
        for some in unread.chunks(KEPT_TOGETHER) {
            let mut extracts = Vec::with_capacity(some.len());
            for entry in some {
                let read = self.read_entry(&record, entry).await?;
                documents += 1;
                unreadable += u64::from(read.extraction == Extraction::Unreadable);
                extracts.push(new_extract(&*self.formats, entry, read));
            }
            match store.put_extracts(wanted.key, extracts).await {
                // Erased meanwhile.
                Err(StoreError::NoRecord) => break,
                done => done?,
            }
        }
        store.reading_done(wanted).await?;
        Ok((documents, unreadable))
    }

    async fn read_entry(&self, record: &Record, entry: &DocumentEntry) -> Result<ReadDocument, Error> {
        let home = entry.content.home.unwrap_or(record.key);
        let bytes = match self.acts.store.content(home, &Permit::to_extract(entry)).await {
            Ok(bytes) => bytes,
            Err(StoreError::DamagedContent(what)) => {
                tracing::error!(flaw = what, "the content of a document is damaged");
                return Ok(ReadDocument::nothing(Extraction::Unreadable));
            }
            Err(error) => return Err(error.into()),
        };
        let read = self.formats.read(&entry.mime_type, bytes).await?;
        // SECURITY: a document that names another person gives nothing, whatever let it in.
        Ok(if is_about_another(record, &read) { ReadDocument::nothing(Extraction::Unreadable) } else { read })
    }

    /// Draws the insurer's lines of the records for which they are due, one batch. Gives how many.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn refresh(&self) -> Result<u64, Error> {
        self.acts.refresh_due().await
    }

    /// How many records wait for being read.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn waits(&self) -> Result<u64, Error> {
        Ok(self.acts.store.reading_waits().await?)
    }

    /// Asks that every record be read again. Gives how many there are.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn read_all_again(&self) -> Result<u64, Error> {
        Ok(self.acts.store.read_all_again().await?)
    }
}

/// Whether a document names somebody else as its patient: another number than the person has or had.
fn is_about_another(record: &Record, read: &ReadDocument) -> bool {
    let Some(subject) = &read.subject else { return false };
    let known = |matricule: &str| matricule == subject;
    !known(record.head.ins.matricule()) && !record.head.past_ins.iter().any(|past| known(past.ins.matricule()))
}

/// What is kept of what was read.
pub(crate) fn new_extract(formats: &dyn Formats, entry: &DocumentEntry, read: ReadDocument) -> NewExtract {
    let text = folded(&entry.title, &read.text, &read.facts);
    NewExtract { extract: Extract { entry: entry.id, extractor: formats.reader(), extraction: read.extraction, facts: read.facts }, text }
}

/// Records claimed at once.
const BATCH: u32 = 64;
/// Records read at once.
const AT_ONCE: usize = 2;
/// How long a worker may take for a batch.
const LEASE_SECONDS: i64 = 600;
/// Documents whose extracts are kept in one transaction.
const KEPT_TOGETHER: usize = 32;
