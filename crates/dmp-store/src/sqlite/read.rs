//! Reading a record whole, and the leaves of a chain. Blocking: run on the threads kept for it.

use std::sync::Arc;

use dmp_core::document::DocumentEntry;
use dmp_core::ids::{BlobAddress, RecordKey};
use dmp_core::record::{Head, Record};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;

use super::connect::fault;
use super::keys::KeyReader;
use crate::StoreError;
use crate::chain::StoredLeaf;
use crate::content::Kept;
use crate::prepare::{KIND_FOLDER, KIND_SUBMISSION, ONLY_ROW};
use crate::rows::{Opener, Sealed};

/// Reads a record on one snapshot. `None` when there is none, or its key was erased.
pub(crate) fn record(connection: &Connection, keys: &KeyReader, key: RecordKey) -> Result<Option<Record>, StoreError> {
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
    let keys = keys.find(key)?;
    let opener = Opener::new(keys.as_deref(), key)?;
    Ok(Some(Record {
        key,
        version,
        head: opener.open::<Head>("record", &head)?,
        entries: entries(connection, &opener, key)?,
        submissions: members(connection, &opener, key, KIND_SUBMISSION, "submission")?.into_iter().map(Arc::new).collect(),
        folders: members(connection, &opener, key, KIND_FOLDER, "folder")?,
    }))
}

fn entries(connection: &Connection, opener: &Opener<'_>, key: RecordKey) -> Result<Vec<Arc<DocumentEntry>>, StoreError> {
    let place = "load.entries";
    let sql = "SELECT entry_id, version, key_version, sealed FROM entry WHERE record_key = ?1 ORDER BY entry_id";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![key.0], sealed).map_err(fault(place))?;
    rows.map(|row| opener.open("entry", &row.map_err(fault(place))?).map(Arc::new)).collect()
}

fn members<T: DeserializeOwned>(
    connection: &Connection,
    opener: &Opener<'_>,
    key: RecordKey,
    kind: i64,
    table: &'static str,
) -> Result<Vec<T>, StoreError> {
    let place = "load.members";
    let sql = "SELECT id, version, key_version, sealed FROM member WHERE record_key = ?1 AND kind = ?2 ORDER BY id";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![key.0, kind], sealed).map_err(fault(place))?;
    rows.map(|row| opener.open(table, &row.map_err(fault(place))?)).collect()
}

fn sealed(row: &Row<'_>) -> rusqlite::Result<Sealed> {
    Ok(Sealed { id: row.get(0)?, version: row.get(1)?, key_version: row.get(2)?, sealed: row.get(3)? })
}

/// Leaves of a chain, newest first, before a sequence.
pub(crate) fn leaves(connection: &Connection, chain_id: &[u8; 16], before: Option<u64>, limit: u32) -> Result<Vec<StoredLeaf>, StoreError> {
    let place = "journal.leaves";
    let sql = "SELECT sequence, account_hash, hash, sealed FROM leaf WHERE chain_id = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let before = before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![chain_id, before, limit], stored_leaf);
    rows.map_err(fault(place))?.map(|row| row.map_err(fault(place))).collect()
}

/// Leaves that one account left in a chain, newest first.
pub(crate) fn leaves_of(connection: &Connection, chain_id: &[u8; 16], account_hash: &[u8; 16], limit: u32) -> Result<Vec<StoredLeaf>, StoreError> {
    let place = "journal.of";
    let sql = "SELECT sequence, account_hash, hash, sealed FROM leaf WHERE account_hash = ?1 AND chain_id = ?2 ORDER BY sequence DESC LIMIT ?3";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![account_hash, chain_id, limit], stored_leaf);
    rows.map_err(fault(place))?.map(|row| row.map_err(fault(place))).collect()
}

fn stored_leaf(row: &Row<'_>) -> rusqlite::Result<StoredLeaf> {
    Ok(StoredLeaf { sequence: row.get(0)?, account_hash: row.get(1)?, hash: row.get(2)?, sealed: row.get(3)? })
}

/// The record that claims a producer's identifier.
pub(crate) fn locator(connection: &Connection, unique_hash: [u8; 16]) -> Result<Option<RecordKey>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT record_key FROM locator WHERE unique_hash = ?1").map_err(fault("locate"))?;
    statement.query_row([unique_hash], |row| row.get(0).map(RecordKey)).optional().map_err(fault("locate"))
}

/// Reads where content lies, and its key version. `None` when no row names it.
pub(crate) fn content(connection: &Connection, record: RecordKey, address: BlobAddress) -> Result<Option<(u32, Kept)>, StoreError> {
    let sql = "SELECT key_version, sealed FROM content WHERE address = ?1 AND record_key = ?2";
    let mut statement = connection.prepare_cached(sql).map_err(fault("content.find"))?;
    let found = statement.query_row(params![address.0, record.0], |row| {
        let sealed: Option<Vec<u8>> = row.get(1)?;
        Ok((row.get(0)?, sealed.map_or(Kept::InFile, Kept::Inline)))
    });
    found.optional().map_err(fault("content.find"))
}
