//! The backend of a cluster: PostgreSQL behind the same door. Several processes may have one database open at once; contents
//! over the inline bound lie in an S3 or a shared folder.

mod append;
mod batch;
mod commit;
mod connect;
#[cfg(test)]
mod discipline;
mod extracts;
mod failure;
mod identifier;
mod keys;
mod notes;
mod open;
mod operator;
mod queue;
mod read;
mod rows;
mod schema;
mod store;
mod tallies;
#[cfg(test)]
mod tests;
mod turns;
mod verify;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use deadpool_postgres::Pool;
use dmp_core::Mode;
use dmp_core::ids::RecordKey;

use crate::blobs::Blobs;
use crate::cache::RecordCache;
use crate::keys::{PersonKeys, RootKey};
use crate::{StoreError, blocking};
use connect::Session;
use failure::Failure;
use keys::Keys;
pub use open::{DatabaseUrl, PostgresOptions};
use turns::Turns;

/// The store of one installation, in one database.
#[derive(Debug)]
pub struct PostgresStore {
    pool: Pool,
    turns: Turns,
    keys: Keys,
    blobs: Blobs,
    /// Unsealed records. INVARIANT: none is used before the database has said that its version is the present one, since other
    /// processes write too.
    records: RecordCache,
    /// INVARIANT: as with records.
    extracts: crate::extracts::ExtractCache,
    root: RootKey,
    mode: Mode,
    /// Number of this start among all starts on this database.
    start: i64,
    entries_max: usize,
    claim_age_seconds: i64,
    commits: AtomicU64,
}

/// Tries what may be tried again: an expression that is evaluated anew for each try.
macro_rules! retried {
    ($attempt:expr) => {{
        let mut tries = $crate::postgres::failure::Tries::default();
        loop {
            match $attempt.await {
                Ok(value) => break Ok(value),
                Err(failure) => {
                    if let Err(error) = tries.again(failure).await {
                        break Err(error);
                    }
                }
            }
        }
    }};
}
pub(crate) use retried;

impl PostgresStore {
    /// The mode that this store was made with.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    async fn session(&self) -> Result<Session, Failure> {
        Session::take(&self.pool).await
    }

    /// The keys of an existing person.
    async fn keys_of(&self, key: RecordKey) -> Result<Arc<PersonKeys>, StoreError> {
        self.find_keys(key).await?.ok_or(StoreError::NoRecord)
    }

    /// The keys of a person from memory or from their table. `None` when there are none.
    async fn find_keys(&self, key: RecordKey) -> Result<Option<Arc<PersonKeys>>, StoreError> {
        match self.keys.ring.cached(key) {
            Some(keys) => Ok(Some(keys)),
            None => self.keys.ring.find_async(key, async { retried!(self.read_keys(key)) }).await,
        }
    }

    async fn read_keys(&self, key: RecordKey) -> Result<crate::keys::WrappedKeys, Failure> {
        self.keys.read(&self.session().await?, key).await
    }
}

/// Runs work that takes longer than a request should hold a thread for on the threads kept for it, the rest at once.
async fn aside<T: Send + 'static>(is_long: bool, work: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> Result<T, StoreError> {
    if is_long { blocking::blocking(work).await } else { work() }
}
