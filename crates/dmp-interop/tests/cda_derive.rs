//! The metadata that our own document and the public ones give.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod cda_support;

use cda_support::{SAMPLE, document};
use dmp_core::document::{AuthorKind, Confidentiality};
use dmp_interop::cda::narrative::header_summary;
use dmp_interop::cda::{Derived, Header, Limits, derive, inspect};

fn header(text: &str) -> Header {
    inspect(text.as_bytes(), Limits::default()).header.expect("readable")
}

fn derived(text: &str) -> Derived {
    derive(&header(text))
}

#[test]
fn cda_identifiers_keep_their_extension() {
    let derived = derived(SAMPLE);
    assert_eq!(derived.unique_id.as_deref(), Some("urn:oid:2.25.314159265358979323846^CONS-1"));
    assert_eq!(derived.set_id.as_deref(), Some("urn:oid:2.25.314159265358979323847"));
    assert_eq!(derived.replaces, None);
    let replacing = SAMPLE.replace("<documentationOf>", "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"8D5E778C-E155-4685-95C6-5FF65A362964\"/></parentDocument></relatedDocument><documentationOf>");
    assert_eq!(self::derived(&replacing).replaces.as_deref(), Some("urn:uuid:8d5e778c-e155-4685-95c6-5ff65a362964"));
}

#[test]
fn cda_classification_and_times_come_from_the_header() {
    let derived = derived(SAMPLE);
    assert_eq!(derived.type_code.as_ref().unwrap().class().code, "10");
    assert_eq!(derived.title.as_deref(), Some("Consultation du 4 février"));
    assert_eq!((derived.mime_type, derived.language.as_deref()), ("text/xml", Some("fr-FR")));
    assert_eq!(derived.confidentiality, Some(Confidentiality::Normal));
    assert_eq!(derived.created_at.unwrap().to_rfc3339(), "2026-02-04T09:30:00Z");
    assert_eq!(derived.service_start.unwrap().to_rfc3339(), "2026-02-04T09:00:00Z");
    assert_eq!(derived.service_stop.unwrap().to_rfc3339(), "2026-02-04T09:25:00Z");
    assert_eq!(derived.facility_type.unwrap().display, "Cabinet individuel");
    assert_eq!(derived.practice_setting.unwrap().code, "AMBULATOIRE");
    assert_eq!(derived.event_codes[0].code, "Z00.0");
    assert_eq!((derived.references[0].value.as_str(), derived.references[0].kind.as_deref()), ("DEMANDE-7", Some("urn:ihe:iti:xds:2013:order")));
}

#[test]
fn cda_people_come_with_words_and_national_identifiers() {
    let derived = derived(SAMPLE);
    let author = &derived.authors[0];
    assert_eq!(
        (author.kind, author.id.as_deref(), author.name.display()),
        (AuthorKind::Professional, Some("810000000001"), "Dr Alix INVENTEE".to_owned())
    );
    assert_eq!(author.role.as_deref(), Some("Médecin traitant"));
    assert!(author.specialty.as_ref().unwrap().display.contains("Médecine Générale"));
    assert_eq!(author.institution.as_ref().unwrap().id.as_str(), "1990000001");
    assert_eq!(derived.custodian.unwrap().name, "Cabinet des Tilleuls");
    assert_eq!(derived.legal_authenticator.unwrap().id.as_deref(), Some("810000000001"));
    let person = derived.source_patient.unwrap();
    assert_eq!(person.id, "DOSSIER-42^^^&2.25.27182818284590452353&ISO^PI");
    assert_eq!((person.name.display(), person.gender.as_str(), person.birth_date.as_str()), ("CAMILLE EXEMPLE".to_owned(), "F", "19790328"));
    let alone = self::derived(&SAMPLE.replace("<id root=\"2.25.27182818284590452353\" extension=\"DOSSIER-42\"/>", ""));
    assert_eq!(alone.source_patient.unwrap().id, "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH");
}

#[test]
fn cda_patients_and_devices_are_told_apart_from_professionals() {
    let patient = SAMPLE.replace(
        "<id root=\"1.2.250.1.71.4.2.1\" extension=\"810000000001\"/>\n      <code code=\"G15_10/SM26\"",
        "<id root=\"1.2.250.1.213.1.4.10\" extension=\"279035121518989\"/><code code=\"EXP_PATIENT\"",
    );
    assert_eq!(derived(&patient).authors[0].kind, AuthorKind::Patient);
    let device = SAMPLE.replace("G15_10/SM26", "DISPOSITIF");
    assert_eq!(derived(&device).authors[0].kind, AuthorKind::Device);
}

#[test]
fn cda_names_in_use_and_the_traits_of_the_person_are_read() {
    let header = header(SAMPLE);
    let patient = header.patient().unwrap();
    assert_eq!(patient.birth_name().display(), "CAMILLE EXEMPLE");
    assert_eq!(patient.used_name().unwrap().display(), "CAMILLE MODELE");
    assert_eq!((patient.birth_date().unwrap().to_iso().as_str(), patient.birth_place.as_deref()), ("1979-03-28", Some("51215")));
    assert!(patient.ins().unwrap().is_ok());
}

#[test]
fn cda_formats_follow_the_model_or_the_media_type() {
    for (name, format) in [
        ("VSM_1.4_2022.01.xml", "urn:asip:ci-sis:vsm:2012"),
        ("IPS-FR_2024.01.xml", "urn:ihe:pcc:ips:2020"),
        ("BIO-CR-BIO_2024.01_TSH_1.xml", "urn:ihe:lab:xd-lab:2008"),
        ("CARD-F-PRC-AVK_2022.01.xml", "urn:asip:ci-sis:avk:2009"),
        ("CSE-CS8_2024.01.xml", "urn:asip:ci-sis:cse-cs8:2017"),
        ("eP-MED-DM_2024.01_PosoNonStruct.xml", "urn:ihe:pharm:pre:2010"),
        ("eDISP-MED_2024.01.xml", "urn:ihe:pharm:dis:2010"),
        ("DOC_NON_STRUCTURE_CDA-R2-N1.xml", "urn:ihe:iti:xds-sd:pdf:2008"),
        ("BIO-TROD_2024.01_COVID-19.xml", "urn:asipSante:modelesHorsProfils:2011"),
    ] {
        let Some(text) = document(name) else { return };
        assert_eq!(derived(&text).format.code, format, "{name}");
    }
}

#[test]
fn cda_a_summary_says_what_it_is_in_french() {
    let lines: Vec<String> = header_summary(&header(SAMPLE)).into_iter().map(|line| format!("{} : {}", line.label, line.value)).collect();
    assert_eq!(
        lines[..4],
        [
            "Titre : Consultation du 4 février",
            "Type : CR ou fiche de consultation ou de visite",
            "Document du : 04/02/2026 à 10 h 30",
            "Acte du : 04/02/2026 à 10 h 00"
        ]
    );
    assert!(lines.iter().any(|line| line.starts_with("Auteur : Dr Alix INVENTEE · ") && line.ends_with("Cabinet des Tilleuls")), "{lines:?}");
}
