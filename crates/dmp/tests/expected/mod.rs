//! What the tests of expected verdicts share: the tables, and a server on which their two persons have a record.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use base64::Engine;
use dmp_testkit::{Answer, Options, Server};
use serde_json::{Value, json};

/// Authority of test INS.
pub const TEST_OID: &str = "1.2.250.1.213.1.4.10";
/// The two persons of the official examples.
pub const PERSONS: [&str; 2] = ["279035121518989", "277076322082910"];
/// The professional of the cast who publishes.
pub const AUTHOR: &str = "dr-fictif";
/// The professional of the cast who reads, as médecin traitant of both.
pub const READER: &str = "dr-canevas";

/// A line of a table, by column.
pub struct Row(Vec<String>);

impl Row {
    pub fn cell(&self, column: usize) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// Reads a table of `fixtures/expected`, without its heading.
pub fn table(name: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    text.lines().skip(1).filter(|line| !line.is_empty()).map(|line| Row(line.split('\t').map(str::to_owned).collect())).collect()
}

/// The folder of tables and edits.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/expected")
}

/// Rules that a table joins with `separator`.
pub fn rules(cell: &str, separator: char) -> BTreeSet<String> {
    cell.split(separator).map(str::trim).filter(|rule| !rule.is_empty() && *rule != "-").map(str::to_owned).collect()
}

/// The codes of an answer or report as the tables write them: the family of header rules under one name.
pub fn reduced(codes: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    codes.into_iter().map(|code| if code.starts_with("cda-header-") { "cda-header".to_owned() } else { code }).collect()
}

/// The codes of a refusal, reduced; none for what was accepted.
pub fn codes(answer: &Answer) -> BTreeSet<String> {
    if answer.status < 400 { BTreeSet::new() } else { reduced(answer.codes()) }
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let into = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &into);
        } else {
            std::fs::copy(entry.path(), into).unwrap();
        }
    }
}

/// A server on which both persons have an open record and a médecin traitant.
pub fn server_with_records(options: &Options) -> Server {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), options);
    let agent = server.token_with("agent-cpam", &[("consent_now", "true")]);
    let reader = server.token_with(READER, &[("consent_now", "true")]);
    for ins in PERSONS {
        let text = |name: &str, value: &str| json!({ "name": name, "valueString": value });
        let opening = parameters(
            ins,
            vec![
                text("channel", "CPAM"),
                text("consent", "written"),
                text("birth-family", "EXEMPLE"),
                text("birth-given", "Personne"),
                json!({ "name": "birth-date", "valueDate": "1979-03-01" }),
                text("gender", "female"),
                text("birth-place", "51215"),
            ],
        );
        let opened = server.request("POST", "/fhir/Patient/$dmp-open").token(&agent).body("application/fhir+json", opening).send();
        assert_eq!(opened.status, 200, "{}", opened.text());
        let declaring = parameters(ins, Vec::new());
        let declared = server.request("POST", "/fhir/Patient/$dmp-medecin-traitant").token(&reader).body("application/fhir+json", declaring).send();
        assert_eq!(declared.status, 200, "{}", declared.text());
    }
    server
}

fn parameters(ins: &str, mut more: Vec<Value>) -> String {
    more.insert(0, json!({ "name": "identifier", "valueIdentifier": { "system": format!("urn:oid:{TEST_OID}"), "value": ins } }));
    json!({ "resourceType": "Parameters", "parameter": more }).to_string()
}

/// Base64 as FHIR writes it.
pub fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
