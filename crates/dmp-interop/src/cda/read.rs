//! Reading the whole header out of the tree.

use roxmltree::Node;

use super::header::{Body, Encounter, Found, Header, InstanceId, Place, Presentation, RelatedDocument, ServiceEvent};
use super::parse::Cda;
use super::people::{self, REPEATS_MAX};
use super::tree::{attribute, child, children, coded, descend, instance_id, place, time, words};

const DICOM_PS3_20: &str = "urn:dicom-org:ps3-20";

impl Header {
    /// Reads what stands in the header; judges nothing.
    pub fn read(cda: &Cda<'_>) -> Self {
        let root = cda.clinical_document();
        let many = |name| children(root, name).take(REPEATS_MAX);
        Header {
            place: place(root),
            presentation: if cda.is_wrapped() { Presentation::Wrapped } else { Presentation::Bare },
            realm: child(root, "realmCode").and_then(coded),
            type_id: child(root, "typeId").and_then(instance_id),
            templates: many("templateId").filter_map(instance_id).collect(),
            id: child(root, "id").and_then(instance_id),
            code: child(root, "code").and_then(coded),
            title: child(root, "title").and_then(words),
            effective_time: child(root, "effectiveTime").and_then(time),
            confidentiality: child(root, "confidentialityCode").and_then(coded),
            language: child(root, "languageCode").and_then(coded),
            set_id: child(root, "setId").and_then(instance_id),
            version: child(root, "versionNumber").and_then(|node| attribute(node, "value").map(|value| Found { value, place: place(node) })),
            patients: many("recordTarget").filter_map(|target| child(target, "patientRole")).map(people::patient).collect(),
            authors: many("author").map(people::author).collect(),
            custodian: child(root, "custodian").map(people::custodian),
            legal_authenticators: many("legalAuthenticator").map(people::legal_authenticator).collect(),
            participants: many("participant").map(people::participant).collect(),
            orders: orders(root).flat_map(people::ids).collect(),
            accessions: orders(root).flat_map(accessions).collect(),
            service_events: many("documentationOf").filter_map(|node| child(node, "serviceEvent")).map(service_event).collect(),
            encounter: descend(root, &["componentOf", "encompassingEncounter"]).map(encounter),
            related: many("relatedDocument").map(related_document).collect(),
            body: body(root),
            overfull: overfull(root),
        }
    }
}

fn orders<'a, 't>(root: Node<'a, 't>) -> impl Iterator<Item = Node<'a, 't>> {
    children(root, "inFulfillmentOf").take(REPEATS_MAX).filter_map(|node| child(node, "order"))
}

fn accessions(order: Node<'_, '_>) -> Vec<Found<InstanceId>> {
    order.children().filter(|node| node.has_tag_name((DICOM_PS3_20, "accessionNumber"))).take(REPEATS_MAX).filter_map(instance_id).collect()
}

fn service_event(node: Node<'_, '_>) -> ServiceEvent {
    ServiceEvent {
        place: place(node),
        code: child(node, "code").and_then(coded),
        low: descend(node, &["effectiveTime", "low"]).and_then(time),
        high: descend(node, &["effectiveTime", "high"]).and_then(time),
        performer: main_performer(node).map(people::entity),
    }
}

/// The performer who has a practice setting, else the first.
fn main_performer<'a, 't>(event: Node<'a, 't>) -> Option<Node<'a, 't>> {
    let entities = || children(event, "performer").take(REPEATS_MAX).filter_map(|performer| child(performer, "assignedEntity"));
    entities().find(|entity| descend(*entity, &["representedOrganization", "standardIndustryClassCode"]).is_some()).or_else(|| entities().next())
}

fn encounter(node: Node<'_, '_>) -> Encounter {
    Encounter { place: place(node), facility: descend(node, &["location", "healthCareFacility", "code"]).and_then(coded) }
}

fn related_document(node: Node<'_, '_>) -> RelatedDocument {
    RelatedDocument {
        place: place(node),
        kind: attribute(node, "typeCode").unwrap_or_default(),
        parent: descend(node, &["parentDocument", "id"]).and_then(instance_id),
    }
}

fn body(root: Node<'_, '_>) -> Option<Body> {
    let component = child(root, "component")?;
    if let Some(text) = descend(component, &["nonXMLBody", "text"]) {
        let media_type = attribute(text, "mediaType").unwrap_or_else(|| "text/plain".to_owned()).to_ascii_lowercase();
        return Some(Body::Unstructured { media_type, base64: text.attribute("representation") == Some("B64") });
    }
    child(component, "structuredBody").map(|_| Body::Structured)
}

/// The first element that repeats more often than we read.
fn overfull(root: Node<'_, '_>) -> Option<Place> {
    const REPEATING: [&str; 9] =
        ["templateId", "recordTarget", "author", "legalAuthenticator", "participant", "inFulfillmentOf", "documentationOf", "relatedDocument", "component"];
    REPEATING.into_iter().find_map(|name| children(root, name).nth(REPEATS_MAX)).map(place)
}
