//! An installation that is no demonstration: as a child process, and in this process with a clock that can be moved.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use dmp_core::access::Matrix;
use dmp_core::{Mode, Moment};
use dmp_server::{App, AppConfig, Clients, Directory};
use dmp_service::{Clock, Config, IdSealer, Service, SystemClock, SystemRandom};
use dmp_store::{OpenOptions, RecordStore, RootKey, SqliteStore};

/// Public address of every installation here: the provider knows it before the port is known.
pub const PUBLIC: &str = "http://dmp.test";

/// A running `dmp serve --oidc`; ended and cleared away when dropped.
pub struct Installation {
    child: Child,
    pub url: String,
    /// The text of its `--oidc` file.
    pub config: String,
    folder: PathBuf,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

fn fresh_folder() -> PathBuf {
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("dmp-oidc-{}-{number}", std::process::id()));
    std::fs::create_dir_all(folder.join("data")).unwrap();
    folder
}

impl Installation {
    pub fn start(config: &str, arguments: &[&str]) -> Self {
        Self::try_start(config, arguments).expect("dmp serve --oidc starts")
    }

    /// The same; `None` when the program ends before it listens.
    pub fn try_start(config: &str, arguments: &[&str]) -> Option<Self> {
        let folder = fresh_folder();
        let file = folder.join("oidc.json");
        std::fs::write(&file, config).unwrap();
        let log = std::fs::File::create(folder.join("log")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_dmp"));
        command.args(["--log", "text", "serve", "--listen", "127.0.0.1:0", "--base-url", PUBLIC]).args(arguments);
        command.arg("--data").arg(folder.join("data")).arg("--oidc").arg(&file);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let url = lines.find_map(|line| line.strip_prefix("dmp: listening on ").map(str::to_owned));
        std::thread::spawn(move || lines.for_each(drop));
        let Some(url) = url else {
            let _ = child.wait();
            let _ = std::fs::remove_dir_all(&folder);
            return None;
        };
        Some(Installation { child, url, config: config.to_owned(), folder })
    }

    /// The log lines so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap()
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The machine's clock, and how far it was moved.
#[derive(Debug, Default)]
pub struct MovedClock {
    seconds: AtomicI64,
}

impl MovedClock {
    pub fn advance(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Moment {
        SystemClock.now().plus_seconds(self.seconds.load(Ordering::Relaxed))
    }
}

/// An application in this process.
pub struct LaterApp {
    pub url: String,
    pub clock: Arc<MovedClock>,
    folder: PathBuf,
    _runtime: tokio::runtime::Runtime,
}

impl Drop for LaterApp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The application with a clock that can be moved, serving on a free port.
pub fn later_app(config: &str) -> LaterApp {
    let folder = fresh_folder();
    let clock = Arc::new(MovedClock::default());
    let key = RootKey::load_or_create(&folder.join("rootkey")).unwrap();
    let store = SqliteStore::open(OpenOptions::new(folder.join("data"), Mode::Sandbox, key, clock.now())).unwrap();
    let shared: Arc<dyn RecordStore> = store.clone();
    let ids = IdSealer::new(&store.derive("resource ids"));
    let in_force = Config::in_force(Mode::Sandbox, Matrix::reconstruction());
    let service = Service::new(shared, clock.clone(), Arc::new(SystemRandom), in_force, ids);
    let presented = AppConfig { base_url: PUBLIC.to_owned(), demo: false, version: "test".to_owned() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = runtime.block_on(async {
        let app = App::new(service, presented, &store.derive("access tokens"), Clients::default(), Directory::default());
        let app = app.with_oidc(serde_json::from_str(config).unwrap()).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, dmp_server::router(app)).await });
        url
    });
    LaterApp { url, clock, folder, _runtime: runtime }
}
