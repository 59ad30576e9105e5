//! Tests of lots.

use base64::Engine as _;
use serde_json::{Value, json};

use super::*;
use crate::fhir::document_reference::render;
use crate::fhir::list::{ListContext, render_submission_set};
use crate::fhir::samples;

fn urn(number: u8) -> String {
    format!("urn:uuid:aaaaaaaa-0000-0000-0000-0000000000{number:02}")
}

fn lot() -> Value {
    let list: Value = serde_json::from_slice(&render_submission_set(
        &samples::submission_set(),
        &ListContext { id: "l", patient: samples::patient(), entries: &[urn(2)] },
    ))
    .unwrap();
    let binary = urn(3);
    let context = crate::fhir::document_reference::RenderContext { binary_url: &binary, replaces: None, ..samples::context() };
    let document: Value = serde_json::from_slice(&render(&samples::entry(), &context)).unwrap();
    json!({"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": urn(1), "resource": list, "request": {"method": "POST", "url": "List"}},
        {"fullUrl": urn(2), "resource": document, "request": {"method": "POST", "url": "DocumentReference"}},
        {"fullUrl": urn(3), "resource": {"resourceType": "Binary", "contentType": "application/pdf", "data": "SGVsbG8gV29ybGQ="}, "request": {"method": "POST", "url": "Binary"}},
    ]})
}

fn add(bundle: &mut Value, entry: Value) {
    bundle["entry"].as_array_mut().unwrap().push(entry);
}

fn codes(bundle: &Value) -> Vec<String> {
    read_provide(bundle, &ProvideLimits::default()).accept().unwrap_err().into_iter().map(|issue| issue.code).collect()
}

fn superseding() -> Value {
    json!({"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
        {"name": "path", "valueString": "DocumentReference.status"}, {"name": "type", "valueCode": "replace"}, {"name": "value", "valueCode": "superseded"}]}]})
}

#[test]
fn a_lot_gives_its_parts_and_the_order_of_the_answer() {
    let mut bundle = lot();
    add(&mut bundle, json!({"resource": superseding(), "request": {"method": "PATCH", "url": "DocumentReference/sealed-old"}}));
    let body = base64::engine::general_purpose::STANDARD.encode(r#"[{"op":"replace","path":"/status","value":"superseded"}]"#);
    let binary = json!({"resourceType": "Binary", "contentType": "application/json-patch+json", "data": body});
    add(&mut bundle, json!({"resource": binary, "request": {"method": "PATCH", "url": "DocumentReference?identifier=urn:oid:1.2.3"}}));
    add(&mut bundle, json!({"resource": {"resourceType": "Patient"}, "request": {"method": "POST", "url": "Patient"}}));
    let provide = read_provide(&bundle, &ProvideLimits::default()).accept().unwrap();
    assert_eq!(provide.documents[0].bytes, b"Hello World");
    assert_eq!(provide.documents[0].full_url, urn(2));
    assert_eq!(provide.patches[0], StatusPatch { target: PatchedDocument::Id("sealed-old".into()), status: StatusWord::Superseded });
    assert_eq!(provide.patches[1].target, PatchedDocument::Query("identifier=urn:oid:1.2.3".into()));
    use EntryKind::{Content, Document, Patch, Patient, SubmissionSet};
    assert_eq!(provide.order, [SubmissionSet, Document(0), Content(0), Patch(0), Patch(1), Patient]);
}

#[test]
fn bytes_may_stand_in_the_fiche_itself() {
    let mut bundle = lot();
    bundle["entry"].as_array_mut().unwrap().pop();
    bundle["entry"][1]["resource"]["content"][0]["attachment"]["data"] = json!("SGVsbG8gV29ybGQ=");
    assert_eq!(read_provide(&bundle, &ProvideLimits::default()).accept().unwrap().documents[0].bytes, b"Hello World");
}

#[test]
fn each_damage_of_a_lot_refuses_the_whole() {
    let damaged = |damage: &dyn Fn(&mut Value)| {
        let mut bundle = lot();
        damage(&mut bundle);
        codes(&bundle)
    };
    let post = |resource: Value, url: &str| json!({"fullUrl": urn(9), "resource": resource, "request": {"method": "POST", "url": url}});
    assert_eq!(damaged(&|bundle| bundle["type"] = json!("batch")), ["element-value"]);
    assert_eq!(damaged(&|bundle| add(bundle, post(json!({"resourceType": "Observation"}), "Observation"))), ["bundle-entry-unexpected"]);
    assert_eq!(damaged(&|bundle| add(bundle, post(json!({"resourceType": "Binary", "data": "SGk="}), "Binary"))), ["bundle-entry-unexpected"]);
    assert_eq!(damaged(&|bundle| bundle["entry"][1]["request"]["method"] = json!("PUT"))[0], "bundle-entry-unexpected");
    assert_eq!(damaged(&|bundle| bundle["entry"][1]["request"]["url"] = json!("Observation"))[0], "bundle-entry-unexpected");
    assert_eq!(damaged(&|bundle| drop(bundle["entry"].as_array_mut().unwrap().pop())), ["reference-unresolved"]);
    assert_eq!(damaged(&|bundle| drop(bundle["entry"].as_array_mut().unwrap().remove(0))), ["element-required"]);
    assert_eq!(damaged(&|bundle| bundle["entry"][2]["resource"]["data"] = json!("***")), ["element-value"]);
    assert_eq!(damaged(&|bundle| drop(bundle["entry"][2]["resource"].as_object_mut().unwrap().remove("data"))), ["content-missing"]);
    assert_eq!(damaged(&|bundle| bundle["entry"][0]["resource"]["entry"][0]["item"]["reference"] = json!("urn:uuid:none")), ["reference-unresolved"]);
    assert_eq!(
        damaged(&|bundle| bundle["entry"][0]["resource"]["subject"]["identifier"]["value"] = json!("277076322082910")),
        ["bundle-mixes-patients"]
    );
    let patch = json!({"resource": {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
        {"name": "path", "valueString": "DocumentReference.securityLabel[0]"}, {"name": "type", "valueCode": "delete"}]}]},
        "request": {"method": "PATCH", "url": "DocumentReference/x"}});
    assert_eq!(damaged(&|bundle| add(bundle, patch.clone())), ["patch-element-not-allowed"]);
}

#[test]
fn a_lot_is_bounded() {
    let mut bundle = lot();
    for _ in 0..200 {
        add(&mut bundle, json!({"resource": {"resourceType": "Patient"}, "request": {"method": "POST", "url": "Patient"}}));
    }
    assert_eq!(codes(&bundle)[0], "bundle-too-large");
    let small = ProvideLimits { content_bytes_max: 5, ..ProvideLimits::default() };
    assert_eq!(read_provide(&lot(), &small).accept().unwrap_err()[0].code, "content-too-large");
}

#[test]
fn an_id_that_begins_with_a_capital_is_not_a_type() {
    for id in ["Abc", "abc", "9bc", "-bc", "List2"] {
        for url in [format!("DocumentReference/{id}"), format!("http://localhost/fhir/DocumentReference/{id}")] {
            assert_eq!(target_type(&url), "DocumentReference", "{url}");
        }
    }
    assert_eq!((target_type("/List"), target_type("DocumentReference?identifier=A")), ("List", "DocumentReference"));
}

#[test]
fn a_warning_does_not_refuse_the_lot() {
    let mut bundle = lot();
    bundle["entry"][1]["resource"]["relatesTo"] = json!([{"code": "appends", "target": {"reference": "DocumentReference/x"}}]);
    let provide = read_provide(&bundle, &ProvideLimits::default()).accept().unwrap();
    assert_eq!(provide.warnings.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), ["relates-to-unsupported"]);
}

#[test]
fn the_answer_follows_the_order_of_the_request() {
    let answer = |status, location: Option<&str>| EntryAnswer {
        status,
        location: location.map(str::to_owned),
        version: Some(1),
        last_modified: Some(samples::moment("2026-06-14T08:00:00Z")),
    };
    let bytes = render_provide_response(
        &[answer(AnswerStatus::Created, Some("List/1")), answer(AnswerStatus::Ok, None)],
        Some(br#"{"resourceType":"OperationOutcome"}"#),
    );
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["type"], "transaction-response");
    assert_eq!(
        value["entry"][0]["response"],
        json!({"status": "201 Created", "location": "List/1", "etag": "W/\"1\"", "lastModified": "2026-06-14T08:00:00.000Z", "outcome": {"resourceType": "OperationOutcome"}})
    );
    assert_eq!(value["entry"][1]["response"]["status"], "200 OK");
}
