//! CDS Hooks as practice software plays it: registered, signing each request with its own key, naming the doctor who orders. A card says that an
//! exam was done lately when this doctor may read the proof, and the same nothing whoever else asks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod world;

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dmp_testkit::{Answer, Options, Server};
use serde_json::{Value, json};
use world::{Clock, Session, done, identifier, national, operate, scratch};

const PERSON: &str = "claire-exemple";
const SELECT: &str = "/cds-services/dmp-recent-exam-select";
const SIGN: &str = "/cds-services/dmp-recent-exam-sign";

/// Practice software with a key of its own.
struct Practice {
    key: EcdsaKeyPair,
    register: PathBuf,
    clock: Clock,
    used: AtomicU32,
}

impl Practice {
    fn new() -> Self {
        let structure = dmp_synth::identity("dr-fictif").unwrap().structure.unwrap();
        let key = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
        let (x, y) = key.public_key().as_ref()[1..].split_at(48);
        let client = json!([{
            "client_id": "https://cabinet.example", "software": "Logiciel de cabinet 1.0",
            "structure_id": structure.id.as_str(), "structure_name": structure.name, "scope": "user/*.cruds",
            "jwks": { "keys": [{ "kty": "EC", "crv": "P-384", "alg": "ES384", "use": "sig", "kid": "k1",
                "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) }] },
        }]);
        let register = scratch("cds-clients");
        std::fs::write(&register, client.to_string()).unwrap();
        Practice { key, register, clock: Clock::new(), used: AtomicU32::new(0) }
    }

    fn server(&self) -> Server {
        let mut arguments = self.clock.arguments();
        arguments.extend(["--clients".to_owned(), self.register.display().to_string()]);
        Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, arguments, ..Options::default() })
    }

    /// The token of one request, for a doctor of the cast.
    fn token(&self, audience: &str, doctor: &str) -> String {
        let one = dmp_synth::identity(doctor).unwrap();
        let claims = json!({
            "iss": "https://cabinet.example", "aud": audience, "iat": self.clock.now(), "exp": self.clock.now() + 120,
            "jti": format!("jti-{}", self.used.fetch_add(1, Ordering::Relaxed)),
            "extensions": { "ihe_iua": { "subject_id": national(doctor), "subject_name": one.name.display(), "subject_role": ["G15/10"] } },
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "alg": "ES384", "typ": "JWT", "kid": "k1" })), part(&claims));
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn call(&self, server: &Server, service: &str, doctor: &str, body: &Value) -> Answer {
        let token = self.token(&format!("{}{}", server.url, service.trim_end_matches("/feedback")), doctor);
        server.request("POST", service).token(&token).body("application/json", body.to_string()).send()
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.register);
    }
}

fn ordered(system: &str, code: &str) -> Value {
    json!({ "resource": { "resourceType": "ServiceRequest", "id": "bio", "status": "draft", "intent": "order",
        "subject": { "reference": "Patient/p1" }, "code": { "coding": [{ "system": system, "code": code }] } } })
}

/// A request of a hook about a person, with one exam ordered.
fn request(hook: &str, person: &str, order: Value) -> Value {
    let mut context = json!({ "userId": "Practitioner/1", "patientId": "p1", "draftOrders": { "resourceType": "Bundle", "entry": [order] } });
    if hook == "order-select" {
        context["selections"] = json!(["ServiceRequest/bio"]);
    }
    json!({
        "hook": hook, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": context,
        "prefetch": { "patient": { "resourceType": "Patient", "id": "p1", "identifier": [identifier(person)] } },
    })
}

fn hba1c(hook: &str, person: &str) -> Value {
    request(hook, person, ordered("http://loinc.org", "4548-4"))
}

fn cards(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["cards"].as_array().unwrap().clone()
}

/// The cards, once the documents of the person were read behind what was asked.
fn cards_when_read(practice: &Practice, server: &Server) -> Vec<Value> {
    for _ in 0..150 {
        let found = cards(&practice.call(server, SIGN, "dr-fictif", &hba1c("order-sign", PERSON)));
        if !found.is_empty() {
            return found;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    panic!("no card for an exam that the demonstration holds");
}

#[test]
fn who_may_read_the_proof_gets_a_card_and_nobody_else_learns_anything() {
    let practice = Practice::new();
    let server = practice.server();
    let services = server.request("GET", "/cds-services").send().json();
    assert_eq!(services["services"].as_array().unwrap().len(), 3);

    let found = cards_when_read(&practice, &server);
    assert_eq!(found.len(), 1);
    let card = &found[0];
    assert!(card["summary"].as_str().unwrap().chars().count() <= 140);
    assert!(card["overrideReasons"].as_array().unwrap().len() > 2);
    // The link leads the doctor to the proof.
    let link = card["links"][0]["url"].as_str().unwrap().trim_start_matches(server.url.as_str()).to_owned();
    let page = Session::of(&server, "dr-fictif").get(&server, &link);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("HbA1c") || page.text().contains("glyquée"));
    // The same exam by its French code, at the moment of choosing it.
    let nabm = request("order-select", PERSON, ordered("https://smt.esante.gouv.fr/terminologie-nabm", "1577"));
    assert_eq!(cards(&practice.call(&server, SELECT, "dr-fictif", &nabm)).len(), 1);
    let other = request("order-sign", PERSON, ordered("http://loinc.org", "1-8"));
    assert!(cards(&practice.call(&server, SIGN, "dr-fictif", &other)).is_empty());

    // A stranger, a person without a record, a result that was hidden: the very same bytes.
    let nothing = practice.call(&server, SIGN, "dr-inconnu", &hba1c("order-sign", PERSON)).text();
    assert_eq!(practice.call(&server, SIGN, "dr-fictif", &hba1c("order-sign", "victor-essai")).text(), nothing);
    let person = server.token(PERSON);
    assert_eq!(cards(&practice.call(&server, SIGN, "dr-cardio", &hba1c("order-sign", PERSON))).len(), 1);
    done(&operate(&server, &person, "dmp-mask-all", PERSON, &[("masked", json!(true))]));
    assert_eq!(practice.call(&server, SIGN, "dr-cardio", &hba1c("order-sign", PERSON)).text(), nothing);
}

#[test]
fn what_is_not_signed_for_this_service_is_refused_before_anything_is_read() {
    let practice = Practice::new();
    let server = practice.server();
    let body = hba1c("order-sign", PERSON);
    let bare = server.request("POST", SIGN).body("application/json", body.to_string()).send();
    assert_eq!(bare.status, 401);
    let elsewhere = practice.token("https://elsewhere.example/cds-services/dmp-recent-exam-sign", "dr-fictif");
    assert_eq!(server.request("POST", SIGN).token(&elsewhere).body("application/json", body.to_string()).send().status, 401);
    let once = practice.token(&format!("{}{SIGN}", server.url), "dr-fictif");
    let send = || server.request("POST", SIGN).token(&once).body("application/json", body.to_string()).send().status;
    assert_eq!((send(), send()), (200, 401), "a token is good once");
    let stolen = server.token("dr-fictif");
    assert_eq!(server.request("POST", SIGN).token(&stolen).body("application/json", body.to_string()).send().status, 401, "a token of the FHIR door");
    assert_eq!(practice.call(&server, SIGN, "dr-fictif", &json!({ "hook": "order-sign" })).status, 400);
    let mut unfetched = body.clone();
    unfetched["prefetch"] = json!({});
    assert_eq!(practice.call(&server, SIGN, "dr-fictif", &unfetched).status, 412);
}

#[test]
fn an_exam_not_done_twice_is_counted_once_without_its_name() {
    let practice = Practice::new();
    let mut server = practice.server();
    let card = cards_when_read(&practice, &server).remove(0);
    let feedback = |outcome: &str| {
        let mut one = json!({ "card": card["uuid"], "outcome": outcome, "outcomeTimestamp": "2026-11-27T10:00:00Z" });
        if outcome == "accepted" {
            one["acceptedSuggestions"] = json!([{ "id": card["suggestions"][0]["uuid"] }]);
        }
        json!({ "feedback": [one] })
    };
    let service = format!("{SIGN}/feedback");
    for _ in 0..2 {
        let told = practice.call(&server, &service, "dr-fictif", &feedback("accepted"));
        assert_eq!(told.status, 200, "{}", told.text());
    }
    let overridden = cards_when_read(&practice, &server).remove(0);
    let said = json!({ "feedback": [{ "card": overridden["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-11-27T10:00:00Z",
        "overrideReason": { "reason": overridden["overrideReasons"][0] } }] });
    assert_eq!(practice.call(&server, &service, "dr-fictif", &said).status, 200);

    let data = server.data().to_owned();
    server.kill();
    let doctor = Command::new(env!("CARGO_BIN_EXE_dmp")).args(["doctor", "--json", "--data"]).arg(&data).output().unwrap();
    let report: Value = serde_json::from_slice(&doctor.stdout).unwrap_or_else(|_| panic!("{doctor:?}"));
    assert_eq!(report["exams_not_done_twice"], 1, "{report}");
    let cents = |name: &str| report[name].as_u64().unwrap();
    assert!(cents("saved_cents") > 0 && cents("saved_cents_low") <= cents("saved_cents") && cents("saved_cents") <= cents("saved_cents_high"));
}
