//! Requests to correct a document of somebody else (regulation (EU) 2016/679, articles 12.3 and 16).
//!
//! The person says what is wrong and what it should be; the author sees it, and publishes a corrected version or says why not, within a month.

use serde::{Deserialize, Serialize};

use super::{Head, Impossible};
use crate::ids::EntryId;
use crate::moment::Moment;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionRequest {
    pub id: EntryId,
    pub document: EntryId,
    /// The line that is wrong, as it stands in the document; may be empty.
    pub quote: String,
    pub wrong: String,
    /// What it should be; may be empty.
    pub right: String,
    pub asked_at: Moment,
    /// Who asked, as shown: the person, or who represents them.
    pub asked_by: String,
    /// When the author first opened it.
    pub seen_at: Option<Moment>,
    pub outcome: CorrectionOutcome,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CorrectionOutcome {
    Waits,
    /// A new version took the document's place.
    Replaced {
        at: Moment,
        by: String,
        with: EntryId,
    },
    Refused {
        at: Moment,
        by: String,
        reason: String,
    },
    /// Whoever asked took it back.
    Withdrawn {
        at: Moment,
    },
}

/// Where it stands, for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionStage {
    Sent,
    Seen,
    /// A month has passed without an answer.
    Overdue,
    Replaced,
    Refused,
    Withdrawn,
}

impl CorrectionRequest {
    /// Most characters of the words of a request or of a refusal.
    pub const WORDS_MAX: usize = 1_000;
    /// Most characters of the line that is quoted.
    pub const QUOTE_MAX: usize = 300;
    /// Most requests that wait in one record, and most that are begun in a month.
    pub const WAITING_MAX: usize = 50;
    /// Answered and withdrawn requests that a record keeps for its page; the journal has them all.
    pub const PAST_KEPT: usize = 100;

    /// Until when the author has to answer: a month (article 12.3).
    pub fn due_at(&self) -> Moment {
        self.asked_at.plus_one_month()
    }

    /// Whether it still waits for its answer.
    pub fn waits(&self) -> bool {
        self.outcome == CorrectionOutcome::Waits
    }

    /// Where it stands at a moment.
    pub fn stage(&self, now: Moment) -> CorrectionStage {
        match self.outcome {
            CorrectionOutcome::Waits if self.due_at() <= now => CorrectionStage::Overdue,
            CorrectionOutcome::Waits if self.seen_at.is_some() => CorrectionStage::Seen,
            CorrectionOutcome::Waits => CorrectionStage::Sent,
            CorrectionOutcome::Replaced { .. } => CorrectionStage::Replaced,
            CorrectionOutcome::Refused { .. } => CorrectionStage::Refused,
            CorrectionOutcome::Withdrawn { .. } => CorrectionStage::Withdrawn,
        }
    }

    /// Takes a step.
    ///
    /// # Errors
    /// [`Impossible`] `correction-answered` when it does not wait any more.
    pub fn step(&mut self, outcome: CorrectionOutcome) -> Result<(), Impossible> {
        if !self.waits() {
            return Err(Impossible("correction-answered"));
        }
        self.outcome = outcome;
        Ok(())
    }
}

impl Head {
    /// Whether there is room for another request: few wait, and few were begun in a month, however many were taken back. Of those of the past only
    /// the last ones stay.
    pub fn may_ask_correction(&mut self, now: Moment) -> bool {
        let past = self.corrections.iter().filter(|one| !one.waits()).count();
        let mut too_many = past.saturating_sub(CorrectionRequest::PAST_KEPT);
        self.corrections.retain(|one| {
            let goes = too_many > 0 && !one.waits();
            too_many -= usize::from(goes);
            !goes
        });
        let waiting = self.corrections.iter().filter(|one| one.waits()).count();
        let begun = self.corrections.iter().filter(|one| one.asked_at.plus_one_month() > now).count();
        waiting.max(begun) < CorrectionRequest::WAITING_MAX
    }

    /// A request by its id.
    pub fn correction(&self, id: EntryId) -> Option<&CorrectionRequest> {
        self.corrections.iter().find(|request| request.id == id)
    }

    /// The same, to be changed.
    ///
    /// # Errors
    /// [`Impossible`] `correction-not-found`.
    pub fn correction_mut(&mut self, id: EntryId) -> Result<&mut CorrectionRequest, Impossible> {
        self.corrections.iter_mut().find(|request| request.id == id).ok_or(Impossible("correction-not-found"))
    }

    /// A new version took a document's place: the requests about it that wait are answered. Gives whether there were any.
    pub fn document_replaced(&mut self, document: EntryId, with: EntryId, by: &str, at: Moment) -> bool {
        let waiting = self.corrections.iter_mut().filter(|request| request.document == document && request.waits());
        let answered = waiting.map(|request| request.outcome = CorrectionOutcome::Replaced { at, by: by.to_owned(), with });
        answered.count() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(asked: &str) -> CorrectionRequest {
        CorrectionRequest {
            id: EntryId([1; 16]),
            document: EntryId([2; 16]),
            quote: String::new(),
            wrong: "mauvaise main".into(),
            right: String::new(),
            asked_at: Moment::parse_fhir(asked).unwrap(),
            asked_by: "Camille EXEMPLE".into(),
            seen_at: None,
            outcome: CorrectionOutcome::Waits,
        }
    }

    #[test]
    fn an_answer_is_due_after_a_month_of_the_calendar() {
        let asked = request("2026-01-31T09:00:00Z");
        let day = |text: &str| Moment::parse_fhir(text).unwrap();
        assert_eq!(asked.due_at(), day("2026-02-28T09:00:00Z"));
        assert_eq!(asked.stage(day("2026-02-28T08:59:59Z")), CorrectionStage::Sent);
        assert_eq!(asked.stage(day("2026-02-28T09:00:00Z")), CorrectionStage::Overdue);
        let seen = CorrectionRequest { seen_at: Some(asked.asked_at), ..asked };
        assert_eq!(seen.stage(day("2026-02-01")), CorrectionStage::Seen);
    }

    #[test]
    fn what_was_answered_is_not_answered_again() {
        let mut asked = request("2026-01-31");
        let at = asked.asked_at;
        asked.step(CorrectionOutcome::Refused { at, by: "Dr FICTIF".into(), reason: "exact".into() }).unwrap();
        assert_eq!(asked.step(CorrectionOutcome::Withdrawn { at }), Err(Impossible("correction-answered")));
        assert_eq!(asked.stage(at.plus_days(400)), CorrectionStage::Refused);
    }
}
