//! Certificates made with openssl, and a client over TLS that shows one or none.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on says so by ending")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use dmp_testkit::Answer;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// An authority with the certificates of a server and of `hospital`, `other` and `revoked`, of which the last stands on its list `crl.pem`; and
/// `stranger`, of another authority.
pub struct Certificates {
    home: PathBuf,
}

impl Certificates {
    /// Makes them in a folder. `None`, with a word, without openssl.
    pub fn make(home: &Path) -> Option<Self> {
        let openssl =
            |arguments: &str| Command::new("openssl").args(arguments.split(' ')).current_dir(home).output().is_ok_and(|run| run.status.success());
        std::fs::create_dir_all(home).unwrap();
        for (name, text) in [
            ("names", "subjectAltName=DNS:localhost\n"),
            ("client", "extendedKeyUsage=clientAuth\n"),
            ("ca.cnf", "[ca]\ndefault_ca=own\n[own]\ndatabase=index\ndefault_md=sha256\ncrlnumber=number\ndefault_crl_days=2\n"),
            ("index", ""),
            ("number", "01\n"),
        ] {
            std::fs::write(home.join(name), text).unwrap();
        }
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        let authority = |name: &str| openssl(&format!("req -x509 -days 2 -subj /CN=test-{name} -keyout {name}.key -out {name}.pem {key}"));
        let signed = |name: &str, ca: &str, more: &str| {
            openssl(&format!("req -subj /CN={name} -keyout {name}.key -out {name}.csr {key}"))
                && openssl(&format!("x509 -req -days 2 -in {name}.csr -CA {ca}.pem -CAkey {ca}.key -CAcreateserial -extfile {more} -out {name}.pem"))
        };
        let listed = |what: &str| openssl(&format!("ca -config ca.cnf -cert ca.pem -keyfile ca.key {what}"));
        let made = authority("ca")
            && authority("ca2")
            && signed("server", "ca", "names")
            && ["hospital", "other", "revoked"].iter().all(|name| signed(name, "ca", "client"))
            && signed("stranger", "ca2", "client")
            && listed("-revoke revoked.pem")
            && listed("-gencrl -out crl.pem");
        if !made {
            println!("SKIPPED: no openssl for certificates");
        }
        made.then(|| Certificates { home: home.to_owned() })
    }

    /// Takes a certificate back, and writes the list anew.
    pub fn revoke(&self, name: &str) {
        self.authority(&format!("-revoke {name}.pem"));
        self.list();
    }

    /// Writes the list anew.
    pub fn list(&self) {
        self.authority("-gencrl -out crl.pem");
    }

    /// Writes the list anew as one that ended yesterday.
    pub fn end_list(&self) {
        self.authority("-gencrl -out crl.pem -crl_lastupdate 20250101000000Z -crl_nextupdate 20250102000000Z");
    }

    fn authority(&self, what: &str) {
        let arguments = format!("ca -config ca.cnf -cert ca.pem -keyfile ca.key {what}");
        let run = Command::new("openssl").args(arguments.split(' ')).current_dir(&self.home).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }

    /// The path of a file of theirs.
    pub fn path(&self, name: &str) -> String {
        self.home.join(name).display().to_string()
    }

    /// SHA-256 of a certificate, as a client is registered with it.
    pub fn hash(&self, name: &str) -> String {
        let hash = ::aws_lc_rs::digest::digest(&::aws_lc_rs::digest::SHA256, &self.read(name));
        hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The arguments of `dmp serve` for the listener that asks for certificates.
    pub fn listener(&self, port: u16) -> Vec<String> {
        let files = [("--mtls-cert", "server.pem"), ("--mtls-key", "server.key"), ("--mtls-client-ca", "ca.pem")];
        let files = files.into_iter().flat_map(|(name, file)| [name.to_owned(), self.path(file)]);
        ["--mtls-listen".to_owned(), format!("127.0.0.1:{port}")].into_iter().chain(files).collect()
    }

    /// A connection to `localhost`, with a certificate or without. Whether the other side takes it shows in what it answers.
    pub fn connect(&self, port: u16, shown: Option<&str>) -> StreamOwned<ClientConnection, TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(self.read("ca")).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider())).with_safe_default_protocol_versions().unwrap();
        let builder = builder.with_root_certificates(roots);
        let config = match shown {
            Some(name) => builder
                .with_client_auth_cert(vec![self.read(name)], PrivateKeyDer::from_pem_file(self.path(&format!("{name}.key"))).unwrap())
                .unwrap(),
            None => builder.with_no_client_auth(),
        };
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        StreamOwned::new(ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap(), stream)
    }

    /// One request over TLS. `None`: the server does not talk.
    pub fn ask(&self, port: u16, shown: Option<&str>, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let (mut stream, mut answer) = (self.connect(port, shown), Vec::new());
        let _ = stream.write_all(format!("{head}\r\n{body}").as_bytes()).and_then(|()| stream.read_to_end(&mut answer));
        Answer::read(&answer)
    }

    /// Asks for a token with the certificate alone.
    pub fn sign_in(&self, port: u16, shown: Option<&str>, client_id: &str) -> Option<Answer> {
        let form = format!("grant_type=client_credentials&client_id={client_id}");
        self.ask(port, shown, "POST", "/oauth/token", &[("content-type", "application/x-www-form-urlencoded")], &form)
    }

    fn read(&self, name: &str) -> CertificateDer<'static> {
        CertificateDer::from_pem_file(self.path(&format!("{name}.pem"))).unwrap()
    }
}

impl Drop for Certificates {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// A port that is free now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
