//! TD3.3 at the door of the built program: hide, show, put away and delete by the three patch formats.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod door_support;

use dmp_testkit::{Answer, Server, form_value};
use door_support::{asked, claire, document, publish, server, text, words};
use serde_json::Value;

const JSON: &str = "application/json-patch+json";
const FHIR: &str = "application/fhir+json";
const XML: &str = "application/xml-patch+xml";
const ARCHIVED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";

fn patch(server: &Server, token: &str, path: &str, media_type: &str, body: &str) -> Answer {
    asked(server, token, "PATCH", path).body(media_type, body).send()
}

fn labels(resource: &Value) -> Vec<&str> {
    resource["securityLabel"].as_array().unwrap().iter().map(|label| text(label, "/coding/0/code")).collect()
}

fn fhirpath(parts: &str) -> String {
    format!(r#"{{"resourceType":"Parameters","parameter":[{{"name":"operation","part":[{parts}]}}]}}"#)
}

#[test]
fn the_three_formats_hide_show_put_away_and_delete() {
    let server = server();
    let doctor = server.token("dr-fictif");
    let nurse = server.token_with("ide-modele", &[("consent_now", "true")]);
    let resource = publish(&server, &doctor, 1);
    let path = format!("/fhir/DocumentReference/{}", text(&resource, "/id"));
    let nurse_gets = || asked(&server, &nurse, "GET", &path).send().status;
    assert_eq!((labels(&resource), nurse_gets()), (vec!["N"], 200));

    let masked = patch(&server, &doctor, &path, JSON, r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#);
    assert_eq!(masked.status, 200, "{}", masked.text());
    assert_eq!((labels(&masked.json()), masked.header("etag"), nurse_gets()), (vec!["N", "MASQUE_PS"], Some("W/\"2\""), 404));

    let shown = patch(
        &server,
        &doctor,
        &path,
        FHIR,
        &fhirpath(
            r#"{"name":"type","valueCode":"delete"},{"name":"path","valueString":"DocumentReference.securityLabel.where(coding.code='MASQUE_PS')"}"#,
        ),
    );
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert_eq!((labels(&shown.json()), nurse_gets()), (vec!["N"], 200));

    let masked = r#"<diff xmlns:f="http://hl7.org/fhir"><add sel="f:DocumentReference"><securityLabel xmlns="http://hl7.org/fhir"><coding><code value="MASQUE_PS"/></coding></securityLabel></add></diff>"#;
    assert_eq!((patch(&server, &doctor, &path, XML, masked).status, nurse_gets()), (200, 404));
    let shown =
        r#"<diff xmlns:f="http://hl7.org/fhir"><remove sel="f:DocumentReference/f:securityLabel[f:coding/f:code/@value='MASQUE_PS']"/></diff>"#;
    assert_eq!((patch(&server, &doctor, &path, XML, shown).status, nurse_gets()), (200, 200));

    let archived =
        patch(&server, &doctor, &path, JSON, &format!(r#"[{{"op":"replace","path":"/extension[url:'{ARCHIVED}']/valueBoolean","value":true}}]"#));
    assert_eq!((archived.status, &archived.json()["extension"][0]["valueBoolean"]), (200, &Value::Bool(true)));
    let out = patch(
        &server,
        &doctor,
        &path,
        FHIR,
        &fhirpath(&format!(
            r#"{{"name":"type","valueCode":"replace"}},{{"name":"path","valueString":"DocumentReference.extension('{ARCHIVED}').value"}},{{"name":"value","valueBoolean":false}}"#
        )),
    );
    assert_eq!((out.status, out.json()["extension"].is_null()), (200, true), "{}", out.text());

    let query =
        format!("/fhir/DocumentReference?identifier={}", form_value(&format!("urn:ietf:rfc:3986|{}", text(&resource, "/masterIdentifier/value"))));
    let test = r#"[{"op":"test","path":"/status","value":"current"}]"#;
    assert_eq!(patch(&server, &doctor, &query, JSON, test).status, 200);
    assert_eq!(patch(&server, &doctor, &format!("{query}&patient.identifier={}", claire()), JSON, test).status, 200);

    let deleted = patch(&server, &doctor, &path, JSON, r#"[{"op":"replace","path":"/status","value":"entered-in-error"}]"#);
    assert_eq!((deleted.status, &deleted.json()["status"]), (200, &Value::from("entered-in-error")));
    assert_eq!(nurse_gets(), 404);
    for again in [JSON, FHIR] {
        let body = if again == JSON {
            test.to_owned()
        } else {
            fhirpath(
                r#"{"name":"type","valueCode":"replace"},{"name":"path","valueString":"DocumentReference.status"},{"name":"value","valueCode":"current"}"#,
            )
        };
        assert_eq!(patch(&server, &doctor, &path, again, &body).status, 404, "nothing leads out of deleted");
    }
}

#[test]
fn what_may_not_be_patched_is_told_and_changes_nothing() {
    let server = server();
    let doctor = server.token("dr-fictif");
    let resource = publish(&server, &doctor, 2);
    let path = format!("/fhir/DocumentReference/{}", text(&resource, "/id"));
    let mask = r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#;
    for (media_type, body, status, code) in [
        (JSON, r#"[{"op":"replace","path":"/content/0/attachment/title","value":"x"}]"#, 405, "patch-element-not-allowed"),
        (JSON, r#"[{"op":"replace","path":"/subject/identifier/value","value":"x"}]"#, 405, "patch-element-not-allowed"),
        (JSON, r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"INVISIBLE_PATIENT"}]}}]"#, 405, "patch-element-not-allowed"),
        (JSON, r#"[{"op":"test","path":"/status","value":"superseded"},{"op":"remove","path":"/securityLabel"}]"#, 422, "patch-test-failed"),
        (JSON, r#"[{"op":"remove","path":"/securityLabel/7"}]"#, 422, "patch-path-not-found"),
        (JSON, "[]", 400, "patch-invalid"),
        (JSON, r#"[{"op":"replace","#, 400, "json-invalid"),
        (JSON, r#"[{"op":"add","op":"remove","path":"/status"}]"#, 400, "json-duplicate-key"),
        (XML, "<!DOCTYPE diff []><diff/>", 400, "xml-doctype"),
    ] {
        let answer = patch(&server, &doctor, &path, media_type, body);
        assert_eq!((answer.status, answer.codes()), (status, vec![code.to_owned()]), "{body}: {}", answer.text());
        let english = asked(&server, &doctor, "PATCH", &path).body(media_type, body).header("accept-language", "en").send();
        assert_ne!(words(&answer), words(&english), "{code} speaks both languages");
    }
    assert_eq!(patch(&server, &doctor, &path, "text/plain", "mask").codes(), ["media-type-unsupported"]);

    let stale = asked(&server, &doctor, "PATCH", &path).body(JSON, mask).header("if-match", "W/\"7\"").send();
    assert_eq!((stale.status, stale.codes()), (409, vec!["version-stale".to_owned()]));
    let unchanged = asked(&server, &doctor, "GET", &path).send();
    assert_eq!((unchanged.header("etag"), labels(&unchanged.json())), (Some("W/\"1\""), vec!["N"]));
    let current = asked(&server, &doctor, "PATCH", &path).body(JSON, mask).header("if-match", "W/\"1\"").send();
    assert_eq!(current.status, 200);

    let reader = server.token_with("dr-fictif", &[("scope", "user/DocumentReference.rs")]);
    assert_eq!(patch(&server, &reader, &path, JSON, mask).codes(), ["scope-missing"]);
    let created = asked(&server, &reader, "POST", "/fhir/DocumentReference").body(FHIR, document(3).to_string()).send();
    assert_eq!(created.codes(), ["scope-missing"]);
    // Who was not let in learns nothing of the document, not even whether the patch would do.
    let stranger = server.token("dr-inconnu");
    for body in [mask, r#"[{"op":"test","path":"/status","value":"superseded"}]"#] {
        let answer = patch(&server, &stranger, &path, JSON, body);
        assert_eq!((answer.status, answer.codes()), (404, vec!["document-not-found".to_owned()]));
    }
    let unknown = format!("/fhir/DocumentReference?identifier={}", form_value("urn:oid:1.2.3.4"));
    assert_eq!(patch(&server, &doctor, &unknown, JSON, mask).status, 404);
    assert_eq!(patch(&server, &doctor, &unknown, JSON, "[]").codes(), ["patch-invalid"]);
}

#[test]
fn a_publication_that_cannot_be_read_says_so_in_both_languages() {
    let server = server();
    let doctor = server.token("dr-fictif");
    for (body, code) in [
        ("{", "json-invalid"),
        (r#"{"resourceType":"DocumentReference","status":"current","status":"superseded"}"#, "json-duplicate-key"),
        (r#"{"resourceType":"Patient"}"#, "resource-type-unexpected"),
    ] {
        let post = || asked(&server, &doctor, "POST", "/fhir/DocumentReference").body(FHIR, body);
        let (french, english) = (post().send(), post().header("accept-language", "en-GB").send());
        assert_eq!((french.codes(), english.codes()), (vec![code.to_owned()], vec![code.to_owned()]));
        assert!(matches!(french.status, 400 | 422), "{}", french.status);
        assert_ne!(words(&french), words(&english));
    }
    let xml = asked(&server, &doctor, "POST", "/fhir/DocumentReference").body("application/fhir+xml", "<!DOCTYPE x []><x/>").send();
    assert_eq!((xml.status, xml.codes()), (400, vec!["xml-doctype".to_owned()]));
    let asked_in_xml = asked(&server, &doctor, "POST", "/fhir/DocumentReference").body(FHIR, "{").header("accept", "application/fhir+xml").send();
    assert!(asked_in_xml.text().contains("<OperationOutcome xmlns=\"http://hl7.org/fhir\">"), "{}", asked_in_xml.text());
}
