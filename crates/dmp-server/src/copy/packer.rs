//! Packs files one after the other into a ZIP that nobody seeks in, and hands what is packed to whoever sends it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest;
use bytes::Bytes;
use serde::Serialize;
use tokio::sync::mpsc::Sender;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

/// Packed bytes that are handed over at once.
const HANDED_BYTES: usize = 256 * 1024;

/// What goes to the sender.
pub(super) type Chunk = io::Result<Bytes>;

/// Why packing ended early.
#[derive(Debug)]
pub(super) enum PackError {
    /// Nobody reads any more: the reader has gone.
    Gone,
    Zip(String),
}

impl From<zip::result::ZipError> for PackError {
    fn from(error: zip::result::ZipError) -> Self {
        PackError::Zip(error.to_string())
    }
}

impl From<io::Error> for PackError {
    fn from(error: io::Error) -> Self {
        PackError::Zip(error.to_string())
    }
}

/// A line of `manifest.json`.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ManifestLine {
    pub size: u64,
    pub sha256: String,
}

/// Packed bytes that wait to be handed over.
#[derive(Clone, Default)]
struct Packed(Arc<Mutex<Vec<u8>>>);

impl Packed {
    fn take(&self, least: usize) -> Vec<u8> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= least { std::mem::take(&mut *waiting) } else { Vec::new() }
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The packer.
pub(super) struct Packer {
    zip: ZipWriter<StreamWriter<Packed>>,
    packed: Packed,
    sender: Sender<Chunk>,
    /// Hash and size of the file that is open.
    open: Option<(String, digest::Context, u64)>,
    manifest: BTreeMap<String, ManifestLine>,
}

impl Packer {
    pub fn new(sender: Sender<Chunk>) -> Self {
        let packed = Packed::default();
        Packer { zip: ZipWriter::new_stream(packed.clone()), packed, sender, open: None, manifest: BTreeMap::new() }
    }

    /// Begins a file. What is packed already (images, PDF) is stored as it is.
    pub fn begin(&mut self, name: &str, packed_already: bool) -> Result<(), PackError> {
        self.end();
        let method = if packed_already { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        self.zip.start_file(name, SimpleFileOptions::default().compression_method(method))?;
        self.open = Some((name.to_owned(), digest::Context::new(&digest::SHA256), 0));
        Ok(())
    }

    /// Writes into the file that is open.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        self.zip.write_all(bytes)?;
        if let Some((_, hash, size)) = &mut self.open {
            hash.update(bytes);
            *size = size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        }
        Ok(())
    }

    fn end(&mut self) {
        if let Some((name, hash, size)) = self.open.take() {
            let sha256 = hash.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
            self.manifest.insert(name, ManifestLine { size, sha256 });
        }
    }

    /// A whole file.
    pub async fn file(&mut self, name: &str, bytes: &[u8], packed_already: bool) -> Result<(), PackError> {
        self.begin(name, packed_already)?;
        self.put(bytes)?;
        self.hand_over(HANDED_BYTES).await
    }

    /// Hands what is packed to the sender, once there is so much of it.
    pub async fn hand_over(&mut self, least: usize) -> Result<(), PackError> {
        let packed = self.packed.take(least);
        if packed.is_empty() {
            return Ok(());
        }
        self.sender.send(Ok(packed.into())).await.map_err(|_| PackError::Gone)
    }

    /// A document, packed where nobody waits for it, piece by piece: what waits for a slow reader is some pieces and never whole documents.
    pub async fn document(mut self, name: &str, bytes: Bytes, packed_already: bool) -> Result<Self, PackError> {
        self.begin(name, packed_already)?;
        let (mut packer, mut rest) = (self, bytes);
        while !rest.is_empty() {
            let piece = rest.split_to(rest.len().min(HANDED_BYTES));
            let packing = tokio::task::spawn_blocking(move || packer.put(&piece).map(|()| packer));
            packer = packing.await.map_err(|error| PackError::Zip(error.to_string()))??;
            packer.hand_over(HANDED_BYTES).await?;
        }
        Ok(packer)
    }

    /// Writes `manifest.json`, the list of all files with their hashes, and the end of the ZIP.
    pub async fn finish(mut self) -> Result<(), PackError> {
        self.end();
        let manifest = std::mem::take(&mut self.manifest);
        let json = serde_json::to_vec_pretty(&serde_json::json!({ "form": "dmp-manifest/1", "files": manifest })).map_err(io::Error::from)?;
        self.begin("manifest.json", false)?;
        self.put(&json)?;
        let Packer { zip, packed, sender, .. } = self;
        drop(zip.finish()?);
        sender.send(Ok(packed.take(0).into())).await.map_err(|_| PackError::Gone)
    }
}

/// So that JSON is written without being held.
impl Write for Packer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.put(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(PackError::Zip(why)) => Err(io::Error::other(why)),
            Err(PackError::Gone) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
