//! Results, measures, imaging, pregnancies, habits.

use dmp_core::summary::{Line, Point, RiskKind, Series, Value as Measured, What};
use serde_json::{Number, Value};

use super::element::{Object, clean, coded, coding, concept, date, display, list, reference, unknown, words};
use super::maker::{Maker, named};
use super::narrative::table;
use super::sections::LOINC;

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const UCUM: &str = "http://unitsofmeasure.org";

fn category(code: &str, display: &str) -> Object {
    coded(CATEGORY, code, display)
}

/// Every value of a series, oldest first.
pub(super) fn series(maker: &mut Maker<'_>, series: &Series) -> Vec<String> {
    series.points.iter().map(|point| value(maker, series, point)).collect()
}

fn value(maker: &mut Maker<'_>, series: &Series, point: &Point) -> String {
    let (kind, profile) = if series.is_measure {
        (category("vital-signs", "Vital Signs"), "")
    } else {
        (category("laboratory", "Laboratory"), "Observation-results-laboratory-pathology-uv-ips")
    };
    let performer = if point.by.trim().is_empty() { &point.source.author } else { &point.by };
    let performer = clean(performer).unwrap_or_else(|| "Non précisé".to_owned());
    let sources = std::slice::from_ref(&point.source);
    let observation = Object::resource("Observation")
        .text("status", "final")
        .one("category", kind)
        .with("code", concept(&series.analyte))
        .with("subject", maker.patient())
        .text("effectiveDateTime", &date(point.when))
        .one("performer", display(&performer))
        .with("derivedFrom", list(sources.iter().map(|source| maker.document(source))))
        .with("interpretation", list(point.interpretation.iter().filter_map(|code| interpretation(code))));
    let observation = range(measured(observation, &point.value), point);
    let observation = maker.sourced(observation, profile, sources);
    let code = series.analyte.codes.first().map_or(series.analyte.text.as_str(), |code| &code.code);
    let seed = format!("results/{}/{code}/{}/{}", point.source.entry.to_hex(), date(point.when), point.source.proof.position);
    maker.add(&seed, observation)
}

/// The value; a number of which FHIR cannot be made stays words.
fn measured(observation: Object, value: &Measured) -> Object {
    match value {
        Measured::Quantity { comparator, number, unit } => match quantity(comparator, number, unit) {
            Some(quantity) => observation.with("valueQuantity", quantity),
            None => observation.text("valueString", &format!("{comparator}{number} {unit}")),
        },
        Measured::Coded(coded) => observation.with("valueCodeableConcept", concept(coded)),
        Measured::Text(text) if clean(text).is_some() => observation.text("valueString", text),
        Measured::Text(_) | Measured::None => {
            observation.with("dataAbsentReason", coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown"))
        }
    }
}

fn quantity(comparator: &str, written: &str, unit: &str) -> Option<Object> {
    let comparator = if matches!(comparator, "" | "<" | "<=" | ">=" | ">") { comparator } else { return None };
    let coded = !unit.is_empty() && unit.is_ascii() && !unit.contains(char::is_whitespace);
    let quantity = Object::default().with("value", number(written)?).text("comparator", comparator).text("unit", unit);
    Some(if coded { quantity.text("system", UCUM).text("code", unit) } else { quantity })
}

/// A JSON number of what a source wrote with a comma or a point.
fn number(written: &str) -> Option<Value> {
    let number: f64 = written.trim().replace(',', ".").parse().ok()?;
    Number::from_f64(number).map(Value::Number)
}

fn interpretation(code: &str) -> Option<Object> {
    let sound = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'<' | b'>'));
    sound.then(|| coded("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code, ""))
}

/// The range of the source, in its own unit.
fn range(observation: Object, point: &Point) -> Object {
    let Some(range) = &point.range else { return observation };
    let unit = match &point.value {
        Measured::Quantity { unit, .. } => unit.as_str(),
        _ => "",
    };
    let bound = |bound: &Option<String>| bound.as_deref().and_then(|bound| quantity("", bound, unit));
    let mut written = Object::default().text("text", &range.text);
    for (key, bound) in [("low", bound(&range.low)), ("high", bound(&range.high))] {
        written = written.with(key, bound.map_or(Value::Null, Value::from));
    }
    match Value::from(written) {
        Value::Object(members) if members.is_empty() => observation,
        written => observation.one("referenceRange", written),
    }
}

/// The values for people.
pub(super) fn values(all: &[&Series]) -> String {
    let rows = all.iter().flat_map(|series| series.points.iter().rev().map(move |point| row(series, point)));
    table(&["Date", "Examen", "Valeur", "Source"], &rows.collect::<Vec<_>>())
}

fn row(series: &Series, point: &Point) -> Vec<String> {
    let value = match &point.value {
        Measured::Quantity { comparator, number, unit } => format!("{comparator}{number} {unit}"),
        Measured::Coded(coded) => coded.text.clone(),
        Measured::Text(text) => text.clone(),
        Measured::None => String::new(),
    };
    let analyte = if series.analyte.text.is_empty() {
        series.analyte.codes.first().map(|code| code.display.clone()).unwrap_or_default()
    } else {
        series.analyte.text.clone()
    };
    vec![date(point.when), analyte, value, format!("{}, {}", point.source.title, point.source.author)]
}

/// An imaging report.
pub(super) fn imaging(maker: &mut Maker<'_>, line: &Line) -> String {
    let region = match &line.fact.what {
        What::Imaging { region, .. } => region.as_str(),
        _ => "",
    };
    let report = Object::resource("DiagnosticReport")
        .text("status", "final")
        .one("category", coded("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology"))
        .with("code", concept(&line.fact.concept))
        .with("subject", maker.patient())
        .when("effectiveDateTime", line.fact.period.from.or(line.fact.period.to))
        .text("conclusion", region);
    let report = if line.fact.by.name.trim().is_empty() { report } else { report.one("performer", named(line)) };
    maker.add_line("imaging", line, "DiagnosticReport-uv-ips", report)
}

/// State of a pregnancy, and the day on which the birth is expected.
pub(super) fn pregnancy(maker: &mut Maker<'_>, line: &Line) -> Vec<String> {
    let (expected, over) = match line.fact.what {
        What::Pregnancy { expected, over } => (expected, over),
        _ => (None, false),
    };
    let told = line.fact.period.from.or(line.sources.first().map(|source| source.when));
    let due = expected.map(|day| {
        let due = dated(maker, "11778-8", "Delivery date Estimated", told).text("valueDateTime", &date(day));
        maker.add_line("birth", line, "Observation-pregnancy-edd-uv-ips", due)
    });
    let state = if over { ("60001007", "Not pregnant") } else { ("77386006", "Pregnant") };
    let status = dated(maker, "82810-3", "Pregnancy status", told)
        .with("valueCodeableConcept", coded("http://snomed.info/sct", state.0, state.1))
        .with("hasMember", list(due.as_deref().map(reference)));
    let status = maker.add_line("pregnancies", line, "Observation-pregnancy-status-uv-ips", status);
    [Some(status), due].into_iter().flatten().collect()
}

fn dated(maker: &Maker<'_>, code: &str, display: &str, when: Option<dmp_core::summary::When>) -> Object {
    Object::resource("Observation")
        .text("status", "final")
        .with("code", Object::default().one("coding", coding(LOINC, code, display)))
        .with("subject", maker.patient())
        .when("effectiveDateTime", when)
}

/// A risk of the way of life or of work.
pub(super) fn habit(maker: &mut Maker<'_>, line: &Line) -> String {
    let kind = match line.fact.what {
        What::Risk { kind: RiskKind::Occupational } => "Facteur de risque professionnel",
        What::Risk { kind: RiskKind::Lifestyle } => "Mode de vie",
        _ => "Facteur de risque",
    };
    let observation = Object::resource("Observation")
        .text("status", "final")
        .one("category", category("social-history", "Social History"))
        .with("code", words(kind))
        .with("subject", maker.patient())
        .with("valueCodeableConcept", concept(&line.fact.concept));
    let observation = match line.fact.period.from {
        Some(from) => observation.text("effectiveDateTime", &date(from)),
        None => observation.with("_effectiveDateTime", unknown()),
    };
    maker.add_line("risks", line, "", observation)
}
