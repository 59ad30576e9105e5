//! What was read in documents: facts and texts, sealed like their entries. Derived, and made again at will: a commit only says that a record
//! has something new to read; who reads it puts the result here, beside the record and without changing its version.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::summary::Extract;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::StoreError;
use crate::content::{packed, unpacked};
use crate::keys::PersonKeys;
use crate::seal::{Place, ROW_UNIT};

/// What was read in one document.
#[derive(Debug, Clone)]
pub struct NewExtract {
    pub extract: Extract,
    /// Its text, in the form that the search wants; kept as it is.
    pub text: Bytes,
}

/// What was read in the documents of one record.
#[derive(Debug)]
pub struct Extracts {
    /// Goes up with each change.
    pub generation: u64,
    /// In the order of their entries.
    pub all: Vec<Extract>,
}

impl Extracts {
    /// What was read in one document. `None`: nobody has read it yet.
    pub fn of(&self, entry: EntryId) -> Option<&Extract> {
        // INVARIANT: in the order of their entries, as the store keeps and gives them.
        let place = self.all.binary_search_by_key(&entry, |extract| extract.entry).ok()?;
        self.all.get(place)
    }
}

/// A record that has something to read, and is this worker's until its lease ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToRead {
    pub key: RecordKey,
    /// Version of the record that asked for it.
    pub wanted: u64,
}

/// Exams that were not done twice on one day, and what they would have cost, in cents: the least, the likely, the most. Which exams they were is
/// kept nowhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saving {
    pub exams: u64,
    pub low: u64,
    pub middle: u64,
    pub high: u64,
}

/// Keeping what was read in documents.
#[async_trait]
pub trait ExtractStore: Send + Sync + std::fmt::Debug {
    /// What was read in the documents of a record; empty for a record that is not there.
    async fn extracts(&self, key: RecordKey) -> Result<Arc<Extracts>, StoreError>;

    /// How often the extracts of a record have changed; 0: never.
    async fn extracts_generation(&self, key: RecordKey) -> Result<u64, StoreError>;

    /// The texts of a record, in the order of their entries.
    async fn texts(&self, key: RecordKey) -> Result<Vec<(EntryId, Vec<u8>)>, StoreError>;

    /// The texts of some documents of a record, without reading those of the others. What nobody has read yet is left out.
    async fn texts_of(&self, key: RecordKey, entries: &[EntryId]) -> Result<Vec<(EntryId, Vec<u8>)>, StoreError>;

    /// Keeps what was read, in place of what was read before, together.
    ///
    /// # Errors
    /// [`StoreError::NoRecord`] when there is no such record, or its key was erased.
    async fn put_extracts(&self, key: RecordKey, extracts: Vec<NewExtract>) -> Result<(), StoreError>;

    /// Takes records that have something to read and that nobody else has, until `until`.
    async fn claim_reading(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<ToRead>, StoreError>;

    /// Says that a record was read up to what was asked. Gives whether nothing newer was asked meanwhile.
    async fn reading_done(&self, read: ToRead) -> Result<bool, StoreError>;

    /// Takes records whose insurer's lines are to be drawn now; to be drawn again from `until` on, unless somebody says otherwise.
    async fn claim_refresh(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<RecordKey>, StoreError>;

    /// Says when the insurer's lines of a record are drawn next.
    async fn refresh_at(&self, key: RecordKey, due: Moment) -> Result<(), StoreError>;

    /// Asks that every record be read again. Gives how many there are.
    async fn read_all_again(&self) -> Result<u64, StoreError>;

    /// Adds to what was saved on a day (days since 1970).
    async fn add_saving(&self, day: i64, saving: Saving) -> Result<(), StoreError>;

    /// What was saved, by day.
    async fn savings(&self) -> Result<Vec<(i64, Saving)>, StoreError>;

    /// How many records have something to read.
    async fn reading_waits(&self) -> Result<u64, StoreError>;
}

/// A row of each of the two tables before its transaction.
#[derive(Debug)]
pub(crate) struct ExtractRow {
    pub entry: EntryId,
    pub extractor: u32,
    pub facts: Vec<u8>,
    pub text: Vec<u8>,
}

/// A row of facts as it stands, or one of text.
#[derive(Debug)]
pub(crate) struct SealedExtract {
    pub entry: EntryId,
    pub extractor: u32,
    pub sealed: Vec<u8>,
}

/// Seals what was read in one document.
pub(crate) fn seal(keys: &PersonKeys, key: RecordKey, new: &NewExtract) -> Result<ExtractRow, StoreError> {
    let (entry, extractor) = (new.extract.entry, new.extract.extractor);
    let facts = postcard::to_allocvec(&new.extract).map_err(|error| StoreError::fault("extract.encode", error))?;
    let sealed = |table, payload: &[u8]| keys.data()?.seal_bytes(&place(table, &key, &entry, extractor), &[&packed(payload)?], ROW_UNIT);
    Ok(ExtractRow { entry, extractor, facts: sealed(FACTS, &facts)?, text: sealed(TEXT, &new.text)? })
}

/// Opens rows of facts.
pub(crate) fn open_facts(keys: &PersonKeys, key: RecordKey, rows: Vec<SealedExtract>) -> Result<Vec<Extract>, StoreError> {
    let open = |row| {
        let (_, payload) = opened(keys, FACTS, key, row)?;
        postcard::from_bytes(&payload).map_err(|error| StoreError::fault("extract.decode", error))
    };
    rows.into_iter().map(open).collect()
}

/// Opens rows of text.
pub(crate) fn open_texts(keys: &PersonKeys, key: RecordKey, rows: Vec<SealedExtract>) -> Result<Vec<(EntryId, Vec<u8>)>, StoreError> {
    rows.into_iter().map(|row| opened(keys, TEXT, key, row)).collect()
}

fn opened(keys: &PersonKeys, table: &'static str, key: RecordKey, mut row: SealedExtract) -> Result<(EntryId, Vec<u8>), StoreError> {
    let payload = keys.data()?.open(&place(table, &key, &row.entry, row.extractor), &mut row.sealed)?;
    Ok((row.entry, unpacked(payload)?))
}

fn place<'a>(table: &'static str, key: &'a RecordKey, entry: &'a EntryId, extractor: u32) -> Place<'a> {
    Place { table, owner: &key.0, row: &entry.0, version: u64::from(extractor) }
}

/// Extracts of records in memory, bounded by their facts. INVARIANT: none is used before the store has said that its generation is the present one.
pub(crate) type ExtractCache = Cache<RecordKey, Arc<Extracts>, ExtractWeight>;

/// What extracts weigh in the cache: their facts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ExtractWeight;

impl Weighter<RecordKey, Arc<Extracts>> for ExtractWeight {
    fn weight(&self, _key: &RecordKey, extracts: &Arc<Extracts>) -> u64 {
        let facts: usize = extracts.all.iter().map(|extract| 1 + extract.facts.len()).sum();
        u64::try_from(facts).unwrap_or(u64::MAX).max(1)
    }
}

/// An empty cache of extracts.
pub(crate) fn cache() -> ExtractCache {
    ExtractCache::with_weighter(CACHED_ESTIMATED, CACHED_FACTS_MAX, ExtractWeight)
}

const FACTS: &str = "extract";
const TEXT: &str = "extract-text";
/// Facts in memory at most: about 600 bytes each, 150 MB in all.
const CACHED_FACTS_MAX: u64 = 250_000;
const CACHED_ESTIMATED: usize = 2_000;
