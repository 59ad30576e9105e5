//! Within how many days an exam teaches nothing new, and who says so.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::ExamCode;
use crate::issue::Issue;
use crate::summary::When;

/// An exam with its interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    /// Stable word of the table: `hba1c`.
    pub exam: String,
    pub label_fr: String,
    pub label_en: String,
    /// From this many days on, doing it again is usual.
    pub days: u32,
    /// Why, one French sentence.
    pub basis: String,
    /// Who says so, and when.
    pub source: String,
    /// From when on the row holds.
    pub valid_from: When,
    /// Any of these is this exam.
    pub codes: Vec<ExamCode>,
}

/// The exams that are known.
#[derive(Debug, Clone, Default)]
pub struct Table {
    exams: Vec<Exam>,
    /// Indexes of the exams that have a code.
    by_code: HashMap<ExamCode, Vec<usize>>,
}

const HEAD: &str = "exam;label_fr;label_en;days;basis;source;valid_from;codes";

/// Longest interval that a table may give.
const DAYS_MAX: u32 = 36_500;

static BUILT_IN: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("intervals.csv")).unwrap_or_default());

impl Table {
    /// The table that comes with the program.
    pub fn built_in() -> &'static Table {
        &BUILT_IN
    }

    /// Reads a table: `exam;label_fr;label_en;days;basis;source;valid_from;codes`, codes as `loinc:4548-4 nabm:1577 ccam:QEQK001`.
    /// An exam may have several rows that hold from different days on; a code belongs to one exam.
    ///
    /// # Errors
    /// `redundancy-table` with the line.
    pub fn parse(csv: &str) -> Result<Table, Issue> {
        let mut table = Table::default();
        for (line, cells) in rows(csv, HEAD)? {
            let wrong = || Issue::error("redundancy-table").at_line(line, 1);
            let exam = exam(&cells).ok_or_else(wrong)?;
            for code in &exam.codes {
                let known = table.by_code.entry(code.clone()).or_default();
                let other =
                    |index: &usize| table.exams.get(*index).is_none_or(|other| other.exam != exam.exam || other.valid_from == exam.valid_from);
                if known.iter().any(other) {
                    return Err(wrong());
                }
                known.push(table.exams.len());
            }
            table.exams.push(exam);
        }
        Ok(table)
    }

    /// The exams, as the table has them.
    pub fn exams(&self) -> &[Exam] {
        &self.exams
    }

    /// The row of a code that holds on a day: the latest of those that do.
    pub fn exam(&self, code: &ExamCode, on: When) -> Option<&Exam> {
        let rows = self.by_code.get(code)?.iter().filter_map(|index| self.exams.get(*index));
        rows.filter(|exam| exam.valid_from <= on).max_by_key(|exam| exam.valid_from)
    }
}

fn exam(cells: &[&str]) -> Option<Exam> {
    let [exam, label_fr, label_en, days, basis, source, valid_from, codes] = cells else { return None };
    let codes = codes.split_ascii_whitespace().map(ExamCode::from_word).collect::<Option<Vec<_>>>()?;
    let days = days.parse().ok().filter(|days| (1..=DAYS_MAX).contains(days))?;
    let filled = [exam, label_fr, label_en, basis, source].iter().all(|cell| !cell.is_empty());
    (filled && !codes.is_empty()).then_some(Exam {
        exam: (*exam).to_owned(),
        label_fr: (*label_fr).to_owned(),
        label_en: (*label_en).to_owned(),
        days,
        basis: (*basis).to_owned(),
        source: (*source).to_owned(),
        valid_from: full_date(valid_from)?,
        codes,
    })
}

/// A date with its day.
pub(super) fn full_date(text: &str) -> Option<When> {
    When::from_iso(text).filter(|when| when.day > 0)
}

/// The rows after the head, each with its line from 1; blank lines are passed over. Semicolons separate, nothing is quoted.
pub(super) fn rows<'a>(csv: &'a str, head: &str) -> Result<Vec<(u32, Vec<&'a str>)>, Issue> {
    let mut lines = csv.strip_prefix('\u{feff}').unwrap_or(csv).lines();
    if lines.next().map(str::trim) != Some(head) {
        return Err(Issue::error("redundancy-table").at_line(1, 1).expected(head));
    }
    let filled = (2..).zip(lines).filter(|(_, line)| !line.trim().is_empty());
    Ok(filled.map(|(number, line)| (number, line.split(';').map(str::trim).collect())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &str) -> Result<Table, Issue> {
        Table::parse(&format!("{HEAD}\n{rows}"))
    }

    #[test]
    fn the_table_of_the_program_is_read_whole() {
        let csv = include_str!("intervals.csv");
        let parsed = Table::parse(csv).unwrap();
        assert_eq!(parsed.exams().len(), csv.lines().count() - 1);
        assert_eq!(Table::built_in().exams(), parsed.exams());
        let hba1c = Table::built_in().exam(&ExamCode::from_word("loinc:4548-4").unwrap(), When::day(2026, 11, 1)).unwrap();
        assert_eq!(Table::built_in().exam(&ExamCode::from_word("nabm:1577").unwrap(), When::day(2026, 11, 1)), Some(hba1c));
        assert!(hba1c.label_fr.contains("HbA1c") && (30..120).contains(&hba1c.days));
    }

    #[test]
    fn the_latest_row_that_holds_is_taken() {
        let table = table("tsh;TSH;TSH;42;b;s;2020-01-01;nabm:1208\ntsh;TSH;TSH;56;b;s;2024-01-01;nabm:1208\r\n\n").unwrap();
        let days = |year| table.exam(&ExamCode::from_word("nabm:1208").unwrap(), When::day(year, 1, 1)).map(|exam| exam.days);
        assert_eq!((days(2019), days(2020), days(2023), days(2024)), (None, Some(42), Some(42), Some(56)));
    }

    #[test]
    fn a_wrong_row_is_refused_with_its_line() {
        let right = "tsh;TSH;TSH;42;b;s;2020-01-01;nabm:1208\n";
        for wrong in [
            "t;T;T;0;b;s;2020-01-01;nabm:1",
            "t;T;T;-3;b;s;2020-01-01;nabm:1",
            "t;T;T;9999999;b;s;2020-01-01;nabm:1",
            "t;T;T;4;b;s;2020-01;nabm:1",
            "t;T;T;4;b;s;2020-01-01;",
            "t;T;T;4;b;s;2020-01-01;snomed:1",
            "t;T;;4;b;s;2020-01-01;nabm:1",
            "t;T;T;4;b;s;2020-01-01;nabm:1;more",
            "other;T;T;4;b;s;2021-01-01;nabm:1208",
            "tsh;T;T;4;b;s;2020-01-01;nabm:1208",
        ] {
            let issue = table(&format!("{right}{wrong}")).unwrap_err();
            assert_eq!((issue.code.as_str(), issue.line), ("redundancy-table", Some(3)), "{wrong}");
        }
        assert_eq!(Table::parse("").unwrap_err().line, Some(1));
        assert!(crate::catalogue::message("redundancy-table").is_some());
    }
}
