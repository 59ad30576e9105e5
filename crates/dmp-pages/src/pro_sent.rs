//! What came of the documents that a professional, or the software of their structure, sent.

use askama::Template;
use dmp_core::moment::Moment;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::pro_sent::SentTexts;

/// Since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentDays {
    Today,
    Week,
}

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentShown {
    All,
    Refused,
    Waiting,
}

/// What came of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentState {
    Taken,
    Refused,
    /// For the document that it replaces.
    Waiting,
}

/// Why one was refused.
#[derive(Clone)]
pub struct SentReasonLine {
    pub code: String,
    /// Where in what was sent; may be empty.
    pub place: String,
    /// What is wrong and what to do; empty for a code without words.
    pub words: String,
}

/// One document.
#[derive(Clone)]
pub struct SentRow {
    pub at: Moment,
    /// When it was sent first, if more than once.
    pub first_at: Option<Moment>,
    pub tries: u32,
    /// Its identifier; empty when it had none that could be read.
    pub document: String,
    /// The sender's own reference.
    pub reference: Option<String>,
    pub by: String,
    pub state: SentState,
    pub reasons: Vec<SentReasonLine>,
}

/// The page, at `/pro/deposits`. Links: `?days=1|7&show=all|refused|waiting`. Form: `POST /pro/deposits` (`csrf`, `reference`).
#[derive(Clone, Template)]
#[template(path = "pro_sent.html")]
pub struct ProSent {
    pub shell: Shell,
    /// The structure whose software is told of too.
    pub structure: Option<String>,
    pub days: SentDays,
    pub shown: SentShown,
    pub taken: usize,
    pub refused: usize,
    pub waiting: usize,
    /// Newest first.
    pub rows: Vec<SentRow>,
    /// Lines that are not shown.
    pub left_out: u64,
    /// A reference that was looked for.
    pub typed: Option<String>,
}

silent_debug!(SentReasonLine, SentRow, ProSent);

impl ProSent {
    fn t(&self) -> &'static SentTexts {
        SentTexts::of(self.shell.lang)
    }

    fn days_code(&self) -> &'static str {
        if self.days == SentDays::Today { "1" } else { "7" }
    }

    fn shown_code(&self) -> &'static str {
        match self.shown {
            SentShown::All => "all",
            SentShown::Refused => "refused",
            SentShown::Waiting => "waiting",
        }
    }

    /// Address, words and whether it is this one.
    fn day_links(&self) -> [(String, &'static str, bool); 2] {
        let link =
            |code: &str, words, days| (format!("/pro/deposits?days={code}&show={}", self.shown_code()), words, self.is_list() && self.days == days);
        [link("1", self.t().today, SentDays::Today), link("7", self.t().week, SentDays::Week)]
    }

    fn state_links(&self) -> [(String, String, bool); 3] {
        let link = |code: &str, words: &str, count: usize, shown| {
            (format!("/pro/deposits?days={}&show={code}", self.days_code()), format!("{words} ({count})"), self.is_list() && self.shown == shown)
        };
        [
            link("all", self.t().all, self.taken + self.refused + self.waiting, SentShown::All),
            link("refused", self.t().refused, self.refused, SentShown::Refused),
            link("waiting", self.t().waiting, self.waiting, SentShown::Waiting),
        ]
    }

    fn is_list(&self) -> bool {
        self.typed.is_none()
    }

    /// Since when one waits.
    fn since(&self, row: &SentRow) -> Option<Moment> {
        (row.state == SentState::Waiting).then_some(row.first_at.unwrap_or(row.at))
    }

    fn state(&self, row: &SentRow) -> &'static str {
        match row.state {
            SentState::Taken => self.t().is_taken,
            SentState::Refused => self.t().is_refused,
            SentState::Waiting => self.t().is_waiting,
        }
    }
}
