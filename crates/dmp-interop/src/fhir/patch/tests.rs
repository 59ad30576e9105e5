//! Tests of patches.

use super::*;

const ARCHIVED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";

fn target(labels: &[&str]) -> PatchTarget {
    PatchTarget { status: StatusWord::Current, labels: labels.iter().map(|label| (*label).to_owned()).collect(), archived: false }
}

fn json_patch(body: &str) -> Result<Vec<MetadataChange>, Issue> {
    read_patch("application/json-patch+json; charset=utf-8", body.as_bytes())
}

fn after(body: &str, labels: &[&str]) -> Result<Vec<String>, String> {
    let changes = json_patch(body).map_err(|issue| issue.code)?;
    apply(&changes, &target(labels)).map(|patched| patched.labels).map_err(|issue| issue.code)
}

#[test]
fn replacing_the_first_label_drops_no_other() {
    let mask = r#"[{"op":"replace","path":"/securityLabel/0","value":{"coding":[{"system":"s","code":"MASQUE_PS"}]}}]"#;
    assert_eq!(after(mask, &["N"]).unwrap(), ["N", "MASQUE_PS"]);
    assert_eq!(after(mask, &["R", "INVISIBLE_REPRESENTANTS_LEGAUX"]).unwrap(), ["R", "MASQUE_PS", "INVISIBLE_REPRESENTANTS_LEGAUX"]);
    let normal = r#"[{"op":"replace","path":"/securityLabel/0","value":{"coding":[{"code":"N"}]}}]"#;
    assert_eq!(after(normal, &["V", "MASQUE_PS"]).unwrap(), ["N", "MASQUE_PS"]);
}

#[test]
fn a_mask_is_lifted_by_its_own_index_or_by_the_whole_set() {
    let (masked, normal) = (["N", "MASQUE_PS", "INVISIBLE_REPRESENTANTS_LEGAUX"], ["N", "INVISIBLE_REPRESENTANTS_LEGAUX"]);
    assert_eq!(after(r#"[{"op":"remove","path":"/securityLabel/1"}]"#, &masked).unwrap(), normal);
    assert_eq!(after(r#"[{"op":"replace","path":"/securityLabel/1","value":{"coding":[{"code":"N"}]}}]"#, &masked).unwrap(), normal);
    assert_eq!(after(r#"[{"op":"replace","path":"/securityLabel","value":[{"coding":[{"code":"N"}]}]}]"#, &masked).unwrap(), ["N"]);
    assert_eq!(after(r#"[{"op":"remove","path":"/securityLabel"}]"#, &["R", "MASQUE_PS"]).unwrap(), ["R"]);
}

#[test]
fn labels_are_added_at_the_end_at_an_index_and_as_bare_codes() {
    for body in [
        r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#,
        r#"[{"op":"add","path":"/securityLabel/1","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#,
        r#"[{"op":"replace","path":"/securityLabel","value":"MASQUE_PS"}]"#,
        r#"[{"op":"replace","path":"/securityLabel/0/coding/0/code","value":"MASQUE_PS"}]"#,
    ] {
        assert_eq!(after(body, &["N"]).unwrap(), ["N", "MASQUE_PS"], "{body}");
    }
}

#[test]
fn what_is_not_there_or_not_true_is_told() {
    for (body, code) in [
        (r#"[{"op":"remove","path":"/securityLabel/3"}]"#, "patch-path-not-found"),
        (r#"[{"op":"add","path":"/securityLabel/5","value":"MASQUE_PS"}]"#, "patch-path-not-found"),
        (r#"[{"op":"test","path":"/status","value":"superseded"}]"#, "patch-test-failed"),
        (r#"[{"op":"test","path":"/securityLabel/0","value":{"coding":[{"code":"R"}]}}]"#, "patch-test-failed"),
        (r#"[{"op":"add","path":"/securityLabel/-","value":"SECRET"}]"#, "confidentiality-unknown"),
        (
            r#"[{"op":"add","path":"/securityLabel/-","value":"MASQUE_PS"},{"op":"add","path":"/securityLabel/-","value":"INVISIBLE_PATIENT"}]"#,
            "confidentiality-combination",
        ),
        (r#"[{"op":"replace","path":"/status","value":"deleted"}]"#, "element-value"),
        (r#"[{"op":"remove","path":"/status"}]"#, "element-required"),
        (r#"[{"op":"copy","from":"/status","path":"/status"}]"#, "patch-invalid"),
        (r#"[{"op":"add","path":"/status"}]"#, "patch-invalid"),
        ("[]", "patch-invalid"),
        ("{}", "patch-invalid"),
        (r#"[{"op":"add","op":"remove","path":"/status"}]"#, "json-duplicate-key"),
    ] {
        assert_eq!(after(body, &["N"]).unwrap_err(), code, "{body}");
    }
}

#[test]
fn a_true_test_changes_nothing() {
    let body = r#"[{"op":"test","path":"/status","value":"current"},{"op":"test","path":"/securityLabel","value":[{"coding":[{"code":"N"}]}]},{"op":"test","path":"/securityLabel/0/coding/0/code","value":"N"}]"#;
    let patched = apply(&json_patch(body).unwrap(), &target(&["N"])).unwrap();
    assert_eq!(patched, target(&["N"]));
}

#[test]
fn nothing_else_may_be_touched() {
    for path in [
        "/title",
        "/type",
        "/subject/reference",
        "/content/0/attachment/title",
        "",
        "/extension[url:'http://other']/valueBoolean",
        "/meta/security/0",
    ] {
        let body = format!(r#"[{{"op":"replace","path":"{path}","value":"x"}}]"#);
        assert_eq!(json_patch(&body).unwrap_err().code, "patch-element-not-allowed", "{path}");
    }
    let other = r#"[{"op":"add","path":"/extension/-","value":{"url":"http://other","valueBoolean":true}}]"#;
    assert_eq!(json_patch(other).unwrap_err().code, "patch-element-not-allowed");
}

#[test]
fn archiving_has_a_french_spelling_too() {
    for (body, archived) in [
        (format!(r#"[{{"op":"replace","path":"/extension[url:'{ARCHIVED}']/valueBoolean","value":true}}]"#), true),
        (format!(r#"[{{"op":"add","path":"/extension[url='{ARCHIVED}']","value":{{"url":"{ARCHIVED}","valueBoolean":true}}}}]"#), true),
        (format!(r#"[{{"op":"add","path":"/extension","value":[{{"url":"{ARCHIVED}","valueBoolean":true}}]}}]"#), true),
        (format!(r#"[{{"op":"add","path":"/extension/-","value":{{"url":"{ARCHIVED}","valueBoolean":false}}}}]"#), false),
        (r#"[{"op":"replace","path":"/extension/0/valueBoolean","value":false}]"#.to_owned(), false),
        (r#"[{"op":"remove","path":"/extension/0"}]"#.to_owned(), false),
    ] {
        assert_eq!(json_patch(&body).unwrap(), [MetadataChange::SetArchived(archived)], "{body}");
    }
}

fn parameters(parts: &str) -> Result<Vec<MetadataChange>, Issue> {
    read_patch(
        "application/fhir+json",
        format!(r#"{{"resourceType":"Parameters","parameter":[{{"name":"operation","part":[{parts}]}}]}}"#).as_bytes(),
    )
}

#[test]
fn fhirpath_patches_say_the_same() {
    let masked = || "MASQUE_PS".to_owned();
    let part = |kind: &str, path: &str, rest: &str| {
        parameters(&format!(r#"{{"name":"type","valueCode":"{kind}"}},{{"name":"path","valueString":"{path}"}}{rest}"#))
    };
    let label = r#",{"name":"value","valueCodeableConcept":{"coding":[{"code":"MASQUE_PS"}]}}"#;
    let named = format!(r#",{{"name":"name","valueString":"securityLabel"}}{label}"#);
    let extension = format!(
        r#",{{"name":"name","valueString":"extension"}},{{"name":"value","part":[{{"name":"url","valueUri":"{ARCHIVED}"}},{{"name":"value","valueBoolean":true}}]}}"#
    );
    let where_code = "DocumentReference.securityLabel.where(coding.code='MASQUE_PS')";
    let archived_value = format!("DocumentReference.extension('{ARCHIVED}').value");
    let archived_where = format!("DocumentReference.extension.where(url='{ARCHIVED}')");
    for (found, expected) in [
        (
            part("replace", "DocumentReference.status", r#",{"name":"value","valueCode":"entered-in-error"}"#),
            vec![MetadataChange::SetStatus(StatusWord::EnteredInError)],
        ),
        (part("add", "DocumentReference", &named), vec![MetadataChange::AddLabel { code: masked(), index: None }]),
        (
            part("insert", "DocumentReference.securityLabel", &format!(r#",{{"name":"index","valueInteger":1}}{label}"#)),
            vec![MetadataChange::AddLabel { code: masked(), index: Some(1) }],
        ),
        (
            part("replace", "DocumentReference.securityLabel[0]", label),
            vec![MetadataChange::ReplaceLabel { label: LabelRef::Index(0), code: masked() }],
        ),
        (part("delete", where_code, ""), vec![MetadataChange::RemoveLabel(LabelRef::Code(masked()))]),
        (
            part("delete", "DocumentReference.securityLabel.where(coding.exists(code='MASQUE_PS'))", ""),
            vec![MetadataChange::RemoveLabel(LabelRef::Code(masked()))],
        ),
        (
            part("delete", "DocumentReference.securityLabel.where(coding.where(code = 'MASQUE_PS').exists())", ""),
            vec![MetadataChange::RemoveLabel(LabelRef::Code(masked()))],
        ),
        (part("replace", &archived_value, r#",{"name":"value","valueBoolean":false}"#), vec![MetadataChange::SetArchived(false)]),
        (part("delete", &archived_where, ""), vec![MetadataChange::SetArchived(false)]),
        (part("add", "DocumentReference", &extension), vec![MetadataChange::SetArchived(true)]),
    ] {
        assert_eq!(found.unwrap(), expected);
    }
    assert_eq!(part("replace", "DocumentReference.type", label).unwrap_err().code, "patch-element-not-allowed");
    assert_eq!(
        part("add", "DocumentReference", r#",{"name":"name","valueString":"title"},{"name":"value","valueString":"x"}"#).unwrap_err().code,
        "patch-element-not-allowed"
    );
    assert_eq!(part("replace", "DocumentReference.status", "").unwrap_err().code, "patch-invalid");
}

fn xml_patch(inner: &str) -> Result<Vec<MetadataChange>, Issue> {
    read_patch("application/xml-patch+xml", format!(r#"<diff xmlns:f="http://hl7.org/fhir">{inner}</diff>"#).as_bytes())
}

#[test]
fn xml_patches_say_the_same() {
    let masked = || "MASQUE_PS".to_owned();
    for (inner, expected) in [
        (r#"<replace sel="f:DocumentReference/f:status/@value">superseded</replace>"#.to_owned(), MetadataChange::SetStatus(StatusWord::Superseded)),
        (r#"<add sel="f:DocumentReference"><securityLabel xmlns="http://hl7.org/fhir"><coding><code value="MASQUE_PS"/></coding></securityLabel></add>"#.to_owned(), MetadataChange::AddLabel { code: masked(), index: None }),
        (r#"<replace sel="/f:DocumentReference/f:securityLabel[1]/f:coding/f:code/@value">MASQUE_PS</replace>"#.to_owned(), MetadataChange::ReplaceLabel { label: LabelRef::Index(0), code: masked() }),
        (r#"<remove sel="f:DocumentReference/f:securityLabel[f:coding/f:code/@value='MASQUE_PS']"/>"#.to_owned(), MetadataChange::RemoveLabel(LabelRef::Code(masked()))),
        (format!(r#"<replace sel="f:DocumentReference/f:extension[@url='{ARCHIVED}']/f:valueBoolean/@value">true</replace>"#), MetadataChange::SetArchived(true)),
        (format!(r#"<remove sel="f:DocumentReference/f:extension[@url='{ARCHIVED}']"/>"#), MetadataChange::SetArchived(false)),
    ] {
        assert_eq!(xml_patch(&inner).unwrap(), [expected], "{inner}");
    }
    assert_eq!(xml_patch(r#"<remove sel="f:DocumentReference/f:type"/>"#).unwrap_err().code, "patch-element-not-allowed");
    assert_eq!(xml_patch(r#"<move sel="f:DocumentReference/f:type"/>"#).unwrap_err().code, "patch-invalid");
}

#[test]
fn other_media_types_and_too_much_are_refused() {
    assert_eq!(read_patch("application/merge-patch+json", b"{}").unwrap_err().code, "media-type-unsupported");
    let long = format!("[{}]", vec![r#"{"op":"add","path":"/status","value":"current"}"#; 101].join(","));
    assert_eq!(json_patch(&long).unwrap_err().code, "patch-invalid");
}
