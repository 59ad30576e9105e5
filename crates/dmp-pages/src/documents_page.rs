//! Every document of a record, folded, by month, under the topic that somebody looks for.

use askama::Template;
use dmp_core::document::Topic;
use dmp_core::moment::Moment;

use crate::lang::silent_debug;
use crate::texts::documents::{DocumentsTexts, topic_words};
use crate::texts::groups::GroupTexts;
use crate::{FoldedDocuments, Perspective, Shell};

/// A topic offered above the list, with how many documents it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicCount {
    pub topic: Topic,
    pub count: usize,
}

/// The list, at `/documents?topic=…&page=…`. Links: each document, each topic, `/documents?all=1`, `/add`, `/timeline`, `/expected`.
#[derive(Clone, Template)]
#[template(path = "documents_page.html")]
pub struct DocumentsPage {
    pub shell: Shell,
    pub person: String,
    pub perspective: Perspective,
    /// Topics that have documents, in the order of [`Topic::ALL`].
    pub topics: Vec<TopicCount>,
    /// Only this one is shown.
    pub topic: Option<Topic>,
    pub folded: FoldedDocuments,
    /// Not the first page.
    pub continued: bool,
    /// Link to older documents.
    pub older: Option<String>,
    /// When the record was opened: said when it is empty.
    pub opened_at: Moment,
    /// The whole record is hidden from professionals.
    pub all_masked: bool,
}

silent_debug!(DocumentsPage);

impl DocumentsPage {
    fn t(&self) -> &'static DocumentsTexts {
        DocumentsTexts::of(self.shell.lang)
    }

    fn person_texts(&self) -> &'static crate::texts::person::PersonTexts {
        crate::texts::person::PersonTexts::of(self.shell.lang)
    }

    fn group_texts(&self) -> &'static GroupTexts {
        GroupTexts::of(self.shell.lang)
    }

    fn own(&self) -> bool {
        self.perspective == Perspective::Person
    }

    fn heading(&self) -> String {
        let title = if self.own() { self.t().title_own } else { self.t().title };
        match self.topic {
            Some(topic) => format!("{title} – {}", topic_words(topic, self.own(), self.shell.lang)),
            None => title.to_owned(),
        }
    }

    /// Path, words, count, and whether it is the one shown.
    fn chips(&self) -> Vec<(String, &'static str, usize, bool)> {
        let chip = |one: &TopicCount| {
            let path = format!("/documents?topic={}", one.topic.code());
            (path, topic_words(one.topic, self.own(), self.shell.lang), one.count, self.topic == Some(one.topic))
        };
        self.topics.iter().map(chip).collect()
    }

    fn total(&self) -> usize {
        self.topics.iter().map(|one| one.count).sum()
    }

    fn newest(&self) -> String {
        self.topic.map_or_else(|| "/documents".to_owned(), |topic| format!("/documents?topic={}", topic.code()))
    }
}
