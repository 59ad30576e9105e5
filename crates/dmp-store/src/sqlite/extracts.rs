//! What was read in documents, in the embedded store.

use std::sync::Arc;

use async_trait::async_trait;
use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteStore;
use super::connect::fault;
use crate::StoreError;
use crate::extracts::{self, ExtractRow, ExtractStore, Extracts, NewExtract, Saving, SealedExtract, ToRead};

#[async_trait]
impl ExtractStore for SqliteStore {
    async fn extracts(&self, key: RecordKey) -> Result<Arc<Extracts>, StoreError> {
        self.read(move |shared| {
            let generation = shared.pool.run(|connection| generation(connection, key))?;
            if let Some(kept) = shared.extracts.get(&key).filter(|kept| kept.generation == generation) {
                return Ok(kept);
            }
            let (generation, rows) = shared.pool.snapshot(|connection| Ok((self::generation(connection, key)?, rows(connection, FACTS, key)?)))?;
            let keys = shared.keys.find(key)?.filter(|keys| keys.data.is_some());
            let all = keys.map_or_else(|| Ok(Vec::new()), |keys| extracts::open_facts(&keys, key, rows))?;
            let found = Arc::new(Extracts { generation, all });
            shared.extracts.insert(key, Arc::clone(&found));
            Ok(found)
        })
        .await
    }

    async fn extracts_generation(&self, key: RecordKey) -> Result<u64, StoreError> {
        self.read(move |shared| shared.pool.run(|connection| generation(connection, key))).await
    }

    async fn texts(&self, key: RecordKey) -> Result<Vec<(EntryId, Vec<u8>)>, StoreError> {
        self.read(move |shared| {
            let rows = shared.pool.run(|connection| rows(connection, TEXTS, key))?;
            let keys = shared.keys.find(key)?.filter(|keys| keys.data.is_some());
            keys.map_or_else(|| Ok(Vec::new()), |keys| extracts::open_texts(&keys, key, rows))
        })
        .await
    }

    async fn texts_of(&self, key: RecordKey, entries: &[EntryId]) -> Result<Vec<(EntryId, Vec<u8>)>, StoreError> {
        let entries = entries.to_vec();
        self.read(move |shared| {
            let row = |connection: &Connection, entry: &EntryId| {
                let place = "extracts.row";
                let mut statement = connection.prepare_cached(TEXT_OF).map_err(fault(place))?;
                statement.query_row(params![key.0, entry.0], sealed).optional().map_err(fault(place))
            };
            let rows = shared.pool.run(|connection| entries.iter().filter_map(|entry| row(connection, entry).transpose()).collect())?;
            let keys = shared.keys.find(key)?.filter(|keys| keys.data.is_some());
            keys.map_or_else(|| Ok(Vec::new()), |keys| extracts::open_texts(&keys, key, rows))
        })
        .await
    }

    async fn put_extracts(&self, key: RecordKey, new: Vec<NewExtract>) -> Result<(), StoreError> {
        let keys = self.keys(key).await?;
        keys.data()?;
        let (rows, version) =
            self.read(move |_| Ok((new.iter().map(|new| extracts::seal(&keys, key, new)).collect::<Result<Vec<_>, _>>()?, keys.version))).await?;
        self.change("extracts.put", move |connection| put(connection, key, version, &rows)).await
    }

    async fn claim_reading(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<ToRead>, StoreError> {
        self.change("extracts.claim", move |connection| claim(connection, now, until, limit)).await
    }

    async fn reading_done(&self, read: ToRead) -> Result<bool, StoreError> {
        let sql =
            "UPDATE reading SET leased_until = 0, wanted = CASE WHEN wanted > ?2 THEN wanted END WHERE record_key = ?1 RETURNING wanted IS NULL";
        self.change("extracts.done", move |connection| {
            let place = "extracts.done";
            let wanted = number(read.wanted)?;
            let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
            statement.query_row(params![read.key.0, wanted], |row| row.get(0)).optional().map(|done| done.unwrap_or(true)).map_err(fault(place))
        })
        .await
    }

    async fn claim_refresh(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<RecordKey>, StoreError> {
        self.change("extracts.refresh", move |connection| claim_refresh(connection, now, until, limit)).await
    }

    async fn refresh_at(&self, key: RecordKey, due: Moment) -> Result<(), StoreError> {
        let sql = "UPDATE reading SET refresh_due = ?2 WHERE record_key = ?1";
        self.change("extracts.refresh", move |connection| run(connection, sql, params![key.0, due.as_seconds()])).await.map(drop)
    }

    async fn read_all_again(&self) -> Result<u64, StoreError> {
        let sql = "INSERT INTO reading (record_key, generation, wanted, leased_until, refresh_due)
            SELECT record_key, 0, version, 0, 0 FROM record WHERE key_version > 0
            ON CONFLICT (record_key) DO UPDATE SET wanted = excluded.wanted, leased_until = 0";
        let asked = self.change("extracts.again", move |connection| run(connection, sql, params![]));
        asked.await.map(|count| u64::try_from(count).unwrap_or(u64::MAX))
    }

    async fn add_saving(&self, day: i64, saving: Saving) -> Result<(), StoreError> {
        let sql = "INSERT INTO saving (day, exams, low, middle, high) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (day) DO UPDATE SET
            exams = exams + excluded.exams, low = low + excluded.low, middle = middle + excluded.middle, high = high + excluded.high";
        self.change("extracts.saving", move |connection| {
            let row = [saving.exams, saving.low, saving.middle, saving.high].map(|part| i64::try_from(part).unwrap_or(i64::MAX));
            run(connection, sql, params![day, row[0], row[1], row[2], row[3]])
        })
        .await
        .map(drop)
    }

    async fn savings(&self) -> Result<Vec<(i64, Saving)>, StoreError> {
        self.read(|shared| {
            shared.pool.run(|connection| {
                let place = "extracts.savings";
                let mut statement =
                    connection.prepare_cached("SELECT day, exams, low, middle, high FROM saving ORDER BY day").map_err(fault(place))?;
                let saving = |row: &rusqlite::Row<'_>| {
                    Ok((row.get(0)?, Saving { exams: row.get(1)?, low: row.get(2)?, middle: row.get(3)?, high: row.get(4)? }))
                };
                statement.query_map([], saving).map_err(fault(place))?.collect::<Result<_, _>>().map_err(fault(place))
            })
        })
        .await
    }

    async fn reading_waits(&self) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM reading WHERE wanted IS NOT NULL";
        self.read(move |shared| shared.pool.run(|connection| connection.query_row(sql, [], |row| row.get(0)).map_err(fault("extracts.waits")))).await
    }
}

const FACTS: &str = "SELECT entry_id, extractor, sealed FROM extract WHERE record_key = ?1 ORDER BY entry_id";
const TEXTS: &str = "SELECT entry_id, extractor, sealed FROM extract_text WHERE record_key = ?1 ORDER BY entry_id";
const TEXT_OF: &str = "SELECT entry_id, extractor, sealed FROM extract_text WHERE record_key = ?1 AND entry_id = ?2";

fn generation(connection: &Connection, key: RecordKey) -> Result<u64, StoreError> {
    let place = "extracts.generation";
    let mut statement = connection.prepare_cached("SELECT generation FROM reading WHERE record_key = ?1").map_err(fault(place))?;
    statement.query_row([key.0], |row| row.get(0)).optional().map(Option::unwrap_or_default).map_err(fault(place))
}

fn rows(connection: &Connection, sql: &str, key: RecordKey) -> Result<Vec<SealedExtract>, StoreError> {
    let place = "extracts.rows";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map([key.0], sealed).map_err(fault(place))?;
    rows.collect::<Result<_, _>>().map_err(fault(place))
}

fn sealed(row: &Row<'_>) -> rusqlite::Result<SealedExtract> {
    Ok(SealedExtract { entry: EntryId(row.get(0)?), extractor: row.get(1)?, sealed: row.get(2)? })
}

/// Puts what was read, and says that the extracts of the record have changed.
pub(super) fn put(connection: &Connection, key: RecordKey, key_version: u32, rows: &[ExtractRow]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    for row in rows {
        for (sql, sealed) in [(PUT_FACTS, &row.facts), (PUT_TEXT, &row.text)] {
            run(connection, sql, params![key.0, row.entry.0, key_version, row.extractor, sealed])?;
        }
    }
    let sql = "INSERT INTO reading (record_key, generation, wanted, leased_until, refresh_due) VALUES (?1, 1, NULL, 0, 0)
        ON CONFLICT (record_key) DO UPDATE SET generation = generation + 1";
    run(connection, sql, params![key.0]).map(drop)
}

const PUT_FACTS: &str = "INSERT INTO extract (record_key, entry_id, key_version, extractor, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (record_key, entry_id) DO UPDATE SET key_version = excluded.key_version, extractor = excluded.extractor, sealed = excluded.sealed";
const PUT_TEXT: &str = "INSERT INTO extract_text (record_key, entry_id, key_version, extractor, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (record_key, entry_id) DO UPDATE SET key_version = excluded.key_version, extractor = excluded.extractor, sealed = excluded.sealed";

/// Asks that a record be read.
pub(super) fn ask(connection: &Connection, key: RecordKey, version: u64) -> Result<(), StoreError> {
    let sql = "INSERT INTO reading (record_key, generation, wanted, leased_until, refresh_due) VALUES (?1, 0, ?2, 0, 0)
        ON CONFLICT (record_key) DO UPDATE SET wanted = excluded.wanted";
    run(connection, sql, params![key.0, number(version)?]).map(drop)
}

/// Makes the row of a new record: the insurer's lines are due at once.
pub(super) fn begin(connection: &Connection, key: RecordKey) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO reading (record_key, generation, wanted, leased_until, refresh_due) VALUES (?1, 0, NULL, 0, 0)";
    run(connection, sql, params![key.0]).map(drop)
}

fn claim_refresh(connection: &Connection, now: Moment, until: Moment, limit: u32) -> Result<Vec<RecordKey>, StoreError> {
    let place = "extracts.refresh";
    let sql = "UPDATE reading SET refresh_due = ?2 WHERE record_key IN (SELECT record_key FROM reading WHERE refresh_due <= ?1 LIMIT ?3)
        RETURNING record_key";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![now.as_seconds(), until.as_seconds(), limit], |row| row.get(0).map(RecordKey)).map_err(fault(place))?;
    rows.collect::<Result<_, _>>().map_err(fault(place))
}

fn claim(connection: &Connection, now: Moment, until: Moment, limit: u32) -> Result<Vec<ToRead>, StoreError> {
    let place = "extracts.claim";
    let sql = "SELECT record_key, wanted FROM reading WHERE wanted IS NOT NULL AND leased_until <= ?1 LIMIT ?2";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let rows = statement.query_map(params![now.as_micros(), limit], |row| Ok(ToRead { key: RecordKey(row.get(0)?), wanted: row.get(1)? }));
    let found: Vec<ToRead> = rows.map_err(fault(place))?.collect::<Result<_, _>>().map_err(fault(place))?;
    for read in &found {
        run(connection, "UPDATE reading SET leased_until = ?2 WHERE record_key = ?1", params![read.key.0, until.as_micros()])?;
    }
    Ok(found)
}

fn run(connection: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<usize, StoreError> {
    let place = "extracts.change";
    connection.prepare_cached(sql).map_err(fault(place))?.execute(values).map_err(fault(place))
}

fn number(version: u64) -> Result<i64, StoreError> {
    i64::try_from(version).map_err(|error| StoreError::fault("extracts.version", error))
}
