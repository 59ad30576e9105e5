//! What is the same thing in several documents, and which documents count.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::document::{Code, system};
use dmp_core::summary::{
    Bounds, Concept, Criticality, DeviceState, Extraction, FactKind, ImagingKind, Input, Knowledge, ProblemState, RiskKind, What, build_within,
};
use summary_support::*;

const ACTIVE: ProblemState = ProblemState::Active;

#[test]
fn a_superseded_an_archived_and_a_deleted_document_give_no_facts() {
    for status in [approved().replace(), approved().archive(), approved().delete()] {
        let old = paper(1, "11488-4", "2026-01-05").says(active("Asthme")).with(|entry| entry.status = status);
        let summary = summary(&[old]);
        assert_eq!(texts(&summary.problems), [""; 0], "{status:?}");
        assert_eq!((summary.documents, summary.problems.knowledge), (0, Knowledge::NoInformation), "{status:?}");
    }
}

#[test]
fn a_document_that_another_one_replaces_is_superseded_even_when_its_status_lags() {
    let old = paper(1, "11488-4", "2026-01-05").says(active("Asthme"));
    let id = old.entry.id;
    let new = paper(2, "11488-4", "2026-01-06").says(active("Bronchite")).with(|entry| entry.replaces = Some(id));
    assert_eq!(texts(&summary(&[old, new]).problems), ["Bronchite"]);
}

#[test]
fn the_same_bytes_twice_are_one_document_with_both_as_sources() {
    let one = paper(1, "11488-4", "2026-01-05").says(active("Asthme"));
    let again = paper(2, "11488-4", "2026-01-05").says(active("Asthme")).with(|entry| entry.content.sha256 = one.entry.content.sha256);
    let summary = summary(&[one, again]);
    assert_eq!((summary.documents, summary.problems.lines.len(), summary.problems.lines[0].sources.len()), (1, 1, 2));
}

#[test]
fn documents_that_wait_or_cannot_be_read_are_counted_apart() {
    let papers = [
        paper(1, "11488-4", "2026-01-05"),
        paper(2, "11488-4", "2026-01-06").unread(),
        paper(3, "11488-4", "2026-01-07").read_as(Extraction::Unreadable),
        paper(4, "11488-4", "2026-01-08").read_as(Extraction::NothingReadable),
    ];
    let summary = summary(&papers);
    assert_eq!((summary.documents, summary.waiting, summary.unreadable), (1, 1, 2));
}

#[test]
fn problems_with_one_icd_code_are_one_and_three_characters_are_not_enough() {
    let summary = summary(&[
        paper(1, "11488-4", "2026-01-05").says(problem(icd("I10", "Hypertension essentielle"), ACTIVE)),
        paper(2, "34112-3", "2026-02-05").says(problem(icd("I10", "HTA"), ACTIVE)),
        paper(3, "34112-3", "2026-03-05").says(problem(icd("E11.9", "Diabète non compliqué"), ACTIVE)),
        paper(4, "34112-3", "2026-03-06").says(problem(icd("E11.2", "Diabète avec atteinte rénale"), ACTIVE)),
        paper(5, "34112-3", "2026-03-07").says(problem(icd("e119", "Diabète"), ACTIVE)),
    ]);
    assert_eq!(texts(&summary.problems), ["Diabète", "Diabète avec atteinte rénale", "HTA"], "newest first");
    assert_eq!(summary.problems.lines.iter().map(|line| line.sources.len()).collect::<Vec<_>>(), [2, 1, 2]);
}

#[test]
fn the_same_words_are_one_problem_unless_their_codes_contradict_each_other() {
    let same = summary(&[
        paper(1, "11488-4", "2026-01-05").says(problem(icd("E11", "Diabète de type 2"), ACTIVE)),
        paper(2, "11488-4", "2026-02-05").says(problem(icd("E11.9", "DIABETE TYPE II"), ACTIVE)),
        paper(3, "11488-4", "2026-03-05").says(active("diabètes de type 2")),
    ]);
    assert_eq!((same.problems.lines.len(), same.problems.lines[0].sources.len()), (1, 3));
    let apart = summary(&[
        paper(1, "11488-4", "2026-01-05").says(problem(icd("E10", "Diabète"), ACTIVE)),
        paper(2, "11488-4", "2026-02-05").says(problem(icd("E11", "Diabète"), ACTIVE)),
        paper(3, "11488-4", "2026-03-05").says(active("Diabète")),
    ]);
    assert_eq!(apart.problems.lines.len(), 3, "words alone do not say which of the two");
}

#[test]
fn the_newest_statement_says_whether_a_problem_is_over() {
    let over = paper(2, "34112-3", "2026-02-05").says(problem(Concept::words("pneumopathie"), ProblemState::Past));
    let papers = [paper(1, "11488-4", "2026-01-05").says(active("Pneumopathie")), over];
    let summary_now = summary(&papers);
    assert_eq!((texts(&summary_now.problems), texts(&summary_now.history)), (vec![], vec!["pneumopathie"]));
    let back = [papers[0].clone(), papers[1].clone(), paper(3, "11488-4", "2026-03-05").says(active("Pneumopathie"))];
    assert_eq!(texts(&summary(&back).problems), ["Pneumopathie"]);
}

#[test]
fn a_suspected_problem_stands_after_the_confirmed_ones_with_its_state() {
    let summary = summary(&[
        paper(1, "11488-4", "2026-01-05").says(active("Asthme")),
        paper(2, "11488-4", "2026-06-05").says(problem(Concept::words("Sarcoïdose"), ProblemState::Suspected)),
    ]);
    assert_eq!(texts(&summary.problems), ["Asthme", "Sarcoïdose"]);
    assert_eq!(summary.problems.lines[1].fact.what, What::Problem { state: ProblemState::Suspected });
}

#[test]
fn a_newer_synthesis_of_the_same_doctor_takes_the_older_ones_place() {
    let old = paper(1, "SYNTH", "2024-01-05").says(active("Lombalgie")).says(active("Asthme")).says(allergy("Pénicilline"));
    let new = paper(2, "SYNTH", "2026-01-05").says(active("Asthme"));
    let summary_now = summary(&[old.clone(), new.clone()]);
    assert_eq!((texts(&summary_now.problems), texts(&summary_now.history)), (vec!["Asthme"], vec!["Lombalgie"]));
    assert_eq!(texts(&summary_now.allergies), ["Pénicilline"], "silence is not enough to end an allergy");
    let other = new.with(|entry| entry.authors = vec![author("899999999999", "Autre cabinet")]);
    assert_eq!(texts(&summary(&[old, other]).problems), ["Asthme", "Lombalgie"], "of another doctor it does not");
}

#[test]
fn a_newer_synthesis_without_a_heading_says_nothing_of_it() {
    let old = paper(1, "SYNTH", "2024-01-05").says(active("Lombalgie"));
    let new = paper(2, "SYNTH", "2026-01-05").says(allergy("Latex"));
    assert_eq!(texts(&summary(&[old, new]).problems), ["Lombalgie"]);
}

#[test]
fn an_allergy_and_its_denial_are_both_shown() {
    let summary = summary(&[
        paper(1, "11488-4", "2020-01-05").says(allergy("Pénicilline")),
        paper(2, "34112-3", "2026-01-05").says(none_known(FactKind::Allergy)),
    ]);
    assert_eq!((texts(&summary.allergies), summary.allergies.denials.len(), summary.allergies.knowledge), (vec!["Pénicilline"], 1, Knowledge::Known));
}

#[test]
fn a_heading_that_only_denials_fill_is_known_to_be_empty() {
    let said = summary(&[paper(1, "11488-4", "2026-01-05").says(none_known(FactKind::Allergy))]);
    assert_eq!((said.allergies.knowledge, said.history.knowledge), (Knowledge::NoneKnown, Knowledge::NoInformation));
    let history = in_section(none_known(FactKind::Problem), "11348-0", "Antécédents médicaux");
    let said = summary(&[paper(1, "11488-4", "2026-01-05").says(history)]);
    assert_eq!((said.problems.knowledge, said.history.knowledge), (Knowledge::NoInformation, Knowledge::NoneKnown));
}

#[test]
fn a_resolved_allergy_is_history_and_the_dangerous_one_comes_first() {
    let severe = fact(
        What::Allergy { reactions: vec![Concept::words("Choc anaphylactique")], criticality: Criticality::High, resolved: false },
        Concept::words("Arachide"),
    );
    let summary = summary(&[
        paper(1, "11488-4", "2019-01-05").says(severe).says(allergy("Œuf")),
        paper(2, "11488-4", "2026-01-05").says(resolved("œufs")).says(allergy("Latex")).says(allergy("arachide")),
    ]);
    assert_eq!(texts(&summary.allergies), ["Arachide", "Latex"], "the statement that warns most gives the words");
    assert_eq!(texts(&summary.history), ["œufs"]);
}

#[test]
fn an_allergy_to_a_substance_is_the_substance() {
    let summary = summary(&[
        paper(1, "11488-4", "2026-01-05").says(allergy("Allergie à la pénicilline")),
        paper(2, "11488-4", "2026-02-05").says(allergy("PENICILLINES")),
        paper(3, "11488-4", "2026-02-06").says(allergy("Intolérance au lactose")),
    ]);
    assert_eq!(summary.allergies.lines.iter().map(|line| line.sources.len()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn the_same_operation_under_a_year_and_a_day_is_one_and_two_days_are_two() {
    let operation = |day: &str| dated(fact(What::Procedure, Concept::words("Appendicectomie")), day, day);
    let one = summary(&[
        paper(1, "11488-4", "2020-01-05").says(operation("2012")),
        paper(2, "34112-3", "2012-05-06").says(operation("2012-05-04")),
        paper(3, "11488-4", "2021-01-05").says(fact(What::Procedure, Concept::words("appendicectomies"))),
    ]);
    assert_eq!((one.procedures.lines.len(), one.procedures.lines[0].sources.len()), (1, 3));
    let two = summary(&[paper(1, "11488-4", "2020-01-05").says(operation("2012")).says(operation("2012-05-04")).says(operation("2012-11-04"))]);
    assert_eq!(two.procedures.lines.len(), 3, "nobody knows which of both the vague one is");
}

#[test]
fn the_same_vaccine_on_the_same_day_is_one() {
    let summary = summary(&[
        paper(1, "87273-9", "2025-05-06").says(vaccination("Boostrixtetra", "2025-05-06")),
        paper(2, "REMB", "2025-07-06").says(vaccination("BOOSTRIXTETRA", "2025-05-06")).says(vaccination("BOOSTRIXTETRA", "2015-05-06")),
    ]);
    assert_eq!(summary.vaccinations.lines.iter().map(|line| line.sources.len()).collect::<Vec<_>>(), [2, 1], "newest first");
}

#[test]
fn a_stay_is_known_by_its_first_day_whatever_the_insurer_calls_it() {
    let stay = |words: &str, to: &str| dated(fact(What::Stay, Concept::words(words)), "2026-03-02", to);
    let summary = summary(&[
        paper(1, "34112-3", "2026-03-09").says(stay("Service de cardiologie", "2026-03-09")),
        paper(2, "REMB", "2026-04-09").says(stay("Insuffisances cardiaques, niveau 2", "2026-03-09")),
    ]);
    assert_eq!((summary.stays.lines.len(), summary.stays.lines[0].sources.len()), (1, 2));
}

#[test]
fn an_imaging_report_and_the_study_that_opens_are_one_line() {
    let imaging = |kind: ImagingKind| {
        let what = What::Imaging { kind, modality: "CT".into(), region: "Thorax".into(), accession: Some("A1".into()), study: None, link: None };
        dated(fact(what, Concept::words("Scanner thoracique")), "2026-03-02", "2026-03-02")
    };
    let summary = summary(&[
        paper(1, "18748-4", "2026-03-02").says(imaging(ImagingKind::Report)),
        paper(2, "IMG-KOS", "2026-03-02").says(imaging(ImagingKind::Study)),
        paper(3, "34112-3", "2026-03-09").says(imaging(ImagingKind::Report)),
    ]);
    assert_eq!(summary.imaging.lines.iter().map(|line| line.sources.len()).collect::<Vec<_>>(), [3]);
}

#[test]
fn devices_in_use_stand_before_those_of_the_past() {
    let device = |state, words: &str| fact(What::Device { state }, Concept::words(words));
    let summary = summary(&[
        paper(1, "11488-4", "2015-01-05").says(device(DeviceState::InUse, "Stimulateur")).says(device(DeviceState::InUse, "Sonde")),
        paper(2, "11488-4", "2026-01-05").says(device(DeviceState::Past, "sonde")).says(device(DeviceState::Delivered, "Canne")),
    ]);
    assert_eq!(texts(&summary.devices), ["Stimulateur", "Canne", "sonde"]);
}

#[test]
fn the_current_pregnancy_stands_first() {
    let pregnancy = |expected: &str, over| fact(What::Pregnancy { expected: Some(on(expected)), over }, Concept::words("Grossesse"));
    let summary = summary(&[
        paper(1, "89233-1", "2020-01-05").says(pregnancy("2020-06-01", false)),
        paper(2, "89233-1", "2026-05-05").says(pregnancy("2026-11-01", false)),
        paper(3, "11488-4", "2026-06-05").says(pregnancy("2022-11-01", true)),
    ]);
    let expected: Vec<_> = summary
        .pregnancies
        .lines
        .iter()
        .map(|line| match &line.fact.what {
            What::Pregnancy { expected, .. } => expected.unwrap().to_iso(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(expected, ["2026-11-01", "2022-11-01", "2020-06-01"]);
}

#[test]
fn relatives_and_risks_are_told_apart_by_what_they_are_said_of() {
    let relative = |relation: &str| fact(What::FamilyHistory { relation: relation.into() }, Concept::words("Infarctus"));
    let summary = summary(&[paper(1, "SYNTH", "2026-01-05")
        .says(relative("Père"))
        .says(relative("mère"))
        .says(relative("père"))
        .says(fact(What::Risk { kind: RiskKind::Lifestyle }, Concept::words("Tabac")))
        .says(fact(What::Risk { kind: RiskKind::Occupational }, Concept::words("tabac")))]);
    assert_eq!((summary.family_history.lines.len(), summary.risks.lines.len()), (2, 2));
}

#[test]
fn a_line_is_new_when_all_its_sources_came_since_the_last_visit() {
    let papers = [
        paper(1, "11488-4", "2026-01-05").says(active("Asthme")),
        paper(2, "11488-4", "2026-06-05").says(active("Asthme")).says(active("Eczéma")),
        paper(3, "11488-4", "2026-06-06").unread(),
    ];
    let after = summary_of(&papers, person(), Some(at("2026-06-01")));
    let new: Vec<_> = after.problems.lines.iter().map(|line| (line.fact.concept.text.as_str(), line.is_new)).collect();
    assert_eq!(new, [("Asthme", false), ("Eczéma", true)]);
    assert_eq!(after.news.documents, [papers[2].entry.id, papers[1].entry.id]);
    let first = summary_of(&papers, person(), None);
    assert!(first.news.documents.is_empty() && first.problems.lines.iter().all(|line| !line.is_new), "at the first visit nothing is news");
}

#[test]
fn what_the_bounds_leave_out_is_counted_and_can_be_asked_for() {
    let mut large = paper(1, "11488-4", "2026-01-05");
    for number in 0..250 {
        large = large.says(active(&format!("Problème numéro {number}")));
    }
    let papers = [large];
    let summary = summary(&papers);
    assert_eq!((summary.problems.lines.len(), summary.left_out), (200, 50));
    let seen = seen(&papers);
    let all = build_within(&Input { now: now(), person: person(), last_visit: None, seen: &seen }, Bounds::ALL);
    assert_eq!((all.problems.lines.len(), all.left_out), (250, 0));
}

#[test]
fn a_record_without_documents_says_that_it_knows_nothing() {
    let summary = summary(&[]);
    assert_eq!((summary.documents, summary.waiting, summary.unreadable, summary.left_out), (0, 0, 0, 0));
    for heading in [&summary.allergies, &summary.problems, &summary.treatments, &summary.vaccinations, &summary.stays, &summary.attention] {
        assert_eq!((heading.knowledge, heading.lines.len()), (Knowledge::NoInformation, 0));
    }
    assert!(summary.results.is_empty() && summary.missing.is_empty());
}

#[test]
fn a_code_of_another_system_joins_what_has_the_same_code_or_words() {
    let snomed = |words: &str| Concept::coded(Code::new("195967001", "2.16.840.1.113883.6.96", words));
    let summary = summary(&[
        paper(1, "11488-4", "2026-01-05").says(problem(snomed("Asthme"), ACTIVE)),
        paper(2, "11488-4", "2026-02-05").says(problem(snomed("Asthma"), ACTIVE)),
        paper(3, "11488-4", "2026-03-05").says(problem(Concept::coded(Code::new("J45", system::CIM_10, "asthme")), ACTIVE)),
    ]);
    assert_eq!((summary.problems.lines.len(), summary.problems.lines[0].sources.len()), (1, 3));
}
