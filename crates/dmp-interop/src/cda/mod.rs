//! CDA R2 documents with the French header (CI-SIS *structuration minimale*, `interop.md` 6).
//!
//! [`inspect`] reads and judges the header, [`derive`] makes the metadata from it, [`coherence::check`]
//! compares it with the metadata that were sent, [`narrative::to_html`] shows the document to people, [`write`] makes documents of our own.
//! Nothing here runs a style sheet, follows a link, or reads a file.

pub mod coherence;
mod derive;
mod header;
mod inspect;
pub mod narrative;
mod parse;
mod people;
mod read;
mod rules;
mod sections;
mod time;
pub(crate) mod tree;
pub mod write;

pub use coherence::Claimed;
pub use derive::{Derived, derive};
pub use header::{
    AssignedEntity, Author, Body, CodedValue, Custodian, Device, Encounter, Found, Header, HlTime, InstanceId, LegalAuthenticator, Organization,
    Participant, Patient, Place, Presentation, RelatedDocument, ServiceEvent,
};
pub use inspect::{Inspection, inspect, rule_family};
pub use parse::{CDA_SIZE_MAX, Cda, Limits, read_text};
pub use sections::{Section, sections};
pub use time::moment_of_hl7;
