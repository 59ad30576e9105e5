//! Statistics: what commits left is counted into cells, and cells are added up into what everybody may read. Nothing here decides a right.

use std::collections::BTreeSet;
use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::record::Record;
use dmp_core::reimbursement::is_reimbursements;
use dmp_core::remuneration::Tariffs;
use dmp_core::statistics::{Counted, DeedKind, Figures, Mark, Month, consultation_days, first_marked, followed_marks, paris_day, settlement};
use dmp_store::{DeedRow, Saving, Sums};
use tokio::sync::Mutex;

use crate::{Error, Service};

/// What is published: figures of records, and what exams that were not done twice would have cost.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicFigures {
    pub figures: Figures,
    pub savings: Saving,
    /// When it was added up.
    pub at: Moment,
    /// What commits left and nobody has counted yet.
    pub waiting: u64,
}

/// What was added up last. Whoever comes while it is added up waits for the same.
#[derive(Debug, Default)]
pub(crate) struct PublishedCache(Mutex<Option<Arc<PublicFigures>>>);

impl Service {
    /// Counts one batch of what commits left. Gives how many commits it took; none: nothing waits.
    ///
    /// # Errors
    /// Failures of the store. What was counted stays so.
    pub async fn settle_deeds(&self, tariffs: &Tariffs) -> Result<usize, Error> {
        let rows = self.store.deeds(BATCH).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut settled = settlement(rows.iter().flat_map(|row| row.deeds.iter().map(move |deed| (row.key, deed))), tariffs);
        settled.marks.extend(self.followed_in(&rows).await?);
        // When another worker was faster, what it left is found by the next call.
        self.store.settle(&rows, &settled).await?;
        Ok(rows.len())
    }

    /// The reimbursed consultations of the records that got a document, and those that a document followed.
    async fn followed_in(&self, rows: &[DeedRow]) -> Result<Vec<Mark>, Error> {
        let fed = rows.iter().filter(|row| row.deeds.iter().any(|deed| matches!(deed.kind, DeedKind::Document { .. })));
        let keys: BTreeSet<RecordKey> = fed.map(|row| row.key).collect();
        let (mut marks, today) = (Vec::new(), paris_day(self.clock.now()));
        for key in keys {
            let Some(record) = self.store.load(key).await? else { continue };
            marks.extend(followed_marks(&record, &self.consultation_days(&record).await?, today));
        }
        Ok(marks)
    }

    /// The days of the reimbursed consultations that a record tells of.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn consultation_days(&self, record: &Record) -> Result<BTreeSet<i32>, Error> {
        let of_insurer: Vec<EntryId> = record.entries.iter().filter(|entry| is_reimbursements(entry)).map(|entry| entry.id).collect();
        if of_insurer.is_empty() {
            return Ok(BTreeSet::new());
        }
        let extracts = self.store.extracts(record.key).await?;
        Ok(consultation_days(of_insurer.iter().filter_map(|entry| extracts.of(*entry)).flat_map(|extract| extract.facts.iter())))
    }

    /// What everybody may read, at most a minute old.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn published(&self) -> Result<Arc<PublicFigures>, Error> {
        let now = self.clock.now();
        let mut kept = self.published.0.lock().await;
        if let Some(known) = kept.as_ref().filter(|known| known.at <= now && now < known.at.plus_seconds(KEPT_SECONDS)) {
            return Ok(Arc::clone(known));
        }
        let Sums { by_channel, by_department, by_caisse } = self.store.sums().await?;
        let phase = self.config.phase.as_ref();
        let counted = Counted { by_channel: &by_channel, by_department: &by_department, by_caisse: &by_caisse, phase };
        let figures = Figures::of(counted, paris_day(now));
        let last = i64::from(figures.until.last_day());
        let mut savings = Saving { exams: 0, low: 0, middle: 0, high: 0 };
        for (_, saving) in self.store.savings().await?.into_iter().filter(|(day, _)| *day <= last) {
            savings.exams = savings.exams.saturating_add(saving.exams);
            savings.low = savings.low.saturating_add(saving.low);
            savings.middle = savings.middle.saturating_add(saving.middle);
            savings.high = savings.high.saturating_add(saving.high);
        }
        let published = Arc::new(PublicFigures { figures, savings, at: now, waiting: self.store.deeds_waiting().await? });
        *kept = Some(Arc::clone(&published));
        Ok(published)
    }

    /// Removes marks that can count nobody a second time any more. Gives how many there were.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn sweep_marks(&self) -> Result<u64, Error> {
        // One month more than may be marked: what is being counted while the month ends meets its mark.
        let first = first_marked(paris_day(self.clock.now()));
        Ok(self.store.sweep_marks(Month::of_number(first.number() - 1).unwrap_or(first)).await?)
    }

    /// The cells added up as they stand, small counts too: for whoever runs the program.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn sums(&self) -> Result<Sums, Error> {
        Ok(self.store.sums().await?)
    }
}

/// Commits of one batch.
const BATCH: u32 = 2_048;
/// A page that thousands read is added up once a minute.
const KEPT_SECONDS: i64 = 60;
