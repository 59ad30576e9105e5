//! Bodies of patches.

use crate::draw::Draw;

const ARCHIVED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";

/// A patch in one of the formats: right, wrong, forbidden or broken.
pub(super) fn patch_body(draw: &mut Draw) -> (&'static str, String) {
    let label = r#"{"coding":[{"code":"MASQUE_PS"}]}"#;
    let json = "application/json-patch+json";
    let fhir = "application/fhir+json";
    let operation = |parts: &str| format!(r#"{{"resourceType":"Parameters","parameter":[{{"name":"operation","part":[{parts}]}}]}}"#);
    match draw.below(22) {
        0 => (json, format!(r#"[{{"op":"add","path":"/securityLabel/-","value":{label}}}]"#)),
        1 => (json, r#"[{"op":"remove","path":"/securityLabel/1"}]"#.to_owned()),
        2 => (json, r#"[{"op":"replace","path":"/securityLabel","value":[{"coding":[{"code":"N"}]}]}]"#.to_owned()),
        3 => (json, r#"[{"op":"replace","path":"/status","value":"entered-in-error"}]"#.to_owned()),
        4 => (json, r#"[{"op":"replace","path":"/status","value":"superseded"}]"#.to_owned()),
        5 => (json, r#"[{"op":"replace","path":"/status","value":"current"}]"#.to_owned()),
        6 => (json, format!(r#"[{{"op":"replace","path":"/extension[url:'{ARCHIVED}']/valueBoolean","value":true}}]"#)),
        7 => (json, r#"[{"op":"replace","path":"/extension/0/valueBoolean","value":false}]"#.to_owned()),
        8 => (json, r#"[{"op":"test","path":"/securityLabel/1","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#.to_owned()),
        9 => (json, r#"[{"op":"test","path":"/status","value":"current"}]"#.to_owned()),
        10 => (json, r#"[{"op":"replace","path":"/title","value":"x"}]"#.to_owned()),
        11 => (json, r#"[{"op":"replace","path":"/status""#.to_owned()),
        12 => (json, r#"[{"op":"add","op":"remove","path":"/status"}]"#.to_owned()),
        13 => (json, r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"INVISIBLE_PATIENT"}]}}]"#.to_owned()),
        14 => (fhir, operation(&format!(r#"{{"name":"type","valueCode":"add"}},{{"name":"path","valueString":"DocumentReference"}},{{"name":"name","valueString":"securityLabel"}},{{"name":"value","valueCodeableConcept":{label}}}"#))),
        15 => (fhir, operation(r#"{"name":"type","valueCode":"delete"},{"name":"path","valueString":"DocumentReference.securityLabel.where(coding.code='MASQUE_PS')"}"#)),
        16 => (fhir, operation(r#"{"name":"type","valueCode":"delete"},{"name":"path","valueString":"DocumentReference.securityLabel.where(coding.code='INVISIBLE_PATIENT')"}"#)),
        17 => (fhir, operation(&format!(r#"{{"name":"type","valueCode":"replace"}},{{"name":"path","valueString":"DocumentReference.extension('{ARCHIVED}').value"}},{{"name":"value","valueBoolean":true}}"#))),
        18 => ("application/fhir+xml", r#"<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/><part><name value="type"/><valueCode value="replace"/></part><part><name value="path"/><valueString value="DocumentReference.status"/></part><part><name value="value"/><valueCode value="entered-in-error"/></part></parameter></Parameters>"#.to_owned()),
        19 => ("application/xml-patch+xml", r#"<diff xmlns:f="http://hl7.org/fhir"><remove sel="f:DocumentReference/f:securityLabel[f:coding/f:code/@value='MASQUE_PS']"/></diff>"#.to_owned()),
        20 => ("text/plain", "masque".to_owned()),
        _ => ("application/xml-patch+xml", r#"<diff xmlns:f="http://hl7.org/fhir"><replace sel="f:DocumentReference/f:securityLabel[2]/f:coding/f:code/@value">N</replace></diff>"#.to_owned()),
    }
}
