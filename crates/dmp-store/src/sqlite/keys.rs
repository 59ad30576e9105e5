//! The key database: its reading side, and its writing side, which the one writer thread owns.

use std::path::Path;
use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::ids::RecordKey;
use rusqlite::{Connection, OptionalExtension, params};

use super::connect::{ReadPool, Syncs, fault, open_writer};
use crate::keys::{FreshKeys, KEY_VERSION, KIND_AUDIT, KIND_PERSON, KeyRing, PersonKeys, Wrapped, WrappedKeys};
use crate::{StoreError, fail_point};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epoch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,          -- 1 erasure epoch of data keys, 2 audit keys
    created_month TEXT NOT NULL,    -- 2026-11
    wrapped BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS person_key (
    record_key BLOB NOT NULL,
    kind INTEGER NOT NULL,          -- 1 data key, 2 audit key
    version INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (record_key, kind, version)
) STRICT, WITHOUT ROWID;
";

/// Reads the keys of persons.
#[derive(Debug)]
pub(crate) struct KeyReader {
    pub ring: Arc<KeyRing>,
    pub pool: ReadPool,
}

impl KeyReader {
    /// The keys of a person from memory or from their table. `None` when there are none. Blocks.
    pub fn find(&self, key: RecordKey) -> Result<Option<Arc<PersonKeys>>, StoreError> {
        self.ring.find(key, || {
            self.pool.run(|connection| Ok(WrappedKeys { data: read(connection, key, KIND_PERSON)?, audit: read(connection, key, KIND_AUDIT)? }))
        })
    }
}

fn read(connection: &Connection, key: RecordKey, kind: i64) -> Result<Option<Wrapped>, StoreError> {
    let place = "keys.read";
    let sql = "SELECT epoch, wrapped FROM person_key WHERE record_key = ?1 AND kind = ?2 AND version = ?3";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let found = statement.query_row(params![key.0, kind, KEY_VERSION], |row| Ok(Wrapped { epoch: row.get(0)?, bytes: row.get(1)? }));
    found.optional().map_err(fault(place))
}

/// Writes keys and destroys them.
#[derive(Debug)]
pub(crate) struct KeyWriter {
    pub connection: Connection,
    ring: Arc<KeyRing>,
    person_epoch: i64,
    audit_epoch: i64,
}

/// What became of keys offered for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    Kept,
    /// Someone else's creation stored other keys first.
    AlreadyThere,
}

impl KeyWriter {
    /// Opens the key database of a store, made when it is not there, and puts its epochs in use.
    pub fn open(path: &Path, store_id: &[u8; 16], ring: Arc<KeyRing>, now: Moment, syncs: Syncs) -> Result<Self, StoreError> {
        let place = "keys.open";
        let connection = open_writer(path, syncs)?;
        // A deleted key is overwritten, not just unlinked.
        connection.pragma_update(None, "secure_delete", "ON").map_err(fault(place))?;
        connection.execute_batch(SCHEMA).map_err(fault(place))?;
        connection.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('store', ?1)", [store_id]).map_err(fault(place))?;
        let owner: [u8; 16] = connection.query_row("SELECT value FROM meta WHERE name = 'store'", [], |row| row.get(0)).map_err(fault(place))?;
        if owner != *store_id {
            return Err(StoreError::Refused("the key database belongs to another store".to_owned()));
        }
        let mut writer = KeyWriter { connection, ring, person_epoch: 0, audit_epoch: 0 };
        writer.load_epochs()?;
        writer.person_epoch = writer.current_epoch(KIND_PERSON, now)?;
        writer.audit_epoch = writer.current_epoch(KIND_AUDIT, now)?;
        Ok(writer)
    }

    /// The keys in use.
    pub fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Stores the keys of a person, wrapped, inside the open transaction.
    pub fn insert(&self, key: RecordKey, fresh: &FreshKeys) -> Result<Stored, StoreError> {
        fail_point::hit("keys.before_insert");
        let sql = "INSERT OR IGNORE INTO person_key (record_key, kind, version, epoch, wrapped) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut statement = self.connection.prepare_cached(sql).map_err(fault("keys.insert"))?;
        // The audit key first: it outlives an erasure, so that no data key is made for a record that was erased.
        for (kind, epoch, bytes) in [(KIND_AUDIT, self.audit_epoch, &fresh.audit), (KIND_PERSON, self.person_epoch, &fresh.data)] {
            let wrapped = self.ring.wrap(key, kind, epoch, bytes)?;
            let inserted = statement.execute(params![key.0, kind, KEY_VERSION, epoch, wrapped]).map_err(fault("keys.insert"))?;
            if inserted == 0 {
                return Ok(Stored::AlreadyThere);
            }
        }
        Ok(Stored::Kept)
    }

    /// Destroys the data key of a person inside the open transaction. The audit key stays.
    pub fn delete_data_key(&self, key: RecordKey) -> Result<(), StoreError> {
        let sql = "DELETE FROM person_key WHERE record_key = ?1 AND kind = ?2";
        self.connection.execute(sql, params![key.0, KIND_PERSON]).map(drop).map_err(fault("keys.delete"))
    }

    /// Destroys both keys of a record that was never created, inside the open transaction.
    pub fn delete_unused(&self, key: RecordKey) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM person_key WHERE record_key = ?1", params![key.0]).map(drop).map_err(fault("keys.delete"))
    }

    /// Writes the log into the database and empties it, so that no deleted key survives there.
    pub fn empty_log(&self) -> Result<(), StoreError> {
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(fault("keys.empty_log"))?;
        if busy != 0 {
            tracing::warn!(store.place = "keys.empty_log", "the log of the key database could not be emptied now");
        }
        Ok(())
    }

    /// Replaces the erasure epoch inside the open transaction: every data key is wrapped anew and the old epoch key
    /// destroyed. A backup of the keys that is older than the change opens nothing that was erased before it.
    pub fn replace_epoch(&mut self, now: Moment) -> Result<u64, StoreError> {
        let place = "keys.replace_epoch";
        let old = self.person_epoch;
        let new = self.make_epoch(KIND_PERSON, now)?;
        let mut select = self.connection.prepare("SELECT record_key, wrapped FROM person_key WHERE epoch = ?1 LIMIT 1000").map_err(fault(place))?;
        let mut update =
            self.connection.prepare("UPDATE person_key SET epoch = ?1, wrapped = ?2 WHERE record_key = ?3 AND kind = ?4").map_err(fault(place))?;
        let mut count = 0;
        loop {
            let rows =
                select.query_map([old], |row| Ok((RecordKey(row.get(0)?), Wrapped { epoch: old, bytes: row.get(1)? }))).map_err(fault(place))?;
            let rows = rows.collect::<Result<Vec<_>, _>>().map_err(fault(place))?;
            if rows.is_empty() {
                break;
            }
            for (key, wrapped) in rows {
                let bytes = self.ring.unwrap(key, KIND_PERSON, wrapped)?;
                let wrapped = self.ring.wrap(key, KIND_PERSON, new, &bytes)?;
                update.execute(params![new, wrapped, key.0, KIND_PERSON]).map_err(fault(place))?;
                count += 1;
            }
        }
        self.connection.execute("DELETE FROM epoch WHERE id = ?1", [old]).map_err(fault(place))?;
        drop((select, update));
        self.person_epoch = new;
        Ok(count)
    }

    /// The epoch that data keys are wrapped under.
    pub fn person_epoch(&self) -> i64 {
        self.person_epoch
    }

    fn load_epochs(&self) -> Result<(), StoreError> {
        let place = "keys.load_epochs";
        let mut statement = self.connection.prepare("SELECT id, kind, wrapped FROM epoch").map_err(fault(place))?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?)));
        for row in rows.map_err(fault(place))? {
            let (id, kind, wrapped) = row.map_err(fault(place))?;
            self.ring.add_epoch(id, self.ring.unwrap_epoch(kind, wrapped)?);
        }
        Ok(())
    }

    fn current_epoch(&self, kind: i64, now: Moment) -> Result<i64, StoreError> {
        let sql = "SELECT id FROM epoch WHERE kind = ?1 ORDER BY id DESC LIMIT 1";
        let found = self.connection.query_row(sql, [kind], |row| row.get(0)).optional().map_err(fault("keys.epoch"))?;
        found.map_or_else(|| self.make_epoch(kind, now), Ok)
    }

    fn make_epoch(&self, kind: i64, now: Moment) -> Result<i64, StoreError> {
        let (epoch_key, wrapped) = self.ring.make_epoch(kind)?;
        let month = now.to_rfc3339().get(..7).unwrap_or_default().to_owned();
        let sql = "INSERT INTO epoch (kind, created_month, wrapped) VALUES (?1, ?2, ?3)";
        self.connection.execute(sql, params![kind, month, wrapped]).map_err(fault("keys.epoch"))?;
        let id = self.connection.last_insert_rowid();
        self.ring.add_epoch(id, epoch_key);
        Ok(id)
    }
}
