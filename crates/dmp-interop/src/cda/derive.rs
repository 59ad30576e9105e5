//! The metadata that a header gives (XDS DocumentEntry; CI-SIS mapping of the header to the metadata).

use dmp_core::Moment;
use dmp_core::document::{Author, AuthorKind, Code, Confidentiality, Reference, SourcePatient, TypeCode};
use dmp_core::identity::{InsAuthority, PersonName, STRUCT_ID_NAT_OID, StructIdNat, Structure};

use super::header::{AssignedEntity, Body, CodedValue, Header, Organization, Patient, Presentation};
use crate::nos;

/// XDS type of a reference to an order.
const ORDER: &str = "urn:ihe:iti:xds:2013:order";
/// XDS type of a reference to an accession number.
const ACCESSION: &str = "urn:ihe:iti:xds:2013:accession";
/// Codes of JDV_J01 that are not persons.
const DEVICE_CODES: [&str; 2] = ["DISPOSITIF", "AUTOMATE"];
const PATIENT_CODE: &str = "EXP_PATIENT";

/// What the header gives of a [`dmp_core::document::DocumentEntry`]. After an inspection without an error,
/// every `Option` that an entry requires is `Some`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// `urn:oid:…`.
    pub unique_id: Option<String>,
    /// Groups the versions of a document.
    pub set_id: Option<String>,
    pub version_number: Option<u32>,
    pub type_code: Option<TypeCode>,
    pub title: Option<String>,
    pub mime_type: &'static str,
    pub language: Option<String>,
    pub confidentiality: Option<Confidentiality>,
    pub format: Code,
    pub facility_type: Option<Code>,
    pub practice_setting: Option<Code>,
    pub event_codes: Vec<Code>,
    pub created_at: Option<Moment>,
    pub service_start: Option<Moment>,
    pub service_stop: Option<Moment>,
    pub authors: Vec<Author>,
    pub legal_authenticator: Option<Author>,
    pub custodian: Option<Structure>,
    pub source_patient: Option<SourcePatient>,
    pub references: Vec<Reference>,
    /// uniqueId of the document that this one replaces, `urn:oid:…`.
    pub replaces: Option<String>,
}

/// Derives the metadata.
pub fn derive(header: &Header) -> Derived {
    let event = header.main_event();
    Derived {
        unique_id: header.id.as_ref().and_then(|id| id.value.to_urn()),
        set_id: header.set_id.as_ref().and_then(|id| id.value.to_urn()),
        version_number: header.version.as_ref().and_then(|version| version.value.parse().ok()),
        type_code: header.code.as_ref().and_then(|code| TypeCode::parse(&code.value.code)),
        title: header.title.as_ref().map(|title| title.value.clone()),
        mime_type: match header.presentation {
            Presentation::Bare => "text/xml",
            Presentation::Wrapped => "application/xslt+xml",
        },
        language: header.language.as_ref().map(|language| language.value.code.clone()),
        confidentiality: header.confidentiality.as_ref().and_then(|code| nos::confidentiality(&code.value.code, &code.value.system)),
        format: format(header),
        facility_type: header.encounter.as_ref().and_then(|encounter| nos::facility_type(&encounter.facility.as_ref()?.value.code)),
        practice_setting: event.and_then(|event| nos::practice_setting(&event.setting()?.value.code)),
        event_codes: event_codes(header),
        created_at: header.effective_time.as_ref().and_then(|time| time.value.moment),
        service_start: event.and_then(|event| event.low.as_ref()?.value.moment),
        service_stop: event.and_then(|event| event.high.as_ref()?.value.moment),
        authors: header
            .authors
            .iter()
            .filter_map(|author| Some(entry_author(author.entity.as_ref()?, author.function.as_ref().map(|f| &f.value))))
            .collect(),
        legal_authenticator: header.legal_authenticator().and_then(|legal| legal.entity.as_ref()).map(|entity| entry_author(entity, None)),
        custodian: header.custodian.as_ref().and_then(|custodian| structure(custodian.organization.as_ref()?)),
        source_patient: header.patient().map(source_patient),
        references: references(header),
        replaces: header.related.iter().find(|related| related.kind == "RPLC").and_then(|related| related.parent.as_ref()?.value.to_urn()),
    }
}

/// ASS_A11: an unstructured body by its media type, a structured one by the most specific model that is
/// known, which the header writes last.
fn format(header: &Header) -> Code {
    let known = match &header.body {
        Some(Body::Unstructured { media_type, .. }) => nos::format_of_body(media_type),
        Some(Body::Structured) | None => header.templates.iter().rev().find_map(|template| nos::format_of_template(&template.value.root)),
    };
    known.or_else(|| nos::format(nos::FORMAT_UNREFERENCED)).unwrap_or_else(|| Code::new(nos::FORMAT_UNREFERENCED, "", ""))
}

fn event_codes(header: &Header) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    for code in header.service_events.iter().filter_map(|event| event.code.as_ref()) {
        let code = Code::new(code.value.code.clone(), code.value.system.clone(), code.value.display.clone());
        if !codes.iter().any(|known| known.code == code.code && known.system == code.system) {
            codes.push(code);
        }
    }
    codes
}

/// An author of the metadata. `authorRole` is the words of the functional role, not its code.
fn entry_author(entity: &AssignedEntity, function: Option<&CodedValue>) -> Author {
    Author {
        kind: kind(entity),
        id: entity.id().map(|id| id.value.local().to_owned()),
        name: entity.name.clone().unwrap_or_else(|| device_name(entity)),
        institution: entity.organization.as_ref().and_then(structure),
        role: function.map(|function| {
            let label = || nos::function_role(&function.code).map_or_else(|| function.code.clone(), |known| known.display);
            if function.display.is_empty() { label() } else { function.display.clone() }
        }),
        specialty: entity.code.as_ref().map(|code| {
            let known = nos::author_specialty(&code.value.code).filter(|known| known.system == code.value.system);
            known.unwrap_or_else(|| Code::new(code.value.code.clone(), code.value.system.clone(), code.value.display.clone()))
        }),
    }
}

fn kind(entity: &AssignedEntity) -> AuthorKind {
    let code = entity.code.as_ref().map(|code| code.value.code.as_str()).unwrap_or_default();
    if entity.ids.iter().any(|id| InsAuthority::from_oid(&id.value.root).is_some()) || code == PATIENT_CODE {
        AuthorKind::Patient
    } else if DEVICE_CODES.contains(&code) || (entity.device.is_some() && entity.name.is_none()) {
        AuthorKind::Device
    } else {
        AuthorKind::Professional
    }
}

/// A device is named by its software and model.
fn device_name(entity: &AssignedEntity) -> PersonName {
    let device = entity.device.as_ref();
    let software = device.and_then(|device| device.software.clone()).unwrap_or_default();
    PersonName::new(device.and_then(|device| device.model.clone()).unwrap_or_default(), software)
}

/// A structure with a well-formed national identifier.
fn structure(organization: &Organization) -> Option<Structure> {
    let national = organization.ids.iter().find(|id| id.value.root == STRUCT_ID_NAT_OID)?;
    let id = StructIdNat::parse(national.value.extension.as_deref()?).ok()?;
    Some(Structure { id, name: organization.name.clone().unwrap_or_default() })
}

fn source_patient(patient: &Patient) -> SourcePatient {
    let cx = |extension: &str, root: &str, kind: &str| format!("{extension}^^^&{root}&ISO^{kind}");
    let local = patient.local_id().map(|id| cx(id.local(), &id.root, "PI"));
    let ins = || patient.ins_id().map(|id| cx(id.value.local(), &id.value.root, "NH"));
    SourcePatient {
        id: local.or_else(ins).unwrap_or_default(),
        name: patient.birth_name(),
        gender: patient.gender.as_ref().map(|gender| gender.value.clone()).unwrap_or_default(),
        birth_date: patient.birth_time.as_ref().map(|time| time.value.chars().take(8).collect()).unwrap_or_default(),
    }
}

fn references(header: &Header) -> Vec<Reference> {
    let orders = header.orders.iter().map(|id| (id, ORDER));
    let accessions = header.accessions.iter().map(|id| (id, ACCESSION));
    orders
        .chain(accessions)
        .map(|(id, kind)| Reference { system: id.value.root.clone(), value: id.value.local().to_owned(), kind: Some(kind.to_owned()) })
        .collect()
}
