//! Statistics on PostgreSQL: a settlement is one transaction; of two workers with the same rows one waits and finds them gone.

use std::collections::BTreeMap;

use async_trait::async_trait;
use dmp_core::ids::RecordKey;
use dmp_core::remuneration::KeptLine;
use dmp_core::statistics::{Cell, Month, Settlement};

use super::batch::{Batch, begin, values};
use super::connect::{Session, in_order};
use super::failure::{Failure, failed, failed_at_commit};
use super::rows::{bytes, fixed, kept, number, record_key};
use super::{PostgresStore, retried};
use crate::tallies::{self, CLOSED, DeedRow, LedgerMonth, Prepared, StatisticsStore, Sums, cell_of, channel_text, month_of, open_from, state_of};
use crate::{StoreError, fail_point};

/// Puts what a commit did beside it.
pub(crate) const PUT_DEED: &str = "INSERT INTO dmp.deed (record_key, deed_id, sealed) VALUES ($1, $2, $3)";
const DEEDS: &str = "SELECT record_key, deed_id, sealed FROM dmp.deed LIMIT $1";
const WAITING: &str = "SELECT COUNT(*) FROM dmp.deed";
const COUNTED: &str = "DELETE FROM dmp.deed WHERE record_key = $1 AND deed_id = $2";
const MARK: &str = "INSERT INTO dmp.mark (mark_hash, month) VALUES ($1, $2) ON CONFLICT (mark_hash) DO NOTHING";
const ADD: &str = "INSERT INTO dmp.tally (name, day, channel, department, caisse, count) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (name, day, channel, department, caisse) DO UPDATE SET count = tally.count + excluded.count";
/// Whoever writes lines, and whoever closes a month, goes through here one after the other.
const GATE: &str = "INSERT INTO dmp.ledger_gate (id, turn) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET turn = ledger_gate.turn + 1";
const CLOSED_MONTHS: &str = "SELECT month FROM dmp.ledger_month WHERE state = $1";
const LINE: &str = "INSERT INTO dmp.ledger (line_hash, month, sealed) VALUES ($1, $2, $3) ON CONFLICT (line_hash) DO NOTHING";
const LINES: &str = "SELECT line_hash, sealed FROM dmp.ledger WHERE month = $1 ORDER BY line_hash";
const COUNT_LINES: &str = "SELECT COUNT(*) FROM dmp.ledger WHERE month = $1";
const MONTHS: &str = "SELECT month, sealed FROM dmp.ledger_month";
const MONTHS_WITH_LINES: &str = "SELECT DISTINCT month FROM dmp.ledger";
const PUT_MONTH: &str = "INSERT INTO dmp.ledger_month (month, state, sealed) VALUES ($1, $2, $3) ON CONFLICT (month)
    DO UPDATE SET state = excluded.state, sealed = excluded.sealed WHERE ledger_month.state <> $4";
const CELLS: &str = "SELECT name, day, channel, department, caisse, count FROM dmp.tally";
const SWEEP_MARKS: &str = "DELETE FROM dmp.mark WHERE month < $1";
const SUMS: &str = "SELECT 1::BIGINT, name, day, channel, SUM(count)::BIGINT FROM dmp.tally GROUP BY name, day, channel
    UNION ALL SELECT 2::BIGINT, name, day, department, SUM(count)::BIGINT FROM dmp.tally WHERE department <> '' GROUP BY name, day, department
    UNION ALL SELECT 3::BIGINT, name, day, caisse, SUM(count)::BIGINT FROM dmp.tally WHERE caisse <> '' AND name IN ('opened', 'cancelled')
    GROUP BY name, day, caisse";

#[async_trait]
impl StatisticsStore for PostgresStore {
    async fn deeds(&self, limit: u32) -> Result<Vec<DeedRow>, StoreError> {
        let rows = retried!(self.deeds_once(limit))?;
        rows.into_iter().map(|(key, id, sealed)| tallies::open(&self.keys.ring.derived, key, id, &sealed)).collect()
    }

    async fn deeds_waiting(&self) -> Result<u64, StoreError> {
        retried!(self.deeds_waiting_once())
    }

    async fn settle(&self, rows: &[DeedRow], settled: &Settlement) -> Result<bool, StoreError> {
        let prepared = tallies::prepare(&self.keys.ring.derived, rows, settled)?;
        // A second try after a COMMIT without an answer finds the rows gone and does nothing: either way they were counted once.
        retried!(self.settle_once(&prepared))
    }

    async fn cells(&self) -> Result<Vec<(Cell, i64)>, StoreError> {
        retried!(self.cells_once())
    }

    async fn sweep_marks(&self, before: Month) -> Result<u64, StoreError> {
        retried!(self.sweep_marks_once(before))
    }

    async fn sums(&self) -> Result<Sums, StoreError> {
        retried!(self.sums_once())
    }

    async fn ledger(&self, month: Month) -> Result<Vec<KeptLine>, StoreError> {
        let rows = retried!(self.ledger_once(month))?;
        rows.iter().map(|(hash, sealed)| tallies::open_line(&self.keys.ring.derived, hash, sealed)).collect()
    }

    async fn ledger_months(&self) -> Result<BTreeMap<Month, Option<LedgerMonth>>, StoreError> {
        let (with_lines, kept) = retried!(self.ledger_months_once())?;
        let mut months = with_lines.into_iter().map(|month| Ok((month_of(month)?, None))).collect::<Result<BTreeMap<_, _>, StoreError>>()?;
        for (month, sealed) in kept {
            let month = month_of(month)?;
            months.insert(month, Some(tallies::open_month(&self.keys.ring.derived, month, &sealed)?));
        }
        Ok(months)
    }

    async fn put_ledger_month(&self, month: Month, stands: &LedgerMonth) -> Result<bool, StoreError> {
        let sealed = tallies::seal_month(&self.keys.ring.derived, month, stands)?;
        match retried!(self.put_month_once(month, stands, &sealed))? {
            true => Ok(true),
            // Perhaps an earlier try, whose answer was lost, has put the very same.
            false => Ok(self.ledger_months().await?.get(&month) == Some(&Some(stands.clone()))),
        }
    }
}

impl PostgresStore {
    async fn deeds_once(&self, limit: u32) -> Result<Vec<(RecordKey, [u8; 16], Vec<u8>)>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(DEEDS).await?;
        let rows = session.client()?.query(&statement, &[&i64::from(limit)]).await.map_err(failed("tallies.deeds"))?;
        rows.iter().map(|row| Ok((record_key(row, 0)?, fixed(row, 1)?, bytes(row, 2)?))).collect()
    }

    async fn deeds_waiting_once(&self) -> Result<u64, Failure> {
        let session = self.session().await?;
        number(&session.client()?.query_one(WAITING, &[]).await.map_err(failed("tallies.waiting"))?, 0)
    }

    async fn settle_once(&self, prepared: &Prepared) -> Result<bool, Failure> {
        let place = "tallies.settle";
        let mut session = self.session().await?;
        session.opened();
        in_order(vec![begin(&session)?]).await.map_err(failed(place))?;
        if !self.settle_rows(&session, prepared).await? {
            session.roll_back().await;
            return Ok(false);
        }
        if !prepared.lines.is_empty() {
            let closed = enter(&session).await?;
            let mut batch = Batch::default();
            for line in &prepared.lines {
                let month = i64::from(open_from(line.month, &closed).number());
                batch.add(LINE, values![line.hash.as_slice(), month, line.sealed.as_slice()]);
            }
            batch.send(&session).await?.map_err(failed(place))?;
            fail_point::hit("settle.after_lines");
        }
        commit(session).await?;
        Ok(true)
    }

    /// Rows, marks and cells. Gives whether every row was still there.
    async fn settle_rows(&self, session: &Session, prepared: &Prepared) -> Result<bool, Failure> {
        let place = "tallies.settle";
        let mut batch = Batch::default();
        for (key, id) in &prepared.rows {
            batch.add(COUNTED, values![key.0.as_slice(), id.as_slice()]);
        }
        if batch.send(session).await?.map_err(failed(place))?.contains(&0) {
            return Ok(false);
        }
        fail_point::hit("settle.after_rows");
        let mut marks = Batch::default();
        for (hash, month, _) in &prepared.marks {
            marks.add(MARK, values![hash.as_slice(), i64::from(month.number())]);
        }
        let new = marks.send(session).await?.map_err(failed(place))?;
        // In one order for every worker: cells are rows that all of them change.
        let mut cells: BTreeMap<&Cell, i64> = prepared.cells.iter().map(|(cell, by)| (cell, *by)).collect();
        for ((_, _, cell), count) in prepared.marks.iter().zip(new) {
            if count == 1 {
                *cells.entry(cell).or_default() += 1;
            }
        }
        let mut batch = Batch::default();
        for (cell, by) in cells {
            let day = i64::from(cell.day);
            batch.add(ADD, values![cell.name.as_str(), day, channel_text(cell.channel), cell.department.as_str(), cell.caisse.as_str(), by]);
        }
        batch.send(session).await?.map_err(failed(place))?;
        fail_point::hit("settle.after_cells");
        Ok(true)
    }

    async fn cells_once(&self) -> Result<Vec<(Cell, i64)>, Failure> {
        let place = "tallies.cells";
        let session = self.session().await?;
        let statement = session.prepare(CELLS).await?;
        let rows = session.client()?.query(&statement, &[]).await.map_err(failed(place))?;
        let cell = |row: &tokio_postgres::Row| {
            let text = |column: usize| row.try_get::<_, String>(column).map_err(failed(place));
            let day = i32::try_from(row.try_get::<_, i64>(1).map_err(failed(place))?).map_err(|error| StoreError::fault(place, error))?;
            Ok(cell_of(text(0)?, day, &text(2)?, text(3)?, text(4)?, row.try_get(5).map_err(failed(place))?))
        };
        rows.iter().map(cell).collect()
    }

    async fn sweep_marks_once(&self, before: Month) -> Result<u64, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(SWEEP_MARKS).await?;
        session.client()?.execute(&statement, &[&i64::from(before.number())]).await.map_err(failed("tallies.sweep"))
    }

    async fn sums_once(&self) -> Result<Sums, Failure> {
        let place = "tallies.sums";
        let session = self.session().await?;
        let statement = session.prepare(SUMS).await?;
        let mut sums = Sums::default();
        for row in session.client()?.query(&statement, &[]).await.map_err(failed(place))? {
            let day: i64 = row.try_get(2).map_err(failed(place))?;
            let day = i32::try_from(day).map_err(|error| StoreError::fault(place, error))?;
            let (grouped, count) = (row.try_get(0).map_err(failed(place))?, row.try_get(4).map_err(failed(place))?);
            sums.take(grouped, row.try_get(1).map_err(failed(place))?, day, row.try_get(3).map_err(failed(place))?, count);
        }
        Ok(sums)
    }

    async fn ledger_once(&self, month: Month) -> Result<Vec<([u8; 16], Vec<u8>)>, Failure> {
        let session = self.session().await?;
        let statement = session.prepare(LINES).await?;
        let rows = session.client()?.query(&statement, &[&i64::from(month.number())]).await.map_err(failed("tallies.ledger"))?;
        rows.iter().map(|row| Ok((fixed(row, 0)?, bytes(row, 1)?))).collect()
    }

    async fn ledger_months_once(&self) -> Result<(Vec<i64>, Vec<(i64, Vec<u8>)>), Failure> {
        let place = "tallies.months";
        let session = self.session().await?;
        let with_lines = session.client()?.query(MONTHS_WITH_LINES, &[]).await.map_err(failed(place))?;
        let kept = session.client()?.query(MONTHS, &[]).await.map_err(failed(place))?;
        let with_lines = with_lines.iter().map(|row| row.try_get(0).map_err(failed(place))).collect::<Result<_, _>>()?;
        let kept = kept.iter().map(|row| Ok((row.try_get(0).map_err(failed(place))?, bytes(row, 1)?))).collect::<Result<_, Failure>>()?;
        Ok((with_lines, kept))
    }

    async fn put_month_once(&self, month: Month, stands: &LedgerMonth, sealed: &[u8]) -> Result<bool, Failure> {
        let place = "tallies.month";
        let mut session = self.session().await?;
        session.opened();
        in_order(vec![begin(&session)?]).await.map_err(failed(place))?;
        enter(&session).await?;
        let (count, put) = (session.prepare(COUNT_LINES).await?, session.prepare(PUT_MONTH).await?);
        let month = i64::from(month.number());
        let present: i64 = session.client()?.query_one(&count, &[&month]).await.map_err(failed(place))?.try_get(0).map_err(failed(place))?;
        let changed = if present == kept(stands.lines)? {
            session.client()?.execute(&put, &[&month, &state_of(stands), &sealed, &CLOSED]).await.map_err(failed(place))?
        } else {
            0
        };
        if changed == 0 {
            session.roll_back().await;
            return Ok(false);
        }
        commit(session).await?;
        Ok(true)
    }
}

/// Goes through the gate, and gives the months that are closed.
async fn enter(session: &Session) -> Result<Vec<i64>, Failure> {
    let place = "tallies.gate";
    session.client()?.execute(GATE, &[]).await.map_err(failed(place))?;
    let rows = session.client()?.query(CLOSED_MONTHS, &[&CLOSED]).await.map_err(failed(place))?;
    rows.iter().map(|row| row.try_get(0).map_err(failed(place))).collect()
}

async fn commit(mut session: Session) -> Result<(), Failure> {
    session.client()?.batch_execute("COMMIT").await.map_err(failed_at_commit)?;
    session.closed();
    Ok(())
}
