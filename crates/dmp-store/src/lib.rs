//! Keeping and finding. Two doors carry every act: [`RecordStore::load`] and [`RecordStore::commit`].
//! What is sealed, and under which key, is this crate's affair alone. The layout is told in `docs/store.md`.

mod blobs;
#[cfg(test)]
mod contract;
mod door;
mod error;
pub mod fail_point;
mod keys;
mod seal;
mod sqlite;

pub use door::{Change, Claim, Expected, IdentifierState, KeptLeaf, OpeningNotice, Receipt, RecordStore};
pub use error::StoreError;
pub use keys::RootKey;
pub use seal::Sealing;
pub use sqlite::{BrokenChain, ChainReport, Counts, Flaw, OpenOptions, SqliteStore, Syncs};
