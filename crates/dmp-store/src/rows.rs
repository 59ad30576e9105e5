//! Sealed rows of a record, opened: every backend reads them its own way and opens them here.

use dmp_core::ids::RecordKey;
use serde::de::DeserializeOwned;

use crate::StoreError;
use crate::keys::PersonKeys;
use crate::seal::{Place, SealKey};

/// A sealed row as it stands.
#[derive(Debug)]
pub(crate) struct Sealed {
    pub id: [u8; 16],
    pub version: u64,
    pub key_version: u32,
    pub sealed: Vec<u8>,
}

/// Opens the rows of one record.
#[derive(Debug)]
pub(crate) struct Opener<'a> {
    keys: &'a PersonKeys,
    data: &'a SealKey,
    owner: RecordKey,
}

impl<'a> Opener<'a> {
    /// The opener of a record that was not erased. A key that is gone without an erasure is a loss, not an absence.
    pub fn new(keys: Option<&'a PersonKeys>, owner: RecordKey) -> Result<Self, StoreError> {
        let place = "load.record";
        let keys = keys.ok_or_else(|| StoreError::fault(place, "the person's keys are missing"))?;
        let data = keys.data().map_err(|_| StoreError::fault(place, "the person's data key is missing"))?;
        Ok(Opener { keys, data, owner })
    }

    /// Opens a row of a table.
    pub fn open<T: DeserializeOwned>(&self, table: &'static str, row: &Sealed) -> Result<T, StoreError> {
        if row.key_version != self.keys.version {
            return Err(StoreError::fault("load.open", format!("row of {table} has unknown key version {}", row.key_version)));
        }
        let place = Place { table, owner: &self.owner.0, row: &row.id, version: row.version };
        self.data.open_row(&place, &row.sealed)
    }
}
