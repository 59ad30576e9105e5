use serde_json::json;

use super::*;

fn code(text: &str) -> String {
    to_json(text.as_bytes()).unwrap_err().code
}

#[test]
fn a_resource_goes_to_xml_and_back() {
    let value = json!({
        "resourceType": "Patient",
        "id": "p1",
        "meta": {"versionId": "1", "profile": ["http://a", "http://b"]},
        "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>É &amp; <b>b</b><br/></p></div>"},
        "contained": [{"resourceType": "Organization", "id": "o", "name": "L'\"Île\" <&>\n\t\u{e9}"}],
        "extension": [{"url": "http://e", "valueBoolean": true}, {"url": "http://f", "extension": [{"url": "g", "valueDateTime": "2026"}]}],
        "active": false,
        "name": [{"family": "A", "_family": {"extension": [{"url": "http://own", "valueString": "x"}]}, "given": ["B", "C"], "_given": [null, {"id": "second"}]}],
        "multipleBirthInteger": 2,
        "managingOrganization": {"reference": "#o"},
    });
    let xml = to_xml(&value).unwrap();
    assert_eq!(to_json(&xml).unwrap(), value, "{}", String::from_utf8_lossy(&xml));
}

#[test]
fn elements_stand_in_the_order_of_fhir() {
    let xml = String::from_utf8(to_xml(&json!({"resourceType": "Patient", "active": true, "id": "x", "birthDate": "2000", "identifier": [{"value": "v", "system": "s"}]})).unwrap()).unwrap();
    assert_eq!(
        xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/><identifier><system value=\"s\"/><value value=\"v\"/></identifier><active value=\"true\"/><birthDate value=\"2000\"/></Patient>"
    );
}

#[test]
fn a_value_with_only_an_extension_is_kept() {
    let absent = json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]});
    let value = json!({"resourceType": "Parameters", "parameter": [{"name": "a", "_valueString": absent.clone()}, {"name": "b", "valueString": "x", "_valueString": absent}]});
    let xml = to_xml(&value).unwrap();
    assert_eq!(to_json(&xml).unwrap(), value, "{}", String::from_utf8_lossy(&xml));
}

#[test]
fn hostile_xml_is_refused() {
    let patient = |inner: &str| format!("<Patient xmlns=\"http://hl7.org/fhir\">{inner}</Patient>");
    let deep = |depth: usize| patient(&format!("{}{}", "<extension>".repeat(depth), "</extension>".repeat(depth)));
    for (text, expected) in [
        ("<!DOCTYPE Patient [<!ENTITY x \"y\">]><Patient xmlns=\"http://hl7.org/fhir\"/>".to_owned(), "xml-doctype"),
        (patient("<active value=\"true\">"), "xml-invalid"),
        (patient("<active value=\"&x;\"/>"), "xml-invalid"),
        (deep(100), "xml-too-deep"),
        (deep(200_000), "xml-too-deep"),
        (patient("<colour value=\"red\"/>"), "element-unknown"),
        (patient("<active value=\"true\" colour=\"red\"/>"), "element-unknown"),
        (patient("<active xmlns=\"http://other\" value=\"true\"/>"), "element-unknown"),
        (patient("<active value=\"oui\"/>"), "element-value"),
        (patient("<active/>"), "element-value"),
        (patient("<active value=\"true\"/><active value=\"false\"/>"), "element-value"),
        (patient("hello"), "element-value"),
        (patient("<contained/>"), "element-value"),
        ("<Observation xmlns=\"http://hl7.org/fhir\"/>".to_owned(), "element-unknown"),
        ("<Patient/>".to_owned(), "element-unknown"),
        (String::new(), "xml-invalid"),
    ] {
        assert_eq!(code(&text), expected, "{}", text.get(..120.min(text.len())).unwrap());
    }
    assert_eq!(to_json(b"<Patient xmlns=\"http://hl7.org/fhir\">\xff</Patient>").unwrap_err().code, "xml-invalid");
    let issue = to_json(b"<Patient xmlns=\"http://hl7.org/fhir\">\n  <name><colour value=\"x\"/></name>\n</Patient>").unwrap_err();
    assert_eq!((issue.line, issue.column, issue.path.as_deref()), (Some(2), Some(9), Some("Patient.name.colour")));
}

#[test]
fn what_the_table_does_not_know_is_not_lost_in_silence() {
    for value in [
        json!({"resourceType": "Observation"}),
        json!({"resourceType": "Patient", "colour": "red"}),
        json!({"resourceType": "Patient", "active": "true"}),
        json!({"resourceType": "Patient", "name": {"family": "A"}}),
        json!({"resourceType": "Patient", "text": {"status": "generated", "div": "<script/>"}}),
        json!({"resourceType": "Patient", "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"></div><x/>"}}),
        json!([]),
    ] {
        assert_eq!(to_xml(&value).unwrap_err().code, "xml-invalid", "{value}");
    }
}
