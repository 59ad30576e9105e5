//! Results over time: what is one series, in which unit, and where it tends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::summary::{Bounds, Concept, Fact, Input, ObservationKind, ObservationStatus, Range, Series, Summary, Trend, Value, build_within};
use summary_support::*;

fn glucose(number: &str, unit: &str, when: &str) -> Fact {
    result(loinc("2345-7", "Glucose"), number, unit, when)
}

fn report(number: u32, fact: Fact) -> Paper {
    paper(number, "11502-2", "2026-06-30").says(fact)
}

fn of(facts: Vec<Fact>) -> Summary {
    summary(&[facts.into_iter().fold(paper(1, "11502-2", "2026-06-30"), Paper::says)])
}

fn one(facts: Vec<Fact>) -> Series {
    let results = of(facts).results;
    assert_eq!(results.len(), 1, "{results:#?}");
    results.into_iter().next().unwrap()
}

fn numbers(series: &Series) -> Vec<f64> {
    series.points.iter().map(|point| (point.number.unwrap() * 1000.0).round() / 1000.0).collect()
}

#[test]
fn laboratories_that_count_in_mass_and_in_moles_give_one_series() {
    let summary = summary(&[
        report(1, glucose("1,05", "g/L", "2024-03-01")),
        report(2, result(loinc("14749-6", "Glucose"), "6.1", "mmol/L", "2025-03-01")),
        report(3, result(Concept::words("Glycémie"), "110", "mg/dL", "2026-03-01")),
    ]);
    let series = &summary.results[0];
    assert_eq!((summary.results.len(), series.unit.as_str(), series.analyte.text.as_str()), (1, "g/L", "Glucose"));
    assert_eq!(numbers(series), [1.05, 1.099, 1.1]);
    assert_eq!(series.points.iter().map(|point| point.converted).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(series.points[1].value, Value::Quantity { comparator: String::new(), number: "6.1".into(), unit: "mmol/L".into() });
}

#[test]
fn a_result_in_two_units_or_in_two_documents_is_one_point() {
    let in_moles = result(loinc("14749-6", "Glucose"), "5.83", "mmol/L", "2026-03-01T08:00");
    let series = one(vec![glucose("1.05", "g/L", "2026-03-01T08:00"), in_moles]);
    assert_eq!((series.points.len(), series.points[0].converted), (1, false), "the one that was not converted stays");
    let quoted = summary(&[
        report(1, glucose("1.05", "g/L", "2026-03-01T08:00")),
        paper(2, "34112-3", "2026-03-09").says(glucose("1,05", "g/L", "2026-03-01")),
    ]);
    assert_eq!((quoted.results[0].points.len(), quoted.results[0].points[0].source.type_code.as_str()), (1, "11502-2"));
    let twice = one(vec![glucose("1.05", "g/L", "2026-03-01T08:00"), glucose("1.05", "g/L", "2026-03-01T20:00")]);
    assert_eq!(twice.points.len(), 2, "two samples of one day");
}

#[test]
fn a_cancelled_result_never_and_a_preliminary_one_until_the_final_one_is_shown() {
    let status = |status, number: &str, when: &str| observed(loinc("2345-7", "Glucose"), number, "g/L", when, |it| it.status = status);
    assert!(of(vec![status(ObservationStatus::Cancelled, "9.9", "2026-03-01")]).results.is_empty());
    let waiting = one(vec![status(ObservationStatus::Preliminary, "1.2", "2026-03-01T08:00")]);
    assert_eq!(numbers(&waiting), [1.2]);
    for (preliminary, last) in [("2026-03-01T08:00", "2026-03-01T08:00"), ("2026-03-01", "2026-03-01T08:00"), ("2026-03-01T08:00", "2026-03-01")] {
        let series = one(vec![status(ObservationStatus::Preliminary, "1.2", preliminary), status(ObservationStatus::Final, "1.1", last)]);
        assert_eq!(numbers(&series), [1.1], "{preliminary} and {last}");
    }
    let other =
        one(vec![status(ObservationStatus::Preliminary, "1.2", "2026-03-01T08:00"), status(ObservationStatus::Final, "1.1", "2026-03-01T18:00")]);
    assert_eq!(numbers(&other), [1.2, 1.1], "another sample");
}

#[test]
fn the_range_is_converted_with_the_value_and_a_unit_of_its_own_is_heeded() {
    let ranged = |low: &str, high: &str| {
        observed(loinc("14749-6", "Glucose"), "6.0", "mmol/L", "2026-03-01", |it| {
            it.range = Some(Range { low: Some(low.into()), high: Some(high.into()), text: String::new() });
        })
    };
    // Another source writes grams: the series has the unit of the table.
    let newest = |low: &str, high: &str| one(vec![glucose("1.0", "g/L", "2025-03-01"), ranged(low, high)]).points.pop().unwrap();
    let point = newest("3,9", "5.5");
    assert!((point.low.unwrap() - 0.7026).abs() < 1e-3 && (point.high.unwrap() - 0.9909).abs() < 1e-3, "{point:?}");
    let point = newest("0.70 g/L", "5.5 mmol/L");
    assert!((point.low.unwrap() - 0.70).abs() < 1e-9 && (point.high.unwrap() - 0.9909).abs() < 1e-3, "{point:?}");
    let point = newest("n/a", "??");
    assert_eq!((point.low, point.high), (None, None));
}

#[test]
fn a_comparator_is_kept_and_is_not_compared() {
    let below = |when: &str| {
        observed(loinc("1988-5", "CRP"), "0.6", "mg/L", when, |it| {
            it.value = Value::Quantity { comparator: "<".into(), number: "0.6".into(), unit: "mg/L".into() }
        })
    };
    let series = one(vec![result(loinc("1988-5", "CRP"), "50", "mg/L", "2026-01-01"), below("2026-03-01")]);
    assert_eq!(series.trend, Trend::Unknown);
    assert!(matches!(&series.points[1].value, Value::Quantity { comparator, .. } if comparator == "<"));
}

#[test]
fn a_unit_that_cannot_be_converted_makes_a_series_of_its_own() {
    let summary = of(vec![
        glucose("1.05", "g/L", "2026-01-01"),
        glucose("1.05", "", "2026-02-01"),
        glucose("1.05", "croix", "2026-03-01"),
        observed(loinc("2345-7", "Glucose"), "", "", "2026-04-01", |it| it.value = Value::Text("Normal".into())),
    ]);
    let mut units: Vec<_> =
        summary.results.iter().map(|series| (series.unit.as_str(), series.points.len(), series.points[0].number.is_some())).collect();
    units.sort_unstable();
    assert_eq!(units, [("", 1, false), ("", 1, true), ("croix", 1, true), ("g/L", 1, true)]);
}

#[test]
fn an_analyte_that_nobody_listed_is_shown_in_the_unit_of_its_newest_value() {
    let of_code = |number: &str, unit: &str, when: &str| result(loinc("99999-9", "Analyte rare"), number, unit, when);
    let series = one(vec![of_code("5", "mg/L", "2024-01-01"), of_code("0.7", "mg/dL", "2026-01-01")]);
    assert_eq!((series.unit.as_str(), numbers(&series)), ("mg/dL", vec![0.5, 0.7]));
}

#[test]
fn what_is_measured_in_urine_is_not_what_is_measured_in_blood() {
    let in_urine = in_section(result(Concept::words("Leucocytes"), "12000", "/mL", "2026-01-01"), "18725-2", "ECBU");
    let summary = of(vec![
        result(loinc("6690-2", "Leucocytes"), "7.2", "G/L", "2026-01-02"),
        in_urine,
        result(loinc("5792-7", "Glucose"), "1.0", "g/L", "2026-01-03"),
    ]);
    assert_eq!(summary.results.len(), 3);
}

#[test]
fn an_inr_has_no_unit_whatever_stands_there() {
    let inr = |number: &str, unit: &str, when: &str| result(loinc("6301-6", "INR"), number, unit, when);
    let series = one(vec![inr("2.4", "", "2026-01-01"), inr("2.5", "1", "2026-02-01"), inr("2.6", "{INR}", "2026-03-01")]);
    assert_eq!(numbers(&series), [2.4, 2.5, 2.6]);
}

#[test]
fn a_trend_is_a_change_that_matters_for_the_analyte() {
    let trend = |code: &str, unit: &str, values: &[&str]| {
        let facts = values.iter().enumerate().map(|(month, number)| result(loinc(code, "x"), number, unit, &format!("2026-{:02}-01", month + 1)));
        one(facts.collect()).trend
    };
    assert_eq!(trend("2345-7", "g/L", &["1.00"]), Trend::Unknown);
    assert_eq!(trend("2345-7", "g/L", &["1.00", "1.05"]), Trend::Stable);
    assert_eq!(trend("2345-7", "g/L", &["1.00", "1.20"]), Trend::Rising);
    assert_eq!(trend("2951-2", "mmol/L", &["140", "130"]), Trend::Falling, "seven per cent of sodium are much");
    assert_eq!(trend("1988-5", "mg/L", &["4", "5"]), Trend::Stable, "a quarter of a CRP is nothing");
    assert_eq!(trend("2160-0", "umol/L", &["300", "80", "82", "84", "90"]), Trend::Stable, "three values before, not the old one");
    assert_eq!(trend("2160-0", "umol/L", &["90", "100", "108", "112", "118"]), Trend::Rising, "slowly, but over the years by a third");
    assert_eq!(trend("99999-9", "x", &["10", "11.2"]), Trend::Rising, "ten per cent of what nobody listed");
}

#[test]
fn a_value_of_long_ago_is_not_compared() {
    let series = one(vec![glucose("1.00", "g/L", "2010-01-01"), glucose("2.00", "g/L", "2026-01-01")]);
    assert_eq!(series.trend, Trend::Unknown);
}

#[test]
fn those_of_most_weight_come_first_and_findings_last() {
    let finding = observed(Concept::words("Score d'essai"), "3", "", "2026-06-01", |it| it.kind = ObservationKind::Finding);
    let weight = observed(loinc("29463-7", "Poids"), "70", "kg", "2026-06-01", |it| it.kind = ObservationKind::Measure);
    let summary = of(vec![
        finding,
        result(loinc("99999-9", "Analyte rare"), "1", "g/L", "2026-06-02"),
        weight,
        result(loinc("3255-7", "Fibrinogène"), "3", "g/L", "2026-06-01"),
        result(loinc("4548-4", "HbA1c"), "7", "%", "2020-06-01"),
    ]);
    let names: Vec<_> = summary.results.iter().map(|series| series.analyte.text.as_str()).collect();
    assert_eq!(names, ["Hémoglobine glyquée (HbA1c)", "Poids", "Fibrinogène", "Analyte rare", "Score d'essai"]);
    assert!(summary.results[1].is_measure && !summary.results[0].is_measure);
}

#[test]
fn glycated_haemoglobin_of_both_systems_is_one_series_in_per_cent() {
    let hba1c = |code: &str, number: &str, unit: &str, when: &str| result(loinc(code, "HbA1c"), number, unit, when);
    let series = one(vec![hba1c("4548-4", "7.0", "%", "2025-01-01"), hba1c("59261-8", "64", "mmol/mol", "2026-01-01")]);
    assert_eq!((series.unit.as_str(), numbers(&series), series.trend), ("%", vec![7.0, 8.006], Trend::Rising));
}

#[test]
fn the_newest_points_are_shown_and_the_rest_can_be_asked_for() {
    let papers = [(0..100).fold(paper(1, "11502-2", "2026-06-30"), |paper, number| {
        paper.says(glucose("1.0", "g/L", &format!("20{:02}-{:02}-01", 10 + number / 12, 1 + number % 12)))
    })];
    let summary = summary(&papers);
    assert_eq!((summary.results[0].points.len(), summary.left_out), (40, 60));
    assert_eq!(summary.results[0].points.last().unwrap().when, on("2018-04-01"), "oldest first, the newest last");
    let seen = seen(&papers);
    let all = build_within(&Input { now: now(), person: person(), last_visit: None, seen: &seen }, Bounds::ALL);
    assert_eq!(all.results[0].points.len(), 100);
}

#[test]
fn a_series_is_new_when_a_value_came_since_the_last_visit() {
    let papers = [report(1, glucose("1.0", "g/L", "2026-01-01")), paper(2, "11502-2", "2026-07-01").says(glucose("1.1", "g/L", "2026-06-30"))];
    assert!(summary_of(&papers, person(), Some(at("2026-06-30"))).results[0].is_new);
    assert!(!summary_of(&papers, person(), Some(at("2026-07-02"))).results[0].is_new);
}

#[test]
fn numbers_that_are_none_are_words() {
    for number in ["NaN", "inf", "1e999", "abc", ""] {
        let results = of(vec![glucose(number, "g/L", "2026-01-01")]).results;
        assert!(results.iter().all(|series| series.points.iter().all(|point| point.number.is_none())), "{number}");
    }
    assert_eq!(numbers(&one(vec![result(loinc("777-3", "Plaquettes"), "250 000", "/mm3", "2026-01-01")])), [250_000.0]);
}
