//! The queue of notices: what commits left in the outbox, what clocks have to tell, and what is on its way to a mailbox or a printer.

use async_trait::async_trait;
use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::record::{Delivery, Notice, Way};

use crate::StoreError;
use crate::keys::PersonKeys;
use crate::prepare::{Event, ONLY_ROW};
use crate::seal::{Place, random_bytes};

/// What one commit left for workers. Taken again and again until it is relayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    pub key: RecordKey,
    /// Version of the record that the commit made.
    pub version: u64,
    /// Notices of that commit; none once the person's key is gone.
    pub notices: Vec<Notice>,
}

/// The clock of a record: when it next tells something, and until when it has told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordClock {
    /// `None`: nothing that is known yet.
    pub due: Option<Moment>,
    pub told: Moment,
    /// Version of the record that this was reckoned from.
    pub version: u64,
}

/// A part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Mail,
    Letter,
    /// Given up: kept until the operator has looked.
    Dead,
}

impl Slot {
    /// The number in its column.
    pub(crate) fn number(self) -> i64 {
        match self {
            Slot::Mail => 1,
            Slot::Letter => 2,
            Slot::Dead => 3,
        }
    }

    pub(crate) fn of(delivery: &Delivery) -> Slot {
        match delivery.way {
            Way::Mail(_) => Slot::Mail,
            Way::Letter { .. } => Slot::Letter,
        }
    }
}

/// A delivery that is this worker's until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedDelivery {
    pub key: RecordKey,
    /// Random, and the same at every try.
    pub id: EntryId,
    /// Tries that failed before.
    pub tries: u32,
    /// The lease, by which a worker whose time is over is told from the one that has it now.
    pub lease: i64,
    pub delivery: Delivery,
}

/// How much waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Commits whose notices are not relayed yet.
    pub outbox: u64,
    pub mails: u64,
    pub letters: u64,
    pub dead: u64,
}

/// The queue of a store. Every call is idempotent or refuses the second time, so that any number of workers may serve one store.
#[async_trait]
pub trait NoticeQueue: Send + Sync + std::fmt::Debug {
    /// What commits left, in the order of each record, at most `limit`.
    async fn outbox(&self, limit: u32) -> Result<Vec<OutboxRow>, StoreError>;

    /// Puts deliveries and the record's clock and removes the outbox row, together. Gives whether this call did: `false` when another
    /// worker was faster, and then nothing was put.
    async fn relay(&self, row: &OutboxRow, deliveries: &[Delivery], clock: Option<RecordClock>) -> Result<bool, StoreError>;

    /// The clock of a record.
    async fn record_clock(&self, key: RecordKey) -> Result<Option<RecordClock>, StoreError>;

    /// Clocks that are due, the longest due first, at most `limit`.
    async fn due_clocks(&self, now: Moment, limit: u32) -> Result<Vec<(RecordKey, RecordClock)>, StoreError>;

    /// Puts what a clock told and sets it anew, together. Gives whether this call did: `false` when another worker was faster. A date that a
    /// newer version of the record set stays.
    async fn tell_clock(&self, key: RecordKey, before: RecordClock, after: RecordClock, deliveries: &[Delivery]) -> Result<bool, StoreError>;

    /// Takes deliveries that are due and that nobody else has, until `until`. The longest due first, those of one record together.
    async fn claim_deliveries(&self, slot: Slot, now: Moment, until: Moment, limit: u32) -> Result<Vec<ClaimedDelivery>, StoreError>;

    /// Removes a delivery that has arrived. Idempotent.
    async fn delivered(&self, claimed: &ClaimedDelivery) -> Result<(), StoreError>;

    /// Gives a delivery back for another try, or gives it up (`None`). Without effect once the lease is another's.
    async fn not_delivered(&self, claimed: &ClaimedDelivery, again: Option<Moment>) -> Result<(), StoreError>;

    /// Gives back what was given up, for as many tries again. Gives how many.
    async fn revive_dead(&self, now: Moment) -> Result<u64, StoreError>;

    /// Counts what waits.
    async fn queue_counts(&self) -> Result<QueueCounts, StoreError>;
}

/// A date that a commit sets: a clock that rings later, or not at all, rings then. An earlier one stays: whoever hears it looks anew.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DueFrom {
    /// Seconds, the end of an hour.
    pub due: i64,
    /// Microseconds: until when a clock that was not there counts as told.
    pub told: i64,
}

/// A row of the queue before its transaction.
#[derive(Debug)]
pub(crate) struct NoticeRow {
    pub id: [u8; 16],
    pub slot: i64,
    /// Seconds.
    pub due: i64,
    pub key_version: u32,
    pub sealed: Vec<u8>,
}

/// Seals deliveries under the key of the person whose record they are about.
pub(crate) fn seal(keys: Option<&PersonKeys>, key: RecordKey, deliveries: &[Delivery]) -> Result<Vec<NoticeRow>, StoreError> {
    let Some(keys) = keys.filter(|keys| keys.data.is_some()) else { return Ok(Vec::new()) };
    let row = |delivery: &Delivery| {
        let id: [u8; 16] = random_bytes()?;
        let sealed = keys.data()?.seal_row(&place(&key, &id), delivery)?;
        Ok(NoticeRow { id, slot: Slot::of(delivery).number(), due: delivery.due.as_seconds(), key_version: keys.version, sealed })
    };
    deliveries.iter().map(row).collect()
}

/// Opens a delivery. `None` once the person's key is gone.
pub(crate) fn open(keys: Option<&PersonKeys>, key: RecordKey, id: &[u8; 16], sealed: &[u8]) -> Result<Option<Delivery>, StoreError> {
    let Some(keys) = keys.filter(|keys| keys.data.is_some()) else { return Ok(None) };
    keys.data()?.open_row(&place(&key, id), sealed).map(Some)
}

/// Opens what a commit left. Nothing once the person's key is gone.
pub(crate) fn open_outbox(keys: Option<&PersonKeys>, key: RecordKey, version: u64, sealed: &[u8]) -> Result<OutboxRow, StoreError> {
    let Some(keys) = keys.filter(|keys| keys.data.is_some()) else { return Ok(OutboxRow { key, version, notices: Vec::new() }) };
    let place = Place { table: "outbox", owner: &key.0, row: &ONLY_ROW, version };
    let events: Vec<Event> = keys.data()?.open_row(&place, sealed)?;
    let notices = events.into_iter().filter_map(|event| if let Event::Notice(notice) = event { Some(notice) } else { None });
    Ok(OutboxRow { key, version, notices: notices.collect() })
}

/// The hour in which a clock is due, the end of it: nothing finer stands in clear.
pub(crate) fn due_hour(due: Option<Moment>) -> Option<i64> {
    due.map(|due| due.as_seconds().saturating_add(1).div_euclid(HOUR_SECONDS).saturating_add(1).saturating_mul(HOUR_SECONDS))
}

fn place<'a>(key: &'a RecordKey, id: &'a [u8; 16]) -> Place<'a> {
    Place { table: "notice", owner: &key.0, row: id, version: 0 }
}

/// How far back a clock begins that no worker has seen yet: longer than an announcement waits.
pub const CLOCK_DAYS_BACK: i64 = 45;
const HOUR_SECONDS: i64 = 3_600;
