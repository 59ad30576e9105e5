//! The sentences of `fixtures/law/sentences.jsonl`, written from the law by someone who had not read the
//! rules, against the decision. Both must agree.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what went wrong by panicking"
)]

mod common;

use std::path::Path;

use common::*;
use dmp_core::access::{Act, Attestation, AuthorisationState, Caller, CallerKind, EntryFacts, Facts, Purpose, RecordFacts, RecordState, Relation};
use dmp_core::document::AvailabilityStatus;
use dmp_core::identity::{PersonName, Profession};
use dmp_core::record::Regime;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Sentence {
    id: String,
    basis: String,
    fr: String,
    act: Act,
    caller: Value,
    record: Value,
    entry: Value,
    expect: String,
    /// Why the documents hold otherwise than the sentence expects; also in `docs/deviations.md`.
    note: Option<String>,
}

fn flag(value: &Value, key: &str, default: bool) -> bool {
    value.get(key).map_or(default, |found| found.as_bool().unwrap_or_else(|| panic!("`{key}` is not a boolean")))
}

fn word<'a>(value: &'a Value, key: &str, default: &'a str) -> &'a str {
    value.get(key).map_or(default, |found| found.as_str().unwrap_or_else(|| panic!("`{key}` is not a text")))
}

fn only(value: &Value, known: &[&str]) {
    for key in value.as_object().expect("an object").keys() {
        assert!(known.contains(&key.as_str()), "unknown word `{key}`");
    }
}

fn caller_of(sentence: &Sentence) -> Caller {
    let (value, record) = (&sentence.caller, &sentence.record);
    only(
        value,
        &[
            "kind",
            "named",
            "profession",
            "specialty",
            "supervised",
            "mode",
            "reason",
            "regulating_physician",
            "authorisation",
            "care_team",
            "consent_now",
            "medecin_traitant",
            "administrator",
            "author",
            "secret_connection",
        ],
    );
    let kind: CallerKind = serde_json::from_value(Value::from(word(value, "kind", "professional"))).expect("a kind of caller");
    let is_professional = kind == CallerKind::Professional;
    let attested = Attestation { unable_to_consent: flag(record, "unable_to_consent", false), immediate_risk: flag(record, "immediate_risk", false) };
    let words = if flag(value, "reason", true) { "Personne inconsciente" } else { "" };
    Caller {
        name: flag(value, "named", true).then(|| PersonName::new("Camille", "EXEMPLE")),
        profession: is_professional.then(|| Profession::parse(word(value, "profession", "G15/10")).expect("a profession")),
        specialty: is_professional.then(|| word(value, "specialty", "SM26").to_owned()),
        supervised: flag(value, "supervised", false),
        purpose: match word(value, "mode", "normal") {
            "normal" => Purpose::Normal,
            "bris_de_glace" => Purpose::BreakGlass { reason: words.into(), attested, until: now().plus_seconds(1_800) },
            "centre_15" => Purpose::RegulationCentre,
            other => panic!("unknown mode `{other}`"),
        },
        regulating_physician: flag(value, "regulating_physician", false),
        secret_connection: flag(value, "secret_connection", false),
        consent_now: flag(value, "consent_now", false),
        ..caller(kind)
    }
}

fn record_of(value: &Value) -> RecordFacts {
    only(
        value,
        &[
            "status",
            "regime",
            "team_consent",
            "minor",
            "unable_to_consent",
            "immediate_risk",
            "allow_break_glass",
            "allow_centre_15",
            "masked_in_emergency",
            "occupational_consent",
            "all_masked",
        ],
    );
    RecordFacts {
        state: match word(value, "status", "open") {
            "open" => RecordState::Open,
            "closed" => RecordState::Closed,
            "none" => RecordState::None,
            "suspended" => RecordState::Suspended,
            "deceased" => RecordState::Deceased,
            other => panic!("unknown status `{other}`"),
        },
        regime: match word(value, "regime", "B") {
            "A" => Regime::A,
            "B" => Regime::B,
            other => panic!("unknown regime `{other}`"),
        },
        team_consent: flag(value, "team_consent", true),
        minor: flag(value, "minor", false),
        allow_break_glass: flag(value, "allow_break_glass", true),
        allow_regulation_centre: flag(value, "allow_centre_15", true),
        masked_in_emergency: flag(value, "masked_in_emergency", false),
        occupational_consent: flag(value, "occupational_consent", false),
        all_masked: flag(value, "all_masked", false),
        ..plain_record()
    }
}

fn relation_of(sentence: &Sentence, kind: CallerKind) -> Relation {
    let value = &sentence.caller;
    Relation {
        own_record: matches!(kind, CallerKind::Patient | CallerKind::Representative | CallerKind::Helper),
        authorisation: match word(value, "authorisation", "valid") {
            "valid" => AuthorisationState::Valid,
            "none" => AuthorisationState::None,
            "expired" => AuthorisationState::Expired,
            "forbidden" => AuthorisationState::Forbidden,
            other => panic!("unknown authorisation `{other}`"),
        },
        care_team: flag(value, "care_team", false).then(team),
        medecin_traitant: flag(value, "medecin_traitant", false),
        administrator: flag(value, "administrator", false),
        unable_to_consent: flag(&sentence.record, "unable_to_consent", false),
        immediate_risk: flag(&sentence.record, "immediate_risk", false),
        ..no_relation()
    }
}

fn entry_of(sentence: &Sentence) -> EntryFacts {
    let value = &sentence.entry;
    only(
        value,
        &["type", "masked", "invisible_patient", "days_since_deposit", "announced", "invisible_representatives", "status", "patient_authored"],
    );
    let days = value.get("days_since_deposit").map_or(1, |found| found.as_i64().expect("a number of days"));
    EntryFacts {
        type_code: word(value, "type", "11488-4").to_owned(),
        status: match word(value, "status", "approved") {
            "approved" => AvailabilityStatus::deposited(),
            "archived" => archived(),
            "deprecated" => deprecated(),
            "deleted" => deleted(),
            other => panic!("unknown status `{other}`"),
        },
        masked: flag(value, "masked", false),
        invisible_to_patient: flag(value, "invisible_patient", false),
        invisible_to_representatives: flag(value, "invisible_representatives", false),
        deposited_at: now().plus_days(-days),
        announced: flag(value, "announced", false),
        patient_authored: flag(value, "patient_authored", false),
        written_by_caller: flag(&sentence.caller, "author", false),
    }
}

#[test]
fn the_rules_agree_with_the_sentences() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/law/sentences.jsonl");
    let text = std::fs::read_to_string(path).expect("fixtures/law/sentences.jsonl");
    let sentences: Vec<Sentence> = text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    let mut disagreements = Vec::new();
    for sentence in &sentences {
        let caller = caller_of(sentence);
        let facts = Facts {
            record: record_of(&sentence.record),
            relation: relation_of(sentence, caller.kind),
            entry: Some(entry_of(sentence)),
            ..situation()
        };
        let decision = judge(sentence.act, &caller, &facts);
        let agrees = decision.is_permitted() == (sentence.expect == "permit");
        let settled = sentence.note.as_ref().is_some_and(|note| note.starts_with("Settled: "));
        assert!(!(agrees && settled), "{} agrees: its note is out of date", sentence.id);
        if !agrees && !settled {
            let said = decision.reason().map_or("permit".to_owned(), |reason| format!("{reason:?}"));
            disagreements.push(format!(
                "{} expects {}, the rules say {said} {:?}\n    {}\n    [{}]",
                sentence.id,
                sentence.expect,
                decision.rules(),
                sentence.fr,
                sentence.basis
            ));
        }
    }
    let settled = sentences.iter().filter(|sentence| sentence.note.is_some()).count();
    println!("{} sentences, {} disagreements, {settled} settled otherwise", sentences.len(), disagreements.len());
    assert!(disagreements.is_empty(), "{} of {} sentences disagree:\n{}", disagreements.len(), sentences.len(), disagreements.join("\n"));
    assert!(sentences.len() > 100, "the sentences are missing");
}
