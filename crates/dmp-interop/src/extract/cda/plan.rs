//! What is planned or asked for, advance directives, and how the person gets along.

use dmp_core::summary::{Concept, Fact, FactKind, Period, Value, What};

use crate::cda::tree::{child, descend};

use super::super::absence;
use super::concept::{concept as concept_of, concept_with, is_denied, referred};
use super::place::Place;
use super::xml::{Element, is, is_negated, mood, status};
use super::{Facts, concept, medicine, narrative, observation, party, time, value};

/// *Plan de soins* and its kin.
pub(super) fn is_section(place: &Place<'_, '_>) -> bool {
    place.code == "18776-5"
}

/// Whether it is to come: by its mood, or an act of a plan that is not done.
pub(super) fn is_planned(place: &Place<'_, '_>, node: Element<'_>) -> bool {
    matches!(mood(node), "INT" | "ARQ" | "PRMS" | "PRP" | "RQO" | "GOL" | "APT") || (is_section(place) && status(node) == "active")
}

/// A step of a plan.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() {
        return;
    }
    let said = value::of(place, node);
    let said_no = matches!(&said, Some(Value::Text(text)) if text == "non");
    let Some(concept) = named(place, node) else { return };
    let said_no = said_no || is_denied(place, &[child(node, "text"), child(node, "code")]);
    let how = absence::of_codes(&concept.codes);
    // One step that is not planned says nothing of the others: it is no plan, and no absence of plans.
    if how.is_none() && (is_negated(node) || said_no) {
        return;
    }
    let what = how.map_or(What::Plan, |how| What::Absent { of: FactKind::Plan, how });
    let concept = match &said {
        // A goal is its measure: "Poids : 65 kg".
        Some(value @ Value::Quantity { .. }) => Concept { text: format!("{} : {}", concept.text, value::shown(value)), codes: concept.codes },
        _ => concept,
    };
    let product = medicine::material(node).and_then(|material| child(material, "code"));
    let proof = place.proof(&[child(node, "text"), product, child(node, "code")], &concept.text);
    facts.push(Fact { what, concept, period: time::period_of(node), by: party::performer_or_author(node), proof });
    observation::add_nested(place, node, facts);
}

/// The product of a planned treatment, the qualified kind of a meeting, or the words and code of the act.
fn named<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<Concept> {
    if medicine::material(node).is_some() {
        return medicine::product(place, node);
    }
    let code = child(node, "code")?;
    let finer = descend(code, &["qualifier", "value"]).and_then(|value| concept_of(place, value));
    // A reference to a whole row names nothing.
    let names = |text: &Element<'a>| place.lead(*text).is_some_and(|(_, target)| !is(target, "tr"));
    let words = child(node, "text").filter(names).and_then(|text| referred(place, text));
    let own = concept_with(place, code, child(node, "text"), concept::Prefer::Display);
    let mut concept = match (finer, own) {
        // The kind of the meeting names it; whether it is in town or in hospital stays among its codes.
        (Some(finer), Some(own)) => Concept { text: finer.text, codes: finer.codes.into_iter().chain(own.codes).collect() },
        (finer, own) => finer.or(own)?,
    };
    // "Demande d'examen ou de suivi", "Autre acte": what is asked for stands in the narrative.
    if is_generic(&concept)
        && let Some(words) = words
    {
        concept.text = words;
    }
    Some(concept)
}

/// Codes of the CI-SIS that only say that something is asked for.
fn is_generic(concept: &Concept) -> bool {
    concept.codes.first().is_some_and(|code| code.code == "ORG-064" || code.code.starts_with("GEN-092") || code.code == "AMB" || code.code == "IMP")
}

/// An advance directive with its answer: "Dialyse rénale : Autorisé".
pub(super) fn add_directive<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() || is_negated(node) {
        return;
    }
    let Some(concept) = child(node, "code").and_then(|code| concept_with(place, code, child(node, "text"), concept::Prefer::Display)) else { return };
    let columns = child(node, "text").and_then(|text| place.lead(text)).map(|(_, target)| narrative::columns(target)).unwrap_or_default();
    let answer = columns.into_iter().find(|(heading, words)| heading.contains("précision") && !words.is_empty()).map(|(_, words)| words);
    let answer = answer.or_else(|| value::of(place, node).map(|value| value::shown(&value)));
    with_answer(place, node, What::Directive, concept, answer, facts);
}

/// An assessment of function: "Marcher : restriction modérée".
pub(super) fn add_function<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() || is_negated(node) {
        return;
    }
    let Some(concept) = child(node, "code").and_then(|code| concept_with(place, code, child(node, "text"), concept::Prefer::Display)) else { return };
    let answer = value::of(place, node).map(|value| value::shown(&value));
    if answer.is_some() || !concept.codes.is_empty() {
        with_answer(place, node, What::Function, concept, answer, facts);
    }
}

fn with_answer<'a>(place: &Place<'_, 'a>, node: Element<'a>, what: What, named: Concept, answer: Option<String>, facts: &mut Facts) {
    let proof = place.proof(&[child(node, "text"), child(node, "value")], &named.text);
    let text = answer.map_or_else(|| named.text.clone(), |answer| format!("{} : {answer}", named.text));
    let period: Period = time::period_of(node);
    facts.push(Fact { what, concept: Concept { text, codes: named.codes }, period, by: Default::default(), proof });
}
