//! Sharing by a link, through the built program: a SMART Health Links viewer of another make, the page for whoever has none, codes tried by a
//! thousand at once, and what a link gives while the person hides and shows their documents.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by ending"
)]

mod npm;
mod world;

use std::collections::BTreeSet;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use dmp_testkit::{Answer, Server, form_value};
use serde_json::{Value, json};
use world::{Clock, Session, asked, at_once, done, listing, operate, pages, search_token, start, text};

const PERSON: &str = "claire-exemple";
/// An allergy of the demonstration.
const ALLERGY: &str = "Sulfaméthoxazole";

/// A link as whoever got it reads it.
struct Link {
    /// Path of the manifest.
    manifest: String,
    /// Path of the page.
    page: String,
    key: Vec<u8>,
    payload: Value,
    code: Option<String>,
    name: String,
}

impl Link {
    fn of(server: &Server, page: &str) -> Self {
        let link = between(page, "<textarea", "</textarea>").split_once('>').unwrap().1.to_owned();
        let (page_address, shlink) = link.split_once("#shlink:/").unwrap();
        let payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(shlink).unwrap()).unwrap();
        let path = |address: &str| address.strip_prefix(&server.url).unwrap().to_owned();
        Link {
            manifest: path(text(&payload, "/url")),
            page: path(page_address),
            key: URL_SAFE_NO_PAD.decode(text(&payload, "/key")).unwrap(),
            code: page.contains("class=\"passcode").then(|| between(page, "class=\"passcode digits\"><strong>", "<").replace(' ', "")),
            name: between(page, "name=\"link\" value=\"", "\"").to_owned(),
            payload,
        }
    }

    fn sent(server: &Server, session: &Session, more: &[(&str, &str)]) -> Self {
        let fields = [&[("label", "Docteur Essai"), ("days", "7"), ("openings", "50")], more].concat();
        let answer = session.post_shown(server, "/share/send", &fields);
        Link::of(server, &answer.text())
    }

    fn shown(server: &Server, session: &Session) -> Self {
        let answer = session.post(server, "/share/show", &[]);
        assert_eq!(answer.status, 303, "{}", answer.text());
        Link::of(server, &session.get(server, answer.header("location").unwrap()).text())
    }

    fn ask(&self, server: &Server, code: Option<&str>) -> Answer {
        let body = json!({ "recipient": "Docteur Essai", "passcode": code });
        server.request("POST", &self.manifest).body("application/json", body.to_string()).send()
    }

    fn open(&self, server: &Server) -> Answer {
        self.ask(server, self.code.as_deref())
    }

    /// The files of an answer, decrypted with the link's key.
    fn files(&self, answer: &Answer) -> Vec<Value> {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let manifest = answer.json();
        let files = manifest["files"].as_array().unwrap().iter();
        files.map(|file| serde_json::from_slice(&self.decrypted(file["embedded"].as_str().unwrap())).unwrap()).collect()
    }

    fn decrypted(&self, envelope: &str) -> Vec<u8> {
        let parts: Vec<&str> = envelope.split('.').collect();
        assert_eq!((parts.len(), parts[1]), (5, ""));
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[0]).unwrap()).unwrap();
        assert_eq!(header, json!({ "alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json" }));
        let [nonce, ciphertext, tag] = [2, 3, 4].map(|part| URL_SAFE_NO_PAD.decode(parts[part]).unwrap());
        let mut bytes = [ciphertext, tag].concat();
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &self.key).unwrap());
        key.open_in_place(Nonce::try_assume_unique_for_key(&nonce).unwrap(), Aad::from(parts[0].as_bytes()), &mut bytes).unwrap().to_vec()
    }
}

fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    page.split(from).nth(1).unwrap_or_else(|| panic!("no `{from}` in {page}")).split(to).next().unwrap()
}

/// Waits until the program has read every document of a person.
fn all_read(server: &Server, token: &str, handle: &str) {
    for _ in 0..600 {
        let answer = asked(server, token, "GET", &format!("/fhir/Patient/$dmp-find?identifier={}&query=x", search_token(handle))).send();
        done(&answer);
        let waits = answer.json()["parameter"].as_array().unwrap().iter().any(|one| one["name"] == "waiting" && one["valueInteger"] != 0);
        if !waits {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    panic!("documents still wait for being read");
}

fn journal(server: &Server, session: &Session) -> String {
    session.get(server, "/journal?kind=all").text().replace('\u{a0}', " ").replace("&#39;", "'").replace("&#34;", "\"")
}

fn knock(server: &Server, link: &Link, name: &str, code: &str) -> Answer {
    let body = format!("recipient={}&passcode={}", form_value(name), form_value(code));
    server.request("POST", &link.page).body("application/x-www-form-urlencoded", body).send()
}

/// Shows every document that the person hid.
fn shows_all(server: &Server, session: &Session, token: &str) -> Vec<Value> {
    let documents = pages(server, token, &listing(PERSON));
    for document in documents.iter().filter(|document| document["securityLabel"].to_string().contains("MASQUE_PS")) {
        assert_eq!(session.post(server, &format!("/documents/{}/show", text(document, "/id")), &[]).status, 303);
    }
    pages(server, token, &listing(PERSON))
}

#[test]
fn a_viewer_of_another_make_opens_links() {
    let clock = Clock::new();
    npm::play("share.mjs", &start(1, &clock, None).url);
}

#[test]
fn a_thousand_guesses_at_once_are_looked_at_no_more_often_than_there_are_tries() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let session = Session::of(&server, PERSON);
    let link = Link::sent(&server, &session, &[]);
    let right = link.code.clone().unwrap();
    let guesses: Vec<String> = (0..1_001).map(|number| format!("{number:06}")).filter(|guess| *guess != right).take(1_000).collect();
    let answers = at_once(100, &guesses, |guess| link.ask(&server, Some(guess)));
    let looked_at: Vec<u64> =
        answers.iter().filter(|answer| answer.status == 401).map(|answer| answer.json()["remainingAttempts"].as_u64().unwrap()).collect();
    assert!(answers.iter().all(|answer| [401, 404, 429].contains(&answer.status)), "{:?}", answers.iter().find(|answer| answer.status == 503));
    println!("figure: share-guesses {}", looked_at.len());
    assert_eq!(looked_at.iter().collect::<BTreeSet<_>>().len(), looked_at.len(), "each try is counted once: {looked_at:?}");
    assert_eq!(looked_at.len(), 5, "{looked_at:?}");
    assert!([404, 429].contains(&link.open(&server).status), "the right code comes too late");
    assert_eq!(journal(&server, &session).matches("a donné un code faux pour le lien").count(), 5);
    assert!(session.get(&server, "/share").text().contains("trop de codes faux"));
    // Another link is served whatever the count of wrong ones.
    let other = Link::shown(&server, &session);
    assert_eq!(other.open(&server).status, 200);
}

#[test]
fn a_link_opens_as_often_as_it_says_however_many_ask_at_once() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let session = Session::of(&server, PERSON);
    let link = Link::shown(&server, &session);
    let most = 5;
    let answers = at_once(40, &[(); 60], |()| link.open(&server));
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), most);
    assert_eq!(journal(&server, &session).matches("a ouvert le lien « Montré sur un écran »").count(), most);
    assert!(session.get(&server, "/share").text().contains("Ouvert 5 fois sur 5"));
}

#[test]
fn the_page_asks_for_name_and_code_and_opens_nothing_before() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let session = Session::of(&server, PERSON);
    all_read(&server, &server.token(PERSON), PERSON);
    let link = Link::sent(&server, &session, &[("openings", "1")][..0]);
    let code = link.code.clone().unwrap();
    for _ in 0..3 {
        let asked = server.request("GET", &link.page).send();
        assert_eq!(asked.status, 200);
        assert!(!asked.text().contains("EXEMPLE") && asked.text().contains("Six chiffres"), "{}", asked.text());
    }
    assert_eq!(knock(&server, &link, " ", &code).status, 422);
    let missing = knock(&server, &link, "Docteur <Essai>", "");
    assert_eq!(missing.status, 422);
    assert!(missing.text().contains("Docteur &#60;Essai&#62;"), "what was typed is kept: {}", missing.text());
    let wrong = knock(&server, &link, "Docteur <Essai>", &format!("{code}9"));
    assert!(wrong.status == 422 && wrong.text().contains("Essais restants") && wrong.text().contains(" 4."), "{}", wrong.text());
    let opened = knock(&server, &link, "Docteur <Essai>", &format!("{} {}", &code[..3], &code[3..]));
    assert_eq!(opened.status, 200);
    assert!(opened.text().contains("EXEMPLE") && opened.text().contains(ALLERGY), "{}", opened.text());
    assert!(!opened.text().contains("href=\"/documents/"), "nothing leads into the record: {}", opened.text());
    let told = journal(&server, &session);
    assert!(told.contains("une personne qui dit être « Docteur &#60;Essai&#62; » a ouvert le lien « Docteur Essai »"), "{told}");
    assert!(told.contains("vous avez créé le lien « Docteur Essai » pour partager une partie du dossier."), "{told}");
    // The person is told, with the name as it was given.
    let notices = session.get(&server, "/notices").text().replace('\u{a0}', " ");
    assert!(notices.contains("une personne qui dit être « Docteur &#60;Essai&#62; » a ouvert un lien"), "{notices}");
    let kinds: Vec<(&str, &str)> = vec![("language", "fr"), ("rhythm", "at-once")];
    assert_eq!(session.post(&server, "/notices", &kinds).status, 303);
    assert_eq!(knock(&server, &link, "Deuxième lecteur", &code).status, 200);
    assert!(!session.get(&server, "/notices").text().contains("Deuxième lecteur"), "who switched such notices off gets none");
    // The address of the manifest does not open the page, nor the other way round.
    let swapped = link.manifest.replace("/shl/", "/share/open/");
    assert_eq!(server.request("GET", &swapped).send().status, 404);
    let body = json!({ "recipient": "x" }).to_string();
    assert_eq!(server.request("POST", &link.page.replace("/share/open/", "/shl/")).body("application/json", body).send().status, 404);
}

#[test]
fn a_link_that_leads_nowhere_answers_as_one_that_never_was() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let session = Session::of(&server, PERSON);
    let (stopped, expired) = (Link::sent(&server, &session, &[]), Link::shown(&server, &session));
    assert_eq!(session.post(&server, "/share/stop", &[("link", &stopped.name)]).status, 303);
    assert_eq!(session.post(&server, "/share/stop", &[("link", &stopped.name)]).status, 303, "stopping twice is stopping");
    clock.shift(15 * 60 - 5);
    assert_eq!(expired.open(&server).status, 200);
    clock.shift(15 * 60 + 5);
    let body = json!({ "recipient": "x" }).to_string();
    let made_up = server.request("POST", "/shl/AAAA").body("application/json", body).send();
    assert_eq!(made_up.status, 404);
    for answer in [stopped.open(&server), expired.open(&server)] {
        let without_date = |answer: &Answer| answer.headers.iter().filter(|(name, _)| name != "date").cloned().collect::<Vec<_>>();
        assert_eq!((answer.status, &answer.body, without_date(&answer)), (404, &made_up.body, without_date(&made_up)));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    let gone = |path: &str| server.request("GET", path).send().text().replace(path, "");
    assert_eq!(gone(&stopped.page), gone("/share/open/AAAA"));
    // Every viewer may ask; no other address answers to other origins.
    let preflight = server.request("OPTIONS", &stopped.manifest).send();
    assert_eq!((preflight.status, preflight.header("access-control-allow-methods")), (204, Some("POST, GET")));
    for path in ["/", "/share", "/fhir/metadata", stopped.page.as_str()] {
        assert_eq!(server.request("GET", path).send().header("access-control-allow-origin"), None, "{path}");
    }
    for body in ["", "[]", "{}", r#"{"recipient":""}"#, &format!(r#"{{"recipient":"{}"}}"#, "a".repeat(20_000))] {
        let answer = server.request("POST", &expired.manifest).body("application/json", body).send();
        assert!([400, 413].contains(&answer.status), "{} for {body:.20}", answer.status);
    }
}

#[test]
fn closing_or_suspending_a_record_ends_its_links_for_good() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let session = Session::of(&server, PERSON);
    let (person, agent) = (server.token(PERSON), server.token("agent-cpam"));
    let before = Link::sent(&server, &session, &[]);
    done(&operate(&server, &agent, "dmp-suspend", PERSON, &[("reason", json!("essai"))]));
    assert_eq!(before.open(&server).status, 404);
    done(&operate(&server, &agent, "dmp-lift-suspension", PERSON, &[]));
    assert_eq!(before.open(&server).status, 404, "it stays ended");
    let link = Link::sent(&server, &session, &[]);
    assert_eq!(link.open(&server).status, 200);
    done(&operate(&server, &person, "dmp-close", PERSON, &[]));
    assert_eq!(link.open(&server).status, 404);
    assert_eq!(session.post(&server, "/reopen", &[]).status, 303);
    assert_eq!((link.open(&server).status, Link::sent(&server, &session, &[]).open(&server).status), (404, 200));
}

#[test]
fn what_a_link_gives_is_never_more_than_what_the_person_reads_and_has_not_hidden() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let (session, token) = (Session::of(&server, PERSON), server.token(PERSON));
    all_read(&server, &token, PERSON);
    let documents = shows_all(&server, &session, &token);
    let chosen: Vec<&Value> = documents.iter().take(12).collect();
    let mut fields = vec![("choosing", "documents")];
    fields.extend(chosen.iter().map(|document| ("document", text(document, "/id"))));
    let link = Link::sent(&server, &session, &fields);
    let titles =
        |files: &[Value]| files.iter().map(|file| (text(file, "/description").to_owned(), text(file, "/date").to_owned())).collect::<BTreeSet<_>>();
    let of = |document: &Value| {
        let bytes = asked(&server, &token, "GET", text(document, "/content/0/attachment/url").trim_start_matches(&server.url)).send().body;
        STANDARD.encode(bytes)
    };
    let contents: Vec<String> = chosen.iter().map(|document| of(document)).collect();
    let mut hidden: BTreeSet<usize> = BTreeSet::new();
    // A walk that hides and shows, the same each time.
    let mut seed = 7_u64;
    for _ in 0..24 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(seed >> 33).unwrap() % chosen.len();
        let act = if hidden.remove(&place) { "show" } else { "hide" };
        if act == "hide" {
            hidden.insert(place);
        }
        assert_eq!(session.post(&server, &format!("/documents/{}/{act}", text(chosen[place], "/id")), &[]).status, 303);
        let files = link.files(&link.open(&server));
        let given: Vec<&str> = files.iter().map(|file| text(file, "/content/0/attachment/data")).collect();
        let expected: Vec<&str> = contents.iter().enumerate().filter(|(at, _)| !hidden.contains(at)).map(|(_, bytes)| bytes.as_str()).collect();
        assert_eq!(given, expected, "hidden: {hidden:?}, given: {:?}", titles(&files));
    }
    // The summary follows, and so do the files of an opening that was a moment ago.
    let summary = Link::shown(&server, &session);
    let holds = |link: &Link| link.files(&link.open(&server))[0].to_string().contains(ALLERGY);
    assert!(holds(&summary));
    let located = json!({ "recipient": "x", "passcode": link.code, "embeddedLengthMax": 10 }).to_string();
    let manifest = server.request("POST", &link.manifest).body("application/json", located).send().json();
    let file = text(&manifest, "/files/0/location").strip_prefix(&server.url).unwrap().to_owned();
    let jose = server.request("GET", &file).send();
    assert_eq!((jose.status, jose.header("content-type")), (200, Some("application/jose")));
    assert_eq!(session.post(&server, "/access/mask-all", &[("all_masked", "on")]).status, 303);
    assert!(!holds(&summary), "what is hidden from professionals is in no link");
    assert_eq!(server.request("GET", &file).send().status, 404);
    assert!(link.files(&link.open(&server)).is_empty());
    // A document that the person may not name is none that they may share; an address that was made up neither.
    let nothing = session.post(
        &server,
        "/share/send",
        &[("label", "x"), ("days", "7"), ("openings", "3"), ("choosing", "documents"), ("document", text(chosen[0], "/id"))],
    );
    assert_eq!(nothing.status, 404, "{}", nothing.text());
}

#[test]
fn a_parents_link_tells_nothing_of_secret_care_and_a_minor_shares_nothing_alone() {
    let clock = Clock::new();
    let server = start(6, &clock, None);
    let (tom, sophie) = (server.token("tom-fictif"), server.token("sophie-fictif"));
    all_read(&server, &tom, "tom-fictif");
    let own = Session::of(&server, "tom-fictif");
    assert_eq!(own.post(&server, "/share/show", &[]).status, 403);
    assert!(own.get(&server, "/share").text().contains("Vous ne pouvez pas partager"));
    let ids = |token: &str| -> BTreeSet<String> {
        pages(&server, token, &listing("tom-fictif")).iter().map(|document| text(document, "/id").to_owned()).collect()
    };
    let (all, open) = (ids(&tom), ids(&sophie));
    let secret: Vec<&String> = all.difference(&open).collect();
    assert!(!secret.is_empty() && !open.is_empty(), "Tom has secret care: {} of {}", secret.len(), all.len());
    let parent = Session::of(&server, "sophie-fictif");
    let chosen = |id: &str| {
        parent.post(&server, "/share/send", &[("label", "École"), ("days", "1"), ("openings", "1"), ("choosing", "documents"), ("document", id)])
    };
    assert_eq!(chosen(secret[0]).status, 404);
    let link = Link::shown(&server, &parent);
    let bundle = link.files(&link.open(&server))[0].to_string();
    for id in &secret {
        assert!(!bundle.contains(id.as_str()), "a secret document is a source of the shared summary");
    }
    let page = parent.get(&server, "/share/documents").text();
    assert!(secret.iter().all(|id| !page.contains(id.as_str())) && open.iter().any(|id| page.contains(id.as_str())));
    // Of age, her link leads nowhere: who made it no longer reads the record.
    let sent = Link::sent(&server, &parent, &[("days", "90")]);
    assert_eq!(sent.open(&server).status, 200);
    clock.shift(4 * 366 * 86_400);
    assert_eq!(sent.open(&server).status, 404);
}

#[test]
fn the_code_of_the_emergency_card_leads_to_the_essentials_until_it_is_taken_away() {
    let clock = Clock::new();
    let server = start(10, &clock, None);
    let session = Session::of(&server, PERSON);
    all_read(&server, &server.token(PERSON), PERSON);
    let without = session.get(&server, "/emergency-card.pdf");
    assert!(!holds(&without.body, b"/Figure"));
    let switched = session.post(&server, "/share/emergency", &[("code", "on")]);
    assert!(switched.header("location").unwrap().contains("said=card-code-on"));
    assert!(holds(&session.get(&server, "/emergency-card.pdf").body, b"/Figure"));
    assert_eq!(session.get(&server, "/emergency-card").text().matches("class=\"qr\"").count(), 2, "on the sheet and on the card");
    // A helper sees the card and not its code.
    let seen = Session::of(&server, "jean-exemple").get(&server, "/emergency-card");
    assert!(seen.status == 200 && !seen.text().contains("class=\"qr\"") && !seen.text().contains("/share/emergency"), "{}", seen.text());
    let list = session.get(&server, "/share").text();
    let name = between(&list, "/share/links/", "\"").to_owned();
    let card = Link::of(&server, &session.get(&server, &format!("/share/links/{name}")).text());
    assert_eq!((text(&card.payload, "/flag"), card.code.as_deref()), ("L", None));
    clock.shift(200 * 86_400);
    let bundle = &card.files(&card.open(&server))[0];
    let sections: Vec<&str> =
        bundle["entry"][0]["resource"]["section"].as_array().unwrap().iter().map(|section| text(section, "/code/coding/0/code")).collect();
    assert!(sections.contains(&"48765-2") && !sections.contains(&"30954-2"), "allergies, and no results: {sections:?}");
    assert!(bundle.to_string().contains(ALLERGY));
    let page = knock(&server, &card, "Secours", "");
    assert!(page.status == 200 && page.text().contains(ALLERGY), "{}", page.text());
    // A new one ends the one before; taken away, none leads anywhere.
    let session = Session::of(&server, PERSON);
    assert_eq!(session.post(&server, "/share/emergency", &[("code", "on")]).status, 303);
    assert_eq!(card.open(&server).status, 404);
    assert_eq!(session.post(&server, "/share/emergency", &[("code", "off")]).status, 303);
    assert!(!holds(&session.get(&server, "/emergency-card.pdf").body, b"/Figure"));
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[test]
fn a_form_that_is_wrong_comes_back_with_what_was_typed() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let session = Session::of(&server, PERSON);
    let post = |fields: &[(&str, &str)]| session.post(&server, "/share/send", fields);
    let empty = post(&[("label", "  "), ("days", "30"), ("openings", "10")]);
    assert!(empty.status == 422 && empty.text().contains("<option value=\"30\" selected>"), "{}", empty.text());
    let long = post(&[("label", "Docteur « Essai » <b>"), ("days", "4000"), ("openings", "10")]);
    assert!(long.status == 422 && long.text().contains("&#60;b&#62;"), "{}", long.text());
    assert_eq!(post(&[("label", "x"), ("days", "7"), ("openings", "3"), ("choosing", "documents")]).status, 422);
    assert_eq!(post(&[("label", "x"), ("days", "7"), ("openings", "3"), ("document", "AAAA")]).status, 404);
    let without_token = session.request(&server, "POST", "/share/send").body("application/x-www-form-urlencoded", "label=x&days=7&openings=3").send();
    assert!(without_token.header("location").unwrap().contains("form-expired"));
    assert!(session.get(&server, "/share").text().contains("Aucun lien actif"));
    // What leads to its page shows the code there as often as the page is loaded, in this session alone.
    let sent = post(&[("label", "Docteur Essai"), ("days", "7"), ("openings", "50")]);
    let (to, shown) = (sent.header("location").unwrap().to_owned(), sent.header("set-cookie").unwrap().split(';').next().unwrap().to_owned());
    let load = |whose: &Session| whose.request_with(&server, "GET", &to, &shown).send().text();
    let code = Link::of(&server, &load(&session)).code.expect("a code");
    assert_eq!(Link::of(&server, &load(&session)).code, Some(code.clone()));
    assert!(!session.get(&server, &to).text().contains("class=\"passcode"), "without the cookie");
    assert_eq!(Link::of(&server, &load(&Session::of(&server, PERSON))).code, None, "in another session");
    assert!(!to.contains(&code) && !shown.contains(&code), "the code stands in no address and no cookie");
    // The same form sent twice makes one link; twenty are the most.
    for _ in 0..2 {
        Link::sent(&server, &session, &[]);
    }
    assert_eq!(session.get(&server, "/share").text().matches("name=\"link\"").count(), 1);
    for number in 0..19 {
        assert_eq!(post(&[("label", &format!("Lecteur {number}")), ("days", "7"), ("openings", "3")]).status, 303);
    }
    let full = post(&[("label", "Un de trop"), ("days", "7"), ("openings", "3")]);
    assert!(full.status == 422 && full.text().contains("Un de trop") && full.text().contains("Vingt liens"), "{}", full.text());
    // No secret and no code in the log.
    let link = Link::of(&server, &session.get(&server, &format!("/share/links/{}", between(&full.text(), "/share/links/", "\""))).text());
    assert_eq!(link.ask(&server, Some("000000")).status, 401);
    let log = std::fs::read_to_string(server.log()).unwrap();
    let secret = link.manifest.trim_start_matches("/shl/");
    assert!(!log.contains(secret) && !log.contains("000000") && !log.contains("Lecteur") && !log.contains("Docteur Essai"));
}
