//! The keys of each person: unwrapped, kept in a bounded cache. Where the wrapped ones lie is the backend's affair.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use dmp_core::ids::RecordKey;
use quick_cache::sync::{Cache, GuardResult};
use zeroize::Zeroizing;

use super::Derived;
use crate::StoreError;
use crate::seal::{Place, SealKey, Sealing, random_bytes};

/// Unwrapped keys in memory at most: about 1.3 KB each.
const CACHED_KEYS_MAX: usize = 20_000;
/// Version of the keys that new records get.
pub(crate) const KEY_VERSION: u32 = 1;
pub(crate) const KIND_PERSON: i64 = 1;
pub(crate) const KIND_AUDIT: i64 = 2;
/// Wrapped keys are padded to this, so that all have one size.
const KEY_UNIT: usize = 64;
const NOBODY: [u8; 16] = [0; 16];

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

/// A key as it stands in its table: the epoch that wraps it, and the wrapped bytes.
#[derive(Debug)]
pub(crate) struct Wrapped {
    pub epoch: i64,
    pub bytes: Vec<u8>,
}

/// The wrapped keys of a person, as far as they are there.
#[derive(Debug, Default)]
pub(crate) struct WrappedKeys {
    pub data: Option<Wrapped>,
    pub audit: Option<Wrapped>,
}

/// Makes, wraps and unwraps keys.
#[derive(Debug)]
pub(crate) struct KeyRing {
    pub derived: Derived,
    sealing: Sealing,
    epochs: RwLock<HashMap<i64, Arc<SealKey>>>,
    cache: Cache<RecordKey, Arc<PersonKeys>>,
}

impl KeyRing {
    /// A ring that knows no epoch yet.
    pub fn new(derived: Derived, sealing: Sealing) -> Self {
        KeyRing { derived, sealing, epochs: RwLock::default(), cache: Cache::new(CACHED_KEYS_MAX) }
    }

    /// Keys that are in memory already.
    pub fn cached(&self, key: RecordKey) -> Option<Arc<PersonKeys>> {
        self.cache.get(&key)
    }

    /// The keys of a person from memory or through `read`. `None` when there are none. Blocks.
    pub fn find(&self, key: RecordKey, read: impl FnOnce() -> Result<WrappedKeys, StoreError>) -> Result<Option<Arc<PersonKeys>>, StoreError> {
        match self.cache.get_value_or_guard(&key, None) {
            GuardResult::Value(keys) => Ok(Some(keys)),
            GuardResult::Guard(guard) => {
                let Some(keys) = self.open(key, read()?)? else { return Ok(None) };
                // Refused when an erasure passed meanwhile: then the keys are used once and not kept.
                let _ = guard.insert(Arc::clone(&keys));
                Ok(Some(keys))
            }
            GuardResult::Timeout => Err(StoreError::fault("keys.find", "waited too long")),
        }
    }

    /// The same for a backend that does not block.
    pub async fn find_async<F>(&self, key: RecordKey, read: F) -> Result<Option<Arc<PersonKeys>>, StoreError>
    where
        F: Future<Output = Result<WrappedKeys, StoreError>>,
    {
        match self.cache.get_value_or_guard_async(&key).await {
            Ok(keys) => Ok(Some(keys)),
            Err(guard) => {
                let Some(keys) = self.open(key, read.await?)? else { return Ok(None) };
                let _ = guard.insert(Arc::clone(&keys));
                Ok(Some(keys))
            }
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

    /// Whether an epoch key is in use here.
    pub fn knows_epoch(&self, id: i64) -> bool {
        self.epochs.read().unwrap_or_else(PoisonError::into_inner).contains_key(&id)
    }

    /// Makes a key for an epoch, and gives it wrapped. It is not in use yet.
    pub fn make_epoch(&self, kind: i64) -> Result<(Arc<SealKey>, Vec<u8>), StoreError> {
        let bytes = Zeroizing::new(random_bytes::<32>()?);
        let wrapped = self.derived.wrap.seal_bytes(&epoch_place(&row_of(kind)), &[bytes.as_slice()], KEY_UNIT)?;
        Ok((Arc::new(SealKey::new(&bytes, Sealing::On)?), wrapped))
    }

    /// Unwraps the key of an epoch under the root key.
    pub fn unwrap_epoch(&self, kind: i64, mut wrapped: Vec<u8>) -> Result<Arc<SealKey>, StoreError> {
        let plain = self.derived.wrap.open(&epoch_place(&row_of(kind)), &mut wrapped)?;
        let bytes = plain.first_chunk::<32>().ok_or_else(|| StoreError::fault("keys.unwrap_epoch", "short key"))?;
        SealKey::new(bytes, Sealing::On).map(Arc::new)
    }

    /// Puts an epoch key in use.
    pub fn add_epoch(&self, id: i64, key: Arc<SealKey>) {
        self.epochs.write().unwrap_or_else(PoisonError::into_inner).insert(id, key);
    }

    /// Puts these epoch keys in use and no others.
    pub fn set_epochs(&self, epochs: Vec<(i64, Arc<SealKey>)>) {
        *self.epochs.write().unwrap_or_else(PoisonError::into_inner) = epochs.into_iter().collect();
    }

    /// Forgets an epoch key.
    pub fn remove_epoch(&self, id: i64) {
        self.epochs.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// Wraps one key of a person under an epoch.
    pub fn wrap(&self, key: RecordKey, kind: i64, epoch: i64, bytes: &Zeroizing<[u8; 32]>) -> Result<Vec<u8>, StoreError> {
        let epochs = self.epochs.read().unwrap_or_else(PoisonError::into_inner);
        let epoch_key = epochs.get(&epoch).ok_or_else(|| StoreError::fault("keys.wrap", "epoch key is gone"))?;
        epoch_key.seal_bytes(&wrap_place(&key, &row_of(kind)), &[bytes.as_slice()], KEY_UNIT)
    }

    /// Unwraps one key of a person.
    pub fn unwrap(&self, key: RecordKey, kind: i64, mut wrapped: Wrapped) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let epochs = self.epochs.read().unwrap_or_else(PoisonError::into_inner);
        let epoch_key = epochs.get(&wrapped.epoch).ok_or_else(|| StoreError::fault("keys.unwrap", "epoch key is gone"))?;
        let plain = epoch_key.open(&wrap_place(&key, &row_of(kind)), &mut wrapped.bytes)?;
        let bytes = plain.first_chunk::<32>().ok_or_else(|| StoreError::fault("keys.unwrap", "short key"))?;
        Ok(Zeroizing::new(*bytes))
    }

    fn open(&self, key: RecordKey, wrapped: WrappedKeys) -> Result<Option<Arc<PersonKeys>>, StoreError> {
        let one = |kind: i64, wrapped: Option<Wrapped>| {
            let bytes = wrapped.map(|wrapped| self.unwrap(key, kind, wrapped)).transpose()?;
            bytes.map(|bytes| SealKey::new(&bytes, self.sealing)).transpose()
        };
        let data = one(KIND_PERSON, wrapped.data)?;
        let audit = one(KIND_AUDIT, wrapped.audit)?;
        Ok(audit.map(|audit| Arc::new(PersonKeys { version: KEY_VERSION, data, audit })))
    }
}

/// Where a wrapped key stands.
fn wrap_place<'a>(key: &'a RecordKey, row: &'a [u8; 16]) -> Place<'a> {
    Place { table: "person_key", owner: &key.0, row, version: u64::from(KEY_VERSION) }
}

/// Where a wrapped epoch key stands.
fn epoch_place(row: &[u8; 16]) -> Place<'_> {
    Place { table: "epoch", owner: &NOBODY, row, version: 0 }
}

/// The row of a wrapped key: its kind.
fn row_of(kind: i64) -> [u8; 16] {
    let mut row = [0; 16];
    for (to, from) in row.iter_mut().zip(kind.to_le_bytes()) {
        *to = from;
    }
    row
}
