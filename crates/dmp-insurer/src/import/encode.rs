//! From a block of a file to lines as the area takes them.

use std::borrow::Cow;

use dmp_core::identity::Ins;

use crate::StagingError;
use crate::area::{Entry, Fresh, Slice, append, body, bucket_of, day_number};
use crate::error::at;
use crate::feed::{Block, Checked, Column, Content, Fault, Raw, Reject, Rules, Word, check, records};
use crate::key::{Keys, PersonHash};

/// A block that was read, checked and encoded.
#[derive(Debug, Default)]
pub(super) struct Encoded {
    pub bytes: Vec<u8>,
    pub slices: Vec<Slice>,
    pub rejects: Vec<Reject>,
    pub read: u64,
    pub position: u64,
    pub line: u64,
}

/// Encodes one block.
pub(super) fn encode(block: Block, file: &str, keys: &Keys, rules: &Rules) -> Result<Encoded, StagingError> {
    let made = Encoded { position: block.position, line: block.line, ..Encoded::default() };
    let mut encoder = Encoder { file, keys, rules, made, known: None, body: Vec::new(), failed: None };
    match &block.content {
        Content::Text { bytes, form } => records(bytes, block.first_line, form, |found| encoder.put(found.line, found.raw)),
        Content::Rows(rows) => {
            for (row, line) in rows.iter().zip(block.first_line..) {
                encoder.put(line, row.clone().ok_or(Fault::whole("value-type")));
            }
        }
    }
    match encoder.failed {
        Some(error) => Err(error),
        None => Ok(encoder.made),
    }
}

struct Encoder<'a> {
    file: &'a str,
    keys: &'a Keys,
    rules: &'a Rules,
    made: Encoded,
    /// The person of the line before: feeds come by person as often as by day.
    known: Option<(Ins, PersonHash)>,
    body: Vec<u8>,
    failed: Option<StagingError>,
}

impl Encoder<'_> {
    fn put(&mut self, line: u64, raw: Result<Raw<'_>, Fault>) {
        self.made.read += 1;
        let line_id = raw.as_ref().map_or(Cow::Borrowed(""), |raw| Cow::Owned(raw.get(Column::LineId).to_owned()));
        match raw.and_then(|raw| check(&raw, self.rules)) {
            Err(fault) => self.made.rejects.push(Reject::new(self.file, line, &line_id, fault)),
            Ok(checked) => {
                if let Err(error) = self.take(checked) {
                    self.failed = Some(error);
                }
            }
        }
    }

    fn take(&mut self, Checked { ins, word }: Checked) -> Result<(), StagingError> {
        let person = self.person(ins);
        self.body.clear();
        let entry = match &word {
            Word::Cancelled { id, day } => Entry { id, day: day_number(*day), body: None },
            Word::Line(line) => {
                self.body = postcard::to_extend(&**line, std::mem::take(&mut self.body)).map_err(at("encode"))?;
                Entry { id: &line.id, day: day_number(line.until.unwrap_or(line.date)), body: body(&self.body) }
            }
        };
        let from = self.made.bytes.len();
        self.made.bytes = append(std::mem::take(&mut self.made.bytes), &Fresh { person, entry })?;
        self.made.slices.push(Slice { bucket: bucket_of(&person), from, to: self.made.bytes.len() });
        Ok(())
    }

    fn person(&mut self, ins: Ins) -> PersonHash {
        match &self.known {
            Some((known, hash)) if *known == ins => *hash,
            Some(_) | None => {
                let hash = self.keys.person(&ins);
                self.known = Some((ins, hash));
                hash
            }
        }
    }
}
