//! Which lines of the journal to show: kinds of acts, as links.

use dmp_core::access::Act;
use dmp_core::audit::{Leaf, Outcome};

use crate::Lang;

/// A choice of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JournalFilter {
    /// What others than the reader did, apps in the reader's name too: what a journal is opened for.
    #[default]
    Others,
    All,
    /// What the reader did.
    Own,
    /// Documents, lists, summaries read.
    Read,
    /// Documents added, hidden, shown, deleted.
    Documents,
    /// Rights, choices, people.
    Rights,
    Emergencies,
    Refused,
}

impl JournalFilter {
    /// Every choice, in the order of the page.
    pub const ALL: [JournalFilter; 8] = [
        JournalFilter::Others,
        JournalFilter::All,
        JournalFilter::Own,
        JournalFilter::Read,
        JournalFilter::Documents,
        JournalFilter::Rights,
        JournalFilter::Emergencies,
        JournalFilter::Refused,
    ];

    /// The word in the address.
    pub fn code(self) -> &'static str {
        match self {
            JournalFilter::All => "all",
            JournalFilter::Others => "others",
            JournalFilter::Own => "own",
            JournalFilter::Read => "read",
            JournalFilter::Documents => "documents",
            JournalFilter::Rights => "rights",
            JournalFilter::Emergencies => "emergencies",
            JournalFilter::Refused => "refused",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.code() == code)
    }

    /// Whether a leaf belongs to it, for the reader of this account.
    pub fn wants(self, leaf: &Leaf, reader: &str) -> bool {
        match self {
            JournalFilter::All => true,
            JournalFilter::Others => !is_by(leaf, reader),
            JournalFilter::Own => is_by(leaf, reader),
            JournalFilter::Read => leaf.act.is_reading() && leaf.outcome == Outcome::Done,
            JournalFilter::Documents => leaf.act.is_feeding() || leaf.act.is_about_an_entry(),
            JournalFilter::Rights => !leaf.act.is_clinical() && !matches!(leaf.act, Act::ReadJournal | Act::ReadAdministrative | Act::CheckAccess),
            JournalFilter::Emergencies => leaf.mode != "normal",
            JournalFilter::Refused => leaf.outcome != Outcome::Done,
        }
    }

    pub(crate) fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            JournalFilter::All => ("Tout", "Everything"),
            JournalFilter::Others => ("Les autres que moi", "Others than me"),
            JournalFilter::Own => ("Moi seulement", "Only me"),
            JournalFilter::Read => ("Lectures", "Readings"),
            JournalFilter::Documents => ("Ajouts et changements", "Additions and changes"),
            JournalFilter::Rights => ("Droits et choix", "Rights and choices"),
            JournalFilter::Emergencies => ("Urgences", "Emergencies"),
            JournalFilter::Refused => ("Refus", "Refusals"),
        };
        lang.pick(fr, en)
    }
}

/// Whether the reader did it themself: what an app did in their name is somebody else's.
fn is_by(leaf: &Leaf, reader: &str) -> bool {
    leaf.caller.account == reader && leaf.caller.app.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_but_the_silent_ones_is_under_a_kind() {
        for act in Act::ALL {
            let silent = matches!(act, Act::ReadJournal | Act::ReadAdministrative | Act::CheckAccess);
            let leaf = crate::samples::leaf(act);
            let kinds = [JournalFilter::Read, JournalFilter::Documents, JournalFilter::Rights];
            assert_eq!(kinds.into_iter().filter(|kind| kind.wants(&leaf, "")).count(), usize::from(!silent), "{act:?}");
            assert!(JournalFilter::All.wants(&leaf, "") && !JournalFilter::Refused.wants(&leaf, "") && !JournalFilter::Emergencies.wants(&leaf, ""));
        }
    }

    #[test]
    fn a_journal_opens_with_others_and_an_app_is_one_of_them() {
        let own = crate::samples::leaf(Act::Consult);
        let reader = own.caller.account.clone();
        let app = dmp_core::audit::LeafApp {
            grant: dmp_core::GrantId([1; 16]),
            name: dmp_core::record::AppName { fr: "Carnet d'essai".to_owned(), en: "Test notebook".to_owned() },
            since: own.at,
        };
        assert_eq!(JournalFilter::ALL.first(), Some(&JournalFilter::default()));
        let shown =
            |leaf: &Leaf, reader: &str| [JournalFilter::default(), JournalFilter::Own, JournalFilter::All].map(|filter| filter.wants(leaf, reader));
        assert_eq!(shown(&own, &reader), [false, true, true]);
        assert_eq!(shown(&own, "somebody else"), [true, false, true]);
        let mut by_app = own;
        by_app.caller.app = Some(app);
        assert_eq!(shown(&by_app, &reader), [true, false, true]);
    }

    #[test]
    fn a_filter_is_its_word() {
        for filter in JournalFilter::ALL {
            assert_eq!(JournalFilter::from_code(filter.code()), Some(filter));
        }
        assert_eq!(JournalFilter::from_code("nothing"), None);
    }
}
