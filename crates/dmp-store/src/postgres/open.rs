//! Opening: the address, the mode, the root key, the tables.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use dmp_core::{Mode, Moment};
use tokio_postgres::Config;
use tokio_postgres::config::Host;

use super::connect::{Session, demand_tls, pool};
use super::failure::{Failure, failed, failed_at_commit};
use super::keys::Keys;
use super::rows::{bytes, fixed};
use super::turns::Turns;
use super::{PostgresStore, retried, schema};
use crate::blobs::{BlobPlace, Blobs};
use crate::cache::{CACHED_ROWS_MAX, record_cache};
use crate::keys::{Derived, KeyRing, RootKey};
use crate::recognise::{ENTRIES_MAX, Passport, refuse_clear, says_nothing};
use crate::seal::Sealing;
use crate::{StoreError, tls};

/// No creation lasts so long: an older claim of another start is one that nothing will follow.
const CLAIM_AGE_SECONDS: i64 = 900;

/// Where a database is, and how to sign in. SECURITY: never shown or logged, for it may hold a password.
#[derive(Clone)]
pub struct DatabaseUrl(Config);

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    /// `postgres://user@host:port/database`.
    fn from_str(text: &str) -> Result<Self, String> {
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err("wants postgres://user@host/database".to_owned());
        }
        // The engine's own words might repeat a part of the address.
        text.parse().map(DatabaseUrl).map_err(|_| "is not an address of the form postgres://user@host:port/database?setting=value".to_owned())
    }
}

impl DatabaseUrl {
    /// The address without user and password.
    pub fn shown(&self) -> String {
        let host = self.0.get_hosts().first().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(path) => path.display().to_string(),
        });
        let port = self.0.get_ports().first().copied().unwrap_or(5432);
        format!("postgres://{}:{port}/{}", host.unwrap_or_default(), self.0.get_dbname().unwrap_or_default())
    }

    /// Takes a password from elsewhere unless the address holds one.
    pub fn or_password(mut self, password: &str) -> Self {
        if self.0.get_password().is_none() {
            self.0.password(password);
        }
        self
    }
}

/// How to open a store.
#[derive(Debug)]
pub struct PostgresOptions {
    pub database: DatabaseUrl,
    /// Where contents over the inline bound lie; every process that opens this database names the same place.
    pub blobs: BlobPlace,
    /// Authorities that certificates of the database and the object store are checked against; by default the public ones.
    pub ca_file: Option<PathBuf>,
    /// The mode of the program: sealed in a new store, required of an existing one.
    pub mode: Mode,
    pub root_key: RootKey,
    /// [`Sealing::Off`] is refused in production.
    pub sealing: Sealing,
    /// The present moment: names the first erasure epoch of a new store.
    pub now: Moment,
    /// Most entries of a record.
    pub entries_max: usize,
    /// Most rows of records in the cache.
    pub cached_rows_max: u64,
    /// Refuses a database without the tables of a store, in place of making them.
    pub must_exist: bool,
    /// How old a claim must be before another start may end it.
    pub claim_age_seconds: i64,
}

impl PostgresOptions {
    /// The options of a deployment.
    pub fn new(database: DatabaseUrl, blobs: BlobPlace, mode: Mode, root_key: RootKey, now: Moment) -> Self {
        PostgresOptions {
            database,
            blobs,
            ca_file: None,
            mode,
            root_key,
            sealing: Sealing::On,
            now,
            entries_max: ENTRIES_MAX,
            cached_rows_max: CACHED_ROWS_MAX,
            must_exist: false,
            claim_age_seconds: CLAIM_AGE_SECONDS,
        }
    }
}

impl PostgresStore {
    /// Opens the store of a database, with its tables made when they are not there.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when it was made in the other mode, with another root key or another sealing, or when the server does not
    /// sync; [`StoreError::Unavailable`] when the database or the object store does not answer.
    pub async fn open(options: PostgresOptions) -> Result<Arc<Self>, StoreError> {
        refuse_clear(options.mode, options.sealing)?;
        if let BlobPlace::Folder(folder) = &options.blobs
            && options.root_key.lies_inside(folder)
        {
            return Err(StoreError::Refused("the root key lies inside the folder of contents: keep it elsewhere".to_owned()));
        }
        let tls = tls::client_config(options.ca_file.as_deref())?;
        let mut config = options.database.0.clone();
        demand_tls(&mut config)?;
        let pool = pool(config, Arc::clone(&tls))?;
        retried!(greet(&pool, options.mode)).map_err(|error| located(error, &options.database))?;
        if options.must_exist && !retried!(schema::exists(&pool))? {
            return Err(StoreError::Refused(format!("no store in {}", options.database.shown())));
        }
        schema::migrate(&pool).await?;
        let derived = Derived::new(&options.root_key, options.sealing)?;
        let id = retried!(recognise(&pool, &derived, options.mode, options.sealing))?;
        let keys = Keys::new(Arc::new(KeyRing::new(derived, options.sealing)));
        retried!(keys.open(&pool, options.now))?;
        let start = retried!(count_start(&pool))?;
        let blobs = Blobs::open(&options.blobs, &id, tls)?;
        blobs.ready().await?;
        Ok(Arc::new(PostgresStore {
            pool,
            turns: Turns::new(),
            keys,
            blobs,
            records: record_cache(options.cached_rows_max)?,
            extracts: crate::extracts::cache(),
            root: options.root_key,
            mode: options.mode,
            start,
            entries_max: options.entries_max,
            claim_age_seconds: options.claim_age_seconds,
            commits: AtomicU64::new(0),
        }))
    }
}

/// Says which database does not answer.
fn located(error: StoreError, database: &DatabaseUrl) -> StoreError {
    match error {
        StoreError::Unavailable { place, detail } => StoreError::Unavailable { place, detail: format!("{}: {detail}", database.shown()) },
        other => other,
    }
}

/// The first words with a server. SECURITY: one that acknowledges before its disk has it loses acknowledged documents at a power cut.
async fn greet(pool: &deadpool_postgres::Pool, mode: Mode) -> Result<(), Failure> {
    let session = Session::take(pool).await?;
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
        let row = session.client()?.query_one(&format!("SHOW {setting}"), &[]).await.map_err(failed("open.greet"))?;
        let value: String = row.try_get(0).map_err(failed("open.greet"))?;
        if value == "off" && mode == Mode::Production {
            return Err(
                StoreError::Refused(format!("the server runs with {setting} = off, which loses acknowledged documents at a power cut")).into()
            );
        }
    }
    Ok(())
}

/// Writes who a new store is, or checks that an existing one is the store of this mode, root key and sealing. Gives its id.
async fn recognise(pool: &deadpool_postgres::Pool, derived: &Derived, mode: Mode, sealing: Sealing) -> Result<[u8; 16], Failure> {
    let mut session = Session::take(pool).await?;
    if meta(&session, "store").await?.is_none() {
        issue(&mut session, &Passport::issue(derived, mode, sealing)?).await?;
    }
    let mut lines = Vec::with_capacity(4);
    for name in ["store", "mode", "sealing", "probe"] {
        lines.push(meta(&session, name).await?.ok_or_else(says_nothing)?);
    }
    let [id, written_mode, written_sealing, probe] = <[Vec<u8>; 4]>::try_from(lines).map_err(|_| says_nothing())?;
    let id = id.try_into().map_err(|_| says_nothing())?;
    let id = Passport { id, mode: written_mode, sealing: written_sealing, probe }.check(derived, mode, sealing)?;
    check_keys(&session, &id).await?;
    Ok(id)
}

/// Writes the passport of a new store, unless another process was faster.
async fn issue(session: &mut Session, passport: &Passport) -> Result<(), Failure> {
    let place = "open.issue";
    session.opened();
    let client = session.client()?;
    client.batch_execute("BEGIN").await.map_err(failed(place))?;
    let sql = "INSERT INTO dmp.meta (name, value) VALUES ('store', $1) ON CONFLICT (name) DO NOTHING";
    let first = client.execute(sql, &[&passport.id.as_slice()]).await.map_err(failed(place))?;
    if first == 1 {
        let sql = "INSERT INTO dmp.meta (name, value) VALUES ('mode', $1), ('sealing', $2), ('probe', $3)";
        client.execute(sql, &[&passport.mode, &passport.sealing, &passport.probe]).await.map_err(failed(place))?;
        client.execute("INSERT INTO dmp_keys.meta (name, value) VALUES ('store', $1)", &[&passport.id.as_slice()]).await.map_err(failed(place))?;
    }
    client.batch_execute("COMMIT").await.map_err(failed_at_commit)?;
    session.closed();
    Ok(())
}

/// Keys of another store, or none where there are records: better told at once than found one by one.
async fn check_keys(session: &Session, id: &[u8; 16]) -> Result<(), Failure> {
    let place = "open.keys";
    let client = session.client()?;
    let owner = client.query_opt("SELECT value FROM dmp_keys.meta WHERE name = 'store'", &[]).await.map_err(failed(place))?;
    let owner = owner.as_ref().map(|row| fixed::<16>(row, 0)).transpose()?;
    if owner.is_some_and(|owner| owner != *id) {
        return Err(StoreError::Refused("the tables of keys belong to another store".to_owned()).into());
    }
    let has_epoch = client.query_opt("SELECT 1 FROM dmp_keys.epoch LIMIT 1", &[]).await.map_err(failed(place))?.is_some();
    let has_record = client.query_opt("SELECT 1 FROM dmp.record LIMIT 1", &[]).await.map_err(failed(place))?.is_some();
    if has_record && (owner.is_none() || !has_epoch) {
        return Err(StoreError::Refused("the store holds records and its keys are missing: restore them".to_owned()).into());
    }
    Ok(())
}

async fn meta(session: &Session, name: &str) -> Result<Option<Vec<u8>>, Failure> {
    let row = session.client()?.query_opt("SELECT value FROM dmp.meta WHERE name = $1", &[&name]).await.map_err(failed("open.meta"))?;
    row.as_ref().map(|row| bytes(row, 0)).transpose()
}

/// Counts the starts of programs on this database.
async fn count_start(pool: &deadpool_postgres::Pool) -> Result<i64, Failure> {
    let session = Session::take(pool).await?;
    let sql =
        "INSERT INTO dmp.counter (name, number) VALUES ('starts', 1) ON CONFLICT (name) DO UPDATE SET number = counter.number + 1 RETURNING number";
    let row = session.client()?.query_one(sql, &[]).await.map_err(failed("open.starts"))?;
    row.try_get(0).map_err(failed("open.starts"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://dmp:hush@db.example:5433/record?application_name=x".parse().unwrap();
        assert_eq!(format!("{url:?}"), "postgres://db.example:5433/record");
        for wrong in ["postgres://dmp:hush@db.example:port/record", "mysql://dmp:hush@db/record", "postgres://dmp:hush@db/record?hush=1"] {
            let why = wrong.parse::<DatabaseUrl>().unwrap_err();
            assert!(!why.contains("hush"), "{why}");
        }
    }

    #[test]
    fn a_database_elsewhere_is_asked_in_tls_alone() {
        let mode = |text: &str| {
            let mut config = text.parse::<DatabaseUrl>().unwrap().0;
            demand_tls(&mut config).map(|()| config.get_ssl_mode())
        };
        use tokio_postgres::config::SslMode;
        assert_eq!(mode("postgres://db.example/dmp").unwrap(), SslMode::Require);
        assert!(matches!(mode("postgres://db.example/dmp?sslmode=disable"), Err(StoreError::Refused(_))));
        for local in ["postgres://127.0.0.1/dmp", "postgres://localhost/dmp", "postgres:///dmp?host=/run/postgresql"] {
            assert_eq!(mode(local).unwrap(), SslMode::Disable, "{local}");
        }
        assert_eq!(mode("postgres://localhost/dmp?sslmode=require").unwrap(), SslMode::Require);
    }
}
