//! The certificate of a structure, over the listener that asks for one: it lets software speak, and reads nothing.

use dmp_testkit::Answer;
use serde_json::json;

use super::structure::OPEN_TO_STRUCTURES;
use super::tls_support::{Certificates, free_port};
use super::world::{Clock, scratch, start_with, text, verdict};
use super::{FHIR, Planted, SITES, fields, holds_nothing_of_hers};

const FORM: &str = "application/x-www-form-urlencoded";
/// Everything that is granted to software, so that no answer is about a scope.
const SCOPE: &str = "system/Patient.cruds system/DocumentReference.cruds system/Binary.cruds system/List.cruds system/Consent.cruds system/Encounter.cruds system/AuditEvent.cruds";

/// The planted record behind a listener that asks for certificates; software of the structure whose doctor reads that record is registered with
/// one of them, and with no key.
struct Behind {
    planted: Planted,
    certificates: Certificates,
    port: u16,
}

impl Behind {
    fn new(clock: &Clock) -> Option<Self> {
        let home = scratch("certificates");
        let certificates = Certificates::make(&home)?;
        let structure = dmp_synth::identity("dr-fictif").unwrap().structure.unwrap();
        let client = json!([{
            "client_id": "hopital", "software": "Serveur de l'hôpital 1.0", "structure_id": structure.id.as_str(), "structure_name": structure.name,
            "scope": SCOPE, "certificates": [certificates.hash("hospital")],
        }]);
        std::fs::write(home.join("clients.json"), client.to_string()).unwrap();
        let port = free_port();
        let clients = ["--clients".to_owned(), certificates.path("clients.json")];
        let planted = Planted::new(start_with(2, clock, &[clients.to_vec(), certificates.listener(port)].concat()));
        Some(Behind { planted, certificates, port })
    }

    /// A request with the certificate, and what else is shown.
    fn ask(&self, method: &str, route: &str, shown: &[(&str, &str)]) -> Answer {
        let path = self.planted.address(method, route);
        let is_page = SITES.iter().any(|(_, page, _)| *page == route);
        let (media_type, body) = match (method, is_page) {
            ("GET", _) => (FORM, String::new()),
            (_, true) => (FORM, fields(route, "")),
            (_, false) => self.planted.body(method, route).unwrap_or((FORM, String::new())),
        };
        let headers = [shown, &[("content-type", media_type)]].concat();
        self.certificates.ask(self.port, Some("hospital"), method, &path, &headers, &body).unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }
}

#[test]
fn a_certificate_alone_reads_from_no_door() {
    let clock = Clock::new();
    let Some(behind) = Behind::new(&clock) else { return };
    let mut found = Vec::new();
    // The certificate and nothing else: each route of the table answers as to nobody.
    for (method, route, expected) in FHIR.iter().chain(SITES) {
        let answer = behind.ask(method, route, &[]);
        holds_nothing_of_hers(&answer, route, &format!("{method} {route} with a certificate"));
        if answer.status != expected[0] {
            found.push(format!("{method} {route}: {} with a certificate, nobody gets {}", answer.status, expected[0]));
        }
    }
    // The token that the certificate gets: what a structure may do, and no more.
    let signed_in = behind.certificates.sign_in(behind.port, Some("hospital"), "hopital").unwrap();
    assert_eq!(signed_in.status, 200, "{}", signed_in.text());
    let token = text(&signed_in.json(), "/access_token").to_owned();
    let bearer = format!("Bearer {token}");
    for (method, route, _) in FHIR.iter().filter(|(_, _, expected)| expected[0] == 401) {
        let answer = behind.ask(method, route, &[("authorization", &bearer)]);
        holds_nothing_of_hers(&answer, route, &format!("{method} {route} with the token of a certificate"));
        if answer.status < 300 && !OPEN_TO_STRUCTURES.contains(&(*method, *route)) {
            found.push(format!("{method} {route}: {} with the token of a certificate: {}", answer.status, answer.text()));
        }
    }
    // Pages know sessions: the token is none, however it is shown.
    let cookie = format!("dmp_session={token}");
    for (method, route, expected) in SITES {
        for shown in [("authorization", bearer.as_str()), ("cookie", cookie.as_str())] {
            let answer = behind.ask(method, route, &[shown]);
            holds_nothing_of_hers(&answer, route, &format!("{method} {route} with the token of a certificate"));
            if answer.status != expected[0] {
                found.push(format!("{method} {route}: {} with the token of a certificate, nobody gets {}", answer.status, expected[0]));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn each_way_of_reading_tells_a_certificate_why_it_gives_nothing() {
    let clock = Clock::new();
    let Some(behind) = Behind::new(&clock) else { return };
    let signed_in = behind.certificates.sign_in(behind.port, Some("hospital"), "hopital").unwrap();
    let bearer = format!("Bearer {}", text(&signed_in.json(), "/access_token"));
    let said = |method: &str, route: &str| behind.ask(method, route, &[("authorization", &bearer)]);
    // Reading, searching, bytes, submission sets, the summary, the journal.
    for (method, route) in [
        ("GET", "/fhir/DocumentReference/{id}"),
        ("GET", "/fhir/DocumentReference"),
        ("POST", "/fhir/DocumentReference/_search"),
        ("GET", "/fhir/Binary/{id}"),
        ("GET", "/fhir/List"),
        ("POST", "/fhir/List/_search"),
        ("GET", "/fhir/List/{id}"),
        ("GET", "/fhir/Patient/{id}/{operation}"),
        ("GET", "/fhir/AuditEvent"),
    ] {
        assert_eq!(verdict(&said(method, route)), "403 access-nobody-named", "{method} {route}");
    }
    // CDS Hooks asks for what the software signs: the token of a certificate is no such thing.
    assert_eq!(said("POST", "/cds-services/{id}").status, 401);
    // A ticket of practice software is for a professional.
    assert_eq!(said("POST", "/pro/appel/ticket").status, 403);
    // Apps are launched by people: a structure's client is none, and gets no code and no key for one.
    let form = |body: &str| behind.certificates.ask(behind.port, Some("hospital"), "POST", "/oauth/token", &[("content-type", FORM)], body).unwrap();
    for grant in ["grant_type=authorization_code&code=x&client_id=hopital", "grant_type=refresh_token&refresh_token=x&client_id=hopital"] {
        assert_eq!(form(grant).status, 400, "{grant}");
    }
    let asked = "/oauth/authorize?response_type=code&client_id=hopital&redirect_uri=https%3A%2F%2Fx.example&scope=patient%2F*.rs&state=s";
    assert_eq!(behind.certificates.ask(behind.port, Some("hospital"), "GET", asked, &[("authorization", &bearer)], "").unwrap().status, 400);
    // The doctor of the same structure, named, reads it: it is the certificate that does not.
    let doctor = behind.planted.server.token("dr-fictif");
    assert_eq!(behind.planted.as_caller(Some(&doctor), "GET", "/fhir/DocumentReference").status, 200);
}

#[test]
fn a_certificate_that_was_taken_back_is_not_talked_to() {
    let clock = Clock::new();
    let home = scratch("certificates");
    let Some(certificates) = Certificates::make(&home) else { return };
    let structure = dmp_synth::identity("dr-fictif").unwrap().structure.unwrap();
    let client = json!([{
        "client_id": "hopital", "software": "Serveur", "structure_id": structure.id.as_str(), "structure_name": structure.name, "scope": SCOPE,
        "certificates": [certificates.hash("hospital"), certificates.hash("revoked"), certificates.hash("stranger")],
    }]);
    std::fs::write(home.join("clients.json"), client.to_string()).unwrap();
    let answered = |list: &[String], shown: Option<&str>| {
        let port = free_port();
        let clients = ["--clients".to_owned(), certificates.path("clients.json")];
        let server = start_with(1, &clock, &[clients.to_vec(), certificates.listener(port), list.to_vec()].concat());
        let status = certificates.sign_in(port, shown, "hopital").map(|answer| answer.status);
        assert_eq!(server.request("GET", "/livez").send().status, 200, "the server goes on");
        status
    };
    let list = ["--mtls-crl".to_owned(), certificates.path("crl.pem")];
    assert_eq!(answered(&list, Some("hospital")), Some(200));
    assert_eq!(answered(&list, Some("revoked")), None);
    assert_eq!(answered(&list, Some("stranger")), None, "of another authority");
    assert_eq!(answered(&list, None), None);
    assert_eq!(answered(&[], Some("revoked")), Some(200), "it is the list that keeps it out");
}
