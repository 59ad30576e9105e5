//! Our own document damaged one way at a time gives the finding that says so, with its place.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod cda_support;

use cda_support::{SAMPLE, document};
use dmp_core::{Issue, Severity};
use dmp_interop::cda::{Limits, inspect};

fn issues(text: &str) -> Vec<Issue> {
    inspect(text.as_bytes(), Limits::default()).issues
}

fn codes(text: &str) -> Vec<String> {
    issues(text).into_iter().map(|issue| issue.code).collect()
}

fn edited(from: &str, to: &str) -> String {
    assert!(SAMPLE.contains(from), "nothing to damage: {from}");
    SAMPLE.replacen(from, to, 1)
}

/// Removes an element of the header from its start tag to its end.
fn without(text: &str, start: &str, end: &str) -> String {
    let (before, rest) = text.split_once(start).expect("start");
    let (_, after) = rest.split_once(end).expect("end");
    format!("{before}{after}")
}

#[test]
fn cda_our_own_document_has_no_finding() {
    assert_eq!(issues(SAMPLE), []);
}

#[test]
fn cda_each_value_damaged_gives_its_finding() {
    for (from, to, code) in [
        ("extension=\"279035121518989\"", "extension=\"279035121518988\"", "ins-key"),
        ("extension=\"279035121518989\"", "extension=\"2790351215189\"", "ins-format"),
        ("<id root=\"1.2.250.1.213.1.4.10\"", "<id root=\"1.2.250.1.213.1.4.99\"", "ins-missing"),
        ("code=\"FR\"", "code=\"BE\"", "cda-header-realm"),
        ("extension=\"POCD_HD000040\"", "extension=\"POCD_HD000041\"", "cda-header-type-id"),
        ("<templateId root=\"1.2.250.1.213.1.1.1.1\"/>", "", "cda-header-template"),
        ("<id root=\"2.25.314159265358979323846\" extension=\"CONS-1\"/>", "", "cda-header-id"),
        ("root=\"2.25.314159265358979323846\"", "root=\"consultation\"", "unique-id-format"),
        ("code=\"11488-4\"", "code=\"99999-9\"", "type-unknown"),
        ("code=\"11488-4\" codeSystem=\"2.16.840.1.113883.6.1\"", "code=\"11488-4\" codeSystem=\"1.2.3\"", "type-unknown"),
        ("<title>Consultation du 4 février</title>", "<title> </title>", "cda-header-title"),
        ("<effectiveTime value=\"20260204103000+0100\"/>", "<effectiveTime value=\"hier\"/>", "cda-header-time"),
        ("code=\"N\" codeSystem", "code=\"X\" codeSystem", "confidentiality-unknown"),
        ("languageCode code=\"fr-FR\"", "languageCode code=\"en-US\"", "language-unsupported"),
        ("<languageCode code=\"fr-FR\"/>", "", "cda-header-language"),
        ("<setId root=\"2.25.314159265358979323847\"/>", "", "cda-header-set-id"),
        ("<versionNumber value=\"1\"/>", "<versionNumber value=\"zéro\"/>", "cda-header-version"),
        ("<family qualifier=\"BR\">EXEMPLE</family>", "<family>EXEMPLE</family>", "cda-header-birth-name"),
        ("Code code=\"F\"", "Code code=\"X\"", "cda-header-gender"),
        ("<birthTime value=\"19790328\"/>", "<birthTime value=\"28/03/1979\"/>", "cda-header-birth-time"),
        (
            "root=\"1.2.250.1.71.4.2.2\" extension=\"1990000001\"/>\n        <name>Cabinet des Tilleuls</name>\n        <telecom",
            "root=\"1.2.3\" extension=\"1\"/><name>Cabinet</name><telecom",
            "cda-header-custodian",
        ),
        ("<signatureCode code=\"S\"/>", "", "cda-header-legal-authenticator"),
        ("<low value=\"20260204100000+0100\"/><high", "<high", "cda-header-service-event"),
        ("code=\"AMBULATOIRE\"", "code=\"AILLEURS\"", "setting-unknown"),
        ("code=\"SA07\"", "code=\"SA99\"", "facility-unknown"),
        (
            "<recordTarget>",
            "<relatedDocument typeCode=\"APND\"><parentDocument><id root=\"1.2.3\"/></parentDocument></relatedDocument><recordTarget>",
            "cda-header-related-document",
        ),
        ("<recordTarget>", "<relatedDocument typeCode=\"RPLC\"><parentDocument/></relatedDocument><recordTarget>", "cda-header-related-document"),
    ] {
        assert_eq!(codes(&edited(from, to)), [code], "{from} -> {to}");
    }
}

#[test]
fn cda_each_missing_participation_gives_its_finding() {
    for (start, end, code) in [
        ("<recordTarget>", "</recordTarget>", "cda-header-patient"),
        ("<author>", "</author>", "cda-header-author"),
        ("<custodian>", "</custodian>", "cda-header-custodian"),
        ("<legalAuthenticator>", "</legalAuthenticator>", "cda-header-legal-authenticator"),
        ("<documentationOf>", "</documentationOf>", "cda-header-service-event"),
        ("<componentOf>", "</componentOf>", "cda-header-facility"),
    ] {
        assert_eq!(codes(&without(SAMPLE, start, end)), [code], "{start}");
    }
    assert_eq!(codes(&format!("{}</ClinicalDocument>", SAMPLE.split("<component>").next().unwrap())), ["cda-header-body"]);
}

#[test]
fn cda_a_finding_says_where_what_and_what_was_expected() {
    let found = issues(&edited("extension=\"279035121518989\"", "extension=\"279035121518988\""));
    let [issue] = found.as_slice() else { panic!("one finding: {found:?}") };
    assert_eq!(issue.severity, Severity::Error);
    assert_eq!(issue.path.as_deref(), Some("/ClinicalDocument/recordTarget/patientRole/id[1]"));
    assert_eq!((issue.line, issue.column), (Some(17), Some(7)));
    assert_eq!(issue.received.as_deref(), Some("279035121518988"));
    assert_eq!(issue.expected.as_deref(), Some("clé 89"));
}

#[test]
fn cda_every_finding_is_listed_not_only_the_first() {
    let text = edited("<setId root=\"2.25.314159265358979323847\"/>", "").replace("fr-FR", "de-DE").replace("SA07", "SA00");
    assert_eq!(codes(&text), ["language-unsupported", "cda-header-set-id", "facility-unknown"]);
    assert!(codes("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>").iter().all(|code| code.starts_with("cda-header-")));
}

#[test]
fn cda_an_unprovided_name_qualifier_and_an_odd_signing_time_are_warnings() {
    for (from, to) in [("qualifier=\"CL\">MODELE", "qualifier=\"SP\">MODELE"), ("20260204103100+0100", "20260204103100+100")] {
        let found = issues(&edited(from, to));
        assert!(found.len() == 1 && found.iter().all(|issue| issue.severity == Severity::Warning), "{found:?}");
    }
}

#[test]
fn cda_two_persons_or_two_ins_are_refused() {
    let target = SAMPLE.split_once("<recordTarget>").unwrap().1.split_once("</recordTarget>").unwrap().0;
    let two = edited("</recordTarget>", &format!("</recordTarget><recordTarget>{target}</recordTarget>"));
    assert_eq!(codes(&two), ["cda-header-patient"]);
    let other = edited(
        "<id root=\"2.25.27182818284590452353\"",
        "<id root=\"1.2.250.1.213.1.4.11\" extension=\"277076322082910\"/><id root=\"2.25.27182818284590452353\"",
    );
    assert_eq!(codes(&other), ["cda-header-patient"]);
}

#[test]
fn cda_a_public_document_damaged_gives_the_same_findings() {
    let Some(text) = document("VSM_1.4_2022.01.xml") else { return };
    assert_eq!(codes(&text.replace("279035121518989", "279035121518990")), ["ins-key"]);
    assert_eq!(codes(&text.replace("languageCode code=\"fr-FR\"", "languageCode code=\"en-US\"")), ["language-unsupported"]);
    assert_eq!(codes(&without(&text, "<legalAuthenticator>", "</legalAuthenticator>")), ["cda-header-legal-authenticator"]);
    assert_eq!(codes(&text.replace("<setId root=\"1.2.250.1.213.1.1.1.13.2022.1\" />", "")), ["cda-header-set-id"]);
}

#[test]
fn cda_too_many_repetitions_are_refused() {
    let author = SAMPLE.split_once("<author>").unwrap().1.split_once("</author>").unwrap().0;
    let many = format!("<author>{author}</author>").repeat(100);
    assert_eq!(codes(&edited("<author>", &format!("{many}<author>"))), ["cda-too-large"]);
}
