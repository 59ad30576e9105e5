//! What keeps the architecture easy to see, checked by a program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::shell;

/// Most crates that the lock file may hold (`docs/decisions/0011-formats.md`).
const LOCK_MAX: usize = 377;
/// Longest production file, and longest test file, in lines.
const FILE_LINES_MAX: usize = 600;
const TEST_LINES_MAX: usize = 800;

/// The arrows of `ARCHITECTURE.md`: a crate and what it may depend on.
const ARROWS: [(&str, &[&str]); 16] = [
    ("dmp-core", &[]),
    ("dmp-insurer", &["dmp-core"]),
    ("dmp-interop", &["dmp-core"]),
    ("dmp-hostile", &["dmp-core"]),
    ("dmp-paper", &["dmp-core"]),
    ("dmp-store", &["dmp-core"]),
    ("dmp-oidc", &["dmp-core"]),
    ("dmp-passkey", &["dmp-core"]),
    ("dmp-pages", &["dmp-core"]),
    ("dmp-service", &["dmp-core", "dmp-store"]),
    ("dmp-server", &["dmp-core", "dmp-interop", "dmp-oidc", "dmp-pages", "dmp-paper", "dmp-passkey", "dmp-service"]),
    ("dmp-synth", &["dmp-core", "dmp-interop"]),
    ("dmp-testkit", &["dmp-core", "dmp-service", "dmp-store", "dmp-server", "dmp-synth", "dmp-interop"]),
    ("dmp-campaign", &["dmp-core", "dmp-service", "dmp-store", "dmp-synth", "dmp-testkit"]),
    ("dmp-twin", &["dmp-core", "dmp-server", "dmp-service", "dmp-store", "dmp-synth", "dmp-testkit"]),
    (
        "dmp",
        &["dmp-core", "dmp-hostile", "dmp-insurer", "dmp-interop", "dmp-pages", "dmp-paper", "dmp-server", "dmp-service", "dmp-store", "dmp-synth"],
    ),
];

/// What the pure crates may never pull in.
const FORBIDDEN_IN_PURE: [&str; 7] = ["tokio", "axum", "rusqlite", "tokio-postgres", "reqwest", "hyper", "aws-lc-rs"];

/// Format, lints and structure.
pub fn run() -> Result<(), String> {
    shell::run("cargo", &["fmt", "--all", "--check"])?;
    shell::run("cargo", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    structure()?;
    println!("check: ok");
    Ok(())
}

/// Arrows between crates, lock size, file limits, the tests that the table of threats names.
pub fn structure() -> Result<(), String> {
    let mut faults = Vec::new();
    arrows(&mut faults)?;
    lock_size(&mut faults)?;
    files(&mut faults)?;
    crate::threats::check(&mut faults)?;
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn arrows(faults: &mut Vec<String>) -> Result<(), String> {
    let text = shell::output("cargo", &["metadata", "--format-version", "1", "--locked"])?;
    let metadata: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let name_of: BTreeMap<&str, &str> = packages.iter().filter_map(|one| Some((one["id"].as_str()?, one["name"].as_str()?))).collect();
    let nodes = metadata["resolve"]["nodes"].as_array().ok_or("cargo metadata resolves nothing")?;
    let mut normal: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for node in nodes {
        let Some(name) = node["id"].as_str().and_then(|id| name_of.get(id)) else { continue };
        let dependencies = node["deps"].as_array().into_iter().flatten().filter(|dep| {
            // Development dependencies do not ship and may point anywhere.
            dep["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].as_str() != Some("dev")))
        });
        normal.entry(name).or_default().extend(dependencies.filter_map(|dep| name_of.get(dep["pkg"].as_str()?).copied()));
    }
    for (name, allowed) in ARROWS {
        for dependency in normal.get(name).into_iter().flatten().filter(|dependency| dependency.starts_with("dmp")) {
            if !allowed.contains(dependency) {
                faults.push(format!("arrow: {name} may not depend on {dependency}"));
            }
        }
    }
    for pure in ["dmp-core", "dmp-interop"] {
        let mut seen = BTreeSet::new();
        reach(pure, &normal, &mut seen);
        for forbidden in FORBIDDEN_IN_PURE.iter().filter(|forbidden| seen.contains(*forbidden)) {
            faults.push(format!("purity: {pure} pulls in {forbidden}"));
        }
    }
    Ok(())
}

fn reach<'a>(name: &'a str, graph: &BTreeMap<&'a str, BTreeSet<&'a str>>, seen: &mut BTreeSet<&'a str>) {
    for next in graph.get(name).into_iter().flatten() {
        if seen.insert(next) {
            reach(next, graph, seen);
        }
    }
}

fn lock_size(faults: &mut Vec<String>) -> Result<(), String> {
    let lock = std::fs::read_to_string(shell::root().join("Cargo.lock")).map_err(|error| error.to_string())?;
    let crates = lock.lines().filter(|line| *line == "[[package]]").count();
    println!("lock: {crates} crates of at most {LOCK_MAX}");
    if crates > LOCK_MAX {
        faults.push(format!("lock: {crates} crates, at most {LOCK_MAX}"));
    }
    Ok(())
}

fn files(faults: &mut Vec<String>) -> Result<(), String> {
    let mut sources = Vec::new();
    collect(&shell::root().join("crates"), &mut sources)?;
    collect(&shell::root().join("xtask"), &mut sources)?;
    for path in sources {
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let shown = path.strip_prefix(shell::root()).unwrap_or(&path).display().to_string();
        // Tables of codes are data: their length says nothing of how hard they are to read.
        let is_table = text.contains("#[rustfmt::skip]") || shown.contains("/tables/");
        let limit = if shown.contains("/tests/") { TEST_LINES_MAX } else { FILE_LINES_MAX };
        if !is_table && text.lines().count() > limit {
            faults.push(format!("size: {shown} has {} lines, at most {limit}", text.lines().count()));
        }
        if !text.starts_with("//!") && !text.starts_with("#!") {
            faults.push(format!("first line: {shown} does not say what it is for"));
        }
        // SECURITY: bytes without a leaf are for the desk that reads documents into facts, and for nobody else.
        if text.contains("Permit::to_extract(") && !shown.ends_with("dmp-service/src/reading.rs") && !shown.contains("xtask/") {
            faults.push(format!("permit: {shown} takes the bytes of documents as the reading desk does"));
        }
        let sql = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"].iter().any(|word| text.contains(&format!("\"{word}")));
        // The insurer's lines wait in a database of their own, outside the record store.
        let keeps = ["crates/dmp-store/", "crates/dmp-insurer/"].iter().any(|place| shown.contains(place));
        if sql && !keeps && !shown.contains("xtask/") {
            faults.push(format!("sql: {shown} writes SQL outside the store"));
        }
    }
    Ok(())
}

fn collect(folder: &Path, sources: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "target" && name != "node_modules") {
                collect(&path, sources)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
    Ok(())
}
