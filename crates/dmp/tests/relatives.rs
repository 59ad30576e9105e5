//! Children and helpers through the built program: what a parent never sees, what ends on a birthday, who lends a hand and for how long; reports
//! about an access; and previews that say what the real act does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by ending"
)]

#[path = "relatives/invited.rs"]
mod invited;
#[path = "relatives/lines.rs"]
mod lines;
#[path = "notice_support/mod.rs"]
mod made;
#[path = "relatives/preview.rs"]
mod preview;
mod world;

use std::process::Command;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dmp_hostile::{Reader, ReaderOptions, Reading};
use dmp_testkit::{Answer, Options, Server};
use serde_json::{Value, json};
use world::{Clock, Session, asked, done, identifier, listing, search_token, start, text};

/// A word that stands in the title and the text of a minor's secret document.
const CANARY: &str = "zqsecretzq";
/// Longer than any of it takes on a busy machine.
const SOON: Duration = Duration::from_secs(240);
/// Who gave the secret care, and treats nobody else.
const SECRET_DOCTOR: (&str, &str) = ("dr-inconnu", "TESTEUR-DUHASARD");
const MINUTE: i64 = 60;

fn document(whose: &str, number: u32, title: &str, secret: bool) -> String {
    document_of(whose, number, title, secret, "2026-01-15")
}

fn document_of(whose: &str, number: u32, title: &str, secret: bool, day: &str) -> String {
    let ins = dmp_synth::identity(whose).unwrap().ins.unwrap();
    let made = dmp_core::Moment::parse_fhir(day).unwrap();
    let bytes = dmp_synth::cda_of_size(4_096, &ins, &format!("1.2.250.1.213.1.1.9.994.{number}"), made).unwrap();
    let cda = String::from_utf8(bytes).unwrap().replace("Compte rendu de consultation", title).replace("Ligne de mesure", title);
    let code = |code: &str| json!({ "coding": [{ "code": code }] });
    let labels: Vec<Value> = ["N", "INVISIBLE_REPRESENTANTS_LEGAUX"].into_iter().take(1 + usize::from(secret)).map(code).collect();
    json!({
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": { "system": "urn:ietf:rfc:3986", "value": format!("urn:oid:1.2.250.1.213.1.1.9.994.{number}") },
        "subject": { "identifier": identifier(whose) },
        "securityLabel": labels,
        "content": [{ "attachment": { "contentType": "text/xml", "data": STANDARD.encode(cda) } }],
    })
    .to_string()
}

/// Publishes in a secret connection, then reads it there: both leave a leaf in the chain that parents do not read.
fn secret_care(server: &Server, whose: &str, number: u32) {
    let token = server.token_with(SECRET_DOCTOR.0, &[("consent_now", "true"), ("secret", "true")]);
    let sent = asked(server, &token, "POST", "/fhir/DocumentReference").body("application/fhir+json", document(whose, number, CANARY, true)).send();
    assert_eq!(sent.status, 201, "{}", sent.text());
    assert_eq!(asked(server, &token, "GET", &listing(whose)).send().status, 200);
}

/// Seconds until a person's eighteenth birthday begins (UTC).
fn until_majority(handle: &str, clock: &Clock) -> i64 {
    let birth = match handle {
        "tom-fictif" => "2029-04-09",
        "adam-ebauche" => "2027-08-30",
        other => panic!("{other}"),
    };
    dmp_core::Moment::parse_fhir(birth).unwrap().as_seconds() - clock.now()
}

/// The value of a hidden field or button of a page, the first after some words.
fn after<'p>(page: &'p str, words: &str, mark: &str) -> &'p str {
    let from = page.find(words).unwrap_or_else(|| panic!("`{words}` is not on the page: {page}"));
    let rest = &page[from..];
    let start = rest.find(mark).unwrap_or_else(|| panic!("`{mark}` does not follow `{words}`")) + mark.len();
    rest[start..].split('"').next().unwrap()
}

/// The sealed record of a person on the page of relatives.
fn record_of(page: &str, person: &str) -> String {
    after(page, &format!("<h3>{person}</h3>"), "name=\"record\" value=\"").to_owned()
}

fn switch(server: &Server, session: &Session, person: &str, kind: &str) -> Answer {
    let page = session.get(server, "/relatives").text();
    let record = if kind == "own" { "own".to_owned() } else { record_of(&page, person) };
    session.post(server, "/relatives/switch", &[("record", &record), ("kind", kind)])
}

/// The text of a PDF, read as the program reads what it is sent.
fn pdf_text(bytes: &[u8]) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let reader = Reader::new(ReaderOptions::new(env!("CARGO_BIN_EXE_dmp").into()));
    match runtime.block_on(reader.read(bytes)).unwrap() {
        Reading::Text(parts) => format!("{parts:?}"),
        other => panic!("{other:?}"),
    }
}

/// Everything that a reader of the site may ask of a record.
fn everything(server: &Server, session: &Session) -> Vec<(String, String)> {
    let paths = [
        "/",
        "/documents",
        "/documents?page=1",
        "/expected",
        "/timeline",
        "/measures",
        "/settings",
        "/easy",
        "/easy/who-looked",
        "/results",
        "/treatments",
        "/vaccines",
        "/allergies",
        "/history",
        "/search",
        "/emergency-card",
        "/access",
        "/notices",
        "/relatives",
    ];
    let mut all: Vec<(String, String)> = paths.iter().map(|path| ((*path).to_owned(), read(server, session, path))).collect();
    for kind in ["all", "others", "read", "documents", "rights", "emergencies", "refused"] {
        let mut next = Some(format!("/journal?kind={kind}"));
        while let Some(path) = next {
            let page = read(server, session, &path);
            next = page
                .find("<a class=\"more\" href=\"")
                .map(|_| after(&page, "<a class=\"more\"", "href=\"").replace("&amp;", "&").replace("&#38;", "&"));
            all.push((path, page));
        }
    }
    for viewer in dmp_core::access::Viewer::ALL {
        let path = format!("/access/preview?as={}&all=1", viewer.code());
        all.push((path.clone(), read(server, session, &path)));
    }
    let words = session.search(server, CANARY);
    assert_eq!(words.status, 200);
    // The search box shows what was typed: that is the reader's own word.
    all.push(("/search".to_owned(), words.text().replace(&format!("value=\"{CANARY}\""), "")));
    for path in ["/summary.pdf", "/emergency-card.pdf"] {
        let answer = session.get(server, path);
        assert_eq!(answer.status, 200, "{path}");
        all.push((path.to_owned(), pdf_text(&answer.body)));
    }
    all
}

fn read(server: &Server, session: &Session, path: &str) -> String {
    let answer = session.get(server, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

/// Where a word shows.
fn shows(all: &[(String, String)], word: &str) -> Vec<String> {
    all.iter().filter(|(_, page)| page.contains(word)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_parent_sees_nothing_of_the_secret_care_anywhere() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    secret_care(&server, "tom-fictif", 1);
    let child = Session::of(&server, "tom-fictif");
    // What was planted is read by the desk meanwhile: the child's own search finds it.
    let began = Instant::now();
    while !child.search(&server, CANARY).text().contains("/documents/") {
        assert!(began.elapsed() < SOON, "the planted document was never read");
        std::thread::sleep(Duration::from_millis(200));
    }
    let own = everything(&server, &child);
    // The control: the child finds the care and its doctor, so that looking for them means something.
    let (documents, doctor) = (shows(&own, CANARY), shows(&own, SECRET_DOCTOR.1));
    for start in ["/journal?", "/access/preview?as=doctor", "/search"] {
        assert!(documents.iter().any(|path| path.starts_with(start)), "{start}: {documents:?}");
    }
    assert!(doctor.iter().any(|path| path.starts_with("/journal?kind=documents")), "{doctor:?}");
    // The child reports the doctor of the secret care: the parents learn nothing of that either.
    let journal = read(&server, &child, "/journal?kind=documents");
    let who = after(&journal, SECRET_DOCTOR.1, "href=\"/journal/who/").split('#').next().unwrap().to_owned();
    let sent = child.post(&server, &format!("/journal/who/{who}/report"), &[("words", CANARY)]);
    assert_eq!(sent.header("location").unwrap(), format!("/journal/who/{who}?said=access-reported"));
    assert!(read(&server, &child, "/journal").contains("Vos signalements"));
    let titles = secret_titles(&server, "tom-fictif");
    assert!(titles.len() > 1, "the town has a minor with secret care");
    for parent in ["sophie-fictif", "karim-fictif"] {
        let session = Session::of(&server, parent);
        let all = everything(&server, &session);
        for word in [CANARY, SECRET_DOCTOR.1, "Vos signalements", "signalé un accès"].into_iter().chain(titles.iter().map(String::as_str)) {
            assert_eq!(shows(&all, word), Vec::<String>::new(), "`{word}` shows to {parent}");
        }
        // A page about the doctor of whom the parent knows nothing answers as one that nobody made.
        let (there, nowhere) = (session.get(&server, &format!("/journal/who/{who}")), session.get(&server, "/journal/who/AAAAAAAAAAAAAAAAAAAAAAAA"));
        assert_eq!((there.status, nowhere.status), (404, 404));
        let plain = |page: &dmp_testkit::Answer, word: &str| world::without_tokens(&page.text()).replace(word, "");
        assert_eq!(plain(&there, &who), plain(&nowhere, "AAAAAAAAAAAAAAAAAAAAAAAA"));
    }
}

/// Titles of the documents of a minor that are hidden from representatives, and of no other document.
fn secret_titles(server: &Server, whose: &str) -> Vec<String> {
    let all = world::pages(server, &server.token(whose), &format!("{}&_count=200", listing(whose)));
    let is_secret = |one: &&Value| one["securityLabel"].to_string().contains("INVISIBLE_REPRESENTANTS_LEGAUX");
    let title = |one: &Value| text(one, "/content/0/attachment/title").to_owned();
    let open: Vec<String> = all.iter().filter(|one| !is_secret(one)).map(title).collect();
    let mut secret: Vec<String> = all.iter().filter(is_secret).map(title).filter(|title| !open.contains(title) && title.len() > 8).collect();
    secret.sort();
    secret.dedup();
    secret
}

#[test]
fn at_eighteen_the_parents_lose_everything_at_once_and_are_told_so() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let birthday = until_majority("tom-fictif", &clock);
    clock.shift(birthday - 5 * MINUTE);
    let mother = Session::of(&server, "sophie-fictif");
    let paths = [
        "/",
        "/documents",
        "/documents?page=1",
        "/documents?page=2",
        "/expected",
        "/easy",
        "/easy/who-looked",
        "/easy/who-may-look",
        "/timeline",
        "/measures",
        "/results",
        "/treatments",
        "/vaccines",
        "/allergies",
        "/history",
        "/search",
        "/emergency-card",
        "/access",
        "/notices",
        "/relatives",
        "/settings",
    ];
    for path in paths {
        assert_eq!(mother.get(&server, path).status, 200, "{path}");
    }
    let document = after(&mother.get(&server, "/").text(), "<main", "href=\"/documents/").to_owned();
    let page = read(&server, &mother, "/relatives");
    assert!(page.contains("<h3>Tom FICTIF</h3>") && page.contains("<h3>Nina FICTIF</h3>") && page.contains("Vous agissez pour une personne mineure"));
    // The same session, ten minutes later.
    clock.shift(birthday + 5 * MINUTE);
    // The page of relatives stays: it says that this one is of age.
    let closed = paths.into_iter().filter(|path| *path != "/relatives");
    for path in closed.chain([format!("/documents/{document}").as_str(), format!("/documents/{document}/original").as_str()]) {
        let answer = mother.get(&server, path);
        assert!(matches!(answer.status, 403 | 404), "{path}: {}", answer.status);
        // The tokens of forms are letters by chance.
        let told = world::without_tokens(&answer.text());
        for betrayal in ["Tom", "Vous agissez pour", "zq"] {
            assert!(!told.contains(betrayal), "{path}: {betrayal}");
        }
    }
    assert!(mother.get(&server, "/").text().contains("Ce dossier ne vous est pas ouvert"));
    let page = read(&server, &mother, "/relatives");
    assert!(page.contains("Votre enfant né en 2011 a 18 ans.") && !world::without_tokens(&page).contains("Tom"), "{page}");
    // Her other child's record is open as before, and her own.
    assert_eq!(switch(&server, &mother, "Nina FICTIF", "representative").header("location"), Some("/?said=acting"));
    assert!(read(&server, &mother, "/").contains("<strong>Nina FICTIF</strong>"));
    assert_eq!(switch(&server, &mother, "", "own").header("location"), Some("/?said=acting-own"));
    assert!(!read(&server, &mother, "/").contains("Vous agissez pour"));
    // The child of age goes on alone.
    assert_eq!(Session::of(&server, "tom-fictif").get(&server, "/").status, 200);
}

#[test]
fn a_switch_is_judged_and_told_and_is_two_steps_from_every_page() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options::default());
    let mother = Session::of(&server, "sophie-fictif");
    for path in ["/", "/results", "/vaccines", "/access", "/journal", "/access/preview", "/notices", "/search"] {
        let page = read(&server, &mother, path);
        assert!(page.contains("<p class=\"acting\">") && page.contains("href=\"/relatives\""), "{path}");
    }
    switch(&server, &mother, "Nina FICTIF", "representative");
    let child = Session::of(&server, "nina-fictif");
    let told = read(&server, &child, "/journal?kind=all").replace('\u{a0}', " ");
    assert!(told.contains("Sophie FICTIF, qui vous représente, a commencé à agir dans votre dossier"), "{told}");
    // Who acts for nobody has the page in the frame too.
    assert!(read(&server, &Session::of(&server, "claire-exemple"), "/").contains("href=\"/relatives\""));
}

#[test]
fn a_form_of_the_record_before_acts_in_no_other_after_a_switch() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options::default());
    let mother = Session::of(&server, "sophie-fictif");
    let away = switch(&server, &mother, "Nina FICTIF", "representative");
    assert_eq!(away.header("location"), Some("/?said=acting"));
    let (ninas, number) = (mother.csrf(), ins_of("victor-essai"));
    // Another tab goes to the other child; the page of the first one was left open.
    assert_eq!(switch(&server, &mother, "Tom FICTIF", "representative").header("location"), Some("/?said=acting"));
    assert_ne!(ninas, mother.csrf());
    let left_open = |path: &str, more: &str| {
        let body = format!("csrf={ninas}{more}");
        mother.request(&server, "POST", path).body("application/x-www-form-urlencoded", body).send()
    };
    let invitation = format!("&as=parent&given=Victor&family=ESSAI&number={number}");
    for (path, more, back) in [
        ("/relatives/invite", invitation.as_str(), "/relatives?said=form-expired"),
        ("/access/mask-all", "&all_masked=true", "/access?said=form-expired"),
        ("/close", "&understood=on", "/close?said=form-expired"),
    ] {
        let answer = left_open(path, more);
        assert_eq!((answer.status, answer.header("location")), (303, Some(back)), "{path}: {}", answer.text());
    }
    assert!(!read(&server, &mother, "/relatives").contains("Victor"));
    assert!(read(&server, &mother, "/").contains("Tom"));
}

#[test]
fn a_minor_opens_no_record_alone_by_the_form_of_the_site_either() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    let child = Session::of(&server, "tom-fictif");
    let answer = child.post(&server, "/open", &[("consent", "on")]);
    assert_eq!(answer.status, 403, "{}", answer.text());
    let grown = Session::of(&server, "helene-maquette");
    assert_eq!(grown.post(&server, "/open", &[("consent", "on")]).status, 200, "an adult does");
}

#[test]
fn ten_invitations_a_month_are_sent_whatever_becomes_of_them() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let ines = Session::of(&server, "ines-imaginaire");
    let (number, until) = (ins_of("agnes-specimen"), in_days(&clock, 200));
    let invited = || ines.post(&server, "/relatives/invite", &invite(&number, &until));
    let take_back = || {
        let page = read(&server, &ines, "/relatives");
        let account = after(&page, "Agnès SPECIMEN", "name=\"account\" value=\"").to_owned();
        assert_eq!(ines.post(&server, "/relatives/end", &[("account", &account)]).header("location"), Some("/relatives?said=helper-ended"));
    };
    for _ in 0..10 {
        assert_eq!(invited().header("location"), Some("/relatives?said=helper-invited"));
        take_back();
    }
    let eleventh = invited();
    assert!(eleventh.status == 422 && eleventh.text().contains("dix invitations"), "{}", eleventh.text());
    clock.shift(31 * 86_400);
    let ines = Session::of(&server, "ines-imaginaire");
    let later = ines.post(&server, "/relatives/invite", &invite(&number, &until));
    assert_eq!(later.header("location"), Some("/relatives?said=helper-invited"), "{}", later.text());
}

#[test]
fn nobody_switches_to_a_record_that_is_not_theirs() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options::default());
    let claire = server.token("claire-exemple");
    let found = asked(&server, &claire, "GET", &format!("/fhir/Patient?identifier={}", search_token("claire-exemple"))).send().json();
    let stolen = text(&found, "/entry/0/resource/id").to_owned();
    let mut wrong = stolen.clone();
    wrong.replace_range(3..4, if &stolen[3..4] == "A" { "B" } else { "A" });
    let mother = Session::of(&server, "sophie-fictif");
    let nowhere = mother.post(&server, "/relatives/switch", &[("record", "AAAA"), ("kind", "representative")]);
    assert_eq!(nowhere.status, 404);
    let long = "A".repeat(10_000);
    for record in [stolen.as_str(), &wrong, "", "own ", "../../", "é漢字", &long] {
        for kind in ["representative", "helper", "patient", "professional", ""] {
            for (path, answer) in [("switch", ""), ("answer", "accept"), ("answer", "decline"), ("stop", "")] {
                let fields = [("record", record), ("kind", kind), ("answer", answer)];
                let answer = mother.post(&server, &format!("/relatives/{path}"), &fields);
                assert_eq!(answer.status, 404, "{path} {kind}");
                assert_eq!(
                    world::without_tokens(&answer.text()),
                    world::without_tokens(&nowhere.text()),
                    "{path} {kind}: one answer for what is not there and what is not theirs"
                );
            }
        }
    }
    // Without the hidden field nothing is done, and the session works where it worked.
    let forged = mother.request(&server, "POST", "/relatives/switch").body("application/x-www-form-urlencoded", "csrf=x&record=own").send();
    assert_eq!(forged.header("location"), Some("/relatives?said=form-expired"));
    assert!(read(&server, &mother, "/").contains("<strong>Tom FICTIF</strong>"));
    // The attempt is in the journal of the record that was asked for.
    let journal = read(&server, &Session::of(&server, "claire-exemple"), "/journal?kind=refused");
    assert!(journal.contains("Sophie FICTIF") && journal.contains("d&#39;un autre") || journal.contains("quelqu&#39;un d&#39;autre"), "{journal}");
}

fn invite<'f>(number: &'f str, until: &'f str) -> [(&'static str, &'f str); 4] {
    [("given", "Agnès"), ("family", "SPECIMEN"), ("number", number), ("until", until)]
}

fn ins_of(handle: &str) -> String {
    dmp_synth::identity(handle).unwrap().ins.unwrap().matricule().to_owned()
}

fn in_days(clock: &Clock, days: i64) -> String {
    dmp_core::Moment::from_seconds(clock.now() + days * 86_400).to_rfc3339().chars().take(10).collect()
}

#[test]
fn a_helper_is_invited_accepts_reads_and_is_ended() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let ines = Session::of(&server, "ines-imaginaire");
    let (number, until) = (ins_of("agnes-specimen"), in_days(&clock, 60));
    let spaced = format!("{} {}", &number[..5], &number[5..]);
    let sent = ines.post(&server, "/relatives/invite", &invite(&spaced, &until));
    assert_eq!(sent.header("location"), Some("/relatives?said=helper-invited"), "{}", sent.text());
    // A second time is told as such, with what was typed.
    let again = ines.post(&server, "/relatives/invite", &invite(&number, &until));
    assert!(again.status == 422 && again.text().contains("aide déjà") && again.text().contains(&number), "{}", again.text());
    let agnes = Session::of(&server, "agnes-specimen");
    let page = read(&server, &agnes, "/relatives");
    assert!(page.contains("Inès IMAGINAIRE vous invite à l&#39;aider"), "{page}");
    let record = after(&page, "Inès IMAGINAIRE vous invite", "name=\"record\" value=\"").to_owned();
    // Before the answer nothing opens.
    assert_eq!(agnes.post(&server, "/relatives/switch", &[("record", &record), ("kind", "helper")]).status, 404);
    let accept = [("record", record.as_str()), ("kind", "helper"), ("answer", "accept")];
    assert_eq!(agnes.post(&server, "/relatives/answer", &accept).header("location"), Some("/relatives?said=invitation-accepted"));
    let twice = agnes.post(&server, "/relatives/answer", &accept);
    assert_eq!(twice.header("location"), Some("/relatives?said=try-again"), "an invitation is answered once");
    assert_eq!(switch(&server, &agnes, "Inès IMAGINAIRE", "helper").header("location"), Some("/?said=acting"));
    let page = read(&server, &agnes, "/");
    assert!(page.contains("Vous agissez pour") && page.contains("<strong>Inès IMAGINAIRE</strong>"));
    assert_eq!(agnes.get(&server, "/results").status, 200);
    // A helper reads; the rest is the person's.
    for path in ["/access", "/access/preview?as=doctor", "/journal", "/notices"] {
        assert_eq!(agnes.get(&server, path).status, 403, "{path}");
    }
    assert_eq!(agnes.post(&server, "/relatives/invite", &invite(&ins_of("jean-exemple"), &until)).status, 403);
    let told = read(&server, &ines, "/journal?kind=others").replace('\u{a0}', " ");
    for line in ["qui vous aide, a accepté une invitation", "qui vous aide, a commencé à agir dans votre dossier", "qui vous aide, a lu la synthèse"]
    {
        assert!(told.contains(line), "{line}: {told}");
    }
    // She ends it: the helper's open session is shut out at once.
    let page = read(&server, &ines, "/relatives");
    let account = after(&page, "Agnès SPECIMEN</h3>", "name=\"account\" value=\"").to_owned();
    assert_eq!(ines.post(&server, "/relatives/end", &[("account", &account)]).header("location"), Some("/relatives?said=helper-ended"));
    let shut = agnes.get(&server, "/");
    assert!(
        shut.status == 403 && shut.text().contains("Ce dossier ne vous est pas ouvert") && !shut.text().contains("IMAGINAIRE"),
        "{}",
        shut.text()
    );
    let page = read(&server, &agnes, "/relatives");
    assert!(page.contains("Une aide ou une représentation a pris fin le") && !page.contains("IMAGINAIRE"), "{page}");
    assert_eq!(agnes.post(&server, "/relatives/switch", &[("record", &record), ("kind", "helper")]).status, 404);
    // And goes back to her own record.
    assert_eq!(switch(&server, &agnes, "", "own").header("location"), Some("/?said=acting-own"));
    assert_eq!(agnes.get(&server, "/").status, 200);
}

#[test]
fn a_parent_invites_the_other_one_who_sees_no_secret_care_either() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options::default());
    secret_care(&server, "adam-ebauche", 2);
    let mother = Session::of(&server, "mei-ebauche");
    let page = read(&server, &mother, "/relatives");
    assert!(page.contains("Inviter l&#39;autre parent") && !page.contains("name=\"until\""), "{page}");
    let number = ins_of("victor-essai");
    let fields = [("as", "parent"), ("given", "Victor"), ("family", "ESSAI"), ("number", number.as_str())];
    assert_eq!(mother.post(&server, "/relatives/invite", &fields).header("location"), Some("/relatives?said=helper-invited"));
    // Victor has no record of his own, and represents all the same.
    let father = Session::of(&server, "victor-essai");
    let page = read(&server, &father, "/relatives");
    let record = after(&page, "Invitation à représenter", "name=\"record\" value=\"").to_owned();
    let accept = [("record", record.as_str()), ("kind", "representative"), ("answer", "accept")];
    assert_eq!(father.post(&server, "/relatives/answer", &accept).header("location"), Some("/relatives?said=invitation-accepted"));
    assert_eq!(switch(&server, &father, "Adam EBAUCHE", "representative").header("location"), Some("/?said=acting"));
    let all = everything(&server, &father);
    for word in [CANARY, SECRET_DOCTOR.1] {
        assert_eq!(shows(&all, word), Vec::<String>::new(), "`{word}`");
    }
    assert!(read(&server, &mother, "/relatives").contains("Victor ESSAI"));
    // A third parent needs a proof, at the counter.
    assert!(!read(&server, &mother, "/relatives").contains("Inviter l&#39;autre parent"));
}

#[test]
fn an_invitation_is_declined_ends_by_itself_and_of_two_answers_one_counts() {
    let clock = Clock::new();
    let server = start(18, &clock, None);
    let ines = Session::of(&server, "ines-imaginaire");
    let until = in_days(&clock, 60);
    for wrong in [("", "saisir"), ("123", "quinze"), ("2 02 06 93 066 123 00", "chiffre"), (&ins_of("ines-imaginaire"), "lui-même")] {
        let answer = ines.post(&server, "/relatives/invite", &invite(wrong.0, &until));
        assert!(answer.status == 422 && answer.text().contains("aria-invalid"), "{}: {}", wrong.0, answer.status);
    }
    for date in ["", "hier", "2020-01-01", "2999-01-01", "2027-02-30"] {
        assert_eq!(ines.post(&server, "/relatives/invite", &invite(&ins_of("jean-exemple"), date)).status, 422, "{date}");
    }
    for (helper, given, family) in [("jean-exemple", "Jean", "EXEMPLE"), ("agnes-specimen", "Agnès", "SPECIMEN"), ("luc-modele", "Luc", "MODELE")] {
        let number = ins_of(helper);
        let fields = [("given", given), ("family", family), ("number", number.as_str()), ("until", until.as_str())];
        let sent = ines.post(&server, "/relatives/invite", &fields);
        assert_eq!(sent.header("location"), Some("/relatives?said=helper-invited"), "{helper}");
    }
    let fourth = ines.post(&server, "/relatives/invite", &invite(&ins_of("karim-fictif"), &until));
    assert!(fourth.status == 422 && fourth.text().contains("Trois aidants au plus"), "{}", fourth.text());
    let invited = |session: &Session| {
        let page = read(&server, session, "/relatives");
        after(&page, "Inès IMAGINAIRE vous invite", "name=\"record\" value=\"").to_owned()
    };
    let jean = Session::of(&server, "jean-exemple");
    let record = invited(&jean);
    let fields = |answer: &'static str| [("record", record.clone()), ("kind", "helper".to_owned()), ("answer", answer.to_owned())];
    // Two at once: one is done, the other is told that there was an answer.
    let answers = world::at_once(2, &["accept", "decline"], |answer| {
        let fields = fields(answer);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        jean.post(&server, "/relatives/answer", &fields).header("location").unwrap_or_default().to_owned()
    });
    let told = |what: &str| answers.iter().filter(|said| said.contains(what)).count();
    assert_eq!((told("said=invitation-"), told("said=try-again")), (1, 1), "{answers:?}");
    let agnes = Session::of(&server, "agnes-specimen");
    let declined = agnes.post(&server, "/relatives/answer", &[("record", &record), ("kind", "helper"), ("answer", "decline")]);
    assert_eq!(declined.header("location"), Some("/relatives?said=invitation-declined"));
    assert!(!read(&server, &agnes, "/relatives").contains("IMAGINAIRE"));
    // Fifteen days later the third invitation is over.
    clock.shift(15 * 86_400);
    let luc = Session::of(&server, "luc-modele");
    assert!(!read(&server, &luc, "/relatives").contains("IMAGINAIRE"));
    assert_eq!(luc.post(&server, "/relatives/answer", &[("record", &record), ("kind", "helper"), ("answer", "accept")]).status, 403);
}

#[test]
fn an_access_that_nobody_recognises_is_reported_looked_at_and_answered() {
    let data = world::scratch("reports").join("data");
    std::fs::create_dir_all(&data).unwrap();
    let options = Options { data: Some(data.clone()), ..Options::default() };
    let mut server = Server::start(env!("CARGO_BIN_EXE_dmp"), &options);
    let doctor = server.token_with("dr-hopital", &[("consent_now", "true")]);
    done(&asked(&server, &doctor, "GET", &listing("claire-exemple")).send());
    let claire = Session::of(&server, "claire-exemple");
    // First thing on the page: who looked last, as a sentence, with the way to ask.
    let page = read(&server, &claire, "/access");
    let last = page.find("Dernier regard").unwrap();
    assert!(last < page.find("<h2 id=\"list\"").unwrap() && page[last..].contains("PROTOTYPE-SAUTEBRISE"), "{page}");
    let who = after(&page[last..], "PROTOTYPE", "href=\"/journal/who/").split('#').next().unwrap().to_owned();
    let about = read(&server, &claire, &format!("/journal/who/{who}"));
    for words in ["Laurent PROTOTYPE-SAUTEBRISE", "médecin", "Exempleville", "Je ne connais pas cette personne", "article L.1111-1", "CNIL"] {
        assert!(about.contains(words), "{words}: {about}");
    }
    let too_long = claire.post(&server, &format!("/journal/who/{who}/report"), &[("words", &"é".repeat(1_001))]);
    assert!(too_long.status == 422 && too_long.text().contains(&"é".repeat(1_001)));
    let report = |words: &str| claire.post(&server, &format!("/journal/who/{who}/report"), &[("words", words)]);
    let sent = report("<b>Je ne l'ai jamais vu</b> 漢字");
    assert_eq!(sent.header("location").unwrap(), format!("/journal/who/{who}?said=access-reported"));
    assert_eq!(report("encore").header("location").unwrap(), format!("/journal/who/{who}?said=report-open"));
    let page = read(&server, &claire, "/journal");
    let number = format!("S-{}", &page[page.find("Signalement S-").unwrap() + "Signalement S-".len()..][..10]);
    assert!(page.contains("Réponse au plus tard le") && page.contains("&#60;b&#62;Je ne") && !page.contains("<b>Je"), "{page}");
    server.kill();
    let operate = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_dmp")).args(["--log", "off", "reports"]).args(arguments).arg("--data").arg(&data).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (_, list, _) = operate(&["list"]);
    assert!(list.contains("1 reports, 1 without an answer") && list.contains(&number), "{list}");
    for name in ["PROTOTYPE", "Claire", "EXEMPLE"] {
        assert!(!list.contains(name), "the list names nobody: {list}");
    }
    assert!(!operate(&["take", &number, "--by", " "]).0, "nobody takes a report up without a name");
    assert!(operate(&["take", "S-0000000000", "--by", "Gaël EXPLOITANT-FICTIF"]).2.contains("report-not-found"));
    let (_, taken, _) = operate(&["take", &number, "--by", "Gaël EXPLOITANT-FICTIF"]);
    assert!(taken.contains("taken") && taken.contains("PROTOTYPE-SAUTEBRISE") && !taken.contains("EXEMPLE "), "{taken}");
    let answer = ["answer", &number, "--by", "Gaël EXPLOITANT-FICTIF", "--finding", "lawful", "--words", "Vous étiez à l'hôpital ce jour-là."];
    assert!(operate(&answer).0);
    assert!(operate(&answer).2.contains("report-answered"));
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &options);
    let claire = Session::of(&server, "claire-exemple");
    let page = read(&server, &claire, "/journal").replace('\u{a0}', " ");
    for words in [
        "L&#39;accès était permis.",
        "Vous étiez à l&#39;hôpital ce jour-là.",
        "Gaël EXPLOITANT-FICTIF (exploitation du service) a examiné votre signalement",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(read(&server, &claire, "/notices").contains("a répondu à votre signalement"));
    // Blocking from the same page, twice.
    for _ in 0..2 {
        let blocked = claire.post(&server, &format!("/journal/who/{who}/block"), &[]);
        assert_eq!(blocked.header("location").unwrap(), format!("/journal/who/{who}?said=blocked"));
    }
    let refused = asked(&server, &server.token_with("dr-hopital", &[("consent_now", "true")]), "GET", &listing("claire-exemple")).send();
    assert_eq!(refused.codes(), ["access-blocked"]);
    let preview = read(&server, &claire, &format!("/access/preview?who={who}"));
    assert!(preview.contains("Cette personne ne verrait rien") && preview.contains("bloquée"), "{preview}");
    drop(server);
    let _ = std::fs::remove_dir_all(data.parent().unwrap());
}

#[test]
fn a_preview_hides_and_shows_and_comes_back_to_itself() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options::default());
    let claire = Session::of(&server, "claire-exemple");
    let back = "/access/preview?as=dentist";
    let page = read(&server, &claire, back);
    let document = after(&page, "<h2 id=\"seen\">", "action=\"/documents/").split('/').next().unwrap().to_owned();
    let hidden = claire.post(&server, &format!("/documents/{document}/hide"), &[("back", back)]);
    assert_eq!(hidden.header("location"), Some("/access/preview?as=dentist&said=document-hidden"));
    let page = read(&server, &claire, &format!("{back}&all=1"));
    let (seen, unseen) = page.split_at(page.find("<h2 id=\"unseen\">").unwrap());
    assert!(!seen.contains(&document) && unseen.contains(&document) && unseen.contains("vous avez masqué ce document"), "{page}");
    let shown = claire.post(&server, &format!("/documents/{document}/show"), &[("back", back)]);
    assert_eq!(shown.header("location"), Some("/access/preview?as=dentist&said=document-shown"));
    // Nobody is sent elsewhere by a form.
    for elsewhere in ["https://example.org/", "//example.org", "/access/preview?as=x\r\nset-cookie: a=b", "/signout"] {
        let answer = claire.post(&server, &format!("/documents/{document}/hide"), &[("back", elsewhere)]);
        assert_eq!(answer.header("location"), Some(format!("/documents/{document}?said=document-hidden").as_str()), "{elsewhere}");
        claire.post(&server, &format!("/documents/{document}/show"), &[]);
    }
    for query in ["?as=nobody", "?who=AAAA", "?as=%00", "?as=dentist&agreed=no&agreed=yes"] {
        let status = claire.get(&server, &format!("/access/preview{query}")).status;
        assert!(matches!(status, 200 | 404), "{query}: {status}");
    }
    assert!(read(&server, &claire, "/access/preview?as=insurer").contains("la loi l&#39;interdit toujours"));
}
