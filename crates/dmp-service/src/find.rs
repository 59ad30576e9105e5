//! Full-text search in one record: the texts of what this caller may read, each document judged before any word is compared.

use std::sync::Arc;

use bytes::Bytes;
use dmp_core::access::{Act, Caller};
use dmp_core::audit::made;
use dmp_core::document::DocumentEntry;
use dmp_core::find::{Folded, Hit, Query, search_counted};
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::record::Record;
use dmp_core::summary::{Fact, TextPart};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::judge::{Asked, judged_again_when_stale};
use crate::{Error, PersonRef, Service};

/// What a search found.
#[derive(Debug, Clone)]
pub struct FoundTexts {
    pub record: Arc<Record>,
    pub hits: Vec<Hit>,
    /// Documents that hold the words, shown or not.
    pub total: usize,
    /// Documents that this caller may read and that wait for being read by the software.
    pub waiting: usize,
}

impl Service {
    /// Searches the texts of a record.
    ///
    /// # Errors
    /// [`Error::NotFound`] `record-not-found`; [`Error::Forbidden`] when the caller may list nothing at all.
    pub async fn find(&self, person: &PersonRef, caller: &Caller, query: &Query, limit: usize) -> Result<FoundTexts, Error> {
        judged_again_when_stale!(self.find_once(person, caller, query, limit).await)
    }

    async fn find_once(&self, person: &PersonRef, caller: &Caller, query: &Query, limit: usize) -> Result<FoundTexts, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let (record, facts) = self.may_list(person, &asked).await?;
        // What was superseded is found in what took its place.
        let readable: Vec<&DocumentEntry> = self.readable_documents(&record, &facts, &asked).filter(|entry| entry.status.is_latest()).collect();
        let texts = self.texts_of(record.key).await?;
        let places: Vec<_> = readable.iter().filter_map(|entry| Some((entry.id, entry.day(), texts.place(entry.id)?))).collect();
        let waiting = readable.len() - places.len();
        let (query, compared) = (query.clone(), Arc::clone(&texts));
        let hits = tokio::task::spawn_blocking(move || {
            let documents = places.into_iter().filter_map(|(entry, at, place)| Some((entry, at, &compared.all.get(place)?.1)));
            search_counted(&query, documents, limit)
        });
        let (hits, total) = hits.await.map_err(|error| Error::Fault(error.to_string()))?;
        let shown = hits.iter().filter_map(|hit| record.entry(hit.entry));
        self.made_leaf(&record, &asked, &facts, shown, made::SEARCH).await?;
        Ok(FoundTexts { record, hits, total, waiting })
    }

    /// The prepared texts of a record, from memory when nothing has changed.
    async fn texts_of(&self, key: RecordKey) -> Result<Arc<Texts>, Error> {
        let generation = self.store.extracts_generation(key).await?;
        if let Some(kept) = self.texts.get(&key).filter(|kept| kept.generation == generation) {
            return Ok(kept);
        }
        // The generation was read before the rows: rows of a later one are read again at the next question.
        let rows = self.store.texts(key).await?;
        let opened = tokio::task::spawn_blocking(move || Texts::open(generation, rows)).await;
        let opened = Arc::new(opened.map_err(|error| Error::Fault(error.to_string()))??);
        self.texts.insert(key, Arc::clone(&opened));
        Ok(opened)
    }
}

/// A document's text in the form in which it is searched and kept: its words, and the words of its codes.
pub(crate) fn folded(title: &str, text: &[TextPart], facts: &[Fact]) -> Bytes {
    let mut parts = text.to_vec();
    let codes: Vec<&str> = facts.iter().flat_map(|fact| &fact.concept.codes).flat_map(|code| [code.code.as_str(), code.display.as_str()]).collect();
    if !codes.is_empty() {
        parts.push(TextPart { place: String::new(), title: CODED.to_owned(), text: codes.join(", ") });
    }
    postcard::to_allocvec(&Folded::of(title, &parts)).map(Bytes::from).unwrap_or_default()
}

/// Title of the part that holds the codes of a document.
const CODED: &str = "Valeurs codées";

/// The prepared texts of one record, in the order of their entries.
#[derive(Debug)]
pub(crate) struct Texts {
    generation: u64,
    all: Vec<(EntryId, Folded)>,
    bytes: u64,
}

impl Texts {
    fn open(generation: u64, rows: Vec<(EntryId, Vec<u8>)>) -> Result<Self, Error> {
        let bytes = rows.iter().map(|(_, row)| row.len()).sum::<usize>();
        let open = |(entry, row): (EntryId, Vec<u8>)| {
            let folded = postcard::from_bytes(&row).map_err(|error| Error::Fault(format!("text of a document: {error}")))?;
            Ok((entry, folded))
        };
        Ok(Texts { generation, all: rows.into_iter().map(open).collect::<Result<_, Error>>()?, bytes: u64::try_from(bytes).unwrap_or(u64::MAX) })
    }

    fn place(&self, entry: EntryId) -> Option<usize> {
        self.all.binary_search_by_key(&entry, |(entry, _)| *entry).ok()
    }
}

/// Prepared texts in memory, by record. INVARIANT: none is used before the store has said that its generation is the present one.
pub(crate) type TextCache = Cache<RecordKey, Arc<Texts>, TextWeight>;

/// What texts weigh in the cache: their bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextWeight;

impl Weighter<RecordKey, Arc<Texts>> for TextWeight {
    fn weight(&self, _key: &RecordKey, texts: &Arc<Texts>) -> u64 {
        texts.bytes.max(1)
    }
}

/// An empty cache of texts.
pub(crate) fn text_cache() -> Arc<TextCache> {
    Arc::new(TextCache::with_weighter(CACHED_ESTIMATED, CACHED_BYTES_MAX, TextWeight))
}

const CACHED_BYTES_MAX: u64 = 64 * 1024 * 1024;
const CACHED_ESTIMATED: usize = 200;
