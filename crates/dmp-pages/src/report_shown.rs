//! A report about an access, as the person follows it.

use dmp_core::moment::Moment;
use dmp_core::record::{AccessReport, ReportState};

use crate::lang::silent_debug;
use crate::texts::who::{finding_words, report_words};
use crate::{AuthorLine, Lang};

/// A report and how far it has come.
#[derive(Clone)]
pub struct ReportShown {
    pub number: String,
    pub who: AuthorLine,
    pub words: Option<String>,
    pub sent_at: Moment,
    pub due: Moment,
    pub state: ReportState,
    /// The operator's finding and words, once answered.
    pub answer: Option<dmp_core::record::ReportAnswer>,
}

silent_debug!(ReportShown);

impl ReportShown {
    /// From a report of the record.
    pub fn of(report: &AccessReport) -> Self {
        ReportShown {
            number: report.number.clone(),
            who: AuthorLine { name: report.name.clone(), profession: report.profession.clone(), structure: report.structure.clone() },
            words: report.words.clone(),
            sent_at: report.sent_at,
            due: report.due(),
            state: report.state(),
            answer: report.answer.clone(),
        }
    }

    /// « Envoyé le 3 mars 2026. Réponse au plus tard le 2 avril 2026. »
    pub(crate) fn state_words(&self, lang: &Lang) -> String {
        report_words(self, *lang)
    }

    pub(crate) fn finding(&self, lang: &Lang) -> Option<&'static str> {
        self.answer.as_ref().map(|answer| finding_words(answer.finding, *lang))
    }

    pub(crate) fn answer_words(&self) -> &str {
        self.answer.as_ref().map_or("", |answer| answer.words.as_str())
    }

    pub(crate) fn state_class(&self) -> &'static str {
        match self.state {
            ReportState::Answered => "open",
            ReportState::Sent | ReportState::Taken => "ended",
        }
    }
}
