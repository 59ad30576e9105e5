//! Treatments: which medicines are the same one, and which are taken now.
//!
//! The same ATC code of the fifth level, the same product code, the same list of substances or the same name without strength is one treatment,
//! whoever prescribed, dispensed or reimbursed it. An ATC group of three characters, all that the insurer gives, is never enough.

use std::cmp::Reverse;

use super::super::{Fact, FactKind, Medicine, MedicineStage, What, When};
use super::groups::{Groups, Key, Words};
use super::line::Draft;
use super::medicine_name;
use super::told::{Doc, Telling, Told};

/// ATC.
pub(super) const ATC: &str = "2.16.840.1.113883.6.73";
/// Standard terms of forms and routes: no identity of a medicine.
const EDQM: &str = "0.4.0.127.0.16.1.1.2.1";
/// CIP, and the insurer's table of products that has CIP codes.
const CIP: [&str; 2] = ["1.2.250.1.213.2.3.2", "1.2.250.1.215.200.1.1.1"];

/// Days after a dispensing for which a medicine that is fetched again and again is taken: three months and a margin.
pub(super) const REFILL_DAYS: i32 = 100;
/// The same after a single dispensing: one box of a month and a margin.
pub(super) const SINGLE_DAYS: i32 = 45;
/// Days that a box lasts, by the usage of one box a month, and the margin after the last one.
const BOX_DAYS: i32 = 30;
const MARGIN_DAYS: i32 = 15;
/// More boxes than a dispensing may hold are units of something else.
const BOXES_MAX: i32 = 6;
/// Days for which a prescription without an end holds: it may be renewed for twelve months (CSP R. 5123-2).
pub(super) const PRESCRIPTION_DAYS: i32 = 366;
/// Days for which a statement without an end holds, when neither the document says "long term" nor a synthesis says it.
pub(super) const STATEMENT_DAYS: i32 = 731;
/// Days after a medicine was given for which it counts as current.
const GIVEN_DAYS: i32 = 2;
/// A dose in words that is older than this against the newest source is not shown in its place.
const DOSE_DAYS: i32 = 400;

/// Medicines by whether they are taken now.
#[derive(Debug)]
pub(super) struct Medicines {
    /// Those for a long time first, then newest first.
    pub current: Vec<Draft>,
    /// Newest first.
    pub past: Vec<Draft>,
}

/// Sorts the medicines.
pub(super) fn sort(telling: &Telling<'_>, today: When) -> Medicines {
    let indices: Vec<usize> =
        telling.facts(telling.of_kind(FactKind::Medicine)).filter(|(_, told)| medicine(told.fact).is_some()).map(|(index, _)| index).collect();
    let (mut current, mut past) = (Vec::new(), Vec::new());
    for members in group(telling, &indices).into_iter().flat_map(|members| by_strength(telling, members)) {
        let Some(last) = telling.facts(&members).map(|(_, told)| told.when).max() else { continue };
        let taking = Taking::of(telling, &members, today);
        let Some(chosen) = words_of(telling, &members, last) else { continue };
        let order = (!(taking.long_term || taking.refilled), Reverse(last));
        let draft = Draft { members, chosen };
        if taking.is_current { current.push((order, draft)) } else { past.push((Reverse(last), draft)) }
    }
    current.sort_by_key(|(order, _)| *order);
    past.sort_by_key(|(order, _)| *order);
    Medicines { current: current.into_iter().map(|(_, draft)| draft).collect(), past: past.into_iter().map(|(_, draft)| draft).collect() }
}

fn medicine(fact: &Fact) -> Option<&Medicine> {
    match &fact.what {
        What::Medicine(medicine) => Some(medicine),
        _ => None,
    }
}

fn group(telling: &Telling<'_>, indices: &[usize]) -> Vec<Vec<usize>> {
    let mut words = Words::default();
    let mut labels = std::collections::HashMap::new();
    let mut groups = Groups::new(indices.len());
    for (member, (_, told)) in telling.facts(indices).enumerate() {
        let Some(medicine) = medicine(told.fact) else { continue };
        let concept = &told.fact.concept;
        for code in &concept.codes {
            if let Some(key) = product_key(&code.system, &code.code) {
                groups.join(member, key);
            }
        }
        let label = if concept.text.is_empty() { concept.codes.first().map_or("", |code| code.display.as_str()) } else { concept.text.as_str() };
        let label = *labels.entry(label).or_insert_with(|| words.own(medicine_name::of_label(label)));
        let names = medicine.substances.iter().map(|substance| match substance.codes.first() {
            Some(code) if substance.text.is_empty() => code.display.as_str(),
            _ => substance.text.as_str(),
        });
        let substances = if medicine.substances.is_empty() { 0 } else { words.own(medicine_name::of_substances(names)) };
        for name in [label, substances].into_iter().filter(|name| *name != 0) {
            groups.join(member, Key::Medicine(name));
        }
        if let [only] = medicine.substances.as_slice() {
            for code in only.codes.iter().filter(|code| code.system == ATC) {
                if let Some(key) = product_key(&code.system, &code.code) {
                    groups.join(member, key);
                }
            }
        }
    }
    groups.split(indices)
}

/// Two strengths that one document prescribes or states together are taken together ("75 µg et 25 µg"): each is a treatment of its own.
/// Strengths that follow each other from document to document are one treatment whose dose was changed; so is what has no strength, or
/// another one: it goes with the largest.
fn by_strength(telling: &Telling<'_>, members: Vec<usize>) -> Vec<Vec<usize>> {
    let strength = |told: &Told<'_>| medicine_name::strength(&told.fact.concept.text);
    let mut together: Vec<u64> = Vec::new();
    // The newest document that names a strength says which are taken now.
    let mut newest = None;
    for (_, told) in telling.facts(&members).rev().filter(|(_, told)| starts(told)) {
        if newest.is_some_and(|doc| doc != told.doc) {
            break;
        }
        if let Some(strength) = strength(told) {
            newest = Some(told.doc);
            together.push(strength);
        }
    }
    together.sort_unstable_by(|one, other| other.cmp(one));
    together.dedup();
    // A later stop without a strength stops all of them.
    let stops = |told: &Told<'_>| medicine(told.fact).is_some_and(|medicine| medicine.stopped) && strength(told).is_none();
    if together.len() < 2 || telling.facts(&members).any(|(_, told)| Some(told.doc) > newest && stops(told)) {
        return vec![members];
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); together.len()];
    for (member, told) in telling.facts(&members) {
        let place = strength(told).and_then(|strength| together.iter().position(|one| *one == strength)).unwrap_or(0);
        if let Some(group) = groups.get_mut(place) {
            group.push(member);
        }
    }
    groups
}

/// Whether it prescribes a medicine or states that it is taken, and no newer synthesis took its place.
fn starts(told: &Told<'_>) -> bool {
    let is_start = |medicine: &Medicine| !medicine.stopped && matches!(medicine.stage, MedicineStage::Stated | MedicineStage::Prescribed);
    !told.replaced && medicine(told.fact).is_some_and(is_start)
}

/// What a code says of a product's identity. Groups of products, forms, and ATC codes of combinations say nothing of it.
fn product_key<'a>(system: &'a str, code: &'a str) -> Option<Key<'a>> {
    let looks_like_atc =
        code.len() <= 7 && code.starts_with(|one: char| one.is_ascii_uppercase()) && code.bytes().skip(1).take(2).all(|one| one.is_ascii_digit());
    if system == EDQM || code.is_empty() || (looks_like_atc && code.len() < 7) {
        return None;
    }
    if system == ATC || looks_like_atc {
        // The numbers 20, 30 and from 50 on stand for "combinations" of the group, whichever they are.
        let number: u32 = code.get(5..7)?.parse().ok()?;
        return (number < 50 && number != 20 && number != 30).then_some(Key::Code(ATC, code));
    }
    if CIP.contains(&system) {
        // A CIP13 is 34009, the CIP7 and a key.
        let short = code.strip_prefix("34009").filter(|_| code.len() == 13).and_then(|rest| rest.get(..7)).unwrap_or(code);
        return Some(Key::Code("cip", short));
    }
    Some(Key::Code(system, code))
}

/// Whether and how a medicine is taken.
struct Taking {
    is_current: bool,
    long_term: bool,
    refilled: bool,
}

impl Taking {
    fn of(telling: &Telling<'_>, members: &[usize], today: When) -> Self {
        let refilled = is_refilled(telling, members);
        let mut taking = Taking { is_current: false, long_term: false, refilled };
        // When it was last started or named, and when it was last stopped: by date, then by document.
        let (mut started, mut stopped) = (None, None);
        for index in members {
            let Some((told, doc)) = telling.at(*index) else { continue };
            let Some(medicine) = medicine(told.fact) else { continue };
            let order = (told.when, told.doc);
            if medicine.stopped {
                if told.fact.period.to.is_none_or(|end| end <= today) {
                    stopped = stopped.max(Some(order));
                }
                continue;
            }
            started = started.max(Some(order));
            taking.long_term |= medicine.long_term && !told.replaced;
            taking.is_current |= !told.replaced && is_running(told, doc, medicine, today, refilled);
        }
        // A document that both stops and starts it changes the dose.
        taking.is_current &= stopped <= started;
        taking
    }
}

/// Fetched twice with 15 to 100 days between, the last time being the last fetching at all.
fn is_refilled(telling: &Telling<'_>, members: &[usize]) -> bool {
    let mut fetched: Vec<When> = telling
        .facts(members)
        .filter(|(_, told)| matches!(told.stage(), Some(MedicineStage::Dispensed | MedicineStage::Reimbursed)))
        .map(|(_, told)| When { minute: None, ..told.when })
        .collect();
    fetched.sort_unstable();
    let Some(last) = fetched.last().copied() else { return false };
    fetched.iter().rev().filter_map(|day| day.days_until(last)).take_while(|days| *days <= REFILL_DAYS).any(|days| days >= MARGIN_DAYS)
}

fn is_running(told: &Told<'_>, doc: &Doc<'_>, medicine: &Medicine, today: When, refilled: bool) -> bool {
    let end = told.fact.period.to;
    let within = |days: i32| last_day(told.when).and_then(|last| last.days_until(today)).is_some_and(|passed| passed <= days);
    match medicine.stage {
        MedicineStage::Stated | MedicineStage::Prescribed if end.is_some() => end.is_some_and(|end| !is_over(end, today)),
        MedicineStage::Stated => medicine.long_term || doc.is_synthesis || within(STATEMENT_DAYS),
        MedicineStage::Prescribed => within(if medicine.long_term { STATEMENT_DAYS } else { PRESCRIPTION_DAYS }),
        MedicineStage::Dispensed | MedicineStage::Reimbursed => {
            let usual = if refilled { REFILL_DAYS } else { SINGLE_DAYS };
            within(usual.max(boxes(&medicine.quantity).map_or(0, |boxes| boxes * BOX_DAYS + MARGIN_DAYS)))
        }
        MedicineStage::Given => within(GIVEN_DAYS),
    }
}

/// The last day that a vague date may mean.
pub(super) fn last_day(when: When) -> Option<When> {
    let next = match (when.month, when.day) {
        (0, _) => When::day(when.year.checked_add(1)?, 1, 1),
        (_, 0) => when.plus_months(1)?,
        _ => return Some(When { minute: None, ..when }),
    };
    let date = next.first_day()?.yesterday().ok()?;
    Some(When::day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()))
}

/// Over before today; a vague end ("2026") is over when all of it is.
pub(super) fn is_over(end: When, today: When) -> bool {
    last_day(end).unwrap_or(end) < today
}

/// "3", "3 boîtes". Anything else counts units.
fn boxes(quantity: &str) -> Option<i32> {
    let mut parts = quantity.split_whitespace();
    let number: i32 = parts.next()?.parse().ok()?;
    let counts_boxes = parts.next().is_none_or(|unit| unit.starts_with("bo") || unit.starts_with("Bo") || unit.starts_with("bt"));
    (counts_boxes && (1..=BOXES_MAX).contains(&number)).then_some(number)
}

/// The newest source that gives a dose in words, unless it is much older than the newest source at all; then that one. Of a document that
/// changes the dose, what it starts and not what it stops.
fn words_of(telling: &Telling<'_>, members: &[usize], last: When) -> Option<usize> {
    let newest = |with_dose: bool| {
        telling
            .facts(members)
            .filter(|(_, told)| !with_dose || medicine(told.fact).is_some_and(|medicine| !medicine.dose.is_empty() && !medicine.stopped))
            .max_by_key(|(index, told)| {
                (!told.replaced, told.when, told.doc, medicine(told.fact).is_some_and(|medicine| !medicine.stopped), Reverse(*index))
            })
    };
    let dosed = newest(true).filter(|(_, told)| told.when.days_until(last).is_some_and(|days| days <= DOSE_DAYS));
    dosed.or_else(|| newest(false)).map(|(index, _)| index)
}
