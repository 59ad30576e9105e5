//! Walking the sections of a structured body.

use dmp_core::summary::TextPart;

use crate::cda::tree::{child, children};

use super::super::FACTS_MAX;
use super::place::{Paper, Place};
use super::xml::Element;
use super::{Facts, Parts, entry, narrative, words_only};

/// Most sections of one document; real ones have under 60.
const SECTIONS_MAX: usize = 500;
/// Most entries of one section; real ones have under 60.
const ENTRIES_MAX: usize = 5000;

/// Sections that hold attached documents, images of codes, insurance, or the life of the document: never a fact about the person.
const WITHOUT_FACTS: [&str; 6] = ["33557-0", "48768-6", "55107-7", "55108-5", "57723-9", "GEN-168"];

/// Adds the facts and the text of every section, nested ones after the one that holds them.
pub(super) fn add_all<'a>(paper: &Paper<'a>, body: Element<'a>, facts: &mut Facts, parts: &mut Parts) {
    let mut left = SECTIONS_MAX;
    below(paper, body, None, &mut left, facts, parts);
}

fn below<'d, 'a>(paper: &'d Paper<'a>, parent: Element<'a>, above: Option<&Place<'d, 'a>>, left: &mut usize, facts: &mut Facts, parts: &mut Parts) {
    for section in children(parent, "component").filter_map(|component| child(component, "section")) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let place = Place::of_section(paper, section, above);
        let text = narrative::plain(section);
        if !text.is_empty() {
            parts.push(TextPart { place: place.code.clone(), title: place.title.clone(), text });
        }
        if !WITHOUT_FACTS.contains(&place.code.as_str()) {
            entries(&place, facts);
        }
        below(paper, section, Some(&place), left, facts, parts);
    }
}

fn entries(place: &Place<'_, '_>, facts: &mut Facts) {
    let before = facts.len();
    for (position, holder) in children(place.section, "entry").enumerate().take(ENTRIES_MAX) {
        if facts.len() >= FACTS_MAX {
            return;
        }
        let place = place.at(position);
        for node in holder.children().filter(roxmltree::Node::is_element) {
            entry::add(&place, node, facts);
        }
    }
    words_only::add(place, facts.len() > before, facts);
}
