//! PostgreSQL behind the door of every backend.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use dmp_core::access::{Consult, Permit};
use dmp_core::audit::{Chain, Leaf};
use dmp_core::identity::Ins;
use dmp_core::ids::RecordKey;
use dmp_core::record::Record;

use super::failure::{Failure, Tries, failed};
use super::read::{self, Present, Rows};
use super::{PostgresStore, aside, identifier, retried};
use crate::cache::drop_aside;
use crate::chain::StoredLeaf;
use crate::content::{self, Kept};
use crate::door::PAGE_MAX;
use crate::keys::{FreshKeys, PersonKeys};
use crate::prepare::{AccountLeaf, Plan, Prepared, Workshop};
use crate::{Change, Claim, Expected, IdentifierState, KeptLeaf, OpeningNotice, Receipt, RecordStore, StoreError, fail_point};

/// Rows that are opened on the thread that serves the request: some microseconds each.
const OPENED_HERE_MAX: usize = 64;
/// Bytes that are compressed and sealed on the thread that serves the request.
const SEALED_HERE_MAX: usize = 16 * 1024;

#[async_trait]
impl RecordStore for PostgresStore {
    async fn load(&self, key: RecordKey) -> Result<Option<Arc<Record>>, StoreError> {
        if let Some(record) = self.records.get(&key) {
            match retried!(self.version_once(key))? {
                Present::Version(version) if version == record.version => return Ok(Some(record)),
                Present::Version(_) => {}
                Present::Nowhere => return Ok(None),
                Present::Erased => {
                    self.forget(key);
                    return Ok(None);
                }
            }
        }
        let Some(rows) = retried!(self.rows_once(key))? else {
            self.forget(key);
            return Ok(None);
        };
        let keys = self.find_keys(key).await?;
        let is_long = rows.count() > OPENED_HERE_MAX;
        match aside(is_long, move || rows.open(keys.as_deref(), key)).await.map(Arc::new) {
            Ok(record) => {
                self.records.insert(key, Arc::clone(&record));
                Ok(Some(record))
            }
            // Erased between the two reads: no loss.
            Err(_) if retried!(self.version_once(key))? == Present::Erased => {
                self.forget(key);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn commit(&self, key: RecordKey, expected: Expected, changes: Vec<Change>, leaves: Vec<Leaf>) -> Result<Receipt, StoreError> {
        match Plan::of(expected, &changes)? {
            Plan::Leaves => {
                let keys = self.keys_of(key).await?;
                let prepared = Prepared::of_leaves(&self.keys.ring, &keys, key, expected, &leaves)?;
                self.run_commit(&prepared, None).await
            }
            Plan::New => {
                let (fresh, keys) = self.keys_of_new(key).await?;
                let prepared = self.prepare(None, key, keys, changes, leaves).await?;
                self.put(prepared, fresh).await
            }
            Plan::Onto(version) => {
                let base = self.load(key).await?.ok_or(StoreError::NoRecord)?;
                if base.version != version {
                    return Err(StoreError::Stale);
                }
                let keys = self.keys_of(key).await?;
                let prepared = self.prepare(Some(Arc::clone(&base)), key, keys, changes, leaves).await?;
                let receipt = self.put(prepared, None).await;
                drop_aside(base);
                receipt
            }
        }
    }

    async fn content(&self, key: RecordKey, permit: &Permit<Consult>) -> Result<Bytes, StoreError> {
        let record = self.load(key).await?.ok_or(StoreError::NoRecord)?;
        let wanted = record.entry(permit.entry()).filter(|entry| entry.content.address == permit.address());
        let wanted = wanted.ok_or(StoreError::DamagedContent("belongs to no entry of the record"))?.content.clone();
        let (key_version, sealed) = match retried!(self.content_once(key, wanted.address))? {
            None => return Err(StoreError::DamagedContent("has no row")),
            Some((key_version, Kept::Inline(sealed))) => (key_version, sealed),
            Some((key_version, Kept::InFile)) => {
                let blob = self.blobs.get(wanted.address).await?;
                (key_version, blob.ok_or(StoreError::DamagedContent("has no file"))?.into())
            }
        };
        let keys = self.keys_of(key).await?;
        let is_long = sealed.len() > SEALED_HERE_MAX;
        aside(is_long, move || content::open(keys.data()?, key, &wanted, key_version, sealed)).await
    }

    async fn append_account_leaf(&self, account: &str, leaf: Leaf) -> Result<u64, StoreError> {
        self.run_account_leaf(&AccountLeaf::prepare(&self.keys.ring, account, &leaf)?).await
    }

    async fn identify(&self, ins: &Ins) -> Result<Option<(RecordKey, IdentifierState)>, StoreError> {
        // Not kept in memory: another process may release a number, and it must lead to the right person at once.
        let hash = self.keys.ring.derived.ins_hash(ins);
        retried!(self.identify_once(hash))
    }

    async fn claim(&self, ins: &Ins, key: RecordKey) -> Result<Claim, StoreError> {
        if let Some(code) = ins.refused_in(self.mode) {
            return Err(StoreError::Refused(code.to_owned()));
        }
        let (hash, mut tries, mut again) = (self.keys.ring.derived.ins_hash(ins), Tries::default(), false);
        loop {
            match self.claim_once(hash, key, again).await {
                Ok(claim) => return Ok(claim),
                Err(failure) => tries.again(failure).await?,
            }
            again = true;
        }
    }

    async fn confirm(&self, ins: &Ins) -> Result<(), StoreError> {
        let hash = self.keys.ring.derived.ins_hash(ins);
        retried!(self.confirm_once(hash))
    }

    async fn release(&self, ins: &Ins, key: RecordKey) -> Result<(), StoreError> {
        let hash = self.keys.ring.derived.ins_hash(ins);
        retried!(self.release_once(hash, key))
    }

    async fn opening_notice(&self, ins: &Ins) -> Result<Option<OpeningNotice>, StoreError> {
        let hash = self.keys.ring.derived.ins_hash(ins);
        retried!(self.opening_notice_once(hash))
    }

    async fn put_opening_notice(&self, ins: &Ins, notice: Option<OpeningNotice>) -> Result<(), StoreError> {
        if let Some(code) = ins.refused_in(self.mode) {
            return Err(StoreError::Refused(code.to_owned()));
        }
        let hash = self.keys.ring.derived.ins_hash(ins);
        retried!(self.put_opening_notice_once(hash, notice))
    }

    async fn erase(&self, key: RecordKey) -> Result<(), StoreError> {
        // Erasing twice is erasing once: a try whose end is not known may be repeated.
        retried!(self.erase_once(key))?;
        fail_point::hit("erase.after_keys");
        self.forget(key);
        Ok(())
    }

    async fn locate(&self, unique_id: &str) -> Result<Option<RecordKey>, StoreError> {
        let hash = self.keys.ring.derived.locator_hash(unique_id);
        retried!(self.locate_once(hash))
    }

    async fn journal(&self, key: RecordKey, chain: Chain, before: Option<u64>, limit: u32) -> Result<Vec<KeptLeaf>, StoreError> {
        let keys = self.keys_of(key).await?;
        let chain_id = self.keys.ring.derived.record_chain(key, chain);
        let stored = retried!(self.leaves_once(&chain_id, before, limit))?;
        let is_long = stored.len() > OPENED_HERE_MAX;
        aside(is_long, move || stored.iter().map(|leaf| leaf.open(&chain_id, &keys.audit)).collect()).await
    }

    async fn account_journal(&self, account: &str, before: Option<u64>, limit: u32) -> Result<Vec<KeptLeaf>, StoreError> {
        let account_hash = self.keys.ring.derived.account_hash(account);
        let chain_id = self.keys.ring.derived.account_chain(&account_hash);
        let audit = self.keys.ring.derived.account_audit_key(&account_hash)?;
        let stored = retried!(self.leaves_once(&chain_id, before, limit))?;
        let is_long = stored.len() > OPENED_HERE_MAX;
        aside(is_long, move || stored.iter().map(|leaf| leaf.open(&chain_id, &audit)).collect()).await
    }

    async fn leaves_of(&self, key: RecordKey, chain: Chain, account: &str, limit: u32) -> Result<Vec<KeptLeaf>, StoreError> {
        let keys = self.keys_of(key).await?;
        let account_hash = self.keys.ring.derived.account_hash(account);
        let chain_id = self.keys.ring.derived.record_chain(key, chain);
        let stored = retried!(self.leaves_of_once(&chain_id, &account_hash, limit))?;
        let is_long = stored.len() > OPENED_HERE_MAX;
        aside(is_long, move || stored.iter().map(|leaf| leaf.open(&chain_id, &keys.audit)).collect()).await
    }

    async fn touched_by(&self, account: &str) -> Result<Vec<(RecordKey, u64)>, StoreError> {
        let account_hash = self.keys.ring.derived.account_hash(account);
        retried!(self.touched_once(&account_hash))
    }

    async fn sweep_claims(&self) -> Result<u64, StoreError> {
        retried!(self.sweep_claims_once())
    }

    async fn ready(&self) -> Result<(), StoreError> {
        match self.ready_once().await {
            Ok(()) => Ok(()),
            Err(Failure::Final(error) | Failure::Again(error) | Failure::Unknown(error)) => Err(error),
        }
    }
}

impl PostgresStore {
    /// Forgets what was unsealed of a record that was erased.
    pub(crate) fn forget(&self, key: RecordKey) {
        self.records.remove(&key);
        self.extracts.remove(&key);
        self.keys.ring.forget(key);
    }

    /// Keys for a record that is to be made: fresh ones, stored with it.
    async fn keys_of_new(&self, key: RecordKey) -> Result<(Option<FreshKeys>, Arc<PersonKeys>), StoreError> {
        if let Some(keys) = self.find_keys(key).await? {
            // An erased record stays erased: its key is not made anew.
            return if keys.data.is_some() { Ok((None, keys)) } else { Err(StoreError::NoRecord) };
        }
        let (fresh, keys) = self.keys.ring.make()?;
        Ok((Some(fresh), keys))
    }

    /// Applies, encodes, compresses and seals.
    async fn prepare(
        &self,
        base: Option<Arc<Record>>,
        key: RecordKey,
        keys: Arc<PersonKeys>,
        changes: Vec<Change>,
        leaves: Vec<Leaf>,
    ) -> Result<Prepared, StoreError> {
        let (ring, entries_max, mode) = (Arc::clone(&self.keys.ring), self.entries_max, self.mode);
        let rows = base.as_ref().map_or(0, |base| base.entries.len()) + changes.len();
        let size: usize = changes.iter().map(|change| if let Change::PutContent { bytes, .. } = change { bytes.len() } else { 0 }).sum();
        aside(rows > OPENED_HERE_MAX || size > SEALED_HERE_MAX, move || {
            Workshop { ring: &ring, keys: &keys, entries_max, mode }.prepare(base.as_deref(), key, changes, &leaves)
        })
        .await
    }

    /// Large contents are durable before the transaction that names them.
    async fn put(&self, mut prepared: Prepared, fresh: Option<FreshKeys>) -> Result<Receipt, StoreError> {
        for (address, sealed) in std::mem::take(&mut prepared.blobs) {
            self.blobs.put(address, sealed).await?;
        }
        let receipt = self.run_commit(&prepared, fresh.as_ref()).await?;
        if let Some(next) = prepared.next {
            self.records.insert(prepared.key, next);
        }
        Ok(receipt)
    }

    pub(crate) async fn version_once(&self, key: RecordKey) -> Result<Present, Failure> {
        read::version(&self.session().await?, key).await
    }

    async fn rows_once(&self, key: RecordKey) -> Result<Option<Rows>, Failure> {
        read::record(&self.session().await?, key).await
    }

    async fn content_once(&self, key: RecordKey, address: dmp_core::ids::BlobAddress) -> Result<Option<(u32, Kept)>, Failure> {
        read::content(&self.session().await?, key, address).await
    }

    async fn leaves_once(&self, chain_id: &[u8; 16], before: Option<u64>, limit: u32) -> Result<Vec<StoredLeaf>, Failure> {
        read::leaves(&self.session().await?, chain_id, before, limit.min(PAGE_MAX)).await
    }

    async fn leaves_of_once(&self, chain_id: &[u8; 16], account_hash: &[u8; 16], limit: u32) -> Result<Vec<StoredLeaf>, Failure> {
        read::leaves_of(&self.session().await?, chain_id, account_hash, limit.min(PAGE_MAX)).await
    }

    async fn locate_once(&self, hash: [u8; 16]) -> Result<Option<RecordKey>, Failure> {
        read::locator(&self.session().await?, hash).await
    }

    async fn identify_once(&self, hash: [u8; 16]) -> Result<Option<(RecordKey, IdentifierState)>, Failure> {
        identifier::find(&self.session().await?, hash).await
    }

    async fn claim_once(&self, hash: [u8; 16], key: RecordKey, again: bool) -> Result<Claim, Failure> {
        identifier::claim(&self.session().await?, hash, key, self.start, again).await
    }

    async fn release_once(&self, hash: [u8; 16], key: RecordKey) -> Result<(), Failure> {
        identifier::release(&self.session().await?, hash, key).await
    }

    async fn opening_notice_once(&self, hash: [u8; 16]) -> Result<Option<OpeningNotice>, Failure> {
        identifier::opening_notice(&self.session().await?, hash).await
    }

    async fn put_opening_notice_once(&self, hash: [u8; 16], notice: Option<OpeningNotice>) -> Result<(), Failure> {
        identifier::put_opening_notice(&self.session().await?, hash, notice).await
    }

    async fn confirm_once(&self, hash: [u8; 16]) -> Result<(), Failure> {
        identifier::confirm(&self.session().await?, hash).await
    }

    async fn sweep_claims_once(&self) -> Result<u64, Failure> {
        identifier::sweep(&self.session().await?, self.start, self.claim_age_seconds).await
    }

    /// A server that takes no writes (a standby) is not ready.
    async fn ready_once(&self) -> Result<(), Failure> {
        let session = self.session().await?;
        let row = session.client()?.query_one("SHOW transaction_read_only", &[]).await.map_err(failed("ready"))?;
        let read_only: String = row.try_get(0).map_err(failed("ready"))?;
        if read_only == "off" { Ok(()) } else { Err(StoreError::unavailable("ready", "the database takes no writes").into()) }
    }
}
