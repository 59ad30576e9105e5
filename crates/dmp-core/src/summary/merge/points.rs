//! The points of one series: each sample once, in one unit, with the range of its source; and where they tend.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::super::ucum::{self, Conversion};
use super::super::{Observation, ObservationStatus, Point, Trend, Value, When};
use super::line::Lines;
use super::series::{Meant, parse_number};
use super::told::Telling;

/// One value before it is a point: what is compared, next to what it comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'t> {
    /// Index in [`Telling::told`].
    pub index: usize,
    pub when: When,
    /// In the unit of the series; `None` for words.
    pub shown: Option<f64>,
    pub conversion: Conversion,
    pub unit: &'t str,
    pub observation: &'t Observation,
    pub has_comparator: bool,
    pub is_preliminary: bool,
}

impl<'t> Raw<'t> {
    /// A value as its source gives it, not converted yet.
    pub fn new(index: usize, when: When, number: Option<f64>, unit: &'t str, observation: &'t Observation) -> Self {
        let has_comparator = matches!(&observation.value, Value::Quantity { comparator, .. } if !comparator.is_empty());
        let is_preliminary = observation.status == ObservationStatus::Preliminary;
        Raw { index, when, shown: number, conversion: Conversion::SAME, unit, observation, has_comparator, is_preliminary }
    }

    pub fn converted(self, conversion: Conversion) -> Self {
        Raw { shown: self.shown.map(|number| conversion.apply(number)), conversion, ..self }
    }

    fn is_converted(&self) -> bool {
        self.shown.is_some() && self.conversion != Conversion::SAME
    }

    fn comparator(&self) -> &str {
        match &self.observation.value {
            Value::Quantity { comparator, .. } => comparator,
            Value::Coded(_) | Value::Text(_) | Value::None => "",
        }
    }

    fn day(&self) -> When {
        When { minute: None, ..self.when }
    }
}

/// Two conversions of one result differ by what the laboratory rounded away: at most this part of it.
const ROUNDING: f64 = 0.01;

/// Values before the last one that a trend looks at, and how far back.
const COMPARED: usize = 3;
const COMPARED_MONTHS: i32 = -60;

/// Least relevant change of an analyte that is not in our table, in per cent.
const CHANGE_PERCENT: f64 = 10.0;

/// The points, oldest first, the newest within the bounds; and the trend of all of them.
pub(super) fn points(telling: &Telling<'_>, lines: &mut Lines<'_, '_>, raws: Vec<Raw<'_>>, meant: &Meant<'_>) -> (Vec<Point>, Trend) {
    let mut raws = without_copies(telling, without_preliminary(raws));
    raws.sort_by_key(|raw| (raw.when, raw.index));
    let trend = trend(&raws, meant.analyte.map_or(CHANGE_PERCENT, |analyte| analyte.change_percent));
    let hidden = raws.len().saturating_sub(lines.bounds.points);
    lines.left_out += hidden;
    let shown = raws.iter().skip(hidden).filter_map(|raw| point(telling, lines, raw, meant)).collect();
    (shown, trend)
}

/// A preliminary value goes when there is a final one of the same sample: the same minute, or the same day where one of both has no minute.
fn without_preliminary(raws: Vec<Raw<'_>>) -> Vec<Raw<'_>> {
    if !raws.iter().any(|raw| raw.is_preliminary) {
        return raws;
    }
    let finals: Vec<When> = raws.iter().filter(|raw| !raw.is_preliminary).map(|raw| raw.when).collect();
    let exact: HashSet<When> = finals.iter().copied().collect();
    let days: HashSet<When> = finals.iter().map(|when| When { minute: None, ..*when }).collect();
    let replaced = |raw: &Raw<'_>| match raw.when.minute {
        None => days.contains(&raw.when),
        Some(_) => exact.contains(&raw.when) || exact.contains(&raw.day()),
    };
    raws.into_iter().filter(|raw| !raw.is_preliminary || !replaced(raw)).collect()
}

/// The same value of the same moment, told by two documents or in two units, is one point.
fn without_copies<'t>(telling: &Telling<'_>, mut raws: Vec<Raw<'t>>) -> Vec<Raw<'t>> {
    raws.sort_by(|one, other| {
        let numbers = one.shown.unwrap_or(f64::MAX).total_cmp(&other.shown.unwrap_or(f64::MAX));
        let words = || if one.shown.is_some() { Ordering::Equal } else { words_of(one).cmp(words_of(other)) };
        one.day().cmp(&other.day()).then(numbers).then_with(words).then(one.when.minute.cmp(&other.when.minute)).then(one.index.cmp(&other.index))
    });
    // What was measured itself before what was converted, an exact time before a day, the report before who quotes it.
    let worth = |raw: &Raw<'_>| {
        let is_report = telling.at(raw.index).is_some_and(|(_, doc)| doc.entry.type_code.as_str() == "11502-2");
        (!raw.is_converted(), raw.when.minute.is_some(), is_report)
    };
    let mut kept: Vec<Raw<'t>> = Vec::with_capacity(raws.len());
    for raw in raws {
        match kept.last_mut().filter(|last| is_copy(last, &raw)) {
            Some(last) if worth(&raw) > worth(last) => *last = raw,
            Some(_) => {}
            None => kept.push(raw),
        }
    }
    kept
}

fn words_of<'t>(raw: &Raw<'t>) -> &'t str {
    match &raw.observation.value {
        Value::Coded(concept) => &concept.text,
        Value::Text(text) => text,
        Value::Quantity { number, .. } => number,
        Value::None => "",
    }
}

fn is_copy(one: &Raw<'_>, other: &Raw<'_>) -> bool {
    let same_minute = one.when.minute == other.when.minute || one.when.minute.is_none() || other.when.minute.is_none();
    let same_value = match (one.shown, other.shown) {
        (Some(here), Some(there)) => {
            let tolerance = if one.is_converted() == other.is_converted() { 1e-9 } else { ROUNDING };
            (here - there).abs() <= here.abs().max(there.abs()) * tolerance
        }
        (None, None) => words_of(one) == words_of(other),
        _ => false,
    };
    one.day() == other.day() && same_minute && same_value && one.has_comparator == other.has_comparator && one.comparator() == other.comparator()
}

fn point(telling: &Telling<'_>, lines: &Lines<'_, '_>, raw: &Raw<'_>, meant: &Meant<'_>) -> Option<Point> {
    let (told, _) = telling.at(raw.index)?;
    let range = raw.observation.range.as_ref();
    let bound = |text: Option<&String>| raw.shown.and(text).and_then(|text| bound(text, raw, meant));
    let by = if told.fact.by.place.is_empty() { &told.fact.by.name } else { &told.fact.by.place };
    Some(Point {
        when: raw.when,
        value: raw.observation.value.clone(),
        number: raw.shown,
        converted: raw.is_converted(),
        low: bound(range.and_then(|range| range.low.as_ref())),
        high: bound(range.and_then(|range| range.high.as_ref())),
        range: range.cloned(),
        interpretation: raw.observation.interpretation.clone(),
        by: by.clone(),
        source: lines.source(raw.index)?,
    })
}

/// A bound of a range in the unit of the series: in the unit of its value unless it says another.
fn bound(text: &str, raw: &Raw<'_>, meant: &Meant<'_>) -> Option<f64> {
    let text = text.trim();
    let is_number = |one: char| one.is_ascii_digit() || matches!(one, '.' | ',' | '-' | '+');
    let (number, unit) = text.find(|one| !is_number(one)).map_or((text, ""), |at| text.split_at(at));
    let number = parse_number(number)?;
    let conversion = match unit.trim() {
        "" => raw.conversion,
        own if own == raw.unit => raw.conversion,
        other => ucum::conversion(other, meant.unit, meant.analyte)?,
    };
    Some(conversion.apply(number))
}

/// The last value against the mean of up to three values before it, of the five years before; and, where that says nothing, against the oldest of
/// those years, so that a slow fall is none the less a fall. A change counts when it is larger than the least relevant one of the analyte. Values
/// with a comparator ("< 0.6") are not compared.
fn trend(raws: &[Raw<'_>], change_percent: f64) -> Trend {
    let Some(last) = raws.last() else { return Trend::Unknown };
    let Some(value) = last.shown.filter(|_| !last.has_comparator) else { return Trend::Unknown };
    let since = last.when.plus_months(COMPARED_MONTHS).unwrap_or(last.when);
    let before = raws.iter().rev().skip(1).filter(|raw| !raw.has_comparator && raw.when >= since && raw.when < last.when);
    let numbers: Vec<f64> = before.filter_map(|raw| raw.shown).collect();
    let recent = numbers.get(..COMPARED.min(numbers.len())).unwrap_or_default();
    let count = u32::try_from(recent.len()).unwrap_or(0);
    let Some(oldest) = numbers.last().filter(|_| count > 0) else { return Trend::Unknown };
    let mean = recent.iter().sum::<f64>() / f64::from(count);
    match against(value, mean, change_percent) {
        // Only when what lies between goes the same way: one odd value years ago is no trend.
        Trend::Stable if is_between(mean, value, *oldest) => against(value, *oldest, change_percent),
        told => told,
    }
}

fn against(value: f64, before: f64, change_percent: f64) -> Trend {
    let least = before.abs() * change_percent / 100.0;
    if value > before + least {
        Trend::Rising
    } else if value < before - least {
        Trend::Falling
    } else {
        Trend::Stable
    }
}

fn is_between(middle: f64, one: f64, other: f64) -> bool {
    (one.min(other)..=one.max(other)).contains(&middle)
}
