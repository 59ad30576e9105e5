//! Reading a record whole, the leaves of a chain, and where contents lie.

use std::sync::Arc;

use dmp_core::document::{DocumentEntry, Folder, SubmissionSet};
use dmp_core::ids::{BlobAddress, RecordKey};
use dmp_core::record::{Head, Record};

use super::connect::Session;
use super::failure::{Failure, failed};
use super::rows::{bytes, fixed, number, record_key, stored_leaf};
use crate::StoreError;
use crate::chain::StoredLeaf;
use crate::content::Kept;
use crate::keys::PersonKeys;
use crate::prepare::{KIND_FOLDER, KIND_SUBMISSION};
use crate::rows::{Opener, Sealed};

/// One statement, which sees one moment: the head, the entries, the sets and folders.
const RECORD: &str = "SELECT -1 AS kind, record_key AS id, head_version AS version, key_version, sealed, version AS whole
        FROM dmp.record WHERE record_key = $1
    UNION ALL SELECT 0, entry_id, version, key_version, sealed, 0 FROM dmp.entry WHERE record_key = $1
    UNION ALL SELECT kind, id, version, key_version, sealed, 0 FROM dmp.member WHERE record_key = $1
    ORDER BY 1, 2";
const VERSION: &str = "SELECT version, key_version FROM dmp.record WHERE record_key = $1";
const LEAVES_OF: &str = "SELECT sequence, account_hash, hash, sealed FROM dmp.leaf WHERE account_hash = $1 AND chain_id = $2
    ORDER BY sequence DESC LIMIT $3";
const LEAVES: &str = "SELECT sequence, account_hash, hash, sealed FROM dmp.leaf
    WHERE chain_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3";
const LOCATOR: &str = "SELECT record_key FROM dmp.locator WHERE unique_hash = $1";
const CONTENT: &str = "SELECT key_version, sealed FROM dmp.content WHERE record_key = $1 AND address = $2";

/// Which version of a record is the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Present {
    Nowhere,
    Erased,
    Version(u64),
}

/// Reads the present version of a record.
pub(crate) async fn version(session: &Session, key: RecordKey) -> Result<Present, Failure> {
    let statement = session.prepare(VERSION).await?;
    let found = session.client()?.query_opt(&statement, &[&key.0.as_slice()]).await.map_err(failed("load.version"))?;
    let Some(row) = found else { return Ok(Present::Nowhere) };
    Ok(if number(&row, 1)? == 0 { Present::Erased } else { Present::Version(number(&row, 0)?) })
}

/// The rows of a record as they stand.
#[derive(Debug)]
pub(crate) struct Rows {
    version: u64,
    head: Sealed,
    entries: Vec<Sealed>,
    submissions: Vec<Sealed>,
    folders: Vec<Sealed>,
}

/// Reads the rows of a record. `None` when there is none, or its key was erased.
pub(crate) async fn record(session: &Session, key: RecordKey) -> Result<Option<Rows>, Failure> {
    let place = "load.record";
    let statement = session.prepare(RECORD).await?;
    let found = session.client()?.query(&statement, &[&key.0.as_slice()]).await.map_err(failed(place))?;
    let mut rows: Option<Rows> = None;
    for row in &found {
        let key_version = u32::try_from(number(row, 3)?).map_err(|error| StoreError::fault(place, error))?;
        let sealed = |id| Ok::<_, Failure>(Sealed { id, version: number(row, 2)?, key_version, sealed: bytes(row, 4)? });
        let kind: i64 = row.try_get(0).map_err(failed(place))?;
        match (kind, &mut rows) {
            (-1, _) if key_version == 0 => return Ok(None),
            (-1, rows) => {
                let head = sealed(crate::prepare::ONLY_ROW)?;
                *rows = Some(Rows { version: number(row, 5)?, head, entries: Vec::new(), submissions: Vec::new(), folders: Vec::new() });
            }
            (0, Some(rows)) => rows.entries.push(sealed(fixed(row, 1)?)?),
            (KIND_SUBMISSION, Some(rows)) => rows.submissions.push(sealed(fixed(row, 1)?)?),
            (KIND_FOLDER, Some(rows)) => rows.folders.push(sealed(fixed(row, 1)?)?),
            (kind, _) => return Err(StoreError::fault(place, format!("row of kind {kind} without its record")).into()),
        }
    }
    Ok(rows)
}

impl Rows {
    /// How many rows there are.
    pub fn count(&self) -> usize {
        1 + self.entries.len() + self.submissions.len() + self.folders.len()
    }

    /// Opens them.
    pub fn open(self, keys: Option<&PersonKeys>, key: RecordKey) -> Result<Record, StoreError> {
        let opener = Opener::new(keys, key)?;
        let entries = self.entries.iter().map(|row| opener.open::<DocumentEntry>("entry", row).map(Arc::new));
        let submissions = self.submissions.iter().map(|row| opener.open::<SubmissionSet>("submission", row).map(Arc::new));
        let folders = self.folders.iter().map(|row| opener.open::<Folder>("folder", row));
        Ok(Record {
            key,
            version: self.version,
            head: opener.open::<Head>("record", &self.head)?,
            entries: entries.collect::<Result<_, _>>()?,
            submissions: submissions.collect::<Result<_, _>>()?,
            folders: folders.collect::<Result<_, _>>()?,
        })
    }
}

/// Leaves of a chain, newest first, before a sequence.
pub(crate) async fn leaves(session: &Session, chain_id: &[u8; 16], before: Option<u64>, limit: u32) -> Result<Vec<StoredLeaf>, Failure> {
    let statement = session.prepare(LEAVES).await?;
    let before = before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
    let rows = session.client()?.query(&statement, &[&chain_id.as_slice(), &before, &i64::from(limit)]).await.map_err(failed("journal.leaves"))?;
    rows.iter().map(stored_leaf).collect()
}

/// Leaves that one account left in a chain, newest first.
pub(crate) async fn leaves_of(session: &Session, chain_id: &[u8; 16], account_hash: &[u8; 16], limit: u32) -> Result<Vec<StoredLeaf>, Failure> {
    let statement = session.prepare(LEAVES_OF).await?;
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&account_hash.as_slice(), &chain_id.as_slice(), &i64::from(limit)];
    let rows = session.client()?.query(&statement, &values).await.map_err(failed("journal.of"))?;
    rows.iter().map(stored_leaf).collect()
}

/// The record that claims a producer's identifier.
pub(crate) async fn locator(session: &Session, unique_hash: [u8; 16]) -> Result<Option<RecordKey>, Failure> {
    let statement = session.prepare(LOCATOR).await?;
    let found = session.client()?.query_opt(&statement, &[&unique_hash.as_slice()]).await.map_err(failed("locate"))?;
    found.as_ref().map(|row| record_key(row, 0)).transpose()
}

/// Where content lies, and its key version. `None` when no row names it.
pub(crate) async fn content(session: &Session, key: RecordKey, address: BlobAddress) -> Result<Option<(u32, Kept)>, Failure> {
    let place = "content.find";
    let statement = session.prepare(CONTENT).await?;
    let found = session.client()?.query_opt(&statement, &[&key.0.as_slice(), &address.0.as_slice()]).await.map_err(failed(place))?;
    let Some(row) = found else { return Ok(None) };
    let key_version = u32::try_from(number(&row, 0)?).map_err(|error| StoreError::fault(place, error))?;
    let sealed: Option<Vec<u8>> = row.try_get(1).map_err(failed(place))?;
    Ok(Some((key_version, sealed.map_or(Kept::InFile, Kept::Inline))))
}
