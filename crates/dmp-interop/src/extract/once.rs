//! One fact said twice in one document is one fact.

use std::collections::HashSet;

use dmp_core::summary::{Concept, Fact, Party, Period, What};

/// Drops every fact that says the same as one before it, wherever in the document it stands.
pub(super) fn keep_one_of_each(facts: &mut Vec<Fact>) {
    let mut seen: HashSet<String> = HashSet::new();
    facts.retain(|fact| seen.insert(said(&fact.what, &fact.concept, &fact.period, &fact.by)));
}

/// Everything of a fact but its proof.
fn said(what: &What, concept: &Concept, period: &Period, by: &Party) -> String {
    format!("{what:?} {concept:?} {period:?} {by:?}")
}
