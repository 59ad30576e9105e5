//! The first lines of the newest reports that a caller may read, for the first screen of a consultation.

use std::collections::HashMap;

use dmp_core::access::{Act, Caller};
use dmp_core::document::{DocumentEntry, Topic};
use dmp_core::{EntryId, RecordKey};

use crate::find::{CODED, unfolded};
use crate::judge::Asked;
use crate::{Error, Service, Summarized};

/// The newest reports of a record, each with its first words: empty for one that is not read yet or has no text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastReports {
    /// Reports, letters and reports of imaging, newest first.
    pub newest: Vec<(EntryId, String)>,
    /// The newest that a hospital wrote of a stay, an emergency or an operation, when it is none of these.
    pub hospital: Option<(EntryId, String)>,
}

impl Service {
    /// Of the record of a summary that was just made: the newest reports, `most` of them. Each document is judged again; the leaf is that of the summary, which
    /// names what was read.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn last_reports(&self, made: &Summarized, caller: &Caller, most: usize) -> Result<LastReports, Error> {
        let asked = Asked { act: Act::List, caller, now: self.clock.now() };
        let facts = self.emergency_facts(&made.record, &asked).await?;
        let reports = made.record.entries.iter().map(AsRef::as_ref).filter(|entry| entry.status.is_latest() && is_report(entry));
        let mut reports: Vec<&DocumentEntry> = reports.collect();
        reports.sort_by_key(|entry| std::cmp::Reverse((entry.service_start, entry.id)));
        // Newest first, and no further than what is shown: a long record is not judged whole a second time.
        let mut rest = reports.into_iter();
        let newest: Vec<&DocumentEntry> = rest.by_ref().filter(|entry| self.may_read(entry, &facts, &asked)).take(most).collect();
        let hospital = if newest.iter().any(|entry| is_of_hospital(entry)) {
            None
        } else {
            rest.find(|entry| is_of_hospital(entry) && self.may_read(entry, &facts, &asked))
        };
        let shown: Vec<EntryId> = newest.iter().copied().chain(hospital).map(|entry| entry.id).collect();
        let words: HashMap<EntryId, String> = self.openings(made.record.key, &shown).await?.into_iter().collect();
        let begun = |entry: &DocumentEntry| (entry.id, words.get(&entry.id).cloned().unwrap_or_default());
        Ok(LastReports { newest: newest.into_iter().map(begun).collect(), hospital: hospital.map(begun) })
    }

    /// The first words of some documents. The texts of the others are not read for them.
    async fn openings(&self, key: RecordKey, entries: &[EntryId]) -> Result<Vec<(EntryId, String)>, Error> {
        let rows = self.store.texts_of(key, entries).await?;
        let open = |(entry, row): (EntryId, Vec<u8>)| Ok((entry, unfolded(&row)?.opening(CODED, FIRST_WORDS)));
        rows.into_iter().map(open).collect()
    }
}

fn is_of_hospital(entry: &DocumentEntry) -> bool {
    OF_HOSPITALS.contains(&entry.type_code.as_str())
}

fn is_report(entry: &DocumentEntry) -> bool {
    matches!(Topic::of(entry), Topic::Reports | Topic::Letters | Topic::Imaging) && entry.type_code.as_str() != "IMG-KOS"
}

/// Letters at discharge, reports of stays, emergencies and operations, summaries of episodes, transfers (JDV_J66).
const OF_HOSPITALS: [&str; 8] = ["11490-0", "34112-3", "15507-7", "34133-9", "34874-8", "67851-6", "18761-7", "60280-5"];
/// Characters of the first lines.
const FIRST_WORDS: usize = 220;
