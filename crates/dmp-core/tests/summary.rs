//! What a summary says of people's papers: allergies, problems, treatments, denials, plans, news, bounds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::document::{Code, system};
use dmp_core::summary::{
    AbsenceKind, Bounds, Concept, Criticality, Extraction, Fact, FactKind, Heading, Input, Knowledge, MedicineStage, ProblemState, What, build_within,
};
use summary_support::*;

const LETTER: &str = "11490-0";
const VISIT: &str = "11488-4";
const SYNTHESIS: &str = "SYNTH";
const PRESCRIPTION: &str = "57833-6";
const DISPENSING: &str = "60593-1";
const REIMBURSEMENTS: &str = "REMB";
const SNOMED: &str = "2.16.840.1.113883.6.96";

fn numbers(heading: &Heading) -> Vec<Vec<[u8; 16]>> {
    heading.lines.iter().map(|line| line.sources.iter().map(|source| source.entry.0).collect()).collect()
}

fn denied(of: FactKind, concept: Concept) -> Fact {
    fact(What::Absent { of, how: AbsenceKind::NoneKnown }, concept)
}

// Allergies and denials.

#[test]
fn a_denial_beside_an_allergy_keeps_the_line_and_is_listed() {
    let said = paper(1, VISIT, "2024-01-05").says(allergy("Pénicilline"));
    let denying = paper(2, VISIT, "2026-02-01").says(none_known(FactKind::Allergy));
    let denier = denying.entry.id;
    let summary = summary(&[said, denying]);
    assert_eq!(texts(&summary.allergies), ["Pénicilline"]);
    assert_eq!(summary.allergies.knowledge, Knowledge::Known);
    assert_eq!(summary.allergies.denials.iter().map(|source| source.entry).collect::<Vec<_>>(), [denier]);
}

#[test]
fn a_denial_alone_is_none_known_and_silence_is_no_information() {
    let denied = summary(&[paper(1, VISIT, "2026-02-01").says(none_known(FactKind::Allergy))]);
    assert_eq!(denied.allergies.knowledge, Knowledge::NoneKnown);
    assert_eq!(denied.problems.knowledge, Knowledge::NoInformation, "a denial speaks of its own kind alone");
    let unknown = fact(What::Absent { of: FactKind::Allergy, how: AbsenceKind::NoInformation }, Concept::default());
    let silent = summary(&[paper(1, VISIT, "2026-02-01").says(unknown)]);
    assert_eq!(silent.allergies.knowledge, Knowledge::NoInformation);
    assert!(silent.allergies.denials.is_empty());
}

#[test]
fn a_denial_of_one_thing_denies_no_heading() {
    let one_thing = [
        Code::new("MED-999", "1.2.250.1.213.1.1.4.322", "Urgence chirurgicale"),
        Code::new("I10", system::CIM_10, "Hypertension"),
        Code::new("91936005", SNOMED, "Allergie à la pénicilline"),
        Code::new("429625007", SNOMED, "No known food allergy"),
        Code::new("no-known-food-allergies", "2.16.840.1.113883.5.1150.1", "No known food allergies"),
    ];
    for code in one_thing {
        for of in [FactKind::Allergy, FactKind::Problem, FactKind::Medicine, FactKind::Procedure] {
            let summary = summary(&[paper(1, VISIT, "2026-02-01").says(denied(of, Concept::coded(code.clone())))]);
            for heading in [&summary.allergies, &summary.problems, &summary.treatments, &summary.procedures] {
                assert_eq!(heading.knowledge, Knowledge::NoInformation, "{code:?} of {of:?}");
                assert!(heading.denials.is_empty(), "{code:?} of {of:?}");
            }
        }
    }
}

#[test]
fn a_denial_of_the_whole_kind_denies_the_heading() {
    let whole = [
        Concept::default(),
        Concept::words("Aucune allergie connue"),
        Concept::coded(Code::new("no-known-allergies", "2.16.840.1.113883.5.1150.1", "Pas d'allergie connue")),
        Concept::coded(Code::new("no-known-allergies", "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "No known allergies")),
        Concept::coded(Code::new("716186003", SNOMED, "No known allergy")),
        Concept {
            text: "Aucune".into(),
            codes: vec![Code::new("X", "1.2.3", "Aucune"), Code::new("no-known-allergies", "2.16.840.1.113883.5.1150.1", "")],
        },
    ];
    for concept in whole {
        let summary = summary(&[paper(1, VISIT, "2026-02-01").says(denied(FactKind::Allergy, concept.clone()))]);
        assert_eq!(summary.allergies.knowledge, Knowledge::NoneKnown, "{concept:?}");
    }
}

#[test]
fn a_denial_of_past_illnesses_denies_the_history_and_not_the_active_problems() {
    let denial = in_section(none_known(FactKind::Problem), "11348-0", "Antécédents");
    let summary = summary(&[paper(1, VISIT, "2026-02-01").says(denial)]);
    assert_eq!(summary.history.knowledge, Knowledge::NoneKnown);
    assert_eq!(summary.problems.knowledge, Knowledge::NoInformation);
}

#[test]
fn the_same_allergy_from_three_documents_is_one_line_with_three_sources_newest_first() {
    let papers = [
        paper(1, VISIT, "2024-01-05").says(allergy("Pénicilline")),
        paper(2, LETTER, "2026-01-05").says(allergy("Allergie à la pénicilline")),
        paper(3, VISIT, "2025-01-05").says(allergy("PENICILLINES")),
    ];
    let [first, second, third] = [0, 1, 2].map(|index| papers[index].entry.id.0);
    let summary = summary(&papers);
    assert_eq!(numbers(&summary.allergies), [[second, third, first]]);
    let line = &summary.allergies.lines[0];
    assert_eq!((line.first_seen, line.last_seen), (on("2024-01-05"), on("2026-01-05")));
}

#[test]
fn two_allergies_stay_two_lines_and_the_dangerous_one_comes_first() {
    let severe = fact(What::Allergy { reactions: vec![], criticality: Criticality::High, resolved: false }, Concept::words("Arachide"));
    let papers = [paper(1, VISIT, "2020-01-05").says(severe), paper(2, VISIT, "2026-01-05").says(allergy("Pollen de bouleau"))];
    assert_eq!(texts(&summary(&papers).allergies), ["Arachide", "Pollen de bouleau"]);
}

#[test]
fn a_resolved_allergy_is_history_and_not_shown_as_current() {
    let papers = [paper(1, VISIT, "2020-01-05").says(allergy("Lait de vache")), paper(2, VISIT, "2025-01-05").says(resolved("Lait de vache"))];
    let after = summary(&papers);
    assert!(after.allergies.lines.is_empty());
    assert_eq!(after.allergies.knowledge, Knowledge::NoInformation, "what is over does not say that there is none");
    assert_eq!(texts(&after.history), ["Lait de vache"]);
    let again = paper(3, VISIT, "2026-01-05").says(allergy("Lait de vache"));
    let back = summary(&[papers[0].clone(), papers[1].clone(), again]);
    assert_eq!(texts(&back.allergies), ["Lait de vache"], "a later statement makes it stand again");
    assert!(back.history.lines.is_empty());
}

#[test]
fn a_newer_synthesis_that_is_silent_of_an_allergy_does_not_take_it_away() {
    let papers = [paper(1, SYNTHESIS, "2024-01-05").says(allergy("Pénicilline")), paper(2, SYNTHESIS, "2026-01-05").says(allergy("Latex"))];
    let summary = summary(&papers);
    let mut found = texts(&summary.allergies);
    found.sort_unstable();
    assert_eq!(found, ["Latex", "Pénicilline"]);
}

// Treatments.

fn crestor(stage: MedicineStage, label: &str) -> Fact {
    medicine(stage, label)
}

#[test]
fn a_medicine_prescribed_dispensed_and_reimbursed_is_one_line_with_three_last_dates() {
    let papers = [
        paper(1, PRESCRIPTION, "2026-05-02").says(crestor(MedicineStage::Prescribed, "Crestor 10 mg, comprimé pelliculé")),
        paper(2, DISPENSING, "2026-06-04").says(dated(crestor(MedicineStage::Dispensed, "CRESTOR 10MG CPR 28"), "2026-06-03", "2026-06-03")),
        paper(3, REIMBURSEMENTS, "2026-06-20").says(dated(crestor(MedicineStage::Reimbursed, "CRESTOR 10MG CPR30"), "2026-06-05", "2026-06-05")),
    ];
    let summary = summary(&papers);
    assert_eq!(summary.treatments.lines.len(), 1, "{:?}", texts(&summary.treatments));
    let line = &summary.treatments.lines[0];
    let stages = [MedicineStage::Prescribed, MedicineStage::Dispensed, MedicineStage::Reimbursed];
    assert_eq!(stages.map(|stage| line.last_seen_as(stage)), [Some(on("2026-05-02")), Some(on("2026-06-03")), Some(on("2026-06-05"))]);
    assert_eq!(line.last_seen_as(MedicineStage::Given), None);
}

#[test]
fn brand_and_generic_of_one_substance_are_one_treatment() {
    let rosuvastatine = |words: &str| {
        medicine_with(MedicineStage::Prescribed, Concept::words(words), |medicine| {
            medicine.substances = vec![Concept::words("Rosuvastatine calcique")]
        })
    };
    let papers = [
        paper(1, PRESCRIPTION, "2026-04-02").says(rosuvastatine("CRESTOR 10 mg")),
        paper(2, PRESCRIPTION, "2026-05-02").says(medicine(MedicineStage::Prescribed, "ROSUVASTATINE BIOGARAN 10 mg, comprimé")),
    ];
    assert_eq!(summary(&papers).treatments.lines.len(), 1);
    let atc = |words: &str| Concept { text: words.into(), codes: vec![Code::new("C10AA07", ATC, "rosuvastatine")] };
    let by_code = [
        paper(1, PRESCRIPTION, "2026-04-02").says(medicine_with(MedicineStage::Prescribed, atc("CRESTOR 10 mg"), |_| {})),
        paper(2, PRESCRIPTION, "2026-05-02").says(medicine_with(MedicineStage::Prescribed, atc("SUVREZA"), |_| {})),
    ];
    assert_eq!(summary(&by_code).treatments.lines.len(), 1);
}

#[test]
fn two_medicines_of_one_group_of_three_characters_stay_two() {
    let group = |words: &str| Concept { text: words.into(), codes: vec![Code::new("C10", ATC, "Agents modifiant les lipides")] };
    let papers = [
        paper(1, REIMBURSEMENTS, "2026-06-02").says(dated(
            medicine_with(MedicineStage::Reimbursed, group("CRESTOR"), |_| {}),
            "2026-06-01",
            "2026-06-01",
        )),
        paper(2, REIMBURSEMENTS, "2026-06-03").says(dated(
            medicine_with(MedicineStage::Reimbursed, group("EZETROL"), |_| {}),
            "2026-06-01",
            "2026-06-01",
        )),
    ];
    assert_eq!(summary(&papers).treatments.lines.len(), 2);
}

#[test]
fn two_strengths_are_one_treatment_with_the_latest_dose() {
    let of = |label: &str, dose: &str| medicine_with(MedicineStage::Prescribed, Concept::words(label), |medicine| medicine.dose = dose.into());
    let papers = [
        paper(2, PRESCRIPTION, "2026-05-02").says(of("Crestor 10 mg", "1 comprimé le soir")),
        paper(1, PRESCRIPTION, "2026-03-02").says(of("Crestor 5 mg", "1 comprimé le matin")),
    ];
    let summary = summary(&papers);
    assert_eq!(texts(&summary.treatments), ["Crestor 10 mg"]);
    let What::Medicine(shown) = &summary.treatments.lines[0].fact.what else { panic!("a medicine") };
    assert_eq!(shown.dose, "1 comprimé le soir");
}

fn fetched(days: &[&str]) -> Vec<Paper> {
    let numbered = days.iter().zip(1..);
    numbered
        .map(|(day, number)| paper(number, DISPENSING, day).says(dated(medicine(MedicineStage::Dispensed, "AMLODIPINE 5 mg"), day, day)))
        .collect()
}

#[test]
fn a_single_dispensing_60_days_ago_is_no_current_treatment_and_a_monthly_refill_is() {
    let single = summary(&fetched(&["2026-05-04"]));
    assert!(single.treatments.lines.is_empty());
    assert_eq!(texts(&single.past_treatments), ["AMLODIPINE 5 mg"]);
    let monthly = summary(&fetched(&["2026-03-05", "2026-04-04", "2026-05-04"]));
    assert_eq!(texts(&monthly.treatments), ["AMLODIPINE 5 mg"]);
    assert!(monthly.past_treatments.lines.is_empty());
    let given_up = summary(&fetched(&["2025-01-05", "2025-02-04", "2025-03-04"]));
    assert!(given_up.treatments.lines.is_empty(), "a refill of last year is over");
}

#[test]
fn three_boxes_at_once_last_three_months() {
    let boxes = |quantity: &str| {
        let fetched = medicine_with(MedicineStage::Dispensed, Concept::words("AMLODIPINE 5 mg"), |medicine| medicine.quantity = quantity.into());
        summary(&[paper(1, DISPENSING, "2026-05-04").says(dated(fetched, "2026-05-04", "2026-05-04"))]).treatments.lines.len()
    };
    assert_eq!(boxes("3"), 1);
    assert_eq!(boxes("1 boîte"), 0);
    assert_eq!(boxes("90 comprimés"), 0, "units are no boxes");
}

#[test]
fn a_stop_later_than_the_last_start_moves_the_medicine_to_the_past() {
    let stop = medicine_with(MedicineStage::Stated, Concept::words("Bisoprolol 2,5 mg"), |medicine| medicine.stopped = true);
    let start = |number, day| paper(number, PRESCRIPTION, day).says(medicine(MedicineStage::Prescribed, "Bisoprolol 5 mg"));
    let stopped = paper(2, LETTER, "2026-05-20").says(stop);
    let past = summary(&[start(1, "2026-05-02"), stopped.clone()]);
    assert!(past.treatments.lines.is_empty());
    assert_eq!(past.past_treatments.lines.len(), 1);
    let again = summary(&[start(1, "2026-05-02"), stopped, start(3, "2026-06-01")]);
    assert_eq!(again.treatments.lines.len(), 1, "started again after the stop");
}

#[test]
fn a_prescription_with_an_end_holds_until_it() {
    let until = |end: &str| {
        let papers = [paper(1, PRESCRIPTION, "2026-06-20").says(dated(medicine(MedicineStage::Prescribed, "Amoxicilline 1 g"), "2026-06-20", end))];
        summary(&papers).treatments.lines.len()
    };
    assert_eq!([until("2026-06-27"), until("2026-07-03"), until("2026-07"), until("2026-08-01")], [0, 1, 1, 1]);
}

// Problems.

#[test]
fn a_problem_that_is_past_by_the_newest_statement_is_history() {
    let past = paper(2, VISIT, "2026-02-01").says(problem(Concept::words("Pneumopathie"), ProblemState::Past));
    let papers = [past, paper(1, LETTER, "2025-11-02").says(active("pneumopathies"))];
    let after = summary(&papers);
    assert!(after.problems.lines.is_empty());
    assert_eq!(texts(&after.history), ["Pneumopathie"]);
    assert_eq!(after.history.lines[0].sources.len(), 2);
    let back = paper(3, VISIT, "2026-06-01").says(active("Pneumopathie"));
    assert_eq!(texts(&summary(&[papers[0].clone(), papers[1].clone(), back]).problems), ["Pneumopathie"]);
}

#[test]
fn the_newest_statement_is_that_of_the_latest_day_whatever_the_number_of_its_document() {
    let papers = [
        paper(1, VISIT, "2026-02-01").says(problem(Concept::words("Pneumopathie"), ProblemState::Past)).says(resolved("Latex")),
        paper(2, VISIT, "2025-11-02").says(active("Pneumopathie")).says(allergy("Latex")),
    ];
    let summary = summary(&papers);
    assert!(summary.problems.lines.is_empty() && summary.allergies.lines.is_empty());
    assert_eq!(summary.history.lines.len(), 2);
}

#[test]
fn one_code_is_one_problem_and_three_characters_are_not() {
    let papers = [
        paper(1, VISIT, "2026-01-01").says(problem(icd("E11.9", "Diabète sucré de type 2"), ProblemState::Active)),
        paper(2, VISIT, "2026-02-01").says(problem(icd("E119", "DNID"), ProblemState::Active)),
        paper(3, VISIT, "2026-03-01").says(problem(icd("E11.2", "Néphropathie diabétique"), ProblemState::Active)),
    ];
    assert_eq!(summary(&papers).problems.lines.len(), 2);
    let contradicting = [
        paper(1, VISIT, "2026-01-01").says(problem(icd("E10", "Diabète"), ProblemState::Active)),
        paper(2, VISIT, "2026-02-01").says(problem(icd("E11", "Diabète"), ProblemState::Active)),
    ];
    assert_eq!(summary(&contradicting).problems.lines.len(), 2, "the same words under codes that contradict each other");
}

#[test]
fn suspected_problems_stand_after_confirmed_ones() {
    let papers = [
        paper(1, VISIT, "2026-06-01").says(problem(Concept::words("Sarcoïdose"), ProblemState::Suspected)),
        paper(2, VISIT, "2020-06-01").says(active("Asthme")),
    ];
    assert_eq!(texts(&summary(&papers).problems), ["Asthme", "Sarcoïdose"]);
}

#[test]
fn a_problem_that_a_newer_synthesis_of_the_same_doctor_drops_is_history() {
    let older = paper(1, SYNTHESIS, "2024-01-05").says(active("Lombalgie")).says(active("Asthme"));
    let newer = paper(2, SYNTHESIS, "2026-01-05").says(active("Asthme"));
    let same = summary(&[older.clone(), newer.clone()]);
    assert_eq!((texts(&same.problems), texts(&same.history)), (vec!["Asthme"], vec!["Lombalgie"]));
    let other = newer.with(|entry| entry.authors = vec![author("809999999997", "Autre cabinet")]);
    assert_eq!(summary(&[older, other]).problems.lines.len(), 2, "another doctor's synthesis takes nothing away");
}

// Documents.

#[test]
fn superseded_deleted_and_archived_documents_give_no_fact() {
    let says = |number: u32, words: &str| paper(number, VISIT, "2026-01-05").says(active(words));
    let old = says(1, "Ancien");
    let replaced = old.entry.id;
    let papers = [
        old,
        says(2, "Nouveau").with(|entry| entry.replaces = Some(replaced)),
        says(3, "Périmé").with(|entry| entry.status = approved().replace()),
        says(4, "Effacé").with(|entry| entry.status = approved().delete()),
        says(5, "Archivé").with(|entry| entry.status = approved().archive()),
    ];
    let summary = summary(&papers);
    assert_eq!(texts(&summary.problems), ["Nouveau"]);
    assert_eq!((summary.documents, summary.waiting, summary.unreadable), (1, 0, 0));
}

#[test]
fn a_deleted_newer_version_does_not_hide_the_older_one() {
    let old = paper(1, VISIT, "2026-01-05").says(active("Ancien"));
    let replaced = old.entry.id;
    let new = paper(2, VISIT, "2026-01-06").says(active("Nouveau")).with(|entry| {
        entry.replaces = Some(replaced);
        entry.status = approved().delete();
    });
    assert_eq!(texts(&summary(&[old, new]).problems), ["Ancien"]);
}

#[test]
fn the_same_bytes_twice_count_once_with_both_as_sources() {
    let one = paper(1, VISIT, "2026-01-05").says(allergy("Latex"));
    let bytes = one.entry.content.sha256;
    let other = paper(2, VISIT, "2026-01-05").says(allergy("Latex")).with(|entry| entry.content.sha256 = bytes);
    let ids = [other.entry.id.0, one.entry.id.0];
    let summary = summary(&[one, other]);
    assert_eq!(summary.documents, 1);
    assert_eq!(numbers(&summary.allergies), [ids]);
}

#[test]
fn documents_that_wait_or_cannot_be_read_are_counted_apart() {
    let papers = [
        paper(1, VISIT, "2026-01-05"),
        paper(2, VISIT, "2026-01-06").unread(),
        paper(3, VISIT, "2026-01-07").read_as(Extraction::Unreadable),
        paper(4, VISIT, "2026-01-08").read_as(Extraction::NothingReadable),
    ];
    let summary = summary(&papers);
    assert_eq!((summary.documents, summary.waiting, summary.unreadable), (1, 1, 2));
}

#[test]
fn an_empty_record_knows_nothing_and_denies_nothing() {
    let summary = summary(&[]);
    let headings = [
        &summary.allergies,
        &summary.problems,
        &summary.history,
        &summary.treatments,
        &summary.past_treatments,
        &summary.vaccinations,
        &summary.procedures,
        &summary.stays,
        &summary.imaging,
        &summary.devices,
        &summary.pregnancies,
        &summary.risks,
        &summary.family_history,
        &summary.directives,
        &summary.plans,
        &summary.contacts,
        &summary.functions,
        &summary.attention,
    ];
    assert!(headings.iter().all(|heading| **heading == Heading { knowledge: Knowledge::NoInformation, lines: vec![], denials: vec![] }));
    assert!(summary.results.is_empty() && summary.missing.is_empty() && summary.news.documents.is_empty());
    assert_eq!((summary.documents, summary.waiting, summary.unreadable, summary.left_out), (0, 0, 0, 0));
    assert!(summary.due.iter().all(|due| due.source.is_none()), "{:?}", summary.due);
}

// Plans.

#[test]
fn an_undated_plan_is_shown_for_twelve_months_from_its_document() {
    let plan = |words: &str| fact(What::Plan, Concept::words(words));
    let papers = [
        paper(1, VISIT, "2022-05-02").says(plan("Échographie cardiaque")),
        paper(2, VISIT, "2025-06-30").says(plan("Scanner thoracique")),
        paper(3, VISIT, "2025-07-03").says(plan("Épreuve d'effort")),
        paper(4, VISIT, "2022-05-02").says(dated(plan("Coloscopie"), "2027-05-01", "2027-05-01")),
    ];
    assert_eq!(texts(&summary(&papers).plans), ["Coloscopie", "Épreuve d'effort"]);
    let renewed = [papers[0].clone(), paper(5, VISIT, "2026-05-02").says(plan("échographie cardiaque"))];
    assert_eq!(summary(&renewed).plans.lines.len(), 1, "a newer document plans it again");
}

// News and bounds.

#[test]
fn what_came_since_the_last_visit_is_new_and_what_was_known_before_is_not() {
    let papers = [
        paper(1, VISIT, "2026-01-05").says(active("Asthme")),
        paper(2, VISIT, "2026-06-10").says(active("Asthme")).says(active("Gastrite")),
        paper(3, VISIT, "2026-06-20"),
    ];
    let summary = summary_of(&papers, person(), Some(at("2026-06-01")));
    let new: Vec<(&str, bool)> = summary.problems.lines.iter().map(|line| (line.fact.concept.text.as_str(), line.is_new)).collect();
    assert!(new.contains(&("Asthme", false)) && new.contains(&("Gastrite", true)), "{new:?}");
    assert_eq!(summary.news.since, Some(at("2026-06-01")));
    assert_eq!(summary.news.documents, [papers[2].entry.id, papers[1].entry.id]);
    let first = summary_of(&papers, person(), None);
    assert!(first.news.documents.is_empty() && first.problems.lines.iter().all(|line| !line.is_new), "nothing is new at a first visit");
}

fn within(papers: &[Paper], bounds: Bounds) -> dmp_core::summary::Summary {
    build_within(&Input { now: now(), person: person(), last_visit: None, seen: &seen(papers) }, bounds)
}

#[test]
fn bounds_count_what_they_leave_out() {
    let mut papers: Vec<Paper> = (1..=7).map(|number| paper(number, VISIT, "2026-01-05").says(allergy("Latex"))).collect();
    papers.push((1..=9).fold(paper(8, VISIT, "2026-01-05"), |paper, number| paper.says(active(&format!("Maladie numéro {number}")))));
    let glucose = |day: u32| result(loinc("2345-7", "Glucose"), "0.9", "g/L", &format!("2026-03-{day:02}"));
    papers.push((1..=6).fold(paper(9, "11502-2", "2026-04-01"), |paper, day| paper.says(glucose(day))));
    papers.push(paper(10, "11502-2", "2026-04-01").says(result(loinc("718-7", "Hémoglobine"), "13", "g/dL", "2026-04-01")));
    let bounds = Bounds { lines: 4, sources: 3, series: 1, points: 2 };
    let bounded = within(&papers, bounds);
    assert_eq!(bounded.problems.lines.len(), 4);
    assert_eq!(bounded.allergies.lines[0].sources.len(), 3);
    assert_eq!(bounded.results.iter().map(|series| series.points.len()).collect::<Vec<_>>(), [1], "haemoglobin is of more weight");
    assert_eq!(bounded.left_out, 5 + 4 + 1);
    let all = within(&papers, Bounds::ALL);
    assert_eq!((all.left_out, all.problems.lines.len(), all.results.len()), (0, 9, 2));
    let points = within(&papers, Bounds { points: 2, ..Bounds::ALL });
    assert_eq!(points.left_out, 4, "points");
    let glucose = points.results.iter().find(|series| series.analyte.text == "Glucose").expect("glucose");
    assert_eq!(glucose.points.iter().map(|point| point.when).collect::<Vec<_>>(), [on("2026-03-05"), on("2026-03-06")], "the newest are kept");
}

#[test]
fn what_is_missing_and_what_falls_due_is_bounded_and_counted_too() {
    let stay = |day: u32| dated(fact(What::Stay, Concept::words("Séjour")), &format!("2025-01-{day:02}"), &format!("2025-01-{day:02}"));
    let plan = |day: u32| dated(fact(What::Plan, Concept::words(format!("Acte {day}"))), &format!("2027-01-{day:02}"), "");
    let papers = [
        (1..=9).fold(paper(1, REIMBURSEMENTS, "2026-01-05"), |paper, day| paper.says(stay(day))),
        (1..=9).fold(paper(2, VISIT, "2026-01-05"), |paper, day| paper.says(plan(day))),
    ];
    let all = within(&papers, Bounds::ALL);
    assert_eq!((all.missing.len(), all.left_out), (9, 0));
    let bounded = within(&papers, Bounds { lines: 4, ..Bounds::ALL });
    assert_eq!((bounded.missing.len(), bounded.due.len()), (4, 4));
    let due_left_out = all.due.len() - 4;
    assert_eq!(bounded.left_out, 5 * 3 + due_left_out, "stays, plans, missing and due");
}

#[test]
fn twenty_thousand_facts_come_to_an_end() {
    let papers: Vec<Paper> = (0..200)
        .map(|number| {
            (0..100).fold(paper(number + 1, VISIT, "2026-01-05"), |paper, index| match index % 5 {
                0 => paper.says(allergy(&format!("Substance {}", index % 7))),
                1 => paper.says(active(&format!("Maladie {number} {index}"))),
                2 => paper.says(dated(medicine(MedicineStage::Dispensed, "AMLODIPINE 5 mg"), "2026-05-04", "2026-05-04")),
                3 => paper.says(result(loinc("2345-7", "Glucose"), &format!("{number}.{index}"), "mmol/L", "2026-05-04")),
                _ => paper.says(dated(fact(What::Stay, Concept::words("Séjour")), "2025-05-04", "2025-05-09")),
            })
        })
        .collect();
    let summary = summary(&papers);
    assert_eq!(summary.documents, 200);
    assert_eq!(summary.problems.lines.len(), Bounds::SHOWN.lines);
    assert!(summary.left_out >= 4_000 - Bounds::SHOWN.lines);
}
