//! The built program as a child process on a free port, with a store of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::client::{Request, form_value};

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// People of the demonstration's town.
    pub patients: u32,
    /// More arguments of `dmp serve`.
    pub arguments: Vec<String>,
    /// A store to reuse; a fresh one when absent.
    pub data: Option<PathBuf>,
    /// Port to listen on; 0: any that is free.
    pub port: u16,
    /// More variables of the environment.
    pub environment: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Options { patients: 18, arguments: Vec::new(), data: None, port: 0, environment: Vec::new() }
    }
}

/// A running `dmp serve --demo`. Ended and cleared away when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// The same for the counters.
    metrics: String,
    data: PathBuf,
    owns_data: bool,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Server {
    /// Starts the program `binary` (`env!("CARGO_BIN_EXE_dmp")`) and waits until it listens.
    pub fn start(binary: &str, options: &Options) -> Self {
        Self::try_start(binary, options).expect("dmp serve --demo starts")
    }

    /// The same; `None` when the program ends before it listens.
    pub fn try_start(binary: &str, options: &Options) -> Option<Self> {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let fresh = std::env::temp_dir().join(format!("dmp-test-{}-{number}", std::process::id())).join("data");
        let data = options.data.clone().unwrap_or(fresh);
        std::fs::create_dir_all(&data).unwrap();
        let mut command = Command::new(binary);
        command.args([
            "--log",
            "text",
            "serve",
            "--demo",
            "--listen",
            &format!("127.0.0.1:{}", options.port),
            "--metrics",
            "127.0.0.1:0",
            "--patients",
            &options.patients.to_string(),
        ]);
        if !options.arguments.iter().any(|argument| argument == "--store") {
            command.arg("--data").arg(&data);
        }
        // Everybody of a test asks from one address: what is tested is what protects a code or a link itself, unless a test says otherwise.
        if !options.arguments.iter().any(|argument| argument.starts_with("--strangers-per-")) {
            command.args(["--strangers-per-address", "0", "--strangers-per-account", "0"]);
        }
        command.args(&options.arguments).envs(options.environment.iter().map(|(name, value)| (name, value)));
        let log = std::fs::OpenOptions::new().create(true).append(true).open(data.with_extension("log")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let metrics =
            lines.by_ref().map_while(Result::ok).find_map(|line| Some(line.strip_prefix("dmp: metrics on ")?.strip_suffix("/metrics")?.to_owned()));
        let url = lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("dmp: listening on ").map(str::to_owned));
        // The rest of the talk is read away, so that the child never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let (Some(metrics), Some(url)) = (metrics, url) else {
            let _ = child.wait();
            return None;
        };
        Some(Server { child, url, metrics, data, owns_data: options.data.is_none() })
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The file of the log lines.
    pub fn log(&self) -> PathBuf {
        self.data.with_extension("log")
    }

    /// A request to this server.
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(&self.url, method, path)
    }

    /// The page of the counters, from their own listener.
    pub fn metrics(&self) -> String {
        Request::new(&self.metrics, "GET", "/metrics").send().text()
    }

    /// A token of a test identity.
    pub fn token(&self, identity: &str) -> String {
        self.token_with(identity, &[])
    }

    /// A token of a test identity with more fields (`purpose`, `reason`, `secret`, `consent_now`, `scope`).
    pub fn token_with(&self, identity: &str, fields: &[(&str, &str)]) -> String {
        let mut form = format!("as={identity}");
        for (name, value) in fields {
            form.push_str(&format!("&{name}={}", form_value(value)));
        }
        let answer = self.request("POST", "/sandbox/token").body("application/x-www-form-urlencoded", form).send();
        assert_eq!(answer.status, 200, "no token for {identity}: {}", answer.text());
        answer.text()
    }

    /// Process id, for faults from outside.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the program to end by itself.
    pub fn wait(&mut self) {
        let _ = self.child.wait();
    }

    /// Ends it at once, as a power switch of the process would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        if self.owns_data
            && let Some(folder) = self.data.parent()
        {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
