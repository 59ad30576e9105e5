//! The verdicts of `fixtures/expected/fhir.tsv`, for what a pure codec can judge: every example of the guides gives
//! exactly the listed findings, and none of them after its edit.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking and say what they skip"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dmp_core::{Issue, Mode};
use dmp_interop::fhir::bundle::{ProvideLimits, read_provide};
use dmp_interop::fhir::document_reference::{check_mode, check_simplified, content_kind, read};
use dmp_interop::fhir::json;
use dmp_interop::fhir::patch::{MetadataChange, StatusWord, read_patch};
use serde_json::Value;

/// Rules that need the bytes' own format, a digest, or a record.
const JUDGED_ELSEWHERE: [&str; 1] = ["cda-header"];

fn fixtures() -> Option<PathBuf> {
    let folder =
        std::env::var_os("DMP_FIXTURES").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    if folder.join("ihe-MHD").is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: no fixtures at {}", folder.display());
    None
}

fn expected() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/expected")
}

fn load(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    json::parse(&bytes, json::Limits::default()).unwrap_or_else(|issue| panic!("{}: {issue:?}", path.display()))
}

fn errors(issues: &[Issue]) -> BTreeSet<String> {
    issues.iter().filter(|issue| issue.is_error()).map(|issue| issue.code.clone()).collect()
}

fn judge(door: &str, value: &Value) -> Option<Vec<Issue>> {
    Some(match door {
        "ITI-105" => {
            let received = read(value);
            let bytes = received.attachment.data.clone().unwrap_or_default();
            let kind = content_kind(received.attachment.content_type.as_deref(), &bytes);
            let mut issues = check_simplified(&received, kind);
            issues.extend(check_mode(&received, Mode::Sandbox));
            issues
        }
        "ITI-65" => {
            let reading = read_provide(value, &ProvideLimits::default());
            let mut issues = reading.issues.clone();
            issues.extend(reading.documents.iter().filter_map(|document| check_mode(&document.received, Mode::Sandbox)));
            issues
        }
        _ => return None,
    })
}

/// RFC 6902 add, replace and remove, enough for the edits.
fn edit(value: &mut Value, operations: &Value) {
    for operation in operations.as_array().unwrap() {
        let path = operation["path"].as_str().unwrap();
        let (parent, last) = path.rsplit_once('/').unwrap();
        let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("no parent of {path}"));
        let new = operation.get("value").cloned();
        match (operation["op"].as_str().unwrap(), parent) {
            ("remove", Value::Object(map)) => drop(map.remove(last).unwrap()),
            ("remove", Value::Array(list)) => drop(list.remove(last.parse().unwrap())),
            ("add", Value::Array(list)) if last == "-" => list.push(new.unwrap()),
            ("add", Value::Array(list)) => list.insert(last.parse().unwrap(), new.unwrap()),
            ("replace", Value::Array(list)) => list[last.parse::<usize>().unwrap()] = new.unwrap(),
            ("add" | "replace", Value::Object(map)) => drop(map.insert(last.to_owned(), new.unwrap())),
            (other, _) => panic!("{other} {path}"),
        }
    }
}

#[test]
fn fhir_examples_are_judged_as_the_independent_table_says() {
    let Some(folder) = fixtures() else { return };
    let table = std::fs::read_to_string(expected().join("fhir.tsv")).unwrap();
    let (mut judged, mut wrong) = (0, Vec::new());
    for line in table.lines().skip(1) {
        let [file, door, _verdict, rules, patch, _notes] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let mut value = load(&folder.join(file));
        let Some(issues) = judge(door, &value) else { continue };
        let listed = rules.split(',').filter(|rule| *rule != "-" && !JUDGED_ELSEWHERE.contains(rule)).map(str::to_owned).collect();
        if errors(&issues) != listed {
            wrong.push(format!("{file}\n  expected {listed:?}\n  found    {:?}\n  {issues:#?}", errors(&issues)));
        }
        judged += 1;
        if patch != "-" {
            edit(&mut value, &load(&expected().join("edits").join(patch)));
            let left: Vec<Issue> = judge(door, &value).unwrap().into_iter().filter(Issue::is_error).collect();
            if !left.is_empty() {
                wrong.push(format!("{file} after its edit: {left:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(judged, 18, "examples that go through a publishing door");
}

#[test]
fn fhir_the_patch_example_supersedes() {
    let Some(folder) = fixtures() else { return };
    let body = std::fs::read(folder.join("ihe-MHD/examples/Parameters-ex-patchParameters.json")).unwrap();
    assert_eq!(read_patch("application/fhir+json", &body).unwrap(), [MetadataChange::SetStatus(StatusWord::Superseded)]);
}

/// Every place of a value, as JSON Pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(map) => {
            map.iter().filter(|(key, _)| *key != "text").for_each(|(key, inner)| places(inner, &format!("{at}/{}", escaped(key)), found))
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(index, inner)| places(inner, &format!("{at}/{index}"), found)),
        _ => {}
    }
    found.push(at.to_owned());
}

#[test]
fn fhir_no_damaged_example_panics_or_gains_a_finding_without_place() {
    let Some(folder) = fixtures() else { return };
    let table = std::fs::read_to_string(expected().join("fhir.tsv")).unwrap();
    let mut judged = 0;
    for line in table.lines().skip(1) {
        let [file, door, ..] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let value = load(&folder.join(file));
        let mut all = Vec::new();
        places(&value, "", &mut all);
        for place in all {
            for damage in [Value::Null, Value::from(5), Value::from("#x"), serde_json::json!([[]]), serde_json::json!({"reference": "#"})] {
                let mut damaged = value.clone();
                *damaged.pointer_mut(&place).unwrap() = damage;
                let Some(issues) = judge(door, &damaged) else { continue };
                assert!(issues.iter().all(|issue| issue.path.is_some()), "{file} {place}: {issues:#?}");
                judged += 1;
            }
        }
    }
    assert!(judged > 5_000, "{judged}");
}
