//! The letter by which each right is exercised, at `/help/letter`: to print or to copy, with boxes to tick by hand.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::letter_help::LetterHelpTexts;

/// The letter. No form, no link: it is made for paper.
#[derive(Clone, Template)]
#[template(path = "letter_help_page.html")]
pub struct LetterHelpPage {
    pub shell: Shell,
}

silent_debug!(LetterHelpPage);

impl LetterHelpPage {
    fn t(&self) -> &'static LetterHelpTexts {
        LetterHelpTexts::of(self.shell.lang)
    }

    fn how(&self) -> [&'static str; 6] {
        let t = self.t();
        [t.how_print, t.how_tick, t.how_sign, t.how_send, t.how_agent, t.how_answer]
    }

    /// Fields to fill in by hand.
    fn fields(&self) -> [&'static str; 5] {
        let t = self.t();
        [t.name, t.birth, t.number, t.address, t.acting]
    }

    /// One line for each right, with whether a name has to be written behind it.
    fn rights(&self) -> [(&'static str, bool); 20] {
        let t = self.t();
        [
            (t.ask_open, false),
            (t.ask_oppose, false),
            (t.ask_paper_summary, false),
            (t.ask_paper_access, false),
            (t.ask_paper_journal, false),
            (t.ask_block, true),
            (t.ask_unblock, true),
            (t.ask_revoke, true),
            (t.ask_hide, false),
            (t.ask_show, false),
            (t.ask_emergency, false),
            (t.ask_glass, false),
            (t.ask_representative, true),
            (t.ask_end_representative, true),
            (t.ask_helper, true),
            (t.ask_contact, true),
            (t.ask_suspension, false),
            (t.ask_close, false),
            (t.ask_reopen, false),
            (t.ask_destroy, false),
        ]
    }
}
