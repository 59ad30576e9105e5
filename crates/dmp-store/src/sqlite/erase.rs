//! Erasure: the data key of a person is destroyed, so that their rows and contents are unreadable at once. The
//! journal stays, under its own key and its own clock.

use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::ids::RecordKey;
use rusqlite::params;
use tokio::sync::oneshot;

use super::SqliteStore;
use super::connect::fault;
use super::keys::KeyWriter;
use super::writer::{Batch, Job, answer};
use crate::cache::RecordCache;
use crate::keys::KeyRing;
use crate::{StoreError, fail_point};

impl SqliteStore {
    /// Destroys the data key of a record. Acknowledged means that no live copy of the key is left.
    pub(super) async fn erase_key(&self, key: RecordKey) -> Result<(), StoreError> {
        self.shared.poison.check()?;
        // Marked first: what was judged before is stale from here on and finds no version to commit on.
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(MarkJob { key, records: Arc::clone(&self.shared.records), reply }))?;
        answer(receiver).await?;
        fail_point::hit("erase.after_mark");
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(DestroyJob { key, ring: Arc::clone(&self.shared.ring), emptied: Ok(()), reply }))?;
        answer(receiver).await?;
        self.shared.contents.retain(|(owner, _), _| *owner != key);
        self.shared.extracts.remove(&key);
        fail_point::hit("erase.after_keys");
        Ok(())
    }

    /// Replaces the erasure epoch key: every data key is wrapped anew, the old epoch key destroyed. Once a month. Gives how
    /// many keys were wrapped.
    ///
    /// # Errors
    /// [`StoreError::Fault`] when the engine fails.
    pub async fn replace_erasure_epoch(&self, now: Moment) -> Result<u64, StoreError> {
        self.shared.poison.check()?;
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(EpochJob { now, old: 0, wrapped: 0, emptied: Ok(()), ring: Arc::clone(&self.shared.ring), reply }))?;
        answer(receiver).await
    }
}

/// Marks a record as erased.
struct MarkJob {
    key: RecordKey,
    records: Arc<RecordCache>,
    reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Job for MarkJob {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let connection = batch.connection;
        let sql = "UPDATE record SET version = version + 1, key_version = 0 WHERE record_key = ?1";
        let marked = connection.execute(sql, params![self.key.0]).map_err(fault("erase.mark"))?;
        if marked == 1 { Ok(()) } else { Err(StoreError::NoRecord) }
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        if outcome.is_ok() {
            self.records.remove(&self.key);
        }
        let _ = self.reply.send(outcome);
    }
}

/// Destroys the data key.
struct DestroyJob {
    key: RecordKey,
    ring: Arc<KeyRing>,
    emptied: Result<(), StoreError>,
    reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Job for DestroyJob {
    fn touches_keys(&self) -> bool {
        true
    }

    fn apply_keys(&mut self, keys: &mut KeyWriter) -> Result<(), StoreError> {
        keys.delete_data_key(self.key)
    }

    fn keys_committed(&mut self, keys: &mut KeyWriter) {
        self.ring.forget(self.key);
        self.emptied = keys.empty_log();
    }

    fn apply(&mut self, _batch: &mut Batch<'_>) -> Result<(), StoreError> {
        std::mem::replace(&mut self.emptied, Ok(()))
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome);
    }
}

/// Replaces the erasure epoch.
struct EpochJob {
    now: Moment,
    old: i64,
    wrapped: u64,
    emptied: Result<(), StoreError>,
    ring: Arc<KeyRing>,
    reply: oneshot::Sender<Result<u64, StoreError>>,
}

impl Job for EpochJob {
    fn touches_keys(&self) -> bool {
        true
    }

    fn apply_keys(&mut self, keys: &mut KeyWriter) -> Result<(), StoreError> {
        self.old = keys.person_epoch();
        self.wrapped = keys.replace_epoch(self.now)?;
        Ok(())
    }

    fn keys_committed(&mut self, keys: &mut KeyWriter) {
        self.ring.remove_epoch(self.old);
        self.emptied = keys.empty_log();
    }

    fn apply(&mut self, _batch: &mut Batch<'_>) -> Result<(), StoreError> {
        std::mem::replace(&mut self.emptied, Ok(()))
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let _ = self.reply.send(outcome.map(|()| self.wrapped));
    }
}
