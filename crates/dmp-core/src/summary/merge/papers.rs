//! Of which themes there are documents, by their type and title: that no fact of a theme could be read from them does not mean that they are
//! silent about it.

use super::super::{FactKind, words};
use super::missing::OF_STAYS;
use super::told::Telling;
use crate::document::{Topic, class_of};

/// A theme, types of documents about it, beginnings of words in their titles (normalised).
type Theme = (FactKind, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const THEMES: [Theme; 13] = [
    (FactKind::Directive, &["EXPPAT_1", "EXPPAT_3"], &["directive"]),
    (FactKind::Imaging, &[], &["radiograph", "radiolog", "echograph", "scanner", "irm", "mammograph", "imagerie", "tomodensitom", "scintigraph"]),
    (FactKind::Pregnancy, &["89233-1", "57055-6", "57057-2"], &["grossesse", "prenatal", "antenatal", "obstetric", "accouchement"]),
    (FactKind::Vaccination, &[], &["vaccin"]),
    (FactKind::Stay, &OF_STAYS, &["hospitalisation"]),
    (FactKind::Procedure, &["34874-8", "34875-5"], &["operatoire", "chirurgi"]),
    (FactKind::Device, &[], &["stimulateur", "pacemaker", "prothese", "implant"]),
    (FactKind::Plan, &[], &["ppsp"]),
    (FactKind::Function, &["BIL_AUTO"], &["autonomie", "aggir"]),
    (FactKind::Contact, &[], &["confiance"]),
    (FactKind::Allergy, &[], &["allerg"]),
    (FactKind::FamilyHistory, &[], &["familial"]),
    (FactKind::Medicine, &["57833-6"], &["medicament"]),
];

/// The themes of which the caller may read documents, and of how many each.
pub(super) fn count(telling: &Telling<'_>) -> Vec<(FactKind, usize)> {
    let docs = telling.docs.iter().filter(|doc| doc.counts && !doc.is_copy && !doc.is_reimbursement);
    let mut counts = THEMES.map(|theme| (theme.0, 0));
    for doc in docs {
        let code = doc.entry.type_code.as_str();
        let said = format!("{} {}", words::normal(doc.entry.type_code.label()), words::normal(&doc.entry.title));
        let named = |names: &[&str]| said.split(' ').any(|word| names.iter().any(|name| word.starts_with(name)));
        for ((kind, types, names), (_, count)) in THEMES.iter().zip(&mut counts) {
            let by_class = match kind {
                FactKind::Imaging => class_of(code) == Some("31"),
                FactKind::Vaccination => Topic::of(doc.entry) == Topic::Vaccines,
                FactKind::Plan => class_of(code) == Some("44"),
                _ => false,
            };
            *count += usize::from(by_class || types.contains(&code) || named(names));
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}
