//! Colours and size of the text, at `/display`; for everybody, signed in or not.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::display::DisplayTexts;
use crate::{Shell, TextSize, Theme};

/// The form: `POST /display` (`csrf`, `theme`, `size`, `back`). It changes nothing but a cookie of this device.
#[derive(Clone, Template)]
#[template(path = "display_page.html")]
pub struct DisplayPage {
    pub shell: Shell,
}

silent_debug!(DisplayPage);

impl DisplayPage {
    fn t(&self) -> &'static DisplayTexts {
        DisplayTexts::of(self.shell.lang)
    }

    /// Value, words, and whether it is the present one.
    fn themes(&self) -> [(&'static str, &'static str, bool); 4] {
        Theme::ALL.map(|theme| (theme.code(), theme.words(self.shell.lang), theme == self.shell.display.theme))
    }

    fn sizes(&self) -> [(&'static str, &'static str, bool); 3] {
        TextSize::ALL.map(|size| (size.code(), size.words(self.shell.lang), size == self.shell.display.size))
    }
}
