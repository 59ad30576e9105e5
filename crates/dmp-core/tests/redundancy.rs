//! No exam twice: what counts as the same exam done lately, and what does not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what went wrong by panicking"
)]

mod common;

use common::{archived, deleted, deprecated, entry};
use dmp_core::document::{Code, DocumentEntry, TypeCode, system};
use dmp_core::redundancy::{Evidence, Finding, Ordered, Table, Tariffs, check};
use dmp_core::summary::{Concept, Fact, ImagingKind, Observation, ObservationKind, ObservationStatus, Party, Period, Proof, Value, What, When};
use dmp_core::{EntryId, Moment};

const NABM: &str = "1.2.250.1.213.2.7";
const TABLE: &str = "exam;label_fr;label_en;days;basis;source;valid_from;codes\n\
    hba1c;Hémoglobine glyquée;Glycated haemoglobin;84;Suivi trimestriel.;Source;2010-01-01;loinc:4548-4 loinc:17856-6 nabm:1577\n\
    mammographie;Mammographie;Mammography;700;Tous les deux ans.;Source;2010-01-01;loinc:24606-6 ccam:QEQK001\n\
    futur;Futur;Future;84;Plus tard.;Source;2030-01-01;nabm:9999\n";
const TARIFFS: &str = "exam;cents;low_cents;high_cents;source;valid_from\nhba1c;450;358;550;Source;2024-01-15\n";

/// Noon in Paris on 1 June 2026.
fn now() -> Moment {
    Moment::parse_fhir("2026-06-01T10:00:00Z").unwrap()
}

fn day(text: &str) -> When {
    When::from_iso(text).unwrap()
}

fn fact(what: What, code: Code, when: &str) -> Fact {
    Fact { what, concept: Concept::coded(code), period: Period::at(day(when)), by: Party::default(), proof: Proof::default() }
}

fn observed(status: ObservationStatus, value: Value) -> What {
    let (interpretation, method) = (Vec::new(), String::new());
    What::Observation(Observation { kind: ObservationKind::Result, value, range: None, interpretation, method, status })
}

fn seven() -> Value {
    Value::Quantity { comparator: String::new(), number: "7,2".into(), unit: "%".into() }
}

fn hba1c(when: &str) -> Fact {
    fact(observed(ObservationStatus::Final, seven()), Code::new("4548-4", system::LOINC, "HbA1c"), when)
}

fn ask<'t>(tables: &'t (Table, Tariffs), (system, code): (&str, &str), facts: &[Fact], documents: &[DocumentEntry]) -> Option<Finding<'t>> {
    let ordered = Ordered { system: system.into(), code: code.into() };
    let evidence = facts.iter().zip(1..).map(|(fact, number)| Evidence { entry: EntryId([number; 16]), fact, is_reimbursement: false });
    check(&tables.0, &tables.1, &ordered, evidence, documents.iter(), now())
}

fn tables() -> (Table, Tariffs) {
    (Table::parse(TABLE).unwrap(), Tariffs::parse(TARIFFS).unwrap())
}

fn found(facts: &[Fact], documents: &[DocumentEntry]) -> Option<(u32, EntryId)> {
    ask(&tables(), (NABM, "1577"), facts, documents).map(|finding| (finding.days, finding.entry))
}

fn report(kind: &str, code: Code, start: &str) -> DocumentEntry {
    DocumentEntry { type_code: TypeCode::parse(kind).unwrap(), event_codes: vec![code], service_start: Moment::parse_fhir(start).unwrap(), ..entry() }
}

#[test]
fn the_latest_result_is_told_with_its_interval_its_source_and_its_price() {
    let tables = tables();
    let finding = ask(&tables, (NABM, "1577"), &[hba1c("2026-04-01"), hba1c("2026-05-12T08:30"), hba1c("2026-05-02")], &[]).unwrap();
    assert_eq!((finding.exam.exam.as_str(), finding.exam.days, finding.days, finding.entry), ("hba1c", 84, 20, EntryId([2; 16])));
    assert_eq!(
        (finding.last, finding.exam.source.as_str(), finding.tariff.map(|tariff| tariff.cents)),
        (day("2026-05-12T08:30"), "Source", Some(450))
    );
    for (system, code) in
        [("http://loinc.org", "17856-6"), ("urn:oid:2.16.840.1.113883.6.1", "4548-4"), ("https://smt.esante.gouv.fr/terminologie-nabm", "1577")]
    {
        assert!(ask(&tables, (system, code), &[hba1c("2026-05-12")], &[]).is_some(), "{system}");
    }
}

#[test]
fn the_interval_is_open_at_its_old_end_and_nothing_lies_in_the_future() {
    assert_eq!(found(&[hba1c("2026-03-10")], &[]).map(|found| found.0), Some(83));
    assert_eq!(found(&[hba1c("2026-03-09")], &[]), None);
    assert_eq!(found(&[hba1c("2026-06-01")], &[]).map(|found| found.0), Some(0));
    assert_eq!(found(&[hba1c("2026-06-02")], &[]), None);
    assert_eq!(found(&[hba1c("2026-06-02"), hba1c("2026-05-31")], &[]).map(|found| found.0), Some(1));
    // A date without its day means the first one; without its month too.
    assert_eq!(found(&[hba1c("2026-04")], &[]).map(|found| found.0), Some(61));
    assert_eq!((found(&[hba1c("2026-03")], &[]), found(&[hba1c("2026")], &[])), (None, None));
    let undated = Fact { period: Period::default(), ..hba1c("2026-05-12") };
    assert_eq!(found(&[undated], &[]), None);
}

#[test]
fn only_final_results_with_a_value_and_acts_that_were_done_count() {
    let code = || Code::new("4548-4", system::LOINC, "HbA1c");
    for what in [
        observed(ObservationStatus::Preliminary, seven()),
        observed(ObservationStatus::Cancelled, seven()),
        observed(ObservationStatus::Final, Value::None),
        observed(ObservationStatus::Final, Value::Text(" ".into())),
        What::Plan,
        What::Act,
        What::Attention,
    ] {
        assert_eq!(found(&[fact(what.clone(), code(), "2026-05-12")], &[]), None, "{what:?}");
    }
    let imaging = What::Imaging { kind: ImagingKind::Report, modality: "MG".into(), region: String::new(), accession: None, study: None, link: None };
    let tables = tables();
    for what in [imaging, What::Procedure] {
        let done = fact(what.clone(), Code::new("QEQK001", "1.2.250.1.215.300.1", "Mammographie"), "2025-01-12");
        assert!(ask(&tables, ("http://loinc.org", "24606-6"), &[done], &[]).is_some(), "{what:?}");
    }
}

#[test]
fn what_was_only_paid_is_no_evidence() {
    let (table, tariffs) = tables();
    let ordered = Ordered { system: NABM.into(), code: "1577".into() };
    let fact = hba1c("2026-05-12");
    let evidence = |is_reimbursement| std::iter::once(Evidence { entry: EntryId([1; 16]), fact: &fact, is_reimbursement });
    assert!(check(&table, &tariffs, &ordered, evidence(true), std::iter::empty(), now()).is_none());
    assert!(check(&table, &tariffs, &ordered, evidence(false), std::iter::empty(), now()).is_some());
}

#[test]
fn another_exam_and_one_that_the_table_does_not_have_are_nothing() {
    let tables = tables();
    let facts = [hba1c("2026-05-12")];
    for (system, code) in [("http://loinc.org", "24606-6"), ("http://loinc.org", "1577"), (NABM, "9999"), ("", ""), ("1.2.3", "4548-4"), (NABM, "0")]
    {
        assert!(ask(&tables, (system, code), &facts, &[]).is_none(), "{system} {code}");
    }
}

#[test]
fn a_current_report_that_names_the_exam_counts_and_a_prescription_does_not() {
    let code = || Code::new("1577", NABM, "HbA1c");
    let done = report("11502-2", code(), "2026-05-12T08:00:00Z");
    assert_eq!(found(&[], std::slice::from_ref(&done)), Some((20, done.id)));
    for kind in ["PRESC-BIO", "REMB", "60591-5", "DOCPAT05"] {
        assert_eq!(found(&[], &[report(kind, code(), "2026-05-12T08:00:00Z")]), None, "{kind}");
    }
    for status in [deleted(), archived(), deprecated()] {
        assert_eq!(found(&[], &[DocumentEntry { status, ..done.clone() }]), None, "{status:?}");
    }
    // 23:30 in UTC is the next day in Paris.
    assert_eq!(found(&[], &[report("11502-2", code(), "2026-05-11T23:30:00Z")]).map(|found| found.0), Some(20));
    assert_eq!(found(&[], &[report("11502-2", code(), "2026-06-01T23:30:00Z")]), None);
    assert_eq!(found(&[], &[report("11502-2", Code::new("1104", NABM, "NFS"), "2026-05-12T08:00:00Z")]), None);
}

#[test]
fn a_report_whose_own_facts_name_the_exam_is_judged_by_them() {
    let done = report("11502-2", Code::new("1577", NABM, "HbA1c"), "2026-05-12T08:00:00Z");
    let fact = fact(observed(ObservationStatus::Preliminary, seven()), Code::new("4548-4", system::LOINC, "HbA1c"), "2026-05-12");
    let (table, tariffs) = tables();
    let ordered = Ordered { system: NABM.into(), code: "1577".into() };
    let evidence = |entry| std::iter::once(Evidence { entry, fact: &fact, is_reimbursement: false });
    assert!(check(&table, &tariffs, &ordered, evidence(done.id), std::iter::once(&done), now()).is_none());
    assert!(check(&table, &tariffs, &ordered, evidence(EntryId([9; 16])), std::iter::once(&done), now()).is_some());
}

#[test]
fn today_is_the_day_in_paris() {
    let (table, tariffs) = tables();
    let ordered = Ordered { system: NABM.into(), code: "1577".into() };
    let after_midnight_in_paris = Moment::parse_fhir("2026-05-31T22:30:00Z").unwrap();
    let days = |date: &str| {
        let fact = hba1c(date);
        let evidence = std::iter::once(Evidence { entry: EntryId([1; 16]), fact: &fact, is_reimbursement: false });
        check(&table, &tariffs, &ordered, evidence, std::iter::empty(), after_midnight_in_paris).map(|finding| finding.days)
    };
    assert_eq!((days("2026-06-01"), days("2026-03-10"), days("2026-03-09"), days("2026-06-02")), (Some(0), Some(83), None, None));
}
