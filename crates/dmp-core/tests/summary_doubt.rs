//! What documents say badly, and must not be read as more or less than it is: denials of one thing, slips of dates, samples, strengths.
//! Today is 3 July 2026.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::document::Code;
use dmp_core::summary::{
    AbsenceKind, Bounds, Concept, Criticality, Fact, FactKind, Input, Knowledge, MedicineStage, ObservationStatus, ProblemState, Range, Summary,
    Trend, What, build_within,
};
use summary_support::*;

fn denied(of: FactKind, words: &str) -> Fact {
    fact(What::Absent { of, how: AbsenceKind::NoneKnown }, Concept::words(words))
}

fn all(papers: &[Paper]) -> Summary {
    build_within(&Input { now: now(), person: person(), last_visit: None, seen: &seen(papers) }, Bounds::ALL)
}

// Denials.

#[test]
fn no_allergy_to_penicillin_is_not_no_known_allergy_and_takes_no_other_allergy_away() {
    for words in ["Pas d'allergie à la pénicilline", "Pénicilline", "Allergie alimentaire", "Aucune allergie médicamenteuse connue"] {
        let denial = || paper(2, "34112-3", "2026-05-05").says(denied(FactKind::Allergy, words));
        let alone = summary(&[denial()]).allergies;
        assert_eq!((alone.knowledge, alone.denials.len()), (Knowledge::NoInformation, 0), "{words}");
        let beside = summary(&[paper(1, "11488-4", "2020-01-05").says(allergy("Arachide")).says(allergy("Pénicilline")), denial()]).allergies;
        assert_eq!((beside.lines.len(), beside.denials.len()), (2, 0), "{words}");
    }
}

#[test]
fn no_known_allergy_beside_an_allergy_shows_the_contradiction_whichever_is_newer() {
    for (said, denied_on) in [("2020-01-05", "2026-05-05"), ("2026-05-05", "2020-01-05")] {
        let papers = [
            paper(1, "11488-4", said).says(allergy("Arachide")),
            paper(2, "34112-3", denied_on).says(denied(FactKind::Allergy, "Aucune allergie connue")),
        ];
        let found = summary(&papers).allergies;
        assert_eq!(found.knowledge, Knowledge::Known, "{said}");
        assert_eq!((found.lines[0].fact.concept.text.as_str(), found.denials[0].entry), ("Arachide", papers[1].entry.id), "{said}");
    }
}

#[test]
fn a_denial_of_a_synthesis_that_a_newer_one_replaced_denies_nothing_any_more() {
    let papers = [paper(1, "SYNTH", "2024-01-05").says(none_known(FactKind::Allergy)), paper(2, "SYNTH", "2026-01-05").says(allergy("Arachide"))];
    assert!(summary(&papers).allergies.denials.is_empty());
}

#[test]
fn the_oldest_document_stays_a_source_when_it_is_the_one_that_warns_of_a_shock() {
    let severe = fact(
        What::Allergy { reactions: vec![Concept::words("Choc anaphylactique")], criticality: Criticality::High, resolved: false },
        Concept::words("Pénicilline"),
    );
    let shock = paper(1, "34112-3", "2005-01-05").says(severe);
    let id = shock.entry.id;
    let mut papers = vec![shock];
    papers.extend((2..20).map(|number| paper(number, "11488-4", "2026-01-05").says(allergy("Pénicilline"))));
    let summary = summary(&papers);
    let line = &summary.allergies.lines[0];
    assert!(matches!(line.fact.what, What::Allergy { criticality: Criticality::High, .. }));
    assert_eq!((line.sources.len(), summary.left_out), (11, 8));
    assert_eq!(line.sources.last().unwrap().entry, id, "who reads of a shock finds where it stands");
}

#[test]
fn of_one_document_that_says_it_twice_the_proof_is_that_of_the_words_shown() {
    let mut mild = allergy("Pénicilline");
    mild.proof.position = 1;
    let mut severe = fact(What::Allergy { reactions: vec![], criticality: Criticality::High, resolved: false }, Concept::words("Pénicilline"));
    severe.proof.position = 2;
    let line = &summary(&[paper(1, "11488-4", "2026-01-05").says(mild).says(severe)]).allergies.lines[0];
    assert_eq!((line.fact.proof.position, line.sources[0].proof.position), (2, 2));
}

// Dates.

#[test]
fn a_protocol_that_runs_for_years_is_no_newer_than_the_day_it_was_made() {
    let protocol = paper(1, "11488-4", "2025-01-05").says(active("Embolie pulmonaire")).with(|entry| entry.service_stop = Some(at("2030-01-05")));
    let visit = paper(2, "11488-4", "2026-02-05").says(problem(Concept::words("Embolie pulmonaire"), ProblemState::Past));
    let summary = summary(&[protocol, visit]);
    assert_eq!((texts(&summary.problems), texts(&summary.history)), (vec![], vec!["Embolie pulmonaire"]));
    assert_eq!(summary.history.lines[0].first_seen, on("2025-01-05"));
}

#[test]
fn a_box_of_the_year_2062_is_a_slip_of_the_pen_and_not_taken_until_then() {
    let slip = dated(medicine(MedicineStage::Dispensed, "AMLODIPINE 5 mg"), "2062-03-05", "2062-03-05");
    let summary = summary(&[paper(1, "60593-1", "2026-03-05").says(slip)]);
    assert_eq!((texts(&summary.treatments), texts(&summary.past_treatments)), (vec![], vec!["AMLODIPINE 5 mg"]));
    assert_eq!(summary.past_treatments.lines[0].last_seen, on("2026-03-05"));
}

#[test]
fn a_value_of_the_year_2062_is_not_the_newest_one() {
    let creatinine = |number: &str, day: &str| result(loinc("2160-0", "Créatinine"), number, "umol/L", day);
    let papers = [
        paper(1, "11502-2", "2024-03-05").says(creatinine("400", "2062-03-05")),
        paper(2, "11502-2", "2026-03-05").says(creatinine("80", "2026-03-05")),
    ];
    let series = &summary(&papers).results[0];
    assert_eq!(series.points.iter().map(|point| point.number.unwrap()).collect::<Vec<_>>(), [400.0, 80.0]);
    assert_eq!((series.points[0].when, series.trend), (on("2024-03-05"), Trend::Falling));
}

#[test]
fn a_result_of_a_day_after_its_sample_and_one_without_a_day_keep_their_place() {
    let value = |number: &str, day: &str| dated(result(loinc("2160-0", "Créatinine"), number, "umol/L", "2026-01-01"), day, "");
    let papers = [
        paper(1, "11502-2", "2026-03-05").says(value("90", "")),
        paper(2, "11502-2", "2026-04-05").says(value("80", "2025")).says(value("85", "2026-02")),
    ];
    let days: Vec<_> = summary(&papers).results[0].points.iter().map(|point| point.when.to_iso()).collect();
    assert_eq!(days, ["2025", "2026-02", "2026-03-05"]);
}

#[test]
fn plans_of_years_ago_are_left_out_counted_and_found_where_everything_is_shown() {
    let plan = |words: &str, day: &str| dated(fact(What::Plan, Concept::words(words)), day, "");
    let papers = [paper(1, "18776-5", "2019-01-05")
        .says(plan("Coloscopie", "2019-06-01"))
        .says(plan("Doppler", "2025-09-01"))
        .says(plan("Échographie", ""))
        .says(plan("Contrôle", "2026-09-01"))];
    let shown = summary(&papers);
    assert_eq!((texts(&shown.plans), shown.left_out), (vec!["Contrôle", "Doppler"], 2));
    assert!(shown.due.iter().all(|due| !["Coloscopie", "Doppler", "Échographie"].contains(&due.what.text.as_str())), "{:?}", shown.due);
    let whole = all(&papers);
    assert_eq!((texts(&whole.plans), whole.left_out), (vec!["Contrôle", "Doppler", "Coloscopie", "Échographie"], 0));
}

#[test]
fn two_stays_without_a_day_are_two_and_take_no_dated_one() {
    let stay = |words: &str| fact(What::Stay, Concept::words(words));
    let dated_stay = dated(stay("Neurologie"), "2024-05-01", "2024-05-03");
    let papers = [paper(1, "SYNTH", "2026-01-05").says(stay("Cardiologie")).says(stay("Chirurgie")).says(dated_stay)];
    let mut found = texts(&summary(&papers).stays).iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    found.sort_unstable();
    assert_eq!(found, ["Cardiologie", "Chirurgie", "Neurologie"]);
}

#[test]
fn a_vaccine_that_was_refused_is_not_the_one_that_was_given() {
    let mut refused = vaccination("Vaxigrip", "2025-10-05");
    refused.period = dmp_core::summary::Period::default();
    if let What::Vaccination { refused, .. } = &mut refused.what {
        *refused = true;
    }
    let papers = [paper(1, "87273-9", "2026-01-05").says(refused), paper(2, "87273-9", "2025-10-05").says(vaccination("Vaxigrip", "2025-10-05"))];
    assert_eq!(summary(&papers).vaccinations.lines.len(), 2);
}

#[test]
fn a_pregnancy_whose_expected_date_was_corrected_is_one_and_the_next_one_is_another() {
    let expected = |day: &str| fact(What::Pregnancy { expected: Some(on(day)), over: false }, Concept::words("Grossesse"));
    let papers = [
        paper(1, "89233-1", "2026-03-05").says(expected("2026-11-08")),
        paper(2, "89233-1", "2026-05-05").says(expected("2026-11-02")),
        paper(3, "89233-1", "2024-05-05").says(expected("2024-11-02")),
    ];
    let found = summary(&papers).pregnancies;
    assert_eq!(found.lines.iter().map(|line| line.sources.len()).collect::<Vec<_>>(), [2, 1]);
    assert!(matches!(found.lines[0].fact.what, What::Pregnancy { expected: Some(day), .. } if day == on("2026-11-02")), "the newest date");
}

// Samples and laboratories.

#[test]
fn the_same_words_said_of_blood_urine_and_spinal_fluid_are_three_series() {
    let coded = |words: &str| Concept { text: words.into(), codes: vec![Code::new("LOCAL-7", "1.2.3.4", words)] };
    for concept in [Concept::words("Protéines"), coded("Protéines"), Concept::words("Glucose"), coded("Glucose")] {
        let of = |section: &str, number: &str| in_section(result(concept.clone(), number, "g/L", "2026-01-05"), "18725-2", section);
        let papers = [paper(1, "11502-2", "2026-01-05").says(of("Biochimie", "70")).says(of("Urines", "0.1")).says(of("LCR", "0.4"))];
        let results = summary(&papers).results;
        assert_eq!(results.iter().map(|series| series.points.len()).collect::<Vec<_>>(), [1, 1, 1], "{concept:?}");
    }
}

#[test]
fn a_loinc_code_is_believed_before_the_code_of_the_laboratory() {
    let two = Concept {
        text: "Analyte rare".into(),
        codes: vec![Code::new("LAB-1", "1.2.3.4", ""), Code::new("99999-9", dmp_core::document::system::LOINC, "")],
    };
    let papers = [
        paper(1, "11502-2", "2026-01-05").says(result(two, "1", "g/L", "2026-01-05")),
        paper(2, "11502-2", "2026-02-05").says(result(loinc("99999-9", "Autre nom"), "2", "g/L", "2026-02-05")),
    ];
    assert_eq!(summary(&papers).results.len(), 1);
}

#[test]
fn each_point_keeps_the_range_of_its_own_laboratory() {
    let potassium = |number: &str, day: &str, low: &str, high: &str| {
        observed(loinc("2823-3", "Potassium"), number, "mmol/L", day, |it| {
            it.range = Some(Range { low: Some(low.into()), high: Some(high.into()), text: String::new() });
        })
    };
    let papers = [
        paper(1, "11502-2", "2026-01-05").says(potassium("5.2", "2026-01-05", "3.5", "5.1")),
        paper(2, "11502-2", "2026-02-05").says(potassium("5.2", "2026-02-05", "3.6", "5.5")),
    ];
    let ranges: Vec<_> = summary(&papers).results[0].points.iter().map(|point| (point.low, point.high)).collect();
    assert_eq!(ranges, [(Some(3.5), Some(5.1)), (Some(3.6), Some(5.5))]);
}

#[test]
fn a_result_that_was_entered_in_error_is_in_no_series_and_does_not_make_a_trend() {
    let glucose = |number: &str, day: &str, status| observed(loinc("2345-7", "Glucose"), number, "g/L", day, |it| it.status = status);
    let papers = [paper(1, "11502-2", "2026-03-05").says(glucose("1.0", "2026-01-05", ObservationStatus::Final)).says(glucose(
        "9.0",
        "2026-03-05",
        ObservationStatus::Cancelled,
    ))];
    let series = &summary(&papers).results[0];
    assert_eq!((series.points.len(), series.trend), (1, Trend::Unknown));
}

// Strengths.

fn prescribed(words: &str) -> Fact {
    medicine(MedicineStage::Prescribed, words)
}

#[test]
fn two_strengths_that_one_prescription_names_together_are_two_treatments() {
    let both = paper(1, "57833-6", "2026-06-05").says(prescribed("LEVOTHYROX 75 µg, comprimé")).says(prescribed("LEVOTHYROX 25 microgrammes"));
    let bought = dated(medicine(MedicineStage::Reimbursed, "LEVOTHYROX 25MCG CPR 30"), "2026-06-08", "2026-06-08");
    let summary = summary(&[both, paper(2, "REMB", "2026-06-20").says(bought)]);
    let mut found: Vec<_> = summary.treatments.lines.iter().map(|line| (line.fact.concept.text.as_str(), line.sources.len())).collect();
    found.sort_unstable();
    assert_eq!(found, [("LEVOTHYROX 25MCG CPR 30", 2), ("LEVOTHYROX 75 µg, comprimé", 1)], "the box goes with its strength");
}

#[test]
fn strengths_that_follow_each_other_are_one_treatment_with_the_newest_words() {
    let papers = [
        paper(1, "57833-6", "2026-03-05").says(prescribed("LEVOTHYROX 50 µg")).says(prescribed("LEVOTHYROX 25 µg")),
        paper(2, "57833-6", "2026-06-05").says(prescribed("LEVOTHYROX 75 µg")),
    ];
    assert_eq!(texts(&summary(&papers).treatments), ["LEVOTHYROX 75 µg"], "the newest prescription names one alone");
}

#[test]
fn one_strength_said_in_two_ways_is_one_and_a_stop_of_another_strength_is_a_change() {
    let same = paper(1, "57833-6", "2026-06-05").says(prescribed("Paracétamol 1 g")).says(prescribed("PARACETAMOL 1 000 mg, comprimé"));
    assert_eq!(summary(&[same]).treatments.lines.len(), 1);
    let stop = medicine_with(MedicineStage::Prescribed, Concept::words("Bisoprolol 2,5 mg"), |medicine| medicine.stopped = true);
    let changed = paper(1, "34112-3", "2026-06-05").says(stop).says(prescribed("Bisoprolol 5 mg"));
    let summary = summary(&[changed]);
    assert_eq!((texts(&summary.treatments), summary.past_treatments.lines.len()), (vec!["Bisoprolol 5 mg"], 0));
}

#[test]
fn a_later_stop_without_a_strength_stops_both() {
    let both = paper(1, "57833-6", "2026-06-05").says(prescribed("LEVOTHYROX 75 µg")).says(prescribed("LEVOTHYROX 25 µg"));
    let stop =
        |words: &str| paper(2, "34112-3", "2026-06-20").says(medicine_with(MedicineStage::Stated, Concept::words(words), |it| it.stopped = true));
    assert_eq!(texts(&summary(&[both.clone(), stop("Levothyrox")]).treatments), [""; 0]);
    assert_eq!(texts(&summary(&[both, stop("Levothyrox 25 microgrammes")]).treatments), ["LEVOTHYROX 75 µg"]);
}
