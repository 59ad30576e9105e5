//! An error, in words: what happened, what to do.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::error::{ErrorTexts, advice, not_yet, nothing_here, title};

/// An error page of any site.
///
/// Links: [`ErrorPage::home`].
#[derive(Clone, Template)]
#[template(path = "error_page.html")]
pub struct ErrorPage {
    pub shell: Shell,
    /// HTTP status; chooses title and advice.
    pub status: u16,
    /// The public text of the catalogue in the page's language, when there is a better one than the page's own.
    pub words: Option<String>,
    /// Stable catalogue code, for a support desk.
    pub code: Option<String>,
    pub incident: Option<String>,
    /// Where to go back to: `/`, `/pro`.
    pub home: String,
}

silent_debug!(ErrorPage);

/// The code of an opening before the first day of the *caisse*: nobody has done anything wrong.
const NOT_YET: &str = "opening-not-yet";

impl ErrorPage {
    fn t(&self) -> &'static ErrorTexts {
        ErrorTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        if self.code.as_deref() == Some(NOT_YET) { not_yet(self.shell.lang).0 } else { title(self.status, self.shell.lang) }
    }

    fn advice(&self) -> &'static str {
        if self.code.as_deref() == Some(NOT_YET) {
            return not_yet(self.shell.lang).1;
        }
        // Who is not signed in has no list of documents to start from.
        if self.status == 404 && self.shell.viewer.is_none() { nothing_here(self.shell.lang) } else { advice(self.status, self.shell.lang) }
    }
}
