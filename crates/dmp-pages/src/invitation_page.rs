//! What a letter or a mail of the insurer leads to: three answers, each one press away.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::invitation::InvitationTexts;

/// The page. Links: `/opening`, `/opening?wish=refuse`, `/opening?wish=not-now`, `/help`. No form: nothing is known of who reads it.
#[derive(Clone, Template)]
#[template(path = "invitation_page.html")]
pub struct InvitationPage {
    pub shell: Shell,
    /// Whether records open by themselves unless somebody refuses.
    pub opens_by_itself: bool,
}

silent_debug!(InvitationPage);

impl InvitationPage {
    fn t(&self) -> &'static InvitationTexts {
        InvitationTexts::of(self.shell.lang)
    }
}
