//! Leaves on PostgreSQL: the chain's row is locked by an update, the leaf is bound to the one before, COMMIT follows at once.

use std::collections::BTreeMap;

use dmp_core::ids::RecordKey;
use tokio_postgres::Row;

use super::connect::{Sent, Session, in_order};
use super::failure::{Failure, failed, failed_at_commit};
use super::rows::{fixed, kept, number};
use super::tallies::PUT_DEED;
use crate::chain::Tip;
use crate::keys::Derived;
use crate::prepare::{ChainRow, LeafRow};
use crate::tallies::SealedDeeds;
use crate::{StoreError, fail_point};

const LOCK: &str = "UPDATE dmp.chain SET sequence = sequence + $2 WHERE chain_id = $1 RETURNING sequence, hash";
const BEGIN_CHAIN: &str =
    "INSERT INTO dmp.chain (chain_id, sequence, hash, mac, sealed) VALUES ($1, 0, $2, $3, $4) ON CONFLICT (chain_id) DO NOTHING";
const LEAF: &str = "INSERT INTO dmp.leaf (chain_id, sequence, account_hash, hash, sealed) VALUES ($1, $2, $3, $4, $5)";
const HEAD: &str = "UPDATE dmp.chain SET hash = $2, mac = $3 WHERE chain_id = $1";
const FIND: &str = "SELECT 1 FROM dmp.leaf WHERE chain_id = $1 AND sequence = $2 AND hash = $3";

/// Chains by their ids, in the order in which they are locked: the same for every commit, so that no two wait for each other.
pub(crate) type Tips = BTreeMap<[u8; 16], Tip>;

/// A leaf that an attempt has written.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    chain_id: [u8; 16],
    tip: Tip,
}

/// Locks the chains of leaves until the end of the transaction, and gives where each of them stands. `before` and `after` are sent with the locks, so
/// that they cost no wait of their own.
pub(crate) async fn lock<'a>(
    session: &'a Session,
    leaves: &[LeafRow],
    before: Option<Sent<'a, Vec<Row>>>,
    after: Option<Sent<'a, Vec<Row>>>,
) -> Result<(Tips, Option<Vec<Row>>), Failure> {
    let client = session.client()?;
    let statement = session.prepare(LOCK).await?;
    let mut counts: BTreeMap<[u8; 16], i64> = BTreeMap::new();
    leaves.iter().for_each(|leaf| *counts.entry(leaf.chain_id).or_default() += 1);
    let (begins, checks) = (before.is_some(), after.is_some());
    let mut requests: Vec<Sent<'_, Vec<Row>>> = before.into_iter().collect();
    for (chain_id, count) in &counts {
        let statement = &statement;
        requests.push(Box::pin(async move { client.query(statement, &[&chain_id.as_slice(), count]).await }));
    }
    requests.extend(after);
    let mut answers = in_order(requests).await.map_err(failed("commit.lock"))?.into_iter();
    if begins {
        answers.next();
    }
    let mut tips = Tips::new();
    for ((chain_id, count), rows) in counts.iter().zip(&mut answers) {
        let Some(row) = rows.first() else { continue };
        let sequence = number(row, 0)?.saturating_sub(u64::try_from(*count).unwrap_or(0));
        tips.insert(*chain_id, Tip { sequence, hash: fixed(row, 1)? });
    }
    Ok((tips, if checks { answers.next() } else { None }))
}

/// Begins a chain unless it is there.
pub(crate) async fn begin_chain(session: &Session, chain: &ChainRow) -> Result<(), Failure> {
    let statement = session.prepare(BEGIN_CHAIN).await?;
    let row: [&(dyn tokio_postgres::types::ToSql + Sync); 4] = [&chain.id.as_slice(), &chain.hash.as_slice(), &chain.mac.as_slice(), &chain.sealed];
    session.client()?.execute(&statement, &row).await.map(drop).map_err(failed("commit.chain"))
}

/// Appends leaves to chains that are locked, with what they tell for statistics, and commits. Gives the leaves' sequences, in the order given.
///
/// # Errors
/// [`Failure::Unknown`] with `written` filled when COMMIT was sent and not answered.
pub(crate) async fn finish(
    session: &mut Session,
    derived: &Derived,
    leaves: &[LeafRow],
    mut tips: Tips,
    written: &mut Vec<Written>,
    deeds: Option<(RecordKey, &SealedDeeds)>,
) -> Result<Vec<u64>, Failure> {
    let (leaf_statement, head_statement) = (session.prepare(LEAF).await?, session.prepare(HEAD).await?);
    written.clear();
    for leaf in leaves {
        let tip = tips.get_mut(&leaf.chain_id).ok_or(StoreError::NoRecord)?;
        *tip = tip.next(leaf);
        written.push(Written { chain_id: leaf.chain_id, tip: *tip });
    }
    let deed_statement = session.prepare(PUT_DEED).await?;
    let client = session.client()?;
    let mut requests: Vec<Sent<'_, ()>> = Vec::with_capacity(leaves.len() + tips.len() + 2);
    for (leaf, written) in leaves.iter().zip(written.iter()) {
        let (statement, sequence) = (&leaf_statement, kept(written.tip.sequence)?);
        requests.push(Box::pin(async move {
            let hash = written.tip.hash.as_slice();
            client.execute(statement, &[&leaf.chain_id.as_slice(), &sequence, &leaf.account_hash.as_slice(), &hash, &leaf.sealed]).await.map(drop)
        }));
    }
    for (chain_id, tip) in &tips {
        let (statement, mac) = (&head_statement, tip.mac(derived, chain_id));
        requests
            .push(Box::pin(async move { client.execute(statement, &[&chain_id.as_slice(), &tip.hash.as_slice(), &mac.as_slice()]).await.map(drop) }));
    }
    if let Some((key, deeds)) = &deeds {
        let statement = &deed_statement;
        requests.push(Box::pin(async move { client.execute(statement, &[&key.0.as_slice(), &deeds.id.as_slice(), &deeds.sealed]).await.map(drop) }));
    }
    requests.push(Box::pin(client.batch_execute("COMMIT")));
    fail_point::hit("writer.before_commit");
    in_order(requests).await.map_err(failed_at_commit)?;
    session.closed();
    fail_point::hit("writer.after_commit");
    Ok(written.iter().map(|written| written.tip.sequence).collect())
}

/// Whether leaves stand where an attempt wrote them. INVARIANT: asked while their chain, or their record, is locked, so that
/// the attempt is over.
pub(crate) async fn stands(session: &Session, written: &[Written]) -> Result<bool, Failure> {
    let Some(first) = written.first() else { return Ok(false) };
    let statement = session.prepare(FIND).await?;
    let (sequence, hash) = (kept(first.tip.sequence)?, first.tip.hash.as_slice());
    let found = session.client()?.query_opt(&statement, &[&first.chain_id.as_slice(), &sequence, &hash]).await.map_err(failed("commit.look"))?;
    Ok(found.is_some())
}

/// The sequences of written leaves.
pub(crate) fn sequences(written: &[Written]) -> Vec<u64> {
    written.iter().map(|written| written.tip.sequence).collect()
}
