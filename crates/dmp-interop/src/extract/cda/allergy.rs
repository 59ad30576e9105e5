//! Allergies, intolerances and adverse effects.

use dmp_core::summary::{AbsenceKind, Concept, Criticality, Fact, FactKind, What};

use crate::cda::tree::{attribute, child, children, descend};

use super::super::absence;
use super::super::words::{denial, fold};
use super::concept::{Prefer, answer_of, concept as concept_of, concept_with};
use super::entry::template;
use super::place::Place;
use super::xml::{Element, follows_any, is, is_negated, related, related_value, text_within, words_at};
use super::{Facts, party, time};

const STATUS: &str = "33999-4";
const CRITICALITY: &str = "82606-5";
const SEVERITY: &str = "SEV";
const SEVERITY_OF_EFFECT: &str = "94030-4";
/// Most reactions of one allergy.
const REACTIONS_MAX: usize = 16;

/// A concern: the allergies inside it, or the denial that the section tells in words.
pub(super) fn add_concern<'a>(place: &Place<'_, 'a>, concern: Element<'a>, facts: &mut Facts) {
    let before = facts.len();
    for node in related(concern, "").filter(|node| is(*node, "observation")) {
        add(place, node, if is_negated(concern) { "negated" } else { "" }, facts);
    }
    if facts.len() == before {
        add_denial(place, facts);
    }
}

/// One allergy. `outer` is not empty when the act around it is negated.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, outer: &str, facts: &mut Facts) {
    if !follows_any(node, &[template::ALLERGY, template::PROBLEM]) {
        return;
    }
    let value = child(node, "value");
    let leads = [agent_code(node), value, child(node, "text")];
    let agent = agent(place, node);
    let said = value.and_then(|value| concept_of(place, value));
    // "Allergie alimentaire : oui": the kind of allergy is all that is known.
    let answered = answer_of(place, &leads).filter(|_| agent.is_none());
    let said = said.or_else(|| child(node, "code").filter(|_| answered.is_some()).and_then(|code| concept_of(place, code)));
    let how =
        said.as_ref().and_then(|said| absence::of_codes(&said.codes)).or_else(|| agent.as_ref().and_then(|agent| absence::of_codes(&agent.codes)));
    let negated = is_negated(node) || !outer.is_empty() || answered == Some(false);
    let how = how
        .or_else(|| said.as_ref().filter(|said| answered.is_none() && said.codes.is_empty() && agent.is_none()).and_then(|said| denial(&said.text)));
    let absent = how.or_else(|| negated.then_some(AbsenceKind::NoneKnown));
    let mut reactions = reactions(place, node);
    let concept = match (absent, agent, said) {
        (Some(_), None, Some(said)) | (None, None, Some(said)) => said,
        (Some(_), Some(agent), _) => agent,
        (None, Some(agent), said) => {
            // The value names the reaction when a code says so.
            reactions.extend(said.filter(|said| !said.codes.is_empty() && reactions.is_empty()));
            agent
        }
        (_, None, None) => return,
    };
    let what = match absent {
        Some(how) => What::Absent { of: FactKind::Allergy, how },
        None => What::Allergy { reactions, criticality: criticality(node), resolved: is_resolved(node) },
    };
    let proof = place.proof(&leads, &concept.text);
    facts.push(Fact { what, period: time::period_of(node), by: party::author(node), proof, concept });
}

/// An adverse effect of a medicine: the medicine is the agent and no treatment.
pub(super) fn add_adverse_effect<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let product = related(node, "").find(|inner| is(*inner, "substanceAdministration"));
    let code = product.and_then(|product| descend(product, &["consumable", "manufacturedProduct", "manufacturedMaterial", "code"]));
    let reactions = reactions(place, node);
    let concept = code.and_then(|code| concept_of(place, code)).or_else(|| reactions.first().cloned());
    let Some(concept) = concept.filter(|_| !is_negated(node)) else { return };
    let proof = place.proof(&[code, child(node, "text")], &concept.text);
    let what = What::Allergy { reactions, criticality: criticality(node), resolved: is_resolved(node) };
    facts.push(Fact { what, period: time::period_of(node), by: party::author(node), proof, concept });
}

/// "Aucune allergie" in the words of a section whose entry holds nothing.
fn add_denial(place: &Place<'_, '_>, facts: &mut Facts) {
    let Some(text) = child(place.section, "text").map(text_within) else { return };
    let Some(how) = denial(&text) else { return };
    let concept = Concept::words(super::super::words::cut(&text, 200));
    let proof = place.proof(&[], &concept.text);
    facts.push(Fact { what: What::Absent { of: FactKind::Allergy, how }, concept, period: Default::default(), by: Default::default(), proof });
}

fn agent_code(node: Element<'_>) -> Option<Element<'_>> {
    playing_entity(node).and_then(|entity| child(entity, "code"))
}

fn playing_entity(node: Element<'_>) -> Option<Element<'_>> {
    children(node, "participant")
        .filter(|participant| matches!(participant.attribute("typeCode"), Some("CSM") | None))
        .find_map(|participant| descend(participant, &["participantRole", "playingEntity"]))
}

fn agent<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<Concept> {
    let entity = playing_entity(node)?;
    let code = child(entity, "code").and_then(|code| concept_with(place, code, None, Prefer::Narrative));
    code.or_else(|| words_at(entity, &["name"]).map(|name| Concept::words(fold(&name))).filter(|name| !name.text.is_empty()))
}

fn reactions<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Vec<Concept> {
    let observations = related(node, "MFST").filter(|inner| is(*inner, "observation") && !is_negated(*inner));
    observations.filter_map(|inner| concept_of(place, child(inner, "value")?)).take(REACTIONS_MAX).collect()
}

/// The criticality, or else the worst severity of it or its reactions.
fn criticality(node: Element<'_>) -> Criticality {
    let code = |value: Option<Element<'_>>| value.and_then(|value| attribute(value, "code")).unwrap_or_default().to_ascii_lowercase();
    match code(related_value(node, CRITICALITY)).as_str() {
        "high" | "crith" => return Criticality::High,
        "low" | "critl" => return Criticality::Low,
        _ => {}
    }
    let inside = related(node, "MFST").filter(|inner| is(*inner, "observation")).take(REACTIONS_MAX);
    let holders = inside.chain([node]);
    let severities = holders.flat_map(|holder| [related_value(holder, SEVERITY), related_value(holder, SEVERITY_OF_EFFECT)]).map(code);
    severities.map(|code| severity(&code)).max().unwrap_or_default()
}

/// Severe, life-threatening, fatal of SNOMED CT and HL7.
fn severity(code: &str) -> Criticality {
    match code {
        "24484000" | "442452003" | "399166001" | "h" => Criticality::High,
        "255604002" | "l" => Criticality::Low,
        _ => Criticality::Unknown,
    }
}

/// It is over when its status says so or an end is given; `inactive` alone is kept: a person may still react.
fn is_resolved(node: Element<'_>) -> bool {
    let status = related_value(node, STATUS).and_then(|value| attribute(value, "code"));
    status.as_deref() == Some("resolved") || children(node, "effectiveTime").any(|time| child(time, "high").and_then(time::when).is_some())
}
