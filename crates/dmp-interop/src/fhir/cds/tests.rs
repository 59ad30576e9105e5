//! Hooks and cards read and written.

use dmp_core::EntryId;
use dmp_core::redundancy::{Exam, Finding, Tariff};
use dmp_core::summary::When;
use serde_json::{Value, json};

use super::*;
use crate::fhir::outcome::Language;

const INSTANCE: &str = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";
const INS: &str = "279035121518989";

fn service_request(id: &str, system: &str, code: &str) -> Value {
    json!({"resource": {"resourceType": "ServiceRequest", "id": id, "status": "draft", "intent": "order",
        "subject": {"reference": "Patient/p1"}, "code": {"coding": [{"system": system, "code": code}]}}})
}

fn select() -> Value {
    json!({
        "hook": "order-select",
        "hookInstance": INSTANCE,
        "fhirServer": "https://logiciel.example/fhir",
        "context": {
            "userId": "PractitionerRole/123",
            "patientId": "p1",
            "encounterId": "e1",
            "selections": ["ServiceRequest/bio"],
            "draftOrders": {"resourceType": "Bundle", "entry": [
                service_request("bio", "https://smt.esante.gouv.fr/terminologie-nabm", "1577"),
                service_request("radio", "urn:oid:1.2.250.1.213.2.5", "ZBQK002"),
                {"resource": {"resourceType": "MedicationRequest", "id": "m1"}},
            ]},
        },
        "prefetch": {"patient": {"resourceType": "Patient", "id": "p1", "identifier": [
            {"system": "https://logiciel.example/ipp", "value": "42"},
            {"system": "urn:oid:1.2.250.1.213.1.4.10", "value": INS},
        ]}},
    })
}

fn changed(pointer: &str, value: Value) -> Value {
    let mut body = select();
    *body.pointer_mut(pointer).expect(pointer) = value;
    body
}

fn without(parent: &str, key: &str) -> Value {
    let mut body = select();
    body.pointer_mut(parent).and_then(Value::as_object_mut).expect(parent).remove(key).expect(key);
    body
}

/// Status, and the code and place of the first finding.
fn fault(body: &Value) -> (u16, String, String) {
    let fault = read_request(Hook::OrderSelect, body).unwrap_err();
    let first = fault.issues().first().cloned().unwrap();
    (fault.status(), first.code, first.path.unwrap_or_default())
}

#[test]
fn only_what_was_selected_is_checked_and_everything_at_signing() {
    let request = read_request(Hook::OrderSelect, &select()).unwrap();
    assert_eq!((request.instance.as_str(), request.user.as_str(), request.patient.as_str()), (INSTANCE, "PractitionerRole/123", "p1"));
    assert_eq!(request.ins.unwrap().matricule(), INS);
    assert_eq!((request.encounter.as_deref(), request.fhir_server.as_deref()), (Some("e1"), Some("https://logiciel.example/fhir")));
    let drafts: Vec<_> = request.drafts.iter().map(|draft| (draft.reference.as_str(), draft.codes[0].code.as_str())).collect();
    assert_eq!(drafts, [("ServiceRequest/bio", "1577")]);
    let mut body = changed("/hook", json!("order-sign"));
    body["context"].as_object_mut().unwrap().remove("selections");
    let request = read_request(Hook::OrderSign, &body).unwrap();
    let drafts: Vec<_> = request.drafts.iter().map(|draft| (draft.codes[0].system.as_str(), draft.codes[0].code.as_str())).collect();
    assert_eq!(drafts, [("https://smt.esante.gouv.fr/terminologie-nabm", "1577"), ("1.2.250.1.213.2.5", "ZBQK002")]);
    for draft in &request.drafts {
        assert!(dmp_core::redundancy::ExamCode::new(&draft.codes[0].system, &draft.codes[0].code).is_some());
    }
}

#[test]
fn a_draft_without_a_code_or_not_to_be_done_is_nothing_to_check() {
    let body = changed("/context/draftOrders/entry/0/resource/code", json!({"text": "Prise de sang"}));
    assert!(read_request(Hook::OrderSelect, &body).unwrap().drafts[0].codes.is_empty());
    let mut body = select();
    body["context"]["draftOrders"]["entry"][0]["resource"]["doNotPerform"] = json!(true);
    assert!(read_request(Hook::OrderSelect, &body).unwrap().drafts.is_empty());
    let body = changed("/context/draftOrders", json!({"resourceType": "Bundle"}));
    assert_eq!(fault(&body).1, "reference-unresolved");
    let versioned = json!("https://logiciel.example/fhir/Patient/p1/_history/2");
    assert!(read_request(Hook::OrderSelect, &changed("/context/draftOrders/entry/0/resource/subject/reference", versioned)).is_ok());
    let none = json!([]);
    assert!(read_request(Hook::OrderSelect, &changed("/context/selections", none)).unwrap().drafts.is_empty());
    let medicine = json!(["MedicationRequest/m1"]);
    assert!(read_request(Hook::OrderSelect, &changed("/context/selections", medicine)).unwrap().drafts.is_empty());
}

#[test]
fn what_the_hook_does_not_send_is_refused_with_its_place() {
    for (body, code, place) in [
        (changed("/hook", json!("order-sign")), "element-value", "$.hook"),
        (without("", "hook"), "element-required", "$.hook"),
        (without("", "hookInstance"), "element-required", "$.hookInstance"),
        (changed("/hookInstance", json!("1")), "element-value", "$.hookInstance"),
        (without("", "context"), "element-required", "$.context.userId"),
        (changed("/context", json!("x")), "element-value", "$.context"),
        (without("/context", "userId"), "element-required", "$.context.userId"),
        (changed("/context/userId", json!("Patient/1")), "element-value", "$.context.userId"),
        (without("/context", "patientId"), "element-required", "$.context.patientId"),
        (without("/context", "selections"), "element-required", "$.context.selections"),
        (without("/context", "draftOrders"), "element-required", "$.context.draftOrders"),
        (changed("/context/draftOrders/resourceType", json!("List")), "element-value", "$.context.draftOrders"),
        (changed("/context/selections", json!(["ServiceRequest/other"])), "reference-unresolved", "$.context.selections[0]"),
        (changed("/context/selections", json!([7])), "element-value", "$.context.selections[0]"),
        (
            changed("/context/draftOrders/entry/0/resource/subject/reference", json!("Patient/p2")),
            "bundle-mixes-patients",
            "$.context.draftOrders.entry[0].resource.subject.reference",
        ),
        (without("/context/draftOrders/entry/0/resource", "id"), "element-required", "$.context.draftOrders.entry[0].resource.id"),
        (changed("/context/draftOrders/entry/1/resource/id", json!("bio")), "element-value", "$.context.draftOrders.entry[1].resource.id"),
        (changed("/prefetch/patient/id", json!("p2")), "element-value", "$.prefetch.patient.id"),
        (json!([]), "element-value", "$"),
    ] {
        assert_eq!(fault(&body), (400, code.to_owned(), place.to_owned()));
    }
    let many = vec![service_request("bio", "http://loinc.org", "1"); 101];
    assert_eq!(fault(&changed("/context/draftOrders/entry", json!(many))).1, "bundle-too-large");
}

#[test]
fn without_the_ins_the_precondition_fails() {
    let place = "prefetch.patient.identifier";
    assert_eq!(fault(&without("/prefetch/patient", "identifier")), (412, "ins-missing".into(), place.into()));
    assert_eq!(fault(&changed("/prefetch/patient/identifier/1/value", json!("279035121518900"))), (412, "ins-key".into(), place.into()));
    for body in [
        without("", "prefetch"),
        changed("/prefetch/patient", Value::Null),
        changed("/prefetch/patient", json!({"resourceType": "OperationOutcome", "issue": []})),
    ] {
        assert!(read_request(Hook::OrderSelect, &body).unwrap().ins.is_none());
    }
    assert_eq!(RequestFault::patient_missing().status(), 412);
}

fn exam(label: &str) -> Exam {
    Exam {
        exam: "hba1c".into(),
        label_fr: label.into(),
        label_en: "Glycated haemoglobin (HbA1c)".into(),
        days: 84,
        basis: "L'HbA1c reflète *trois* mois <b>environ</b>.".into(),
        source: "HAS, 2010".into(),
        valid_from: When::day(2010, 1, 1),
        codes: Vec::new(),
    }
}

fn cards(label: &str, when: When, days: u32, language: Language) -> Value {
    let (exam, tariff) = (exam(label), tariff());
    let finding = Finding { exam: &exam, last: when, days, entry: EntryId([1; 16]), tariff: Some(&tariff) };
    let content = CardContent {
        uuid: INSTANCE,
        suggestion: "11111111-2222-4333-8444-555555555555",
        draft: "ServiceRequest/bio",
        finding: &finding,
        document_url: "https://dmp.example/pro/documents/sealed",
    };
    serde_json::from_slice(&render_cards(&[content], language)).unwrap()
}

fn tariff() -> Tariff {
    let valid_from = When::day(2024, 1, 15);
    Tariff { exam: "hba1c".into(), cents: 450, low_cents: 358, high_cents: 1205, source: "NABM".into(), valid_from }
}

#[test]
fn a_card_says_what_when_and_why_and_offers_to_withdraw_the_draft() {
    let answer = cards("Hémoglobine glyquée (HbA1c)", When::day(2026, 5, 12), 20, Language::French);
    let card = &answer["cards"][0];
    assert_eq!(card["summary"], "Hémoglobine glyquée (HbA1c) : déjà fait le 12/05/2026, il y a 20 jours.");
    assert_eq!(
        card["detail"],
        "Délai habituel avant de refaire cet examen : 84 jours. L'HbA1c reflète trois mois benviron/b. Source : HAS, 2010. \
         Coût indicatif : 4,50 € (de 3,58 € à 12,05 €)."
    );
    assert_eq!((&card["uuid"], &card["indicator"], &card["selectionBehavior"]), (&json!(INSTANCE), &json!("warning"), &json!("any")));
    assert_eq!(card["source"], json!({"label": "Dossier médical partagé"}));
    let action = &card["suggestions"][0]["actions"][0];
    assert_eq!((&action["type"], &action["resourceId"]), (&json!("delete"), &json!("ServiceRequest/bio")));
    assert_eq!(card["links"][0]["url"], "https://dmp.example/pro/documents/sealed");
    assert_eq!(card["links"][0]["type"], "absolute");
    assert_eq!(card["overrideReasons"].as_array().map(Vec::len), Some(OVERRIDE_REASONS.len()));
    assert!(card["overrideReasons"].as_array().unwrap().iter().all(|reason| reason["display"].is_string() && reason["system"] == REASON_SYSTEM));
    let english = cards("", When::from_iso("2026-05").unwrap(), 1, Language::English);
    assert_eq!(english["cards"][0]["summary"], "Glycated haemoglobin (HbA1c): already done in May 2026, one day ago.");
    assert_eq!(serde_json::from_slice::<Value>(&render_cards(&[], Language::French)).unwrap(), json!({"cards": []}));
}

#[test]
fn a_summary_stays_short_and_keeps_its_date() {
    for days in [0, 1, 3649] {
        let answer = cards(&"é".repeat(300), When::day(2016, 12, 31), days, Language::French);
        let summary = answer["cards"][0]["summary"].as_str().unwrap();
        assert!(summary.chars().count() < 140 && summary.contains('…') && summary.contains("déjà fait"), "{summary}");
    }
}

#[test]
fn the_discovery_names_every_service_with_what_it_needs() {
    let document: Value = serde_json::from_slice(&render_discovery(Language::French)).unwrap();
    let services = document["services"].as_array().unwrap();
    let hooks: Vec<_> = services.iter().map(|service| service["hook"].as_str().unwrap()).collect();
    assert_eq!(hooks, ["patient-view", "order-select", "order-sign"]);
    for service in services {
        assert_eq!(Hook::of_service(service["id"].as_str().unwrap()).unwrap().name(), service["hook"]);
        assert_eq!(service["prefetch"]["patient"], "Patient/{{context.patientId}}");
        assert!(service["description"].as_str().is_some_and(|text| !text.is_empty()));
    }
    assert_eq!(Hook::of_service("other"), None);
}

#[test]
fn a_patient_who_is_viewed_needs_no_order_and_gets_one_card_that_says_nothing_of_them() {
    let mut body = select();
    body["hook"] = json!("patient-view");
    body["context"] = json!({"userId": "Practitioner/1", "patientId": "p1"});
    let request = read_request(Hook::PatientView, &body).unwrap();
    assert_eq!((request.ins.unwrap().matricule(), request.drafts.len()), (INS, 0));
    for language in [Language::French, Language::English] {
        let card: Value = serde_json::from_slice(&render_open_card(Some((INSTANCE, "https://dmp.example/pro/appel")), language)).unwrap();
        let card = &card["cards"][0];
        assert!(card["summary"].as_str().unwrap().chars().count() < 140);
        assert_eq!((&card["indicator"], &card["links"][0]["type"]), (&json!("info"), &json!("smart")));
        assert_eq!(render_open_card(None, language), br#"{"cards":[]}"#);
    }
}

fn fed(item: &Value) -> Result<Vec<Feedback>, Vec<String>> {
    read_feedback(&json!({"feedback": [item]})).map_err(|issues| issues.into_iter().map(|issue| issue.path.unwrap_or_default()).collect())
}

#[test]
fn feedback_tells_what_was_accepted_and_why_not() {
    let at = "2026-06-01T10:00:00Z";
    let accepted = json!({"card": INSTANCE, "outcome": "accepted", "acceptedSuggestions": [{"id": "s1"}], "outcomeTimestamp": at});
    let read = fed(&accepted).unwrap();
    assert_eq!((read[0].card.as_str(), &read[0].outcome), (INSTANCE, &Outcome::Accepted { suggestions: vec!["s1".into()] }));
    assert_eq!(read[0].at.to_rfc3339(), at);
    for (reason, code) in [
        (json!({"reason": {"system": REASON_SYSTEM, "code": "control"}, "userComment": "Madame X"}), Some("control")),
        (json!({"reason": {"system": "http://other.example", "code": "control"}}), None),
        (json!({"reason": {"system": REASON_SYSTEM, "code": "unknown"}}), None),
        (Value::Null, None),
    ] {
        let item = json!({"card": INSTANCE, "outcome": "overridden", "overrideReason": reason, "outcomeTimestamp": at});
        let read = fed(&item).unwrap();
        let Outcome::Overridden { reason } = &read[0].outcome else { panic!("{read:?}") };
        assert_eq!(reason.map(|reason| reason.code), code);
        assert!(!format!("{read:?}").contains("Madame"));
    }
}

#[test]
fn feedback_that_cannot_be_read_is_refused_with_its_place() {
    let at = "2026-06-01T10:00:00Z";
    let items = [
        (json!({"outcome": "overridden", "outcomeTimestamp": at}), "$.feedback[0].card"),
        (json!({"card": "1", "outcome": "overridden", "outcomeTimestamp": at}), "$.feedback[0].card"),
        (json!({"card": INSTANCE, "outcomeTimestamp": at}), "$.feedback[0].outcome"),
        (json!({"card": INSTANCE, "outcome": "maybe", "outcomeTimestamp": at}), "$.feedback[0].outcome"),
        (json!({"card": INSTANCE, "outcome": "accepted", "outcomeTimestamp": at}), "$.feedback[0].acceptedSuggestions"),
        (json!({"card": INSTANCE, "outcome": "overridden"}), "$.feedback[0].outcomeTimestamp"),
        (json!({"card": INSTANCE, "outcome": "overridden", "outcomeTimestamp": "hier"}), "$.feedback[0].outcomeTimestamp"),
    ];
    for (item, place) in items {
        assert_eq!(fed(&item).unwrap_err(), [place]);
    }
    for body in [json!({}), json!({"feedback": []}), json!({"feedback": {}}), json!(3), json!({"feedback": vec![0; 101]})] {
        assert!(read_feedback(&body).is_err(), "{body}");
    }
}
