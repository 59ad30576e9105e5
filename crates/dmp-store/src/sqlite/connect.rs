//! Connections: the one that writes, and a pool of those that read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use crate::StoreError;

/// Reads that run at once. More would only wait for the same cores and disk.
const READERS_MAX: usize = 8;
/// How long a statement waits for another connection's lock; the writer alone writes, so this is never reached.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(5);
const STATEMENTS_MAX: usize = 64;
/// An entry row of about 1.3 KB stays in its page: SQLite moves rows over a quarter of a page into pages of their own.
const PAGE_SIZE_BYTES: i64 = 8192;
/// Page cache of the writer and of each reader, in KiB (negative is SQLite's sign for that).
const WRITER_CACHE_KIB: i64 = -65_536;
const READER_CACHE_KIB: i64 = -8_192;

/// Whether a commit waits until the disk has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syncs {
    On,
    /// The negative control of the power-loss campaign, in sandbox mode only.
    Off,
}

/// Turns an engine error into a fault at a place.
pub(crate) fn fault(place: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    move |error| StoreError::fault(place, error)
}

/// Opens a database for writing: WAL, and a sync of the log at each commit.
pub(crate) fn open_writer(path: &Path, syncs: Syncs) -> Result<Connection, StoreError> {
    let place = "sqlite.open";
    let connection = Connection::open(path).map_err(fault(place))?;
    connection.busy_timeout(WAIT_MAX).map_err(fault(place))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.pragma_update(None, "page_size", PAGE_SIZE_BYTES).map_err(fault(place))?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(fault(place))?;
    if mode != "wal" {
        return Err(StoreError::fault(place, format!("journal mode is `{mode}`")));
    }
    // SECURITY: with less than FULL a power cut loses acknowledged documents.
    let synchronous = if syncs == Syncs::On { "FULL" } else { "OFF" };
    connection.pragma_update(None, "synchronous", synchronous).map_err(fault(place))?;
    connection.pragma_update(None, "cache_size", WRITER_CACHE_KIB).map_err(fault(place))?;
    connection.pragma_update(None, "trusted_schema", "OFF").map_err(fault(place))?;
    Ok(connection)
}

/// A bounded pool of read connections to one database.
#[derive(Debug)]
pub(crate) struct ReadPool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl ReadPool {
    pub fn new(path: &Path) -> Self {
        ReadPool { path: path.to_owned(), idle: Mutex::default(), permits: Arc::new(Semaphore::new(READERS_MAX)) }
    }

    /// Waits for a turn to read. Held across the blocking work.
    pub async fn turn(&self) -> Result<tokio::sync::OwnedSemaphorePermit, StoreError> {
        Arc::clone(&self.permits).acquire_owned().await.map_err(|error| StoreError::fault("sqlite.turn", error))
    }

    /// Runs a read on a free connection. Blocks.
    pub fn run<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let free = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match free {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = read(&connection);
        // A connection whose read failed may stand inside a transaction: it is closed, not kept.
        if result.is_ok() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        result
    }

    /// Runs several reads on one snapshot. Blocks.
    pub fn snapshot<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.run(|connection| {
            connection.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])).map_err(fault("sqlite.snapshot"))?;
            let result = read(connection)?;
            connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])).map_err(fault("sqlite.snapshot"))?;
            Ok(result)
        })
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let place = "sqlite.read";
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(fault(place))?;
        connection.busy_timeout(WAIT_MAX).map_err(fault(place))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        connection.pragma_update(None, "cache_size", READER_CACHE_KIB).map_err(fault(place))?;
        Ok(connection)
    }
}
