//! From the engine's columns to the words of the store, and back.

use dmp_core::ids::RecordKey;
use tokio_postgres::Row;

use super::failure::{Failure, failed};
use crate::StoreError;
use crate::chain::StoredLeaf;

/// A column of a fixed number of bytes.
pub(crate) fn fixed<const N: usize>(row: &Row, column: usize) -> Result<[u8; N], Failure> {
    let bytes: &[u8] = row.try_get(column).map_err(failed("postgres.column"))?;
    bytes.try_into().map_err(|_| Failure::Final(StoreError::fault("postgres.column", format!("{} bytes instead of {N}", bytes.len()))))
}

/// A column of a record key.
pub(crate) fn record_key(row: &Row, column: usize) -> Result<RecordKey, Failure> {
    fixed(row, column).map(RecordKey)
}

/// A column of bytes.
pub(crate) fn bytes(row: &Row, column: usize) -> Result<Vec<u8>, Failure> {
    row.try_get(column).map_err(failed("postgres.column"))
}

/// A column of a number, which is never negative.
pub(crate) fn number(row: &Row, column: usize) -> Result<u64, Failure> {
    let number: i64 = row.try_get(column).map_err(failed("postgres.column"))?;
    u64::try_from(number).map_err(|error| Failure::Final(StoreError::fault("postgres.column", error)))
}

/// A number as the engine keeps it.
pub(crate) fn kept(number: u64) -> Result<i64, Failure> {
    i64::try_from(number).map_err(|error| Failure::Final(StoreError::fault("postgres.number", error)))
}

/// A leaf from `sequence, account_hash, hash, sealed`.
pub(crate) fn stored_leaf(row: &Row) -> Result<StoredLeaf, Failure> {
    Ok(StoredLeaf { sequence: number(row, 0)?, account_hash: fixed(row, 1)?, hash: fixed(row, 2)?, sealed: bytes(row, 3)? })
}
