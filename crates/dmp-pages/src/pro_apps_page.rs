//! Apps that a professional opens on a patient.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::practice::ProAppsTexts;

/// A registered app.
#[derive(Clone)]
pub struct ProAppLine {
    pub client_id: String,
    pub name: String,
    pub publisher: String,
    /// The publisher's page about data.
    pub privacy: String,
}

/// The page, at `/pro/patients/{pid}/apps`.
///
/// Links: `/pro/patients/{pid}`, [`ProAppLine::privacy`]. Form: `POST /pro/patients/{pid}/apps` (`csrf`, `app`).
#[derive(Clone, Template)]
#[template(path = "pro_apps_page.html")]
pub struct ProAppsPage {
    pub shell: Shell,
    pub pid: String,
    pub person: String,
    pub apps: Vec<ProAppLine>,
}

silent_debug!(ProAppLine, ProAppsPage);

impl ProAppsPage {
    fn t(&self) -> &'static ProAppsTexts {
        ProAppsTexts::of(self.shell.lang)
    }
}
