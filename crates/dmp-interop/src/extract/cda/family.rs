//! Illnesses of relatives.

use dmp_core::summary::{AbsenceKind, Fact, FactKind, What};

use crate::cda::tree::{child, children, descend};

use super::super::absence;
use super::concept::concept_with;
use super::place::Place;
use super::xml::{Element, is_negated};
use super::{Facts, concept, time};

/// The illnesses of one relative.
pub(super) fn add<'a>(place: &Place<'_, 'a>, organizer: Element<'a>, facts: &mut Facts) {
    let relation = descend(organizer, &["subject", "relatedSubject", "code"])
        .and_then(|code| concept_with(place, code, None, concept::Prefer::Display))
        .map(|concept| concept.text)
        .unwrap_or_default();
    for node in children(organizer, "component").filter_map(|component| child(component, "observation")) {
        let Some(value) = child(node, "value") else { continue };
        let Some(concept) = concept_with(place, value, child(node, "text"), concept::Prefer::Narrative) else { continue };
        let how = absence::of_codes(&concept.codes).or_else(|| is_negated(node).then_some(AbsenceKind::NoneKnown));
        let what = match how {
            Some(how) => What::Absent { of: FactKind::FamilyHistory, how },
            None => What::FamilyHistory { relation: relation.clone() },
        };
        let proof = place.proof(&[Some(value), child(node, "text")], &concept.text);
        facts.push(Fact { what, period: time::period_of(node), by: Default::default(), proof, concept });
    }
}
