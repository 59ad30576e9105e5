//! The built program on PostgreSQL and an S3: two of them on one database, one of them ended under way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by ending"
)]

mod cluster_support;
mod door_support;
mod world;

use std::process::Command;

use cluster_support::Cluster;
use dmp_testkit::Server;
use dmp_testkit::services::Stop;
use door_support::{asked, publish, search, text};

/// One address in front of every program, as a load balancer gives it.
const BALANCED: [&str; 2] = ["--base-url", "http://record.example"];

fn total(server: &Server, token: &str) -> u64 {
    let answer = search(server, token, "status=current&_count=1");
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["total"].as_u64().unwrap()
}

#[test]
fn two_programs_on_one_database_keep_one_record() {
    let Some(cluster) = Cluster::start("two programs") else { return };
    let (mut one, other) = (cluster.serve(&BALANCED), cluster.serve(&BALANCED));
    let doctor = one.token("dr-fictif");
    let before = total(&other, &doctor);
    let resource = publish(&one, &doctor, 1);
    assert_eq!(total(&other, &doctor), before + 1, "what one takes the other shows");
    let url = text(&resource, "/content/0/attachment/url");
    let path = &url[url.find("/fhir/Binary/").unwrap()..];
    let (here, there) = (asked(&one, &doctor, "GET", path).send(), asked(&other, &doctor, "GET", path).send());
    assert_eq!((here.status, there.status), (200, 200));
    assert_eq!(here.body, there.body);

    let (patient, nurse) = (other.token("claire-exemple"), one.token_with("ide-modele", &[("consent_now", "true")]));
    let seen = total(&one, &nurse);
    let id = resource["id"].as_str().unwrap();
    let patch = r#"[{"op": "add", "path": "/securityLabel/-", "value": {"coding": [{"code": "MASQUE_PS"}]}}]"#;
    let masked = asked(&other, &patient, "PATCH", &format!("/fhir/DocumentReference/{id}")).body("application/json-patch+json", patch).send();
    assert_eq!(masked.status, 200, "{}", masked.text());
    assert_eq!(total(&one, &nurse), seen - 1, "what is hidden at one is hidden at the other at once");

    one.kill();
    assert_eq!(total(&other, &doctor), before + 1);
    cluster.postgres.stop(Stop::Immediate);
    cluster.postgres.restart();
    assert_eq!(total(&other, &doctor), before + 1, "the program finds its database again");
    let one = cluster.serve(&BALANCED);
    assert_eq!(total(&one, &doctor), before + 1);

    let report = cluster.json(&["doctor"]);
    assert_eq!(report["faults"], serde_json::json!([]));
    assert!(report["records"].as_u64().unwrap() >= 1 && report["entries"].as_u64().unwrap() > before);
    let verified = cluster.json(&["audit", "verify"]);
    assert_eq!(verified["broken"], serde_json::json!([]));
    assert!(verified["leaves"].as_u64().unwrap() > 0);
    for server in [&one, &other] {
        let log = std::fs::read_to_string(server.log()).unwrap();
        assert!(!log.contains("hush"), "a password in the log");
    }
}

#[test]
fn sessions_that_are_ended_at_one_program_end_at_the_other() {
    let Some(cluster) = Cluster::start("sessions of two programs") else { return };
    let (one, other) = (cluster.serve(&BALANCED), cluster.serve(&BALANCED));
    let (here, there) = (world::Session::of(&one, "claire-exemple"), world::Session::of(&other, "claire-exemple"));
    let open = |server: &Server, session: &world::Session| session.get(server, "/settings/signin").status == 200;
    assert!(open(&one, &here) && open(&other, &there));
    // Of one moment is no order: the next one begins.
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(here.post(&one, "/settings/signin/end-others", &[]).status, 303);
    assert!(open(&one, &here), "the one that asked stays");
    // The other program believes for some seconds what it read last.
    std::thread::sleep(std::time::Duration::from_secs(6));
    assert!(!open(&other, &there), "a thief's session is over there too");
    std::thread::sleep(std::time::Duration::from_secs(6));
    assert!(open(&one, &here), "and the one that asked still stays");
    assert!(open(&other, &world::Session::of(&other, "claire-exemple")), "signing in again is a new session");
}

#[test]
fn what_is_wrong_with_a_database_is_told_without_its_password() {
    let Some(cluster) = Cluster::start("a wrong database") else { return };
    let keyless = cluster.run(&["doctor"]);
    assert!(String::from_utf8_lossy(&keyless.stderr).contains("root.key is missing"), "a key that nothing was sealed with is not made");
    std::fs::write(cluster.folder.join("root.key"), [7; 32]).unwrap();
    std::fs::set_permissions(cluster.folder.join("root.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let nowhere = cluster.run(&["doctor"]);
    let told = String::from_utf8_lossy(&nowhere.stderr).into_owned();
    assert!(!nowhere.status.success() && told.contains("no store in postgres://127.0.0.1"), "a database without a store is not filled: {told}");
    cluster.postgres.stop(Stop::Fast);
    let root_key = cluster.folder.join("root.key").display().to_string();
    let with_password = cluster.postgres.url("dmp0");
    let cases: [(&[&str], &str); 6] = [
        (&["--store", &with_password, "--blobs", "s3://dmp/records", "--root-key", &root_key], "Connection refused"),
        (&["--store", "postgres://dmp:hush-x@127.0.0.1:x/dmp", "--blobs", "s3://dmp/records", "--root-key", &root_key], "--store is not an address"),
        (&["--store", "mysql://dmp:hush-x@127.0.0.1/dmp", "--blobs", "s3://dmp/records", "--root-key", &root_key], "--store wants postgres://"),
        (&["--store", &with_password, "--blobs", "s3://id:hush-x@dmp/records", "--root-key", &root_key], "--blobs wants s3://"),
        (&["--store", &with_password, "--root-key", &root_key], "--blobs"),
        (&["--store", &with_password, "--blobs", "s3://dmp/records"], "--root-key"),
    ];
    for (arguments, wanted) in cases {
        for command in [&["serve"][..], &["doctor"], &["audit", "verify"], &["seed"], &["import-documents", "."]] {
            let mut dmp = Command::new(env!("CARGO_BIN_EXE_dmp"));
            let output = dmp.args(command).args(arguments).envs(cluster.objects.settings()).output().unwrap();
            let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert!(!output.status.success() && told.contains(wanted) && !told.contains("hush"), "{command:?} {wanted}: {told}");
        }
    }
}
