//! Dates × analytes across laboratories, for professionals.

use std::collections::BTreeSet;

use dmp_core::summary::{Point, Series, When};

use super::line::name;
use super::point::{Standing, by_words, value_words};
use super::series_keys;
use crate::lang::silent_debug;
use crate::{Lang, dates, numbers};

/// Most dates that a matrix shows; the page of an analyte shows all of its own.
const DATES_MAX: usize = 12;

/// The table: one row an analyte, one column a day, the newest first.
#[derive(Clone)]
pub struct Matrix {
    pub columns: Vec<MatrixColumn>,
    pub rows: Vec<AnalyteRow>,
    /// How many older days are left out.
    pub older: usize,
}

/// A day and the laboratories that gave values of it.
#[derive(Clone)]
pub struct MatrixColumn {
    pub day: String,
    pub by: String,
}

/// An analyte in one unit.
#[derive(Clone)]
pub struct AnalyteRow {
    pub name: String,
    pub unit: String,
    pub href: String,
    /// The values of each day; most days one or none.
    pub cells: Vec<Vec<MatrixValue>>,
}

/// A value and how it stands.
#[derive(Clone)]
pub struct MatrixValue {
    pub words: String,
    pub standing: Standing,
}

silent_debug!(Matrix, MatrixColumn, AnalyteRow, MatrixValue);

impl Matrix {
    /// `None` without any point.
    pub(crate) fn of(series: &[Series], results: &str, lang: Lang) -> Option<Self> {
        let days: BTreeSet<When> = series.iter().flat_map(|one| &one.points).map(day).collect();
        let shown: Vec<When> = days.iter().rev().take(DATES_MAX).copied().collect();
        let keyed = series.iter().zip(series_keys(series));
        let rows: Vec<AnalyteRow> = keyed
            .map(|(one, key)| row(one, format!("{results}/{key}"), &shown, lang))
            .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
            .collect();
        (!rows.is_empty()).then(|| Matrix {
            columns: shown.iter().map(|day| column(*day, series, lang)).collect(),
            rows,
            older: days.len().saturating_sub(DATES_MAX),
        })
    }
}

fn day(point: &Point) -> When {
    When { minute: None, ..point.when }
}

fn column(date: When, series: &[Series], lang: Lang) -> MatrixColumn {
    let laboratories: BTreeSet<String> =
        series.iter().flat_map(|one| &one.points).filter(|point| day(point) == date).map(|point| by_words(point, lang)).collect();
    let by: Vec<String> = laboratories.into_iter().filter(|name| !name.is_empty()).collect();
    MatrixColumn { day: dates::short(date, lang), by: by.join(", ") }
}

fn row(series: &Series, href: String, days: &[When], lang: Lang) -> AnalyteRow {
    let unit = numbers::unit(&series.unit, lang);
    let cell = |date: &When| {
        let points = series.points.iter().filter(|point| day(point) == *date);
        points.map(|point| MatrixValue { words: without_unit(&value_words(series, point, lang), &unit), standing: Standing::of(point) }).collect()
    };
    AnalyteRow { name: name(series, lang), unit: unit.clone(), href, cells: days.iter().map(cell).collect() }
}

/// A value without the unit that its row says already: a dozen dates stand side by side. A value in another unit keeps its own.
fn without_unit(words: &str, unit: &str) -> String {
    let bare = words.strip_suffix(unit).filter(|bare| !unit.is_empty() && bare.ends_with(char::is_whitespace));
    bare.map_or(words, str::trim_end).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::summary::samples;

    #[test]
    fn a_matrix_has_every_day_once_the_newest_first_and_a_cell_for_each() {
        let matrix = Matrix::of(&samples::rich().results, "/results", Lang::Fr).unwrap();
        let days: Vec<&str> = matrix.columns.iter().map(|column| column.day.as_str()).collect();
        assert_eq!(days, ["12/04/2025", "12/04/2024", "12/04/2023"]);
        assert!(matrix.rows.iter().all(|row| row.cells.len() == 3));
        let sugar = &matrix.rows[0];
        assert_eq!((sugar.cells[0][0].words.as_str(), sugar.unit.as_str()), ("6,8", "%"));
        assert_eq!(sugar.cells[0][0].standing, Standing::Above);
        assert!(matrix.rows[1].cells[2].is_empty(), "the serology has one date only");
        assert!(Matrix::of(&[], "/results", Lang::Fr).is_none());
    }

    #[test]
    fn two_values_of_a_day_share_a_cell_and_old_days_are_counted() {
        let mut series = samples::rich().results.remove(0);
        let newest = series.points[2].clone();
        series.points.extend((0..20_u8).map(|month| Point { when: When::day(2000 + i16::from(month), 1, 1), ..newest.clone() }));
        series.points.push(newest);
        let matrix = Matrix::of(&[series], "/results", Lang::Fr).unwrap();
        assert_eq!(matrix.columns.len(), DATES_MAX);
        assert_eq!(matrix.older, 23 - DATES_MAX);
        assert_eq!(matrix.rows[0].cells[0].len(), 2);
    }
}
