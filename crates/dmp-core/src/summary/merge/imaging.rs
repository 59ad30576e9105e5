//! One line of imaging out of a report and the study that can be opened.

use super::super::{Fact, ImagingKind, What};

/// Whether a fact is the report of an examination, whose words say more than those of its study.
pub(super) fn is_report(fact: &Fact) -> bool {
    matches!(fact.what, What::Imaging { kind: ImagingKind::Report, .. })
}

/// Gives a fact of imaging what the others of its line say and it does not: modality, region, numbers, and where the study can be opened.
pub(super) fn complete<'a>(fact: &mut Fact, others: impl Iterator<Item = &'a Fact>) {
    let What::Imaging { modality, region, accession, study, link, .. } = &mut fact.what else { return };
    for other in others {
        let What::Imaging { modality: its_modality, region: its_region, accession: its_accession, study: its_study, link: its_link, .. } =
            &other.what
        else {
            continue;
        };
        for (mine, its) in [(&mut *modality, its_modality), (&mut *region, its_region)] {
            if mine.is_empty() {
                mine.clone_from(its);
            }
        }
        for (mine, its) in [(&mut *accession, its_accession), (&mut *study, its_study)] {
            if mine.is_none() {
                mine.clone_from(its);
            }
        }
        // A link opens the study that the line names, and no other.
        if link.is_none() && study == its_study {
            link.clone_from(its_link);
        }
    }
}
