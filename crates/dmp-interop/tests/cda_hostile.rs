//! Hostile bytes are refused before anyone looks at them, quickly and by name.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod cda_support;

use cda_support::SAMPLE;
use dmp_interop::cda::{CDA_SIZE_MAX, Limits, inspect};

fn only_code(bytes: &[u8]) -> String {
    let inspection = inspect(bytes, Limits::default());
    assert!(inspection.header.is_none());
    let [issue] = inspection.issues.as_slice() else { panic!("one finding: {:?}", inspection.issues) };
    issue.code.clone()
}

#[test]
fn cda_any_doctype_is_refused() {
    let body = SAMPLE.split_once("?>").unwrap().1;
    for doctype in [
        "<!DOCTYPE ClinicalDocument>",
        "<!DOCTYPE ClinicalDocument SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE ClinicalDocument [<!ENTITY a \"b\">]>",
        "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>",
    ] {
        assert_eq!(only_code(format!("<?xml version=\"1.0\"?>{doctype}{body}").as_bytes()), "cda-doctype", "{doctype}");
    }
}

#[test]
fn cda_no_entity_but_the_five_is_known() {
    assert_eq!(only_code(SAMPLE.replace("<title>", "<title>&nbsp;").as_bytes()), "cda-not-well-formed");
    assert!(inspect(SAMPLE.replace("<title>", "<title>&lt;&amp;&#233;").as_bytes(), Limits::default()).is_acceptable());
}

#[test]
fn cda_a_depth_bomb_is_refused() {
    for depth in [200, 500_000] {
        let bomb = format!("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">{}", "<a>".repeat(depth));
        assert_eq!(only_code(bomb.as_bytes()), "cda-too-deep");
    }
}

#[test]
fn cda_a_wide_document_is_refused() {
    let wide = format!("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">{}</ClinicalDocument>", "<a/>".repeat(400_000));
    assert_eq!(only_code(wide.as_bytes()), "cda-too-large");
    let attributes: String = (0..500_000).map(|number| format!(" a{number:x}=\"\"")).take(300_000).collect();
    assert_eq!(only_code(format!("<ClinicalDocument{attributes}/>").as_bytes()), "cda-too-large");
}

#[test]
fn cda_more_bytes_than_allowed_are_refused() {
    assert_eq!(only_code(&vec![b' '; CDA_SIZE_MAX + 1]), "cda-too-large");
    let small = Limits { size_bytes_max: 10, ..Limits::default() };
    assert_eq!(inspect(SAMPLE.as_bytes(), small).issues[0].code, "cda-too-large");
}

#[test]
fn cda_broken_xml_is_refused_with_its_line() {
    for cut in [100, 1000, 3000] {
        assert_eq!(only_code(&SAMPLE.as_bytes()[..cut]), "cda-not-well-formed", "{cut}");
    }
    let inspection = inspect(SAMPLE.replace("</title>", "</titre>").as_bytes(), Limits::default());
    assert_eq!((inspection.issues[0].code.as_str(), inspection.issues[0].line), ("cda-not-well-formed", Some(9)));
    assert_eq!(only_code(b""), "cda-not-well-formed");
    assert_eq!(only_code(b"%PDF-1.7"), "cda-not-well-formed");
}

#[test]
fn cda_every_cut_and_every_changed_byte_is_survived() {
    for cut in (0..SAMPLE.len()).step_by(7) {
        inspect(&SAMPLE.as_bytes()[..cut], Limits::default());
    }
    for place in (0..SAMPLE.len()).step_by(11) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        bytes[place] = bytes[place].wrapping_add(13);
        inspect(&bytes, Limits::default());
    }
}

#[test]
fn cda_another_root_is_refused() {
    assert_eq!(only_code(b"<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"), "cda-root");
    assert_eq!(only_code(b"<ClinicalDocument/>"), "cda-root");
}

#[test]
fn cda_a_document_wrapped_in_its_style_sheet_is_read_and_the_sheet_is_not_run() {
    let body = SAMPLE.split_once("?>").unwrap().1;
    let wrapped = format!(
        "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><c:Contenu xmlns:c=\"urn:asip-sante:ci-sis\">{body}</c:Contenu>\
         <xsl:template match=\"/\"><script>alert(1)</script></xsl:template></xsl:stylesheet>"
    );
    let inspection = inspect(wrapped.as_bytes(), Limits::default());
    assert!(inspection.is_acceptable(), "{:?}", inspection.issues);
    assert_eq!(dmp_interop::cda::derive(&inspection.header.unwrap()).mime_type, "application/xslt+xml");
}

#[test]
fn cda_encodings_are_utf_8_or_declared_latin_1() {
    let with_mark = [&[0xEF, 0xBB, 0xBF], SAMPLE.as_bytes()].concat();
    assert!(inspect(&with_mark, Limits::default()).is_acceptable());
    let latin: Vec<u8> = SAMPLE.replace("UTF-8", "ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let header = inspect(&latin, Limits::default()).header.expect("readable");
    assert_eq!(header.title.unwrap().value, "Consultation du 4 février");
    assert_eq!(only_code(SAMPLE.replace("UTF-8", "UTF-32").as_bytes()), "cda-encoding");
    assert_eq!(only_code(&latin.iter().copied().skip(45).collect::<Vec<_>>()), "cda-encoding");
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(SAMPLE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(only_code(&wide), "cda-encoding");
}

#[test]
fn cda_a_header_made_to_be_slow_is_read_quickly_or_refused() {
    let ids = "<id root=\"1.2.3\" extension=\"4\"/>".repeat(64);
    let author = format!("<author><time value=\"2026\"/><assignedAuthor>{ids}<code code=\"a\"/></assignedAuthor></author>");
    let filler = "é".repeat(2_000_000);
    let slow = format!("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><!--{filler}-->{}</ClinicalDocument>", author.repeat(64));
    assert_eq!(inspect(slow.as_bytes(), Limits::default()).header.expect("readable").authors.len(), 64);
    let many = format!("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">{}{author}</ClinicalDocument>", "<a/>".repeat(100_000));
    assert_eq!(only_code(many.as_bytes()), "cda-too-large");
}
