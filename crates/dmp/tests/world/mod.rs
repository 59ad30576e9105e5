//! What the scenarios share: people by name, a clock that can be moved, the software of a hospital, a session on the sites, many
//! callers at once.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod session;
mod software;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use dmp_testkit::{Answer, Options, Request, Server, form_value};
use serde_json::{Value, json};

#[allow(unused_imports, reason = "each test file uses its own part")]
pub use session::{Session, without_tokens};
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use software::{Software, User};

/// A request with a token.
pub fn asked(server: &Server, token: &str, method: &str, path: &str) -> Request {
    server.request(method, path).token(token)
}

/// The INS of a test identity as a FHIR Identifier.
pub fn identifier(handle: &str) -> Value {
    let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
    json!({ "system": format!("urn:oid:{}", ins.authority().oid()), "value": ins.matricule() })
}

/// The INS of a test identity as a search token.
pub fn search_token(handle: &str) -> String {
    let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
    form_value(&format!("urn:oid:{}|{}", ins.authority().oid(), ins.matricule()))
}

/// PS_IdNat of a professional of the cast.
pub fn national(handle: &str) -> String {
    dmp_synth::identity(handle).unwrap().account().trim_start_matches("ps:").to_owned()
}

/// The address of a person's current documents.
pub fn listing(handle: &str) -> String {
    format!("/fhir/DocumentReference?patient.identifier={}&status=current", search_token(handle))
}

/// The parameters of an operation of Patient about a person.
pub fn parameters(about: &str, more: &[(&str, Value)]) -> String {
    let value = |value: &Value| match value {
        Value::Bool(_) => "valueBoolean",
        Value::Object(_) => "valueIdentifier",
        _ => "valueString",
    };
    let mut parameters = vec![json!({ "name": "identifier", "valueIdentifier": identifier(about) })];
    parameters.extend(more.iter().map(|(name, found)| json!({ "name": name, value(found): found })));
    json!({ "resourceType": "Parameters", "parameter": parameters }).to_string()
}

/// Calls an operation of Patient about a person; `more` are its other parameters.
pub fn operate(server: &Server, token: &str, operation: &str, about: &str, more: &[(&str, Value)]) -> Answer {
    asked(server, token, "POST", &format!("/fhir/Patient/${operation}")).body("application/fhir+json", parameters(about, more)).send()
}

/// The status and the first code of an answer: `200`, `403 access-blocked`.
pub fn verdict(answer: &Answer) -> String {
    if answer.status < 400 { answer.status.to_string() } else { format!("{} {}", answer.status, answer.codes().first().map_or("", String::as_str)) }
}

#[track_caller]
pub fn done(answer: &Answer) {
    assert!(answer.status < 300, "{} {}", answer.status, answer.text());
}

/// A text inside a resource.
pub fn text<'v>(resource: &'v Value, pointer: &str) -> &'v str {
    resource.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The resources of a search, page after page.
pub fn pages(server: &Server, token: &str, path: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let answer = asked(server, token, "GET", &path).send();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let bundle = answer.json();
        found.extend(bundle["entry"].as_array().into_iter().flatten().map(|entry| entry["resource"].clone()));
        let links = bundle["link"].as_array().cloned().unwrap_or_default();
        let url = links.iter().find(|link| link["relation"] == "next").and_then(|link| link["url"].as_str());
        next = url.map(|url| url.trim_start_matches(server.url.as_str()).to_owned());
    }
    found
}

/// Does a piece of work for each item, a few at once; results in the order of the items.
pub fn at_once<T: Sync, R: Send>(workers: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let one = || {
            let mut mine = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(place) else { return mine };
                mine.push((place, work(item)));
            }
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(one)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

/// The clock of a running program, as `--clock-shift` moves it.
pub struct Clock {
    file: PathBuf,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A path of its own in the folder of the build.
pub fn scratch(name: &str) -> PathBuf {
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}-{number}", std::process::id()))
}

impl Clock {
    /// A clock that goes with the machine's.
    pub fn new() -> Self {
        let clock = Clock { file: scratch("clock") };
        clock.shift(0);
        clock
    }

    /// The arguments that give it to the program.
    pub fn arguments(&self) -> Vec<String> {
        vec!["--clock-shift".to_owned(), self.file.display().to_string()]
    }

    /// Moves it to so many seconds after the machine's.
    pub fn shift(&self, seconds: i64) {
        let beside = self.file.with_extension("new");
        std::fs::write(&beside, seconds.to_string()).unwrap();
        std::fs::rename(&beside, &self.file).unwrap();
    }

    /// Moves it on to the beginning of a minute.
    pub fn to_the_minute(&self) {
        let machine = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
        let now = self.now();
        self.shift(now - machine + 60 - now.rem_euclid(60));
    }

    /// What the program takes for the present: seconds since the epoch.
    pub fn now(&self) -> i64 {
        let shift: i64 = std::fs::read_to_string(&self.file).unwrap().parse().unwrap();
        i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap() + shift
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
    }
}

/// A server of so many people of the town, with this clock and the software of a hospital.
pub fn start(patients: u32, clock: &Clock, software: Option<&Software>) -> Server {
    start_with(patients, clock, &software.map(Software::arguments).unwrap_or_default())
}

/// The same with more arguments.
pub fn start_with(patients: u32, clock: &Clock, more: &[String]) -> Server {
    let arguments = [clock.arguments(), more.to_vec()].concat();
    Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients, arguments, ..Options::default() })
}

/// An instant as FHIR writes it.
pub fn instant(seconds: i64) -> String {
    dmp_core::Moment::from_seconds(seconds).to_instant()
}
