//! The root key: 32 bytes in a file that lies apart from the data.

use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::hkdf;
use zeroize::Zeroizing;

use crate::StoreError;
use crate::seal::random_bytes;

/// The key that every other key hangs from. Never written in the data folder; wiped when dropped.
pub struct RootKey {
    bytes: Zeroizing<[u8; 32]>,
    /// Where it was read, so that a store can refuse one that lies among its data.
    path: Option<PathBuf>,
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootKey(…)")
    }
}

impl RootKey {
    /// Reads the key file, or makes it with 32 random bytes and mode 0600 when it is not there.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the file has another size or can be read by others than its owner.
    pub fn load_or_create(path: &Path) -> Result<Self, StoreError> {
        match std::fs::File::open(path) {
            Ok(file) => Self::load(path, file),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::create(path),
            Err(error) => Err(StoreError::fault("root.open", error)),
        }
    }

    /// A key from its bytes: tests, and key stores that are no file.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        RootKey { bytes: Zeroizing::new(bytes), path: None }
    }

    /// Thirty-two bytes for one use, told apart by its label (HKDF-SHA256, RFC 5869). Always the same for a label.
    pub fn derive(&self, label: &str) -> [u8; 32] {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"dmp root key 1").extract(self.bytes.as_slice());
        let mut out = [0; 32];
        // INVARIANT: 32 bytes is the length of one SHA-256 block, which HKDF never refuses.
        let _ = prk.expand(&[label.as_bytes()], hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut out));
        out
    }

    /// Whether the key was read from a file inside the given folder.
    pub(crate) fn lies_inside(&self, folder: &Path) -> bool {
        let Some(path) = &self.path else { return false };
        match (path.canonicalize(), folder.canonicalize()) {
            (Ok(path), Ok(folder)) => path.starts_with(folder),
            (Err(_), _) | (_, Err(_)) => path.starts_with(folder),
        }
    }

    fn load(path: &Path, mut file: std::fs::File) -> Result<Self, StoreError> {
        let fault = |error: std::io::Error| StoreError::fault("root.load", error);
        let metadata = file.metadata().map_err(fault)?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(StoreError::Refused(format!("root key `{}` can be read by others: set its mode to 0600", path.display())));
        }
        if metadata.len() != 32 {
            return Err(StoreError::Refused(format!("root key `{}` is not 32 bytes long", path.display())));
        }
        let mut bytes = Zeroizing::new([0; 32]);
        file.read_exact(bytes.as_mut_slice()).map_err(fault)?;
        Ok(RootKey { bytes, path: Some(path.to_owned()) })
    }

    fn create(path: &Path) -> Result<Self, StoreError> {
        let fault = |error: std::io::Error| StoreError::fault("root.create", error);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(fault)?;
        let bytes = Zeroizing::new(random_bytes()?);
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(fault)?;
        file.write_all(bytes.as_slice()).and_then(|()| file.sync_all()).map_err(fault)?;
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)?;
        Ok(RootKey { bytes, path: Some(path.to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::TemporaryFolder;

    #[test]
    fn a_key_is_made_once_and_read_afterwards() {
        let folder = TemporaryFolder::new();
        let path = folder.path().join("keys/root.key");
        let made = RootKey::load_or_create(&path).unwrap();
        let read = RootKey::load_or_create(&path).unwrap();
        assert_eq!(made.derive("id seal"), read.derive("id seal"));
        assert_ne!(made.derive("id seal"), made.derive("ins hash"));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = TemporaryFolder::new();
        let path = folder.path().join("root.key");
        RootKey::load_or_create(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(RootKey::load_or_create(&path), Err(StoreError::Refused(_))));
    }

    #[test]
    fn a_key_of_another_size_is_refused() {
        let folder = TemporaryFolder::new();
        let path = folder.path().join("root.key");
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).unwrap();
        file.write_all(b"short").unwrap();
        assert!(matches!(RootKey::load_or_create(&path), Err(StoreError::Refused(_))));
    }
}
