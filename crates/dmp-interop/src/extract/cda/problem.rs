//! Problems, past and present (IHE *Problem Concern Entry*, CI-SIS `1.2.250.1.213.1.1.3.37` and `.39`).

use dmp_core::summary::{AbsenceKind, Concept, Fact, FactKind, Party, Period, ProblemState, What};

use crate::cda::tree::{attribute, child, children};

use super::super::absence;
use super::super::words::denial;
use super::concept::{all_words, concept_with, is_denied};
use super::entry::template;
use super::place::Place;
use super::xml::{Element, follows, is, is_negated, related, related_value};
use super::{Facts, concept, observation, party, time};

/// Sections whose problems are over unless the entry says that they go on.
const PAST_SECTIONS: [&str; 2] = ["11348-0", "47519-4"];
/// *Status*, *Certitude*.
const STATUS: &str = "33999-4";
const CERTAINTY: &str = "66455-7";
/// Handedness, which some documents write as a problem.
const HANDEDNESS: &str = "364940007";
/// *Motif*: as a value it is a heading.
const REASON: &str = "42349-1";

/// A concern: the problems inside it.
pub(super) fn add_concern<'a>(place: &Place<'_, 'a>, concern: Element<'a>, facts: &mut Facts) {
    for node in related(concern, "").filter(|node| is(*node, "observation") && follows(*node, template::PROBLEM)) {
        add(place, node, Some(concern), facts);
    }
}

/// One problem.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, concern: Option<Element<'a>>, facts: &mut Facts) {
    let Some(value) = child(node, "value") else { return };
    let Some(concept) = concept_with(place, value, child(node, "text"), concept::Prefer::Narrative) else { return };
    let period = time::first([time::period_of(node), concern.map(time::period_of).unwrap_or_default()]);
    let by = Some(party::author(node)).filter(party::is_known).or_else(|| concern.map(party::author)).unwrap_or_default();
    let leads = [Some(value), child(node, "text")];
    if concept.codes.iter().any(|code| code.code == HANDEDNESS || code.code == REASON) {
        return;
    }
    let negated = is_negated(node) || concern.is_some_and(is_negated) || is_denied(place, &leads);
    if let Some(what) = absence_in(place, &concept, value, negated) {
        facts.push(fact(place, what, concept, period, by, &leads));
        return;
    }
    let what = match &place.subject {
        Some(relation) => What::FamilyHistory { relation: relation.clone() },
        None => What::Problem { state: state(place, node) },
    };
    facts.push(fact(place, what, concept, period, by, &leads));
    observation::add_nested(place, node, facts);
}

fn fact<'a>(place: &Place<'_, 'a>, what: What, concept: Concept, period: Period, by: Party, leads: &[Option<Element<'a>>]) -> Fact {
    let proof = place.proof(leads, &concept.text);
    Fact { what, concept, period, by, proof }
}

/// An absence: by code, by the negation, or by words that deny.
fn absence_in<'a>(place: &Place<'_, 'a>, concept: &Concept, value: Element<'a>, negated: bool) -> Option<What> {
    let of = if place.subject.is_some() { FactKind::FamilyHistory } else { FactKind::Problem };
    let by_words = || denial(&concept.text).filter(|_| concept.codes.is_empty());
    let how = absence::of_codes(&concept.codes).or_else(|| negated.then_some(AbsenceKind::NoneKnown)).or_else(by_words);
    let how = how.or_else(|| all_words(place, value).filter(|_| concept.codes.is_empty()).and_then(|words| denial(&words)))?;
    Some(What::Absent { of, how })
}

/// The state: what the entry says, else what its section says, else what its dates say.
fn state(place: &Place<'_, '_>, node: Element<'_>) -> ProblemState {
    let said = |code| related_value(node, code).and_then(|value| attribute(value, "code")).unwrap_or_default().to_ascii_lowercase();
    if matches!(said(CERTAINTY).as_str(), "unconfirmed" | "provisional" | "differential") {
        return ProblemState::Suspected;
    }
    match said(STATUS).as_str() {
        "active" | "recurrence" | "relapse" | "55561003" => return ProblemState::Active,
        "inactive" | "resolved" | "remission" | "73425007" | "413322009" => return ProblemState::Past,
        _ => {}
    }
    let has_ended = children(node, "effectiveTime").any(|time| child(time, "high").and_then(time::when).is_some());
    if has_ended || PAST_SECTIONS.iter().any(|code| place.code == *code) { ProblemState::Past } else { ProblemState::Active }
}
