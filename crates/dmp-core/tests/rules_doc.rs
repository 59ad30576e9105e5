//! `docs/rules.md` says what the rules' own comments say. `UPDATE_RULES_DOC=1` writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what went wrong by panicking"
)]

use std::fmt::Write;
use std::path::Path;

use dmp_core::access::rules;

const HEAD: &str = "# The rules of access\n\n\
    Generated from `crates/dmp-core/src/access/rules/` by `tests/rules_doc.rs`; do not edit. One rule that forbids refuses;\n\
    otherwise one rule that permits allows; otherwise the answer is no. The order matters only for the reason told, and a\n\
    reason that conceals (the document answers as one that does not exist) is told before any other.\n\
    What the sources leave open stands in [deviations.md](deviations.md).\n";

/// The three parts of a rule's comment.
struct Words {
    basis: String,
    means: String,
    example: String,
}

fn words(name: &str, source: &str) -> Words {
    let (before, _) = source.split_once(&format!("pub fn {name}(")).unwrap_or_else(|| panic!("{name}.rs has no function `{name}`"));
    let comment: Vec<&str> =
        before.lines().rev().take_while(|line| line.starts_with("///")).map(|line| line.trim_start_matches("///").trim()).collect();
    let comment = comment.into_iter().rev().collect::<Vec<_>>().join(" ");
    let (basis, rest) =
        comment.strip_prefix("Basis: ").and_then(|text| text.split_once(" Means: ")).unwrap_or_else(|| panic!("{name}: Basis, Means"));
    let (means, example) = rest.split_once(" Example: ").unwrap_or_else(|| panic!("{name}: Example"));
    Words { basis: basis.into(), means: means.into(), example: example.into() }
}

fn page() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/access/rules");
    let mut page = HEAD.to_owned();
    for (number, (name, _)) in rules::ALL.iter().enumerate() {
        let source = std::fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
        let words = words(name, &source);
        write!(page, "\n## {}. `{name}`\n\n> {}\n\n- Basis: {}\n- Example: {}\n", number + 1, words.means, words.basis, words.example).unwrap();
    }
    page
}

#[test]
fn the_rules_page_is_what_the_rules_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    let page = page();
    if std::env::var_os("UPDATE_RULES_DOC").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/rules.md is stale: run UPDATE_RULES_DOC=1 cargo test -p dmp-core --test rules_doc");
}

#[test]
fn every_file_of_the_folder_is_a_registered_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/access/rules");
    let mut files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".rs", "")).collect();
    files.retain(|file| file != "mod");
    files.sort();
    let mut names: Vec<&str> = rules::ALL.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn no_rule_is_longer_than_a_screen_or_two() {
    for (name, _) in rules::ALL {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/access/rules/{name}.rs"));
        let lines = std::fs::read_to_string(path).unwrap().lines().count();
        assert!(lines <= 150, "{name}.rs has {lines} lines");
    }
}
