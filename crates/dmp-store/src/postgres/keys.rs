//! Keys of persons and their epochs, in tables of their own.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use deadpool_postgres::Pool;
use dmp_core::Moment;
use dmp_core::ids::RecordKey;
use tokio_postgres::error::SqlState;

use super::connect::{Sent, Session, in_order};
use super::failure::{Failure, failed};
use super::rows::{bytes, record_key};
use crate::StoreError;
use crate::keys::{FreshKeys, KEY_VERSION, KIND_AUDIT, KIND_PERSON, KeyRing, Wrapped, WrappedKeys};

/// Keys that are wrapped anew at once.
const REWRAPPED_AT_ONCE: i64 = 500;

/// The keys of persons, as this process knows them.
#[derive(Debug)]
pub(crate) struct Keys {
    pub ring: Arc<KeyRing>,
    current: RwLock<Current>,
    /// An epoch that this process still used has ended.
    outdated: AtomicBool,
}

/// The epochs that new keys are wrapped under. The newest of a kind is the current one.
#[derive(Debug, Default, Clone, Copy)]
struct Current {
    person: i64,
    audit: i64,
}

impl Keys {
    pub fn new(ring: Arc<KeyRing>) -> Self {
        Keys { ring, current: RwLock::default(), outdated: AtomicBool::new(false) }
    }

    /// Reads the epochs, and makes those of a new store.
    pub async fn open(&self, pool: &Pool, now: Moment) -> Result<(), Failure> {
        let session = Session::take(pool).await?;
        self.load_epochs(&session).await?;
        for kind in [KIND_PERSON, KIND_AUDIT] {
            while self.current(kind) == 0 {
                self.make_epoch(&session, kind, now).await?;
                self.load_epochs(&session).await?;
            }
        }
        Ok(())
    }

    /// Notes that an epoch of ours has ended.
    pub fn outdate(&self) {
        self.outdated.store(true, Ordering::Relaxed);
    }

    /// Reads the epochs again once one of ours has ended.
    pub async fn refresh_when_outdated(&self, session: &Session) -> Result<(), Failure> {
        if self.outdated.swap(false, Ordering::Relaxed) { self.load_epochs(session).await } else { Ok(()) }
    }

    /// Reads the wrapped keys of a person. Another process may have begun an epoch meanwhile: it is read too.
    pub async fn read(&self, session: &Session, key: RecordKey) -> Result<WrappedKeys, Failure> {
        let place = "keys.read";
        let statement = session.prepare("SELECT kind, epoch, wrapped FROM dmp_keys.person_key WHERE record_key = $1 AND version = $2").await?;
        let rows = session.client()?.query(&statement, &[&key.0.as_slice(), &i64::from(KEY_VERSION)]).await.map_err(failed(place))?;
        let mut keys = WrappedKeys::default();
        for row in rows {
            let wrapped = Wrapped { epoch: row.try_get(1).map_err(failed(place))?, bytes: bytes(&row, 2)? };
            if !self.ring.knows_epoch(wrapped.epoch) {
                self.load_epochs(session).await?;
            }
            match row.try_get(0).map_err(failed(place))? {
                KIND_PERSON => keys.data = Some(wrapped),
                KIND_AUDIT => keys.audit = Some(wrapped),
                other => return Err(StoreError::fault(place, format!("unknown kind {other}")).into()),
            }
        }
        Ok(keys)
    }

    /// Wraps fresh keys under the current epochs: rows of `kind, epoch, wrapped`.
    pub fn wrap(&self, key: RecordKey, fresh: &FreshKeys) -> Result<[(i64, i64, Vec<u8>); 2], StoreError> {
        let (person, audit) = (self.current(KIND_PERSON), self.current(KIND_AUDIT));
        Ok([
            (KIND_AUDIT, audit, self.ring.wrap(key, KIND_AUDIT, audit, &fresh.audit)?),
            (KIND_PERSON, person, self.ring.wrap(key, KIND_PERSON, person, &fresh.data)?),
        ])
    }

    /// Replaces the erasure epoch. The new one is in use before any key is wrapped anew, and the old ones end when no key is under them: the
    /// foreign key sees to that, whatever other processes do meanwhile. Broken off, it is ended by the next one.
    pub async fn replace_epoch(&self, session: &Session, now: Moment) -> Result<u64, Failure> {
        let old = self.current(KIND_PERSON);
        while self.current(KIND_PERSON) == old {
            self.make_epoch(session, KIND_PERSON, now).await?;
            self.load_epochs(session).await?;
        }
        let new = self.current(KIND_PERSON);
        let mut count = 0;
        loop {
            let wrapped = self.rewrap_some(session, new).await?;
            count += wrapped;
            if wrapped > 0 {
                continue;
            }
            let statement = session.prepare("DELETE FROM dmp_keys.epoch WHERE kind = $1 AND id < $2").await?;
            match session.client()?.execute(&statement, &[&KIND_PERSON, &new]).await {
                Ok(_) => break,
                // Another process has just wrapped a key under the old epoch.
                Err(error) if error.code() == Some(&SqlState::FOREIGN_KEY_VIOLATION) => {}
                Err(error) => return Err(failed("keys.replace_epoch")(error)),
            }
        }
        self.load_epochs(session).await?;
        Ok(count)
    }

    /// Wraps some of the keys that are under an older epoch than the given one. Gives how many there were.
    async fn rewrap_some(&self, session: &Session, new: i64) -> Result<u64, Failure> {
        let place = "keys.rewrap";
        let client = session.client()?;
        let select = session.prepare("SELECT record_key, epoch, wrapped FROM dmp_keys.person_key WHERE kind = $1 AND epoch < $2 LIMIT $3").await?;
        let update = "UPDATE dmp_keys.person_key SET epoch = $1, wrapped = $2 WHERE record_key = $3 AND kind = $4 AND epoch = $5";
        let update = &session.prepare(update).await?;
        let rows = client.query(&select, &[&KIND_PERSON, &new, &REWRAPPED_AT_ONCE]).await.map_err(failed(place))?;
        let mut requests: Vec<Sent<'_, u64>> = Vec::with_capacity(rows.len());
        for row in &rows {
            let (key, old) = (record_key(row, 0)?, row.try_get::<_, i64>(1).map_err(failed(place))?);
            let plain = self.ring.unwrap(key, KIND_PERSON, Wrapped { epoch: old, bytes: bytes(row, 2)? })?;
            let wrapped = self.ring.wrap(key, KIND_PERSON, new, &plain)?;
            requests.push(Box::pin(async move { client.execute(update, &[&new, &wrapped, &key.0.as_slice(), &KIND_PERSON, &old]).await }));
        }
        let done = in_order(requests).await.map_err(failed(place))?;
        Ok(u64::try_from(done.len()).unwrap_or(u64::MAX))
    }

    /// Reads every epoch; those that are gone are forgotten.
    pub async fn load_epochs(&self, session: &Session) -> Result<(), Failure> {
        let place = "keys.load_epochs";
        let rows = session.client()?.query("SELECT id, kind, wrapped FROM dmp_keys.epoch ORDER BY id", &[]).await.map_err(failed(place))?;
        let mut current = Current::default();
        let mut epochs = Vec::with_capacity(rows.len());
        for row in rows {
            let (id, kind): (i64, i64) = (row.try_get(0).map_err(failed(place))?, row.try_get(1).map_err(failed(place))?);
            epochs.push((id, self.ring.unwrap_epoch(kind, bytes(&row, 2)?)?));
            if kind == KIND_PERSON {
                current.person = id;
            } else {
                current.audit = id;
            }
        }
        // In this order, so that what wraps a key meanwhile always finds the epoch that it was told.
        epochs.iter().for_each(|(id, key)| self.ring.add_epoch(*id, Arc::clone(key)));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = current;
        self.ring.set_epochs(epochs);
        Ok(())
    }

    fn current(&self, kind: i64) -> i64 {
        let current = *self.current.read().unwrap_or_else(PoisonError::into_inner);
        if kind == KIND_PERSON { current.person } else { current.audit }
    }

    /// Begins an epoch, numbered after the newest. Another process may take the same number first: then its epoch serves as well.
    async fn make_epoch(&self, session: &Session, kind: i64, now: Moment) -> Result<(), Failure> {
        let place = "keys.epoch";
        let row = session.client()?.query_one("SELECT COALESCE(MAX(id), 0) FROM dmp_keys.epoch", &[]).await.map_err(failed(place))?;
        let newest: i64 = row.try_get(0).map_err(failed(place))?;
        let (_, wrapped) = self.ring.make_epoch(kind)?;
        let month = now.to_rfc3339().get(..7).unwrap_or_default().to_owned();
        let sql = "INSERT INTO dmp_keys.epoch (id, kind, created_month, wrapped) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
        session.client()?.execute(sql, &[&(newest + 1), &kind, &month, &wrapped]).await.map(drop).map_err(failed(place))
    }
}
