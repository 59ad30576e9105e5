//! Contents: compressed, padded, sealed; inline up to a bound, in files above it; checked at each read.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use dmp_core::document::ContentRef;
use dmp_core::ids::{BlobAddress, RecordKey};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use zstd::bulk::{Compressor, Decompressor};

use crate::StoreError;
use crate::seal::{BLOB_UNIT, INLINE_UNIT, Place, SealKey};

/// Contents up to this size after compression lie in the database (`scale.md` 7: faster there than in synced files).
const INLINE_MAX_BYTES: usize = 32 * 1024;
/// Levels above gain nothing on national sample documents.
const ZSTD_LEVEL: i32 = 3;
/// First byte of a payload: the rest is one zstd frame.
const ZSTD: u8 = 1;
/// First byte of a payload: the rest are the bytes as received, which did not shrink.
const STORED: u8 = 2;

/// Contexts at rest; more would only wait for the same cores. One of a compressor takes about 1.3 MB.
const CONTEXTS_MAX: usize = 4;

/// Making a context costs more than using it for a document: they are lent and given back.
struct Contexts<T> {
    at_rest: Mutex<Vec<T>>,
    make: fn() -> std::io::Result<T>,
}

static COMPRESSORS: Contexts<Compressor<'static>> = Contexts { at_rest: Mutex::new(Vec::new()), make: || Compressor::new(ZSTD_LEVEL) };
static EXPANDERS: Contexts<Decompressor<'static>> = Contexts { at_rest: Mutex::new(Vec::new()), make: Decompressor::new };

impl<T> Contexts<T> {
    fn lend<R>(&self, work: impl FnOnce(&mut T) -> std::io::Result<R>) -> std::io::Result<R> {
        let resting = self.at_rest.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut context = resting.map_or_else(self.make, Ok)?;
        let done = work(&mut context)?;
        let mut at_rest = self.at_rest.lock().unwrap_or_else(PoisonError::into_inner);
        if at_rest.len() < CONTEXTS_MAX {
            at_rest.push(context);
        }
        Ok(done)
    }
}

/// Contents that were read lately, opened and checked, by record and address: the content of an address never changes.
/// Like the cache of records it is reached behind a permit alone, and what it holds of a person goes when their key is destroyed.
pub(crate) type ContentCache = Cache<(RecordKey, BlobAddress), Bytes, ContentWeight>;

/// What a content weighs in the cache: its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ContentWeight;

impl Weighter<(RecordKey, BlobAddress), Bytes> for ContentWeight {
    fn weight(&self, _place: &(RecordKey, BlobAddress), content: &Bytes) -> u64 {
        u64::try_from(content.len()).unwrap_or(u64::MAX).max(1)
    }
}

/// Bytes of contents in memory, at most.
const CACHED_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Contents expected in the cache.
const CACHED_ESTIMATED: usize = 4_096;

/// An empty cache of contents.
pub(crate) fn cache() -> ContentCache {
    ContentCache::with_weighter(CACHED_ESTIMATED, CACHED_BYTES_MAX, ContentWeight)
}

/// A row of the content table.
#[derive(Debug)]
pub(crate) struct Row {
    pub address: BlobAddress,
    pub size_class: i64,
    pub sealed: Option<Vec<u8>>,
}

/// Where sealed content lies.
#[derive(Debug)]
pub(crate) enum Kept {
    Inline(Vec<u8>),
    InFile,
}

/// Whether bytes are what an entry says of its content.
pub(crate) fn is_of(content: &ContentRef, bytes: &[u8]) -> bool {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref() == content.sha256 && u64::try_from(bytes.len()) == Ok(content.size)
}

/// Compresses and seals bytes; gives the row, and the sealed bytes when they go to a file.
pub(crate) fn seal(
    key: &SealKey,
    record: RecordKey,
    address: BlobAddress,
    key_version: u32,
    bytes: &Bytes,
) -> Result<(Row, Option<Vec<u8>>), StoreError> {
    let compressed = COMPRESSORS.lend(|one| one.compress(bytes)).map_err(|error| StoreError::fault("content.compress", error))?;
    let (format, payload): (u8, &[u8]) = if compressed.len() < bytes.len() { (ZSTD, &compressed) } else { (STORED, bytes) };
    let inline = payload.len() <= INLINE_MAX_BYTES;
    let unit = if inline { INLINE_UNIT } else { BLOB_UNIT };
    let sealed = key.seal_bytes(&place(&record, &address, key_version), &[&[format], payload], unit)?;
    let size_class = i64::try_from(sealed.len() / 1024).unwrap_or(i64::MAX);
    let (inline, blob) = if inline { (Some(sealed), None) } else { (None, Some(sealed)) };
    Ok((Row { address, size_class, sealed: inline }, blob))
}

/// Opens, expands and checks sealed content against its entry.
pub(crate) fn open(key: &SealKey, record: RecordKey, content: &ContentRef, key_version: u32, mut sealed: Vec<u8>) -> Result<Bytes, StoreError> {
    let opened = key.open(&place(&record, &content.address, key_version), &mut sealed);
    let payload = opened.map_err(|_| StoreError::DamagedContent("does not open"))?;
    let bytes = match payload.split_first() {
        Some((&STORED, bytes)) => Bytes::copy_from_slice(bytes),
        Some((&ZSTD, frame)) => {
            let size = usize::try_from(content.size).map_err(|_| StoreError::DamagedContent("is too large"))?;
            Bytes::from(EXPANDERS.lend(|one| one.decompress(frame, size)).map_err(|_| StoreError::DamagedContent("does not expand"))?)
        }
        Some(_) | None => return Err(StoreError::DamagedContent("has an unknown format")),
    };
    if is_of(content, &bytes) { Ok(bytes) } else { Err(StoreError::DamagedContent("has another hash")) }
}

/// Packs bytes: one byte that says how, their length, then one zstd frame, or the bytes themselves when they are few or do not shrink.
pub(crate) fn packed(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let size = u32::try_from(bytes.len()).map_err(|error| StoreError::fault("content.pack", error))?.to_le_bytes();
    let frame = match bytes.len() {
        0..=PACKED_MIN => None,
        _ => Some(COMPRESSORS.lend(|one| one.compress(bytes)).map_err(|error| StoreError::fault("content.compress", error))?),
    };
    Ok(match frame.filter(|frame| frame.len() < bytes.len()) {
        Some(frame) => [&[ZSTD], size.as_slice(), &frame].concat(),
        None => [&[STORED], size.as_slice(), bytes].concat(),
    })
}

/// Gives the bytes of what was packed.
pub(crate) fn unpacked(payload: &[u8]) -> Result<Vec<u8>, StoreError> {
    let damaged = |what: &'static str| StoreError::fault("content.unpack", what);
    let (format, rest) = payload.split_first().ok_or_else(|| damaged("nothing"))?;
    let (size, body) = rest.split_first_chunk().ok_or_else(|| damaged("no length"))?;
    let size = usize::try_from(u32::from_le_bytes(*size)).map_err(|_| damaged("too large"))?;
    match *format {
        STORED if body.len() == size => Ok(body.to_vec()),
        ZSTD => EXPANDERS.lend(|one| one.decompress(body, size)).map_err(|_| damaged("does not expand")),
        _ => Err(damaged("unknown format")),
    }
}

/// Fewer bytes than this are packed as they are.
const PACKED_MIN: usize = 1_024;

fn place<'a>(record: &'a RecordKey, address: &'a BlobAddress, key_version: u32) -> Place<'a> {
    Place { table: "content", owner: &record.0, row: &address.0, version: u64::from(key_version) }
}
