//! What an exam costs, as an order of magnitude.

use std::sync::LazyLock;

use super::table::{full_date, rows};
use crate::issue::Issue;
use crate::summary::When;

/// A price in cents of a euro, with the bounds within which it is sure to lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    pub exam: String,
    pub cents: u64,
    pub low_cents: u64,
    pub high_cents: u64,
    pub source: String,
    pub valid_from: When,
}

/// The prices that are known.
#[derive(Debug, Clone, Default)]
pub struct Tariffs {
    rows: Vec<Tariff>,
}

const HEAD: &str = "exam;cents;low_cents;high_cents;source;valid_from";

static BUILT_IN: LazyLock<Tariffs> = LazyLock::new(|| Tariffs::parse(include_str!("tariffs.csv")).unwrap_or_default());

impl Tariffs {
    /// The prices that come with the program.
    pub fn built_in() -> &'static Tariffs {
        &BUILT_IN
    }

    /// Reads `exam;cents;low_cents;high_cents;source;valid_from`, with low ≤ cents ≤ high.
    ///
    /// # Errors
    /// `redundancy-table` with the line.
    pub fn parse(csv: &str) -> Result<Tariffs, Issue> {
        let mut tariffs = Tariffs::default();
        for (line, cells) in rows(csv, HEAD)? {
            let row = tariff(&cells).filter(|row| !tariffs.rows.iter().any(|known| known.exam == row.exam && known.valid_from == row.valid_from));
            tariffs.rows.push(row.ok_or_else(|| Issue::error("redundancy-table").at_line(line, 1))?);
        }
        Ok(tariffs)
    }

    /// The price of an exam on a day.
    pub fn of(&self, exam: &str, on: When) -> Option<&Tariff> {
        self.rows.iter().filter(|row| row.exam == exam && row.valid_from <= on).max_by_key(|row| row.valid_from)
    }

    /// The rows, as the table has them.
    pub fn rows(&self) -> &[Tariff] {
        &self.rows
    }
}

fn tariff(cells: &[&str]) -> Option<Tariff> {
    let [exam, cents, low, high, source, valid_from] = cells else { return None };
    let (cents, low_cents, high_cents) = (cents.parse().ok()?, low.parse().ok()?, high.parse().ok()?);
    let sound = !exam.is_empty() && !source.is_empty() && low_cents <= cents && cents <= high_cents;
    let valid_from = full_date(valid_from)?;
    sound.then_some(Tariff { exam: (*exam).to_owned(), cents, low_cents, high_cents, source: (*source).to_owned(), valid_from })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redundancy::Table;

    #[test]
    fn every_price_of_the_program_is_of_a_known_exam() {
        let csv = include_str!("tariffs.csv");
        assert_eq!(Tariffs::parse(csv).unwrap().rows().len(), csv.lines().count() - 1);
        for row in Tariffs::built_in().rows() {
            assert!(Table::built_in().exams().iter().any(|exam| exam.exam == row.exam), "{}", row.exam);
        }
    }

    #[test]
    fn the_price_is_that_of_the_day_and_wrong_rows_are_refused() {
        let right = format!("{HEAD}\ntsh;500;400;600;s;2020-01-01\ntsh;450;400;600;s;2024-01-01\n");
        let tariffs = Tariffs::parse(&right).unwrap();
        assert_eq!(tariffs.of("tsh", When::day(2023, 12, 31)).map(|row| row.cents), Some(500));
        assert_eq!(tariffs.of("tsh", When::day(2024, 1, 1)).map(|row| row.cents), Some(450));
        assert_eq!((tariffs.of("tsh", When::day(2019, 1, 1)), tariffs.of("nfs", When::day(2024, 1, 1))), (None, None));
        for wrong in ["t;5;6;7;s;2020-01-01", "t;8;6;7;s;2020-01-01", "t;-1;0;7;s;2020-01-01", "t;1;1;1;s;", "t;1;1;1", "tsh;1;1;1;s;2020-01-01"] {
            assert_eq!(Tariffs::parse(&format!("{right}{wrong}")).unwrap_err().line, Some(4), "{wrong}");
        }
    }
}
