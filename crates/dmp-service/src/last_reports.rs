//! The first lines of the newest reports that a caller may read, for the first screen of a consultation.

use dmp_core::EntryId;
use dmp_core::access::{Act, Caller};
use dmp_core::document::{DocumentEntry, Topic};

use crate::find::CODED;
use crate::judge::Asked;
use crate::{Error, Service, Summarized};

impl Service {
    /// Of the record of a summary that was just made: the newest reports, letters and reports of imaging, newest first, each with its first
    /// words (empty for one that is not read yet or has no text). Each document is judged again; the leaf is that of the summary, which
    /// names what was read.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn last_reports(&self, made: &Summarized, caller: &Caller, most: usize) -> Result<Vec<(EntryId, String)>, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let facts = self.emergency_facts(&made.record, &asked).await?;
        let reports = self.readable_documents(&made.record, &facts, &asked).filter(|entry| entry.status.is_latest() && is_report(entry));
        let mut reports: Vec<&DocumentEntry> = reports.collect();
        reports.sort_by_key(|entry| std::cmp::Reverse((entry.service_start, entry.id)));
        reports.truncate(most);
        let texts = self.texts_of(made.record.key).await?;
        Ok(reports.into_iter().map(|entry| (entry.id, texts.opening(entry.id, CODED, FIRST_WORDS))).collect())
    }
}

fn is_report(entry: &DocumentEntry) -> bool {
    matches!(Topic::of(entry), Topic::Reports | Topic::Letters | Topic::Imaging) && entry.type_code.as_str() != "IMG-KOS"
}

/// Characters of the first lines.
const FIRST_WORDS: usize = 220;
