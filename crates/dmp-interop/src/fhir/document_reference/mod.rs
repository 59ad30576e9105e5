//! `DocumentEntry` ↔ FHIR `DocumentReference` (PDSm 3.1 *fiche*; ITI-65, ITI-105, ITI-67).

mod check;
mod read;
mod received;
mod render;

pub use check::{ContentKind, check_bytes, check_comprehensive, check_mode, check_simplified, content_kind};
pub use read::read;
pub use received::{Attachment, Received, ReceivedAuthor, ReceivedOrganization, ReceivedSourcePatient, Relation, SubjectIns, Target};
pub use render::{PatientReference, RenderContext, render};

pub(crate) use check::{check_labels, check_subject, refuse_status};
pub(crate) use read::{Surroundings, decode, read_in, read_subject};
pub(crate) use render::{write_author, write_identifier, write_subject};

#[cfg(test)]
mod tests;
