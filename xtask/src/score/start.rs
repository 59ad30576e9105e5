//! How long a demonstration takes to its first page, and what it holds when idle.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Build, Measured, Scale, Size};
use crate::shell;

const IDLE: Duration = Duration::from_secs(5);
/// People of a town that no demonstration should keep a visitor waiting for: the control.
const TOO_MANY: &str = "3000";

/// Measures all figures of a start; in a control, the one that is spoiled alone.
pub fn run(scale: Scale, broken: Option<&str>) -> Measured {
    let command = format!("{} serve --demo --data <empty folder>, then again", scale.build.program());
    if let Err(why) = scale.build.make() {
        return Measured::missing(&command, why);
    }
    let home = std::env::temp_dir().join(format!("dmp-score-start-{}", std::process::id()));
    let mut measured = Measured { command, ..Measured::default() };
    if let Err(why) = measure(&home, scale, broken, &mut measured) {
        measured.missing = Some(why);
    }
    let _ = std::fs::remove_dir_all(&home);
    measured
}

fn measure(home: &Path, Scale { size, build }: Scale, broken: Option<&str>, measured: &mut Measured) -> Result<(), String> {
    if let Some(name) = broken.filter(|name| name.starts_with("idle-rss")) {
        measured.values.insert(name.to_owned(), under_load(build)?);
        return Ok(());
    }
    let people = if broken.is_some() { TOO_MANY } else { "60" };
    let mut put = |name: &str, value: f64| {
        measured.values.insert(name.to_owned(), value);
    };
    let first = Demo::start(build, &home.join("data"), people)?;
    put("start-empty", first.first_page);
    std::thread::sleep(IDLE);
    put("idle-rss-after-filling", first.rss()?);
    // The controls of a start on a filled store are starts on an empty one.
    if broken.is_some() {
        put("start-filled", first.first_page);
        put("start-listening", first.listening);
        return Ok(());
    }
    drop(first);
    let (mut pages, mut listening) = (Vec::new(), Vec::new());
    for _ in 0..if size == Size::Small { 1 } else { 5 } {
        let again = Demo::start(build, &home.join("data"), people)?;
        pages.push(again.first_page);
        listening.push(again.listening);
    }
    put("start-filled", median(&mut pages));
    put("start-listening", median(&mut listening));
    let idle = Demo::start(build, &home.join("data"), people)?;
    std::thread::sleep(IDLE);
    put("idle-rss", idle.rss()?);
    Ok(())
}

/// The control of an idle program's memory: one that works, with its largest record and its caches in use.
fn under_load(build: Build) -> Result<f64, String> {
    let mut command = Command::new(shell::root().join(build.program()));
    command.args(["--log", "off", "bench", "--seconds", "5", "--only", "list-50-of-2000"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|error| error.to_string())?;
    let mut most: f64 = 0.0;
    while child.try_wait().map_err(|error| error.to_string())?.is_none() {
        most = most.max(resident(child.id()).unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(most)
}

/// Resident memory of a process in MiB.
fn resident(process: u32) -> Result<f64, String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).map_err(|error| error.to_string())?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
    let kib: f64 = line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).ok_or("no VmRSS")?;
    Ok(kib / 1024.0)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::MAX)
}

/// A running demonstration; ended when dropped.
struct Demo {
    child: Child,
    /// Seconds until it listens, and until the first page was answered.
    listening: f64,
    first_page: f64,
}

impl Demo {
    fn start(build: Build, data: &Path, people: &str) -> Result<Self, String> {
        std::fs::create_dir_all(data).map_err(|error| error.to_string())?;
        let program: PathBuf = shell::root().join(build.program());
        let began = Instant::now();
        let mut command = Command::new(program);
        command.args(["--log", "off", "serve", "--demo", "--listen", "127.0.0.1:0", "--patients", people, "--data"]).arg(data);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|error| error.to_string())?;
        let output = child.stdout.take().ok_or("no output")?;
        let mut demo = Demo { child, listening: 0.0, first_page: 0.0 };
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix("dmp: listening on http://").map(str::to_owned));
        let address = address.ok_or("the demonstration ended before it listened")?;
        std::thread::spawn(move || lines.for_each(drop));
        demo.listening = began.elapsed().as_secs_f64();
        let page = get(&address, "/signin").map_err(|error| format!("first page: {error}"))?;
        demo.first_page = began.elapsed().as_secs_f64();
        if page.starts_with("HTTP/1.1 200") { Ok(demo) } else { Err(page.lines().next().unwrap_or_default().to_owned()) }
    }

    /// Resident memory in MiB.
    fn rss(&self) -> Result<f64, String> {
        resident(self.child.id())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn get(address: &str, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
