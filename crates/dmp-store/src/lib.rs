//! Keeping and finding. Two doors carry every act: [`RecordStore::load`] and [`RecordStore::commit`].
//! What is sealed, and under which key, is this crate's affair alone.

mod door;
mod error;

pub use door::{Change, Claim, Expected, IdentifierState, KeptLeaf, Receipt, RecordStore};
pub use error::StoreError;
