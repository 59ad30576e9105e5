//! What has come into the record, from whom, and what is expected: so that nobody takes a gap for health.

use askama::Template;
use dmp_core::document::Topic;
use dmp_core::moment::Moment;
use dmp_core::summary::Missing;

use crate::lang::silent_debug;
use crate::summary::{MissingLine, missing_line};
use crate::texts::documents::topic_words;
use crate::texts::expected::{ExpectedTexts, from_whom};
use crate::{AuthorLine, ProofOf, Reader, Shell};

/// What came under one topic.
#[derive(Clone)]
pub struct Arrived {
    pub topic: Topic,
    pub count: usize,
    /// The newest one: when it came, and from whom.
    pub newest: Option<(Moment, AuthorLine)>,
}

/// The state of filling, at `/expected`. Links: `/documents?topic=…`, `/add`, the proof of each gap.
#[derive(Clone, Template)]
#[template(path = "expected_page.html")]
pub struct ExpectedPage {
    pub shell: Shell,
    pub person: String,
    pub reader: Reader,
    pub opened_at: Moment,
    /// Every topic of [`Topic::ALL`], those without a document too.
    pub arrived: Vec<Arrived>,
    missing: Vec<MissingLine>,
    /// Documents that wait for being read.
    pub waiting: usize,
    /// Documents of which no text could be read.
    pub unreadable: usize,
}

silent_debug!(Arrived, ExpectedPage);

/// What the server gives beside the gaps.
#[derive(Debug, Clone)]
pub struct ExpectedContext {
    pub shell: Shell,
    pub person: String,
    pub reader: Reader,
    pub opened_at: Moment,
    pub arrived: Vec<Arrived>,
    pub waiting: usize,
    pub unreadable: usize,
}

impl ExpectedPage {
    /// From the gaps of the summary.
    pub fn of(context: ExpectedContext, missing: &[Missing], proof: ProofOf) -> Self {
        let lang = context.shell.lang;
        ExpectedPage {
            missing: missing.iter().map(|gap| missing_line(gap, proof, lang)).collect(),
            shell: context.shell,
            person: context.person,
            reader: context.reader,
            opened_at: context.opened_at,
            arrived: context.arrived,
            waiting: context.waiting,
            unreadable: context.unreadable,
        }
    }

    fn t(&self) -> &'static ExpectedTexts {
        ExpectedTexts::of(self.shell.lang)
    }

    fn topic(&self, arrived: &Arrived) -> &'static str {
        topic_words(arrived.topic, self.reader.is_own(), self.shell.lang)
    }

    fn sender(&self, arrived: &Arrived) -> &'static str {
        from_whom(arrived.topic, self.reader.is_own(), self.shell.lang)
    }

    fn came(&self) -> Vec<&Arrived> {
        self.arrived.iter().filter(|one| one.count > 0).collect()
    }

    /// Topics that somebody should feed and did not. What the person may add, and what is without a name, is owed by nobody.
    fn silent(&self) -> Vec<&Arrived> {
        self.arrived.iter().filter(|one| one.count == 0 && !matches!(one.topic, Topic::Own | Topic::Other)).collect()
    }
}
