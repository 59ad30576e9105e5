//! A file of the feed: its form by its name, read block by block from anywhere in it.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::parquet::ParquetBlocks;
use super::text::TextBlocks;
use super::{Column, Raw};

/// Largest window of a zstd file: 128 MB is what its own program takes.
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Ndjson { zstd: bool },
    Csv { zstd: bool },
    Parquet,
}

impl Form {
    /// By the end of the name: `.ndjson`, `.jsonl`, `.csv`, each also with `.zst`, or `.parquet`.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let (name, zstd) = name.strip_suffix(".zst").map_or((name.as_str(), false), |name| (name, true));
        match name.rsplit_once('.')?.1 {
            "ndjson" | "jsonl" => Some(Form::Ndjson { zstd }),
            "csv" => Some(Form::Csv { zstd }),
            "parquet" if !zstd => Some(Form::Parquet),
            _ => None,
        }
    }
}

/// How the records of a text are read.
#[derive(Debug, Clone)]
pub(crate) enum TextForm {
    Ndjson,
    Csv { delimiter: u8, header: Arc<[Column]> },
}

/// Some whole records.
#[derive(Debug)]
pub(crate) struct Block {
    pub content: Content,
    /// Line, or row, of the first one.
    pub first_line: u64,
    /// How far the file is read with this block.
    pub position: u64,
    pub line: u64,
}

/// The records of a block.
#[derive(Debug)]
pub(crate) enum Content {
    Text {
        bytes: Vec<u8>,
        form: TextForm,
    },
    /// One each row; `None` for one whose values have other types than the feed's.
    Rows(Vec<Option<Raw<'static>>>),
}

/// An open file.
pub(crate) enum Source {
    Text(TextBlocks),
    Parquet(Box<ParquetBlocks>),
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    /// In words, when it cannot be read or its header is none.
    pub fn open(path: &Path, form: Form) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let text = |zstd: bool, is_csv: bool| -> Result<Source, String> {
            let reader: Box<dyn Read + Send> =
                if zstd { unpacked(file.try_clone())? } else { Box::new(file.try_clone().map_err(|error| error.to_string())?) };
            TextBlocks::start(reader, is_csv).map(Source::Text)
        };
        match form {
            Form::Ndjson { zstd } => text(zstd, false),
            Form::Csv { zstd } => text(zstd, true),
            Form::Parquet => ParquetBlocks::start(file).map(|blocks| Source::Parquet(Box::new(blocks))),
        }
    }

    /// Passes over what was read before.
    ///
    /// # Errors
    /// In words, when the file cannot be read.
    pub fn skip_to(&mut self, position: u64, line: u64) -> Result<(), String> {
        match self {
            Source::Text(blocks) => blocks.skip_to(position, line),
            Source::Parquet(blocks) => blocks.skip_to(position),
        }
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// In words, when the file cannot be read.
    pub fn next(&mut self) -> Result<Option<Block>, String> {
        match self {
            Source::Text(blocks) => blocks.next(),
            Source::Parquet(blocks) => blocks.next(),
        }
    }
}

fn unpacked(file: std::io::Result<File>) -> Result<Box<dyn Read + Send>, String> {
    let words = |error: std::io::Error| error.to_string();
    let mut decoder = zstd::stream::read::Decoder::new(file.map_err(words)?).map_err(words)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX).map_err(words)?;
    Ok(Box::new(decoder))
}
