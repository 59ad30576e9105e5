//! The backend of a cluster: the contract of every backend, and what is its own. Each test has a fresh database on one server, which the
//! test program starts; without PostgreSQL on the machine they say that they are skipped.

mod canary;
mod chains;
mod erasure;
mod faults;
mod object_store;
mod opening;
mod processes;
mod running;

use crate::OperatedStore;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use dmp_core::Mode;
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};
use dmp_testkit::services::Postgres;

use super::{PostgresOptions, PostgresStore};
use crate::blobs::BlobPlace;
use crate::contract::{Harness, TemporaryFolder, run_all, sample};
use crate::{RecordStore, RootKey, Sealing};

/// The one server of this test program. `None`, said loudly, when there is none to be had.
fn server(test: &str) -> Option<&'static Postgres> {
    static SERVER: OnceLock<Result<Postgres, String>> = OnceLock::new();
    match SERVER.get_or_init(Postgres::start) {
        Ok(server) => Some(server),
        Err(why) => {
            println!("SKIPPED: {test}: {why}");
            None
        }
    }
}

/// How tests open a database: contents in a folder, a small bound of entries, claims that end at the next start.
fn options_of(url: &str, folder: &std::path::Path) -> PostgresOptions {
    let blobs = BlobPlace::Folder(folder.join("blobs"));
    let options = PostgresOptions::new(url.parse().unwrap(), blobs, Mode::Sandbox, RootKey::from_bytes([9; 32]), sample::NOW);
    PostgresOptions { entries_max: 50, claim_age_seconds: 0, ..options }
}

/// A server that no other test uses: it is stopped.
fn own_server(test: &str) -> Option<&'static Postgres> {
    server(test)?;
    Some(Box::leak(Box::new(Postgres::start().unwrap())))
}

/// A store in a database of its own.
struct Place {
    server: &'static Postgres,
    database: String,
    /// Another way to the database than straight.
    port: Option<u16>,
    folder: TemporaryFolder,
    blobs: Option<BlobPlace>,
    sealing: Sealing,
    store: Option<Arc<PostgresStore>>,
}

impl Place {
    /// A place whose store is not open yet.
    fn unopened(server: &'static Postgres) -> Self {
        let url = server.fresh_database();
        let database = url.rsplit('/').next().unwrap().to_owned();
        Place { server, database, port: None, folder: TemporaryFolder::new(), blobs: None, sealing: Sealing::On, store: None }
    }

    async fn new(server: &'static Postgres) -> Self {
        let mut place = Self::unopened(server);
        place.open().await;
        place
    }

    fn options(&self) -> PostgresOptions {
        let url = self.server.url(&self.database);
        let url = self.port.map_or_else(|| url.clone(), |port| url.replace(&format!(":{}/", self.server.port()), &format!(":{port}/")));
        let options = options_of(&url, self.folder.path());
        PostgresOptions { sealing: self.sealing, blobs: self.blobs.clone().unwrap_or(options.blobs.clone()), ..options }
    }

    async fn open(&mut self) {
        self.store = Some(PostgresStore::open(self.options()).await.unwrap());
    }

    /// Another process on the same database.
    async fn other(&self) -> Arc<PostgresStore> {
        PostgresStore::open(self.options()).await.unwrap()
    }

    fn postgres(&self) -> &Arc<PostgresStore> {
        self.store.as_ref().unwrap()
    }

    /// The same database without this store, by the straight way, with contents elsewhere.
    fn straight(&self) -> Self {
        let (database, folder) = (self.database.clone(), TemporaryFolder::new());
        Place { server: self.server, database, port: None, folder, blobs: self.blobs.clone(), sealing: self.sealing, store: None }
    }

    /// What somebody who holds the database does to it.
    fn sql(&self, statement: &str) -> String {
        self.server.sql(&self.database, statement)
    }

    /// Large contents lie in a folder of their store: its path is not the test's affair.
    fn blob(&self, address: BlobAddress) -> PathBuf {
        let hex = address.to_hex();
        let mut stores = std::fs::read_dir(self.folder.path().join("blobs")).unwrap();
        stores.next().unwrap().unwrap().path().join(&hex[..2]).join(&hex)
    }
}

/// Bytes as a statement writes them.
fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("'\\x{digits}'::bytea")
}

#[async_trait]
impl Harness for Place {
    fn store(&self) -> Arc<dyn RecordStore> {
        Arc::clone(self.postgres()) as Arc<dyn RecordStore>
    }

    fn queue(&self) -> Arc<dyn OperatedStore> {
        Arc::clone(self.postgres()) as Arc<dyn OperatedStore>
    }

    async fn reopen(&mut self) {
        let store = Arc::into_inner(self.store.take().unwrap()).expect("someone still has the store");
        drop(store);
        self.open().await;
    }

    fn entries_max(&self) -> usize {
        50
    }

    async fn damage_content(&self, address: BlobAddress) {
        if let Ok(mut bytes) = std::fs::read(self.blob(address)) {
            bytes[100] ^= 1;
            std::fs::write(self.blob(address), bytes).unwrap();
            return;
        }
        let flip = "sealed = set_byte(sealed, 100, get_byte(sealed, 100) # 1)";
        self.sql(&format!("UPDATE dmp.content SET {flip} WHERE address = {}", hex(&address.0)));
    }

    async fn lose_content(&self, address: BlobAddress) {
        if std::fs::remove_file(self.blob(address)).is_err() {
            self.sql(&format!("DELETE FROM dmp.content WHERE address = {}", hex(&address.0)));
        }
    }

    async fn move_entry(&self, from: (RecordKey, EntryId), to: (RecordKey, EntryId)) {
        let place = |(key, id): (RecordKey, EntryId)| format!("record_key = {} AND entry_id = {}", hex(&key.0), hex(&id.0));
        self.sql(&format!("UPDATE dmp.entry SET sealed = (SELECT sealed FROM dmp.entry WHERE {}) WHERE {}", place(from), place(to)));
    }

    async fn mix_notes(&self) {
        self.sql("UPDATE dmp.note SET version = other.version, sealed = other.sealed FROM dmp.note AS other WHERE other.note_hash <> note.note_hash");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_contract_holds() {
    let Some(server) = server("the contract on PostgreSQL") else { return };
    run_all(async || {
        let place = Place::new(server).await;
        // A folder with at least one file in it is what the hands of the suite look for.
        std::fs::create_dir_all(place.folder.path().join("blobs")).unwrap();
        Box::new(place) as Box<dyn Harness>
    })
    .await;
}
