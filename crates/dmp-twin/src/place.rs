//! Where worlds keep their records: a folder of this machine, or a database and an S3.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dmp_core::{Mode, Moment};
use dmp_store::{BlobPlace, DatabaseUrl, OpenOptions, OperatedStore, PostgresOptions, PostgresStore, RootKey, SqliteStore};
use dmp_testkit::services::Database;

/// Where a run keeps its worlds.
#[derive(Debug, Clone, Default)]
pub enum Place {
    /// A fresh folder for each world, in memory where the machine offers it.
    #[default]
    Folder,
    /// A fresh database for each world beside the one named, and a prefix of its own in the S3 or the folder of contents.
    Database { url: String, blobs: String },
}

/// One world's store; gone with it.
pub struct Home {
    pub store: Arc<dyn OperatedStore>,
    pub name: String,
    folder: Option<PathBuf>,
    /// Dropped last: the store's connections end before their database.
    _database: Option<Database>,
}

impl std::fmt::Debug for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Home({})", self.name)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Both worlds have the same root key, so that ids are sealed alike.
const ROOT_KEY: [u8; 32] = [7; 32];

impl Place {
    /// A fresh, empty store.
    pub async fn open(&self, now: Moment) -> Home {
        let name = fresh_name();
        match self {
            Place::Folder => {
                let folder = memory().join(&name);
                std::fs::create_dir_all(&folder).expect("a folder");
                let store = SqliteStore::open(OpenOptions::new(&folder, Mode::Sandbox, RootKey::from_bytes(ROOT_KEY), now)).expect("a store");
                Home { store, name, folder: Some(folder), _database: None }
            }
            Place::Database { url, blobs } => {
                let database = Database::beside(url, &name.replace('-', "_"));
                let address: DatabaseUrl = database.url().parse().expect("an address of a database");
                let blobs: BlobPlace = format!("{blobs}/{name}").parse().expect("a place of contents");
                let options = PostgresOptions::new(address, blobs, Mode::Sandbox, RootKey::from_bytes(ROOT_KEY), now);
                let store = PostgresStore::open(options).await.expect("a store");
                Home { store, name, folder: None, _database: Some(database) }
            }
        }
    }
}

fn fresh_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("dmp-twin-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A world is built and thrown away often.
fn memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}
