//! Recomputes every chain of leaves and says where one does not hold.

use dmp_core::audit::Chain;
use dmp_core::ids::RecordKey;
use rusqlite::{Connection, params};

use super::Shared;
use super::SqliteStore;
use super::commit::{genesis_hash, leaf_hash};
use super::connect::fault;
use super::prepare::{ChainOwner, open_owner};
use super::read::StoredLeaf;
use crate::StoreError;
use crate::seal::SealKey;

/// Chains in one snapshot: a longer one would keep the log from being emptied.
const CHAINS_PER_SNAPSHOT: u32 = 1_000;
/// Broken chains that a report names; more are only counted.
const BROKEN_MAX: usize = 1_000;

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The chain of a record is not there.
    Missing,
    /// Leaves lie in a chain that has no head.
    Headless,
    /// The head was not written by this store.
    Head,
    /// Whose chain it is cannot be opened.
    Owner,
    /// A sequence number is missing or stands twice.
    Gap,
    /// A leaf does not hash to what stands beside it.
    Hash,
    /// A leaf does not open.
    Unreadable,
    /// The last leaf is not the one that the head names.
    Tail,
}

/// A chain that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenChain {
    /// `None` for the chain of an account, and where it cannot be told.
    pub record: Option<(RecordKey, Chain)>,
    /// First leaf where it does not hold; 0 for the chain as a whole.
    pub sequence: u64,
    pub flaw: Flaw,
}

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainReport {
    /// Chains that were walked: two for each record, one for each account.
    pub chains: u64,
    pub leaves: u64,
    /// The first broken ones.
    pub broken: Vec<BrokenChain>,
    pub broken_count: u64,
}

impl ChainReport {
    fn add(&mut self, record: Option<(RecordKey, Chain)>, sequence: u64, flaw: Flaw) {
        self.broken_count += 1;
        if self.broken.len() < BROKEN_MAX {
            self.broken.push(BrokenChain { record, sequence, flaw });
        }
    }
}

struct Head {
    id: [u8; 16],
    sequence: u64,
    hash: [u8; 32],
    mac: [u8; 16],
    sealed: Vec<u8>,
}

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
    let rows = statement.query_map(params![after, CHAINS_PER_SNAPSHOT], |row| {
        Ok(Head { id: row.get(0)?, sequence: row.get(1)?, hash: row.get(2)?, mac: row.get(3)?, sealed: row.get(4)? })
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
    report.chains += 1;
    let derived = &shared.ring.derived;
    let Ok(owner) = open_owner(&shared.ring, &head.id, &head.sealed) else {
        report.add(None, 0, Flaw::Owner);
        return Ok(());
    };
    let (record, id) = match owner {
        ChainOwner::Record(key, chain) => (Some((key, chain)), derived.record_chain(key, chain)),
        ChainOwner::Account(account_hash) => (None, derived.account_chain(&account_hash)),
    };
    if id != head.id || derived.head_mac(&head.id, head.sequence, &head.hash) != head.mac {
        report.add(record, 0, Flaw::Head);
    }
    let opener = Opener::of(shared, owner)?;
    let walked = walk(connection, head, &opener, report)?;
    match walked.flaw {
        Some(flaw) => report.add(record, walked.last + 1, flaw),
        None if walked.last != head.sequence || walked.hash != head.hash => report.add(record, walked.last, Flaw::Tail),
        None => {}
    }
    Ok(())
}

/// The key of a chain's leaves; `None` when it is lost.
struct Opener {
    person: Option<std::sync::Arc<crate::keys::PersonKeys>>,
    account: Option<SealKey>,
}

impl Opener {
    fn of(shared: &Shared, owner: ChainOwner) -> Result<Self, StoreError> {
        Ok(match owner {
            ChainOwner::Record(key, _) => Opener { person: shared.ring.find(key)?, account: None },
            ChainOwner::Account(account_hash) => Opener { person: None, account: Some(shared.ring.derived.account_audit_key(&account_hash)?) },
        })
    }

    fn opens(&self, chain_id: &[u8; 16], leaf: &StoredLeaf) -> bool {
        let key = self.person.as_ref().map(|keys| &keys.audit).or(self.account.as_ref());
        key.is_some_and(|key| leaf.open(chain_id, key).is_ok())
    }
}

/// How far a chain holds.
struct Walked {
    /// The last leaf that holds, and its hash.
    last: u64,
    hash: [u8; 32],
    /// What is wrong with the leaf after it.
    flaw: Option<Flaw>,
}

/// Walks a chain from its first leaf to its last or to the first one that does not hold.
fn walk(connection: &Connection, head: &Head, opener: &Opener, report: &mut ChainReport) -> Result<Walked, StoreError> {
    let place = "verify.walk";
    let sql = "SELECT sequence, account_hash, hash, sealed FROM leaf WHERE chain_id = ?1 ORDER BY sequence";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement
        .query_map([head.id], |row| Ok(StoredLeaf { sequence: row.get(0)?, account_hash: row.get(1)?, hash: row.get(2)?, sealed: row.get(3)? }));
    let mut walked = Walked { last: 0, hash: genesis_hash(&head.id), flaw: None };
    for row in rows.map_err(fault(place))? {
        let leaf = row.map_err(fault(place))?;
        report.leaves += 1;
        walked.flaw = flaw_of(&walked, head, opener, &leaf);
        if walked.flaw.is_some() {
            break;
        }
        (walked.last, walked.hash) = (leaf.sequence, leaf.hash);
    }
    Ok(walked)
}

fn flaw_of(walked: &Walked, head: &Head, opener: &Opener, leaf: &StoredLeaf) -> Option<Flaw> {
    if leaf.sequence != walked.last + 1 {
        return Some(Flaw::Gap);
    }
    if leaf_hash(&walked.hash, &head.id, leaf.sequence, &leaf.account_hash, &leaf.sealed) != leaf.hash {
        return Some(Flaw::Hash);
    }
    (!opener.opens(&head.id, leaf)).then_some(Flaw::Unreadable)
}
