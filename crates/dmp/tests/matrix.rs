//! The official table in place of the reconstruction: imported, refused with line and reason, in force at the next start.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dmp_testkit::{Options, Server};

fn dmp(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dmp")).args(["--log", "off"]).args(arguments).output().unwrap()
}

fn told(output: &Output) -> (String, String) {
    (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dmp-matrix-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn import(data: &Path, name: &str, text: &str) -> Output {
    let file = data.join(name);
    std::fs::write(&file, text).unwrap();
    dmp(&["matrix", "import", file.to_str().unwrap(), "--data", data.to_str().unwrap()])
}

#[test]
fn what_show_writes_import_reads_and_show_tells_it() {
    let data = folder("round");
    let (csv, _) = told(&dmp(&["matrix", "show", "--csv"]));
    assert!(csv.starts_with("# version: arrêté du 26 octobre 2023 (reconstitution") && csv.contains("G15/60,68599-0,11,"));
    let (words, problem) = told(&import(&data, "table.csv", &csv.replace("(reconstitution, non officielle)", "(annexe)")));
    assert!(words.contains("annexe") && words.contains("professions"), "{words}{problem}");
    let (shown, _) = told(&dmp(&["matrix", "show", "--data", data.to_str().unwrap()]));
    assert!(shown.contains("(annexe)"), "{shown}");
    let json = r#"{"version": "essai", "cells": [{"profession": "G15/10", "type": "11488-4", "read": true}]}"#;
    assert!(import(&data, "table.json", json).status.success());
    let (csv, _) = told(&dmp(&["matrix", "show", "--csv", "--data", data.to_str().unwrap()]));
    assert_eq!(csv.lines().filter(|line| line.starts_with("G15/")).count(), 1, "{csv}");
    let _ = std::fs::remove_dir_all(data);
}

#[test]
fn a_bad_table_is_refused_with_line_and_reason_and_the_old_one_stays() {
    let data = folder("bad");
    assert!(import(&data, "good.csv", "# version: bonne\nprofession,type,read\nG15/10,11488-4,oui\n").status.success());
    let json = "{\"version\": \"x\", \"cells\": [\n {\"profession\": \"G15/10\", \"type\": \"11488-4\", \"read\": true},\n {\"profession\": \"G15/10\", \"type\": \"00000-0\", \"read\": true}]}";
    for (name, text, words) in [
        ("bad.csv", "# version: x\nprofession,type,read\nG15/10,11488-4,oui\nG15/10,11488-4,peut-être\n", "line 4: `read` is `peut-être`"),
        ("bad.json", json, "line 3: unknown document type `00000-0`"),
        ("torn.json", "{\"version\": \"x\",\n \"cells\": [", "line 2: "),
        ("odd.json", "{\"version\": \"x\", \"cells\": [], \"rights\": 1}", "unknown field `rights`"),
        ("empty.json", "{\"version\": \"x\", \"cells\": []}", "no cell"),
    ] {
        let output = import(&data, name, text);
        let (_, problem) = told(&output);
        assert!(!output.status.success() && problem.contains(words), "{name}: {problem}");
    }
    let (shown, _) = told(&dmp(&["matrix", "show", "--data", data.to_str().unwrap()]));
    assert!(shown.starts_with("bonne"), "{shown}");
    let _ = std::fs::remove_dir_all(data);
}

#[test]
fn everybody_reads_the_table_as_a_page_and_as_csv() {
    let server = Server::start(env!("CARGO_BIN_EXE_dmp"), &Options { patients: 1, ..Options::default() });
    let page = server.request("GET", "/matrice").send();
    assert_eq!(page.status, 200);
    for words in ["Qui peut lire quel document", "oui · source", "non · reconstitution", "n&#39;est pas le texte de l&#39;arrêté"] {
        assert!(page.text().contains(words), "{words}");
    }
    let english = server.request("GET", "/matrice").header("accept-language", "en").send();
    assert!(english.text().contains("yes · source") || english.text().contains("oui · source"));
    let csv = server.request("GET", "/matrice.csv").send();
    assert_eq!((csv.status, csv.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    assert_eq!(csv.text().trim_end(), told(&dmp(&["matrix", "show", "--csv"])).0.trim_end());
}
