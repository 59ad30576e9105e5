//! Our own check of a bundle: what a validator of base FHIR does not see.

use std::collections::HashSet;

use serde_json::Value;

use super::sections::required_codes;

/// What is wrong with a document Bundle of the IPS: its parts in order, required sections with content or a reason, references that lead
/// to a resource. Empty: nothing.
pub fn check_required(bundle: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, expected) in [("resourceType", "Bundle"), ("type", "document")] {
        if text(bundle, key) != expected {
            faults.push(format!("{key} is not {expected}"));
        }
    }
    for key in ["identifier", "timestamp"] {
        if bundle.get(key).is_none() {
            faults.push(format!("{key} is missing"));
        }
    }
    let entries = items(bundle, "entry");
    match entries.first().and_then(|entry| entry.get("resource")) {
        Some(composition) if text(composition, "resourceType") == "Composition" => check_composition(composition, &mut faults),
        _ => faults.push("the first entry is no Composition".to_owned()),
    }
    check_references(bundle, entries, &mut faults);
    faults
}

fn check_composition(composition: &Value, faults: &mut Vec<String>) {
    for key in ["status", "type", "subject", "date", "author", "title"] {
        if composition.get(key).is_none() {
            faults.push(format!("Composition.{key} is missing"));
        }
    }
    let sections = items(composition, "section");
    let code = |section: &Value| section.pointer("/code/coding/0/code").and_then(Value::as_str).unwrap_or_default().to_owned();
    for wanted in required_codes() {
        if sections.iter().filter(|section| code(section) == wanted).count() != 1 {
            faults.push(format!("section {wanted} does not stand there once"));
        }
    }
    for section in sections {
        let code = code(section);
        let (has_entry, has_reason) = (!items(section, "entry").is_empty(), section.get("emptyReason").is_some());
        if has_entry == has_reason {
            faults.push(format!("section {code} has not either entries or a reason for having none"));
        }
        if section.pointer("/text/div").is_none() || text(section, "title").is_empty() {
            faults.push(format!("section {code} has no title or no text"));
        }
    }
}

/// Each `fullUrl` once, and each `urn:uuid:` leads to one.
fn check_references(bundle: &Value, entries: &[Value], faults: &mut Vec<String>) {
    let mut known = HashSet::new();
    for entry in entries {
        let url = text(entry, "fullUrl");
        let id = entry.pointer("/resource/id").and_then(Value::as_str).unwrap_or_default();
        if url.strip_prefix("urn:uuid:") != Some(id) {
            faults.push(format!("{url} is not the address of {id}"));
        }
        if !known.insert(url) {
            faults.push(format!("{url} is used twice"));
        }
    }
    let mut referred = HashSet::new();
    references(bundle, &mut referred);
    let mut lost: Vec<&str> = referred.iter().copied().filter(|url| url.starts_with("urn:") && !known.contains(url)).collect();
    lost.sort_unstable();
    faults.extend(lost.into_iter().map(|url| format!("{url} leads nowhere")));
    let composition = entries.first().map_or("", |entry| text(entry, "fullUrl"));
    let unused = known.iter().filter(|url| **url != composition && !referred.contains(*url)).count();
    if unused > 0 {
        faults.push(format!("{unused} resources are referred to by nothing"));
    }
}

fn references<'a>(value: &'a Value, found: &mut HashSet<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("reference").and_then(Value::as_str));
            members.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
