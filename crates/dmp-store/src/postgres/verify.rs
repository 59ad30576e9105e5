//! Reads every chain of leaves and has it judged, while commits go on.

use dmp_core::audit::Chain;
use dmp_core::ids::RecordKey;
use tokio_postgres::Row;

use super::connect::Session;
use super::failure::{Failure, failed};
use super::rows::{bytes, fixed, kept, number, record_key, stored_leaf};
use super::{PostgresStore, retried};
use crate::StoreError;
use crate::chain::{StoredLeaf, Tip};
use crate::prepare::ChainOwner;
use crate::verify::{CHAINS_PER_PAGE, ChainReport, Flaw, Head, LeafKey, Walk};

/// Leaves that are read at once.
const LEAVES_PER_PAGE: usize = 1_000;

const HEADS: &str = "SELECT chain_id, sequence, hash, mac, sealed FROM dmp.chain WHERE chain_id > $1 ORDER BY chain_id LIMIT $2";
const HEAD: &str = "SELECT chain_id, sequence, hash, mac, sealed FROM dmp.chain WHERE chain_id = $1";
const LEAVES: &str = "SELECT sequence, account_hash, hash, sealed FROM dmp.leaf WHERE chain_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
const HEADLESS: &str = "SELECT MIN(sequence) FROM dmp.leaf
    WHERE NOT EXISTS (SELECT 1 FROM dmp.chain WHERE chain.chain_id = leaf.chain_id) GROUP BY chain_id";
const RECORDS: &str = "SELECT record_key FROM dmp.record WHERE record_key > $1 ORDER BY record_key LIMIT $2";
const CHAINS: &str = "SELECT chain_id FROM dmp.chain WHERE chain_id = ANY($1)";

impl PostgresStore {
    /// Recomputes every chain.
    pub(crate) async fn verify_all(&self, progress: &mut (dyn FnMut(u64) + Send)) -> Result<ChainReport, StoreError> {
        let mut report = ChainReport::default();
        let mut after = Vec::new();
        loop {
            let heads = retried!(self.heads(&after))?;
            let Some(last) = heads.last() else { break };
            after = last.id.to_vec();
            for head in heads {
                self.verify_one(&head, &mut report).await?;
                progress(report.leaves);
            }
        }
        for sequence in retried!(self.headless())? {
            report.add(None, sequence, Flaw::Headless);
        }
        self.missing(&mut report).await?;
        Ok(report)
    }

    /// Walks one chain. What is appended meanwhile is walked too, until the head names the last leaf that was read.
    async fn verify_one(&self, head: &Head, report: &mut ChainReport) -> Result<(), StoreError> {
        let Some(owner) = head.check(&self.keys.ring, report) else { return Ok(()) };
        let key = match owner {
            ChainOwner::Record(key, _) => LeafKey::Person(self.find_keys(key).await?),
            ChainOwner::Account(account_hash) => LeafKey::of_account(&self.keys.ring, &account_hash)?,
        };
        let mut walk = Walk::new(head.id, owner, key);
        let mut tip = head.tip;
        loop {
            let leaves = retried!(self.leaves_after(&head.id, walk.last.sequence))?;
            if !leaves.iter().all(|leaf| walk.step(leaf, report)) {
                break;
            }
            if leaves.len() == LEAVES_PER_PAGE {
                continue;
            }
            if walk.last == tip {
                break;
            }
            // Something was appended since the head was read, or somebody's hand was here: the head of now tells.
            let (before, now) = (tip, retried!(self.tip(&head.id))?);
            tip = now.unwrap_or(before);
            if tip == before || tip.sequence <= walk.last.sequence {
                break;
            }
        }
        walk.end(tip, report);
        Ok(())
    }

    /// Records without one of their chains.
    async fn missing(&self, report: &mut ChainReport) -> Result<(), StoreError> {
        let mut after = Vec::new();
        loop {
            let records = retried!(self.records_after(&after))?;
            let Some(last) = records.last() else { return Ok(()) };
            after = last.0.to_vec();
            let derived = &self.keys.ring.derived;
            let wanted: Vec<_> =
                records.iter().flat_map(|key| [Chain::Main, Chain::Secret].map(|which| (*key, which, derived.record_chain(*key, which)))).collect();
            let ids: Vec<Vec<u8>> = wanted.iter().map(|(_, _, id)| id.to_vec()).collect();
            let there = retried!(self.chains_of(&ids))?;
            for (key, which, id) in wanted {
                if !there.contains(&id) {
                    report.add(Some((key, which)), 0, Flaw::Missing);
                }
            }
        }
    }

    async fn heads(&self, after: &[u8]) -> Result<Vec<Head>, Failure> {
        let session = self.session().await?;
        query(&session, HEADS, &[&after, &i64::from(CHAINS_PER_PAGE)]).await?.iter().map(head_of).collect()
    }

    async fn tip(&self, chain_id: &[u8; 16]) -> Result<Option<Tip>, Failure> {
        let session = self.session().await?;
        let rows = query(&session, HEAD, &[&chain_id.as_slice()]).await?;
        rows.first().map(|row| head_of(row).map(|head| head.tip)).transpose()
    }

    async fn leaves_after(&self, chain_id: &[u8; 16], sequence: u64) -> Result<Vec<StoredLeaf>, Failure> {
        let session = self.session().await?;
        let page = i64::try_from(LEAVES_PER_PAGE).unwrap_or(i64::MAX);
        query(&session, LEAVES, &[&chain_id.as_slice(), &kept(sequence)?, &page]).await?.iter().map(stored_leaf).collect()
    }

    /// First sequences of chains that have leaves and no head.
    async fn headless(&self) -> Result<Vec<u64>, Failure> {
        let session = Session::without_limit(&self.pool).await?;
        query(&session, HEADLESS, &[]).await?.iter().map(|row| number(row, 0)).collect()
    }

    async fn records_after(&self, after: &[u8]) -> Result<Vec<RecordKey>, Failure> {
        let session = self.session().await?;
        query(&session, RECORDS, &[&after, &i64::from(CHAINS_PER_PAGE)]).await?.iter().map(|row| record_key(row, 0)).collect()
    }

    async fn chains_of(&self, ids: &[Vec<u8>]) -> Result<std::collections::BTreeSet<[u8; 16]>, Failure> {
        let session = self.session().await?;
        query(&session, CHAINS, &[&ids]).await?.iter().map(|row| fixed(row, 0)).collect()
    }
}

type Values<'a> = [&'a (dyn tokio_postgres::types::ToSql + Sync)];

async fn query(session: &Session, sql: &'static str, values: &Values<'_>) -> Result<Vec<Row>, Failure> {
    let statement = session.prepare(sql).await?;
    session.client()?.query(&statement, values).await.map_err(failed("verify"))
}

fn head_of(row: &Row) -> Result<Head, Failure> {
    Ok(Head { id: fixed(row, 0)?, tip: Tip { sequence: number(row, 1)?, hash: fixed(row, 2)? }, mac: fixed(row, 3)?, sealed: bytes(row, 4)? })
}
