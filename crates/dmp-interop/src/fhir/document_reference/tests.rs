//! Tests of document references, received and rendered.

use dmp_core::document::{AuthorKind, AvailabilityStatus, Confidentiality, Visibility};
use serde_json::{Value, json};

use super::*;
use crate::fhir::samples;

fn rendered() -> Value {
    serde_json::from_slice(&render(&samples::entry(), &samples::context())).unwrap()
}

#[test]
fn what_is_rendered_is_a_comprehensive_document_reference() {
    let received = read(&rendered());
    let issues = check_comprehensive(&received);
    assert!(issues.is_empty(), "{issues:#?}");
}

#[test]
fn what_is_rendered_reads_back_as_the_entry() {
    let (entry, received) = (samples::entry(), read(&rendered()));
    assert_eq!(received.unique_id(), Some(entry.unique_id.as_str()));
    assert_eq!(received.type_code().as_ref(), Some(&entry.type_code));
    assert_eq!(received.visibility(), Ok(entry.visibility));
    assert_eq!(received.format_code().as_ref(), Some(&entry.format));
    assert_eq!(received.facility_type().as_ref(), Some(&entry.facility_type));
    assert_eq!(received.practice_setting().as_ref(), Some(&entry.practice_setting));
    assert_eq!(received.event_codes(), entry.event_codes);
    assert_eq!(received.authors.iter().filter_map(ReceivedAuthor::to_author).collect::<Vec<_>>(), entry.authors);
    assert_eq!(received.authenticator.as_ref().and_then(ReceivedAuthor::to_author), entry.legal_authenticator);
    assert_eq!(received.custodian.as_ref().and_then(ReceivedOrganization::to_structure), entry.custodian);
    assert_eq!(received.source_patient.as_ref().map(ReceivedSourcePatient::to_source_patient), Some(entry.source_patient));
    assert_eq!(received.references(), entry.references);
    assert_eq!(received.description, entry.comments);
    assert_eq!(received.attachment.title, Some(entry.title));
    assert_eq!(received.period_end.as_ref().and_then(|when| when.moment), entry.service_stop);
    assert_eq!(received.replaces(), Some(&Target::Reference("DocumentReference/sealed-o".into())));
    assert_eq!(received.subject_ins, Some(SubjectIns { oid: samples::OID.into(), value: samples::INS.into() }));
}

#[test]
fn every_kind_of_author_reads_back() {
    let professional = samples::author();
    let plain = dmp_core::document::Author { institution: None, role: None, specialty: None, ..professional.clone() };
    let patient = dmp_core::document::Author { kind: AuthorKind::Patient, id: Some(samples::INS.into()), ..plain.clone() };
    let device = dmp_core::document::Author {
        kind: AuthorKind::Device,
        id: Some("1.2.250.1.999.8".into()),
        name: dmp_core::identity::PersonName::new("", "Automate 3"),
        institution: Some(samples::structure()),
        ..plain.clone()
    };
    let entry = dmp_core::document::DocumentEntry { authors: vec![professional, plain, patient, device], ..samples::entry() };
    let value: Value = serde_json::from_slice(&render(&entry, &samples::context())).unwrap();
    assert_eq!(read(&value).authors.iter().filter_map(ReceivedAuthor::to_author).collect::<Vec<_>>(), entry.authors);
}

#[test]
fn labels_status_and_archive_are_shown() {
    let value = rendered();
    let codes: Vec<&str> = value["securityLabel"].as_array().unwrap().iter().map(|label| label["coding"][0]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["N", "MASQUE_PS"]);
    assert!(value.get("extension").is_none());
    let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { panic!() };
    let archived = dmp_core::document::DocumentEntry { status: approved.archive(), ..samples::entry() };
    let value: Value = serde_json::from_slice(&render(&archived, &samples::context())).unwrap();
    assert_eq!((value["status"].as_str(), value["extension"][0]["valueBoolean"].as_bool()), (Some("current"), Some(true)));
    assert_eq!(read(&value).is_archived, Some(true));
}

/// The sample, changed at one place, and the codes that it then gets.
fn codes_after(pointer: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut value = rendered();
    change(value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")));
    check_comprehensive(&read(&value)).into_iter().map(|issue| issue.code).collect()
}

#[test]
fn each_damage_has_its_finding() {
    for (pointer, damaged, code) in [
        ("/masterIdentifier/value", json!("1.2.3"), "unique-id-format"),
        ("/masterIdentifier/value", json!("urn:oid:1.02.3"), "unique-id-format"),
        ("/masterIdentifier/system", json!("urn:oid:1.2.3"), "unique-id-format"),
        ("/status", json!("superseded"), "element-value"),
        ("/status", json!(5), "element-value"),
        ("/type/coding/0/code", json!("00000-0"), "type-unknown"),
        ("/type/coding/0/system", json!("http://snomed.info/sct"), "type-unknown"),
        ("/category/0/coding/0/code", json!("11"), "class-mismatch"),
        ("/subject", json!({"reference": "Patient/x"}), "ins-missing"),
        ("/subject", json!({"identifier": {"system": "http://hospital", "value": "1"}}), "ins-missing"),
        ("/subject/identifier/system", json!("urn:oid:1.2.3"), "ins-oid-unknown"),
        ("/subject/identifier/value", json!("279035121518988"), "ins-key"),
        ("/subject/identifier/value", json!("2790351215189"), "ins-format"),
        ("/securityLabel/0/coding/0/code", json!("X"), "confidentiality-unknown"),
        ("/securityLabel/0/coding/0/code", json!("INVISIBLE_PATIENT"), "confidentiality-combination"),
        ("/content/0/format/code", json!("urn:x"), "format-unknown"),
        ("/content/0/attachment/language", json!("en-US"), "language-unsupported"),
        ("/content/0/attachment/contentType", json!("application/zip"), "mime-unsupported"),
        ("/content/0/attachment/contentType", json!("application/fhir+json"), "fhir-document-not-supported"),
        ("/content/0/attachment/creation", json!("12/06/2026"), "element-value"),
        ("/content/0/attachment/size", json!("11"), "element-value"),
        ("/context/facilityType/coding/0/code", json!("SA99"), "facility-unknown"),
        ("/context/practiceSetting/coding/0/system", json!("http://snomed.info/sct"), "setting-unknown"),
        ("/context/period/end", json!("2026-06-10"), "element-value"),
        ("/context/sourcePatientInfo/reference", json!("#nobody"), "reference-unresolved"),
        ("/author/0/reference", json!("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"), "reference-unresolved"),
        ("/relatesTo/0/code", json!("appends"), "relates-to-unsupported"),
        ("/relatesTo/0/code", json!("eats"), "element-value"),
    ] {
        assert_eq!(codes_after(pointer, |value| *value = damaged.clone()), [code], "{pointer} = {damaged}");
    }
}

#[test]
fn an_element_that_does_not_exist_is_told_wherever_it_stands() {
    for (parent, name) in [("", "securityLabels"), ("/content/0/attachment", "titel"), ("/contained/0", "nom"), ("/securityLabel/0/coding/0", "Code")]
    {
        assert_eq!(codes_after(parent, |value| value[name] = json!("x")), ["element-unknown"], "{parent}/{name}");
    }
}

#[test]
fn each_required_element_is_missed() {
    for (parent, name, code) in [
        ("", "masterIdentifier", "unique-id-missing"),
        ("", "status", "element-required"),
        ("", "type", "element-required"),
        ("", "category", "element-required"),
        ("", "date", "element-required"),
        ("", "author", "element-required"),
        ("", "securityLabel", "element-required"),
        ("/content/0/attachment", "contentType", "element-required"),
        ("/content/0/attachment", "url", "element-required"),
        ("/content/0/attachment", "size", "element-required"),
        ("/content/0/attachment", "hash", "element-required"),
        ("/content/0/attachment", "title", "element-required"),
        ("/content/0/attachment", "creation", "element-required"),
        ("/content/0", "format", "element-required"),
        ("/context/period", "start", "element-required"),
        ("/context", "facilityType", "element-required"),
        ("/context", "practiceSetting", "element-required"),
        ("/context", "sourcePatientInfo", "element-required"),
    ] {
        let remove = |value: &mut Value| {
            value.as_object_mut().unwrap().remove(name);
            if name == "masterIdentifier" {
                value.as_object_mut().unwrap().remove("identifier");
            }
        };
        assert_eq!(codes_after(parent, remove), [code], "{parent}/{name}");
    }
    assert_eq!(codes_after("", |value| drop(value.as_object_mut().unwrap().remove("subject"))), ["element-required", "ins-missing"]);
}

#[test]
fn a_source_patient_with_another_ins_is_another_person() {
    let other = json!([{"system": format!("urn:oid:{}", samples::OID), "value": "277076322082910"}]);
    let codes = codes_after("/contained", |contained| {
        let patient = contained.as_array_mut().unwrap().iter_mut().find(|one| one["resourceType"] == "Patient").unwrap();
        patient["identifier"] = other;
    });
    assert_eq!(codes, ["source-patient-mismatch"]);
}

#[test]
fn a_cda_document_brings_its_own_metadata() {
    let mut received = read(&json!({
        "resourceType": "DocumentReference", "status": "current",
        "masterIdentifier": {"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.250.1.999.1.9^CR-1"},
        "subject": {"reference": format!("Patient?identifier=urn:oid:{}|{}", samples::OID, samples::INS)},
        "content": [{"attachment": {"contentType": "text/xml", "data": "PENsaW5pY2FsRG9jdW1lbnQvPg=="}}]
    }));
    let bytes = received.attachment.data.clone().unwrap();
    assert_eq!(content_kind(received.attachment.content_type.as_deref(), &bytes), ContentKind::Cda);
    assert!(check_simplified(&received, ContentKind::Cda).is_empty());
    assert_eq!(check_simplified(&received, ContentKind::Other).len(), 5);
    received.attachment.data = None;
    assert_eq!(check_simplified(&received, ContentKind::Cda)[0].code, "content-missing");
}

#[test]
fn declared_size_and_hash_must_be_those_of_the_bytes() {
    let received = read(&rendered());
    assert!(check_bytes(&received, b"12345678901", &[2; 20]).is_empty());
    let codes: Vec<String> = check_bytes(&received, b"123", &[3; 20]).into_iter().map(|issue| issue.code).collect();
    assert_eq!(codes, ["size-mismatch", "hash-mismatch"]);
}

#[test]
fn an_identity_of_the_other_mode_is_refused() {
    let received = read(&rendered());
    assert_eq!(check_mode(&received, dmp_core::Mode::Sandbox), None);
    assert_eq!(check_mode(&received, dmp_core::Mode::Production).unwrap().code, "ins-test-oid-in-production");
}

#[test]
fn nothing_of_a_broken_resource_panics() {
    for value in
        [json!(null), json!([]), json!({"contained": 5, "subject": [], "content": {}, "author": "x", "context": [1]}), json!({"content": [5]})]
    {
        assert!(!check_comprehensive(&read(&value)).is_empty());
    }
    let visibility = Visibility { confidentiality: Confidentiality::Restricted, ..Visibility::default() };
    let entry = dmp_core::document::DocumentEntry { visibility, ..samples::entry() };
    let value: Value = serde_json::from_slice(&render(&entry, &samples::context())).unwrap();
    assert_eq!(value["securityLabel"][0]["coding"][0]["code"], "R");
}
