//! Reading persons, organisations and those who act out of a CDA header.

use dmp_core::identity::PersonName;
use roxmltree::Node;

use super::header::{AssignedEntity, Author, Custodian, Device, Found, InstanceId, LegalAuthenticator, Organization, Participant, Patient};
use super::tree::{Places, attribute, child, children, descend, text, words};

/// Most elements of one kind that are read: placing each costs a walk. A header with more is refused.
pub(super) const REPEATS_MAX: usize = 64;
/// Most identifiers of one participant that are read.
const IDS_MAX: usize = 16;

pub(super) fn ids(at: &Places, node: Node<'_, '_>) -> Vec<Found<InstanceId>> {
    children(node, "id").take(IDS_MAX).filter_map(|node| at.instance_id(node)).collect()
}

pub(super) fn patient(at: &Places, role: Node<'_, '_>) -> Patient {
    let person = child(role, "patient");
    let name = person.and_then(|person| child(person, "name"));
    let part = |element: &'static str, qualifier: Option<&str>| {
        name.and_then(|name| children(name, element).find(|part| part.attribute("qualifier") == qualifier))
    };
    let bare = |element, qualifier| part(element, qualifier).and_then(words);
    let other_qualifiers = name
        .into_iter()
        .flat_map(|name| name.children().take(REPEATS_MAX))
        .filter_map(|part| {
            attribute(part, "qualifier").filter(|qualifier| !matches!(qualifier.as_str(), "BR" | "CL")).map(|qualifier| at.found(part, qualifier))
        })
        .collect();
    Patient {
        place: at.place(role),
        ids: ids(at, role),
        birth_family: part("family", Some("BR")).and_then(|node| at.words(node)),
        birth_given: bare("given", Some("BR")),
        birth_given_all: bare("given", None),
        used_family: bare("family", Some("CL")),
        used_given: bare("given", Some("CL")),
        other_qualifiers,
        gender: person
            .and_then(|person| child(person, "administrativeGenderCode"))
            .and_then(|node| attribute(node, "code").map(|code| at.found(node, code))),
        birth_time: person.and_then(|person| child(person, "birthTime")).and_then(|node| attribute(node, "value").map(|value| at.found(node, value))),
        birth_place: person.and_then(|person| descend(person, &["birthplace", "place", "addr", "county"])).map(text).filter(|code| !code.is_empty()),
    }
}

/// A name: the *civilité d'exercice* stands in `suffix`, the *civilité* in `prefix`.
fn person_name(node: Node<'_, '_>) -> Option<PersonName> {
    let part = |element| child(node, element).map(text).filter(|value| !value.is_empty());
    let name = PersonName {
        family: part("family").unwrap_or_default(),
        given: part("given").unwrap_or_default(),
        prefix: part("suffix").or_else(|| part("prefix")).unwrap_or_default(),
    };
    (!name.family.is_empty() || !name.given.is_empty()).then_some(name)
}

fn organization(at: &Places, node: Node<'_, '_>) -> Organization {
    Organization {
        place: at.place(node),
        ids: ids(at, node),
        name: child(node, "name").map(text).filter(|name| !name.is_empty()),
        setting: child(node, "standardIndustryClassCode").and_then(|node| at.coded(node)),
    }
}

/// `assignedAuthor`, `assignedEntity` or `associatedEntity`.
pub(super) fn entity(at: &Places, node: Node<'_, '_>) -> AssignedEntity {
    let person = child(node, "assignedPerson").or_else(|| child(node, "associatedPerson"));
    let device = child(node, "assignedAuthoringDevice").map(|device| Device {
        model: child(device, "manufacturerModelName").map(text).filter(|name| !name.is_empty()),
        software: child(device, "softwareName").map(text).filter(|name| !name.is_empty()),
    });
    AssignedEntity {
        place: at.place(node),
        ids: ids(at, node),
        code: child(node, "code").and_then(|node| at.coded(node)),
        name: person.and_then(|person| child(person, "name")).and_then(person_name),
        device,
        organization: child(node, "representedOrganization").or_else(|| child(node, "scopingOrganization")).map(|node| organization(at, node)),
    }
}

pub(super) fn author(at: &Places, node: Node<'_, '_>) -> Author {
    Author {
        place: at.place(node),
        function: child(node, "functionCode").and_then(|node| at.coded(node)),
        time: child(node, "time").and_then(|node| at.time(node)),
        entity: child(node, "assignedAuthor").map(|node| entity(at, node)),
    }
}

pub(super) fn custodian(at: &Places, node: Node<'_, '_>) -> Custodian {
    Custodian {
        place: at.place(node),
        organization: descend(node, &["assignedCustodian", "representedCustodianOrganization"]).map(|node| organization(at, node)),
    }
}

pub(super) fn legal_authenticator(at: &Places, node: Node<'_, '_>) -> LegalAuthenticator {
    LegalAuthenticator {
        place: at.place(node),
        time: child(node, "time").and_then(|node| at.time(node)),
        signature: child(node, "signatureCode").and_then(|node| at.coded(node)),
        entity: child(node, "assignedEntity").map(|node| entity(at, node)),
    }
}

pub(super) fn participant(at: &Places, node: Node<'_, '_>) -> Participant {
    Participant {
        place: at.place(node),
        kind: attribute(node, "typeCode").unwrap_or_default(),
        function: child(node, "functionCode").and_then(|node| at.coded(node)),
        entity: child(node, "associatedEntity").map(|node| entity(at, node)),
    }
}
