//! Tests of audit events.

use dmp_core::access::Reason;
use dmp_core::audit::{Chain, LeafObject};
use dmp_core::document::TypeCode;
use serde_json::Value;

use super::*;
use crate::fhir::samples;

fn leaf(act: Act) -> Leaf {
    Leaf {
        at: samples::moment("2026-06-12T10:00:00Z"),
        chain: Chain::Main,
        caller: LeafCaller {
            account: "ps:899700218896".into(),
            kind: CallerKind::Professional,
            name: "Dr Anne EXEMPLE".into(),
            profession: Some("G15/10".into()),
            structure: Some("Cabinet de l'Île".into()),
            software: Some("Logiciel 1.0".into()),
            app: None,
        },
        act,
        mode: "normal".into(),
        words: None,
        outcome: Outcome::Done,
        object: Some(LeafObject { entry: dmp_core::EntryId([7; 16]), type_code: TypeCode::parse("11488-4").unwrap(), title: "Titre".into() }),
        count: None,
        rules: Vec::new(),
        about: None,
    }
}

fn rendered(leaf: &Leaf, object: Option<&str>) -> Value {
    let context = AuditContext { id: "a", patient: samples::patient(), server_url: "https://dmp.example/fhir", object };
    serde_json::from_slice(&render_audit_event(leaf, &context)).unwrap()
}

#[test]
fn every_act_has_its_pattern_and_what_the_pattern_demands() {
    for act in Act::ALL {
        let value = rendered(&leaf(act), Some("DocumentReference/d"));
        let pattern = pattern(act);
        assert!(value["meta"]["profile"][0].as_str().unwrap().ends_with(pattern.profile()), "{act:?}");
        assert_eq!(value["action"], pattern.action());
        assert_eq!(value["outcome"], "0");
        assert_eq!(value["recorded"], "2026-06-12T10:00:00.000Z");
        let agents = value["agent"].as_array().unwrap();
        assert!(agents.len() >= if pattern == Pattern::Consent { 4 } else { 3 }, "{act:?}");
        let users: Vec<&Value> = agents.iter().filter(|agent| agent["requestor"] == true).collect();
        assert_eq!(users.len(), 1);
        assert_eq!(users[0]["who"]["identifier"]["value"], "899700218896");
        let entities = value["entity"].as_array().unwrap();
        assert_eq!(entities.len(), 2);
        assert_eq!(entities[1]["what"]["identifier"]["value"], samples::INS);
        assert_eq!(entities[1]["role"]["code"], "1");
        assert_eq!(entities[0]["detail"][0]["valueString"], act_code(act));
    }
}

#[test]
fn a_reading_says_what_was_read_only_to_who_may_see_it() {
    let shown = rendered(&leaf(Act::Consult), Some("DocumentReference/d"));
    assert_eq!(shown["entity"][0]["what"]["reference"], "DocumentReference/d");
    assert_eq!(shown["entity"][0]["what"]["display"], "Titre");
    let hidden = rendered(&leaf(Act::Consult), None);
    assert!(!hidden.to_string().contains("Titre") && !hidden.to_string().contains("DocumentReference"));
}

#[test]
fn a_refusal_is_outcome_8_and_claims_no_profile() {
    let value = rendered(&Leaf { outcome: Outcome::Refused(Reason::Masked), ..leaf(Act::Consult) }, None);
    assert_eq!((value["outcome"].as_str(), value["outcomeDesc"].as_str()), (Some("8"), Some("access-masked")));
    assert!(value.get("meta").is_none());
}

#[test]
fn break_glass_shows_its_mode_and_reason() {
    let value = rendered(&Leaf { mode: "bris_de_glace".into(), words: Some("inconscient".into()), ..leaf(Act::Consult) }, None);
    let user = value["agent"].as_array().unwrap().iter().find(|agent| agent["requestor"] == true).unwrap();
    assert_eq!(user["purposeOfUse"][0]["coding"][0]["code"], "bris_de_glace");
    assert_eq!(user["purposeOfUse"][0]["text"], "inconscient");
}
