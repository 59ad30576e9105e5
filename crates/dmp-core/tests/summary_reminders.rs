//! Which reports are missing, and which reminders are for whom, at the edges of their days and ages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::document::Code;
use dmp_core::identity::Sex;
use dmp_core::summary::{Concept, Due, Fact, MissingKind, Summary, SummaryPerson, What};
use summary_support::*;

const LETTER: &str = "11490-0";
const REPORT: &str = "11502-2";
const REIMBURSEMENTS: &str = "REMB";

fn reimbursed(fact: Fact) -> Paper {
    paper(1, REIMBURSEMENTS, "2026-07-02").says(fact)
}

fn stay(from: &str, to: &str) -> Fact {
    dated(fact(What::Stay, Concept::words("Hospitalisation")), from, to)
}

fn analyses(day: &str) -> Fact {
    dated(fact(What::Act, Concept { text: "Hémogramme".into(), codes: vec![Code::new("1104", NABM, "Hémogramme")] }), day, day)
}

fn kinds(summary: &Summary) -> Vec<MissingKind> {
    summary.missing.iter().map(|missing| missing.kind).collect()
}

#[test]
fn a_reimbursed_stay_without_a_letter_is_missing_and_shown() {
    let summary = summary(&[reimbursed(stay("2026-03-10", "2026-03-14"))]);
    assert_eq!(kinds(&summary), [MissingKind::Stay]);
    assert_eq!(summary.missing[0].when, on("2026-03-10"));
    assert_eq!(texts(&summary.stays), ["Hospitalisation"]);
}

#[test]
fn a_letter_within_ten_days_of_a_stay_is_its_letter() {
    let missing = |day: &str| summary(&[reimbursed(stay("2026-03-10", "2026-03-14")), paper(2, LETTER, day)]).missing.len();
    assert_eq!(["2026-02-27", "2026-02-28", "2026-03-12", "2026-03-24", "2026-03-25"].map(missing), [1, 0, 0, 0, 1]);
    let holding = paper(2, LETTER, "2026-03-01").stay("2026-02-01", "2026-03-20");
    assert!(summary(&[reimbursed(stay("2026-03-10", "2026-03-14")), holding]).missing.is_empty(), "a letter whose stay holds it");
}

#[test]
fn a_report_of_something_else_and_a_deleted_letter_are_no_letter() {
    let deleted = paper(3, LETTER, "2026-03-12").with(|entry| entry.status = approved().delete());
    assert_eq!(kinds(&summary(&[reimbursed(stay("2026-03-10", "2026-03-14")), paper(2, REPORT, "2026-03-12"), deleted])), [MissingKind::Stay]);
}

#[test]
fn nothing_is_missing_of_the_last_ten_days() {
    let missing = |day: &str| [stay(day, day), analyses(day)].map(|fact| summary(&[reimbursed(fact)]).missing.len());
    assert_eq!(["2026-06-23", "2026-06-22"].map(missing), [[0, 0], [1, 1]]);
}

#[test]
fn reimbursed_analyses_without_a_report_are_missing_and_with_one_are_not() {
    assert_eq!(kinds(&summary(&[reimbursed(analyses("2026-03-10"))])), [MissingKind::Analysis]);
    let missing = |day: &str| summary(&[reimbursed(analyses("2026-03-10")), paper(2, REPORT, day)]).missing.len();
    assert_eq!(["2026-03-06", "2026-03-07", "2026-03-25", "2026-03-26"].map(missing), [1, 0, 0, 1]);
    let quoting = paper(2, LETTER, "2026-05-20").says(result(loinc("718-7", "Hémoglobine"), "13", "g/dL", "2026-03-10"));
    assert!(summary(&[reimbursed(analyses("2026-03-10")), quoting]).missing.is_empty(), "a letter quotes the result");
}

fn due_of(papers: &[Paper], person: SummaryPerson) -> Vec<Due> {
    summary_of(papers, person, None).due
}

fn named<'a>(due: &'a [Due], word: &str) -> Vec<&'a Due> {
    due.iter().filter(|due| due.what.text.contains(word)).collect()
}

#[test]
fn the_booster_of_45_falls_due_on_that_birthday_and_a_recent_one_covers_it() {
    let due = |given: &str, birth: &str| {
        let due = due_of(&[paper(1, "87273-9", given).says(vaccination("REVAXIS (DTP)", given))], born(birth, Sex::Male));
        named(&due, "tétanos").iter().map(|due| (due.by, due.late, due.source.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(due("2006-04-02", "1981-05-20"), [(on("2026-05-20"), true, true)]);
    assert_eq!(due("2006-04-02", "1981-10-20"), [(on("2026-10-20"), false, true)]);
    assert!(due("2023-04-02", "1981-05-20").is_empty(), "given at 41");
    assert!(due("2006-04-02", "1983-10-20").is_empty(), "42 years: nothing for years");
}

#[test]
fn mammography_is_for_women_from_50_to_74_alone() {
    let is_due = |birth: &str, sex| !named(&due_of(&[], born(birth, sex)), "Mammographie").is_empty();
    assert_eq!(["1976-07-04", "1976-07-03", "1951-07-04", "1951-07-03"].map(|birth| is_due(birth, Sex::Female)), [false, true, true, false]);
    assert!(!is_due("1970-07-03", Sex::Male));
    let is_due_after = |day: &str| {
        let done = dated(fact(What::Act, Concept::words("Mammographie bilatérale")), day, day);
        !named(&due_of(&[paper(1, REIMBURSEMENTS, day).says(done)], born("1970-07-03", Sex::Female)), "Mammographie").is_empty()
    };
    assert_eq!(["2023-05-01", "2025-12-01"].map(is_due_after), [true, false]);
}

#[test]
fn the_test_of_stool_is_known_by_its_usual_words() {
    for words in ["Recherche d'hémoglobine dans les selles", "Test immunologique (sang occulte dans les selles)", "Dépistage du cancer colorectal"]
    {
        let done = dated(fact(What::Act, Concept::words(words)), "2026-01-10", "2026-01-10");
        let due = due_of(&[paper(1, REIMBURSEMENTS, "2026-02-01").says(done)], born("1970-07-03", Sex::Male));
        assert!(named(&due, "colorectal").is_empty(), "{words}");
    }
}
