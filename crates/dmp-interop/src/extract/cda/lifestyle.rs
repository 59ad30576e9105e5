//! Habits and other risks of the person (*habitus, mode de vie*).

use dmp_core::summary::{Concept, Fact, RiskKind, What};

use crate::cda::tree::{child, children, descend};

use super::concept::{concept as concept_of, concept_with};
use super::place::Place;
use super::xml::{Element, is_negated};
use super::{Facts, concept, time, value};

/// One habit with its measure in the words: "Consommation tabagique : 25 {pack}/a".
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() || is_negated(node) {
        return;
    }
    let Some(code) = child(node, "code") else { return };
    if let Some(concept) = other_element(place, node, code) {
        let proof = place.proof(&[child(node, "text"), child(node, "value")], &concept.text);
        facts.push(Fact { what: What::Risk { kind: kind(place) }, concept, period: time::period_of(node), by: Default::default(), proof });
        return;
    }
    let Some(value) = value::of(place, node) else { return };
    let Some(named) = concept_with(place, code, child(node, "text"), concept::Prefer::Display) else { return };
    // "Autre élément social", qualified by what it is.
    let finer = children(code, "qualifier").take(4).find_map(|qualifier| concept_of(place, descend(qualifier, &["value"])?));
    let named = match finer {
        Some(finer) => Concept { text: finer.text, codes: finer.codes.into_iter().chain(named.codes).collect() },
        None => named,
    };
    let concept = Concept { text: format!("{} : {}", named.text, value::shown(&value)), codes: named.codes };
    let proof = place.proof(&[child(node, "text"), Some(code), child(node, "value")], &named.text);
    facts.push(Fact { what: What::Risk { kind: kind(place) }, concept, period: time::period_of(node), by: Default::default(), proof });
}

/// "Autre élément social" without a qualifier asks nothing: what it is stands in its value alone.
fn other_element<'a>(place: &Place<'_, 'a>, node: Element<'a>, code: Element<'a>) -> Option<Concept> {
    let asks_nothing = code.attribute("code") == Some(OTHER_ELEMENT) && child(code, "qualifier").is_none();
    let value = child(node, "value").filter(|_| asks_nothing)?;
    concept_of(place, value).filter(|concept| !concept.text.is_empty())
}

fn kind(place: &Place<'_, '_>) -> RiskKind {
    if place.code == "10161-8" { RiskKind::Occupational } else { RiskKind::Lifestyle }
}

/// LOINC *Autre élément social*.
const OTHER_ELEMENT: &str = "11345-6";
