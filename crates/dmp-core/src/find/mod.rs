//! Full-text search in the documents of one record.
//!
//! A [`Query`] is words; a [`Folded`] is one document prepared once and kept; [`search`] compares the two and says which documents hold
//! every word, best first, with [extracts](ExtractText). Case, accents, ligatures, hyphens and apostrophes do not count; a longer word, an inflection,
//! a known abbreviation or a typing error is found after the word itself. Nothing is looked up elsewhere: no index spans two records.

pub(crate) mod fold;
mod folded;
mod matching;
mod query;
mod quote;
mod search;
mod stem;
mod synonyms;
mod typo;
mod vocabulary;
mod words;

pub use folded::{Folded, TEXT_BYTES_MAX};
pub use query::{QUERY_CHARS_MAX, QUERY_WORDS_MAX, Query};
pub use quote::{EXTRACTS_MAX, ExtractText, Piece};
pub use search::{Hit, search, search_counted};
