//! Who takes care of the person, by the documents that this caller sees: each professional who wrote one lately.

use std::collections::HashMap;

use super::super::{Carer, When};
use super::told::{Doc, Telling};
use crate::document::{Author, AuthorKind};

/// Older documents show nobody who still takes care of the person.
const MONTHS: i16 = 24;

/// The professionals, the one who wrote last first, at most `most` of them; and how many are left out.
pub(super) fn find(telling: &Telling<'_>, today: When, most: usize) -> (Vec<Carer>, usize) {
    let since = today.plus_months(-i32::from(MONTHS)).unwrap_or(today);
    let mut carers: Vec<Carer> = Vec::new();
    let mut known: HashMap<(&str, &str, &str), usize> = HashMap::new();
    // Documents come oldest first: the newest gives the words.
    for doc in telling.docs.iter().rev().filter(|doc| doc.counts && !doc.is_copy && doc.when >= since && doc.when <= today) {
        for author in doc.entry.authors.iter().filter(|author| is_carer(author)) {
            match known.get(&key(author)).and_then(|place| carers.get_mut(*place)) {
                Some(carer) => carer.documents += 1,
                None => {
                    known.insert(key(author), carers.len());
                    carers.push(carer(doc, author));
                }
            }
        }
    }
    let left_out = carers.len().saturating_sub(most);
    carers.truncate(most);
    (carers, left_out)
}

fn is_carer(author: &Author) -> bool {
    author.kind == AuthorKind::Professional && !(author.name.family.is_empty() && author.name.given.is_empty())
}

fn key(author: &Author) -> (&str, &str, &str) {
    match author.id.as_deref() {
        Some(id) => (id, "", ""),
        None => ("", author.name.family.as_str(), author.name.given.as_str()),
    }
}

fn carer(doc: &Doc<'_>, author: &Author) -> Carer {
    Carer { author: author.clone(), last_seen: doc.when, documents: 1, entry: doc.entry.id, title: doc.entry.title.clone() }
}
