//! What a link is made of: its addresses, its code, and how its files are sealed.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{hmac, rand};
use dmp_core::record::{Secret, Share};
use dmp_core::{Moment, RecordKey};

use super::ShareAddress;
use crate::{Error, IdKind, IdSealer};

/// Digits of a code: what can be said on a telephone.
const CODE_DIGITS: usize = 6;

/// A file as the AES-256-GCM of a JWE leaves it (RFC 7518, 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    pub nonce: [u8; NONCE_LEN],
    pub ciphertext: Vec<u8>,
    pub tag: Vec<u8>,
}

/// Seals a file under a link's key; `header` is the encoded protected header, which is authenticated with it (RFC 7516, 5.1 step 14). A nonce is
/// drawn for each file: at a thousand openings a link stays far below the bound of random nonces.
///
/// # Errors
/// [`Error::Fault`] when the crypto library does.
pub fn seal_file(key: &Secret, header: &str, mut content: Vec<u8>) -> Result<SealedFile, Error> {
    let fault = |_| Error::Fault("a shared file could not be sealed".to_owned());
    let mut nonce = [0; NONCE_LEN];
    rand::fill(&mut nonce).map_err(fault)?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key.0).map_err(fault)?);
    let tag = key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(header.as_bytes()), &mut content)
        .map_err(fault)?
        .as_ref()
        .to_vec();
    Ok(SealedFile { nonce, ciphertext: content, tag })
}

/// Thirty-two fresh random bytes.
///
/// # Errors
/// [`Error::Fault`] without random numbers: a link is never made with anything else.
pub fn fresh_key() -> Result<Secret, Error> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).map_err(|_| Error::Fault("no random numbers".to_owned()))?;
    Ok(Secret(bytes))
}

/// A name of sixteen hexadecimal digits and a code.
pub(super) fn fresh_name() -> Result<String, Error> {
    Ok(fresh_key()?.0.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Six digits, each code as likely as the others.
pub(super) fn fresh_code() -> Result<String, Error> {
    let Secret(bytes) = fresh_key()?;
    // A hundred and twenty-eight random bits: what a remainder favours is beyond measure.
    let number = bytes.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte)) % 10_u128.pow(CODE_DIGITS as u32);
    Ok(format!("{number:0CODE_DIGITS$}"))
}

/// The code of a link, authenticated under its secret: without the link nobody tries codes at home.
pub(super) fn code_mac(id: &Secret, code: &str) -> Secret {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &id.0), format!("passcode {}", typed(code)).as_bytes());
    let mut mac = [0; 32];
    mac.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
    Secret(mac)
}

/// Whether a typed code is the right one; in constant time.
pub(super) fn is_code(id: &Secret, mac: &Secret, code: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(&code_mac(id, code).0, &mac.0).is_ok()
}

/// A code as people type it: with spaces and hyphens.
fn typed(code: &str) -> String {
    code.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect()
}

impl IdSealer {
    /// The part of an address that leads to a link; of [`IdKind::Share`] for its manifest, [`IdKind::SharePage`] for its page. It seals 256
    /// random bits of the link alone, as the specification asks of a manifest's address, and the record.
    pub fn seal_share(&self, kind: IdKind, record: RecordKey, share: &Share) -> String {
        self.seal(kind, &[record.0.as_slice(), &share.id.0].concat())
    }

    /// The link that such a part of an address leads to.
    pub fn open_share(&self, kind: IdKind, text: &str) -> Option<ShareAddress> {
        let plain: [u8; 48] = self.open(kind, text)?.try_into().ok()?;
        let (record, id) = plain.split_at(16);
        Some(ShareAddress { record: RecordKey(record.try_into().ok()?), id: Secret(id.try_into().ok()?) })
    }

    /// The part of an address that leads to one file of an opening, until a moment.
    pub fn seal_share_file(&self, share: &Secret, place: u32, until: Moment) -> String {
        self.seal(IdKind::ShareFile, &[share.0.as_slice(), &place.to_be_bytes(), &until.as_seconds().to_be_bytes()].concat())
    }

    /// The place of the file that such a part leads to at this moment, for the link of that secret.
    pub fn open_share_file(&self, share: &Secret, text: &str, now: Moment) -> Option<u32> {
        let plain: [u8; 44] = self.open(IdKind::ShareFile, text)?.try_into().ok()?;
        let (id, rest) = plain.split_at(32);
        let (place, until) = rest.split_at(4);
        let is_its = aws_lc_rs::constant_time::verify_slices_are_equal(id, &share.0).is_ok();
        let until = i64::from_be_bytes(until.try_into().ok()?);
        (is_its && now.as_seconds() < until).then_some(u32::from_be_bytes(place.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

    use super::*;

    const NOW: Moment = Moment::from_seconds(1_772_543_100);

    fn sealer() -> IdSealer {
        IdSealer::new(&[7; 32])
    }

    #[test]
    fn a_sealed_file_opens_with_its_key_and_header_alone() {
        let key = fresh_key().unwrap();
        let sealed = seal_file(&key, "header", b"content".to_vec()).unwrap();
        let open = |key: &Secret, header: &str| {
            let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key.0).unwrap());
            let mut bytes = [sealed.ciphertext.as_slice(), &sealed.tag].concat();
            key.open_in_place(Nonce::assume_unique_for_key(sealed.nonce), Aad::from(header.as_bytes()), &mut bytes).map(|plain| plain.to_vec())
        };
        assert_eq!(open(&key, "header").unwrap(), b"content");
        assert!(open(&key, "another").is_err() && open(&fresh_key().unwrap(), "header").is_err());
        assert_ne!(seal_file(&key, "header", b"content".to_vec()).unwrap(), sealed, "a nonce of its own each time");
    }

    #[test]
    fn a_code_is_six_digits_and_is_typed_with_spaces() {
        let (id, code) = (fresh_key().unwrap(), fresh_code().unwrap());
        assert!(code.len() == CODE_DIGITS && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
        let mac = code_mac(&id, &code);
        let spaced = format!(" {}\u{a0}{}-{} ", &code[..2], &code[2..4], &code[4..]);
        assert!(is_code(&id, &mac, &code) && is_code(&id, &mac, &spaced));
        assert!(!is_code(&id, &mac, "") && !is_code(&id, &mac, &format!("{code}0")) && !is_code(&fresh_key().unwrap(), &mac, &code));
    }

    #[test]
    fn the_address_of_the_manifest_and_that_of_the_page_tell_nothing_of_each_other() {
        let (record, id) = (RecordKey([1; 16]), Secret([2; 32]));
        let plain = [record.0.as_slice(), &id.0].concat();
        let (manifest, page) = (sealer().seal(IdKind::Share, &plain), sealer().seal(IdKind::SharePage, &plain));
        assert_eq!(sealer().open_share(IdKind::Share, &manifest), Some(ShareAddress { record, id }));
        assert_eq!(sealer().open_share(IdKind::SharePage, &page), Some(ShareAddress { record, id }));
        assert_eq!((sealer().open_share(IdKind::SharePage, &manifest), sealer().open_share(IdKind::Share, &page)), (None, None));
        assert_ne!(manifest[..22], page[..22]);
        assert!(manifest.len() <= 86);
        assert_eq!(sealer().open_share(IdKind::Share, &"A".repeat(86)), None);
    }

    #[test]
    fn the_address_of_a_file_leads_to_it_for_its_link_and_its_time() {
        let (one, other) = (Secret([2; 32]), Secret([3; 32]));
        let text = sealer().seal_share_file(&one, 7, NOW.plus_seconds(900));
        assert_eq!(sealer().open_share_file(&one, &text, NOW), Some(7));
        assert_eq!(sealer().open_share_file(&other, &text, NOW), None);
        assert_eq!(sealer().open_share_file(&one, &text, NOW.plus_seconds(900)), None);
    }
}
