//! Results over time: one analyte, one unit, each sample once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod summary_support;

use dmp_core::document::Code;
use dmp_core::summary::{Concept, Fact, ObservationStatus, Range, Series, Trend, Value};
use summary_support::*;

const REPORT: &str = "11502-2";

fn glucose(number: &str, unit: &str, when: &str) -> Fact {
    result(loinc("2345-7", "Glucose"), number, unit, when)
}

fn with_range(fact: &str, unit: &str, when: &str, low: &str, high: &str) -> Fact {
    let range = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (low, high) = (range(low), range(high));
    observed(loinc("14749-6", "Glucose"), fact, unit, when, |seen| seen.range = Some(Range { low, high, text: String::new() }))
}

fn results(facts: impl IntoIterator<Item = Fact>) -> Vec<Series> {
    let papers: Vec<Paper> = facts.into_iter().zip(1..).map(|(fact, number)| paper(number, REPORT, "2026-06-01").says(fact)).collect();
    summary(&papers).results
}

fn numbers(series: &Series) -> Vec<Option<f64>> {
    series.points.iter().map(|point| point.number).collect()
}

fn near(found: Option<f64>, wanted: f64) {
    let found = found.expect("a number");
    assert!((found - wanted).abs() < 0.01 * wanted.abs(), "{found} for {wanted}");
}

#[test]
fn glucose_in_grams_and_in_moles_is_one_series_in_one_unit_with_its_range_converted_and_marked() {
    let all = results([glucose("0,95", "g/L", "2026-01-10"), with_range("5.55", "mmol/L", "2026-02-10", "3.9", "6.1")]);
    assert_eq!(all.len(), 1, "{all:?}");
    let series = &all[0];
    assert_eq!((series.unit.as_str(), series.points.len()), ("g/L", 2));
    let [own, turned] = [&series.points[0], &series.points[1]];
    assert_eq!((own.number, own.converted), (Some(0.95), false));
    assert!(turned.converted);
    near(turned.number, 1.0);
    near(turned.low, 0.703);
    near(turned.high, 1.099);
    assert_eq!(turned.value, Value::Quantity { comparator: String::new(), number: "5.55".into(), unit: "mmol/L".into() }, "as the source wrote it");
}

#[test]
fn a_range_that_names_a_unit_of_its_own_is_converted_from_that_one() {
    let all = results([with_range("5.55", "mmol/L", "2026-02-10", "0,70 g/L", "")]);
    near(all[0].points[0].low, 3.886);
    assert_eq!(all[0].points[0].high, None);
    let hostile = results([with_range("5.55", "mmol/L", "2026-02-10", "1e999999", "🦄")]);
    assert_eq!((hostile[0].points[0].low, hostile[0].points[0].high), (None, None));
}

#[test]
fn hba1c_in_per_cent_and_in_millimoles_a_mole_is_one_series() {
    let all = results([
        result(loinc("4548-4", "HbA1c"), "7.0", "%", "2026-01-10"),
        result(loinc("59261-8", "HbA1c IFCC"), "53", "mmol/mol", "2026-04-10"),
        result(Concept::words("Hémoglobine glyquée"), "6,8", "%", "2026-05-10"),
    ]);
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].unit, "%");
    assert_eq!(all[0].points.iter().map(|point| point.converted).collect::<Vec<_>>(), [false, true, false]);
    near(all[0].points[1].number, 7.0);
}

#[test]
fn units_that_nothing_converts_stay_apart() {
    let all = results([
        glucose("1.0", "g/L", "2026-01-10"),
        glucose("3", "croix", "2026-02-10"),
        glucose("2", "points", "2026-03-10"),
        glucose("100", "kg", "2026-04-10"),
    ]);
    let mut units: Vec<&str> = all.iter().map(|series| series.unit.as_str()).collect();
    units.sort_unstable();
    assert_eq!(units, ["croix", "g/L", "kg", "points"]);
    assert!(all.iter().all(|series| series.points.len() == 1 && !series.points[0].converted));
}

#[test]
fn an_analyte_that_is_not_in_the_table_converts_within_its_dimension_alone() {
    let rare = |number: &str, unit: &str, when: &str| result(loinc("99999-0", "Dosage rare"), number, unit, when);
    let all = results([rare("1", "mg/L", "2026-01-10"), rare("2000", "µg/L", "2026-02-10"), rare("5", "mmol/L", "2026-03-10")]);
    let found: Vec<(&str, Vec<Option<f64>>)> = all.iter().map(|series| (series.unit.as_str(), numbers(series))).collect();
    assert_eq!(found.len(), 2, "a mass is no amount without a molar mass: {found:?}");
    assert!(found.contains(&("µg/L", vec![Some(1000.0), Some(2000.0)])), "the newest source chooses the unit: {found:?}");
}

#[test]
fn glucose_in_urine_is_no_glucose_in_blood() {
    let urine = in_section(result(Concept::words("Glucose"), "0.1", "g/L", "2026-01-10"), "18719-5", "Chimie des urines");
    let other_code = result(loinc("5792-7", "Glucose"), "0.2", "g/L", "2026-01-11");
    assert_eq!(results([glucose("1.0", "g/L", "2026-01-10"), urine, other_code]).len(), 3);
}

#[test]
fn cancelled_values_and_values_without_a_value_are_never_shown() {
    let status = |status| observed(loinc("2345-7", "Glucose"), "9.9", "g/L", "2026-01-10", |seen| seen.status = status);
    assert!(results([status(ObservationStatus::Cancelled)]).is_empty());
    let nothing = observed(loinc("2345-7", "Glucose"), "", "", "2026-01-10", |seen| seen.value = Value::None);
    let all = results([status(ObservationStatus::Cancelled), nothing, glucose("1.0", "g/L", "2026-01-10")]);
    assert_eq!(all.iter().map(numbers).collect::<Vec<_>>(), [[Some(1.0)]]);
}

#[test]
fn a_final_value_takes_the_place_of_the_preliminary_one_of_the_same_sample() {
    let early =
        |number: &str, when: &str| observed(loinc("2345-7", "Glucose"), number, "g/L", when, |seen| seen.status = ObservationStatus::Preliminary);
    let same_minute = results([early("0.80", "2026-01-10T08:30"), glucose("1.20", "g/L", "2026-01-10T08:30")]);
    assert_eq!(same_minute.iter().map(numbers).collect::<Vec<_>>(), [[Some(1.2)]]);
    let same_day = results([early("0.80", "2026-01-10"), glucose("1.20", "g/L", "2026-01-10T08:30")]);
    assert_eq!(same_day.iter().map(numbers).collect::<Vec<_>>(), [[Some(1.2)]]);
    let other_sample = results([early("0.80", "2026-01-10T08:30"), glucose("1.20", "g/L", "2026-01-10T18:00")]);
    assert_eq!(other_sample.iter().map(numbers).collect::<Vec<_>>(), [[Some(0.8), Some(1.2)]]);
    assert_eq!(results([early("0.80", "2026-01-10")]).iter().map(numbers).collect::<Vec<_>>(), [[Some(0.8)]], "alone it is shown");
}

#[test]
fn one_sample_told_by_two_documents_or_in_two_units_is_one_point() {
    let all = results([glucose("1.00", "g/L", "2026-01-10T08:30"), glucose("1,0", "g/L", "2026-01-10"), glucose("5.55", "mmol/L", "2026-01-10")]);
    assert_eq!(all.iter().map(numbers).collect::<Vec<_>>(), [[Some(1.0)]]);
    assert!(!all[0].points[0].converted, "what was measured itself");
    assert_eq!(all[0].points[0].when, on("2026-01-10T08:30"), "the exact time");
}

fn trend_of(values: &[(&str, &str)]) -> Trend {
    let all = results(values.iter().map(|(number, when)| glucose(number, "g/L", when)));
    assert_eq!(all.len(), 1);
    all[0].trend
}

#[test]
fn a_trend_rises_falls_or_is_stable_by_more_than_the_analyte_varies() {
    let before = [("1.0", "2026-01-10"), ("1.02", "2026-02-10"), ("0.98", "2026-03-10")];
    let then = |number| trend_of(&[before.as_slice(), &[(number, "2026-04-10")]].concat());
    assert_eq!([then("1.30"), then("0.80"), then("1.05"), then("0.93")], [Trend::Rising, Trend::Falling, Trend::Stable, Trend::Stable]);
}

#[test]
fn one_value_or_one_of_six_years_ago_gives_no_trend() {
    assert_eq!(trend_of(&[("1.0", "2026-01-10")]), Trend::Unknown);
    assert_eq!(trend_of(&[("1.0", "2019-12-10"), ("2.0", "2026-01-10")]), Trend::Unknown);
}

#[test]
fn values_with_a_comparator_are_shown_and_not_compared() {
    let below = observed(loinc("1988-5", "CRP"), "5", "mg/L", "2026-02-10", |seen| {
        seen.value = Value::Quantity { comparator: "<".into(), number: "5".into(), unit: "mg/L".into() };
    });
    let all = results([result(loinc("1988-5", "CRP"), "80", "mg/L", "2026-01-10"), below]);
    assert_eq!((all[0].points.len(), all[0].trend), (2, Trend::Unknown));
}

#[test]
fn series_come_by_weight_and_an_unknown_analyte_after_them() {
    let all = results([
        result(Concept::words("Dosage rare"), "1", "mg/L", "2026-06-10"),
        glucose("1.0", "g/L", "2026-01-10"),
        result(loinc("4548-4", "HbA1c"), "7.0", "%", "2025-01-10"),
    ]);
    assert_eq!(all.iter().map(|series| series.analyte.text.as_str()).collect::<Vec<_>>(), ["Hémoglobine glyquée (HbA1c)", "Glucose", "Dosage rare"]);
}

#[test]
fn results_in_words_are_points_without_a_number() {
    let word = |text: &str, when| observed(loinc("5196-1", "Antigène HBs"), "", "", when, |seen| seen.value = Value::Text(text.into()));
    let coded = observed(loinc("5196-1", "Antigène HBs"), "", "", "2026-03-10", |seen| {
        seen.value = Value::Coded(Concept::coded(Code::new("260385009", "2.16.840.1.113883.6.96", "Négatif")));
    });
    let all = results([word("négatif", "2026-01-10"), word("positif", "2026-01-10"), coded]);
    assert_eq!(all.len(), 1);
    assert_eq!((numbers(&all[0]), all[0].trend), (vec![None, None, None], Trend::Unknown), "words that contradict each other are both shown");
}
