//! Parquet files, row by row. Values are texts, whole numbers, truth values, dates, or lists of texts.

use std::borrow::Cow;
use std::fs::File;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::record::{Field, Row};

use super::{Block, Column, Content, Raw};

/// Rows of a block.
const BLOCK_ROWS: usize = 4096;

/// Reads a Parquet file block by block.
pub(crate) struct ParquetBlocks {
    reader: SerializedFileReader<File>,
    header: Vec<Column>,
    /// Next group of rows.
    group: usize,
    /// Rows of the group under way.
    rows: Option<ReaderIter>,
    position: u64,
}

impl ParquetBlocks {
    /// Opens a file and reads its schema.
    ///
    /// # Errors
    /// In words, when it is none or its columns are not those of the feed.
    pub fn start(file: File) -> Result<Self, String> {
        let reader = SerializedFileReader::new(file).map_err(words)?;
        let schema = reader.metadata().file_metadata().schema();
        let header = Column::header(schema.get_fields().iter().map(|field| field.name()))?;
        Ok(ParquetBlocks { reader, header, group: 0, rows: None, position: 0 })
    }

    /// Passes over so many rows; whole groups are not read.
    ///
    /// # Errors
    /// In words, when the file cannot be read.
    pub fn skip_to(&mut self, position: u64) -> Result<(), String> {
        while self.group < self.reader.num_row_groups() {
            let rows = u64::try_from(self.reader.metadata().row_group(self.group).num_rows()).unwrap_or(0);
            if self.position + rows > position {
                break;
            }
            self.position += rows;
            self.group += 1;
        }
        while self.position < position {
            if self.row()?.is_none() {
                return Err("the file is shorter than when it was read before".to_owned());
            }
        }
        Ok(())
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// In words, when the file cannot be read.
    pub fn next(&mut self) -> Result<Option<Block>, String> {
        let first_line = self.position + 1;
        let mut rows = Vec::with_capacity(BLOCK_ROWS);
        while rows.len() < BLOCK_ROWS {
            let Some(row) = self.row()? else { break };
            rows.push(raw(&row, &self.header));
        }
        let is_over = rows.is_empty();
        Ok((!is_over).then_some(Block { content: Content::Rows(rows), first_line, position: self.position, line: self.position + 1 }))
    }

    fn row(&mut self) -> Result<Option<Row>, String> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                self.position += 1;
                return row.map(Some).map_err(words);
            }
            if self.group >= self.reader.num_row_groups() {
                return Ok(None);
            }
            self.rows = Some(self.open_group()?);
            self.group += 1;
        }
    }

    fn open_group(&self) -> Result<ReaderIter, String> {
        let group = self.reader.get_row_group(self.group).map_err(words)?;
        let schema = self.reader.metadata().file_metadata().schema_descr_ptr();
        TreeBuilder::new().as_iter(schema, &*group).map_err(words)
    }
}

/// What the library says may hold what a file says: its kind of error is told, no more.
fn words(error: parquet::errors::ParquetError) -> String {
    use parquet::errors::ParquetError;
    match error {
        ParquetError::NYI(_) => "the Parquet file uses something that is not supported (compression other than Snappy or zstd?)".to_owned(),
        ParquetError::EOF(_) => "the Parquet file is cut".to_owned(),
        _ => "the Parquet file cannot be read".to_owned(),
    }
}

fn raw(row: &Row, header: &[Column]) -> Option<Raw<'static>> {
    let mut raw = Raw::default();
    for (column, (_, field)) in header.iter().zip(row.get_column_iter()) {
        raw.set(*column, Cow::Owned(text(field)?));
    }
    Some(raw)
}

fn text(field: &Field) -> Option<String> {
    match field {
        Field::Null => Some(String::new()),
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => String::from_utf8(bytes.data().to_vec()).ok(),
        Field::Bool(truth) => Some(truth.to_string()),
        Field::Byte(number) => Some(number.to_string()),
        Field::Short(number) => Some(number.to_string()),
        Field::Int(number) => Some(number.to_string()),
        Field::Long(number) => Some(number.to_string()),
        Field::UByte(number) => Some(number.to_string()),
        Field::UShort(number) => Some(number.to_string()),
        Field::UInt(number) => Some(number.to_string()),
        Field::ULong(number) => Some(number.to_string()),
        // Written as YYYY-MM-DD.
        Field::Date(_) => Some(field.to_string()),
        Field::ListInternal(list) => {
            let texts: Option<Vec<String>> = list.elements().iter().map(text).collect();
            texts.map(|texts| texts.join("|"))
        }
        _ => None,
    }
}
