//! Contents over the inline bound: one sealed file each, written once under a random address, never changed.

use std::path::{Path as FolderPath, PathBuf};
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use dmp_core::Moment;
use dmp_core::ids::BlobAddress;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode};

use crate::sqlite::connect::blocking;
use crate::{StoreError, fail_point};

/// The folder of large contents.
#[derive(Debug)]
pub(crate) struct Blobs {
    store: LocalFileSystem,
    folder: PathBuf,
}

impl Blobs {
    /// Opens a folder, made when it is not there.
    pub fn open(folder: &FolderPath) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::fault("blob.open", error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| StoreError::fault("blob.open", error))?;
        Ok(Blobs { store: store.with_fsync(true), folder: folder.to_owned() })
    }

    /// Makes sealed bytes durable under a fresh address. An address is never written twice.
    pub async fn put(&self, address: BlobAddress, sealed: Vec<u8>) -> Result<(), StoreError> {
        fail_point::hit("blob.before_put");
        let path = path_of(address);
        let put = self.store.put_opts(&path, sealed.into(), PutMode::Create.into());
        put.await.map_err(|error| StoreError::fault("blob.put", error))?;
        fail_point::hit("blob.after_put");
        Ok(())
    }

    /// Reads sealed bytes. `None` when there is no such file.
    pub async fn get(&self, address: BlobAddress) -> Result<Option<Bytes>, StoreError> {
        match self.store.get(&path_of(address)).await {
            Ok(found) => found.bytes().await.map(Some).map_err(|error| StoreError::fault("blob.get", error)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(StoreError::fault("blob.get", error)),
        }
    }

    /// Removes a file that no row names.
    pub async fn delete(&self, address: BlobAddress) -> Result<(), StoreError> {
        self.store.delete(&path_of(address)).await.map_err(|error| StoreError::fault("blob.delete", error))
    }

    /// Removes what puts that never ended left in one of the 256 folders.
    pub async fn remove_unfinished(&self, shard: u8, moment: Moment) -> Result<u64, StoreError> {
        let folder = self.folder.clone();
        blocking(move || remove_unfinished(&folder, shard, moment).map_err(|error| StoreError::fault("blob.unfinished", error))).await
    }

    /// Addresses in one of the 256 folders that were written before a moment.
    pub async fn older_than(&self, shard: u8, moment: Moment) -> Result<Vec<BlobAddress>, StoreError> {
        let prefix = Path::from(format!("{shard:02x}"));
        let listed = self.store.list_with_delimiter(Some(&prefix)).await.map_err(|error| StoreError::fault("blob.list", error))?;
        let old = listed.objects.into_iter().filter(|object| object.last_modified.timestamp_micros() < moment.as_micros());
        Ok(old.filter_map(|object| address_of(&object.location)).collect())
    }
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

/// `3f/3f90…`: the first byte names the folder.
fn path_of(address: BlobAddress) -> Path {
    let hex = address.to_hex();
    Path::from(format!("{}/{hex}", hex.get(..2).unwrap_or_default()))
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
        assert_eq!(path_of(address).as_ref(), "3f/3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f");
        assert_eq!(address_of(&path_of(address)), Some(address));
    }
}
