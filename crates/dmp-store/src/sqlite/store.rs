//! The embedded backend behind the door of every backend.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::access::{Consult, Permit};
use dmp_core::audit::{Chain, Leaf};
use dmp_core::identity::Ins;
use dmp_core::ids::RecordKey;
use dmp_core::record::Record;
use tokio::sync::oneshot;

use super::commit::CommitJob;
use super::identifier::{self, ClaimJob, ConfirmJob, DropKeysJob, OpeningJob, ReleaseJob, SweepJob};
use super::writer::{Batch, Job, answer};
use super::{Shared, SqliteStore, account, read};
use crate::blocking::blocking;
use crate::cache::drop_aside;
use crate::content::{self, Kept};
use crate::door::PAGE_MAX;
use crate::keys::{FreshKeys, PersonKeys};
use crate::prepare::{Plan, Prepared, Workshop};
use crate::{Change, Claim, Expected, IdentifierState, KeptLeaf, OpeningNotice, Receipt, RecordStore, StoreError};

#[async_trait]
impl RecordStore for SqliteStore {
    async fn load(&self, key: RecordKey) -> Result<Option<Arc<Record>>, StoreError> {
        self.shared.poison.check()?;
        let guard = match self.shared.records.get_value_or_guard_async(&key).await {
            Ok(record) => return Ok(Some(record)),
            Err(guard) => guard,
        };
        let found = self.read(move |shared| shared.pool.snapshot(|connection| read::record(connection, &shared.keys, key))).await?;
        let Some(record) = found.map(Arc::new) else { return Ok(None) };
        // INVARIANT: refused when a commit or an erasure passed meanwhile, so that the cache never holds an older version.
        let _ = guard.insert(Arc::clone(&record));
        Ok(Some(record))
    }

    async fn commit(&self, key: RecordKey, expected: Expected, changes: Vec<Change>, leaves: Vec<Leaf>) -> Result<Receipt, StoreError> {
        self.shared.poison.check()?;
        match Plan::of(expected, &changes)? {
            Plan::Leaves => {
                let keys = self.keys(key).await?;
                let prepared = Prepared::of_leaves(&self.shared.ring, &keys, key, expected, &leaves)?;
                self.hand_in(prepared, None).await
            }
            Plan::New => {
                let (fresh, keys) = self.keys_of_new(key).await?;
                let prepared = self.prepare(None, key, keys, changes, leaves).await?;
                self.put_blobs(prepared, fresh).await
            }
            Plan::Onto(version) => {
                let base = self.load(key).await?.ok_or(StoreError::NoRecord)?;
                if base.version != version {
                    return Err(StoreError::Stale);
                }
                let keys = self.keys(key).await?;
                let prepared = self.prepare(Some(Arc::clone(&base)), key, keys, changes, leaves).await?;
                let receipt = self.put_blobs(prepared, None).await;
                drop_aside(base);
                receipt
            }
        }
    }

    async fn content(&self, key: RecordKey, permit: &Permit<Consult>) -> Result<Bytes, StoreError> {
        let record = self.load(key).await?.ok_or(StoreError::NoRecord)?;
        let wanted = record.entry(permit.entry()).filter(|entry| entry.content.address == permit.address());
        let wanted = wanted.ok_or(StoreError::DamagedContent("belongs to no entry of the record"))?.content.clone();
        let place = (key, wanted.address);
        if let Some(bytes) = self.shared.contents.get(&place) {
            return Ok(bytes);
        }
        let keys = self.keys(key).await?;
        // One turn on a thread kept for it: a second hand-over costs more than the opening itself.
        let opened = self.read(move |shared| match shared.pool.run(|connection| read::content(connection, key, wanted.address))? {
            None => Err(StoreError::DamagedContent("has no row")),
            Some((key_version, Kept::InFile)) => Ok(Err((key_version, keys, wanted))),
            Some((key_version, Kept::Inline(sealed))) => {
                let bytes = content::open(keys.data()?, key, &wanted, key_version, sealed)?;
                shared.contents.insert(place, bytes.clone());
                Ok(Ok(bytes))
            }
        });
        match opened.await? {
            Ok(bytes) => Ok(bytes),
            Err((key_version, keys, wanted)) => {
                let sealed = self.shared.blobs.get(wanted.address).await?.ok_or(StoreError::DamagedContent("has no file"))?;
                blocking(move || content::open(keys.data()?, key, &wanted, key_version, sealed.into())).await
            }
        }
    }

    async fn append_account_leaf(&self, account: &str, leaf: Leaf) -> Result<u64, StoreError> {
        self.shared.poison.check()?;
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(account::job(&self.shared.ring, account, &leaf, reply)?))?;
        answer(receiver).await
    }

    async fn identify(&self, ins: &Ins) -> Result<Option<(RecordKey, IdentifierState)>, StoreError> {
        self.shared.poison.check()?;
        let hash = self.shared.ring.derived.ins_hash(ins);
        if let Some(key) = self.shared.identifiers.get(&hash) {
            return Ok(Some((key, IdentifierState::Confirmed)));
        }
        let releases = self.shared.releases.load(Ordering::SeqCst);
        let found = self.read(move |shared| shared.pool.run(|connection| identifier::find(connection, hash))).await?;
        if let Some((key, IdentifierState::Confirmed)) = found {
            self.shared.identifiers.insert(hash, key);
            // SECURITY: a number that was released while this was read must not come back from the cache. Asked after the
            // insertion: whoever releases counts before they remove.
            if self.shared.releases.load(Ordering::SeqCst) != releases {
                self.shared.identifiers.remove(&hash);
            }
        }
        Ok(found)
    }

    async fn release(&self, ins: &Ins, key: RecordKey) -> Result<(), StoreError> {
        self.shared.poison.check()?;
        let (reply, receiver) = oneshot::channel();
        let ins_hash = self.shared.ring.derived.ins_hash(ins);
        self.shared.releases.fetch_add(1, Ordering::SeqCst);
        self.writer.send(Box::new(ReleaseJob { ins_hash, key, reply }))?;
        let released = answer(receiver).await;
        self.shared.releases.fetch_add(1, Ordering::SeqCst);
        self.shared.identifiers.remove(&ins_hash);
        released
    }

    async fn opening_notice(&self, ins: &Ins) -> Result<Option<OpeningNotice>, StoreError> {
        let hash = self.shared.ring.derived.ins_hash(ins);
        self.read(move |shared| shared.pool.run(|connection| identifier::opening_notice(connection, hash))).await
    }

    async fn put_opening_notice(&self, ins: &Ins, notice: Option<OpeningNotice>) -> Result<(), StoreError> {
        self.shared.poison.check()?;
        if let Some(code) = ins.refused_in(self.shared.mode) {
            return Err(StoreError::Refused(code.to_owned()));
        }
        let (reply, receiver) = oneshot::channel();
        let ins_hash = self.shared.ring.derived.ins_hash(ins);
        self.writer.send(Box::new(OpeningJob { ins_hash, notice, reply }))?;
        answer(receiver).await
    }

    async fn erase(&self, key: RecordKey) -> Result<(), StoreError> {
        self.erase_key(key).await
    }

    async fn claim(&self, ins: &Ins, key: RecordKey) -> Result<Claim, StoreError> {
        self.shared.poison.check()?;
        if let Some(code) = ins.refused_in(self.shared.mode) {
            return Err(StoreError::Refused(code.to_owned()));
        }
        let (reply, receiver) = oneshot::channel();
        let ins_hash = self.shared.ring.derived.ins_hash(ins);
        self.writer.send(Box::new(ClaimJob { ins_hash, key, start: self.start, claim: Claim::Made, reply }))?;
        answer(receiver).await
    }

    async fn confirm(&self, ins: &Ins) -> Result<(), StoreError> {
        self.shared.poison.check()?;
        let (reply, receiver) = oneshot::channel();
        let ins_hash = self.shared.ring.derived.ins_hash(ins);
        self.writer.send(Box::new(ConfirmJob { ins_hash, reply }))?;
        answer(receiver).await
    }

    async fn locate(&self, unique_id: &str) -> Result<Option<RecordKey>, StoreError> {
        let hash = self.shared.ring.derived.locator_hash(unique_id);
        self.read(move |shared| shared.pool.run(|connection| read::locator(connection, hash))).await
    }

    async fn journal(&self, key: RecordKey, chain: Chain, before: Option<u64>, limit: u32) -> Result<Vec<KeptLeaf>, StoreError> {
        let keys = self.keys(key).await?;
        self.read(move |shared| {
            let chain_id = shared.ring.derived.record_chain(key, chain);
            let stored = shared.pool.run(|connection| read::leaves(connection, &chain_id, before, limit.min(PAGE_MAX)))?;
            stored.iter().map(|leaf| leaf.open(&chain_id, &keys.audit)).collect()
        })
        .await
    }

    async fn account_journal(&self, account: &str, before: Option<u64>, limit: u32) -> Result<Vec<KeptLeaf>, StoreError> {
        let account_hash = self.shared.ring.derived.account_hash(account);
        self.read(move |shared| {
            let chain_id = shared.ring.derived.account_chain(&account_hash);
            let audit = shared.ring.derived.account_audit_key(&account_hash)?;
            let stored = shared.pool.run(|connection| read::leaves(connection, &chain_id, before, limit.min(PAGE_MAX)))?;
            stored.iter().map(|leaf| leaf.open(&chain_id, &audit)).collect()
        })
        .await
    }

    async fn leaves_of(&self, key: RecordKey, chain: Chain, account: &str, limit: u32) -> Result<Vec<KeptLeaf>, StoreError> {
        let keys = self.keys(key).await?;
        let account_hash = self.shared.ring.derived.account_hash(account);
        self.read(move |shared| {
            let chain_id = shared.ring.derived.record_chain(key, chain);
            let stored = shared.pool.run(|connection| read::leaves_of(connection, &chain_id, &account_hash, limit.min(PAGE_MAX)))?;
            stored.iter().map(|leaf| leaf.open(&chain_id, &keys.audit)).collect()
        })
        .await
    }

    async fn touched_by(&self, account: &str) -> Result<Vec<(RecordKey, u64)>, StoreError> {
        let account_hash = self.shared.ring.derived.account_hash(account);
        self.read(move |shared| shared.pool.run(|connection| account::touched(connection, &shared.ring, account_hash))).await
    }

    async fn sweep_claims(&self) -> Result<u64, StoreError> {
        self.shared.poison.check()?;
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(SweepJob { start: self.start, ended: Vec::new(), reply }))?;
        let keys = answer(receiver).await?;
        let count = u64::try_from(keys.len()).unwrap_or(u64::MAX);
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(DropKeysJob { keys, ring: Arc::clone(&self.shared.ring), reply }))?;
        answer(receiver).await?;
        Ok(count)
    }

    async fn ready(&self) -> Result<(), StoreError> {
        self.shared.poison.check()?;
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(ReadyJob { reply }))?;
        answer(receiver).await
    }
}

impl SqliteStore {
    /// Keys for a record that is to be made: those of a creation that did not end, or fresh ones.
    async fn keys_of_new(&self, key: RecordKey) -> Result<(Option<FreshKeys>, Arc<PersonKeys>), StoreError> {
        if let Some(keys) = self.read(move |shared| shared.keys.find(key)).await? {
            // An erased record stays erased: its key is not made anew.
            return if keys.data.is_some() { Ok((None, keys)) } else { Err(StoreError::NoRecord) };
        }
        let (fresh, keys) = self.shared.ring.make()?;
        Ok((Some(fresh), keys))
    }

    /// Applies, encodes, compresses and seals on the threads kept for it.
    async fn prepare(
        &self,
        base: Option<Arc<Record>>,
        key: RecordKey,
        keys: Arc<PersonKeys>,
        changes: Vec<Change>,
        leaves: Vec<Leaf>,
    ) -> Result<Prepared, StoreError> {
        let shared: Arc<Shared> = Arc::clone(&self.shared);
        blocking(move || {
            let workshop = Workshop { ring: &shared.ring, keys: &keys, entries_max: shared.entries_max, mode: shared.mode };
            workshop.prepare(base.as_deref(), key, changes, &leaves)
        })
        .await
    }

    /// Large contents are durable before the transaction that names them.
    async fn put_blobs(&self, mut prepared: Prepared, fresh: Option<FreshKeys>) -> Result<Receipt, StoreError> {
        for (address, sealed) in std::mem::take(&mut prepared.blobs) {
            self.shared.blobs.put(address, sealed).await?;
        }
        self.hand_in(prepared, fresh).await
    }

    async fn hand_in(&self, prepared: Prepared, fresh: Option<FreshKeys>) -> Result<Receipt, StoreError> {
        let (reply, receiver) = oneshot::channel();
        let cache = Arc::clone(&self.shared.records);
        let sequences = Vec::with_capacity(prepared.leaves.len());
        self.writer.send(Box::new(CommitJob { prepared, fresh, cache, sequences, reply }))?;
        answer(receiver).await
    }
}

/// Changes nothing: answers when the writer works.
struct ReadyJob {
    reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Job for ReadyJob {
    fn apply(&mut self, _batch: &mut Batch<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome);
    }
}
