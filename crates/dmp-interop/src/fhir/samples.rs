//! One of each, for the tests of these codecs. Invented people.

use dmp_core::document::{
    Author, AuthorKind, AvailabilityStatus, Code, ContentRef, DocumentEntry, Folder, Reference, SourcePatient, SubmissionSet, TypeCode, Visibility,
    system,
};
use dmp_core::identity::{PersonName, StructIdNat, Structure};
use dmp_core::ids::BlobAddress;
use dmp_core::{EntryId, Moment};

use super::document_reference::{PatientReference, RenderContext};
use crate::nos;

pub(crate) const OID: &str = "1.2.250.1.213.1.4.10";
pub(crate) const INS: &str = "279035121518989";

pub(crate) fn moment(text: &str) -> Moment {
    Moment::parse_fhir(text).unwrap()
}

pub(crate) fn author() -> Author {
    Author {
        kind: AuthorKind::Professional,
        id: Some("899700218896".into()),
        name: PersonName { prefix: "DR".into(), ..PersonName::new("Anne", "EXEMPLE") },
        institution: Some(structure()),
        role: Some("Médecin traitant".into()),
        specialty: Some(Code::new("G15_10/SM26", system::TRE_A02, "Médecin généraliste")),
    }
}

pub(crate) fn structure() -> Structure {
    Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Cabinet de l'Île".into() }
}

pub(crate) fn entry() -> DocumentEntry {
    DocumentEntry {
        id: EntryId([7; 16]),
        version: 2,
        unique_id: "urn:oid:1.2.250.1.999.1.1".into(),
        status: AvailabilityStatus::deposited(),
        visibility: Visibility { masked: true, ..Visibility::default() },
        announced_at: None,
        type_code: TypeCode::parse("11488-4").unwrap(),
        title: "Compte rendu \"été\"".into(),
        mime_type: "application/pdf".into(),
        language: "fr-FR".into(),
        format: nos::format("urn:ihe:iti:xds-sd:pdf:2008").unwrap(),
        facility_type: nos::facility_type("SA07").unwrap(),
        practice_setting: nos::practice_setting("AMBULATOIRE").unwrap(),
        event_codes: vec![Code::new("DEQP003", system::CCAM, "Électrocardiographie")],
        comments: Some("À relire".into()),
        created_at: moment("2026-06-12T10:00:00+02:00"),
        service_start: moment("2026-06-11T08:00:00Z"),
        service_stop: Some(moment("2026-06-11T09:00:00Z")),
        submitted_at: moment("2026-06-14T08:00:00Z"),
        updated_at: moment("2026-06-15T08:00:00Z"),
        authors: vec![author()],
        legal_authenticator: Some(Author { institution: None, role: None, specialty: None, ..author() }),
        custodian: Some(structure()),
        source_patient: SourcePatient {
            id: "IPP1^^^&1.2.250.1.999.3&ISO^PI".into(),
            name: PersonName::new("Dominique", "ESSAI"),
            gender: "F".into(),
            birth_date: "19790328".into(),
        },
        references: vec![Reference { system: "urn:oid:1.2.250.1.999.7".into(), value: "ACC-1".into(), kind: Some("ACSN".into()) }],
        replaces: None,
        deposited_by: "ps:899700218896".into(),
        content: ContentRef { address: BlobAddress([1; 16]), home: None, size: 11, sha1: [2; 20], sha256: [3; 32] },
    }
}

pub(crate) fn patient() -> PatientReference<'static> {
    PatientReference { oid: OID, matricule: INS, reference: Some("Patient/sealed-p") }
}

pub(crate) fn context() -> RenderContext<'static> {
    RenderContext {
        document_id: "sealed-d",
        binary_url: "https://dmp.example/fhir/Binary/sealed-b",
        patient: patient(),
        set_ids: &["sealed-s"],
        replaces: Some("sealed-o"),
    }
}

pub(crate) fn submission_set() -> SubmissionSet {
    SubmissionSet {
        id: EntryId([8; 16]),
        unique_id: "urn:oid:1.2.250.1.999.2.1".into(),
        source_id: "1.2.250.1.999.5".into(),
        content_type: Some(Code::new("04", "1.2.250.1.213.2.2", "Hospitalisation de jour")),
        title: Some("Envoi du 12 juin".into()),
        comments: Some("Deux documents".into()),
        submitted_at: moment("2026-06-14T08:00:00Z"),
        declared_at: moment("2026-06-12T08:00:00Z"),
        author: author(),
        source_patient: None,
        entries: vec![EntryId([7; 16])],
        deposited_by: "ps:899700218896".into(),
    }
}

pub(crate) fn folder() -> Folder {
    Folder {
        id: EntryId([9; 16]),
        unique_id: "urn:oid:1.2.250.1.999.4.1".into(),
        designation: vec![Code::new("10", system::TRE_A03, "Compte rendu")],
        title: "Suivi du genou".into(),
        updated_at: moment("2026-06-14T08:00:00Z"),
        entries: vec![EntryId([7; 16])],
        deposited_by: "ps:899700218896".into(),
    }
}
