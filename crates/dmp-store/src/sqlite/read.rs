//! Reading a record whole, and the leaves of a chain. Blocking: run on the threads kept for it.

use std::sync::Arc;

use dmp_core::audit::Leaf;
use dmp_core::document::DocumentEntry;
use dmp_core::ids::RecordKey;
use dmp_core::record::{Head, Record};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;

use super::connect::fault;
use super::prepare::{KIND_FOLDER, KIND_SUBMISSION, ONLY_ROW, leaf_place};
use crate::keys::{KeyRing, PersonKeys};
use crate::seal::{Place, SealKey};
use crate::{KeptLeaf, StoreError};

/// A sealed row as it stands.
struct Sealed {
    id: [u8; 16],
    version: u64,
    key_version: u32,
    sealed: Vec<u8>,
}

impl Sealed {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Sealed { id: row.get(0)?, version: row.get(1)?, key_version: row.get(2)?, sealed: row.get(3)? })
    }
}

/// Reads a record on one snapshot. `None` when there is none, or its key was erased.
pub(crate) fn record(connection: &Connection, ring: &KeyRing, key: RecordKey) -> Result<Option<Record>, StoreError> {
    let place = "load.record";
    let sql = "SELECT version, head_version, key_version, sealed FROM record WHERE record_key = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let found = statement.query_row(params![key.0], |row| {
        Ok((row.get::<_, u64>(0)?, Sealed { id: ONLY_ROW, version: row.get(1)?, key_version: row.get(2)?, sealed: row.get(3)? }))
    });
    let Some((version, head)) = found.optional().map_err(fault(place))? else { return Ok(None) };
    if head.key_version == 0 {
        return Ok(None);
    }
    let keys = ring.find(key)?.ok_or_else(|| StoreError::fault(place, "the person's keys are missing"))?;
    // A key that is gone without an erasure is a loss, not an absence.
    let data = keys.data().map_err(|_| StoreError::fault(place, "the person's data key is missing"))?;
    let opener = Opener { keys: &keys, data, owner: key };
    Ok(Some(Record {
        key,
        version,
        head: opener.open::<Head>("record", &head)?,
        entries: entries(connection, &opener)?,
        submissions: members(connection, &opener, KIND_SUBMISSION, "submission")?.into_iter().map(Arc::new).collect(),
        folders: members(connection, &opener, KIND_FOLDER, "folder")?,
    }))
}

fn entries(connection: &Connection, opener: &Opener<'_>) -> Result<Vec<Arc<DocumentEntry>>, StoreError> {
    let place = "load.entries";
    let sql = "SELECT entry_id, version, key_version, sealed FROM entry WHERE record_key = ?1 ORDER BY entry_id";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![opener.owner.0], Sealed::read).map_err(fault(place))?;
    rows.map(|row| opener.open("entry", &row.map_err(fault(place))?).map(Arc::new)).collect()
}

fn members<T: DeserializeOwned>(connection: &Connection, opener: &Opener<'_>, kind: i64, table: &'static str) -> Result<Vec<T>, StoreError> {
    let place = "load.members";
    let sql = "SELECT id, version, key_version, sealed FROM member WHERE record_key = ?1 AND kind = ?2 ORDER BY id";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![opener.owner.0, kind], Sealed::read).map_err(fault(place))?;
    rows.map(|row| opener.open(table, &row.map_err(fault(place))?)).collect()
}

struct Opener<'a> {
    keys: &'a PersonKeys,
    data: &'a SealKey,
    owner: RecordKey,
}

impl Opener<'_> {
    fn open<T: DeserializeOwned>(&self, table: &'static str, row: &Sealed) -> Result<T, StoreError> {
        if row.key_version != self.keys.version {
            return Err(StoreError::fault("load.open", format!("row of {table} has unknown key version {}", row.key_version)));
        }
        let place = Place { table, owner: &self.owner.0, row: &row.id, version: row.version };
        self.data.open_row(&place, &row.sealed)
    }
}

/// A leaf as it stands in its table.
#[derive(Debug)]
pub(crate) struct StoredLeaf {
    pub sequence: u64,
    pub account_hash: [u8; 16],
    pub hash: [u8; 32],
    pub sealed: Vec<u8>,
}

impl StoredLeaf {
    /// Opens the leaf.
    pub fn open(&self, chain_id: &[u8; 16], audit: &SealKey) -> Result<KeptLeaf, StoreError> {
        let leaf: Leaf = audit.open_row(&leaf_place(chain_id, &self.account_hash), &self.sealed)?;
        Ok(KeptLeaf { sequence: self.sequence, hash: self.hash, leaf })
    }
}

/// Leaves of a chain, newest first, before a sequence.
pub(crate) fn leaves(connection: &Connection, chain_id: &[u8; 16], before: Option<u64>, limit: u32) -> Result<Vec<StoredLeaf>, StoreError> {
    let place = "journal.leaves";
    let sql = "SELECT sequence, account_hash, hash, sealed FROM leaf WHERE chain_id = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let before = before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![chain_id, before, limit], |row| {
        Ok(StoredLeaf { sequence: row.get(0)?, account_hash: row.get(1)?, hash: row.get(2)?, sealed: row.get(3)? })
    });
    rows.map_err(fault(place))?.map(|row| row.map_err(fault(place))).collect()
}

/// The record that claims a producer's identifier.
pub(crate) fn locator(connection: &Connection, unique_hash: [u8; 16]) -> Result<Option<RecordKey>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT record_key FROM locator WHERE unique_hash = ?1").map_err(fault("locate"))?;
    statement.query_row([unique_hash], |row| row.get(0).map(RecordKey)).optional().map_err(fault("locate"))
}
