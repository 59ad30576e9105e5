//! The provider as a child process. Its modules lie in the target folder, never in the tree.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use crate::installation::PUBLIC;

/// A running provider; ended when dropped.
pub struct Provider {
    child: Child,
    issuer: String,
}

/// The secret of each client of the provider.
pub const SECRET: &str = "secret of the test client, thirty-two characters";

static INSTALLED: OnceLock<Result<PathBuf, String>> = OnceLock::new();

impl Provider {
    /// Starts the provider; `methods` limits how clients may show their secret. Says loudly when a test must skip.
    pub fn start(test: &str, methods: &str) -> Option<Self> {
        Self::start_at(test, methods, None)
    }

    /// The same with the clock of an installation, the file of which says how far it was moved.
    pub fn start_at(test: &str, methods: &str, clock: Option<&str>) -> Option<Self> {
        let folder = match INSTALLED.get_or_init(install) {
            Ok(folder) => folder,
            Err(why) => {
                println!("SKIPPED: {test}: {why}");
                return None;
            }
        };
        let mut command = Command::new("node");
        let redirects =
            ["/pro/oidc/callback", "/signin/oidc/callback", "/pro/oidc/chu/callback", "/pro/oidc/clinique/callback", "/accueil/oidc/cpam/callback"]
                .map(|path| format!("{PUBLIC}{path}"));
        command.arg(folder.join("provider.mjs")).args(redirects).stdout(Stdio::piped()).stderr(Stdio::null());
        if !methods.is_empty() {
            command.env("AUTH_METHODS", methods);
        }
        command.envs(clock.map(|file| ("CLOCK_SHIFT", file)));
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let issuer = lines.find_map(|line| line.strip_prefix("{\"issuer\":\"")?.strip_suffix("\"}").map(str::to_owned));
        std::thread::spawn(move || lines.for_each(drop));
        Some(Provider { child, issuer: issuer.expect("the provider listens") })
    }

    /// As it names itself.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The file of `dmp serve --oidc`.
    pub fn config(&self, client_id: &str, acr: &str) -> String {
        let issuer = &self.issuer;
        let client_secret = SECRET;
        format!(r#"{{"issuer":"{issuer}","client_id":"{client_id}","client_secret":"{client_secret}","acr":"{acr}","name":"Pro Santé Essai"}}"#)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Installs the provider's modules as locked, once for as long as the lock stays the same.
fn install() -> Result<PathBuf, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/oidc-provider");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oidc-provider");
    let read = |path: PathBuf| std::fs::read(path).ok();
    let is_installed =
        folder.join("node_modules/oidc-provider").is_dir() && read(folder.join("package-lock.json")) == read(source.join("package-lock.json"));
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !runs("node") {
        return Err("no node".to_owned());
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let copy = |name: &str| std::fs::copy(source.join(name), folder.join(name)).map(drop).map_err(|error| format!("{name}: {error}"));
    copy("provider.mjs")?;
    if is_installed {
        return Ok(folder);
    }
    if !runs("npm") {
        return Err("no npm".to_owned());
    }
    copy("package.json")?;
    copy("package-lock.json")?;
    let output = Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder).output();
    match output {
        Ok(output) if output.status.success() => Ok(folder),
        Ok(output) => {
            let _ = std::fs::remove_dir_all(&folder);
            Err(format!("npm ci failed: {}", String::from_utf8_lossy(&output.stderr)))
        }
        Err(error) => Err(format!("npm ci failed: {error}")),
    }
}
