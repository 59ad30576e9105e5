//! What the root key gives to the whole store: keyed hashes, the ids of chains, the keys of their heads.

use aws_lc_rs::hmac;
use dmp_core::audit::Chain;
use dmp_core::identity::Ins;
use dmp_core::ids::RecordKey;

use super::RootKey;
use crate::StoreError;
use crate::seal::{SealKey, Sealing};

/// Keys and keyed hashes derived from the root key, each under its own label.
#[derive(Debug)]
pub(crate) struct Derived {
    ins: hmac::Key,
    locator: hmac::Key,
    account: hmac::Key,
    chain: hmac::Key,
    chain_head: hmac::Key,
    account_audit: hmac::Key,
    note: hmac::Key,
    note_seal: hmac::Key,
    mark: hmac::Key,
    ledger_line: hmac::Key,
    /// Wraps the epoch keys.
    pub wrap: SealKey,
    /// Seals the probe that tells whose store this is.
    pub probe: SealKey,
    /// Seals whose chain a chain is.
    pub chain_owner: SealKey,
    /// Seals what commits did, until it is counted.
    pub deed: SealKey,
    /// Seals lines and months of the ledger.
    pub ledger: SealKey,
    sealing: Sealing,
}

impl Derived {
    pub fn new(root: &RootKey, sealing: Sealing) -> Result<Self, StoreError> {
        let hash = |label: &str| hmac::Key::new(hmac::HMAC_SHA256, &root.derive(label));
        Ok(Derived {
            ins: hash("store ins hash"),
            locator: hash("store locator hash"),
            account: hash("store account hash"),
            chain: hash("store chain id"),
            chain_head: hash("store chain head"),
            account_audit: hash("store account audit"),
            note: hash("store note hash"),
            note_seal: hash("store note seal"),
            mark: hash("store mark hash"),
            ledger_line: hash("store ledger line"),
            wrap: SealKey::new(&root.derive("store wrap"), Sealing::On)?,
            probe: SealKey::new(&root.derive("store probe"), Sealing::On)?,
            chain_owner: SealKey::new(&root.derive("store chain owner"), sealing)?,
            deed: SealKey::new(&root.derive("store deed"), sealing)?,
            ledger: SealKey::new(&root.derive("store ledger"), sealing)?,
            sealing,
        })
    }

    /// Keyed hash of an INS: authority and matricule.
    pub fn ins_hash(&self, ins: &Ins) -> [u8; 16] {
        short(&self.ins, &[ins.authority().oid().as_bytes(), b"|", ins.matricule().as_bytes()])
    }

    /// Keyed hash of a producer's identifier.
    pub fn locator_hash(&self, unique_id: &str) -> [u8; 16] {
        short(&self.locator, &[unique_id.as_bytes()])
    }

    /// Keyed hash of an account.
    pub fn account_hash(&self, account: &str) -> [u8; 16] {
        short(&self.account, &[account.as_bytes()])
    }

    /// Id of a chain of a record. The tables say neither whose chain it is nor which of the two.
    pub fn record_chain(&self, key: RecordKey, chain: Chain) -> [u8; 16] {
        let which = match chain {
            Chain::Main => b"main  ",
            Chain::Secret => b"secret",
        };
        short(&self.chain, &[which, &key.0])
    }

    /// Id of the chain of an account.
    pub fn account_chain(&self, account_hash: &[u8; 16]) -> [u8; 16] {
        short(&self.chain, &[b"person", account_hash])
    }

    /// Keyed hash over the head of a chain: who holds the disk alone cannot cut a chain or write it anew.
    pub fn head_mac(&self, chain_id: &[u8; 16], sequence: u64, hash: &[u8; 32]) -> [u8; 16] {
        short(&self.chain_head, &[chain_id, &sequence.to_be_bytes(), hash])
    }

    /// The key of the leaves of an account.
    pub fn account_audit_key(&self, account_hash: &[u8; 16]) -> Result<SealKey, StoreError> {
        self.seal_key(&self.account_audit, account_hash)
    }

    /// Keyed hash of a note: what it is about, and whose it is.
    pub fn note_hash(&self, kind: u8, handle: &str) -> [u8; 16] {
        short(&self.note, &[&[kind], handle.as_bytes()])
    }

    /// The key of one note.
    pub fn note_key(&self, note_hash: &[u8; 16]) -> Result<SealKey, StoreError> {
        self.seal_key(&self.note_seal, note_hash)
    }

    /// Keyed hash of a mark: that somebody did something in a month.
    pub fn mark_hash(&self, month: &str, role: &str, account: &str) -> [u8; 16] {
        short(&self.mark, &[month.as_bytes(), b"|", role.as_bytes(), b"|", account.as_bytes()])
    }

    /// Keyed hash of a line of the ledger: what of which record it is for.
    pub fn ledger_hash(&self, record: RecordKey, what: &str) -> [u8; 16] {
        short(&self.ledger_line, &[&record.0, what.as_bytes()])
    }

    fn seal_key(&self, of: &hmac::Key, whose: &[u8; 16]) -> Result<SealKey, StoreError> {
        let tag = hmac::sign(of, whose);
        let bytes = tag.as_ref().first_chunk::<32>().ok_or_else(|| StoreError::fault("derive", "short hash"))?;
        SealKey::new(bytes, self.sealing)
    }
}

/// The first 16 bytes of HMAC-SHA-256 over the parts.
fn short(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 16] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(part);
    }
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(context.sign().as_ref()) {
        *to = *from;
    }
    out
}
