//! One person of the journal: who it is, why they could look, everything they did, and what to do when nobody knows them.

use askama::Template;

use crate::journal_reason::Ground;
use crate::journal_sentence::{JournalLine, Perspective, sentence};
use crate::lang::silent_debug;
use crate::quoted::Quoted;
use crate::texts::who::{WhoTexts, emergency_explained, ground_explained, state_words};
use crate::{AccessTab, AuthorLine, Lang, ReportShown, Shell};

/// Where the person stands with somebody of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoState {
    Authorised,
    Expired,
    Blocked,
    /// Member of a declared team, not refused.
    Team,
    Unlisted,
}

/// One person of the journal, at `/journal/who/{who}`.
///
/// Forms: `POST /journal/who/{who}/block`, `POST /journal/who/{who}/report` (`words`), both with `csrf`. Links: `/journal`.
#[derive(Clone, Template)]
#[template(path = "who_page.html")]
pub struct WhoPage {
    pub shell: Shell,
    pub perspective: Perspective,
    /// The sealed account, as it stands in addresses.
    pub id: String,
    pub who: AuthorLine,
    /// A professional: may be blocked and reported.
    pub professional: bool,
    pub state: WhoState,
    /// Link to everything from the same place of work.
    pub place: Option<String>,
    /// Everything they did that this reader may see, newest first.
    pub lines: Vec<JournalLine>,
    pub may_block: bool,
    pub may_report: bool,
    /// Reports about this person, oldest first.
    pub reports: Vec<ReportShown>,
    /// What was typed, when the form came back.
    pub words: String,
    /// The form came back because the message is too long.
    pub too_long: bool,
}

silent_debug!(WhoPage);

impl WhoPage {
    fn t(&self) -> &'static WhoTexts {
        WhoTexts::of(self.shell.lang)
    }

    fn tabs(&self) -> [(&'static str, &'static str, &'static str); 3] {
        AccessTab::Looked.links(self.shell.lang)
    }

    fn tabs_label(&self) -> &'static str {
        AccessTab::label(self.shell.lang)
    }

    fn line(&self, line: &JournalLine) -> Quoted {
        line.quoted(sentence(line, self.perspective, self.shell.lang))
    }

    /// Whether a place of work is known: relatives have none.
    fn has_place(&self) -> bool {
        self.who.structure.as_ref().is_some_and(|structure| !structure.is_empty())
    }

    fn profession(&self) -> Option<String> {
        let lang: Lang = self.shell.lang;
        self.who.profession.as_deref().and_then(|key| crate::words::profession_words(key, lang))
    }

    fn state_words(&self) -> &'static str {
        state_words(self.state, self.shell.lang)
    }

    /// Each reason once, in the order of the journal.
    fn why(&self) -> Vec<&'static str> {
        let lang = self.shell.lang;
        let mut told: Vec<&'static str> = Vec::new();
        for line in self.lines.iter().filter(|line| !line.is_refused()) {
            let words = match (line.mode.as_str(), line.ground) {
                ("bris_de_glace", _) => Some(emergency_explained(true, lang)),
                ("centre_15", _) => Some(emergency_explained(false, lang)),
                (_, _) if line.act.is_feeding() => Some(ground_explained(Ground::Feeding, lang)),
                (_, ground) => ground.map(|ground| ground_explained(ground, lang)),
            };
            told.extend(words.filter(|words| !told.contains(words)));
        }
        told
    }

    fn has_open_report(&self) -> bool {
        self.reports.iter().any(|report| report.answer.is_none())
    }

    fn is_blocked(&self) -> bool {
        self.state == WhoState::Blocked
    }
}
