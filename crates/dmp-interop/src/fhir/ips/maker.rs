//! Gives resources their ids, gathers them, and closes the bundle with the Composition in front.

use std::collections::HashMap;

use dmp_core::ids::urn_uuid;
use dmp_core::summary::{Line, Source, Summary};
use serde_json::Value;

use super::element::{Object, coded, coding, date, display, list, reference};
use super::narrative::Section;
use super::{Context, people};
use crate::fhir::urls;

const PROFILES: &str = "http://hl7.org/fhir/uv/ips/StructureDefinition/";

/// The bundle in the making.
pub(super) struct Maker<'a> {
    pub context: &'a Context<'a>,
    /// How often a text was asked for an id: lines that are alike have different ones.
    asked: HashMap<String, u32>,
    entries: Vec<Value>,
    patient: String,
}

impl<'a> Maker<'a> {
    pub fn new(context: &'a Context<'a>) -> Self {
        let mut maker = Maker { context, asked: HashMap::new(), entries: Vec::new(), patient: String::new() };
        maker.patient = maker.url("Patient");
        maker
    }

    /// The same text gives the same `urn:uuid:…`, the second time another one.
    fn url(&mut self, seed: &str) -> String {
        let count = self.asked.entry(seed.to_owned()).or_insert(0);
        *count = count.saturating_add(1);
        urn_uuid((self.context.make_id)(&format!("{seed}#{count}")))
    }

    /// The person, as a reference.
    pub fn patient(&self) -> Object {
        reference(&self.patient)
    }

    /// Adds a resource under an id made of `seed`; gives the address to refer to it.
    pub fn add(&mut self, seed: &str, resource: Object) -> String {
        let url = self.url(seed);
        self.place(&url, resource);
        url
    }

    fn place(&mut self, url: &str, resource: Object) {
        self.entries.push(entry(url, resource));
    }

    /// Adds the resource of a line: `profile` of the IPS (empty: none), with the documents that say it.
    pub fn add_line(&mut self, heading: &str, line: &Line, profile: &str, resource: Object) -> String {
        let sourced = self.sourced(resource, profile, &line.sources);
        let concept = &line.fact.concept;
        let proof = line.sources.first().map(|source| format!("{}/{}/{}", source.entry.to_hex(), source.proof.section, source.proof.position));
        let code = concept.codes.first().map(|code| code.code.as_str()).unwrap_or_default();
        let seed = format!("{heading}/{}/{code}/{}", proof.unwrap_or_default(), concept.text);
        self.add(&seed, sourced)
    }

    /// Adds extensions to a resource that was added.
    pub fn extend(&mut self, url: &str, extensions: Vec<Value>) {
        let placed = self.entries.iter_mut().rev().find(|entry| entry.get("fullUrl").and_then(Value::as_str) == Some(url));
        let held = placed.and_then(|entry| entry.pointer_mut("/resource/extension")).and_then(Value::as_array_mut);
        held.into_iter().for_each(|held| held.extend(extensions.iter().cloned()));
    }

    /// A resource with its profile and the documents that say it.
    pub fn sourced(&self, resource: Object, profile: &str, sources: &[Source]) -> Object {
        let newest = sources.first().map(|source| self.document_url(source)).unwrap_or_default();
        let profile = if profile.is_empty() { Value::Null } else { Value::String(format!("{PROFILES}{profile}")) };
        let meta = Object::default().text("source", &newest).one("profile", profile);
        let proofs = sources.iter().map(|source| Object::default().text("url", urls::EXT_SOURCE).with("valueReference", self.document(source)));
        resource.with("meta", meta).with("extension", list(proofs))
    }

    /// A document as a reference that shows its title, author and date.
    pub fn document(&self, source: &Source) -> Object {
        let day = date(source.when);
        let told = [source.title.as_str(), &source.author, &day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        Object::default().text("reference", &self.document_url(source)).text("type", "DocumentReference").text("display", &told)
    }

    fn document_url(&self, source: &Source) -> String {
        let id = (self.context.document)(source.entry);
        if self.context.base.is_empty() { format!("DocumentReference/{id}") } else { format!("{}/DocumentReference/{id}", self.context.base) }
    }

    /// The bundle: Composition, Patient, author, custodian, then the resources of the sections.
    pub fn finish(mut self, summary: &Summary, sections: Vec<Section>) -> Value {
        let context = self.context;
        let [composition, author, custodian] = ["Composition", "Device", "Organization"].map(|kind| self.url(kind));
        let lines = std::mem::take(&mut self.entries);
        let patient = self.patient.clone();
        self.place(&composition, self.composition(&sections, &composition, &author, &custodian));
        self.place(&patient, people::patient(&summary.person, &summary.contacts));
        self.place(&author, people::software(context.software));
        self.place(&custodian, people::organization(context.custodian));
        self.entries.extend(lines);
        let identifier = Object::default().text("system", urls::RFC_3986).text("value", &self.url("Bundle"));
        Object::resource("Bundle")
            .with("meta", Object::default().one("profile", format!("{PROFILES}Bundle-uv-ips")))
            .text("language", context.language.code())
            .with("identifier", identifier)
            .text("type", "document")
            .text("timestamp", &context.now.to_instant())
            .with("entry", Value::Array(self.entries))
            .into()
    }

    fn composition(&self, sections: &[Section], url: &str, author: &str, custodian: &str) -> Object {
        let context = self.context;
        let now = context.now.to_rfc3339();
        let event = Object::default()
            .one("code", coded("http://terminology.hl7.org/CodeSystem/v3-ActClass", "PCPR", ""))
            .with("period", Object::default().text("end", &now));
        let type_words = context.language.choose("Synthèse médicale", "Patient summary Document");
        Object::resource("Composition")
            .with("meta", Object::default().one("profile", format!("{PROFILES}Composition-uv-ips")))
            .text("language", context.language.code())
            .with("identifier", Object::default().text("system", urls::RFC_3986).text("value", url))
            .text("status", "final")
            .with("type", Object::default().one("coding", coding(super::sections::LOINC, "60591-5", type_words)))
            .with("subject", self.patient())
            .text("date", &now)
            .one("author", reference(author))
            .text("title", context.language.choose("Synthèse médicale internationale", "International Patient Summary"))
            .text("confidentiality", "N")
            .with("custodian", reference(custodian))
            .one("event", event)
            .with("section", list(sections.iter().map(Section::render)))
    }
}

fn entry(url: &str, resource: Object) -> Value {
    let id = url.trim_start_matches("urn:uuid:");
    Object::default().text("fullUrl", url).with("resource", resource.text("id", id)).into()
}

/// Somebody who is only named; nobody gives null.
pub(super) fn named(line: &Line) -> Object {
    let by = &line.fact.by;
    let told = [by.name.as_str(), &by.place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    display(&told)
}
