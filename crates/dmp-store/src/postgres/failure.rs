//! What a failure of the database means for the transaction that met it: final, worth another try, or unknown.

use std::time::Duration;

use deadpool_postgres::{HookError, PoolError};
use tokio_postgres::error::SqlState;

use crate::StoreError;

/// Tries of one call: about three seconds of waiting in all, longer than a server takes to come back from a restart.
const TRIES_MAX: u32 = 9;
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// Why a transaction did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Trying again would not help.
    Final(StoreError),
    /// Nothing was written: it may be tried again.
    Again(StoreError),
    /// COMMIT was sent and its answer never came. INVARIANT: never tried again without looking whether it happened.
    Unknown(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Final(error)
    }
}

/// Turns an error into a failure at a place where nothing is committed yet.
pub(crate) fn failed(place: &'static str) -> impl Fn(tokio_postgres::Error) -> Failure {
    move |error| {
        let state = error.code();
        if is_lost(&error) {
            Failure::Again(StoreError::unavailable(place, words(&error)))
        } else if state == Some(&SqlState::T_R_SERIALIZATION_FAILURE) || state == Some(&SqlState::T_R_DEADLOCK_DETECTED) {
            Failure::Again(StoreError::Busy)
        } else if state == Some(&SqlState::QUERY_CANCELED) || state == Some(&SqlState::LOCK_NOT_AVAILABLE) {
            // A bound of ours: somebody else holds the row too long.
            Failure::Final(StoreError::Busy)
        } else {
            Failure::Final(StoreError::fault(place, words(&error)))
        }
    }
}

/// The same where COMMIT was already sent.
pub(crate) fn failed_at_commit(error: tokio_postgres::Error) -> Failure {
    let place = "postgres.commit";
    let unknown =
        is_lost(&error) || error.code() == Some(&SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN) || error.code() == Some(&SqlState::QUERY_CANCELED);
    if unknown { Failure::Unknown(StoreError::unavailable(place, words(&error))) } else { failed(place)(error) }
}

/// The same for a connection that was asked of the pool.
pub(crate) fn no_connection(error: PoolError) -> Failure {
    match error {
        // Every connection is in use.
        PoolError::Timeout(_) => Failure::Final(StoreError::Busy),
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
            let told = StoreError::unavailable("postgres.connect", words(&error));
            // What is not lost is refused for good: a password, a name.
            if is_lost(&error) { Failure::Again(told) } else { Failure::Final(told) }
        }
        other => Failure::Final(StoreError::fault("postgres.pool", other)),
    }
}

/// Whether the connection is gone, or its server is on its way out or not yet there.
fn is_lost(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        None => error.is_closed() || std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>()),
        Some(state) => {
            // 08 connection exception, 53300 too many connections, 57P01 to 57P05 the server or the session was ended or is
            // starting, 25006 a standby that took over is not yet a primary.
            let code = state.code();
            code.starts_with("08") || code.starts_with("57P") || code == "53300" || code == "25006"
        }
    }
}

/// The message alone: details may name values.
fn words(error: &tokio_postgres::Error) -> String {
    if let Some(told) = error.as_db_error() {
        return format!("{} {}", told.code().code(), told.message());
    }
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

/// Counts the tries of one call and waits between them.
#[derive(Debug, Default)]
pub(crate) struct Tries(u32);

impl Tries {
    /// Waits, twice as long each time, when another try is due.
    ///
    /// # Errors
    /// The failure itself when it is final or the tries are used up.
    pub async fn again(&mut self, failure: Failure) -> Result<(), StoreError> {
        let (Failure::Again(error) | Failure::Unknown(error)) = failure else {
            let Failure::Final(error) = failure else { return Ok(()) };
            return Err(error);
        };
        self.0 += 1;
        if self.0 >= TRIES_MAX {
            return Err(error);
        }
        tokio::time::sleep(FIRST_PAUSE * 2_u32.pow(self.0 - 1)).await;
        Ok(())
    }
}
