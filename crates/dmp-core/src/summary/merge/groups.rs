//! Putting together what is the same thing: facts that share a key are one group. No pair of facts is ever compared.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::{Concept, When, words};

/// What makes two facts the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key<'a> {
    /// A system and a code in it.
    Code(&'a str, &'a str),
    /// Words, by their number in [`Words`].
    Words(u32),
    /// The name of a medicine or of its substances, by its number in [`Words`].
    Medicine(u32),
    /// Words and what they are said of (a relation, a kind).
    Said(u32, u32),
}

/// Numbers for normalised words: each text is normalised once.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    raw: HashMap<&'a str, u32>,
    bare: HashMap<&'a str, u32>,
    normal: HashMap<String, u32>,
}

impl<'a> Words<'a> {
    /// The number of a text's normalised words; `None` when there are none.
    pub fn number(&mut self, text: &'a str) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        if let Some(known) = self.raw.get(text) {
            return (*known != 0).then_some(*known);
        }
        let number = self.own(words::normal(text));
        self.raw.insert(text, number);
        (number != 0).then_some(number)
    }

    /// The number of a text's normalised words without some of them. One list of words for each [`Words`].
    pub fn without(&mut self, text: &'a str, noise: &[&str]) -> Option<u32> {
        if let Some(known) = self.bare.get(text) {
            return (*known != 0).then_some(*known);
        }
        let normal = words::normal(text);
        let number = self.own(normal.split(' ').filter(|word| !noise.contains(word)).collect::<Vec<_>>().join(" "));
        self.bare.insert(text, number);
        (number != 0).then_some(number)
    }

    /// The number of words that are normal already; 0 for none.
    pub fn own(&mut self, normal: String) -> u32 {
        if normal.is_empty() {
            return 0;
        }
        let next = u32::try_from(self.normal.len()).unwrap_or(u32::MAX - 1).saturating_add(1);
        *self.normal.entry(normal).or_insert(next)
    }

    /// The number of a concept's words: its text, else the display of its first code.
    pub fn of(&mut self, concept: &'a Concept) -> Option<u32> {
        self.number(&concept.text).or_else(|| self.number(concept.codes.first().map_or("", |code| code.display.as_str())))
    }
}

/// Members that are joined by keys (disjoint sets).
#[derive(Debug)]
pub(super) struct Groups<'a> {
    parents: Vec<usize>,
    first: HashMap<Key<'a>, usize>,
}

impl<'a> Groups<'a> {
    pub fn new(members: usize) -> Self {
        Groups { parents: (0..members).collect(), first: HashMap::with_capacity(members) }
    }

    /// The member has this key: it joins whoever has it too.
    pub fn join(&mut self, member: usize, key: Key<'a>) {
        match self.first.entry(key) {
            Entry::Vacant(free) => {
                free.insert(member);
            }
            Entry::Occupied(taken) => {
                let other = *taken.get();
                self.unite(member, other);
            }
        }
    }

    /// Who came first with this key.
    pub fn first_with(&self, key: Key<'a>) -> Option<usize> {
        self.first.get(&key).copied()
    }

    /// Both are the same thing.
    pub fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The smaller index is the root: groups come out in the order of their first member.
        if let Some(parent) = self.parents.get_mut(one.max(other)) {
            *parent = one.min(other);
        }
    }

    pub fn root(&mut self, member: usize) -> usize {
        let mut at = member;
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(here) = self.parents.get_mut(at) {
                *here = above;
            }
            at = above;
        }
        at
    }

    /// The groups, each in the order of its members; `names[i]` stands for member `i`.
    pub fn split(mut self, names: &[usize]) -> Vec<Vec<usize>> {
        let mut places: HashMap<usize, usize> = HashMap::with_capacity(names.len());
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (member, name) in names.iter().enumerate() {
            let root = self.root(member);
            let place = *places.entry(root).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(place) {
                group.push(*name);
            }
        }
        groups
    }
}

/// Splits members that are the same thing by their dates. A vague date ("2019") is the same as the one exact date within it; of several it
/// stays apart. Each member comes with its date; `None` joins the only date there is.
pub(super) fn split_by_date(mut members: Vec<(Option<When>, usize)>) -> Vec<Vec<usize>> {
    members.sort_by_key(|(when, index)| (when.map(to_day), *index));
    let mut days: Vec<When> = members.iter().filter_map(|(when, _)| when.map(to_day)).collect();
    days.dedup();
    // The vague one stands right before the exact ones within it.
    let target = |when: When| -> When {
        let from = days.partition_point(|day| *day <= when);
        let mut within = days.get(from..).unwrap_or(&[]).iter().take_while(|day| is_within(when, **day)).filter(|day| is_exact(**day));
        match (is_exact(when), within.next(), within.next()) {
            (false, Some(only), None) => *only,
            _ => when,
        }
    };
    let mut meant: Vec<When> = days.iter().map(|day| target(*day)).collect();
    meant.sort_unstable();
    meant.dedup();
    let only = meant.first().copied().filter(|_| meant.len() == 1);
    let mut places: HashMap<Option<When>, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (when, index) in members {
        let day = when.map(to_day).map(target).or(only);
        let place = *places.entry(day).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.push(index);
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups
}

fn to_day(when: When) -> When {
    When { minute: None, ..when }
}

fn is_exact(when: When) -> bool {
    when.day > 0
}

fn is_within(vague: When, day: When) -> bool {
    vague.year == day.year && (vague.month == 0 || vague.month == day.month)
}
