//! A mail server from the aiosmtpd package: keeps what it takes, and refuses what it is told to refuse.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::certificate::certificate;
use super::free_port;
use super::guard::GuardedFolder;

const START_MAX: Duration = Duration::from_secs(60);

/// The server's own program: a line of JSON for each mail, and a file of refusals: for each recipient, answers that are used up one by one.
const PROGRAM: &str = r#"
import asyncio, email, email.policy, json, os, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult

folder, port, way, pause = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])

def answers():
    try:
        with open(os.path.join(folder, "answers.json")) as file:
            return json.load(file)
    except FileNotFoundError:
        return {}

used = {}

class Keeper:
    async def handle_RCPT(self, server, session, envelope, address, options):
        prepared, number = answers().get(address, []), used.get(address, 0)
        if number < len(prepared):
            used[address] = number + 1
            return prepared[number]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if pause:
            await asyncio.sleep(pause)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        line = {"to": envelope.rcpt_tos, "from": envelope.mail_from, "id": message["Message-ID"], "subject": message["Subject"],
                "body": message.get_content(), "auto": message["Auto-Submitted"], "tls": (session.ssl or server.transport.get_extra_info("sslcontext")) is not None,
                "user": (session.auth_data or b"").decode(), "raw": envelope.content.decode("utf-8", "replace")}
        with open(os.path.join(folder, "mails.jsonl"), "a") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
        return "250 taken"

def known(server, session, envelope, mechanism, data):
    good = data.login == b"dmp" and data.password == b"hush-4b1d"
    return AuthResult(success=good, auth_data=data.login if good else None)

async def main():
    context = None
    if way != "plain":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))
    def session():
        return SMTP(Keeper(), hostname="mail.test", enable_SMTPUTF8=True, authenticator=known, auth_required=way != "plain",
                    auth_require_tls=way == "starttls", tls_context=context if way == "starttls" else None,
                    require_starttls=way == "starttls")
    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", port, ssl=context if way == "smtps" else None)
    await server.serve_forever()

asyncio.run(main())
"#;

/// How clients speak with it. Those in TLS ask for the user `dmp` and the password `hush-4b1d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Plain,
    StartTls,
    Smtps,
}

/// A mail that was taken.
#[derive(Debug, Clone)]
pub struct Received {
    pub to: String,
    pub id: String,
    pub subject: String,
    pub body: String,
    /// Came in TLS.
    pub encrypted: bool,
    /// Who signed in.
    pub user: String,
    /// The header that keeps answering machines silent.
    pub auto_submitted: String,
    /// Every byte, as it came.
    pub raw: String,
}

/// A mail server, ended with this process.
#[derive(Debug)]
pub struct MailServer {
    folder: GuardedFolder,
    python: PathBuf,
    port: u16,
    way: Way,
    /// Seconds before each mail is taken.
    pause: f64,
    authority: Option<PathBuf>,
    child: Mutex<Option<Child>>,
}

impl MailServer {
    /// The user and the password that it asks for in TLS, as the program takes them.
    pub const CREDENTIALS: [(&'static str, &'static str); 2] = [("DMP_SMTP_USER", "dmp"), ("DMP_SMTP_PASSWORD", "hush-4b1d")];

    /// Starts one without TLS.
    ///
    /// # Errors
    /// Why there is none to be had on this machine.
    pub fn start() -> Result<Self, String> {
        Self::start_with(Way::Plain, 0.0)
    }

    /// The same; it thinks for a while before it takes a mail.
    ///
    /// # Errors
    /// As for [`MailServer::start`].
    pub fn start_slow(seconds: f64) -> Result<Self, String> {
        Self::start_with(Way::Plain, seconds)
    }

    /// Starts one that speaks TLS after STARTTLS.
    ///
    /// # Errors
    /// As for [`MailServer::start`].
    pub fn start_starttls() -> Result<Self, String> {
        Self::start_with(Way::StartTls, 0.0)
    }

    /// Starts one that speaks TLS from the first byte.
    ///
    /// # Errors
    /// As for [`MailServer::start`].
    pub fn start_smtps() -> Result<Self, String> {
        Self::start_with(Way::Smtps, 0.0)
    }

    fn start_with(way: Way, pause: f64) -> Result<Self, String> {
        let python = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/smtp/bin/python");
        let has = |python: &PathBuf| Command::new(python).args(["-c", "import aiosmtpd"]).output().is_ok_and(|run| run.status.success());
        if !has(&python) {
            return Err("no mail server on this machine (`cargo xtask test` installs it from PyPI: aiosmtpd)".to_owned());
        }
        let folder = GuardedFolder::new("mail");
        let authority = if way == Way::Plain { None } else { Some(certificate(folder.path()).ok_or("no openssl on this machine")?) };
        std::fs::write(folder.path().join("server.py"), PROGRAM).unwrap();
        let server = MailServer { folder, python, port: free_port(), way, pause, authority, child: Mutex::default() };
        server.run();
        Ok(server)
    }

    /// Starts it again on the same port, after [`MailServer::kill`].
    pub fn run(&self) {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let way = match self.way {
            Way::Plain => "plain",
            Way::StartTls => "starttls",
            Way::Smtps => "smtps",
        };
        let mut server = Command::new(&self.python);
        server.arg(self.folder.path().join("server.py")).arg(self.folder.path()).args([&self.port.to_string(), way, &self.pause.to_string()]);
        let child = server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        self.folder.note(&[child.id()]);
        *self.child.lock().unwrap() = Some(child);
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = || std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(began.elapsed() < START_MAX, "the mail server does not start: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Ends it at once.
    pub fn kill(&self) {
        if let Some(mut child) = self.child.lock().unwrap().take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Arguments of the program that lead here.
    pub fn arguments(&self) -> Vec<String> {
        let url = match self.way {
            Way::Plain => format!("smtp://127.0.0.1:{}", self.port),
            Way::StartTls => format!("starttls://localhost:{}", self.port),
            Way::Smtps => format!("smtps://localhost:{}", self.port),
        };
        let mut arguments = ["--smtp", &url, "--mail-from", "no-answer@dmp.example", "--mails-per-minute", "600000"].map(str::to_owned).to_vec();
        if let Some(authority) = &self.authority {
            arguments.extend(["--smtp-ca".to_owned(), authority.display().to_string()]);
        }
        arguments
    }

    /// Prepares the next answers to mails for a recipient; afterwards they are taken.
    pub fn answer(&self, recipient: &str, answers: &[&str]) {
        let path = self.folder.path().join("answers.json");
        let known = std::fs::read_to_string(&path).unwrap_or_else(|_| "{}".to_owned());
        let mut known: serde_json::Value = serde_json::from_str(&known).unwrap();
        known[recipient] = serde_json::json!(answers);
        std::fs::write(path, known.to_string()).unwrap();
    }

    /// What it has taken so far.
    pub fn received(&self) -> Vec<Received> {
        let text = std::fs::read_to_string(self.folder.path().join("mails.jsonl")).unwrap_or_default();
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        whole.lines().map(received).collect()
    }

    /// Waits until it has taken so many; gives them.
    pub fn wait_for(&self, count: usize, most: Duration) -> Vec<Received> {
        let began = Instant::now();
        loop {
            let mails = self.received();
            if mails.len() >= count || began.elapsed() > most {
                return mails;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn received(line: &str) -> Received {
    let mail: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |name: &str| mail[name].as_str().unwrap_or_default().to_owned();
    Received {
        to: mail["to"][0].as_str().unwrap_or_default().to_owned(),
        id: text("id"),
        subject: text("subject"),
        body: text("body"),
        encrypted: mail["tls"] == true,
        user: text("user"),
        auto_submitted: text("auto"),
        raw: text("raw"),
    }
}
