//! Dates as documents give them: a year, a month, a day, or a minute.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::in_paris;
use crate::moment::Moment;

/// A date known to the year, the month, the day or the minute. The order is that of time, the vaguer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct When {
    pub year: i16,
    /// 0 when unknown.
    pub month: u8,
    /// 0 when unknown.
    pub day: u8,
    /// Minute of the day, as the source's clock showed it.
    pub minute: Option<u16>,
}

impl When {
    /// A calendar day.
    pub const fn day(year: i16, month: u8, day: u8) -> Self {
        When { year, month, day, minute: None }
    }

    /// The UTC day of a moment.
    pub fn of(moment: Moment) -> Self {
        let date = moment.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
        When::day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// The day of a moment as clocks in Paris show it: what people call the day of a document.
    pub fn in_paris(moment: Moment) -> Self {
        let date = in_paris(moment).date();
        When::day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// Reads an HL7 time stamp (`2019`, `201905`, `20190526`, `20190526143000+0200`): the minute and its zone are kept as the source wrote them.
    pub fn from_hl7(text: &str) -> Option<Self> {
        let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
        let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u16>().ok());
        let year = i16::try_from(part(0, 4)?).ok()?;
        let (month, day) = (part(4, 6).unwrap_or(0), part(6, 8).unwrap_or(0));
        let minute = part(8, 10).and_then(|hour| Some(hour.checked_mul(60)?.saturating_add(part(10, 12).unwrap_or(0))));
        Self::checked(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?, minute)
    }

    /// Reads an ISO date or instant (`2019`, `2019-05`, `2019-05-26`, `2019-05-26T14:30:00+02:00`).
    pub fn from_iso(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once('T').unwrap_or((text.trim(), ""));
        let mut compact: String = date.chars().filter(|one| *one != '-').collect();
        if compact.len() == 8 {
            compact.extend(time.split(['+', '-', 'Z']).next().unwrap_or("").chars().filter(char::is_ascii_digit));
        }
        Self::from_hl7(&compact)
    }

    fn checked(year: i16, month: u8, day: u8, minute: Option<u16>) -> Option<Self> {
        let sound = (1800..=2200).contains(&year) && (month > 0 || day == 0) && minute.is_none_or(|minute| minute < 24 * 60);
        let when = When { year, month, day, minute };
        (sound && (month == 0 || when.first_day().is_some())).then_some(when)
    }

    /// The first calendar day that it may mean.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year, i8::try_from(self.month.max(1)).ok()?, i8::try_from(self.day.max(1)).ok()?).ok()
    }

    /// Calendar days from this one until another; negative when the other lies before. `None` for what no calendar has.
    pub fn days_until(self, other: When) -> Option<i32> {
        let span = self.first_day()?.until(other.first_day()?).ok()?;
        Some(span.get_days())
    }

    /// The same with days, months (of the calendar) added to its first day.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let date = self.first_day()?.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
        Some(When::day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()))
    }

    /// ISO 8601 with the precision that is known.
    pub fn to_iso(self) -> String {
        let mut text = format!("{:04}", self.year);
        if self.month > 0 {
            text.push_str(&format!("-{:02}", self.month));
            if self.day > 0 {
                text.push_str(&format!("-{:02}", self.day));
                if let Some(minute) = self.minute {
                    text.push_str(&format!("T{:02}:{:02}", minute / 60, minute % 60));
                }
            }
        }
        text
    }
}

/// From when until when; either end may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Period {
    pub from: Option<When>,
    pub to: Option<When>,
}

impl Period {
    /// One moment.
    pub fn at(when: When) -> Self {
        Period { from: Some(when), to: Some(when) }
    }

    /// The latest date that it names.
    pub fn latest(self) -> Option<When> {
        self.to.max(self.from)
    }
}
