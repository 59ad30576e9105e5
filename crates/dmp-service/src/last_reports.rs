//! The first lines of the newest reports that a caller may read, for the first screen of a consultation.

use dmp_core::EntryId;
use dmp_core::access::{Act, Caller};
use dmp_core::document::{DocumentEntry, Topic};

use crate::find::CODED;
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
        let reports = self.readable_documents(&made.record, &facts, &asked).filter(|entry| entry.status.is_latest() && is_report(entry));
        let mut reports: Vec<&DocumentEntry> = reports.collect();
        reports.sort_by_key(|entry| std::cmp::Reverse((entry.service_start, entry.id)));
        let hospital = reports.iter().position(|entry| OF_HOSPITALS.contains(&entry.type_code.as_str())).filter(|place| *place >= most);
        let hospital = hospital.and_then(|place| reports.get(place)).map(|entry| entry.id);
        reports.truncate(most);
        let texts = self.texts_of(made.record.key).await?;
        let begun = |id: EntryId| (id, texts.opening(id, CODED, FIRST_WORDS));
        Ok(LastReports { newest: reports.into_iter().map(|entry| begun(entry.id)).collect(), hospital: hospital.map(begun) })
    }
}

fn is_report(entry: &DocumentEntry) -> bool {
    matches!(Topic::of(entry), Topic::Reports | Topic::Letters | Topic::Imaging) && entry.type_code.as_str() != "IMG-KOS"
}

/// Letters at discharge, reports of stays, emergencies and operations, summaries of episodes, transfers (JDV_J66).
const OF_HOSPITALS: [&str; 8] = ["11490-0", "34112-3", "15507-7", "34133-9", "34874-8", "67851-6", "18761-7", "60280-5"];
/// Characters of the first lines.
const FIRST_WORDS: usize = 220;
