//! A patient's documents for a professional: what to look for on the left, the list, and the one that is read beside it.

use askama::Template;
use dmp_core::document::Topic;

use crate::lang::silent_debug;
use crate::texts::correction::CorrectionTexts;
use crate::texts::documents::topic_words;
use crate::texts::groups::GroupTexts;
use crate::texts::pro::{ProTexts, found_words};
use crate::texts::pro_documents::ProDocumentsTexts;
use crate::{DocumentBody, DocumentLine, FoldedDocuments, Original, Shell, TopicCount, words};

/// A class with how many documents the list holds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassCount {
    /// Class code (TRE_A03).
    pub code: String,
    pub count: usize,
}

/// The filters as asked: kept in the form and in the links of the list.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Filters {
    pub topic: Option<Topic>,
    /// Class code; empty for all.
    pub class: String,
    /// `2026-01-01` or empty, as a date field sends it.
    pub from: String,
    pub until: String,
    /// Part of an author's name or structure.
    pub author: String,
    /// Every date: the first search goes back two years at most, this one as far as there is something.
    pub all_time: bool,
    /// Archived ones too.
    pub archived: bool,
    /// Older versions too.
    pub old: bool,
    /// Only what the person or their representatives do not see yet.
    pub veiled: bool,
    /// Only what came since the last visit.
    pub fresh: bool,
    /// The period cannot be (end before start, not a date): said under the dates.
    pub wrong_period: bool,
}

impl Filters {
    /// `?topic=…&class=…&from=…`, percent-encoded; empty without filters.
    pub fn query(&self) -> String {
        let flag = |set: bool| if set { "1" } else { "" };
        let pairs = [
            ("topic", self.topic.map(Topic::code).unwrap_or_default()),
            ("class", self.class.as_str()),
            ("from", &self.from),
            ("until", &self.until),
            ("author", &self.author),
            ("period", if self.all_time { "all" } else { "" }),
            ("archived", flag(self.archived)),
            ("old", flag(self.old)),
            ("veiled", flag(self.veiled)),
            ("show", if self.fresh { "new" } else { "" }),
        ];
        let set: Vec<String> =
            pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if set.is_empty() { String::new() } else { format!("?{}", set.join("&")) }
    }

    /// Whether the folded form fields narrow the list.
    fn any(&self) -> bool {
        [&self.class, &self.from, &self.until, &self.author].iter().any(|value| !value.is_empty()) || self.archived || self.old || self.veiled
    }
}

fn encoded(value: &str) -> impl std::fmt::Display {
    askama::filters::urlencode_strict(value).map_or_else(|_| String::new(), |text| text.to_string())
}

/// What this professional may do with a document besides reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DocumentActs {
    /// Hide it from professionals, at the person's request.
    pub mask: bool,
    pub unmask: bool,
    /// The announcement was made: show it to the person.
    pub announce: bool,
    /// Put a new version in its place.
    pub replace: bool,
}

/// The document in the reading pane.
#[derive(Clone)]
pub struct OpenDocument {
    pub document: DocumentLine,
    pub body: DocumentBody,
    pub original: Original,
    /// Sealed id of a request to correct it that waits for this professional.
    pub correction: Option<String>,
    pub acts: DocumentActs,
}

/// A patient's documents, at `/pro/patients/{pid}/documents`, and the same page with one of them in the reading pane at
/// `/pro/patients/{pid}/documents/{id}`.
///
/// Links: both, with the filters kept, `/pro/patients/{pid}/documents/{id}/original`, `/pro/patients/{pid}/deposit?replaces={id}`,
/// [`ProDocuments::older`]. Forms: filters `GET /pro/patients/{pid}/documents`; `GET /pro/patients/{pid}/print` (`doc`, several);
/// `POST /pro/patients/{pid}/documents/{id}/mask`, `/unmask`, `/announce` (`csrf`).
#[derive(Clone, Template)]
#[template(path = "pro_documents.html")]
pub struct ProDocuments {
    pub shell: Shell,
    /// Sealed id of the person.
    pub pid: String,
    pub person: String,
    /// Topics that the record holds, with counts in the period and state asked for.
    pub topics: Vec<TopicCount>,
    /// Classes that the record holds, with counts before filtering.
    pub classes: Vec<ClassCount>,
    pub filters: Filters,
    /// The day from which on documents are shown because the first search goes back no further.
    pub since: Option<String>,
    /// The documents of this page folded; shown instead of [`ProDocuments::documents`] unless old versions are asked for one by one.
    pub groups: Option<FoldedDocuments>,
    /// The documents that pass the filters, newest first, one page of them.
    pub documents: Vec<DocumentLine>,
    /// How many pass the filters in all.
    pub found: usize,
    pub open: Option<OpenDocument>,
    /// Link to older documents.
    pub older: Option<String>,
    /// Kinds of document that the matrix does not open to this profession: the same for every record.
    pub closed_to: Vec<&'static str>,
}

silent_debug!(Filters, OpenDocument, ProDocuments);

impl ProDocuments {
    fn t(&self) -> &'static ProTexts {
        ProTexts::of(self.shell.lang)
    }

    fn d(&self) -> &'static ProDocumentsTexts {
        ProDocumentsTexts::of(self.shell.lang)
    }

    fn correction_texts(&self) -> &'static CorrectionTexts {
        CorrectionTexts::of(self.shell.lang)
    }

    fn group_texts(&self) -> &'static GroupTexts {
        GroupTexts::of(self.shell.lang)
    }

    /// Old versions are asked for one by one: their answer is flat.
    fn folded(&self) -> Option<&FoldedDocuments> {
        self.groups.as_ref().filter(|_| !self.filters.old)
    }

    fn base(&self) -> String {
        format!("/pro/patients/{}/documents", self.pid)
    }

    /// The list with every topic, and with each: path, words, count, whether it is shown.
    fn ways(&self) -> Vec<(String, &'static str, usize, bool)> {
        let path = |topic: Option<Topic>| format!("{}{}", self.base(), Filters { topic, ..self.filters.clone() }.query());
        let all = (path(None), self.d().all, self.topics.iter().map(|one| one.count).sum(), self.filters.topic.is_none());
        let topic = |one: &TopicCount| {
            (path(Some(one.topic)), topic_words(one.topic, false, self.shell.lang), one.count, self.filters.topic == Some(one.topic))
        };
        std::iter::once(all).chain(self.topics.iter().map(topic)).collect()
    }

    /// The same without the bound of two years.
    fn wider(&self) -> String {
        format!("{}{}", self.base(), Filters { all_time: true, ..self.filters.clone() }.query())
    }

    /// Back to what everybody begins with.
    fn plain(&self) -> String {
        self.base()
    }

    fn class(&self, class: &ClassCount) -> &'static str {
        words::class_label(&class.code, self.shell.lang)
    }

    fn found(&self) -> String {
        found_words(self.found, self.shell.lang)
    }

    /// The reading page of a document, with the filters kept.
    fn link(&self, line: &DocumentLine) -> String {
        format!("{}/{}{}#pane", self.base(), line.id, self.filters.query())
    }

    fn is_open(&self, line: &DocumentLine) -> bool {
        self.open.as_ref().is_some_and(|open| open.document.id == line.id)
    }
}
