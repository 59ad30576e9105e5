//! Pages of words alone: help, accessibility, personal data. For everybody, signed in or not.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::info::{ACCESSIBILITY, HELP, InfoBlock, PRIVACY, Words};

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Info {
    Help,
    Accessibility,
    Privacy,
}

/// A page of words, at `/help`, `/accessibility`, `/privacy`.
#[derive(Clone, Template)]
#[template(path = "info_page.html")]
pub struct InfoPage {
    pub shell: Shell,
    pub info: Info,
}

silent_debug!(InfoPage);

impl InfoPage {
    fn pick(&self, words: &Words) -> &'static str {
        self.shell.lang.pick(words.0, words.1)
    }

    fn title(&self) -> &'static str {
        self.pick(&match self.info {
            Info::Help => ("Aide", "Help"),
            Info::Accessibility => ("Accessibilité", "Accessibility"),
            Info::Privacy => ("Données personnelles", "Personal data"),
        })
    }

    fn blocks(&self) -> &'static [InfoBlock] {
        match self.info {
            Info::Help => HELP,
            Info::Accessibility => ACCESSIBILITY,
            Info::Privacy => PRIVACY,
        }
    }
}
