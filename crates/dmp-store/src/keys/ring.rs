//! The keys of each person: read from their own database, unwrapped, kept in a bounded cache.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use dmp_core::ids::RecordKey;
use quick_cache::sync::{Cache, GuardResult};
use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use super::Derived;
use crate::StoreError;
use crate::seal::{Place, SealKey, Sealing, random_bytes};
use crate::sqlite::connect::{ReadPool, fault};

/// Unwrapped keys in memory at most: about 1.3 KB each.
const CACHED_KEYS_MAX: usize = 50_000;
/// Version of the keys that new records get.
pub(crate) const KEY_VERSION: u32 = 1;
pub(crate) const KIND_PERSON: i64 = 1;
pub(crate) const KIND_AUDIT: i64 = 2;

/// The two keys of a person, ready for use.
#[derive(Debug)]
pub(crate) struct PersonKeys {
    pub version: u32,
    /// Opens head, entries and contents. `None` once erased.
    pub data: Option<SealKey>,
    /// Opens the leaves; outlives the data key.
    pub audit: SealKey,
}

impl PersonKeys {
    /// The data key, or [`StoreError::NoRecord`] once it was erased.
    pub fn data(&self) -> Result<&SealKey, StoreError> {
        self.data.as_ref().ok_or(StoreError::NoRecord)
    }
}

/// The bytes of keys that are not stored yet.
pub(crate) struct FreshKeys {
    pub data: Zeroizing<[u8; 32]>,
    pub audit: Zeroizing<[u8; 32]>,
}

/// Reads and unwraps keys.
#[derive(Debug)]
pub(crate) struct KeyRing {
    pub derived: Derived,
    sealing: Sealing,
    epochs: RwLock<HashMap<i64, Arc<SealKey>>>,
    pub pool: ReadPool,
    cache: Cache<RecordKey, Arc<PersonKeys>>,
}

impl KeyRing {
    /// A ring over a key database that a [`super::KeyWriter`] has made.
    pub fn new(derived: Derived, sealing: Sealing, path: &Path) -> Self {
        KeyRing { derived, sealing, epochs: RwLock::default(), pool: ReadPool::new(path), cache: Cache::new(CACHED_KEYS_MAX) }
    }

    /// Keys that are in memory already.
    pub fn cached(&self, key: RecordKey) -> Option<Arc<PersonKeys>> {
        self.cache.get(&key)
    }

    /// The keys of a person from memory or from their table. `None` when there are none. Blocks.
    pub fn find(&self, key: RecordKey) -> Result<Option<Arc<PersonKeys>>, StoreError> {
        match self.cache.get_value_or_guard(&key, None) {
            GuardResult::Value(keys) => Ok(Some(keys)),
            GuardResult::Guard(guard) => {
                let Some(keys) = self.pool.run(|connection| self.read(connection, key))? else { return Ok(None) };
                let keys = Arc::new(keys);
                // Refused when an erasure passed meanwhile: then the keys are used once and not kept.
                let _ = guard.insert(Arc::clone(&keys));
                Ok(Some(keys))
            }
            GuardResult::Timeout => Err(StoreError::fault("keys.find", "waited too long")),
        }
    }

    /// Forgets the keys of a person.
    pub fn forget(&self, key: RecordKey) {
        self.cache.remove(&key);
    }

    /// Makes keys for a person, not stored yet.
    pub fn make(&self) -> Result<(FreshKeys, Arc<PersonKeys>), StoreError> {
        let fresh = FreshKeys { data: Zeroizing::new(random_bytes()?), audit: Zeroizing::new(random_bytes()?) };
        let keys = PersonKeys {
            version: KEY_VERSION,
            data: Some(SealKey::new(&fresh.data, self.sealing)?),
            audit: SealKey::new(&fresh.audit, self.sealing)?,
        };
        Ok((fresh, Arc::new(keys)))
    }

    /// Puts an epoch key in use.
    pub fn add_epoch(&self, id: i64, key: Arc<SealKey>) {
        self.epochs.write().unwrap_or_else(PoisonError::into_inner).insert(id, key);
    }

    /// An epoch key in use.
    pub fn epoch(&self, id: i64) -> Option<Arc<SealKey>> {
        self.epochs.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Forgets an epoch key.
    pub fn remove_epoch(&self, id: i64) {
        self.epochs.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// Unwraps one key under its epoch.
    pub fn unwrap_key(&self, place: &Place<'_>, epoch: i64, wrapped: &mut [u8]) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let epochs = self.epochs.read().unwrap_or_else(PoisonError::into_inner);
        let epoch_key = epochs.get(&epoch).ok_or_else(|| StoreError::fault("keys.unwrap", "epoch key is gone"))?;
        let plain = epoch_key.open(place, wrapped)?;
        let bytes = plain.first_chunk::<32>().ok_or_else(|| StoreError::fault("keys.unwrap", "short key"))?;
        Ok(Zeroizing::new(*bytes))
    }

    fn read(&self, connection: &Connection, key: RecordKey) -> Result<Option<PersonKeys>, StoreError> {
        let data = self.read_one(connection, key, KIND_PERSON)?;
        let Some(audit) = self.read_one(connection, key, KIND_AUDIT)? else { return Ok(None) };
        Ok(Some(PersonKeys { version: KEY_VERSION, data, audit }))
    }

    fn read_one(&self, connection: &Connection, key: RecordKey, kind: i64) -> Result<Option<SealKey>, StoreError> {
        let place = "keys.read";
        let sql = "SELECT epoch, wrapped FROM person_key WHERE record_key = ?1 AND kind = ?2 AND version = ?3";
        let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
        let found = statement.query_row(params![key.0, kind, KEY_VERSION], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
        let Some((epoch, mut wrapped)) = found.optional().map_err(fault(place))? else { return Ok(None) };
        let bytes = self.unwrap_key(&wrap_place(&key, &row_of(kind)), epoch, &mut wrapped)?;
        SealKey::new(&bytes, self.sealing).map(Some)
    }
}

/// Where a wrapped key stands.
pub(crate) fn wrap_place<'a>(key: &'a RecordKey, row: &'a [u8; 16]) -> Place<'a> {
    Place { table: "person_key", owner: &key.0, row, version: u64::from(KEY_VERSION) }
}

/// The row of a wrapped key: its kind.
pub(crate) fn row_of(kind: i64) -> [u8; 16] {
    let mut row = [0; 16];
    for (to, from) in row.iter_mut().zip(kind.to_le_bytes()) {
        *to = from;
    }
    row
}
