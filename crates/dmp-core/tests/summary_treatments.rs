//! Which medicines are one treatment, and which are taken now. Today is 3 July 2026.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use MedicineStage::{Dispensed, Given, Prescribed, Reimbursed, Stated};
use dmp_core::document::Code;
use dmp_core::summary::{Concept, Fact, FactKind, Knowledge, MedicineStage, Summary, What};
use summary_support::*;

fn bought(words: &str, day: &str) -> Fact {
    dated(medicine(Reimbursed, words), day, day)
}

fn of_substance(stage: MedicineStage, words: &str, substances: &[&str]) -> Fact {
    medicine_with(stage, Concept::words(words), |medicine| medicine.substances = substances.iter().map(|one| Concept::words(*one)).collect())
}

fn stop(words: &str) -> Fact {
    medicine_with(Stated, Concept::words(words), |medicine| medicine.stopped = true)
}

fn now_and_then(summary: &Summary) -> (Vec<&str>, Vec<&str>) {
    (texts(&summary.treatments), texts(&summary.past_treatments))
}

#[test]
fn a_medicine_is_one_treatment_over_all_its_stages_and_strengths() {
    let dosed = medicine_with(Prescribed, Concept::words("Crestor 10 mg, comprimé"), |medicine| medicine.dose = "1 le soir".into());
    let summary = summary(&[
        paper(1, "SYNTH", "2026-01-05").says(medicine(Stated, "CRESTOR")),
        paper(2, "57833-6", "2026-05-05").says(dosed),
        paper(3, "REMB", "2026-06-30").says(bought("CRESTOR 5MG CPR9/10", "2026-06-08")),
    ]);
    assert_eq!(texts(&summary.treatments), ["Crestor 10 mg, comprimé"], "the newest dose in words is shown");
    let line = &summary.treatments.lines[0];
    assert_eq!(line.last_seen_as(Stated), Some(on("2026-01-05")));
    assert_eq!(line.last_seen_as(Prescribed), Some(on("2026-05-05")));
    assert_eq!(line.last_seen_as(Reimbursed), Some(on("2026-06-08")), "the day of the line, not of the insurer's document");
    assert_eq!(line.last_seen_as(Given), None);
}

#[test]
fn a_generic_and_its_brand_are_one_and_a_combination_is_another() {
    let summary = summary(&[paper(1, "57833-6", "2026-06-05")
        .says(of_substance(Prescribed, "DOLIPRANE 1000 mg", &["paracétamol"]))
        .says(medicine(Prescribed, "PARACETAMOL BIOGARAN 1 g cp"))
        .says(of_substance(Prescribed, "LAMALINE gél", &["paracétamol", "opium", "caféine"]))
        .says(of_substance(Prescribed, "IXPRIM", &["tramadol", "PARACETAMOL"]))]);
    assert_eq!(summary.treatments.lines.len(), 3);
}

#[test]
fn an_atc_code_joins_names_and_an_atc_group_or_a_code_of_combinations_does_not() {
    let coded = |code: &str, words: &str| Concept { text: words.into(), codes: vec![Code::new(code, ATC, "")] };
    let count = |one: Concept, other: Concept| {
        let papers = [paper(1, "57833-6", "2026-06-05").says(medicine_with(Prescribed, one, |_| {})).says(medicine_with(Prescribed, other, |_| {}))];
        summary(&papers).treatments.lines.len()
    };
    assert_eq!(count(coded("C10AA07", "CRESTOR"), coded("C10AA07", "Rosuvastatine")), 1);
    assert_eq!(count(coded("C10", "CRESTOR"), coded("C10", "TAHOR")), 2);
    assert_eq!(count(coded("C10AA", "CRESTOR"), coded("C10AA", "TAHOR")), 2);
    assert_eq!(count(coded("N02BE51", "ACTIFED RHUME"), coded("N02BE51", "HUMEX RHUME")), 2);
}

#[test]
fn both_lengths_of_a_cip_code_are_one_product() {
    let cip = |code: &str, words: &str| Concept { text: words.into(), codes: vec![Code::new(code, "1.2.250.1.213.2.3.2", "")] };
    let papers = [paper(1, "57833-6", "2026-06-05").says(medicine_with(Prescribed, cip("3400935887559", "Nom un"), |_| {})).says(medicine_with(
        Dispensed,
        cip("3588755", "Nom deux"),
        |_| {},
    ))];
    assert_eq!(summary(&papers).treatments.lines.len(), 1);
}

#[test]
fn an_end_decides_and_a_vague_end_is_over_when_all_of_it_is() {
    for (end, current) in [("2026-07-02", false), ("2026-07-03", true), ("2026-12-31", true), ("2026", true), ("2026-07", true), ("2026-06", false)] {
        let papers = [paper(1, "57833-6", "2026-05-05").says(dated(medicine(Prescribed, "Essaimycine"), "2026-05-05", end))];
        assert_eq!(summary(&papers).treatments.lines.len() == 1, current, "until {end}");
    }
}

#[test]
fn a_prescription_without_an_end_holds_a_year_and_what_a_synthesis_says_holds() {
    let at_days = |day: &str, stage| summary(&[paper(1, "57833-6", day).says(medicine(stage, "Essaimycine"))]).treatments.lines.len();
    assert_eq!((at_days("2025-07-10", Prescribed), at_days("2025-06-10", Prescribed)), (1, 0));
    assert_eq!((at_days("2024-08-10", Stated), at_days("2023-06-10", Stated)), (1, 0));
    let synthesis = summary(&[paper(1, "SYNTH", "2019-01-05").says(medicine(Stated, "Essaimycine"))]);
    assert_eq!(texts(&synthesis.treatments), ["Essaimycine"]);
    let long = medicine_with(Stated, Concept::words("Essaimycine"), |medicine| medicine.long_term = true);
    assert_eq!(texts(&summary(&[paper(1, "34112-3", "2019-01-05").says(long)]).treatments), ["Essaimycine"]);
}

#[test]
fn a_single_box_lasts_45_days_and_a_medicine_fetched_each_month_100() {
    let single = |day: &str| summary(&[paper(1, "REMB", "2026-07-01").says(bought("AMOXI ESSAI", day))]).treatments.lines.len();
    assert_eq!((single("2026-05-19"), single("2026-05-18")), (1, 0));
    let fetched = |last: &str, before: &str| {
        summary(&[paper(1, "REMB", "2026-07-01").says(bought("BISO ESSAI", before)).says(bought("BISO ESSAI", last))]).treatments.lines.len()
    };
    assert_eq!((fetched("2026-03-25", "2026-02-25"), fetched("2026-03-24", "2026-02-24")), (1, 0));
    assert_eq!(fetched("2026-03-25", "2026-03-20"), 0, "twice in a week is no rhythm");
    assert_eq!(fetched("2026-03-25", "2025-06-25"), 0, "nine months apart is no rhythm");
}

#[test]
fn boxes_lengthen_what_a_dispensing_covers_and_units_do_not() {
    let bought = |quantity: &str| {
        let fact = medicine_with(Dispensed, Concept::words("Essaimycine"), |medicine| medicine.quantity = quantity.into());
        summary(&[paper(1, "60593-1", "2026-04-01").says(dated(fact, "2026-04-01", "2026-04-01"))]).treatments.lines.len()
    };
    assert_eq!((bought("1"), bought("3"), bought("3 boîtes"), bought("90"), bought("3 comprimés"), bought("-3")), (0, 1, 1, 0, 0, 0));
}

#[test]
fn a_later_stop_ends_a_treatment_and_a_later_start_begins_it_again() {
    let started = paper(1, "57833-6", "2026-05-05").says(medicine(Prescribed, "Essaimycine"));
    let stopped = paper(2, "34112-3", "2026-06-05").says(stop("ESSAIMYCINE 10 mg"));
    let again = paper(3, "57833-6", "2026-06-20").says(medicine(Prescribed, "Essaimycine"));
    assert_eq!(now_and_then(&summary(&[started.clone(), stopped.clone()])), (vec![], vec!["ESSAIMYCINE 10 mg"]));
    assert_eq!(now_and_then(&summary(&[started.clone(), stopped, again])), (vec!["Essaimycine"], vec![]));
    let changed = paper(4, "34112-3", "2026-06-05").says(stop("Essaimycine 5 mg")).says(medicine(Prescribed, "Essaimycine 10 mg"));
    assert_eq!(texts(&summary(&[started, changed]).treatments).len(), 1, "one document that stops and starts changes the dose");
}

#[test]
fn a_stop_that_lies_ahead_is_no_stop_yet() {
    let ahead = dated(stop("Essaimycine"), "", "2026-08-01");
    let papers = [paper(1, "57833-6", "2026-05-05").says(medicine(Prescribed, "Essaimycine")), paper(2, "34112-3", "2026-06-05").says(ahead)];
    assert_eq!(summary(&papers).treatments.lines.len(), 1);
}

#[test]
fn a_newer_synthesis_without_a_medicine_ends_what_only_the_older_one_says() {
    let old = paper(1, "SYNTH", "2024-01-05").says(medicine(Stated, "Essaimycine")).says(medicine(Stated, "Biso"));
    let new = paper(2, "SYNTH", "2026-01-05").says(medicine(Stated, "Biso"));
    assert_eq!(now_and_then(&summary(&[old, new])), (vec!["Biso"], vec!["Essaimycine"]));
}

#[test]
fn what_was_given_once_in_hospital_is_past() {
    let papers = [paper(1, "80565-5", "2026-06-05").says(dated(medicine(Given, "Morphine"), "2026-06-05", "2026-06-05"))];
    assert_eq!(now_and_then(&summary(&papers)), (vec![], vec!["Morphine"]));
}

#[test]
fn past_treatments_are_the_newest_first_and_a_denial_is_kept_beside_the_lines() {
    let summary = summary(&[
        paper(1, "REMB", "2025-01-05").says(bought("PREMIER", "2024-05-05")).says(bought("SECOND", "2024-12-05")),
        paper(2, "34112-3", "2026-01-05").says(none_known(FactKind::Medicine)),
    ]);
    assert_eq!(texts(&summary.past_treatments), ["SECOND", "PREMIER"]);
    assert_eq!((summary.treatments.knowledge, summary.treatments.denials.len()), (Knowledge::NoneKnown, 1));
}

#[test]
fn the_bound_of_sources_keeps_the_newest_of_each_stage() {
    let mut insurer = paper(1, "REMB", "2026-07-01");
    for month in 1..=6 {
        for day in [3, 17] {
            insurer = insurer.says(bought("BISO ESSAI", &format!("2026-{month:02}-{day:02}")));
        }
    }
    let papers = [paper(2, "SYNTH", "2025-09-05").says(medicine(Stated, "Biso essai")), insurer];
    let summary = summary(&papers);
    let line = &summary.treatments.lines[0];
    assert_eq!((line.sources.len(), summary.left_out), (11, 2), "ten and the one that states it");
    assert_eq!((line.last_seen_as(Stated), line.first_seen), (Some(on("2025-09-05")), on("2025-09-05")));
}

#[test]
fn a_medicine_without_a_name_is_no_other_one() {
    let unnamed = || {
        fact(
            What::Medicine(match medicine(Prescribed, "").what {
                What::Medicine(medicine) => medicine,
                other => panic!("{other:?}"),
            }),
            Concept::default(),
        )
    };
    let papers = [paper(1, "57833-6", "2026-06-05").says(unnamed()).says(unnamed()).says(medicine(Prescribed, "5 mg"))];
    assert_eq!(summary(&papers).treatments.lines.len(), 3);
}
