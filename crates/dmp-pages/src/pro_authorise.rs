//! Asking the person, who is present, for a place on their list of professionals.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::pro_denied::DeniedTexts;

/// The question, at `/pro/patients/{pid}/authorise`. Form: `POST` the same (`csrf`, checkbox `consent`).
#[derive(Clone, Template)]
#[template(path = "pro_authorise.html")]
pub struct ProAuthorise {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    /// Name, profession, structure: what the person's list will say.
    pub professional: String,
    /// Sent without the box ticked.
    pub missing: bool,
}

silent_debug!(ProAuthorise);

impl ProAuthorise {
    fn t(&self) -> &'static DeniedTexts {
        DeniedTexts::of(self.shell.lang)
    }
}
