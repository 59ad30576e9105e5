//! The summary of a record inside a page of practice software: a document of its own, without menu, form or script.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::practice::EmbedTexts;
use crate::texts::shell::ShellTexts;
use crate::{ClinicalSummary, Lang};

/// What the frame shows.
#[derive(Clone)]
pub enum EmbedState {
    /// The summary.
    Shown {
        person: String,
        /// The record's page on our site.
        full: String,
        summary: Box<ClinicalSummary>,
    },
    /// The professional has no session here. `again` shows the frame anew once they have.
    SignIn { again: String },
    /// The ticket opens nothing.
    Over,
    /// This professional does not read the record.
    Denied { full: String },
}

/// The frame, at `/embed/synthese`.
///
/// Links, all in a new tab: `/signin`, the record's page and what the summary leads to; [`EmbedState::SignIn`]`::again` in the frame.
#[derive(Clone, Template)]
#[template(path = "embed_page.html")]
pub struct EmbedPage {
    pub lang: Lang,
    pub sandbox: bool,
    pub state: EmbedState,
}

silent_debug!(EmbedState, EmbedPage);

impl EmbedPage {
    fn t(&self) -> &'static EmbedTexts {
        EmbedTexts::of(self.lang)
    }

    fn s(&self) -> &'static ShellTexts {
        ShellTexts::of(self.lang)
    }
}
