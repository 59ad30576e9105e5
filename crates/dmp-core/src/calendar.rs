//! Days, weeks and months: those of clocks in Paris, and how people call them. A day of statistics is a number, days since 1970; a week is that of
//! ISO 8601.

use std::sync::LazyLock;

use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use crate::moment::Moment;
use crate::record::Language;

/// UTC would stand in if the data of the zone were missing; they are part of the program.
static PARIS: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC));
const EPOCH: Date = date(1970, 1, 1);

const MONTHS_FRENCH: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
const MONTHS_ENGLISH: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// What a clock in Paris shows at a moment.
pub fn in_paris(at: Moment) -> Zoned {
    at.timestamp().to_zoned(PARIS.clone())
}

/// When a day begins: midnight in Paris. A day beyond the calendar never begins.
pub fn midnight(day: Date) -> Moment {
    day.to_zoned(PARIS.clone()).map_or(Moment::from_micros(i64::MAX), |begin| Moment::from(begin.timestamp()))
}

/// What a month is called: « décembre », "December". Nothing for a number that is no month.
pub fn month_name(month: i8, language: Language) -> Option<&'static str> {
    let names = match language {
        Language::French => MONTHS_FRENCH,
        Language::English => MONTHS_ENGLISH,
    };
    usize::try_from(month - 1).ok().and_then(|place| names.get(place).copied())
}

/// A day as people say it: « 1er janvier 2017 », "1 January 2017".
pub fn spoken(day: Date, language: Language) -> String {
    let first = if day.day() == 1 && language == Language::French { "er" } else { "" };
    format!("{}{first} {} {}", day.day(), month_name(day.month(), language).unwrap_or_default(), day.year())
}

/// The day of a moment in Paris.
pub fn paris_day(at: Moment) -> i32 {
    number(in_paris(at).date())
}

/// The number of a day written `2018-12-13`.
pub fn day_of(text: &str) -> Option<i32> {
    text.parse::<Date>().ok().map(number)
}

/// A day as `2018-12-13`.
pub fn day_text(day: i32) -> String {
    civil(day).to_string()
}

/// The first day of the month of a day.
pub fn first_day_of_month(day: i32) -> i32 {
    number(civil(day).first_of_month())
}

/// A day by its number.
pub fn civil(day: i32) -> Date {
    EPOCH.checked_add(Span::new().try_days(day).unwrap_or_default()).unwrap_or(EPOCH)
}

/// The number of a day.
pub fn number(date: Date) -> i32 {
    i32::try_from(date.duration_since(EPOCH).as_hours() / 24).unwrap_or(0)
}

/// A week of ISO 8601, named by its Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    monday: i32,
}

impl Week {
    /// The week of a day.
    pub fn of(day: i32) -> Self {
        // 1 January 1970 was a Thursday: the fourth day of its week.
        Week { monday: day - (day + 3).rem_euclid(7) }
    }

    /// Reads `2018-W50`; nothing for a week that the year does not have.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        if year.len() != 4 || week.len() != 2 || !(year.bytes().chain(week.bytes())).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let monday = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
        Some(Week { monday: number(monday.date()) })
    }

    /// Its Monday.
    pub fn first_day(self) -> i32 {
        self.monday
    }

    /// Its Sunday.
    pub fn last_day(self) -> i32 {
        self.monday + 6
    }

    /// The week after it.
    pub fn next(self) -> Self {
        Week { monday: self.monday + 7 }
    }

    /// The week before it.
    pub fn previous(self) -> Self {
        Week { monday: self.monday - 7 }
    }
}

impl std::fmt::Display for Week {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let week = civil(self.monday).iso_week_date();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

/// A month, `2018-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month of a day.
    pub fn of(day: i32) -> Self {
        let date = civil(day);
        Month { year: date.year(), month: date.month() }
    }

    /// Reads `2018-12`.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 7).then(|| day_of(&format!("{text}-01"))).flatten().map(Month::of)
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// « décembre 2018 »; "December 2018".
    pub fn spoken(self, language: Language) -> String {
        format!("{} {}", month_name(self.month, language).unwrap_or_default(), self.year)
    }

    /// Its first day.
    pub fn first_day(self) -> i32 {
        Date::new(self.year, self.month, 1).map_or(0, number)
    }

    /// Its last day.
    pub fn last_day(self) -> i32 {
        Date::new(self.year, self.month, 1).map_or(0, |first| number(first.last_of_month()))
    }

    /// The month after it.
    pub fn next(self) -> Self {
        civil(self.first_day()).checked_add(1.month()).map_or(self, |date| Month { year: date.year(), month: date.month() })
    }

    /// Months since January of year 0: how a month stands in a column.
    pub fn number(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// The month of such a number.
    pub fn of_number(number: i32) -> Option<Self> {
        let (year, month) = (i16::try_from(number.div_euclid(12)).ok()?, i8::try_from(number.rem_euclid(12) + 1).ok()?);
        Some(Month { year, month })
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_paris() {
        let day = |text: &str| day_text(paris_day(Moment::parse_fhir(text).unwrap()));
        assert_eq!(day("2018-12-09T22:59:59Z"), "2018-12-09");
        assert_eq!(day("2018-12-09T23:00:00Z"), "2018-12-10");
        // In summer two hours before UTC; at the change of the hour still at midnight.
        assert_eq!((day("2018-07-01T21:59:59Z").as_str(), day("2018-07-01T22:00:00Z").as_str()), ("2018-07-01", "2018-07-02"));
        assert_eq!((day("2018-10-27T21:59:59Z").as_str(), day("2018-10-28T22:59:59Z").as_str()), ("2018-10-27", "2018-10-28"));
    }

    #[test]
    fn days_and_months_are_called_as_people_call_them() {
        let first = date(2018, 8, 1);
        assert_eq!([Language::French, Language::English].map(|language| spoken(first, language)), ["1er août 2018", "1 August 2018"]);
        assert_eq!(Month::parse("2018-12").unwrap().spoken(Language::French), "décembre 2018");
        assert_eq!([0, 13, -3].map(|none| month_name(none, Language::English)), [None; 3]);
        assert_eq!((midnight(first).to_rfc3339(), number(civil(17_713))), ("2018-07-31T22:00:00Z".to_owned(), 17_713));
    }

    #[test]
    fn a_week_begins_on_monday_and_belongs_to_the_year_of_its_thursday() {
        for (day, week) in [
            ("2018-12-09", "2018-W49"),
            ("2018-12-10", "2018-W50"),
            ("2018-12-31", "2019-W01"),
            ("2021-01-03", "2020-W53"),
            ("1969-12-28", "1969-W52"),
        ] {
            let found = Week::of(day_of(day).unwrap());
            assert_eq!(found.to_string(), week, "{day}");
            assert_eq!(Week::parse(week), Some(found));
        }
        for text in ["2018-W53", "2018-W00", "2018-50", "18-W50", "2018-W5", "2018-W+5"] {
            assert_eq!(Week::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_read_written_and_counted() {
        let december = Month::parse("2018-12").unwrap();
        assert_eq!((december.to_string(), december.next().to_string()), ("2018-12".to_owned(), "2019-01".to_owned()));
        assert_eq!(Month::of_number(december.number()), Some(december));
        assert_eq!((day_text(december.first_day()), day_text(december.last_day())), ("2018-12-01".to_owned(), "2018-12-31".to_owned()));
        assert_eq!(Month::parse("2018-13"), None);
    }
}
