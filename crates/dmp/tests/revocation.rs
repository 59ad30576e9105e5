//! Certificates that are taken back while the programs run: the list is read again when its file changes, by the listener of the server and by that of
//! messages, and connections that stand are judged by it too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

mod feeder_support;
mod tls_support;
mod world;

use std::io::{Read, Write};

use dmp_testkit::{Options, Server};
use feeder_support::{BINARY, Feeder, Listening, exchange};
use serde_json::{Value, json};
use tls_support::{Certificates, free_port};

/// A hospital's software, registered with three certificates, and the arguments of the listener.
fn hospital(feeder: &Feeder) -> Option<(Certificates, Vec<String>, u16)> {
    let certificates = Certificates::make(&feeder.home.join("certificates"))?;
    let mut clients: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(feeder.path("clients.json")).unwrap()).unwrap();
    clients[0]["certificates"] = json!([certificates.hash("hospital"), certificates.hash("other"), certificates.hash("revoked")]);
    std::fs::write(feeder.path("clients.json"), Value::Array(clients).to_string()).unwrap();
    let port = free_port();
    let list = ["--mtls-crl".to_owned(), certificates.path("crl.pem")];
    let arguments = [feeder.register(None), certificates.listener(port), list.to_vec()].concat();
    Some((certificates, arguments, port))
}

fn status(certificates: &Certificates, port: u16, shown: &str) -> Option<u16> {
    certificates.sign_in(port, Some(shown), "feeder").map(|answer| answer.status)
}

/// One request over a connection that stands; what its first line says.
fn over(stream: &mut (impl Read + Write)) -> String {
    let asked = "GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut head = Vec::new();
    let mut byte = [0; 1];
    let _ = stream.write_all(asked.as_bytes()).and_then(|()| stream.flush());
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let length = text.to_lowercase().split("content-length: ").nth(1).map_or(0, |rest| rest.split('\r').next().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    let _ = stream.read_exact(&mut body);
    text.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_certificate_that_is_taken_back_is_talked_to_no_more_without_a_new_start() {
    let feeder = Feeder::new(false);
    let Some((certificates, arguments, port)) = hospital(&feeder) else { return };
    let server = Server::start(BINARY, &Options { patients: 1, arguments, ..Options::default() });
    let each = || ["hospital", "other", "revoked"].map(|shown| status(&certificates, port, shown));
    assert_eq!(each(), [Some(200), Some(200), None]);
    let mut standing = ["hospital", "other"].map(|shown| certificates.connect(port, Some(shown)));
    assert_eq!(standing.each_mut().map(over), ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK"]);

    certificates.revoke("other");
    assert_eq!(each(), [Some(200), None, None]);
    assert_eq!(standing.each_mut().map(over), ["HTTP/1.1 200 OK", "HTTP/1.1 401 Unauthorized"], "connections that stood before the list");

    // What is no list changes nothing: the last one stays in force. Nor does taking it away.
    std::fs::write(certificates.path("crl.pem"), "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n").unwrap();
    assert_eq!(each(), [Some(200), None, None]);
    std::fs::remove_file(certificates.path("crl.pem")).unwrap();
    assert_eq!(each(), [Some(200), None, None]);
    let log = std::fs::read_to_string(server.log()).unwrap();
    assert!(log.contains("stays the last one") && log.contains("another list of certificates"), "{log}");

    // A list past its own date lets nobody in; the next good one does again.
    certificates.end_list();
    assert_eq!(each(), [None, None, None]);
    certificates.list();
    assert_eq!(each(), [Some(200), None, None]);
}

#[test]
fn a_list_past_its_date_still_counts_where_the_configuration_says_so() {
    let feeder = Feeder::new(false);
    let Some((certificates, mut arguments, port)) = hospital(&feeder) else { return };
    certificates.end_list();
    arguments.extend(["--mtls-crl-expired".to_owned(), "accept".to_owned()]);
    let _server = Server::start(BINARY, &Options { patients: 1, arguments, ..Options::default() });
    assert_eq!(["hospital", "other", "revoked"].map(|shown| status(&certificates, port, shown)), [Some(200), Some(200), None]);
}

#[test]
fn a_sender_of_messages_whose_certificate_is_taken_back_is_answered_no_more() {
    let feeder = Feeder::new(false);
    let Some(certificates) = Certificates::make(&feeder.home.join("certificates")) else { return };
    let files = ["--mllp-cert", "server.pem", "--mllp-cert-key", "server.key", "--mllp-client-ca", "ca.pem", "--mllp-crl", "crl.pem"];
    let files: Vec<String> = files.iter().map(|word| if word.starts_with("--") { (*word).to_owned() } else { certificates.path(word) }).collect();
    let away = format!("http://127.0.0.1:{}", free_port());
    let listening = Listening::start_with(&feeder, &away, &files);
    let message = |number: u32| format!("MSH|^~\\&|RIS|CHU|||20260115||SIU^S12|{number}|P|2.5\r").into_bytes();
    let mut standing = ["hospital", "other"].map(|shown| certificates.connect(listening.port(), Some(shown)));
    for (number, stream) in (1_u32..).zip(&mut standing) {
        assert!(exchange(stream, &message(number)).contains("MSA|AR|"), "answered, whatever the answer");
    }
    certificates.revoke("other");
    assert!(exchange(&mut standing[0], &message(3)).contains("MSA|AR|3\r"));
    assert_eq!(exchange(&mut standing[1], &message(4)), "", "over the connection that it kept");
    assert_eq!(exchange(&mut certificates.connect(listening.port(), Some("other")), &message(5)), "");
    assert!(exchange(&mut certificates.connect(listening.port(), Some("hospital")), &message(6)).contains("MSA|AR|6\r"));
    certificates.end_list();
    assert_eq!(exchange(&mut certificates.connect(listening.port(), Some("hospital")), &message(7)), "", "a list past its date");
}
