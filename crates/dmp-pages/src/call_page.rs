//! What stands between practice software and the record that it asks to open: usually nothing, sometimes a question or a word of why not.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::practice::CallTexts;

/// Which page.
#[derive(Clone, PartialEq, Eq)]
pub enum CallState {
    /// Leads on by itself to [`CallPage::next`]: a browser that comes from another site keeps the session's cookie back.
    GoOn,
    /// A request of a page that is not registered: the professional says whether they want it.
    Confirm {
        number: String,
    },
    Over,
    OtherAccount,
    NotProfessional,
    WrongNumber,
    WrongTarget,
}

/// The page, at `/pro/appel`.
///
/// Links: [`CallPage::next`], `/pro`. Form: `POST /pro/appel` (`csrf`, `open` = `1`|`0`).
#[derive(Clone, Template)]
#[template(path = "call_page.html")]
pub struct CallPage {
    pub shell: Shell,
    pub state: CallState,
    pub next: String,
}

silent_debug!(CallState, CallPage);

impl CallPage {
    fn t(&self) -> &'static CallTexts {
        CallTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        let t = self.t();
        match self.state {
            CallState::GoOn => t.go_on_title,
            CallState::Confirm { .. } => t.confirm_title,
            CallState::Over => t.over_title,
            CallState::OtherAccount => t.other_title,
            CallState::NotProfessional => t.not_pro_title,
            CallState::WrongNumber => t.wrong_number_title,
            CallState::WrongTarget => t.wrong_target_title,
        }
    }

    fn words(&self) -> &'static str {
        let t = self.t();
        match self.state {
            CallState::GoOn => t.go_on,
            CallState::Confirm { .. } => t.confirm,
            CallState::Over => t.over,
            CallState::OtherAccount => t.other,
            CallState::NotProfessional => t.not_pro,
            CallState::WrongNumber => t.wrong_number,
            CallState::WrongTarget => t.wrong_target,
        }
    }
}
