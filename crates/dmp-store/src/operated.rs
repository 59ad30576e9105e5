//! What whoever runs a store asks of it, beside the acts of the door.

use async_trait::async_trait;
use dmp_core::{Mode, Moment, RecordKey};

use crate::{ChainReport, NoticeQueue, RecordStore, StoreError};

/// How much a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub records: u64,
    pub entries: u64,
    pub contents: u64,
    pub leaves: u64,
    /// Claims of an INS that wait for their record.
    pub claims: u64,
}

/// A backend as its operator sees it.
#[async_trait]
pub trait OperatedStore: RecordStore + NoticeQueue {
    /// Thirty-two bytes for one use of the server (ids, paging tokens), derived from the root key.
    fn derive(&self, label: &str) -> [u8; 32];

    /// The mode that this store was made with.
    fn mode(&self) -> Mode;

    /// Transactions made durable by this process: what a measure divides its documents by.
    fn commits(&self) -> u64;

    /// Counts the rows.
    async fn counts(&self) -> Result<Counts, StoreError>;

    /// Keys of records whose content is there, in their order, after a given one: for an operator who goes through all of them.
    async fn records_after(&self, after: Option<RecordKey>, limit: u32) -> Result<Vec<RecordKey>, StoreError>;

    /// What is wrong with the tables, as far as the engine can tell; empty when they are whole.
    async fn integrity(&self) -> Result<Vec<String>, StoreError>;

    /// Recomputes every chain: no gap, every hash, every leaf opens, every head is the store's own and names the last
    /// leaf, every record has both chains. Tells how many leaves are done as it goes.
    async fn verify_chains(&self, progress: &mut (dyn FnMut(u64) + Send)) -> Result<ChainReport, StoreError>;

    /// Replaces the erasure epoch key: every data key is wrapped anew, the old epoch key destroyed. Once a month. Gives how
    /// many keys were wrapped.
    async fn replace_erasure_epoch(&self, now: Moment) -> Result<u64, StoreError>;

    /// Removes large contents that no row names and that were written before a moment, which must lie further back than any
    /// publish lasts (a day). Gives how many.
    async fn sweep_orphans(&self, older_than: Moment) -> Result<u64, StoreError>;
}
