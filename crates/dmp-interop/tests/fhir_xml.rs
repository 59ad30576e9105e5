//! Every example of the guides whose resources we read and write goes to XML and back unchanged.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking and say what they skip"
)]

use std::path::{Path, PathBuf};

use dmp_interop::fhir::{json, xml};
use serde_json::Value;

const RESOURCES: [&str; 15] = [
    "AuditEvent",
    "Binary",
    "Bundle",
    "CapabilityStatement",
    "Consent",
    "Device",
    "DocumentReference",
    "List",
    "OperationDefinition",
    "OperationOutcome",
    "Organization",
    "Parameters",
    "Patient",
    "Practitioner",
    "PractitionerRole",
];

fn resources_within(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("resourceType").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|inner| resources_within(inner, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| resources_within(inner, found)),
        _ => {}
    }
}

#[test]
fn fhir_examples_go_to_xml_and_back() {
    let folder =
        std::env::var_os("DMP_FIXTURES").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    if !folder.join("ihe-MHD").is_dir() {
        println!("SKIPPED: no fixtures at {}", folder.display());
        return;
    }
    let (mut passed, mut left) = (0, Vec::new());
    for guide in ["ansforge-PDSm", "ansforge-PDSm4DMP", "ihe-MHD", "ihe-BALP"] {
        for part in ["examples", "conformance"] {
            for file in std::fs::read_dir(folder.join(guide).join(part)).into_iter().flatten() {
                let path = file.unwrap().path();
                let value = json::parse(&std::fs::read(&path).unwrap(), json::Limits::default()).unwrap();
                let mut types = Vec::new();
                resources_within(&value, &mut types);
                if !types.iter().all(|name| RESOURCES.contains(&name.as_str())) {
                    left.push(path.file_name().unwrap().to_string_lossy().into_owned());
                    continue;
                }
                let text = xml::to_xml(&value).unwrap_or_else(|issue| panic!("{}: {issue:?}", path.display()));
                let back = xml::to_json(&text).unwrap_or_else(|issue| panic!("{}: {issue:?}\n{}", path.display(), String::from_utf8_lossy(&text)));
                assert_eq!(back, value, "{}", path.display());
                passed += 1;
            }
        }
    }
    println!("{passed} round trips; other resources: {left:?}");
    assert!(passed >= 90, "{passed}");
}
