//! Notices leave by a real mail server: the built program, a mail server from a package, and what arrives.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by ending"
)]

mod door_support;
#[path = "notice_support/mod.rs"]
mod made;

use std::collections::BTreeSet;
use std::process::{Command, Output};
use std::time::Duration;

use dmp_testkit::services::{MailServer, PASSWORD, Postgres, Received};
use dmp_testkit::{Answer, Options, Server};
use door_support::asked;
use serde_json::{Value, json};

/// Longer than any of it takes on a busy machine.
const SOON: Duration = Duration::from_secs(60);
const NADIA: &str = "nadia@post.example";
const DOCTOR: &str = "doctor@mailbox.example";

/// A mail server; `None`, said loudly, without one.
fn mail(test: &str, start: impl FnOnce() -> Result<MailServer, String>) -> Option<MailServer> {
    start().map_err(|why| println!("SKIPPED: {test}: {why}")).ok()
}

struct Town {
    server: Server,
    folder: std::path::PathBuf,
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A demonstration whose médecin traitant has a mailbox, with a worker towards a mail server.
fn town(mails: &MailServer, more: &[&str], environment: &[(&str, &str)]) -> Town {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("dmp-notices-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let rpps = dmp_synth::identity("dr-fictif").unwrap().rpps.unwrap();
    std::fs::write(folder.join("mailboxes.csv"), format!("{};{DOCTOR}\n", rpps.as_str())).unwrap();
    let mailboxes = folder.join("mailboxes.csv").display().to_string();
    let mut arguments = mails.arguments();
    arguments.extend(["--mailboxes", &mailboxes, "--retry-seconds", "1"].map(str::to_owned));
    arguments.extend(more.iter().map(|argument| (*argument).to_owned()));
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = Options { patients: 12, arguments, environment, ..Options::default() };
    Town { server: Server::start(env!("CARGO_BIN_EXE_dmp"), &options), folder }
}

fn identifier(handle: &str) -> Value {
    let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
    json!({ "system": format!("urn:oid:{}", ins.authority().oid()), "value": ins.matricule() })
}

fn operate(server: &Server, token: &str, operation: &str, about: &str, more: &[(&str, &str)]) -> Answer {
    let mut parameters = vec![json!({ "name": "identifier", "valueIdentifier": identifier(about) })];
    parameters.extend(more.iter().map(|(name, text)| match *text {
        "true" | "false" => json!({ "name": name, "valueBoolean": *text == "true" }),
        _ => json!({ "name": name, "valueString": text }),
    }));
    let body = json!({ "resourceType": "Parameters", "parameter": parameters }).to_string();
    asked(server, token, "POST", &format!("/fhir/Patient/${operation}")).body("application/fhir+json", body).send()
}

fn claire(town: &Town) -> String {
    town.server.token("claire-exemple")
}

#[track_caller]
fn done(answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// Claire gives an address, of which she is told, and reads the mail.
fn gives_address(town: &Town, mails: &MailServer) {
    done(&operate(&town.server, &claire(town), "dmp-update-contact", "claire-exemple", &[("email", NADIA)]));
    assert_eq!(mails.wait_for(1, SOON).len(), 1);
}

fn breaks_glass(town: &Town, who: &str, purpose: &str) {
    let reason = "CANARI-MOTIF: malaise";
    let token = town.server.token_with(who, &[("purpose", purpose), ("reason", reason)]);
    assert_eq!(door_support::search(&town.server, &token, "status=current").status, 200);
}

fn to<'m>(mails: &'m [Received], address: &str) -> Vec<&'m Received> {
    mails.iter().filter(|mail| mail.to == address).collect()
}

/// What the worker says it did.
fn queue(town: &Town) -> String {
    town.server.metrics().lines().filter(|line| line.starts_with("dmp_notice")).map(|line| format!("{line}\n")).collect()
}

/// Waits until the worker has counted something: it counts a mail after the server took it.
fn counted(town: &Town, figure: &str) {
    let began = std::time::Instant::now();
    while !queue(town).contains(figure) {
        assert!(began.elapsed() < SOON, "{}", queue(town));
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_mailbox_that_the_server_puts_off_keeps_nobody_elses_code_waiting() {
    let Some(mails) = mail("codes that wait", MailServer::start) else { return };
    let town = town(&mails, &[], &[]);
    let (slow, quick) = ("slow@post.example", "quick@post.example");
    mails.answer(slow, &["451 later"; 4]);
    let form = "application/x-www-form-urlencoded";
    let entered = town.server.request("POST", "/signin").body(form, "identity=claire-exemple").send();
    let cookie = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let page = town.server.request("GET", "/settings/signin").header("cookie", &cookie).send().text();
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for to in [slow, quick] {
        let body = format!("csrf={csrf}&mail={}", to.replace('@', "%40"));
        let sent = town.server.request("POST", "/settings/signin/mail").header("cookie", &cookie).body(form, body).send();
        assert_eq!(sent.header("location"), Some("/settings/signin/mail/check"), "{}", sent.text());
    }
    // The second try of the first one comes after two seconds, the third after seventeen.
    let taken = mails.wait_for(1, Duration::from_secs(12));
    assert_eq!(to(&taken, quick).len(), 1, "{taken:?}");
    assert!(to(&taken, slow).is_empty());
}

#[test]
fn break_glass_is_told_to_the_person_and_to_the_medecin_traitant() {
    let Some(mails) = mail("break_glass", MailServer::start) else { return };
    let town = town(&mails, &[], &[]);
    gives_address(&town, &mails);
    breaks_glass(&town, "dr-urgence", "bris_de_glace");
    breaks_glass(&town, "dr-regulateur", "centre_15");
    let taken = mails.wait_for(5, SOON);
    let (person, doctor) = (to(&taken, NADIA), to(&taken, DOCTOR));
    assert_eq!((person.len(), doctor.len(), taken.len()), (3, 2, 5), "{taken:?}");
    assert!(person[1].body.contains("un professionnel a ouvert le dossier en urgence"), "{}", person[1].body);
    assert!(person[2].body.contains("SAMU"), "{}", person[2].body);
    assert!(doctor[0].body.contains("dont vous êtes le médecin traitant") && doctor[0].body.contains("/pro/patients/"), "{}", doctor[0].body);
    // The link leads the doctor to the patient.
    let path = doctor[0].body.split("/pro/patients/").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(town.server.request("GET", &format!("/pro/patients/{path}")).send().status < 400, "{path}");
    let ins = dmp_synth::identity("claire-exemple").unwrap().ins.unwrap();
    for mail in &taken {
        for canary in ["CANARI", "malaise", "EXEMPLE", "Claire", "ESSAI-KERVOLANE", "Samira", "MAQUETTE", "ospital", ins.matricule()] {
            assert!(!mail.raw.contains(canary) && !mail.body.contains(canary), "`{canary}` in {}", mail.raw);
        }
        assert_eq!(mail.auto_submitted, "auto-generated");
        assert!(mail.id.ends_with("@dmp.example>"), "{}", mail.id);
    }
    counted(&town, "dmp_notice_mails_sent_total 5");
    let log = std::fs::read_to_string(town.server.log()).unwrap();
    assert!(!log.contains(NADIA) && !log.contains(DOCTOR), "an address stands in the log");
}

#[test]
fn a_mail_that_is_refused_for_now_is_tried_again_with_the_same_id() {
    let Some(mails) = mail("refused_for_now", MailServer::start) else { return };
    mails.answer(NADIA, &["451 later", "450 later still"]);
    let town = town(&mails, &[], &[]);
    gives_address(&town, &mails);
    assert_eq!(mails.received().len(), 1);
    assert!(queue(&town).contains("put_off_total 2"), "{}", queue(&town));
    assert!(queue(&town).contains("given_up_total 0"), "{}", queue(&town));
}

#[test]
fn a_mail_that_is_refused_for_good_is_kept_and_told_and_can_be_sent_later() {
    let Some(mails) = mail("refused_for_good", MailServer::start) else { return };
    mails.answer(NADIA, &["550 no such mailbox"]);
    let mut town = town(&mails, &[], &[]);
    done(&operate(&town.server, &claire(&town), "dmp-update-contact", "claire-exemple", &[("email", NADIA)]));
    counted(&town, "given_up_total 1");
    let log = std::fs::read_to_string(town.server.log()).unwrap();
    assert!(log.contains("could not be delivered") && log.contains("MODIF_COORDONNEES") && log.contains("550"), "{log}");
    assert!(!log.contains(NADIA), "an address stands in the log");
    town.server.kill();
    let store = Made { data: town.server.data().to_path_buf() };
    assert!(said(&store.worker(&mails, &[])).contains("kept after failure: 1"));
    assert!(said(&store.worker(&mails, &["--retry-dead"])).contains("1 mails sent"));
    assert_eq!(mails.received().len(), 1);
}

#[test]
fn what_can_wait_comes_in_one_mail_and_what_was_switched_off_does_not_come() {
    let Some(mails) = mail("digest", MailServer::start) else { return };
    let town = town(&mails, &[], &[]);
    let settings = [("language", "en"), ("rhythm", "daily"), ("kinds", "AJOUT_DOCUMENT, ACCES_DMP_PS")];
    done(&operate(&town.server, &claire(&town), "dmp-notices", "claire-exemple", &settings));
    gives_address(&town, &mails);
    let doctor = town.server.token("dr-fictif");
    door_support::publish(&town.server, &doctor, 1);
    assert_eq!(door_support::search(&town.server, &doctor, "status=current").status, 200);
    // What may not be switched off goes at once, in the language of the settings.
    breaks_glass(&town, "dr-urgence", "bris_de_glace");
    let taken = mails.wait_for(3, SOON);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(mails.received().len(), 3, "nothing of the digest goes before its hour: {taken:?}");
    assert!(to(&taken, NADIA)[1].body.contains("a professional opened the record in an emergency"), "{taken:?}");
    let refused = operate(&town.server, &claire(&town), "dmp-notices", "claire-exemple", &[("kinds", "ACCES_BRIS_GLACE")]);
    assert_eq!(refused.status, 422, "{}", refused.text());
    let stranger = operate(&town.server, &town.server.token("dr-inconnu"), "dmp-notices", "claire-exemple", &[("rhythm", "weekly")]);
    assert!(stranger.status >= 403, "{}", stranger.text());
}

/// A store without a server over it.
struct Made {
    data: std::path::PathBuf,
}

impl Made {
    fn fresh() -> Self {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let data = std::env::temp_dir().join(format!("dmp-notices-store-{}-{number}", std::process::id())).join("data");
        std::fs::create_dir_all(&data).unwrap();
        Made { data }
    }

    fn root_key(&self) -> std::path::PathBuf {
        self.data.with_file_name("data.rootkey")
    }

    fn command(&self, mails: &MailServer, more: &[&str]) -> Command {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_dmp"));
        worker.args(["--log", "text", "worker", "--base-url", "http://dmp.example", "--data"]).arg(&self.data).args(mails.arguments());
        let mailboxes = self.data.with_file_name("mailboxes.csv");
        if mailboxes.is_file() {
            worker.arg("--mailboxes").arg(mailboxes);
        }
        worker.args(["--retry-seconds", "1"]).args(more);
        worker
    }

    /// Works until nothing is due.
    fn worker(&self, mails: &MailServer, more: &[&str]) -> Output {
        self.command(mails, &[&["--once"], more].concat()).output().unwrap()
    }
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_thousand_break_glass_accesses_are_a_thousand_mails_to_each() {
    let Some(mails) = mail("thousand", MailServer::start) else { return };
    let store = Made::fresh();
    made::break_glass(&store.data, &store.root_key(), 10, 100, Some(DOCTOR));
    let began = std::time::Instant::now();
    let words = said(&store.worker(&mails, &[]));
    println!("{} mails in {:?}", mails.received().len(), began.elapsed());
    assert!(words.contains("2000 mails sent, 0 put off, 0 given up"), "{words}");
    assert!(words.contains("waiting: 0 mails, 0 letters"), "{words}");
    let taken = mails.received();
    let ids: BTreeSet<&str> = taken.iter().map(|mail| mail.id.as_str()).collect();
    assert_eq!((taken.len(), ids.len(), to(&taken, DOCTOR).len()), (2_000, 2_000, 1_000));
    for person in 0..10 {
        assert_eq!(to(&taken, &made::address(person)).len(), 100);
    }
    assert!(said(&store.worker(&mails, &[])).contains("0 mails sent"));
}

#[test]
fn nothing_is_lost_when_the_mail_server_dies_under_way() {
    let Some(mails) = mail("server_dies", || MailServer::start_slow(0.05)) else { return };
    let store = Made::fresh();
    made::break_glass(&store.data, &store.root_key(), 2, 20, None);
    let mut worker = store.command(&mails, &[]).spawn().unwrap();
    assert!(mails.wait_for(8, SOON).len() >= 8);
    mails.kill();
    std::thread::sleep(Duration::from_secs(2));
    mails.run();
    let taken = all_ids(&mails, 40);
    worker.kill().unwrap();
    worker.wait().unwrap();
    // A mail that was taken in the moment of the end may come twice; never more than the one of that moment.
    assert!(taken.len() <= 41, "{}", taken.len());
}

#[test]
fn nothing_is_lost_when_the_worker_dies_under_way_and_what_comes_twice_has_one_id() {
    let Some(mails) = mail("worker_dies", || MailServer::start_slow(0.05)) else { return };
    let store = Made::fresh();
    made::break_glass(&store.data, &store.root_key(), 2, 20, None);
    let lease = ["--lease-seconds", "3"];
    for least in [5, 12] {
        let mut worker = store.command(&mails, &lease).spawn().unwrap();
        assert!(mails.wait_for(least, SOON).len() >= least);
        worker.kill().unwrap();
        worker.wait().unwrap();
    }
    let mut worker = store.command(&mails, &lease).spawn().unwrap();
    let taken = all_ids(&mails, 40);
    worker.kill().unwrap();
    worker.wait().unwrap();
    assert!(taken.len() <= 42, "at most one more for each end: {}", taken.len());
}

/// Waits until mails of so many ids have come. Gives all mails.
fn all_ids(mails: &MailServer, count: usize) -> Vec<Received> {
    let began = std::time::Instant::now();
    loop {
        let taken = mails.received();
        let ids: BTreeSet<&str> = taken.iter().map(|mail| mail.id.as_str()).collect();
        assert!(ids.len() <= count, "more ids than notices");
        if ids.len() == count {
            return taken;
        }
        assert!(began.elapsed() < SOON, "{} of {count} came", ids.len());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn mail_goes_in_tls_with_a_password() {
    for (name, start) in [("starttls", MailServer::start_starttls as fn() -> _), ("smtps", MailServer::start_smtps as fn() -> _)] {
        let Some(mails) = mail(name, start) else { return };
        let store = Made::fresh();
        made::break_glass(&store.data, &store.root_key(), 1, 1, None);
        let run = store.command(&mails, &["--once"]).envs(MailServer::CREDENTIALS).output().unwrap();
        assert!(said(&run).contains("1 mails sent"), "{name}: {}", said(&run));
        let taken = mails.received();
        assert!(taken[0].encrypted && taken[0].user == "dmp", "{name}: {taken:?}");
    }
}

#[test]
fn a_mail_server_that_nobody_vouches_for_gets_nothing() {
    let Some(mails) = mail("unknown_authority", MailServer::start_smtps) else { return };
    let store = Made::fresh();
    made::break_glass(&store.data, &store.root_key(), 1, 1, None);
    let mut arguments = mails.arguments();
    let ca = arguments.iter().position(|argument| argument == "--smtp-ca").unwrap();
    arguments.drain(ca..ca + 2);
    let mut worker = Command::new(env!("CARGO_BIN_EXE_dmp"));
    worker.args(["worker", "--once", "--base-url", "http://dmp.example", "--data"]).arg(&store.data).args(arguments);
    let words = said(&worker.envs(MailServer::CREDENTIALS).output().unwrap());
    assert!(words.contains("0 mails sent, 1 put off") && words.contains("waiting: 1 mails"), "{words}");
    assert!(mails.received().is_empty());
}

#[test]
fn people_without_e_mail_get_a_letter_once() {
    let store = Made::fresh();
    made::break_glass(&store.data, &store.root_key(), 1, 2, None);
    let out = store.data.with_file_name("letters");
    let run = || {
        let mut letters = Command::new(env!("CARGO_BIN_EXE_dmp"));
        letters.args(["letters", "--base-url", "http://dmp.example", "--data"]).arg(&store.data).arg("--out").arg(&out);
        said(&letters.output().unwrap())
    };
    // The médecin traitant has no mailbox: both accesses of the one person stand in one letter.
    assert!(run().starts_with("1 letters in"), "{}", run());
    let files: Vec<_> = std::fs::read_dir(&out).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let letter = std::fs::read_to_string(&files[0]).unwrap();
    assert_eq!(letter.matches("dont vous êtes le médecin traitant").count(), 2, "{letter}");
    assert!(!letter.contains("CANARI"), "{letter}");
    assert!(run().starts_with("0 letters in"));
}

#[test]
fn a_clock_is_told_on_its_date_and_a_digest_is_one_mail() {
    let Some(mails) = mail("clock", MailServer::start) else { return };
    let store = Made::fresh();
    made::clock_and_digest(&store.data, &store.root_key());
    let words = said(&store.worker(&mails, &[]));
    let taken = mails.received();
    let child = to(&taken, &made::address(0));
    assert!(child.len() == 1 && child[0].body.contains("vous êtes majeur ou majeure"), "{taken:?}");
    assert!(words.contains("waiting: 0 mails, 1 letters"), "the parent, who has no mailbox: {words}");
    // The opening goes at once, the three others together.
    let reader = to(&taken, &made::address(1));
    assert_eq!(reader.len(), 2, "{taken:?}");
    let digest = reader.iter().find(|mail| mail.subject.contains("vos nouveaux messages")).unwrap();
    for sentence in ["a ajouté un document", "a modifié la visibilité", "a supprimé un document"] {
        assert!(digest.body.contains(sentence), "{}", digest.body);
    }
    assert!(!digest.raw.contains("CANARI"), "{}", digest.raw);
    assert!(said(&store.worker(&mails, &[])).contains("0 mails sent"), "told once");
}

#[test]
fn two_workers_on_one_database_send_each_notice_once() {
    let Some(mails) = mail("two_workers", || MailServer::start_slow(0.01)) else { return };
    let Some(postgres) = Postgres::start().map_err(|why| println!("SKIPPED: two_workers: {why}")).ok() else { return };
    let folder = Made::fresh().data;
    let (url, blobs, key) = (postgres.fresh_database(), folder.join("blobs").display().to_string(), folder.with_file_name("root.key"));
    made::break_glass_in_database(&url, &blobs, &key, 4, 25);
    let url = url.replace(&format!(":{PASSWORD}"), "");
    let worker = || {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_dmp"));
        worker.args(["worker", "--once", "--base-url", "http://dmp.example", "--store", &url, "--blobs", &blobs, "--root-key"]).arg(&key);
        worker.args(mails.arguments()).env("PGPASSWORD", PASSWORD).stdout(std::process::Stdio::piped()).spawn().unwrap()
    };
    let both = [worker(), worker()].map(|worker| said(&worker.wait_with_output().unwrap()));
    let taken = all_ids(&mails, 100);
    assert_eq!(taken.len(), 100, "{both:?}");
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Signs a test identity in on the person's site. Gives the cookie.
fn signed_in(server: &Server, identity: &str) -> String {
    let answer = server.request("POST", "/signin").body(FORM, format!("identity={identity}")).send();
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

fn page(server: &Server, cookie: &str) -> String {
    let answer = server.request("GET", "/notices").header("cookie", cookie).send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

#[test]
fn the_person_reads_the_inbox_and_changes_the_settings_on_the_site() {
    let options = Options { patients: 12, ..Options::default() };
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &options);
    let token = server.token_with("dr-urgence", &[("purpose", "bris_de_glace"), ("reason", "malaise")]);
    assert_eq!(door_support::search(&server, &token, "status=current").status, 200);
    let cookie = signed_in(&server, "claire-exemple");
    let before = page(&server, &cookie);
    assert!(before.contains("ESSAI-KERVOLANE") && before.contains("bris de glace"), "the inbox says who: {before}");
    let checked = |html: &str, code: &str| html.contains(&format!("name=\"{code}\" checked"));
    assert!(checked(&before, "AJOUT_DOCUMENT") && !checked(&before, "ACCES_DMP_PS"), "{before}");
    assert!(!before.contains("name=\"ACCES_BRIS_GLACE\""), "what may not be switched off has no box");
    let csrf = before.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let send = |csrf: &str| {
        let form = format!("csrf={csrf}&language=en&rhythm=weekly&ACCES_DMP_PS=on");
        server.request("POST", "/notices").header("cookie", &cookie).body(FORM, form).send()
    };
    assert_eq!(send("forged").header("location"), Some("/notices?said=form-expired"));
    assert_eq!(send(csrf).header("location"), Some("/notices?said=notices"));
    let after = page(&server, &cookie);
    assert!(!checked(&after, "AJOUT_DOCUMENT") && checked(&after, "ACCES_DMP_PS"), "{after}");
    assert!(after.contains("value=\"weekly\" selected") && after.contains("value=\"en\" lang=\"en\" selected"), "{after}");
    // Whom asked to be told of readings is told, in the inbox too.
    assert_eq!(door_support::search(&server, &server.token("dr-fictif"), "status=current").status, 200);
    assert!(page(&server, &cookie).contains("a consulté le dossier"));
}

#[test]
fn a_mother_does_not_read_the_inbox_of_her_son() {
    let options = Options { patients: 12, ..Options::default() };
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &options);
    let (son, mother) = (page(&server, &signed_in(&server, "tom-fictif")), page(&server, &signed_in(&server, "sophie-fictif")));
    assert!(son.contains("<ul class=\"notices\">"), "{son}");
    assert!(!mother.contains("<ul class=\"notices\">"), "{mother}");
}
