//! Imaging: examinations of a report, studies that can be opened, and what imaging documents tell of the person.

use dmp_core::document::Code;
use dmp_core::summary::{Concept, Fact, ImagingKind, Party, Period, ProblemState, What};

use crate::cda::tree::{attribute, child, children, descend};

use super::concept::{Prefer, code, concept as concept_of, concept_with};
use super::entry::template;
use super::place::{Genre, Paper, Place};
use super::xml::{Element, REPEATS_MAX, code_of, follows, is_negated, related};
use super::{Facts, contact, observation, party, pregnancy, time};

/// Modality and body part as qualifiers of the translations of a `serviceEvent`.
const MODALITY: &str = "121139";
const REGION: &str = "39111-0";
const HISTORY_ILLNESS: &str = "11348-0";
const HISTORY_OPERATION: &str = "47519-4";
const CONTRAINDICATION: &str = "64100-1";
const PREGNANCY_STATUS: &str = "364320009";

/// An examination that was performed, with its study when the section lists one.
pub(super) fn add_act<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let Some(coded) = child(node, "code").filter(|_| place.subject.is_none() && !is_negated(node)) else { return };
    let Some(concept) = concept_with(place, coded, child(node, "text"), Prefer::Display) else { return };
    let (study, link) = study_below(place.section);
    let region = child(node, "targetSiteCode").and_then(|site| concept_of(place, site)).map(|site| site.text).unwrap_or_default();
    let modality = child(node, "methodCode").and_then(code).map(|code| code.code).unwrap_or_default();
    let what = What::Imaging { kind: ImagingKind::Report, modality, region, accession: place.paper.accession.clone(), study, link };
    let by = Some(party::performer_or_author(node)).filter(party::is_known).unwrap_or_else(|| header_performer(place.paper.root));
    let proof = place.proof(&[Some(coded), child(node, "text")], &concept.text);
    facts.push(Fact { what, concept, period: time::period_of(node), by, proof });
}

/// A study of a catalogue of DICOM objects where no examination of a report holds it.
pub(super) fn add_study<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if place.is_under("55111-9") {
        return;
    }
    let (study, link) = study_of(node);
    let Some(study) = study else { return };
    let modality = series_modality(node).unwrap_or_default();
    let concept = Concept::words(if modality.is_empty() { "Examen d'imagerie".to_owned() } else { format!("Examen d'imagerie {modality}") });
    let what = What::Imaging {
        kind: ImagingKind::Study,
        modality,
        region: String::new(),
        accession: place.paper.accession.clone(),
        study: Some(study),
        link,
    };
    let proof = place.proof(&[child(node, "text")], &concept.text);
    facts.push(Fact { what, concept, period: time::period_of(node), by: Party::default(), proof });
}

/// The study in a catalogue below a section.
fn study_below(section: Element<'_>) -> (Option<String>, Option<String>) {
    let sections = children(section, "component").take(REPEATS_MAX).filter_map(|component| child(component, "section"));
    let entries = sections.flat_map(|section| children(section, "entry").take(REPEATS_MAX)).filter_map(|entry| child(entry, "act"));
    entries.filter(|act| follows(*act, template::DICOM_STUDY)).map(study_of).next().unwrap_or_default()
}

/// Its identifier, and where its first object can be asked for.
fn study_of(act: Element<'_>) -> (Option<String>, Option<String>) {
    let study = child(act, "id").and_then(|id| attribute(id, "root"));
    let objects = related(act, "COMP").take(REPEATS_MAX).flat_map(|series| related(series, "COMP").take(REPEATS_MAX));
    let links = objects.filter_map(|object| attribute(descend(object, &["text", "reference"])?, "value"));
    (study, links.filter(|link| link.starts_with("http")).map(|link| link.split_whitespace().collect()).next())
}

fn series_modality(act: Element<'_>) -> Option<String> {
    related(act, "COMP").take(REPEATS_MAX).find_map(|series| code(descend(series, &["code", "qualifier", "value"])?)).map(|code| code.code)
}

/// A result of imaging in a summary ("Imagerie").
pub(super) fn add_result<'a>(place: &Place<'_, 'a>, node: Element<'a>, outer: Period, by: &Party, facts: &mut Facts) {
    let Some(coded) = child(node, "code").filter(|_| place.subject.is_none() && !is_negated(node)) else { return };
    let Some(concept) = concept_with(place, coded, child(node, "text"), Prefer::Narrative) else { return };
    let region = child(node, "targetSiteCode").and_then(|site| concept_of(place, site)).map(|site| site.text).unwrap_or_default();
    let what = What::Imaging { kind: ImagingKind::Report, modality: String::new(), region, accession: None, study: None, link: None };
    let proof = place.proof(&[child(node, "text"), Some(coded)], &concept.text);
    facts.push(Fact { what, concept, period: time::first([time::period_of(node), outer]), by: by.clone(), proof });
}

/// A coded observation of an imaging document: history, contraindication, pregnancy.
pub(super) fn add_coded<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let code = code_of(node).unwrap_or_default();
    if code == PREGNANCY_STATUS {
        pregnancy::add_status(place, node, facts);
        return;
    }
    let what = match code.as_str() {
        HISTORY_ILLNESS => What::Problem { state: ProblemState::Past },
        HISTORY_OPERATION => What::Procedure,
        CONTRAINDICATION => What::Attention,
        _ => {
            observation::add(place, node, facts);
            return;
        }
    };
    let Some(value) = child(node, "value").filter(|_| place.subject.is_none() && !is_negated(node)) else { return };
    let Some(concept) = concept_of(place, value) else { return };
    let proof = place.proof(&[Some(value), child(node, "text")], &concept.text);
    facts.push(Fact { what, concept, period: time::period_of(node), by: Party::default(), proof });
}

/// The examinations that the header of a report names (`serviceEvent`), when its body names none.
pub(super) fn add_from_header(paper: &Paper<'_>, facts: &mut Facts) {
    let has_one = facts.iter().any(|fact| matches!(fact.what, What::Imaging { .. }));
    if paper.genre != Genre::ImagingReport || has_one {
        return;
    }
    for event in children(paper.root, "documentationOf").take(REPEATS_MAX).filter_map(|documentation| child(documentation, "serviceEvent")) {
        facts.extend(of_event(paper, event));
    }
}

fn of_event(paper: &Paper<'_>, event: Element<'_>) -> Option<Fact> {
    let coded = child(event, "code")?;
    let qualified = |name: &str| qualified(coded, name);
    let modality = qualified(MODALITY)?;
    let act = code(coded)?;
    let others = children(coded, "translation").take(REPEATS_MAX).filter(|translation| child(*translation, "qualifier").is_none()).filter_map(code);
    let codes: Vec<Code> = [act].into_iter().chain(others).collect();
    let text = codes.iter().map(|code| code.display.clone()).find(|display| !display.is_empty()).unwrap_or_else(|| modality.display.clone());
    let what = What::Imaging {
        kind: ImagingKind::Report,
        modality: modality.code,
        region: qualified(REGION).map(|code| code.display).unwrap_or_default(),
        accession: paper.accession.clone(),
        study: None,
        link: None,
    };
    let proof = contact::header_proof(&text);
    Some(Fact { what, concept: Concept { text, codes }, period: time::period_of(event), by: party::performer(event), proof })
}

/// The translation that a qualifier of this name marks.
fn qualified(coded: Element<'_>, name: &str) -> Option<Code> {
    let is_it =
        |translation: &Element<'_>| descend(*translation, &["qualifier", "name"]).and_then(|node| attribute(node, "code")).as_deref() == Some(name);
    children(coded, "translation").take(REPEATS_MAX).find(is_it).and_then(code)
}

fn header_performer(root: Element<'_>) -> Party {
    descend(root, &["documentationOf", "serviceEvent"]).map(party::performer).unwrap_or_default()
}
