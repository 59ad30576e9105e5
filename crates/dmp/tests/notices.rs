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

use std::collections::BTreeSet;
use std::process::{Command, Output};
use std::time::Duration;

use dmp_testkit::services::{MailServer, Received};
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
    let rpps = dmp_synth::identity("generaliste").unwrap().rpps.unwrap();
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
