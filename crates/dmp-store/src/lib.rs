//! Keeping and finding. Two doors carry every act: [`RecordStore::load`] and [`RecordStore::commit`].
//! What is sealed, and under which key, is this crate's affair alone. The layout is told in `docs/store.md`.

mod blobs;
mod blocking;
mod cache;
mod chain;
mod content;
#[cfg(test)]
mod contract;
mod door;
mod error;
mod extracts;
pub mod fail_point;
mod keys;
mod notes;
mod operated;
mod postgres;
mod prepare;
mod queue;
mod recognise;
mod rows;
mod seal;
mod sqlite;
mod tallies;
mod tls;
mod verify;

pub use blobs::{BlobPlace, Bucket};
pub use door::{Change, Claim, Expected, IdentifierState, KeptLeaf, OpeningNotice, Receipt, RecordStore};
pub use error::StoreError;
pub use extracts::{ExtractStore, Extracts, NewExtract, Saving, ToRead};
pub use keys::RootKey;
pub use notes::{AccountStore, Note, NoteKind, NotePut};
pub use operated::{Counts, OperatedStore};
pub use postgres::{DatabaseUrl, PostgresOptions, PostgresStore};
pub use queue::{CLOCK_DAYS_BACK, ClaimedDelivery, NoticeQueue, OutboxRow, QueueCounts, RecordClock, Slot};
pub use seal::Sealing;
pub use sqlite::{OpenOptions, SqliteStore, Syncs};
pub use tallies::{DeedRow, LedgerMonth, StatisticsStore, Sums};
pub use verify::{BrokenChain, ChainReport, Flaw};
