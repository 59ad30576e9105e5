//! The queue of notices in the embedded store: each step is one request to the writer.

use std::sync::Arc;

use async_trait::async_trait;
use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::record::Delivery;
use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::oneshot;

use super::connect::fault;
use super::writer::{Batch, Job, answer};
use super::{Shared, SqliteStore};
use crate::StoreError;
use crate::keys::PersonKeys;
use crate::queue::{self, ClaimedDelivery, NoticeQueue, NoticeRow, OutboxRow, QueueCounts, RecordClock, Slot, due_hour};

#[async_trait]
impl NoticeQueue for SqliteStore {
    async fn outbox(&self, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        self.read(move |shared| {
            let rows = shared.pool.run(|connection| outbox(connection, limit))?;
            rows.into_iter().map(|(key, version, sealed)| queue::open_outbox(shared.keys.find(key)?.as_deref(), key, version, &sealed)).collect()
        })
        .await
    }

    async fn relay(&self, row: &OutboxRow, deliveries: &[Delivery], clock: Option<RecordClock>) -> Result<bool, StoreError> {
        let (key, version) = (row.key, row.version);
        let rows = self.seal(key, deliveries).await?;
        self.change("queue.relay", move |connection| {
            let gone = run(connection, "DELETE FROM outbox WHERE record_key = ?1 AND version = ?2", params![key.0, number(version)?])?;
            if gone == 0 {
                return Ok(false);
            }
            put(connection, key, &rows)?;
            if let Some(clock) = clock {
                put_clock(connection, key, clock)?;
            }
            Ok(true)
        })
        .await
    }

    async fn record_clock(&self, key: RecordKey) -> Result<Option<RecordClock>, StoreError> {
        self.read(move |shared| {
            let place = "queue.clock";
            shared.pool.run(|connection| {
                let mut statement = connection.prepare_cached("SELECT due, told, version FROM clock WHERE record_key = ?1").map_err(fault(place))?;
                statement.query_row([key.0], |row| clock(row, 0)).optional().map_err(fault(place))
            })
        })
        .await
    }

    async fn due_clocks(&self, now: Moment, limit: u32) -> Result<Vec<(RecordKey, RecordClock)>, StoreError> {
        self.read(move |shared| {
            let place = "queue.clocks";
            shared.pool.run(|connection| {
                let sql = "SELECT record_key, due, told, version FROM clock WHERE due <= ?1 ORDER BY due LIMIT ?2";
                let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
                let rows = statement.query_map(params![now.as_seconds(), limit], |row| Ok((RecordKey(row.get(0)?), clock(row, 1)?)));
                rows.map_err(fault(place))?.collect::<Result<_, _>>().map_err(fault(place))
            })
        })
        .await
    }

    async fn tell_clock(&self, key: RecordKey, before: RecordClock, after: RecordClock, deliveries: &[Delivery]) -> Result<bool, StoreError> {
        let rows = self.seal(key, deliveries).await?;
        self.change("queue.tell", move |connection| {
            let sql = "UPDATE clock SET told = ?3, due = CASE WHEN version <= ?5 THEN ?4 ELSE due END, version = MAX(version, ?5)
                WHERE record_key = ?1 AND told = ?2";
            let values = params![key.0, before.told.as_micros(), after.told.as_micros(), due_hour(after.due), number(after.version)?];
            if run(connection, sql, values)? == 0 {
                return Ok(false);
            }
            put(connection, key, &rows)?;
            Ok(true)
        })
        .await
    }

    async fn claim_deliveries(&self, slot: Slot, now: Moment, until: Moment, limit: u32) -> Result<Vec<ClaimedDelivery>, StoreError> {
        let claimed = self.change("queue.claim", move |connection| claim(connection, slot, now, until, limit)).await?;
        let (deliveries, lost) = self.read(move |shared| open(shared, claimed, until)).await?;
        for (key, id) in lost {
            self.remove(key, id).await?;
        }
        Ok(deliveries)
    }

    async fn delivered(&self, claimed: &ClaimedDelivery) -> Result<(), StoreError> {
        self.remove(claimed.key, claimed.id).await
    }

    async fn not_delivered(&self, claimed: &ClaimedDelivery, again: Option<Moment>) -> Result<(), StoreError> {
        let (key, id, lease) = (claimed.key, claimed.id, claimed.lease);
        let slot = Slot::of(&claimed.delivery);
        self.change("queue.back", move |connection| {
            let slot = if again.is_some() { slot } else { Slot::Dead };
            let sql = "UPDATE notice SET slot = ?4, due = COALESCE(?5, due), tries = tries + 1, leased_until = 0
                WHERE record_key = ?1 AND id = ?2 AND leased_until = ?3";
            run(connection, sql, params![key.0, id.0, lease, slot.number(), again.map(Moment::as_seconds)])
        })
        .await
        .map(drop)
    }

    async fn revive_dead(&self, now: Moment) -> Result<u64, StoreError> {
        // Letters are never given up: a dead delivery is a mail.
        let sql = "UPDATE notice SET slot = ?1, due = ?2, tries = 0, leased_until = 0 WHERE slot = ?3";
        let revived =
            self.change("queue.revive", move |connection| run(connection, sql, params![Slot::Mail.number(), now.as_seconds(), Slot::Dead.number()]));
        revived.await.map(|count| u64::try_from(count).unwrap_or(u64::MAX))
    }

    async fn queue_counts(&self) -> Result<QueueCounts, StoreError> {
        self.read(|shared| {
            shared.pool.run(|connection| {
                let sql = "SELECT (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM notice WHERE slot = 1),
                    (SELECT COUNT(*) FROM notice WHERE slot = 2), (SELECT COUNT(*) FROM notice WHERE slot = 3)";
                let counts =
                    |row: &rusqlite::Row<'_>| Ok(QueueCounts { outbox: row.get(0)?, mails: row.get(1)?, letters: row.get(2)?, dead: row.get(3)? });
                connection.query_row(sql, [], counts).map_err(fault("queue.counts"))
            })
        })
        .await
    }
}

impl SqliteStore {
    async fn seal(&self, key: RecordKey, deliveries: &[Delivery]) -> Result<Vec<NoticeRow>, StoreError> {
        if deliveries.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Option<Arc<PersonKeys>> = self.read(move |shared| shared.keys.find(key)).await?;
        queue::seal(keys.as_deref(), key, deliveries)
    }

    async fn remove(&self, key: RecordKey, id: EntryId) -> Result<(), StoreError> {
        let sql = "DELETE FROM notice WHERE record_key = ?1 AND id = ?2";
        self.change("queue.remove", move |connection| run(connection, sql, params![key.0, id.0])).await.map(drop)
    }

    /// Hands a change of the queue to the writer and gives its answer.
    pub(super) async fn change<T, F>(&self, place: &'static str, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.shared.poison.check()?;
        let (reply, receiver) = oneshot::channel();
        self.writer.send(Box::new(QueueJob { place, change: Some(change), given: None, reply }))?;
        answer(receiver).await
    }
}

/// A change of the queue on its way through the writer.
struct QueueJob<T, F> {
    place: &'static str,
    change: Option<F>,
    given: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, F: FnOnce(&Connection) -> Result<T, StoreError> + Send> Job for QueueJob<T, F> {
    fn apply(&mut self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let change = self.change.take().ok_or_else(|| StoreError::fault(self.place, "applied twice"))?;
        self.given = Some(change(batch.connection)?);
        Ok(())
    }

    fn settle(self: Box<Self>, outcome: Result<(), StoreError>) {
        let Self { place, given, reply, .. } = *self;
        let _ = reply.send(outcome.and_then(|()| given.ok_or_else(|| StoreError::fault(place, "not applied"))));
    }
}

type Outboxed = (RecordKey, u64, Vec<u8>);
type Leased = (RecordKey, EntryId, u32, Vec<u8>);
type Opened = (Vec<ClaimedDelivery>, Vec<(RecordKey, EntryId)>);

fn outbox(connection: &Connection, limit: u32) -> Result<Vec<Outboxed>, StoreError> {
    let place = "queue.outbox";
    let mut statement = connection.prepare_cached("SELECT record_key, version, sealed FROM outbox ORDER BY id LIMIT ?1").map_err(fault(place))?;
    let rows = statement.query_map([limit], |row| Ok((RecordKey(row.get(0)?), row.get(1)?, row.get(2)?))).map_err(fault(place))?;
    rows.collect::<Result<_, _>>().map_err(fault(place))
}

fn claim(connection: &Connection, slot: Slot, now: Moment, until: Moment, limit: u32) -> Result<Vec<Leased>, StoreError> {
    let place = "queue.claim";
    let sql =
        "SELECT record_key, id, tries, sealed FROM notice WHERE slot = ?1 AND due <= ?2 AND leased_until <= ?3 ORDER BY due, record_key, id LIMIT ?4";
    let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
    let values = params![slot.number(), now.as_seconds(), now.as_micros(), limit];
    let rows =
        statement.query_map(values, |row| Ok((RecordKey(row.get(0)?), EntryId(row.get(1)?), row.get(2)?, row.get(3)?))).map_err(fault(place))?;
    let found: Vec<Leased> = rows.collect::<Result<_, _>>().map_err(fault(place))?;
    for (key, id, _, _) in &found {
        run(connection, "UPDATE notice SET leased_until = ?3 WHERE record_key = ?1 AND id = ?2", params![key.0, id.0, until.as_micros()])?;
    }
    Ok(found)
}

/// Opens what was claimed; what nobody can read any more is to be removed.
fn open(shared: &Shared, claimed: Vec<Leased>, until: Moment) -> Result<Opened, StoreError> {
    let (mut deliveries, mut lost) = (Vec::with_capacity(claimed.len()), Vec::new());
    for (key, id, tries, sealed) in claimed {
        match queue::open(shared.keys.find(key)?.as_deref(), key, &id.0, &sealed)? {
            Some(delivery) => deliveries.push(ClaimedDelivery { key, id, tries, lease: until.as_micros(), delivery }),
            None => lost.push((key, id)),
        }
    }
    Ok((deliveries, lost))
}

fn put(connection: &Connection, key: RecordKey, rows: &[NoticeRow]) -> Result<(), StoreError> {
    let sql = "INSERT INTO notice (record_key, id, slot, due, tries, leased_until, key_version, sealed) VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, ?6)";
    for row in rows {
        run(connection, sql, params![key.0, row.id, row.slot, row.due, row.key_version, row.sealed])?;
    }
    Ok(())
}

fn put_clock(connection: &Connection, key: RecordKey, clock: RecordClock) -> Result<(), StoreError> {
    let sql = "INSERT INTO clock (record_key, version, due, told) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (record_key)
        DO UPDATE SET version = excluded.version, due = excluded.due WHERE clock.version <= excluded.version";
    run(connection, sql, params![key.0, number(clock.version)?, due_hour(clock.due), clock.told.as_micros()]).map(drop)
}

fn clock(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<RecordClock> {
    let due: Option<i64> = row.get(first)?;
    Ok(RecordClock { due: due.map(Moment::from_seconds), told: Moment::from_micros(row.get(first + 1)?), version: row.get(first + 2)? })
}

fn run(connection: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<usize, StoreError> {
    let place = "queue.change";
    connection.prepare_cached(sql).map_err(fault(place))?.execute(values).map_err(fault(place))
}

fn number(version: u64) -> Result<i64, StoreError> {
    i64::try_from(version).map_err(|error| StoreError::fault("queue.version", error))
}
