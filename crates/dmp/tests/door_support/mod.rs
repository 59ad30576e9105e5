//! What the tests of the FHIR door share: Claire's record, her doctor, and a document to publish.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

use base64::Engine;
use dmp_testkit::{Answer, Options, Request, Server, form_value};
use serde_json::{Value, json};

/// A server whose town is Claire alone.
pub fn server() -> Server {
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() })
}

/// `urn:oid:…|INS` of Claire, ready for a query.
pub fn claire() -> String {
    let ins = dmp_synth::identity("claire-exemple").unwrap().ins.unwrap();
    form_value(&format!("urn:oid:{}|{}", ins.authority().oid(), ins.matricule()))
}

/// A request with a token.
pub fn asked(server: &Server, token: &str, method: &str, path: &str) -> Request {
    server.request(method, path).token(token)
}

/// A search of Claire's documents.
pub fn search(server: &Server, token: &str, criteria: &str) -> Answer {
    asked(server, token, "GET", &format!("/fhir/DocumentReference?patient.identifier={}&{criteria}", claire())).send()
}

/// All resources that a search finds, page after page, each once.
pub fn all_pages(server: &Server, token: &str, path: &str) -> Vec<Value> {
    let (mut found, mut next, mut total) = (Vec::new(), Some(path.to_owned()), None);
    while let Some(path) = next {
        let answer = asked(server, token, "GET", &path).send();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let bundle = answer.json();
        assert_eq!(*total.get_or_insert(bundle["total"].as_u64().unwrap()), bundle["total"].as_u64().unwrap());
        found.extend(bundle["entry"].as_array().cloned().unwrap_or_default().into_iter().map(|entry| entry["resource"].clone()));
        next = link(&bundle, "next").map(|url| url.trim_start_matches(server.url.as_str()).to_owned());
    }
    assert_eq!(found.len() as u64, total.unwrap(), "{path}");
    found
}

/// The address of a link of a bundle.
pub fn link(bundle: &Value, relation: &str) -> Option<String> {
    let links = bundle["link"].as_array()?;
    links.iter().find(|link| link["relation"] == relation)?["url"].as_str().map(str::to_owned)
}

/// Publishes a small report of Claire by ITI-105; gives the resource.
pub fn publish(server: &Server, token: &str, number: u32) -> Value {
    let answer = asked(server, token, "POST", "/fhir/DocumentReference").body("application/fhir+json", document(number).to_string()).send();
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

/// The body of a publication.
pub fn document(number: u32) -> Value {
    let ins = dmp_synth::identity("claire-exemple").unwrap().ins.unwrap();
    let made = dmp_core::Moment::parse_fhir("2026-01-15").unwrap();
    let unique = format!("1.2.250.1.213.1.1.9.991.{number}");
    let bytes = dmp_synth::cda_of_size(4_096, &ins, &unique, made).unwrap();
    json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{unique}") },
        "subject": { "identifier": { "system": format!("urn:oid:{}", ins.authority().oid()), "value": ins.matricule() } },
        "content": [{ "attachment": { "contentType": "text/xml", "data": base64::engine::general_purpose::STANDARD.encode(bytes) } }],
    })
}

/// The text of the first finding.
pub fn words(answer: &Answer) -> String {
    answer.json()["issue"][0]["details"]["text"].as_str().unwrap_or_default().to_owned()
}

/// A text inside a resource.
pub fn text<'v>(resource: &'v Value, pointer: &str) -> &'v str {
    resource.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
