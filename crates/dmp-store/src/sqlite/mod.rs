//! The embedded backend: SQLite with one writer that commits in groups, and a bounded cache of unsealed records.

mod account;
mod checkpoint;
mod commit;
pub(crate) mod connect;
mod erase;
mod extracts;
mod heads;
mod identifier;
mod keys;
mod notes;
mod open;
mod operator;
mod queue;
mod read;
mod schema;
mod store;
mod tallies;
#[cfg(test)]
mod tests;
mod verify;
mod writer;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use dmp_core::Mode;
use dmp_core::ids::RecordKey;
use quick_cache::sync::Cache;

use crate::StoreError;
use crate::blobs::Blobs;
use crate::blocking::blocking;
use crate::cache::RecordCache;
use crate::keys::{KeyRing, PersonKeys, RootKey};
use connect::ReadPool;
pub use connect::Syncs;
use keys::KeyReader;
pub use open::OpenOptions;
use writer::{Poison, Writer};

/// The store of one installation, in one folder. One process at a time has it open.
#[derive(Debug)]
pub struct SqliteStore {
    /// Dropped first: the writer answers what waits, then closes its connections.
    writer: Writer,
    /// Ends with the store.
    _checkpointer: checkpoint::Checkpointer,
    shared: Arc<Shared>,
    root: RootKey,
    /// Number of this start of the program.
    start: i64,
    /// Held as long as the store is open.
    _lock: open::FolderLock,
}

/// What reads and preparations share with the threads that do them.
#[derive(Debug)]
pub(crate) struct Shared {
    ring: Arc<KeyRing>,
    keys: KeyReader,
    pool: ReadPool,
    blobs: Blobs,
    records: Arc<RecordCache>,
    contents: crate::content::ContentCache,
    extracts: crate::extracts::ExtractCache,
    /// Record keys of confirmed identifiers: they change when a number is released.
    identifiers: Cache<[u8; 16], RecordKey>,
    /// Goes up before and after each release.
    releases: AtomicU64,
    poison: Arc<Poison>,
    mode: Mode,
    entries_max: usize,
}

impl SqliteStore {
    /// Thirty-two bytes for one use of the server (ids, paging tokens), derived from the root key.
    pub fn derive(&self, label: &str) -> [u8; 32] {
        self.root.derive(&format!("server {label}"))
    }

    /// Batches made durable since the start: what a measure divides its documents by.
    pub fn commits(&self) -> u64 {
        self.writer.commits.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// The mode that this store was made with.
    pub fn mode(&self) -> Mode {
        self.shared.mode
    }

    /// Runs a read on the threads kept for it.
    async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Shared) -> Result<T, StoreError> + Send + 'static,
    {
        self.shared.poison.check()?;
        let _turn = self.shared.pool.turn().await?;
        let shared = Arc::clone(&self.shared);
        blocking(move || read(&shared)).await
    }

    /// The keys of an existing person.
    async fn keys(&self, key: RecordKey) -> Result<Arc<PersonKeys>, StoreError> {
        if let Some(keys) = self.shared.ring.cached(key) {
            return Ok(keys);
        }
        self.read(move |shared| shared.keys.find(key)).await?.ok_or(StoreError::NoRecord)
    }
}
