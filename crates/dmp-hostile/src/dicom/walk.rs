//! A data set as events, within bounds: no tree is built, nothing recurs, no value is taken that is too long for one of those we read.

use std::io::Cursor;

use dicom_core::Tag;
use dicom_encoding::{Codec, Endianness, TransferSyntax};
use dicom_parser::StatefulDecode;
use dicom_parser::dataset::LazyDataToken;
use dicom_parser::dataset::lazy_read::LazyDataSetReader;

use super::text;
use crate::frame::Unreadable;

/// Deepest nesting, sequences and their items; the evidence of a KOS needs six.
const LEVELS_MAX: usize = 32;
/// Most elements, items and ends of a data set: those of a study of 50,000 images.
const TOKENS_MAX: usize = 500_000;
/// Most bytes of a value that is taken; a longer one is passed over.
const VALUE_BYTES_MAX: u32 = 4096;

/// How a data set is written, little endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Implicit,
    Explicit,
}

/// What a walk meets. A path names the sequences around it, the outermost first.
#[derive(Debug)]
pub(super) enum Event<'p> {
    Value {
        path: &'p [Tag],
        tag: Tag,
        text: String,
    },
    /// An item of the innermost sequence ends.
    ItemEnd {
        path: &'p [Tag],
    },
}

#[derive(Debug, PartialEq, Eq)]
enum Level {
    Sequence,
    Item,
}

/// Tells every value and every end of an item, in order.
///
/// # Errors
/// [`Unreadable::Damaged`] when the data set is cut off or no data set, [`Unreadable::OverBounds`] when it is larger or deeper than any honest one.
pub(super) fn walk(data_set: &[u8], encoding: Encoding, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), Unreadable> {
    let syntax = TransferSyntax::new("", "", Endianness::Little, encoding == Encoding::Explicit, Codec::None);
    let mut reader = LazyDataSetReader::new_with_ts(Cursor::new(data_set), &syntax).map_err(|_| Unreadable::Damaged)?;
    let end = u64::try_from(data_set.len()).unwrap_or(0);
    let (mut levels, mut path) = (Vec::new(), Vec::new());
    for _ in 0..TOKENS_MAX {
        let Some(token) = reader.advance() else {
            return if levels.is_empty() { Ok(()) } else { Err(Unreadable::Damaged) };
        };
        match token.map_err(|_| Unreadable::Damaged)? {
            LazyDataToken::ElementHeader(_) => {}
            LazyDataToken::SequenceStart { tag, .. } => {
                path.push(tag);
                levels.push(Level::Sequence);
            }
            LazyDataToken::ItemStart { .. } => levels.push(Level::Item),
            // The reader takes any end for the innermost one: a wrong one is told here, before it goes on.
            LazyDataToken::ItemEnd if levels.pop() == Some(Level::Item) => tell(Event::ItemEnd { path: &path }),
            LazyDataToken::SequenceEnd if levels.pop() == Some(Level::Sequence) => drop(path.pop()),
            token @ LazyDataToken::LazyValue { .. } => {
                if let Some((tag, text)) = value(token, end)? {
                    tell(Event::Value { path: &path, tag, text });
                }
            }
            // Pixels, ends of nothing: a KOS has none.
            _ => return Err(Unreadable::Damaged),
        }
        if levels.len() > LEVELS_MAX {
            return Err(Unreadable::OverBounds);
        }
    }
    Err(Unreadable::OverBounds)
}

/// The value of an element, unless it is too long.
fn value<D: StatefulDecode>(token: LazyDataToken<D>, end: u64) -> Result<Option<(Tag, String)>, Unreadable> {
    let LazyDataToken::LazyValue { header, decoder } = &token else { return Ok(None) };
    let (tag, length) = (header.tag, header.len.get().ok_or(Unreadable::Damaged)?);
    // SECURITY: nothing is reserved for a length that the file does not have.
    if decoder.position().saturating_add(u64::from(length)) > end {
        return Err(Unreadable::Damaged);
    }
    if length > VALUE_BYTES_MAX {
        token.skip().map_err(|_| Unreadable::Damaged)?;
        return Ok(None);
    }
    let mut bytes = Vec::new();
    token.read_value_into(&mut bytes).map_err(|_| Unreadable::Damaged)?;
    Ok(Some((tag, text::decode(&bytes))))
}
