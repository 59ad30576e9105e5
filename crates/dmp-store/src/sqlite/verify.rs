//! Reads every chain of leaves and has it judged.

use dmp_core::audit::Chain;
use dmp_core::ids::RecordKey;
use rusqlite::{Connection, params};

use super::connect::fault;
use super::{Shared, SqliteStore};
use crate::StoreError;
use crate::chain::{StoredLeaf, Tip};
use crate::prepare::ChainOwner;
use crate::verify::{CHAINS_PER_PAGE, ChainReport, Flaw, Head, LeafKey, Walk};

impl SqliteStore {
    /// Recomputes every chain: no gap, every hash, every leaf opens, every head is the store's own and names the last
    /// leaf, every record has both chains. Tells how many leaves are done as it goes. Blocks.
    ///
    /// # Errors
    /// [`StoreError::Fault`] when the engine fails; a broken chain is not an error but a line of the report.
    pub fn verify_chains(&self, progress: &mut dyn FnMut(u64)) -> Result<ChainReport, StoreError> {
        self.shared.poison.check()?;
        let mut report = ChainReport::default();
        let mut after = Vec::new();
        loop {
            let heads = self.shared.pool.snapshot(|connection| {
                let heads = heads(connection, &after)?;
                for head in &heads {
                    verify_one(connection, &self.shared, head, &mut report)?;
                    progress(report.leaves);
                }
                Ok(heads)
            })?;
            match heads.last() {
                Some(last) => after = last.id.to_vec(),
                None => break,
            }
        }
        self.shared.pool.snapshot(|connection| headless(connection, &mut report))?;
        self.missing(&mut report)?;
        Ok(report)
    }

    /// Records without one of their chains.
    fn missing(&self, report: &mut ChainReport) -> Result<(), StoreError> {
        let place = "verify.missing";
        self.shared.pool.run(|connection| {
            let mut records = connection.prepare("SELECT record_key FROM record").map_err(fault(place))?;
            let mut chain = connection.prepare("SELECT 1 FROM chain WHERE chain_id = ?1").map_err(fault(place))?;
            let keys = records.query_map([], |row| row.get(0).map(RecordKey)).map_err(fault(place))?;
            for key in keys {
                let key = key.map_err(fault(place))?;
                for which in [Chain::Main, Chain::Secret] {
                    if !chain.exists([self.shared.ring.derived.record_chain(key, which)]).map_err(fault(place))? {
                        report.add(Some((key, which)), 0, Flaw::Missing);
                    }
                }
            }
            Ok(())
        })
    }
}

fn heads(connection: &Connection, after: &[u8]) -> Result<Vec<Head>, StoreError> {
    let place = "verify.heads";
    let sql = "SELECT chain_id, sequence, hash, mac, sealed FROM chain WHERE chain_id > ?1 ORDER BY chain_id LIMIT ?2";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![after, CHAINS_PER_PAGE], |row| {
        Ok(Head { id: row.get(0)?, tip: Tip { sequence: row.get(1)?, hash: row.get(2)? }, mac: row.get(3)?, sealed: row.get(4)? })
    });
    rows.map_err(fault(place))?.map(|row| row.map_err(fault(place))).collect()
}

/// Leaves in chains without a head.
fn headless(connection: &Connection, report: &mut ChainReport) -> Result<(), StoreError> {
    let place = "verify.headless";
    let sql =
        "SELECT chain_id, MIN(sequence) FROM leaf WHERE NOT EXISTS (SELECT 1 FROM chain WHERE chain.chain_id = leaf.chain_id) GROUP BY chain_id";
    let mut statement = connection.prepare(sql).map_err(fault(place))?;
    let rows = statement.query_map([], |row| row.get::<_, u64>(1)).map_err(fault(place))?;
    for row in rows {
        report.add(None, row.map_err(fault(place))?, Flaw::Headless);
    }
    Ok(())
}

fn verify_one(connection: &Connection, shared: &Shared, head: &Head, report: &mut ChainReport) -> Result<(), StoreError> {
    let Some(owner) = head.check(&shared.ring, report) else { return Ok(()) };
    let key = match owner {
        ChainOwner::Record(key, _) => LeafKey::Person(shared.keys.find(key)?),
        ChainOwner::Account(account_hash) => LeafKey::of_account(&shared.ring, &account_hash)?,
    };
    let place = "verify.walk";
    let sql = "SELECT sequence, account_hash, hash, sealed FROM leaf WHERE chain_id = ?1 ORDER BY sequence";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement
        .query_map([head.id], |row| Ok(StoredLeaf { sequence: row.get(0)?, account_hash: row.get(1)?, hash: row.get(2)?, sealed: row.get(3)? }));
    let mut walk = Walk::new(head.id, owner, key);
    for row in rows.map_err(fault(place))? {
        if !walk.step(&row.map_err(fault(place))?, report) {
            break;
        }
    }
    walk.end(head.tip, report);
    Ok(())
}
