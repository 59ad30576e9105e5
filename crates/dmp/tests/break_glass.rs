//! A thousand times the glass is broken: each time a leaf with its reason, a notice to the person, one to their médecin traitant.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod world;

use std::collections::BTreeMap;

use dmp_testkit::Server;
use serde_json::{Value, json};
use world::{Clock, Session, Software, User, asked, at_once, done, listing, national, operate, pages, search_token, start, text, verdict};

/// Ten records, each with a médecin traitant of its own.
const RECORDS: [(&str, &str); 10] = [
    ("claire-exemple", "dr-fictif"),
    ("ines-imaginaire", "dr-modele"),
    ("tom-fictif", "dr-canevas"),
    ("henri-modele", "dr-inconnu"),
    ("odette-specimen", "dr-cardio"),
    ("adam-ebauche", "dr-gyneco"),
    ("helene-maquette", "dr-onco"),
    ("david-canevas", "dr-geriatre"),
    ("lea-gabarit", "dr-pneumo"),
    ("paul-prototype", "dr-ortho"),
];
const SECRET_CARE: [&str; 2] = ["tom-fictif", "adam-ebauche"];
/// Each breaks the glass of each of the ten records: as many as a day allows.
const PROFESSIONALS: usize = 100;
const WORKERS: usize = 12;

/// Numbers that no professional of the town has.
fn professional(number: usize, name: &str) -> User {
    User { national: format!("8108{number:08}"), name: name.to_owned(), profession: if number.is_multiple_of(2) { "G15/10" } else { "G15/60" } }
}

fn emergency(reason: &str) -> Value {
    json!({ "purpose_of_use": "bris_de_glace", "reason": reason, "unable_to_consent": true, "immediate_risk": true })
}

fn reason(number: usize, record: usize) -> String {
    format!("Inconscient à l'arrivée, cas {number} au dossier {record}")
}

/// An emergency department's software at a town of so many people.
fn installed(patients: u32) -> (Clock, Software, Server) {
    let (clock, software) = (Clock::new(), Software::at_the_structure_of("dr-urgence"));
    let server = start(patients, &clock, Some(&software));
    (clock, software, server)
}

/// Breaks the glass of one record and lists it.
fn breaks_in(server: &Server, software: &Software, clock: &Clock, user: &User, (reason, person): (&str, &str)) -> String {
    let token = software.token(server, clock, user, &emergency(reason));
    verdict(&asked(server, &token, "GET", &format!("{}&_count=1", listing(person))).send())
}

/// The reasons in a person's journal by account, refusals left out.
fn leaves(server: &Server, person: &str) -> Vec<(String, String)> {
    let journal = pages(server, &server.token(person), &format!("/fhir/AuditEvent?patient.identifier={}&_count=200", search_token(person)));
    let done = journal.iter().filter(|event| event["outcome"] == "0");
    let user = |event: &Value| event["agent"].as_array().unwrap().iter().find(|agent| agent["requestor"] == true).unwrap().clone();
    done.map(user)
        .filter(|user| text(user, "/purposeOfUse/0/coding/0/code") == "bris_de_glace")
        .map(|user| (text(&user, "/who/identifier/value").to_owned(), text(&user, "/purposeOfUse/0/text").to_owned()))
        .collect()
}

/// The lines of a page's list of emergencies.
fn grave_notices(page: &str) -> Vec<String> {
    page.split("<li class=\"notice grave\">").skip(1).map(|rest| rest.split("</li>").next().unwrap().to_owned()).collect()
}

/// What a médecin traitant is told on the professionals' site, page after page.
fn told_to_doctor(server: &Server, doctor: &str) -> Vec<String> {
    let session = Session::of(server, doctor);
    let (mut told, mut next) = (Vec::new(), Some("/pro".to_owned()));
    while let Some(path) = next {
        let page = session.get(server, &path).text();
        told.extend(grave_notices(&page));
        let mark = "href=\"/pro?emergencies=";
        next = page.find(mark).map(|place| format!("/pro?emergencies={}", page[place + mark.len()..].split('"').next().unwrap()));
    }
    told
}

#[test]
fn a_thousand_broken_glasses_leave_a_thousand_leaves_reasons_and_notices_to_the_person_and_the_medecin_traitant() {
    let (clock, software, server) = installed(18);
    for (person, doctor) in RECORDS {
        let answer = operate(&server, &server.token(person), "dmp-medecin-traitant", person, &[("professional", json!(national(doctor)))]);
        done(&answer);
        // What the opening of the record told is read before.
        assert_eq!(Session::of(&server, person).get(&server, "/").status, 200);
    }
    let events: Vec<(usize, usize)> = (0..PROFESSIONALS).flat_map(|number| (0..RECORDS.len()).map(move |record| (number, record))).collect();
    let name = |number: usize| format!("Prénom URGENCE-{number:03}");
    let answers = at_once(WORKERS, &events, |(number, record)| {
        let user = professional(*number, &name(*number));
        breaks_in(&server, &software, &clock, &user, (&reason(*number, *record), RECORDS[*record].0))
    });
    let refused: Vec<_> = events.iter().zip(&answers).filter(|(_, answer)| *answer != "200").collect();
    assert!(refused.is_empty(), "{} of 1,000 were refused: {:?}", refused.len(), &refused[..refused.len().min(10)]);

    let mut reasons = 0;
    for (record, (person, doctor)) in RECORDS.into_iter().enumerate() {
        let expected: BTreeMap<String, String> =
            (0..PROFESSIONALS).map(|number| (professional(number, "").national, reason(number, record))).collect();
        let found = leaves(&server, person);
        // A list that releases a minor's secret care has a second leaf, in the chain that their representatives do not read.
        let each = if SECRET_CARE.contains(&person) { 2 } else { 1 };
        assert_eq!(found.len(), each * PROFESSIONALS, "{person}: leaves");
        assert_eq!(found.into_iter().collect::<BTreeMap<_, _>>(), expected, "{person}: each leaf with its reason");
        reasons += expected.len();

        let inbox = grave_notices(&Session::of(&server, person).get(&server, "/").text());
        let told = told_to_doctor(&server, doctor);
        for (whose, notices) in [("the person's", &inbox), ("the médecin traitant's", &told)] {
            assert_eq!(notices.len(), PROFESSIONALS, "{person}: {whose} notices");
            for number in 0..PROFESSIONALS {
                let of = notices.iter().filter(|notice| notice.contains(&name(number))).count();
                assert_eq!(of, 1, "{person}: {whose} notice of {}", name(number));
            }
        }
        for number in 0..PROFESSIONALS {
            let words = reason(number, record).replace('\'', "&#39;");
            let with_it = inbox.iter().any(|notice| notice.contains(&name(number)) && notice.contains(&words));
            assert!(with_it, "{person}: the notice of {} without its reason", name(number));
        }
        let shown = dmp_synth::identity(person).unwrap().name.display();
        assert!(told.iter().all(|notice| notice.contains(&shown)), "{doctor} is told whose record it was");
    }
    assert_eq!(reasons, 1_000);
}

#[test]
fn an_eleventh_record_in_a_day_is_refused_and_the_tenth_stays_open() {
    let (clock, software, server) = installed(18);
    let user = professional(1, "Prénom PRESSE");
    let break_in = |person: &str| breaks_in(&server, &software, &clock, &user, ("Arrêt cardiaque", person));
    for (person, _) in RECORDS {
        assert_eq!(break_in(person), "200", "{person}");
    }
    assert_eq!(break_in("nina-fictif"), "403 access-emergency-quota");
    // The same record an hour later is told again, and is no eleventh one.
    clock.shift(2 * 3_600);
    assert_eq!(break_in(RECORDS[9].0), "200");
    assert_eq!(break_in("nina-fictif"), "403 access-emergency-quota");
    clock.shift(25 * 3_600);
    assert_eq!(break_in("nina-fictif"), "200");
}

#[test]
fn two_namesakes_break_the_same_glass_and_the_person_is_told_of_both() {
    let (clock, software, server) = installed(1);
    let person = RECORDS[0].0;
    assert_eq!(Session::of(&server, person).get(&server, "/").status, 200);
    for number in [2, 4] {
        let user = professional(number, "Camille MARTIN");
        for reason in ["Coma", "Coma, suite"] {
            assert_eq!(breaks_in(&server, &software, &clock, &user, (reason, person)), "200");
        }
    }
    assert_eq!(leaves(&server, person).len(), 4, "a leaf for each reading");
    let inbox = grave_notices(&Session::of(&server, person).get(&server, "/").text());
    assert_eq!(inbox.len(), 2, "a notice for each of the two, readings within the hour together: {inbox:?}");
}

#[test]
fn who_is_no_longer_medecin_traitant_is_told_nothing_more() {
    let (clock, software, server) = installed(1);
    let person = RECORDS[0].0;
    let claire = server.token(person);
    let declare = |doctor: &str| done(&operate(&server, &claire, "dmp-medecin-traitant", person, &[("professional", json!(national(doctor)))]));
    declare("dr-fictif");
    assert_eq!(breaks_in(&server, &software, &clock, &professional(1, "Prénom UN"), ("Coma", person)), "200");
    assert_eq!(told_to_doctor(&server, "dr-fictif").len(), 1);
    declare("dr-modele");
    assert_eq!(breaks_in(&server, &software, &clock, &professional(2, "Prénom DEUX"), ("Coma", person)), "200");
    assert!(told_to_doctor(&server, "dr-fictif").is_empty(), "the role is over");
    assert!(told_to_doctor(&server, "dr-modele").iter().any(|notice| notice.contains("Prénom DEUX")));
    // A doctor who treats somebody else, and a nurse whom Claire lets in, see no emergency of hers.
    for other in ["dr-canevas", "ide-modele"] {
        assert!(told_to_doctor(&server, other).is_empty(), "{other}");
    }
    done(&operate(&server, &claire, "dmp-block", person, &[("professional", json!(national("dr-modele")))]));
    assert!(told_to_doctor(&server, "dr-modele").is_empty(), "who is blocked is told nothing");
}
