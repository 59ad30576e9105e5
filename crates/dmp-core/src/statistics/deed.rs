//! What one commit did, as far as statistics and remuneration are concerned. It holds no INS, no name of a patient and no content; the accounts in
//! it are those of professionals, and it stands sealed until a worker has counted it.

use serde::{Deserialize, Serialize};

use crate::identity::Structure;
use crate::moment::Moment;
use crate::record::Channel;

/// One thing that happened in one record.
///
/// INVARIANT: variants and fields are only added at the end: a deed that an older program wrote is read by a newer one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// When it happened: it counts on that day, however late it is counted.
    pub at: Moment,
    /// Where the record came from; empty of what was done without loading it.
    pub origin: Origin,
    pub kind: DeedKind,
}

/// How and where a record was opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Origin {
    pub channel: Option<Channel>,
    /// Code of the department, or empty.
    pub department: String,
    /// Number of the *caisse*, or empty.
    pub caisse: String,
}

/// Who is paid for an opening, when its channel is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    pub account: String,
    pub structure: Option<Structure>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeedKind {
    Opened {
        payee: Payee,
        receipt: String,
    },
    /// The opening was taken back: it never counted.
    Cancelled {
        opened_at: Moment,
        payee: Payee,
        receipt: String,
    },
    /// The record left use: closed, frozen by a death, merged into another.
    Closed,
    /// It came back into use. No second opening.
    Reopened,
    Destroyed,
    /// A document was deposited.
    Document {
        origin: DocumentOrigin,
        /// Whole days from the act that it tells of to its deposit.
        delay_days: u16,
        /// The account of the professional, or of the structure, that deposited it.
        feeder: Option<String>,
    },
    /// A professional read.
    Consulted {
        reader: String,
        what: Read,
    },
    /// A level changed: so many more, or fewer, of what a gauge counts.
    Moved {
        gauge: Gauge,
        by: i64,
    },
}

/// What a professional read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Read {
    /// The list of documents, or what is made of them: the summary, a search.
    Record,
    Document,
}

/// Who a document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DocumentOrigin {
    Professional,
    Hospital,
    Laboratory,
    Person,
    Insurer,
}

impl DocumentOrigin {
    /// All, in the order of statistics.
    pub const ALL: [DocumentOrigin; 5] =
        [DocumentOrigin::Professional, DocumentOrigin::Hospital, DocumentOrigin::Laboratory, DocumentOrigin::Person, DocumentOrigin::Insurer];

    /// Whether a professional or a health structure made it: what the honest figure counts.
    pub fn is_professional(self) -> bool {
        matches!(self, DocumentOrigin::Professional | DocumentOrigin::Hospital | DocumentOrigin::Laboratory)
    }
}

/// What is counted as a level: records in use, and what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Gauge {
    /// Records in use.
    Open,
    /// Those that hold at least one document, of anybody.
    Filled,
    /// Those that hold at least one document of a professional or a health structure.
    FilledByProfessionals,
    /// Documents in records in use.
    Documents,
    /// Records in use whose newest document is of this day.
    Newest { day: i32 },
}
