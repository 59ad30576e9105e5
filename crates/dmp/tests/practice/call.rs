//! `/pro/appel`: who opens what, how often, and what stands in addresses.

use dmp_testkit::{Answer, Options, Server, form_value};
use serde_json::{Value, json};

use crate::world::{Clock, Session, asked, scratch};
use crate::{CLIENT, DOCTOR, PERSON, go_on, number, waiting};

fn start() -> Server {
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 2, ..Options::default() })
}

fn ins(handle: &str) -> String {
    number(handle)["value"].as_str().unwrap().to_owned()
}

fn ticket(server: &Server, token: &str, wanted: &Value) -> Answer {
    asked(server, token, "POST", "/pro/appel/ticket").body("application/json", wanted.to_string()).send()
}

/// The path of the address that a ticket gives.
fn address(server: &Server, answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["url"].as_str().unwrap().trim_start_matches(server.url.as_str()).to_owned()
}

fn post(server: &Server, origin: Option<&str>, form: &[(&str, &str)]) -> Answer {
    let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", form_value(value))).collect();
    let request = server.request("POST", "/pro/appel").body("application/x-www-form-urlencoded", body.join("&"));
    origin.map_or_else(|| request.clone(), |origin| request.clone().header("origin", origin)).send()
}

fn location(answer: &Answer) -> &str {
    answer.header("location").unwrap_or_else(|| panic!("{} {}", answer.status, answer.text()))
}

#[test]
fn a_ticket_opens_its_page_once_for_its_professional_within_five_minutes() {
    let clock = Clock::new();
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 2, arguments: clock.arguments(), ..Options::default() });
    let (token, session) = (server.token(DOCTOR), Session::of(&server, DOCTOR));
    let targets = [
        ("", ""),
        ("synthese", ""),
        ("patient", ""),
        ("gestion", ""),
        ("acces", ""),
        ("volontes", ""),
        ("documents", "#documents"),
        ("parcours", "#documents"),
    ];
    for (target, mark) in targets {
        let path = address(&server, &ticket(&server, &token, &json!({ "ins": ins(PERSON), "target": target })));
        assert!(!path.contains(&ins(PERSON)), "{path}");
        let opened = session.get(&server, &path);
        let place = location(&opened);
        assert!(place.starts_with("/pro/patients/") && place.ends_with(mark) && !place.contains(&ins(PERSON)), "{target}: {place}");
        assert_eq!(session.get(&server, place.split('#').next().unwrap()).status, 200, "{target}");
        // A second time, and by somebody else, it opens nothing.
        assert_eq!(session.get(&server, &path).status, 410, "{target}");
    }
    for (target, place) in [("tableau-de-bord", "/pro"), ("parametres", "/display")] {
        let path = address(&server, &ticket(&server, &token, &json!({ "ins": ins(PERSON), "target": target })));
        assert_eq!(location(&session.get(&server, &path)), place);
    }
    let fresh = || address(&server, &ticket(&server, &token, &json!({ "ins": ins(PERSON) })));
    let path = fresh();
    let other = Session::of(&server, "dr-cardio");
    assert_eq!(other.get(&server, &path).status, 403, "another professional's");
    assert_eq!(Session::of(&server, PERSON).get(&server, &path).status, 403, "no professional");
    assert_eq!(session.get(&server, &path).status, 303, "and it stays good for whose it is");
    let late = fresh();
    clock.shift(301);
    assert_eq!(session.get(&server, &late).status, 410, "five minutes later");
    clock.shift(0);
    for forged in ["", "x", &format!("{}A", fresh().rsplit('=').next().unwrap())] {
        assert_eq!(session.get(&server, &format!("/pro/appel?ticket={forged}")).status, 410, "{forged}");
    }
}

#[test]
fn of_many_who_bring_one_ticket_at_once_one_is_let_in() {
    let server = start();
    let (token, session) = (server.token(DOCTOR), Session::of(&server, DOCTOR));
    let path = address(&server, &ticket(&server, &token, &json!({ "ins": ins(PERSON) })));
    let statuses = crate::world::at_once(20, &[(); 20], |()| session.get(&server, &path).status);
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 303 | 410)), "{statuses:?}");
}

#[test]
fn whoever_may_not_read_lands_on_the_same_page_whether_there_is_a_record_or_not() {
    let server = start();
    let (token, session) = (server.token("dr-inconnu"), Session::of(&server, "dr-inconnu"));
    let page = |handle: &str| {
        let path = address(&server, &ticket(&server, &token, &json!({ "ins": ins(handle) })));
        let place = location(&session.get(&server, &path)).to_owned();
        let page = session.get(&server, &place);
        (page.status, crate::world::without_tokens(&page.text()).replace(place.as_str(), "/pro/patients/…"))
    };
    let (with, without) = (page(PERSON), page("victor-essai"));
    assert_eq!((with.0, with.1 == without.1), (403, true));
}

#[test]
fn software_hears_which_member_of_its_request_is_wrong() {
    let server = start();
    let token = server.token(DOCTOR);
    let number = ins(PERSON);
    let wrong = [
        (json!([]), "body"),
        (json!({ "ins": number, "colour": "red" }), "body"),
        (json!({}), "ins"),
        (json!({ "ins": "1234" }), "ins"),
        (json!({ "ins": number, "ins_oid": "1.2.3" }), "ins"),
        (json!({ "patient": "made-up" }), "patient"),
        (json!({ "ins": number, "patient": "made-up" }), "patient"),
        (json!({ "ins": number, "target": "cuisine" }), "target"),
        (json!({ "ins": number, "app": "nobody" }), "app"),
        (json!({ "ins": number, "app": "carnet-essai" }), "app"),
        (json!({ "ins": number, "frame": true }), "frame"),
        (json!({ "ins": number, "frame": true, "app": "courbes-essai" }), "frame"),
        (json!({ "ins": number, "target": "documents", "app": "courbes-essai" }), "target"),
    ];
    for (wanted, parameter) in wrong {
        let answer = ticket(&server, &token, &wanted);
        assert_eq!((answer.status, answer.json()["parameter"].as_str()), (400, Some(parameter)), "{wanted}: {}", answer.text());
        assert!(!answer.text().contains(&number), "{wanted}: no number in an error");
    }
    // Only a named professional opens something, and with a scope that reads.
    assert_eq!(ticket(&server, &server.token(PERSON), &json!({ "ins": number })).status, 403);
    assert_eq!(ticket(&server, &server.token_with(DOCTOR, &[("scope", "user/DocumentReference.c")]), &json!({ "ins": number })).status, 403);
    assert_eq!(server.request("POST", "/pro/appel/ticket").body("application/json", "{}").send().status, 401);
}

#[test]
fn a_form_waits_for_the_session_and_asks_unless_a_registered_page_sent_it() {
    let register = scratch("clients");
    let known = "https://logiciel.example";
    let client = json!([{ "client_id": CLIENT, "software": "Logiciel", "structure_id": "1", "structure_name": "Cabinet", "scope": "user/*.rs",
        "jwks": { "keys": [] }, "embeds": [known] }]);
    std::fs::write(&register, client.to_string()).unwrap();
    let arguments = vec!["--clients".to_owned(), register.display().to_string()];
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 2, arguments, ..Options::default() });
    let _ = std::fs::remove_file(register);
    let session = Session::of(&server, DOCTOR);
    let number = ins(PERSON);
    let form: [(&str, &str); 2] = [("ins", &number), ("target", "documents")];
    // From a registered page: on to the patient.
    let sent = post(&server, Some(known), &form);
    assert_eq!((sent.status, sent.header("refresh")), (200, Some("0; url=/pro/appel")));
    let kept = waiting(&sent).unwrap();
    assert!(!kept.contains(&number) && !sent.text().contains(&number), "the number is sealed");
    let place = location(&go_on(&server, &session, &kept)).to_owned();
    assert!(place.starts_with("/pro/patients/") && place.ends_with("#documents"), "{place}");
    // From any other page, and from none: the professional is asked.
    for origin in [Some("https://evil.example"), Some("null"), None, Some("https://logiciel.example.evil.example")] {
        let kept = waiting(&post(&server, origin, &form)).unwrap();
        let asks = go_on(&server, &session, &kept);
        assert_eq!(asks.status, 200, "{origin:?}");
        assert!(asks.text().contains("name=\"open\"") && asks.text().contains(&number), "{origin:?}");
        let answer = |csrf: &str, open: &str| {
            let form = format!("csrf={csrf}&open={open}");
            session.request_with(&server, "POST", "/pro/appel", &kept).body("application/x-www-form-urlencoded", form).send()
        };
        assert_eq!(location(&answer("0000", "1")), "/pro/appel", "a form that is not ours");
        let left = answer(&session.csrf(), "0");
        assert_eq!((location(&left), waiting(&left).as_deref()), ("/pro", Some("dmp_call=")), "a no is a no");
        assert!(location(&answer(&session.csrf(), "1")).starts_with("/pro/patients/"), "{origin:?}");
    }
    // Nobody signed in: to the sign-in page, and from there to the patient.
    let kept = waiting(&post(&server, Some(known), &form)).unwrap();
    let asked = server.request("GET", "/pro/appel").header("cookie", &kept).send();
    assert_eq!(location(&asked), "/signin");
    let home = session.request_with(&server, "GET", "/pro", &kept).send();
    assert_eq!((home.status, home.header("refresh")), (200, Some("0; url=/pro/appel")));
    // What cannot be opened is said at once; what was made up leads home.
    assert_eq!(post(&server, Some(known), &[("ins", "12345")]).status, 422);
    assert_eq!(post(&server, Some(known), &[("ins", &number), ("target", "cuisine")]).status, 422);
    assert_eq!(location(&go_on(&server, &session, "dmp_call=made-up")), "/pro");
    assert!(!std::fs::read_to_string(server.log()).unwrap().contains(&number), "no number in the log");
}
