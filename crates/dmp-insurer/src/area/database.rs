//! The two databases of a staging area. Clear columns are keyed hashes of people and files, numbers of batches and rows, and totals over
//! everybody; all else is sealed.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::StagingError;
use crate::error::at;

/// One row a person: what is kept.
pub(crate) const LINES: &str = "lines.sqlite";
/// What arrived and is not merged yet, and which files were read. Apart, so that it shrinks when it was merged.
pub(crate) const FRESH: &str = "fresh.sqlite";

const VERSION: i64 = 1;
/// How long a statement waits for another process's lock.
const WAIT_MAX: Duration = Duration::from_secs(30);
/// A row of a person is 2 to 4 KB: SQLite moves rows over a quarter of a page into pages of their own.
const PAGE_SIZE_BYTES: i64 = 16_384;
/// In KiB (negative is SQLite's sign for that).
const WRITER_CACHE_KIB: i64 = -24_576;
const READER_CACHE_KIB: i64 = -4_096;
/// Pages of the log before it is carried over: 32 MB.
const CHECKPOINT_PAGES: i64 = 2_048;

const LINES_SCHEMA: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE total (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person (hash BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
";

const FRESH_SCHEMA: &str = "
CREATE TABLE total (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE batch (number INTEGER PRIMARY KEY) STRICT;
CREATE TABLE fresh (
    id INTEGER PRIMARY KEY,         -- batch × 65536 + bucket: a batch appends, a bucket is found by number
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE file (
    digest BLOB PRIMARY KEY,        -- keyed
    position INTEGER NOT NULL,      -- bytes, or rows of a Parquet file, that are in committed batches
    line INTEGER NOT NULL,
    read INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    complete INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Opens both for writing, made when they are not there.
pub(crate) fn open_writers(folder: &Path) -> Result<(Connection, Connection), StagingError> {
    let lines = open_writer(&folder.join(LINES), LINES_SCHEMA)?;
    // What a correction replaced or the retention removed is overwritten, not left in free space.
    lines.pragma_update(None, "secure_delete", "ON").map_err(at("database.open"))?;
    Ok((lines, open_writer(&folder.join(FRESH), FRESH_SCHEMA)?))
}

/// Opens both for reading.
pub(crate) fn open_readers(folder: &Path) -> Result<(Connection, Connection), StagingError> {
    let open = |name: &str| {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(folder.join(name), flags).map_err(at("database.read"))?;
        connection.busy_timeout(WAIT_MAX).map_err(at("database.read"))?;
        connection.pragma_update(None, "cache_size", READER_CACHE_KIB).map_err(at("database.read"))?;
        Ok::<_, StagingError>(connection)
    };
    Ok((open(LINES)?, open(FRESH)?))
}

fn open_writer(path: &Path, schema: &str) -> Result<Connection, StagingError> {
    let place = "database.open";
    let connection = Connection::open(path).map_err(at(place))?;
    connection.busy_timeout(WAIT_MAX).map_err(at(place))?;
    connection.pragma_update(None, "page_size", PAGE_SIZE_BYTES).map_err(at(place))?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(at(place))?;
    if mode != "wal" {
        return Err(StagingError::fault(place, format!("journal mode is `{mode}`")));
    }
    connection.pragma_update(None, "synchronous", "FULL").map_err(at(place))?;
    connection.pragma_update(None, "cache_size", WRITER_CACHE_KIB).map_err(at(place))?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES).map_err(at(place))?;
    connection.pragma_update(None, "trusted_schema", "OFF").map_err(at(place))?;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(at(place))?;
    match found {
        VERSION => {}
        0 => {
            let made = format!("BEGIN IMMEDIATE; {schema} PRAGMA user_version = {VERSION}; COMMIT;");
            connection.execute_batch(&made).map_err(at("database.create"))?;
        }
        other => return Err(StagingError::Refused(format!("its tables have version {other}; this program knows version {VERSION}"))),
    }
    Ok(connection)
}

/// A total over everybody; 0 when it was never written.
pub(crate) fn total(connection: &Connection, name: &str) -> Result<i64, StagingError> {
    let mut query = connection.prepare_cached("SELECT value FROM total WHERE name = ?1").map_err(at("database.total"))?;
    let mut rows = query.query([name]).map_err(at("database.total"))?;
    match rows.next().map_err(at("database.total"))? {
        Some(row) => row.get(0).map_err(at("database.total")),
        None => Ok(0),
    }
}

/// Sets a total.
pub(crate) fn set_total(connection: &Connection, name: &str, value: i64) -> Result<(), StagingError> {
    let mut put = connection.prepare_cached("INSERT OR REPLACE INTO total (name, value) VALUES (?1, ?2)").map_err(at("database.total"))?;
    put.execute((name, value)).map_err(at("database.total"))?;
    Ok(())
}

/// Runs changes in one transaction: all of them, or none.
pub(crate) fn transaction<T>(connection: &mut Connection, change: impl FnOnce(&Connection) -> Result<T, StagingError>) -> Result<T, StagingError> {
    let place = "database.transaction";
    let open = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(at(place))?;
    let value = change(&open)?;
    open.commit().map_err(at(place))?;
    Ok(value)
}
