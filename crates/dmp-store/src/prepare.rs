//! What happens to a commit before it reaches its transaction: changes are applied in memory, encoded, compressed and
//! sealed on the caller's side, so that the backend only checks and inserts.

use std::sync::Arc;

use bytes::Bytes;
use dmp_core::Mode;
use dmp_core::audit::{Chain, Leaf};
use dmp_core::document::{DocumentEntry, Folder, SubmissionSet};
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};
use dmp_core::record::{Head, Notice, Record, next_dated};
use dmp_core::statistics::{deeds, deeds_of_leaves};
use serde::{Deserialize, Serialize};

use crate::chain::genesis_hash;
use crate::content;
use crate::extracts::{self, ExtractRow};
use crate::keys::{KeyRing, PersonKeys};
use crate::queue::{CLOCK_DAYS_BACK, DueFrom, due_hour};
use crate::seal::{Place, SealKey};
use crate::tallies::{self, SealedDeeds};
use crate::{Change, Expected, StoreError};

/// Kinds of [`MemberRow`].
pub(crate) const KIND_SUBMISSION: i64 = 1;
pub(crate) const KIND_FOLDER: i64 = 2;
/// The row id of what a record has once.
pub(crate) const ONLY_ROW: [u8; 16] = [0; 16];

#[derive(Debug)]
pub(crate) struct EntryRow {
    pub id: EntryId,
    pub sealed: Vec<u8>,
    /// Of a new entry: what it claims.
    pub unique_hash: Option<[u8; 16]>,
}

#[derive(Debug)]
pub(crate) struct MemberRow {
    pub kind: i64,
    pub id: EntryId,
    pub sealed: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct LeafRow {
    pub chain_id: [u8; 16],
    pub account_hash: [u8; 16],
    pub sealed: Vec<u8>,
}

/// Whose chain a chain is, sealed in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ChainOwner {
    Record(RecordKey, Chain),
    Account([u8; 16]),
}

#[derive(Debug)]
pub(crate) struct ChainRow {
    pub id: [u8; 16],
    /// The hash before the first leaf, and the keyed hash over that head.
    pub hash: [u8; 32],
    pub mac: [u8; 16],
    pub sealed: Vec<u8>,
}

/// One change as workers read it from the outbox: what was put, not its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Event {
    Head,
    NewEntry(EntryId),
    Entry(EntryId),
    Submission(EntryId),
    Folder(EntryId),
    Dropped(EntryId),
    /// The person is to be told.
    Notice(Notice),
}

/// What a commit does, once what was expected and what is to change have been read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Leaves are added and nothing else.
    Leaves,
    /// The record is made.
    New,
    /// The record of this version is changed.
    Onto(u64),
}

impl Plan {
    /// # Errors
    /// [`StoreError::Stale`] for a version that no row can hold; a fault for a change that came with leaves alone.
    pub fn of(expected: Expected, changes: &[Change]) -> Result<Self, StoreError> {
        match (expected, changes.is_empty()) {
            // No version is that high: whatever was judged is not there.
            (Expected::Version(version), _) if i64::try_from(version).is_err() => Err(StoreError::Stale),
            (Expected::LeavesOnly, false) => Err(StoreError::fault("commit", "a change came with leaves alone")),
            (Expected::LeavesOnly | Expected::Version(_), true) => Ok(Plan::Leaves),
            (Expected::New, _) => Ok(Plan::New),
            (Expected::Version(version), false) => Ok(Plan::Onto(version)),
        }
    }
}

/// Whether a new entry claims its unique identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claims {
    ItsIdentifier,
    /// It is claimed in the record where the entry lives.
    Nothing,
}

/// A commit ready for its transaction.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub key: RecordKey,
    pub expected: Expected,
    /// Version after the commit.
    pub version: u64,
    pub key_version: u32,
    pub head: Option<Vec<u8>>,
    pub entries: Vec<EntryRow>,
    /// Entries, sets and folders that leave.
    pub dropped: Vec<EntryId>,
    pub members: Vec<MemberRow>,
    pub contents: Vec<content::Row>,
    /// Contents that go to files, before the transaction.
    pub blobs: Vec<(BlobAddress, Vec<u8>)>,
    /// What was read in the documents of this commit.
    pub extracts: Vec<ExtractRow>,
    /// There is something new to read.
    pub is_to_read: bool,
    pub leaves: Vec<LeafRow>,
    /// The two chains of a new record.
    pub chains: Vec<ChainRow>,
    pub outbox: Option<Vec<u8>>,
    /// What the record's clock has to take in: a date that this commit sets.
    pub clock: Option<DueFrom>,
    /// What the commit did, for statistics.
    pub deeds: Option<SealedDeeds>,
    /// The record as it will be: for the cache, after COMMIT.
    pub next: Option<Arc<Record>>,
}

impl Prepared {
    /// Leaves alone: the record is neither read nor touched.
    pub fn of_leaves(ring: &KeyRing, keys: &PersonKeys, key: RecordKey, expected: Expected, leaves: &[Leaf]) -> Result<Self, StoreError> {
        let version = match expected {
            Expected::Version(version) => version,
            Expected::New | Expected::LeavesOnly => 0,
        };
        let told = deeds_of_leaves(leaves);
        let leaves = leaves.iter().map(|leaf| seal_leaf(ring, &keys.audit, ring.derived.record_chain(key, leaf.chain), leaf));
        Ok(Prepared {
            key,
            expected,
            version,
            key_version: keys.version,
            head: None,
            entries: Vec::new(),
            dropped: Vec::new(),
            members: Vec::new(),
            contents: Vec::new(),
            blobs: Vec::new(),
            extracts: Vec::new(),
            is_to_read: false,
            leaves: leaves.collect::<Result<_, _>>()?,
            chains: Vec::new(),
            outbox: None,
            clock: None,
            deeds: tallies::seal(&ring.derived, key, &told)?,
            next: None,
        })
    }
}

/// Applies changes to a record (`None`: a new one) and seals what they put.
pub(crate) struct Workshop<'a> {
    pub ring: &'a KeyRing,
    pub keys: &'a PersonKeys,
    pub entries_max: usize,
    pub mode: Mode,
}

impl Workshop<'_> {
    /// Prepares a commit with changes.
    pub fn prepare(&self, base: Option<&Record>, key: RecordKey, changes: Vec<Change>, leaves: &[Leaf]) -> Result<Prepared, StoreError> {
        let expected = base.map_or(Expected::New, |base| Expected::Version(base.version));
        let mut prepared = Prepared::of_leaves(self.ring, self.keys, key, expected, leaves)?;
        let version = base.map_or(1, |base| base.version + 1);
        prepared.version = version;
        if base.is_none() {
            prepared.chains = [Chain::Main, Chain::Secret].map(|chain| self.chain_row(key, chain)).into_iter().collect::<Result<_, _>>()?;
        }
        let (contents, changes): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(|change| matches!(change, Change::PutContent { .. }));
        let mut next = self.start(base, key, version, &changes)?;
        let mut events = Vec::with_capacity(changes.len());
        for change in changes {
            self.put(&mut next, &mut prepared, &mut events, change)?;
        }
        if next.entries.len() > self.entries_max {
            return Err(StoreError::TooManyEntries);
        }
        for change in contents {
            if let Change::PutContent { address, bytes } = change {
                self.put_content(&next, &mut prepared, address, &bytes)?;
            }
        }
        prepared.is_to_read = events.iter().any(|event| match event {
            Event::NewEntry(id) => !prepared.extracts.iter().any(|read| read.entry == *id),
            _ => false,
        });
        let told_before = base.map_or(0, |base| base.head.notices.len());
        events.extend(next.head.notices.iter().skip(told_before).cloned().map(Event::Notice));
        let place = Place { table: "outbox", owner: &key.0, row: &ONLY_ROW, version };
        prepared.outbox = Some(self.keys.data()?.seal_row(&place, &events)?);
        prepared.clock = dated(base, &next, leaves);
        prepared.deeds = tallies::seal(&self.ring.derived, key, &deeds(base, &next, leaves))?;
        prepared.next = Some(Arc::new(next));
        Ok(prepared)
    }

    /// The record that the changes are applied to.
    fn start(&self, base: Option<&Record>, key: RecordKey, version: u64, changes: &[Change]) -> Result<Record, StoreError> {
        if let Some(base) = base {
            let mut next = base.clone();
            next.version = version;
            return Ok(next);
        }
        let head = changes.iter().find_map(|change| if let Change::PutHead(head) = change { Some(head) } else { None });
        let head = head.ok_or_else(|| StoreError::fault("commit.prepare", "a new record needs a head"))?;
        Ok(Record { key, version, head: Head::clone(head), entries: Vec::new(), submissions: Vec::new(), folders: Vec::new() })
    }

    fn put(&self, next: &mut Record, prepared: &mut Prepared, events: &mut Vec<Event>, change: Change) -> Result<(), StoreError> {
        match change {
            Change::PutHead(head) => {
                if let Some(code) = head.ins.refused_in(self.mode) {
                    return Err(StoreError::Refused(code.to_owned()));
                }
                prepared.head = Some(self.seal(next, "record", &ONLY_ROW, &*head)?);
                next.head = *head;
                events.push(Event::Head);
            }
            Change::PutEntry(entry) => self.put_entry(next, prepared, events, *entry, Claims::ItsIdentifier)?,
            Change::AdoptEntry(entry) => self.put_entry(next, prepared, events, *entry, Claims::Nothing)?,
            Change::Drop(id) => {
                events.push(Event::Dropped(id));
                next.entries.retain(|entry| entry.id != id);
                next.submissions.retain(|submission| submission.id != id);
                next.folders.retain(|folder| folder.id != id);
                prepared.dropped.push(id);
            }
            Change::PutSubmission(submission) => {
                events.push(Event::Submission(submission.id));
                let sealed = self.seal(next, "submission", &submission.id.0, &*submission)?;
                prepared.members.push(MemberRow { kind: KIND_SUBMISSION, id: submission.id, sealed });
                put_sorted(&mut next.submissions, Arc::new(*submission), |one: &Arc<SubmissionSet>| one.id);
            }
            Change::PutFolder(folder) => {
                events.push(Event::Folder(folder.id));
                let sealed = self.seal(next, "folder", &folder.id.0, &*folder)?;
                prepared.members.push(MemberRow { kind: KIND_FOLDER, id: folder.id, sealed });
                put_sorted(&mut next.folders, *folder, |one: &Folder| one.id);
            }
            Change::PutExtract(new) => prepared.extracts.push(extracts::seal(self.keys, next.key, &new)?),
            Change::PutContent { .. } => {}
        }
        Ok(())
    }

    fn put_entry(
        &self,
        next: &mut Record,
        prepared: &mut Prepared,
        events: &mut Vec<Event>,
        entry: DocumentEntry,
        claims: Claims,
    ) -> Result<(), StoreError> {
        let sealed = self.seal(next, "entry", &entry.id.0, &entry)?;
        let (id, unique_hash) = (entry.id, self.ring.derived.locator_hash(&entry.unique_id));
        let before = put_sorted(&mut next.entries, Arc::new(entry), |one: &Arc<DocumentEntry>| one.id);
        let unique_hash = match before {
            None => {
                events.push(Event::NewEntry(id));
                (claims == Claims::ItsIdentifier).then_some(unique_hash)
            }
            Some(before) if self.ring.derived.locator_hash(&before.unique_id) != unique_hash => {
                return Err(StoreError::fault("commit.prepare", "an entry may not change its unique identifier"));
            }
            Some(_) => {
                events.push(Event::Entry(id));
                None
            }
        };
        prepared.entries.push(EntryRow { id, sealed, unique_hash });
        Ok(())
    }

    fn put_content(&self, next: &Record, prepared: &mut Prepared, address: BlobAddress, bytes: &Bytes) -> Result<(), StoreError> {
        let entry = next.entries.iter().find(|entry| entry.content.address == address);
        if entry.is_some_and(|entry| !content::is_of(&entry.content, bytes)) {
            return Err(StoreError::fault("commit.prepare", "content does not hash to what its entry says"));
        }
        let (row, blob) = content::seal(self.keys.data()?, next.key, address, self.keys.version, bytes)?;
        prepared.contents.push(row);
        prepared.blobs.extend(blob.map(|sealed| (address, sealed)));
        Ok(())
    }

    fn seal<T: Serialize>(&self, next: &Record, table: &'static str, row: &[u8; 16], value: &T) -> Result<Vec<u8>, StoreError> {
        self.keys.data()?.seal_row(&Place { table, owner: &next.key.0, row, version: next.version }, value)
    }

    fn chain_row(&self, key: RecordKey, chain: Chain) -> Result<ChainRow, StoreError> {
        begin_chain(self.ring, self.ring.derived.record_chain(key, chain), ChainOwner::Record(key, chain))
    }
}

/// The date of an act of the software that a commit sets. It is in the commit, so that no worker has to have seen what was changed.
fn dated(base: Option<&Record>, next: &Record, leaves: &[Leaf]) -> Option<DueFrom> {
    let (before, after) = (base.and_then(|base| next_dated(&base.head)), next_dated(&next.head));
    let (at, _) = after.filter(|_| before != after)?;
    let told = leaves.first()?.at.plus_days(-CLOCK_DAYS_BACK);
    Some(DueFrom { due: due_hour(Some(at))?, told: told.as_micros() })
}

/// The row of a chain without leaves.
pub(crate) fn begin_chain(ring: &KeyRing, id: [u8; 16], owner: ChainOwner) -> Result<ChainRow, StoreError> {
    let hash = genesis_hash(&id);
    let sealed = ring.derived.chain_owner.seal_row(&owner_place(&id), &owner)?;
    Ok(ChainRow { id, hash, mac: ring.derived.head_mac(&id, 0, &hash), sealed })
}

/// A leaf for the chain of an account.
#[derive(Debug)]
pub(crate) struct AccountLeaf {
    pub row: LeafRow,
    /// Whose chain it is: not always who did the act that it tells.
    account_hash: [u8; 16],
}

impl AccountLeaf {
    /// Seals it.
    pub fn prepare(ring: &KeyRing, account: &str, leaf: &Leaf) -> Result<Self, StoreError> {
        let account_hash = ring.derived.account_hash(account);
        let chain_id = ring.derived.account_chain(&account_hash);
        let row = seal_leaf(ring, &ring.derived.account_audit_key(&account_hash)?, chain_id, leaf)?;
        Ok(AccountLeaf { row, account_hash })
    }

    /// The row of its chain, should it not be there.
    pub fn chain(&self, ring: &KeyRing) -> Result<ChainRow, StoreError> {
        begin_chain(ring, self.row.chain_id, ChainOwner::Account(self.account_hash))
    }
}

/// Opens whose chain a chain is.
pub(crate) fn open_owner(ring: &KeyRing, chain_id: &[u8; 16], sealed: &[u8]) -> Result<ChainOwner, StoreError> {
    ring.derived.chain_owner.open_row(&owner_place(chain_id), sealed)
}

fn owner_place(chain_id: &[u8; 16]) -> Place<'_> {
    Place { table: "chain", owner: chain_id, row: &ONLY_ROW, version: 0 }
}

/// Seals a leaf. Its sequence is not known yet: the hash of the chain holds its place.
pub(crate) fn seal_leaf(ring: &KeyRing, audit: &SealKey, chain_id: [u8; 16], leaf: &Leaf) -> Result<LeafRow, StoreError> {
    let account_hash = ring.derived.account_hash(&leaf.caller.account);
    let sealed = audit.seal_row(&leaf_place(&chain_id, &account_hash), leaf)?;
    Ok(LeafRow { chain_id, account_hash, sealed })
}

/// Where a leaf stands.
pub(crate) fn leaf_place<'a>(chain_id: &'a [u8; 16], account_hash: &'a [u8; 16]) -> Place<'a> {
    Place { table: "leaf", owner: chain_id, row: account_hash, version: 0 }
}

/// Puts a value in a list that is sorted by id, the order of its rows. Gives the one it took the place of.
fn put_sorted<T>(list: &mut Vec<T>, value: T, id: impl Fn(&T) -> EntryId) -> Option<T> {
    let wanted = id(&value);
    match list.binary_search_by_key(&wanted, id) {
        Ok(position) => list.get_mut(position).map(|place| std::mem::replace(place, value)),
        Err(position) => {
            list.insert(position, value);
            None
        }
    }
}
