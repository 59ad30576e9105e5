//! A file of a link: its content as FHIR, and its envelope (JWE, compact, `dir` and `A256GCM`; RFC 7516).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use dmp_core::document::DocumentEntry;
use serde_json::{Value, json};

/// Media type of every file here.
pub const FHIR_JSON: &str = "application/fhir+json";

/// The protected header of an envelope, encoded: it is what the seal authenticates besides the content.
pub fn protected_header() -> String {
    URL_SAFE_NO_PAD.encode(json!({ "alg": "dir", "enc": "A256GCM", "cty": FHIR_JSON }).to_string())
}

/// A sealed file.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// Encoded, as [`protected_header`] gives it.
    pub header: &'a str,
    pub nonce: &'a [u8],
    pub ciphertext: &'a [u8],
    pub tag: &'a [u8],
}

impl Envelope<'_> {
    /// Compact serialization. The key is agreed upon: its part is empty.
    pub fn compact(&self) -> String {
        let [nonce, ciphertext, tag] = [self.nonce, self.ciphertext, self.tag].map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        format!("{}..{nonce}.{ciphertext}.{tag}", self.header)
    }

    /// How long an envelope of so many bytes of content is.
    pub fn length(header: &str, content: usize) -> usize {
        let encoded = |bytes: usize| (bytes * 4).div_ceil(3);
        header.len() + 4 + encoded(NONCE_BYTES) + encoded(content) + encoded(TAG_BYTES)
    }
}

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// A summary as the content of a file.
pub fn ips_bytes(bundle: &Value) -> Vec<u8> {
    bundle.to_string().into_bytes()
}

/// A document with its bytes, as the content of a file: what it is, when, by whom, and the bytes themselves. It names no patient's number: whose
/// it is stands in the document.
pub fn document_reference(entry: &DocumentEntry, bytes: &[u8]) -> Vec<u8> {
    let authors: Vec<Value> =
        entry.authors.iter().map(|author| author.name.display()).filter(|name| !name.is_empty()).map(|name| json!({ "display": name })).collect();
    let mut resource = json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "type": { "coding": [{ "code": entry.type_code.as_str() }], "text": entry.title },
        "date": entry.created_at.to_instant(),
        "description": entry.title,
        "content": [{ "attachment": {
            "contentType": entry.mime_type,
            "language": entry.language,
            "data": STANDARD.encode(bytes),
            "title": entry.title,
            "creation": entry.created_at.to_rfc3339(),
        }}],
    });
    if let (Some(members), false) = (resource.as_object_mut(), authors.is_empty()) {
        members.insert("author".into(), Value::Array(authors));
    }
    resource.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

    use super::*;

    #[test]
    fn the_header_says_how_it_was_sealed_and_what_is_inside() {
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(protected_header()).unwrap()).unwrap();
        assert_eq!(header, json!({ "alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json" }));
    }

    #[test]
    fn an_envelope_has_five_parts_the_second_empty_and_its_length_is_known_before() {
        let header = protected_header();
        for size in [0, 1, 2, 3, 1_000, 1_001] {
            let text = Envelope { header: &header, nonce: &[1; 12], ciphertext: &vec![2; size], tag: &[3; 16] }.compact();
            let parts: Vec<&str> = text.split('.').collect();
            assert_eq!((parts.len(), parts[1]), (5, ""));
            assert_eq!(Envelope::length(&header, size), text.len(), "{size}");
        }
    }
}
