//! The summary through its doors: a FHIR client from npm reads `$summary` (`scenarios/summary.mjs`); the *médecin traitant* edits and signs a
//! medical summary, in which nothing stands that is hidden from anyone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod npm;
mod world;

use dmp_testkit::{Options, Server};
use serde_json::json;
use world::{Session, asked, done, listing, pages, search_token, text, verdict};

const PERSON: &str = "claire-exemple";

fn server() -> Server {
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() })
}

#[test]
fn a_client_of_another_make_reads_the_summary() {
    npm::play("summary.mjs", &server().url);
}

/// Waits until the program has read every document of the person: it does so behind what was asked.
fn all_read(server: &Server, token: &str) {
    for _ in 0..600 {
        let answer = asked(server, token, "GET", &format!("/fhir/Patient/$dmp-find?identifier={}&query=x", search_token(PERSON))).send();
        done(&answer);
        let parameters = answer.json();
        let waiting = parameters["parameter"].as_array().unwrap().iter().find(|parameter| parameter["name"] == "waiting");
        if waiting.unwrap()["valueInteger"] == 0 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    panic!("documents still wait for being read");
}

/// The draft of a medical summary, once every document was read.
fn draft(server: &Server, token: &str, model: &str) -> String {
    all_read(server, token);
    let answer = asked(server, token, "GET", &format!("/fhir/Patient/$dmp-draft-summary?identifier={}&model={model}", search_token(PERSON))).send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("text/xml"));
    answer.text()
}

#[test]
fn a_draft_tells_nothing_that_is_hidden_from_anyone() {
    let server = server();
    let (doctor, person) = (server.token("dr-fictif"), server.token(PERSON));
    for model in ["vsm", "ips-fr"] {
        assert!(draft(&server, &doctor, model).contains("Sulfaméthoxazole"), "{model}: an allergy of the demonstration");
    }
    // Every document but one is hidden: what they say is in no draft, though the médecin traitant goes on reading them.
    let mask = json!([{ "op": "add", "path": "/securityLabel/-", "value": { "coding": [{ "code": "MASQUE_PS" }] } }]).to_string();
    for document in pages(&server, &person, &listing(PERSON)) {
        let masked = asked(&server, &person, "PATCH", &format!("/fhir/DocumentReference/{}", text(&document, "/id")));
        done(&masked.body("application/json-patch+json", mask.clone()).send());
    }
    for model in ["vsm", "ips-fr"] {
        let written = draft(&server, &doctor, model);
        assert!(!written.contains("Sulfaméthoxazole") && !written.contains("HbA1c"), "{model}");
    }
    let summary = asked(&server, &doctor, "GET", &format!("/fhir/Patient/$summary?identifier={}", search_token(PERSON))).send();
    assert!(summary.text().contains("Sulfaméthoxazole"), "the doctor themself reads what is hidden from others");
    let refusals = [("model=x", "element-value"), ("", "element-required")];
    for (query, code) in refusals {
        let answer = asked(&server, &doctor, "GET", &format!("/fhir/Patient/$dmp-draft-summary?identifier={}&{query}", search_token(PERSON))).send();
        assert_eq!((answer.status, answer.codes().first().map(String::as_str)), (422, Some(code)), "{}", answer.text());
    }
    let own = asked(&server, &person, "GET", &format!("/fhir/Patient/$dmp-draft-summary?identifier={}&model=vsm", search_token(PERSON))).send();
    assert_eq!(verdict(&own), "409 summary-not-a-professional");
}

/// The lines of the form: names and values of its fields, as a browser would send them.
fn fields(page: &str) -> Vec<(String, String)> {
    let attribute = |field: &str, name: &str| field.split(&format!(" {name}=\"")).nth(1).map(|rest| unescaped(rest.split('"').next().unwrap()));
    let form = page.split("class=\"signing\"").nth(1).unwrap().split("</form>").next().unwrap();
    let inputs = form.split("<input").skip(1).map(|field| field.split('>').next().unwrap());
    let sent = inputs.filter(|field| !field.contains("type=\"checkbox\"") || field.ends_with(" checked"));
    sent.filter_map(|field| Some((attribute(field, "name")?, attribute(field, "value")?))).filter(|(name, _)| name != "csrf").collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&#39;", "'").replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

/// Current medical summaries of the person that this reader finds.
fn signed(server: &Server, token: &str) -> Vec<serde_json::Value> {
    let all = pages(server, token, &listing(PERSON));
    all.into_iter().filter(|document| text(document, "/content/0/format/code") == "urn:asip:ci-sis:vsm:2012").collect()
}

#[test]
fn the_medecin_traitant_edits_and_signs() {
    let server = server();
    let (doctor, cardiologist) = (Session::of(&server, "dr-fictif"), Session::of(&server, "dr-cardio"));
    let token = server.token("dr-fictif");
    let patient = asked(&server, &token, "GET", &format!("/fhir/Patient?identifier={}", search_token(PERSON))).send().json();
    let form = format!("/pro/patients/{}/sign-summary", text(&patient, "/entry/0/resource/id"));
    let refused = cardiologist.get(&server, &form);
    assert_eq!(refused.status, 409, "somebody else's patient");

    all_read(&server, &token);
    let before: Vec<String> = signed(&server, &token).iter().map(|document| text(document, "/id").to_owned()).collect();
    let page = doctor.get(&server, &form).text();
    let mut sent = fields(&page);
    let kept = sent.iter().filter(|(name, _)| name == "keep").count();
    assert!(kept > 5, "{kept} lines in the form");
    // One treatment is left out, one problem said in other words, one risk added.
    let left_out = sent.iter().position(|(name, value)| name == "keep" && value.starts_with("treatments:")).unwrap();
    let (_, gone) = sent.remove(left_out);
    let gone = sent.iter().find(|(name, _)| *name == format!("words:{gone}")).unwrap().1.clone();
    let reworded = sent.iter_mut().find(|(name, _)| name.starts_with("words:problems:")).unwrap();
    reworded.1 = "Fibrillation équilibrée & suivie".to_owned();
    sent.retain(|(name, value)| !(name == "none" && value == "risks"));
    sent.push(("add:risks".to_owned(), "Chutes à domicile\n".to_owned()));
    let borrowed: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();

    // What contradicts itself comes back with what was typed, and nothing is signed.
    let contradiction: Vec<(&str, &str)> = borrowed.iter().copied().chain([("none", "risks")]).collect();
    let answer = doctor.post(&server, &form, &contradiction);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Chutes à domicile") && answer.text().contains("Fibrillation équilibrée"), "{}", answer.text());
    let changed: Vec<(&str, &str)> =
        borrowed.iter().copied().chain([("keep", "problems:ffffffffffffffff"), ("words:problems:ffffffffffffffff", "x")]).collect();
    assert_eq!(doctor.post(&server, &form, &changed).status, 409);
    assert_eq!(cardiologist.post(&server, &form, &borrowed).status, 409);
    assert_eq!(signed(&server, &token).len(), before.len());

    let answer = doctor.post(&server, &form, &borrowed);
    assert_eq!((answer.status, answer.header("location").unwrap().contains("said=summary-signed")), (303, true), "{}", answer.text());
    let after = signed(&server, &token);
    let new: Vec<_> = after.iter().filter(|document| !before.contains(&text(document, "/id").to_owned())).collect();
    assert_eq!(new.len(), 1, "one new summary");
    let bytes = asked(&server, &token, "GET", text(new[0], "/content/0/attachment/url").trim_start_matches(&server.url)).send().text();
    assert!(bytes.contains("Chutes à domicile") && bytes.contains("Fibrillation équilibrée &amp; suivie"), "{bytes}");
    assert!(!bytes.contains(&gone), "{gone} was left out");
    assert!(bytes.contains("<signatureCode code=\"S\"/>") && bytes.contains("FICTIF-MOREAU"));

    all_read(&server, &token);
    // Signed again, it takes the place of the one before.
    let sent = fields(&doctor.get(&server, &form).text());
    assert!(sent.iter().any(|(_, value)| value == "Chutes à domicile"), "what was signed is a source of the next draft");
    let borrowed: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(doctor.post(&server, &form, &borrowed).status, 303);
    let again = signed(&server, &token);
    assert_eq!(again.len(), after.len(), "replaced, not piled up");
    assert!(again.iter().all(|document| text(document, "/id") != text(new[0], "/id")));
}
