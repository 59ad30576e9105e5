//! A hospital feeds the record without a hand: its directory of users, stays by HL7 v2, documents from a folder and over MLLP, with keys and
//! with certificates. The built program on both sides.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod feeder_support;
mod tls_support;
mod world;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dmp_testkit::{Options, Server};
use feeder_support::{BINARY, Feeder, Listening, adt, dmp, exchange, pid, wait_until};
use serde_json::{Value, json};
use tls_support::{Certificates, free_port};
use world::{Clock, Session, Software, User, asked, done, identifier, listing, operate, text, verdict};

const PERSON: &str = "claire-exemple";
/// The app for professionals of the demonstration.
const APP: &str = "courbes-essai";
const RESPONSIBLE: &str = "810700000001;G15/10;Anne RESPONSABLE";

fn nurse(number: u32, name: &str) -> User {
    User { national: format!("8107000000{number:02}"), name: name.to_owned(), profession: "G15/60" }
}

#[test]
fn moves_by_hl7_open_change_and_end_a_stay_and_only_the_staff_of_the_unit_reads_meanwhile() {
    let (clock, software, feeder) = (Clock::new(), Software::at_the_structure_of("dr-hopital"), Feeder::new(true));
    let arguments = [clock.arguments(), feeder.register(Some(&software))].concat();
    let server = Server::start(BINARY, &Options { patients: 18, arguments, ..Options::default() });
    let doctor = User { national: "810700000001".into(), name: "Anne RESPONSABLE".into(), profession: "G15/10" };
    let (a, b) = (nurse(11, "Béa CARDIO"), nurse(12, "Carl PNEUMO"));
    let reads = |token: &str| verdict(&asked(&server, token, "GET", &listing(PERSON)).send());

    // Nobody acts for a structure that keeps a directory before they are in it.
    assert!(software.sign_in(&server, &clock, Some(&a), &Value::Null).text().contains("no such active user"));
    let file = |a_units: &str, b_active: &str| {
        format!(
            "anne;810700000001;Anne;RESPONSABLE;G15/10;oui;\nbea;810700000011;Béa;CARDIO;G15/60;oui;{a_units}\ncarl;810700000012;Carl;PNEUMO;G15/60;{b_active};Pneumologie\n"
        )
    };
    assert!(feeder.users(&server.url, &file("Cardiologie", "oui")).starts_with("3 users: 3 added, 0 changed, 0 deactivated; 2 units"));
    assert!(feeder.users(&server.url, &file("Cardiologie", "oui")).starts_with("3 users: 0 added, 0 changed, 0 deactivated; 0 units"));
    let token = |user: &User| software.token(&server, &clock, user, &json!({}));
    done(&operate(&server, &software.token(&server, &clock, &doctor, &json!({ "consent_now": true })), "dmp-record-team-consent", PERSON, &[]));
    let (a_token, b_token) = (token(&a), token(&b));
    assert_eq!((reads(&a_token), reads(&b_token)), ("403 access-not-authorised".to_owned(), "403 access-not-authorised".to_owned()));

    // Nobody answers for stays: the move is refused, told, and tried again once it is put back.
    feeder.drop_file("a01.hl7", &adt(&clock, PERSON, "A01", "1", 600, "Cardiologie"));
    feeder.once(&server.url, &[]);
    assert_eq!(feeder.report()["refusals"][0]["reasons"][0]["code"], "feed-no-responsible");
    assert_eq!(feeder.files("refused"), ["a01.hl7", "a01.hl7.reason.json"]);
    std::fs::rename(feeder.path("feed/refused/a01.hl7"), feeder.path("feed/a01.hl7")).unwrap();
    feeder.once(&server.url, &["--responsible", RESPONSIBLE]);
    assert_eq!((reads(&a_token).as_str(), reads(&b_token).as_str()), ("200", "403 access-not-authorised"));

    // The transfer comes twice, and the admission again under another number: it happened before the transfer, so it is said before it.
    let transfer = adt(&clock, PERSON, "A02", "2", 300, "Pneumologie");
    feeder.drop_file("a02.hl7", &transfer);
    feeder.drop_file("a02-again.hl7", &transfer);
    feeder.drop_file("a01-again.hl7", &adt(&clock, PERSON, "A01", "3", 600, "Cardiologie"));
    feeder.once(&server.url, &["--responsible", RESPONSIBLE]);
    assert_eq!((reads(&a_token).as_str(), reads(&b_token).as_str()), ("403 access-not-authorised", "200"));
    assert!(reads(&token(&doctor)) != "200", "who answers for the declaration is not of the team");

    // Who comes to work in the unit reads, without another message; who is deactivated reads nothing at once, with the token they have.
    feeder.users(&server.url, &file("Pneumologie", "non"));
    assert_eq!(reads(&a_token), "200");
    assert_eq!(asked(&server, &b_token, "GET", &listing(PERSON)).send().status, 401, "a token of before the deactivation");
    assert!(software.sign_in(&server, &clock, Some(&b), &Value::Null).text().contains("no such active user"));

    // The structure alone reads nothing, whatever its software is registered for.
    assert_eq!(reads(&software.bare_token(&server, &clock)), "403 access-nobody-named");

    feeder.drop_file("a03.hl7", &adt(&clock, PERSON, "A03", "4", 60, "Pneumologie"));
    feeder.once(&server.url, &["--responsible", RESPONSIBLE]);
    assert_eq!(reads(&a_token), "403 access-not-authorised", "the stay is over");
    let report = feeder.report();
    assert_eq!((&report["sent"], &report["refused"], &report["waiting"]), (&json!(4), &json!(0), &json!(0)), "{report}");
    assert!(report["doubles"].as_u64().unwrap() >= 1, "{report}");
    assert!(feeder.files("").is_empty(), "{:?}", feeder.files(""));
}

/// A report as CDA, title and identifier of its own.
fn cda(number: u32, title: &str) -> Vec<u8> {
    let ins = dmp_synth::identity(PERSON).unwrap().ins.unwrap();
    let made = dmp_core::Moment::parse_fhir("2026-01-15").unwrap();
    let bytes = dmp_synth::cda_of_size(4_096, &ins, &format!("1.2.250.1.213.1.1.9.994.{number}"), made).unwrap();
    String::from_utf8(bytes).unwrap().replace("Compte rendu de consultation", title).into_bytes()
}

fn mdm(event: &str, control: &str, content: &[u8], title: &str, ids: &str) -> Vec<u8> {
    let kind = if content.starts_with(b"%PDF") { "^application^PDF^" } else { "^text^XML^" };
    format!(
        "MSH|^~\\&|RIS|CHU|DMP|DMP|20260115090000||MDM^{event}^MDM_T02|{control}|P|2.5|||||FRA|UNICODE UTF-8\r{}\rPV1|1|I|UF\rTXA|1|18748-4|AP|202601150900||||||||{ids}\rOBX|1|ED|18748-4^{title}^LN||{kind}Base64^{}||||||F\r",
        pid(PERSON),
        STANDARD.encode(content)
    )
    .into_bytes()
}

#[test]
fn an_acknowledged_message_outlives_feeder_and_server_and_is_deposited_once() {
    let feeder = Feeder::new(false);
    let mut server = Server::start(BINARY, &Options { patients: 18, arguments: feeder.register(None), ..Options::default() });
    let url = server.url.clone();
    let titles = |server: &Server| {
        let doctor = server.token_with("dr-fictif", &[("consent_now", "true")]);
        let bundle = asked(server, &doctor, "GET", &format!("{}&_count=100", listing(PERSON))).send().json();
        let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
        let all = entries.iter().map(|entry| text(entry, "/resource/content/0/attachment/title").to_owned());
        let mut mine: Vec<String> = all.filter(|title| title.starts_with("Essai")).collect();
        mine.sort();
        mine
    };
    let listening = Listening::start(&feeder, &url);
    assert!(listening.send(&mdm("T02", "1", &cda(1, "Essai A"), "Essai A", "")).contains("MSA|AA|1\r"));
    wait_until("the first is sent", || feeder.report()["sent"] == 1);
    // The server is away: what is acknowledged waits, and the feeder is ended on top.
    server.kill();
    // The new version of a PDF comes before the PDF.
    let pdf = |words: &str| format!("%PDF-1.7 {words}").into_bytes();
    assert!(listening.send(&mdm("T10", "3", &pdf("deux"), "Essai B", "2.2^RIS|2.1^RIS")).contains("MSA|AA|3\r"));
    assert!(listening.send(&mdm("T02", "2", &pdf("un"), "Essai B ancien", "2.1^RIS")).contains("MSA|AA|2\r"));
    assert!(listening.send(&mdm("T02", "2", &pdf("un"), "Essai B ancien", "2.1^RIS")).contains("MSA|AA|2\r"), "again");
    let nobody = String::from_utf8(mdm("T02", "4", &pdf("un"), "x", "")).unwrap().replace("ASIP-SANTE-INS-NIR&", "");
    assert!(listening.send(nobody.as_bytes()).contains("|hl7-ins-missing|"));
    assert!(listening.send(b"MSH|^~\\&|RIS|CHU|||20260115||SIU^S12|5|P|2.5\r").contains("MSA|AR|5\r"));
    wait_until("it waits and says why", || {
        feeder.report()["delays"].as_array().is_some_and(|all| all.iter().any(|one| text(one, "/why").contains("no server")))
    });
    drop(listening);
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    let data = server.data().to_owned();
    let again = Server::start(BINARY, &Options { patients: 18, arguments: feeder.register(None), data: Some(data), port, ..Options::default() });
    let listening = Listening::start(&feeder, &url);
    wait_until("everything is sent", || feeder.report()["waiting"] == 0);
    assert_eq!(titles(&again), ["Essai A", "Essai B"], "the old version is superseded");
    let report = feeder.report();
    assert_eq!((&report["sent"], &report["refused"], &report["doubles"]), (&json!(3), &json!(2), &json!(1)), "{report}");
    drop(listening);
    // A CDA and a PDF as files; one of them bad. The journal is lost: nothing is doubled all the same.
    std::fs::remove_file(feeder.path("feed/.feed/journal.ndjson")).unwrap();
    feeder.drop_file("a.xml", &cda(1, "Essai A"));
    feeder.drop_file("bad.xml", b"<ClinicalDocument>");
    feeder.drop_file(
        "c.json",
        json!({
            "ins": text(&identifier(PERSON), "/value"), "ins_oid": text(&identifier(PERSON), "/system").trim_start_matches("urn:oid:"),
            "type": "11488-4", "title": "Essai C", "written_at": "2026-01-15",
        })
        .to_string()
        .as_bytes(),
    );
    feeder.drop_file("c.pdf", &pdf("trois"));
    feeder.once(&url, &[]);
    assert_eq!(titles(&again), ["Essai A", "Essai B", "Essai C"]);
    let report = feeder.report();
    assert_eq!((&report["sent"], &report["repeated"], &report["refused"]), (&json!(2), &json!(1), &json!(1)), "{report}");
    assert_eq!(feeder.files("refused"), ["bad.xml", "bad.xml.reason.json"]);
}

#[test]
fn a_certificate_deposits_reads_nothing_and_its_token_is_good_over_it_alone() {
    let feeder = Feeder::new(false);
    let Some(certificates) = Certificates::make(&feeder.home.join("certificates")) else { return };
    let hash = certificates.hash("hospital");
    let mut clients: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(feeder.path("clients.json")).unwrap()).unwrap();
    clients[0]["certificates"] = json!([hash]);
    clients[0]["scope"] = json!("system/DocumentReference.cruds system/Binary.r system/Patient.rs");
    std::fs::write(feeder.path("clients.json"), Value::Array(clients).to_string()).unwrap();
    let port = free_port();
    let arguments = [feeder.register(None), certificates.listener(port)].concat();
    let server = Server::start(BINARY, &Options { patients: 18, arguments, ..Options::default() });

    // The feeder has no key: its certificate says who it is.
    feeder.drop_file("a.xml", &cda(7, "Essai du certificat"));
    let (dir, none, ca) = (feeder.path("feed"), feeder.path("no-key"), certificates.path("ca.pem"));
    let (cert, key, address) = (certificates.path("hospital.pem"), certificates.path("hospital.key"), format!("https://localhost:{port}"));
    dmp(&["feed", &dir, "--server", &address, "--key", &none, "--ca", &ca, "--cert", &cert, "--cert-key", &key, "--once", "--retry-ms", "20"])
        .unwrap();
    assert_eq!(feeder.report()["sent"], 1, "{}", feeder.report());

    assert!(certificates.sign_in(port, None, "feeder").is_none(), "nobody is talked to without a certificate");
    let other = certificates.sign_in(port, Some("other"), "feeder").unwrap();
    assert!(other.text().contains("invalid_client"), "another certificate of the same authority: {}", other.text());
    let token = text(&certificates.sign_in(port, Some("hospital"), "feeder").unwrap().json(), "/access_token").to_owned();
    let get =
        |shown: &str, path: &str| certificates.ask(port, Some(shown), "GET", path, &[("authorization", &format!("Bearer {token}"))], "").unwrap();
    assert_eq!(verdict(&get("hospital", &listing(PERSON))), "403 access-nobody-named");
    assert_eq!(get("other", &listing(PERSON)).status, 401, "a token over another certificate");
    assert_eq!(asked(&server, &token, "GET", &listing(PERSON)).send().status, 401, "a token without its certificate");
    // A signature does not do in the place of the certificate, and no header speaks for one.
    let plain = server.request("POST", "/oauth/token").header("x-client-certificate", &hash).header("x-ssl-client-cert", &hash);
    assert_eq!(plain.body("application/x-www-form-urlencoded", "grant_type=client_credentials&client_id=feeder").send().status, 400);
    let (dir, key) = (feeder.path("feed"), feeder.path("key.pem"));
    feeder.drop_file("b.xml", &cda(8, "Essai sans certificat"));
    dmp(&["feed", &dir, "--server", &server.url, "--key", &key, "--once", "--retry-ms", "20"]).unwrap();
    assert_eq!((feeder.report()["sent"].clone(), feeder.report()["waiting"].clone()), (json!(1), json!(1)));
    assert!(text(&feeder.report(), "/delays/0/why").contains("registered with a certificate"), "{}", feeder.report());
}

#[test]
fn over_tls_the_listener_of_messages_talks_to_who_shows_a_certificate_that_stands() {
    let feeder = Feeder::new(false);
    let Some(certificates) = Certificates::make(&feeder.home.join("certificates")) else { return };
    let own = ["--mllp-cert", "server.pem", "--mllp-cert-key", "server.key", "--mllp-client-ca", "ca.pem"];
    let own: Vec<String> = own.iter().map(|word| if word.starts_with("--") { (*word).to_owned() } else { certificates.path(word) }).collect();
    let with_list = [own.clone(), vec!["--mllp-crl".to_owned(), certificates.path("crl.pem")]].concat();
    // No server answers there: what is acknowledged waits in the folder.
    let away = format!("http://127.0.0.1:{}", free_port());
    let message = |number: u32| mdm("T02", &number.to_string(), &cda(number, "Essai"), "Essai", "");

    let listening = Listening::start_with(&feeder, &away, &with_list);
    let say =
        |listening: &Listening, shown: Option<&str>, number: u32| exchange(&mut certificates.connect(listening.port(), shown), &message(number));
    assert!(say(&listening, Some("hospital"), 1).contains("MSA|AA|1\r"));
    for shown in [None, Some("stranger"), Some("revoked")] {
        assert_eq!(say(&listening, shown, 2), "", "{shown:?}");
    }
    assert!(!listening.send(&message(3)).contains("MSA"), "in clear");
    assert!(say(&listening, Some("other"), 4).contains("MSA|AA|4\r"), "the others kept nobody out");
    wait_until("both are told", || feeder.report()["waiting"] == 2);
    assert_eq!(feeder.files("").iter().filter(|name| name.ends_with(".hl7")).count(), 2, "{:?}", feeder.files(""));
    drop(listening);
    // It is the list that kept the one out.
    let listening = Listening::start_with(&feeder, &away, &own);
    assert!(say(&listening, Some("revoked"), 5).contains("MSA|AA|5\r"));
    drop(listening);
    // In clear it listens for this machine alone.
    let (dir, key) = (feeder.path("feed"), feeder.path("key.pem"));
    let refused = dmp(&["feed", &dir, "--server", &away, "--key", &key, "--mllp", "0.0.0.0:0"]).unwrap_err();
    assert!(refused.contains("--mllp-client-ca"), "{refused}");
}

#[test]
fn whom_a_directory_deactivates_is_signed_in_at_no_page_and_in_no_app() {
    let feeder = Feeder::new(true);
    let server = Server::start(BINARY, &Options { patients: 3, arguments: feeder.register(None), ..Options::default() });
    let national = world::national("dr-hopital");
    let profession = dmp_synth::identity("dr-hopital").unwrap().profession.unwrap();
    let line = |active: &str| format!("dr;{national};Anne;HOPITAL;{}/{};{active};\n", profession.system(), profession.code());
    let shown = |session: &Session| session.get(&server, "/pro").status;
    assert_eq!(shown(&Session::of(&server, "dr-hopital")), 303, "they are not in the directory");
    assert!(feeder.users(&server.url, &line("oui")).starts_with("1 users: 1 added"));
    let session = Session::of(&server, "dr-hopital");
    assert_eq!(shown(&session), 200);

    // An app that they launch reads what they may, in a record whose person agreed.
    let ins = identifier(PERSON);
    let opened = session.post(&server, "/pro", &[("ins", text(&ins, "/value"))]);
    let place = opened.header("location").unwrap().to_owned();
    session.post(&server, &format!("{place}/consent"), &[("consent", "on")]);
    let launched = session.post(&server, &format!("{place}/apps"), &[("app", APP)]);
    let launch = launched.header("location").unwrap().split("launch=").nth(1).unwrap().to_owned();
    let verifier = "v".repeat(64);
    let hash = ::aws_lc_rs::digest::digest(&::aws_lc_rs::digest::SHA256, verifier.as_bytes());
    let challenge = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(hash);
    let redirect = dmp_testkit::form_value("http://127.0.0.1:8124/retour");
    let asked_for = format!(
        "/oauth/authorize?response_type=code&client_id={APP}&redirect_uri={redirect}&launch={launch}&state=s&aud={}&code_challenge={challenge}&code_challenge_method=S256&scope={}",
        dmp_testkit::form_value(&format!("{}/fhir", server.url)),
        dmp_testkit::form_value("launch user/Patient.rs user/DocumentReference.rs")
    );
    let answered = session.get(&server, &asked_for);
    let code = answered.header("location").and_then(|place| place.split("code=").nth(1)).unwrap_or_else(|| panic!("{}", answered.text()));
    let form = format!(
        "grant_type=authorization_code&client_id={APP}&redirect_uri={redirect}&code_verifier={verifier}&code={}",
        code.split('&').next().unwrap()
    );
    let key = server.request("POST", "/oauth/token").body("application/x-www-form-urlencoded", form).send();
    let token = text(&key.json(), "/access_token").to_owned();
    let reads = || asked(&server, &token, "GET", &listing(PERSON)).send().status;
    assert_eq!(reads(), 200, "{}", key.text());

    feeder.users(&server.url, &line("non"));
    assert_eq!((shown(&session), reads()), (303, 401), "at the next request");
    feeder.users(&server.url, &line("oui"));
    assert_eq!((shown(&session), reads()), (200, 200), "neither was ended: the directory is asked each time");
    // Of another profession than they signed in with they are somebody else.
    feeder.users(&server.url, &line("oui").replace(&format!("/{};", profession.code()), "/60;"));
    assert_eq!((shown(&session), reads()), (303, 401));
}

#[test]
fn a_directory_is_kept_by_scim_and_by_its_structure_alone() {
    let (clock, software, feeder) = (Clock::new(), Software::at_the_structure_of("dr-hopital"), Feeder::new(true));
    let arguments = [clock.arguments(), feeder.register(Some(&software))].concat();
    let server = Server::start(BINARY, &Options { patients: 1, arguments, ..Options::default() });
    let token = software.bare_token(&server, &clock);
    let scim = |method: &str, path: &str, body: Value| {
        let request = asked(&server, &token, method, &format!("/scim/v2/{path}"));
        if body.is_null() { request.send() } else { request.body("application/scim+json", body.to_string()).send() }
    };
    let refused = |answer: &dmp_testkit::Answer| format!("{} {}", answer.status, text(&answer.json(), "/scimType"));
    const PROFESSIONAL: &str = "urn:dmp:params:scim:schemas:extension:professional:2.0:User";
    let person = |user_name: &str, national: &str| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", PROFESSIONAL], "userName": user_name, "externalId": "E-1",
            "name": { "givenName": "Anne", "familyName": "ESSAI" }, PROFESSIONAL: { "nationalId": national, "profession": "G15/60" },
        })
    };
    let made = scim("POST", "Users", person("anne.essai", "810700000021"));
    assert_eq!((made.status, made.header("content-type")), (201, Some("application/scim+json")), "{}", made.text());
    let id = text(&made.json(), "/id").to_owned();
    assert_eq!(
        (made.header("etag"), made.header("location").map(|place| place.ends_with(&format!("/scim/v2/Users/{id}")))),
        (Some("W/\"1\""), Some(true))
    );
    assert_eq!(refused(&scim("POST", "Users", person("ANNE.essai", "810700000022"))), "409 uniqueness", "names are compared without case");
    assert_eq!(refused(&scim("POST", "Users", person("autre", "810700000021"))), "409 uniqueness");
    assert_eq!(refused(&scim("POST", "Users", person("autre", "12"))), "400 invalidValue");
    assert_eq!(refused(&scim("POST", "Users", json!([]))), "400 invalidSyntax");
    let found = |filter: &str| scim("GET", &format!("Users?filter={}", dmp_testkit::form_value(filter)), Value::Null).json()["totalResults"].clone();
    assert_eq!([found("userName eq \"Anne.Essai\""), found("externalId eq \"E-1\""), found("externalId eq \"e-1\"")], [1, 1, 0]);
    assert_eq!(refused(&scim("GET", "Users?filter=title%20pr", Value::Null)), "400 invalidFilter");
    let page = scim("GET", "Users?startIndex=2&count=1", Value::Null).json();
    assert_eq!((&page["totalResults"], &page["itemsPerPage"], &page["startIndex"]), (&json!(1), &json!(0), &json!(2)));

    // The unit and its staff; the user shows it.
    let unit = scim("POST", "Groups", json!({ "displayName": "Urgences", "externalId": "6268", "members": [{ "value": id }] }));
    assert_eq!(unit.status, 201, "{}", unit.text());
    let unit_id = text(&unit.json(), "/id").to_owned();
    assert_eq!(text(&scim("GET", &format!("Users/{id}"), Value::Null).json(), "/groups/0/display"), "Urgences");
    assert_eq!(refused(&scim("POST", "Groups", json!({ "displayName": "Urgences" }))), "409 uniqueness");
    assert_eq!(refused(&scim("POST", "Groups", json!({ "displayName": "X", "members": [{ "value": "00" }] }))), "400 invalidValue");
    let without = json!({ "Operations": [{ "op": "remove", "path": format!("members[value eq \"{id}\"]") }] });
    assert_eq!(scim("PATCH", &format!("Groups/{unit_id}"), without).json()["members"], json!([]));

    // Deactivated in the way of a large vendor, replaced, changed by somebody else meanwhile, removed.
    let off = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{ "op": "Replace", "path": "active", "value": "False" }] });
    assert_eq!(scim("PATCH", &format!("Users/{id}"), off).json()["active"], false);
    let replaced = scim("PUT", &format!("Users/{id}"), person("anne.autre", "810700000021")).json();
    assert_eq!((text(&replaced, "/userName"), &replaced["active"], text(&replaced, "/meta/version")), ("anne.autre", &json!(true), "W/\"5\""));
    assert_eq!(refused(&scim("PUT", &format!("Users/{id}"), person("anne.autre", "810700000029"))), "400 mutability");
    let stale = asked(&server, &token, "PUT", &format!("/scim/v2/Users/{id}")).header("if-match", "W/\"1\"");
    assert_eq!(stale.body("application/scim+json", person("x", "810700000021").to_string()).send().status, 412);
    assert_eq!(scim("DELETE", &format!("Users/{id}"), Value::Null).status, 204);
    assert_eq!(scim("GET", &format!("Users/{id}"), Value::Null).status, 404);
    assert_eq!(scim("DELETE", &format!("Groups/{unit_id}"), Value::Null).status, 204);

    for path in ["ServiceProviderConfig", "Schemas", "ResourceTypes"] {
        assert_eq!(server.request("GET", &format!("/scim/v2/{path}")).send().header("content-type"), Some("application/scim+json"), "{path}");
    }
    let error = server.request("GET", "/scim/v2/Users").send();
    assert_eq!((error.status, text(&error.json(), "/schemas/0").to_owned()), (401, "urn:ietf:params:scim:api:messages:2.0:Error".to_owned()));
    assert_eq!(asked(&server, &server.token("dr-hopital"), "GET", "/scim/v2/Users").send().status, 401, "a user who is not in the directory");
    assert_eq!(asked(&server, &server.token("dr-fictif"), "GET", "/scim/v2/Users").send().status, 403, "a user of another structure");
}

#[test]
fn what_came_of_a_deposit_is_found_by_the_senders_own_reference_and_names_nobody() {
    let feeder = Feeder::new(true);
    let server = Server::start(BINARY, &Options { patients: 18, arguments: feeder.register(None), ..Options::default() });
    let profession = dmp_synth::identity("dr-hopital").unwrap().profession.unwrap();
    feeder.users(&server.url, &format!("dr;{};Anne;HOPITAL;{};oui;\n", world::national("dr-hopital"), profession.key()));
    let pdf = |words: &str| format!("%PDF-1.7 {words}").into_bytes();
    // Taken; refused by the server for its type; waiting for a document that it replaces; refused by the feeder itself.
    feeder.drop_file("a.hl7", &mdm("T02", "RIS-1", &cda(31, "Titre secret"), "Titre secret", ""));
    feeder.drop_file(
        "b.hl7",
        &String::from_utf8(mdm("T02", "RIS-2", &pdf("un"), "Titre secret", "9.2^RIS")).unwrap().replace("18748-4", "00000-0").into_bytes(),
    );
    feeder.drop_file(
        "c.hl7",
        &mdm("T10", "RIS-3", &pdf("deux"), "Titre secret", "1.2.250.1.213.1.1.9.993.3^^1.2.250.1.213.1.1.9.993.3^ISO|1.2.250.1.213.1.1.9.993.2"),
    );
    let nobody = String::from_utf8(mdm("T02", "RIS-4", &pdf("trois"), "x", "")).unwrap().replace("ASIP-SANTE-INS-NIR&", "");
    feeder.drop_file("d.hl7", nobody.as_bytes());
    let (dir, key) = (feeder.path("feed"), feeder.path("key.pem"));
    dmp(&["feed", &dir, "--server", &server.url, "--key", &key, "--once", "--retry-ms", "20"]).unwrap();
    let report = feeder.report();
    assert_eq!((&report["sent"], &report["refused"], &report["waiting"]), (&json!(1), &json!(2), &json!(1)), "{report}");
    assert_eq!(report["waiting_since"], report["delays"][0]["received_at"], "{report}");

    // The feeder tells its own people, by the control id, in words and for machines.
    let find = |reference: &str| -> Value { serde_json::from_str(&dmp(&["feed", "status", &dir, "--find", reference, "--json"]).unwrap()).unwrap() };
    let state = |reference: &str| (text(&find(reference), "/0/state").to_owned(), text(&find(reference), "/0/reasons/0/code").to_owned());
    assert_eq!(state("RIS-1"), ("sent".to_owned(), String::new()));
    assert_eq!(state("ris-4"), ("refused".to_owned(), "hl7-ins-missing".to_owned()));
    assert_eq!(state("d.hl7"), state("RIS-4"), "by the file too");
    assert_eq!((state("RIS-3").0.as_str(), find("RIS-5")), ("waiting", json!([])));
    let document = text(&find("RIS-2"), "/0/document").to_owned();
    assert_eq!(find(&document), find("RIS-2"));
    let (_, code) = state("RIS-2");
    let words = dmp(&["feed", "report", &dir, "--find", "RIS-2"]).unwrap();
    assert!(words.starts_with("refused") && words.contains(&code) && words.contains("send it again"), "{words}");

    // The server tells the staff of the structure what reached it.
    let staff = Session::of(&server, "dr-hopital");
    let page = |session: &Session, query: &str| world::without_tokens(&session.get(&server, &format!("/pro/deposits{query}")).text());
    let today = page(&staff, "");
    for shown in ["RIS-1", "RIS-2", "RIS-3", &document, "urn:oid:1.2.250.1.213.1.1.9.994.31", &code, "(3)", "Refusés (1)", "En attente (1)"] {
        assert!(today.contains(shown), "{shown}: {today}");
    }
    for hidden in ["RIS-4", "Titre secret", "EXEMPLE", text(&identifier(PERSON), "/value"), "a.hl7"] {
        assert!(!today.contains(hidden), "{hidden}: {today}");
    }
    let refused = page(&staff, "?show=refused");
    assert!(refused.contains("RIS-2") && !refused.contains("RIS-1") && !refused.contains("RIS-3"), "{refused}");
    let asked_for =
        |session: &Session, reference: &str| world::without_tokens(&session.post(&server, "/pro/deposits", &[("reference", reference)]).text());
    let found = asked_for(&staff, "RIS-2");
    assert!(found.contains(&document) && found.contains(&code) && !found.contains("RIS-3"), "{found}");
    let none = asked_for(&staff, "RIS-4");
    assert!(none.contains("Rien n&#39;est arrivé") || none.contains("Rien n'est arrivé"), "{none}");

    // What it waited for comes: one line, taken, after two sendings or more.
    feeder.drop_file("e.hl7", &mdm("T02", "RIS-6", &pdf("zéro"), "Titre secret", "1.2.250.1.213.1.1.9.993.2"));
    dmp(&["feed", &dir, "--server", &server.url, "--key", &key, "--once", "--retry-ms", "20"]).unwrap();
    let after = page(&staff, "?days=7");
    assert!(after.contains("En attente (0)") && after.contains("Tous (4)") && after.contains("envois, le premier le"), "{after}");

    // Another structure's doctor is told of their own deposits alone, and the staff not of those.
    let elsewhere = server.token_with("dr-fictif", &[("consent_now", "true")]);
    let own = json!({
        "resourceType": "DocumentReference", "status": "current", "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.250.1.213.1.1.9.992.1" },
        "subject": { "identifier": identifier(PERSON) }, "content": [{ "attachment": { "contentType": "application/pdf", "data": "JVBERi0=" } }],
    });
    let sent = asked(&server, &elsewhere, "POST", "/fhir/DocumentReference").header("x-correlation-id", "Jean EXEMPLE");
    assert!(sent.body("application/fhir+json", own.to_string()).send().status >= 400);
    let doctor = Session::of(&server, "dr-fictif");
    let theirs = page(&doctor, "");
    assert!(theirs.contains("992.1") && theirs.contains("Refusés (1)") && !theirs.contains("RIS-") && !theirs.contains("Jean"), "{theirs}");
    assert!(!page(&staff, "").contains("992.1"));
    assert!(!asked_for(&doctor, "RIS-1").contains("994.31"), "a reference that is known gives nothing to who did not send it");
    let log = std::fs::read_to_string(server.log()).unwrap();
    assert!(!log.contains("RIS-") && !log.contains("Jean"), "no reference is in the log");
}
