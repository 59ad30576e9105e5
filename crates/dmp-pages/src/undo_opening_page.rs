//! Taking one's own opening back, at `/undo-opening`: what it does, until when, and the form.

use askama::Template;
use dmp_core::moment::Moment;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::undo_opening::UndoOpeningTexts;

/// The page that asks whether the opening shall be taken back.
///
/// Form: `POST /undo-opening` (`csrf`), when there is an hour until which it may be. Links: `/`, `/close`.
#[derive(Clone, Template)]
#[template(path = "undo_opening_page.html")]
pub struct UndoOpeningPage {
    pub shell: Shell,
    /// Whether the reader is the person themself.
    pub own: bool,
    /// Until when; `None`: it is too late, or somebody has acted in the record, or somebody else opened it.
    pub until: Option<Moment>,
}

silent_debug!(UndoOpeningPage);

impl UndoOpeningPage {
    fn t(&self) -> &'static UndoOpeningTexts {
        UndoOpeningTexts::of(self.shell.lang)
    }
}
