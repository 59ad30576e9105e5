//! FHIR R4: bytes of PDSm / PDSm4DMP / MHD resources to and from core words (`interop.md` 3). Pure codecs.
//!
//! Reading goes `json::parse` (or `xml::to_json`) → `serde_json::Value` → a `Received…` struct of options →
//! `check_…`, which lists every finding. Rendering writes JSON text directly ([`write::JsonText`]).

pub mod audit_event;
pub mod bundle;
pub mod bundle_search;
pub mod capability;
pub mod cds;
pub mod coding;
pub mod consent;
pub mod document_reference;
mod element;
pub mod encounter;
pub mod ips;
pub mod json;
pub mod list;
pub mod operation;
pub mod outcome;
pub mod patch;
pub mod patient;
mod people;
#[cfg(test)]
pub(crate) mod samples;
mod schema;
pub mod search;
pub mod urls;
pub mod write;
pub mod xml;

pub use element::When;
