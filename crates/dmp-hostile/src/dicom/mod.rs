//! An imaging study that a Key Object Selection names (KOS: DICOM PS3.3 A.35.4; the manifest of IHE XDS-I.b, XDS type IMG-KOS).

mod file;
mod found;
mod header;
mod study;
mod tags;
mod text;
mod walk;

use found::Found;

use crate::frame::{Answer, Said, Unreadable};

/// SOP class of a Key Object Selection Document (PS3.4 B.5).
const KEY_OBJECT_SELECTION: &str = "1.2.840.10008.5.1.4.1.1.88.59";

pub(crate) use file::is_dicom;

/// The study of a KOS; nothing for any other DICOM object.
///
/// # Errors
/// [`Unreadable`] says why nothing was read.
pub(crate) fn read(document: &[u8]) -> Answer {
    let (encoding, data_set) = file::open(document)?;
    let mut found = Found::default();
    walk::walk(data_set, encoding, &mut |event| found.take(event))?;
    if found.sop_class != KEY_OBJECT_SELECTION {
        return Ok(Said::Text(Vec::new()));
    }
    study::of(found).map(|study| Said::Study(Box::new(study))).ok_or(Unreadable::Damaged)
}
