//! A campaign of invitations of the built program: two agents, mails and letters with a code, the three answers, and the records that open by
//! themselves six weeks later.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod world;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use dmp_testkit::{Answer, Options, Server, form_value};
use serde_json::Value;
use world::{Clock, scratch};

const BINARY: &str = env!("CARGO_BIN_EXE_dmp");
const SOON: Duration = Duration::from_secs(60);
const DAY: i64 = 86_400;
/// Cards of a demonstration: one without a mailbox, one with a mailbox and a lost card; both without a record.
const SUZANNE: &str = "251049900000129";
const HUGO: &str = "184069900000245";
const STRANGER: &str = "184079900000162";

fn number(handle: &str) -> String {
    dmp_synth::identity(handle).unwrap().ins.unwrap().matricule().to_owned()
}

/// A store that nobody serves, or that is served for a while.
struct Store {
    data: PathBuf,
    clock: Clock,
}

impl Store {
    fn new() -> Self {
        let store = Store { data: scratch("invitations").join("data"), clock: Clock::new() };
        drop(store.served());
        store
    }

    fn served(&self) -> Server {
        let options = Options { patients: 2, data: Some(self.data.clone()), arguments: self.clock.arguments(), ..Options::default() };
        Server::start(BINARY, &options)
    }

    /// `dmp invitations …` on the folder.
    fn command(&self, arguments: &[&str]) -> Output {
        Command::new(BINARY).args(["--log", "off", "invitations"]).args(arguments).arg("--data").arg(&self.data).output().unwrap()
    }

    fn decides(&self, what: &str, campaign: &str, agent: &str) -> (bool, String) {
        let done = self.command(&[what, campaign, "--agent", agent, "--by", "Agent ESSAI"]);
        (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
    }

    fn told(&self) -> Value {
        let done = self.command(&["list", "--json", "--agent", "D4", "--by", "Agent ESSAI"]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).unwrap()
    }

    fn count(&self, what: &str) -> u64 {
        self.told()[0][what].as_u64().unwrap_or_else(|| panic!("{what} in {}", self.told()))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.data.parent().unwrap());
    }
}

/// Serves until something new was found of so many people.
fn serve_until(store: &Store, steps: u64) -> Server {
    let server = store.served();
    let began = Instant::now();
    loop {
        let page = server.metrics();
        let told = page.lines().find_map(|line| line.strip_prefix("dmp_invitations_steps_total ")).unwrap_or("0").to_owned();
        if told.parse::<u64>().unwrap() >= steps {
            return server;
        }
        assert!(began.elapsed() < SOON, "{told} of {steps}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The mail to somebody, from the mailbox of the demonstration.
fn mail_to(server: &Server, to: &str) -> Option<String> {
    let page = server.request("GET", &format!("/sandbox/mailbox?to={}", to.replace('@', "%40"))).send().text();
    page.split("<article").nth(1).map(str::to_owned)
}

fn code_in(text: &str) -> String {
    let is_code = |word: &&str| {
        word.len() == 11 && word.as_bytes()[5] == b'-' && word.bytes().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b'-')
    };
    text.split(|sign: char| sign.is_whitespace() || "<>".contains(sign)).find(is_code).unwrap_or_else(|| panic!("a code in {text}")).to_owned()
}

/// Answers with the code of a mail, and sends the one form after it.
fn answers(server: &Server, number: &str, wish: &str, code: &str, last: &str) -> Answer {
    let mut cookie = String::new();
    let mut send = |method: &str, path: &str, fields: &[(&str, &str)], csrf: &str| {
        let body: String = fields.iter().map(|(name, value)| format!("&{name}={}", form_value(value))).collect();
        let request = server.request(method, path).header("cookie", &cookie).header("accept-language", "fr");
        let request = if method == "POST" { request.body("application/x-www-form-urlencoded", format!("csrf={csrf}{body}")) } else { request };
        let answer = request.send();
        if let Some(set) = answer.header("set-cookie") {
            cookie = set.split(';').next().unwrap().to_owned();
        }
        answer
    };
    let token = |page: &Answer| page.text().split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(send("GET", &format!("/opening?wish={wish}"), &[], "").status, 200);
    assert_eq!(send("POST", "/opening", &[("nir", number), ("wish", wish), ("do", "have")], "").header("location"), Some("/opening/code"));
    let page = send("GET", "/opening/code", &[], "");
    let proved = send("POST", "/opening/code", &[("code", code)], &token(&page));
    assert_eq!(proved.header("location"), Some(last), "{}", proved.text());
    let page = send("GET", last, &[], "");
    assert_eq!(send("POST", last, &[], &token(&page)).status, 303);
    send("GET", last, &[], "")
}

fn list(folder: &Path, numbers: &[&str]) -> PathBuf {
    let file = folder.with_file_name("list.csv");
    std::fs::write(&file, format!("ins;caisse\n{}\n", numbers.iter().map(|one| format!("{one};351\n")).collect::<String>())).unwrap();
    file
}

#[test]
fn two_agents_send_invitations_and_each_answer_is_kept_as_it_was_given() {
    let store = Store::new();
    let (victor, claire) = (number("victor-essai"), number("claire-exemple"));
    let people = list(&store.data, &[&victor, HUGO, SUZANNE, &claire, STRANGER, &victor]);
    let proposed = store.command(&[
        "propose",
        "--announce",
        "--name",
        "Automne",
        "--agent",
        "A1",
        "--by",
        "Ana ESSAI",
        "--json",
        "--list",
        people.to_str().unwrap(),
    ]);
    assert!(proposed.status.success(), "{}", String::from_utf8_lossy(&proposed.stderr));
    let campaign = serde_json::from_slice::<Value>(&proposed.stdout).unwrap()[0]["campaign"].as_str().unwrap().to_owned();
    assert_eq!(store.count("people"), 5, "who stands there twice is one person");

    // One agent alone writes to nobody.
    let (confirmed, why) = store.decides("confirm", &campaign, "A1");
    assert!(!confirmed && why.contains("access-second-person"), "{why}");
    let quiet = store.served();
    std::thread::sleep(Duration::from_millis(500));
    assert!(mail_to(&quiet, "victor.essai@courriel.example").is_none());
    drop(quiet);
    assert!(store.decides("confirm", &campaign, "B2").0);
    assert!(store.decides("confirm", &campaign, "C3").1.contains("campaign-decided"));

    let server = serve_until(&store, 5);
    let to_victor = mail_to(&server, "victor.essai@courriel.example").expect("an invitation");
    let to_hugo = mail_to(&server, "hugo.egare-fictif@courriel.example").expect("an invitation");
    assert!(to_victor.contains("/invitation") && to_victor.contains("assurance maladie"), "{to_victor}");
    for word in ["Victor", "VICTOR", "médical", "santé", &victor] {
        assert!(!to_victor.replace("victor.essai@courriel.example", "").contains(word), "{word} in {to_victor}");
    }
    let page = server.request("GET", "/invitation").send();
    assert!(page.status == 200 && page.text().contains("/opening?wish=not-now"), "{}", page.text());

    let noted = answers(&server, &victor, "not-now", &code_in(&to_victor), "/opening/not-now");
    assert!(noted.text().contains("C&#39;est noté"), "{}", noted.text());
    let refused = answers(&server, HUGO, "refuse", &code_in(&to_hugo), "/opening/refuse");
    assert!(refused.text().contains("Votre refus est noté"), "{}", refused.text());
    drop(server);
    assert_eq!(
        (store.count("notWrittenTo"), store.count("sent")),
        (2, 3),
        "who has a record and who is unknown are not written to: {}",
        store.told()
    );

    // An hour later the answers are known.
    store.clock.shift(2 * 3_600);
    drop(serve_until(&store, 2));
    assert_eq!((store.count("notNow"), store.count("refused"), store.count("sent")), (1, 1, 1), "{}", store.told());
    // Six weeks later what nobody refused opens by itself; « not now » is no objection.
    store.clock.shift(43 * DAY);
    let server = serve_until(&store, 2);
    let journal = world::Session::of(&server, "victor-essai").get(&server, "/journal?kind=all").text();
    assert!(journal.contains("Automate du DMP") && journal.contains("créé"), "{journal}");
    drop(server);
    assert_eq!((store.count("openedByThemselves"), store.count("refused"), store.count("sent")), (2, 1, 0), "{}", store.told());
    println!("figure: invitations-answers 3");
}

#[test]
fn what_is_wrong_with_a_list_is_told_by_its_lines_and_a_stopped_campaign_writes_to_nobody() {
    let store = Store::new();
    let wrong = list(&store.data, &[HUGO, "184069900000246", "bonjour"]);
    let propose = |file: &Path| {
        store.command(&["propose", "--name", "Essai", "--agent", "A1", "--by", "Ana ESSAI", "--json", "--list", file.to_str().unwrap()])
    };
    let refused = propose(&wrong);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("3, 4") && !why.contains("184069900000246") && !why.contains("bonjour"), "{why}");
    assert_eq!(store.told().as_array().map(Vec::len), Some(0));

    let good = list(&store.data, &[HUGO]);
    let campaign = serde_json::from_slice::<Value>(&propose(&good).stdout).unwrap()[0]["campaign"].as_str().unwrap().to_owned();
    assert!(store.decides("confirm", &campaign, "B2").0 && store.decides("stop", &campaign, "A1").0);
    let server = store.served();
    std::thread::sleep(Duration::from_millis(800));
    assert!(mail_to(&server, "hugo.egare-fictif@courriel.example").is_none());
    drop(server);
    assert_eq!(store.told()[0]["state"], "stopped");
    assert!(store.decides("confirm", "0000000000000000", "B2").1.contains("campaign-not-found"));
}

#[test]
fn at_the_counter_one_agent_proposes_and_another_confirms() {
    let store = Store::new();
    let server = store.served();
    let (first, second) = (world::Session::of(&server, "agent-cpam"), world::Session::of(&server, "agent-verif"));
    let path = "/accueil/campagnes";
    let wrong = first.post(&server, path, &[("name", "Essai"), ("list", "184069900000245\nbonjour")]);
    assert!(wrong.status == 422 && wrong.text().contains("clé comprise\u{a0}: 2."), "{}", wrong.text());
    let proposed = first.post(&server, path, &[("name", "Printemps <b>"), ("list", HUGO)]);
    assert_eq!(proposed.header("location"), Some("/accueil/campagnes?said=campaign-proposed"), "{}", proposed.text());
    let own = first.get(&server, path).text();
    assert!(own.contains("attend un autre agent") && !own.contains("Confirmer l&#39;envoi") && !own.contains("<b>") && !own.contains(HUGO), "{own}");
    let theirs = second.get(&server, path).text();
    let id = theirs.split("name=\"campaign\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // The button is not there for who proposed it, and its form is refused all the same.
    assert_eq!(first.post(&server, "/accueil/campagnes/confirm", &[("campaign", &id)]).status, 403);
    // Nobody but an agent.
    let doctor = world::Session::of(&server, "dr-fictif");
    assert_eq!(doctor.get(&server, path).status, 303);
    assert_eq!(doctor.post(&server, "/accueil/campagnes/confirm", &[("campaign", &id)]).header("location"), Some("/"));
    let confirmed = second.post(&server, "/accueil/campagnes/confirm", &[("campaign", &id)]);
    assert_eq!(confirmed.header("location"), Some("/accueil/campagnes?said=campaign-confirmed"));
    assert!(first.get(&server, path).text().contains("en cours"));
    drop(server);
    let server = serve_until(&store, 1);
    assert!(mail_to(&server, "hugo.egare-fictif@courriel.example").is_some());
}
