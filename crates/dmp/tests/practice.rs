//! The record inside practice software, through the built program: a call that opens a patient, apps that a professional launches, CDS Hooks, the
//! summary in a frame, and the samples of `docs/practice-software.md`. Clients of others play the software (`scenarios/practice-software`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod npm;
mod world;

#[path = "practice/call.rs"]
mod call;
#[path = "practice/samples.rs"]
mod samples;

use std::path::PathBuf;

use dmp_testkit::{Options, Server};
use serde_json::{Value, json};
use world::{Clock, Session, national, scratch};

const PERSON: &str = "claire-exemple";
const DOCTOR: &str = "dr-fictif";
const CLIENT: &str = "https://cabinet.example";

fn professional(handle: &str) -> Value {
    let one = dmp_synth::identity(handle).unwrap();
    json!({ "identity": handle, "id": national(handle), "name": one.name.display(), "role": "G15/10" })
}

fn number(handle: &str) -> Value {
    let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
    json!({ "oid": ins.authority().oid(), "value": ins.matricule() })
}

/// Software with a key in a folder of its own, and a server that knows it. `None` without Node or its packages.
struct Practice {
    server: Server,
    /// Where the scripts and their packages are.
    scripts: PathBuf,
    /// Key, register and configuration of the software.
    folder: PathBuf,
}

impl Practice {
    fn start() -> Option<Self> {
        let scripts = npm::installed_folder("practice-software")?;
        let folder = scratch("practice");
        std::fs::create_dir_all(&folder).unwrap();
        let structure = dmp_synth::identity(DOCTOR).unwrap().structure.unwrap();
        let configuration = json!({
            "clientId": CLIENT, "structure": { "id": structure.id.as_str(), "name": structure.name },
            "doctor": professional(DOCTOR), "stranger": professional("dr-inconnu"),
            "person": number(PERSON), "nobody": number("victor-essai"), "closed": number("ines-imaginaire"),
        });
        std::fs::write(folder.join("configuration.json"), configuration.to_string()).unwrap();
        npm::run(&scripts, "embed.mjs", &["keys", &folder.display().to_string(), &folder.join("configuration.json").display().to_string()]);
        let clients = vec!["--clients".to_owned(), folder.join("clients.json").display().to_string()];
        let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 2, arguments: clients, ..Options::default() });
        Some(Practice { server, scripts, folder })
    }

    fn play(&self, script: &str) {
        let (folder, configuration) = (self.folder.display().to_string(), self.folder.join("configuration.json").display().to_string());
        npm::run(&self.scripts, script, &[&self.server.url, &folder, &configuration]);
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn an_app_that_a_professional_launches_reads_as_they_do_and_no_more() {
    let Some(scripts) = npm::installed_folder("practice-software") else { return };
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 3, ..Options::default() });
    // Another patient whom this doctor reads.
    let (ins, other) = (number(PERSON), number("tom-fictif"));
    let value = |ins: &Value| ins["value"].as_str().unwrap().to_owned();
    let oid = ins["oid"].as_str().unwrap().to_owned();
    npm::run(&scripts, "ehr.mjs", &[&server.url, DOCTOR, PERSON, &value(&ins), &value(&other), &oid]);
}

#[test]
fn a_cds_hooks_client_of_others_gets_its_cards() {
    if let Some(practice) = Practice::start() {
        practice.play("cds.mjs");
    }
}

#[test]
fn the_summary_stands_in_a_page_of_a_registered_origin_and_nowhere_else() {
    if !PathBuf::from("/usr/bin/chromium").exists() {
        return println!("SKIPPED: embedding: /usr/bin/chromium is missing");
    }
    if let Some(practice) = Practice::start() {
        practice.play("embed.mjs");
    }
}

#[test]
fn a_wrong_register_is_told_at_the_start() {
    let clock = Clock::new();
    for wrong in [
        "http://logiciel.example",
        "https://logiciel.example/",
        "https://logiciel.example/page",
        "*",
        "'self'",
        "https://a.example https://b.example",
    ] {
        let register = scratch("clients");
        let client = json!([{ "client_id": "a", "software": "a", "structure_id": "3", "structure_name": "a", "scope": "user/*.rs",
            "jwks": { "keys": [] }, "embeds": [wrong] }]);
        std::fs::write(&register, client.to_string()).unwrap();
        let mut arguments = clock.arguments();
        arguments.extend(["--clients".to_owned(), register.display().to_string()]);
        let started = Server::try_start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, arguments, ..Options::default() });
        assert!(started.is_none(), "{wrong}");
        let _ = std::fs::remove_file(register);
    }
}

/// The place that an answer of ours leads to, and its cookie of waiting.
fn waiting(answer: &dmp_testkit::Answer) -> Option<String> {
    let lines = answer.headers.iter().filter(|(name, value)| name == "set-cookie" && value.starts_with("dmp_call="));
    lines.map(|(_, value)| value.split(';').next().unwrap().to_owned()).next()
}

/// Reads a page of ours with a session and what waits.
fn go_on(server: &Server, session: &Session, waiting: &str) -> dmp_testkit::Answer {
    session.request_with(server, "GET", "/pro/appel", waiting).send()
}
