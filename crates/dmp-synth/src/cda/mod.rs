//! French CDA R2: header of the minimal structuring, sections, entries.

mod entry;
mod entry_medicine;
mod header;
mod narrative;

pub(crate) use dmp_interop::xml::Xml;
pub(crate) use entry::{Lab, allergy, lab_battery, problem, procedure, vital_signs};
pub(crate) use entry_medicine::{Purpose, Taking, dispense, immunization, medication};
pub(crate) use header::{Encounter, Header, Writer, clinical_document, stamp, stamp_day};
pub(crate) use narrative::{Cell, Table, section};

/// LOINC.
pub(crate) const LOINC: &str = dmp_core::document::system::LOINC;
