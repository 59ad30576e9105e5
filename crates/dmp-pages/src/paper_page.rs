//! The record on paper, at `/paper`: what to receive, by which way, and what was asked for before.

use askama::Template;
use dmp_core::record::{Language, PaperKind, PaperOrder, PaperWay};

use crate::lang::silent_debug;
use crate::texts::paper::{PaperTexts, kind_words, problem_words, way_words};
use crate::{Shell, dates};

/// Why nothing was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperProblem {
    Nothing,
    AddressMissing,
    AddressTooLong,
    Limit,
}

/// The form: keeps what was typed.
#[derive(Clone)]
pub struct PaperForm {
    pub what: Vec<PaperKind>,
    pub way: PaperWay,
    pub address: String,
    pub language: Language,
    pub problem: Option<PaperProblem>,
}

/// The order of paper.
///
/// Form: `POST /paper` (`csrf`; checkboxes `summary`, `access`, `journal`, `closing`; `way` = `post`|`counter`; `address`; `language` =
/// `fr`|`en`), when [`PaperPage::may`]. Links: `/summary-large.pdf`, `/journal.pdf`, `/access.pdf`, `/close/leaflet.pdf`, `/help/letter`.
#[derive(Clone, Template)]
#[template(path = "paper_page.html")]
pub struct PaperPage {
    pub shell: Shell,
    /// Whether the reader is the person themself.
    pub own: bool,
    pub may: bool,
    pub form: PaperForm,
    /// Orders of this reader, newest first.
    pub orders: Vec<PaperOrder>,
}

silent_debug!(PaperForm, PaperPage);

impl PaperPage {
    fn t(&self) -> &'static PaperTexts {
        PaperTexts::of(self.shell.lang)
    }

    fn problem_said(&self) -> Option<&'static str> {
        self.form.problem.map(|problem| problem_words(problem, self.shell.lang))
    }

    /// The field that the problem is about.
    fn field(&self) -> &'static str {
        match self.form.problem {
            Some(PaperProblem::AddressMissing | PaperProblem::AddressTooLong) => "address",
            Some(PaperProblem::Nothing | PaperProblem::Limit) | None => "summary",
        }
    }

    fn is_about(&self, field: &str) -> bool {
        self.form.problem.is_some_and(|problem| problem != PaperProblem::Limit) && self.field() == field
    }

    /// Whether nothing can be asked for at present.
    fn is_over(&self) -> bool {
        self.form.problem == Some(PaperProblem::Limit)
    }

    fn kinds(&self) -> Vec<(&'static str, &'static str, bool)> {
        PaperKind::ALL.map(|kind| (kind.code(), kind_words(kind, self.shell.lang), self.form.what.contains(&kind))).to_vec()
    }

    fn ways(&self) -> Vec<(&'static str, &'static str, bool)> {
        [PaperWay::Post, PaperWay::Counter].map(|way| (way.code(), way_words(way, self.shell.lang), self.form.way == way)).to_vec()
    }

    fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        let words = |language| if language == Language::French { "français" } else { "English" };
        [Language::French, Language::English].map(|one| (one.code(), words(one), self.form.language == one)).to_vec()
    }

    /// « Demande du 3 mars 2026 : la synthèse médicale – imprimé le 4 mars 2026 ».
    fn order_line(&self, order: &PaperOrder) -> String {
        let (t, lang) = (self.t(), self.shell.lang);
        let what: Vec<&str> = order.what.iter().map(|kind| kind_words(*kind, lang)).collect();
        let what: Vec<String> = what.into_iter().map(begins_small).collect();
        let state = order.sent_at.map_or_else(|| t.waits.to_owned(), |at| format!("{} {}", t.sent, dates::date(at, lang)));
        let colon = lang.pick("\u{a0}:", ":");
        format!("{} {}{colon} {}. {} – {state}.", t.asked, dates::date(order.at, lang), what.join(", "), way_words(order.way, lang))
    }
}

/// « La synthèse médicale » within a sentence.
fn begins_small(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
