//! Pregnancies: whether there is one, until when, and those before.

use dmp_core::summary::{Concept, Fact, Period, Value, What, When};

use crate::cda::tree::{child, children};

use super::concept::{codes, concept as concept_of, concept_with};
use super::place::Place;
use super::xml::{Element, code_of, is, is_negated};
use super::{Facts, concept, observation, problem, time, value};

const STATUS: &[&str] = &["11449-6", "82810-3", "364320009"];
const EXPECTED: &[&str] = &["11778-8", "11779-6", "11780-4"];
const OUTCOME: &str = "63893-2";
const PREGNANT: &str = "77386006";
const ICD_10: &str = "2.16.840.1.113883.6.3";

/// One observation about pregnancy: its state, the day it should end, or a figure about it.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() {
        return;
    }
    let code = code_of(node).unwrap_or_default();
    if STATUS.contains(&code.as_str()) {
        add_status(place, node, facts);
    } else if EXPECTED.contains(&code.as_str()) {
        add_expected(place, node, facts);
    } else {
        observation::add(place, node, facts);
    }
}

/// "Enceinte", or that she is not.
pub(super) fn add_status<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let Some(said) = value::of(place, node) else { return };
    let concept = match said {
        Value::Coded(concept) => concept,
        other => Concept { text: value::shown(&other), codes: Vec::new() },
    };
    let is_pregnant = concept.codes.iter().any(|code| code.code == PREGNANT) || concept.text.to_lowercase().contains("enceinte");
    let denied = is_negated(node) || concept.text.to_lowercase().starts_with("non") || concept.text.to_lowercase().contains("pas enceinte");
    if is_pregnant && !denied {
        push(place, node, with_codes_of(node, concept), None, false, time::period_of(node), facts);
    } else {
        observation::add(place, node, facts);
    }
}

/// The words of an answer with its codes and, after them, those of the question: many documents answer in words alone.
fn with_codes_of(node: Element<'_>, answer: Concept) -> Concept {
    let asked = child(node, "code").map(codes).unwrap_or_default();
    Concept { text: answer.text, codes: answer.codes.into_iter().chain(asked).collect() }
}

fn add_expected<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let Some(value) = child(node, "value") else { return };
    let Some(expected) = time::when(value).or_else(|| child(value, "low").and_then(time::when)) else { return };
    let Some(concept) = child(node, "code").and_then(|code| concept_with(place, code, None, concept::Prefer::Display)) else { return };
    push(place, node, concept, Some(expected), false, time::period_of(node), facts);
}

fn push<'a>(place: &Place<'_, 'a>, node: Element<'a>, concept: Concept, expected: Option<When>, over: bool, period: Period, facts: &mut Facts) {
    let proof = place.proof(&[child(node, "text"), child(node, "value"), child(node, "code")], &concept.text);
    facts.push(Fact { what: What::Pregnancy { expected, over }, concept, period, by: Default::default(), proof });
}

/// One pregnancy with what is known of it; its births belong to the children.
pub(super) fn add_history<'a>(place: &Place<'_, 'a>, organizer: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() {
        return;
    }
    let period = time::period_of(organizer);
    let inside: Vec<Element<'a>> =
        children(organizer, "component").flat_map(|component| component.children()).filter(|node| is(*node, "observation")).collect();
    let outcome = inside.iter().find(|node| code_of(**node).as_deref() == Some(OUTCOME)).and_then(|node| child(*node, "value"));
    let outcome = outcome.and_then(|value| concept_of(place, value));
    let concept = outcome.clone().map(|outcome| Concept { text: format!("Grossesse : {}", outcome.text), codes: outcome.codes });
    let over = period.to.is_some() || outcome.is_some();
    let concept = concept.unwrap_or_else(|| Concept::words("Grossesse"));
    push(place, organizer, with_codes_of(organizer, concept), None, over, period, facts);
    for node in inside.into_iter().filter(|node| code_of(*node).as_deref() != Some(OUTCOME)) {
        if !add_illness(place, node, facts) {
            add(place, node, facts);
        }
    }
}

/// An illness during a pregnancy: a chapter of the ICD-10 as the question, the disease as its answer (CI-SIS `JDV_AntecedentsObstetricaux`).
/// Whether it is one. No state is told, so that of its section and its dates counts.
fn add_illness<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) -> bool {
    let is_disease = |element: &Element<'_>| element.attribute("codeSystem") == Some(ICD_10);
    if is_negated(node) || child(node, "code").filter(is_disease).is_none() {
        return false;
    }
    child(node, "value").filter(is_disease).is_some_and(|_| {
        problem::add(place, node, None, facts);
        true
    })
}
