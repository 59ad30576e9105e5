//! Submission sets (*lots de soumission*) and folders: both become a FHIR `List` at the door.

use serde::{Deserialize, Serialize};

use super::{Author, Code, SourcePatient};
use crate::ids::EntryId;
use crate::moment::Moment;

/// What was sent together, once; never changes after it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionSet {
    pub id: EntryId,
    pub unique_id: String,
    /// OID of the system that sent it (XDS sourceId).
    pub source_id: String,
    /// J59 content type, or whatever designation the sender gave.
    pub content_type: Option<Code>,
    pub title: Option<String>,
    pub comments: Option<String>,
    pub submitted_at: Moment,
    /// The date the sender wrote on it.
    pub declared_at: Moment,
    pub author: Author,
    pub source_patient: Option<SourcePatient>,
    pub entries: Vec<EntryId>,
    /// The account that sent it.
    pub deposited_by: String,
}

/// A named grouping of documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    pub id: EntryId,
    pub unique_id: String,
    pub designation: Vec<Code>,
    pub title: String,
    pub updated_at: Moment,
    pub entries: Vec<EntryId>,
    pub deposited_by: String,
}
