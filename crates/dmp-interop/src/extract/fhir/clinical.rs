//! Conditions, allergies, vaccinations, acts, illnesses of relatives.

use dmp_core::summary::{AbsenceKind, Concept, Criticality, Fact, FactKind, Period, ProblemState, What};
use serde_json::Value;

use super::super::absence;
use super::super::words::denial;
use super::node::{Index, Spot, array, concept_at, first_code, period, text};

type Facts = Vec<Fact>;

/// What a concept denies, by its codes or its words ("No known food allergy").
pub(super) fn absence_in(concept: &Concept) -> Option<AbsenceKind> {
    absence::of_codes(&concept.codes).or_else(|| denial(&concept.text))
}

/// An illness.
pub(super) fn condition<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let Some(concept) = concept_at(resource, "code") else { return };
    let (onset, end) = (period(resource, "onset"), period(resource, "abatement"));
    let time = Period { from: onset.from, to: if onset.from == onset.to { end.from } else { onset.to.or(end.from) } };
    let refuted = (first_code(resource, "verificationStatus") == "refuted").then_some(AbsenceKind::NoneKnown);
    let what = match absence_in(&concept).or(refuted) {
        Some(how) => What::Absent { of: FactKind::Problem, how },
        None => What::Problem { state: state(resource, spot, time) },
    };
    let proof = spot.proof(resource, &concept.text);
    facts.push(Fact { what, concept, period: time, by: index.party_at(resource, "asserter"), proof });
}

fn state(resource: &Value, spot: &Spot, time: Period) -> ProblemState {
    if matches!(first_code(resource, "verificationStatus"), "unconfirmed" | "provisional" | "differential") {
        return ProblemState::Suspected;
    }
    match first_code(resource, "clinicalStatus") {
        "active" | "recurrence" | "relapse" => ProblemState::Active,
        "inactive" | "remission" | "resolved" => ProblemState::Past,
        _ if time.to.is_some() || spot.section == "11348-0" => ProblemState::Past,
        _ => ProblemState::Active,
    }
}

/// An allergy or intolerance.
pub(super) fn allergy<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let events = array(resource, "reaction");
    let reactions: Vec<Concept> =
        events.iter().take(16).flat_map(|event| array(event, "manifestation")).filter_map(super::node::concept).take(16).collect();
    let substance = concept_at(resource, "code").or_else(|| events.iter().find_map(|event| concept_at(event, "substance")));
    let Some(concept) = substance.or_else(|| reactions.first().cloned()) else { return };
    let refuted = (first_code(resource, "verificationStatus") == "refuted").then_some(AbsenceKind::NoneKnown);
    let what = match absence_in(&concept).or(refuted) {
        Some(how) => What::Absent { of: FactKind::Allergy, how },
        None => What::Allergy {
            reactions,
            criticality: criticality(resource),
            resolved: matches!(first_code(resource, "clinicalStatus"), "resolved" | "inactive"),
        },
    };
    let onset = period(resource, "onset");
    let time = Period { from: onset.from, to: onset.to.filter(|to| Some(*to) != onset.from) };
    let proof = spot.proof(resource, &concept.text);
    facts.push(Fact { what, concept, period: time, by: index.party_at(resource, "asserter"), proof });
}

fn criticality(resource: &Value) -> Criticality {
    match text(resource, "criticality") {
        Some("high") => Criticality::High,
        Some("low") => Criticality::Low,
        _ if array(resource, "reaction").iter().any(|event| text(event, "severity") == Some("severe")) => Criticality::High,
        _ => Criticality::Unknown,
    }
}

/// A vaccination, done or not.
pub(super) fn immunization<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let Some(concept) = concept_at(resource, "vaccineCode") else { return };
    let applied = array(resource, "protocolApplied");
    let against = applied.iter().take(8).flat_map(|protocol| array(protocol, "targetDisease")).filter_map(super::node::concept).take(16).collect();
    let dose = applied.iter().find_map(|protocol| protocol.get("doseNumberPositiveInt").and_then(Value::as_u64));
    let what = match absence_in(&concept) {
        Some(how) => What::Absent { of: FactKind::Vaccination, how },
        None => What::Vaccination {
            against,
            batch: text(resource, "lotNumber").unwrap_or_default().to_owned(),
            dose: dose.and_then(|dose| u32::try_from(dose).ok()),
            refused: text(resource, "status") == Some("not-done"),
        },
    };
    let proof = spot.proof(resource, &concept.text);
    facts.push(Fact { what, concept, period: period(resource, "occurrence"), by: index.party_at(resource, "performer"), proof });
}

/// An operation or another act.
pub(super) fn procedure<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let Some(concept) = concept_at(resource, "code") else { return };
    let not_done = (text(resource, "status") == Some("not-done")).then_some(AbsenceKind::NoneKnown);
    let is_planned = text(resource, "status") == Some("preparation") || spot.section == "18776-5";
    let what = match absence_in(&concept).or(not_done) {
        Some(how) => What::Absent { of: FactKind::Procedure, how },
        None if is_planned => What::Plan,
        None => What::Procedure,
    };
    let proof = spot.proof(resource, &concept.text);
    facts.push(Fact { what, concept, period: period(resource, "performed"), by: index.party_at(resource, "performer"), proof });
}

/// The illnesses of a relative.
pub(super) fn family(resource: &Value, spot: &Spot, facts: &mut Facts) {
    let relation = concept_at(resource, "relationship").map(|relation| relation.text).unwrap_or_default();
    for condition in array(resource, "condition").iter().take(64) {
        let Some(concept) = concept_at(condition, "code") else { continue };
        let what = match absence_in(&concept) {
            Some(how) => What::Absent { of: FactKind::FamilyHistory, how },
            None => What::FamilyHistory { relation: relation.clone() },
        };
        let proof = spot.proof(resource, &concept.text);
        facts.push(Fact { what, concept, period: Default::default(), by: Default::default(), proof });
    }
}
