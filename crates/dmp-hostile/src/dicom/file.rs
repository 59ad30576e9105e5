//! The file around a data set: preamble and file meta information (DICOM PS3.10, 7.1).

use super::header::Encoding;
use super::tags::TRANSFER_SYNTAX_UID;
use super::walk::{Event, walk};
use crate::frame::Unreadable;

const PREAMBLE_BYTES: usize = 128;
const PREFIX: &[u8] = b"DICM";
/// (0002,0000), the length of the file meta information after it: tag, `UL`, four bytes of value.
const GROUP_LENGTH: &[u8] = b"\x02\x00\x00\x00UL\x04\x00";
/// Transfer syntaxes (PS3.5 A.1, A.2). A KOS has no pixels, so that honest ones come in one of the two.
const IMPLICIT_LITTLE_ENDIAN: &str = "1.2.840.10008.1.2";
const EXPLICIT_LITTLE_ENDIAN: &str = "1.2.840.10008.1.2.1";

/// Whether bytes begin as a DICOM file.
pub(crate) fn is_dicom(document: &[u8]) -> bool {
    document.get(PREAMBLE_BYTES..).is_some_and(|rest| rest.starts_with(PREFIX))
}

/// How the data set is written, and its bytes.
///
/// # Errors
/// [`Unreadable::UnknownFormat`] for any other transfer syntax.
/// SECURITY: a deflated one among them: a few bytes of it would become gigabytes.
pub(super) fn open(document: &[u8]) -> Result<(Encoding, &[u8]), Unreadable> {
    let (meta, data_set) = parts(document).ok_or(Unreadable::Damaged)?;
    let mut syntax = String::new();
    walk(meta, Encoding::Explicit, &mut |event| {
        if let Event::Value { path: [], tag: TRANSFER_SYNTAX_UID, text } = event {
            syntax = text;
        }
    })?;
    match syntax.as_str() {
        IMPLICIT_LITTLE_ENDIAN => Ok((Encoding::Implicit, data_set)),
        EXPLICIT_LITTLE_ENDIAN => Ok((Encoding::Explicit, data_set)),
        _ => Err(Unreadable::UnknownFormat),
    }
}

/// File meta information without its length, and data set.
fn parts(document: &[u8]) -> Option<(&[u8], &[u8])> {
    let meta = document.get(PREAMBLE_BYTES + PREFIX.len()..)?.strip_prefix(GROUP_LENGTH)?;
    let (length, rest) = meta.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}
