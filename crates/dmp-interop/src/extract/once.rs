//! One entry that says a fact twice says it once.

use std::collections::HashSet;

use dmp_core::summary::Fact;

/// Drops every fact that an entry says again word for word. Two entries that say the same are two facts: three acts with the same contrast
/// medium are three administrations.
pub(super) fn keep_one_of_each(facts: &mut Vec<Fact>) {
    let mut seen: HashSet<String> = HashSet::new();
    facts.retain(|fact| seen.insert(format!("{fact:?}")));
}
