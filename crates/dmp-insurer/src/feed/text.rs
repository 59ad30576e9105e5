//! Blocks of a text file: whole records, about a megabyte each.

use std::io::Read;

use super::record::{RECORD_MAX, line_end, lines_in};
use super::{Block, Column, Content, TextForm, csv};

/// Bytes that a block has at least, unless the file ends.
const BLOCK_BYTES: usize = 1024 * 1024;

/// Reads a text block by block.
pub(crate) struct TextBlocks {
    reader: Box<dyn Read + Send>,
    form: TextForm,
    /// Read and not given yet.
    kept: Vec<u8>,
    /// Bytes given so far, of the text behind its byte order mark.
    position: u64,
    /// Line of the next block.
    line: u64,
    is_over: bool,
}

impl TextBlocks {
    /// Starts behind the byte order mark; reads the header of a CSV.
    ///
    /// # Errors
    /// In words, when the header is none or the file cannot be read.
    pub fn start(reader: Box<dyn Read + Send>, is_csv: bool) -> Result<Self, String> {
        let mut blocks = TextBlocks { reader, form: TextForm::Ndjson, kept: Vec::new(), position: 0, line: 1, is_over: false };
        blocks.fill(BLOCK_BYTES)?;
        if blocks.kept.starts_with("\u{feff}".as_bytes()) {
            blocks.kept.drain(..3);
        }
        if is_csv {
            let end = line_end(&blocks.kept);
            let header: Vec<u8> = blocks.kept.drain(..end).collect();
            blocks.position = count(header.len());
            blocks.line = 2;
            blocks.form = csv_form(&header)?;
        }
        Ok(blocks)
    }

    /// Passes over what was read before: `position` bytes, up to a line.
    ///
    /// # Errors
    /// In words, when the file cannot be read.
    pub fn skip_to(&mut self, position: u64, line: u64) -> Result<(), String> {
        while self.position < position {
            self.fill(BLOCK_BYTES)?;
            if self.kept.is_empty() {
                return Err("the file is shorter than when it was read before".to_owned());
            }
            let step = usize::try_from(position - self.position).unwrap_or(usize::MAX).min(self.kept.len());
            self.kept.drain(..step);
            self.position += count(step);
            self.line = line;
        }
        Ok(())
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// In words, when the file cannot be read.
    pub fn next(&mut self) -> Result<Option<Block>, String> {
        self.fill(BLOCK_BYTES)?;
        if self.kept.is_empty() {
            return Ok(None);
        }
        let end = if self.is_over { self.kept.len() } else { self.block_end()? };
        let rest = self.kept.split_off(end);
        let bytes = std::mem::replace(&mut self.kept, rest);
        let first_line = self.line;
        self.position += count(bytes.len());
        self.line += lines_in(&bytes);
        let content = Content::Text { bytes, form: self.form.clone() };
        Ok(Some(Block { content, first_line, position: self.position, line: self.line }))
    }

    /// Where the whole records of what was read end.
    fn block_end(&mut self) -> Result<usize, String> {
        match self.whole_records() {
            0 => self.long_record(),
            end => Ok(end),
        }
    }

    fn whole_records(&self) -> usize {
        match &self.form {
            TextForm::Ndjson => self.kept.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1),
            TextForm::Csv { delimiter, .. } => {
                let mut end = 0;
                while let Some(next) = csv::record_end(self.kept.get(end..).unwrap_or_default(), *delimiter) {
                    end += next;
                }
                end
            }
        }
    }

    /// A record longer than a block is none. Its first line is given up as a block of its own, shortened, so that it costs no memory.
    fn long_record(&mut self) -> Result<usize, String> {
        let mut end = line_end(&self.kept);
        while self.kept.last() != Some(&b'\n') && end == self.kept.len() && !self.is_over {
            // What lies between the first bytes and the end of the line is dropped.
            let dropped = self.kept.len().saturating_sub(RECORD_MAX + 1);
            self.kept.truncate(RECORD_MAX + 1);
            self.position += count(dropped);
            self.fill(BLOCK_BYTES)?;
            end = line_end(&self.kept);
        }
        Ok(end)
    }

    /// Reads until so many bytes are kept, or the file ends.
    fn fill(&mut self, wanted: usize) -> Result<(), String> {
        let missing = wanted.saturating_sub(self.kept.len());
        if missing > 0 && !self.is_over {
            let limit = u64::try_from(missing).unwrap_or(u64::MAX);
            let read = self.reader.by_ref().take(limit).read_to_end(&mut self.kept).map_err(|error| error.to_string())?;
            self.is_over = read < missing;
        }
        Ok(())
    }
}

fn csv_form(header: &[u8]) -> Result<TextForm, String> {
    let header = std::str::from_utf8(header).map_err(|_| "the header is not UTF-8".to_owned())?;
    let delimiter = csv::delimiter_of(header);
    let names = csv::fields(header, delimiter).map_err(|_| "the header cannot be read".to_owned())?;
    let header = Column::header(names.iter().map(AsRef::as_ref))?;
    Ok(TextForm::Csv { delimiter, header: header.into() })
}

fn count(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
