//! What falls due: vaccines, checks, planned acts. The rules stand in `due_rules`, here is the reckoning.

use std::collections::{HashMap, HashSet};

use super::super::{Concept, Due, FactKind, What, When, words};
use super::Input;
use super::due_rules::{For, NOTHING_FOUND, RULES, Rule, SYNTHESIS, SYNTHESIS_BASIS, TETANUS, TETANUS_AGES, TETANUS_BASIS, TETANUS_YEARS_AFTER};
use super::due_topics::{Topic, Topics};
use super::line::{Draft, Lines};
use super::told::Telling;
use super::treatments::is_over;
use crate::document::{DocumentEntry, class_of, system};
use crate::identity::{BirthDate, Sex};

/// How far ahead reminders are given. Planned acts have no such bound.
const AHEAD_MONTHS: i32 = 6;
/// A planned act whose day is over for longer than this is told no more.
const FORGOTTEN_DAYS: i32 = 92;
/// A booster this long before its age counts for it.
const BOOSTER_EARLY_MONTHS: i32 = -60;
/// Adults only: the vaccines of children follow a calendar of their own.
const ADULT: i16 = 18;

/// When something was last done, and by which fact, when there is one.
type LastDone = HashMap<Topic, (When, Option<usize>)>;

/// What falls due, the soonest first, within the bounds of a heading.
pub(super) fn reckon(telling: &Telling<'_>, input: &Input<'_>, active: &[Draft], current: &[Draft], lines: &mut Lines<'_, '_>) -> Vec<Due> {
    let today = When::in_paris(input.now);
    let traits = &input.person.traits;
    let age = today.first_day().map_or(0, |date| traits.birth_date.age_on(date));
    let state = State { age, sex: traits.sex, conditions: Conditions::of(telling, active, current) };
    let done = last_done(telling, today);
    let mut all: Vec<Pending> = RULES.iter().filter(|rule| state.is_for(rule.who)).filter_map(|rule| by_rhythm(rule, &done, today)).collect();
    if age >= ADULT {
        all.extend(tetanus(traits.birth_date, &done, today));
    }
    if input.person.medecin_traitant.is_some() {
        all.extend(synthesis(telling, today));
    }
    let ahead = today.plus_months(AHEAD_MONTHS).unwrap_or(today);
    all.retain(|pending| pending.by <= ahead);
    all.extend(planned(telling, today));
    all.sort_by(|one, other| (one.by, &one.what.text, one.index).cmp(&(other.by, &other.what.text, other.index)));
    let shown = lines.bounded(all.into_iter());
    shown
        .map(|pending| Due {
            what: pending.what,
            by: pending.by,
            late: is_over(pending.by, today),
            is_vaccine: pending.is_vaccine,
            basis: pending.basis,
            source: pending.index.and_then(|index| lines.source(index)),
        })
        .collect()
}

/// A reminder before its source is written out.
struct Pending {
    what: Concept,
    by: When,
    basis: String,
    is_vaccine: bool,
    index: Option<usize>,
}

/// Who the person is, as far as the rules ask.
struct State {
    age: i16,
    sex: Sex,
    conditions: Conditions,
}

impl State {
    fn is_for(&self, who: For) -> bool {
        let has = &self.conditions;
        match who {
            For::Ages(from, to, sex) => (from..=to).contains(&self.age) && sex.is_none_or(|sex| sex == self.sex),
            For::Diabetes => has.diabetes,
            For::DiabetesWithInsulin => has.diabetes && has.insulin,
            For::DiabetesWithoutInsulin => has.diabetes && !has.insulin,
            For::DiabetesOrHypertension => has.diabetes || has.hypertension,
            For::VitaminKAntagonist => has.vitamin_k_antagonist,
        }
    }
}

/// What active problems and current treatments say.
#[derive(Debug, Default)]
struct Conditions {
    diabetes: bool,
    insulin: bool,
    hypertension: bool,
    vitamin_k_antagonist: bool,
}

impl Conditions {
    fn of(telling: &Telling<'_>, active: &[Draft], current: &[Draft]) -> Self {
        let mut found = Conditions::default();
        for draft in active {
            if let Some((told, _)) = telling.at(draft.chosen) {
                found.read_problem(&told.fact.concept);
            }
        }
        let mut read = HashSet::new();
        for (_, told) in current.iter().flat_map(|draft| telling.facts(&draft.members)) {
            let substances: &[Concept] = match &told.fact.what {
                What::Medicine(medicine) => &medicine.substances,
                _ => &[],
            };
            for concept in substances.iter().chain([&told.fact.concept]).filter(|concept| read.insert(*concept)) {
                found.read_medicine(concept);
            }
        }
        found
    }

    fn read_problem(&mut self, concept: &Concept) {
        let text = words::normal(&concept.text);
        let code = concept.code_in(system::CIM_10).unwrap_or("");
        let starts = |roots: &[&str]| roots.iter().any(|root| code.starts_with(root));
        let is_other_diabetes = ["insipide", "gestationnel", "prediabete", "pre diabete"].iter().any(|word| text.contains(word));
        self.diabetes |= starts(&["E10", "E11", "E12", "E13", "E14"]) || (code.is_empty() && text.contains("diabete") && !is_other_diabetes);
        let says_hypertension = text == "hta" || text.starts_with("hta ") || text.contains("hypertension arterielle") || text == "hypertension";
        self.hypertension |= starts(&["I10", "I11", "I12", "I13", "I15"]) || (code.is_empty() && says_hypertension && !text.contains("pulmonaire"));
    }

    /// By ATC, as far as it is given (the insurer gives three characters), else by name.
    fn read_medicine(&mut self, concept: &Concept) {
        let atc = |root: &str| concept.codes.iter().any(|code| code.code.starts_with(root) && code.code.len() <= 7 && code.code.len() >= root.len());
        let text = words::normal(&concept.text);
        let names = |names: &[&str]| names.iter().any(|name| text.contains(name));
        self.insulin |= atc("A10A") || names(&["insuline"]);
        self.diabetes |= atc("A10");
        self.vitamin_k_antagonist |= atc("B01AA") || names(&["fluindione", "previscan", "warfarine", "coumadine", "acenocoumarol", "sintrom"]);
    }
}

fn last_done(telling: &Telling<'_>, today: When) -> LastDone {
    let mut topics = Topics::default();
    let mut done: LastDone = HashMap::new();
    for kind in [FactKind::Vaccination, FactKind::Observation, FactKind::Procedure, FactKind::Act, FactKind::Imaging] {
        for (index, told) in telling.facts(telling.of_kind(kind)) {
            let day = told.day;
            if day > (When { minute: Some(u16::MAX), ..today }) {
                continue;
            }
            for topic in topics.of(told.fact).iter() {
                let last = done.entry(topic).or_insert((day, Some(index)));
                *last = (*last).max((day, Some(index)));
            }
        }
    }
    // A report that names it in its title is of it, whatever facts could be read from it.
    for (place, doc) in telling.docs.iter().enumerate().filter(|(_, doc)| doc.counts && doc.when <= today && is_report(doc.entry)) {
        let fact = telling.told.iter().position(|told| told.doc == place);
        for topic in Topics::named_in(&doc.entry.title) {
            let last = done.entry(topic).or_insert((doc.when, fact));
            *last = (*last).max((doc.when, fact));
        }
    }
    done
}

/// A report of something that was done: no order, no letter that asks for it, no plan.
fn is_report(entry: &DocumentEntry) -> bool {
    use crate::document::Topic as About;
    matches!(About::of(entry), About::Reports | About::Imaging | About::Laboratory | About::Vaccines)
        && class_of(entry.type_code.as_str()) != Some("44")
}

/// A rule's next date: after the last doing that holds longest; today when none is known.
fn by_rhythm(rule: &Rule, done: &LastDone, today: When) -> Option<Pending> {
    let next = |(topic, months): &(Topic, i32)| {
        let (last, index) = done.get(topic)?;
        let by = if *topic == Topic::Flu { next_autumn(*last, today)? } else { last.plus_months(*months)? };
        Some((by, *index))
    };
    let what = Concept::words(rule.what);
    let is_vaccine = rule.done_by.iter().any(|(topic, _)| *topic == Topic::Flu);
    match rule.done_by.iter().filter_map(next).max() {
        Some((by, index)) => Some(Pending { what, by, basis: rule.basis.to_owned(), is_vaccine, index }),
        None => {
            let by = if is_vaccine { autumn_of(today) } else { today };
            Some(Pending { what, by, basis: format!("{} ; {NOTHING_FOUND}", rule.basis), is_vaccine, index: None })
        }
    }
}

/// The end of the year's campaign: of the running one until January, then of the next.
fn autumn_of(today: When) -> When {
    if today.month <= 1 { When::day(today.year, 1, 31) } else { When::day(today.year, 12, 31) }
}

/// A vaccination from September on counts for its winter.
fn next_autumn(last: When, today: When) -> Option<When> {
    let campaign = autumn_of(today);
    let opened = When::day(if campaign.month == 1 { campaign.year - 1 } else { campaign.year }, 9, 1);
    if last >= opened { campaign.plus_months(12) } else { Some(campaign) }
}

fn tetanus(birth: BirthDate, done: &LastDone, today: When) -> Option<Pending> {
    let ages = TETANUS_AGES.into_iter().chain((1..8).filter_map(|step| TETANUS_AGES.last().map(|last| last + step * TETANUS_YEARS_AFTER)));
    let birthdays: Vec<When> = ages.filter_map(|age| birthday(birth, age)).collect();
    let passed = birthdays.iter().rev().find(|day| is_over(**day, today) || **day == today).copied();
    let coming = birthdays.iter().find(|day| !is_over(**day, today) && **day != today).copied();
    let last = done.get(&Topic::Tetanus).copied();
    let what = Concept::words(TETANUS);
    let covers = |day: When| last.is_some_and(|(last, _)| day.plus_months(BOOSTER_EARLY_MONTHS).is_some_and(|early| last >= early));
    let (by, basis) = match (passed, last) {
        (Some(day), Some(_)) if !covers(day) => (day, TETANUS_BASIS.to_owned()),
        (Some(_), None) => (today, format!("{TETANUS_BASIS} ; {NOTHING_FOUND}")),
        (Some(_) | None, _) => (coming.filter(|day| !covers(*day))?, TETANUS_BASIS.to_owned()),
    };
    Some(Pending { what, by, basis, is_vaccine: true, index: last.and_then(|(_, index)| index) })
}

/// The birthday of an age, as far as the birth date is known; the 28th of February for a 29th that the year has not.
fn birthday(birth: BirthDate, age: i16) -> Option<When> {
    let year = birth.year.checked_add(age)?;
    let day = When { year, month: birth.month, day: if birth.month == 0 { 0 } else { birth.day }, minute: None };
    let clamped = if day.first_day().is_some() { day } else { When { day: 28, ..day } };
    clamped.first_day().map(|_| clamped)
}

/// A year after the newest synthesis of a doctor; today when there is none.
fn synthesis(telling: &Telling<'_>, today: When) -> Option<Pending> {
    let newest = telling.docs.iter().rposition(|doc| doc.counts && doc.is_synthesis);
    let what = Concept::words(SYNTHESIS);
    match newest.and_then(|index| Some((index, telling.docs.get(index)?))) {
        Some((index, doc)) => {
            let fact = telling.told.iter().position(|told| told.doc == index);
            Some(Pending { what, by: doc.when.plus_months(12)?, basis: SYNTHESIS_BASIS.to_owned(), is_vaccine: false, index: fact })
        }
        None => Some(Pending { what, by: today, basis: format!("{SYNTHESIS_BASIS} ; {NOTHING_FOUND}"), is_vaccine: false, index: None }),
    }
}

/// Planned acts that are to come, or whose day is over and of which nothing was done since.
fn planned(telling: &Telling<'_>, today: When) -> Vec<Pending> {
    let plans: Vec<_> = telling
        .facts(telling.of_kind(FactKind::Plan))
        .filter(|(_, told)| !told.replaced && !told.is_absence())
        .filter_map(|(index, told)| told.fact.period.to.or(told.fact.period.from).map(|by| (index, told, by)))
        .filter(|(.., by)| by.days_until(today).is_some_and(|late| late <= FORGOTTEN_DAYS))
        .collect();
    if plans.is_empty() {
        return Vec::new();
    }
    let done = days_of_care(telling);
    let (mut known, mut pending, mut topics) = (HashSet::new(), Vec::new(), Topics::default());
    // The newest document first: what two of them plan is told by the newest.
    for (index, told, by) in plans.into_iter().rev() {
        let said = words::normal(&told.fact.concept.text);
        let is_done = done.get(&said).is_some_and(|day| *day >= told.when);
        if !is_done && known.insert((said, by)) {
            let basis = if told.fact.proof.section_title.is_empty() {
                "Prévu dans le document".to_owned()
            } else {
                format!("Prévu : {}", told.fact.proof.section_title)
            };
            let is_vaccine =
                topics.of(told.fact).iter().any(|topic| matches!(topic, Topic::Tetanus | Topic::Flu)) || is_named_vaccine(&told.fact.concept);
            pending.push(Pending { what: told.fact.concept.clone(), by, basis, is_vaccine, index: Some(index) });
        }
    }
    pending
}

/// « Vaccin contre… », « vaccination », « rappel de vaccin »: planned acts have no code of what they are.
fn is_named_vaccine(concept: &Concept) -> bool {
    words::normal(&concept.text).split(' ').any(|word| word.starts_with("vaccin"))
}

/// When each thing was last done, by its words.
fn days_of_care(telling: &Telling<'_>) -> HashMap<String, When> {
    let mut done: HashMap<String, When> = HashMap::new();
    for kind in [FactKind::Procedure, FactKind::Act, FactKind::Imaging, FactKind::Vaccination, FactKind::Observation] {
        for (_, told) in telling.facts(telling.of_kind(kind)).filter(|(_, told)| !told.is_absence()) {
            let last = done.entry(words::normal(&told.fact.concept.text)).or_insert(told.day);
            *last = told.day.max(*last);
        }
    }
    done
}
