//! What the person is told, in their inbox. Never health data: who, what kind of act, when.

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// What happened (notification codes of `domain-supplement.md` 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeKind {
    RecordOpened,
    BreakGlass,
    RegulationCentre,
    NewDocument,
    RecordClosed,
}

/// A notice in the person's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NoticeKind,
    pub at: Moment,
    /// Who did it, in words: name, profession, structure.
    pub by: String,
    pub read: bool,
}
