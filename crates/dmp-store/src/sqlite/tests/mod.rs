//! The embedded backend: the contract of every backend, and what is its own.

mod canary;
mod chains;
mod erasure;
mod opening;
mod running;

use crate::OperatedStore;
use std::sync::Arc;

use async_trait::async_trait;
use dmp_core::Mode;
use dmp_core::ids::{BlobAddress, EntryId, RecordKey};
use rusqlite::{Connection, params};

use super::{OpenOptions, SqliteStore};
use crate::contract::{Harness, TemporaryFolder, run_all, sample};
use crate::{RecordStore, RootKey, Sealing};

/// A store in a folder of its own.
pub(crate) struct Place {
    folder: TemporaryFolder,
    store: Option<Arc<SqliteStore>>,
    sealing: Sealing,
}

impl Place {
    pub fn new() -> Self {
        Self::with(Sealing::On)
    }

    pub fn with(sealing: Sealing) -> Self {
        let mut place = Place { folder: TemporaryFolder::new(), store: None, sealing };
        place.store = Some(SqliteStore::open(place.options()).unwrap());
        place
    }

    pub fn options(&self) -> OpenOptions {
        let dir = self.folder.path().join("data");
        OpenOptions { sealing: self.sealing, entries_max: 50, ..OpenOptions::new(dir, Mode::Sandbox, RootKey::from_bytes([9; 32]), sample::NOW) }
    }

    pub fn sqlite(&self) -> &SqliteStore {
        self.store.as_ref().unwrap()
    }

    pub fn close(&mut self) {
        let store = Arc::into_inner(self.store.take().unwrap()).expect("someone still has the store");
        drop(store);
    }

    pub fn open(&mut self) {
        self.store = Some(SqliteStore::open(self.options()).unwrap());
    }

    /// A second connection, as someone who holds the disk has it.
    pub fn disk(&self) -> Connection {
        Connection::open(self.folder.path().join("data/record.sqlite")).unwrap()
    }

    pub fn blob(&self, address: BlobAddress) -> std::path::PathBuf {
        let hex = address.to_hex();
        self.folder.path().join("data/blobs").join(&hex[..2]).join(&hex)
    }
}

#[async_trait]
impl Harness for Place {
    fn store(&self) -> Arc<dyn RecordStore> {
        Arc::clone(self.store.as_ref().unwrap()) as Arc<dyn RecordStore>
    }

    fn queue(&self) -> Arc<dyn OperatedStore> {
        Arc::clone(self.store.as_ref().unwrap()) as Arc<dyn OperatedStore>
    }

    async fn reopen(&mut self) {
        self.close();
        self.open();
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
        let disk = self.disk();
        let mut bytes: Vec<u8> = disk.query_row("SELECT sealed FROM content WHERE address = ?1", [address.0], |row| row.get(0)).unwrap();
        bytes[100] ^= 1;
        disk.execute("UPDATE content SET sealed = ?1 WHERE address = ?2", params![bytes, address.0]).unwrap();
    }

    async fn lose_content(&self, address: BlobAddress) {
        if std::fs::remove_file(self.blob(address)).is_err() {
            assert_eq!(self.disk().execute("DELETE FROM content WHERE address = ?1", [address.0]).unwrap(), 1);
        }
    }

    async fn move_entry(&self, from: (RecordKey, EntryId), to: (RecordKey, EntryId)) {
        let sql =
            "UPDATE entry SET sealed = (SELECT sealed FROM entry WHERE record_key = ?1 AND entry_id = ?2) WHERE record_key = ?3 AND entry_id = ?4";
        assert_eq!(self.disk().execute(sql, params![from.0.0, from.1.0, to.0.0, to.1.0]).unwrap(), 1);
    }

    async fn mix_notes(&self) {
        let disk = self.disk();
        let mut rows = disk.prepare("SELECT note_hash, version, sealed FROM note ORDER BY note_hash").unwrap();
        let rows: Vec<(Vec<u8>, i64, Vec<u8>)> =
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect();
        for (to, from) in [(0, 1), (1, 0)] {
            let sql = "UPDATE note SET version = ?2, sealed = ?3 WHERE note_hash = ?1";
            assert_eq!(disk.execute(sql, params![rows[to].0, rows[from].1, rows[from].2]).unwrap(), 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_contract_holds() {
    run_all(async || Box::new(Place::new()) as Box<dyn Harness>).await;
}
