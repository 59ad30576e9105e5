//! A certificate for `localhost`, of an authority that nobody else knows.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Makes `server.pem` and `server.key` in a folder, and gives the file of their authority. `None` without openssl.
pub(super) fn certificate(folder: &Path) -> Option<PathBuf> {
    let openssl = |arguments: &[&str]| Command::new("openssl").args(arguments).current_dir(folder).output().is_ok_and(|run| run.status.success());
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let authority = ["req", "-x509", "-days", "2", "-subj", "/CN=test authority", "-keyout", "ca.key", "-out", "ca.pem"];
    let request = ["req", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr"];
    let sign = "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out server.pem";
    std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost\n").unwrap();
    let made = openssl(&[&authority[..], &key].concat()) && openssl(&[&request[..], &key].concat()) && openssl(&sign.split(' ').collect::<Vec<_>>());
    made.then(|| folder.join("ca.pem"))
}
