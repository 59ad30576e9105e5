//! Vaccinations that were done, or refused: a document that says "non" says that it was not given.

use dmp_core::summary::{Concept, Fact, FactKind, Party, What};

use crate::cda::tree::{child, children};

use super::super::absence;
use super::concept::{code, concept as concept_of, is_denied};
use super::place::Place;
use super::xml::{Element, REPEATS_MAX, is_negated, mood, related, related_value, value, words_at};
use super::{Facts, medicine, party, plan, time};

const RANK: &str = "30973-2";
/// Systems of vaccine groups: ATC, and the ATC of the insurer.
const ATC: [&str; 2] = ["2.16.840.1.113883.6.73", "1.2.250.1.215.200.1.2.2"];

/// One vaccination.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if !matches!(mood(node), "EVN" | "") {
        plan::add(place, node, facts);
        return;
    }
    if place.subject.is_some() {
        return;
    }
    let absent = child(node, "code").and_then(code).and_then(|code| absence::of_code(&code));
    let Some(concept) = (match absent {
        Some(_) => child(node, "code").and_then(|code| concept_of(place, code)),
        None => medicine::product(place, node),
    }) else {
        return;
    };
    let how = absent.or_else(|| absence::of_codes(&concept.codes));
    let material = medicine::material(node);
    let leads = [material.and_then(|material| child(material, "code")), child(node, "text")];
    let refused = is_negated(node) || is_denied(place, &leads);
    let what = match how {
        Some(how) => What::Absent { of: FactKind::Vaccination, how },
        None => What::Vaccination {
            against: against(place, material),
            batch: material.and_then(|material| words_at(material, &["lotNumberText"])).unwrap_or_default(),
            dose: related_value(node, RANK).and_then(value).and_then(|rank| rank.parse().ok()),
            refused,
        },
    };
    let delivery = related(node, "REFR").find(|inner| inner.tag_name().name() == "supply");
    let period = time::first([time::period_of(node), delivery.map(medicine::delivered_at).unwrap_or_default()]);
    let by = delivery.map_or_else(|| Some(party::performer(node)), |delivery| Some(party::prescriber_or_performer(delivery)));
    let by = by.filter(party::is_known).unwrap_or_else(Party::default);
    let proof = place.proof(&leads, &concept.text);
    facts.push(Fact { what, concept, period, by, proof });
}

/// The diseases or vaccine groups among the translations.
fn against<'a>(place: &Place<'_, 'a>, material: Option<Element<'a>>) -> Vec<Concept> {
    let product = material.and_then(|material| child(material, "code"));
    let translations = product.into_iter().flat_map(|code| children(code, "translation")).take(REPEATS_MAX);
    translations
        .filter(|translation| translation.attribute("codeSystem").is_some_and(|system| ATC.contains(&system)))
        .filter_map(|group| concept_of(place, group))
        .collect()
}
