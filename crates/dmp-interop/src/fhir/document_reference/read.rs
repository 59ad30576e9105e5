//! Reads a `DocumentReference` into [`Received`]. Nothing is refused here but wrong types, dates and base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dmp_core::Issue;
use serde_json::Value;

use super::received::{Attachment, Received, Relation, SubjectIns, Target};
use crate::fhir::coding::{Coding, Identifier, concept, identifiers};
use crate::fhir::element::{Element, Findings};
use crate::fhir::people::{Directory, Found, is_ins};
use crate::fhir::{schema, urls};

/// Reads a document reference that stands alone (ITI-105).
pub fn read(resource: &Value) -> Received {
    read_in(resource, &Surroundings { path: "DocumentReference", resources: &[] })
}

/// The bundle around a resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    /// FHIRPath of the resource.
    pub path: &'a str,
    /// Full addresses and resources of the bundle.
    pub resources: &'a [(String, &'a Value)],
}

/// Reads a document reference of a bundle (ITI-65).
pub(crate) fn read_in(resource: &Value, around: &Surroundings<'_>) -> Received {
    let findings = Findings::default();
    let mut received = {
        let root = Element::root(resource, around.path, &findings);
        schema::note_unknown(&root, "DocumentReference");
        let directory = Directory::new(&root, around.resources, &findings);
        let mut received = read_header(&root, &directory);
        read_content(&root, &mut received);
        read_context(&root.child("context"), &directory, &mut received);
        received
    };
    received.path = around.path.to_owned();
    received.findings = findings.into_issues();
    received
}

fn read_header(root: &Element<'_>, directory: &Directory<'_>) -> Received {
    let (unique_id, others) = unique_id(root);
    let subject = root.child("subject");
    Received {
        unique_id,
        identifiers: others,
        status: root.child("status").text(),
        type_codings: concept(&root.child("type")),
        category_codings: root.items("category").iter().flat_map(concept).collect(),
        has_subject: subject.exists(),
        subject_reference: subject.child("reference").text(),
        subject_ins: read_subject(&subject, directory),
        date: root.child("date").when(),
        authors: root.items("author").iter().filter_map(|author| directory.author(author)).collect(),
        authenticator: directory.author(&root.child("authenticator")),
        custodian: directory.organization(&root.child("custodian")),
        relates_to: root.items("relatesTo").iter().filter_map(relation).collect(),
        description: root.child("description").text(),
        security_labels: root.items("securityLabel").iter().flat_map(concept).collect(),
        is_archived: root.extension(urls::EXT_IS_ARCHIVED).and_then(|extension| extension.child("valueBoolean").flag()),
        ..Received::default()
    }
}

fn read_content(root: &Element<'_>, received: &mut Received) {
    let content = root.first("content");
    let attachment = content.child("attachment");
    let data = attachment.child("data");
    received.attachment = Attachment {
        content_type: attachment.child("contentType").text(),
        language: attachment.child("language").text(),
        url: attachment.child("url").text(),
        data: data.str().and_then(|text| decode(&data, text)),
        size: attachment.child("size").whole_number(),
        hash: attachment.child("hash").text(),
        title: attachment.child("title").text(),
        creation: attachment.child("creation").when(),
    };
    received.format = Coding::read(&content.child("format"));
    if root.items("content").len() > 1 {
        root.child("content").finding(Issue::error("element-value").expected("1..1"));
    }
}

fn read_context(context: &Element<'_>, directory: &Directory<'_>, received: &mut Received) {
    received.event_codings = context.items("event").iter().flat_map(concept).collect();
    received.period_start = context.child("period").child("start").when();
    received.period_end = context.child("period").child("end").when();
    received.facility_codings = concept(&context.child("facilityType"));
    received.setting_codings = concept(&context.child("practiceSetting"));
    received.source_patient = directory.source_patient(&context.child("sourcePatientInfo"));
    received.related = context.items("related").iter().filter_map(|related| Identifier::read(&related.child("identifier"))).collect();
}

/// Decodes base64 without white space; anything else is a finding.
pub(crate) fn decode(element: &Element<'_>, text: &str) -> Option<Vec<u8>> {
    let compact: String;
    let text = if text.contains(char::is_whitespace) {
        compact = text.split_whitespace().collect();
        &compact
    } else {
        text
    };
    let bytes = STANDARD.decode(text).ok();
    if bytes.is_none() {
        element.finding(Issue::error("element-value").expected("base64Binary"));
    }
    bytes
}

/// The producer's identifier (masterIdentifier, or an identifier of type uniqueId) and the others.
fn unique_id(root: &Element<'_>) -> (Option<Identifier>, Vec<Identifier>) {
    let mut others = identifiers(root);
    let typed = others.iter().position(|one| one.kind.as_deref() == Some("uniqueId"));
    let plain = || others.iter().position(|one| one.kind.is_none() && one.system.as_deref() == Some(urls::RFC_3986));
    let own = typed.or_else(plain).map(|at| others.remove(at));
    (Identifier::read(&root.child("masterIdentifier")).or(own), others)
}

fn relation(element: &Element<'_>) -> Option<Relation> {
    let code = element.child("code").text()?;
    let target = element.child("target");
    let identifier = Identifier::read(&target.child("identifier")).map(Target::Identifier);
    let Some(target) = target.child("reference").text().map(Target::Reference).or(identifier) else {
        target.finding(Issue::error("element-required"));
        return None;
    };
    Some(Relation { code, target })
}

/// The INS of a subject: by identifier, by `Patient?identifier=system|value`, or of the Patient it leads to.
pub(crate) fn read_subject(subject: &Element<'_>, directory: &Directory<'_>) -> Option<SubjectIns> {
    if let Some(identifier) = Identifier::read(&subject.child("identifier")) {
        return claimed(&identifier);
    }
    let reference = subject.child("reference").text()?;
    if let Some((_, query)) = reference.split_once("?identifier=") {
        return match query.split_once('|') {
            Some((system, value)) => claimed(&Identifier { system: Some(system.to_owned()), value: Some(value.to_owned()), kind: None }),
            None => only_contained(query, directory),
        };
    }
    match directory.follow(subject) {
        Found::Resource("Patient", patient) => identifiers(&patient).into_iter().find(is_ins).as_ref().and_then(claimed),
        Found::Resource(_, _) | Found::Elsewhere(_) | Found::Nothing => None,
    }
}

/// PDSm4DMP writes `Patient?identifier=<system>` without the value and the value in a contained Patient: accepted
/// when exactly one INS of that system is contained.
fn only_contained(system: &str, directory: &Directory<'_>) -> Option<SubjectIns> {
    let system = system.trim_end_matches('|');
    let all = directory.contained("Patient").into_iter().flat_map(identifiers);
    let mut values: Vec<Identifier> = all.filter(|one| one.system.as_deref() == Some(system)).collect();
    values.dedup();
    let [only] = values.as_slice() else { return None };
    claimed(only)
}

/// An identifier that claims to be an INS: its system is an OID.
fn claimed(identifier: &Identifier) -> Option<SubjectIns> {
    let oid = identifier.system.as_deref()?.strip_prefix("urn:oid:")?;
    Some(SubjectIns { oid: oid.to_owned(), value: identifier.value.clone()? })
}
