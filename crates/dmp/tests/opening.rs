//! A person opens their record themself, or refuses it; and whoever knows a thousand cards and reads no mailbox opens none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by ending"
)]

mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::time::{Duration, Instant};

use dmp_synth::{Person, Town};
use dmp_testkit::{Answer, Options, Server, form_value};
use serde_json::{Value, json};
use world::{Clock, Session, at_once, scratch};

const FORM: &str = "application/x-www-form-urlencoded";
/// People of the demonstration's town: the first of the thousand whose cards are known.
const TOWN: u32 = 40;
const CARDS: u32 = 1_000;
const SOON: Duration = Duration::from_secs(30);
/// Of nobody: the insurer knows no such number. Nineteen more follow.
const STRANGER: &str = "18407990000";

/// A browser with its cookies.
#[derive(Default, Clone)]
struct Browser {
    cookies: BTreeMap<String, String>,
    csrf: String,
}

impl Browser {
    fn send(&mut self, server: &Server, method: &str, path: &str, body: Option<String>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = server.request(method, path).header("cookie", &cookies.join("; ")).header("accept-language", "fr");
        if let Some(body) = body {
            request = request.body(FORM, body);
        }
        let answer = request.send();
        for (_, value) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    fn get(&mut self, server: &Server, path: &str) -> Answer {
        let answer = self.send(server, "GET", path, None);
        let text = answer.text();
        if let Some((_, rest)) = text.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
        answer
    }

    fn post(&mut self, server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: String = fields.iter().map(|(name, value)| format!("&{name}={}", form_value(value))).collect();
        self.send(server, "POST", path, Some(format!("csrf={}{fields}", self.csrf)))
    }

    /// Sends a form that is taken, and reads the page that it leads to.
    #[track_caller]
    fn goes(&mut self, server: &Server, path: &str, fields: &[(&str, &str)], to: &str) -> Answer {
        let answer = self.post(server, path, fields);
        assert_eq!((answer.status, answer.header("location")), (303, Some(to)), "{path}: {}", answer.text());
        self.get(server, to)
    }

    /// Names a person and asks for a code, or comes with one.
    #[track_caller]
    fn begins(&mut self, server: &Server, number: &str, wanted: &str) {
        assert_eq!(self.goes(server, "/opening", &[("nir", number), ("do", wanted)], "/opening/code").status, 200);
    }
}

fn demonstration() -> Server {
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options::default())
}

fn number(handle: &str) -> String {
    dmp_synth::identity(handle).unwrap().ins.unwrap().matricule().to_owned()
}

/// The newest code in the mailbox of a demonstration whose mail or letter holds a text.
fn code_for(server: &Server, to: &str) -> String {
    let began = Instant::now();
    loop {
        let page = server.request("GET", "/sandbox/mailbox").send().text();
        let mail = page.split("<article").skip(1).find(|section| section.contains(to) && code_in(section).is_some());
        if let Some(code) = mail.and_then(code_in) {
            return code;
        }
        assert!(began.elapsed() < SOON, "no code for {to}: {page}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A code in a text: five signs, a dash, five signs.
fn code_in(text: &str) -> Option<String> {
    let is_code = |word: &&str| {
        let signs = |part: &str| part.len() == 5 && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        word.split_once('-').is_some_and(|(left, right)| signs(left) && signs(right))
    };
    text.split(|sign: char| sign.is_whitespace() || "<>".contains(sign)).find(is_code).map(str::to_owned)
}

fn metric(server: &Server, name: &str) -> u64 {
    let page = server.metrics();
    page.lines().find_map(|line| line.strip_prefix(&format!("{name} "))).unwrap().parse().unwrap()
}

/// What the program says on the terminal of the cards that it brings: number and serial number, by a word of what they are for.
fn serial(handle: &str) -> String {
    format!("{}", 8_000_000_000_u64 + u64::from(dmp_synth::identity(handle).unwrap().person.unwrap()))
}

const WITHOUT_MAILBOX: (&str, &str) = ("251049900000129", "9000000101");
const WITH_A_LOST_CARD: (&str, &str) = ("184069900000245", "9000000201");
const VICTOR: &str = "victor.essai@courriel.example";

/// From the first page to the question of the consent.
fn proves(server: &Server, browser: &mut Browser, number: &str, to: &str, serial: &str) {
    browser.begins(server, number, "ask");
    let code = code_for(server, to);
    assert_eq!(browser.goes(server, "/opening/code", &[("code", &code)], "/opening/card").status, 200);
    assert_eq!(browser.goes(server, "/opening/card", &[("serial", serial)], "/opening/consent").status, 200);
}

#[test]
fn a_person_opens_their_record_with_the_code_of_their_mailbox_and_their_card() {
    let server = demonstration();
    let (mut browser, victor) = (Browser::default(), number("victor-essai"));
    assert_eq!(browser.get(&server, "/opening").status, 200);
    for (typed, word) in [("", "15 chiffres"), ("123", "bonne forme"), ("193022A11411155", "derniers chiffres")] {
        let answer = browser.post(&server, "/opening", &[("nir", typed), ("do", "ask")]);
        assert!(answer.status == 422 && answer.text().contains(word) && answer.text().contains(typed), "{typed}: {}", answer.text());
    }
    let spaced = format!("{} {} {}", &victor[..1], &victor[1..13], &victor[13..]);
    browser.begins(&server, &spaced, "ask");
    let code = code_for(&server, VICTOR);
    // Neither half a code nor a form of another page counts as a try.
    assert!(browser.post(&server, "/opening/code", &[("code", "K7")]).text().contains("dix lettres"));
    let own = std::mem::replace(&mut browser.csrf, "0".repeat(64));
    let foreign = browser.post(&server, "/opening/code", &[("code", &code)]);
    assert_eq!(foreign.header("location"), Some("/opening/code?said=form-expired"));
    browser.csrf = own;
    assert_eq!(browser.post(&server, "/opening/security", &[("identifier", "victor")]).header("location"), Some("/opening/code"));
    assert_eq!(browser.goes(&server, "/opening/code", &[("code", &format!(" {} ", code.to_lowercase()))], "/opening/card").status, 200);
    let wrong = browser.post(&server, "/opening/card", &[("serial", &serial("claire-exemple"))]);
    assert!(wrong.status == 422 && wrong.text().contains("en service"), "{}", wrong.text());
    browser.goes(&server, "/opening/card", &[("serial", &serial("victor-essai"))], "/opening/consent");
    let untied = browser.post(&server, "/opening/consent", &[("break_glass", "on")]);
    assert!(untied.status == 422 && untied.text().contains("cochez la case"), "{}", untied.text());
    let contact = browser.goes(&server, "/opening/consent", &[("consent", "on"), ("break_glass", "on")], "/opening/contact");
    assert!(contact.text().contains(VICTOR), "what the insurer knows is filled in");
    assert!(browser.post(&server, "/opening/contact", &[("email", "victor@"), ("mobile", "")]).text().contains("bonne forme"));
    // Put off: the place is kept, and the card is asked for again.
    let later = browser.post(&server, "/opening/later", &[]);
    assert!(later.header("set-cookie").unwrap().contains("Max-Age=604800"));
    assert!(browser.get(&server, "/opening/later").text().contains("gardée"));
    assert_eq!(browser.get(&server, "/opening/contact").header("location"), Some("/opening/card"));
    browser.get(&server, "/opening/card");
    browser.goes(&server, "/opening/card", &[("serial", &serial("victor-essai"))], "/opening/contact");
    let fields = [("email", "victor.nouveau@courriel.example"), ("mobile", "+33 6 99 88 77 66")];
    assert_eq!(browser.goes(&server, "/opening/contact", &fields, "/opening/security").status, 200);
    assert_eq!(browser.get(&server, "/opening/consent").status, 200, "going back shows what was said");
    browser.get(&server, "/opening/security");
    for (typed, word) in [("abc", "de 5 à 40"), ("victor@courriel.example", "sans accent"), (victor.as_str(), "sécurité sociale")] {
        let answer = browser.post(&server, "/opening/security", &[("identifier", typed)]);
        assert!(answer.status == 422 && answer.text().contains(word), "{typed}: {}", answer.text());
    }
    let claire = Session::of(&server, "claire-exemple");
    assert_eq!(claire.post(&server, "/settings/signin/identifier", &[("identifier", "Victor.Essai")]).status, 303);
    let taken = browser.post(&server, "/opening/security", &[("identifier", "victor.essai")]);
    assert!(taken.status == 422 && taken.text().contains("déjà pris"), "{}", taken.text());
    // The last form, eight times at once.
    let sent = at_once(8, &[(); 8], |()| browser.clone().post(&server, "/opening/security", &[("identifier", "victor-essai-93")]));
    let sessions: Vec<&str> = sent.iter().map(|answer| answer.header("set-cookie").unwrap_or_default()).collect();
    assert!(
        sent.iter().all(|answer| answer.header("location") == Some("/opening/receipt")),
        "{:?}",
        sent.iter().map(Answer::text).collect::<Vec<_>>()
    );
    assert!(sessions.iter().all(|cookie| cookie.starts_with("dmp_session=")), "{sessions:?}");
    assert_eq!(metric(&server, "dmp_opening_records_opened_total"), 1);
    browser.goes(&server, "/opening/security", &[("identifier", "victor-essai-93")], "/opening/receipt");
    let receipt = browser.get(&server, "/opening/receipt").text();
    assert!(receipt.contains("DMP-") && receipt.contains("Victor ESSAI"), "{receipt}");
    assert_eq!(browser.get(&server, "/").status, 200);
    let ways = browser.get(&server, "/settings/signin").text();
    assert!(ways.contains("victor-essai-93") && ways.contains(VICTOR), "{ways}");
    let journal = browser.get(&server, "/journal?kind=all").text();
    assert_eq!(journal.matches("créé").count(), 1, "one opening in the journal: {journal}");
    // Somebody else at the same machine, without the session, reads no receipt.
    browser.cookies.remove("dmp_session");
    assert_eq!(browser.get(&server, "/opening/receipt").header("location"), Some("/signin"));
    // Asked for again, the mail says that there is a record, and holds no code.
    Browser::default().begins(&server, &victor, "ask");
    let began = Instant::now();
    while !server.request("GET", "/sandbox/mailbox?to=victor.essai@courriel.example").send().text().contains("déjà ouvert") {
        assert!(began.elapsed() < SOON);
        std::thread::sleep(Duration::from_millis(50));
    }
    let log = std::fs::read_to_string(server.log()).unwrap();
    for secret in [victor.as_str(), VICTOR, &code, "victor.nouveau", "ESSAI", &serial("victor-essai")] {
        assert!(!log.contains(secret), "`{secret}` stands in the log");
    }
}

/// A code that is not among those already read.
fn next_code(server: &Server, to: &str, read: &[String]) -> String {
    let began = Instant::now();
    loop {
        let page = server.request("GET", "/sandbox/mailbox").send().text();
        let codes = page.split("<article").skip(1).filter(|section| section.contains(to)).filter_map(code_in);
        if let Some(code) = codes.into_iter().find(|code| !read.contains(code)) {
            return code;
        }
        assert!(began.elapsed() < SOON, "no further code for {to}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// From a proved code to the last form, which is not sent.
fn answers(server: &Server, browser: &mut Browser, serial: &str) {
    browser.goes(server, "/opening/card", &[("serial", serial)], "/opening/consent");
    browser.goes(server, "/opening/consent", &[("consent", "on")], "/opening/contact");
    browser.goes(server, "/opening/contact", &[("email", ""), ("mobile", "")], "/opening/security");
}

#[test]
fn once_the_record_is_open_no_other_code_and_no_journey_lets_anybody_in() {
    let server = demonstration();
    let (number, card) = WITHOUT_MAILBOX;
    let mut codes = Vec::new();
    for _ in 0..3 {
        Browser::default().begins(&server, number, "ask");
        codes.push(next_code(&server, "rue du Croquis", &codes));
    }
    let comes_with = |code: &str| {
        let mut browser = Browser::default();
        browser.begins(&server, number, "have");
        browser.goes(&server, "/opening/code", &[("code", code)], "/opening/card");
        browser
    };
    // On a shared computer somebody has come to the card, on another one as far as the last form; the third letter lies about.
    let (mut half, mut own) = (comes_with(&codes[0]), comes_with(&codes[1]));
    let mut ready = half.clone();
    answers(&server, &mut ready, card);
    half.post(&server, "/opening/later", &[]);
    half.get(&server, "/opening/card");
    answers(&server, &mut own, card);
    own.goes(&server, "/opening/security", &[("identifier", "suzanne-1951")], "/opening/receipt");

    let mut late = Browser::default();
    late.begins(&server, number, "have");
    assert_eq!(late.post(&server, "/opening/code", &[("code", &codes[2])]).status, 422, "its code is over");
    let stopped = half.post(&server, "/opening/card", &[("serial", card)]);
    assert!(stopped.status == 409 && stopped.header("set-cookie").is_none(), "{}", stopped.text());
    let stopped = ready.post(&server, "/opening/security", &[("identifier", "suzanne-1951")]);
    assert!(stopped.header("set-cookie").is_none() && stopped.status != 200, "{} {}", stopped.status, stopped.text());
    assert!(!ready.cookies.contains_key("dmp_session") && !half.cookies.contains_key("dmp_session"));
    assert_eq!(ready.get(&server, "/settings/signin").header("location"), Some("/signin"));
    assert_eq!(own.get(&server, "/settings/signin").status, 200, "who opened it is in");
}

#[test]
fn an_opening_changes_no_means_that_an_account_has_and_lets_nobody_in_without_them() {
    let server = demonstration();
    // Who acts for a child has means, and no record.
    let victor = number("victor-essai");
    let mut means = Browser::default();
    assert_eq!(means.post(&server, "/signin", &[("identity", "victor-essai")]).status, 303);
    means.get(&server, "/settings/signin");
    means.goes(&server, "/settings/signin/identifier", &[("identifier", "victor.avant")], "/settings/signin?said=identifier");
    let own_mail = "victor.prive@courriel.example";
    means.goes(&server, "/settings/signin/mail", &[("mail", own_mail)], "/settings/signin/mail/check");
    let check = code_for(&server, own_mail);
    means.goes(&server, "/settings/signin/mail/check", &[("code", &check)], "/settings/signin?said=mail-verified");

    let mut thief = Browser::default();
    proves(&server, &mut thief, &victor, VICTOR, &serial("victor-essai"));
    thief.goes(&server, "/opening/consent", &[("consent", "on")], "/opening/contact");
    thief.goes(&server, "/opening/contact", &[("email", "voleur@courriel.example"), ("mobile", "")], "/opening/security");
    for _ in 0..2 {
        let opened = thief.post(&server, "/opening/security", &[("identifier", "voleur-93")]);
        assert_eq!((opened.status, opened.header("location")), (303, Some("/signin?said=means-kept")), "{}", opened.text());
        assert!(opened.header("set-cookie").is_none(), "an opening is no sign-in");
    }
    assert!(thief.get(&server, "/signin?said=means-kept").text().contains("Votre dossier est ouvert"));
    assert_eq!(thief.get(&server, "/opening/receipt").header("location"), Some("/signin"));
    let page = means.get(&server, "/settings/signin").text();
    assert!(page.contains("victor.avant") && !page.contains("voleur-93") && !page.contains(VICTOR), "{page}");
    assert_eq!(metric(&server, "dmp_opening_records_opened_total"), 1);
    // The address from before is told, and the word that was typed is free.
    let told = server.request("GET", "/sandbox/mailbox?to=victor.prive@courriel.example").send().text();
    assert!(told.contains("être ouvert, avec votre carte"), "{told}");
    let claire = Session::of(&server, "claire-exemple");
    assert_eq!(claire.post(&server, "/settings/signin/identifier", &[("identifier", "voleur-93")]).status, 303);
}

#[test]
fn a_refusal_is_kept_and_may_be_taken_back() {
    let mut server = demonstration();
    let (mut browser, (number, serial)) = (Browser::default(), WITHOUT_MAILBOX);
    assert!(browser.get(&server, "/opening/refuse").text().contains("/opening?wish=refuse"));
    browser.goes(&server, "/opening", &[("nir", number), ("wish", "refuse"), ("do", "ask")], "/opening/code");
    assert_eq!(browser.post(&server, "/opening/refuse", &[]).header("location"), Some("/opening/code"), "nothing before the code");
    // Without a mailbox, the code goes by post.
    let code = code_for(&server, "rue du Croquis");
    browser.goes(&server, "/opening/code", &[("code", &code)], "/opening/refuse");
    let refused = browser.goes(&server, "/opening/refuse", &[], "/opening/refuse");
    assert!(refused.text().contains("refus est noté"), "{}", refused.text());
    browser.goes(&server, "/opening/refuse", &[], "/opening/refuse");
    let letter = |server: &Server| {
        let parameters = json!([{ "name": "identifier", "valueIdentifier": { "system": "urn:oid:1.2.250.1.213.1.4.10", "value": number } }]);
        let body = json!({ "resourceType": "Parameters", "parameter": parameters }).to_string();
        world::asked(server, &server.token("agent-cpam"), "POST", "/fhir/Patient/$dmp-letter").body("application/fhir+json", body).send().status
    };
    assert_eq!(letter(&server), 403, "no letter opens a record for who refused");
    browser.goes(&server, "/opening/turn", &[], "/opening/card");
    browser.goes(&server, "/opening/card", &[("serial", serial)], "/opening/consent");
    browser.goes(&server, "/opening/consent", &[("consent", "on")], "/opening/contact");
    browser.goes(&server, "/opening/contact", &[("email", ""), ("mobile", "")], "/opening/security");
    browser.goes(&server, "/opening/security", &[("identifier", "suzanne-1951")], "/opening/receipt");
    assert_eq!(browser.get(&server, "/").status, 200);
    // The letter is printed once.
    server.kill();
    let out = scratch("letters");
    for count in [1, 0] {
        let mut letters = Command::new(env!("CARGO_BIN_EXE_dmp"));
        letters.args(["letters", "--base-url", "https://dmp.example", "--data"]).arg(server.data()).arg("--out").arg(&out);
        let said = letters.output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        assert_eq!(String::from_utf8_lossy(&said.stdout).contains(&format!("{count} letters with a code")), count == 1);
    }
    let printed: Vec<_> =
        std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.to_string_lossy().contains("code-")).collect();
    assert_eq!(printed.len(), 1);
    let text = std::fs::read_to_string(&printed[0]).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&printed[0]).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "whoever prints reads it, nobody else");
    assert!(text.contains(&code) && text.contains("Suzanne PAPIER-FICTIF") && !text.contains(number), "{text}");
}

#[test]
fn a_lost_card_opens_nothing_and_is_tried_five_times_a_week() {
    let server = demonstration();
    let (mut browser, (number, lost)) = (Browser::default(), WITH_A_LOST_CARD);
    browser.begins(&server, number, "ask");
    let code = code_for(&server, "hugo.egare-fictif@courriel.example");
    browser.goes(&server, "/opening/code", &[("code", &code)], "/opening/card");
    let tries: Vec<bool> = (0..7).map(|_| browser.post(&server, "/opening/card", &[("serial", lost)]).text().contains("sept jours")).collect();
    assert_eq!(tries, [false, false, false, false, false, true, true]);
    // A code has served when it was right: another browser cannot use it again.
    let mut other = Browser::default();
    other.begins(&server, number, "have");
    assert_eq!(other.post(&server, "/opening/code", &[("code", &code)]).status, 422);
}

#[test]
fn a_code_ends_after_a_day_and_three_are_sent_in_a_week() {
    let clock = Clock::new();
    let options = Options { arguments: clock.arguments(), ..Options::default() };
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &options);
    let victor = number("victor-essai");
    Browser::default().begins(&server, &victor, "ask");
    let first = code_for(&server, VICTOR);
    clock.shift(86_401);
    let mut browser = Browser::default();
    browser.begins(&server, &victor, "have");
    assert_eq!(browser.post(&server, "/opening/code", &[("code", &first)]).status, 422);
    for _ in 0..5 {
        browser.begins(&server, &victor, "ask");
    }
    let began = Instant::now();
    while metric(&server, "dmp_opening_codes_sent_total") < 3 {
        assert!(began.elapsed() < SOON);
    }
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(metric(&server, "dmp_opening_codes_sent_total"), 3);
    clock.shift(86_401 + 8 * 86_400);
    assert_eq!(browser.get(&server, "/opening/code").header("location"), Some("/opening"), "a journey waits for a week");
    browser.begins(&server, &victor, "ask");
    while metric(&server, "dmp_opening_codes_sent_total") < 4 {
        assert!(began.elapsed() < SOON);
    }
}

#[test]
fn of_a_thousand_guesses_at_once_five_are_compared() {
    let server = demonstration();
    let victor = number("victor-essai");
    Browser::default().begins(&server, &victor, "ask");
    let code = code_for(&server, VICTOR);
    let browsers: Vec<Browser> = (0..20)
        .map(|_| {
            let mut browser = Browser::default();
            browser.begins(&server, &victor, "have");
            browser
        })
        .collect();
    let guesses: Vec<u32> = (0..1_000).collect();
    let statuses = at_once(100, &guesses, |guess| {
        let mut browser = browsers[usize::try_from(guess % 20).unwrap()].clone();
        browser.post(&server, "/opening/code", &[("code", &format!("{:0>10}", guess + 2))]).status
    });
    assert!(statuses.iter().all(|status| *status == 422 || *status == 429), "{statuses:?}");
    let compared = metric(&server, "dmp_opening_codes_compared_total");
    println!("figure: code-guesses {compared}");
    assert_eq!(compared, 5);
    let mut late = browsers[0].clone();
    assert_eq!(late.post(&server, "/opening/code", &[("code", &code)]).status, 422, "the right code is no code any more");
    assert_eq!(metric(&server, "dmp_opening_codes_compared_total"), 5);
}

/// A number with its key.
fn keyed(base: &str) -> String {
    format!("{base}{:02}", dmp_core::identity::ins_key(base).unwrap())
}

fn line(person: &Person) -> Value {
    let traits = &person.traits;
    json!({
        "ins": person.ins.matricule(), "birth_family": traits.birth_name.family, "birth_given": traits.birth_name.given,
        "birth_date": traits.birth_date.to_iso(), "sex": if person.ins.matricule().starts_with('2') { "F" } else { "M" }, "birth_place": traits.birth_place,
        "email": (!person.index.is_multiple_of(5)).then_some(&person.email), "address": (!person.index.is_multiple_of(10)).then_some("1 rue du Croquis"),
        "cards": [{ "serial": format!("{:010}", person.index), "in_force": true }],
    })
}

fn records(server: &Server) -> u64 {
    let said = Command::new(env!("CARGO_BIN_EXE_dmp")).args(["doctor", "--json", "--data"]).arg(server.data()).output().unwrap();
    let said: Value = serde_json::from_slice(&said.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&said.stderr)));
    said["records"].as_u64().unwrap_or_else(|| panic!("{said}"))
}

/// What somebody who knows a card whole is answered, without what is random in it: the same for whoever the card belongs to.
fn attacked(server: &Server, number: &str, serial: &str) -> Vec<(u16, String)> {
    let mut browser = Browser::default();
    let mut answers = vec![browser.post(server, "/opening", &[("nir", number), ("do", "ask")])];
    answers.push(browser.get(server, "/opening/code"));
    for (path, fields) in [
        ("/opening/code", vec![("code", "23456-789AB")]),
        ("/opening/card", vec![("serial", serial)]),
        ("/opening/consent", vec![("consent", "on")]),
        ("/opening/contact", vec![("email", "voleur@courriel.example")]),
        ("/opening/security", vec![("identifier", "voleur")]),
        ("/opening/refuse", vec![]),
        ("/opening/turn", vec![]),
    ] {
        answers.push(browser.post(server, path, &fields));
    }
    answers.extend(["/opening", "/opening/receipt", "/opening/refuse", "/", "/signin"].map(|path| browser.send(server, "GET", path, None)));
    let words: Vec<String> = browser.cookies.values().chain([&browser.csrf]).cloned().collect();
    let steady = |answer: Answer| {
        let kept = answer.headers.iter().filter(|(name, _)| name != "date");
        let headers: String = kept.map(|(name, value)| format!("{name}: {value}\n")).collect();
        let text = words.iter().fold(format!("{headers}\n{}", answer.text()), |text, word| text.replace(word.as_str(), "…"));
        (answer.status, world::without_tokens(&text))
    };
    answers.into_iter().map(steady).collect()
}

#[test]
fn whoever_knows_a_thousand_cards_and_reads_no_mailbox_opens_no_record_and_learns_of_none() {
    let today = jiff::civil::date(2026, 11, 1);
    let people: Vec<Person> = Town::new(1, CARDS, today).people().collect();
    let file = scratch("cards");
    let lines: Vec<String> = people.iter().map(|person| line(person).to_string()).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let arguments = vec!["--card-registry".to_owned(), file.display().to_string()];
    let mut server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: TOWN, arguments, ..Options::default() });
    let open = people.iter().filter(|person| person.index < TOWN && person.has_record).count();
    assert!(open > 20, "{open}");
    let mut known: Vec<(String, String)> = people.iter().map(|person| (person.ins.matricule().to_owned(), format!("{:010}", person.index))).collect();
    known.extend((10..30).map(|order| (keyed(&format!("{STRANGER}{order}")), "0000000001".to_owned())));
    let answers = at_once(16, &known, |(number, serial)| attacked(&server, number, serial));
    let different: BTreeSet<&Vec<(u16, String)>> = answers.iter().collect();
    let shown_to_exist = different.len() - 1;
    assert_eq!(shown_to_exist, 0, "{different:#?}");
    let statuses: Vec<u16> = answers[0].iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses[..3], [303, 200, 422]);
    let refused = world::asked(&server, &server.token("operateur"), "GET", "/fhir/metadata").send();
    assert_eq!(refused.status, 200);
    // A minor whose mailbox and card are read by themself is sent to the counter.
    let minor = people.iter().find(|person| person.index >= TOWN && person.age_on(today) < 17 && person.index % 5 != 0).unwrap();
    let mut browser = Browser::default();
    let to = &minor.email;
    proves(&server, &mut browser, minor.ins.matricule(), to, &format!("{:010}", minor.index));
    browser.goes(&server, "/opening/consent", &[("consent", "on")], "/opening/contact");
    browser.goes(&server, "/opening/contact", &[], "/opening/security");
    let young = browser.post(&server, "/opening/security", &[("identifier", "trop-jeune")]);
    assert!(young.status == 422 && young.text().contains("moins de 18 ans"), "{}", young.text());
    let opened = metric(&server, "dmp_opening_records_opened_total");
    server.kill();
    let more = records(&server) - u64::try_from(open).unwrap();
    println!("figure: opening-attack {}", more + opened + u64::try_from(shown_to_exist).unwrap());
    assert_eq!((more, opened), (0, 0));
}

#[test]
fn an_opening_that_was_abandoned_is_swept_once_its_week_is_over() {
    let clock = Clock::new();
    let server = world::start(1, &clock, None);
    let swept = || metric(&server, "dmp_dated_notes_swept_total");
    let mut browser = Browser::default();
    browser.begins(&server, &number("victor-essai"), "ask");
    code_for(&server, VICTOR);
    // One hour before the end, the worker has been round and taken nothing.
    clock.shift(7 * 86_400 - 3_600);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(swept(), 0);
    assert_eq!(browser.get(&server, "/opening/code").status, 200, "the person may still come back");
    clock.shift(7 * 86_400 + 7_200);
    let began = Instant::now();
    while swept() < 2 {
        assert!(began.elapsed() < SOON, "the journey and the codes are still there");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(browser.get(&server, "/opening/code").header("location"), Some("/opening"));
}
