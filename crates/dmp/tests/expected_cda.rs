//! Each official CDA document against the verdict that was written for it before any run: by ITI-105, then by
//! `dmp import-documents`. What is accepted is read back and is the file, byte for byte.
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

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use dmp_testkit::{Answer, Options, Server, shared_fixtures};
use expected::{AUTHOR, READER, base64, codes, reduced, rules, server_with_records, table};
use serde_json::{Value, json};

/// The table is right that reimbursement data are accepted, from the one sender the law names: the insurance's own feed, which
/// no test identity is. A professional who sends them is refused; the import below sends them as the feed and is accepted.
const FROM_THE_INSURANCE_ALONE: (&str, &str) = ("CNAM-HR_2021.01.xml", "access-reimbursement-document");

/// What the table says of a file: accepted, or refused with these rules.
fn verdicts() -> Vec<(String, BTreeSet<String>)> {
    let rows = table("cda.tsv");
    let verdict = |row: &expected::Row| {
        let rules = rules(row.cell(2), '+');
        assert_eq!(row.cell(1) == "accept", rules.is_empty(), "{}", row.cell(0));
        (row.cell(0).to_owned(), rules)
    };
    rows.iter().map(verdict).collect()
}

#[test]
fn each_document_sent_by_iti_105_gets_the_expected_verdict() {
    let Some(fixtures) = shared_fixtures("expected_cda") else { return };
    let folder = fixtures.join("ansforge-TestContenuCDA-3-0/cda");
    let server = server_with_records(&Options { patients: 1, ..Options::default() });
    let (author, reader) = (server.token(AUTHOR), server.token(READER));
    let (mut agree, mut read_back, mut differ) = (0, 0, Vec::new());
    let verdicts = verdicts();
    for (file, mut wanted) in verdicts.clone() {
        if file == FROM_THE_INSURANCE_ALONE.0 {
            wanted.insert(FROM_THE_INSURANCE_ALONE.1.to_owned());
        }
        let bytes = std::fs::read(folder.join(&file)).unwrap();
        let answer = publish(&server, &author, &bytes);
        let status_fits = if wanted.is_empty() { answer.status == 201 } else { (400..500).contains(&answer.status) };
        if !status_fits || codes(&answer) != wanted {
            differ.push(format!("{file}: expected {wanted:?}, answered {} {}", answer.status, answer.text()));
            continue;
        }
        agree += 1;
        if wanted.is_empty() {
            check_read_back(&server, &reader, &answer.json(), &bytes, &file);
            read_back += 1;
        }
    }
    let exception = FROM_THE_INSURANCE_ALONE.0;
    println!("ITI-105: {} of {} agree with cda.tsv, 1 named exception ({exception}); {read_back} read back byte for byte", agree - 1, verdicts.len());
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn each_document_imported_gets_the_expected_verdict() {
    let Some(fixtures) = shared_fixtures("expected_cda") else { return };
    let folder = fixtures.join("ansforge-TestContenuCDA-3-0/cda");
    let data = std::env::temp_dir().join(format!("dmp-test-import-{}", std::process::id()));
    std::fs::create_dir_all(&data).unwrap();
    let reports = [import(&folder, &data), import(&folder, &data)];
    std::fs::remove_dir_all(&data).unwrap();
    let verdicts = verdicts();
    for (reports, done) in reports.iter().zip(["accepted", "repeated"]) {
        assert_eq!(reports.len(), verdicts.len());
        let differ: Vec<String> = verdicts
            .iter()
            .filter_map(|(file, wanted)| {
                let report = reports.iter().find(|report| report["file"] == *file).unwrap_or_else(|| panic!("no report of {file}"));
                let found = reduced(report["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()));
                let verdict = if wanted.is_empty() { done } else { "refused" };
                (report["verdict"] != verdict || found != *wanted).then(|| format!("{file}: expected {verdict} {wanted:?}, found {report}"))
            })
            .collect();
        println!("dmp import-documents ({done}): {} of {} agree with cda.tsv", verdicts.len() - differ.len(), verdicts.len());
        assert!(differ.is_empty(), "{}", differ.join("\n"));
    }
}

fn publish(server: &Server, token: &str, bytes: &[u8]) -> Answer {
    let text = without_comments(&String::from_utf8_lossy(bytes));
    let (id, patient) = (header_id(&text), patient_id(&text));
    let sent = json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": id },
        "subject": { "identifier": { "system": format!("urn:oid:{}", patient.0), "value": patient.1 } },
        "content": [{ "attachment": { "contentType": "text/xml", "data": base64(bytes) } }],
    });
    server.request("POST", "/fhir/DocumentReference").token(token).body("application/fhir+json", sent.to_string()).send()
}

fn check_read_back(server: &Server, token: &str, reference: &Value, bytes: &[u8], file: &str) {
    let url = reference["content"][0]["attachment"]["url"].as_str().unwrap();
    let read = server.request("GET", url.strip_prefix(&server.url).unwrap()).token(token).header("accept", "text/xml").send();
    assert_eq!(read.status, 200, "{file}: {}", read.text());
    assert!(read.body == bytes, "{file}: {} bytes sent, {} read", bytes.len(), read.body.len());
}

fn import(folder: &Path, data: &Path) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_dmp"))
        .args(["--log", "text", "import-documents", "--open-records", "--json", "--data"])
        .arg(data.join("data"))
        .arg(folder)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

// The header is read here by plain search, not by the program's own reader: the two must agree.

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The first `id` of the document, as a uniqueId.
fn header_id(text: &str) -> String {
    let tag = tags(text, "id").next().unwrap();
    let root = attribute(tag, "root").unwrap();
    let scheme = if root.contains('.') { "oid" } else { "uuid" };
    let extension = attribute(tag, "extension").map(|extension| format!("^{extension}")).unwrap_or_default();
    format!("urn:{scheme}:{root}{extension}")
}

/// OID and matricule of the INS in `recordTarget`.
fn patient_id(text: &str) -> (String, String) {
    let target = text.split_once("<recordTarget").unwrap().1.split_once("</recordTarget>").unwrap().0;
    let tag = tags(target, "id").find(|tag| attribute(tag, "root").is_some_and(|root| root.starts_with("1.2.250.1.213.1.4."))).unwrap();
    (attribute(tag, "root").unwrap(), attribute(tag, "extension").unwrap())
}

/// The attributes of every element with a name, in order.
fn tags<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    text.split('<')
        .skip(1)
        .filter_map(move |tag| tag.strip_prefix(name))
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .map(|rest| rest.split('>').next().unwrap())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!("{name}=")).map(|(_, value)| value)?;
    let quote = value.chars().next()?;
    value[1..].split(quote).next().map(str::to_owned)
}
