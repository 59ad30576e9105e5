//! Statistics and the ledger of remuneration: deeds that commits left, the cells that they add up to, marks that count somebody once a month, and
//! lines of the ledger. A span of tables that a worker fills; no right is ever taken from it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use dmp_core::Moment;
use dmp_core::ids::RecordKey;
use dmp_core::record::Channel;
use dmp_core::remuneration::{KeptLine, LedgerLine, LineKind};
use dmp_core::statistics::{Cell, Deed, Mark, Month, Settlement};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::keys::Derived;
use crate::prepare::ONLY_ROW;
use crate::seal::{Place, random_bytes};

/// What one commit left to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeedRow {
    pub key: RecordKey,
    /// Random: doubled deliveries of one row are told by it.
    pub id: [u8; 16],
    pub deeds: Vec<Deed>,
}

/// Cells added up as pages need them: by day and channel, by day and department, by day and *caisse*. Taken at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub by_channel: Vec<(String, i32, Option<Channel>, i64)>,
    pub by_department: Vec<(String, i32, String, i64)>,
    /// Of openings alone.
    pub by_caisse: Vec<(String, i32, String, i64)>,
}

/// How a month of the ledger stands. A month that is not kept is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerMonth {
    pub lines: u64,
    pub cents: i64,
    /// SHA-256 over the lines, in their order.
    pub digest: [u8; 32],
    pub proposed_by: String,
    pub proposed_at: Moment,
    /// Who closed it, and when; `None`: it is proposed.
    pub closed: Option<(String, Moment)>,
}

/// Keeps statistics. Every call is idempotent or refuses the second time, so that any number of workers may serve one store.
#[async_trait]
pub trait StatisticsStore: Send + Sync {
    /// What commits left, at most `limit` rows.
    async fn deeds(&self, limit: u32) -> Result<Vec<DeedRow>, StoreError>;

    /// How many rows wait to be counted.
    async fn deeds_waiting(&self) -> Result<u64, StoreError>;

    /// Removes deed rows and adds what they come to, together. Gives whether this call did: `false` when one of the rows was counted already, and
    /// then nothing has changed. A mark that is new adds one to its cell; a ledger line that is there already is not written again; a line whose month is closed
    /// goes to the next open one.
    async fn settle(&self, rows: &[DeedRow], settled: &Settlement) -> Result<bool, StoreError>;

    /// Every cell as it stands, for whoever counts again.
    async fn cells(&self) -> Result<Vec<(Cell, i64)>, StoreError>;

    /// Removes the marks of the months before one. Gives how many there were.
    async fn sweep_marks(&self, before: Month) -> Result<u64, StoreError>;

    /// The cells added up.
    async fn sums(&self) -> Result<Sums, StoreError>;

    /// Lines of a month of the ledger, in an order of their own.
    async fn ledger(&self, month: Month) -> Result<Vec<KeptLine>, StoreError>;

    /// Months that have lines or were proposed or closed, and how the latter stand.
    async fn ledger_months(&self) -> Result<BTreeMap<Month, Option<LedgerMonth>>, StoreError>;

    /// Keeps how a month stands. Gives whether it did: `false` when the month is closed, or has other lines than it says.
    async fn put_ledger_month(&self, month: Month, stands: &LedgerMonth) -> Result<bool, StoreError>;
}

/// A deed row before its transaction.
#[derive(Debug)]
pub(crate) struct SealedDeeds {
    pub id: [u8; 16],
    pub sealed: Vec<u8>,
}

/// Seals what a commit did; nothing when it did nothing that counts.
pub(crate) fn seal(derived: &Derived, key: RecordKey, deeds: &[Deed]) -> Result<Option<SealedDeeds>, StoreError> {
    if deeds.is_empty() {
        return Ok(None);
    }
    let id: [u8; 16] = random_bytes()?;
    let sealed = derived.deed.seal_row(&deed_place(&key, &id), deeds)?;
    Ok(Some(SealedDeeds { id, sealed }))
}

pub(crate) fn open(derived: &Derived, key: RecordKey, id: [u8; 16], sealed: &[u8]) -> Result<DeedRow, StoreError> {
    Ok(DeedRow { key, id, deeds: derived.deed.open_row(&deed_place(&key, &id), sealed)? })
}

fn deed_place<'a>(key: &'a RecordKey, id: &'a [u8; 16]) -> Place<'a> {
    Place { table: "deed", owner: &key.0, row: id, version: 0 }
}

/// A settlement with its hashes and seals, ready for its transaction.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// In one order for every worker, so that no two wait for each other.
    pub rows: Vec<(RecordKey, [u8; 16])>,
    pub cells: Vec<(Cell, i64)>,
    pub marks: Vec<([u8; 16], Month, Cell)>,
    pub lines: Vec<SealedLine>,
}

#[derive(Debug)]
pub(crate) struct SealedLine {
    pub hash: [u8; 16],
    /// The month of what it is for.
    pub month: Month,
    pub sealed: Vec<u8>,
}

pub(crate) fn prepare(derived: &Derived, rows: &[DeedRow], settled: &Settlement) -> Result<Prepared, StoreError> {
    let mut rows: Vec<(RecordKey, [u8; 16])> = rows.iter().map(|row| (row.key, row.id)).collect();
    rows.sort_unstable();
    let mut marks: Vec<([u8; 16], Month, Cell)> = settled.marks.iter().map(|mark| (mark_hash(derived, mark), mark.month, mark.cell())).collect();
    marks.sort_unstable_by_key(|(hash, _, _)| *hash);
    let mut lines = settled.lines.iter().map(|line| seal_line(derived, line)).collect::<Result<Vec<_>, _>>()?;
    lines.sort_unstable_by_key(|line| line.hash);
    Ok(Prepared { rows, cells: settled.cells.iter().map(|(cell, by)| (cell.clone(), *by)).collect(), marks, lines })
}

fn mark_hash(derived: &Derived, mark: &Mark) -> [u8; 16] {
    derived.mark_hash(&mark.month.to_string(), mark.role.code(), &mark.account)
}

fn seal_line(derived: &Derived, line: &LedgerLine) -> Result<SealedLine, StoreError> {
    let what = match line.kept.kind {
        LineKind::Opening => "opening",
        LineKind::Reversal => "reversal",
    };
    let hash = derived.ledger_hash(line.record, what);
    Ok(SealedLine { hash, month: Month::of(line.kept.day), sealed: derived.ledger.seal_row(&line_place(&hash), &line.kept)? })
}

pub(crate) fn open_line(derived: &Derived, hash: &[u8; 16], sealed: &[u8]) -> Result<KeptLine, StoreError> {
    derived.ledger.open_row(&line_place(hash), sealed)
}

fn line_place(hash: &[u8; 16]) -> Place<'_> {
    Place { table: "ledger", owner: hash, row: &ONLY_ROW, version: 0 }
}

pub(crate) fn seal_month(derived: &Derived, month: Month, stands: &LedgerMonth) -> Result<Vec<u8>, StoreError> {
    derived.ledger.seal_row(&month_place(&month_row(month)), stands)
}

pub(crate) fn open_month(derived: &Derived, month: Month, sealed: &[u8]) -> Result<LedgerMonth, StoreError> {
    derived.ledger.open_row(&month_place(&month_row(month)), sealed)
}

fn month_row(month: Month) -> [u8; 16] {
    let mut row = ONLY_ROW;
    row.iter_mut().zip(month.number().to_be_bytes()).for_each(|(to, from)| *to = from);
    row
}

fn month_place(row: &[u8; 16]) -> Place<'_> {
    Place { table: "ledger_month", owner: row, row: &ONLY_ROW, version: 0 }
}

/// A month as its column holds it.
pub(crate) fn month_of(number: i64) -> Result<Month, StoreError> {
    let month = i32::try_from(number).ok().and_then(Month::of_number);
    month.ok_or_else(|| StoreError::fault("tallies.month", "no month has this number"))
}

/// The first month from this one on that is not closed.
pub(crate) fn open_from(month: Month, closed: &[i64]) -> Month {
    let mut month = month;
    while closed.contains(&i64::from(month.number())) {
        month = month.next();
    }
    month
}

/// A channel as its column holds it; none is empty.
pub(crate) fn channel_text(channel: Option<Channel>) -> &'static str {
    channel.map_or("", Channel::code)
}

impl Sums {
    /// Takes in a row of the one statement that adds up: what it is grouped by, then name, day, key, count.
    pub(crate) fn take(&mut self, grouped: i64, name: String, day: i32, key: String, count: i64) {
        match grouped {
            1 => self.by_channel.push((name, day, Channel::from_code(&key), count)),
            2 => self.by_department.push((name, day, key, count)),
            _ => self.by_caisse.push((name, day, key, count)),
        }
    }
}

/// A row of the cells: name, day, channel, department, *caisse*, count.
pub(crate) fn cell_of(name: String, day: i32, channel: &str, department: String, caisse: String, count: i64) -> (Cell, i64) {
    (Cell { name, day, channel: Channel::from_code(channel), department, caisse }, count)
}

/// Closing is 2, proposing 1.
pub(crate) fn state_of(stands: &LedgerMonth) -> i64 {
    if stands.closed.is_some() { CLOSED } else { PROPOSED }
}

pub(crate) const PROPOSED: i64 = 1;
pub(crate) const CLOSED: i64 = 2;
