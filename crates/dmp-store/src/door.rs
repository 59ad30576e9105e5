//! The door of every backend.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::access::{Consult, Permit};
use dmp_core::audit::{Chain, Leaf};
use dmp_core::document::{DocumentEntry, Folder, SubmissionSet};
use dmp_core::identity::Ins;
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};
use dmp_core::record::{Head, Record};

use crate::{AccountStore, ExtractStore, NewExtract, StatisticsStore, StoreError};

/// One change to one record, judged and built in memory.
#[derive(Debug, Clone)]
pub enum Change {
    /// Puts the head: identity, state, consent, rights.
    PutHead(Box<Head>),
    /// Puts an entry, new (version 1: its unique identifier is claimed) or changed.
    PutEntry(Box<DocumentEntry>),
    PutSubmission(Box<SubmissionSet>),
    PutFolder(Box<Folder>),
    /// Puts an entry that lives in another record of the same person: its unique identifier stays claimed there, and its
    /// content lies there ([`ContentRef::home`](dmp_core::document::ContentRef)).
    AdoptEntry(Box<DocumentEntry>),
    /// Takes an adopted entry, or a set or folder that came with it, out again. What is not there is no fault.
    Drop(EntryId),
    /// Keeps what was read in a document together with the entry that this commit puts: it does not have to wait for being read.
    PutExtract(Box<NewExtract>),
    /// Puts the bytes of a new entry under a fresh address. Durable before the commit is acknowledged.
    PutContent {
        address: BlobAddress,
        bytes: Bytes,
    },
}

/// Which version of the record the changes were judged on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The record does not exist yet.
    New,
    /// Exactly this version, or [`StoreError::Stale`].
    Version(u64),
    /// Leaves alone: nothing was judged that could have changed meanwhile. No change may come with it.
    LeavesOnly,
}

/// What a commit made durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Version of the record after the commit; 0 for leaves alone, which do not look at the record.
    pub version: u64,
    /// Sequence number of each leaf in its chain, in the order given.
    pub sequences: Vec<u64>,
}

/// A leaf as the store keeps it: its place in the chain, its hash and its content.
#[derive(Debug, Clone)]
pub struct KeptLeaf {
    /// From 1, without gaps, for each chain of each record.
    pub sequence: u64,
    /// SHA-256 over the previous hash, the place and the sealed content.
    pub hash: [u8; 32],
    pub leaf: Leaf,
}

/// State of an INS in the identifier table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierState {
    /// A creation began and is not confirmed.
    Claimed,
    Confirmed,
}

/// Answer to a claim of an INS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The INS is now claimed for the given record key.
    Made,
    /// It was already there, for this record key in this state.
    Existing(RecordKey, IdentifierState),
}

/// Leaves in one page of a journal.
pub(crate) const PAGE_MAX: u32 = 1_000;
/// What is kept of a person who has no record: that a letter announced its opening, or that they refused it. Nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningNotice {
    LetterSent(Moment),
    Refused,
}

/// A backend. One savepoint of a batch on SQLite, one transaction on PostgreSQL, for each commit.
#[async_trait]
pub trait RecordStore: ExtractStore + AccountStore + StatisticsStore + Send + Sync + std::fmt::Debug {
    /// Loads a record whole. `None` when there is none under this key.
    async fn load(&self, key: RecordKey) -> Result<Option<Arc<Record>>, StoreError>;

    /// Makes changes and leaves durable together, or neither. Acknowledged means durable.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when `expected` is not the present version; [`StoreError::UniqueIdTaken`] when a new
    /// entry's unique identifier is claimed already; [`StoreError::TooManyEntries`] past the bound of a record.
    async fn commit(&self, key: RecordKey, expected: Expected, changes: Vec<Change>, leaves: Vec<Leaf>) -> Result<Receipt, StoreError>;

    /// Reads and checks the bytes that a permit names.
    async fn content(&self, key: RecordKey, permit: &Permit<Consult>) -> Result<Bytes, StoreError>;

    /// Makes a leaf durable in the chain of an account: acts without a record.
    async fn append_account_leaf(&self, account: &str, leaf: Leaf) -> Result<u64, StoreError>;

    /// The record of an INS and the state of its creation.
    async fn identify(&self, ins: &Ins) -> Result<Option<(RecordKey, IdentifierState)>, StoreError>;

    /// Claims an INS for a record key before the record is created. Idempotent.
    async fn claim(&self, ins: &Ins, key: RecordKey) -> Result<Claim, StoreError>;

    /// Confirms a claim after the record was created. Idempotent.
    async fn confirm(&self, ins: &Ins) -> Result<(), StoreError>;

    /// Makes an INS lead nowhere, when it leads to this record. Idempotent; leaves the record as it is.
    async fn release(&self, ins: &Ins, key: RecordKey) -> Result<(), StoreError>;

    /// What is kept of a person without a record, by the keyed hash of their INS.
    async fn opening_notice(&self, ins: &Ins) -> Result<Option<OpeningNotice>, StoreError>;

    /// Keeps it, or forgets it (`None`).
    async fn put_opening_notice(&self, ins: &Ins, notice: Option<OpeningNotice>) -> Result<(), StoreError>;

    /// Destroys the data key of a record: its rows and contents are unreadable at once, its journal stays. Idempotent; from
    /// then on the record loads as `None`.
    ///
    /// # Errors
    /// [`StoreError::NoRecord`] when there is no such record.
    async fn erase(&self, key: RecordKey) -> Result<(), StoreError>;

    /// The record that holds the document with this producer's identifier.
    async fn locate(&self, unique_id: &str) -> Result<Option<RecordKey>, StoreError>;

    /// Leaves of one chain of a record, newest first, before the given sequence (`None`: from the newest).
    async fn journal(&self, key: RecordKey, chain: Chain, before: Option<u64>, limit: u32) -> Result<Vec<KeptLeaf>, StoreError>;

    /// Leaves of the chain of an account, newest first, before the given sequence (`None`: from the newest).
    async fn account_journal(&self, account: &str, before: Option<u64>, limit: u32) -> Result<Vec<KeptLeaf>, StoreError>;

    /// The newest leaves that one account left in a chain of a record, newest first.
    async fn leaves_of(&self, key: RecordKey, chain: Chain, account: &str, limit: u32) -> Result<Vec<KeptLeaf>, StoreError>;

    /// The records whose journals hold leaves of an account, and how many leaves.
    async fn touched_by(&self, account: &str) -> Result<Vec<(RecordKey, u64)>, StoreError>;

    /// Ends claims of earlier starts of the program that no creation followed; gives how many. Run at start.
    async fn sweep_claims(&self) -> Result<u64, StoreError>;

    /// Whether the store can take a commit now.
    async fn ready(&self) -> Result<(), StoreError>;
}
