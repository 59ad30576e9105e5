//! What the operator asks of a store: how much it holds, whether it is whole, erasure, contents that nobody needs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use dmp_core::ids::{BlobAddress, RecordKey};
use dmp_core::{Mode, Moment};

use super::batch::begin;
use super::connect::{Session, in_order};
use super::failure::{Failure, failed, failed_at_commit};
use super::rows::{bytes, fixed, number, record_key};
use super::{PostgresStore, retried};
use crate::keys::KIND_PERSON;
use crate::prepare::{ChainOwner, open_owner};
use crate::{ChainReport, Counts, OperatedStore, StoreError, fail_point};

const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM dmp.record), (SELECT COUNT(*) FROM dmp.entry), (SELECT COUNT(*) FROM dmp.content),
    (SELECT COUNT(*) FROM dmp.leaf), (SELECT COUNT(*) FROM dmp.identifier WHERE state = 1)";
const MARK: &str = "UPDATE dmp.record SET version = version + 1, key_version = 0 WHERE record_key = $1";
const DESTROY: &str = "DELETE FROM dmp_keys.person_key WHERE record_key = $1 AND kind = $2";
const NAMED: &str = "SELECT DISTINCT address FROM dmp.content WHERE address = ANY($1) AND sealed IS NULL";
const TOUCHED: &str = "SELECT leaf.chain_id, chain.sealed, COUNT(*) FROM dmp.leaf JOIN dmp.chain ON chain.chain_id = leaf.chain_id
    WHERE leaf.account_hash = $1 GROUP BY leaf.chain_id, chain.sealed";
/// Rows that lie where their record, or their key, is not.
const STRAYS: [(&str, &str); 6] = [
    (
        "entries without a record",
        "SELECT COUNT(*) FROM dmp.entry AS row WHERE NOT EXISTS (SELECT 1 FROM dmp.record WHERE record.record_key = row.record_key)",
    ),
    (
        "sets or folders without a record",
        "SELECT COUNT(*) FROM dmp.member AS row WHERE NOT EXISTS (SELECT 1 FROM dmp.record WHERE record.record_key = row.record_key)",
    ),
    (
        "contents without a record",
        "SELECT COUNT(*) FROM dmp.content AS row WHERE NOT EXISTS (SELECT 1 FROM dmp.record WHERE record.record_key = row.record_key)",
    ),
    (
        "entries of a later version than their record",
        "SELECT COUNT(*) FROM dmp.entry AS row JOIN dmp.record ON record.record_key = row.record_key WHERE row.version > record.version",
    ),
    (
        "records without a data key",
        "SELECT COUNT(*) FROM dmp.record WHERE key_version > 0 AND NOT EXISTS (SELECT 1 FROM dmp_keys.person_key WHERE person_key.record_key = record.record_key AND kind = 1)",
    ),
    (
        "records without an audit key",
        "SELECT COUNT(*) FROM dmp.record WHERE NOT EXISTS (SELECT 1 FROM dmp_keys.person_key WHERE person_key.record_key = record.record_key AND kind = 2)",
    ),
];

#[async_trait]
impl OperatedStore for PostgresStore {
    fn derive(&self, label: &str) -> [u8; 32] {
        self.root.derive(&format!("server {label}"))
    }

    fn mode(&self) -> Mode {
        self.mode
    }

    fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    async fn records_after(&self, after: Option<RecordKey>, limit: u32) -> Result<Vec<RecordKey>, StoreError> {
        retried!(self.records_after_once(after, limit))
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        retried!(self.counts_once())
    }

    async fn integrity(&self) -> Result<Vec<String>, StoreError> {
        retried!(self.integrity_once())
    }

    async fn verify_chains(&self, progress: &mut (dyn FnMut(u64) + Send)) -> Result<ChainReport, StoreError> {
        self.verify_all(progress).await
    }

    async fn replace_erasure_epoch(&self, now: Moment) -> Result<u64, StoreError> {
        retried!(self.replace_epoch_once(now))
    }

    async fn sweep_orphans(&self, older_than: Moment) -> Result<u64, StoreError> {
        let mut removed = 0;
        for shard in 0..=u8::MAX {
            removed += self.blobs.remove_unfinished(shard, older_than).await?;
            let old = self.blobs.older_than(shard, older_than).await?;
            if old.is_empty() {
                continue;
            }
            let named = retried!(self.named_once(&old))?;
            for address in old.into_iter().filter(|address| !named.contains(&address.0)) {
                fail_point::hit("sweep.blobs");
                self.blobs.delete(address).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

impl PostgresStore {
    async fn counts_once(&self) -> Result<Counts, Failure> {
        let session = Session::without_limit(&self.pool).await?;
        let row = session.client()?.query_one(COUNTS, &[]).await.map_err(failed("operator.counts"))?;
        Ok(Counts {
            records: number(&row, 0)?,
            entries: number(&row, 1)?,
            contents: number(&row, 2)?,
            leaves: number(&row, 3)?,
            claims: number(&row, 4)?,
        })
    }

    async fn records_after_once(&self, after: Option<RecordKey>, limit: u32) -> Result<Vec<RecordKey>, Failure> {
        let session = Session::without_limit(&self.pool).await?;
        let from: &[u8] = after.as_ref().map_or(&[], |key| &key.0);
        let sql = "SELECT record_key FROM dmp.record WHERE key_version > 0 AND record_key > $1 ORDER BY record_key LIMIT $2";
        let rows = session.client()?.query(sql, &[&from, &i64::from(limit)]).await.map_err(failed("operator.records"))?;
        rows.iter().map(|row| record_key(row, 0)).collect()
    }

    /// The engine keeps its own pages; here is asked what it cannot know.
    async fn integrity_once(&self) -> Result<Vec<String>, Failure> {
        let session = Session::without_limit(&self.pool).await?;
        let mut found = Vec::new();
        for (what, sql) in STRAYS {
            let row = session.client()?.query_one(sql, &[]).await.map_err(failed("operator.integrity"))?;
            match number(&row, 0)? {
                0 => {}
                count => found.push(format!("{count} {what}")),
            }
        }
        Ok(found)
    }

    /// Marks the record and destroys the data key, together.
    pub(super) async fn erase_once(&self, key: RecordKey) -> Result<(), Failure> {
        let place = "erase";
        let mut session = self.session().await?;
        let (mark, destroy) = (session.prepare(MARK).await?, session.prepare(DESTROY).await?);
        session.opened();
        in_order(vec![begin(&session)?]).await.map_err(failed(place))?;
        let marked = session.client()?.execute(&mark, &[&key.0.as_slice()]).await.map_err(failed(place))?;
        if marked == 0 {
            session.roll_back().await;
            return Err(StoreError::NoRecord.into());
        }
        session.client()?.execute(&destroy, &[&key.0.as_slice(), &KIND_PERSON]).await.map_err(failed(place))?;
        session.client()?.batch_execute("COMMIT").await.map_err(failed_at_commit)?;
        session.closed();
        Ok(())
    }

    async fn replace_epoch_once(&self, now: Moment) -> Result<u64, Failure> {
        let session = self.session().await?;
        self.keys.replace_epoch(&session, now).await
    }

    async fn named_once(&self, addresses: &[BlobAddress]) -> Result<BTreeSet<[u8; 16]>, Failure> {
        let session = Session::without_limit(&self.pool).await?;
        let statement = session.prepare(NAMED).await?;
        let addresses: Vec<&[u8]> = addresses.iter().map(|address| address.0.as_slice()).collect();
        let rows = session.client()?.query(&statement, &[&addresses]).await.map_err(failed("operator.sweep_orphans"))?;
        rows.iter().map(|row| fixed(row, 0)).collect()
    }

    /// Records whose chains hold leaves of an account, and how many, both chains together.
    pub(crate) async fn touched_once(&self, account_hash: &[u8; 16]) -> Result<Vec<(RecordKey, u64)>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(TOUCHED).await?;
        let rows = session.client()?.query(&statement, &[&account_hash.as_slice()]).await.map_err(failed("account.touched"))?;
        let mut counts = BTreeMap::new();
        for row in &rows {
            match open_owner(&self.keys.ring, &fixed(row, 0)?, &bytes(row, 1)?)? {
                ChainOwner::Record(key, _) => *counts.entry(key).or_insert(0) += number(row, 2)?,
                ChainOwner::Account(_) => {}
            }
        }
        Ok(counts.into_iter().collect())
    }
}
