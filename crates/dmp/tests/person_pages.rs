//! The pages on which a person reads their record: by topic, along time, in simple words; the front door; display choices.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod world;

use std::collections::BTreeSet;

use dmp_testkit::Server;
use world::{Clock, Session, start};

const PERSON: &str = "claire-exemple";

fn installed() -> (Clock, Server, Session) {
    let clock = Clock::new();
    let server = start(2, &clock, None);
    let session = Session::of(&server, PERSON);
    (clock, server, session)
}

/// What stands between two marks, each time.
fn between<'p>(page: &'p str, before: &str, after: &str) -> Vec<&'p str> {
    page.split(before).skip(1).map(|rest| rest.split(after).next().unwrap()).collect()
}

/// The documents that a list names, page after page.
fn listed(server: &Server, session: &Session, first: &str) -> BTreeSet<String> {
    let (mut found, mut next) = (BTreeSet::new(), Some(first.to_owned()));
    while let Some(path) = next {
        let answer = session.get(server, &path);
        assert_eq!(answer.status, 200, "{path}");
        let page = answer.text();
        found.extend(between(&page, "<h3><a href=\"/documents/", "\"").into_iter().map(str::to_owned));
        next = between(&page, "<a class=\"more\" href=\"", "\"").first().map(|path| path.replace("&#38;", "&").replace("&amp;", "&"));
    }
    found
}

#[test]
fn each_document_stands_under_one_topic_and_none_is_lost() {
    let (_clock, server, session) = installed();
    let page = session.get(&server, "/documents").text();
    let chips = between(&page, "<nav aria-label=\"Choisir une sorte de document\" class=\"chips\">", "</nav>")[0];
    let counts: Vec<usize> = between(chips, "<span class=\"count\">", "</span>").iter().map(|count| count.parse().unwrap()).collect();
    let topics = between(chips, "href=\"/documents?topic=", "\"");
    assert_eq!(counts.len(), topics.len() + 1);
    assert!(topics.len() > 3, "the full record has documents of many topics");
    let everything = listed(&server, &session, "/documents");
    assert_eq!(everything.len(), counts[0]);
    let mut named = BTreeSet::new();
    for (topic, count) in topics.iter().zip(&counts[1..]) {
        let of_topic = listed(&server, &session, &format!("/documents?topic={topic}"));
        assert_eq!(of_topic.len(), *count, "{topic}");
        assert!(named.is_disjoint(&of_topic), "{topic} shares a document");
        named.extend(of_topic);
    }
    assert_eq!(named, everything);
    assert!(
        session.get(&server, "/documents?topic=no-such-topic").text().contains("<span class=\"count\">"),
        "an unknown topic shows the whole list"
    );
}

#[test]
fn the_timeline_is_filtered_without_a_name_in_its_address() {
    let (_clock, server, session) = installed();
    let page = session.get(&server, "/timeline").text();
    let who = between(&page, "<select id=\"who\" name=\"who\">", "</select>")[0];
    let choices: Vec<(&str, &str)> = between(who, "<option value=\"", "</option>").into_iter().filter_map(|one| one.split_once("\">")).collect();
    let (code, name) = choices[1];
    assert!(code.len() == 16 && code.chars().all(|letter| letter.is_ascii_hexdigit()), "{code}");
    let filtered = session.get(&server, &format!("/timeline?kind=&who={code}&year=")).text();
    let events: Vec<&str> = between(&filtered, "<li><span class=\"label\">", "</li>");
    assert!(!events.is_empty() && events.iter().all(|event| event.contains(name)), "only what {name} wrote");
    let of_year: Vec<String> =
        between(&session.get(&server, "/timeline?year=2026").text(), "<h2 id=\"y-", "\"").into_iter().map(str::to_owned).collect();
    assert_eq!(of_year, ["2026"]);
    let none = session.get(&server, "/timeline?year=1801").text();
    assert!(none.contains("Aucun événement à montrer."), "{none}");
}

/// The easy-to-read page once the documents, which are read behind the server's back, have given their facts.
fn once_read(server: &Server, session: &Session) -> String {
    for _ in 0..480 {
        let easy = session.get(server, "/easy").text();
        if easy.contains("<li><bdi>") {
            return easy;
        }
        std::thread::sleep(std::time::Duration::from_millis(250));
    }
    panic!("no fact came in two minutes");
}

#[test]
fn easy_pages_say_the_same_in_simple_words() {
    let (_clock, server, session) = installed();
    let easy = once_read(&server, &session);
    let home = session.get(&server, "/").text();
    for name in between(&easy, "<li><bdi>", "</bdi>") {
        let name = name.split(". C").next().unwrap();
        assert!(home.contains(name), "{name} stands on the first page too");
    }
    for path in ["/easy/who-looked", "/easy/who-may-look", "/easy/rights"] {
        assert!(session.get(&server, path).text().contains("Facile à lire"), "{path}");
    }
}

#[test]
fn the_front_door_says_what_it_is_and_shows_nobody() {
    let (_clock, server, session) = installed();
    let door = server.request("GET", "/").send();
    assert_eq!(door.status, 200);
    assert!(door.text().contains("href=\"/signin\"") && !door.text().contains("EXEMPLE"));
    assert!(session.get(&server, "/").text().contains("Claire EXEMPLE"), "with a session it is the record");
}

#[test]
fn a_display_choice_is_kept_on_the_device_and_a_made_up_one_is_not() {
    let (_clock, server, _session) = installed();
    let post = |body: &str| server.request("POST", "/display").body("application/x-www-form-urlencoded", body.to_owned()).send();
    let cookie = post("theme=dark&size=large").header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let page = server.request("GET", "/help").header("cookie", &cookie).send().text();
    assert!(page.contains("<html lang=\"fr\" class=\"dark large\">"), "{}", &page[..200]);
    assert_eq!(post("theme=dark%22&size=large").header("set-cookie"), None);
    let spoiled = server.request("GET", "/help").header("cookie", "dmp_display=\"><script>.large").send().text();
    assert!(spoiled.contains("<html lang=\"fr\">"), "{}", &spoiled[..200]);
}

#[test]
fn who_looked_is_told_however_often_the_person_looks_themself() {
    let (_clock, server, session) = installed();
    session.get(&server, "/");
    let token = server.token_with("dr-urgence", &[("purpose", "bris_de_glace"), ("reason", "malaise fictif")]);
    let answer = world::asked(&server, &token, "GET", &world::listing(PERSON)).send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let name = dmp_synth::identity("dr-urgence").unwrap().name.family;
    for _ in 0..70 {
        assert_eq!(session.get(&server, "/treatments").status, 200);
    }
    for visit in 0..2 {
        let home = session.get(&server, "/").text();
        let first = between(&home, "<li class=\"notice grave\">", "</li>");
        assert!(first.iter().any(|line| line.contains(&name) && line.contains("malaise fictif")), "visit {visit}: {first:?}");
        assert!(home.find("notice grave").unwrap() < home.find("Vos allergies").unwrap(), "before everything else");
        let looked = between(&home, "<h3>Qui a regardé</h3>", "</ul>");
        assert!(looked.first().is_some_and(|list| list.contains(&name)), "visit {visit}: {home}");
        assert!(!home.contains("Rien de nouveau"), "visit {visit}");
    }
    let easy = session.get(&server, "/easy/who-looked").text();
    assert!(easy.contains(&name) && !easy.contains("Personne n'a regardé"), "{easy}");
    // What a doctor added is no look: both pages agree about who read.
    let (home, access) = (session.get(&server, "/").text(), session.get(&server, "/access").text());
    assert!(access.contains(&name) && !access.contains("Aucun professionnel n'a lu"), "{access}");
    let looks = between(&home, "<h3>Qui a regardé</h3>", "</ul>")[0];
    assert!(!looks.contains("a ajouté") && !looks.contains("a déposé"), "{looks}");
}

#[test]
fn an_address_that_leads_nowhere_says_so_on_a_page() {
    let (_clock, server, session) = installed();
    for (path, status, words) in [("/nulle-part", 404, "rien à cette adresse"), ("/share/send", 405, "ne s&#39;ouvre pas directement")] {
        let answer = session.request(&server, "GET", path).header("accept", "text/html").send();
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.text().contains(words) && answer.text().contains("href=\"/\""), "{path}: {}", answer.text());
        assert!(session.get(&server, path).text().is_empty(), "{path}: a program gets the status alone");
    }
    // A form that cannot be read at all.
    let forms =
        [("application/x-www-form-urlencoded", "a".repeat(3_000_000), 413, "trop grand"), ("text/csv", "a;b".to_owned(), 415, "pas un formulaire")];
    for (kind, body, status, words) in forms {
        let answer = session.request(&server, "POST", "/access/block").header("accept", "text/html").body(kind, body).send();
        assert_eq!(answer.status, status, "{kind}");
        assert!(answer.text().contains(words) && answer.text().contains("href=\"/\""), "{kind}: {}", answer.text());
    }
}

#[test]
fn paper_leaves_out_what_is_hidden_unless_the_person_says_so() {
    let (_clock, server, session) = installed();
    let before = session.get(&server, "/emergency-card").text();
    assert!(before.contains("APIXABAN"), "{before}");
    assert_eq!(session.post(&server, "/access/mask-all", &[("all_masked", "on")]).status, 303);
    for path in ["/", "/documents"] {
        let page = session.get(&server, path).text();
        assert!(page.contains("Tout le dossier est masqué") && !page.contains("/hide\"") && !page.contains("/show\""), "{path}");
    }
    let without = session.get(&server, "/emergency-card").text();
    assert!(!without.contains("APIXABAN") && without.contains("href=\"/emergency-card?hidden=1\""), "{without}");
    assert!(!without.contains("Aucune allergie connue"), "what is hidden denies nothing here either");
    let with = session.get(&server, "/emergency-card?hidden=1").text();
    assert!(with.contains("APIXABAN") && with.contains("montre aussi ce que vous avez masqué") && with.contains("/emergency-card.pdf?hidden=1"));
    let size = |path: &str| session.get(&server, path).body.len();
    assert!(size("/summary.pdf?hidden=1") > size("/summary.pdf"));
}

#[test]
fn a_document_of_reimbursements_has_one_date_on_every_page() {
    let (clock, server, session) = installed();
    let page = session.get(&server, "/documents?topic=reimbursements").text();
    let months = between(&page, "<h2 id=\"month-", "</h2>");
    let date = between(&page, "<time datetime=\"", "\"")[0].chars().take(10).collect::<String>();
    assert_eq!(months.len(), 1);
    let today = dmp_core::Moment::from_seconds(clock.now()).to_rfc3339();
    assert_eq!(date[..7], today[..7], "the months that it tells of end now");
}

#[test]
fn the_number_of_documents_found_is_the_true_one_and_hiding_comes_back_to_the_document() {
    let (_clock, server, session) = installed();
    let began = std::time::Instant::now();
    let found = loop {
        let words = ["consultation", "compte rendu", "comprimé", "examen", "laboratoire"];
        let counted = |word: &&str| {
            let page = session.search(&server, word).text();
            between(&page, "<h2 id=\"found\">", "</h2>").first().map(|words| (*words).to_owned()).unwrap_or_default()
        };
        let found = words.iter().map(counted).find(|found| found.contains("voici")).unwrap_or_default();
        if found.contains("voici les 50 premiers") || began.elapsed().as_secs() > 240 {
            break found;
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
    };
    let count: usize = found.split(' ').next().unwrap().parse().unwrap();
    assert!(count > 50, "{found}");
    let documents = session.get(&server, "/documents").text();
    let id = between(&documents, "action=\"/documents/", "/hide\"")[0].to_owned();
    let hidden = session.post(&server, &format!("/documents/{id}/hide"), &[]);
    assert_eq!(hidden.header("location"), Some(format!("/documents/{id}?said=document-hidden").as_str()));
    let page = session.get(&server, &format!("/documents/{id}?said=document-hidden")).text();
    assert!(page.contains("Ce document est masqué") && page.contains(&format!("action=\"/documents/{id}/show\"")), "{page}");
}

#[test]
fn a_helper_is_named_among_who_may_look() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let session = Session::of(&server, "odette-specimen");
    for path in ["/access", "/easy/who-may-look"] {
        assert!(session.get(&server, path).text().contains("Agnès SPECIMEN"), "{path}");
    }
}

#[test]
fn a_search_can_be_gone_back_to_and_its_words_are_read_by_its_session_alone() {
    let (_clock, server, session) = installed();
    let sent = session.post(&server, "/search", &[("q", "grossesse imaginaire")]);
    let place = sent.header("location").unwrap().to_owned();
    assert!(sent.status == 303 && !place.contains("grossesse"), "{place}");
    for _ in 0..2 {
        let page = session.get(&server, &place);
        assert!(page.status == 200 && page.text().contains("value=\"grossesse imaginaire\""), "{}", page.text());
    }
    let other = Session::of(&server, PERSON).get(&server, &place).text();
    assert!(!other.contains("grossesse"), "{other}");
}
