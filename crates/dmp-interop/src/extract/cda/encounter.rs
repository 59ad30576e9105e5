//! Stays and other encounters, past and planned.

use dmp_core::summary::{Concept, Fact, FactKind, Party, What};

use crate::cda::tree::{attribute, child, children, descend};

use super::super::absence;
use super::super::words::can_name;
use super::concept::{all_words, code, concept as concept_of, concept_with};
use super::place::{Paper, Place};
use super::xml::{Element, is_negated, mood, words_at};
use super::{Facts, concept, contact, party, plan, time};

/// Codes of encounter of a stay (HL7 `ActEncounterCode` and the CI-SIS).
const STAYS: [&str; 7] = ["IMP", "ACUTE", "NONAC", "SS", "OBSENC", "HH", "HAD"];
/// Documents about one stay: discharge letter, report of hospitalisation.
const OF_A_STAY: [&str; 4] = ["11490-0", "34112-3", "34105-7", "18842-5"];
/// Establishments with beds (TRE_R02).
const HOSPITALS: [&str; 4] = ["SA01", "SA02", "SA03", "SA04"];

/// One encounter of a section.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() {
        return;
    }
    let coded = child(node, "code");
    let absent = coded.and_then(code).and_then(|code| absence::of_code(&code));
    // What a plan lists is planned, whatever its mood.
    if absent.is_none() && (plan::is_section(place) || !matches!(mood(node), "EVN" | "")) {
        plan::add(place, node, facts);
        return;
    }
    let Some(concept) = named(place, node) else { return };
    if is_negated(node) && absent.is_none() {
        return;
    }
    let what = absent.map_or(What::Stay, |how| What::Absent { of: FactKind::Stay, how });
    let proof = place.proof(&[child(node, "text"), coded], &concept.text);
    facts.push(Fact { what, concept, period: time::period_of(node), by: with_place(party::performer(node), node), proof });
}

/// The finer code of the stay (a diagnosis-related group), else the kind of encounter.
fn named<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<Concept> {
    let coded = child(node, "code")?;
    let finer = children(coded, "qualifier").take(4).find_map(|qualifier| concept_of(place, child(qualifier, "value")?));
    let words =
        child(node, "text").filter(|text| place.lead(*text).is_some()).and_then(|text| all_words(place, text)).filter(|words| can_name(words));
    match finer {
        Some(finer) => Some(Concept { text: words.unwrap_or(finer.text), codes: finer.codes }),
        None => concept_with(place, coded, child(node, "text"), concept::Prefer::Narrative),
    }
}

fn with_place(by: Party, node: Element<'_>) -> Party {
    if !by.place.is_empty() {
        return by;
    }
    let location = children(node, "participant").filter(|participant| participant.attribute("typeCode") == Some("LOC"));
    let name = location.filter_map(|location| words_at(location, &["participantRole", "playingEntity", "name"])).next();
    Party { place: name.unwrap_or_default(), ..by }
}

/// The stay that a hospital's document tells of (`encompassingEncounter`).
pub(super) fn add_header(paper: &Paper<'_>, facts: &mut Facts) {
    let Some(encounter) = descend(paper.root, &["componentOf", "encompassingEncounter"]) else { return };
    let period = time::period_of(encounter);
    let kind = child(encounter, "code").and_then(|code| attribute(code, "code")).unwrap_or_default();
    let facility = descend(encounter, &["location", "healthCareFacility"]);
    let facility_code = facility.and_then(|facility| child(facility, "code")).and_then(|code| attribute(code, "code")).unwrap_or_default();
    let is_stay = STAYS.contains(&kind.as_str());
    let is_of_a_stay = kind.is_empty() && OF_A_STAY.contains(&super::xml::code_of(paper.root).unwrap_or_default().as_str());
    if !(is_stay || is_of_a_stay) || !HOSPITALS.contains(&facility_code.as_str()) || period.latest().is_none() {
        return;
    }
    let place = facility
        .and_then(|facility| words_at(facility, &["location", "name"]).or_else(|| words_at(facility, &["serviceProviderOrganization", "name"])));
    let responsible = descend(encounter, &["responsibleParty", "assignedEntity"]).map(party::entity).unwrap_or_default();
    let by = Party { place: place.unwrap_or(responsible.place), ..responsible };
    let codes = child(encounter, "code").and_then(code).into_iter().collect::<Vec<_>>();
    let concept = match codes.first().filter(|code| !code.display.is_empty()) {
        Some(first) => Concept { text: first.display.clone(), codes },
        None => Concept { text: "Hospitalisation".to_owned(), codes },
    };
    facts.push(Fact { what: What::Stay, concept, period, by, proof: contact::header_proof("") });
}
