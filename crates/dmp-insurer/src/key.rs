//! The staging key: 32 bytes in a file that lies apart from the data, and what is derived from it.

use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use aws_lc_rs::{hkdf, hmac};
use dmp_core::identity::Ins;
use zeroize::Zeroizing;

use crate::StagingError;
use crate::error::at;
use crate::seal::{Sealer, Sealing};

/// Keyed hash of an INS: the one name of a person in the area.
pub(crate) type PersonHash = [u8; 16];

/// Everything that hangs from the staging key, each under its own label.
#[derive(Debug)]
pub(crate) struct Keys {
    person: hmac::Key,
    file: hmac::Key,
    /// Seals the rows of people and the chunks of batches.
    pub rows: Sealer,
    /// Seals what tells whose area this is, also where rows stand in clear.
    pub probe: Sealer,
}

impl Keys {
    /// Reads the key file.
    ///
    /// # Errors
    /// [`StagingError::Refused`] when the file is missing, has another size or can be read by others than its owner.
    pub fn load(path: &Path, sealing: Sealing) -> Result<Self, StagingError> {
        let refused = |what: &str| StagingError::Refused(format!("staging key `{}` {what}", path.display()));
        let mut file = match std::fs::File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(refused("is missing")),
            Err(error) => return Err(StagingError::fault("key.open", error)),
        };
        let metadata = file.metadata().map_err(at("key.load"))?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(refused("can be read by others: set its mode to 0600"));
        }
        if metadata.len() != 32 {
            return Err(refused("is not 32 bytes long"));
        }
        let mut bytes = Zeroizing::new([0; 32]);
        file.read_exact(bytes.as_mut_slice()).map_err(at("key.load"))?;
        Ok(Self::derive(&bytes, sealing))
    }

    /// Makes a key file of 32 random bytes with mode 0600.
    ///
    /// # Errors
    /// A fault when it cannot be written, or when there is one already.
    pub fn create(path: &Path, sealing: Sealing) -> Result<Self, StagingError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(at("key.create"))?;
        let mut bytes = Zeroizing::new([0; 32]);
        aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(at("key.create"))?;
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(at("key.create"))?;
        file.write_all(bytes.as_slice()).and_then(|()| file.sync_all()).map_err(at("key.create"))?;
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(at("key.create"))?;
        Ok(Self::derive(&bytes, sealing))
    }

    fn derive(bytes: &[u8; 32], sealing: Sealing) -> Self {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"dmp insurer staging key 1").extract(bytes);
        let key = |label: &[u8]| {
            let mut out = Zeroizing::new([0; 32]);
            // INVARIANT: 32 bytes is the length of one SHA-256 block, which HKDF never refuses.
            let _ = prk.expand(&[label], hkdf::HKDF_SHA256).and_then(|okm| okm.fill(out.as_mut_slice()));
            hmac::Key::new(hmac::HMAC_SHA256, out.as_slice())
        };
        Keys {
            person: key(b"person hash"),
            file: key(b"file digest"),
            rows: Sealer::new(key(b"row seal"), sealing),
            probe: Sealer::new(key(b"probe seal"), Sealing::On),
        }
    }

    /// Keyed hash of an INS: authority and matricule.
    pub fn person(&self, ins: &Ins) -> PersonHash {
        let mut context = hmac::Context::with_key(&self.person);
        context.update(ins.authority().oid().as_bytes());
        context.update(b"|");
        context.update(ins.matricule().as_bytes());
        short(&context.sign())
    }

    /// A keyed digest that tells whether a file was read before: it says nothing to who has the disk alone.
    pub fn file_digest(&self) -> hmac::Context {
        hmac::Context::with_key(&self.file)
    }
}

/// The first 16 bytes.
pub(crate) fn short(tag: &hmac::Tag) -> [u8; 16] {
    tag.as_ref().first_chunk().copied().unwrap_or_default()
}

/// Whether a path leads into a folder; neither need be there yet.
pub(crate) fn lies_inside(path: &Path, folder: &Path) -> bool {
    let home = path.parent().filter(|home| !home.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (home.canonicalize(), folder.canonicalize()) {
        (Ok(home), Ok(folder)) => home.starts_with(folder),
        (Err(_), _) | (_, Err(_)) => path.starts_with(folder),
    }
}
