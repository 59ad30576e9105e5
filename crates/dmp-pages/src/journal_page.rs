//! Who looked: the journal in plain sentences, by day.

use askama::Template;

use crate::journal_sentence::{JournalLine, Perspective, sentence_of_day};
use crate::lang::silent_debug;
use crate::quoted::Quoted;
use crate::texts::journal::JournalTexts;
use crate::texts::who::WhoTexts;
use crate::{AccessTab, JournalFilter, ReportShown, Shell, dates};

/// The lines of one day.
#[derive(Clone)]
pub struct JournalDay {
    /// « 3 mars 2026 ».
    pub title: String,
    pub lines: Vec<JournalLine>,
}

/// The journal, at `/journal`.
///
/// Links: [`JournalPage::older`], the tabs, `/journal?kind=…`, the page of each person ([`JournalLine::who`]).
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
    /// The kind of acts shown.
    pub filter: JournalFilter,
    /// The place of work whose lines are shown alone.
    pub place: Option<String>,
    /// The reader's reports about accesses, newest first.
    pub reports: Vec<ReportShown>,
}

silent_debug!(JournalDay, JournalPage);

impl JournalPage {
    fn t(&self) -> &'static JournalTexts {
        JournalTexts::of(self.shell.lang)
    }

    fn tabs(&self) -> [(&'static str, &'static str, &'static str); 3] {
        AccessTab::Looked.links(self.shell.lang)
    }

    fn tabs_label(&self) -> &'static str {
        AccessTab::label(self.shell.lang)
    }

    fn who_texts(&self) -> &'static WhoTexts {
        WhoTexts::of(self.shell.lang)
    }

    /// Address, words and attribute of each kind of acts, the one shown marked.
    fn kinds(&self) -> Vec<(String, &'static str, &'static str)> {
        let here = |filter| if filter == self.filter { " aria-current=\"true\"" } else { "" };
        let address = |filter: JournalFilter| format!("/journal?kind={}", filter.code());
        JournalFilter::ALL.into_iter().map(|filter| (address(filter), filter.words(self.shell.lang), here(filter))).collect()
    }

    fn is_filtered(&self) -> bool {
        self.filter != JournalFilter::default() || self.place.is_some()
    }

    fn own(&self) -> bool {
        self.perspective == Perspective::Person
    }

    fn line(&self, line: &JournalLine) -> Quoted {
        line.quoted(sentence_of_day(line, self.perspective, self.shell.lang))
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
