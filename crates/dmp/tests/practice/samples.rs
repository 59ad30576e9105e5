//! The samples of `docs/practice-software.md`, run as they stand there.

use std::path::Path;
use std::process::Command;

use crate::{DOCTOR, PERSON, Practice, number, professional};

/// The blocks of code of the page whose first line names a file.
fn written(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("```js\n").skip(1).filter_map(|rest| rest.split("```").next());
    let named = |block: &str| Some((block.lines().next()?.strip_prefix("// ")?.split(':').next()?.to_owned(), block.to_owned()));
    blocks.filter_map(named).filter(|(name, _)| name.ends_with(".mjs")).collect()
}

#[test]
fn the_samples_of_the_documentation_run_as_they_stand_there() {
    let Some(practice) = Practice::start() else { return };
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/practice-software.md")).unwrap();
    let samples = written(&page);
    let names: Vec<&str> = samples.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["dmp.mjs", "deposit.mjs", "summary.mjs", "call.mjs"]);
    for (name, text) in &samples {
        std::fs::write(practice.folder.join(name), text).unwrap();
    }
    let ins = dmp_synth::identity(PERSON).unwrap().ins.unwrap();
    let made = dmp_core::Moment::parse_fhir("2026-01-15").unwrap();
    let report = dmp_synth::cda_of_size(4_096, &ins, "1.2.250.1.213.1.1.9.997.1", made).unwrap();
    std::fs::write(practice.folder.join("report.xml"), report).unwrap();
    let (doctor, number) = (professional(DOCTOR), number(PERSON));
    let run = |name: &str| {
        let mut command = Command::new("node");
        command.arg(name).current_dir(&practice.folder).env("DMP", &practice.server.url).env("CLIENT_ID", crate::CLIENT).env("KEY", "key.pem");
        for (variable, field) in [("PS_ID", "id"), ("PS_NAME", "name"), ("PS_ROLE", "role")] {
            command.env(variable, doctor[field].as_str().unwrap());
        }
        command.env("INS", number["value"].as_str().unwrap()).env("INS_OID", number["oid"].as_str().unwrap()).env("REPORT", "report.xml");
        let run = command.output().unwrap();
        let text = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(run.status.success(), "{name}: {text}{}", String::from_utf8_lossy(&run.stderr));
        text
    };
    assert!(run("deposit.mjs").starts_with("201 "), "the report is deposited");
    assert!(run("deposit.mjs").starts_with("200 "), "and the same again is the same");
    let summary = run("summary.mjs");
    assert!(summary.contains("Allergies") && summary.lines().count() > 3, "{summary}");
    let call = run("call.mjs");
    let url = call.lines().next().unwrap();
    assert!(url.starts_with(&format!("{}/pro/appel?ticket=", practice.server.url)), "{call}");
    let session = crate::Session::of(&practice.server, DOCTOR);
    let opened = session.get(&practice.server, url.trim_start_matches(practice.server.url.as_str()));
    assert!(opened.header("location").is_some_and(|place| place.starts_with("/pro/patients/")), "{}", opened.text());
}
