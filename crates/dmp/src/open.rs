//! Opens a store with its root key, and the acts over it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dmp_core::Mode;
use dmp_core::access::Matrix;
use dmp_service::{Clock, Config, IdSealer, Service, SystemClock, SystemRandom};
use dmp_store::{OpenOptions, RootKey, Sealing, SqliteStore, Syncs};

use crate::commands::StoreOptions;

/// The mode that an option asks for.
pub fn mode(production: bool) -> Mode {
    if production { Mode::Production } else { Mode::Sandbox }
}

/// Where the root key of a data folder is: beside it, unless told otherwise.
fn root_key_path(data: &Path, given: Option<&PathBuf>) -> PathBuf {
    given.cloned().unwrap_or_else(|| {
        let mut name = data.file_name().unwrap_or_else(|| "dmp".as_ref()).to_owned();
        name.push(".rootkey");
        data.with_file_name(name)
    })
}

/// Opens the store of a folder.
///
/// # Errors
/// What is wrong, in words.
pub fn store(options: &StoreOptions, sealing: Sealing) -> Result<Arc<SqliteStore>, String> {
    store_with(options, sealing, Syncs::On)
}

/// The same, with a disk that may be told not to wait: for fault tests.
///
/// # Errors
/// What is wrong, in words.
pub fn store_with(options: &StoreOptions, sealing: Sealing, syncs: Syncs) -> Result<Arc<SqliteStore>, String> {
    let path = root_key_path(&options.data, options.root_key.as_ref());
    let root_key = RootKey::load_or_create(&path).map_err(|error| format!("root key {}: {error}", path.display()))?;
    let mut open = OpenOptions::new(&options.data, mode(options.production), root_key, SystemClock.now());
    open.sealing = sealing;
    open.syncs = syncs;
    SqliteStore::open(open).map_err(|error| error.to_string())
}

/// Opens a store that must be there: a mistyped folder is told, not made.
///
/// # Errors
/// What is wrong, in words.
pub fn existing(options: &StoreOptions, sealing: Sealing) -> Result<Arc<SqliteStore>, String> {
    if options.data.join("record.sqlite").is_file() { store(options, sealing) } else { Err(format!("no store in {}", options.data.display())) }
}

/// The law of an installation: the table of rights that its folder holds, or else the reconstruction.
///
/// # Errors
/// What is wrong with the table: a program never starts on half of one.
pub fn config(options: &StoreOptions) -> Result<Config, String> {
    Ok(Config::in_force(mode(options.production), crate::matrix::in_folder(&options.data)?.unwrap_or_else(Matrix::reconstruction)))
}

/// The acts over a store, with the clock of the machine.
pub fn service(store: &Arc<SqliteStore>, config: Config) -> Service {
    service_at(store, config, Arc::new(SystemClock))
}

/// The acts over a store, with a clock of one's own.
pub fn service_at(store: &Arc<SqliteStore>, config: Config, clock: Arc<dyn Clock>) -> Service {
    let ids = IdSealer::new(&store.derive("resource ids"));
    let shared: Arc<dyn dmp_store::RecordStore> = store.clone();
    Service::new(shared, clock, Arc::new(SystemRandom), config, ids)
}
