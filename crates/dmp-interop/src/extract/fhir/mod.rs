//! Facts of FHIR R4 resources in JSON: document bundles (IPS), collections, single resources.
//!
//! A document is read section by section, in the order of its Composition; resources that no section names follow. Extensions and code
//! systems beyond those that the reader knows are kept as codes and change nothing.

mod clinical;
mod medicine;
mod node;
mod observation;
mod other;
mod walk;

use dmp_core::identity::InsAuthority;
use dmp_core::summary::Extraction;
use serde_json::Value;

use super::Reading;
use crate::cda::CDA_SIZE_MAX;
use crate::fhir::json::{Limits, parse};
use node::{array, text};

/// Reads a FHIR document.
pub(super) fn reading(bytes: &[u8]) -> Reading {
    let limits = Limits { bytes_max: CDA_SIZE_MAX, ..Limits::default() };
    let Ok(resource) = parse(bytes, limits) else { return Reading::without_facts(Extraction::Unreadable) };
    if text(&resource, "resourceType").is_none() {
        return Reading::without_facts(Extraction::NothingReadable);
    }
    let mut reading = Reading::without_facts(Extraction::Read);
    walk::add(&resource, &mut reading);
    reading
}

/// The INS among the identifiers of a Patient.
fn ins_of(patient: &Value) -> Option<String> {
    let is_ins = |identifier: &&Value| text(identifier, "system").is_some_and(|system| InsAuthority::from_oid(system).is_some());
    array(patient, "identifier").iter().find(is_ins).and_then(|identifier| text(identifier, "value")).map(str::to_owned)
}
