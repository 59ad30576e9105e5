//! A person's copy of their record: taken away whole (GDPR art. 15 and 20), and a record made of it elsewhere. What is equal before and after
//! is the canonical form (`canonical.rs`).

mod canonical;
mod import;
mod take;

pub use canonical::{Canonical, CanonicalHead, RecordFile, record_hash};
pub use import::Imported;
pub use take::{COPIES_A_DAY, WholeCopy};
