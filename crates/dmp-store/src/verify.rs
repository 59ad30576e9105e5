//! What it means that a chain of leaves holds. A backend reads heads and leaves; here they are judged.

use std::sync::Arc;

use dmp_core::audit::Chain;
use dmp_core::ids::RecordKey;

use crate::StoreError;
use crate::chain::{StoredLeaf, Tip, genesis_hash, leaf_hash};
use crate::keys::{KeyRing, PersonKeys};
use crate::prepare::{ChainOwner, open_owner};
use crate::seal::SealKey;

/// Chains that are read at once.
pub(crate) const CHAINS_PER_PAGE: u32 = 1_000;
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
    /// Notes a flaw.
    pub(crate) fn add(&mut self, record: Option<(RecordKey, Chain)>, sequence: u64, flaw: Flaw) {
        self.broken_count += 1;
        if self.broken.len() < BROKEN_MAX {
            self.broken.push(BrokenChain { record, sequence, flaw });
        }
    }
}

/// The head of a chain as it stands.
#[derive(Debug)]
pub(crate) struct Head {
    pub id: [u8; 16],
    pub tip: Tip,
    pub mac: [u8; 16],
    /// Whose chain it is, sealed.
    pub sealed: Vec<u8>,
}

impl Head {
    /// Opens whose chain it is and checks that this store wrote the head. `None` when it cannot be told whose it is.
    pub fn check(&self, ring: &KeyRing, report: &mut ChainReport) -> Option<ChainOwner> {
        report.chains += 1;
        let Ok(owner) = open_owner(ring, &self.id, &self.sealed) else {
            report.add(None, 0, Flaw::Owner);
            return None;
        };
        let id = match owner {
            ChainOwner::Record(key, chain) => ring.derived.record_chain(key, chain),
            ChainOwner::Account(account_hash) => ring.derived.account_chain(&account_hash),
        };
        if id != self.id || self.tip.mac(&ring.derived, &self.id) != self.mac {
            report.add(record_of(owner), 0, Flaw::Head);
        }
        Some(owner)
    }
}

/// The record of a chain, and which of its two.
fn record_of(owner: ChainOwner) -> Option<(RecordKey, Chain)> {
    match owner {
        ChainOwner::Record(key, chain) => Some((key, chain)),
        ChainOwner::Account(_) => None,
    }
}

/// The key of a chain's leaves.
#[derive(Debug)]
pub(crate) enum LeafKey {
    /// `None` when it is lost.
    Person(Option<Arc<PersonKeys>>),
    Account(SealKey),
}

impl LeafKey {
    /// The key of an account's leaves.
    pub fn of_account(ring: &KeyRing, account_hash: &[u8; 16]) -> Result<Self, StoreError> {
        ring.derived.account_audit_key(account_hash).map(LeafKey::Account)
    }

    fn opens(&self, chain_id: &[u8; 16], leaf: &StoredLeaf) -> bool {
        match self {
            LeafKey::Person(keys) => keys.as_ref().is_some_and(|keys| leaf.open(chain_id, &keys.audit).is_ok()),
            LeafKey::Account(key) => leaf.open(chain_id, key).is_ok(),
        }
    }
}

/// A walk from the first leaf of a chain to its last, or to the first one that does not hold.
#[derive(Debug)]
pub(crate) struct Walk {
    id: [u8; 16],
    owner: ChainOwner,
    key: LeafKey,
    /// The last leaf that holds.
    pub last: Tip,
    /// What is wrong with the leaf after it.
    flaw: Option<Flaw>,
}

impl Walk {
    /// Stands before the first leaf.
    pub fn new(id: [u8; 16], owner: ChainOwner, key: LeafKey) -> Self {
        Walk { id, owner, key, last: Tip { sequence: 0, hash: genesis_hash(&id) }, flaw: None }
    }

    /// Takes the next leaf. Gives whether the chain still holds.
    pub fn step(&mut self, leaf: &StoredLeaf, report: &mut ChainReport) -> bool {
        report.leaves += 1;
        self.flaw = self.flaw_of(leaf);
        if self.flaw.is_none() {
            self.last = Tip { sequence: leaf.sequence, hash: leaf.hash };
        }
        self.flaw.is_none()
    }

    /// Ends: the last leaf must be the one that the head names.
    pub fn end(self, head: Tip, report: &mut ChainReport) {
        match self.flaw {
            Some(flaw) => report.add(record_of(self.owner), self.last.sequence + 1, flaw),
            None if self.last != head => report.add(record_of(self.owner), self.last.sequence, Flaw::Tail),
            None => {}
        }
    }

    fn flaw_of(&self, leaf: &StoredLeaf) -> Option<Flaw> {
        if leaf.sequence != self.last.sequence + 1 {
            return Some(Flaw::Gap);
        }
        if leaf_hash(&self.last.hash, &self.id, leaf.sequence, &leaf.account_hash, &leaf.sealed) != leaf.hash {
            return Some(Flaw::Hash);
        }
        (!self.key.opens(&self.id, leaf)).then_some(Flaw::Unreadable)
    }
}
