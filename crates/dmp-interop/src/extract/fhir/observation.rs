//! Observations: results, measures, habits, pregnancy.

use dmp_core::summary::{Concept, Fact, FactKind, Observation, ObservationKind, ObservationStatus, Range, RiskKind, Value, What, When};
use serde_json::Value as Json;

use super::clinical::absence_in;
use super::node::{Index, Spot, array, concept, concept_at, period, text};

const PREGNANCY_STATUS: &str = "82810-3";
const EXPECTED: [&str; 3] = ["11778-8", "11779-6", "11780-4"];
const PREGNANT: &str = "77386006";
const HABITS: [&str; 4] = ["72166-2", "74013-4", "74011-8", "11343-1"];

/// One observation and its components.
pub(super) fn add<'a>(index: &Index<'a>, resource: &'a Json, spot: &Spot, facts: &mut Vec<Fact>) {
    for part in array(resource, "component").iter().take(256).chain([resource]) {
        one(index, resource, part, spot, facts);
    }
}

/// One value: of the observation, or of a component that shares its time and performer.
fn one<'a>(index: &Index<'a>, resource: &'a Json, part: &Json, spot: &Spot, facts: &mut Vec<Fact>) {
    let Some(concept) = concept_at(part, "code").filter(|concept| !concept.codes.is_empty() || !concept.text.is_empty()) else { return };
    let proof = spot.proof(resource, &concept.text);
    let (time, by) = (period(resource, "effective"), index.party_at(resource, "performer"));
    if let Some(how) = absence_in(&concept) {
        facts.push(Fact { what: What::Absent { of: FactKind::Observation, how }, concept, period: time, by, proof });
        return;
    }
    let Some(value) = value_of(part) else { return };
    let (what, concept) = meaning(resource, part, spot, concept, value);
    facts.push(Fact { what, concept, period: time, by, proof });
}

fn meaning(resource: &Json, part: &Json, spot: &Spot, concept: Concept, value: Value) -> (What, Concept) {
    let has = |codes: &[&str]| concept.codes.iter().any(|code| codes.contains(&code.code.as_str()));
    if has(&[PREGNANCY_STATUS])
        && let Value::Coded(state) = &value
        && state.codes.iter().any(|code| code.code == PREGNANT)
    {
        return (What::Pregnancy { expected: None, over: false }, state.clone());
    }
    if has(&EXPECTED)
        && let Value::Text(day) = &value
        && let Some(expected) = When::from_iso(day)
    {
        return (What::Pregnancy { expected: Some(expected), over: false }, concept);
    }
    let category = category(resource);
    if has(&HABITS) || category == "social-history" || spot.section == "29762-2" {
        let text = format!("{} : {}", concept.text, shown(&value));
        return (What::Risk { kind: RiskKind::Lifestyle }, Concept { text, codes: concept.codes });
    }
    if spot.section == "47420-5" {
        let text = format!("{} : {}", concept.text, shown(&value));
        return (What::Function, Concept { text, codes: concept.codes });
    }
    let observation = Observation {
        kind: kind(category, &spot.section),
        range: range(part),
        interpretation: array(part, "interpretation")
            .iter()
            .take(8)
            .filter_map(|code| array(code, "coding").first().and_then(|coding| text(coding, "code")))
            .map(str::to_owned)
            .collect(),
        method: concept_at(resource, "method").map(|method| method.text).unwrap_or_default(),
        status: match text(resource, "status") {
            Some("cancelled") => ObservationStatus::Cancelled,
            Some("registered" | "preliminary") => ObservationStatus::Preliminary,
            _ => ObservationStatus::Final,
        },
        value,
    };
    (What::Observation(observation), concept)
}

fn category(resource: &Json) -> &str {
    array(resource, "category")
        .first()
        .and_then(|category| array(category, "coding").first())
        .and_then(|coding| text(coding, "code"))
        .unwrap_or_default()
}

fn kind(category: &str, section: &str) -> ObservationKind {
    match (category, section) {
        ("vital-signs", _) | (_, "8716-3") => ObservationKind::Measure,
        ("laboratory", _) | (_, "30954-2") => ObservationKind::Result,
        _ => ObservationKind::Finding,
    }
}

/// The value, whatever its type; none when it is absent.
fn value_of(part: &Json) -> Option<Value> {
    if let Some(quantity) = part.get("valueQuantity") {
        return quantity_of(quantity);
    }
    if let Some(coded) = part.get("valueCodeableConcept") {
        let coded = concept(coded)?;
        return Some(if coded.codes.is_empty() { Value::Text(coded.text) } else { Value::Coded(coded) });
    }
    if let Some(answer) = part.get("valueBoolean").and_then(Json::as_bool) {
        return Some(Value::Text(if answer { "oui" } else { "non" }.to_owned()));
    }
    if let Some(number) = part.get("valueInteger").filter(|number| number.is_number()) {
        return Some(Value::Quantity { comparator: String::new(), number: number.to_string(), unit: String::new() });
    }
    if let Some(range) = part.get("valueRange") {
        let end = |key: &str| range.get(key).and_then(number_of);
        return Some(Value::Text(format!("{} - {}", end("low")?, end("high")?)));
    }
    if let Some(ratio) = part.get("valueRatio") {
        let end = |key: &str| ratio.get(key).and_then(number_of);
        return Some(Value::Text(format!("{}/{}", end("numerator")?, end("denominator")?)));
    }
    let words = ["valueString", "valueDateTime", "valueTime"].iter().find_map(|key| text(part, key))?;
    Some(super::super::text::as_quantity(words).filter(|_| part.get("valueString").is_some()).unwrap_or_else(|| Value::Text(words.to_owned())))
}

fn quantity_of(quantity: &Json) -> Option<Value> {
    let number = number_of(quantity)?;
    let unit = text(quantity, "code").or_else(|| text(quantity, "unit")).filter(|unit| *unit != "1").unwrap_or_default();
    Some(Value::Quantity { comparator: text(quantity, "comparator").unwrap_or_default().to_owned(), number, unit: unit.to_owned() })
}

/// The number of a quantity as it was written.
pub(super) fn number_of(quantity: &Json) -> Option<String> {
    quantity.get("value").filter(|value| value.is_number()).map(Json::to_string)
}

fn range(part: &Json) -> Option<Range> {
    let ranges = array(part, "referenceRange");
    // Several ranges are for several kinds of people: which one is meant is not known.
    let [range] = ranges else { return None };
    let end = |key: &str| range.get(key).and_then(number_of);
    let found = Range { low: end("low"), high: end("high"), text: text(range, "text").unwrap_or_default().to_owned() };
    (found.low.is_some() || found.high.is_some() || !found.text.is_empty()).then_some(found)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Quantity { comparator, number, unit } => format!("{comparator}{number} {unit}").trim().to_owned(),
        Value::Coded(concept) => concept.text.clone(),
        Value::Text(text) => text.clone(),
        Value::None => String::new(),
    }
}
