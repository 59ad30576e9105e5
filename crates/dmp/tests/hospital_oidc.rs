//! Users of hospitals sign in at the provider of their hospital (`scenarios/oidc-provider`, two of them): who is matched, to whom, what they see, who is
//! refused, and what one provider says at the door of another. Skipped, and said loudly, without node and npm.
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
mod feeder_support;
#[path = "oidc/provider.rs"]
mod provider;
#[path = "hospital_oidc/stays.rs"]
mod stays;
mod tls_support;
mod world;

/// What the shared parts of the browser and the provider ask for.
mod installation {
    /// Public address: the provider knows it before the port is known.
    pub const PUBLIC: &str = "http://dmp.test";
}

use browser::Browser;
use dmp_testkit::{Answer, Options, Server};
use feeder_support::{BINARY, Feeder, adt};
use installation::PUBLIC;
use provider::{Provider, SECRET};
use serde_json::{Value, json};
use world::{Clock, Session, done, identifier, operate, text};

const PERSON: &str = "claire-exemple";
/// The second hospital: another structure, with a directory of its own.
const CLINIC: (&str, &str) = ("1990000017", "Clinique fictive des Pins");
const DESK: &str = "bureau des accès, poste 5120";
const HEADER: &str = "user_name;external_id;national_id;given;family;profession;active;units";
const STAFF: &str = "anne;E-10;810700000001;Anne;RESPONSABLE;G15/10;oui;\nbea;E-11;810700000011;Béa;CARDIO;G15/60;oui;Cardiologie\ncarl;E-12;810700000012;Carl;PNEUMO;G15/60;oui;Pneumologie\ndora;E-13;810700000013;Dora;PARTIE;G15/60;non;Cardiologie";

/// Two hospitals with their providers and directories, on one installation.
struct Town {
    server: Server,
    clock: Clock,
    chu: Feeder,
    clinic: Feeder,
    /// One each; ended with it.
    _providers: [Provider; 2],
}

fn structure_id() -> String {
    dmp_synth::identity("dr-hopital").unwrap().structure.unwrap().id.as_str().to_owned()
}

fn config(id: &str, issuer: &str, structure: &str, more: &Value) -> Value {
    let mut config = json!({
        "id": id, "issuer": issuer, "client_id": "dmp", "client_secret": SECRET, "name": format!("Essai {id}"), "structure": structure,
        "claim": "employee_number", "contact": DESK,
    });
    config.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    config
}

impl Town {
    /// `None` when the machine has no node.
    fn start(test: &str, more: &Value) -> Option<Self> {
        Self::start_with(test, more, |_| Vec::new())
    }

    /// The same with more software registered, and more arguments, made beside the feeder of the first hospital.
    fn start_with(test: &str, more: &Value, with: impl FnOnce(&Feeder) -> Vec<String>) -> Option<Self> {
        let clock = Clock::new();
        let shift = clock.arguments()[1].clone();
        let providers = [Provider::start_at(test, "", Some(&shift))?, Provider::start_at(test, "", Some(&shift))?];
        let (chu, clinic) = (Feeder::new(true), Feeder::of(CLINIC.0, CLINIC.1, "clinique", true));
        let beside = with(&chu);
        let clients = ["clients.json"].iter().flat_map(|name| [chu.path(name), clinic.path(name)]);
        let clients: Vec<Value> =
            clients.flat_map(|path| serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(path).unwrap()).unwrap()).collect();
        std::fs::write(chu.path("all.json"), Value::Array(clients).to_string()).unwrap();
        let mut arguments = [clock.arguments(), beside].concat();
        arguments.extend(["--base-url".to_owned(), PUBLIC.to_owned(), "--clients".to_owned(), chu.path("all.json")]);
        let doors = [("chu", structure_id()), ("clinique", CLINIC.0.to_owned())];
        for ((id, structure), provider) in doors.iter().zip(&providers) {
            let file = chu.path(&format!("{id}.json"));
            std::fs::write(&file, config(id, provider.issuer(), structure, more).to_string()).unwrap();
            arguments.extend(["--structure-oidc".to_owned(), file]);
        }
        let server = Server::start(BINARY, &Options { patients: 18, arguments, ..Options::default() });
        let town = Town { server, clock, chu, clinic, _providers: providers };
        town.directory(STAFF);
        Some(town)
    }

    fn whither(&self) -> [&str; 4] {
        ["--server", &self.server.url, "--public-url", PUBLIC]
    }

    fn directory(&self, lines: &str) {
        let _ = self.chu.users_of(&format!("{HEADER}\n{lines}\n"), &self.whither());
    }

    fn browser(&self) -> Browser {
        Browser::new(&self.server.url)
    }

    /// Goes to a provider as one of its accounts, up to the address that it sends the browser back to.
    fn brought_back(&self, browser: &mut Browser, door: &str, account: &str) -> String {
        let away = self.away(browser, door);
        browser.follow_to_callback(&format!("{away}&login_hint={account}"))
    }

    fn away(&self, browser: &mut Browser, door: &str) -> String {
        let answer = browser.get(&format!("{PUBLIC}/pro/oidc/{door}/start"));
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").unwrap().to_owned()
    }

    fn arrive(&self, browser: &mut Browser, door: &str, account: &str) -> Answer {
        let back = self.brought_back(browser, door, account);
        browser.get(&back)
    }

    /// Signs in, and goes on as the session.
    fn session(&self, door: &str, account: &str) -> Session {
        let entered = self.arrive(&mut self.browser(), door, account);
        assert_eq!(entered.status, 200, "{account}: {}", entered.text());
        let cookies = entered.headers.iter().filter(|(name, _)| name == "set-cookie");
        let cookie = cookies.map(|(_, value)| value.split(';').next().unwrap()).find(|value| value.starts_with("dmp_session=")).unwrap();
        Session::with(&self.server, cookie)
    }

    /// The status of the person's page for a session: 200 when it shows the record, 403 when it does not.
    fn opens(&self, session: &Session) -> u16 {
        self.opens_of(session, PERSON)
    }

    fn opens_of(&self, session: &Session, person: &str) -> u16 {
        let ins = identifier(person);
        let opened = session.post(&self.server, "/pro", &[("ins", text(&ins, "/value"))]);
        let Some(place) = opened.header("location") else { return opened.status };
        session.get(&self.server, place).status
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.server.log()).unwrap()
    }

    fn last_refusal(&self) -> String {
        self.log().lines().rfind(|line| line.contains("nobody signed in")).unwrap_or_default().to_owned()
    }
}

fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get(&format!("{PUBLIC}/pro")).status == 200
}

fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_else(|| panic!("no {name} in {url}")).to_owned()
}

#[test]
fn a_user_of_the_directory_signs_in_as_who_it_says_and_sees_what_their_unit_may() {
    let Some(town) = Town::start("a user of the directory signs in", &json!({})) else { return };
    let page = town.browser().get(&format!("{PUBLIC}/signin")).text();
    for door in ["chu", "clinique"] {
        assert!(page.contains(&format!("href=\"/pro/oidc/{door}/start\">Se connecter avec Essai {door}<")), "{page}");
    }
    let (bea, carl) = (town.session("chu", "bea"), town.session("chu", "carl"));
    let home = bea.get(&town.server, "/pro").text();
    assert!(home.contains("Béa CARDIO") && !home.contains("VANTARD"), "who they are comes from the directory: {home}");

    // Nobody is of her team yet; then the cardiology has her patient.
    assert_eq!((town.opens(&bea), town.opens(&carl)), (403, 403));
    let anne = dmp_synth::identity("dr-hopital").unwrap();
    let line = format!("{STAFF}\ndr;E-1;{};Anne;HOPITAL;{};oui;", world::national("dr-hopital"), anne.profession.unwrap().key());
    town.directory(&line);
    done(&operate(&town.server, &town.server.token_with("dr-hopital", &[("consent_now", "true")]), "dmp-record-team-consent", PERSON, &[]));
    town.chu.drop_file("a01.hl7", &adt(&town.clock, PERSON, "A01", "1", 600, "Cardiologie"));
    town.chu.once(&town.server.url, &["--public-url", PUBLIC, "--responsible", "810700000001;G15/10;Anne RESPONSABLE"]);
    assert_eq!((town.opens(&bea), town.opens(&carl)), (200, 403), "{}", town.chu.report());

    // She changes the unit in the directory, and is of the team no more, in the session that she has.
    town.directory(&line.replace("G15/60;oui;Cardiologie", "G15/60;oui;Pneumologie"));
    assert_eq!(town.opens(&bea), 403);
    town.directory(&line);
    assert_eq!(town.opens(&bea), 200);
    // Deactivated: out at the next request.
    town.directory(&line.replace("G15/60;oui;Cardiologie", "G15/60;non;Cardiologie"));
    let next = bea.get(&town.server, "/pro");
    assert_eq!((next.status, next.header("location")), (303, Some("/signin")));
    assert_eq!(town.arrive(&mut town.browser(), "chu", "bea").status, 403);

    for personal in ["CARDIO", "VANTARD", "E-11", "810700000011"] {
        assert!(!town.log().contains(personal), "{personal} in the log");
    }
}

#[test]
fn who_is_not_an_active_user_of_that_structure_is_told_whom_to_ask() {
    let Some(town) = Town::start("who is not in the directory", &json!({})) else { return };
    let refused = |door: &str, account: &str| {
        let mut browser = town.browser();
        let answer = town.arrive(&mut browser, door, account);
        assert!(
            answer.status == 403 && answer.text().contains(DESK) && !is_signed_in(&mut browser),
            "{account}: {} {}",
            answer.status,
            answer.text()
        );
        assert!(town.last_refusal().contains("user-not-in-directory"), "{}", town.last_refusal());
    };
    refused("chu", "nobody");
    refused("chu", "dora");
    // The same subject, with the same number, at the provider of another structure, whose directory does not have it.
    refused("clinique", "bea");
    // Where it has that number, it is who has it there, and nobody of the first structure.
    let _ = town.clinic.users_of(&format!("{HEADER}\nyves;E-11;810700000031;Yves;AILLEURS;G15/10;oui;\n"), &{
        let [a, b, c, d] = town.whither();
        [a, b, c, d, "--client-id", "clinique"]
    });
    let yves = town.session("clinique", "bea");
    let home = yves.get(&town.server, "/pro").text();
    assert!(home.contains("Yves AILLEURS") && !home.contains("CARDIO"), "{home}");
    assert_eq!(town.opens(&yves), 403);
    // Two of a directory under one number are nobody.
    town.directory(&format!("{STAFF}\ndouble;E-12;810700000041;Alter;EGO;G15/10;oui;"));
    refused("chu", "carl");
}

#[test]
fn a_second_factor_is_demanded_and_a_number() {
    let Some(town) = Town::start("a second factor is demanded", &json!({})) else { return };
    let mut browser = town.browser();
    let answer = town.arrive(&mut browser, "chu", "password");
    assert!(answer.status == 403 && answer.text().contains("second facteur") && !is_signed_in(&mut browser), "{}", answer.text());
    assert!(town.last_refusal().contains("assurance-too-low"));
    // Another browser: the provider knows this one still.
    let mut browser = town.browser();
    let answer = town.arrive(&mut browser, "chu", "unnumbered");
    assert!(answer.status == 403 && !is_signed_in(&mut browser), "{}", answer.text());
    assert!(town.last_refusal().contains("claim-missing"));
    drop(town);
    let strict = json!({ "acr": ["eidas3"] });
    let Some(town) = Town::start("a level is demanded", &strict) else { return };
    assert_eq!(town.arrive(&mut town.browser(), "chu", "bea").status, 403, "eidas2 with a second factor");
    drop(town);
    let Some(town) = Town::start("a level is enough where it is what is asked for", &json!({ "acr": ["eidas2"], "amr": ["otp", "sc"] })) else {
        return;
    };
    assert!(town.away(&mut town.browser(), "chu").contains("acr_values=eidas2"));
    assert_eq!(town.arrive(&mut town.browser(), "chu", "bea").status, 200);
    assert_eq!(town.arrive(&mut town.browser(), "chu", "carl").status, 403, "another method than those asked for");
}

#[test]
fn what_one_provider_says_is_nothing_at_the_door_of_another() {
    let Some(town) = Town::start("a mix-up is refused", &json!({})) else { return };
    let _ = town.clinic.users_of(&format!("{HEADER}\nyves;E-11;810700000031;Yves;AILLEURS;G15/10;oui;\n"), &{
        let [a, b, c, d] = town.whither();
        [a, b, c, d, "--client-id", "clinique"]
    });
    let refused = |browser: &mut Browser, url: &str, status: u16, code: &str| {
        let answer = browser.get(url);
        assert_eq!(answer.status, status, "{url}: {}", answer.text());
        assert!(town.last_refusal().contains(code), "{}", town.last_refusal());
        assert!(!is_signed_in(browser));
    };
    // The answer of one, brought to the door of the other: its state is none there.
    let mut browser = town.browser();
    let back = town.brought_back(&mut browser, "chu", "bea");
    refused(&mut browser, &back.replace("/chu/", "/clinique/"), 400, "login-unknown");
    // A login at one, a code of the other: it says whose it is, and where that is taken away the answer is of nobody.
    for iss in ["said", "kept", "silent"] {
        let mut browser = town.browser();
        let theirs = town.brought_back(&mut town.browser(), "clinique", "bea");
        let back = town.brought_back(&mut browser, "chu", "bea");
        let mixed = back.replace(&parameter(&back, "code"), &parameter(&theirs, "code"));
        match iss {
            "said" => refused(&mut browser, &mixed.replace(&parameter(&back, "iss"), &parameter(&theirs, "iss")), 403, "issuer"),
            "kept" => refused(&mut browser, &mixed, 403, "code-refused"),
            _ => refused(&mut browser, &mixed.replace(&format!("&iss={}", parameter(&back, "iss")), ""), 403, "issuer"),
        }
    }
    // A browser led to the other provider with the state of the first, by a page that hoped for its code.
    let mut browser = town.browser();
    let (here, there) = (town.away(&mut browser, "chu"), town.away(&mut town.browser(), "clinique"));
    let lured = format!("{}?{}", there.split('?').next().unwrap(), here.split_once('?').unwrap().1);
    let back = browser.follow_to_callback(&format!("{lured}&login_hint=bea"));
    refused(&mut browser, &back, 403, "issuer");
    // A nonce of the one in a login of the other.
    let mut browser = town.browser();
    let (here, there) = (town.away(&mut browser, "chu"), town.away(&mut town.browser(), "clinique"));
    let back = browser.follow_to_callback(&format!("{}&login_hint=bea", here.replace(&parameter(&here, "nonce"), &parameter(&there, "nonce"))));
    refused(&mut browser, &back, 403, "nonce");
}

#[test]
fn a_provider_that_nobody_could_be_matched_at_is_refused_at_the_start() {
    let chu = Feeder::new(true);
    let structure = structure_id();
    let starts = |configs: &[Value], directory: bool| {
        let mut arguments = if directory { vec!["--clients".to_owned(), chu.path("clients.json")] } else { Vec::new() };
        for (number, config) in configs.iter().enumerate() {
            let file = chu.path(&format!("provider-{number}.json"));
            std::fs::write(&file, config.to_string()).unwrap();
            arguments.extend(["--structure-oidc".to_owned(), file]);
        }
        Server::try_start(BINARY, &Options { patients: 1, arguments, ..Options::default() }).is_some()
    };
    let good = |id: &str, issuer: &str| config(id, issuer, &structure, &json!({}));
    assert!(starts(&[good("chu", "https://a.example"), good("autre", "https://b.example")], true));
    assert!(!starts(&[good("chu", "https://a.example")], false), "a structure that keeps no directory");
    assert!(!starts(&[good("chu", "https://a.example"), good("autre", "https://a.example")], true), "one issuer for two");
    assert!(!starts(&[good("chu", "https://a.example"), good("chu", "https://b.example")], true), "one address for two");
    assert!(!starts(&[config("chu", "https://a.example", &structure, &json!({ "claim": "email" }))], true), "a claim that is not of one person");
    assert!(!starts(&[config("chu", "http://a.example", &structure, &json!({}))], true), "in clear");
}
