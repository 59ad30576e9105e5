//! The request for a manifest, and the manifest.

use dmp_core::Moment;
use serde_json::{Value, json};

/// Longest name of a recipient that is read; what is longer is refused rather than cut.
pub const RECIPIENT_CHARACTERS_MAX: usize = 200;
const PASSCODE_CHARACTERS_MAX: usize = 64;

/// A request for a manifest.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Who asks, said by themselves.
    pub recipient: String,
    pub passcode: Option<String>,
    /// Longest file that may stand in the manifest, in characters of its envelope.
    pub embedded_length_max: Option<u64>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Request(…)")
    }
}

/// What is wrong with a request: the name of its member, or that it is no JSON object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestFault(pub &'static str);

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// [`RequestFault`]; members that are not known are passed over, as the specification asks.
    pub fn read(body: &[u8]) -> Result<Self, RequestFault> {
        let Ok(Value::Object(members)) = serde_json::from_slice::<Value>(body) else { return Err(RequestFault("body")) };
        let text = |name: &'static str, most: usize| match members.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.chars().count() <= most => Ok(Some(text.clone())),
            Some(_) => Err(RequestFault(name)),
        };
        let recipient = text("recipient", RECIPIENT_CHARACTERS_MAX)?.filter(|name| !name.trim().is_empty()).ok_or(RequestFault("recipient"))?;
        let embedded_length_max = match members.get("embeddedLengthMax") {
            None | Some(Value::Null) => None,
            Some(number) => Some(number.as_u64().ok_or(RequestFault("embeddedLengthMax"))?),
        };
        Ok(Request { recipient, passcode: text("passcode", PASSCODE_CHARACTERS_MAX)?, embedded_length_max })
    }
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Its envelope, in the manifest itself.
    Embedded(String),
    /// An address that is good for a short while.
    Location(String),
}

/// A file of a manifest: FHIR R4 as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub place: Place,
    pub last_updated: Moment,
}

/// A manifest. Of a link that is good for a while, what it gives may change.
pub fn manifest(files: &[File]) -> String {
    let file = |file: &File| {
        let (name, text) = match &file.place {
            Place::Embedded(envelope) => ("embedded", envelope),
            Place::Location(address) => ("location", address),
        };
        json!({
            "contentType": super::FHIR_JSON, name: text, "lastUpdated": file.last_updated.to_rfc3339(),
            "status": "can-change", "fhirVersion": "4.0.1",
        })
    };
    json!({ "status": "can-change", "files": files.iter().map(file).collect::<Vec<_>>() }).to_string()
}

/// The body of the refusal of a missing or wrong code.
pub fn wrong_code(left: u8) -> String {
    json!({ "remainingAttempts": left }).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

    use super::*;

    #[test]
    fn a_request_names_its_recipient() {
        let request = Request::read(br#"{"recipient":"Dr Essai","passcode":"123456","embeddedLengthMax":10000,"new":{"a":1}}"#).unwrap();
        assert_eq!(
            (request.recipient.as_str(), request.passcode.as_deref(), request.embedded_length_max),
            ("Dr Essai", Some("123456"), Some(10_000))
        );
        assert_eq!(Request::read(br#"{"recipient":"x","passcode":null}"#).unwrap().passcode, None);
    }

    #[test]
    fn a_request_that_cannot_be_read_says_where() {
        let long = format!(r#"{{"recipient":"{}"}}"#, "a".repeat(RECIPIENT_CHARACTERS_MAX + 1));
        for (body, fault) in [
            ("", "body"),
            ("[]", "body"),
            ("{}", "recipient"),
            (r#"{"recipient":" "}"#, "recipient"),
            (r#"{"recipient":7}"#, "recipient"),
            (long.as_str(), "recipient"),
            (r#"{"recipient":"x","passcode":123456}"#, "passcode"),
            (r#"{"recipient":"x","embeddedLengthMax":-1}"#, "embeddedLengthMax"),
            (r#"{"recipient":"x","embeddedLengthMax":"9"}"#, "embeddedLengthMax"),
        ] {
            assert_eq!(Request::read(body.as_bytes()), Err(RequestFault(fault)), "{body}");
        }
    }

    #[test]
    fn a_manifest_embeds_a_file_or_says_where_it_is() {
        let at = Moment::from_seconds(1_772_543_100);
        let file = |place| File { place, last_updated: at };
        let text = manifest(&[file(Place::Embedded("a..b.c.d".into())), file(Place::Location("https://dmp.example/shl/a/file/b".into()))]);
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["files"][0]["embedded"], "a..b.c.d");
        assert!(read["files"][0].get("location").is_none() && read["files"][1].get("embedded").is_none());
        assert_eq!((&read["files"][1]["contentType"], &read["files"][1]["lastUpdated"]), (&json!("application/fhir+json"), &json!(at.to_rfc3339())));
        assert_eq!(manifest(&[]), r#"{"files":[],"status":"can-change"}"#);
        assert_eq!(wrong_code(3), r#"{"remainingAttempts":3}"#);
    }
}
