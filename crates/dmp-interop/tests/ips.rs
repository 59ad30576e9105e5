//! The International Patient Summary: what it has to hold, proofs, and bundles kept for a validator (`scenarios/ips-validate.mjs`).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "helpers of tests fail by panicking and say what they skip")]

use std::hash::{DefaultHasher, Hash, Hasher};

use dmp_core::EntryId;
use dmp_core::summary::{Summary, samples};
use dmp_interop::fhir::ips::{Context, Language, bundle, check_required};
use dmp_interop::fhir::json;
use serde_json::Value;

fn make_id(text: &str) -> [u8; 16] {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, text).hash(&mut hasher);
        hasher.finish().to_be_bytes()
    };
    let mut id = [0; 16];
    id[..8].copy_from_slice(&half(0));
    id[8..].copy_from_slice(&half(1));
    id
}

fn document(entry: EntryId) -> String {
    entry.to_hex()
}

fn made(summary: &Summary, language: Language) -> Value {
    let context = Context {
        language,
        now: samples::NOW,
        base: "https://dmp.example/fhir",
        software: ("dmp", "0.1.0"),
        custodian: "Essai",
        document: &document,
        make_id: &make_id,
    };
    bundle(summary, &context)
}

fn section<'a>(bundle: &'a Value, code: &str) -> Option<&'a Value> {
    let sections = bundle["entry"][0]["resource"]["section"].as_array().unwrap();
    sections.iter().find(|section| section["code"]["coding"][0]["code"] == code)
}

fn of_type<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]).filter(|one| one["resourceType"] == kind).collect()
}

#[test]
fn every_sample_has_what_is_required_and_is_the_same_each_time() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("written-ips");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, summary) in samples::every() {
        for language in [Language::French, Language::English] {
            let bundle = made(&summary, language);
            assert_eq!(check_required(&bundle), Vec::<String>::new(), "{name}");
            assert_eq!(bundle, made(&summary, language), "{name}");
            let text = serde_json::to_string_pretty(&bundle).unwrap();
            assert!(json::parse(text.as_bytes(), json::Limits::default()).is_ok(), "{name}");
            std::fs::write(folder.join(format!("{name}-{}.json", language.code())), text).unwrap();
        }
    }
}

#[test]
fn every_line_leads_to_its_document() {
    let bundle = made(&samples::rich(), Language::French);
    let own = ["Composition", "Patient", "Organization"];
    for entry in bundle["entry"].as_array().unwrap() {
        let resource = &entry["resource"];
        let is_author = resource["resourceType"] == "Device" && resource.get("deviceName").is_some();
        if own.contains(&resource["resourceType"].as_str().unwrap()) || is_author {
            continue;
        }
        let source = resource["meta"]["source"].as_str().unwrap();
        assert!(source.starts_with("https://dmp.example/fhir/DocumentReference/"), "{resource}");
        let proof = &resource["extension"][0];
        assert_eq!((proof["url"].as_str(), proof["valueReference"]["reference"].as_str()), (Some("urn:dmp:extension:dmp-source"), Some(source)));
    }
}

#[test]
fn a_treatment_tells_when_it_was_last_prescribed_dispensed_and_reimbursed() {
    let bundle = made(&samples::rich(), Language::French);
    let treatment = of_type(&bundle, "MedicationStatement")[0];
    assert_eq!(treatment["derivedFrom"].as_array().unwrap().len(), 3);
    assert_eq!(treatment["note"][0]["text"], "Prescrit le 2024-05-20 ; Délivré le 2025-05-20 ; Remboursé le 2026-05-20");
    let stages: Vec<&str> =
        treatment["extension"].as_array().unwrap()[3..].iter().map(|one| one["extension"][0]["valueCode"].as_str().unwrap()).collect();
    assert_eq!(stages, ["prescribed", "dispensed", "reimbursed"]);
}

#[test]
fn nothing_known_and_none_known_are_told_apart() {
    let (unknown, none) = (made(&samples::empty(), Language::English), made(&samples::denials(), Language::English));
    for code in ["11450-4", "10160-0"] {
        assert_eq!(section(&unknown, code).unwrap()["emptyReason"]["coding"][0]["code"], "unavailable", "{code}");
        assert!(section(&none, code).unwrap().get("emptyReason").is_none(), "{code}");
    }
    assert_eq!(section(&unknown, "48765-2").unwrap()["title"], "Allergies and Intolerances");
    assert_eq!(of_type(&none, "Condition")[0]["code"]["coding"][0]["code"], "160245001");
    assert_eq!(of_type(&none, "MedicationStatement")[0]["medicationCodeableConcept"]["coding"][0]["code"], "787481004");
    assert!(section(&unknown, "46264-8").is_none() && section(&none, "46264-8").is_some());
    let allergies = section(&none, "48765-2").unwrap();
    assert!(allergies["text"]["div"].as_str().unwrap().contains("Contredit par une source"));
}

#[test]
fn narratives_are_xhtml_whatever_the_words() {
    let bundle = made(&samples::hostile(), Language::French);
    for section in bundle["entry"][0]["resource"]["section"].as_array().unwrap() {
        let div = section["text"]["div"].as_str().unwrap();
        let document = roxmltree::Document::parse(div).unwrap_or_else(|error| panic!("{error}: {div}"));
        assert!(document.descendants().all(|node| node.tag_name().name() != "script"), "{div}");
    }
}

#[test]
fn the_check_finds_what_is_spoiled() {
    let sound = made(&samples::rich(), Language::French);
    let spoil = |change: &dyn Fn(&mut Value)| {
        let mut spoiled = sound.clone();
        change(&mut spoiled);
        check_required(&spoiled).join("; ")
    };
    assert!(spoil(&|bundle| drop(bundle["entry"][0]["resource"]["section"].as_array_mut().unwrap().remove(0))).contains("section 11450-4"));
    assert!(spoil(&|bundle| drop(bundle["entry"].as_array_mut().unwrap().remove(4))).contains("leads nowhere"));
    assert!(spoil(&|bundle| drop(bundle["entry"].as_array_mut().unwrap().remove(0))).contains("no Composition"));
    assert!(spoil(&|bundle| bundle["entry"][0]["resource"]["section"][0]["entry"] = Value::Array(Vec::new())).contains("either entries"));
    assert!(spoil(&|bundle| drop(bundle.as_object_mut().unwrap().remove("timestamp"))).contains("timestamp"));
}
