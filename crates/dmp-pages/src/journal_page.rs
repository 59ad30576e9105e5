//! Who looked: the journal in plain sentences, by day.

use askama::Template;

use crate::journal_sentence::{JournalLine, Perspective, sentence_of_day};
use crate::lang::silent_debug;
use crate::texts::journal::JournalTexts;
use crate::{Shell, dates};

/// The lines of one day.
#[derive(Clone)]
pub struct JournalDay {
    /// « 3 mars 2026 ».
    pub title: String,
    pub lines: Vec<JournalLine>,
}

/// The journal, at `/journal`.
///
/// Links: [`JournalPage::older`], [`JournalPage::newest`].
#[derive(Clone, Template)]
#[template(path = "journal_page.html")]
pub struct JournalPage {
    pub shell: Shell,
    pub person: String,
    pub perspective: Perspective,
    /// Newest first; grouped by day by the page.
    pub lines: Vec<JournalLine>,
    /// Link to older lines, `/journal?page=…`.
    pub older: Option<String>,
    /// Whether this is not the first page: a link back to `/journal`.
    pub continued: bool,
}

silent_debug!(JournalDay, JournalPage);

impl JournalPage {
    fn t(&self) -> &'static JournalTexts {
        JournalTexts::of(self.shell.lang)
    }

    fn own(&self) -> bool {
        self.perspective == Perspective::Person
    }

    fn line(&self, line: &JournalLine) -> String {
        sentence_of_day(line, self.perspective, self.shell.lang)
    }

    fn days(&self) -> Vec<JournalDay> {
        let mut days: Vec<JournalDay> = Vec::new();
        for line in &self.lines {
            let title = dates::date(line.at, self.shell.lang);
            match days.last_mut() {
                Some(last) if last.title == title => last.lines.push(line.clone()),
                _ => days.push(JournalDay { title, lines: vec![line.clone()] }),
            }
        }
        days
    }
}
