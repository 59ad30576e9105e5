//! The three pages of "who has access", as links: who looked, who may look, what somebody would see.

use crate::Lang;
use crate::texts::tabs::TabTexts;

/// One of the three pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessTab {
    /// `/journal`.
    Looked,
    /// `/access`.
    May,
    /// `/access/preview`.
    Preview,
}

impl AccessTab {
    /// Address, words and attribute of each tab, this one marked.
    pub(crate) fn links(self, lang: Lang) -> [(&'static str, &'static str, &'static str); 3] {
        let t = TabTexts::of(lang);
        let here = |tab| if tab == self { " aria-current=\"page\"" } else { "" };
        [
            ("/journal", t.looked, here(AccessTab::Looked)),
            ("/access", t.may, here(AccessTab::May)),
            ("/access/preview", t.preview, here(AccessTab::Preview)),
        ]
    }

    pub(crate) fn label(lang: Lang) -> &'static str {
        TabTexts::of(lang).tabs
    }
}
