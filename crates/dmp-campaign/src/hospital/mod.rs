//! `hospital-feed`: messages with doubles, in disorder, bad ones among them, through `dmp feed`, while feeder and server are ended again and
//! again. In the end each document that is acceptable is in its record once, and each that is not stands in the report with its reason.

mod judge;
mod messages;
mod senders;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use dmp_testkit::{Options, Server};
use serde_json::Value;

use crate::api::Caller;
use crate::draw::Draw;
use crate::{load, verdict};
use senders::{Address, Sending};

/// A sabotage that the campaign must see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FeedBroken {
    /// Takes an acknowledged message out of the folder while the feeder is down.
    LostMessage,
    /// Sends a document once more under another identifier, as a feeder would that makes up a new one each time.
    DoubledDocument,
    /// Takes the refusals out of the report.
    LostReason,
}

/// Messages that come again, one in so many; how far they may be out of order.
const DOUBLE: usize = 10;
const DISORDER: usize = 200;
/// Lines of the interface engine.
const LINES: usize = 4;
/// For the sending, and for a step of it.
const PATIENCE: Duration = Duration::from_secs(900);
/// A journal without a new line for so long has none to come.
const STILL: Duration = Duration::from_secs(20);
/// While messages are on their way a new version waits so long for what it replaces; in the end what waits still is refused.
const WAITS: &str = "86400";

/// What a run is made of.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub messages: usize,
    pub kills: usize,
    pub seed: u64,
    pub broken: Option<FeedBroken>,
}

/// Runs the campaign.
pub fn run(binary: &Path, wish: Wish) -> bool {
    let home = std::env::temp_dir().join(format!("dmp-campaign-hospital-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(&home).unwrap();
    let hospital = Hospital::new(binary, &home);
    let mut server = hospital.serve();
    let people = messages::people((wish.messages / 25).clamp(8, 100), wish.seed);
    open_records(&server.url, &people);
    let plan = messages::plan(wish.messages, &people, wish.seed);
    let sendings = sendings(&plan, wish.seed);
    let (address, ended) = (Address::default(), AtomicBool::new(false));
    let began = Instant::now();
    let mut faults = Faults::default();
    let mut feeder = hospital.feed(&address, WAITS);
    let all_sent = std::thread::scope(|scope| {
        let lines: Vec<_> = (0..LINES)
            .map(|line| {
                let mine: Vec<&Sending> = sendings.iter().skip(line).step_by(LINES).collect();
                let (address, folder, ended) = (&address, hospital.folder(), &ended);
                scope.spawn(move || senders::send_all(&mine, address, &folder, ended))
            })
            .collect();
        let mut draw = Draw::new(wish.seed, 0xF11);
        let done = || lines.iter().all(|line| line.is_finished());
        for _ in 0..wish.kills {
            wait_for_progress(&hospital, wish.messages / (wish.kills + 1), &mut faults, done);
            faults.one(&hospital, &mut server, &mut feeder, &address, &mut draw, wish.broken);
        }
        while !done() && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(100));
        }
        ended.store(true, Ordering::Relaxed);
        lines.into_iter().all(|line| line.join().unwrap())
    });
    let sent_in = began.elapsed();
    let mut violations = if all_sent { Vec::new() } else { vec!["not every message was answered".to_owned()] };
    // Everything is there now: what waits for a document that never came is told so.
    end(&mut feeder);
    feeder = hospital.feed(&address, "0");
    if !drain(&hospital) {
        violations.push("messages wait still".to_owned());
    }
    let all_in = began.elapsed();
    let mut report = hospital.report();
    end(&mut feeder);
    if wish.broken == Some(FeedBroken::LostReason) {
        report["refusals"] = Value::Array(Vec::new());
    }
    if wish.broken == Some(FeedBroken::DoubledDocument) {
        judge::double(&server.url, &plan, &people);
    }
    violations.extend(judge::judge(&server.url, &plan, &people, &report));
    for violation in violations.iter().take(20) {
        println!("  {violation}");
    }
    let kept = plan.iter().filter(|one| one.expected == messages::Expected::Kept).count();
    println!(
        "hospital-feed: {} messages, {} sendings, seed {}, {} to be kept, {} to be refused, {} ends of the feeder, {} of the server, {} doubles told, {} sent of which {} twice, {} s to send, {} s to the last deposit",
        plan.len(),
        sendings.len(),
        wish.seed,
        kept,
        plan.len() - kept,
        faults.feeder,
        faults.server,
        report["doubles"],
        report["sent"],
        report["repeated"],
        sent_in.as_secs(),
        all_in.as_secs()
    );
    drop(server);
    if violations.is_empty() {
        let _ = std::fs::remove_dir_all(&home);
    } else {
        println!("everything stays in {}", home.display());
    }
    verdict("hospital-feed", violations.len(), 0, violations.is_empty())
}

/// The program, its folders, its addresses.
struct Hospital {
    binary: PathBuf,
    home: PathBuf,
    port: u16,
}

impl Hospital {
    fn new(binary: &Path, home: &Path) -> Self {
        // A port that is free now, so that the server has the same address after each end.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let hospital = Hospital { binary: binary.to_owned(), home: home.to_owned(), port };
        let structure = dmp_synth::identity("dr-hopital").unwrap().structure.unwrap();
        let key = ["feed", "key", "--structure-id", structure.id.as_str(), "--structure-name", &structure.name, "--out"];
        let made = Command::new(binary).args(["--log", "off"]).args(key).arg(home.join("key.pem")).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        std::fs::write(home.join("clients.json"), made.stdout).unwrap();
        hospital
    }

    fn folder(&self) -> PathBuf {
        self.home.join("feed")
    }

    fn serve(&self) -> Server {
        let arguments = vec!["--clients".to_owned(), self.home.join("clients.json").display().to_string()];
        let options = Options { patients: 1, arguments, data: Some(self.home.join("data")), port: self.port, ..Options::default() };
        Server::start(self.binary.to_str().unwrap(), &options)
    }

    fn feed(&self, address: &Address, waits: &str) -> Child {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.home.join("feed.log")).unwrap();
        let mut child = Command::new(&self.binary)
            .args(["--log", "text", "feed"])
            .arg(self.folder())
            .args(["--server", &format!("http://127.0.0.1:{}", self.port), "--mllp", "127.0.0.1:0"])
            .args(["--wait-replaced-seconds", waits, "--retry-ms", "100", "--at-once", "8"])
            .arg("--key")
            .arg(self.home.join("key.pem"))
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let found = lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("dmp: MLLP on ").map(str::to_owned));
        std::thread::spawn(move || lines.for_each(drop));
        address.set(Some(found.expect("the feeder listens")));
        child
    }

    fn report(&self) -> Value {
        let output =
            Command::new(&self.binary).args(["--log", "off", "feed", "report"]).arg(self.folder()).args(["--json", "--all"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Lines of the journal: how far the feeder has come.
    fn progress(&self) -> usize {
        std::fs::read(self.folder().join(".feed/journal.ndjson")).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count()
    }
}

fn open_records(url: &str, people: &[dmp_core::identity::Ins]) {
    let agent = Caller::of(url, "agent-cpam", &[("consent_now", "true")]).unwrap();
    for ins in people {
        let answer = load::open_record(&agent, ins).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

/// Every message once and some again later, out of order within a window; half by wire, half as files.
fn sendings(plan: &[messages::Planned], seed: u64) -> Vec<Sending> {
    let mut draw = Draw::new(seed, 0x5E4D);
    let mut placed: Vec<(usize, Sending)> = Vec::new();
    for (place, planned) in plan.iter().enumerate() {
        let by_wire = draw.below(2) == 0;
        let sending = |copy: usize, by_wire: bool| Sending {
            bytes: planned.bytes.clone(),
            by_wire,
            file: if copy == 0 { format!("{}.hl7", planned.name) } else { format!("{}-{copy}.hl7", planned.name) },
        };
        placed.push((place + draw.below(DISORDER), sending(0, by_wire)));
        if draw.below(DOUBLE) == 0 {
            let again = draw.below(2) == 0;
            placed.push((place + draw.below(3 * DISORDER), sending(1, again)));
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, sending)| sending).collect()
}

/// What was ended.
#[derive(Debug, Default)]
struct Faults {
    feeder: usize,
    server: usize,
    count: usize,
    seen: usize,
    lost: bool,
}

impl Faults {
    fn one(&mut self, hospital: &Hospital, server: &mut Server, feeder: &mut Child, address: &Address, draw: &mut Draw, broken: Option<FeedBroken>) {
        // In turn: both, the feeder, the server.
        self.count += 1;
        match self.count % 3 {
            0 if broken != Some(FeedBroken::LostMessage) => self.end_server(hospital, server, draw),
            2 if broken != Some(FeedBroken::LostMessage) => self.end_feeder(hospital, feeder, address, None),
            // Both: what is acknowledged waits in the folder.
            _ => {
                server.kill();
                self.server += 1;
                std::thread::sleep(Duration::from_millis(500));
                self.end_feeder(hospital, feeder, address, broken);
                *server = hospital.serve();
            }
        }
    }

    fn end_server(&mut self, hospital: &Hospital, server: &mut Server, draw: &mut Draw) {
        server.kill();
        self.server += 1;
        std::thread::sleep(Duration::from_millis(u64::try_from(draw.below(800)).unwrap()));
        *server = hospital.serve();
    }

    fn end_feeder(&mut self, hospital: &Hospital, feeder: &mut Child, address: &Address, broken: Option<FeedBroken>) {
        address.set(None);
        end(feeder);
        self.feeder += 1;
        if broken == Some(FeedBroken::LostMessage) && !self.lost {
            self.lost = lose(&hospital.folder());
        }
        *feeder = hospital.feed(address, WAITS);
    }
}

/// Takes a message out that was acknowledged.
fn lose(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let waiting = names.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("mllp-"))).min();
    waiting.is_some_and(|path| std::fs::remove_file(path).is_ok())
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Waits until the journal has grown by so many lines, or nothing is sent any more.
fn wait_for_progress(hospital: &Hospital, lines: usize, faults: &mut Faults, done: impl Fn() -> bool) {
    let began = Instant::now();
    while hospital.progress() < faults.seen + lines && !done() && began.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(50));
    }
    faults.seen = hospital.progress();
}

/// Waits until nothing waits; `false`: nothing moves any more.
fn drain(hospital: &Hospital) -> bool {
    let (mut moved_at, mut before) = (Instant::now(), 0);
    while moved_at.elapsed() < STILL {
        let files = std::fs::read_dir(hospital.folder()).unwrap().flatten();
        if !files.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().ends_with(".hl7")) && hospital.report()["waiting"] == 0 {
            return true;
        }
        let now = hospital.progress();
        if now != before {
            (moved_at, before) = (Instant::now(), now);
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    false
}
