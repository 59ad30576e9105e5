//! A PostgreSQL server from Debian's package, with a data folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::certificate::certificate;
use super::free_port;
use super::guard::GuardedFolder;

/// The user that servers run as when the tests run as root, whom PostgreSQL refuses.
const SERVER_USER: &str = "postgres";
/// What no log and no error may ever show.
pub const PASSWORD: &str = "hush-5b1f";
const START_MAX: Duration = Duration::from_secs(60);

/// How a server is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Open transactions are undone, then it ends.
    Fast,
    /// It ends at once, as a crash does, and recovers at its next start.
    Immediate,
}

/// A server, ended with this process.
#[derive(Debug)]
pub struct Postgres {
    folder: GuardedFolder,
    programs: PathBuf,
    port: u16,
    server: Mutex<Option<Child>>,
    databases: AtomicU32,
}

impl Postgres {
    /// Starts a server. One that is there and does not start ends the test.
    ///
    /// # Errors
    /// Why there is none to be had on this machine.
    pub fn start() -> Result<Self, String> {
        let programs = programs().ok_or("no PostgreSQL on this machine (Debian: postgresql)")?;
        let folder = GuardedFolder::new("postgres");
        let password = folder.path().join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        if let Some((user, group)) = server_user()? {
            for path in [folder.path(), &password] {
                std::os::unix::fs::chown(path, Some(user), Some(group)).map_err(|error| error.to_string())?;
            }
        }
        let server = Postgres { folder, programs, port: free_port(), server: Mutex::new(None), databases: AtomicU32::new(0) };
        let mut init = server.program("initdb")?;
        init.arg("-D").arg(server.data()).args(["-U", "dmp", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]);
        let made = init.arg("--pwfile").arg(&password).output().map_err(|error| format!("initdb: {error}"))?;
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        server.restart();
        Ok(server)
    }

    /// The address of a fresh database.
    pub fn fresh_database(&self) -> String {
        let name = format!("dmp{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// The address of a database.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://dmp:{PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of everything that the server writes.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Has the server speak TLS too, under a certificate for `localhost` of an authority whose file it gives. `None` without openssl.
    pub fn enable_tls(&self) -> Option<PathBuf> {
        let folder = self.folder.path();
        let authority = certificate(folder)?;
        for (name, setting) in [("server.pem", "ssl_cert_file"), ("server.key", "ssl_key_file")] {
            let path = folder.join(name);
            std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            if let Some((user, group)) = server_user().unwrap() {
                std::os::unix::fs::chown(&path, Some(user), Some(group)).unwrap();
            }
            self.sql("postgres", &format!("ALTER SYSTEM SET {setting} = '{}'", path.display()));
        }
        self.sql("postgres", "ALTER SYSTEM SET ssl = on");
        self.stop(Stop::Fast);
        self.restart();
        Some(authority)
    }

    /// Runs a statement, and gives what it answers without decoration.
    pub fn sql(&self, database: &str, statement: &str) -> String {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, &self.url(database)]);
        let output = psql.output().unwrap();
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Stops the server.
    pub fn stop(&self, how: Stop) {
        let Some(mut server) = self.server.lock().unwrap().take() else { return };
        let signal = match how {
            Stop::Fast => "-INT",
            Stop::Immediate => "-QUIT",
        };
        let told = Command::new("kill").args([signal, &server.id().to_string()]).status().unwrap();
        assert!(told.success());
        server.wait().unwrap();
    }

    /// Starts the server again and waits until it answers.
    pub fn restart(&self) {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        let mut server = self.program("postgres").unwrap();
        server.arg("-D").arg(self.data()).args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-k", ""]);
        // A test ends processes, not the power: syncs would only cost time.
        for setting in ["fsync=off", "full_page_writes=off", "synchronous_commit=on", "max_connections=300", "shared_buffers=64MB"] {
            server.args(["-c", setting]);
        }
        let server = server.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        self.folder.note(&[server.id()]);
        *self.server.lock().unwrap() = Some(server);
        let began = Instant::now();
        while !self.answers() {
            assert!(began.elapsed() < START_MAX, "postgres does not start: {}", std::fs::read_to_string(self.log()).unwrap_or_default());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn answers(&self) -> bool {
        let mut ready = Command::new(self.programs.join("pg_isready"));
        ready.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]).status().is_ok_and(|status| status.success())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// A program of the server, run as somebody whom it accepts.
    fn program(&self, name: &str) -> Result<Command, String> {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        if let Some((user, group)) = server_user()? {
            std::os::unix::process::CommandExt::gid(&mut command, group);
            std::os::unix::process::CommandExt::uid(&mut command, user);
        }
        Ok(command)
    }
}

/// A database made beside another one of the same server, and dropped with this.
#[derive(Debug)]
pub struct Database {
    psql: PathBuf,
    server: String,
    name: String,
}

impl Database {
    /// Makes one. Its name is letters, digits and underscores.
    pub fn beside(url: &str, name: &str) -> Self {
        let psql = programs().map_or_else(|| PathBuf::from("psql"), |programs| programs.join("psql"));
        let database = Database { psql, server: url.to_owned(), name: name.to_owned() };
        database.run(&format!("CREATE DATABASE {name}"));
        database
    }

    /// Its address: that of the other one, with its own name.
    pub fn url(&self) -> String {
        let (address, settings) = self.server.split_once('?').map_or((self.server.as_str(), None), |(address, rest)| (address, Some(rest)));
        let server = address.rsplit_once('/').map_or(address, |(server, _)| server);
        format!("{server}/{}{}", self.name, settings.map(|rest| format!("?{rest}")).unwrap_or_default())
    }

    fn run(&self, statement: &str) {
        let output = Command::new(&self.psql).args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, &self.server]).output().unwrap();
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.run(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// The newest folder of server programs: Debian keeps them out of the way.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(version).collect();
    versions.sort();
    versions.pop().map(|(_, programs)| programs)
}

fn version(entry: std::io::Result<std::fs::DirEntry>) -> Option<(u32, PathBuf)> {
    let path = entry.ok()?.path();
    let programs = path.join("bin");
    let version = path.file_name()?.to_str()?.parse().ok()?;
    programs.join("initdb").is_file().then_some((version, programs))
}

/// User and group that servers run as; `None` when we may run them ourselves.
fn server_user() -> Result<Option<(u32, u32)>, String> {
    let me = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(Path::new("/proc/self")).map_err(|error| error.to_string())?);
    if me != 0 {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    let line = users.lines().find(|line| line.split(':').next() == Some(SERVER_USER)).ok_or("no user `postgres`, and PostgreSQL refuses root")?;
    let mut fields = line.split(':').skip(2).map_while(|field| field.parse().ok());
    Ok(Some((fields.next().ok_or("no user id")?, fields.next().ok_or("no group id")?)))
}
