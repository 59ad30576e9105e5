//! A feeder of a hospital: its folder, its key, its directory of users, moves of patients, and one that listens.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says so by ending"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::world::{self, Clock, Software, identifier, scratch, text};

/// The built program.
pub const BINARY: &str = env!("CARGO_BIN_EXE_dmp");

/// Runs the program; gives what it says.
pub fn dmp(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(BINARY).args(["--log", "off"]).args(arguments).output().unwrap();
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(words(&output.stdout)) } else { Err(words(&output.stderr)) }
}

/// A folder of a feeder, its key and its line in the register of clients.
pub struct Feeder {
    pub home: PathBuf,
}

impl Feeder {
    /// Of the hospital of the cast.
    pub fn new(directory: bool) -> Self {
        let structure = dmp_synth::identity("dr-hopital").unwrap().structure.unwrap();
        Feeder::of(structure.id.as_str(), &structure.name, "feeder", directory)
    }

    /// Of any structure, under a name of its own.
    pub fn of(structure_id: &str, structure_name: &str, client_id: &str, directory: bool) -> Self {
        let home = scratch("feeder");
        std::fs::create_dir_all(home.join("feed")).unwrap();
        let key = home.join("key.pem").display().to_string();
        let mut arguments =
            vec!["feed", "key", "--out", &key, "--structure-id", structure_id, "--structure-name", structure_name, "--client-id", client_id];
        if directory {
            arguments.push("--directory");
        }
        std::fs::write(home.join("clients.json"), dmp(&arguments).unwrap()).unwrap();
        Feeder { home }
    }

    pub fn path(&self, name: &str) -> String {
        self.home.join(name).display().to_string()
    }

    /// The register of clients with the software of the hospital too.
    pub fn register(&self, software: Option<&Software>) -> Vec<String> {
        let read = |path: &str| serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut clients = read(&self.path("clients.json"));
        if let Some(software) = software {
            clients.extend(read(&software.arguments()[1]));
        }
        std::fs::write(self.home.join("all.json"), Value::Array(clients).to_string()).unwrap();
        vec!["--clients".to_owned(), self.path("all.json")]
    }

    pub fn drop_file(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.home.join("feed").join(format!("{name}.part")), bytes).unwrap();
        std::fs::rename(self.home.join("feed").join(format!("{name}.part")), self.home.join("feed").join(name)).unwrap();
    }

    /// One run over what lies in the folder.
    pub fn once(&self, server: &str, more: &[&str]) {
        let (dir, key) = (self.path("feed"), self.path("key.pem"));
        let run = ["feed", &dir, "--server", server, "--key", &key, "--once", "--retry-ms", "20", "--wait-replaced-seconds", "0"];
        dmp(&[&run[..], more].concat()).unwrap();
    }

    pub fn report(&self) -> Value {
        serde_json::from_str(&dmp(&["feed", "report", &self.path("feed"), "--json", "--all"]).unwrap()).unwrap()
    }

    pub fn users(&self, server: &str, lines: &str) -> String {
        self.users_of(&format!("user_name;national_id;given;family;profession;active;units\n{lines}"), &["--server", server])
    }

    /// The whole file, with its header, and whither.
    pub fn users_of(&self, file: &str, whither: &[&str]) -> String {
        std::fs::write(self.home.join("users.csv"), file).unwrap();
        let (users, key) = (self.path("users.csv"), self.path("key.pem"));
        dmp(&[&["feed", "users", &users, "--key", &key], whither].concat()).unwrap()
    }

    pub fn files(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.home.join("feed").join(folder)).unwrap();
        let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().into_string().unwrap()).collect();
        names.retain(|name| !matches!(name.as_str(), "done" | "refused" | ".feed"));
        names.sort();
        names
    }
}

impl Drop for Feeder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// PID of a person of the cast.
pub fn pid(handle: &str) -> String {
    let ins = identifier(handle);
    let oid = text(&ins, "/system").trim_start_matches("urn:oid:").to_owned();
    format!("PID|1||{handle}^^^CHU&000897406&N^PI~{}^^^ASIP-SANTE-INS-NIR&{oid}&ISO^INS||EXEMPLE^CLAIRE", text(&ins, "/value"))
}

/// A date of HL7, so many seconds ago.
pub fn ago(clock: &Clock, seconds: i64) -> String {
    let digits: String = world::instant(clock.now() - seconds).chars().filter(char::is_ascii_digit).take(14).collect();
    format!("{digits}+0000")
}

/// A move of a person's stay, told now, that happened so many seconds ago.
pub fn adt(clock: &Clock, handle: &str, event: &str, control: &str, seconds_ago: i64, unit: &str) -> Vec<u8> {
    let at = ago(clock, seconds_ago);
    format!(
        "MSH|^~\\&|GAM|CHU|DMP|DMP|{at}||ADT^{event}|{control}|P|2.5|||||FRA|UNICODE UTF-8\rEVN||{at}\r{}\rPV1|1|I|{unit}||||||||||||||||{handle}^^^CHU&000897406&M^VN\rZBE|{control}|{at}||INSERT|N||{unit}|{unit}|HMS\rZFA|ACTIF|{at}|||||||INO|{at}|IC|{at}\r",
        pid(handle)
    )
    .into_bytes()
}

/// A feeder that listens.
pub struct Listening {
    child: Child,
    address: String,
}

impl Listening {
    pub fn start(feeder: &Feeder, server: &str) -> Self {
        Self::start_with(feeder, server, &[])
    }

    pub fn start_with(feeder: &Feeder, server: &str, more: &[String]) -> Self {
        let (dir, key) = (feeder.path("feed"), feeder.path("key.pem"));
        let arguments = ["--log", "off", "feed", &dir, "--server", server, "--key", &key, "--mllp", "127.0.0.1:0", "--retry-ms", "20"];
        let mut child = Command::new(BINARY).args(arguments).args(more).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("dmp: MLLP on ").map(str::to_owned)).unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        Listening { child, address }
    }

    pub fn port(&self) -> u16 {
        self.address.rsplit(':').next().unwrap().parse().unwrap()
    }

    pub fn send(&self, message: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
        exchange(&mut stream, message)
    }
}

/// Sends a message; what is answered, until the other side ends.
pub fn exchange(stream: &mut (impl Read + Write), message: &[u8]) -> String {
    let _ = stream.write_all(&[b"\x0b", message, b"\x1c\r"].concat()).and_then(|()| stream.flush());
    let mut answer = Vec::new();
    let mut byte = [0; 1];
    while !answer.ends_with(b"\x1c\r") && stream.read(&mut byte).unwrap_or(0) == 1 {
        answer.push(byte[0]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn wait_until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..600 {
        if is() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{what}");
}
