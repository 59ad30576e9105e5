//! One analyte over time.

use askama::Template;
use dmp_core::summary::{Point, Series, When};

use super::line::name;
use super::point::{Standing, by_words, converted_words, range_words, value_words};
use super::{ResultsContext, ResultsTexts};
use crate::chart::{Curve, CurvePoint, Said, Svg, curve, marker};
use crate::lang::silent_debug;
use crate::{Lang, ProofLink, Reader, Shell, dates, numbers};

/// How many values stand open under the curve; a phone shows so many in three screens.
const OPEN_ROWS: usize = 24;

/// One row of the table under the curve.
#[derive(Clone)]
pub struct ValueRow {
    pub when: String,
    pub value: String,
    /// « converti de 0,95 g/L ».
    pub converted: Option<String>,
    pub range: String,
    pub standing: Standing,
    pub by: String,
    pub source: ProofLink,
}

/// A laboratory and its marker.
#[derive(Clone)]
pub struct LegendEntry {
    pub marker: Svg,
    pub name: String,
}

/// One analyte over time, at `/results/{key}` and `/pro/patients/{pid}/results/{key}`.
///
/// Links: home, all results, each value's proof. No form.
#[derive(Clone, Template)]
#[template(path = "analyte_page.html")]
pub struct AnalytePage {
    pub shell: Shell,
    pub person: String,
    pub reader: Reader,
    pub home: String,
    pub results: String,
    pub name: String,
    pub unit: String,
    /// `None` when no value is a number.
    pub curve: Option<Svg>,
    pub legend: Vec<LegendEntry>,
    /// The newest first.
    pub rows: Vec<ValueRow>,
}

silent_debug!(ValueRow, LegendEntry, AnalytePage);

impl AnalytePage {
    /// The table as semicolon-separated values (RFC 4180, with the separator of French spreadsheets), the newest first. A cell of somebody's
    /// words never begins as a formula does.
    pub fn csv(&self) -> String {
        let t = self.t();
        let cell = |text: &str| {
            let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
            format!("\"{guard}{}\"", text.replace('"', "\"\""))
        };
        let head = [t.date, t.value, t.reading, t.usual, t.by, t.source].map(cell).join(";");
        let row = |row: &ValueRow| {
            let reading = row.standing.words(&self.shell.lang);
            let cells = [row.when.as_str(), &row.value, reading, &row.range, &row.by, &row.source.label];
            cells.map(cell).join(";")
        };
        std::iter::once(head).chain(self.rows.iter().map(row)).map(|line| line + "\r\n").collect()
    }

    /// From one series of the summary.
    pub fn of(context: ResultsContext, series: &Series) -> Self {
        let lang = context.shell.lang;
        let laboratories = laboratories(series, lang);
        AnalytePage {
            curve: drawn(series, &laboratories, lang),
            legend: laboratories.iter().enumerate().map(|(place, name)| LegendEntry { marker: marker(place), name: named(name, lang) }).collect(),
            rows: series.points.iter().rev().map(|point| row(series, point, &context, lang)).collect(),
            name: name(series, lang),
            unit: numbers::unit(&series.unit, lang),
            shell: context.shell,
            person: context.person,
            reader: context.reader,
            home: context.home,
            results: context.results,
        }
    }

    fn t(&self) -> &'static ResultsTexts {
        ResultsTexts::of(self.shell.lang)
    }

    /// The rows that stand open.
    fn newest(&self) -> &[ValueRow] {
        self.rows.split_at_checked(OPEN_ROWS).map_or(&self.rows, |(newest, _)| newest)
    }

    /// The rows that are folded.
    fn older(&self) -> &[ValueRow] {
        self.rows.split_at_checked(OPEN_ROWS).map_or(&[], |(_, older)| older)
    }

    fn any_converted(&self) -> bool {
        self.rows.iter().any(|row| row.converted.is_some())
    }
}

fn row(series: &Series, point: &Point, context: &ResultsContext, lang: Lang) -> ValueRow {
    ValueRow {
        when: dates::when(point.when, lang),
        value: value_words(series, point, lang),
        converted: converted_words(point, lang),
        range: range_words(point, lang),
        standing: Standing::of(point),
        by: named(&by_words(point, lang), lang),
        source: ProofLink::of(&point.source, context.proof, lang),
    }
}

fn named(laboratory: &str, lang: Lang) -> String {
    if laboratory.is_empty() { lang.pick("laboratoire non précisé", "laboratory not named").to_owned() } else { laboratory.to_owned() }
}

/// Each laboratory once, in the order of its first value.
fn laboratories(series: &Series, lang: Lang) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in series.points.iter().map(|point| by_words(point, lang)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Days since 1 January 2000, with the minute as a fraction.
fn day_number(when: When) -> Option<f64> {
    let days = When::day(2000, 1, 1).days_until(when)?;
    Some(f64::from(days) + f64::from(when.minute.unwrap_or(0)) / 1440.0)
}

fn drawn(series: &Series, laboratories: &[String], lang: Lang) -> Option<Svg> {
    let points: Vec<CurvePoint> = series.points.iter().filter_map(|point| curve_point(point, laboratories, lang)).collect();
    let latest = series.points.last()?;
    let title = name(series, lang);
    let description = description(series, lang);
    curve(&Curve {
        said: Said { id: "curve", title: &title, description: &description },
        points: &points,
        low: latest.low,
        high: latest.high,
        unit: &numbers::unit(&series.unit, lang),
        days: &days(series, lang),
        lang,
    })
}

fn curve_point(point: &Point, laboratories: &[String], lang: Lang) -> Option<CurvePoint> {
    let by = by_words(point, lang);
    Some(CurvePoint {
        day: day_number(point.when)?,
        value: point.number?,
        laboratory: laboratories.iter().position(|name| *name == by).unwrap_or(0),
        converted: point.converted,
        outside: Standing::of(point).is_outside(),
        after_gap: false,
    })
}

/// « 3 valeurs, du 12 avril 2023 au 12 avril 2025. La dernière : 6,8 %, ▲ au-dessus de l'habituel. »
fn description(series: &Series, lang: Lang) -> String {
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else { return String::new() };
    let [from, to] = [first, last].map(|point| dates::when(point.when, lang));
    let value = value_words(series, last, lang);
    let standing = Standing::of(last).words(&lang);
    let count = series.points.len();
    match lang {
        Lang::Fr => format!("{count} valeurs, première date\u{a0}: {from}, dernière date\u{a0}: {to}. Dernière valeur\u{a0}: {value} {standing}"),
        Lang::En => format!("{count} values, first date: {from}, last date: {to}. Last value: {value} {standing}"),
    }
}

/// Words for the lower edge: some first days of a year when there are two at least, else the first and the last date.
fn days(series: &Series, lang: Lang) -> Vec<(f64, String)> {
    let (Some(first), Some(last)) = (series.points.first().map(|point| point.when), series.points.last().map(|point| point.when)) else {
        return Vec::new();
    };
    let years: Vec<i16> = (first.year.saturating_add(1)..=last.year).collect();
    if years.len() >= 2 {
        let every = years.len().div_ceil(5);
        return years.into_iter().step_by(every).filter_map(|year| Some((day_number(When::day(year, 1, 1))?, year.to_string()))).collect();
    }
    let mut ends = vec![first];
    ends.extend((first.first_day() != last.first_day()).then_some(last));
    ends.into_iter().filter_map(|when| Some((day_number(when)?, dates::short(when, lang)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::summary::samples;

    fn labels(dates: &[When]) -> Vec<String> {
        let mut series = samples::rich().results.remove(0);
        let point = series.points[0].clone();
        series.points = dates.iter().map(|when| Point { when: *when, ..point.clone() }).collect();
        days(&series, Lang::Fr).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn the_lower_edge_bears_years_or_the_two_ends() {
        assert_eq!(labels(&[When::day(2023, 4, 12), When::day(2025, 4, 12)]), ["2024", "2025"]);
        assert_eq!(labels(&[When::day(2024, 4, 12), When::day(2024, 6, 1)]), ["12/04/2024", "01/06/2024"]);
        assert_eq!(labels(&[When::day(2024, 4, 12)]), ["12/04/2024"]);
        assert!(labels(&[When::day(1900, 1, 1), When::day(2026, 1, 1)]).len() <= 5);
        assert!(labels(&[]).is_empty());
    }

    #[test]
    fn a_day_is_a_number_with_its_minute() {
        assert_eq!(day_number(When { minute: Some(720), ..When::day(2000, 1, 2) }), Some(1.5));
        assert_eq!(day_number(When { year: 1999, month: 0, day: 0, minute: None }), Some(-365.0));
    }
}
