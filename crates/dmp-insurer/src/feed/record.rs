//! The records of a block of text, one after the other. A record that cannot be read costs itself alone.

use super::{Fault, Raw, TextForm, csv, ndjson};

/// Longest record, in bytes.
pub(crate) const RECORD_MAX: usize = 64 * 1024;

/// One record: its line in the file, and its columns or what is wrong with it.
pub(crate) struct Found<'a> {
    pub line: u64,
    pub raw: Result<Raw<'a>, Fault>,
}

/// Gives each record of a block that starts at a line.
pub(crate) fn records<'a>(bytes: &'a [u8], first_line: u64, form: &TextForm, mut each: impl FnMut(Found<'a>)) {
    let (mut rest, mut line) = (bytes, first_line);
    while !rest.is_empty() {
        let end = match form {
            TextForm::Ndjson => line_end(rest),
            TextForm::Csv { delimiter, .. } => csv_end(rest, *delimiter),
        };
        let (record, after) = rest.split_at(end);
        let raw = read(record, form);
        let first = line_end(record);
        // A quote that nobody closed swallows the lines after it: only the first of them is given up.
        let (record, after) = if raw.is_err() && first < record.len() { rest.split_at(first) } else { (record, after) };
        let is_blank = record.iter().all(u8::is_ascii_whitespace);
        if !is_blank {
            each(Found { line, raw });
        }
        line += lines_in(record);
        rest = after;
    }
}

/// A quoted field may hold line feeds; one that runs on beyond the longest record is taken for an unclosed quote.
fn csv_end(bytes: &[u8], delimiter: u8) -> usize {
    let window = bytes.get(..=RECORD_MAX).unwrap_or(bytes);
    csv::record_end(window, delimiter).unwrap_or_else(|| if window.len() == bytes.len() { bytes.len() } else { line_end(bytes) })
}

fn read<'a>(record: &'a [u8], form: &TextForm) -> Result<Raw<'a>, Fault> {
    if record.len() > RECORD_MAX {
        return Err(Fault::whole("record-too-long"));
    }
    let text = std::str::from_utf8(record).map_err(|_| Fault::whole("record-encoding"))?;
    match form {
        TextForm::Ndjson => ndjson::read(text),
        TextForm::Csv { delimiter, header } => csv::read(text, header, *delimiter),
    }
}

/// The end of the first line, behind its line feed.
pub(crate) fn line_end(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |place| place + 1)
}

/// Line feeds.
pub(crate) fn lines_in(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX)
}
