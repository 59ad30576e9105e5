//! The client library of SMART Health IT (`scenarios/smart-client`), with its locked packages in a folder of the build.

use std::path::{Path, PathBuf};
use std::process::Command;

use dmp_testkit::{Options, Server};

/// Plays the app against a demonstration. Without Node or its packages nothing runs, and this is said loudly.
pub fn play(person: &str) {
    let folder = match installed() {
        Ok(folder) => folder,
        Err(why) => return println!("SKIPPED: smart-client: {why}"),
    };
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 2, ..Options::default() });
    let run = Command::new("node").arg("app.mjs").arg(&server.url).arg(person).current_dir(folder).output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "node app.mjs");
}

fn installed() -> Result<PathBuf, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/smart-client");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("smart-client");
    std::fs::create_dir_all(folder.join("webcrypto")).map_err(|error| error.to_string())?;
    for name in ["app.mjs", "package.json", "package-lock.json", "webcrypto/package.json", "webcrypto/index.cjs"] {
        std::fs::copy(source.join(name), folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    }
    let works =
        |program: &str, arguments: &[&str]| Command::new(program).args(arguments).current_dir(&folder).output().is_ok_and(|run| run.status.success());
    if !works("node", &["--version"]) || !works("npm", &["--version"]) {
        return Err("node or npm is missing".to_owned());
    }
    let lock = std::fs::read(folder.join("package-lock.json")).map_err(|error| error.to_string())?;
    let stamp = folder.join("installed");
    if std::fs::read(&stamp).ok().as_ref() != Some(&lock) {
        if !works("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) {
            return Err("npm ci did not fetch the locked packages".to_owned());
        }
        std::fs::write(&stamp, lock).map_err(|error| error.to_string())?;
    }
    Ok(folder)
}
