//! What a document's metadata are (XDS DocumentEntry), its life cycle and its classification.

mod announcement;
mod code;
mod confidentiality;
mod entry;
mod life_cycle;
mod propose;
mod submission;
mod topic;
mod types;

pub use announcement::{Announcement, Veil};
pub use code::{Code, system};
pub use confidentiality::{Confidentiality, Visibility};
pub use entry::{Author, AuthorKind, ContentRef, DocumentEntry, Reference, SourcePatient};
pub use life_cycle::{Approved, Archived, AvailabilityStatus, Deleted, Deprecated, word as status_word};
pub use propose::propose_type;
pub use submission::{Folder, SubmissionSet};
pub use topic::Topic;
pub use types::{CLASSES, ClassCode, TYPES, TypeCode, class_of, type_label};
