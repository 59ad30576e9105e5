//! CSV (RFC 4180) with `;` or `,`: finding where a record ends, and its fields.

use std::borrow::Cow;

use super::{Column, Fault, Raw};

/// Where a scan of CSV stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// A quote inside a quoted field: its end, or the first of two.
    QuoteInQuoted,
}

/// The end of the first record of some bytes, behind its line feed. `None` when it does not end in them.
pub(crate) fn record_end(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut state = State::FieldStart;
    for (place, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' && state != State::Quoted {
            return Some(place + 1);
        }
        state = next(state, *byte, delimiter);
    }
    None
}

fn next(state: State, byte: u8, delimiter: u8) -> State {
    match state {
        State::Quoted if byte == b'"' => State::QuoteInQuoted,
        State::Quoted => State::Quoted,
        State::QuoteInQuoted if byte == b'"' => State::Quoted,
        State::FieldStart if byte == b'"' => State::Quoted,
        State::FieldStart | State::Plain | State::QuoteInQuoted if byte == delimiter => State::FieldStart,
        State::FieldStart | State::Plain | State::QuoteInQuoted => State::Plain,
    }
}

/// The delimiter of a header: whichever of `;` and `,` it has more of.
pub(crate) fn delimiter_of(header: &str) -> u8 {
    let count = |wanted: char| header.chars().filter(|letter| *letter == wanted).count();
    if count(',') > count(';') { b',' } else { b';' }
}

/// Reads one record under a header.
pub(crate) fn read<'a>(record: &'a str, header: &[Column], delimiter: u8) -> Result<Raw<'a>, Fault> {
    let mut raw = Raw::default();
    let mut columns = header.iter();
    for field in fields(record, delimiter)? {
        raw.set(*columns.next().ok_or(Fault::whole("column-count"))?, field);
    }
    if columns.next().is_some() { Err(Fault::whole("column-count")) } else { Ok(raw) }
}

/// The fields of a record.
pub(crate) fn fields(record: &str, delimiter: u8) -> Result<Vec<Cow<'_, str>>, Fault> {
    let mut fields = Vec::with_capacity(Column::ALL.len());
    let mut rest = record.trim_end_matches(['\n', '\r']);
    loop {
        let (field, after) = field(rest, delimiter)?;
        fields.push(field);
        match after {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

/// The first field, and what follows its delimiter.
fn field(text: &str, delimiter: u8) -> Result<(Cow<'_, str>, Option<&str>), Fault> {
    let delimiter = char::from(delimiter);
    let Some(quoted) = text.strip_prefix('"') else {
        return Ok(text.split_once(delimiter).map_or((Cow::Borrowed(text), None), |(field, rest)| (Cow::Borrowed(field), Some(rest))));
    };
    let end = closing_quote(quoted).ok_or(Fault::whole("record-unreadable"))?;
    let (inside, after) = (quoted.get(..end).unwrap_or_default(), quoted.get(end + 1..).unwrap_or_default());
    let field = if inside.contains('"') { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
    match after.strip_prefix(delimiter) {
        Some(rest) => Ok((field, Some(rest))),
        None if after.is_empty() => Ok((field, None)),
        None => Err(Fault::whole("record-unreadable")),
    }
}

/// Where the first quote stands that is not doubled.
fn closing_quote(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let place = from + text.get(from..)?.find('"')?;
        if text.get(place + 1..).is_some_and(|after| after.starts_with('"')) {
            from = place + 2;
        } else {
            return Some(place);
        }
    }
}
