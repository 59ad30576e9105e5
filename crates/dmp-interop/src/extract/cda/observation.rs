//! Results, measures, scores and other findings; organizers and batteries are no facts by themselves.

use dmp_core::summary::{Concept, Fact, Observation, ObservationKind, ObservationStatus, Party, Period, ProblemState, Value, What};

use crate::cda::tree::{attribute, child, children, descend};

use super::concept::{all_words, concept as concept_of, concept_with};
use super::entry::template;
use super::place::{Genre, Place};
use super::xml::{Element, REPEATS_MAX, code_of, display_of, follows, follows_any, is, is_negated, related, status};
use super::{Facts, concept, entry, imaging, party, time, value};

/// Most components of one organizer or act.
const COMPONENTS_MAX: usize = 5000;
/// Systems of equipment and its failures: not of the person.
const EQUIPMENT: [&str; 2] = ["1.2.250.1.213.2.64", "1.2.250.1.213.2.68"];
/// Codes of the CI-SIS that describe how an act or a document went, not the person.
const ABOUT_THE_ACT: [&str; 14] = [
    "69764-9", "GEN-004", "GEN-005", "GEN-014", "GEN-023", "GEN-065", "GEN-100", "GEN-164", "GEN-165", "MED-005", "MED-006", "MED-007", "MED-008",
    "MED-559",
];
const LATERALITY: &str = "20228-3";
/// *Synthèse médicale* of a stay: its words are an illness.
const SYNTHESIS: &str = "MED-142";

/// What the observations of an organizer have in common.
#[derive(Debug, Clone, Default)]
struct Common {
    period: Period,
    by: Party,
    /// The isolate that the results are of.
    isolate: Option<String>,
}

/// The results of the one act of a laboratory section.
pub(super) fn add_laboratory<'a>(place: &Place<'_, 'a>, act: Element<'a>, facts: &mut Facts) {
    let by = Some(party::performer(act)).filter(party::is_known).unwrap_or_else(|| place.paper.laboratory.clone());
    let common = Common { period: time::period_of(act), by, isolate: None };
    for node in related(act, "").take(COMPONENTS_MAX) {
        component(place, node, &common, facts);
    }
}

/// The components of any other organizer.
pub(super) fn add_organizer<'a>(place: &Place<'_, 'a>, organizer: Element<'a>, facts: &mut Facts) {
    components(place, organizer, &Common { by: place.paper.laboratory.clone(), ..Common::default() }, facts);
}

fn components<'a>(place: &Place<'_, 'a>, organizer: Element<'a>, outer: &Common, facts: &mut Facts) {
    let common = Common {
        period: time::first([time::period_of(organizer), outer.period]),
        by: Some(party::performer_or_author(organizer)).filter(party::is_known).unwrap_or_else(|| outer.by.clone()),
        isolate: isolate(place, organizer).or_else(|| outer.isolate.clone()),
    };
    let is_imaging = code_of(organizer).as_deref() == Some("18748-4");
    let inside = children(organizer, "component").flat_map(|component| component.children()).filter(roxmltree::Node::is_element);
    for node in inside.take(COMPONENTS_MAX) {
        if is_imaging && is(node, "observation") {
            imaging::add_result(place, node, common.period, &common.by, facts);
        } else {
            component(place, node, &common, facts);
        }
    }
}

fn component<'a>(place: &Place<'_, 'a>, node: Element<'a>, common: &Common, facts: &mut Facts) {
    let place = &place.about(node);
    match node.tag_name().name() {
        "organizer" if !follows(node, template::ATTACHMENT) => components(place, node, common, facts),
        "observation" if is_plain(node) => add_one(place, node, common, facts),
        "observation" | "procedure" | "substanceAdministration" | "supply" | "encounter" => entry::add(place, node, facts),
        _ => {}
    }
}

/// Whether it is a result, a measure or a finding, and none of the entries that mean something of their own.
fn is_plain(node: Element<'_>) -> bool {
    let others = [template::PROBLEM, template::ALLERGY, template::SOCIAL_HISTORY, template::PREGNANCY, template::DIRECTIVE, template::FUNCTION];
    !follows_any(node, &others) && !follows(node, template::REQUEST)
}

/// One observation that stands alone.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    add_one(place, node, &Common { by: place.paper.laboratory.clone(), ..Common::default() }, facts);
}

fn add_one<'a>(place: &Place<'_, 'a>, node: Element<'a>, common: &Common, facts: &mut Facts) {
    add_nested(place, node, facts);
    if place.subject.is_some() || is_about_the_act(node) {
        return;
    }
    let Some(value) = value::of(place, node).filter(|value| !is_contradicted(node, value)) else { return };
    let Some(mut concept) = named(place, node, &value) else { return };
    let site = child(node, "targetSiteCode").and_then(|site| concept_of(place, site)).map(|site| site.text);
    for detail in site.iter().chain(&side(place, node)).chain(&common.isolate) {
        if !concept.text.contains(detail.as_str()) {
            concept.text = format!("{} ({detail})", concept.text);
        }
    }
    if let (Some(SYNTHESIS), Value::Text(words)) = (code_of(node).as_deref(), &value) {
        concept = Concept { text: words.clone(), codes: Vec::new() };
    }
    let what = if concept.codes.is_empty() && code_of(node).as_deref() == Some(SYNTHESIS) {
        What::Problem { state: ProblemState::Active }
    } else {
        What::Observation(Observation {
            kind: kind(place, node),
            range: value::range(node),
            interpretation: children(node, "interpretationCode").take(REPEATS_MAX).filter_map(|code| attribute(code, "code")).collect(),
            method: method(place, node),
            status: state(node),
            value,
        })
    };
    let by = Some(party::performer_or_author(node)).filter(party::is_known).unwrap_or_else(|| common.by.clone());
    let leads = [child(node, "code"), child(node, "text"), child(node, "value")];
    let proof = place.proof(&leads, &concept.text);
    let period = time::first([time::period_of(node), common.period]);
    add_earlier(place, node, &concept, common, facts);
    facts.push(Fact { what, concept, period, by, proof });
}

/// Results of before, which a report prints beside the new one.
fn add_earlier<'a>(place: &Place<'_, 'a>, node: Element<'a>, newer: &Concept, common: &Common, facts: &mut Facts) {
    for inner in related(node, "REFR").filter(|inner| is(*inner, "observation") && code_of(*inner) == code_of(node)).take(REPEATS_MAX) {
        let Some(value) = value::of(place, inner) else { continue };
        let observation = Observation {
            kind: ObservationKind::Result,
            range: value::range(inner),
            interpretation: children(inner, "interpretationCode").take(REPEATS_MAX).filter_map(|code| attribute(code, "code")).collect(),
            method: method(place, inner),
            status: state(inner),
            value,
        };
        let proof = place.proof(&[child(node, "code"), child(node, "text")], &newer.text);
        let by = Some(party::performer_or_author(inner)).filter(party::is_known).unwrap_or_else(|| common.by.clone());
        facts.push(Fact { what: What::Observation(observation), concept: newer.clone(), period: time::period_of(inner), by, proof });
    }
}

/// Scores and vital signs inside another entry ("hypothermie": 34 °C; an act with its ASA score).
pub(super) fn add_nested<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    for inner in related(node, "").filter(|inner| is(*inner, "observation")).take(REPEATS_MAX) {
        let words = display_of(inner);
        let is_score = ["score", "échelle", "apgar"].iter().any(|word| words.contains(word));
        if follows(inner, template::VITAL_SIGN) || (is_score && is_plain(inner)) {
            add(place, inner, facts);
        }
    }
}

/// The side of the body (`qualifier` of the code).
fn side<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> Option<String> {
    let qualifiers = child(node, "code").into_iter().flat_map(|code| children(code, "qualifier").take(REPEATS_MAX));
    let sides = qualifiers.filter(|qualifier| descend(*qualifier, &["name"]).and_then(|name| attribute(name, "code")).as_deref() == Some(LATERALITY));
    sides.filter_map(|qualifier| concept_of(place, child(qualifier, "value")?)).map(|side| side.text).next()
}

/// What it measures: the words of its code, else of the text it refers to when these are not the value itself.
fn named<'a>(place: &Place<'_, 'a>, node: Element<'a>, value: &Value) -> Option<Concept> {
    let code = child(node, "code")?;
    let concept = concept_with(place, code, child(node, "text"), concept::Prefer::Narrative)?;
    let repeats_value =
        matches!(value, Value::Text(text) if *text == concept.text) || matches!(value, Value::Coded(coded) if coded.text == concept.text);
    let display = concept.codes.iter().map(|code| code.display.clone()).find(|display| !display.is_empty());
    match display.filter(|display| repeats_value && *display != concept.text) {
        Some(text) => Some(Concept { text, ..concept }),
        None => Some(concept),
    }
}

fn is_about_the_act(node: Element<'_>) -> bool {
    let code = child(node, "code");
    let system = code.and_then(|code| code.attribute("codeSystem")).unwrap_or_default();
    code_of(node).is_some_and(|code| ABOUT_THE_ACT.contains(&code.as_str())) || EQUIPMENT.contains(&system)
}

/// A negated observation says the contrary of its value: only "non" stays what it is.
fn is_contradicted(node: Element<'_>, value: &Value) -> bool {
    is_negated(node) && !matches!(value, Value::Text(text) if text == "non")
}

fn kind(place: &Place<'_, '_>, node: Element<'_>) -> ObservationKind {
    if follows(node, template::VITAL_SIGN) || place.code == "8716-3" {
        return ObservationKind::Measure;
    }
    let is_result = follows(node, template::LAB_RESULT) || place.code == "30954-2" || place.code == "11502-2";
    if is_result && place.paper.genre != Genre::ImagingReport { ObservationKind::Result } else { ObservationKind::Finding }
}

fn state(node: Element<'_>) -> ObservationStatus {
    match status(node) {
        "aborted" | "cancelled" | "nullified" => ObservationStatus::Cancelled,
        "active" | "held" | "new" => ObservationStatus::Preliminary,
        _ => ObservationStatus::Final,
    }
}

fn method<'a>(place: &Place<'_, 'a>, node: Element<'a>) -> String {
    let Some(method) = child(node, "methodCode") else { return String::new() };
    let words = child(method, "originalText").and_then(|original| all_words(place, original)).or_else(|| attribute(method, "displayName"));
    words.map(|words| words.trim_matches(['(', ')']).to_owned()).unwrap_or_default()
}

fn isolate<'a>(place: &Place<'_, 'a>, organizer: Element<'a>) -> Option<String> {
    let code = descend(organizer, &["specimen", "specimenRole", "specimenPlayingEntity", "code"])?;
    concept_of(place, code).map(|concept| concept.text)
}
