//! `dmp import reimbursements`, as an operator runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn folder(name: &str) -> Folder {
    let path = std::env::temp_dir().join(format!("dmp-import-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    Folder(path)
}

fn import(at: &Path, arguments: &[&str]) -> (Output, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dmp"));
    let output = command.current_dir(at).args(["import", "reimbursements"]).args(arguments).output().unwrap();
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    (output, said)
}

#[test]
fn the_template_is_imported_twice_and_counts_once() {
    let folder = folder("template");
    let (output, template) = import(&folder.0, &["--template"]);
    assert!(output.status.success());
    std::fs::write(folder.0.join("lines.csv"), template).unwrap();
    let (output, said) = import(&folder.0, &["lines.csv", "--staging", "area"]);
    assert!(output.status.success(), "{output:?}");
    assert!(said.contains("2 lines read: 2 new, 0 repeated, 0 corrected, 0 cancelled, 0 rejected"), "{said}");
    assert!(said.contains("2 lines of 1 people"), "{said}");
    let (_, said) = import(&folder.0, &["lines.csv", "--staging", "area"]);
    assert!(said.contains("0 new, 2 repeated") && said.contains("1 files were imported before"), "{said}");
    assert!(folder.0.join("area.stagingkey").is_file(), "the key lies beside the area");
}

#[test]
fn rejects_are_told_without_whom_they_are_about_and_unreadable_files_end_badly() {
    let folder = folder("rejects");
    let (_, template) = import(&folder.0, &["--template"]);
    std::fs::write(folder.0.join("a.csv"), template.replace("3400930000007", "3400930000008").replace("2025-04-12", "2099-04-12")).unwrap();
    let (output, said) = import(&folder.0, &["a.csv", "missing.csv", "--staging", "area", "--rejects", "why.ndjson"]);
    assert!(!output.status.success(), "a file could not be read");
    assert!(String::from_utf8(output.stderr).unwrap().contains("missing.csv"));
    assert!(said.contains("2 rejected"), "{said}");
    let why = std::fs::read_to_string(folder.0.join("why.ndjson")).unwrap();
    assert!(why.contains("\"code\":\"code-form\"") && why.contains("\"code\":\"date-future\"") && why.contains("\"line\":2"), "{why}");
    assert!(!why.contains("279035121518989") && !why.contains("METFORMINE"), "{why}");
}

#[test]
fn lines_past_their_time_are_removed_and_modes_do_not_mix() {
    let folder = folder("retention");
    let (_, template) = import(&folder.0, &["--template"]);
    std::fs::write(folder.0.join("a.csv"), template.replace("2025-05-19", "2019-05-19")).unwrap();
    let (_, said) = import(&folder.0, &["a.csv", "--staging", "area", "--keep-months", "240", "--json"]);
    assert!(said.contains("\"lines\":2"), "{said}");
    let (_, said) = import(&folder.0, &["a.csv", "--staging", "area", "--keep-months", "60", "--json"]);
    assert!(said.contains("\"removed\":1") && said.contains("\"lines\":1"), "{said}");
    let (output, _) = import(&folder.0, &["a.csv", "--staging", "area", "--production"]);
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("made in mode `sandbox`"));
}
