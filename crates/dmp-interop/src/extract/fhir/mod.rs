//! Facts of FHIR R4 documents in JSON.

use dmp_core::summary::Extraction;

use super::Reading;

/// Reads a FHIR document.
pub(super) fn reading(bytes: &[u8]) -> Reading {
    let _ = bytes;
    Reading::without_facts(Extraction::NothingReadable)
}
