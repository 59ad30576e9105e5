//! One part of a record in full: treatments, vaccines, allergies, history. Nothing is folded: the page is read aloud, or printed and shown.

use askama::Template;
use dmp_core::summary::{Heading, Summary};

use crate::lang::silent_debug;
use crate::summary::{DueLine, HeadingBlock, due_line};
use crate::texts::part::PartTexts;
use crate::texts::summary::{HeadingName, SummaryTexts};
use crate::{Lang, ProofOf, Reader, Shell};

/// A part of a record with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Treatments,
    Vaccines,
    Allergies,
    History,
}

impl Part {
    /// Every part, in the order of the links on each of their pages.
    pub const ALL: [Part; 4] = [Part::Treatments, Part::Vaccines, Part::Allergies, Part::History];

    /// Path of the page on the person's site.
    pub fn path(self) -> &'static str {
        match self {
            Part::Treatments => "/treatments",
            Part::Vaccines => "/vaccines",
            Part::Allergies => "/allergies",
            Part::History => "/history",
        }
    }

    /// The part whose page shows a heading of the summary, when there is one.
    pub(crate) fn of(name: HeadingName) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.names().contains(&name))
    }

    fn names(self) -> &'static [HeadingName] {
        match self {
            Part::Treatments => &[HeadingName::Treatments, HeadingName::PastTreatments],
            Part::Vaccines => &[HeadingName::Vaccinations],
            Part::Allergies => &[HeadingName::Allergies, HeadingName::Attention],
            Part::History => &[
                HeadingName::Problems,
                HeadingName::History,
                HeadingName::Procedures,
                HeadingName::Stays,
                HeadingName::Pregnancies,
                HeadingName::Devices,
                HeadingName::Risks,
                HeadingName::FamilyHistory,
                HeadingName::Functions,
            ],
        }
    }

    fn title(self, own: bool, lang: Lang) -> &'static str {
        let t = PartTexts::of(lang);
        match (self, own) {
            (Part::Treatments, true) => t.treatments_own,
            (Part::Treatments, false) => t.treatments,
            (Part::Vaccines, true) => t.vaccines_own,
            (Part::Vaccines, false) => t.vaccines,
            (Part::Allergies, true) => t.allergies_own,
            (Part::Allergies, false) => t.allergies,
            (Part::History, true) => t.history_own,
            (Part::History, false) => t.history,
        }
    }

    fn lead(self, lang: Lang) -> &'static str {
        let t = PartTexts::of(lang);
        match self {
            Part::Treatments => t.treatments_lead,
            Part::Vaccines => t.vaccines_lead,
            Part::Allergies => t.allergies_lead,
            Part::History => t.history_lead,
        }
    }
}

/// What the server gives beside the summary.
#[derive(Clone)]
pub struct PartContext<'a> {
    pub shell: Shell,
    /// Name of the person whose record it is.
    pub person: String,
    pub reader: Reader,
    /// Path of the record's first page: link back.
    pub home: String,
    pub proof: ProofOf<'a>,
}

/// One part of a record, at [`Part::path`].
///
/// Links: home, the other parts, each line's proof. No form.
#[derive(Clone, Template)]
#[template(path = "part_page.html")]
pub struct PartPage {
    shell: Shell,
    person: String,
    reader: Reader,
    home: String,
    part: Part,
    blocks: Vec<HeadingBlock>,
    /// What is due of this part.
    due: Vec<DueLine>,
}

silent_debug!(PartPage);

impl std::fmt::Debug for PartContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PartContext(…)")
    }
}

impl PartPage {
    /// From what the core merged for this reader.
    pub fn of(part: Part, summary: &Summary, context: PartContext) -> Self {
        let PartContext { shell, person, reader, home, proof } = context;
        let (lang, own) = (shell.lang, reader.is_own());
        let block = |name: &HeadingName| HeadingBlock::of(*name, heading(*name, summary), own, proof, lang).whole();
        let due = summary.due.iter().filter(|due| part == Part::Vaccines && due.is_vaccine);
        PartPage {
            blocks: part.names().iter().map(block).collect(),
            due: due.map(|due| due_line(due, proof, lang)).collect(),
            shell,
            person,
            reader,
            home,
            part,
        }
    }

    fn t(&self) -> &'static SummaryTexts {
        SummaryTexts::of(self.shell.lang)
    }

    fn words(&self) -> &'static PartTexts {
        PartTexts::of(self.shell.lang)
    }

    fn title(&self) -> &'static str {
        self.part.title(self.reader.is_own(), self.shell.lang)
    }

    fn lead(&self) -> &'static str {
        self.part.lead(self.shell.lang)
    }

    /// The other parts, as path and title.
    fn others(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let (own, lang, here) = (self.reader.is_own(), self.shell.lang, self.part);
        Part::ALL.into_iter().filter(move |part| *part != here).map(move |part| (part.path(), part.title(own, lang)))
    }

    fn french(&self) -> &'static str {
        self.shell.french()
    }
}

fn heading(name: HeadingName, summary: &Summary) -> &Heading {
    match name {
        HeadingName::Allergies => &summary.allergies,
        HeadingName::Attention => &summary.attention,
        HeadingName::Treatments => &summary.treatments,
        HeadingName::Problems => &summary.problems,
        HeadingName::History => &summary.history,
        HeadingName::FamilyHistory => &summary.family_history,
        HeadingName::Procedures => &summary.procedures,
        HeadingName::Stays => &summary.stays,
        HeadingName::PastTreatments => &summary.past_treatments,
        HeadingName::Vaccinations => &summary.vaccinations,
        HeadingName::Devices => &summary.devices,
        HeadingName::Pregnancies => &summary.pregnancies,
        HeadingName::Risks => &summary.risks,
        HeadingName::Functions => &summary.functions,
        HeadingName::Imaging => &summary.imaging,
        HeadingName::Plans => &summary.plans,
        HeadingName::Directives => &summary.directives,
        HeadingName::Contacts => &summary.contacts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{many, proof};

    fn page(part: Part) -> String {
        let shell = crate::samples::person_shell(Lang::Fr, part.path());
        let context = PartContext { shell, person: "Nadia EXEMPLE".into(), reader: Reader::Person, home: "/".into(), proof: &proof };
        PartPage::of(part, &many(), context).render().unwrap()
    }

    #[test]
    fn nothing_is_folded() {
        let html = page(Part::Treatments);
        assert!(html.matches("Hydrochlorothiazide-amlodipine").count() >= 60);
        assert!(!html.contains(&format!(" {}<span", SummaryTexts::of(Lang::Fr).more)), "no « autres » to open");
    }

    #[test]
    fn a_part_leads_to_the_three_others() {
        for part in Part::ALL {
            let html = page(part);
            for other in Part::ALL {
                assert_eq!(html.contains(&format!("href=\"{}\"", other.path())), other != part, "{part:?} {other:?}");
            }
        }
    }

    #[test]
    fn reminders_of_vaccines_stand_with_the_vaccines_alone() {
        let due = SummaryTexts::of(Lang::Fr).by_when;
        assert!(page(Part::Vaccines).contains(due));
        assert!(!page(Part::Treatments).contains(due));
    }
}
