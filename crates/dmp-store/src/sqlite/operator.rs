//! What the operator asks of a store: how much it holds, whether its files are whole, which files nobody needs.

use async_trait::async_trait;
use dmp_core::{Mode, Moment, RecordKey};
use rusqlite::{Connection, params};

use super::SqliteStore;
use super::connect::fault;
use crate::{ChainReport, Counts, OperatedStore, StoreError, fail_point};

impl SqliteStore {
    /// Counts the rows. Blocks.
    ///
    /// # Errors
    /// [`StoreError::Fault`] when the engine fails.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        self.shared.poison.check()?;
        self.shared.pool.snapshot(|connection| {
            let count = |sql: &str| connection.query_row(sql, [], |row| row.get(0)).map_err(fault("operator.counts"));
            Ok(Counts {
                records: count("SELECT COUNT(*) FROM record")?,
                entries: count("SELECT COUNT(*) FROM entry")?,
                contents: count("SELECT COUNT(*) FROM content")?,
                // The highest rowid is the count: leaves are only ever appended.
                leaves: count("SELECT COALESCE(MAX(id), 0) FROM leaf")?,
                claims: count("SELECT COUNT(*) FROM identifier WHERE state = 1")?,
            })
        })
    }

    /// Asks the engine whether both databases are whole; gives what it found wrong. Blocks.
    ///
    /// # Errors
    /// [`StoreError::Fault`] when the engine fails.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        self.shared.poison.check()?;
        let mut found = self.shared.pool.run(check)?;
        found.extend(self.shared.keys.pool.run(check)?);
        Ok(found)
    }

    /// Removes files of contents that no row names, or that were never written to their end, and that were written before a moment, which must lie further back than
    /// any publish lasts (a day). Gives how many.
    ///
    /// # Errors
    /// [`StoreError::Fault`] when the engine or the folder fails.
    pub async fn sweep_orphans(&self, older_than: Moment) -> Result<u64, StoreError> {
        let mut removed = 0;
        for shard in 0..=u8::MAX {
            removed += self.shared.blobs.remove_unfinished(shard, older_than).await?;
            for address in self.shared.blobs.older_than(shard, older_than).await? {
                if !self.read(move |shared| shared.pool.run(|connection| is_named(connection, address.0))).await? {
                    fail_point::hit("sweep.blobs");
                    self.shared.blobs.delete(address).await?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

fn records_after(connection: &Connection, after: Option<RecordKey>, limit: u32) -> Result<Vec<RecordKey>, StoreError> {
    let place = "operator.records";
    let sql = "SELECT record_key FROM record WHERE key_version > 0 AND record_key > ?1 ORDER BY record_key LIMIT ?2";
    let mut rows = connection.prepare_cached(sql).map_err(fault(place))?;
    let from: &[u8] = after.as_ref().map_or(&[], |key| &key.0);
    let keys = rows.query_map(params![from, limit], |row| row.get::<_, [u8; 16]>(0)).map_err(fault(place))?;
    keys.map(|key| key.map(RecordKey).map_err(fault(place))).collect()
}

/// Counting and verifying block: they are run by commands of their own, beside which nothing waits.
#[async_trait]
impl OperatedStore for SqliteStore {
    fn derive(&self, label: &str) -> [u8; 32] {
        self.derive(label)
    }

    fn mode(&self) -> Mode {
        self.mode()
    }

    fn commits(&self) -> u64 {
        self.commits()
    }

    async fn records_after(&self, after: Option<RecordKey>, limit: u32) -> Result<Vec<RecordKey>, StoreError> {
        self.read(move |shared| shared.pool.run(|connection| records_after(connection, after, limit))).await
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        self.counts()
    }

    async fn integrity(&self) -> Result<Vec<String>, StoreError> {
        self.integrity()
    }

    async fn verify_chains(&self, progress: &mut (dyn FnMut(u64) + Send)) -> Result<ChainReport, StoreError> {
        self.verify_chains(progress)
    }

    async fn replace_erasure_epoch(&self, now: Moment) -> Result<u64, StoreError> {
        self.replace_erasure_epoch(now).await
    }

    async fn sweep_orphans(&self, older_than: Moment) -> Result<u64, StoreError> {
        self.sweep_orphans(older_than).await
    }
}

fn is_named(connection: &Connection, address: [u8; 16]) -> Result<bool, StoreError> {
    let place = "operator.sweep_orphans";
    let mut statement = connection.prepare_cached("SELECT 1 FROM content WHERE address = ?1").map_err(fault(place))?;
    statement.exists(params![address]).map_err(fault(place))
}

fn check(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let place = "operator.integrity";
    let mut statement = connection.prepare("PRAGMA integrity_check").map_err(fault(place))?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0)).map_err(fault(place))?;
    let lines = lines.collect::<Result<Vec<_>, _>>().map_err(fault(place))?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}
