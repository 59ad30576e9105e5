//! What stands before a value: tag, how it is written, length (DICOM PS3.5, 7.1 and 7.5), little endian.

use super::tags::{Tag, is_sequence};

/// Value representations whose length has two bytes (PS3.5 7.1.2, table 7.1-2); all others, those still to come too, have two reserved bytes
/// and a length of four.
const SHORT: [&[u8; 2]; 21] = [
    b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US",
];
/// The length of what ends with a delimiter (PS3.5 7.1.1).
const UNDEFINED: u32 = u32::MAX;
/// The group of items and delimiters, which have no value representation in any encoding (PS3.5 7.5).
const ITEM_GROUP: u16 = 0xfffe;

/// How a data set is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Without value representations (PS3.5 7.1.3).
    Implicit,
    Explicit,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Value(Tag),
    /// A sequence, and how its items are written.
    Sequence(Tag, Encoding),
    Item,
    ItemEnd,
    SequenceEnd,
}

#[derive(Debug)]
pub(super) struct Header {
    pub mark: Mark,
    /// Bytes of the value. `None`: it is a sequence or an item, and ends with a delimiter.
    pub length: Option<usize>,
    /// Bytes of the header itself.
    pub size_bytes: usize,
}

/// The header that bytes begin with. `None`: they are cut off, or none.
pub(super) fn read(bytes: &[u8], encoding: Encoding) -> Option<Header> {
    let mut rest = bytes;
    let tag = Tag(u16::from_le_bytes(take(&mut rest)?), u16::from_le_bytes(take(&mut rest)?));
    let mut representation = None;
    let length = match encoding {
        Encoding::Explicit if tag.0 != ITEM_GROUP => {
            let named = take(&mut rest)?;
            representation = Some(named);
            let short = u16::from_le_bytes(take(&mut rest)?);
            if SHORT.contains(&&named) { u32::from(short) } else { u32::from_le_bytes(take(&mut rest)?) }
        }
        Encoding::Explicit | Encoding::Implicit => u32::from_le_bytes(take(&mut rest)?),
    };
    let mark = match (tag, representation.as_ref()) {
        (Tag(ITEM_GROUP, element), _) => delimiter(element, length)?,
        (tag, Some(b"SQ")) => Mark::Sequence(tag, Encoding::Explicit),
        // Whatever the data set is written in (PS3.5 6.2.2).
        (tag, Some(b"UN")) if length == UNDEFINED => Mark::Sequence(tag, Encoding::Implicit),
        (tag, None) if length == UNDEFINED || is_sequence(tag) => Mark::Sequence(tag, Encoding::Implicit),
        // Pixels in fragments (PS3.5 A.4), or no honest value.
        _ if length == UNDEFINED => return None,
        (tag, _) => Mark::Value(tag),
    };
    let length = if length == UNDEFINED { None } else { Some(usize::try_from(length).ok()?) };
    Some(Header { mark, length, size_bytes: bytes.len() - rest.len() })
}

/// An item, or a delimiter, which has no value (PS3.5 7.5.1, table 7.5-3).
fn delimiter(element: u16, length: u32) -> Option<Mark> {
    match (element, length) {
        (0xe000, _) => Some(Mark::Item),
        (0xe00d, 0) => Some(Mark::ItemEnd),
        (0xe0dd, 0) => Some(Mark::SequenceEnd),
        _ => None,
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}
