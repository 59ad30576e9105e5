//! Every choice of the person, one link each: the page that is reached by one activation from everywhere.

use askama::Template;

use crate::lang::silent_debug;
use crate::texts::settings::{GROUPS, Offered, SettingsGroup, SettingsTexts};
use crate::{Lang, Perspective, Shell};

/// The hub, at `/settings`. No form.
#[derive(Clone, Template)]
#[template(path = "settings_page.html")]
pub struct SettingsPage {
    pub shell: Shell,
    pub perspective: Perspective,
}

silent_debug!(SettingsPage);

impl SettingsPage {
    fn t(&self) -> &'static SettingsTexts {
        SettingsTexts::of(self.shell.lang)
    }

    /// Groups that have something for this reader.
    fn groups(&self) -> Vec<&'static SettingsGroup> {
        GROUPS.iter().filter(|group| !self.links(group).is_empty()).collect()
    }

    fn pick<'t>(&self, words: &(&'t str, &'t str)) -> &'t str {
        let lang: Lang = self.shell.lang;
        lang.pick(words.0, words.1)
    }

    /// Links of a group for this reader: what only the person may do is not offered to who acts for them.
    fn links<'g>(&self, group: &'g SettingsGroup) -> Vec<&'g crate::texts::settings::SettingsLink> {
        let offered = |link: &&crate::texts::settings::SettingsLink| match link.offered {
            Offered::Readers => true,
            Offered::Rights => self.shell.offers_rights(),
            Offered::Own => self.perspective == Perspective::Person,
        };
        group.links.iter().filter(offered).collect()
    }
}
