//! Sealed rows: compressed, padded, and encrypted under a key that is derived for their place.
//!
//! ```text
//! row   = form (1 byte: 1 AES-256-GCM, 0 in clear) ‖ nonce (12) ‖ ciphertext ‖ tag (16)
//! plain = compressed length (4, little endian) ‖ plain length (4) ‖ zstd ‖ zeros up to the size class
//! ```
//!
//! The key of a row is HMAC-SHA-256 (sealing key, table ‖ place): a moved row does not open, and no key meets so many nonces that two
//! random ones could be the same.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;

use crate::StagingError;
use crate::error::at;

/// Whether rows are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    On,
    /// Rows stand in clear: the negative control of the search for leaks. Sandbox mode alone takes it.
    Off,
}

/// Sizes of rows are multiples of this, so that a size tells little.
const UNIT: usize = 512;
const SEALED: u8 = 1;
const CLEAR: u8 = 0;
const NONCE_SIZE: usize = 12;
const LENGTHS_SIZE: usize = 8;
/// Fast, and lines repeat so much of each other that more effort gains little.
const LEVEL: i32 = 1;
/// What one row may unpack to: far more than an import puts into one.
const PLAIN_MAX: usize = 1 << 30;

/// The working memory of a thread that seals and opens.
pub(crate) struct Codec {
    compressor: zstd::bulk::Compressor<'static>,
    decompressor: zstd::bulk::Decompressor<'static>,
}

impl std::fmt::Debug for Codec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Codec")
    }
}

impl Codec {
    pub fn new() -> Result<Self, StagingError> {
        let place = "seal.codec";
        Ok(Codec {
            compressor: zstd::bulk::Compressor::new(LEVEL).map_err(at(place))?,
            decompressor: zstd::bulk::Decompressor::new().map_err(at(place))?,
        })
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub table: &'static str,
    pub row: &'a [u8],
}

/// Seals and opens rows.
#[derive(Debug)]
pub(crate) struct Sealer {
    master: hmac::Key,
    sealing: Sealing,
}

impl Sealer {
    pub fn new(master: hmac::Key, sealing: Sealing) -> Self {
        Sealer { master, sealing }
    }

    /// Seals bytes at a place.
    pub fn seal(&self, codec: &mut Codec, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, StagingError> {
        let fault = |what: &str| StagingError::fault("seal.seal", format!("row of {}: {what}", place.table));
        if self.sealing == Sealing::Off {
            return Ok([&[CLEAR], plain].concat());
        }
        let packed = codec.compressor.compress(plain).map_err(at("seal.compress"))?;
        let size = (LENGTHS_SIZE + packed.len()).next_multiple_of(UNIT);
        let mut nonce = [0; NONCE_SIZE];
        aws_lc_rs::rand::fill(&mut nonce).map_err(at("seal.nonce"))?;
        let mut body = Vec::with_capacity(size);
        for length in [packed.len(), plain.len()] {
            body.extend_from_slice(&u32::try_from(length).map_err(|_| fault("too long"))?.to_le_bytes());
        }
        body.extend_from_slice(&packed);
        body.resize(size, 0);
        let key = self.key(place)?;
        let tag = key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut body).map_err(at("seal.seal"))?;
        Ok([&[SEALED], nonce.as_slice(), &body, tag.as_ref()].concat())
    }

    /// Opens a row.
    ///
    /// # Errors
    /// [`StagingError::Damaged`] when it was not sealed at this place under this key.
    pub fn open(&self, codec: &mut Codec, place: Place<'_>, mut row: Vec<u8>) -> Result<Vec<u8>, StagingError> {
        let damaged = || StagingError::Damaged(place.table);
        let (form, rest) = row.split_first_mut().ok_or_else(damaged)?;
        match (*form, self.sealing) {
            // SECURITY: a row in clear is read only by an area that was made to stand in clear.
            (CLEAR, Sealing::Off) => Ok(rest.to_vec()),
            (SEALED, Sealing::On) => {
                let (nonce, body) = rest.split_at_mut_checked(NONCE_SIZE).ok_or_else(damaged)?;
                let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
                let plain = self.key(place)?.open_in_place(nonce, Aad::empty(), body).map_err(|_| damaged())?;
                unpack(codec, plain).ok_or_else(damaged)
            }
            (_, Sealing::On | Sealing::Off) => Err(damaged()),
        }
    }

    fn key(&self, place: Place<'_>) -> Result<LessSafeKey, StagingError> {
        let mut context = hmac::Context::with_key(&self.master);
        context.update(place.table.as_bytes());
        context.update(&[0]);
        context.update(place.row);
        let key = UnboundKey::new(&AES_256_GCM, context.sign().as_ref()).map_err(at("seal.key"))?;
        Ok(LessSafeKey::new(key))
    }
}

fn unpack(codec: &mut Codec, plain: &[u8]) -> Option<Vec<u8>> {
    let (packed, rest) = plain.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let packed = rest.get(..usize::try_from(u32::from_le_bytes(*packed)).ok()?)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok().filter(|length| *length <= PLAIN_MAX)?;
    codec.decompressor.decompress(packed, length).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8, sealing: Sealing) -> Sealer {
        Sealer::new(hmac::Key::new(hmac::HMAC_SHA256, &[byte; 32]), sealing)
    }

    const PLACE: Place<'static> = Place { table: "person", row: b"0123456789abcdef" };

    #[test]
    fn a_row_opens_at_its_place_and_under_its_key_alone() {
        let mut codec = Codec::new().unwrap();
        let own = sealer(7, Sealing::On);
        let row = own.seal(&mut codec, PLACE, b"a line").unwrap();
        assert_eq!(own.open(&mut codec, PLACE, row.clone()).unwrap(), b"a line");
        for place in [Place { table: "fresh", ..PLACE }, Place { row: b"0123456789abcdeg", ..PLACE }] {
            assert!(matches!(own.open(&mut codec, place, row.clone()), Err(StagingError::Damaged(_))));
        }
        assert!(sealer(8, Sealing::On).open(&mut codec, PLACE, row).is_err());
    }

    #[test]
    fn any_flipped_bit_is_seen() {
        let mut codec = Codec::new().unwrap();
        let own = sealer(7, Sealing::On);
        let row = own.seal(&mut codec, PLACE, b"a line").unwrap();
        for position in 0..row.len() {
            let mut damaged = row.clone();
            damaged[position] ^= 1;
            assert!(own.open(&mut codec, PLACE, damaged).is_err(), "byte {position}");
        }
        assert!(own.open(&mut codec, PLACE, Vec::new()).is_err());
    }

    #[test]
    fn a_size_tells_only_its_class() {
        let mut codec = Codec::new().unwrap();
        let own = sealer(7, Sealing::On);
        let sizes: Vec<usize> = [0, 1, 300].map(|size| own.seal(&mut codec, PLACE, &vec![b'a'; size]).unwrap().len()).to_vec();
        assert!(sizes.iter().all(|size| *size == sizes[0]), "{sizes:?}");
    }

    #[test]
    fn a_sealed_area_never_reads_a_row_in_clear() {
        let mut codec = Codec::new().unwrap();
        let clear = sealer(7, Sealing::Off);
        let row = clear.seal(&mut codec, PLACE, b"a line").unwrap();
        assert_eq!(clear.open(&mut codec, PLACE, row.clone()).unwrap(), b"a line");
        assert!(sealer(7, Sealing::On).open(&mut codec, PLACE, row).is_err());
    }
}
