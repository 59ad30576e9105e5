//! The way through a bundle: sections first, then what no section names.

use std::collections::HashSet;

use dmp_core::summary::{AbsenceKind, Concept, Fact, FactKind, TextPart, What};
use serde_json::Value;

use super::super::{FACTS_MAX, Reading};
use super::node::{Index, Spot, array, first_code, narrative, text};
use super::{clinical, ins_of, medicine, observation, other};

/// Deepest nesting of sections and of results inside results.
const DEPTH_MAX: usize = 8;
/// Most resources that are read of one document.
const RESOURCES_MAX: usize = 5000;

/// Adds what a resource or bundle says.
pub(super) fn add(resource: &Value, reading: &mut Reading) {
    if text(resource, "resourceType") != Some("Bundle") {
        single(resource, reading);
        return;
    }
    let index = Index::of(resource);
    let mut walk = Walk { index: &index, seen: HashSet::new(), left: RESOURCES_MAX, reading };
    let resources: Vec<&Value> = array(resource, "entry").iter().filter_map(|entry| entry.get("resource")).collect();
    let of_kind = |kind: &str| resources.iter().copied().find(|resource| text(resource, "resourceType") == Some(kind));
    walk.reading.subject = of_kind("Patient").and_then(ins_of);
    if let Some(composition) = of_kind("Composition") {
        walk.reading.subject =
            composition.get("subject").and_then(|subject| index.find(composition, subject)).map_or_else(|| walk.reading.subject.clone(), ins_of);
        array(composition, "section").iter().for_each(|section| walk.section(composition, section, 0));
    }
    for (position, resource) in resources.into_iter().enumerate() {
        let spot = Spot { position: u32::try_from(position).unwrap_or(u32::MAX), ..Spot::default() };
        walk.resource(resource, &spot, 0);
    }
}

/// A resource that comes alone.
fn single(resource: &Value, reading: &mut Reading) {
    let index = Index::default();
    if text(resource, "resourceType") == Some("Patient") {
        reading.subject = ins_of(resource);
    }
    let words = narrative(resource);
    if !words.is_empty() {
        reading.text.push(TextPart { place: String::new(), title: String::new(), text: words });
    }
    let mut walk = Walk { index: &index, seen: HashSet::new(), left: RESOURCES_MAX, reading };
    if text(resource, "resourceType") == Some("Composition") {
        array(resource, "section").iter().for_each(|section| walk.section(resource, section, 0));
    }
    walk.resource(resource, &Spot::default(), 0);
}

struct Walk<'w, 'a> {
    index: &'w Index<'a>,
    /// Addresses of the resources that were read.
    seen: HashSet<*const Value>,
    left: usize,
    reading: &'w mut Reading,
}

impl<'a> Walk<'_, 'a> {
    fn section(&mut self, composition: &'a Value, section: &'a Value, depth: usize) {
        if depth > DEPTH_MAX {
            return;
        }
        let spot =
            Spot { section: first_code(section, "code").to_owned(), title: text(section, "title").unwrap_or_default().to_owned(), position: 0 };
        let words = narrative(section);
        if !words.is_empty() {
            self.reading.text.push(TextPart { place: spot.section.clone(), title: spot.title.clone(), text: words.clone() });
        }
        for (position, reference) in array(section, "entry").iter().enumerate() {
            let spot = Spot { position: u32::try_from(position).unwrap_or(u32::MAX), ..spot.clone() };
            if let Some(resource) = self.index.find(composition, reference) {
                self.resource(resource, &spot, 0);
            }
        }
        self.empty(section, &spot, &words);
        array(section, "section").iter().for_each(|inner| self.section(composition, inner, depth + 1));
    }

    /// A section that says why it is empty.
    fn empty(&mut self, section: &Value, spot: &Spot, words: &str) {
        let how = match first_code(section, "emptyReason") {
            "nilknown" => AbsenceKind::NoneKnown,
            "notasked" | "unavailable" | "withheld" | "notstarted" => AbsenceKind::NoInformation,
            _ => return,
        };
        let Some(of) = kind_of(&spot.section) else { return };
        let concept = Concept::words(if words.is_empty() { spot.title.clone() } else { words.chars().take(200).collect() });
        let proof = spot.proof(section, &concept.text);
        self.reading.facts.push(Fact { what: What::Absent { of, how }, concept, period: Default::default(), by: Default::default(), proof });
    }

    fn resource(&mut self, resource: &'a Value, spot: &Spot, depth: usize) {
        if depth > DEPTH_MAX || self.left == 0 || self.reading.facts.len() >= FACTS_MAX || !self.seen.insert(std::ptr::from_ref(resource)) {
            return;
        }
        self.left -= 1;
        if text(resource, "status") == Some("entered-in-error") || first_code(resource, "verificationStatus") == "entered-in-error" {
            return;
        }
        let (index, facts) = (self.index, &mut self.reading.facts);
        match text(resource, "resourceType").unwrap_or_default() {
            "Condition" => clinical::condition(index, resource, spot, facts),
            "AllergyIntolerance" => clinical::allergy(index, resource, spot, facts),
            "Immunization" => clinical::immunization(index, resource, spot, facts),
            "Procedure" => clinical::procedure(index, resource, spot, facts),
            "FamilyMemberHistory" => clinical::family(resource, spot, facts),
            "MedicationStatement" | "MedicationRequest" | "MedicationDispense" | "MedicationAdministration" => {
                medicine::add(index, resource, spot, facts);
            }
            "Observation" => observation::add(index, resource, spot, facts),
            "DiagnosticReport" => other::report(index, resource, spot, facts),
            "ImagingStudy" => other::imaging_study(resource, spot, facts),
            "DeviceUseStatement" => other::device_use(index, resource, spot, facts),
            "Device" if resource.get("patient").is_some() => other::device(resource, spot, facts),
            "Flag" => other::flag(resource, spot, facts),
            "Consent" => other::consent(resource, spot, facts),
            "CarePlan" | "ServiceRequest" | "Appointment" | "ImmunizationRecommendation" => other::plan(index, resource, spot, facts),
            "Encounter" => other::encounter(index, resource, spot, facts),
            "Patient" => other::contacts(resource, spot, facts),
            _ => {}
        }
        let inside = ["hasMember", "result"].iter().flat_map(|key| array(resource, key));
        for target in inside.filter_map(|reference| self.index.find(resource, reference)).collect::<Vec<_>>() {
            self.resource(target, spot, depth + 1);
        }
    }
}

/// What a section of the IPS is about.
fn kind_of(section: &str) -> Option<FactKind> {
    match section {
        "11450-4" | "11348-0" => Some(FactKind::Problem),
        "48765-2" => Some(FactKind::Allergy),
        "10160-0" => Some(FactKind::Medicine),
        "11369-6" => Some(FactKind::Vaccination),
        "47519-4" => Some(FactKind::Procedure),
        "46264-8" => Some(FactKind::Device),
        "30954-2" | "8716-3" => Some(FactKind::Observation),
        "10162-6" => Some(FactKind::Pregnancy),
        "29762-2" => Some(FactKind::Risk),
        "18776-5" => Some(FactKind::Plan),
        "42348-3" => Some(FactKind::Directive),
        "47420-5" => Some(FactKind::Function),
        "10157-6" => Some(FactKind::FamilyHistory),
        _ => None,
    }
}
