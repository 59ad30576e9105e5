//! Performers, authors and other persons of an entry.

use dmp_core::summary::Party;

use crate::cda::tree::{attribute, child, children, descend};

use super::xml::{Element, words_at};

/// A person or place: `assignedEntity`, `assignedAuthor`, `associatedEntity`, `relatedEntity`.
pub(super) fn entity(node: Element<'_>) -> Party {
    let person = ["assignedPerson", "associatedPerson", "relatedPerson"].into_iter().find_map(|name| child(node, name));
    let place = ["representedOrganization", "scopingOrganization"].into_iter().find_map(|name| words_at(node, &[name, "name"]));
    Party {
        name: person.and_then(|person| child(person, "name")).map(name).unwrap_or_default(),
        role: child(node, "code").and_then(|code| attribute(code, "displayName")).unwrap_or_default(),
        place: place.unwrap_or_default(),
    }
}

/// A name as one says it: `DR Laure MARIGNY`. The *civilité d'exercice* stands in `suffix`.
pub(super) fn name(node: Element<'_>) -> String {
    let part = |element| words_at(node, &[element]);
    let title = part("suffix").or_else(|| part("prefix"));
    let parts: Vec<String> = [title, part("given"), part("family")].into_iter().flatten().collect();
    if parts.is_empty() { super::xml::text_within(node) } else { parts.join(" ") }
}

/// The first performer with a name or place.
pub(super) fn performer(node: Element<'_>) -> Party {
    children(node, "performer").take(4).filter_map(|performer| child(performer, "assignedEntity")).map(entity).find(is_known).unwrap_or_default()
}

/// The author.
pub(super) fn author(node: Element<'_>) -> Party {
    descend(node, &["author", "assignedAuthor"]).map(entity).unwrap_or_default()
}

/// Who did it, or else who wrote it.
pub(super) fn performer_or_author(node: Element<'_>) -> Party {
    Some(performer(node)).filter(is_known).unwrap_or_else(|| author(node))
}

/// Of a delivery: who prescribed it, or else who handed it out.
pub(super) fn prescriber_or_performer(supply: Element<'_>) -> Party {
    Some(author(supply)).filter(|author| !author.name.is_empty()).unwrap_or_else(|| performer(supply))
}

pub(super) fn is_known(party: &Party) -> bool {
    !party.name.is_empty() || !party.place.is_empty()
}
