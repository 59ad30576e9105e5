//! The rest of the law at the door of the built program: helpers, teams, representatives, death, suspension, archive, letters,
//! identity.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod door_support;

use base64::Engine;
use dmp_testkit::{Answer, Server, form_value};
use door_support::{all_pages, asked, server, text};
use serde_json::{Value, json};

fn identifier(handle: &str) -> Value {
    let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
    json!({ "system": format!("urn:oid:{}", ins.authority().oid()), "value": ins.matricule() })
}

fn national(handle: &str) -> String {
    let account = dmp_synth::identity(handle).unwrap().account();
    account.trim_start_matches("ps:").to_owned()
}

/// Calls an operation of Patient about a person; `more` are its other parameters.
fn operate(server: &Server, token: &str, operation: &str, about: &str, more: &[(&str, Value)]) -> Answer {
    let value = |value: &Value| match value {
        Value::Bool(_) => "valueBoolean",
        Value::Object(_) => "valueIdentifier",
        _ => "valueString",
    };
    let mut parameters = vec![json!({ "name": "identifier", "valueIdentifier": identifier(about) })];
    parameters.extend(more.iter().map(|(name, found)| json!({ "name": name, value(found): found })));
    let body = json!({ "resourceType": "Parameters", "parameter": parameters }).to_string();
    asked(server, token, "POST", &format!("/fhir/Patient/${operation}")).body("application/fhir+json", body).send()
}

#[track_caller]
fn done(answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.codes().first().map(String::as_str)), (status, Some(code)), "{}", answer.text());
}

fn token_of(handle: &str) -> String {
    let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
    form_value(&format!("urn:oid:{}|{}", ins.authority().oid(), ins.matricule()))
}

fn listing(handle: &str) -> String {
    format!("/fhir/DocumentReference?patient.identifier={}&status=current", token_of(handle))
}

fn list(server: &Server, token: &str, handle: &str) -> Answer {
    asked(server, token, "GET", &listing(handle)).send()
}

fn open(server: &Server, agent: &str, handle: &str) {
    done(&operate(server, agent, "dmp-open", handle, &[("channel", json!("CPAM")), ("consent", json!("oral"))]));
}

/// A doctor feeds a letter of theirs. Gives its id.
fn publish(server: &Server, handle: &str) -> String {
    let doctor = server.token("dr-fictif");
    let answer = asked(server, &doctor, "POST", "/fhir/DocumentReference").body("application/fhir+json", document(handle)).send();
    assert_eq!(answer.status, 201, "{}", answer.text());
    text(&answer.json(), "/id").to_owned()
}

#[test]
fn a_helper_is_invited_accepts_reads_and_stops() {
    let server = server();
    let (claire, jean) = (server.token("claire-exemple"), server.token("jean-exemple"));
    let person = [("helper", identifier("jean-exemple")), ("family", json!("EXEMPLE")), ("given", json!("Jean"))];
    refused(&list(&server, &jean, "claire-exemple"), 403, "access-not-their-record");
    done(&operate(&server, &claire, "dmp-invite-helper", "claire-exemple", &person));
    refused(&operate(&server, &claire, "dmp-invite-helper", "claire-exemple", &person), 409, "mandate-exists");
    refused(&list(&server, &jean, "claire-exemple"), 403, "access-not-their-record");
    done(&operate(&server, &jean, "dmp-answer-invitation", "claire-exemple", &[("accepted", json!(true))]));
    assert_eq!(list(&server, &jean, "claire-exemple").status, 200);
    for operation in ["dmp-close", "dmp-update-contact", "dmp-invite-helper"] {
        let answer = operate(&server, &jean, operation, "claire-exemple", &person);
        refused(&answer, 403, "access-not-this-kind-of-caller");
    }
    done(&operate(&server, &jean, "dmp-end-helper", "claire-exemple", &[]));
    refused(&list(&server, &jean, "claire-exemple"), 403, "access-not-their-record");
}

#[test]
fn a_fourth_helper_is_refused_and_a_declined_invitation_leaves_room() {
    let server = server();
    let claire = server.token("claire-exemple");
    let invite = |handle: &str| {
        operate(
            &server,
            &claire,
            "dmp-invite-helper",
            "claire-exemple",
            &[("helper", identifier(handle)), ("family", json!(dmp_synth::identity(handle).unwrap().name.family))],
        )
    };
    for handle in ["jean-exemple", "agnes-specimen", "luc-modele"] {
        done(&invite(handle));
    }
    refused(&invite("karim-fictif"), 403, "access-too-many-helpers");
    done(&operate(&server, &server.token("jean-exemple"), "dmp-answer-invitation", "claire-exemple", &[("accepted", json!(false))]));
    done(&invite("karim-fictif"));
}

#[test]
fn a_team_reads_by_episode_after_the_initial_consent_until_it_is_refused() {
    let server = server();
    let doctor = server.token_with("dr-fictif", &[("consent_now", "true")]);
    let (nurse, claire) = (server.token("ide-hopital"), server.token("claire-exemple"));
    let encounter = |informed: bool, status: &str| {
        json!({
            "resourceType": "Encounter",
            "extension": [{ "url": "urn:dmp:extension:dmp-information-patient", "valueBoolean": informed }],
            "status": status,
            "serviceType": { "text": "Cardiologie" },
            "subject": { "identifier": identifier("claire-exemple") },
            "participant": [{ "individual": { "identifier": { "system": "urn:oid:1.2.250.1.71.4.2.1", "value": national("ide-hopital") } } }],
        })
        .to_string()
    };
    refused(&list(&server, &nurse, "claire-exemple"), 403, "access-not-authorised");
    let declared = asked(&server, &doctor, "POST", "/fhir/Encounter").body("application/fhir+json", encounter(false, "in-progress")).send();
    assert_eq!(declared.status, 201, "{}", declared.text());
    let path = format!("/fhir/Encounter/{}", text(&declared.json(), "/id"));
    refused(&list(&server, &nurse, "claire-exemple"), 403, "access-team-consent-missing");
    done(&operate(&server, &doctor, "dmp-record-team-consent", "claire-exemple", &[]));
    refused(&list(&server, &nurse, "claire-exemple"), 403, "access-team-not-informed");
    done(&asked(&server, &doctor, "PUT", &path).body("application/fhir+json", encounter(true, "in-progress")).send());
    assert_eq!(list(&server, &nurse, "claire-exemple").status, 200);
    // A doctor of another structure ends nothing here.
    let stranger = server.token("ide-modele");
    let ended = asked(&server, &stranger, "POST", &format!("{path}/$dmp-end-episode")).body("application/fhir+json", "").send();
    assert_eq!(ended.status, 403, "{}", ended.text());
    done(&asked(&server, &claire, "POST", &format!("{path}/$dmp-oppose")).body("application/fhir+json", "").send());
    refused(&list(&server, &nurse, "claire-exemple"), 403, "access-team-refused");
    let finished = asked(&server, &doctor, "PUT", &path).body("application/fhir+json", encounter(true, "finished")).send();
    assert_eq!((finished.status, text(&finished.json(), "/status")), (200, "finished"));
    refused(&list(&server, &nurse, "claire-exemple"), 403, "access-not-authorised");
}

#[test]
fn a_guardian_reads_while_the_measure_lasts() {
    let server = server();
    let (agent, guardian) = (server.token("agent-cpam"), server.token("luc-modele"));
    let measure = |scope: &str| {
        [
            ("representative", identifier("luc-modele")),
            ("family", json!("MODELE")),
            ("kind", json!("guardian")),
            ("scope", json!(scope)),
            ("proof", json!("jugement fictif n° 1")),
        ]
    };
    done(&operate(&server, &agent, "dmp-represent", "claire-exemple", &measure("property")));
    refused(&list(&server, &guardian, "claire-exemple"), 403, "access-not-their-record");
    done(&operate(&server, &agent, "dmp-end-representation", "claire-exemple", &measure("property")));
    done(&operate(&server, &agent, "dmp-represent", "claire-exemple", &measure("person")));
    assert_eq!(list(&server, &guardian, "claire-exemple").status, 200);
    refused(&operate(&server, &server.token("claire-exemple"), "dmp-close", "claire-exemple", &[]), 403, "access-no-rule-permits");
    done(&operate(&server, &agent, "dmp-end-representation", "claire-exemple", &measure("person")));
    refused(&list(&server, &guardian, "claire-exemple"), 403, "access-not-their-record");
}

#[test]
fn the_medecin_traitant_is_declared_changed_and_ended() {
    let server = server();
    let claire = server.token("claire-exemple");
    let doctor = |handle: &str| [("professional", json!(national(handle)))];
    let role = |handle: &str| {
        let answer = asked(&server, &server.token(handle), "GET", &format!("/fhir/Patient?identifier={}", token_of("claire-exemple"))).send();
        has_role(&answer.json())
    };
    done(&operate(&server, &claire, "dmp-medecin-traitant", "claire-exemple", &doctor("dr-fictif")));
    assert!(role("dr-fictif"));
    done(&operate(&server, &claire, "dmp-medecin-traitant", "claire-exemple", &doctor("dr-modele")));
    assert!(!role("dr-fictif") && role("dr-modele"));
    refused(&operate(&server, &claire, "dmp-medecin-traitant", "claire-exemple", &doctor("ide-modele")), 403, "access-no-rule-permits");
    done(&operate(&server, &server.token("dr-modele"), "dmp-end-medecin-traitant", "claire-exemple", &[]));
    assert!(!role("dr-modele"));
    done(&operate(&server, &claire, "dmp-block", "claire-exemple", &doctor("dr-modele")));
    refused(&operate(&server, &claire, "dmp-medecin-traitant", "claire-exemple", &doctor("dr-modele")), 403, "access-blocked");
    done(&operate(&server, &claire, "dmp-unblock", "claire-exemple", &doctor("dr-modele")));
    refused(&list(&server, &server.token("dr-modele"), "claire-exemple"), 403, "access-not-authorised");
}

/// Whether TD0.2 says that the asker is the médecin traitant.
fn has_role(bundle: &Value) -> bool {
    let extensions = bundle["entry"][0]["resource"]["extension"].as_array().cloned().unwrap_or_default();
    extensions.iter().any(|one| text(one, "/url").ends_with("medecin-traitant") && one["valueBoolean"] == true)
}

#[test]
fn a_death_freezes_and_a_wrong_report_is_taken_back() {
    let server = server();
    let (agent, claire) = (server.token("agent-cpam"), server.token("claire-exemple"));
    refused(&operate(&server, &claire, "dmp-report-death", "claire-exemple", &[]), 403, "access-no-rule-permits");
    done(&operate(&server, &agent, "dmp-report-death", "claire-exemple", &[]));
    for token in [&claire, &server.token("dr-fictif")] {
        refused(&list(&server, token, "claire-exemple"), 403, "access-record-frozen");
    }
    done(&operate(&server, &agent, "dmp-withdraw-death-report", "claire-exemple", &[]));
    assert_eq!(list(&server, &claire, "claire-exemple").status, 200);
    refused(&operate(&server, &agent, "dmp-withdraw-death-report", "claire-exemple", &[]), 403, "access-no-rule-permits");
}

#[test]
fn a_suspension_is_objected_to_and_lifted() {
    let server = server();
    let (agent, claire) = (server.token("agent-cpam"), server.token("claire-exemple"));
    refused(&operate(&server, &agent, "dmp-suspend", "claire-exemple", &[]), 422, "element-required");
    done(&operate(&server, &agent, "dmp-suspend", "claire-exemple", &[("reason", json!("connexions suspectes"))]));
    refused(&list(&server, &claire, "claire-exemple"), 403, "access-record-suspended");
    done(&operate(&server, &claire, "dmp-object-to-suspension", "claire-exemple", &[]));
    refused(&operate(&server, &claire, "dmp-object-to-suspension", "claire-exemple", &[]), 409, "suspension-objected");
    done(&operate(&server, &agent, "dmp-lift-suspension", "claire-exemple", &[]));
    assert_eq!(list(&server, &claire, "claire-exemple").status, 200);
}

#[test]
fn a_closed_record_is_destroyed_early_on_request_alone() {
    let server = server();
    let (agent, claire) = (server.token("agent-cpam"), server.token("claire-exemple"));
    refused(&operate(&server, &claire, "dmp-request-destruction", "claire-exemple", &[]), 403, "access-no-rule-permits");
    done(&operate(&server, &claire, "dmp-close", "claire-exemple", &[]));
    refused(&operate(&server, &agent, "dmp-destroy", "claire-exemple", &[]), 403, "access-too-early");
    done(&operate(&server, &claire, "dmp-request-destruction", "claire-exemple", &[]));
    // Opening again takes the request back.
    done(&operate(&server, &claire, "dmp-reactivate", "claire-exemple", &[("consent", json!(true))]));
    assert_eq!(list(&server, &claire, "claire-exemple").status, 200);
    done(&operate(&server, &claire, "dmp-close", "claire-exemple", &[]));
    done(&operate(&server, &claire, "dmp-request-destruction", "claire-exemple", &[]));
    done(&operate(&server, &agent, "dmp-destroy", "claire-exemple", &[]));
    let found = asked(&server, &agent, "GET", &format!("/fhir/Patient?identifier={}", token_of("claire-exemple"))).send();
    assert_eq!((found.status, found.json()["total"].as_u64()), (200, Some(0)), "{}", found.text());
    // The person may ask for a new record.
    open(&server, &agent, "claire-exemple");
    assert_eq!(documents_of(&server, &claire, "claire-exemple"), 0);
}

#[test]
fn a_refusal_keeps_the_record_from_opening_by_itself_and_not_from_being_asked_for() {
    let server = server();
    let (agent, machine, helene) = (server.token("agent-cpam"), server.token("automate-resume"), server.token("helene-maquette"));
    let by_itself =
        || operate(&server, &machine, "dmp-open", "helene-maquette", &[("channel", json!("AUTOMATIQUE_ENS")), ("consent", json!("no-objection"))]);
    refused(&by_itself(), 403, "access-too-early");
    let letter = operate(&server, &agent, "dmp-letter", "helene-maquette", &[]);
    done(&letter);
    let again = operate(&server, &agent, "dmp-letter", "helene-maquette", &[]);
    assert_eq!(letter.json()["parameter"], again.json()["parameter"], "the first letter is the one that counts");
    refused(&by_itself(), 403, "access-too-early");
    refused(&operate(&server, &server.token("claire-exemple"), "dmp-object", "helene-maquette", &[]), 403, "access-not-their-record");
    done(&operate(&server, &helene, "dmp-object", "helene-maquette", &[]));
    refused(&by_itself(), 403, "access-opening-refused");
    refused(&operate(&server, &agent, "dmp-letter", "helene-maquette", &[]), 403, "access-no-rule-permits");
    // Nobody's silence is consent at a counter.
    let silent = operate(&server, &agent, "dmp-open", "helene-maquette", &[("channel", json!("CPAM")), ("consent", json!("no-objection"))]);
    refused(&silent, 422, "consent-missing");
    done(&operate(&server, &helene, "dmp-open", "helene-maquette", &[("channel", json!("EN_LIGNE")), ("consent", json!("electronic"))]));
    refused(&operate(&server, &helene, "dmp-object", "helene-maquette", &[]), 409, "record-exists");
    // A stranger learns from no answer that there is a record.
    refused(&operate(&server, &server.token("sophie-fictif"), "dmp-object", "helene-maquette", &[]), 403, "access-not-their-record");
}

fn outcome(answer: &Answer) -> String {
    done(answer);
    text(&answer.json(), "/parameter/0/name").to_owned()
}

#[test]
fn a_number_is_corrected_by_two_agents() {
    let server = server();
    let (first, second) = (server.token("agent-cpam"), server.token("agent-verif"));
    let right = [("ins", identifier("odette-specimen"))];
    let correct = |token: &str| operate(&server, token, "dmp-correct-ins", "claire-exemple", &right);
    assert_eq!(outcome(&correct(&first)), "proposed");
    assert_eq!(outcome(&correct(&first)), "proposed", "nobody confirms their own proposal");
    assert_eq!(outcome(&correct(&second)), "done");
    let found =
        |handle: &str| asked(&server, &first, "GET", &format!("/fhir/Patient?identifier={}", token_of(handle))).send().json()["total"].as_u64();
    assert_eq!((found("claire-exemple"), found("odette-specimen")), (Some(0), Some(1)));
    refused(&operate(&server, &server.token("dr-fictif"), "dmp-correct-ins", "odette-specimen", &right), 403, "access-no-rule-permits");
}

#[test]
fn two_records_are_merged_and_taken_apart_and_both_are_as_they_were() {
    let server = server();
    let (first, second) = (server.token("agent-cpam"), server.token("agent-verif"));
    let doctor = server.token_with("dr-fictif", &[("consent_now", "true")]);
    open(&server, &first, "helene-maquette");
    let published = asked(&server, &doctor, "POST", "/fhir/DocumentReference").body("application/fhir+json", document("helene-maquette")).send();
    assert_eq!(published.status, 201, "{}", published.text());
    let old_url = text(&published.json(), "/content/0/attachment/url").to_owned();
    let claires = || all_pages(&server, &doctor, &listing("claire-exemple"));
    let (before, helenes) = (ids(&claires()), all_pages(&server, &doctor, &listing("helene-maquette")));
    assert_eq!(helenes.len(), 2, "the document, and what the insurer fed at the opening");
    let helenes_own = helenes.iter().map(|one| &one["masterIdentifier"]).find(|id| published.json()["masterIdentifier"] == **id).unwrap();
    let other = [("other", identifier("helene-maquette"))];
    let merge = |token: &str, operation: &str| operate(&server, token, operation, "claire-exemple", &other);
    assert_eq!(outcome(&merge(&first, "dmp-merge")), "proposed");
    assert_eq!(outcome(&merge(&second, "dmp-merge")), "done");

    let together = claires();
    assert_eq!(together.len(), before.len() + 2);
    assert_eq!(all_pages(&server, &doctor, &listing("helene-maquette")).len(), together.len(), "both numbers lead to one record");
    let moved = together.iter().find(|one| one["masterIdentifier"] == *helenes_own).unwrap();
    for url in [text(moved, "/content/0/attachment/url"), &old_url] {
        let bytes = asked(&server, &doctor, "GET", url.trim_start_matches(server.url.as_str())).send();
        assert_eq!(bytes.status, 200, "{url}: {}", bytes.text());
    }
    let masked = r#"[{"op":"add","path":"/securityLabel/-","value":{"coding":[{"code":"MASQUE_PS"}]}}]"#;
    let path = format!("/fhir/DocumentReference/{}", text(moved, "/id"));
    done(&asked(&server, &doctor, "PATCH", &path).body("application/json-patch+json", masked).send());

    assert_eq!(outcome(&merge(&second, "dmp-unmerge")), "proposed");
    assert_eq!(outcome(&merge(&first, "dmp-unmerge")), "done");
    assert_eq!(ids(&claires()), before);
    let back = all_pages(&server, &doctor, &listing("helene-maquette"));
    assert_eq!(back.len(), 2);
    let back = back.iter().find(|one| one["masterIdentifier"] == *helenes_own).unwrap();
    assert!(back["securityLabel"].to_string().contains("MASQUE_PS"), "what was hidden meanwhile stays hidden");
    refused(&merge(&first, "dmp-unmerge"), 409, "record-not-merged");
    // Both journals tell it.
    for handle in ["claire-exemple", "helene-maquette"] {
        let journal = asked(&server, &server.token(handle), "GET", &format!("/fhir/AuditEvent?patient.identifier={}", token_of(handle))).send();
        let told = journal.text();
        assert!(told.contains("merge-records") && told.contains("unmerge-records"), "{handle}: {told}");
    }
}

#[test]
fn a_record_is_destroyed_with_those_that_it_took_in() {
    let server = server();
    let (first, second, claire) = (server.token("agent-cpam"), server.token("agent-verif"), server.token("claire-exemple"));
    let doctor = server.token_with("dr-fictif", &[("consent_now", "true")]);
    open(&server, &first, "helene-maquette");
    publish(&server, "helene-maquette");
    let binary = all_pages(&server, &doctor, &listing("helene-maquette"))[0]["content"][0]["attachment"]["url"].as_str().unwrap().to_owned();
    let read = || asked(&server, &doctor, "GET", binary.trim_start_matches(server.url.as_str())).send();
    done(&read());
    for agent in [&first, &second] {
        done(&operate(&server, agent, "dmp-merge", "claire-exemple", &[("other", identifier("helene-maquette"))]));
    }
    done(&read());
    done(&operate(&server, &claire, "dmp-close", "claire-exemple", &[("reason", json!("à ma demande"))]));
    done(&operate(&server, &claire, "dmp-request-destruction", "claire-exemple", &[]));
    done(&operate(&server, &first, "dmp-destroy", "claire-exemple", &[]));
    assert_eq!(read().status, 403, "as of any document of a record that is no more");
    // Both numbers lead nowhere: either person may have a new record, with nothing in it.
    for handle in ["claire-exemple", "helene-maquette"] {
        open(&server, &first, handle);
        assert_eq!(documents_of(&server, &doctor, handle), 0, "{handle}");
    }
}

fn ids(found: &[Value]) -> Vec<String> {
    found.iter().map(|one| text(one, "/id").to_owned()).collect()
}

fn document(handle: &str) -> String {
    let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
    let made = dmp_core::Moment::parse_fhir("2026-01-15").unwrap();
    // A number of Corsica holds a letter, which no OID does.
    let digits: String = ins.matricule().chars().filter(char::is_ascii_digit).collect();
    let unique = format!("1.2.250.1.213.1.1.9.992.{digits}");
    let bytes = dmp_synth::cda_of_size(4_096, &ins, &unique, made).unwrap();
    json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{unique}") },
        "subject": { "identifier": identifier(handle) },
        "content": [{ "attachment": { "contentType": "text/xml", "data": base64::engine::general_purpose::STANDARD.encode(bytes) } }],
    })
    .to_string()
}

/// How many documents somebody sees, what the insurer fed at the opening left aside.
fn documents_of(server: &Server, token: &str, handle: &str) -> usize {
    let all = all_pages(server, token, &listing(handle));
    all.iter().filter(|document| document["type"]["coding"][0]["code"] != "REMB").count()
}

#[test]
fn every_operation_that_is_announced_has_a_definition_and_is_served() {
    let server = server();
    let statement = server.request("GET", "/fhir/metadata").send().json();
    let resources = statement["rest"][0]["resource"].as_array().unwrap().clone();
    let mut count = 0;
    for resource in ["Patient", "Encounter"] {
        let served = resources.iter().find(|one| one["type"] == resource).unwrap();
        for operation in served["operation"].as_array().unwrap() {
            let name = text(operation, "/name");
            // Defined by HL7, and served by all who make summaries.
            if text(operation, "/definition").starts_with("http://hl7.org/") {
                continue;
            }
            let definition = server.request("GET", &format!("/fhir/OperationDefinition/{name}")).send();
            assert_eq!((definition.status, text(&definition.json(), "/code")), (200, name));
            let path = if resource == "Patient" { format!("/fhir/Patient/${name}") } else { format!("/fhir/Encounter/AAAA/${name}") };
            let body =
                json!({ "resourceType": "Parameters", "parameter": [{ "name": "identifier", "valueIdentifier": identifier("claire-exemple") }] });
            let answer = asked(&server, &server.token("operateur"), "POST", &path).body("application/fhir+json", body.to_string()).send();
            assert_ne!(answer.codes().first().map(String::as_str), Some("operation-not-found"), "{name}");
            assert!(!answer.text().contains("\"active\"") && answer.status >= 400, "{name}: the operator does nothing");
            count += 1;
        }
    }
    assert_eq!(count, 42);
}

#[test]
fn a_glass_is_broken_ten_times_a_day_and_an_access_that_began_goes_on() {
    let server = server();
    let agent = server.token("agent-cpam");
    let glass = server.token_with("dr-modele", &[("purpose", "bris_de_glace"), ("reason", "Personne inconsciente")]);
    let people: Vec<String> =
        dmp_synth::cast().into_iter().filter(|one| one.ins.is_some() && one.handle != "claire-exemple").map(|one| one.handle).collect();
    let (eleventh, first_ten) = (&people[10], &people[..10]);
    for handle in &people[..11] {
        open(&server, &agent, handle);
    }
    for handle in first_ten {
        let answer = list(&server, &glass, handle);
        assert_eq!(answer.status, 200, "{handle}: {}", answer.text());
    }
    refused(&list(&server, &glass, eleventh), 403, "access-emergency-quota");
    assert_eq!(list(&server, &glass, &first_ten[0]).status, 200);
    // Who is over the quota does not learn from a change that is refused which documents there are.
    let read = publish(&server, &first_ten[0]);
    let unread = publish(&server, eleventh);
    let delete = r#"[{ "op": "replace", "path": "/status", "value": "entered-in-error" }]"#.to_owned();
    let patch = |id: &str| {
        let path = format!("/fhir/DocumentReference/{id}");
        asked(&server, &glass, "PATCH", &path).body("application/json-patch+json", delete.clone()).send()
    };
    refused(&patch(&read), 403, "access-emergency-reads-only");
    refused(&patch(&unread), 404, "document-not-found");
}

#[test]
fn a_parent_invites_the_other_parent_who_accepts() {
    let server = server();
    let (agent, mother, father) = (server.token("agent-cpam"), server.token("sophie-fictif"), server.token("karim-fictif"));
    open(&server, &agent, "tom-fictif");
    let parent = |handle: &str| [("representative", identifier(handle)), ("family", json!("FICTIF")), ("kind", json!("parent"))];
    done(&operate(&server, &agent, "dmp-represent", "tom-fictif", &parent("sophie-fictif")));
    done(&operate(&server, &mother, "dmp-represent", "tom-fictif", &parent("karim-fictif")));
    refused(&list(&server, &father, "tom-fictif"), 403, "access-not-their-record");
    done(&operate(&server, &father, "dmp-answer-invitation", "tom-fictif", &[("accepted", json!(true))]));
    assert_eq!(list(&server, &father, "tom-fictif").status, 200);
    // Two parents are enough without a proof.
    refused(&operate(&server, &mother, "dmp-represent", "tom-fictif", &parent("luc-modele")), 403, "access-no-rule-permits");
    done(&operate(&server, &father, "dmp-end-representation", "tom-fictif", &[]));
    refused(&list(&server, &father, "tom-fictif"), 403, "access-not-their-record");
}
