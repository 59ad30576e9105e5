//! Statistics: what commits left is counted into cells, and cells are added up into what everybody may read. Nothing here decides a right.

use std::sync::Arc;

use dmp_core::Moment;
use dmp_core::remuneration::Tariffs;
use dmp_core::statistics::{Counted, Figures, paris_day, settlement};
use dmp_store::{Saving, Sums};
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
        let settled = settlement(rows.iter().flat_map(|row| row.deeds.iter().map(move |deed| (row.key, deed))), tariffs);
        // When another worker was faster, what it left is found by the next call.
        self.store.settle(&rows, &settled).await?;
        Ok(rows.len())
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
        let Sums { by_channel, by_department, .. } = self.store.sums().await?;
        let figures = Figures::of(Counted { by_channel: &by_channel, by_department: &by_department }, paris_day(now));
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
