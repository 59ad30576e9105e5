//! A question and its answer as JSON: there and back, word for word (`scenarios/reference/VOCABULARY.md`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::Moment;
use dmp_core::access::{Act, Answer, Caller, CallerKind, Colleague, Facts, Matrix, RecordState, WrittenAnswer, WrittenQuestion};
use dmp_core::identity::{StructIdNat, Structure};
use dmp_core::record::{ClosureReason, RepresentativeKind};
use serde_json::{Value, json};

/// Everything that can be absent is there.
fn full() -> WrittenQuestion {
    let caller = Caller {
        specialty: Some("SM26".into()),
        structure: Some(Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Hôpital fictif".into() }),
        consent_collected_by: Some(Colleague { account: "ps:801234567897".into() }),
        software: Some("logiciel 1".into()),
        ..break_glass(professional("G15/10"))
    };
    let facts = with(|facts| {
        facts.relation.mandate = Some(mandate(RepresentativeKind::Helper));
        facts.relation.care_team = Some(team());
        facts.record.closure = Some(ClosureReason::Fraud);
        facts.record.closed_at = Some(now());
        facts.record.letter_sent_at = Some(now());
        facts.record.suspended_at = Some(Moment::from_micros(1_783_080_000_123_456));
        facts.other = Some(RecordState::Merged);
    });
    WrittenQuestion { act: Act::Consult, caller, facts, now: now() }
}

/// Everything that can be absent is.
fn bare() -> WrittenQuestion {
    WrittenQuestion {
        act: Act::CreateRecord,
        caller: caller(CallerKind::Automaton),
        facts: Facts::without_record(dmp_core::record::Regime::A),
        now: now(),
    }
}

#[test]
fn a_question_goes_to_json_and_back() {
    for act in Act::ALL {
        for question in [WrittenQuestion { act, ..full() }, WrittenQuestion { act, ..bare() }] {
            let text = serde_json::to_string(&question).unwrap();
            assert_eq!(serde_json::from_str::<WrittenQuestion>(&text).unwrap(), question);
        }
    }
}

#[test]
fn every_kind_of_caller_mode_state_and_status_has_its_word() {
    for kind in kinds() {
        let question = WrittenQuestion { caller: regulating(caller(kind)), ..bare() };
        let text = serde_json::to_string(&question).unwrap();
        assert_eq!(serde_json::from_str::<WrittenQuestion>(&text).unwrap(), question);
    }
    for status in [dmp_core::document::AvailabilityStatus::deposited(), archived(), deprecated(), deleted()] {
        let question = WrittenQuestion { facts: with(about(|entry| entry.status = status)), ..full() };
        let text = serde_json::to_string(&question).unwrap();
        assert_eq!(serde_json::from_str::<WrittenQuestion>(&text).unwrap(), question);
    }
}

#[test]
fn the_words_are_those_of_the_vocabulary() {
    let written = serde_json::to_value(full()).unwrap();
    assert_eq!(written["act"], "consult");
    assert_eq!(written["now"], "2026-07-03T12:00:00Z");
    assert_eq!(written["caller"]["profession"], "G15/10");
    assert_eq!(
        written["caller"]["purpose"],
        json!({"mode": "bris_de_glace", "reason": "Personne inconsciente", "attested": {"unable_to_consent": true, "immediate_risk": true},
               "until": "2026-07-03T12:30:00Z"})
    );
    assert_eq!(written["facts"]["entry"]["status"], "approved");
    assert_eq!(written["facts"]["record"]["regime"], "B");
    assert_eq!(written["facts"]["record"]["closure"], "fraud");
    assert_eq!(written["facts"]["record"]["suspended_at"], "2026-07-03T12:00:00.123456Z");
    assert_eq!(written["facts"]["other"], "merged");
    assert_eq!(
        written["facts"]["relation"]["mandate"],
        json!({"kind": "helper", "scope": "person", "state": "accepted", "from": "2026-03-25T12:00:00Z", "until": null, "answer_by": null})
    );
    assert_eq!(serde_json::to_value(bare()).unwrap()["caller"]["purpose"], json!({"mode": "normal"}));
}

#[test]
fn a_word_that_nobody_knows_is_refused() {
    for (place, word) in [("/facts/relation", "care_teams"), ("/facts/record", "closed"), ("/caller", "consent"), ("/facts/entry", "hidden")] {
        let mut written = serde_json::to_value(full()).unwrap();
        written.pointer_mut(place).unwrap()[word] = Value::Bool(true);
        assert!(serde_json::from_value::<WrittenQuestion>(written).is_err(), "{word}");
    }
}

/// Every field of the JSON form is described, and every act has its line.
#[test]
fn the_vocabulary_tells_every_word() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/reference/VOCABULARY.md");
    let text = std::fs::read_to_string(path).expect("scenarios/reference/VOCABULARY.md");
    let mut words = Vec::new();
    keys(&serde_json::to_value(full()).unwrap(), &mut words);
    words.extend(Act::ALL.map(|act| serde_json::to_value(act).unwrap().as_str().unwrap().to_owned()));
    words.extend(kinds().map(|kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()));
    for word in words {
        assert!(text.contains(&format!("`{word}`")), "`{word}` is not in the vocabulary");
    }
}

fn keys(value: &Value, words: &mut Vec<String>) {
    if let Value::Object(fields) = value {
        for (key, inner) in fields {
            words.push(key.clone());
            keys(inner, words);
        }
    }
}

#[test]
fn an_answer_says_yes_or_no_and_whether_it_conceals() {
    let matrix = Matrix::reconstruction();
    let answer = |question: &WrittenQuestion| question.answer(&matrix);
    let reading = WrittenQuestion { act: Act::Consult, caller: professional("G15/10"), facts: authorised(|_| {}), now: now() };
    assert_eq!(serde_json::to_value(answer(&reading)).unwrap(), json!({"answer": "permit", "concealed": false}));
    let masked = WrittenQuestion { facts: authorised(about(|entry| entry.masked = true)), ..reading.clone() };
    assert_eq!(serde_json::to_value(answer(&masked)).unwrap(), json!({"answer": "forbid", "concealed": true}));
    let stranger = WrittenQuestion { facts: situation(), ..reading };
    assert_eq!(answer(&stranger), WrittenAnswer { answer: Answer::Forbid, concealed: true });
    let list = WrittenQuestion { act: Act::List, facts: with(|facts| facts.entry = None), ..stranger.clone() };
    assert_eq!(answer(&list), WrittenAnswer { answer: Answer::Forbid, concealed: false });
    let author = WrittenQuestion { facts: with(about(|entry| entry.written_by_caller = true)), ..stranger };
    assert_eq!(answer(&author), WrittenAnswer { answer: Answer::Forbid, concealed: false });
}
