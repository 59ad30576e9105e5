//! Values of observations.

use dmp_core::summary::{Concept, Range, Value};

use crate::cda::tree::{attribute, child, children, descend};

use super::super::text::as_quantity;
use super::super::words::is_placeholder;
use super::concept::{Prefer, all_words, codes, concept_with};
use super::narrative;
use super::place::Place;
use super::time::when;
use super::xml::{Element, data_type, text_within, value};

/// Most characters of a value in words.
const WORDS_MAX: usize = 1000;

/// The value of an observation; `None` when it has none.
pub(super) fn of<'a>(place: &Place<'_, 'a>, observation: Element<'a>) -> Option<Value> {
    children(observation, "value").take(4).find_map(|node| one(place, node))
}

fn one<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<Value> {
    if node.attribute("nullFlavor").is_some() && child(node, "originalText").is_none() {
        return None;
    }
    match data_type(node) {
        "PQ" | "INT" | "REAL" | "MO" => quantity(node, "", None),
        "IVL_PQ" | "IVL_INT" | "IVL_REAL" => interval(node),
        "RTO" | "RTO_PQ_PQ" | "RTO_QTY_QTY" => ratio(node),
        "BL" => match value(node)?.as_str() {
            "true" => Some(Value::Text("oui".to_owned())),
            "false" => Some(Value::Text("non".to_owned())),
            _ => None,
        },
        "TS" | "IVL_TS" => moment(node),
        "CD" | "CE" | "CV" | "CS" | "CO" | "" => coded(place, node),
        _ => words(&all_words(place, node)?),
    }
}

fn words(text: &str) -> Option<Value> {
    if is_placeholder(text) {
        return None;
    }
    Some(as_quantity(text).unwrap_or_else(|| Value::Text(super::super::words::cut(text, WORDS_MAX))))
}

fn coded<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<Value> {
    // Some documents refer to the question where the answer should stand.
    let repeats_question = leads_where_text_leads(place, node);
    if codes(node).is_empty() {
        let original = child(node, "originalText")?;
        let (_, target) = place.lead(original).filter(|_| repeats_question).unzip();
        return match target.and_then(narrative::cell_after) {
            Some(cell) => words(&text_within(cell)),
            None => words(&all_words(place, original)?),
        };
    }
    concept_with(place, node, None, if repeats_question { Prefer::Display } else { Prefer::Narrative }).map(Value::Coded)
}

/// Whether a value refers to the same element as the observation's own text.
fn leads_where_text_leads<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> bool {
    let own = node.parent().and_then(|observation| child(observation, "text")).and_then(|text| place.lead(text));
    own.is_some_and(|(id, _)| place.lead(node).is_some_and(|(other, _)| other == id))
}

/// A number with its unit; an explicit comparator, or the one of the element.
fn quantity(node: Element<'_>, comparator: &str, unit_of: Option<Element<'_>>) -> Option<Value> {
    let number = value(node)?;
    let unit = attribute(node, "unit").or_else(|| unit_of.and_then(|other| attribute(other, "unit"))).filter(|unit| unit != "1").unwrap_or_default();
    Some(Value::Quantity { comparator: comparator.to_owned(), number, unit })
}

/// An interval with one end is a comparison; with two, words.
fn interval(node: Element<'_>) -> Option<Value> {
    let end = |name| child(node, name).filter(|end| value(*end).is_some());
    let inclusive = |end: Element<'_>| end.attribute("inclusive") != Some("false");
    match (end("low"), end("high")) {
        (Some(low), None) => quantity(low, if inclusive(low) { ">=" } else { ">" }, None),
        (None, Some(high)) => quantity(high, if inclusive(high) { "<=" } else { "<" }, None),
        (Some(low), Some(high)) => {
            let unit = attribute(high, "unit").or_else(|| attribute(low, "unit")).unwrap_or_default();
            let text = format!("{} - {} {unit}", value(low)?, value(high)?);
            Some(Value::Text(text.trim_end().to_owned()))
        }
        (None, None) => child(node, "center").and_then(|center| quantity(center, "", None)).or_else(|| quantity(node, "", None)),
    }
}

fn ratio(node: Element<'_>) -> Option<Value> {
    let part = |name| child(node, name).and_then(value);
    Some(Value::Text(format!("{}/{}", part("numerator")?, part("denominator")?)))
}

fn moment(node: Element<'_>) -> Option<Value> {
    let at = when(node).or_else(|| child(node, "low").and_then(when))?;
    Some(Value::Text(at.to_iso()))
}

/// A value as it follows its name in a sentence.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Quantity { comparator, number, unit } => format!("{comparator}{number} {unit}").trim().to_owned(),
        Value::Coded(Concept { text, .. }) => text.clone(),
        Value::Text(text) => text.clone(),
        Value::None => String::new(),
    }
}

/// The reference range that applies to the whole result.
pub(super) fn range(observation: Element<'_>) -> Option<Range> {
    children(observation, "referenceRange").take(8).find_map(|range| {
        let range = child(range, "observationRange")?;
        let bounds = child(range, "value");
        let end = |name| bounds.and_then(|bounds| child(bounds, name)).and_then(value);
        let text = descend(range, &["text"]).map(text_within).unwrap_or_default();
        let found = Range { low: end("low"), high: end("high"), text };
        (found.low.is_some() || found.high.is_some() || !found.text.is_empty()).then_some(found)
    })
}
