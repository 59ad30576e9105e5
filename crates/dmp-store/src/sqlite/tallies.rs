//! Statistics in the embedded store: a settlement is one request to the writer.

use std::collections::BTreeMap;

use async_trait::async_trait;
use dmp_core::ids::RecordKey;
use dmp_core::remuneration::KeptLine;
use dmp_core::statistics::{Cell, Month, Settlement};
use rusqlite::{Connection, params};

use super::SqliteStore;
use super::connect::fault;
use crate::prepare::Prepared as PreparedCommit;
use crate::tallies::{self, CLOSED, DeedRow, LedgerMonth, Prepared, StatisticsStore, Sums, cell_of, channel_text, month_of, open_from, state_of};
use crate::{StoreError, fail_point};

#[async_trait]
impl StatisticsStore for SqliteStore {
    async fn deeds(&self, limit: u32) -> Result<Vec<DeedRow>, StoreError> {
        self.read(move |shared| {
            let place = "tallies.deeds";
            let rows: Vec<(RecordKey, [u8; 16], Vec<u8>)> = shared.pool.run(|connection| {
                let mut statement = connection.prepare_cached("SELECT record_key, deed_id, sealed FROM deed LIMIT ?1").map_err(fault(place))?;
                let rows = statement.query_map([limit], |row| Ok((RecordKey(row.get(0)?), row.get(1)?, row.get(2)?))).map_err(fault(place))?;
                rows.collect::<Result<_, _>>().map_err(fault(place))
            })?;
            rows.into_iter().map(|(key, id, sealed)| tallies::open(&shared.ring.derived, key, id, &sealed)).collect()
        })
        .await
    }

    async fn deeds_waiting(&self) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM deed";
        self.read(move |shared| shared.pool.run(|connection| connection.query_row(sql, [], |row| row.get(0)).map_err(fault("tallies.waiting")))).await
    }

    async fn settle(&self, rows: &[DeedRow], settled: &Settlement) -> Result<bool, StoreError> {
        let prepared = tallies::prepare(&self.shared.ring.derived, rows, settled)?;
        match self.change("tallies.settle", move |connection| settle(connection, &prepared)).await {
            Ok(()) => Ok(true),
            // Its savepoint took back what had been written.
            Err(StoreError::Stale) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn cells(&self) -> Result<Vec<(Cell, i64)>, StoreError> {
        self.read(|shared| {
            let place = "tallies.cells";
            shared.pool.run(|connection| {
                let sql = "SELECT name, day, channel, department, caisse, count FROM tally";
                let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
                let cell = |row: &rusqlite::Row<'_>| {
                    let channel: String = row.get(2)?;
                    Ok(cell_of(row.get(0)?, row.get(1)?, &channel, row.get(3)?, row.get(4)?, row.get(5)?))
                };
                let rows = statement.query_map([], cell).map_err(fault(place))?;
                rows.collect::<Result<_, _>>().map_err(fault(place))
            })
        })
        .await
    }

    async fn sweep_marks(&self, before: Month) -> Result<u64, StoreError> {
        let month = before.number();
        let swept = self.change("tallies.sweep", move |connection| run(connection, "DELETE FROM mark WHERE month < ?1", params![month])).await?;
        Ok(u64::try_from(swept).unwrap_or(u64::MAX))
    }

    async fn sums(&self) -> Result<Sums, StoreError> {
        self.read(|shared| {
            shared.pool.run(|connection| {
                let place = "tallies.sums";
                let mut statement = connection.prepare_cached(SUMS).map_err(fault(place))?;
                let mut rows = statement.query([]).map_err(fault(place))?;
                let mut sums = Sums::default();
                while let Some(row) = rows.next().map_err(fault(place))? {
                    let read = || Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
                    let (grouped, name, day, key, count) = read().map_err(fault(place))?;
                    sums.take(grouped, name, day, key, count);
                }
                Ok(sums)
            })
        })
        .await
    }

    async fn ledger(&self, month: Month) -> Result<Vec<KeptLine>, StoreError> {
        self.read(move |shared| {
            let place = "tallies.ledger";
            let rows: Vec<([u8; 16], Vec<u8>)> = shared.pool.run(|connection| {
                let mut statement =
                    connection.prepare_cached("SELECT line_hash, sealed FROM ledger WHERE month = ?1 ORDER BY line_hash").map_err(fault(place))?;
                let rows = statement.query_map([month.number()], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault(place))?;
                rows.collect::<Result<_, _>>().map_err(fault(place))
            })?;
            rows.iter().map(|(hash, sealed)| tallies::open_line(&shared.ring.derived, hash, sealed)).collect()
        })
        .await
    }

    async fn ledger_months(&self) -> Result<BTreeMap<Month, Option<LedgerMonth>>, StoreError> {
        self.read(|shared| {
            let place = "tallies.months";
            let rows: Vec<(i64, Option<Vec<u8>>)> = shared.pool.run(|connection| {
                let sql = "SELECT month, sealed FROM ledger_month UNION ALL
                    SELECT DISTINCT month, NULL FROM ledger WHERE month NOT IN (SELECT month FROM ledger_month)";
                let mut statement = connection.prepare_cached(sql).map_err(fault(place))?;
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault(place))?;
                rows.collect::<Result<_, _>>().map_err(fault(place))
            })?;
            let open = |(month, sealed): (i64, Option<Vec<u8>>)| {
                let month = month_of(month)?;
                Ok((month, sealed.map(|sealed| tallies::open_month(&shared.ring.derived, month, &sealed)).transpose()?))
            };
            rows.into_iter().map(open).collect()
        })
        .await
    }

    async fn put_ledger_month(&self, month: Month, stands: &LedgerMonth) -> Result<bool, StoreError> {
        let sealed = tallies::seal_month(&self.shared.ring.derived, month, stands)?;
        let (state, lines) = (state_of(stands), stands.lines);
        self.change("tallies.month", move |connection| {
            let place = "tallies.month";
            let present: u64 =
                connection.query_row("SELECT COUNT(*) FROM ledger WHERE month = ?1", [month.number()], |row| row.get(0)).map_err(fault(place))?;
            if present != lines {
                return Ok(false);
            }
            let sql = "INSERT INTO ledger_month (month, state, sealed) VALUES (?1, ?2, ?3) ON CONFLICT (month)
                DO UPDATE SET state = excluded.state, sealed = excluded.sealed WHERE ledger_month.state <> ?4";
            Ok(run(connection, sql, params![month.number(), state, sealed, CLOSED])? == 1)
        })
        .await
    }
}

const SUMS: &str = "SELECT 1, name, day, channel, SUM(count) FROM tally GROUP BY name, day, channel
    UNION ALL SELECT 2, name, day, department, SUM(count) FROM tally WHERE department <> '' GROUP BY name, day, department
    UNION ALL SELECT 3, name, day, caisse, SUM(count) FROM tally WHERE caisse <> '' AND name IN ('opened', 'cancelled') GROUP BY name, day, caisse";

/// Puts what a commit did beside it.
pub(super) fn put(connection: &Connection, prepared: &PreparedCommit) -> Result<(), StoreError> {
    let Some(deeds) = &prepared.deeds else { return Ok(()) };
    let sql = "INSERT INTO deed (record_key, deed_id, sealed) VALUES (?1, ?2, ?3)";
    run(connection, sql, params![prepared.key.0, deeds.id, deeds.sealed])?;
    fail_point::hit("commit.after_deed");
    Ok(())
}

fn settle(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    for (key, id) in &prepared.rows {
        if run(connection, "DELETE FROM deed WHERE record_key = ?1 AND deed_id = ?2", params![key.0, id])? == 0 {
            return Err(StoreError::Stale);
        }
    }
    fail_point::hit("settle.after_rows");
    for (hash, month, cell) in &prepared.marks {
        let sql = "INSERT OR IGNORE INTO mark (mark_hash, month) VALUES (?1, ?2)";
        if run(connection, sql, params![hash, month.number()])? == 1 {
            add(connection, cell, 1)?;
        }
    }
    for (cell, by) in &prepared.cells {
        add(connection, cell, *by)?;
    }
    fail_point::hit("settle.after_cells");
    if prepared.lines.is_empty() {
        return Ok(());
    }
    let closed = closed(connection)?;
    for line in &prepared.lines {
        let month = open_from(line.month, &closed);
        let sql = "INSERT OR IGNORE INTO ledger (line_hash, month, sealed) VALUES (?1, ?2, ?3)";
        run(connection, sql, params![line.hash, month.number(), line.sealed])?;
    }
    fail_point::hit("settle.after_lines");
    Ok(())
}

fn add(connection: &Connection, cell: &Cell, by: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO tally (name, day, channel, department, caisse, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (name, day, channel, department, caisse) DO UPDATE SET count = count + excluded.count";
    run(connection, sql, params![cell.name, cell.day, channel_text(cell.channel), cell.department, cell.caisse, by]).map(drop)
}

fn closed(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let place = "tallies.closed";
    let mut statement = connection.prepare_cached("SELECT month FROM ledger_month WHERE state = ?1").map_err(fault(place))?;
    let rows = statement.query_map([CLOSED], |row| row.get(0)).map_err(fault(place))?;
    rows.collect::<Result<_, _>>().map_err(fault(place))
}

fn run(connection: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<usize, StoreError> {
    let place = "tallies.change";
    connection.prepare_cached(sql).map_err(fault(place))?.execute(values).map_err(fault(place))
}
