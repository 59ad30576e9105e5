//! A copy on paper that somebody ordered: of what, for whom, by which way (GDPR art. 12 and 15).

use serde::{Deserialize, Serialize};

use super::Language;
use crate::access::CallerKind;
use crate::ids::EntryId;
use crate::moment::Moment;

/// What can be had on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PaperKind {
    /// The medical summary.
    Summary,
    /// Who looked: the journal in sentences.
    Journal,
    /// Who may look.
    Access,
    /// What closing the record means, and how to ask for it.
    Closing,
}

impl PaperKind {
    /// Every kind, in the order of the pages.
    pub const ALL: [PaperKind; 4] = [PaperKind::Summary, PaperKind::Access, PaperKind::Journal, PaperKind::Closing];

    /// The word on the wire and in the name of the file.
    pub fn code(self) -> &'static str {
        match self {
            PaperKind::Summary => "summary",
            PaperKind::Journal => "journal",
            PaperKind::Access => "access",
            PaperKind::Closing => "closing",
        }
    }

    /// From the word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How the paper reaches its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaperWay {
    Post,
    /// In a sealed envelope at the counter: only its reader opens it.
    Counter,
}

impl PaperWay {
    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            PaperWay::Post => "post",
            PaperWay::Counter => "counter",
        }
    }

    /// From the word.
    pub fn from_code(code: &str) -> Option<Self> {
        [PaperWay::Post, PaperWay::Counter].into_iter().find(|way| way.code() == code)
    }
}

/// An order. INVARIANT: printed once: [`PaperOrder::sent_at`] is set in the commit of the leaf that says so.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperOrder {
    pub id: EntryId,
    pub at: Moment,
    /// The account that ordered.
    pub by: String,
    /// Whose eyes it is for, and so what may stand in it: the person, or who represents them.
    pub reader: String,
    pub reader_kind: CallerKind,
    /// Name and lines of the address as they were at the order.
    pub name: String,
    pub address: Vec<String>,
    pub what: Vec<PaperKind>,
    pub way: PaperWay,
    pub language: Language,
    pub sent_at: Option<Moment>,
}

impl std::fmt::Debug for PaperOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PaperOrder({:?}, {:?}, {:?})", self.id, self.what, self.way)
    }
}

impl PaperOrder {
    /// Whether it is still to be printed.
    pub fn waits(&self) -> bool {
        self.sent_at.is_none()
    }
}
