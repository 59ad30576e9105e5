//! Documents against the CDA schema, when `xmllint` and the schema are on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use dmp_core::moment::Moment;
use dmp_synth::{Town, cda_of_size};
use jiff::civil::date;

const SCHEMA: &str = "ansforge-TestContenuCDA-3-0/xsd/CDA_extended.xsd";

/// The schema, in the fixtures beside the workspace or in the workspace.
fn schema() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["../shared/fixtures", "fixtures"].into_iter().map(|folder| workspace.join(folder).join(SCHEMA)).find(|path| path.exists())
}

#[test]
fn documents_of_every_kind_are_valid() {
    let Some(schema) = schema() else {
        println!("SKIPPED: the CDA schema is not on this machine");
        return;
    };
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("SKIPPED: xmllint is not on this machine");
        return;
    }
    let folder = std::env::temp_dir().join(format!("dmp-synth-schema-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let town = Town::new(11, 90, date(2026, 11, 20));
    let mut files = Vec::new();
    let mut per_kind = std::collections::BTreeMap::new();
    for document in town.documents() {
        let count: &mut u32 = per_kind.entry((document.type_code.as_str().to_owned(), document.title.clone())).or_default();
        *count += 1;
        if *count <= 2 {
            let path = folder.join(format!("{}.xml", document.unique_id));
            std::fs::write(&path, &document.bytes).unwrap();
            files.push(path);
        }
    }
    let ins = town.person(0).unwrap().ins;
    let path = folder.join("sized.xml");
    std::fs::write(&path, cda_of_size(4_096, &ins, "1.2.3.4", Moment::from_seconds(1_760_000_000)).unwrap()).unwrap();
    files.push(path);
    let output = Command::new("xmllint").arg("--noout").arg("--schema").arg(&schema).args(&files).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let faults: Vec<&str> = said.lines().filter(|line| line.contains("error :")).take(20).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{} files, {}", files.len(), faults.join("\n"));
    println!("{} documents of {} kinds are valid", files.len(), per_kind.len());
}
