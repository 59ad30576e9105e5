//! A data set as events (DICOM PS3.5, 7), within bounds: no tree is built, nothing recurs, no value is taken that is too long for one that we read.

use super::header::{self, Encoding, Header, Mark};
use super::tags::Tag;
use super::text;
use crate::frame::Unreadable;

/// Deepest nesting, sequences and their items; the evidence of a KOS needs six.
const LEVELS_MAX: usize = 32;
/// Most elements, items and ends of a data set: those of a study of 50,000 images.
const TOKENS_MAX: usize = 500_000;
/// Most bytes of a value that is taken; a longer one is passed over.
const VALUE_BYTES_MAX: usize = 4096;

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

/// Tells every value and every end of an item, in order.
///
/// # Errors
/// [`Unreadable::Damaged`] when the data set is cut off or no data set, [`Unreadable::OverBounds`] when it is larger or deeper than any honest one.
pub(super) fn walk(data_set: &[u8], encoding: Encoding, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), Unreadable> {
    let mut walk = Walk { bytes: data_set, at: 0, encoding, levels: Vec::new(), path: Vec::new() };
    for _ in 0..TOKENS_MAX {
        if walk.is_over() {
            return Ok(());
        }
        walk.step(tell).ok_or(Unreadable::Damaged)?;
        if walk.levels.len() > LEVELS_MAX {
            return Err(Unreadable::OverBounds);
        }
    }
    Err(Unreadable::OverBounds)
}

/// Where a walk stands.
struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
    /// Of the data set; a sequence may have its own.
    encoding: Encoding,
    levels: Vec<Level>,
    path: Vec<Tag>,
}

#[derive(Clone, Copy)]
struct Level {
    kind: Kind,
    encoding: Encoding,
    /// INVARIANT: no level goes beyond the one around it, nor the file.
    bound: usize,
    ends: Ends,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sequence,
    Item,
}

/// The two ways to end of PS3.5 7.5.1 and 7.5.2.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    AtBound,
    ByDelimiter,
}

impl Walk<'_> {
    fn is_over(&self) -> bool {
        self.levels.is_empty() && self.at == self.bytes.len()
    }

    /// The next element, item or end. `None`: there is none that may stand here.
    fn step(&mut self, tell: &mut dyn FnMut(Event<'_>)) -> Option<()> {
        let around = self.levels.last().copied();
        if let Some(level) = around.filter(|level| level.ends == Ends::AtBound && level.bound == self.at) {
            self.leave(level.kind, tell);
            return Some(());
        }
        let (encoding, bound) = around.map_or((self.encoding, self.bytes.len()), |level| (level.encoding, level.bound));
        let Header { mark, length, size_bytes } = header::read(self.bytes.get(self.at..bound)?, encoding)?;
        self.at += size_bytes;
        // SECURITY: nothing is taken or reserved for a length that what is around does not have.
        let end = length.map_or(Some(bound), |length| self.at.checked_add(length).filter(|end| *end <= bound))?;
        let ends = if length.is_some() { Ends::AtBound } else { Ends::ByDelimiter };
        match (around.map(|level| (level.kind, level.ends)), mark) {
            (None | Some((Kind::Item, _)), Mark::Value(tag)) => self.pass(tag, end, tell)?,
            (None | Some((Kind::Item, _)), Mark::Sequence(tag, encoding)) => {
                self.path.push(tag);
                self.levels.push(Level { kind: Kind::Sequence, encoding, bound: end, ends });
            }
            (Some((Kind::Sequence, _)), Mark::Item) => self.levels.push(Level { kind: Kind::Item, encoding, bound: end, ends }),
            (Some((kind @ Kind::Item, Ends::ByDelimiter)), Mark::ItemEnd) | (Some((kind @ Kind::Sequence, Ends::ByDelimiter)), Mark::SequenceEnd) => {
                self.leave(kind, tell);
            }
            // An item outside a sequence, a value in none of its items, an end of nothing.
            _ => return None,
        }
        Some(())
    }

    /// Over a value, telling it unless it is too long.
    fn pass(&mut self, tag: Tag, end: usize, tell: &mut dyn FnMut(Event<'_>)) -> Option<()> {
        let value = self.bytes.get(self.at..end)?;
        self.at = end;
        if value.len() <= VALUE_BYTES_MAX {
            tell(Event::Value { path: &self.path, tag, text: text::decode(value) });
        }
        Some(())
    }

    /// Out of the innermost level.
    fn leave(&mut self, kind: Kind, tell: &mut dyn FnMut(Event<'_>)) {
        self.levels.pop();
        match kind {
            Kind::Item => tell(Event::ItemEnd { path: &self.path }),
            Kind::Sequence => drop(self.path.pop()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &[u8] = b"\xfe\xff\x00\xe0\xff\xff\xff\xff";
    const ITEM_END: &[u8] = b"\xfe\xff\x0d\xe0\0\0\0\0";
    const SEQUENCE_END: &[u8] = b"\xfe\xff\xdd\xe0\0\0\0\0";
    /// (0008,0104) of two letters, in the two encodings.
    const IMPLICIT: &[u8] = b"\x08\x00\x04\x01\x02\0\0\0ab";
    const EXPLICIT: &[u8] = b"\x08\x00\x04\x01LO\x02\0ab";

    fn texts(parts: &[&[u8]], encoding: Encoding) -> Result<Vec<(usize, String)>, Unreadable> {
        let mut told = Vec::new();
        let keep = &mut |event: Event<'_>| {
            if let Event::Value { path, text, .. } = event {
                told.push((path.len(), text));
            }
        };
        walk(&parts.concat(), encoding, keep).map(|()| told)
    }

    fn both() -> Result<Vec<(usize, String)>, Unreadable> {
        Ok(vec![(1, "ab".to_owned()), (0, "ab".to_owned())])
    }

    #[test]
    fn a_sequence_of_a_maker_is_entered_when_it_has_no_length() {
        let implicit: &[u8] = b"\x09\x00\x01\x10\xff\xff\xff\xff";
        assert_eq!(texts(&[implicit, ITEM, IMPLICIT, ITEM_END, SEQUENCE_END, IMPLICIT], Encoding::Implicit), both());
        let unknown: &[u8] = b"\x09\x00\x01\x10UN\0\0\xff\xff\xff\xff";
        assert_eq!(texts(&[unknown, ITEM, IMPLICIT, ITEM_END, SEQUENCE_END, EXPLICIT], Encoding::Explicit), both());
        let of_length: &[u8] = b"\x09\x00\x01\x10\x02\0\0\0\xfe\xff";
        assert_eq!(texts(&[of_length], Encoding::Implicit).map(|told| told.len()), Ok(1), "a value");
    }

    #[test]
    fn a_length_beyond_what_is_around_or_a_wrong_end_is_damage() {
        let of_ten: &[u8] = b"\x40\x00\x43\xa0SQ\0\0\x12\0\0\0";
        let item_of_ten: &[u8] = b"\xfe\xff\x00\xe0\x0a\0\0\0";
        assert_eq!(texts(&[of_ten, item_of_ten, EXPLICIT, EXPLICIT], Encoding::Explicit), both());
        let item_of_eleven: &[u8] = b"\xfe\xff\x00\xe0\x0b\0\0\0";
        let open: &[u8] = b"\x40\x00\x43\xa0SQ\0\0\xff\xff\xff\xff";
        let cases: [&[&[u8]]; 8] = [
            &[of_ten, item_of_eleven, EXPLICIT, EXPLICIT],
            &[of_ten, EXPLICIT, EXPLICIT],
            &[open, ITEM, EXPLICIT, SEQUENCE_END],
            &[open, ITEM, EXPLICIT, ITEM_END],
            &[open, ITEM_END],
            &[open, SEQUENCE_END, SEQUENCE_END],
            &[ITEM, EXPLICIT, ITEM_END],
            &[EXPLICIT, b"\0"],
        ];
        for (number, case) in cases.iter().enumerate() {
            assert_eq!(texts(case, Encoding::Explicit), Err(Unreadable::Damaged), "{number}");
        }
    }
}
