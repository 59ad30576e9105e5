//! Which problems are the same, and which of them are over.
//!
//! The same ICD-10 code is the same problem; the same first three characters are not. The same words are the same problem, unless their codes
//! contradict each other: "diabète" coded E10 here and E11 there are two, "diabète de type 2" coded E11 and E11.9 is one.

use std::cmp::Reverse;

use super::super::{FactKind, ProblemState, What, When};
use super::groups::{Groups, Key, Words};
use super::line::Draft;
use super::told::{Telling, Told};
use crate::document::{Code, system};

/// Problems by whether they are active.
#[derive(Debug)]
pub(super) struct Problems {
    /// Confirmed ones first, then suspected ones, newest first.
    pub active: Vec<Draft>,
    /// Newest first.
    pub past: Vec<Draft>,
}

/// Sorts the problems.
pub(super) fn sort(telling: &Telling<'_>) -> Problems {
    let indices: Vec<usize> =
        telling.facts(telling.of_kind(FactKind::Problem)).filter(|(_, told)| !told.is_absence()).map(|(index, _)| index).collect();
    let mut active: Vec<((bool, Reverse<When>), Draft)> = Vec::new();
    let mut past: Vec<(Reverse<When>, Draft)> = Vec::new();
    for members in group(telling, &indices) {
        let Some((chosen, state)) = newest_statement(telling, &members) else { continue };
        let last = telling.facts(&members).map(|(_, told)| told.when).max();
        let Some(last) = last else { continue };
        let dropped = telling.facts(&members).all(|(_, told)| told.replaced);
        let draft = Draft { members, chosen };
        match state {
            ProblemState::Active if !dropped => active.push(((false, Reverse(last)), draft)),
            ProblemState::Suspected if !dropped => active.push(((true, Reverse(last)), draft)),
            ProblemState::Active | ProblemState::Suspected | ProblemState::Past => past.push((Reverse(last), draft)),
        }
    }
    active.sort_by_key(|(order, _)| *order);
    past.sort_by_key(|(order, _)| *order);
    Problems { active: active.into_iter().map(|(_, draft)| draft).collect(), past: past.into_iter().map(|(_, draft)| draft).collect() }
}

/// The newest statement, one that no newer synthesis took the place of if there is any; of one document the one that says most.
fn newest_statement(telling: &Telling<'_>, members: &[usize]) -> Option<(usize, ProblemState)> {
    telling
        .facts(members)
        .filter_map(|(index, told)| state_of(told).map(|state| ((!told.replaced, told.doc, richness(told), Reverse(index)), index, state)))
        .max_by_key(|(order, ..)| *order)
        .map(|(_, index, state)| (index, state))
}

fn state_of(told: &Told<'_>) -> Option<ProblemState> {
    match &told.fact.what {
        What::Problem { state } => Some(*state),
        _ => None,
    }
}

/// How much a fact says: codes, dates, words.
pub(super) fn richness(told: &Told<'_>) -> (usize, usize) {
    let fact = told.fact;
    let dates = usize::from(fact.period.from.is_some()) + usize::from(fact.period.to.is_some());
    (usize::from(!fact.concept.codes.is_empty()) * 2 + dates + usize::from(!fact.by.name.is_empty()), fact.concept.text.len().min(200))
}

fn group(telling: &Telling<'_>, indices: &[usize]) -> Vec<Vec<usize>> {
    let mut words = Words::default();
    let mut groups = Groups::new(indices.len());
    let mut coded: Vec<(u32, String, usize)> = Vec::new();
    for (member, (_, told)) in telling.facts(indices).enumerate() {
        let concept = &told.fact.concept;
        let said = words.of(concept);
        match concept.codes.iter().find(|code| code.system == system::CIM_10 && !code.code.is_empty()) {
            Some(code) => {
                groups.join(member, Key::Code(system::CIM_10, &code.code));
                coded.push((said.unwrap_or(0), plain(code), member));
            }
            None => {
                for code in concept.codes.iter().filter(|code| !code.code.is_empty()) {
                    groups.join(member, Key::Code(&code.system, &code.code));
                }
                if let Some(said) = said {
                    groups.join(member, Key::Words(said));
                }
            }
        }
    }
    join_words(&mut groups, coded);
    groups.split(indices)
}

/// `E11.9` and `E119` are one code.
fn plain(code: &Code) -> String {
    code.code.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_uppercase()).collect()
}

/// The same words under codes of which one refines the other are one problem; so is what has these words without a code.
fn join_words(groups: &mut Groups<'_>, mut coded: Vec<(u32, String, usize)>) {
    coded.sort();
    // The same code written otherwise (E11.9, e119).
    let mut by_code: Vec<(&str, usize)> = coded.iter().map(|(_, code, member)| (code.as_str(), *member)).collect();
    by_code.sort_unstable();
    for (one, other) in by_code.iter().zip(by_code.iter().skip(1)).filter(|(one, other)| one.0 == other.0) {
        groups.unite(one.1, other.1);
    }
    let same_words = coded.chunk_by(|one, other| one.0 == other.0).filter(|chunk| chunk.first().is_some_and(|first| first.0 != 0));
    for chunk in same_words {
        let mut root: Option<(&str, usize)> = None;
        let mut roots = 0_usize;
        let mut said = 0;
        for (words, code, member) in chunk {
            said = *words;
            match root {
                Some((shorter, first)) if code.starts_with(shorter) => groups.unite(*member, first),
                _ => {
                    root = Some((code, *member));
                    roots += 1;
                }
            }
        }
        if let (1, Some((_, first)), Some(uncoded)) = (roots, root, groups.first_with(Key::Words(said))) {
            groups.unite(first, uncoded);
        }
    }
}
