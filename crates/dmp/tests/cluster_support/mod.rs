//! PostgreSQL and an S3 under the built program.
#![allow(dead_code, reason = "each test program uses its part")]

use std::process::{Command, Output};

use dmp_testkit::services::{ObjectStore, PASSWORD, Postgres};
use dmp_testkit::{Options, Server};

/// Where everything lies.
pub struct Cluster {
    pub postgres: Postgres,
    pub objects: ObjectStore,
    /// The database's address, without the password.
    url: String,
    pub folder: std::path::PathBuf,
}

impl Cluster {
    /// `None`, said loudly, without the servers.
    pub fn start(test: &str) -> Option<Self> {
        let missing = |why: String| println!("SKIPPED: {test}: {why}");
        let postgres = Postgres::start().map_err(missing).ok()?;
        let objects = ObjectStore::start().map_err(missing).ok()?;
        let url = postgres.fresh_database().replace(&format!(":{PASSWORD}"), "");
        let folder = std::env::temp_dir().join(format!("dmp-cluster-{}-{}", std::process::id(), postgres.port()));
        std::fs::create_dir_all(&folder).unwrap();
        Some(Cluster { postgres, objects, url, folder })
    }

    fn arguments(&self) -> Vec<String> {
        let root_key = self.folder.join("root.key").display().to_string();
        let blobs = format!("s3://{}/records", self.objects.bucket());
        ["--store", &self.url, "--blobs", &blobs, "--root-key", &root_key].map(str::to_owned).to_vec()
    }

    fn environment(&self) -> Vec<(String, String)> {
        let mut environment = self.objects.settings();
        environment.push(("PGPASSWORD".to_owned(), PASSWORD.to_owned()));
        environment
    }

    /// A program on this database, with one person in an empty one.
    pub fn serve(&self, more: &[&str]) -> Server {
        let arguments = self.arguments().into_iter().chain(more.iter().map(|&argument| argument.to_owned())).collect();
        let options = Options { patients: 1, arguments, environment: self.environment(), ..Options::default() };
        Server::start(env!("CARGO_BIN_EXE_dmp"), &options)
    }

    pub fn run(&self, command: &[&str]) -> Output {
        let mut dmp = Command::new(env!("CARGO_BIN_EXE_dmp"));
        dmp.args(command).args(self.arguments()).arg("--json").envs(self.environment()).output().unwrap()
    }

    /// What a command prints as JSON. It must end well.
    pub fn json(&self, command: &[&str]) -> serde_json::Value {
        let output = self.run(command);
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
