//! Asking that a document be corrected, following the request, answering it.

use askama::Template;
use dmp_core::moment::Moment;
use dmp_core::record::{CorrectionOutcome, CorrectionRequest, CorrectionStage};

use crate::lang::silent_debug;
use crate::texts::correction::{CorrectionTexts, stage_words};
use crate::{DocumentLine, Shell};

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionProblem {
    Missing,
    TooLong,
}

/// « Signaler une erreur », at `/documents/{id}/correction`.
///
/// Form: `POST /documents/{id}/correction` (`csrf`, `quote`, `wrong`, `right`).
#[derive(Clone, Template)]
#[template(path = "correction_form.html")]
pub struct CorrectionForm {
    pub shell: Shell,
    pub document: DocumentLine,
    pub quote: String,
    pub wrong: String,
    pub right: String,
    pub problem: Option<CorrectionProblem>,
    /// The author has no account at this service: nobody but the operator follows the request.
    pub nobody: bool,
}

impl CorrectionForm {
    fn t(&self) -> &'static CorrectionTexts {
        CorrectionTexts::of(self.shell.lang)
    }

    fn problem_words(&self) -> Option<&'static str> {
        self.problem.map(|problem| match problem {
            CorrectionProblem::Missing => self.t().missing,
            CorrectionProblem::TooLong => self.t().too_long,
        })
    }
}

/// One request, as its reader sees it.
#[derive(Clone)]
pub struct CorrectionLine {
    /// Sealed id of the request.
    pub id: String,
    pub document: DocumentLine,
    pub quote: String,
    pub wrong: String,
    pub right: String,
    pub asked_at: Moment,
    pub asked_by: String,
    pub due_at: Moment,
    pub stage: CorrectionStage,
    /// When and by whom it was answered.
    pub answered: Option<(Moment, String)>,
    /// Of a refusal.
    pub reason: String,
    /// Path of the version that took the document's place, when this reader may see it.
    pub newer: Option<String>,
    pub may_withdraw: bool,
    /// The author has no account at this service.
    pub nobody: bool,
}

impl CorrectionLine {
    /// From a request whose document this reader may see.
    pub fn of(request: &CorrectionRequest, id: String, document: DocumentLine, now: Moment) -> Self {
        let (answered, reason) = match &request.outcome {
            CorrectionOutcome::Replaced { at, by, .. } => (Some((*at, by.clone())), String::new()),
            CorrectionOutcome::Refused { at, by, reason } => (Some((*at, by.clone())), reason.clone()),
            CorrectionOutcome::Withdrawn { .. } | CorrectionOutcome::Waits => (None, String::new()),
        };
        CorrectionLine {
            id,
            document,
            quote: request.quote.clone(),
            wrong: request.wrong.clone(),
            right: request.right.clone(),
            asked_at: request.asked_at,
            asked_by: request.asked_by.clone(),
            due_at: request.due_at(),
            stage: request.stage(now),
            answered,
            reason,
            newer: None,
            may_withdraw: false,
            nobody: false,
        }
    }

    fn waits(&self) -> bool {
        matches!(self.stage, CorrectionStage::Sent | CorrectionStage::Seen | CorrectionStage::Overdue)
    }

    fn is_overdue(&self) -> bool {
        self.stage == CorrectionStage::Overdue
    }
}

/// The requests of a record, at `/corrections`.
///
/// Links: `/documents/{id}`, [`CorrectionLine::newer`]. Form: `POST /corrections/{id}/withdraw` (`csrf`).
#[derive(Clone, Template)]
#[template(path = "corrections_page.html")]
pub struct CorrectionsPage {
    pub shell: Shell,
    pub lines: Vec<CorrectionLine>,
}

impl CorrectionsPage {
    fn t(&self) -> &'static CorrectionTexts {
        CorrectionTexts::of(self.shell.lang)
    }

    fn stage(&self, line: &CorrectionLine) -> &'static str {
        stage_words(line.stage, self.shell.lang)
    }
}

/// A request for its author, at `/pro/corrections/{id}`.
///
/// Forms: `POST /pro/corrections/{id}/replace`, `multipart/form-data` (`csrf`, `file`); `POST /pro/corrections/{id}/refuse` (`csrf`, `reason`).
#[derive(Clone, Template)]
#[template(path = "pro_correction.html")]
pub struct ProCorrection {
    pub shell: Shell,
    /// Name of the person whose document it is.
    pub person: String,
    pub line: CorrectionLine,
    /// The reason that was typed.
    pub reason: String,
    pub reason_wrong: bool,
    pub file_wrong: bool,
}

impl ProCorrection {
    fn t(&self) -> &'static CorrectionTexts {
        CorrectionTexts::of(self.shell.lang)
    }

    fn stage(&self) -> &'static str {
        stage_words(self.line.stage, self.shell.lang)
    }
}

/// A request in a professional's list.
#[derive(Clone, PartialEq, Eq)]
pub struct WaitingCorrection {
    /// Sealed id of the request.
    pub id: String,
    /// Whose record it is: for who may list it now.
    pub person: Option<String>,
    pub title: String,
    pub due_at: Moment,
    pub overdue: bool,
}

silent_debug!(CorrectionForm, CorrectionLine, CorrectionsPage, ProCorrection, WaitingCorrection);
