//! Results over time: one series for each analyte and each unit that its values can be shown in together.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::super::analytes::{ANALYTES, Analyte, analyte_index};
use super::super::ucum::{self, Conversion, UnitKind};
use super::super::{Concept, Fact, FactKind, Observation, ObservationKind, ObservationStatus, Series, Value, What, When};
use super::groups::Words;
use super::line::Lines;
use super::points::{Raw, points};
use super::told::Telling;
use crate::document::system;

/// What two observations of one series share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Same<'a> {
    /// A row of our table.
    Analyte(usize),
    /// A code and the sample that words say it of; a LOINC code has its sample in it.
    Code(&'a str, &'a str, Sample),
    /// Words, and the sample that they are said of.
    Words(u32, Sample),
}

/// What was examined, as far as words say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sample {
    /// Nothing else is said: what is without a LOINC code may be looked up by its words.
    Blood,
    Urine,
    SpinalFluid,
    Stool,
    Sperm,
    Drain,
    Fluid,
}

/// Words that say that a sample is no blood, the more precise first.
const NOT_BLOOD: [(&str, Sample); 11] = [
    ("urin", Sample::Urine),
    ("ecbu", Sample::Urine),
    ("lcr", Sample::SpinalFluid),
    ("céphalo", Sample::SpinalFluid),
    ("cephalo", Sample::SpinalFluid),
    ("selle", Sample::Stool),
    ("coproculture", Sample::Stool),
    ("sperm", Sample::Sperm),
    ("drain", Sample::Drain),
    ("ascite", Sample::Fluid),
    ("liquide", Sample::Fluid),
];

/// The series, those of most weight first; within a weight the newest first.
pub(super) fn of(telling: &Telling<'_>, lines: &mut Lines<'_, '_>) -> Vec<Series> {
    let mut all: Vec<(Order, Vec<Raw<'_>>, Meant<'_>)> = Vec::new();
    for (same, members) in groups(telling) {
        let analyte = match same {
            Same::Analyte(row) => ANALYTES.get(row),
            Same::Code(..) | Same::Words(..) => None,
        };
        for (unit, raws) in by_unit(telling, &members, analyte) {
            all.extend(order(telling, &raws, analyte).map(|order| (order, raws, Meant { analyte, unit })));
        }
    }
    all.sort_by_key(|(order, ..)| *order);
    lines.left_out += all.len().saturating_sub(lines.bounds.series);
    let shown = all.into_iter().take(lines.bounds.series);
    shown.filter_map(|(_, raws, meant)| one_series(telling, lines, raws, &meant)).collect()
}

/// What a series is of.
pub(super) struct Meant<'a> {
    pub analyte: Option<&'static Analyte>,
    /// Empty for words, and for numbers that came without a unit.
    pub unit: &'a str,
}

/// Weight, then findings last, then newest, then the first that was told.
type Order = (Reverse<u8>, bool, Reverse<When>, usize);

fn order(telling: &Telling<'_>, raws: &[Raw<'_>], analyte: Option<&Analyte>) -> Option<Order> {
    let newest = raws.iter().max_by_key(|raw| (raw.when, raw.index))?;
    let (told, _) = telling.at(newest.index)?;
    let is_finding = observation(told.fact).is_some_and(|observation| observation.kind == ObservationKind::Finding);
    let first = raws.iter().map(|raw| raw.index).min()?;
    Some((Reverse(analyte.map_or(0, |analyte| analyte.weight)), is_finding, Reverse(newest.when), first))
}

fn one_series(telling: &Telling<'_>, lines: &mut Lines<'_, '_>, raws: Vec<Raw<'_>>, meant: &Meant<'_>) -> Option<Series> {
    let newest = raws.iter().max_by_key(|raw| (raw.when, raw.index)).map(|raw| raw.index)?;
    let (told, _) = telling.at(newest)?;
    let is_new = raws.iter().filter_map(|raw| telling.at(raw.index)).any(|(_, doc)| doc.is_new);
    let analyte = match meant.analyte {
        Some(row) => Concept { text: row.french.to_owned(), codes: told.fact.concept.codes.clone() },
        None => told.fact.concept.clone(),
    };
    let is_measure = observation(told.fact).is_some_and(|observation| observation.kind == ObservationKind::Measure);
    let (points, trend) = points(telling, lines, raws, meant);
    (!points.is_empty()).then(|| Series { analyte, unit: meant.unit.to_owned(), points, trend, is_measure, is_new })
}

pub(super) fn observation(fact: &Fact) -> Option<&Observation> {
    match &fact.what {
        What::Observation(observation) => Some(observation),
        _ => None,
    }
}

/// Observations with a value that were not cancelled, by what they measure; groups in the order of their first member.
fn groups<'t>(telling: &'t Telling<'_>) -> Vec<(Same<'t>, Vec<usize>)> {
    let mut words = Words::default();
    let mut places: HashMap<Same<'t>, usize> = HashMap::new();
    let mut groups: Vec<(Same<'t>, Vec<usize>)> = Vec::new();
    for (index, told) in telling.facts(telling.of_kind(FactKind::Observation)) {
        let Some(observation) = observation(told.fact) else { continue };
        if observation.status == ObservationStatus::Cancelled || observation.value == Value::None {
            continue;
        }
        let Some(same) = same(told.fact, &mut words) else { continue };
        let place = *places.entry(same).or_insert_with(|| {
            groups.push((same, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, members)) = groups.get_mut(place) {
            members.push(index);
        }
    }
    groups
}

fn same<'a>(fact: &'a Fact, words: &mut Words<'a>) -> Option<Same<'a>> {
    let concept = &fact.concept;
    let coded = || concept.codes.iter().filter(|code| !code.code.is_empty());
    // A LOINC code says what the sample is; words and other codes are believed where nothing says that it is no blood.
    let loinc = coded().find(|code| code.system == system::LOINC);
    let sample = if loinc.is_some() { Sample::Blood } else { sample(fact) };
    if sample == Sample::Blood
        && let Some(row) = analyte_index(concept)
    {
        return Some(Same::Analyte(row));
    }
    match (loinc, coded().next()) {
        (Some(code), _) => Some(Same::Code(&code.system, &code.code, Sample::Blood)),
        (None, Some(code)) => Some(Same::Code(&code.system, &code.code, sample)),
        (None, None) => words.of(concept).map(|said| Same::Words(said, sample)),
    }
}

/// What the heading of the section or the words themselves say of the sample.
fn sample(fact: &Fact) -> Sample {
    let said = |text: &str| {
        let lower = text.to_lowercase();
        NOT_BLOOD.iter().find(|(word, _)| lower.contains(word)).map(|(_, sample)| *sample)
    };
    said(&fact.concept.text).or_else(|| said(&fact.proof.section_title)).unwrap_or(Sample::Blood)
}

/// The members by the unit that they can be shown in together.
fn by_unit<'t>(telling: &'t Telling<'_>, members: &[usize], analyte: Option<&'static Analyte>) -> Vec<(&'t str, Vec<Raw<'t>>)> {
    let preferred = preferred(telling, members, analyte);
    let mut units = Units { analyte, preferred, known: HashMap::new(), places: HashMap::new(), series: Vec::new() };
    // The newest source of an unknown analyte chooses the unit.
    for (index, told) in telling.facts(members).rev() {
        let Some(observation) = observation(told.fact) else { continue };
        let number = number_of(&observation.value);
        let unit = match (&observation.value, number) {
            (Value::Quantity { unit, .. }, Some(_)) => Some(unit.as_str()),
            _ => None,
        };
        units.put(unit, Raw::new(index, told.day, number, unit.unwrap_or(""), observation));
    }
    units.series
}

/// The unit that the values of an analyte are shown in: that of our table, unless every source writes one and the same other unit that can be turned
/// into it. A page then shows what the documents show.
fn preferred<'t>(telling: &'t Telling<'_>, members: &[usize], analyte: Option<&'static Analyte>) -> &'t str {
    let Some(analyte) = analyte else { return "" };
    let mut written = telling.facts(members).filter_map(|(_, told)| match &observation(told.fact)?.value {
        value @ Value::Quantity { unit, .. } if number_of(value).is_some() => Some(unit.as_str()),
        _ => None,
    });
    let Some(first) = written.next().filter(|unit| !unit.is_empty() && !ucum::is_ratio(unit)) else { return analyte.unit };
    let is_sole = written.all(|unit| unit == first);
    if is_sole && ucum::conversion(first, analyte.unit, Some(analyte)).is_some() { first } else { analyte.unit }
}

/// What decides that two units go together.
#[derive(PartialEq, Eq, Hash)]
enum Together<'t> {
    Words,
    Preferred,
    Kind(UnitKind),
    /// A unit that cannot be read goes with itself alone.
    Literal(&'t str),
}

struct Units<'t> {
    analyte: Option<&'static Analyte>,
    /// The unit of the analyte's series; empty without one.
    preferred: &'t str,
    /// Where a unit went, and how its values are turned into that series' unit.
    known: HashMap<Option<&'t str>, (usize, Conversion)>,
    places: HashMap<Together<'t>, usize>,
    series: Vec<(&'t str, Vec<Raw<'t>>)>,
}

impl<'t> Units<'t> {
    fn put(&mut self, unit: Option<&'t str>, raw: Raw<'t>) {
        let (place, conversion) = match self.known.get(&unit) {
            Some(known) => *known,
            None => {
                let found = self.place(unit);
                self.known.insert(unit, found);
                found
            }
        };
        if let Some((_, raws)) = self.series.get_mut(place) {
            raws.push(raw.converted(conversion));
        }
    }

    fn place(&mut self, unit: Option<&'t str>) -> (usize, Conversion) {
        let Some(unit) = unit else { return (self.series_of(Together::Words, ""), Conversion::SAME) };
        if let Some(analyte) = self.analyte {
            let is_same_ratio = ucum::is_ratio(unit) && ucum::is_ratio(self.preferred);
            let conversion = if is_same_ratio { Some(Conversion::SAME) } else { ucum::conversion(unit, self.preferred, Some(analyte)) };
            if let Some(conversion) = conversion {
                return (self.series_of(Together::Preferred, self.preferred), conversion);
            }
        }
        let Some(kind) = ucum::parse(unit).map(|parsed| parsed.kind()) else {
            return (self.series_of(Together::Literal(unit), unit), Conversion::SAME);
        };
        let place = self.series_of(Together::Kind(kind), unit);
        let shown = self.series.get(place).map_or(unit, |(shown, _)| shown);
        (place, ucum::conversion(unit, shown, self.analyte).unwrap_or(Conversion::SAME))
    }

    fn series_of(&mut self, together: Together<'t>, unit: &'t str) -> usize {
        *self.places.entry(together).or_insert_with(|| {
            self.series.push((unit, Vec::new()));
            self.series.len() - 1
        })
    }
}

/// The number of a value, with a comma or a point.
fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Quantity { number, .. } => parse_number(number),
        Value::Coded(_) | Value::Text(_) | Value::None => None,
    }
}

/// A number as French and English sources write it ("1,05", "1 200", "0.8").
pub(super) fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.parse().ok().or_else(|| {
        let spaced = [' ', '\u{a0}', '\u{202f}'];
        text.chars().filter(|one| !spaced.contains(one)).map(|one| if one == ',' { '.' } else { one }).collect::<String>().parse().ok()
    });
    plain.filter(|number: &f64| number.is_finite())
}
