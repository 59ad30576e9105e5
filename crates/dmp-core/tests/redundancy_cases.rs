//! The labelled cases of `fixtures/expected/redundancy`, with the tables of the program. Their rules and sources stand beside them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what went wrong by panicking"
)]

mod common;

use common::{deleted, entry};
use dmp_core::document::{AvailabilityStatus, Code, DocumentEntry, TypeCode, system};
use dmp_core::redundancy::{Evidence, Ordered, Table, Tariffs, check};
use dmp_core::summary::{Concept, Fact, ImagingKind, Observation, ObservationKind, ObservationStatus, Party, Period, Proof, Value, What, When};
use dmp_core::{EntryId, Moment};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    today: String,
    ordered: CaseCode,
    record: Vec<Item>,
    expect: String,
    why: String,
}

#[derive(Deserialize)]
struct CaseCode {
    system: String,
    code: String,
}

#[derive(Deserialize)]
struct Item {
    person: String,
    visible: bool,
    kind: String,
    system: String,
    code: String,
    date: String,
    status: String,
    value: bool,
}

fn oid(word: &str) -> &'static str {
    match word {
        "loinc" => system::LOINC,
        "ccam" => "1.2.250.1.215.300.1",
        "nabm" => "1.2.250.1.213.2.7",
        other => panic!("{other}"),
    }
}

impl Item {
    fn code(&self) -> Code {
        Code::new(self.code.as_str(), oid(&self.system), "")
    }

    fn fact(&self, what: What) -> Fact {
        let period = Period::at(When::from_iso(&self.date).unwrap());
        Fact { what, concept: Concept::coded(self.code()), period, by: Party::default(), proof: Proof::default() }
    }

    fn observed(&self) -> What {
        let status = match self.status.as_str() {
            "final" => ObservationStatus::Final,
            "preliminary" => ObservationStatus::Preliminary,
            _ => ObservationStatus::Cancelled,
        };
        let value = if self.value { Value::Text("1".into()) } else { Value::None };
        let (interpretation, method) = (Vec::new(), String::new());
        What::Observation(Observation { kind: ObservationKind::Result, value, range: None, interpretation, method, status })
    }

    /// A document whose event code names the exam.
    fn document(&self, kind: &str, status: AvailabilityStatus, id: EntryId) -> DocumentEntry {
        let service_start = Moment::parse_fhir(&format!("{}T11:00:00Z", self.date)).unwrap();
        let type_code = TypeCode::parse(kind).unwrap();
        DocumentEntry { id, status, type_code, event_codes: vec![self.code()], service_start, ..entry() }
    }
}

/// What the record holds of an item: facts and documents. A cancelled report or study is a deleted document; a preliminary one says so in a fact of its own.
fn held(item: &Item, id: EntryId) -> (Option<Fact>, Option<DocumentEntry>) {
    let report = if item.system == "ccam" { "18748-4" } else { "11502-2" };
    let study = What::Imaging { kind: ImagingKind::Study, modality: String::new(), region: String::new(), accession: None, study: None, link: None };
    match (item.kind.as_str(), item.status.as_str()) {
        ("observation", _) => (Some(item.fact(item.observed())), None),
        ("reimbursed_act", _) => (Some(item.fact(What::Act)), None),
        ("study", "final") => (Some(item.fact(study)), None),
        ("report", "final") => (None, Some(item.document(report, AvailabilityStatus::deposited(), id))),
        (_, "preliminary") => (Some(item.fact(item.observed())), Some(item.document(report, AvailabilityStatus::deposited(), id))),
        ("report", _) => (None, Some(item.document(report, deleted(), id))),
        ("study", _) => (None, Some(item.document("IMG-KOS", deleted(), id))),
        (other, _) => panic!("{other}"),
    }
}

/// Whether there is a card.
fn card(case: &Case) -> bool {
    let of_the_record = case.record.iter().zip(1_u8..).filter(|(item, _)| item.person == "self" && item.visible);
    let held: Vec<_> = of_the_record.map(|(item, number)| (item.kind.as_str(), EntryId([number; 16]), held(item, EntryId([number; 16])))).collect();
    let evidence = held
        .iter()
        .filter_map(|(kind, entry, (fact, _))| Some(Evidence { entry: *entry, fact: fact.as_ref()?, is_reimbursement: *kind == "reimbursed_act" }));
    let documents = held.iter().filter_map(|(_, _, (_, document))| document.as_ref());
    let ordered = Ordered { system: oid(&case.ordered.system).into(), code: case.ordered.code.clone() };
    let now = Moment::parse_fhir(&format!("{}T09:00:00Z", case.today)).unwrap();
    check(Table::built_in(), Tariffs::built_in(), &ordered, evidence, documents, now).is_some()
}

#[test]
fn the_labelled_cases_are_told_right() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/expected/redundancy/cases.ndjson");
    let text = std::fs::read_to_string(path).expect("the labelled cases");
    let cases: Vec<Case> = text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let (mut right, mut false_cards, mut missed) = (0, 0, 0);
    for case in &cases {
        match (card(case), case.expect == "card") {
            (true, true) => right += 1,
            (false, false) => {}
            (told, _) => {
                *(if told { &mut false_cards } else { &mut missed }) += 1;
                println!("{}: {} expected ({})", case.id, case.expect, case.why);
            }
        }
    }
    let (recall, precision) = (f64::from(right) / f64::from(right + missed), f64::from(right) / f64::from(right + false_cards));
    println!("{} cases: recall {recall:.3}, precision {precision:.3}", cases.len());
    assert_eq!(cases.len(), 300);
    assert!(recall >= 0.98 && precision >= 0.98, "recall {recall:.3}, precision {precision:.3}");
}
