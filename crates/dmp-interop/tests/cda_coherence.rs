//! Metadata that contradict the header are told one by one, with the place in the header.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod cda_support;

use cda_support::SAMPLE;
use dmp_core::document::Confidentiality;
use dmp_core::identity::Ins;
use dmp_core::{Issue, Moment, Severity};
use dmp_interop::cda::{Claimed, Header, Limits, coherence, inspect};

fn header() -> Header {
    inspect(SAMPLE.as_bytes(), Limits::default()).header.expect("readable")
}

fn moment(text: &str) -> Option<Moment> {
    Moment::parse_fhir(text)
}

fn ins(matricule: &str) -> Option<Ins> {
    Ins::parse("1.2.250.1.213.1.4.10", matricule).ok()
}

fn faithful() -> Claimed {
    Claimed {
        unique_id: Some("urn:oid:2.25.314159265358979323846^CONS-1".to_owned()),
        type_code: Some("11488-4".to_owned()),
        ins: ins("279035121518989"),
        created_at: moment("2026-02-04T10:30:00+01:00"),
        service_start: moment("2026-02-04T09:00:00Z"),
        service_stop: moment("2026-02-04T09:25:00Z"),
        title: Some(" Consultation  du 4 février ".to_owned()),
        language: Some("fr-FR".to_owned()),
        confidentiality: Some(Confidentiality::Normal),
        format: Some("urn:asipSante:modelesHorsProfils:2011".to_owned()),
        facility_type: Some("SA07".to_owned()),
        practice_setting: Some("AMBULATOIRE".to_owned()),
        author_ids: vec!["810000000001".to_owned()],
        legal_authenticator: Some("810000000001".to_owned()),
        replaces: None,
    }
}

fn found(claimed: &Claimed) -> Vec<Issue> {
    coherence::check(&header(), claimed)
}

#[test]
fn cda_faithful_or_silent_metadata_have_no_finding() {
    assert_eq!(found(&faithful()), []);
    assert_eq!(found(&Claimed::default()), []);
}

#[test]
fn cda_bare_identifiers_and_coarser_times_are_the_same() {
    let claimed = Claimed {
        unique_id: Some("2.25.314159265358979323846^CONS-1".to_owned()),
        created_at: moment("2026-02-04"),
        author_ids: vec!["10000000001".to_owned()],
        ..faithful()
    };
    assert_eq!(found(&claimed), []);
}

#[test]
fn cda_each_contradiction_is_told_with_its_place() {
    type Change = fn(&mut Claimed);
    let changes: [(Change, &str); 13] = [
        (|claimed| claimed.unique_id = Some("urn:oid:2.25.1".to_owned()), "/ClinicalDocument/id"),
        (|claimed| claimed.type_code = Some("34133-9".to_owned()), "/ClinicalDocument/code"),
        (|claimed| claimed.ins = ins("277076322082910"), "/ClinicalDocument/recordTarget/patientRole/id[1]"),
        (|claimed| claimed.created_at = moment("2026-02-04T10:31:00+01:00"), "/ClinicalDocument/effectiveTime"),
        (|claimed| claimed.service_start = moment("2026-02-03"), "/ClinicalDocument/documentationOf/serviceEvent/effectiveTime/low"),
        (|claimed| claimed.service_stop = moment("2027-02-04T09:25:00Z"), "/ClinicalDocument/documentationOf/serviceEvent/effectiveTime/high"),
        (|claimed| claimed.title = Some("Autre".to_owned()), "/ClinicalDocument/title"),
        (|claimed| claimed.language = Some("en-US".to_owned()), "/ClinicalDocument/languageCode"),
        (|claimed| claimed.confidentiality = Some(Confidentiality::Restricted), "/ClinicalDocument/confidentialityCode"),
        (
            |claimed| claimed.facility_type = Some("SA01".to_owned()),
            "/ClinicalDocument/componentOf/encompassingEncounter/location/healthCareFacility/code",
        ),
        (
            |claimed| claimed.practice_setting = Some("HAD".to_owned()),
            "/ClinicalDocument/documentationOf/serviceEvent/performer/assignedEntity/representedOrganization/standardIndustryClassCode",
        ),
        (|claimed| claimed.author_ids.push("899999999999".to_owned()), "/ClinicalDocument/author"),
        (|claimed| claimed.legal_authenticator = Some("899999999999".to_owned()), "/ClinicalDocument/legalAuthenticator/assignedEntity/id"),
    ];
    for (change, path) in changes {
        let mut claimed = faithful();
        change(&mut claimed);
        let issues = found(&claimed);
        let [issue] = issues.as_slice() else { panic!("{path}: {issues:?}") };
        assert_eq!((issue.code.as_str(), issue.severity, issue.path.as_deref()), ("cda-metadata-incoherent", Severity::Error, Some(path)));
        assert!(issue.line.is_some() && issue.column.is_some() && issue.received.is_some() && issue.expected.is_some(), "{issue:?}");
    }
}

#[test]
fn cda_every_contradiction_is_told_at_once() {
    let claimed =
        Claimed { title: Some("Autre".to_owned()), language: Some("en-US".to_owned()), facility_type: Some("SA01".to_owned()), ..faithful() };
    assert_eq!(found(&claimed).len(), 3);
}

#[test]
fn cda_another_format_is_a_warning() {
    let text = SAMPLE
        .replace("<id root=\"2.25.314159265358979323846\"", "<templateId root=\"1.2.250.1.213.1.1.1.13\"/><id root=\"2.25.314159265358979323846\"");
    let header = inspect(text.as_bytes(), Limits::default()).header.expect("readable");
    let claimed = Claimed { format: Some("urn:ihe:iti:xds-sd:pdf:2008".to_owned()), ..Claimed::default() };
    let issues = coherence::check(&header, &claimed);
    assert_eq!((issues.len(), issues[0].severity, issues[0].expected.as_deref()), (1, Severity::Warning, Some("urn:asip:ci-sis:vsm:2012")));
}
