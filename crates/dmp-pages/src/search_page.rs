//! Search inside the texts of a record.

use askama::Template;
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::search::{SearchTexts, found_words};
use crate::{AuthorLine, SearchBox, Shell};

/// A document that holds the words.
#[derive(Clone)]
pub struct SearchHitLine {
    /// The document, best at the place of the words.
    pub href: String,
    pub title: String,
    pub at: Moment,
    pub author: AuthorLine,
    /// Plain text before the match, the match, and after it.
    pub extracts: Vec<(String, String, String)>,
    /// The words stand in it only nearly as typed.
    pub forgiven: bool,
}

/// What came of a search.
#[derive(Clone)]
pub enum SearchOutcome {
    /// Nothing was asked yet: the form alone.
    NotAsked,
    /// The query cannot be used: it holds no word, or too many.
    Unusable,
    /// The hits of this page, the best first, and how many there are in all. Empty: nothing found.
    Found { hits: Vec<SearchHitLine>, total: usize },
}

/// Search in one record. `GET {action}` shows the form alone, `POST {action}` (`csrf`, `q`) the outcome: the words never stand in an address.
#[derive(Clone, Template)]
#[template(path = "search_page.html")]
pub struct SearchPage {
    pub shell: Shell,
    /// Name of the person whose record it is.
    pub person: String,
    /// Where the form goes, with the query as typed.
    pub form: SearchBox,
    pub outcome: SearchOutcome,
    /// Path of the record's first page.
    pub home: String,
    /// Documents that were not searched because their text waits or could not be read.
    pub unsearched: usize,
}

silent_debug!(SearchHitLine, SearchOutcome, SearchPage);

impl SearchPage {
    fn t(&self) -> &'static SearchTexts {
        SearchTexts::of(self.shell.lang)
    }

    fn is_unusable(&self) -> bool {
        matches!(self.outcome, SearchOutcome::Unusable)
    }

    fn found(&self, total: &usize, hits: &[SearchHitLine]) -> String {
        found_words(*total, hits.len(), self.shell.lang)
    }

    fn clean(&self, text: &str) -> String {
        // The spaces at both ends are part of the sentence around the match.
        let cleaned = crate::words::clean(text);
        let lead = if text.starts_with(' ') { " " } else { "" };
        let tail = if text.ends_with(' ') { " " } else { "" };
        if cleaned.is_empty() { lead.to_owned() } else { format!("{lead}{cleaned}{tail}") }
    }
}
