//! Each official FHIR example against the verdict that was written for it before any run: refused with every rule it
//! breaks, and accepted after the smallest edit that a person wrote. Each begins with an empty record.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]
#![allow(dead_code, reason = "the shared part serves two test programs")]

mod expected;

use std::path::{Path, PathBuf};

use dmp_testkit::{Answer, Options, Request, Server, shared_fixtures};
use expected::{AUTHOR, PERSONS, READER, TEST_OID, base64, codes, rules, server_with_records, table};
use serde_json::{Value, json};

/// A file of the table that is a request.
struct Case {
    file: String,
    door: String,
    accepted: bool,
    rules: std::collections::BTreeSet<String>,
    edit: Option<PathBuf>,
}

fn cases() -> Vec<Case> {
    let rows = table("fhir.tsv");
    let requests = rows.iter().filter(|row| row.cell(2) != "not-a-request");
    requests
        .map(|row| Case {
            file: row.cell(0).to_owned(),
            door: row.cell(1).to_owned(),
            accepted: row.cell(2) == "accept",
            rules: rules(row.cell(3), ','),
            edit: Some(row.cell(4)).filter(|name| *name != "-").map(|name| expected::folder().join("edits").join(name)),
        })
        .collect()
}

#[test]
fn each_example_is_refused_for_every_rule_and_accepted_once_edited() {
    let Some(fixtures) = shared_fixtures("expected_fhir") else { return };
    let cases = cases();
    let (filled, stores) = filled_store();
    let (mut refused, mut accepted, mut edits, mut differ) = (0, 0, 0, Vec::new());
    for case in &cases {
        let server = start_again(&filled, &stores);
        let published: Value = serde_json::from_slice(&std::fs::read(fixtures.join(&case.file)).unwrap()).unwrap();
        let answer = send(&server, &case.door, &published);
        let fits = if case.accepted { answer.status < 300 } else { (400..500).contains(&answer.status) };
        match fits && codes(&answer) == case.rules {
            true if case.accepted => accepted += 1,
            true => refused += 1,
            false => {
                differ.push(format!("{}: expected {:?}, answered {} {:?} {}", case.file, case.rules, answer.status, codes(&answer), answer.text()))
            }
        }
        let Some(edit) = &case.edit else { continue };
        edits += 1;
        let answer = send(&server, &case.door, &edited(published, edit));
        if answer.status < 300 && all_created(&answer) {
            accepted += 1;
        } else {
            differ.push(format!("{}, edited: answered {} {}", case.file, answer.status, answer.text()));
        }
    }
    std::fs::remove_dir_all(&stores).unwrap();
    let all = cases.iter().filter(|case| !case.accepted).count();
    println!("{refused} of {all} examples refused as in fhir.tsv; {accepted} of {} accepted ({edits} edited)", cases.len() - all + edits);
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// A store with the two open records, its server ended, and a folder for copies of it.
fn filled_store() -> (Server, PathBuf) {
    let mut server = server_with_records(&Options { patients: 1, ..Options::default() });
    server.kill();
    (server, std::env::temp_dir().join(format!("dmp-test-expected-fhir-{}", std::process::id())))
}

/// A server on a fresh copy of the filled store, root key included.
fn start_again(filled: &Server, stores: &Path) -> Server {
    let _ = std::fs::remove_dir_all(stores);
    expected::copy(filled.data().parent().unwrap(), stores);
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, data: Some(stores.join("data")), ..Options::default() })
}

/// Sends a file to the door that the table names. A PATCH needs a document to patch: the author publishes one first.
fn send(server: &Server, door: &str, value: &Value) -> Answer {
    let token = server.token(AUTHOR);
    let post = |path: &str| fhir(server.request("POST", path), value).token(&token).send();
    match door {
        "ITI-65" => post("/fhir"),
        "ITI-105" => post("/fhir/DocumentReference"),
        "ITI-106" => post("/fhir/DocumentReference/$generate-metadata"),
        "PATCH" => {
            let path = published(server, &token);
            let stranger = fhir(server.request("PATCH", &path), value).token(&server.token(READER)).send();
            assert_eq!((stranger.status, codes(&stranger)), (403, ["access-not-its-author".to_owned()].into()), "{}", stranger.text());
            let patched = fhir(server.request("PATCH", &path), value).token(&token).send();
            assert!(patched.status >= 300 || patched.json()["status"] == "superseded", "{}", patched.text());
            patched
        }
        other => panic!("no door {other}"),
    }
}

/// Publishes a small text; gives the address of its conditional PATCH.
fn published(server: &Server, token: &str) -> String {
    let id = "urn:uuid:0c1f3a52-58a3-4b3e-9f0b-5d2f6c9c7a01";
    let coded = |system: &str, code: &str| json!({ "coding": [{ "system": system, "code": code }] });
    let document = json!({
        "resourceType": "DocumentReference",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": id },
        "status": "current",
        "type": coded("http://loinc.org", "11488-4"),
        "subject": { "identifier": { "system": format!("urn:oid:{TEST_OID}"), "value": PERSONS[0] } },
        "date": "2026-02-01T23:50:50+01:00",
        "content": [{ "attachment": { "contentType": "text/plain", "title": "Note", "data": base64(b"Bonjour") } }],
        "context": {
            "facilityType": coded("https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite", "SA07"),
            "practiceSetting": coded("https://mos.esante.gouv.fr/NOS/TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice", "AMBULATOIRE"),
        },
    });
    let answer = fhir(server.request("POST", "/fhir/DocumentReference"), &document).token(token).send();
    assert_eq!(answer.status, 201, "{}", answer.text());
    format!("/fhir/DocumentReference?identifier=urn:ietf:rfc:3986%7C{id}")
}

fn fhir(request: Request, value: &Value) -> Request {
    request.body("application/fhir+json", value.to_string())
}

/// A lot answers with the status of each entry; every other door with its own.
fn all_created(answer: &Answer) -> bool {
    let answered = answer.json();
    let entries = answered["entry"].as_array().cloned().unwrap_or_default();
    entries
        .iter()
        .filter(|entry| entry["response"].is_object())
        .all(|entry| entry["response"]["status"].as_str().is_some_and(|status| status.starts_with('2')))
}

/// The file after its patch. The edits use *add*, *remove* and *replace* only.
fn edited(mut value: Value, edit: &Path) -> Value {
    let operations: Vec<Value> = serde_json::from_slice(&std::fs::read(edit).unwrap()).unwrap();
    for operation in operations {
        let path = operation["path"].as_str().unwrap();
        let (parent, last) = path.rsplit_once('/').unwrap();
        let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("{}: nothing at {path}", edit.display()));
        let name = last.replace("~1", "/").replace("~0", "~");
        apply(parent, &name, operation["op"].as_str().unwrap(), operation["value"].clone());
    }
    value
}

fn apply(parent: &mut Value, name: &str, operation: &str, value: Value) {
    match (parent, operation) {
        (Value::Object(members), "add") => drop(members.insert(name.to_owned(), value)),
        (Value::Object(members), "replace") => *members.get_mut(name).unwrap_or_else(|| panic!("nothing to replace: {name}")) = value,
        (Value::Object(members), "remove") => drop(members.remove(name).unwrap_or_else(|| panic!("nothing to remove: {name}"))),
        (Value::Array(items), "add") if name == "-" => items.push(value),
        (Value::Array(items), "add") => items.insert(name.parse().unwrap(), value),
        (Value::Array(items), "replace") => items[name.parse::<usize>().unwrap()] = value,
        (Value::Array(items), "remove") => drop(items.remove(name.parse().unwrap())),
        (_, other) => panic!("{other} of {name}"),
    }
}
