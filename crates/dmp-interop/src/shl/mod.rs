//! SMART Health Links (HL7 SMART Health Cards and Links 1.0.0, "SMART Health Links"): the link as text, the manifest, the envelope of a file.
//! What encrypts is elsewhere: these are bytes and their places.

mod file;
mod manifest;

pub use file::{Envelope, FHIR_JSON, document_reference, ips_bytes, protected_header};
pub use manifest::{File, Place, RECIPIENT_CHARACTERS_MAX, Request, RequestFault, manifest, wrong_code};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_core::Moment;
use serde_json::json;

/// Longest address of a manifest ("SHALL NOT exceed 128 characters").
pub const URL_CHARACTERS_MAX: usize = 128;

/// What a link may say of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// `L`: for a long time, and what it gives may change.
    LongTerm,
    /// `P`: a passcode is asked for.
    Passcode,
}

/// The payload of a link.
#[derive(Clone, Copy)]
pub struct Payload<'a> {
    /// Address of the manifest.
    pub url: &'a str,
    /// The key of its files.
    pub key: &'a [u8; 32],
    /// In the order of the alphabet.
    pub flags: &'a [Flag],
    pub expires_at: Moment,
    /// At most eighty characters; longer ones are cut.
    pub label: &'a str,
}

impl std::fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Payload(…)")
    }
}

impl Payload<'_> {
    /// The link, `shlink:/…`. `None` when the address is longer than the format allows.
    pub fn link(&self) -> Option<String> {
        if self.url.chars().count() > URL_CHARACTERS_MAX {
            return None;
        }
        let mut payload = serde_json::Map::new();
        payload.insert("url".into(), json!(self.url));
        payload.insert("key".into(), json!(URL_SAFE_NO_PAD.encode(self.key)));
        payload.insert("exp".into(), json!(self.expires_at.as_seconds()));
        let flags: String = self.flags.iter().map(|flag| flag.letter()).collect();
        if !flags.is_empty() {
            payload.insert("flag".into(), json!(flags));
        }
        if !self.label.is_empty() {
            payload.insert("label".into(), json!(self.label.chars().take(LABEL_CHARACTERS).collect::<String>()));
        }
        // The version is 1, which is what a link without one says: a smaller code.
        Some(format!("shlink:/{}", URL_SAFE_NO_PAD.encode(serde_json::Value::Object(payload).to_string())))
    }

    /// The link behind the address of a page that opens it ("viewer URL prefix"): the fragment never reaches that page's server.
    pub fn link_at(&self, page: &str) -> Option<String> {
        Some(format!("{page}#{}", self.link()?))
    }
}

impl Flag {
    fn letter(self) -> char {
        match self {
            Flag::LongTerm => 'L',
            Flag::Passcode => 'P',
        }
    }
}

const LABEL_CHARACTERS: usize = 80;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

    use serde_json::Value;

    use super::*;

    fn read(link: &str) -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(link.strip_prefix("shlink:/").unwrap()).unwrap()).unwrap()
    }

    fn payload<'a>(url: &'a str, label: &'a str, flags: &'a [Flag]) -> Payload<'a> {
        Payload { url, key: &[7; 32], flags, expires_at: Moment::from_seconds(1_772_543_100), label }
    }

    #[test]
    fn a_link_holds_its_address_key_flags_expiry_and_label() {
        let link = payload("https://dmp.example/shl/abc", "Dr Essai", &[Flag::LongTerm, Flag::Passcode]).link().unwrap();
        let read = read(&link);
        assert_eq!(read["url"], "https://dmp.example/shl/abc");
        assert_eq!(read["key"].as_str().unwrap().len(), 43);
        assert_eq!((read["flag"].as_str(), read["exp"].as_i64(), read["label"].as_str()), (Some("LP"), Some(1_772_543_100), Some("Dr Essai")));
        assert!(!link.contains('=') && !link.contains('+') && !link[8..].contains('/'));
    }

    #[test]
    fn what_says_nothing_is_left_out_and_a_long_label_is_cut() {
        let bare = read(&payload("https://dmp.example/shl/abc", "", &[]).link().unwrap());
        assert!(bare.get("flag").is_none() && bare.get("label").is_none());
        let long = read(&payload("https://dmp.example/shl/abc", &"é".repeat(200), &[]).link().unwrap());
        assert_eq!(long["label"].as_str().unwrap().chars().count(), 80);
    }

    #[test]
    fn an_address_of_more_than_128_characters_makes_no_link() {
        assert!(payload(&"a".repeat(128), "", &[]).link().is_some());
        assert!(payload(&"a".repeat(129), "", &[]).link().is_none());
        let page = payload("https://dmp.example/shl/abc", "", &[]).link_at("https://dmp.example/share/open/x").unwrap();
        assert!(page.starts_with("https://dmp.example/share/open/x#shlink:/"));
    }
}
