//! Unsealed records in memory, bounded by their rows.

use std::sync::Arc;

use dmp_core::ids::RecordKey;
use dmp_core::record::Record;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use crate::StoreError;

/// Rows of records in the cache: about 1.5 KB each, a head as much as several; 300 MB in all.
pub(crate) const CACHED_ROWS_MAX: u64 = 200_000;
/// Record keys of confirmed identifiers in memory at most.
pub(crate) const CACHED_IDENTIFIERS_MAX: usize = 200_000;
/// Parts of the cache, each with its lock and its share of the rows: the share must hold the largest record.
const CACHE_SHARDS: usize = 8;
/// Records with more entries than this are dropped on a thread kept for blocking work.
const DROPPED_ASIDE_MIN: usize = 200;

/// Unsealed records by their keys.
pub(crate) type RecordCache = Cache<RecordKey, Arc<Record>, RecordWeight>;

/// Rows that a record's head weighs: identity, consents and choices, and the keys beside it. A town of records with one document each
/// takes 12 KB a record.
const HEAD_WEIGHT: usize = 7;

/// What a record weighs in the cache: its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordWeight;

impl Weighter<RecordKey, Arc<Record>> for RecordWeight {
    fn weight(&self, _key: &RecordKey, record: &Arc<Record>) -> u64 {
        let rows = HEAD_WEIGHT + record.entries.len() + record.submissions.len() + record.folders.len();
        u64::try_from(rows).unwrap_or(u64::MAX)
    }
}

/// An empty cache of at most so many rows.
pub(crate) fn record_cache(rows_max: u64) -> Result<RecordCache, StoreError> {
    let estimated = usize::try_from(rows_max / 10).unwrap_or(usize::MAX).max(1);
    let mut options = OptionsBuilder::new();
    options.estimated_items_capacity(estimated).weight_capacity(rows_max).shards(CACHE_SHARDS);
    let options = options.build().map_err(|error| StoreError::fault("open.cache", error))?;
    Ok(RecordCache::with_options(options, RecordWeight, DefaultHashBuilder::default(), DefaultLifecycle::default()))
}

/// Drops a record that the cache has let go. Freeing the texts of thousands of entries takes milliseconds: not on the
/// writer's thread, which would be the last holder otherwise, nor on a thread that serves requests.
pub(crate) fn drop_aside(record: Arc<Record>) {
    if record.entries.len() > DROPPED_ASIDE_MIN {
        drop(tokio::task::spawn_blocking(move || drop(record)));
    }
}
