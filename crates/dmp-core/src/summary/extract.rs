//! What one document says: its facts and its text.

use serde::{Deserialize, Serialize};

use super::Fact;
use crate::ids::EntryId;

/// How reading a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Extraction {
    /// Read whole.
    Read,
    /// Its format holds nothing that can be read (an image without text).
    NothingReadable,
    /// It cannot be read: damaged, too large, too slow. The document itself is untouched.
    Unreadable,
}

/// What a document says, made by one version of the extractor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    pub entry: EntryId,
    /// Version of the extractor; an older one is made again by `dmp reindex`.
    pub extractor: u32,
    pub extraction: Extraction,
    pub facts: Vec<Fact>,
}

/// A stretch of a document's text, to search in and to quote from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPart {
    /// LOINC code of its section, or `page-N` of a PDF; empty when there is none.
    pub place: String,
    pub title: String,
    pub text: String,
}
