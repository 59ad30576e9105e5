//! `kill`: the process ends at a fail point under load, the store opens again, nothing acknowledged is missing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dmp_testkit::{Options, Server};

use crate::check::Series;
use crate::draw::Draw;
use crate::ledger::Seen;
use crate::load::{Load, authorise};
use crate::{Broken, verdict};

/// Places that a serving program passes. Sweeping of files and erasure are an operator's acts and are tested in the store.
const POINTS: [&str; 29] = [
    "keys.before_insert",
    "keys.before_commit",
    "keys.after_commit",
    "blob.before_put",
    "blob.after_put",
    "writer.before_queue",
    "writer.before_begin",
    "commit.before_record",
    "commit.after_record",
    "commit.before_entry",
    "commit.after_entry",
    "commit.after_locator",
    "commit.before_member",
    "commit.after_member",
    "commit.before_content",
    "commit.after_content",
    "commit.before_leaf",
    "commit.after_leaf",
    "commit.after_outbox",
    "writer.before_commit",
    "writer.after_commit",
    "writer.before_reply",
    "checkpoint.before",
    "checkpoint.after",
    "claim.before",
    "claim.after",
    "confirm.before",
    "confirm.after",
    "sweep.claims",
];
/// Distinct places that a campaign must have hit to pass.
const POINTS_MIN: usize = 20;
/// Runs on one store.
const SERIES_RUNS: u32 = 50;
/// When the place is not reached by then, the process is killed wherever it is.
const BOUND: Duration = Duration::from_millis(4_000);
pub const PATIENTS: u32 = 18;

/// Runs the campaign.
pub fn run(binary: &Path, runs: u32, seed: u64, broken: Option<Broken>) -> bool {
    let began = Instant::now();
    let folder = std::env::temp_dir().join(format!("dmp-campaign-kill-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let template = fill(binary, &folder.join("template"));
    let mut tally = Tally::default();
    let mut run = 0;
    while run < runs {
        let home = folder.join(format!("series-{run}"));
        copy(&template, &home);
        let mut series = Series::default();
        let data = home.join("data");
        let server = start(binary, &data, &[]);
        series.begin(&server.url);
        drop(server);
        for _ in 0..SERIES_RUNS.min(runs - run) {
            let mut draw = Draw::new(seed, u64::from(run));
            one(binary, &data, &mut series, &mut tally, run, seed, broken, &mut draw);
            run += 1;
        }
        let server = start(binary, &data, &[]);
        tally.found(&format!("end of series at run {run}"), series.check_all(&server.url));
        tally.acknowledged += series.sent.len();
        drop(server);
        if tally.violations == 0 {
            std::fs::remove_dir_all(&home).unwrap();
        }
    }
    if tally.violations == 0 {
        let _ = std::fs::remove_dir_all(&folder);
    } else {
        println!("the stores of failed series stay in {}", folder.display());
    }
    let enough = tally.points.len() >= POINTS_MIN.min(usize::try_from(runs).unwrap() / 2);
    println!(
        "kill-9: {runs} runs, seed {seed}, {} places hit of {}, {} runs ended by their place, {} documents acknowledged before a fault, {} sent in all, {} s",
        tally.points.len(),
        POINTS.len(),
        tally.by_place,
        tally.told,
        tally.acknowledged,
        began.elapsed().as_secs()
    );
    if !enough {
        println!("kill-9: too few distinct places were hit");
    }
    verdict("kill-9", tally.violations, 0, tally.violations == 0 && enough)
}

#[derive(Debug, Default)]
struct Tally {
    violations: usize,
    points: BTreeSet<&'static str>,
    by_place: usize,
    told: usize,
    acknowledged: usize,
}

impl Tally {
    fn found(&mut self, what: &str, violations: Vec<String>) {
        for violation in &violations {
            println!("  {what}: {violation}");
        }
        self.violations += violations.len();
    }
}

#[allow(clippy::too_many_arguments, reason = "a run is told by all of these")]
fn one(binary: &Path, data: &Path, series: &mut Series, tally: &mut Tally, run: u32, seed: u64, broken: Option<Broken>, draw: &mut Draw) {
    let point = POINTS[(usize::try_from(run).unwrap() + usize::try_from(seed).unwrap() * 7) % POINTS.len()];
    let nth = 1 + draw.below(passages(point));
    let armed = ["--fail-point".to_owned(), format!("{point}:{nth}")];
    let options = Options { patients: PATIENTS, arguments: armed.to_vec(), data: Some(data.to_owned()), ..Options::default() };
    let mut seen = Seen::of(crate::load::PEOPLE.len());
    let by_place = match Server::try_start(binary.to_str().unwrap(), &options) {
        // Ended before it listened: some places are passed at the start.
        None => true,
        Some(server) => {
            let (told, by_place) = loaded(server, Load { url: "", seed, run, broken });
            seen = told;
            by_place
        }
    };
    if by_place {
        tally.points.insert(point);
        tally.by_place += 1;
    }
    tally.told += seen.sent.iter().filter(|sent| sent.acknowledged).count();
    // No disk failed: a server that says so is wrong.
    seen.wrong.append(&mut seen.faults);
    if broken == Some(Broken::LostDocument) {
        lose_file(&data.join("blobs"));
    }
    let what = format!("run {run} at {point}:{nth}");
    tally.found(&what, offline(binary, data));
    let server = start(binary, data, &[]);
    let violations = series.check(&server.url, seen, draw);
    tally.found(&what, violations);
}

/// The passage at which to end: rare places early, those of every commit anywhere in the run.
fn passages(point: &str) -> usize {
    match point.split('.').next().unwrap() {
        "sweep" => 1,
        "keys" | "claim" | "confirm" => 4,
        "checkpoint" => 5,
        "blob" => 8,
        _ if point.contains("leaf") || point.contains("writer") => 150,
        _ => 50,
    }
}

/// Loads the server until it ends or the time is over. Gives what was told, and whether it ended by itself.
fn loaded(mut server: Server, load: Load<'_>) -> (Seen, bool) {
    let ended = AtomicBool::new(false);
    let url = server.url.clone();
    let load = Load { url: &url, ..load };
    std::thread::scope(|scope| {
        let working = scope.spawn(|| load.run(&ended));
        let began = Instant::now();
        while !has_ended(server.pid()) && began.elapsed() < BOUND {
            std::thread::sleep(Duration::from_millis(10));
        }
        let by_place = has_ended(server.pid());
        server.kill();
        ended.store(true, Ordering::Relaxed);
        (working.join().unwrap(), by_place)
    })
}

/// Whether a child has ended and waits to be collected.
pub fn has_ended(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().next()).is_none_or(|state| state == "Z")
}

/// What the program itself says of a store at rest.
pub fn offline(binary: &Path, data: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for arguments in [&["audit", "verify"][..], &["doctor"][..]] {
        let output = Command::new(binary).args(["--log", "off"]).args(arguments).arg("--data").arg(data).arg("--json").output().unwrap();
        if !output.status.success() {
            found.push(format!(
                "`dmp {}`: {} {}{}",
                arguments.join(" "),
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            ));
        }
    }
    found
}

/// Starts the program on a store.
pub fn start(binary: &Path, data: &Path, arguments: &[&str]) -> Server {
    let arguments = arguments.iter().map(|&one| one.to_owned()).collect();
    let options = Options { patients: PATIENTS, arguments, data: Some(data.to_owned()), ..Options::default() };
    Server::start(binary.to_str().unwrap(), &options)
}

/// A filled store, to be copied for each series.
pub fn fill(binary: &Path, home: &Path) -> PathBuf {
    let server = start(binary, &home.join("data"), &[]);
    authorise(&server.url);
    drop(server);
    home.to_owned()
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}

/// Removes the newest large content.
fn lose_file(folder: &Path) {
    let shards = std::fs::read_dir(folder).unwrap().flatten().filter(|shard| shard.path().is_dir());
    let files = shards.flat_map(|shard| std::fs::read_dir(shard.path()).unwrap().flatten());
    if let Some(newest) = files.max_by_key(|file| file.metadata().unwrap().modified().unwrap()) {
        std::fs::remove_file(newest.path()).unwrap();
    }
}
