//! The inbox, and how the person wants to be told.

use askama::Template;
use dmp_core::record::{NoticeKind, NoticeSettings, Rhythm};

use crate::lang::silent_debug;
use crate::texts::notices::{NoticesTexts, kind_words};
use crate::{NoticeLine, Shell};

/// Every notice of the record, newest first, and the settings, at `/notices`.
///
/// Form: `POST /notices` (`csrf`, `language` = `fr`|`en`, `rhythm` = `at-once`|`daily`|`weekly`, and for each optional kind a checkbox named by
/// its code, `on` or absent).
#[derive(Clone, Template)]
#[template(path = "notices_page.html")]
pub struct NoticesPage {
    pub shell: Shell,
    /// Whether the reader is the person themself: the inbox is theirs alone.
    pub own: bool,
    pub notices: Vec<NoticeLine>,
    pub settings: NoticeSettings,
    /// Where mails go. `None`: letters, for what the law makes known.
    pub email: Option<String>,
    pub may_change: bool,
}

silent_debug!(NoticesPage);

impl NoticesPage {
    fn t(&self) -> &'static NoticesTexts {
        NoticesTexts::of(self.shell.lang)
    }

    fn rhythms(&self) -> [(&'static str, &'static str, bool); 3] {
        let t = self.t();
        let words = |rhythm| match rhythm {
            Rhythm::AtOnce => t.at_once,
            Rhythm::Daily => t.daily,
            Rhythm::Weekly => t.weekly,
        };
        Rhythm::ALL.map(|rhythm| (rhythm.code(), words(rhythm), self.settings.rhythm == rhythm))
    }

    fn languages(&self) -> [(&'static str, &'static str, bool); 2] {
        [("fr", "Français", self.settings.language.code() == "fr"), ("en", "English", self.settings.language.code() == "en")]
    }

    fn optional(&self) -> Vec<(&'static str, &'static str, bool)> {
        let kinds = NoticeKind::ALL.into_iter().filter(|kind| kind.is_optional());
        kinds.map(|kind| (kind.code(), kind_words(kind, self.shell.lang), self.settings.wants(kind))).collect()
    }

    fn always(&self) -> Vec<&'static str> {
        NoticeKind::ALL.into_iter().filter(|kind| !kind.is_optional()).map(|kind| kind_words(kind, self.shell.lang)).collect()
    }
}
