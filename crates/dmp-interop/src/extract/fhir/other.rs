//! Imaging, devices, points to watch, directives, plans, encounters, contacts.

use dmp_core::summary::{Concept, DeviceState, Fact, FactKind, ImagingKind, Party, Period, What};
use serde_json::Value;

use super::clinical::absence_in;
use super::node::{Index, Spot, array, concept, concept_at, first_code, human_name, period, text};

type Facts = Vec<Fact>;

fn push(facts: &mut Facts, resource: &Value, spot: &Spot, what: What, concept: Concept, time_and_party: (Period, Party)) {
    let proof = spot.proof(resource, &concept.text);
    let (period, by) = time_and_party;
    facts.push(Fact { what, concept, period, by, proof });
}

/// A report of imaging; any other report is its results.
pub(super) fn report<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let categories = array(resource, "category").iter().flat_map(|category| array(category, "coding")).filter_map(|coding| text(coding, "code"));
    let mut codes = categories.chain([first_code(resource, "code")]);
    if !codes.any(|code| matches!(code, "RAD" | "RX" | "RUS" | "CT" | "NMR" | "LP29684-5" | "18748-4")) {
        return;
    }
    let Some(concept) = concept_at(resource, "code") else { return };
    let study = array(resource, "imagingStudy").first().and_then(|reference| index.find(resource, reference)).and_then(study_uid);
    let what = What::Imaging { kind: ImagingKind::Report, modality: String::new(), region: String::new(), accession: None, study, link: None };
    push(facts, resource, spot, what, concept, (period(resource, "effective"), index.party_at(resource, "performer")));
}

/// A study that can be opened.
pub(super) fn imaging_study(resource: &Value, spot: &Spot, facts: &mut Facts) {
    let series = array(resource, "series");
    let modality =
        array(resource, "modality").iter().chain(series.iter().filter_map(|one| one.get("modality"))).find_map(|coding| text(coding, "code"));
    let region = series.iter().find_map(|one| one.get("bodySite")).and_then(|site| text(site, "display")).unwrap_or_default();
    let named = array(resource, "procedureCode").iter().find_map(concept).or_else(|| text(resource, "description").map(Concept::words));
    let concept = named.unwrap_or_else(|| Concept::words("Examen d'imagerie"));
    let what = What::Imaging {
        kind: ImagingKind::Study,
        modality: modality.unwrap_or_default().to_owned(),
        region: region.to_owned(),
        accession: None,
        study: study_uid(resource),
        link: None,
    };
    push(facts, resource, spot, what, concept, (period(resource, "started"), Party::default()));
}

fn study_uid(resource: &Value) -> Option<String> {
    let identifier = array(resource, "identifier").iter().find(|identifier| text(identifier, "system") == Some("urn:dicom:uid"))?;
    text(identifier, "value").map(|value| value.trim_start_matches("urn:oid:").to_owned())
}

/// A device in use, or that there is none.
pub(super) fn device_use<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let Some(device) = resource.get("device").and_then(|reference| index.find(resource, reference)) else { return };
    let Some(concept) = concept_at(device, "type") else { return };
    let is_over = matches!(text(resource, "status"), Some("completed" | "stopped"));
    let what = device_what(&concept, if is_over { DeviceState::Past } else { DeviceState::InUse });
    push(facts, resource, spot, what, concept, (period(resource, "timing"), Party::default()));
}

/// A device that belongs to the person and that no statement of use names.
pub(super) fn device(resource: &Value, spot: &Spot, facts: &mut Facts) {
    let Some(concept) = concept_at(resource, "type") else { return };
    let is_named = facts.iter().any(|fact| fact.kind() == FactKind::Device && fact.concept == concept);
    if !is_named {
        let what = device_what(&concept, DeviceState::InUse);
        push(facts, resource, spot, what, concept, Default::default());
    }
}

fn device_what(concept: &Concept, state: DeviceState) -> What {
    absence_in(concept).map_or(What::Device { state }, |how| What::Absent { of: FactKind::Device, how })
}

/// A point to watch.
pub(super) fn flag(resource: &Value, spot: &Spot, facts: &mut Facts) {
    if text(resource, "status") == Some("active")
        && let Some(concept) = concept_at(resource, "code")
    {
        push(facts, resource, spot, What::Attention, concept, (period(resource, "period"), Party::default()));
    }
}

/// An advance directive.
pub(super) fn consent(resource: &Value, spot: &Spot, facts: &mut Facts) {
    let is_directive = spot.section == "42348-3" || matches!(first_code(resource, "scope"), "adr" | "treatment");
    let concept = array(resource, "category").iter().find_map(concept).filter(|_| is_directive);
    if let Some(concept) = concept.filter(|_| text(resource, "status") == Some("active")) {
        push(facts, resource, spot, What::Directive, concept, (period(resource, "dateTime"), Party::default()));
    }
}

/// A plan, a request, an appointment, an advised vaccine.
pub(super) fn plan<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let is_off = matches!(text(resource, "status"), Some("revoked" | "cancelled" | "completed" | "noshow" | "draft"));
    if is_off || resource.get("doNotPerform").and_then(Value::as_bool) == Some(true) {
        return;
    }
    let activities = array(resource, "activity").iter().filter_map(|activity| activity.get("detail"));
    let advised = array(resource, "recommendation").iter().flat_map(|advice| array(advice, "vaccineCode"));
    let mut steps: Vec<(Concept, Period)> =
        activities.take(64).filter_map(|step| Some((concept_at(step, "code")?, period(step, "scheduled")))).collect();
    steps.extend(advised.take(64).filter_map(concept).map(|vaccine| (vaccine, Period::default())));
    if steps.is_empty() {
        let own = concept_at(resource, "code").or_else(|| array(resource, "serviceType").iter().find_map(concept));
        let own = own.or_else(|| ["title", "description"].iter().find_map(|key| text(resource, key)).map(Concept::words));
        let time = ["occurrence", "period", "start"].iter().map(|stem| period(resource, stem)).find(|time| *time != Period::default());
        steps.extend(own.map(|concept| (concept, time.unwrap_or_default())));
    }
    for (concept, time) in steps {
        push(facts, resource, spot, What::Plan, concept, (time, index.party_at(resource, "requester")));
    }
}

/// A stay or another encounter.
pub(super) fn encounter<'a>(index: &Index<'a>, resource: &'a Value, spot: &Spot, facts: &mut Facts) {
    let class = resource.get("class");
    let shown = || class.and_then(|class| text(class, "display").or_else(|| text(class, "code"))).map(Concept::words);
    let Some(concept) = array(resource, "type").iter().find_map(concept).or_else(shown) else { return };
    let what = match text(resource, "status") {
        Some("planned") => What::Plan,
        Some("cancelled") => return,
        _ => What::Stay,
    };
    push(facts, resource, spot, what, concept, (period(resource, "period"), index.party_at(resource, "serviceProvider")));
}

/// The persons to call of a patient.
pub(super) fn contacts(resource: &Value, spot: &Spot, facts: &mut Facts) {
    for contact in array(resource, "contact").iter().take(32) {
        let name = human_name(contact);
        let Some(concept) = array(contact, "relationship").iter().find_map(concept).filter(|_| !name.is_empty()) else { continue };
        let telecom = array(contact, "telecom").iter().find_map(|telecom| text(telecom, "value")).unwrap_or_default().to_owned();
        let by = Party { name, ..Party::default() };
        push(facts, contact, spot, What::Contact { telecom }, concept, (Period::default(), by));
    }
}
