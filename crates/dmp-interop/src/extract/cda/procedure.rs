//! Operations and other acts.

use dmp_core::document::system;
use dmp_core::summary::{AbsenceKind, Concept, Fact, FactKind, ImagingKind, What};

use crate::cda::tree::child;

use super::super::absence;
use super::super::words::without_codes;
use super::concept::{concept_with, is_denied, referred};
use super::place::{Genre, Place};
use super::xml::{Element, follows, is_negated, status};
use super::{Facts, concept, observation, party, plan, time};

/// Modalities of DICOM (`DCM`).
const DICOM: &str = "1.2.840.10008.2.16.4";
/// Codes of the CI-SIS.
const CISIS: &str = "1.2.250.1.213.1.1.4.322";
/// *Procedure activity* of CCD: planned.
const PLANNED: &str = "2.16.840.1.113883.10.20.1.25";

/// One act: done, planned, reimbursed, or denied.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.subject.is_some() || matches!(status(node), "cancelled" | "aborted" | "nullified") {
        return;
    }
    let Some(code) = child(node, "code") else { return };
    let Some(concept) = concept_with(place, code, child(node, "text"), concept::Prefer::Narrative) else { return };
    let concept = with_better_words(place, node, concept);
    if is_frame(place, &concept) {
        return;
    }
    let is_planned = plan::is_planned(place, node) || follows(node, PLANNED);
    let negated = is_negated(node) || is_denied(place, &[child(node, "text"), Some(code)]);
    if is_planned && !negated {
        plan::add(place, node, facts);
        return;
    }
    let of = if plan::is_section(place) { FactKind::Plan } else { FactKind::Procedure };
    let how = absence::of_codes(&concept.codes).or_else(|| negated.then_some(AbsenceKind::NoneKnown));
    let what = match how {
        Some(how) => What::Absent { of, how },
        None => done(place, &concept),
    };
    let proof = place.proof(&[child(node, "text"), Some(code)], &concept.text);
    facts.push(Fact { what, concept, period: time::period_of(node), by: party::performer_or_author(node), proof });
    observation::add_nested(place, node, facts);
}

fn done(place: &Place<'_, '_>, concept: &Concept) -> What {
    if place.paper.genre == Genre::Reimbursement {
        return What::Act;
    }
    match concept.codes.first().filter(|code| code.system == DICOM) {
        Some(code) => What::Imaging {
            kind: ImagingKind::Report,
            modality: code.code.clone(),
            region: String::new(),
            accession: place.paper.accession.clone(),
            study: None,
            link: None,
        },
        None => What::Procedure,
    }
}

/// The act in the words of the narrative: a display may be slightly wrong, or only a class (`SURG`).
fn with_better_words<'a>(place: &Place<'_, 'a>, node: Element<'a>, concept: Concept) -> Concept {
    let words = child(node, "text").filter(|text| place.lead(*text).is_some()).and_then(|text| referred(place, text));
    let words = words.map(|words| without_codes(&words, concept.codes.iter().map(|code| code.code.as_str())));
    let words = words.filter(|words| has_no_words(&concept) || shares_a_word(words, &concept.text));
    match words {
        Some(text) => Concept { text, codes: concept.codes },
        None => concept,
    }
}

fn has_no_words(concept: &Concept) -> bool {
    concept.codes.first().is_some_and(|code| code.display.is_empty() && code.code == concept.text)
}

/// Whether two names have a long word in common: the reference may lead to where on the body it was done.
fn shares_a_word(one: &str, other: &str) -> bool {
    let other = other.to_lowercase();
    one.to_lowercase().split(|sign: char| !sign.is_alphanumeric()).any(|word| word.chars().count() >= 5 && other.contains(word))
}

/// An act that only frames results: "Examen réalisé", "Résultats d'examens".
fn is_frame(place: &Place<'_, '_>, concept: &Concept) -> bool {
    let Some(first) = concept.codes.first() else { return place.code == "30954-2" };
    place.code == "30954-2" && (first.system == CISIS || (first.system == system::LOINC && first.code == place.code))
}
