//! `LISEZMOI.html`: the first page of a copy, in both languages, readable without internet. It stands outside of the site: its style is inside.

use askama::Template;
use dmp_core::document::{AvailabilityStatus, DocumentEntry};
use dmp_core::moment::Moment;
use dmp_core::summary::{Heading, Knowledge, Summary};

use crate::lang::silent_debug;
use crate::summary::concept_words;
use crate::texts::offline::OfflineTexts;
use crate::{AuthorLine, Lang, dates};

/// A document with its file in the copy.
#[derive(Clone)]
pub struct OfflineDocument {
    pub title: String,
    pub author: String,
    pub at: Moment,
    /// Path inside the copy; `None` when the content could not be read.
    pub file: Option<String>,
    pub masked: bool,
    pub old: bool,
    pub archived: bool,
}

impl OfflineDocument {
    /// Of an entry. The author's words are those of the entry, in French.
    pub fn of(entry: &DocumentEntry, file: Option<String>) -> Self {
        OfflineDocument {
            title: if entry.title.trim().is_empty() { entry.type_code.label().to_owned() } else { entry.title.clone() },
            author: entry.authors.first().map(|author| AuthorLine::from(author).words(&Lang::Fr)).unwrap_or_default(),
            at: entry.day(),
            file,
            masked: entry.visibility.masked,
            old: matches!(entry.status, AvailabilityStatus::Deprecated(_)),
            archived: matches!(entry.status, AvailabilityStatus::Archived(_)),
        }
    }
}

/// The index.
#[derive(Clone, Template)]
#[template(path = "offline_index.html")]
pub struct OfflineIndex<'a> {
    pub person: String,
    /// Whether the reader is the person themself.
    pub own: bool,
    pub at: Moment,
    pub summary: &'a Summary,
    /// Newest first.
    pub documents: Vec<OfflineDocument>,
    /// Files of resources, `fhir/….ndjson`.
    pub fhir: Vec<String>,
}

silent_debug!(OfflineDocument);

impl std::fmt::Debug for OfflineIndex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OfflineIndex(…)")
    }
}

impl OfflineIndex<'_> {
    fn t(&self, lang: &Lang) -> &'static OfflineTexts {
        OfflineTexts::of(*lang)
    }

    fn made(&self, lang: &Lang) -> String {
        dates::date_time(self.at, *lang)
    }

    fn day(&self, at: &Moment, lang: &Lang) -> String {
        dates::date(*at, *lang)
    }

    /// Documents whose facts are not, or not all, in the summary.
    fn is_incomplete(&self) -> bool {
        self.summary.waiting + self.summary.unreadable > 0
    }

    /// Titles and lines of what must be known.
    fn essentials(&self, lang: &Lang) -> Vec<(&'static str, Vec<String>)> {
        let t = self.t(lang);
        let summary = self.summary;
        vec![
            (t.allergies, lines(&summary.allergies, t)),
            (t.problems, lines(&summary.problems, t)),
            (t.treatments, lines(&summary.treatments, t)),
            (t.vaccinations, lines(&summary.vaccinations, t)),
        ]
    }
}

fn lines(heading: &Heading, t: &OfflineTexts) -> Vec<String> {
    if heading.lines.is_empty() {
        let none = if heading.knowledge == Knowledge::NoneKnown { t.none_known } else { t.unknown };
        return vec![none.to_owned()];
    }
    heading.lines.iter().map(|line| concept_words(&line.fact.concept)).collect()
}
