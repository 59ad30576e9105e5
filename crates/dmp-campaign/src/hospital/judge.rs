//! What the records and the report must say in the end.

use std::collections::BTreeMap;

use dmp_core::identity::Ins;
use dmp_testkit::{Answer, Request};
use serde_json::Value;

use super::messages::{Expected, Planned};
use crate::api::{Caller, token_of};

const PAGE: u32 = 200;
/// Documents whose bytes are read again.
const READ: usize = 50;

/// Everything that is not as it must be.
pub fn judge(url: &str, plan: &[Planned], people: &[Ins], report: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let doctor = Caller::of(url, "dr-fictif", &[("consent_now", "true")]).unwrap();
    let listed: Vec<BTreeMap<String, Vec<Value>>> = people.iter().map(|ins| everything(&doctor, ins)).collect();
    let mut replaced = vec![false; plan.len()];
    plan.iter().filter_map(|one| one.replaces).for_each(|place| replaced[place] = true);
    for (place, planned) in plan.iter().enumerate() {
        let there = listed[planned.person].get(&planned.title).map_or(&[][..], Vec::as_slice);
        match (&planned.expected, there) {
            (Expected::Kept, [one]) => {
                let status = if replaced[place] { "superseded" } else { "current" };
                if one["status"] != status {
                    found.push(format!("{} is {} and not {status}", planned.name, one["status"]));
                }
            }
            (Expected::Kept, more) => found.push(format!("{} is in the record {} times", planned.name, more.len())),
            (Expected::Refused(code), []) => {
                if !told(report, planned, code) {
                    found.push(format!("{} is not in the report with {code}", planned.name));
                }
            }
            (Expected::Refused(_), more) => found.push(format!("{} was to be refused and is in the record {} times", planned.name, more.len())),
        }
    }
    // The insurer's document comes with each opening, and is none of ours.
    let ours = listed.iter().flatten().filter(|(title, _)| title.starts_with("Compte rendu "));
    let all: usize = ours.map(|(_, documents)| documents.len()).sum();
    let kept = plan.iter().filter(|one| one.expected == Expected::Kept).count();
    if all != kept {
        found.push(format!("the records hold {all} documents, {kept} were to be kept"));
    }
    let wrongly: Vec<&Value> = report["refusals"].as_array().into_iter().flatten().filter(|line| is_kept(plan, line)).collect();
    if let Some(first) = wrongly.first() {
        found.push(format!("{} acceptable messages were refused, the first: {first}", wrongly.len()));
    }
    found.extend(read_again(&doctor, plan, &listed));
    found
}

fn is_kept(plan: &[Planned], line: &Value) -> bool {
    let name = line["name"].as_str().unwrap_or_default();
    plan.iter().any(|one| one.expected == Expected::Kept && named(name, &one.name))
}

/// A line of the report is named after the control id or the file.
fn named(line: &str, name: &str) -> bool {
    line == name || line.strip_prefix(name).is_some_and(|rest| rest == ".hl7" || rest.starts_with('-'))
}

fn told(report: &Value, planned: &Planned, code: &str) -> bool {
    let lines = report["refusals"].as_array().into_iter().flatten();
    let mine = |line: &&Value| line["name"].as_str().is_some_and(|name| named(name, &planned.name));
    let says = |line: &Value| line["reasons"].as_array().into_iter().flatten().any(|reason| reason["code"] == code && reason["words"] != "");
    // A message that was read only by its bytes has the name of its file, or none: its document then tells it.
    lines.filter(mine).any(says)
}

/// Every document of a record, by title.
fn everything(doctor: &Caller, ins: &Ins) -> BTreeMap<String, Vec<Value>> {
    let mut by_title: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for status in ["current", "superseded"] {
        let path = format!("/fhir/DocumentReference?patient.identifier={}&status={status}&_count={PAGE}", token_of(ins));
        let mut next = Some(path);
        while let Some(path) = next {
            let answer = ask(doctor, &path);
            assert_eq!(answer.status, 200, "{}", answer.text());
            let bundle = answer.json();
            for entry in bundle["entry"].as_array().into_iter().flatten().filter(|entry| entry["resource"]["resourceType"] == "DocumentReference") {
                let title = entry["resource"]["content"][0]["attachment"]["title"].as_str().unwrap_or_default().to_owned();
                by_title.entry(title).or_default().push(entry["resource"].clone());
            }
            let links = bundle["link"].as_array().cloned().unwrap_or_default();
            let link = links.iter().find(|link| link["relation"] == "next").and_then(|link| link["url"].as_str());
            next = link.map(|link| link.trim_start_matches(doctor.url.as_str()).to_owned());
        }
    }
    by_title
}

fn ask(doctor: &Caller, path: &str) -> Answer {
    Request::new(&doctor.url, "GET", path).token(&doctor.token).send()
}

/// The bytes are those of the message.
fn read_again(doctor: &Caller, plan: &[Planned], listed: &[BTreeMap<String, Vec<Value>>]) -> Vec<String> {
    let mut found = Vec::new();
    let step = (plan.len() / READ).max(1);
    for planned in plan.iter().step_by(step).filter(|one| one.expected == Expected::Kept) {
        let Some([one]) = listed[planned.person].get(&planned.title).map(Vec::as_slice) else { continue };
        let url = one["content"][0]["attachment"]["url"].as_str().unwrap_or_default().trim_start_matches(doctor.url.as_str()).to_owned();
        let answer = ask(doctor, &url);
        let sent = String::from_utf8_lossy(&planned.bytes).into_owned();
        let data = sent.split("Base64^").nth(1).and_then(|rest| rest.split('|').next()).unwrap_or_default().to_owned();
        use base64::Engine;
        let bytes = base64::engine::general_purpose::STANDARD.decode(data).unwrap_or_default();
        if answer.status != 200 || answer.body != bytes {
            found.push(format!("{} reads {} with {} bytes of {}", planned.name, answer.status, answer.body.len(), bytes.len()));
        }
    }
    found
}

/// Deposits a document that is there already under another identifier.
pub fn double(url: &str, plan: &[Planned], people: &[Ins]) {
    let planned = plan.iter().find(|one| one.expected == Expected::Kept && one.replaces.is_none()).unwrap();
    let ins = &people[planned.person];
    let doctor = Caller::of(url, "dr-fictif", &[("consent_now", "true")]).unwrap();
    let unique = "1.2.250.1.213.1.1.9.995.0.1";
    let cda = String::from_utf8(crate::api::document(4_096, ins, unique, 1)).unwrap().replace("Compte rendu de consultation", &planned.title);
    let answer = doctor.publish(ins, unique, cda.as_bytes(), None).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
}
