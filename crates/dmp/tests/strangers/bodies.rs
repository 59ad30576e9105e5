//! What the strangers send.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::PERSON;
use crate::world::{identifier, national};

pub const MASK: &str = r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#;

pub fn unique(number: u32) -> String {
    format!("urn%3Aoid%3A1.2.250.1.213.1.1.9.993.{number}")
}

pub fn cda(number: u32, title: &str) -> String {
    let ins = dmp_synth::identity(PERSON).unwrap().ins.unwrap();
    let made = dmp_core::Moment::parse_fhir("2026-01-15").unwrap();
    let bytes = dmp_synth::cda_of_size(4_096, &ins, &format!("1.2.250.1.213.1.1.9.993.{number}"), made).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    STANDARD.encode(text.replace("Compte rendu de consultation", title).replace("Ligne de mesure", title))
}

pub fn document(number: u32, title: &str) -> String {
    json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:1.2.250.1.213.1.1.9.993.{number}") },
        "subject": { "identifier": identifier(PERSON) },
        "content": [{ "attachment": { "contentType": "text/xml", "data": cda(number, title) } }],
    })
    .to_string()
}

pub fn cda_parameters() -> String {
    let binary = json!({ "resourceType": "Binary", "contentType": "text/xml", "data": cda(3, "Compte rendu") });
    json!({ "resourceType": "Parameters", "parameter": [{ "name": "document", "resource": binary }] }).to_string()
}

pub fn stay(unit: &str) -> String {
    json!({
        "resourceType": "Encounter",
        "extension": [{ "url": "urn:dmp:extension:dmp-information-patient", "valueBoolean": true }],
        "status": "in-progress",
        "serviceType": { "text": unit },
        "subject": { "identifier": identifier(PERSON) },
    })
    .to_string()
}

pub fn consent() -> String {
    let actor = json!({ "system": "urn:oid:1.2.250.1.71.4.2.1", "value": national("dr-modele") });
    json!({
        "resourceType": "Consent", "status": "active",
        "scope": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy" }] },
        "category": [{ "coding": [{ "system": "http://loinc.org", "code": "57016-8" }] }],
        "patient": { "identifier": identifier(PERSON) },
        "provision": { "type": "permit", "actor": [{
            "role": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP" }] },
            "reference": { "identifier": actor },
        }] },
    })
    .to_string()
}
