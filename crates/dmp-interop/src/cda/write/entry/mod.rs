//! Entries: what a machine reads of a line. Each points to its words.

mod act;
mod allergy;
mod medicine;
mod observation;
mod problem;

pub(super) use act::{device, no_device, no_procedure, plan, procedure};
pub(super) use allergy::{allergy, no_allergy};
pub(super) use medicine::{no_treatment, no_vaccination, treatment, vaccination};
pub(super) use observation::{directive, family, function, habit, no_family, no_habit, pregnancies, results, vital_signs};
pub(super) use problem::{no_problem, problem};

use super::code::ABSENT;
use super::part::Place;
use crate::xml::Xml;

/// The coded statement that there is none, or that nothing is known, inside of a `code` or `value`.
fn absent(x: &mut Xml, tag: &str, typed: bool, place: &Place<'_>, code: (&str, &str)) {
    let mut attributes = vec![("code", code.0), ("displayName", code.1), ("codeSystem", ABSENT)];
    if typed {
        attributes.insert(0, ("xsi:type", "CD"));
    }
    x.within(tag, &attributes, |x| x.reference("originalText", &place.anchor));
}

/// Which of two codes: there is none, or nothing is known.
fn choose<'a>(none_known: bool, none: (&'a str, &'a str), unknown: (&'a str, &'a str)) -> (&'a str, &'a str) {
    if none_known { none } else { unknown }
}
