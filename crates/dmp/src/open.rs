//! Opens a store with its root key, and the acts over it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dmp_core::Mode;
use dmp_core::access::Matrix;
use dmp_service::{Clock, Config, IdSealer, Service, SystemClock, SystemRandom};
use dmp_store::{BlobPlace, DatabaseUrl, OpenOptions, OperatedStore, PostgresOptions, PostgresStore, RootKey, Sealing, SqliteStore, Syncs};

use crate::commands::{Secret, StoreOptions};

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

/// Opens a store, made when it is not there.
///
/// # Errors
/// What is wrong, in words.
pub async fn store(options: &StoreOptions, sealing: Sealing) -> Result<Arc<dyn OperatedStore>, String> {
    store_with(options, sealing, Syncs::On).await
}

/// The same, with a disk that may be told not to wait: for fault tests.
///
/// # Errors
/// What is wrong, in words.
pub async fn store_with(options: &StoreOptions, sealing: Sealing, syncs: Syncs) -> Result<Arc<dyn OperatedStore>, String> {
    match (&options.database.store, &options.data) {
        (Some(_), _) if syncs == Syncs::Off => Err("--synchronous-off is for a data folder: the database has a setting of its own".to_owned()),
        (Some(url), _) => in_database(options, url, sealing, false).await,
        (None, Some(data)) => in_folder(options, data, sealing, syncs),
        (None, None) => Err("a store is a folder (--data) or a database (--store)".to_owned()),
    }
}

/// Opens a store that must be there: a mistyped folder or database is told, not filled with tables.
///
/// # Errors
/// What is wrong, in words.
pub async fn existing(options: &StoreOptions, sealing: Sealing) -> Result<Arc<dyn OperatedStore>, String> {
    match (&options.database.store, &options.data) {
        (Some(url), _) => in_database(options, url, sealing, true).await,
        (None, Some(data)) if data.join("record.sqlite").is_file() => in_folder(options, data, sealing, Syncs::On),
        (None, Some(data)) => Err(format!("no store in {}", data.display())),
        (None, None) => Err("a store is a folder (--data) or a database (--store)".to_owned()),
    }
}

fn in_folder(options: &StoreOptions, data: &Path, sealing: Sealing, syncs: Syncs) -> Result<Arc<dyn OperatedStore>, String> {
    let root_key = root_key(&root_key_path(data, options.root_key.as_ref()))?;
    let mut open = OpenOptions::new(data, mode(options.production), root_key, SystemClock.now());
    open.sealing = sealing;
    open.syncs = syncs;
    Ok(SqliteStore::open(open).map_err(|error| error.to_string())?)
}

async fn in_database(options: &StoreOptions, url: &Secret, sealing: Sealing, must_exist: bool) -> Result<Arc<dyn OperatedStore>, String> {
    let mut database: DatabaseUrl = url.0.parse().map_err(|why| format!("--store {why}"))?;
    if let Some(password) = password_of_environment() {
        database = database.or_password(&password);
    }
    let blobs = options.database.blobs.as_ref().ok_or("--store needs --blobs s3://BUCKET/PREFIX or a folder that every process shares")?;
    let blobs: BlobPlace = blobs.0.parse().map_err(|why| format!("--blobs {why}"))?;
    let path = options.root_key.as_ref().ok_or("--store needs --root-key FILE: the same key for every process")?;
    if must_exist && !path.exists() {
        return Err(format!("root key {} is missing", path.display()));
    }
    let mut open = PostgresOptions::new(database, blobs, mode(options.production), root_key(path)?, SystemClock.now());
    open.ca_file = options.database.store_ca.clone();
    open.sealing = sealing;
    open.must_exist = must_exist;
    Ok(PostgresStore::open(open).await.map_err(|error| error.to_string())?)
}

fn root_key(path: &Path) -> Result<RootKey, String> {
    RootKey::load_or_create(path).map_err(|error| format!("root key {}: {error}", path.display()))
}

/// The password that PostgreSQL's own programs take too. SECURITY: one on the command line stands in the list of processes.
#[expect(clippy::disallowed_methods, reason = "an edge of the process: a secret has no place among the options")]
fn password_of_environment() -> Option<String> {
    std::env::var("PGPASSWORD").ok()
}

/// The law of an installation: the table of rights that its folder holds or that it was given, or else the reconstruction.
///
/// # Errors
/// What is wrong with the table: a program never starts on half of one.
pub fn config(options: &StoreOptions) -> Result<Config, String> {
    let table = match (&options.database.store, &options.data) {
        (Some(_), _) => options.database.matrix.as_deref().map(crate::matrix::in_file).transpose()?,
        (None, Some(data)) => crate::matrix::in_folder(data)?,
        (None, None) => None,
    };
    Ok(Config::in_force(mode(options.production), table.unwrap_or_else(Matrix::reconstruction)))
}

/// The acts over a store, with the clock of the machine.
pub fn service(store: &Arc<dyn OperatedStore>, config: Config) -> Service {
    service_at(store, config, Arc::new(SystemClock))
}

/// The acts over a store, with a clock of one's own.
pub fn service_at(store: &Arc<dyn OperatedStore>, config: Config, clock: Arc<dyn Clock>) -> Service {
    let ids = IdSealer::new(&store.derive("resource ids"));
    let shared: Arc<dyn dmp_store::RecordStore> = store.clone();
    Service::new(shared, clock, Arc::new(SystemRandom), config, ids)
}
