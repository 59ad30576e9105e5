//! How the person's site answers: compressed where that tells nothing; a session that ends under a form; who is offered what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod world;

use std::io::Read;

use dmp_testkit::{Answer, Server};
use world::{Clock, Session, start};

const PERSON: &str = "claire-exemple";
const FORM: &str = "application/x-www-form-urlencoded";
const TYPED: &str = "hormone de croissance";

fn installed() -> (Clock, Server, Session) {
    let clock = Clock::new();
    let server = start(2, &clock, None);
    let session = Session::of(&server, PERSON);
    (clock, server, session)
}

/// A page as a browser asks for it.
fn packed(server: &Server, session: &Session, path: &str) -> Answer {
    session.request(server, "GET", path).header("accept-encoding", "gzip, deflate, br").send()
}

fn is_packed(answer: &Answer) -> bool {
    answer.header("content-encoding") == Some("gzip")
}

fn unpacked(answer: &Answer) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_string(&mut text).unwrap();
    text
}

/// The hidden field of a page's first form.
fn token(page: &str) -> String {
    page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn a_page_leaves_compressed_and_is_the_same_page() {
    let (_clock, server, session) = installed();
    let (plain, small) = (session.get(&server, "/"), packed(&server, &session, "/"));
    assert!(!is_packed(&plain) && is_packed(&small));
    assert_eq!(small.header("vary"), Some("Accept-Encoding"));
    assert!(small.body.len() * 4 < plain.body.len(), "{} of {}", small.body.len(), plain.body.len());
    // A page that says nothing of visits: it is the same twice.
    let (other, page) = (session.get(&server, "/help").text(), unpacked(&packed(&server, &session, "/help")));
    assert_eq!(page.replace(&token(&page), ""), other.replace(&token(&other), ""));
    assert!(is_packed(&packed(&server, &session, "/static/dmp.css")));
    assert!(!is_packed(&packed(&server, &session, "/fhir/metadata")), "what software reads goes out as it is");
}

#[test]
fn what_repeats_a_request_leaves_uncompressed_and_no_page_shows_the_same_token_twice() {
    let (_clock, server, session) = installed();
    for path in ["/?said=display", "/journal?kind=all", "/documents?topic=none", "/documents/aaaaaaaa"] {
        assert!(!is_packed(&packed(&server, &session, path)), "{path}");
    }
    let form = format!("csrf={}&q=diab%C3%A8te", session.csrf());
    let sent = session.request(&server, "POST", "/search").header("accept-encoding", "gzip").body(FORM, form).send();
    let found = packed(&server, &session, sent.header("location").unwrap());
    assert!(found.status == 200 && !is_packed(&found) && found.text().contains("diabète"), "{}", found.text());
    let tokens: Vec<String> = (0..3).map(|_| token(&session.get(&server, "/settings").text())).collect();
    assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2] && tokens.iter().all(|one| one.len() == tokens[0].len()), "{tokens:?}");
    // Each of them is good, for they are one token under several veils.
    for token in &tokens {
        let form = format!("csrf={token}&lang=fr&q=x");
        let sent = session.request(&server, "POST", "/search").body(FORM, form).send();
        assert!(sent.header("location").is_some_and(|to| to.starts_with("/search?for=")), "{} {}", sent.status, sent.text());
    }
    let forged = session.request(&server, "POST", "/search").body(FORM, "csrf=made-up&q=x").send();
    assert_eq!(forged.header("location"), Some("/search?said=form-expired"));
}

/// Signs in in the browser of an ended session, which brings its other cookies along.
fn signs_in_again(server: &Server, identity: &str, cookies: &str) -> String {
    let entered = server.request("POST", "/signin").header("cookie", cookies).body(FORM, format!("identity={identity}")).send();
    let session = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    format!("{session}; {cookies}")
}

fn cookie_of(answer: &Answer) -> String {
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

#[test]
fn a_form_sent_after_the_session_ended_waits_for_who_wrote_it() {
    let (clock, server, session) = installed();
    clock.shift(21 * 60);
    let late = session.post(&server, "/search", &[("q", TYPED)]);
    assert_eq!((late.status, late.header("location")), (303, Some("/signin?said=form-kept")));
    assert!(!late.text().contains("hormone"));
    let back = cookie_of(&late);
    assert!(back.starts_with("dmp_back=") && !back.contains("hormone"), "the cookie holds a word alone: {back}");
    assert!(server.request("GET", "/signin?said=form-kept").send().text().contains("ce que vous aviez écrit vous attend"));
    // Somebody else at the same machine finds nothing.
    let other = signs_in_again(&server, "odette-specimen", &back);
    assert_eq!(server.request("GET", "/").header("cookie", &other).send().status, 200);
    assert_eq!(server.request("GET", "/signin/back").header("cookie", &other).send().header("location"), Some("/"));
    // Who wrote it is led to it, and sends it by a press.
    let again = signs_in_again(&server, PERSON, &back);
    assert_eq!(server.request("GET", "/").header("cookie", &again).send().header("location"), Some("/signin/back"));
    let page = server.request("GET", "/signin/back").header("cookie", &again).send().text();
    assert!(page.contains(TYPED) && page.contains("action=\"/search\""), "{page}");
    let form = format!("csrf={}&q=diab%C3%A8te", token(page.split("<main").nth(1).unwrap()));
    let sent = server.request("POST", "/search").header("cookie", &again).body(FORM, form).send();
    assert!(sent.header("location").is_some_and(|to| to.starts_with("/search?for=")), "{} {}", sent.status, sent.text());
    // Nobody is led there twice, and an hour later nothing is kept.
    assert_eq!(server.request("GET", "/").header("cookie", &again).send().status, 200);
    clock.shift((21 + 61) * 60);
    let later = signs_in_again(&server, PERSON, &back);
    assert_eq!(server.request("GET", "/signin/back").header("cookie", &later).send().header("location"), Some("/"));
}

#[test]
fn a_page_asked_after_the_session_ended_is_found_again_and_a_forged_form_is_not_kept() {
    let (clock, server, session) = installed();
    clock.shift(21 * 60);
    let asked = session.get(&server, "/results");
    assert_eq!(asked.header("location"), Some("/signin?said=session-ended"));
    let again = signs_in_again(&server, PERSON, &cookie_of(&asked));
    assert_eq!(server.request("GET", "/").header("cookie", &again).send().header("location"), Some("/signin/back"));
    assert_eq!(server.request("GET", "/signin/back").header("cookie", &again).send().header("location"), Some("/results"));
    let forged = session.request(&server, "POST", "/search").body(FORM, format!("csrf=made-up&q={}", TYPED.replace(' ', "+"))).send();
    assert_eq!(forged.header("location"), Some("/signin?said=session-ended"));
    let again = signs_in_again(&server, PERSON, &cookie_of(&forged));
    assert_eq!(server.request("GET", "/signin/back").header("cookie", &again).send().header("location"), Some("/search"));
}

#[test]
fn a_session_stays_as_long_as_its_owner_chose_and_says_until_when() {
    let (clock, server, session) = installed();
    assert!(session.get(&server, "/add/allergy").text().contains("Vous pouvez envoyer ce formulaire jusqu"));
    let refused = session.post(&server, "/settings/signin/session", &[("minutes", "100000")]);
    assert_eq!(refused.header("location"), Some("/settings/signin?said=try-again"));
    let chosen = session.post(&server, "/settings/signin/session", &[("minutes", "240")]);
    assert_eq!(chosen.header("location"), Some("/settings/signin?said=stay"));
    let cookie = chosen.header("set-cookie").unwrap();
    assert!(cookie.starts_with("dmp_stay=240;") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    clock.shift(239 * 60);
    assert_eq!(session.get(&server, "/settings").status, 200);
    // The next session of the browser too, but not a professional's.
    let next = |identity: &str| signs_in_again(&server, identity, "dmp_stay=240");
    let (person, professional) = (next(PERSON), next("dr-fictif"));
    let status = |path: &str, cookie: &str| server.request("GET", path).header("cookie", cookie).send().status;
    assert_eq!((status("/settings", &person), status("/pro", &professional)), (200, 200));
    clock.shift((239 + 60) * 60);
    assert_eq!((status("/settings", &person), status("/pro", &professional)), (200, 303));
}

#[test]
fn who_looked_opens_with_the_others() {
    let (_clock, server, session) = installed();
    for _ in 0..3 {
        session.get(&server, "/documents");
    }
    let shown = |path: &str| {
        let page = session.get(&server, path).text().replace('\u{a0}', " ");
        let lines = page.split("<ul class=\"journal\">").skip(1).filter_map(|day| day.split("</ul>").next()).flat_map(|day| day.split("<li").skip(1));
        // « À 14 h 05, vous avez lu… »
        let by_reader: Vec<bool> = lines.map(|line| line.split_once(", ").unwrap().1.starts_with("vous ")).collect();
        (by_reader.contains(&true), by_reader.contains(&false))
    };
    assert_eq!(shown("/journal"), (false, true));
    assert_eq!(shown("/journal?kind=own"), (true, false));
    assert_eq!(shown("/journal?kind=all"), (true, true));
}

#[test]
fn who_has_no_record_is_led_to_its_opening() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let victor = Session::of(&server, "victor-essai");
    for path in ["/results", "/journal", "/access", "/search"] {
        assert_eq!(victor.get(&server, path).header("location"), Some("/opening"), "{path}");
    }
    assert_eq!(victor.get(&server, "/").status, 200);
}

#[test]
fn a_helper_is_offered_what_is_open_to_them_alone() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let helper = Session::of(&server, "jean-exemple");
    for start in ["/", "/settings", "/easy", "/documents"] {
        let answer = helper.get(&server, start);
        assert_eq!(answer.status, 200, "{start}");
        let page = answer.text();
        let links: Vec<String> = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
        let pages =
            links.iter().filter(|link| link.starts_with('/') && !link.contains('#') && !link.starts_with("/static") && !link.ends_with(".pdf"));
        for link in pages {
            assert_eq!(helper.get(&server, &link.replace("&#38;", "&")).status, 200, "{start} offers {link}");
        }
    }
    assert!(helper.get(&server, "/").text().contains("la personne que vous aidez"));
}
