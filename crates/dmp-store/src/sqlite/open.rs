//! Opening: the lock, the mode, the root key, the tables, the threads.

use std::fs::TryLockError;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dmp_core::{Mode, Moment};
use quick_cache::sync::Cache;
use rusqlite::{Connection, OptionalExtension, params};

use super::checkpoint::{Checkpointer, bound_log};
use super::connect::{ReadPool, Syncs, fault, open_writer};
use super::keys::{KeyReader, KeyWriter};
use super::writer::{Poison, Writer};
use super::{Shared, SqliteStore, schema};
use crate::StoreError;
use crate::blobs::Blobs;
use crate::cache::{CACHED_IDENTIFIERS_MAX, CACHED_ROWS_MAX, record_cache};
use crate::keys::{Derived, KeyRing, RootKey};
use crate::recognise::{ENTRIES_MAX, Passport, refuse_clear, says_nothing};
use crate::seal::Sealing;

/// How to open a store.
#[derive(Debug)]
pub struct OpenOptions {
    /// The data folder: made when it is not there.
    pub dir: PathBuf,
    /// The mode of the program: sealed in a new store, required of an existing one.
    pub mode: Mode,
    /// From a file outside the data folder.
    pub root_key: RootKey,
    /// [`Sealing::Off`] is refused in production.
    pub sealing: Sealing,
    /// [`Syncs::Off`] is refused in production.
    pub syncs: Syncs,
    /// The present moment: names the first erasure epoch of a new store.
    pub now: Moment,
    /// Most entries of a record.
    pub entries_max: usize,
    /// Most rows of records in the cache.
    pub cached_rows_max: u64,
}

impl OpenOptions {
    /// The options of a deployment.
    pub fn new(dir: impl Into<PathBuf>, mode: Mode, root_key: RootKey, now: Moment) -> Self {
        OpenOptions {
            dir: dir.into(),
            mode,
            root_key,
            sealing: Sealing::On,
            syncs: Syncs::On,
            now,
            entries_max: ENTRIES_MAX,
            cached_rows_max: CACHED_ROWS_MAX,
        }
    }
}

impl SqliteStore {
    /// Opens the store of a folder, made when it is not there.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when another process has it open, when it was made in the other mode, with another root key
    /// or another sealing, or when the root key lies inside the folder.
    pub fn open(options: OpenOptions) -> Result<Arc<Self>, StoreError> {
        refuse_unsafe(&options)?;
        std::fs::create_dir_all(&options.dir).map_err(|error| StoreError::fault("open.folder", error))?;
        if options.root_key.lies_inside(&options.dir) {
            return Err(StoreError::Refused("the root key lies inside the data folder: keep it elsewhere".to_owned()));
        }
        let lock = lock(&options.dir)?;
        let (records_path, keys_path) = (options.dir.join("record.sqlite"), options.dir.join("keys.sqlite"));
        let connection = open_writer(&records_path, options.syncs)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0).map_err(fault("open.pragma"))?;
        schema::prepare(&connection)?;
        let derived = Derived::new(&options.root_key, options.sealing)?;
        let store_id = recognise(&connection, &derived, options.mode, options.sealing)?;
        let start = count_start(&connection)?;
        refuse_without_keys(&connection, &keys_path)?;
        let ring = Arc::new(KeyRing::new(derived, options.sealing));
        let keys = KeyWriter::open(&keys_path, &store_id, Arc::clone(&ring), options.now, options.syncs)?;
        let blobs = Blobs::open_folder(&options.dir.join("blobs"))?;
        sync_folder(&options.dir)?;
        let poison = Arc::new(Poison::default());
        let writer = Writer::start(connection, keys, Arc::clone(&poison), bound_log(&records_path))?;
        let checkpointer = Checkpointer::start(&records_path, options.syncs, Arc::clone(&poison))?;
        let records = Arc::new(record_cache(options.cached_rows_max)?);
        let shared = Shared {
            keys: KeyReader { ring: Arc::clone(&ring), pool: ReadPool::new(&keys_path) },
            ring,
            pool: ReadPool::new(&records_path),
            blobs,
            records,
            contents: crate::content::cache(),
            extracts: crate::extracts::cache(),
            identifiers: Cache::new(CACHED_IDENTIFIERS_MAX),
            releases: std::sync::atomic::AtomicU64::new(0),
            poison,
            mode: options.mode,
            entries_max: options.entries_max,
        };
        Ok(Arc::new(SqliteStore { writer, _checkpointer: checkpointer, shared: Arc::new(shared), root: options.root_key, start, _lock: lock }))
    }
}

fn refuse_unsafe(options: &OpenOptions) -> Result<(), StoreError> {
    if options.mode == Mode::Production && options.syncs == Syncs::Off {
        return Err(StoreError::Refused("syncs cannot be off in production".to_owned()));
    }
    refuse_clear(options.mode, options.sealing)
}

/// Records whose key database is gone could never be read: better told at once than found one by one.
fn refuse_without_keys(connection: &Connection, keys_path: &Path) -> Result<(), StoreError> {
    let filled: bool = connection.query_row("SELECT EXISTS (SELECT 1 FROM record)", [], |row| row.get(0)).map_err(fault("open.keys"))?;
    if filled && !keys_path.exists() {
        return Err(StoreError::Refused("the store holds records and its key database is missing: restore it".to_owned()));
    }
    Ok(())
}

/// The folder is this process's as long as this lives.
#[derive(Debug)]
pub(crate) struct FolderLock(std::fs::File);

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Given back by name: closing alone would leave it to a child process that was just forked.
        let _ = self.0.unlock();
    }
}

/// Takes the folder for this process.
fn lock(dir: &Path) -> Result<FolderLock, StoreError> {
    let path = dir.join("lock");
    let file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| StoreError::fault("open.lock", error))?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Refused(format!("another process has the store `{}` open", dir.display()))),
        Err(TryLockError::Error(error)) => Err(StoreError::fault("open.lock", error)),
    }
}

/// Writes who a new store is, or checks that an existing one is the store of this mode, root key and sealing.
/// Gives the store's id.
fn recognise(connection: &Connection, derived: &Derived, mode: Mode, sealing: Sealing) -> Result<[u8; 16], StoreError> {
    let Some(id) = meta::<[u8; 16]>(connection, "store")? else {
        let passport = Passport::issue(derived, mode, sealing)?;
        let sql = "INSERT INTO meta (name, value) VALUES ('store', ?1), ('mode', ?2), ('sealing', ?3), ('probe', ?4)";
        connection.execute(sql, params![passport.id, passport.mode, passport.sealing, passport.probe]).map_err(fault("open.recognise"))?;
        return Ok(passport.id);
    };
    let line = |name| meta::<Vec<u8>>(connection, name)?.ok_or_else(says_nothing);
    Passport { id, mode: line("mode")?, sealing: line("sealing")?, probe: line("probe")? }.check(derived, mode, sealing)
}

fn meta<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    connection.query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0)).optional().map_err(fault("open.meta"))
}

/// Counts the starts of the program: a claim of an earlier start is one that no creation will follow.
fn count_start(connection: &Connection) -> Result<i64, StoreError> {
    let start = meta::<Vec<u8>>(connection, "starts")?.and_then(|bytes| bytes.first_chunk().copied()).map_or(0, i64::from_le_bytes) + 1;
    let sql = "INSERT INTO meta (name, value) VALUES ('starts', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    connection.execute(sql, [start.to_le_bytes()]).map_err(fault("open.starts"))?;
    Ok(start)
}

/// Makes the names of new files durable.
fn sync_folder(dir: &Path) -> Result<(), StoreError> {
    std::fs::File::open(dir).and_then(|folder| folder.sync_all()).map_err(|error| StoreError::fault("open.sync", error))
}
