//! Closing, at `/close`: what it means in plain words, and the form that does it.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::closing::{ClosingTexts, problem_words};
use crate::{Lang, PaperText, Shell};

/// Why nothing was closed, or asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingProblem {
    NotSure,
    /// More than [`CLOSING_WORDS_MAX`] letters.
    WordsTooLong,
    /// The box of the destruction is not ticked, on the page of a closed record.
    DestructionNotSure,
}

/// Letters of the reason of a closing.
pub const CLOSING_WORDS_MAX: usize = 500;

/// The page of the closing.
///
/// Form: `POST /close` (`csrf`; `words`; checkbox `sure`), when [`ClosingPage::may`]. Links: `/download`, `/paper`, `/close/leaflet.pdf`, `/`.
#[derive(Clone, Template)]
#[template(path = "closing_page.html")]
pub struct ClosingPage {
    pub shell: Shell,
    /// Whether the reader is the person themself.
    pub own: bool,
    pub may: bool,
    /// What was typed as the reason.
    pub words: String,
    pub problem: Option<ClosingProblem>,
}

silent_debug!(ClosingPage);

impl ClosingPage {
    fn t(&self) -> &'static ClosingTexts {
        ClosingTexts::of(self.shell.lang)
    }

    fn problem_said(&self) -> Option<&'static str> {
        self.problem.map(|problem| problem_words(problem, self.shell.lang))
    }

    fn is_about_words(&self) -> bool {
        self.problem == Some(ClosingProblem::WordsTooLong)
    }

    fn explained(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        explained(self.shell.lang)
    }
}

/// What closing means: headings and sentences, the same on the page and on paper.
fn explained(lang: Lang) -> Vec<(&'static str, Vec<&'static str>)> {
    let t = ClosingTexts::of(lang);
    vec![
        (t.at_once, vec![t.at_once_read, t.at_once_add, t.at_once_share, t.at_once_directives, t.at_once_care]),
        (t.kept, vec![t.kept_what, t.kept_nobody, t.kept_you, t.kept_end]),
        (t.reopen, vec![t.reopen_how, t.reopen_back]),
        (t.destroy, vec![t.destroy_how, t.destroy_when, t.destroy_final]),
    ]
}

/// The leaflet.
pub fn closing_leaflet(lang: Lang) -> PaperText {
    let t = ClosingTexts::of(lang);
    let owned = |lines: Vec<&str>| lines.into_iter().map(str::to_owned).collect();
    let sections = explained(lang).into_iter().map(|(heading, lines)| (heading.to_owned(), owned(lines))).collect();
    PaperText { title: t.leaflet_title, lead: vec![t.lead.to_owned()], sections }
}
