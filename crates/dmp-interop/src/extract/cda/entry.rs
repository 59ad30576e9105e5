//! What kind of entry it is: by template, then section, then mood.

use crate::cda::tree::children;

use super::place::{Genre, Place};
use super::xml::{Element, code_of, follows, follows_any, is_negated, mood, related};
use super::{Facts, allergy, device, encounter, family, imaging, lifestyle, medicine, observation, plan, pregnancy, problem, procedure, vaccination};

/// Templates of the CI-SIS (`1.2.250.1.213.1.1.3.*`) and of IHE that say what an entry is.
pub(super) mod template {
    pub const PROBLEM_CONCERN: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.5.2";
    pub const ALLERGY_CONCERN: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.5.3";
    pub const PROBLEM: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.5";
    pub const ALLERGY: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.6";
    pub const ADVERSE_EFFECT: &str = "1.2.250.1.213.1.1.3.210";
    pub const VACCINATION: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.12";
    pub const VACCINE_ADVISED: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.12.2";
    pub const VITAL_SIGN: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.13.2";
    pub const FAMILY_HISTORY: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.15";
    pub const SOCIAL_HISTORY: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.13.4";
    pub const PREGNANCY: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.13.5";
    pub const PREGNANCY_HISTORY: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.13.5.1";
    pub const DIRECTIVE: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.13.7";
    pub const FUNCTION: &str = "1.2.250.1.213.1.1.3.25";
    pub const REQUEST: &str = "1.3.6.1.4.1.19376.1.5.3.1.1.20.3.1";
    pub const ATTACHMENT: &str = "1.2.250.1.213.1.1.3.18";
    pub const DEVICE: &str = "1.2.250.1.213.1.1.3.20";
    pub const PERSONAL_DEVICE: &str = "1.2.250.1.213.1.1.3.12";
    pub const LAB_RESULT: &str = "1.3.6.1.4.1.19376.1.3.1.6";
    pub const SPECIMEN: &str = "1.3.6.1.4.1.19376.1.3.1.2";
    pub const IMAGING_ACT: &str = "1.2.840.10008.9.14";
    pub const RADIATION: &str = "1.2.250.1.213.1.1.3.165";
    pub const DICOM_STUDY: &str = "1.2.840.10008.9.16";
    pub const IMAGING_CODED: &str = "2.16.840.1.113883.10.20.6.2.13";
}

/// Adds what one entry, or one component of an organizer, says.
pub(super) fn add<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let place = &place.about(node);
    match node.tag_name().name() {
        "act" => act(place, node, facts),
        "observation" => observe(place, node, facts),
        "organizer" => organizer(place, node, facts),
        "procedure" => procedure_like(place, node, facts),
        "substanceAdministration" => administration(place, node, facts),
        "supply" => supply(place, node, facts),
        "encounter" => encounter::add(place, node, facts),
        _ => {}
    }
}

fn act<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if follows(node, template::PROBLEM_CONCERN) {
        problem::add_concern(place, node, facts);
    } else if follows(node, template::ALLERGY_CONCERN) {
        allergy::add_concern(place, node, facts);
    } else if follows(node, template::DICOM_STUDY) {
        imaging::add_study(place, node, facts);
    } else if is_laboratory(place, node) {
        observation::add_laboratory(place, node, facts);
    } else if plan::is_planned(place, node) && plan::is_section(place) {
        plan::add(place, node, facts);
    }
}

/// The one act of an XD-LAB section has no template of its own: its code is that of its section.
fn is_laboratory(place: &Place<'_, '_>, node: Element<'_>) -> bool {
    let has_results = || related(node, "COMP").take(64).any(|inner| matches!(inner.tag_name().name(), "observation" | "organizer"));
    children(node, "templateId").next().is_none() && (code_of(node).as_deref() == Some(place.code.as_str()) || has_results())
}

fn observe<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if follows(node, template::DIRECTIVE) {
        plan::add_directive(place, node, facts);
    } else if follows(node, template::REQUEST) || !matches!(mood(node), "EVN" | "") {
        plan::add(place, node, facts);
    } else if follows(node, template::ADVERSE_EFFECT) {
        allergy::add_adverse_effect(place, node, facts);
    } else if follows(node, template::ALLERGY) {
        allergy::add(place, node, "", facts);
    } else if follows(node, template::PROBLEM) {
        problem::add(place, node, None, facts);
    } else if follows(node, template::SOCIAL_HISTORY) {
        lifestyle::add(place, node, facts);
    } else if follows(node, template::PREGNANCY) {
        pregnancy::add(place, node, facts);
    } else if follows(node, template::FUNCTION) {
        plan::add_function(place, node, facts);
    } else if follows(node, template::PERSONAL_DEVICE) {
        device::add_personal(place, node, facts);
    } else if follows(node, template::IMAGING_CODED) {
        imaging::add_coded(place, node, facts);
    } else {
        observation::add(place, node, facts);
    }
}

fn organizer<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if follows(node, template::ATTACHMENT) {
        return;
    }
    if follows(node, template::FAMILY_HISTORY) {
        family::add(place, node, facts);
    } else if follows(node, template::PREGNANCY_HISTORY) {
        pregnancy::add_history(place, node, facts);
    } else {
        observation::add_organizer(place, node, facts);
    }
}

fn procedure_like<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    if follows(node, template::IMAGING_ACT) {
        imaging::add_act(place, node, facts);
    } else if !follows_any(node, &[template::RADIATION, template::SPECIMEN]) {
        procedure::add(place, node, facts);
    }
}

fn administration<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    // What is given to the foetus or the child is no treatment of the patient.
    if place.subject.is_some() {
        return;
    }
    if follows(node, template::VACCINE_ADVISED) {
        plan::add(place, node, facts);
    } else if follows(node, template::VACCINATION) || place.code == "11369-6" {
        vaccination::add(place, node, facts);
    } else if plan::is_section(place) && plan::is_planned(place, node) {
        plan::add(place, node, facts);
    } else {
        medicine::add(place, node, facts);
    }
}

fn supply<'a>(place: &Place<'_, 'a>, node: Element<'a>, facts: &mut Facts) {
    let is_device =
        follows(node, template::DEVICE) || children(node, "participant").any(|participant| participant.attribute("typeCode") == Some("DEV"));
    // A machine of the imaging centre is no device of the person.
    if is_device && place.paper.genre != Genre::ImagingReport {
        device::add(place, node, facts);
    } else if !is_device && !is_negated(node) && place.subject.is_none() {
        medicine::add_supply(place, node, facts);
    }
}
