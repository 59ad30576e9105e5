//! An access that the person does not recognise: asked about, looked at, answered.

use serde::{Deserialize, Serialize};

use super::life::Impossible;
use crate::moment::Moment;

/// What the person asked the operator about one professional who looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessReport {
    /// The number that the person keeps, `S-` and ten characters. It says nothing.
    pub number: String,
    /// Account of the professional, `ps:8…`.
    pub account: String,
    /// Who that is, as the journal names them.
    pub name: String,
    /// Profession key `G15/10`.
    pub profession: Option<String>,
    pub structure: Option<String>,
    /// What the person wrote, when they did.
    pub words: Option<String>,
    /// Account of who sent it: the person, or who represents them.
    pub sent_by: String,
    pub sent_at: Moment,
    /// Since when somebody looks at it.
    pub taken_at: Option<Moment>,
    pub answer: Option<ReportAnswer>,
    /// About a minor's secret care: shown to the minor alone.
    pub secret: bool,
}

/// What the operator answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportAnswer {
    pub at: Moment,
    pub finding: ReportFinding,
    /// In words for the person; nothing of their health.
    pub words: String,
    /// Name of who answered.
    pub by: String,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportFinding {
    /// The access was lawful.
    Lawful,
    /// It was not: what is done about it stands in the words.
    Unlawful,
    /// It could not be made out.
    Unclear,
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    Sent,
    /// Somebody looks at it.
    Taken,
    Answered,
}

/// A step of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportStep {
    Take,
    Answer(ReportAnswer),
}

/// Days in which a report is answered (GDPR article 12 (3): one month).
pub const REPORT_ANSWER_DAYS: i64 = 30;

impl AccessReport {
    /// How far it has come.
    pub fn state(&self) -> ReportState {
        match (&self.answer, self.taken_at) {
            (Some(_), _) => ReportState::Answered,
            (None, Some(_)) => ReportState::Taken,
            (None, None) => ReportState::Sent,
        }
    }

    /// When the answer is due.
    pub fn due(&self) -> Moment {
        self.sent_at.plus_days(REPORT_ANSWER_DAYS)
    }

    /// The report after a step.
    ///
    /// # Errors
    /// [`Impossible`] when it was answered already. Taking it up twice changes nothing.
    pub fn step(&self, step: ReportStep, now: Moment) -> Result<AccessReport, Impossible> {
        match (step, self.state()) {
            (_, ReportState::Answered) => Err(Impossible("report-answered")),
            (ReportStep::Take, ReportState::Taken) => Ok(self.clone()),
            (ReportStep::Take, ReportState::Sent) => Ok(AccessReport { taken_at: Some(now), ..self.clone() }),
            (ReportStep::Answer(answer), ReportState::Sent | ReportState::Taken) => {
                Ok(AccessReport { taken_at: self.taken_at.or(Some(now)), answer: Some(answer), ..self.clone() })
            }
        }
    }
}

impl ReportFinding {
    /// The word of the command line.
    pub fn code(self) -> &'static str {
        match self {
            ReportFinding::Lawful => "lawful",
            ReportFinding::Unlawful => "unlawful",
            ReportFinding::Unclear => "unclear",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent() -> AccessReport {
        AccessReport {
            number: "S-0000000000".to_owned(),
            account: "ps:810000000011".to_owned(),
            name: "Dr Anne MODÈLE".to_owned(),
            profession: None,
            structure: None,
            words: None,
            sent_by: "person:1".to_owned(),
            sent_at: Moment::from_seconds(0),
            taken_at: None,
            answer: None,
            secret: false,
        }
    }

    fn answer() -> ReportAnswer {
        ReportAnswer { at: Moment::from_seconds(9), finding: ReportFinding::Lawful, words: "vu".to_owned(), by: "Gaël".to_owned() }
    }

    #[test]
    fn a_report_is_sent_taken_up_and_answered_once() {
        let taken = sent().step(ReportStep::Take, Moment::from_seconds(5)).unwrap();
        assert_eq!((taken.state(), taken.step(ReportStep::Take, Moment::from_seconds(7)).unwrap().taken_at), (ReportState::Taken, taken.taken_at));
        let answered = taken.step(ReportStep::Answer(answer()), Moment::from_seconds(9)).unwrap();
        assert_eq!(answered.state(), ReportState::Answered);
        for step in [ReportStep::Take, ReportStep::Answer(answer())] {
            assert_eq!(answered.step(step, Moment::from_seconds(11)), Err(Impossible("report-answered")));
        }
    }

    #[test]
    fn a_report_that_nobody_took_up_is_answered_all_the_same() {
        let answered = sent().step(ReportStep::Answer(answer()), Moment::from_seconds(9)).unwrap();
        assert_eq!((answered.taken_at, answered.due()), (Some(Moment::from_seconds(9)), Moment::from_seconds(30 * 86_400)));
    }
}
