//! Devices: implanted, worn, delivered.

use dmp_core::summary::{AbsenceKind, Concept, DeviceState, Fact, FactKind, What};

use crate::cda::tree::{child, children, descend};

use super::super::absence;
use super::super::words::can_name;
use super::concept::{concept_with, original, referred};
use super::place::{Genre, Place};
use super::xml::{Element, is_negated, mood, text_within, value as plain_value};
use super::{Facts, concept, medicine, narrative, party, time};

/// A device told as a supply.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() {
        return;
    }
    let participants = children(node, "participant").filter(|participant| participant.attribute("typeCode") == Some("DEV"));
    let Some(code) = participants.filter_map(|participant| descend(participant, &["participantRole", "playingDevice", "code"])).next() else {
        return;
    };
    let Some(concept) = named(place, node, code) else { return };
    let has_ended = children(node, "effectiveTime").any(|time| child(time, "high").and_then(time::when).is_some());
    let period = time::first([time::period_of(node), medicine::delivered_at(node)]);
    let how = absence::of_codes(&concept.codes).or_else(|| is_negated(node).then_some(AbsenceKind::NoneKnown));
    let what = match how {
        Some(how) => What::Absent { of: FactKind::Device, how },
        None => What::Device { state: state(place, node, has_ended) },
    };
    let proof = place.proof(&[Some(code), child(node, "text")], &concept.text);
    facts.push(Fact { what, concept, period, by: party::prescriber_or_performer(node), proof });
}

/// The words of the narrative, which may stand at a translation (the LPP line of a prescription).
fn named<'a>(place: &Place<'_, 'a>, node: Element<'a>, code: Element<'a>) -> Option<Concept> {
    let concept = concept_with(place, code, child(node, "text"), concept::Prefer::Narrative)?;
    let has_words = original(place, code).is_some();
    let words = child(node, "text").filter(|text| !has_words && place.lead(*text).is_some()).and_then(|text| referred(place, text));
    Some(words.map_or(concept.clone(), |text| Concept { text, codes: concept.codes }))
}

fn state(place: &Place<'_, '_>, node: Element<'_>, ended: bool) -> DeviceState {
    // A prescribed device is on its way to the person: of the three states the nearest.
    if place.paper.genre == Genre::Reimbursement || matches!(mood(node), "INT" | "RQO") {
        DeviceState::Delivered
    } else if ended {
        DeviceState::Past
    } else {
        DeviceState::InUse
    }
}

/// Glasses, hearing aids, dentures: a question with its answer.
pub(super) fn add_personal<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let Some(value) = child(node, "value").filter(|_| place.subject.is_none()) else { return };
    let Some(concept) = child(node, "code").and_then(|code| concept_with(place, code, child(node, "text"), concept::Prefer::Display)) else { return };
    let words = child(node, "text").filter(|text| place.lead(*text).is_some()).and_then(|text| referred(place, text));
    let concept = Concept { text: words.unwrap_or(concept.text), codes: concept.codes };
    let words_of_other =
        || child(node, "text").and_then(|text| place.lead(text)).and_then(|(_, target)| narrative::cell_after(target)).map(text_within);
    let concept = match concept.codes.first().filter(|code| code.code.starts_with("GEN-092")).map(|_| words_of_other().unwrap_or_default()) {
        // "Autre" is what the narrative says it is, or nothing.
        Some(words) if can_name(&words) => Concept { text: words, codes: concept.codes },
        Some(_) => return,
        None => concept,
    };
    let answer = plain_value(value);
    let what = match (answer.as_deref(), is_negated(node)) {
        (Some("false"), _) | (_, true) => What::Absent { of: FactKind::Device, how: AbsenceKind::NoneKnown },
        _ => What::Device { state: DeviceState::InUse },
    };
    let proof = place.proof(&[child(node, "text"), child(node, "code")], &concept.text);
    facts.push(Fact { what, concept, period: time::period_of(node), by: Default::default(), proof });
}
