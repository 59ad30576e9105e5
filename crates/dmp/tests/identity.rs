//! One person, one record: a hundred openings at once, two records merged and taken apart, a number corrected.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use dmp_testkit::{Answer, Server};
use serde_json::{Value, json};
use world::{Clock, Session, asked, at_once, done, identifier, listing, operate, pages, parameters, search_token, start, text, verdict};

#[test]
fn a_hundred_openings_at_once_make_one_record_and_ninety_nine_learn_that_it_exists() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    let person = "victor-essai";
    let agent = |handle: &str| (server.token(handle), "CPAM", "oral");
    let callers = [
        agent("agent-cpam"),
        agent("agent-verif"),
        (server.token(person), "EN_LIGNE", "electronic"),
        (server.token("dr-fictif"), "PS_LIBERAL", "oral"),
        (server.token("pharmacien-essai"), "OFFICINE", "written"),
        (server.token("logiciel-hopital"), "ETABLISSEMENT", "written"),
    ];
    let places: Vec<usize> = (0..100).collect();
    let answers: Vec<Answer> = at_once(100, &places, |place| {
        let (token, channel, consent) = &callers[place % callers.len()];
        let body = parameters(person, &[("channel", json!(channel)), ("consent", json!(consent))]);
        asked(&server, token, "POST", "/fhir/Patient/$dmp-open").body("application/fhir+json", body).send()
    });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    answers.iter().for_each(|answer| *counts.entry(verdict(answer)).or_default() += 1);
    assert_eq!(counts, BTreeMap::from([("200".to_owned(), 1), ("409 record-exists".to_owned(), 99)]));

    let found = asked(&server, &callers[0].0, "GET", &format!("/fhir/Patient?identifier={}", search_token(person))).send().json();
    assert_eq!(found["total"], 1);
    let opened = answers.iter().find(|answer| answer.status == 200).unwrap().json();
    assert_eq!(text(&opened, "/parameter/0/valueReference/reference"), format!("Patient/{}", text(&found, "/entry/0/resource/id")));
    // The one consent is that of the one opening that the person's journal tells.
    let journal = pages(&server, &callers[2].0, &format!("/fhir/AuditEvent?patient.identifier={}", search_token(person)));
    let openings: Vec<_> = journal.iter().filter(|event| event.to_string().contains("create-record")).collect();
    assert_eq!(openings.len(), 1, "{openings:?}");
    assert_eq!(text(openings[0], "/recorded"), text(&opened, "/parameter/2/valueInstant"));
    let notices = Session::of(&server, person).get(&server, "/").text();
    assert_eq!(notices.matches("le dossier a été ouvert par").count(), 1, "one notice of the opening: {notices}");
}

/// Whom the export asks as, beside the person: who reads what is masked.
const DOCTORS: [&str; 3] = ["dr-fictif", "dr-modele", "dr-cardio"];

/// A record as its doors give it, without what the server numbers anew and without the identity itself: documents with their
/// bytes, submission sets, professionals and choices, journal until a moment.
fn export(server: &Server, person: &str, numbers: &[&str], until: &str) -> String {
    let (mut out, mut read) = (String::new(), BTreeSet::new());
    let token = server.token(person);
    for (reader, token) in [("the person", token.clone())].into_iter().chain(DOCTORS.map(|doctor| (doctor, server.token(doctor)))) {
        let statuses =
            format!("/fhir/DocumentReference?patient.identifier={}&status=current,superseded,entered-in-error&_count=100", search_token(person));
        let answer = asked(server, &token, "GET", &statuses).send();
        if answer.status != 200 {
            writeln!(out, "{reader} {}", verdict(&answer)).unwrap();
            continue;
        }
        let documents: Vec<Value> = pages(server, &token, &statuses);
        let mut lines: Vec<String> = documents.iter().map(|document| format!("{reader} document {}", canonical(document, numbers))).collect();
        // The bytes of each document once, by the first who may read it.
        let unread: Vec<&Value> = documents.iter().filter(|document| read.insert(text(document, "/masterIdentifier/value").to_owned())).collect();
        lines.extend(at_once(8, &unread, |document| {
            let url = text(document, "/content/0/attachment/url");
            let bytes = asked(server, &token, "GET", &url[url.find("/fhir/Binary/").unwrap()..]).send();
            format!("bytes of {} {} {}", text(document, "/masterIdentifier/value"), bytes.status, hash(&bytes.body))
        }));
        let lists = pages(server, &token, &format!("/fhir/List?patient.identifier={}&code=submissionset&status=current", search_token(person)));
        lines.extend(lists.iter().map(|list| format!("{reader} set {}", canonical(list, numbers))));
        lines.sort();
        out.push_str(&lines.join("\n"));
    }
    let journal = pages(server, &token, &format!("/fhir/AuditEvent?patient.identifier={}&_count=200", search_token(person)));
    let before = journal.iter().filter(|event| text(event, "/recorded") < until);
    before.for_each(|event| writeln!(out, "leaf {}", canonical(event, numbers)).unwrap());
    let page = Session::of(server, person).get(server, "/access").text();
    let body = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
    let choices: Vec<&str> = body
        .split("name=\"csrf\" value=\"")
        // The token of forms is another one in each.
        .enumerate()
        .map(|(place, part)| if place == 0 { part } else { part.split_once('"').map_or(part, |(_, rest)| rest) })
        .collect();
    // The hour of the last look, and that until which a form is taken, are the export's own: it was read a moment ago.
    let choices = choices.concat();
    let own = [" a vu la liste de vos documents", "class=\"hint until"];
    let kept: Vec<&str> = choices.lines().filter(|line| !own.iter().any(|words| line.contains(words))).collect();
    assert!(kept.len() < choices.lines().count(), "who has looked is told beside the choices");
    writeln!(out, "choices {}", kept.join("\n")).unwrap();
    out
}

/// A resource without what changes with the server's own numbering, and without the numbers of these people.
fn canonical(resource: &Value, numbers: &[&str]) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for name in ["id", "meta", "url", "reference", "fullUrl"] {
                    members.remove(name);
                }
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = resource.clone();
    strip(&mut value);
    numbers.iter().fold(value.to_string(), |text, whose| text.replace(world::text(&identifier(whose), "/value"), "INS"))
}

fn hash(bytes: &[u8]) -> String {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first line in which two exports differ; nothing when their hashes are the same.
#[track_caller]
fn same(before: &str, after: &str, whose: &str) {
    if hash(before.as_bytes()) != hash(after.as_bytes()) {
        let (left, right): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let place = left.iter().zip(&right).position(|(one, other)| one != other).unwrap_or(left.len().min(right.len()));
        panic!("{whose} differs in line {place} ({} and {} lines):\n{:?}\n{:?}", left.len(), right.len(), left.get(place), right.get(place));
    }
}

fn now(clock: &Clock) -> String {
    // The marks are a second apart from what comes before and after them.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    world::instant(clock.now())
}

fn decided(server: &Server, operation: &str, about: &str, more: &[(&str, Value)]) {
    for (agent, outcome) in [("agent-cpam", "proposed"), ("agent-verif", "done")] {
        let answer = operate(server, &server.token(agent), operation, about, more);
        done(&answer);
        assert_eq!(text(&answer.json(), "/parameter/0/name"), outcome, "{operation}");
    }
}

#[test]
fn two_records_merged_and_taken_apart_are_what_they_were() {
    let clock = Clock::new();
    let server = start(11, &clock, None);
    let (first, second) = ("claire-exemple", "helene-maquette");
    // Each has choices of its own: what is merged must not mix them.
    done(&operate(&server, &server.token(second), "dmp-emergency-choices", second, &[("break-glass", json!(false))]));
    done(&operate(&server, &server.token(second), "dmp-authorise", second, &[("professional", json!(world::national("dr-cardio")))]));
    done(&operate(&server, &server.token(second), "dmp-team-consent", second, &[("consent", json!(true))]));
    done(&operate(&server, &server.token(first), "dmp-block", first, &[("professional", json!(world::national("dr-psy")))]));
    let mark = now(&clock);
    let before = [first, second].map(|person| export(&server, person, &[person], &mark));
    assert!(before.iter().all(|one| one.contains(" document ") && one.contains(" set ") && one.contains("leaf ")), "an export of nothing");
    assert_ne!(hash(before[0].as_bytes()), hash(before[1].as_bytes()));

    let other = [("other", identifier(second))];
    decided(&server, "dmp-merge", first, &other);
    let together = pages(&server, &server.token("dr-fictif"), &listing(first)).len();
    let alone = before[0].matches("dr-fictif document ").count();
    assert!(together > alone, "while they are one, the first record shows the documents of both ({together}, {alone})");
    decided(&server, "dmp-unmerge", first, &other);

    for (person, before) in [first, second].into_iter().zip(&before) {
        same(before, &export(&server, person, &[person], &mark), person);
    }
}

#[test]
fn a_corrected_number_keeps_everything() {
    let clock = Clock::new();
    let server = start(1, &clock, None);
    // Victor has no record: the number under which Claire's was opened was wrong, and his is the right one.
    let (wrong, right) = ("claire-exemple", "victor-essai");
    let mark = now(&clock);
    // A document goes on saying under which number it was made.
    let numbers = [wrong, right];
    let before = export(&server, wrong, &numbers, &mark);
    assert!(before.contains(" document ") && before.contains("leaf "));
    decided(&server, "dmp-correct-ins", wrong, &[("ins", identifier(right))]);
    same(&before, &export(&server, right, &numbers, &mark), "the record under the right number");
    let agent = server.token("agent-cpam");
    let total =
        |person: &str| asked(&server, &agent, "GET", &format!("/fhir/Patient?identifier={}", search_token(person))).send().json()["total"].clone();
    assert_eq!((total(wrong), total(right)), (json!(0), json!(1)));
}
