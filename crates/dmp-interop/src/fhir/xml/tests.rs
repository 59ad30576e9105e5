//! Tests of the XML form.

use dmp_core::access::{Act, CallerKind, Reason};
use dmp_core::audit::{Chain, Leaf, LeafCaller, Outcome};
use dmp_core::identity::Profession;
use dmp_core::record::{Authorisation, Closure, ClosureReason, Effect, RecordStatus};
use serde_json::json;

use super::*;
use crate::fhir::{audit_event, bundle, bundle_search, capability, consent, document_reference, list, operation, outcome, patient, samples};

fn code(text: &str) -> String {
    to_json(text.as_bytes()).unwrap_err().code
}

#[test]
fn a_resource_goes_to_xml_and_back() {
    let value = json!({
        "resourceType": "Patient",
        "id": "p1",
        "meta": {"versionId": "1", "profile": ["http://a", "http://b"]},
        "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>É &amp; <b>b</b><br/></p></div>"},
        "contained": [{"resourceType": "Organization", "id": "o", "name": "L'\"Île\" <&>\n\t\u{e9}"}],
        "extension": [{"url": "http://e", "valueBoolean": true}, {"url": "http://f", "extension": [{"url": "g", "valueDateTime": "2026"}]}],
        "active": false,
        "name": [{"family": "A", "_family": {"extension": [{"url": "http://own", "valueString": "x"}]}, "given": ["B", "C"], "_given": [null, {"id": "second"}]}],
        "multipleBirthInteger": 2,
        "managingOrganization": {"reference": "#o"},
    });
    let xml = to_xml(&value).unwrap();
    assert_eq!(to_json(&xml).unwrap(), value, "{}", String::from_utf8_lossy(&xml));
}

#[test]
fn elements_stand_in_the_order_of_fhir() {
    let xml = String::from_utf8(
        to_xml(&json!({"resourceType": "Patient", "active": true, "id": "x", "birthDate": "2000", "identifier": [{"value": "v", "system": "s"}]}))
            .unwrap(),
    )
    .unwrap();
    assert_eq!(
        xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/><identifier><system value=\"s\"/><value value=\"v\"/></identifier><active value=\"true\"/><birthDate value=\"2000\"/></Patient>"
    );
}

#[test]
fn a_value_with_only_an_extension_is_kept() {
    let absent = json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]});
    let value = json!({"resourceType": "Parameters", "parameter": [{"name": "a", "_valueString": absent.clone()}, {"name": "b", "valueString": "x", "_valueString": absent}]});
    let xml = to_xml(&value).unwrap();
    assert_eq!(to_json(&xml).unwrap(), value, "{}", String::from_utf8_lossy(&xml));
}

#[test]
fn hostile_xml_is_refused() {
    let patient = |inner: &str| format!("<Patient xmlns=\"http://hl7.org/fhir\">{inner}</Patient>");
    let deep = |depth: usize| patient(&format!("{}{}", "<extension>".repeat(depth), "</extension>".repeat(depth)));
    for (text, expected) in [
        ("<!DOCTYPE Patient [<!ENTITY x \"y\">]><Patient xmlns=\"http://hl7.org/fhir\"/>".to_owned(), "xml-doctype"),
        (patient("<active value=\"true\">"), "xml-invalid"),
        (patient("<active value=\"&x;\"/>"), "xml-invalid"),
        (deep(100), "xml-too-deep"),
        (deep(200_000), "xml-too-deep"),
        (patient("<colour value=\"red\"/>"), "element-unknown"),
        (patient("<active value=\"true\" colour=\"red\"/>"), "element-unknown"),
        (patient("<active xmlns=\"http://other\" value=\"true\"/>"), "element-unknown"),
        (patient("<active value=\"oui\"/>"), "element-value"),
        (patient("<active/>"), "element-value"),
        (patient("<active value=\"true\"/><active value=\"false\"/>"), "element-value"),
        (patient("hello"), "element-value"),
        (patient("<contained/>"), "element-value"),
        ("<Observation xmlns=\"http://hl7.org/fhir\"/>".to_owned(), "element-unknown"),
        ("<Patient/>".to_owned(), "element-unknown"),
        (String::new(), "xml-invalid"),
    ] {
        assert_eq!(code(&text), expected, "{}", text.get(..120.min(text.len())).unwrap());
    }
    assert_eq!(to_json(b"<Patient xmlns=\"http://hl7.org/fhir\">\xff</Patient>").unwrap_err().code, "xml-invalid");
    let issue = to_json(b"<Patient xmlns=\"http://hl7.org/fhir\">\n  <name><colour value=\"x\"/></name>\n</Patient>").unwrap_err();
    assert_eq!((issue.line, issue.column, issue.path.as_deref()), (Some(2), Some(9), Some("Patient.name.colour")));
}

#[test]
fn what_the_table_does_not_know_is_not_lost_in_silence() {
    for value in [
        json!({"resourceType": "Observation"}),
        json!({"resourceType": "Patient", "colour": "red"}),
        json!({"resourceType": "Patient", "active": "true"}),
        json!({"resourceType": "Patient", "name": {"family": "A"}}),
        json!({"resourceType": "Patient", "text": {"status": "generated", "div": "<script/>"}}),
        json!({"resourceType": "Patient", "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"></div><x/>"}}),
        json!([]),
    ] {
        assert_eq!(to_xml(&value).unwrap_err().code, "xml-invalid", "{value}");
    }
}

/// Everything that is rendered, once.
fn rendered() -> Vec<Vec<u8>> {
    [documents(), rights(), statements(), journal()].concat()
}

fn documents() -> Vec<Vec<u8>> {
    let entries = ["DocumentReference/d".to_owned()];
    let context = list::ListContext { id: "l", patient: samples::patient(), entries: &entries };
    let document = document_reference::render(&samples::entry(), &samples::context());
    let issues = [Issue::error("element-required").at("DocumentReference.type").at_line(1, 2)];
    let warnings = outcome::render_outcome(&issues, outcome::Language::French, outcome::Values::Shown);
    let page =
        bundle_search::SearchPage { total: 1, self_url: "https://x/List?x=1", outcome: Some(&warnings), ..bundle_search::SearchPage::default() };
    let found = bundle_search::Match { full_url: "https://x/DocumentReference/d", resource: &document };
    let created = bundle::EntryAnswer {
        status: bundle::AnswerStatus::Created,
        location: Some("List/1".into()),
        version: Some(1),
        last_modified: Some(samples::moment("2026")),
    };
    vec![
        bundle_search::render_searchset(&page, [found]),
        bundle::render_provide_response(&[created], Some(&warnings)),
        list::render_submission_set(&samples::submission_set(), &context),
        list::render_folder(&samples::folder(), &context),
        document,
        warnings,
    ]
}

fn rights() -> Vec<Vec<u8>> {
    let authorisation = Authorisation {
        account: "ps:899700218896".into(),
        name: samples::author().name,
        profession: Profession::parse("G15/10").unwrap(),
        structure: Some(samples::structure()),
        effect: Effect::Deny,
        since: samples::moment("2026-06-12"),
        last_action: samples::moment("2026-06-12"),
        until: None,
        medecin_traitant: false,
        administrator: false,
        recorded_by: String::new(),
    };
    let closure = Closure {
        at: samples::moment("2026"),
        reason: ClosureReason::Death,
        words: "x".into(),
        recorded_by: String::new(),
        destruction_requested_at: None,
    };
    let answer = patient::PatientAnswer {
        id: "p",
        patient: samples::patient(),
        status: &RecordStatus::Closed(closure),
        attached: Some(false),
        medecin_traitant: false,
        authorisation: dmp_core::access::AuthorisationState::Valid,
    };
    vec![patient::render_patient(&answer), consent::render_consent("c", &authorisation, &samples::patient())]
}

fn statements() -> Vec<Vec<u8>> {
    const PARAMETER: operation::OperationParameter =
        operation::OperationParameter { name: "ins", direction: operation::Direction::In, min: 1, max: "1", kind: "Identifier", documentation: "d" };
    let served = capability::ServedResource {
        resource_type: "DocumentReference",
        profiles: &["https://p"],
        interactions: &["patch"],
        parameters: &[capability::ServedParameter { name: "status", kind: "token", definition: Some("https://d") }],
        operations: &[capability::ServedOperation { name: "x", definition: "https://x" }],
    };
    let statement = capability::Capability {
        base_url: "https://dmp.example/fhir",
        software: "dmp",
        version: "1",
        date: samples::moment("2026"),
        formats: &["application/fhir+json"],
        patch_formats: &["application/json-patch+json"],
        guides: &["https://g"],
        resources: &[served],
        system_interactions: &["transaction"],
        operations: &[],
        token_url: Some("https://t"),
        authorize_url: None,
    };
    let definition = operation::Operation {
        code: "dmp-open",
        url: "https://o",
        title: "t",
        description: "d",
        affects_state: true,
        resource_types: &["Patient"],
        level: operation::OperationLevel::Type,
        parameters: &[PARAMETER],
    };
    vec![capability::render_capability(&statement), operation::render_operation_definition(&definition, "1")]
}

fn journal() -> Vec<Vec<u8>> {
    let caller = LeafCaller {
        account: "ps:8".into(),
        kind: CallerKind::Professional,
        name: "A".into(),
        profession: Some("G15/10".into()),
        structure: None,
        software: None,
        app: None,
    };
    let leaf = |act, outcome| Leaf {
        at: samples::moment("2026-06-12"),
        chain: Chain::Main,
        caller: caller.clone(),
        act,
        mode: "normal".into(),
        words: Some("raison".into()),
        outcome,
        object: None,
        count: None,
        rules: Vec::new(),
        about: None,
    };
    let context = audit_event::AuditContext { id: "a", patient: samples::patient(), server_url: "https://x", object: Some("DocumentReference/d") };
    let refused = leaf(Act::Consult, Outcome::Refused(Reason::Masked));
    let leaves = Act::ALL.map(|act| leaf(act, Outcome::Done)).into_iter().chain([refused]);
    leaves.map(|leaf| audit_event::render_audit_event(&leaf, &context)).collect()
}

#[test]
fn everything_that_is_rendered_is_made_of_elements_of_fhir_and_goes_to_xml_and_back() {
    for bytes in rendered() {
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let xml = to_xml(&value).unwrap_or_else(|issue| panic!("{issue:?} {value}"));
        assert_eq!(to_json(&xml).unwrap(), value);
    }
}
