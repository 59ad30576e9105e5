//! Who stands behind a reference: practitioners, roles, organisations, devices and patients, contained or bundled.

use dmp_core::Issue;
use dmp_core::document::AuthorKind;
use dmp_core::identity::{InsAuthority, PS_ID_NAT_OID, PersonName, STRUCT_ID_NAT_OID};
use serde_json::Value;

use super::coding::{Identifier, concept, identifiers};
use super::document_reference::{ReceivedAuthor, ReceivedOrganization, ReceivedSourcePatient};
use super::element::{Element, Findings};
use super::urls;

/// Where references are looked up: the resource's own `contained`, then the bundle around it.
#[derive(Debug)]
pub(crate) struct Directory<'a> {
    contained: Vec<(String, Element<'a>)>,
    outside: &'a [(String, &'a Value)],
    findings: &'a Findings,
}

/// What a reference leads to.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    Resource(&'a str, Element<'a>),
    /// An address of another place, as received.
    Elsewhere(String),
    Nothing,
}

impl<'a> Directory<'a> {
    pub fn new(resource: &Element<'a>, outside: &'a [(String, &'a Value)], findings: &'a Findings) -> Self {
        let contained = resource
            .items("contained")
            .into_iter()
            .filter_map(|element| Some((format!("#{}", element.value()?.get("id")?.as_str()?), element)))
            .collect();
        Directory { contained, outside, findings }
    }

    /// Follows a `Reference`. A `#` or `urn:uuid:` that leads nowhere is a finding.
    pub fn follow(&self, reference: &Element<'a>) -> Found<'a> {
        let Some(address) = reference.child("reference").text() else { return Found::Nothing };
        if let Some((_, element)) = self.contained.iter().find(|(id, _)| *id == address) {
            return typed(element.clone()).unwrap_or(Found::Nothing);
        }
        if let Some((_, value)) = self.outside.iter().find(|(url, _)| *url == address || url.ends_with(&format!("/{address}"))) {
            return typed(Element::root(value, reference.path(), self.findings)).unwrap_or(Found::Nothing);
        }
        if address.starts_with('#') || address.starts_with("urn:uuid:") {
            reference.child("reference").finding(Issue::error("reference-unresolved").received(address));
            return Found::Nothing;
        }
        Found::Elsewhere(address)
    }

    /// Contained resources of one type.
    pub fn contained(&self, resource_type: &str) -> Vec<&Element<'a>> {
        self.contained.iter().map(|(_, element)| element).filter(|element| type_of(element) == Some(resource_type)).collect()
    }

    /// An author, authenticator or source.
    pub fn author(&self, reference: &Element<'a>) -> Option<ReceivedAuthor> {
        if !reference.exists() {
            return None;
        }
        let mut author = match self.follow(reference) {
            Found::Resource("PractitionerRole", role) => self.role(&role),
            Found::Resource("Practitioner", person) => practitioner(&person),
            Found::Resource("Patient", patient) => {
                let (identifiers, name) = (identifiers(&patient), human_name(&patient.first("name")));
                let id = identifiers.iter().find(|identifier| is_ins(identifier)).or(identifiers.first()).and_then(|found| found.value.clone());
                ReceivedAuthor { kind: Some(AuthorKind::Patient), id, name, ..ReceivedAuthor::default() }
            }
            Found::Resource("Device", device) => self.device(&device),
            Found::Resource("Organization", place) => {
                ReceivedAuthor { kind: Some(AuthorKind::Professional), institution: Some(organization(&place)), ..ReceivedAuthor::default() }
            }
            Found::Resource(_, _) | Found::Nothing => by_identifier(reference),
            Found::Elsewhere(address) => ReceivedAuthor { reference: Some(address), ..by_identifier(reference) },
        };
        if let Some(organisation) = reference.extension(urls::EXT_AUTHOR_ORG) {
            author.institution = self.organization(&organisation.child("valueReference")).or(author.institution);
        }
        Some(author)
    }

    /// A custodian or institution.
    pub fn organization(&self, reference: &Element<'a>) -> Option<ReceivedOrganization> {
        if !reference.exists() {
            return None;
        }
        let display = || reference.child("display").text().unwrap_or_default();
        Some(match self.follow(reference) {
            Found::Resource("Organization", place) => organization(&place),
            Found::Resource(_, _) | Found::Nothing => {
                let id = Identifier::read(&reference.child("identifier")).and_then(|identifier| struct_id_nat(&[identifier]));
                ReceivedOrganization { id, name: display(), reference: None }
            }
            Found::Elsewhere(address) => ReceivedOrganization { id: None, name: display(), reference: Some(address) },
        })
    }

    /// `context.sourcePatientInfo`.
    pub fn source_patient(&self, reference: &Element<'a>) -> Option<ReceivedSourcePatient> {
        if !reference.exists() {
            return None;
        }
        Some(match self.follow(reference) {
            Found::Resource("Patient", patient) => ReceivedSourcePatient {
                identifiers: identifiers(&patient),
                name: human_name(&patient.first("name")),
                gender: patient.child("gender").text(),
                birth_date: patient.child("birthDate").text(),
                reference: None,
            },
            Found::Elsewhere(address) => ReceivedSourcePatient { reference: Some(address), ..ReceivedSourcePatient::default() },
            Found::Resource(_, _) | Found::Nothing => {
                let identifiers = Identifier::read(&reference.child("identifier")).into_iter().collect();
                ReceivedSourcePatient { identifiers, ..ReceivedSourcePatient::default() }
            }
        })
    }

    fn role(&self, role: &Element<'a>) -> ReceivedAuthor {
        let person = match self.follow(&role.child("practitioner")) {
            Found::Resource("Practitioner", person) => practitioner(&person),
            Found::Resource(_, _) | Found::Elsewhere(_) | Found::Nothing => by_identifier(&role.child("practitioner")),
        };
        let code = role.first("code");
        ReceivedAuthor {
            kind: Some(AuthorKind::Professional),
            id: person.id.or_else(|| ps_id_nat(&identifiers(role))),
            institution: self.organization(&role.child("organization")),
            role: code.child("text").text().or_else(|| concept(&code).into_iter().find_map(|coding| coding.display)),
            specialty: concept(&role.first("specialty")).into_iter().next().or(person.specialty),
            name: person.name,
            reference: None,
        }
    }

    fn device(&self, device: &Element<'a>) -> ReceivedAuthor {
        let name = device.first("deviceName").child("name").text().or_else(|| device.child("modelNumber").text());
        ReceivedAuthor {
            kind: Some(AuthorKind::Device),
            id: identifiers(device).into_iter().find_map(|identifier| identifier.value),
            name: PersonName::new("", name.unwrap_or_default()),
            institution: self.organization(&device.child("owner")),
            ..ReceivedAuthor::default()
        }
    }
}

fn type_of<'a>(element: &Element<'a>) -> Option<&'a str> {
    element.value()?.get("resourceType")?.as_str()
}

fn typed<'a>(element: Element<'a>) -> Option<Found<'a>> {
    Some(Found::Resource(type_of(&element)?, element))
}

fn by_identifier(reference: &Element<'_>) -> ReceivedAuthor {
    let identifier = Identifier::read(&reference.child("identifier"));
    let id = identifier.as_ref().and_then(|identifier| ps_id_nat(std::slice::from_ref(identifier)));
    let name = PersonName::new("", reference.child("display").text().unwrap_or_default());
    let known = id.is_some() || !name.family.is_empty();
    ReceivedAuthor { kind: known.then_some(AuthorKind::Professional), id, name, ..ReceivedAuthor::default() }
}

fn practitioner(person: &Element<'_>) -> ReceivedAuthor {
    ReceivedAuthor {
        kind: Some(AuthorKind::Professional),
        id: ps_id_nat(&identifiers(person)),
        name: human_name(&person.first("name")),
        ..ReceivedAuthor::default()
    }
}

fn organization(place: &Element<'_>) -> ReceivedOrganization {
    ReceivedOrganization { id: struct_id_nat(&identifiers(place)), name: place.child("name").text().unwrap_or_default(), reference: None }
}

/// A `HumanName`. Only a title of practice is kept as prefix; FR Core writes it as suffix.
pub(crate) fn human_name(name: &Element<'_>) -> PersonName {
    let words = |key: &str| name.items(key).iter().filter_map(Element::text).collect::<Vec<_>>();
    let title = words("suffix").into_iter().chain(words("prefix")).map(|word| word.trim_end_matches('.').to_uppercase());
    PersonName {
        family: name.child("family").text().or_else(|| name.child("text").text()).unwrap_or_default(),
        given: words("given").join(" "),
        prefix: title.into_iter().find(|word| matches!(word.as_str(), "DR" | "PR" | "DOC" | "PROF")).unwrap_or_default(),
    }
}

/// Whether an identifier stands under one of the four INS authorities.
pub(crate) fn is_ins(identifier: &Identifier) -> bool {
    identifier.system.as_deref().and_then(InsAuthority::from_oid).is_some()
}

fn ps_id_nat(identifiers: &[Identifier]) -> Option<String> {
    let national = format!("urn:oid:{PS_ID_NAT_OID}");
    let value = |system: &str| identifiers.iter().find(|one| one.system.as_deref() == Some(system)).and_then(|one| one.value.clone());
    value(&national).or_else(|| value(urls::RPPS).map(|rpps| format!("8{rpps}")))
}

fn struct_id_nat(identifiers: &[Identifier]) -> Option<String> {
    let national = format!("urn:oid:{STRUCT_ID_NAT_OID}");
    let value = |system: &str| identifiers.iter().find(|one| one.system.as_deref() == Some(system)).and_then(|one| one.value.clone());
    let sirene = || value(urls::SIRENE).map(|number| format!("{}{number}", if number.len() == 9 { 2 } else { 3 }));
    value(&national).or_else(|| value(urls::FINESS).map(|finess| format!("1{finess}"))).or_else(sirene)
}
