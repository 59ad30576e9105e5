//! The tables: numbered scripts, each in one transaction, which any of several processes may run first.

use deadpool_postgres::Pool;

use super::connect::Session;
use super::failure::{Failure, Tries, failed, failed_at_commit};
use crate::StoreError;
use crate::recognise::unknown_tables;

/// The scripts in their order. A script is never changed once it was released: a new one follows it.
pub(crate) const MIGRATIONS: [&str; 6] = [
    include_str!("../../migrations/001.sql"),
    include_str!("../../migrations/002.sql"),
    include_str!("../../migrations/003.sql"),
    include_str!("../../migrations/004.sql"),
    include_str!("../../migrations/005.sql"),
    include_str!("../../migrations/006.sql"),
];

/// Brings the tables to the version of this program.
///
/// # Errors
/// [`StoreError::Refused`] when they are of a later one.
pub(crate) async fn migrate(pool: &Pool) -> Result<(), StoreError> {
    let mut tries = Tries::default();
    loop {
        match step(pool).await {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            // A script that another process ran at the same time makes ours fail: looking again tells.
            Err(failure) => tries.again(failure).await?,
        }
    }
}

/// Whether there are tables of a store.
pub(crate) async fn exists(pool: &Pool) -> Result<bool, Failure> {
    Ok(version(&Session::take(pool).await?).await? > 0)
}

/// Runs the next script. Gives whether none was due.
async fn step(pool: &Pool) -> Result<bool, Failure> {
    let mut session = Session::take(pool).await?;
    let found = version(&session).await?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(unknown_tables(found, known).into());
    }
    let Some(script) = usize::try_from(found).ok().and_then(|found| MIGRATIONS.get(found)) else { return Ok(true) };
    session.opened();
    let script = format!("BEGIN; {script}");
    session.client()?.batch_execute(&script).await.map_err(|error| match error.code() {
        Some(_) => Failure::Again(StoreError::fault("schema.migrate", error.as_db_error().map_or("", |told| told.message()))),
        None => failed("schema.migrate")(error),
    })?;
    session.client()?.batch_execute("COMMIT").await.map_err(failed_at_commit)?;
    session.closed();
    Ok(false)
}

/// Version of the tables; 0 when there are none.
async fn version(session: &Session) -> Result<i64, Failure> {
    let place = "schema.version";
    let sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = 'dmp' AND table_name = 'migration'";
    if session.client()?.query_opt(sql, &[]).await.map_err(failed(place))?.is_none() {
        return Ok(0);
    }
    let row = session.client()?.query_one("SELECT COALESCE(MAX(version), 0) FROM dmp.migration", &[]).await.map_err(failed(place))?;
    row.try_get(0).map_err(failed(place))
}
