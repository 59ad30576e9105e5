//! What somebody sees who comes to the site for the first time, at `/` without a session.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::public::PublicTexts;

/// The front door. Links: `/signin`, `/opening`, `/opening/refuse`, `/help`. No form.
#[derive(Clone, Template)]
#[template(path = "public_page.html")]
pub struct PublicPage {
    pub shell: Shell,
    /// Whether a person can open their record by themself here: an installation without a card registry cannot ask the insurer.
    pub may_open: bool,
}

silent_debug!(PublicPage);

impl PublicPage {
    fn t(&self) -> &'static PublicTexts {
        PublicTexts::of(self.shell.lang)
    }
}
