//! The ids that leave the server. Each one seals (record key, entry id) under a server key, so that an
//! id alone leads to one record, says nothing, and cannot be made up.
//!
//! Form: a synthetic IV (the first 16 bytes of HMAC-SHA-256 over kind and plaintext) and the plaintext
//! under AES-256-CTR with that IV. The same resource always has the same id, and a changed or invented
//! id fails its check. Written with the 64 characters that a FHIR id may have: 48 bytes are 64 of them.

use aws_lc_rs::cipher::{AES_256, DecryptingKey, DecryptionContext, EncryptingKey, EncryptionContext, UnboundCipherKey};
use aws_lc_rs::{constant_time, hkdf, hmac};
use dmp_core::{EntryId, RecordKey};

/// What an id names; an id of one kind never opens as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    Patient,
    Document,
    Binary,
    List,
    AuditEvent,
    Encounter,
    PagingToken,
    /// The manifest of a link.
    Share,
    /// The page of a link.
    SharePage,
    /// A file of an opening.
    ShareFile,
    /// What an app of the person is given: an authorization code, an access token, a refresh token.
    AppCode,
    AppAccess,
    AppRefresh,
    /// The request of an app that waits until the person has signed in.
    AppWaiting,
    /// A form of the person's site, so that sending it twice is seen.
    Form,
    /// A request to correct a document.
    Correction,
    /// Who acted, in an address of the person's own site.
    Account,
    /// What opens a page or an app for a professional, once.
    Ticket,
    /// What an app that a professional launched is given: an authorization code, an access token.
    PracticeCode,
    PracticeAccess,
    /// What practice software wants opened, while the professional signs in.
    Call,
    /// The words of a search, in an address of the session that looked for them.
    Search,
    /// What was made a moment ago and is shown in its session alone.
    Shown,
}

impl IdKind {
    fn label(self) -> &'static [u8] {
        match self {
            IdKind::Patient => b"patient",
            IdKind::Document => b"document",
            IdKind::Binary => b"binary",
            IdKind::List => b"list",
            IdKind::AuditEvent => b"audit",
            IdKind::Encounter => b"encounter",
            IdKind::PagingToken => b"paging",
            IdKind::Share => b"share",
            IdKind::SharePage => b"share page",
            IdKind::ShareFile => b"share file",
            IdKind::AppCode => b"app code",
            IdKind::AppAccess => b"app access",
            IdKind::AppRefresh => b"app refresh",
            IdKind::AppWaiting => b"app waiting",
            IdKind::Form => b"form",
            IdKind::Correction => b"correction",
            IdKind::Account => b"account",
            IdKind::Ticket => b"ticket",
            IdKind::PracticeCode => b"practice code",
            IdKind::PracticeAccess => b"practice access",
            IdKind::Call => b"call",
            IdKind::Search => b"search",
            IdKind::Shown => b"shown",
        }
    }
}

/// Seals and opens ids under a key derived from the root.
#[derive(Clone)]
pub struct IdSealer {
    mac: hmac::Key,
    cipher: [u8; 32],
}

impl std::fmt::Debug for IdSealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdSealer(…)")
    }
}

const IV_SIZE: usize = 16;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";

impl IdSealer {
    /// A sealer from 32 bytes that the store's key ring derives for this use.
    pub fn new(key: &[u8; 32]) -> Self {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"dmp id seal").extract(key);
        let derive = |label: &'static [u8]| {
            let mut out = [0; 32];
            if let Ok(okm) = prk.expand(&[label], hkdf::HKDF_SHA256) {
                // 32 bytes is the algorithm's own length: filling cannot fail.
                let _ = okm.fill(&mut out);
            }
            out
        };
        IdSealer { mac: hmac::Key::new(hmac::HMAC_SHA256, &derive(b"mac")), cipher: derive(b"cipher") }
    }

    /// The id of a record as a whole.
    pub fn seal_record(&self, kind: IdKind, record: RecordKey) -> String {
        self.seal(kind, &record.0)
    }

    /// The record that an id names, when the id is one of ours.
    pub fn open_record(&self, kind: IdKind, id: &str) -> Option<RecordKey> {
        self.open(kind, id)?.try_into().ok().map(RecordKey)
    }

    /// The id of an entry, set or folder of a record.
    pub fn seal_entry(&self, kind: IdKind, record: RecordKey, entry: EntryId) -> String {
        let mut plain = [0; 32];
        let (left, right) = plain.split_at_mut(16);
        left.copy_from_slice(&record.0);
        right.copy_from_slice(&entry.0);
        self.seal(kind, &plain)
    }

    /// The record and entry that an id names, when the id is one of ours.
    pub fn open_entry(&self, kind: IdKind, id: &str) -> Option<(RecordKey, EntryId)> {
        let plain: [u8; 32] = self.open(kind, id)?.try_into().ok()?;
        let (record, entry) = plain.split_at(16);
        Some((RecordKey(record.try_into().ok()?), EntryId(entry.try_into().ok()?)))
    }

    /// Seals any short text (a paging token, a reference).
    pub fn seal(&self, kind: IdKind, plain: &[u8]) -> String {
        let iv = self.iv(kind, plain);
        let mut out = iv.to_vec();
        let mut body = plain.to_vec();
        self.encrypt(iv, &mut body);
        out.extend_from_slice(&body);
        encode(&out)
    }

    /// Opens what [`IdSealer::seal`] made. `None` for anything else.
    pub fn open(&self, kind: IdKind, id: &str) -> Option<Vec<u8>> {
        let bytes = decode(id)?;
        let (iv, body) = bytes.split_at_checked(IV_SIZE)?;
        let iv: [u8; IV_SIZE] = iv.try_into().ok()?;
        let mut plain = body.to_vec();
        self.decrypt(iv, &mut plain)?;
        constant_time::verify_slices_are_equal(&self.iv(kind, &plain), &iv).ok()?;
        Some(plain)
    }

    fn iv(&self, kind: IdKind, plain: &[u8]) -> [u8; IV_SIZE] {
        let mut context = hmac::Context::with_key(&self.mac);
        context.update(kind.label());
        context.update(&[0]);
        context.update(plain);
        let mut iv = [0; IV_SIZE];
        for (to, from) in iv.iter_mut().zip(context.sign().as_ref()) {
            *to = *from;
        }
        iv
    }

    fn encrypt(&self, iv: [u8; IV_SIZE], body: &mut [u8]) {
        // A key of the right length and a CTR stream over a slice have no way to fail; were they to,
        // the body would stay plain and the id would not open, which the tests would show.
        if let Ok(key) = UnboundCipherKey::new(&AES_256, &self.cipher).and_then(EncryptingKey::ctr) {
            let _ = key.less_safe_encrypt(body, EncryptionContext::Iv128(iv.into()));
        }
    }

    fn decrypt(&self, iv: [u8; IV_SIZE], body: &mut [u8]) -> Option<()> {
        let key = UnboundCipherKey::new(&AES_256, &self.cipher).and_then(DecryptingKey::ctr).ok()?;
        key.decrypt(body, DecryptionContext::Iv128(iv.into())).ok()?;
        Some(())
    }
}

fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0_u32, |word, (place, byte)| word | u32::from(*byte) << (16 - 8 * place));
        for place in 0..=chunk.len() {
            let index = (word >> (18 - 6 * place)) & 63;
            out.push(char::from(ALPHABET.get(index as usize).copied().unwrap_or(b'A')));
        }
    }
    out
}

/// Reads what [`encode`] wrote, and refuses any other spelling of the same bytes.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.as_bytes().chunks(4) {
        let mut word = 0_u32;
        for (place, symbol) in chunk.iter().enumerate() {
            word |= u32::from(value_of(*symbol)?) << (18 - 6 * place);
        }
        let size = chunk.len().checked_sub(1).filter(|size| *size > 0)?;
        out.extend_from_slice(word.to_be_bytes().get(1..=size)?);
    }
    (encode(&out) == text).then_some(out)
}

fn value_of(symbol: u8) -> Option<u8> {
    match symbol {
        b'A'..=b'Z' => Some(symbol - b'A'),
        b'a'..=b'z' => Some(symbol - b'a' + 26),
        b'0'..=b'9' => Some(symbol - b'0' + 52),
        b'-' => Some(62),
        b'.' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer() -> IdSealer {
        IdSealer::new(&[7; 32])
    }

    #[test]
    fn an_id_leads_back_to_its_entry_and_fits_a_fhir_id() {
        let (record, entry) = (RecordKey([1; 16]), EntryId([2; 16]));
        let id = sealer().seal_entry(IdKind::Document, record, entry);
        assert_eq!(id.len(), 64);
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'));
        assert_eq!(sealer().open_entry(IdKind::Document, &id), Some((record, entry)));
        assert_eq!(sealer().seal_entry(IdKind::Document, record, entry), id);
    }

    #[test]
    fn an_id_of_another_kind_or_key_or_a_changed_one_does_not_open() {
        let id = sealer().seal_entry(IdKind::Document, RecordKey([1; 16]), EntryId([2; 16]));
        assert_eq!(sealer().open_entry(IdKind::Binary, &id), None);
        assert_eq!(IdSealer::new(&[8; 32]).open_entry(IdKind::Document, &id), None);
        for place in 0..id.len() {
            let mut changed = id.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(sealer().open_entry(IdKind::Document, &String::from_utf8(changed).unwrap()), None, "{place}");
        }
    }

    #[test]
    fn the_plain_bytes_do_not_show() {
        let id = sealer().seal_entry(IdKind::Document, RecordKey([0; 16]), EntryId([0; 16]));
        assert!(!id.contains("AAAAAAAA"));
    }

    #[test]
    fn every_length_round_trips_in_one_spelling_only() {
        for size in 0..70 {
            let plain: Vec<u8> = (0..size).collect();
            let text = sealer().seal(IdKind::PagingToken, &plain);
            assert_eq!(sealer().open(IdKind::PagingToken, &text), Some(plain));
        }
        assert_eq!(decode("AB"), None, "the last symbol carries bits that no byte has");
    }
}
