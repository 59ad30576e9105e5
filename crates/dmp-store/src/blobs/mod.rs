//! Contents over the inline bound: one sealed object each, in a folder or an S3, written once under a random address,
//! never changed.

mod place;
mod transport;

use std::path::{Path as FolderPath, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::ids::BlobAddress;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, RetryConfig};
use tokio_rustls::rustls::ClientConfig;

use crate::blocking::blocking;
use crate::{StoreError, fail_point};
pub use place::{BlobPlace, Bucket};
use transport::Transport;

/// How long requests to an object store that fails are tried again: a node of it may be taken over meanwhile.
const RETRY_MAX: Duration = Duration::from_secs(20);
const RETRIES_MAX: usize = 6;

/// Large contents.
#[derive(Debug)]
pub(crate) struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Path inside the folder or bucket.
    root: Path,
    /// The folder; `None` for an object store, where nothing half-written can be seen.
    folder: Option<PathBuf>,
}

impl Blobs {
    /// Opens a folder, made when it is not there.
    pub fn open_folder(folder: &FolderPath) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::fault("blob.open", error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| StoreError::fault("blob.open", error))?;
        Ok(Blobs { store: Arc::new(store.with_fsync(true)), root: Path::default(), folder: Some(folder.to_owned()) })
    }

    /// Opens the part of a place that belongs to one store, so that no store ever sweeps what another one wrote.
    pub fn open(place: &BlobPlace, store_id: &[u8; 16], tls: Arc<ClientConfig>) -> Result<Self, StoreError> {
        let own = BlobAddress(*store_id).to_hex();
        match place {
            BlobPlace::Folder(folder) => Self::open_folder(&folder.join(own)),
            BlobPlace::Bucket(bucket) => {
                let store = bucket_store(bucket, tls)?;
                Ok(Blobs { store: Arc::new(store), root: Path::from(format!("{}/{own}", bucket.prefix)), folder: None })
            }
        }
    }

    /// Makes sealed bytes durable under a fresh address. An address is never written twice.
    pub async fn put(&self, address: BlobAddress, sealed: Vec<u8>) -> Result<(), StoreError> {
        fail_point::hit("blob.before_put");
        let (path, sealed) = (self.path_of(address), Bytes::from(sealed));
        match self.store.put_opts(&path, sealed.clone().into(), PutMode::Create.into()).await {
            Ok(_) => {}
            // A first try was cut off after it had arrived, or somebody else wrote there: the bytes tell.
            Err(Error::AlreadyExists { .. }) if self.folder.is_none() && self.get(address).await? == Some(sealed.clone()) => {}
            // Not every S3 knows create-only puts. An address is drawn from 128 random bits, so nothing is there.
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => {
                self.store.put(&path, sealed.into()).await.map_err(|error| failed("blob.put", error))?;
            }
            Err(error) => return Err(failed("blob.put", error)),
        }
        fail_point::hit("blob.after_put");
        Ok(())
    }

    /// Reads sealed bytes. `None` when there are none at this address.
    pub async fn get(&self, address: BlobAddress) -> Result<Option<Bytes>, StoreError> {
        match self.store.get(&self.path_of(address)).await {
            Ok(found) => found.bytes().await.map(Some).map_err(|error| failed("blob.get", error)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed("blob.get", error)),
        }
    }

    /// Removes an object that no row names.
    pub async fn delete(&self, address: BlobAddress) -> Result<(), StoreError> {
        self.store.delete(&self.path_of(address)).await.map_err(|error| failed("blob.delete", error))
    }

    /// Removes what puts that never ended left in one of the 256 folders.
    pub async fn remove_unfinished(&self, shard: u8, moment: Moment) -> Result<u64, StoreError> {
        let Some(folder) = self.folder.clone() else { return Ok(0) };
        blocking(move || remove_unfinished(&folder, shard, moment).map_err(|error| StoreError::fault("blob.unfinished", error))).await
    }

    /// Addresses in one of the 256 folders that were written before a moment.
    pub async fn older_than(&self, shard: u8, moment: Moment) -> Result<Vec<BlobAddress>, StoreError> {
        let prefix = self.root.clone().join(format!("{shard:02x}"));
        let listed = self.store.list_with_delimiter(Some(&prefix)).await.map_err(|error| failed("blob.list", error))?;
        let old = listed.objects.into_iter().filter(|object| object.last_modified.timestamp_micros() < moment.as_micros());
        Ok(old.filter_map(|object| address_of(&object.location)).collect())
    }

    /// Fails when the place does not answer.
    pub async fn ready(&self) -> Result<(), StoreError> {
        match self.store.head(&self.root.clone().join("ready")).await {
            Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed("blob.ready", error)),
        }
    }

    /// `3f/3f90…`: the first byte names the folder.
    fn path_of(&self, address: BlobAddress) -> Path {
        let hex = address.to_hex();
        self.root.clone().join(hex.get(..2).unwrap_or_default()).join(hex.as_str())
    }
}

fn bucket_store(bucket: &Bucket, tls: Arc<ClientConfig>) -> Result<object_store::aws::AmazonS3, StoreError> {
    let mut builder = if bucket.settings.is_empty() { AmazonS3Builder::from_env() } else { AmazonS3Builder::new() };
    for (name, value) in &bucket.settings {
        let key: AmazonS3ConfigKey = name.to_ascii_lowercase().parse().map_err(|_| StoreError::Refused(format!("no setting `{name}` of an S3")))?;
        builder = builder.with_config(key, value);
    }
    let retry = RetryConfig { max_retries: RETRIES_MAX, retry_timeout: RETRY_MAX, ..RetryConfig::default() };
    let builder = builder.with_bucket_name(&bucket.name).with_retry(retry).with_http_connector(Transport::new(tls));
    builder.build().map_err(|error| StoreError::Refused(format!("{bucket:?}: {error}")))
}

/// A folder that fails is a fault; an object store that does not answer may answer later.
fn failed(place: &'static str, error: Error) -> StoreError {
    match error {
        Error::Generic { store: "S3", source } => StoreError::unavailable(place, root_of(&*source)),
        other => StoreError::fault(place, other),
    }
}

/// The innermost reason alone: the outer ones repeat addresses.
fn root_of(error: &(dyn std::error::Error + 'static)) -> String {
    error.source().map_or_else(|| error.to_string(), root_of)
}

/// Removes what puts that never ended left in one of the 256 folders: `address#n`, written before a moment. Blocks.
fn remove_unfinished(folder: &FolderPath, shard: u8, moment: Moment) -> std::io::Result<u64> {
    let files = match std::fs::read_dir(folder.join(format!("{shard:02x}"))) {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut removed = 0;
    for file in files {
        let file = file?;
        let written = file.metadata()?.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let written = i64::try_from(written.as_micros()).unwrap_or(i64::MAX);
        if file.file_name().as_encoded_bytes().contains(&b'#') && written < moment.as_micros() {
            std::fs::remove_file(file.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn address_of(path: &Path) -> Option<BlobAddress> {
    let name = path.filename().filter(|name| name.len() == 32)?;
    let mut bytes = [0; 16];
    for (position, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(name.get(2 * position..2 * position + 2)?, 16).ok()?;
    }
    Some(BlobAddress(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_again_in_its_path() {
        let address = BlobAddress([0x3f; 16]);
        let folder = crate::contract::TemporaryFolder::new();
        let blobs = Blobs::open_folder(folder.path()).unwrap();
        assert_eq!(blobs.path_of(address).as_ref(), "3f/3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f");
        assert_eq!(address_of(&blobs.path_of(address)), Some(address));
    }
}
