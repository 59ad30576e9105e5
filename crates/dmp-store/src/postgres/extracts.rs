//! What was read in documents, on PostgreSQL.

use std::sync::Arc;

use async_trait::async_trait;
use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use tokio_postgres::Row;

use super::batch::{Batch, begin, values};
use super::connect::in_order;
use super::failure::{Failure, failed, failed_at_commit};
use super::rows::{bytes, fixed, kept, number, record_key};
use super::{PostgresStore, aside, retried};
use crate::StoreError;
use crate::extracts::{self, ExtractRow, ExtractStore, Extracts, NewExtract, Saving, SealedExtract, ToRead};

const FACTS: &str = "SELECT entry_id, extractor, sealed FROM dmp.extract WHERE record_key = $1 ORDER BY entry_id";
const TEXTS: &str = "SELECT entry_id, extractor, sealed FROM dmp.extract_text WHERE record_key = $1 ORDER BY entry_id";
const TEXTS_OF: &str = "SELECT entry_id, extractor, sealed FROM dmp.extract_text WHERE record_key = $1 AND entry_id = ANY($2)";
const GENERATION: &str = "SELECT generation FROM dmp.reading WHERE record_key = $1";
const PUT_FACTS: &str = "INSERT INTO dmp.extract (record_key, entry_id, key_version, extractor, sealed) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (record_key, entry_id) DO UPDATE SET key_version = excluded.key_version, extractor = excluded.extractor, sealed = excluded.sealed";
const PUT_TEXT: &str = "INSERT INTO dmp.extract_text (record_key, entry_id, key_version, extractor, sealed) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (record_key, entry_id) DO UPDATE SET key_version = excluded.key_version, extractor = excluded.extractor, sealed = excluded.sealed";
const CHANGED: &str = "INSERT INTO dmp.reading (record_key, generation, wanted, leased_until, refresh_due) VALUES ($1, 1, NULL, 0, 0)
    ON CONFLICT (record_key) DO UPDATE SET generation = reading.generation + 1";
const ASK: &str = "INSERT INTO dmp.reading (record_key, generation, wanted, leased_until, refresh_due) VALUES ($1, 0, $2, 0, 0)
    ON CONFLICT (record_key) DO UPDATE SET wanted = excluded.wanted";
const WAITING: &str = "SELECT record_key, wanted, leased_until FROM dmp.reading WHERE wanted IS NOT NULL AND leased_until <= $1 LIMIT $2";
const LEASE: &str = "UPDATE dmp.reading SET leased_until = $3 WHERE record_key = $1 AND leased_until = $2 AND wanted IS NOT NULL";
const DONE: &str = "UPDATE dmp.reading SET leased_until = 0, wanted = CASE WHEN wanted > $2 THEN wanted END WHERE record_key = $1
    RETURNING wanted IS NULL";
const AGAIN: &str =
    "INSERT INTO dmp.reading (record_key, generation, wanted, leased_until, refresh_due) SELECT record_key, 0, version, 0, 0 FROM dmp.record
    WHERE key_version > 0 ON CONFLICT (record_key) DO UPDATE SET wanted = excluded.wanted, leased_until = 0";
const BEGIN: &str = "INSERT INTO dmp.reading (record_key, generation, wanted, leased_until, refresh_due) VALUES ($1, 0, NULL, 0, 0)
    ON CONFLICT (record_key) DO NOTHING";
const REFRESH_DUE: &str = "SELECT record_key, refresh_due FROM dmp.reading WHERE refresh_due <= $1 LIMIT $2";
const REFRESH_LEASE: &str = "UPDATE dmp.reading SET refresh_due = $3 WHERE record_key = $1 AND refresh_due = $2";
const REFRESH_AT: &str = "UPDATE dmp.reading SET refresh_due = $2 WHERE record_key = $1";
const SAVE: &str = "INSERT INTO dmp.saving (day, exams, low, middle, high) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (day) DO UPDATE SET
    exams = saving.exams + excluded.exams, low = saving.low + excluded.low, middle = saving.middle + excluded.middle, high = saving.high + excluded.high";
const SAVINGS: &str = "SELECT day, exams, low, middle, high FROM dmp.saving ORDER BY day";
const WAITS: &str = "SELECT COUNT(*) FROM dmp.reading WHERE wanted IS NOT NULL";
/// Rows that are opened on the thread that serves the request.
const OPENED_HERE_MAX: usize = 32;

#[async_trait]
impl ExtractStore for PostgresStore {
    async fn extracts(&self, key: RecordKey) -> Result<Arc<Extracts>, StoreError> {
        let generation = self.extracts_generation(key).await?;
        if let Some(kept) = self.extracts.get(&key).filter(|kept| kept.generation == generation) {
            return Ok(kept);
        }
        // The generation was read before the rows: rows of a later one are read again at the next question.
        let rows = retried!(self.extract_rows_once(FACTS, key))?;
        let keys = self.find_keys(key).await?.filter(|keys| keys.data.is_some());
        let all = match keys {
            Some(keys) => aside(rows.len() > OPENED_HERE_MAX, move || extracts::open_facts(&keys, key, rows)).await?,
            None => Vec::new(),
        };
        let found = Arc::new(Extracts { generation, all });
        self.extracts.insert(key, Arc::clone(&found));
        Ok(found)
    }

    async fn extracts_generation(&self, key: RecordKey) -> Result<u64, StoreError> {
        retried!(self.generation_once(key))
    }

    async fn texts(&self, key: RecordKey) -> Result<Vec<(EntryId, Vec<u8>)>, StoreError> {
        let rows = retried!(self.extract_rows_once(TEXTS, key))?;
        match self.find_keys(key).await?.filter(|keys| keys.data.is_some()) {
            Some(keys) => aside(rows.len() > OPENED_HERE_MAX, move || extracts::open_texts(&keys, key, rows)).await,
            None => Ok(Vec::new()),
        }
    }

    async fn texts_of(&self, key: RecordKey, entries: &[EntryId]) -> Result<Vec<(EntryId, Vec<u8>)>, StoreError> {
        let rows = retried!(self.texts_of_once(key, entries))?;
        match self.find_keys(key).await?.filter(|keys| keys.data.is_some()) {
            Some(keys) => aside(rows.len() > OPENED_HERE_MAX, move || extracts::open_texts(&keys, key, rows)).await,
            None => Ok(Vec::new()),
        }
    }

    async fn put_extracts(&self, key: RecordKey, new: Vec<NewExtract>) -> Result<(), StoreError> {
        let keys = self.keys_of(key).await?;
        let version = keys.version;
        let rows = aside(true, move || new.iter().map(|new| extracts::seal(&keys, key, new)).collect::<Result<Vec<_>, _>>()).await?;
        // Putting twice is putting once: a try whose end is not known may be repeated.
        retried!(self.put_extracts_once(key, version, &rows))
    }

    async fn claim_reading(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<ToRead>, StoreError> {
        retried!(self.claim_reading_once(now, until, limit))
    }

    async fn reading_done(&self, read: ToRead) -> Result<bool, StoreError> {
        retried!(self.reading_done_once(read))
    }

    async fn claim_refresh(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<RecordKey>, StoreError> {
        retried!(self.claim_refresh_once(now, until, limit))
    }

    async fn refresh_at(&self, key: RecordKey, due: Moment) -> Result<(), StoreError> {
        retried!(self.refresh_at_once(key, due))
    }

    async fn read_all_again(&self) -> Result<u64, StoreError> {
        retried!(self.read_all_again_once())
    }

    async fn add_saving(&self, day: i64, saving: Saving) -> Result<(), StoreError> {
        // Not tried again: a day that counts an exam less is better than one that counts it twice.
        self.add_saving_once(day, saving).await.map_err(|failure| match failure {
            Failure::Final(error) | Failure::Again(error) | Failure::Unknown(error) => error,
        })
    }

    async fn savings(&self) -> Result<Vec<(i64, Saving)>, StoreError> {
        retried!(self.savings_once())
    }

    async fn reading_waits(&self) -> Result<u64, StoreError> {
        retried!(self.reading_waits_once())
    }
}

impl PostgresStore {
    async fn generation_once(&self, key: RecordKey) -> Result<u64, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(GENERATION).await?;
        let found = session.client()?.query_opt(&statement, &[&key.0.as_slice()]).await.map_err(failed("extracts.generation"))?;
        found.as_ref().map_or(Ok(0), |row| number(row, 0))
    }

    async fn extract_rows_once(&self, sql: &'static str, key: RecordKey) -> Result<Vec<SealedExtract>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(sql).await?;
        let rows = session.client()?.query(&statement, &[&key.0.as_slice()]).await.map_err(failed("extracts.rows"))?;
        rows.iter().map(sealed).collect()
    }

    async fn texts_of_once(&self, key: RecordKey, entries: &[EntryId]) -> Result<Vec<SealedExtract>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(TEXTS_OF).await?;
        let ids: Vec<&[u8]> = entries.iter().map(|entry| entry.0.as_slice()).collect();
        let rows = session.client()?.query(&statement, &[&key.0.as_slice(), &ids]).await.map_err(failed("extracts.some"))?;
        rows.iter().map(sealed).collect()
    }

    async fn put_extracts_once(&self, key: RecordKey, key_version: u32, rows: &[ExtractRow]) -> Result<(), Failure> {
        let mut session = self.session().await?;
        session.opened();
        in_order(vec![begin(&session)?]).await.map_err(failed("extracts.put"))?;
        let mut batch = Batch::default();
        put(&mut batch, &key, key_version, rows);
        batch.send(&session).await?.map_err(failed("extracts.put"))?;
        session.client()?.batch_execute("COMMIT").await.map_err(failed_at_commit)?;
        session.closed();
        Ok(())
    }

    async fn claim_reading_once(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<ToRead>, Failure> {
        let place = "extracts.claim";
        let session = self.session().await?;
        let statement = session.prepare(WAITING).await?;
        let rows = session.client()?.query(&statement, &[&now.as_micros(), &i64::from(limit)]).await.map_err(failed(place))?;
        let (mut found, mut batch) = (Vec::with_capacity(rows.len()), Batch::default());
        for row in &rows {
            let key = record_key(row, 0)?;
            let before: i64 = row.try_get(2).map_err(failed(place))?;
            batch.add(LEASE, values![key.0.to_vec(), before, until.as_micros()]);
            found.push(ToRead { key, wanted: number(row, 1)? });
        }
        let counts = batch.send(&session).await?.map_err(failed(place))?;
        Ok(found.into_iter().zip(counts).filter(|(_, leased)| *leased == 1).map(|(read, _)| read).collect())
    }

    async fn reading_done_once(&self, read: ToRead) -> Result<bool, Failure> {
        let place = "extracts.done";
        let session = self.session().await?;
        let statement = session.prepare(DONE).await?;
        let found = session.client()?.query_opt(&statement, &[&read.key.0.as_slice(), &kept(read.wanted)?]).await.map_err(failed(place))?;
        found.map_or(Ok(true), |row| row.try_get(0).map_err(failed(place)))
    }

    async fn claim_refresh_once(&self, now: Moment, until: Moment, limit: u32) -> Result<Vec<RecordKey>, Failure> {
        let place = "extracts.refresh";
        let session = self.session().await?;
        let statement = session.prepare(REFRESH_DUE).await?;
        let rows = session.client()?.query(&statement, &[&now.as_seconds(), &i64::from(limit)]).await.map_err(failed(place))?;
        let (mut found, mut batch) = (Vec::with_capacity(rows.len()), Batch::default());
        for row in &rows {
            let key = record_key(row, 0)?;
            let before: i64 = row.try_get(1).map_err(failed(place))?;
            batch.add(REFRESH_LEASE, values![key.0.to_vec(), before, until.as_seconds()]);
            found.push(key);
        }
        let counts = batch.send(&session).await?.map_err(failed(place))?;
        Ok(found.into_iter().zip(counts).filter(|(_, leased)| *leased == 1).map(|(key, _)| key).collect())
    }

    async fn refresh_at_once(&self, key: RecordKey, due: Moment) -> Result<(), Failure> {
        let session = self.session().await?;
        let statement = session.prepare(REFRESH_AT).await?;
        let done = session.client()?.execute(&statement, &[&key.0.as_slice(), &due.as_seconds()]).await;
        done.map(drop).map_err(failed("extracts.refresh"))
    }

    async fn read_all_again_once(&self) -> Result<u64, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(AGAIN).await?;
        session.client()?.execute(&statement, &[]).await.map_err(failed("extracts.again"))
    }

    async fn add_saving_once(&self, day: i64, saving: Saving) -> Result<(), Failure> {
        let session = self.session().await?;
        let statement = session.prepare(SAVE).await?;
        let (exams, low, middle, high) = (kept(saving.exams)?, kept(saving.low)?, kept(saving.middle)?, kept(saving.high)?);
        let done = session.client()?.execute(&statement, &[&day, &exams, &low, &middle, &high]).await;
        done.map(drop).map_err(failed("extracts.saving"))
    }

    async fn savings_once(&self) -> Result<Vec<(i64, Saving)>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(SAVINGS).await?;
        let rows = session.client()?.query(&statement, &[]).await.map_err(failed("extracts.savings"))?;
        let saving = |row: &Row| {
            let day: i64 = row.try_get(0).map_err(failed("extracts.savings"))?;
            Ok((day, Saving { exams: number(row, 1)?, low: number(row, 2)?, middle: number(row, 3)?, high: number(row, 4)? }))
        };
        rows.iter().map(saving).collect()
    }

    async fn reading_waits_once(&self) -> Result<u64, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(WAITS).await?;
        let row = session.client()?.query_one(&statement, &[]).await.map_err(failed("extracts.waits"))?;
        number(&row, 0)
    }
}

/// Adds what was read, and that the extracts of the record have changed.
pub(super) fn put<'a>(batch: &mut Batch<'a>, key: &'a RecordKey, key_version: u32, rows: &'a [ExtractRow]) {
    for row in rows {
        for (sql, sealed) in [(PUT_FACTS, &row.facts), (PUT_TEXT, &row.text)] {
            batch.add(sql, values![key.0.as_slice(), row.entry.0.as_slice(), i64::from(key_version), i64::from(row.extractor), sealed.as_slice()]);
        }
    }
    if !rows.is_empty() {
        batch.add(CHANGED, values![key.0.as_slice()]);
    }
}

/// Adds the row of a new record: the insurer's lines are due at once.
pub(super) fn start<'a>(batch: &mut Batch<'a>, key: &'a RecordKey) {
    batch.add(BEGIN, values![key.0.as_slice()]);
}

/// Adds the question that a record be read.
pub(super) fn ask<'a>(batch: &mut Batch<'a>, key: &'a RecordKey, version: i64) {
    batch.add(ASK, values![key.0.as_slice(), version]);
}

fn sealed(row: &Row) -> Result<SealedExtract, Failure> {
    let extractor = u32::try_from(number(row, 1)?).map_err(|error| StoreError::fault("extracts.rows", error))?;
    Ok(SealedExtract { entry: EntryId(fixed(row, 0)?), extractor, sealed: bytes(row, 2)? })
}
