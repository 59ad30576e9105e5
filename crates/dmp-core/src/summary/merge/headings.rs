//! The headings that are no results: what goes where, and in which order somebody reads it who has ten seconds.

use std::cmp::Reverse;

use super::super::{Criticality, DeviceState, Fact, FactKind, Heading, ImagingKind, Knowledge, RiskKind, What, When, words};
use super::groups::{Groups, Key, Words, split_by_date};
use super::imaging;
use super::line::{Draft, Lines};
use super::measured::is_measured;
use super::problems::{Problems, richness};
use super::told::Telling;
use super::treatments::{Medicines, is_over};

/// LOINC code of the section of problems that are over.
const HISTORY_SECTION: &str = "11348-0";

/// Days after which a pregnancy that no document ended is not shown as a current one: ten months.
const PREGNANCY_DAYS: i32 = 305;

/// Most days between two expected dates of one pregnancy.
const CORRECTION_DAYS: i32 = 42;

/// Days after which what was planned is not shown as a plan any more, from its day or, when it has none, from its newest document: an
/// examination that was ordered years ago is none. It is counted as left out, and stands last where everything is shown.
const PLAN_DAYS: i32 = 366;

/// Facts of a kind that say that something is, and absences of it.
fn sorted_out(telling: &Telling<'_>, kind: FactKind) -> (Vec<usize>, Vec<usize>) {
    let (absent, said) = telling.facts(telling.of_kind(kind)).partition::<Vec<_>, _>(|(_, told)| told.is_absence());
    (said.into_iter().map(|(index, _)| index).collect(), absent.into_iter().map(|(index, _)| index).collect())
}

/// Absences of problems: of the history when that is the section that says it, else of active ones.
fn absent_problems(telling: &Telling<'_>, of_history: bool) -> Vec<usize> {
    let absent = telling.facts(telling.of_kind(FactKind::Problem)).filter(|(_, told)| told.is_absence());
    absent.filter(|(_, told)| (told.fact.proof.section == HISTORY_SECTION) == of_history).map(|(index, _)| index).collect()
}

pub(super) fn active_problems(telling: &Telling<'_>, problems: &Problems, lines: &mut Lines<'_, '_>) -> Heading {
    lines.heading(&problems.active, &absent_problems(telling, false))
}

/// Problems that are over; after them allergies that are.
pub(super) fn history(telling: &Telling<'_>, problems: &Problems, allergies: &Allergies, lines: &mut Lines<'_, '_>) -> Heading {
    let mut drafts = problems.past.clone();
    drafts.extend(allergies.resolved.iter().cloned());
    lines.heading(&drafts, &absent_problems(telling, true))
}

pub(super) fn treatments(telling: &Telling<'_>, medicines: &Medicines, lines: &mut Lines<'_, '_>) -> Heading {
    lines.heading(&medicines.current, &sorted_out(telling, FactKind::Medicine).1)
}

pub(super) fn past_treatments(medicines: &Medicines, lines: &mut Lines<'_, '_>) -> Heading {
    lines.heading(&medicines.past, &[])
}

/// Allergies by whether they are resolved.
#[derive(Debug)]
pub(super) struct Allergies {
    standing: Vec<Draft>,
    resolved: Vec<Draft>,
}

/// Allergies, the dangerous ones first. An allergy leaves the heading only when its newest statement says that it is resolved: that a newer
/// synthesis is silent of it is not enough.
pub(super) fn allergies(telling: &Telling<'_>, allergies: &Allergies, lines: &mut Lines<'_, '_>) -> Heading {
    lines.heading(&allergies.standing, &sorted_out(telling, FactKind::Allergy).1)
}

/// Sorts the allergies.
pub(super) fn sort_allergies(telling: &Telling<'_>) -> Allergies {
    let mut standing = Vec::new();
    let mut resolved = Vec::new();
    for members in group(telling, &sorted_out(telling, FactKind::Allergy).0, &keys_of_substance) {
        let newest = telling.facts(&members).max_by_key(|(index, told)| (told.doc, !is_resolved(told.fact), Reverse(*index)));
        let Some((newest_index, newest)) = newest else { continue };
        if is_resolved(newest.fact) {
            resolved.push((Reverse(newest.when), Draft { members, chosen: newest_index }));
            continue;
        }
        // Of those that stand the one that warns most.
        let chosen = telling
            .facts(&members)
            .filter(|(_, told)| !is_resolved(told.fact))
            .max_by_key(|(index, told)| (criticality(told.fact), reactions(told.fact), richness(told), told.doc, Reverse(*index)));
        if let Some((chosen, told)) = chosen {
            standing.push(((Reverse(criticality(told.fact)), Reverse(newest.when)), Draft { members, chosen }));
        }
    }
    standing.sort_by_key(|(order, _)| *order);
    resolved.sort_by_key(|(order, _)| *order);
    Allergies { standing: drafts(standing), resolved: drafts(resolved) }
}

fn is_resolved(fact: &Fact) -> bool {
    matches!(fact.what, What::Allergy { resolved: true, .. })
}

fn criticality(fact: &Fact) -> Criticality {
    match &fact.what {
        What::Allergy { criticality, .. } => *criticality,
        _ => Criticality::Unknown,
    }
}

fn reactions(fact: &Fact) -> usize {
    match &fact.what {
        What::Allergy { reactions, .. } => reactions.len().min(10),
        _ => 0,
    }
}

fn drafts<T>(ordered: Vec<(T, Draft)>) -> Vec<Draft> {
    ordered.into_iter().map(|(_, draft)| draft).collect()
}

type KeysOf = dyn for<'a> Fn(&'a Fact, &mut Words<'a>, &mut dyn FnMut(Key<'a>));

/// Puts together the facts that share a key.
fn group(telling: &Telling<'_>, indices: &[usize], keys: &KeysOf) -> Vec<Vec<usize>> {
    let mut words = Words::default();
    let mut groups = Groups::new(indices.len());
    for (member, (_, told)) in telling.facts(indices).enumerate() {
        keys(told.fact, &mut words, &mut |key| groups.join(member, key));
    }
    groups.split(indices)
}

/// The codes of a concept and its words.
fn keys_of_concept<'a>(fact: &'a Fact, words: &mut Words<'a>, take: &mut dyn FnMut(Key<'a>)) {
    for code in fact.concept.codes.iter().filter(|code| !code.code.is_empty()) {
        take(Key::Code(&code.system, &code.code));
    }
    if let Some(said) = words.of(&fact.concept) {
        take(Key::Words(said));
    }
}

/// The same for an allergy: "allergie à la pénicilline" is the substance.
fn keys_of_substance<'a>(fact: &'a Fact, words: &mut Words<'a>, take: &mut dyn FnMut(Key<'a>)) {
    keys_of_concept(fact, words, take);
    if let Some(bare) = words.without(&fact.concept.text, &ALLERGY_WORDS) {
        take(Key::Words(bare));
    }
}

const ALLERGY_WORDS: [&str; 7] = ["allergie", "allergique", "allergy", "hypersensibilite", "a", "to", "antecedent"];

/// Words alone or with what they are said of; a telecom for somebody to call.
fn keys_of_lasting<'a>(fact: &'a Fact, words: &mut Words<'a>, take: &mut dyn FnMut(Key<'a>)) {
    let (of, said) = match &fact.what {
        What::FamilyHistory { relation } => (words.number(relation).unwrap_or(0), words.of(&fact.concept)),
        What::Risk { kind } => (risk_number(*kind), words.of(&fact.concept)),
        What::Contact { telecom } => {
            let name = words.number(&fact.by.name).unwrap_or(0);
            (name, words.number(telecom).or_else(|| words.of(&fact.concept)))
        }
        _ => (0, words.of(&fact.concept)),
    };
    match said {
        Some(said) => take(Key::Said(of, said)),
        None if of != 0 => take(Key::Said(of, 0)),
        None => {}
    }
}

fn risk_number(kind: RiskKind) -> u32 {
    match kind {
        RiskKind::Lifestyle => 1,
        RiskKind::Occupational => 2,
        RiskKind::Other => 3,
    }
}

/// The fact that gives the words: the newest, of one document the one that says most.
fn newest(telling: &Telling<'_>, members: &[usize]) -> Option<(usize, When)> {
    let chosen = telling.facts(members).max_by_key(|(index, told)| (!told.replaced, told.doc, richness(told), Reverse(*index)));
    chosen.map(|(index, told)| (index, told.when))
}

/// What stays true once said (risks, family, directives, contacts), the last said first.
pub(super) fn lasting(telling: &Telling<'_>, kind: FactKind, lines: &mut Lines<'_, '_>) -> Heading {
    undated(telling, kind, lines, false)
}

/// Points to watch. What was measured on a day is none, and years later it would stand against what was measured since.
pub(super) fn attention(telling: &Telling<'_>, lines: &mut Lines<'_, '_>) -> Heading {
    let mut heading = undated(telling, FactKind::Attention, lines, true);
    if !lines.bounds.shows_everything() {
        let before = heading.lines.len();
        heading.lines.retain(|line| !is_measured(&line.fact.concept.text) && !is_measured(&line.fact.proof.quote));
        lines.left_out += before - heading.lines.len();
        if before > 0 && heading.lines.is_empty() && heading.denials.is_empty() {
            heading.knowledge = Knowledge::NoInformation;
        }
    }
    heading
}

/// What is true while it is said (points to watch, functions): a newer synthesis of the same author takes its place.
pub(super) fn present(telling: &Telling<'_>, kind: FactKind, lines: &mut Lines<'_, '_>) -> Heading {
    undated(telling, kind, lines, true)
}

fn undated(telling: &Telling<'_>, kind: FactKind, lines: &mut Lines<'_, '_>, while_said: bool) -> Heading {
    let (said, absent) = sorted_out(telling, kind);
    let mut ordered = Vec::new();
    for members in group(telling, &said, &keys_of_lasting) {
        if while_said && telling.facts(&members).all(|(_, told)| told.replaced) {
            continue;
        }
        if let Some((chosen, when)) = newest(telling, &members) {
            ordered.push((Reverse(when), Draft { members, chosen }));
        }
    }
    ordered.sort_by_key(|(order, _)| *order);
    lines.heading(&drafts(ordered), &absent)
}

/// What happened on a day (vaccinations, operations, stays, imaging), newest first. The same thing on the same day is one.
pub(super) fn dated(telling: &Telling<'_>, kind: FactKind, lines: &mut Lines<'_, '_>) -> Heading {
    let (said, absent) = sorted_out(telling, kind);
    let groups = if kind == FactKind::Stay { stays(telling, said) } else { group(telling, &said, &keys_of_event) };
    let mut ordered = Vec::new();
    for members in groups {
        let with_days = telling.facts(&members).map(|(index, told)| (told.fact.period.from.or(told.fact.period.to), index)).collect();
        for members in split_by_date(with_days) {
            let chosen =
                telling.facts(&members).max_by_key(|(index, told)| (imaging::is_report(told.fact), richness(told), told.doc, Reverse(*index)));
            let Some(chosen) = chosen.map(|(index, _)| index) else { continue };
            let day = telling.facts(&members).map(|(_, told)| told.day).max();
            ordered.push((Reverse(day), Draft { members, chosen }));
        }
    }
    ordered.sort_by_key(|(order, _)| *order);
    lines.heading(&drafts(ordered), &absent)
}

/// A stay is known by its first day: one source names it by its unit, the insurer by its group. Without a day it is known by its words.
fn stays(telling: &Telling<'_>, said: Vec<usize>) -> Vec<Vec<usize>> {
    let has_day = |index: &usize| telling.at(*index).is_some_and(|(told, _)| told.fact.period.latest().is_some());
    let (with_day, without): (Vec<usize>, Vec<usize>) = said.into_iter().partition(has_day);
    let mut groups = group(telling, &without, &keys_of_event);
    groups.insert(0, with_day);
    groups
}

/// What an event is, its day aside: what a vaccine is against, an imaging study by its numbers, else the concept.
fn keys_of_event<'a>(fact: &'a Fact, words: &mut Words<'a>, take: &mut dyn FnMut(Key<'a>)) {
    match &fact.what {
        // A vaccine that was refused is not the one that was given, whatever its day.
        What::Vaccination { refused: true, .. } => {
            if let Some(said) = words.of(&fact.concept) {
                take(Key::Said(2, said));
            }
        }
        What::Vaccination { against, .. } if !against.is_empty() => {
            let mut names: Vec<String> = against.iter().map(|one| words::normal(&one.text)).collect();
            names.sort_unstable();
            let number = words.own(names.join("+"));
            take(Key::Said(1, number));
            keys_of_concept(fact, words, take);
        }
        What::Imaging { kind, accession, study, modality, region, .. } => {
            // A report and the study that can be opened are one line when a number joins them, else two.
            let kind = match kind {
                ImagingKind::Report => 3,
                ImagingKind::Study => 4,
            };
            let numbers = [accession, study].into_iter().flatten().filter_map(|number| words.number(number));
            let numbers: Vec<u32> = numbers.collect();
            let said = words.of(&fact.concept).or_else(|| words.number(region)).or_else(|| words.number(modality));
            match (numbers.is_empty(), said) {
                (false, _) => numbers.into_iter().for_each(|number| take(Key::Said(1, number))),
                (true, Some(said)) => take(Key::Said(kind, said)),
                (true, None) => {}
            }
        }
        _ => keys_of_concept(fact, words, take),
    }
}

/// Devices in use first, then delivered ones, then those of the past; newest first.
pub(super) fn devices(telling: &Telling<'_>, lines: &mut Lines<'_, '_>) -> Heading {
    let (said, absent) = sorted_out(telling, FactKind::Device);
    let mut ordered = Vec::new();
    for members in group(telling, &said, &keys_of_concept) {
        let Some((chosen, when)) = newest(telling, &members) else { continue };
        let state = telling.at(chosen).map_or(2, |(told, _)| match &told.fact.what {
            What::Device { state: DeviceState::InUse } => 0_u8,
            What::Device { state: DeviceState::Delivered } => 1,
            _ => 2,
        });
        ordered.push(((state, Reverse(when)), Draft { members, chosen }));
    }
    ordered.sort_by_key(|(order, _)| *order);
    lines.heading(&drafts(ordered), &absent)
}

/// The current pregnancy first, then the others, newest first. The expected date, else the words and the day, say which one it is.
pub(super) fn pregnancies(telling: &Telling<'_>, today: When, lines: &mut Lines<'_, '_>) -> Heading {
    let (said, absent) = sorted_out(telling, FactKind::Pregnancy);
    let mut ordered = Vec::new();
    for members in one_by_one(telling, &said) {
        let Some((chosen, when)) = newest(telling, &members) else { continue };
        let current = telling.at(chosen).is_some_and(|(told, _)| match &told.fact.what {
            What::Pregnancy { over: true, .. } => false,
            What::Pregnancy { expected: Some(expected), .. } => expected.days_until(today).is_some_and(|late| late <= 21),
            _ => when.days_until(today).is_some_and(|days| days <= PREGNANCY_DAYS),
        });
        ordered.push(((!current, Reverse(when)), Draft { members, chosen }));
    }
    ordered.sort_by_key(|(order, _)| *order);
    lines.heading(&drafts(ordered), &absent)
}

/// The expected date of one pregnancy is corrected by an ultrasound; those of two lie months apart.
fn one_by_one(telling: &Telling<'_>, said: &[usize]) -> Vec<Vec<usize>> {
    let mut words = Words::default();
    let mut groups = Groups::new(said.len());
    let mut expectations: Vec<(When, usize)> = Vec::new();
    for (member, (_, told)) in telling.facts(said).enumerate() {
        match &told.fact.what {
            What::Pregnancy { expected: Some(expected), .. } => expectations.push((*expected, member)),
            _ => keys_of_concept(told.fact, &mut words, &mut |key| groups.join(member, key)),
        }
    }
    expectations.sort_unstable();
    for (one, other) in expectations.iter().zip(expectations.iter().skip(1)) {
        if one.0.days_until(other.0).is_some_and(|days| days <= CORRECTION_DAYS) {
            groups.unite(one.1, other.1);
        }
    }
    groups.split(said)
}

/// What is planned: what is to come, the soonest first; then what has no date; then what was planned for a day that is over, newest first.
/// Both count for twelve months.
pub(super) fn plans(telling: &Telling<'_>, today: When, lines: &mut Lines<'_, '_>) -> Heading {
    let (said, absent) = sorted_out(telling, FactKind::Plan);
    let mut ordered = Vec::new();
    for members in group(telling, &said, &keys_of_lasting) {
        if telling.facts(&members).all(|(_, told)| told.replaced) {
            continue;
        }
        let with_days = telling.facts(&members).map(|(index, told)| (told.fact.period.from.or(told.fact.period.to), index)).collect();
        for members in split_by_date(with_days) {
            let Some((chosen, when)) = newest(telling, &members) else { continue };
            let end = telling.at(chosen).and_then(|(told, _)| told.fact.period.to.or(told.fact.period.from));
            let is_stale = end.unwrap_or(when).days_until(today).is_some_and(|passed| passed > PLAN_DAYS);
            if is_stale && !lines.bounds.shows_everything() {
                lines.left_out += 1;
                continue;
            }
            let order = match end {
                _ if is_stale => (3_u8, None, Some(Reverse(end.unwrap_or(when)))),
                Some(end) if is_over(end, today) => (2, None, Some(Reverse(end))),
                Some(end) => (0, Some(end), None),
                None => (1, None, Some(Reverse(when))),
            };
            ordered.push((order, Draft { members, chosen }));
        }
    }
    ordered.sort_by_key(|(order, _)| *order);
    lines.heading(&drafts(ordered), &absent)
}
