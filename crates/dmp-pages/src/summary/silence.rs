//! Headings of which the summary has no line: where documents are about the theme it says so, and never that nothing is known.

use dmp_core::identity::Sex;
use dmp_core::summary::{FactKind, Summary, When};

use crate::Lang;
use crate::texts::summary::HeadingName;

/// From this age on a pregnancy is asked about.
const PREGNANCY_AGE: i16 = 12;
/// From this age on people write advance directives.
const DIRECTIVES_AGE: i16 = 18;

/// What is said of headings without a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Silence {
    /// « l'imagerie (9) »: documents are there, and nothing could be taken over from them.
    pub papers: Vec<String>,
    /// « les grossesses »: neither.
    pub nothing: Vec<&'static str>,
}

impl Silence {
    /// Of these headings, for this person: a man is not asked about pregnancies, nor a child about directives.
    pub(crate) fn of(summary: &Summary, names: impl Iterator<Item = HeadingName>, lang: Lang) -> Self {
        let mut silence = Silence::default();
        for name in names {
            let papers = kind(name).and_then(|kind| summary.papers.iter().find(|(one, _)| *one == kind)).map(|(_, count)| *count);
            match papers {
                Some(count) => silence.papers.push(format!("{} ({count})", name.subject(lang))),
                None if concerns(summary, name) => silence.nothing.push(name.subject(lang)),
                None => {}
            }
        }
        silence
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.papers.is_empty() && self.nothing.is_empty()
    }
}

fn concerns(summary: &Summary, name: HeadingName) -> bool {
    let traits = &summary.person.traits;
    let age = When::in_paris(summary.at).first_day().map_or(i16::MAX, |today| traits.birth_date.age_on(today));
    match name {
        HeadingName::Pregnancies => traits.sex != Sex::Male && age >= PREGNANCY_AGE,
        HeadingName::Directives => age >= DIRECTIVES_AGE,
        _ => true,
    }
}

fn kind(name: HeadingName) -> Option<FactKind> {
    Some(match name {
        HeadingName::Allergies => FactKind::Allergy,
        HeadingName::Treatments | HeadingName::PastTreatments => FactKind::Medicine,
        HeadingName::FamilyHistory => FactKind::FamilyHistory,
        HeadingName::Procedures => FactKind::Procedure,
        HeadingName::Stays => FactKind::Stay,
        HeadingName::Vaccinations => FactKind::Vaccination,
        HeadingName::Devices => FactKind::Device,
        HeadingName::Pregnancies => FactKind::Pregnancy,
        HeadingName::Functions => FactKind::Function,
        HeadingName::Imaging => FactKind::Imaging,
        HeadingName::Plans => FactKind::Plan,
        HeadingName::Directives => FactKind::Directive,
        HeadingName::Contacts => FactKind::Contact,
        HeadingName::Attention | HeadingName::Problems | HeadingName::History | HeadingName::Risks => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::summary::samples;

    #[test]
    fn a_theme_with_documents_is_never_called_unknown() {
        let mut summary = samples::empty();
        summary.papers = vec![(FactKind::Imaging, 9), (FactKind::Directive, 1)];
        let names = || [HeadingName::Imaging, HeadingName::Directives, HeadingName::Risks].into_iter();
        let silence = Silence::of(&summary, names(), Lang::Fr);
        assert_eq!(silence.papers, ["l'imagerie (9)", "les directives anticipées (1)"]);
        assert_eq!(silence.nothing, ["les facteurs de risque"]);
        summary.person.traits.sex = Sex::Male;
        assert_eq!(Silence::of(&summary, [HeadingName::Pregnancies].into_iter(), Lang::Fr), Silence::default());
    }
}
