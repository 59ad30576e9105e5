//! Signing in as a person: by a mailed code, a printed one, a passkey, an identity provider; and what protects these.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

#[path = "oidc/browser.rs"]
mod browser;
#[path = "oidc/installation.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod installation;
mod npm;
#[path = "oidc/provider.rs"]
mod provider;
#[path = "signin/visitor.rs"]
mod visitor;
mod world;

use dmp_testkit::{Answer, Options, Server, form_value};
use installation::Installation;
use provider::Provider;
use serde_json::{Value, json};
use visitor::{Visitor, leads_to, mailed_code, new_sheet, sheet_of};
use world::{Clock, at_once, done, identifier, operate, scratch, verdict};

const ADDRESS: &str = "claire@exemple.invalid";

/// A demonstration of Claire alone.
fn server() -> Server {
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() })
}

/// Claire with an identifier and a verified address, as the page asks her for them.
fn with_mail(server: &Server) -> Visitor {
    let mut claire = Visitor::of(&server.url, "claire-exemple");
    leads_to(&claire.post("/settings/signin/identifier", &[("identifier", "Claire.Exemple")]), "/settings/signin?said=identifier");
    leads_to(&claire.post("/settings/signin/mail", &[("mail", ADDRESS)]), "/settings/signin/mail/check");
    assert_eq!(claire.post("/settings/signin/mail/check", &[("code", "AAAAA-AAAAA")]).status, 422);
    let code = mailed_code(server, ADDRESS);
    leads_to(&claire.post("/settings/signin/mail/check", &[("code", &code)]), "/settings/signin?said=mail-verified");
    claire
}

/// An agent at the counter, with the person before them.
fn agent(server: &Server) -> String {
    server.token_with("agent-cpam", &[("consent_now", "true")])
}

fn open(server: &Server, handle: &str) {
    done(&operate(server, &agent(server), "dmp-open", handle, &[("channel", json!("CPAM")), ("consent", json!("oral"))]));
}

fn represent(server: &Server, child: &str, parent: &str) {
    let who = [("representative", identifier(parent)), ("family", json!("FICTIF")), ("given", json!("Sophie"))];
    done(&operate(server, &agent(server), "dmp-represent", child, &who));
}

/// The sheet that the counter hands out: identifier and codes.
fn hand_out(server: &Server, about: &str, more: &[(&str, Value)]) -> (String, Vec<String>) {
    let answer = operate(server, &agent(server), "dmp-hand-out-codes", about, more);
    done(&answer);
    let answer = answer.json();
    let of = |name: &str| -> Vec<String> {
        let all = answer["parameter"].as_array().unwrap().iter().filter(|one| one["name"] == name);
        all.map(|one| one["valueString"].as_str().unwrap().to_owned()).collect()
    };
    (of("identifier")[0].clone(), of("code"))
}

fn guesses_compared(server: &Server) -> u64 {
    let page = server.metrics();
    page.lines().find_map(|line| line.strip_prefix("dmp_signin_guesses_compared_total ")).unwrap().parse().unwrap()
}

#[test]
fn a_mailed_code_lets_in_once_and_a_session_is_new_each_time() {
    let server = server();
    with_mail(&server);
    let mut visitor = Visitor::new(&server.url);
    leads_to(&visitor.start(" CLAIRE.exemple ", "mail"), "/signin/code");
    let code = mailed_code(&server, ADDRESS);
    assert_eq!(visitor.code("").status, 422);
    // An address without a name has no passkeys to offer: straight to the record.
    let entered = visitor.code(&format!(" {} ", code.to_lowercase().replace('-', " ")));
    leads_to(&entered, "/");
    let cookies: Vec<&str> = entered.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.as_str()).collect();
    assert!(
        cookies.iter().any(|line| line.starts_with("dmp_session=") && line.contains("HttpOnly") && line.contains("SameSite=Strict")),
        "{cookies:?}"
    );
    let home = visitor.get("/");
    assert!(home.status == 200 && home.text().contains("Claire EXEMPLE"));
    assert_eq!(visitor.code(&code).status, 400, "the challenge went with the code");

    let mut thief = Visitor::new(&server.url);
    leads_to(&thief.start("claire.exemple", "mail"), "/signin/code");
    assert_eq!(thief.code(&code).status, 422, "a code is for the browser that asked for it");
}

#[test]
fn a_code_is_over_after_ten_minutes_and_so_many_go_in_an_hour() {
    let clock = Clock::new();
    let server = world::start(1, &clock, None);
    with_mail(&server);
    let mut late = Visitor::new(&server.url);
    late.start("claire.exemple", "mail");
    let code = mailed_code(&server, ADDRESS);
    clock.shift(601);
    assert_eq!(late.code(&code).status, 422);

    // Strangers have used up their share: no code goes out, and the page says what it always says.
    for _ in 0..6 {
        leads_to(&Visitor::new(&server.url).start("claire.exemple", "mail"), "/signin/code");
    }
    let last = mailed_code(&server, ADDRESS);
    let mut one_more = Visitor::new(&server.url);
    leads_to(&one_more.start("claire.exemple", "mail"), "/signin/code");
    assert_eq!(mailed_code(&server, ADDRESS), last, "nothing more was sent");
    clock.shift(601 + 3_601);
    let mut later = Visitor::new(&server.url);
    later.start("claire.exemple", "mail");
    leads_to(&later.code(&mailed_code(&server, ADDRESS)), "/");

    // The browser in which she has signed in has a share of its own: an attack keeps her out of nothing there.
    for _ in 0..8 {
        Visitor::new(&server.url).start("claire.exemple", "mail");
    }
    leads_to(&later.start("claire.exemple", "mail"), "/signin/code");
    leads_to(&later.code(&mailed_code(&server, ADDRESS)), "/");
}

#[test]
fn of_a_thousand_guesses_at_once_five_are_compared_and_of_many_right_ones_one_arrives() {
    let server = server();
    with_mail(&server);
    let challenge = || {
        let form = format!("identifier={}&way=mail", form_value("claire.exemple"));
        let begun = server.request("POST", "/signin/start").body("application/x-www-form-urlencoded", form).send();
        begun.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    };
    let guess = |cookie: &str, code: &str| {
        server.request("POST", "/signin/code").header("cookie", cookie).body("application/x-www-form-urlencoded", format!("code={code}")).send()
    };
    let cookie = challenge();
    let right = mailed_code(&server, ADDRESS);
    let wrong: Vec<String> = (0..1_000).map(|number| format!("{number:0>10}")).filter(|code| *code != right).collect();
    let before = guesses_compared(&server);
    let answers = at_once(64, &wrong, |code| guess(&cookie, code).status);
    assert!(answers.iter().all(|status| *status == 422), "{answers:?}");
    let compared = guesses_compared(&server) - before;
    println!("figure: signin-guesses {compared}");
    assert_eq!(compared, 5);
    assert_eq!(guess(&cookie, &right).status, 422, "nothing is left to try");

    let cookie = challenge();
    let right = vec![mailed_code(&server, ADDRESS); 16];
    let arrived = at_once(16, &right, |code| guess(&cookie, code).status).into_iter().filter(|status| *status == 303).count();
    assert_eq!(arrived, 1, "a code lets in once, whoever is quick");
}

#[test]
fn an_unknown_identifier_is_answered_byte_by_byte_as_a_known_one() {
    let server = server();
    with_mail(&server);
    let shape = |answer: &Answer| {
        let plain = |(name, value): &(String, String)| {
            // What differs each time, whoever asks: the random word and the date.
            let value = if name == "set-cookie" { value.split('=').next().unwrap().to_owned() } else { value.clone() };
            (name.clone(), value)
        };
        let headers: Vec<(String, String)> = answer.headers.iter().filter(|(name, _)| name != "date").map(plain).collect();
        (answer.status, headers, answer.body.clone())
    };
    let walk = |identifier: &str, way: &str| {
        let mut visitor = Visitor::new(&server.url);
        let begun = visitor.start(identifier, way);
        let length = begun.header("set-cookie").unwrap().len();
        (length, [shape(&begun), shape(&visitor.get("/signin/code")), shape(&visitor.code("23456-789AB")), shape(&visitor.code("23456-789AB"))])
    };
    for way in ["mail", "printed"] {
        let known = walk("claire.exemple", way);
        for unknown in ["personne.ici", "claire@exemple.invalid", "258033523890052", "é\u{0}<b>", &"a".repeat(80)] {
            assert!(walk(unknown, way) == known, "{way}: {unknown}");
        }
    }
}

#[test]
fn the_counters_are_on_a_listener_of_their_own_and_count_the_same_for_everybody() {
    let server = server();
    with_mail(&server);
    assert_eq!(server.request("GET", "/metrics").send().status, 404, "nobody reads them at the public address");
    let counted = || -> Vec<(String, u64)> {
        let page = server.metrics();
        let lines = page.lines().filter(|line| line.starts_with("dmp_signin_") && !line.starts_with("dmp_signin_guesses_compared_total"));
        lines.filter_map(|line| line.split_once(' ')).map(|(name, value)| (name.to_owned(), value.parse().unwrap())).collect()
    };
    let added = |identifier: &str, way: &str| -> Vec<u64> {
        let before = counted();
        let mut visitor = Visitor::new(&server.url);
        visitor.start(identifier, way);
        assert_eq!(visitor.code("23456-789AB").status, 422);
        counted().iter().zip(&before).map(|((_, after), (_, before))| after - before).collect()
    };
    for way in ["mail", "printed"] {
        assert_eq!(added("claire.exemple", way), [1]);
        assert_eq!(added("personne.ici", way), [1], "{way}");
    }
}

#[test]
fn five_checks_of_addresses_an_hour_are_sent_however_often_somebody_signs_in() {
    let clock = Clock::new();
    let server = world::start(1, &clock, None);
    // The first of five was hers.
    let mut claire = with_mail(&server);
    for number in 0..4 {
        let victim = format!("victim{number}@exemple.invalid");
        leads_to(&claire.post("/settings/signin/mail", &[("mail", &victim)]), "/settings/signin/mail/check");
    }
    let victim = [("mail", "victim@exemple.invalid")];
    claire.get("/settings/signin");
    leads_to(&claire.post("/settings/signin/mail", &victim), "/settings/signin?said=too-many-codes");
    // Neither a fresh sign-in nor another browser makes room.
    claire.start("claire.exemple", "mail");
    leads_to(&claire.code(&mailed_code(&server, ADDRESS)), "/");
    claire.get("/settings/signin");
    leads_to(&claire.post("/settings/signin/mail", &victim), "/settings/signin?said=too-many-codes");
    let mut other = Visitor::of(&server.url, "claire-exemple");
    leads_to(&other.post("/settings/signin/mail", &victim), "/settings/signin?said=too-many-codes");
    assert!(!server.request("GET", "/sandbox/mailbox").send().text().contains("victim@exemple.invalid"));
    clock.shift(3_601);
    let mut later = Visitor::of(&server.url, "claire-exemple");
    leads_to(&later.post("/settings/signin/mail", &victim), "/settings/signin/mail/check");
}

#[test]
fn who_signs_out_leaves_nobody_half_signed_in() {
    let Some(provider) = Provider::start("who signs out", "") else { return };
    let installation = with_person_oidc(&provider, "");
    let mut claire = Visitor::of(&installation.url, "claire-exemple");
    // She has proved at the provider who she is, has linked nothing, and goes.
    leads_to(&claire.by_provider("person"), "/settings/signin");
    let page = claire.get("/settings/signin").text();
    assert!(page.contains("/settings/signin/oidc/link"), "{page}");
    let out = claire.post("/signout", &[]);
    leads_to(&out, "/signin");
    let ended: Vec<&str> = out.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.as_str()).collect();
    assert!(ended.iter().any(|line| line.starts_with("dmp_proven=;") && line.contains("Max-Age=0")), "{ended:?}");
    // Who sits down next has nobody to link.
    assert_eq!(claire.post("/signin", &[("identity", "helene-maquette")]).status, 303);
    let page = claire.get("/settings/signin").text();
    assert!(!page.contains("action=\"/settings/signin/oidc/link\""), "{page}");
}

#[test]
fn over_https_a_cookie_without_the_sign_of_this_host_is_nobodys() {
    let arguments = ["--base-url", "https://dmp.example"].map(str::to_owned).to_vec();
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, arguments, ..Options::default() });
    let entered = server.request("POST", "/signin").body("application/x-www-form-urlencoded", "identity=claire-exemple").send();
    let cookie = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let value = cookie.strip_prefix("__Host-dmp_session=").unwrap_or_else(|| panic!("{cookie}"));
    let home = |cookie: &str| server.request("GET", "/settings/signin").header("cookie", cookie).send().status;
    assert_eq!(home(&cookie), 200);
    assert_eq!(home(&format!("dmp_session={value}")), 303, "a neighbour domain may have set it");
}

#[test]
fn a_person_without_mail_or_telephone_gets_a_sheet_at_the_counter_and_reads_at_home() {
    let server = server();
    open(&server, "helene-maquette");
    let refused = |token: &str| verdict(&operate(&server, token, "dmp-hand-out-codes", "helene-maquette", &[]));
    assert_eq!(refused(&server.token("agent-cpam")), "403 access-no-rule-permits", "who is not there gets nothing");
    assert_eq!(refused(&server.token_with("dr-fictif", &[("consent_now", "true")])), "403 access-no-rule-permits");

    let (identifier, codes) = hand_out(&server, "helene-maquette", &[("proof", json!("carte nationale d'identité"))]);
    assert_eq!(codes.len(), 12);
    let mut home = Visitor::new(&server.url);
    leads_to(&home.start(&identifier, "printed"), "/signin/code");
    assert_eq!(home.code("AAAAA-AAAAA").status, 422);
    leads_to(&home.code(&codes[3].to_lowercase().replace('-', " ")), "/");
    let page = home.get("/").text();
    assert!(page.contains("HELENE") || page.contains("Hélène") || page.contains("MAQUETTE"), "{page}");
    assert!(page.contains("a changé un moyen de se connecter"), "the notice of the sheet");
    let journal = home.get("/journal").text().replace('\u{a0}', " ").replace("&#39;", "'");
    assert!(journal.contains("a remis en personne à") && journal.contains("(carte nationale d'identité)"), "{journal}");

    let mut again = Visitor::new(&server.url);
    again.start(&identifier, "printed");
    assert_eq!(again.code(&codes[3]).status, 422, "a code works once");
    let (same, fresh) = hand_out(&server, "helene-maquette", &[]);
    assert_eq!(same, identifier, "the identifier stays");
    leads_to(&home.get("/settings/signin"), "/signin");
    let mut old = Visitor::new(&server.url);
    old.start(&identifier, "printed");
    assert_eq!(old.code(&codes[4]).status, 422, "a new sheet ends the old one");
    leads_to(&old.code(&fresh[0]), "/");
}

#[test]
fn a_parent_without_a_record_signs_in_to_their_children_s_and_not_as_the_child() {
    let server = server();
    open(&server, "nina-fictif");
    let holder = [("holder", identifier("sophie-fictif"))];
    let stranger = operate(&server, &agent(&server), "dmp-hand-out-codes", "nina-fictif", &holder);
    assert_eq!(verdict(&stranger), "404 mandate-not-found", "nobody whom the record does not name");
    represent(&server, "nina-fictif", "sophie-fictif");
    let (identifier, codes) = hand_out(&server, "nina-fictif", &holder);
    let mut sophie = Visitor::new(&server.url);
    sophie.start(&identifier, "printed");
    leads_to(&sophie.code(&codes[0]), "/");
    let page = sophie.get("/").text();
    assert!(page.contains("class=\"acting\"") && page.contains("Nina"), "{page}");
    // Her means are her own: she has no record, and changes them all the same. The child's stay the child's.
    leads_to(&sophie.post("/settings/signin/identifier", &[("identifier", "sophie.f")]), "/settings/signin?said=identifier");
    assert!(sophie.get("/settings/signin").text().contains("sophie.f"));

    open(&server, "tom-fictif");
    represent(&server, "tom-fictif", "sophie-fictif");
    let (_, codes) = hand_out(&server, "tom-fictif", &[("holder", self::identifier("sophie-fictif"))]);
    let mut sophie = Visitor::new(&server.url);
    sophie.start("sophie.f", "printed");
    leads_to(&sophie.code(&codes[0]), "/signin/as");
    let ways = sophie.get("/signin/as").text();
    let toms = ways.split("value=\"").find(|rest| rest.split("</button>").next().unwrap().contains("Tom")).unwrap();
    let record = toms.split('"').next().unwrap().to_owned();
    leads_to(&sophie.post("/signin/as", &[("record", &record)]), "/");
    assert!(sophie.get("/").text().contains("Tom"));
    sophie.get("/signin/as");
    assert_eq!(sophie.post("/signin/as", &[("record", "made-up")]).status, 404);
}

#[test]
fn a_change_is_in_the_journal_told_and_ends_other_sessions_and_the_last_means_stays() {
    let server = server();
    let mut claire = with_mail(&server);
    let mut elsewhere = Visitor::new(&server.url);
    elsewhere.start("claire.exemple", "mail");
    leads_to(&elsewhere.code(&mailed_code(&server, ADDRESS)), "/");
    assert_eq!(claire.get("/settings/signin").text().matches("<li>Ouverte le").count(), 2);

    leads_to(&claire.post("/settings/signin/mail/remove", &[]), "/settings/signin?said=last-means");
    assert_eq!(elsewhere.get("/settings/signin").status, 200, "nothing has changed");
    let page = new_sheet(&mut claire);
    let (identifier, codes) = sheet_of(&page);
    assert_eq!((identifier.as_str(), codes.len()), ("claire.exemple", 12));
    // Loading the page again makes no other sheet, and nobody else is shown this one.
    let same = claire.get("/settings/signin/codes").text();
    assert_eq!(sheet_of(&same), (identifier.clone(), codes.clone()));
    leads_to(&Visitor::of(&server.url, "claire-exemple").get("/settings/signin/codes"), "/settings/signin");
    leads_to(&elsewhere.get("/settings/signin"), "/signin");
    leads_to(&claire.post("/settings/signin/mail/remove", &[]), "/settings/signin?said=mail-removed");
    leads_to(&claire.post("/settings/signin/codes/remove", &[]), "/settings/signin?said=last-means");
    assert_eq!(claire.post("/settings/signin/mail/remove", &[]).status, 404);

    let journal = claire.get("/journal?kind=all").text();
    assert!(journal.matches("vous avez changé vos moyens de connexion").count() >= 4, "{journal}");
    assert!(claire.get("/notices").text().contains("a changé un moyen de se connecter"));
    // A form without its hidden field changes nothing.
    let forged = server.request("POST", "/settings/signin/codes/remove").body("application/x-www-form-urlencoded", "csrf=0").send();
    assert_eq!(forged.status, 303);

    // Somebody else cannot have the identifier, whatever its capitals; once it is given up they can.
    open(&server, "helene-maquette");
    let mut helene = Visitor::of(&server.url, "helene-maquette");
    let taken = helene.post("/settings/signin/identifier", &[("identifier", "CLAIRE.exemple")]);
    assert!(taken.status == 422 && taken.text().contains("déjà pris"), "{}", taken.text());
    leads_to(&claire.post("/settings/signin/identifier", &[("identifier", "claire.deux")]), "/settings/signin?said=identifier");
    leads_to(&helene.post("/settings/signin/identifier", &[("identifier", "claire.exemple")]), "/settings/signin?said=identifier");
    for wrong in ["", "né", "a b c d e", &"1".repeat(15)] {
        let answer = helene.post("/settings/signin/identifier", &[("identifier", wrong)]);
        assert!(answer.status == 422 && answer.text().contains("identifier-error"), "{wrong}");
    }
}

#[test]
fn who_signed_in_longer_than_ten_minutes_ago_signs_in_once_more_before_the_means_change() {
    let clock = Clock::new();
    let server = world::start(1, &clock, None);
    let mut claire = with_mail(&server);
    leads_to(&claire.post("/settings/signin/identifier", &[("identifier", "claire.frais")]), "/settings/signin?said=identifier");
    clock.shift(601);
    let before = world::without_tokens(&claire.get("/settings/signin").text());
    let changes: [(&str, &[(&str, &str)]); 6] = [
        ("/settings/signin/identifier", &[("identifier", "claire.autre")]),
        ("/settings/signin/mail", &[("mail", "autre@exemple.invalid")]),
        ("/settings/signin/mail/remove", &[]),
        ("/settings/signin/codes", &[]),
        ("/settings/signin/codes/remove", &[]),
        ("/settings/signin/passkey/remove", &[("id", "AA")]),
    ];
    for (path, fields) in changes {
        leads_to(&claire.post(path, fields), "/signin?said=sign-in-again");
    }
    let said = claire.get("/signin?said=sign-in-again").text();
    assert!(said.contains("connectez-vous encore une fois"), "{said}");
    assert_eq!(world::without_tokens(&claire.get("/settings/signin").text()), before, "nothing has changed");
    // Other pages are not held up, nor is ending what somebody else may have left open.
    leads_to(&claire.post("/settings/signin/end-others", &[]), "/settings/signin?said=sessions-ended");

    claire.start("claire.frais", "mail");
    leads_to(&claire.code(&mailed_code(&server, ADDRESS)), "/settings/signin");
    claire.get("/settings/signin");
    new_sheet(&mut claire);
    // Going on in another quality is no proof of anything.
    clock.shift(601 + 601);
    claire.get("/signin/as");
    leads_to(&claire.post("/signin/as", &[("record", "own")]), "/");
    claire.get("/settings/signin");
    leads_to(&claire.post("/settings/signin/mail/remove", &[]), "/signin?said=sign-in-again");
}

#[test]
fn somebody_without_a_record_is_told_of_a_change_at_the_address_that_was_known() {
    let server = server();
    open(&server, "nina-fictif");
    represent(&server, "nina-fictif", "sophie-fictif");
    let holder = [("holder", identifier("sophie-fictif"))];
    let (identifier, codes) = hand_out(&server, "nina-fictif", &holder);
    let mut sophie = Visitor::new(&server.url);
    sophie.start(&identifier, "printed");
    leads_to(&sophie.code(&codes[0]), "/");
    let address = "sophie@exemple.invalid";
    let told = |address: &str| {
        let page = server.request("GET", &format!("/sandbox/mailbox?to={address}")).send().text();
        page.matches("Un de vos moyens de vous connecter").count()
    };
    sophie.get("/settings/signin");
    leads_to(&sophie.post("/settings/signin/mail", &[("mail", address)]), "/settings/signin/mail/check");
    let code = mailed_code(&server, address);
    leads_to(&sophie.post("/settings/signin/mail/check", &[("code", &code)]), "/settings/signin?said=mail-verified");
    assert_eq!(told(address), 0, "there was no address yet");
    sophie.get("/settings/signin");
    leads_to(&sophie.post("/settings/signin/identifier", &[("identifier", "sophie.f")]), "/settings/signin?said=identifier");
    assert_eq!(told(address), 1);
    // A new address: the old one hears of it, the new one does not.
    let other = "voleur@exemple.invalid";
    sophie.get("/settings/signin");
    leads_to(&sophie.post("/settings/signin/mail", &[("mail", other)]), "/settings/signin/mail/check");
    let code = mailed_code(&server, other);
    leads_to(&sophie.post("/settings/signin/mail/check", &[("code", &code)]), "/settings/signin?said=mail-verified");
    assert_eq!((told(address), told(other)), (2, 0));
    // So does a sheet of the counter tell.
    hand_out(&server, "nina-fictif", &holder);
    assert_eq!(told(other), 1);
    let text = server.request("GET", &format!("/sandbox/mailbox?to={address}")).send().text();
    for word in ["Sophie", "FICTIF", "sophie.f", "santé"] {
        let mails = text.split("<article").skip(1).filter_map(|part| part.split("</article>").next()).collect::<String>();
        assert!(!mails.is_empty());
        assert!(!mails.contains(word), "{word}: {mails}");
    }
}

/// A demonstration whose doors let strangers in so often in a minute.
fn with_limits(clock: &Clock, arguments: &[&str]) -> Server {
    let arguments: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
    world::start_with(1, clock, &arguments)
}

#[test]
fn an_address_that_asks_too_often_waits_the_same_whomever_it_asks_about() {
    let clock = Clock::new();
    let server = with_limits(&clock, &["--strangers-per-address", "6", "--strangers-per-account", "0", "--address-header", "x-forwarded-for"]);
    let from = |address: &str, path: &str, form: &str| {
        server.request("POST", path).header("x-forwarded-for", address).body("application/x-www-form-urlencoded", form.to_owned()).send()
    };
    let start = |address: &str, who: &str| from(address, "/signin/start", &format!("identifier={who}&way=mail"));
    clock.to_the_minute();
    for number in 0..6 {
        assert_eq!(start("192.0.2.1", &format!("nobody{number}")).status, 303);
    }
    let mut answers = Vec::new();
    for (path, form) in [
        ("/signin/start", "identifier=claire.exemple&way=mail"),
        ("/signin/start", "identifier=personne.ici&way=mail"),
        ("/signin/code", "code=12345678"),
        ("/signin/passkey", "x=y"),
        ("/opening", "nir=258033523890052&do=ask"),
        ("/opening", "nir=1&do=ask"),
        ("/opening/code", "code=ABCDE-FGHJK"),
        ("/opening/card", "serial=1"),
        ("/share/open/nothing", "recipient=x&passcode=1"),
    ] {
        let answer = from("192.0.2.1", path, form);
        let wait: u32 = answer.header("retry-after").unwrap_or_else(|| panic!("{path}: {}", answer.status)).parse().unwrap();
        assert!(answer.status == 429 && (1..=60).contains(&wait), "{path}: {} {wait}", answer.status);
        answers.push(answer.body.clone());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "one answer for everybody");
    let shl = from("192.0.2.1", "/shl/nothing", "{}");
    assert_eq!((shl.status, shl.json()["error"].as_str()), (429, Some("busy")));
    // Others, other pages and the next minute are not held up.
    assert_eq!(start("192.0.2.2", "claire.exemple").status, 303);
    assert_eq!(server.request("GET", "/signin").header("x-forwarded-for", "192.0.2.1").send().status, 200);
    clock.to_the_minute();
    assert_eq!(start("192.0.2.1", "claire.exemple").status, 303);
    let metrics = server.metrics();
    assert!(metrics.contains("dmp_strangers_turned_away_total 10\n"), "{metrics}");
}

#[test]
fn an_account_that_is_asked_about_too_often_keeps_its_person_in_nobody_s_way() {
    let clock = Clock::new();
    let server = with_limits(&clock, &["--strangers-per-address", "0", "--strangers-per-account", "3"]);
    with_mail(&server);
    clock.to_the_minute();
    let mut known = Visitor::new(&server.url);
    known.start("claire.exemple", "mail");
    leads_to(&known.code(&mailed_code(&server, ADDRESS)), "/");
    let asks = |who: &str| (0..5).map(|_| Visitor::new(&server.url).start(who, "mail").status).collect::<Vec<u16>>();
    assert_eq!(asks("CLAIRE.exemple"), [303, 303, 429, 429, 429], "one of the three was hers");
    assert_eq!(asks("personne.ici"), [303, 303, 303, 429, 429], "and so for who is nobody");
    let opens = |number: &str| {
        let ask = |_| Visitor::new(&server.url).post("/opening", &[("nir", number), ("do", "have")]).status;
        (0..5).map(ask).collect::<Vec<u16>>()
    };
    let (hers, nobodys) = (dmp_synth::identity("claire-exemple").unwrap().ins.unwrap(), "279035121518989");
    assert_eq!(opens(hers.matricule()), [303, 303, 303, 429, 429]);
    assert_eq!(opens(nobodys), [303, 303, 303, 429, 429]);
    // Her own browser has a share of its own.
    leads_to(&known.start("claire.exemple", "mail"), "/signin/code");
    leads_to(&known.code(&mailed_code(&server, ADDRESS)), "/");
}

#[test]
fn a_passkey_is_made_and_used_in_a_browser() {
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !std::path::Path::new(&browser).is_file() {
        println!("SKIPPED: passkey.mjs: {browser} is missing");
        return;
    }
    // Passkeys are bound to the name of the site: the port must be known before the start.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://localhost:{port}");
    let data = scratch("passkey-data");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dmp"));
    command.args(["--log", "off", "serve", "--demo", "--patients", "1", "--base-url", &url, "--listen", &format!("127.0.0.1:{port}")]);
    let mut child = command.arg("--data").arg(&data).stdout(std::process::Stdio::null()).spawn().unwrap();
    let listens = (0..600).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    let played = std::panic::catch_unwind(|| {
        assert!(listens, "dmp serve --demo listens");
        npm::play("passkey.mjs", &url);
    });
    let _ = child.kill();
    let _ = child.wait();
    let _ = std::fs::remove_dir_all(&data);
    played.unwrap();
}

#[test]
fn a_person_of_an_identity_provider_is_linked_once_by_another_means_and_then_comes_in_by_it() {
    let Some(provider) = Provider::start("a person of an identity provider is linked", "") else { return };
    let installation = with_person_oidc(&provider, "");
    let mut claire = Visitor::of(&installation.url, "claire-exemple");
    let (identifier, codes) = sheet_of(&new_sheet(&mut claire));

    let mut browser = Visitor::new(&installation.url);
    let unknown = browser.by_provider("person");
    assert!(unknown.status == 403 && unknown.text().contains("liée à aucun dossier"), "{}", unknown.text());
    browser.start(&identifier, "printed");
    leads_to(&browser.code(&codes[0]), "/settings/signin");
    assert!(browser.get("/settings/signin").text().contains("Lier mon compte"));
    leads_to(&browser.post("/settings/signin/oidc/link", &[]), "/settings/signin?said=provider-linked");

    let mut later = Visitor::new(&installation.url);
    leads_to(&later.by_provider("person"), "/");
    assert!(later.get("/").text().contains("Claire EXEMPLE"));
    later.get("/settings/signin");
    leads_to(&later.post("/settings/signin/oidc/unlink", &[]), "/settings/signin?said=provider-unlinked");
    assert_eq!(Visitor::new(&installation.url).by_provider("person").status, 403);
    let log = installation.log();
    for personal in ["258033523890052", &identifier, "EXEMPLE"] {
        assert!(!log.contains(personal), "{personal} in the log");
    }
}

#[test]
fn a_number_that_the_provider_vouches_for_opens_the_account_only_where_the_installation_says_so() {
    let Some(provider) = Provider::start("a number that the provider vouches for", "") else { return };
    let installation = with_person_oidc(&provider, r#","ins_claim":"ins""#);
    let mut visitor = Visitor::new(&installation.url);
    leads_to(&visitor.by_provider("person"), "/");
    assert!(visitor.get("/").text().contains("Claire EXEMPLE"));
    assert!(visitor.get("/notices").text().contains("a changé un moyen de se connecter"));
    // Without the claim, nobody.
    assert_eq!(Visitor::new(&installation.url).by_provider("doctor").status, 403);
}

/// A demonstration of Claire whose persons may sign in at the provider.
fn with_person_oidc(provider: &Provider, more: &str) -> Installation {
    let config = provider.config("dmp", "eidas1");
    let file = scratch("person-oidc");
    std::fs::write(&file, format!("{}{more}}}", config.trim_end_matches('}'))).unwrap();
    let installation = Installation::start(&config, &["--demo", "--patients", "1", "--person-oidc", &file.display().to_string()]);
    std::fs::remove_file(&file).unwrap();
    installation
}
