//! Sealed rows: what stands in a table is unreadable without the person's key and unmovable to another place.
//!
//! ```text
//! row   = seal (1 byte: 1 AES-256-GCM, 0 not sealed) ‖ nonce (12) ‖ ciphertext ‖ tag (16)
//! plain = length of payload (4, little endian) ‖ payload ‖ zeros up to the size class
//! ```
//!
//! The associated data name the place: table, owner, row, version. A row that was moved does not open.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::StoreError;

/// Whether rows are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    On,
    /// Rows stand in clear: the negative control of the search for leaks. Sandbox mode alone takes it.
    Off,
}

/// Sizes of sealed metadata are multiples of this, so that a size tells little.
pub(crate) const ROW_UNIT: usize = 256;
/// Sizes of contents that lie inline are multiples of this.
pub(crate) const INLINE_UNIT: usize = 1024;
/// Sizes of contents that lie in files are multiples of this.
pub(crate) const BLOB_UNIT: usize = 4096;

const SEALED: u8 = 1;
const CLEAR: u8 = 0;
const NONCE_SIZE: usize = 12;
/// The seal byte and the nonce.
const PREFIX_SIZE: usize = 1 + NONCE_SIZE;
const LENGTH_SIZE: usize = 4;
/// First byte of a payload that is a postcard row. Another shape of a row gets another number and a decoder.
const ROW_FORMAT: u8 = 1;

/// Where a row stands: the associated data of its seal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub table: &'static str,
    /// Record key, or chain id.
    pub owner: &'a [u8; 16],
    pub row: &'a [u8; 16],
    pub version: u64,
}

impl Place<'_> {
    fn associated_data(&self) -> Vec<u8> {
        let mut data = Vec::with_capacity(64);
        data.extend_from_slice(self.table.as_bytes());
        data.push(0);
        data.extend_from_slice(self.owner);
        data.extend_from_slice(self.row);
        data.extend_from_slice(&self.version.to_le_bytes());
        data
    }
}

/// A key that seals and opens rows.
pub(crate) struct SealKey {
    key: LessSafeKey,
    sealing: Sealing,
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey(…)")
    }
}

impl SealKey {
    /// A key from its 32 bytes.
    pub fn new(bytes: &[u8; 32], sealing: Sealing) -> Result<Self, StoreError> {
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| StoreError::fault("seal.key", "key refused"))?;
        Ok(SealKey { key: LessSafeKey::new(key), sealing })
    }

    /// Seals a value as a row.
    pub fn seal_row<T: Serialize + ?Sized>(&self, place: &Place<'_>, value: &T) -> Result<Vec<u8>, StoreError> {
        let mut buffer = Vec::with_capacity(4 * ROW_UNIT);
        buffer.resize(PREFIX_SIZE + LENGTH_SIZE, 0);
        buffer.push(ROW_FORMAT);
        let buffer = postcard::to_extend(value, buffer).map_err(|error| StoreError::fault("seal.encode", error))?;
        self.finish(place, buffer, ROW_UNIT)
    }

    /// Seals bytes made of the given parts, padded to a multiple of `unit`.
    pub fn seal_bytes(&self, place: &Place<'_>, parts: &[&[u8]], unit: usize) -> Result<Vec<u8>, StoreError> {
        let size: usize = parts.iter().map(|part| part.len()).sum();
        let mut buffer = Vec::with_capacity(PREFIX_SIZE + LENGTH_SIZE + size + unit + AES_256_GCM.tag_len());
        buffer.resize(PREFIX_SIZE + LENGTH_SIZE, 0);
        for part in parts {
            buffer.extend_from_slice(part);
        }
        self.finish(place, buffer, unit)
    }

    /// Opens a row.
    pub fn open_row<T: DeserializeOwned>(&self, place: &Place<'_>, sealed: &[u8]) -> Result<T, StoreError> {
        let mut buffer = Zeroizing::new(sealed.to_vec());
        let payload = self.open(place, &mut buffer)?;
        match payload.split_first() {
            Some((&ROW_FORMAT, row)) => postcard::from_bytes(row).map_err(|error| StoreError::fault("seal.decode", error)),
            Some((format, _)) => Err(StoreError::fault("seal.decode", format!("row of {} has unknown format {format}", place.table))),
            None => Err(StoreError::fault("seal.decode", format!("row of {} is empty", place.table))),
        }
    }

    /// Opens a sealed buffer in place and gives its payload.
    pub fn open<'a>(&self, place: &Place<'_>, sealed: &'a mut [u8]) -> Result<&'a [u8], StoreError> {
        let damaged = || StoreError::fault("seal.open", format!("row of {} does not open", place.table));
        let (prefix, body) = sealed.split_at_mut_checked(PREFIX_SIZE).ok_or_else(damaged)?;
        let (seal, nonce) = prefix.split_first().ok_or_else(damaged)?;
        let plain: &[u8] = match (*seal, self.sealing) {
            (SEALED, Sealing::On) => {
                let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
                self.key.open_in_place(nonce, Aad::from(place.associated_data()), body).map_err(|_| damaged())?
            }
            // SECURITY: a row in clear is read only by a store that was made to stand in clear.
            (CLEAR, Sealing::Off) => body,
            (_, Sealing::On | Sealing::Off) => return Err(damaged()),
        };
        let (length, rest) = plain.split_first_chunk::<LENGTH_SIZE>().ok_or_else(damaged)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| damaged())?;
        rest.get(..length).ok_or_else(damaged)
    }

    /// Writes the length, pads, seals.
    fn finish(&self, place: &Place<'_>, mut buffer: Vec<u8>, unit: usize) -> Result<Vec<u8>, StoreError> {
        let refused = |what: &str| StoreError::fault("seal.seal", format!("row of {}: {what}", place.table));
        let length = buffer.len().saturating_sub(PREFIX_SIZE + LENGTH_SIZE);
        let padded = (LENGTH_SIZE + length).next_multiple_of(unit);
        buffer.resize(PREFIX_SIZE + padded, 0);
        let length = u32::try_from(length).map_err(|_| refused("too long"))?;
        let (prefix, body) = buffer.split_at_mut_checked(PREFIX_SIZE).ok_or_else(|| refused("no room"))?;
        body.first_chunk_mut::<LENGTH_SIZE>().ok_or_else(|| refused("no room"))?.copy_from_slice(&length.to_le_bytes());
        let (seal, place_of_nonce) = prefix.split_first_mut().ok_or_else(|| refused("no room"))?;
        match self.sealing {
            Sealing::Off => *seal = CLEAR,
            Sealing::On => {
                *seal = SEALED;
                let nonce: [u8; NONCE_SIZE] = random_bytes()?;
                place_of_nonce.copy_from_slice(&nonce);
                let nonce = Nonce::assume_unique_for_key(nonce);
                let aad = Aad::from(place.associated_data());
                let tag = self.key.seal_in_place_separate_tag(nonce, aad, body).map_err(|_| refused("not sealed"))?;
                buffer.extend_from_slice(tag.as_ref());
            }
        }
        Ok(buffer)
    }
}

/// Fresh random bytes: nonces, keys, blob addresses.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| StoreError::fault("random", "no random bytes"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [u8; 16] = [1; 16];
    const B: [u8; 16] = [2; 16];
    const PLACE: Place<'static> = Place { table: "entry", owner: &A, row: &B, version: 3 };

    #[test]
    fn a_row_opens_at_its_place_alone() {
        let key = SealKey::new(&[7; 32], Sealing::On).unwrap();
        let sealed = key.seal_row(&PLACE, "a title").unwrap();
        assert_eq!(key.open_row::<String>(&PLACE, &sealed).unwrap(), "a title");
        let moved = [Place { table: "member", ..PLACE }, Place { owner: &B, ..PLACE }, Place { row: &A, ..PLACE }, Place { version: 4, ..PLACE }];
        for place in moved {
            assert!(key.open_row::<String>(&place, &sealed).is_err(), "{place:?}");
        }
        let other = SealKey::new(&[8; 32], Sealing::On).unwrap();
        assert!(other.open_row::<String>(&PLACE, &sealed).is_err());
    }

    #[test]
    fn any_flipped_bit_is_seen() {
        let key = SealKey::new(&[7; 32], Sealing::On).unwrap();
        let sealed = key.seal_row(&PLACE, "a title").unwrap();
        for position in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[position] ^= 1;
            assert!(key.open_row::<String>(&PLACE, &damaged).is_err(), "byte {position}");
        }
    }

    #[test]
    fn a_size_tells_only_its_class() {
        let key = SealKey::new(&[7; 32], Sealing::On).unwrap();
        let short = key.seal_row(&PLACE, "a").unwrap();
        let longer = key.seal_row(&PLACE, &"a".repeat(200)).unwrap();
        assert_eq!(short.len(), longer.len());
    }

    #[test]
    fn a_sealed_store_never_reads_a_row_in_clear() {
        let open = SealKey::new(&[7; 32], Sealing::Off).unwrap();
        let clear = open.seal_row(&PLACE, "a title").unwrap();
        assert_eq!(open.open_row::<String>(&PLACE, &clear).unwrap(), "a title");
        assert!(SealKey::new(&[7; 32], Sealing::On).unwrap().open_row::<String>(&PLACE, &clear).is_err());
    }
}
