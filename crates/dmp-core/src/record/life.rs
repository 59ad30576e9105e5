//! The states of a record and the steps between them. A step that a state does not have is named, not taken.

use serde::{Deserialize, Serialize};

use crate::ids::RecordKey;
use crate::moment::Moment;

/// Why a step cannot be taken: the code of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Impossible(pub &'static str);

/// Why a record was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureReason {
    /// The person asked.
    Request,
    Death,
    Fraud,
}

/// The act of closing; archived ten years, then destroyed (CSP R.1111-36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    pub at: Moment,
    pub reason: ClosureReason,
    /// Free words of the person who asked.
    pub words: String,
    pub recorded_by: String,
    /// When the person asked that the archive be destroyed before its ten years are over.
    pub destruction_requested_at: Option<Moment>,
}

/// A suspension in the holder's interest (CSP R.1111-36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    pub since: Moment,
    /// Why, in words for the holder.
    pub words: String,
    pub recorded_by: String,
    /// When the holder objected: the record then does not close by itself.
    pub objected_at: Option<Moment>,
}

/// Whether a record can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordStatus {
    Open,
    Closed(Closure),
    /// Access suspended in the holder's interest (fraud, malfunction).
    Suspended(Suspension),
    /// Frozen on death information; what it was before comes back when the information was wrong.
    Deceased {
        since: Moment,
        before: Box<RecordStatus>,
    },
    /// The archive was destroyed; only that there was a record is left.
    Destroyed {
        since: Moment,
    },
    /// The person's record is another one: this was a second record of the same person.
    Merged {
        since: Moment,
        into: RecordKey,
        before: Box<RecordStatus>,
    },
    /// The opening was taken back a moment later, as a mistake; nothing of the record is left.
    Cancelled {
        since: Moment,
    },
}

/// A step in the life of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordStep {
    /// TD1.4, or six weeks after a suspension to which nobody objected.
    Close(Closure),
    /// TD1.2; ends a request for destruction.
    Reactivate,
    Suspend(Suspension),
    Object(Moment),
    Lift,
    ReportDeath(Moment),
    WithdrawDeath,
    RequestDestruction(Moment),
    Destroy(Moment),
    /// An opening by mistake is taken back.
    CancelOpening(Moment),
    Merge {
        at: Moment,
        into: RecordKey,
    },
    Unmerge,
}

impl RecordStep {
    /// When links to the record end with this step.
    pub(super) fn ends_links_at(&self) -> Option<Moment> {
        match self {
            RecordStep::Close(closure) => Some(closure.at),
            RecordStep::Suspend(suspension) => Some(suspension.since),
            RecordStep::ReportDeath(at) | RecordStep::Destroy(at) | RecordStep::CancelOpening(at) | RecordStep::Merge { at, .. } => Some(*at),
            RecordStep::Reactivate
            | RecordStep::Object(_)
            | RecordStep::Lift
            | RecordStep::WithdrawDeath
            | RecordStep::RequestDestruction(_)
            | RecordStep::Unmerge => None,
        }
    }
}

impl RecordStatus {
    /// The state after a step.
    ///
    /// # Errors
    /// [`Impossible`] with the reason why this state does not have this step.
    pub fn step(&self, step: RecordStep) -> Result<RecordStatus, Impossible> {
        match step {
            RecordStep::Close(closure) => match self {
                RecordStatus::Open => Ok(RecordStatus::Closed(closure)),
                RecordStatus::Suspended(suspension) if suspension.objected_at.is_none() => Ok(RecordStatus::Closed(closure)),
                RecordStatus::Suspended(_) => Err(Impossible("suspension-objected")),
                RecordStatus::Closed(_)
                | RecordStatus::Deceased { .. }
                | RecordStatus::Destroyed { .. }
                | RecordStatus::Cancelled { .. }
                | RecordStatus::Merged { .. } => Err(NOT_OPEN),
            },
            RecordStep::Reactivate => self.closed().map(|_| RecordStatus::Open),
            RecordStep::Suspend(suspension) if *self == RecordStatus::Open => Ok(RecordStatus::Suspended(suspension)),
            RecordStep::Suspend(_) => Err(NOT_OPEN),
            RecordStep::Object(at) => match self.suspended()? {
                Suspension { objected_at: Some(_), .. } => Err(Impossible("suspension-objected")),
                suspension => Ok(RecordStatus::Suspended(Suspension { objected_at: Some(at), ..suspension.clone() })),
            },
            RecordStep::Lift => self.suspended().map(|_| RecordStatus::Open),
            RecordStep::ReportDeath(since) => match self {
                RecordStatus::Open | RecordStatus::Closed(_) | RecordStatus::Suspended(_) => {
                    Ok(RecordStatus::Deceased { since, before: Box::new(self.clone()) })
                }
                RecordStatus::Deceased { .. } | RecordStatus::Destroyed { .. } | RecordStatus::Cancelled { .. } | RecordStatus::Merged { .. } => {
                    Err(NOT_OPEN)
                }
            },
            RecordStep::WithdrawDeath => match self {
                RecordStatus::Deceased { before, .. } => Ok((**before).clone()),
                _ => Err(Impossible("record-not-frozen")),
            },
            RecordStep::RequestDestruction(at) => match self.closed()? {
                Closure { destruction_requested_at: Some(_), .. } => Err(Impossible("destruction-requested")),
                closure => Ok(RecordStatus::Closed(Closure { destruction_requested_at: Some(at), ..closure.clone() })),
            },
            RecordStep::CancelOpening(since) if *self == RecordStatus::Open => Ok(RecordStatus::Cancelled { since }),
            RecordStep::CancelOpening(_) => Err(NOT_OPEN),
            RecordStep::Destroy(since) => match self {
                RecordStatus::Closed(_) | RecordStatus::Deceased { .. } => Ok(RecordStatus::Destroyed { since }),
                RecordStatus::Open
                | RecordStatus::Suspended(_)
                | RecordStatus::Destroyed { .. }
                | RecordStatus::Cancelled { .. }
                | RecordStatus::Merged { .. } => Err(NOT_CLOSED),
            },
            RecordStep::Merge { at, into } => match self {
                RecordStatus::Open | RecordStatus::Closed(_) => Ok(RecordStatus::Merged { since: at, into, before: Box::new(self.clone()) }),
                RecordStatus::Suspended(_)
                | RecordStatus::Deceased { .. }
                | RecordStatus::Destroyed { .. }
                | RecordStatus::Cancelled { .. }
                | RecordStatus::Merged { .. } => Err(NOT_OPEN),
            },
            RecordStep::Unmerge => match self {
                RecordStatus::Merged { before, .. } => Ok((**before).clone()),
                _ => Err(Impossible("record-not-merged")),
            },
        }
    }

    fn closed(&self) -> Result<&Closure, Impossible> {
        if let RecordStatus::Closed(closure) = self { Ok(closure) } else { Err(NOT_CLOSED) }
    }

    fn suspended(&self) -> Result<&Suspension, Impossible> {
        if let RecordStatus::Suspended(suspension) = self { Ok(suspension) } else { Err(Impossible("record-not-suspended")) }
    }
}

const NOT_OPEN: Impossible = Impossible("record-not-open");
const NOT_CLOSED: Impossible = Impossible("record-not-closed");
