//! Reading the whole header out of the tree.

use roxmltree::Node;

use super::header::{Body, Encounter, Found, Header, InstanceId, Place, Presentation, RelatedDocument, ServiceEvent};
use super::parse::Cda;
use super::people::{self, REPEATS_MAX};
use super::tree::{Places, attribute, child, children, descend};

const DICOM_PS3_20: &str = "urn:dicom-org:ps3-20";

impl Header {
    /// Reads what stands in the header; judges nothing.
    pub fn read(cda: &Cda<'_>) -> Self {
        let root = cda.clinical_document();
        let at = cda.places();
        let many = |name| children(root, name).take(REPEATS_MAX);
        Header {
            place: at.place(root),
            presentation: if cda.is_wrapped() { Presentation::Wrapped } else { Presentation::Bare },
            realm: child(root, "realmCode").and_then(|node| at.coded(node)),
            type_id: child(root, "typeId").and_then(|node| at.instance_id(node)),
            templates: many("templateId").filter_map(|node| at.instance_id(node)).collect(),
            id: child(root, "id").and_then(|node| at.instance_id(node)),
            code: child(root, "code").and_then(|node| at.coded(node)),
            title: child(root, "title").and_then(|node| at.words(node)),
            effective_time: child(root, "effectiveTime").and_then(|node| at.time(node)),
            confidentiality: child(root, "confidentialityCode").and_then(|node| at.coded(node)),
            language: child(root, "languageCode").and_then(|node| at.coded(node)),
            set_id: child(root, "setId").and_then(|node| at.instance_id(node)),
            version: child(root, "versionNumber").and_then(|node| attribute(node, "value").map(|value| at.found(node, value))),
            patients: many("recordTarget").filter_map(|target| child(target, "patientRole")).map(|node| people::patient(at, node)).collect(),
            authors: many("author").map(|node| people::author(at, node)).collect(),
            custodian: child(root, "custodian").map(|node| people::custodian(at, node)),
            legal_authenticators: many("legalAuthenticator").map(|node| people::legal_authenticator(at, node)).collect(),
            participants: many("participant").map(|node| people::participant(at, node)).collect(),
            orders: orders(root).flat_map(|node| people::ids(at, node)).collect(),
            accessions: orders(root).flat_map(|node| accessions(at, node)).collect(),
            service_events: many("documentationOf").filter_map(|node| child(node, "serviceEvent")).map(|node| service_event(at, node)).collect(),
            encounter: descend(root, &["componentOf", "encompassingEncounter"]).map(|node| encounter(at, node)),
            related: many("relatedDocument").map(|node| related_document(at, node)).collect(),
            body: body(root),
            overfull: overfull(at, root),
        }
    }
}

fn orders<'a, 't>(root: Node<'a, 't>) -> impl Iterator<Item = Node<'a, 't>> {
    children(root, "inFulfillmentOf").take(REPEATS_MAX).filter_map(|node| child(node, "order"))
}

fn accessions(at: &Places, order: Node<'_, '_>) -> Vec<Found<InstanceId>> {
    order
        .children()
        .filter(|node| node.has_tag_name((DICOM_PS3_20, "accessionNumber")))
        .take(REPEATS_MAX)
        .filter_map(|node| at.instance_id(node))
        .collect()
}

fn service_event(at: &Places, node: Node<'_, '_>) -> ServiceEvent {
    ServiceEvent {
        place: at.place(node),
        code: child(node, "code").and_then(|node| at.coded(node)),
        low: descend(node, &["effectiveTime", "low"]).and_then(|node| at.time(node)),
        high: descend(node, &["effectiveTime", "high"]).and_then(|node| at.time(node)),
        performer: main_performer(node).map(|node| people::entity(at, node)),
    }
}

/// The performer who has a practice setting, else the first.
fn main_performer<'a, 't>(event: Node<'a, 't>) -> Option<Node<'a, 't>> {
    let entities = || children(event, "performer").take(REPEATS_MAX).filter_map(|performer| child(performer, "assignedEntity"));
    entities().find(|entity| descend(*entity, &["representedOrganization", "standardIndustryClassCode"]).is_some()).or_else(|| entities().next())
}

fn encounter(at: &Places, node: Node<'_, '_>) -> Encounter {
    Encounter { place: at.place(node), facility: descend(node, &["location", "healthCareFacility", "code"]).and_then(|node| at.coded(node)) }
}

fn related_document(at: &Places, node: Node<'_, '_>) -> RelatedDocument {
    RelatedDocument {
        place: at.place(node),
        kind: attribute(node, "typeCode").unwrap_or_default(),
        parent: descend(node, &["parentDocument", "id"]).and_then(|node| at.instance_id(node)),
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
fn overfull(at: &Places, root: Node<'_, '_>) -> Option<Place> {
    const REPEATING: [&str; 9] = [
        "templateId",
        "recordTarget",
        "author",
        "legalAuthenticator",
        "participant",
        "inFulfillmentOf",
        "documentationOf",
        "relatedDocument",
        "component",
    ];
    REPEATING.into_iter().find_map(|name| children(root, name).nth(REPEATS_MAX)).map(|node| at.place(node))
}
