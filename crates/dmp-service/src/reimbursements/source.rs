//! Where the insurer's lines of a person come from: an edge of the process.

use async_trait::async_trait;
use dmp_core::identity::{BirthDate, Ins};
use dmp_core::reimbursement::Line;
use dmp_core::summary::When;

/// Why there are no lines. Messages never hold an INS, a name or a label.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The source does not answer now: try again later.
    #[error("source of reimbursements is unavailable: {0}")]
    Unavailable(String),
    /// What is kept of this person is damaged.
    #[error("source of reimbursements is damaged: {0}")]
    Damaged(String),
}

/// The insurer's lines, as far as they may leave.
#[async_trait]
pub trait ReimbursementSource: Send + Sync + std::fmt::Debug {
    /// The lines of a person whose care touches the days `from` to `to` (both included), by date, kind and id, each id once, without
    /// those that the exclusion list keeps back. Empty for a person of whom nothing is known.
    ///
    /// `birth` tells whether the person was a minor on the day of an act.
    ///
    /// # Errors
    /// [`SourceError`]
    async fn lines_of(&self, ins: &Ins, birth: BirthDate, from: When, to: When) -> Result<Vec<Line>, SourceError>;
}
