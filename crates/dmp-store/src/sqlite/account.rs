//! Chains of accounts (acts without a record), and whom an account touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use dmp_core::audit::Leaf;
use dmp_core::ids::RecordKey;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::commit::{append, put_chain};
use super::connect::fault;
use super::writer::{Batch, Job};
use crate::StoreError;
use crate::keys::KeyRing;
use crate::prepare::{AccountLeaf, ChainOwner, open_owner};

/// Appends a leaf to the chain of an account, begun when it is not there.
pub(crate) struct AccountJob {
    leaf: AccountLeaf,
    ring: Arc<KeyRing>,
    sequence: u64,
    reply: oneshot::Sender<Result<u64, StoreError>>,
}

/// Seals a leaf for the chain of an account.
pub(crate) fn job(
    ring: &Arc<KeyRing>,
    account: &str,
    leaf: &Leaf,
    reply: oneshot::Sender<Result<u64, StoreError>>,
) -> Result<AccountJob, StoreError> {
    Ok(AccountJob { leaf: AccountLeaf::prepare(ring, account, leaf)?, ring: Arc::clone(ring), sequence: 0, reply })
}

impl Job for AccountJob {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let appended = match append(batch, &self.leaf.row)? {
            Some(sequence) => Some(sequence),
            None => {
                put_chain(batch.connection, &self.leaf.chain(&self.ring)?)?;
                append(batch, &self.leaf.row)?
            }
        };
        self.sequence = appended.ok_or_else(|| StoreError::fault("account.append", "the chain was not begun"))?;
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome.map(|()| self.sequence));
    }
}

/// Records whose chains hold leaves of an account, and how many, both chains together.
pub(crate) fn touched(connection: &Connection, ring: &KeyRing, account_hash: [u8; 16]) -> Result<Vec<(RecordKey, u64)>, StoreError> {
    let place = "account.touched";
    let sql = "SELECT leaf.chain_id, chain.sealed, COUNT(*) FROM leaf JOIN chain ON chain.chain_id = leaf.chain_id
        WHERE leaf.account_hash = ?1 GROUP BY leaf.chain_id";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map([account_hash], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, u64>(2)?)));
    let mut counts = BTreeMap::new();
    for row in rows.map_err(fault(place))? {
        let (chain_id, sealed, count) = row.map_err(fault(place))?;
        match open_owner(ring, &chain_id, &sealed)? {
            ChainOwner::Record(key, _) => *counts.entry(key).or_insert(0) += count,
            ChainOwner::Account(_) => {}
        }
    }
    Ok(counts.into_iter().collect())
}
