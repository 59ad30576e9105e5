//! Chains of leaves: the hash that binds a leaf to the one before, the head that only this store can write.

use aws_lc_rs::digest::{Context, SHA256};
use dmp_core::audit::Leaf;

use crate::keys::Derived;
use crate::prepare::{LeafRow, leaf_place};
use crate::seal::SealKey;
use crate::{KeptLeaf, StoreError};

/// The last leaf of a chain: its sequence, and the hash that the next one binds itself to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tip {
    pub sequence: u64,
    pub hash: [u8; 32],
}

impl Tip {
    /// The tip once a leaf is appended.
    pub fn next(&self, leaf: &LeafRow) -> Tip {
        let sequence = self.sequence + 1;
        Tip { sequence, hash: leaf_hash(&self.hash, &leaf.chain_id, sequence, &leaf.account_hash, &leaf.sealed) }
    }

    /// The keyed hash that stands on the head beside this tip.
    pub fn mac(&self, derived: &Derived, chain_id: &[u8; 16]) -> [u8; 16] {
        derived.head_mac(chain_id, self.sequence, &self.hash)
    }
}

/// A leaf as it stands in its table.
#[derive(Debug)]
pub(crate) struct StoredLeaf {
    pub sequence: u64,
    pub account_hash: [u8; 16],
    pub hash: [u8; 32],
    pub sealed: Vec<u8>,
}

impl StoredLeaf {
    /// Opens the leaf.
    pub fn open(&self, chain_id: &[u8; 16], audit: &SealKey) -> Result<KeptLeaf, StoreError> {
        let leaf: Leaf = audit.open_row(&leaf_place(chain_id, &self.account_hash), &self.sealed)?;
        Ok(KeptLeaf { sequence: self.sequence, hash: self.hash, leaf })
    }
}

/// SHA-256 over the previous hash, the chain, the sequence, the account hash and the sealed leaf.
pub(crate) fn leaf_hash(previous: &[u8; 32], chain_id: &[u8; 16], sequence: u64, account_hash: &[u8; 16], sealed: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in [previous.as_slice(), chain_id, &sequence.to_be_bytes(), account_hash, sealed] {
        context.update(part);
    }
    digest32(context)
}

/// The hash before the first leaf of a chain.
pub(crate) fn genesis_hash(chain_id: &[u8; 16]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(b"dmp chain 1");
    context.update(chain_id);
    digest32(context)
}

fn digest32(context: Context) -> [u8; 32] {
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(context.finish().as_ref()) {
        *to = *from;
    }
    out
}
