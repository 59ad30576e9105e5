//! The queue of notices on PostgreSQL. No row is held while mail is sent: a lease is a number in the row, taken by whoever changes it first.

use async_trait::async_trait;
use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::record::Delivery;
use tokio_postgres::Row;

use super::batch::{Batch, begin, values};
use super::connect::{Session, in_order};
use super::failure::{Failure, failed, failed_at_commit};
use super::rows::{bytes, fixed, kept, number, record_key};
use super::{PostgresStore, retried};
use crate::StoreError;
use crate::queue::{self, ClaimedDelivery, NoticeQueue, NoticeRow, OutboxRow, QueueCounts, RecordClock, Slot, due_hour};

const OUTBOX: &str = "SELECT record_key, version, sealed FROM dmp.outbox ORDER BY record_key, version LIMIT $1";
const RELAYED: &str = "DELETE FROM dmp.outbox WHERE record_key = $1 AND version = $2";
const PUT: &str =
    "INSERT INTO dmp.notice (record_key, id, slot, due, tries, leased_until, key_version, sealed) VALUES ($1, $2, $3, $4, 0, 0, $5, $6)";
const PUT_CLOCK: &str = "INSERT INTO dmp.clock (record_key, version, due, told) VALUES ($1, $2, $3, $4) ON CONFLICT (record_key)
    DO UPDATE SET version = excluded.version, due = excluded.due WHERE clock.version <= excluded.version";
const CLOCK: &str = "SELECT due, told, version FROM dmp.clock WHERE record_key = $1";
const DUE_CLOCKS: &str = "SELECT due, told, version, record_key FROM dmp.clock WHERE due <= $1 ORDER BY due LIMIT $2";
const TELL: &str = "UPDATE dmp.clock SET told = $3, due = CASE WHEN version <= $5 THEN $4 ELSE due END, version = GREATEST(version, $5)
    WHERE record_key = $1 AND told = $2";
const DUE: &str = "SELECT record_key, id, tries, sealed, leased_until FROM dmp.notice WHERE slot = $1 AND due <= $2 AND leased_until <= $3
    ORDER BY due, record_key, id LIMIT $4";
const LEASE: &str = "UPDATE dmp.notice SET leased_until = $4 WHERE record_key = $1 AND id = $2 AND leased_until = $3";
const REMOVE: &str = "DELETE FROM dmp.notice WHERE record_key = $1 AND id = $2";
const BACK: &str = "UPDATE dmp.notice SET slot = $4, due = COALESCE($5, due), tries = tries + 1, leased_until = 0
    WHERE record_key = $1 AND id = $2 AND leased_until = $3";
const REVIVE: &str = "UPDATE dmp.notice SET slot = $1, due = $2, tries = 0, leased_until = 0 WHERE slot = $3";
const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM dmp.outbox), (SELECT COUNT(*) FROM dmp.notice WHERE slot = 1),
    (SELECT COUNT(*) FROM dmp.notice WHERE slot = 2), (SELECT COUNT(*) FROM dmp.notice WHERE slot = 3)";

/// A row that was leased: record, id, tries, sealed.
type Leased = (RecordKey, [u8; 16], u32, Vec<u8>);

#[async_trait]
impl NoticeQueue for PostgresStore {
    async fn outbox(&self, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let mut rows = Vec::new();
        for (key, version, sealed) in retried!(self.outbox_once(limit))? {
            let keys = self.find_keys(key).await?;
            rows.push(queue::open_outbox(keys.as_deref(), key, version, &sealed)?);
        }
        Ok(rows)
    }

    async fn relay(&self, row: &OutboxRow, deliveries: &[Delivery], clock: Option<RecordClock>) -> Result<bool, StoreError> {
        let rows = self.seal(row.key, deliveries).await?;
        retried!(self.relay_once(row, &rows, clock))
    }

    async fn record_clock(&self, key: RecordKey) -> Result<Option<RecordClock>, StoreError> {
        retried!(self.clock_once(key))
    }

    async fn due_clocks(&self, now: Moment, limit: u32) -> Result<Vec<(RecordKey, RecordClock)>, StoreError> {
        retried!(self.due_clocks_once(now, limit))
    }

    async fn tell_clock(&self, key: RecordKey, before: RecordClock, after: RecordClock, deliveries: &[Delivery]) -> Result<bool, StoreError> {
        let rows = self.seal(key, deliveries).await?;
        retried!(self.tell_once(key, before, after, &rows))
    }

    async fn claim_deliveries(&self, slot: Slot, now: Moment, until: Moment, limit: u32) -> Result<Vec<ClaimedDelivery>, StoreError> {
        let mut deliveries = Vec::new();
        for (key, id, tries, sealed) in retried!(self.claim_due_once(slot, now, until, limit))? {
            let keys = self.find_keys(key).await?;
            match queue::open(keys.as_deref(), key, &id, &sealed)? {
                Some(delivery) => deliveries.push(ClaimedDelivery { key, id: EntryId(id), tries, lease: until.as_micros(), delivery }),
                // Nobody can read it any more: the person's key is gone.
                None => retried!(self.remove_once(key, id))?,
            }
        }
        Ok(deliveries)
    }

    async fn delivered(&self, claimed: &ClaimedDelivery) -> Result<(), StoreError> {
        retried!(self.remove_once(claimed.key, claimed.id.0))
    }

    async fn not_delivered(&self, claimed: &ClaimedDelivery, again: Option<Moment>) -> Result<(), StoreError> {
        retried!(self.back_once(claimed, again))
    }

    async fn revive_dead(&self, now: Moment) -> Result<u64, StoreError> {
        retried!(self.revive_once(now))
    }

    async fn queue_counts(&self) -> Result<QueueCounts, StoreError> {
        retried!(self.queue_counts_once())
    }
}

impl PostgresStore {
    async fn seal(&self, key: RecordKey, deliveries: &[Delivery]) -> Result<Vec<NoticeRow>, StoreError> {
        if deliveries.is_empty() {
            return Ok(Vec::new());
        }
        let keys = self.find_keys(key).await?;
        queue::seal(keys.as_deref(), key, deliveries)
    }

    async fn outbox_once(&self, limit: u32) -> Result<Vec<(RecordKey, u64, Vec<u8>)>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(OUTBOX).await?;
        let rows = session.client()?.query(&statement, &[&i64::from(limit)]).await.map_err(failed("queue.outbox"))?;
        rows.iter().map(|row| Ok((record_key(row, 0)?, number(row, 1)?, bytes(row, 2)?))).collect()
    }

    /// A second try after a COMMIT without an answer finds the outbox row gone and does nothing: either way it was relayed once.
    async fn relay_once(&self, row: &OutboxRow, rows: &[NoticeRow], clock: Option<RecordClock>) -> Result<bool, Failure> {
        let mut session = self.session().await?;
        session.opened();
        in_order(vec![begin(&session)?]).await.map_err(failed("queue.relay"))?;
        let statement = session.prepare(RELAYED).await?;
        let gone = session.client()?.execute(&statement, &[&row.key.0.as_slice(), &kept(row.version)?]).await.map_err(failed("queue.relay"))?;
        if gone == 0 {
            session.roll_back().await;
            return Ok(false);
        }
        let mut batch = Batch::default();
        add(&mut batch, &row.key, rows);
        if let Some(clock) = clock {
            let due = due_hour(clock.due);
            batch.add(PUT_CLOCK, values![row.key.0.as_slice(), kept(clock.version)?, due, clock.told.as_micros()]);
        }
        batch.send(&session).await?.map_err(failed("queue.relay"))?;
        commit(session).await?;
        Ok(true)
    }

    async fn clock_once(&self, key: RecordKey) -> Result<Option<RecordClock>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(CLOCK).await?;
        let found = session.client()?.query_opt(&statement, &[&key.0.as_slice()]).await.map_err(failed("queue.clock"))?;
        found.as_ref().map(clock).transpose()
    }

    async fn due_clocks_once(&self, now: Moment, limit: u32) -> Result<Vec<(RecordKey, RecordClock)>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(DUE_CLOCKS).await?;
        let rows = session.client()?.query(&statement, &[&now.as_seconds(), &i64::from(limit)]).await.map_err(failed("queue.clocks"))?;
        rows.iter().map(|row| Ok((record_key(row, 3)?, clock(row)?))).collect()
    }

    async fn tell_once(&self, key: RecordKey, before: RecordClock, after: RecordClock, rows: &[NoticeRow]) -> Result<bool, Failure> {
        let mut session = self.session().await?;
        session.opened();
        in_order(vec![begin(&session)?]).await.map_err(failed("queue.tell"))?;
        let statement = session.prepare(TELL).await?;
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
            [&key.0.as_slice(), &before.told.as_micros(), &after.told.as_micros(), &due_hour(after.due), &kept(after.version)?];
        if session.client()?.execute(&statement, &values).await.map_err(failed("queue.tell"))? == 0 {
            session.roll_back().await;
            return Ok(false);
        }
        let mut batch = Batch::default();
        add(&mut batch, &key, rows);
        batch.send(&session).await?.map_err(failed("queue.tell"))?;
        commit(session).await?;
        Ok(true)
    }

    /// Leases what it changes first. Each lease is a statement of its own: one whose answer is lost stays leased until it ends.
    async fn claim_due_once(&self, slot: Slot, now: Moment, until: Moment, limit: u32) -> Result<Vec<Leased>, Failure> {
        let place = "queue.claim";
        let session = self.session().await?;
        let statement = session.prepare(DUE).await?;
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] = [&slot.number(), &now.as_seconds(), &now.as_micros(), &i64::from(limit)];
        let rows = session.client()?.query(&statement, &values).await.map_err(failed(place))?;
        let mut found: Vec<Leased> = Vec::with_capacity(rows.len());
        let mut batch = Batch::default();
        for row in &rows {
            let (key, id): (RecordKey, [u8; 16]) = (record_key(row, 0)?, fixed(row, 1)?);
            let before: i64 = row.try_get(4).map_err(failed(place))?;
            batch.add(LEASE, values![key.0.to_vec(), id.to_vec(), before, until.as_micros()]);
            found.push((key, id, u32::try_from(number(row, 2)?).unwrap_or(u32::MAX), bytes(row, 3)?));
        }
        let counts = batch.send(&session).await?.map_err(failed(place))?;
        Ok(found.into_iter().zip(counts).filter(|(_, leased)| *leased == 1).map(|(row, _)| row).collect())
    }

    async fn remove_once(&self, key: RecordKey, id: [u8; 16]) -> Result<(), Failure> {
        let session = self.session().await?;
        let statement = session.prepare(REMOVE).await?;
        session.client()?.execute(&statement, &[&key.0.as_slice(), &id.as_slice()]).await.map(drop).map_err(failed("queue.remove"))
    }

    async fn back_once(&self, claimed: &ClaimedDelivery, again: Option<Moment>) -> Result<(), Failure> {
        let slot = if again.is_some() { Slot::of(&claimed.delivery) } else { Slot::Dead };
        let session = self.session().await?;
        let statement = session.prepare(BACK).await?;
        let again = again.map(Moment::as_seconds);
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
            [&claimed.key.0.as_slice(), &claimed.id.0.as_slice(), &claimed.lease, &slot.number(), &again];
        session.client()?.execute(&statement, &values).await.map(drop).map_err(failed("queue.back"))
    }

    async fn revive_once(&self, now: Moment) -> Result<u64, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(REVIVE).await?;
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&Slot::Mail.number(), &now.as_seconds(), &Slot::Dead.number()];
        session.client()?.execute(&statement, &values).await.map_err(failed("queue.revive"))
    }

    async fn queue_counts_once(&self) -> Result<QueueCounts, Failure> {
        let session = self.session().await?;
        let row = session.client()?.query_one(COUNTS, &[]).await.map_err(failed("queue.counts"))?;
        Ok(QueueCounts { outbox: number(&row, 0)?, mails: number(&row, 1)?, letters: number(&row, 2)?, dead: number(&row, 3)? })
    }
}

fn add<'a>(batch: &mut Batch<'a>, key: &'a RecordKey, rows: &'a [NoticeRow]) {
    for row in rows {
        batch.add(PUT, values![key.0.as_slice(), row.id.as_slice(), row.slot, row.due, i64::from(row.key_version), row.sealed.as_slice()]);
    }
}

async fn commit(mut session: Session) -> Result<(), Failure> {
    session.client()?.batch_execute("COMMIT").await.map_err(failed_at_commit)?;
    session.closed();
    Ok(())
}

/// From `due, told, version`.
fn clock(row: &Row) -> Result<RecordClock, Failure> {
    let place = "queue.clock";
    let due: Option<i64> = row.try_get(0).map_err(failed(place))?;
    let told: i64 = row.try_get(1).map_err(failed(place))?;
    Ok(RecordClock { due: due.map(Moment::from_seconds), told: Moment::from_micros(told), version: number(row, 2)? })
}
