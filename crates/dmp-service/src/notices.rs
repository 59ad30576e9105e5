//! Notices on their way out of the inbox: from what commits left and what clocks tell to deliveries, and what becomes of each. A clock that
//! rings for an act of the software has it done first.
//! A worker calls this, any number of them at once; no act waits for it.

use std::collections::HashMap;
use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::identity::{Ins, InsAuthority};
use dmp_core::ids::RecordKey;
use dmp_core::record::{DatedAct, Delivery, Head, Language, Notice, NoticeKind, Reach, Record, clock_notices, deliveries, next_due};
use dmp_store::{CLOCK_DAYS_BACK, ClaimedDelivery, OperatedStore, OutboxRow, QueueCounts, RecordClock, Slot, StoreError};

use crate::{Error, Service};

/// Mailboxes of professionals, by account: a médecin traitant is told at one of these.
#[derive(Debug, Clone, Default)]
pub struct Mailboxes(HashMap<String, String>);

impl Mailboxes {
    /// Lines `RPPS;address`, as an extraction of the professionals' directory gives them. A line without an address is passed over.
    ///
    /// # Errors
    /// The number of the first line that is neither.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut boxes = HashMap::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (rpps, address) = line.split_once(';').ok_or(number + 1)?;
            let rpps = dmp_core::identity::Rpps::parse(rpps.trim()).map_err(|_| number + 1)?;
            if !address.trim().is_empty() {
                boxes.insert(format!("ps:8{}", rpps.as_str()), address.trim().to_owned());
            }
        }
        Ok(Mailboxes(boxes))
    }
}

/// The desk at which workers stand.
#[derive(Debug, Clone)]
pub struct NoticeDesk {
    store: Arc<dyn OperatedStore>,
    acts: Service,
    mailboxes: Arc<Mailboxes>,
    first_pause_seconds: i64,
    lease_seconds: i64,
}

impl NoticeDesk {
    /// A desk over a store and its acts, by whose clock it goes.
    pub fn new(store: Arc<dyn OperatedStore>, acts: Service, mailboxes: Mailboxes) -> Self {
        NoticeDesk { store, acts, mailboxes: Arc::new(mailboxes), first_pause_seconds: FIRST_PAUSE_SECONDS, lease_seconds: LEASE_SECONDS }
    }

    /// Tries again after another pause, and holds what it claims for another time: for tests.
    #[must_use]
    pub fn with_times(self, first_pause_seconds: i64, lease_seconds: i64) -> Self {
        NoticeDesk { first_pause_seconds, lease_seconds, ..self }
    }

    /// Whether a claim lasts long enough to work on it.
    pub fn holds(&self, claimed: &ClaimedDelivery) -> bool {
        claimed.lease > self.acts.now().plus_seconds(self.lease_seconds / LEASE_MARGIN).as_micros()
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.acts.now()
    }

    /// Turns what commits left into deliveries, one batch. Gives how many commits it took; none: there were none.
    ///
    /// # Errors
    /// Failures of the store. What was relayed stays so.
    pub async fn relay(&self) -> Result<usize, Error> {
        let rows = self.store.outbox(BATCH).await?;
        let count = rows.len();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut running = tokio::task::JoinSet::new();
            for row in rows.by_ref().take(AT_ONCE) {
                let desk = self.clone();
                running.spawn(async move { desk.relay_one(&row, true).await });
            }
            while let Some(done) = running.join_next().await {
                done.map_err(|error| Error::Fault(error.to_string()))??;
            }
        }
        Ok(count)
    }

    /// Empties the outbox without telling anybody: for lives that were made up.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn forget_outbox(&self) -> Result<(), Error> {
        loop {
            let rows = self.store.outbox(BATCH).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                self.relay_one(&row, false).await?;
            }
        }
    }

    async fn relay_one(&self, row: &OutboxRow, telling: bool) -> Result<(), Error> {
        let now = self.acts.now();
        let Some(record) = self.store.load(row.key).await? else {
            self.store.relay(row, &[], None).await?;
            return Ok(());
        };
        let notices: Vec<Notice> = row.notices.iter().filter(|notice| telling && !is_stale(notice, now)).cloned().collect();
        let told = self.deliveries(&record.head, &notices, now).await?;
        let clock = self.clock_of(&record, now).await?;
        self.store.relay(row, &told, clock).await?;
        Ok(())
    }

    /// The clock of a record as it stands now. One that never told anything begins a while back and not at the beginning of time.
    async fn clock_of(&self, record: &Record, now: Moment) -> Result<Option<RecordClock>, Error> {
        let known = self.store.record_clock(record.key).await?;
        let told = known.map_or(now.plus_days(-CLOCK_DAYS_BACK), |clock| clock.told);
        let due = next_due(record, told);
        Ok((known.is_some() || due.is_some()).then_some(RecordClock { due, told, version: record.version }))
    }

    /// Hears the clocks that ring, one batch: does what has fallen due, and turns what they tell into deliveries.
    ///
    /// # Errors
    /// Failures of the store. What was done stays so.
    pub async fn tell_clocks(&self) -> Result<Rung, Error> {
        let now = self.acts.now();
        let mut rung = Rung::default();
        for (key, clock) in self.store.due_clocks(now, BATCH).await? {
            rung.clocks += 1;
            let not_before = match self.act_on_date(key).await? {
                Acted::Done(act) => {
                    rung.count(act);
                    None
                }
                Acted::Nothing => None,
                Acted::Failed => {
                    rung.failed += 1;
                    Some(now.plus_seconds(SECONDS_AFTER_FAILURE))
                }
            };
            self.tell_clock(key, clock, now, not_before).await?;
        }
        Ok(rung)
    }

    /// Removes openings and sign-ins that nobody came back for and whose date is past. Gives how many.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn sweep_notes(&self) -> Result<u64, Error> {
        Ok(self.store.sweep_notes(self.acts.now()).await?)
    }

    /// Does what has fallen due for a record. Trouble with one record does not hold the others up.
    async fn act_on_date(&self, key: RecordKey) -> Result<Acted, Error> {
        match self.acts.act_on_date(key).await {
            Ok(act) => Ok(act.map_or(Acted::Nothing, Acted::Done)),
            Err(error @ Error::Unavailable(_)) => Err(error),
            // Somebody was faster: whoever comes second may meet a key that goes in that moment.
            Err(_) if self.record(key).await?.is_none() => Ok(Acted::Nothing),
            Err(error) => {
                tracing::error!(error.code = error.code(), "what was due for a record on a date could not be done and is tried again later");
                Ok(Acted::Failed)
            }
        }
    }

    async fn tell_clock(&self, key: RecordKey, before: RecordClock, now: Moment, not_before: Option<Moment>) -> Result<(), Error> {
        let Some(record) = self.record(key).await? else {
            let ended = RecordClock { due: None, told: now, version: before.version };
            self.store.tell_clock(key, before, ended, &[]).await?;
            return Ok(());
        };
        let mut notices: Vec<Notice> = clock_notices(&record, now).into_iter().filter(|notice| notice.at > before.told).collect();
        let of_age = notices.iter().find(|notice| notice.kind == NoticeKind::MajorityReached).cloned();
        notices.extend(of_age.map(|notice| Notice { kind: NoticeKind::RepresentationEnded, ..notice }));
        let told = self.deliveries(&record.head, &notices, now).await?;
        let due = next_due(&record, now).map(|due| not_before.map_or(due, |moment| due.max(moment)));
        let after = RecordClock { due, told: now, version: record.version };
        self.store.tell_clock(key, before, after, &told).await?;
        Ok(())
    }

    /// A record. A reading that an erasure overtook finds rows without their key: the next one finds no record.
    async fn record(&self, key: RecordKey) -> Result<Option<Arc<Record>>, Error> {
        match self.store.load(key).await {
            Err(StoreError::Fault { .. }) => Ok(self.store.load(key).await?),
            found => Ok(found?),
        }
    }

    async fn deliveries(&self, head: &Head, notices: &[Notice], now: Moment) -> Result<Vec<Delivery>, Error> {
        if notices.is_empty() {
            return Ok(Vec::new());
        }
        let mut reaches = HashMap::new();
        for one in &head.representatives {
            if let Some(reach) = self.reach_of(&one.account, head.ins.authority()).await? {
                reaches.insert(one.account.clone(), reach);
            }
        }
        let reach = |account: &str| {
            let mailbox = || self.mailboxes.0.get(account).cloned();
            reaches.get(account).cloned().or_else(|| {
                let contact = dmp_core::record::Contact { email: Some(mailbox()?), ..Default::default() };
                Some(Reach { contact, language: Language::French })
            })
        };
        Ok(notices.iter().flat_map(|notice| deliveries(head, notice, now, &reach)).collect())
    }

    /// How a person is reached, by what their own record says.
    async fn reach_of(&self, account: &str, authority: InsAuthority) -> Result<Option<Reach>, Error> {
        let Some(matricule) = account.strip_prefix("person:") else { return Ok(None) };
        let Ok(ins) = Ins::parse(authority.oid(), matricule) else { return Ok(None) };
        let Some((key, _)) = self.store.identify(&ins).await? else { return Ok(None) };
        let own = self.store.load(key).await?;
        Ok(own.map(|own| Reach { contact: own.head.contact.clone().unwrap_or_default(), language: own.head.notice_settings.language }))
    }

    /// Takes what is due, in the order in which it happened.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn claim(&self, slot: Slot) -> Result<Vec<ClaimedDelivery>, Error> {
        let now = self.acts.now();
        let mut claimed = self.store.claim_deliveries(slot, now, now.plus_seconds(self.lease_seconds), BATCH).await?;
        // The store knows the second in which each is due; the moment of what happened stands inside the seal.
        claimed.sort_by_key(|one| one.delivery.at);
        Ok(claimed)
    }

    /// A delivery has arrived.
    ///
    /// # Errors
    /// Failures of the store: the delivery is then made again once its lease ends.
    pub async fn delivered(&self, claimed: &ClaimedDelivery) -> Result<(), Error> {
        Ok(self.store.delivered(claimed).await?)
    }

    /// A delivery was not taken this time. Gives whether it will be tried again.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn try_later(&self, claimed: &ClaimedDelivery) -> Result<bool, Error> {
        let again = claimed.tries + 1 < TRIES_MAX;
        let pause = self.first_pause_seconds.saturating_mul(1_i64 << claimed.tries.min(TRIES_MAX)).min(PAUSE_MAX_SECONDS);
        self.store.not_delivered(claimed, again.then(|| self.acts.now().plus_seconds(pause))).await?;
        Ok(again)
    }

    /// It will never arrive: kept for the operator.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn give_up(&self, claimed: &ClaimedDelivery) -> Result<(), Error> {
        Ok(self.store.not_delivered(claimed, None).await?)
    }

    /// Gives what was given up another chance. Gives how many.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn revive(&self) -> Result<u64, Error> {
        Ok(self.store.revive_dead(self.acts.now()).await?)
    }

    /// How much waits.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn counts(&self) -> Result<QueueCounts, Error> {
        Ok(self.store.queue_counts().await?)
    }
}

/// What clocks rang for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rung {
    pub clocks: usize,
    /// Records closed by the software.
    pub closed: u64,
    /// Archives destroyed by the software.
    pub destroyed: u64,
    /// What was due and could not be done: tried again an hour later.
    pub failed: u64,
}

impl Rung {
    fn count(&mut self, act: DatedAct) {
        match act {
            DatedAct::CloseUnopposed => self.closed += 1,
            DatedAct::DestroyArchive | DatedAct::DestroyAfterDeath | DatedAct::DestroyAsked => self.destroyed += 1,
            // Counted by whoever committed it.
            DatedAct::FinishDestruction => {}
        }
    }
}

/// What came of an act that a clock rang for.
enum Acted {
    Done(DatedAct),
    Nothing,
    Failed,
}

/// What may be done without and is old is no news any more: the inbox has it. It comes up when a worker was away for long.
fn is_stale(notice: &Notice, now: Moment) -> bool {
    notice.kind.is_optional() && notice.at < now.plus_days(-STALE_DAYS)
}

/// Rows of one batch: some seconds of mail.
const BATCH: u32 = 256;
/// Rows relayed at once, below the connections of a process.
const AT_ONCE: usize = 8;
/// Longer than a batch takes, shorter than a person waits for news of a worker that died.
const LEASE_SECONDS: i64 = 300;
/// Nothing is begun in the last fifth of a lease.
const LEASE_MARGIN: i64 = 5;
/// From half a minute, doubled each time up to six hours: the last try is about two days after the first.
const FIRST_PAUSE_SECONDS: i64 = 30;
const PAUSE_MAX_SECONDS: i64 = 6 * 3_600;
/// Tries of one delivery.
const TRIES_MAX: u32 = 17;
const STALE_DAYS: i64 = 30;
/// The clock of a record for which an act failed rings again after this.
const SECONDS_AFTER_FAILURE: i64 = 3_600;
