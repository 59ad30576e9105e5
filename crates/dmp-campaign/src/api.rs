//! The calls that campaigns make, as practice software would.

use base64::Engine;
use dmp_core::Moment;
use dmp_core::identity::{Ins, InsAuthority, ins_key};
use dmp_testkit::{Answer, Request};
use serde_json::{Value, json};

use crate::draw::Draw;

const FHIR: &str = "application/fhir+json";
/// The padding of documents made to size.
const PADDING: &str = "Ligne de mesure : ni observation ni avis, des lettres qui tiennent la place.";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A server and the token of one caller.
#[derive(Debug, Clone)]
pub struct Caller {
    pub url: String,
    pub token: String,
}

impl Caller {
    /// Signs a test identity in; `None` when the server does not answer any more.
    pub fn of(url: &str, identity: &str, fields: &[(&str, &str)]) -> Option<Self> {
        let mut form = format!("as={identity}");
        for (name, value) in fields {
            form.push_str(&format!("&{name}={}", dmp_testkit::form_value(value)));
        }
        let answer = Request::new(url, "POST", "/sandbox/token").body("application/x-www-form-urlencoded", form).try_send()?;
        (answer.status == 200).then(|| Caller { url: url.to_owned(), token: answer.text() })
    }

    pub fn send(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Option<Answer> {
        let request = Request::new(&self.url, method, path).token(&self.token);
        match body {
            Some((media_type, bytes)) => request.body(media_type, bytes).try_send(),
            None => request.try_send(),
        }
    }

    pub fn get(&self, path: &str) -> Option<Answer> {
        self.send("GET", path, None)
    }

    /// ITI-105.
    pub fn publish(&self, ins: &Ins, unique: &str, bytes: &[u8], comments: Option<&str>) -> Option<Answer> {
        let mut reference = json!({
            "resourceType": "DocumentReference",
            "status": "current",
            "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{unique}") },
            "subject": { "identifier": { "system": format!("urn:oid:{}", ins.authority().oid()), "value": ins.matricule() } },
            "content": [{ "attachment": { "contentType": "text/xml", "data": base64::engine::general_purpose::STANDARD.encode(bytes) } }],
        });
        if let Some(comments) = comments {
            reference["description"] = json!(comments);
        }
        self.send("POST", "/fhir/DocumentReference", Some((FHIR, reference.to_string().into_bytes())))
    }

    /// One page of ITI-67.
    pub fn list(&self, ins: &Ins, more: &str) -> Option<Answer> {
        self.get(&format!("/fhir/DocumentReference?patient.identifier={}&status=current{more}", token_of(ins)))
    }

    /// TD0.2.
    pub fn check_access(&self, ins: &Ins) -> Option<Answer> {
        self.get(&format!("/fhir/Patient?identifier={}", token_of(ins)))
    }

    /// Hides a document from professionals, or shows it again. `reference`: `DocumentReference/…`.
    pub fn veil(&self, reference: &str, hide: bool) -> Option<Answer> {
        let labels = if hide { json!(["N", "MASQUE_PS"]) } else { json!(["N"]) };
        let labels: Vec<Value> = labels.as_array().unwrap().iter().map(|code| json!({ "coding": [{ "code": code }] })).collect();
        let patch = json!([{ "op": "replace", "path": "/securityLabel", "value": labels }]).to_string();
        self.send("PATCH", &format!("/fhir/{reference}"), Some(("application/json-patch+json", patch.into_bytes())))
    }

    /// An operation on Patient with its parameters.
    pub fn operation(&self, name: &str, ins: &Ins, parameters: &[(&str, Value)]) -> Option<Answer> {
        let mut list = vec![
            json!({ "name": "identifier", "valueIdentifier": { "system": format!("urn:oid:{}", ins.authority().oid()), "value": ins.matricule() } }),
        ];
        for (name, value) in parameters {
            let key = if value.is_boolean() { "valueBoolean" } else { "valueString" };
            list.push(json!({ "name": name, key: value }));
        }
        let body = json!({ "resourceType": "Parameters", "parameter": list }).to_string();
        self.send("POST", &format!("/fhir/Patient/{name}"), Some((FHIR, body.into_bytes())))
    }

    /// The person says yes while the caller sits beside them (TD0.3).
    pub fn consent(&self, ins: &Ins) -> Option<Answer> {
        self.operation("$dmp-authorise", ins, &[])
    }

    /// The first page of the journal, newest first.
    pub fn journal(&self, ins: &Ins, count: u32) -> Option<Answer> {
        self.get(&format!("/fhir/AuditEvent?patient.identifier={}&_count={count}", token_of(ins)))
    }
}

/// `system|value` in a query.
pub fn token_of(ins: &Ins) -> String {
    format!("urn:oid:{}%7C{}", ins.authority().oid(), ins.matricule())
}

/// The INS of an invented person: `number` makes the place and the order of birth.
pub fn invented_ins(number: u64) -> Ins {
    let (month, place, order) = (1 + number % 12, 10_000 + number / 12 % 80_000, 1 + number / 960_000 % 999);
    let base = format!("277{month:02}{place:05}{order:03}");
    let matricule = format!("{base}{:02}", ins_key(&base).unwrap());
    Ins::parse(InsAuthority::Test.oid(), &matricule).unwrap()
}

/// A CDA of about a size whose padding does not shrink: large ones land in files, small ones in the database.
pub fn document(size: usize, ins: &Ins, unique: &str, stream: u64) -> Vec<u8> {
    let made = Moment::parse_fhir("2026-01-01").unwrap();
    let text = String::from_utf8(dmp_synth::cda_of_size(size, ins, unique, made).unwrap()).unwrap();
    let mut draw = Draw::new(stream, 0xD0C);
    let mut parts = text.split(PADDING);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str(&draw.word(PADDING.len(), BASE64));
        out.push_str(part);
    }
    out.into_bytes()
}

/// `DocumentReference/…` and `Binary/…` of the resource of a document.
pub fn places(resource: &Value) -> Option<(String, String)> {
    let id = resource["id"].as_str()?;
    let url = resource["content"][0]["attachment"]["url"].as_str()?;
    let binary = url.rsplit('/').next()?;
    Some((format!("DocumentReference/{id}"), format!("Binary/{binary}")))
}

/// Whether the labels of a document hide it from professionals.
pub fn is_masked(resource: &Value) -> bool {
    let labels = resource["securityLabel"].as_array().cloned().unwrap_or_default();
    labels.iter().any(|label| label["coding"][0]["code"] == "MASQUE_PS")
}

/// The dotted identifier of a document.
pub fn unique_of(resource: &Value) -> Option<String> {
    resource["masterIdentifier"]["value"].as_str().map(|text| text.trim_start_matches("urn:oid:").to_owned())
}
