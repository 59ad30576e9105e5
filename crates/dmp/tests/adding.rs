//! What the person adds, through the pages of the built program: each kind, files that mean harm, who may add for whom, correcting and taking
//! back; and a request to correct a professional's document, from both ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

#[path = "adding/files.rs"]
mod files;
mod world;

use dmp_testkit::{Answer, Options, Server};
use files::{Form, pdf, photo};
use world::{Clock, Session, asked, listing, national, pages, search_token, text};

const PERSON: &str = "claire-exemple";

fn server(patients: u32) -> Server {
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients, ..Options::default() })
}

/// The hidden name of the form on a page.
fn form_of(page: &Answer) -> String {
    let text = page.text();
    text.split("name=\"form\" value=\"").nth(1).unwrap_or_else(|| panic!("{} has no form: {text}", page.status)).split('"').next().unwrap().to_owned()
}

/// Fills a form and sends it.
fn add(server: &Server, who: &Session, kind: &str, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/add/{kind}");
    let form = form_of(&who.get(server, &path));
    let all: Vec<(&str, &str)> = fields.iter().copied().chain([("form", form.as_str())]).collect();
    who.post(server, &path, &all)
}

/// Where an answer leads, without the words of what was done.
#[track_caller]
fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().split('?').next().unwrap().to_owned()
}

/// Sends a file by the page's form.
fn send(server: &Server, who: &Session, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
    let form = form_of(&who.get(server, "/add/file"));
    let mut sent = Form::new().field("csrf", &who.csrf()).field("form", &form);
    for (name, value) in fields {
        sent = sent.field(name, value);
    }
    let (media_type, body) = sent.file("file", file.0, file.1).file("photo", "", b"").finish();
    who.request(server, "POST", "/add/file").body(&media_type, body).send()
}

fn said(html: &str) -> String {
    html.replace("&#39;", "'").replace("&#38;", "&").replace('\u{a0}', " ")
}

/// The document behind `/added/{id}`.
fn original(server: &Server, who: &Session, added: &str) -> Answer {
    who.get(server, &format!("/documents/{}/original", added.trim_start_matches("/added/")))
}

#[test]
fn each_kind_is_in_the_summary_at_once_as_said_by_the_person() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    for (kind, fields) in [
        ("allergy", &[("substance", "Kiwi doré"), ("reaction", "bouche qui gonfle"), ("severity", "high"), ("since", "2014")][..]),
        ("medicine", &[("medicine", "Millepertuis"), ("dose", "1 gélule le matin")]),
        ("family", &[("relation", "Mère"), ("illness", "Glaucome rare")]),
        ("organs", &[("wish", "some"), ("note", "pas les yeux")]),
        ("directives", &[("words", "Je ne veux pas d'acharnement.\r\nNi de machine.")]),
        ("directives-kept", &[("place", "coffre bleu"), ("holder", "Maître Fictif")]),
        ("contact", &[("role", "trust"), ("name", "Léa AMIE-FICTIVE"), ("tie", "amie"), ("phone", "06 00 00 00 00")]),
    ] {
        let answer = add(&server, &claire, kind, fields);
        let page = claire.get(&server, &led_to(&answer));
        assert_eq!(page.status, 200, "{kind}: {}", page.text());
        assert!(page.text().contains("Qui peut le voir"), "{kind}");
    }
    let home = said(&claire.get(&server, "/").text());
    for words in ["Kiwi doré", "bouche qui gonfle", "Millepertuis", "Glaucome rare", "pas les yeux", "coffre bleu", "Léa AMIE-FICTIVE"] {
        assert!(home.contains(words), "`{words}` is not in the summary");
    }
    let allergies = claire.get(&server, "/allergies").text();
    let line = allergies.split("<li>").find(|line| line.contains("Kiwi doré")).unwrap();
    assert!(line.contains("dit par la personne") && line.contains("grave"), "{line}");
    // Her doctor reads the same, with the same mark.
    let doctor = server.token("dr-fictif");
    let summary = asked(&server, &doctor, "GET", &format!("/fhir/Patient/$summary?identifier={}", search_token(PERSON))).send();
    assert!(summary.text().contains("Kiwi doré"), "{}", summary.status);
}

#[test]
fn measures_make_a_curve() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    for (day, value) in [("2025-01-10", "71,5"), ("2025-03-10", "70"), ("2025-05-10", "69.2")] {
        led_to(&add(&server, &claire, "weight", &[("value", value), ("day", day), ("time", "07:30")]));
    }
    led_to(&add(&server, &claire, "blood-pressure", &[("value", "128"), ("second", "79"), ("day", "2025-05-10")]));
    let results = said(&claire.get(&server, "/results").text());
    assert!(results.contains("69,2") && results.contains("128") && results.contains("79"), "{results}");
    let curve = results.split("href=\"/results/").skip(1).map(|rest| rest.split('"').next().unwrap()).find_map(|key| {
        let page = said(&claire.get(&server, &format!("/results/{key}")).text());
        page.contains("71,5").then_some(page)
    });
    let curve = curve.expect("a page of the weight");
    assert!(curve.contains("<svg") && curve.contains("10 mars 2025") && curve.contains("dit par la personne"), "{curve}");
}

#[test]
fn what_cannot_be_is_shown_again_with_what_was_typed() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    for (kind, fields, kept, words) in [
        ("weight", &[("value", "7200"), ("day", "2025-01-10")][..], "value=\"7200\"", "pas possible"),
        ("allergy", &[("substance", ""), ("reaction", "\"><b>x")], "&#34;&#62;&#60;b&#62;x", "Répondez"),
        ("contact", &[("role", "call"), ("name", "Léa"), ("phone", "allô")], "value=\"allô\"", "chiffres"),
        ("temperature", &[("value", "38"), ("day", "2099-01-01")], "2099-01-01", "pas encore"),
    ] {
        let answer = add(&server, &claire, kind, fields);
        assert_eq!(answer.status, 422, "{kind}");
        let text = said(&answer.text());
        assert!(answer.text().contains(kept) || text.contains(kept), "{kind}: {text}");
        assert!(text.contains(words) && text.contains("aria-invalid") && text.contains("À corriger"), "{kind}: {text}");
    }
    assert!(!claire.get(&server, "/added").text().contains("7200"));
    assert_eq!(claire.get(&server, "/add/nothing").status, 404);
    // A form that is not ours, or none.
    assert_eq!(
        claire.post(&server, "/add/allergy", &[("substance", "Kiwi"), ("form", "made-up")]).header("location"),
        Some("/add?said=form-expired")
    );
}

#[test]
fn a_form_sent_twice_or_by_two_at_once_makes_one_document() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let form = form_of(&claire.get(&server, "/add/allergy"));
    let fields = [("substance", "Sésame noir"), ("form", form.as_str())];
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let sent: Vec<_> = (0..4).map(|_| scope.spawn(|| claire.post(&server, "/add/allergy", &fields))).collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let places: std::collections::BTreeSet<String> = answers.iter().map(led_to).collect();
    assert_eq!(places.len(), 1, "{places:?}");
    assert_eq!(count(&claire, &server, "Sésame noir"), 1);
    // The same form with other words is another thing.
    let other = claire.post(&server, "/add/allergy", &[("substance", "Lupin"), ("form", form.as_str())]);
    assert_ne!(led_to(&other), *places.first().unwrap());
}

/// How many cards of the list have these words as their title.
fn count(who: &Session, server: &Server, words: &str) -> usize {
    who.get(server, "/added").text().split("<h2>").skip(1).filter(|card| card.split("</h2>").next().unwrap().contains(words)).count()
}

#[test]
fn what_was_said_is_corrected_and_taken_back() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let first = led_to(&add(&server, &claire, "allergy", &[("substance", "Kivi"), ("severity", "low")]));
    let path = format!("{first}/correct");
    let page = claire.get(&server, &path);
    assert!(page.text().contains("value=\"Kivi\""), "{}", page.text());
    let form = form_of(&page);
    let wrong = claire.post(&server, &path, &[("substance", ""), ("form", &form)]);
    assert_eq!(wrong.status, 422);
    let second = led_to(&claire.post(&server, &path, &[("substance", "Kiwi"), ("severity", "high"), ("form", &form)]));
    assert_ne!(first, second);
    let allergies = claire.get(&server, "/allergies").text();
    assert!(allergies.contains("Kiwi") && !allergies.contains("Kivi"));
    assert_eq!((count(&claire, &server, "Kivi"), count(&claire, &server, "Kiwi")), (0, 1));
    // The page of choices to hide stands on the page of what was added.
    let id = second.trim_start_matches("/added/").to_owned();
    led_to(&claire.post(&server, &format!("/documents/{id}/hide"), &[]));
    assert!(claire.get(&server, &second).text().contains("masqué"));
    led_to(&claire.post(&server, &format!("{second}/withdraw"), &[]));
    assert_eq!(count(&claire, &server, "Kiwi"), 0);
    assert!(!claire.get(&server, "/allergies").text().contains("Kiwi"));
    // A professional's document is not taken back so.
    let home = claire.get(&server, "/").text();
    let theirs = home.split("href=\"/documents/").nth(1).unwrap().split(['"', '#']).next().unwrap().to_owned();
    assert!(claire.post(&server, &format!("/added/{theirs}/withdraw"), &[]).status >= 403);
    assert_eq!(claire.get(&server, &format!("/added/{theirs}/correct")).status, 404);
}

#[test]
fn directives_are_corrected_with_their_lines_and_only_the_last_counts() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let first = led_to(&add(&server, &claire, "directives", &[("words", "Ligne une.\r\n\r\nLigne trois.")]));
    let page = claire.get(&server, &format!("{first}/correct"));
    assert!(page.text().contains("Ligne une.\n\nLigne trois.</textarea>"), "{}", page.text());
    let form = form_of(&page);
    led_to(&claire.post(&server, &format!("{first}/correct"), &[("words", "Autre texte"), ("form", &form)]));
    assert_eq!(count(&claire, &server, "Directives"), 1);
}

#[test]
fn a_doctors_later_allergy_and_the_persons_are_one_line() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    // The demonstration's doctor has written this one; it is read behind what is asked.
    let theirs = (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(200));
        claire.get(&server, "/allergies").text().contains("Sulfaméthoxazole")
    });
    led_to(&add(&server, &claire, "allergy", &[("substance", "sulfaméthoxazole")]));
    let allergies = claire.get(&server, "/allergies").text();
    let lines: Vec<&str> =
        allergies.split("<li>").filter(|line| line.starts_with("<p") && line.to_lowercase().contains("sulfaméthoxazole</bdi>")).collect();
    assert_eq!(lines.len(), 1, "before: {theirs}; {lines:?}");
    assert!(!lines[0].contains("dit par la personne</span>"), "a doctor says it too: {}", lines[0]);
}

#[test]
fn files_are_taken_to_the_byte_of_the_bound_and_not_beyond() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let full = "a".repeat(5_000_000);
    let place = led_to(&send(&server, &claire, &[], ("notes de suivi.txt", full.as_bytes())));
    assert_eq!(original(&server, &claire, &place).body.len(), 5_000_000);
    assert!(claire.get(&server, &place).text().contains("Notes de suivi"));
    let refused = send(&server, &claire, &[("title", "Mon gros fichier")], ("notes.txt", "a".repeat(5_000_001).as_bytes()));
    assert_eq!(refused.status, 413);
    let text = said(&refused.text());
    assert!(text.contains("5 Mo") && text.contains("Prenez la photo") && text.contains("value=\"Mon gros fichier\""), "{text}");
    assert_eq!(count(&claire, &server, "Mon gros fichier"), 0);
    let film = send(&server, &claire, &[("title", "Un film")], ("film.mp4", &vec![7; 40 * 1024 * 1024]));
    assert_eq!(film.status, 413, "what is far too large is told as the same");
    assert!(said(&film.text()).contains("5 Mo"), "{}", said(&film.text()));
}

#[test]
fn the_place_of_a_photo_is_gone_from_the_bytes() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let sent = photo();
    assert!(files::holds(&sent, b"CANARI-GPS"));
    let place = led_to(&send(&server, &claire, &[("day", "2025-06-01")], ("IMG_2034.jpg", &sent)));
    let kept = original(&server, &claire, &place);
    assert_eq!(kept.header("content-type"), Some("image/jpeg"));
    assert!(!files::holds(&kept.body, b"CANARI") && kept.body.starts_with(&[0xff, 0xd8]) && kept.body.ends_with(&[0xff, 0xd9]));
    let page = said(&claire.get(&server, &place).text());
    assert!(!page.contains("IMG_2034") && page.contains(">Photo<") && page.contains("1er juin 2025"), "{page}");
}

#[test]
fn files_that_mean_harm_or_do_not_open_are_refused_and_the_server_lives() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let bomb = files::png_bomb();
    for (name, bytes, words) in [
        ("virus.pdf", &b"MZ\x90\0\x03"[..], "format"),
        ("photo.jpg", b"GIF89a\x01\0\x01\0", "format"),
        ("IMG.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        ("lettre.docx", b"PK\x03\x04word/document.xml", "traitement de texte"),
        ("vide.pdf", b"", "Choisissez"),
        ("faux.pdf", b"%PDF-1.7 nothing more", "ne s'ouvre pas"),
        ("coupe.jpg", &[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xda], "ne s'ouvre pas"),
        ("bombe.png", &bomb, "ne s'ouvre pas"),
        ("binaire.txt", b"abc\0def", "format"),
    ] {
        let answer = send(&server, &claire, &[], (name, bytes));
        assert_eq!(answer.status, 422, "{name}");
        assert!(said(&answer.text()).contains(words), "{name}: {}", said(&answer.text()));
    }
    // A page that calls itself a text is one: it is never shown as a page.
    let place = led_to(&send(&server, &claire, &[], ("page.txt", b"<html><script>alert(1)</script>")));
    let kept = original(&server, &claire, &place);
    assert_eq!((kept.header("content-type"), kept.header("content-disposition")), (Some("text/plain"), Some("attachment")));
    assert!(kept.header("content-security-policy").unwrap().contains("sandbox"));
    assert!(!kept.text().is_empty());
    // What follows the end of a picture went with it.
    let polyglot = [photo(), b"%PDF-1.4 <script>CANARI</script>".to_vec()].concat();
    let place = led_to(&send(&server, &claire, &[], ("photo.jpg", &polyglot)));
    assert!(!files::holds(&original(&server, &claire, &place).body, b"CANARI"));
}

#[test]
fn a_paper_is_called_by_its_name_or_its_words_and_found_by_them() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let place = led_to(&send(&server, &claire, &[], ("scan0001.pdf", &pdf("Laboratoire de biologie medicale des Essais Imaginaires"))));
    let page = claire.get(&server, &place).text();
    assert!(page.contains("Laboratoire de biologie") && page.contains("Analyses ajoutées par la personne"), "{page}");
    let found = claire.search(&server, "imaginaires").text();
    assert!(found.contains("Laboratoire de biologie"), "read in the same commit");
    // The person knows better.
    let path = format!("{place}/correct");
    let form = form_of(&claire.get(&server, &path));
    let corrected = claire.post(&server, &path, &[("title", "Prise de sang"), ("type", "DOCPAT05"), ("day", "2025-02-03"), ("form", &form)]);
    let page = said(&claire.get(&server, &led_to(&corrected)).text());
    assert!(page.contains("Prise de sang") && page.contains("3 février 2025"), "{page}");
    assert_eq!((count(&claire, &server, "Laboratoire"), count(&claire, &server, "Prise de sang")), (0, 1));
}

#[test]
fn a_form_of_another_site_keeps_nothing() {
    let server = server(1);
    let claire = Session::of(&server, PERSON);
    let form = form_of(&claire.get(&server, "/add/file"));
    for csrf in ["", "made-up"] {
        let (media_type, body) = Form::new().field("csrf", csrf).field("form", &form).file("file", "a.txt", b"bonjour").finish();
        let answer = claire.request(&server, "POST", "/add/file").body(&media_type, body).send();
        assert_eq!(answer.header("location"), Some("/add/file?said=form-expired"));
    }
    // The file before its token.
    let (media_type, body) = Form::new().file("file", "a.txt", b"bonjour").field("csrf", &claire.csrf()).field("form", &form).finish();
    let answer = claire.request(&server, "POST", "/add/file").body(&media_type, body).send();
    assert_eq!(answer.header("location"), Some("/add/file?said=form-expired"));
    assert!(!claire.get(&server, "/added").text().contains("Bonjour") && count(&claire, &server, "Texte") == 0);
}

#[test]
fn who_acts_for_somebody_adds_within_the_law() {
    let server = server(24);
    // A helper adds; they neither correct nor take back, and write nobody's directives.
    let helper = Session::of(&server, "jean-exemple");
    let choices = helper.get(&server, "/add").text();
    assert!(choices.contains("/add/allergy") && !choices.contains("/add/directives"), "{choices}");
    let place = led_to(&add(&server, &helper, "allergy", &[("substance", "Mangue verte")]));
    let page = helper.get(&server, &place).text();
    assert!(!page.contains("/correct") && !page.contains("/withdraw"), "{page}");
    assert!(helper.post(&server, &format!("{place}/withdraw"), &[]).status >= 403);
    assert_eq!(add_raw(&server, &helper, "directives", &[("words", "Au nom de Claire")]).status, 403);
    let claire = Session::of(&server, PERSON);
    let list = claire.get(&server, "/added").text();
    assert!(list.contains("Mangue verte") && list.contains("Jean EXEMPLE"), "the author is who typed: {list}");
    assert!(claire.get(&server, "/notices").text().contains("Jean EXEMPLE") || claire.get(&server, "/").status == 200);
}

/// Sends a form although its page may not offer it.
fn add_raw(server: &Server, who: &Session, kind: &str, fields: &[(&str, &str)]) -> Answer {
    let form = form_of(&who.get(server, "/add/allergy"));
    let all: Vec<(&str, &str)> = fields.iter().copied().chain([("form", form.as_str())]).collect();
    who.post(server, &format!("/add/{kind}"), &all)
}

/// Documents of Claire that her doctor wrote, as their pages' ids.
fn of_her_doctor(server: &Server) -> Vec<String> {
    let token = server.token(PERSON);
    let doctor = national("dr-fictif");
    let all = pages(server, &token, &listing(PERSON));
    let theirs =
        all.iter().filter(|document| document.to_string().contains(&doctor) && text(document, "/content/0/attachment/url").contains("Binary"));
    let ids: Vec<String> = theirs.map(|document| text(document, "/id").to_owned()).collect();
    assert!(ids.len() > 2, "{} documents of her doctor", ids.len());
    ids
}

/// The address of the request on a page of the professional's.
fn request_on(page: &str) -> Option<String> {
    page.split("href=\"/pro/corrections/").nth(1).map(|rest| format!("/pro/corrections/{}", rest.split('"').next().unwrap()))
}

const DAY: i64 = 86_400;

#[test]
fn a_correction_is_asked_seen_refused_or_made_and_overdue_is_said() {
    let clock = Clock::new();
    let mut server = world::start(1, &clock, None);
    let (claire, doctor, other) = (Session::of(&server, PERSON), Session::of(&server, "dr-fictif"), Session::of(&server, "dr-cardio"));
    let ids = of_her_doctor(&server);
    let path = format!("/documents/{}/correction", ids[0]);
    assert!(claire.get(&server, &format!("/documents/{}", ids[0])).text().contains(&path), "the page of a document leads there");
    let wrong = claire.post(&server, &path, &[("quote", "poignet gauche"), ("wrong", "  ")]);
    assert!(wrong.status == 422 && wrong.text().contains("poignet gauche"), "{}", wrong.text());
    assert_eq!(claire.post(&server, &path, &[("wrong", &"x".repeat(1_001))]).status, 422);
    let asked = [("quote", "poignet gauche"), ("wrong", "C'est le CANARI-droit"), ("right", "poignet droit")];
    for _ in 0..2 {
        assert_eq!(led_to(&claire.post(&server, &path, &asked)), "/corrections");
    }
    let list = claire.get(&server, "/corrections").text();
    assert_eq!(list.matches("CANARI-droit").count(), 1, "sent twice it is one");
    assert!(list.contains("envoyée") && list.contains("Réponse attendue avant le"), "{list}");

    // Its author sees it; a colleague who wrote nothing of it does not.
    assert!(request_on(&other.get(&server, "/pro").text()).is_none());
    let request = request_on(&doctor.get(&server, "/pro").text()).expect("a request in the list");
    assert!(other.get(&server, &request).status >= 403);
    assert!(claire.get(&server, &request).status >= 403, "the person is no professional");
    let page = doctor.get(&server, &request).text();
    assert!(page.contains("CANARI-droit") && page.contains("Claire EXEMPLE"), "{page}");
    assert!(claire.get(&server, "/corrections").text().contains("vue par l"));

    // Refused, with a reason that is read.
    assert_eq!(doctor.post(&server, &format!("{request}/refuse"), &[("reason", " ")]).status, 422);
    assert!(other.post(&server, &format!("{request}/refuse"), &[("reason", "x")]).status >= 403);
    led_to(&doctor.post(&server, &format!("{request}/refuse"), &[("reason", "La radio montre le gauche.")]));
    let list = claire.get(&server, "/corrections").text();
    assert!(list.contains("refusée") && list.contains("La radio montre le gauche."), "{list}");
    assert!(said(&claire.get(&server, "/notices").text()).contains("a répondu à une demande de correction"));
    assert!(request_on(&doctor.get(&server, "/pro").text()).is_none());
    assert_eq!(doctor.post(&server, &format!("{request}/refuse"), &[("reason", "encore")]).status, 409);

    // Another one is answered by a corrected version.
    led_to(&claire.post(&server, &format!("/documents/{}/correction", ids[1]), &[("wrong", "Ce n'est pas mon poids")]));
    let request = request_on(&doctor.get(&server, "/pro").text()).unwrap();
    let answer = |bytes: &[u8]| {
        let (media_type, body) = Form::new().field("csrf", &doctor.csrf()).file("file", "corrige.pdf", bytes).finish();
        doctor.request(&server, "POST", &format!("{request}/replace")).body(&media_type, body).send()
    };
    assert_eq!(answer(b"not a pdf").status, 422);
    led_to(&answer(&pdf("Version corrigee")));
    let list = claire.get(&server, "/corrections").text();
    assert!(list.contains("document corrigé") && list.contains("Lire la version corrigée"), "{list}");
    let newer = list.split("<a href=\"").find(|rest| rest.contains("Lire la version corrigée")).unwrap().split('"').next().unwrap().to_owned();
    let page = claire.get(&server, &newer).text();
    assert!(page.contains(&format!("/documents/{}", ids[1])), "it leads to the version before: {page}");

    // A third is taken back; a fourth waits for too long.
    led_to(&claire.post(&server, &format!("/documents/{}/correction", ids[2]), &[("wrong", "CANARI-retire")]));
    let list = claire.get(&server, "/corrections").text();
    let withdraw = list.split("action=\"").find(|rest| rest.starts_with("/corrections/")).unwrap().split('"').next().unwrap().to_owned();
    led_to(&claire.post(&server, &withdraw, &[]));
    assert_eq!(claire.post(&server, &withdraw, &[]).status, 409);
    led_to(&claire.post(&server, &format!("/documents/{}/correction", ids[2]), &[("wrong", "CANARI-attend")]));
    clock.shift(32 * DAY);
    let claire = Session::of(&server, PERSON);
    let list = said(&claire.get(&server, "/corrections").text());
    assert!(list.contains("délai passé") && list.contains("CNIL"), "{list}");
    let doctor = Session::of(&server, "dr-fictif");
    assert!(doctor.get(&server, "/pro").text().contains("délai passé"));

    // What was written stands in the journal of the person, and nothing of the words does.
    let journal = said(&claire.get(&server, "/journal?kind=all").text());
    assert!(journal.contains("demandé la correction d'une erreur") && !journal.contains("CANARI"), "{journal}");
    assert!(!std::fs::read_to_string(server.log()).unwrap().contains("CANARI"));

    // The operator learns who has to answer, and not about whom.
    server.kill();
    let listed = std::process::Command::new(env!("CARGO_BIN_EXE_dmp")).args(["corrections", "--all", "--data"]).arg(server.data()).output().unwrap();
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned() + &String::from_utf8_lossy(&listed.stderr);
    assert!(listed.contains("1 requests, 0 overdue") && !listed.contains("EXEMPLE") && !listed.contains("CANARI"), "{listed}");
}

#[test]
fn a_correction_of_secret_care_is_the_minors_alone() {
    let server = server(24);
    let (adam, mother) = (Session::of(&server, "adam-ebauche"), Session::of(&server, "mei-ebauche"));
    let (minor, parent) = (server.token("adam-ebauche"), server.token("mei-ebauche"));
    let known: Vec<String> = pages(&server, &parent, &listing("adam-ebauche")).iter().map(|one| text(one, "/id").to_owned()).collect();
    let own = pages(&server, &minor, &listing("adam-ebauche"));
    let secret = own.iter().map(|one| text(one, "/id")).find(|id| !known.iter().any(|one| one == id)).expect("a document of secret care");
    let path = format!("/documents/{secret}/correction");
    assert_eq!((mother.get(&server, &path).status, mother.post(&server, &path, &[("wrong", "x")]).status), (404, 404));
    led_to(&adam.post(&server, &path, &[("wrong", "CANARI-secret")]));
    assert!(adam.get(&server, "/corrections").text().contains("CANARI-secret"));
    for page in ["/corrections", "/journal", "/notices", "/"] {
        let shown = said(&mother.get(&server, page).text());
        assert!(!shown.contains("CANARI") && !shown.contains("demandé la correction"), "{page}");
    }
    // The mother adds for her son, and is named as who wrote it; a minor writes no directives.
    let place = led_to(&add(&server, &mother, "allergy", &[("substance", "Mangue rouge")]));
    assert!(mother.get(&server, &place).text().contains("/correct"));
    let list = adam.get(&server, "/added").text();
    assert!(list.contains("Mangue rouge") && list.contains("Mei"), "{list}");
    assert!(!adam.get(&server, "/add").text().contains("/add/directives"));
    assert_eq!(add_raw(&server, &adam, "directives", &[("words", "Je veux")]).status, 403);
}
