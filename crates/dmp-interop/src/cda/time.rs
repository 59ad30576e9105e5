//! HL7 time stamps (`TS`): `YYYY[MM[DD[HH[MM[SS[.fraction]]]]]]` with an optional `±HHMM`.
//!
//! A date alone (to the year, month or day) is its first instant in UTC, as everywhere in the record, so
//! that the same date in FHIR and in CDA is the same moment. A time of day without an offset is read in Paris time.

use dmp_core::Moment;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// The first instant that a time stamp means. `None` when it is not one.
pub fn moment_of_hl7(text: &str) -> Option<Moment> {
    interval(text).map(|(first, _)| first)
}

/// First instant of a time stamp, and the first instant after what it covers at its precision.
pub(super) fn interval(text: &str) -> Option<(Moment, Moment)> {
    let (digits, offset) = match text.find(['+', '-']) {
        Some(at) => (text.get(..at)?, Some(text.get(at..)?)),
        None => (text, None),
    };
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || fraction.is_some_and(|part| whole.len() != 14 || part.len() > 9 || !is_digits(part)) {
        return None;
    }
    let part = |range: std::ops::Range<usize>, default: i8| whole.get(range).map_or(Some(default), |value| value.parse().ok());
    let date = Date::new(whole.get(..4)?.parse().ok()?, part(4..6, 1)?, part(6..8, 1)?).ok()?;
    let nanosecond: i32 = fraction.map_or(Some(0), |value| format!("{value:0<9}").parse().ok())?;
    let clock = Time::new(part(8..10, 0)?, part(10..12, 0)?, part(12..14, 0)?, nanosecond).ok()?;
    let zone = match offset {
        Some(offset) => TimeZone::fixed(parse_offset(offset)?),
        None if whole.len() > 8 => TimeZone::get("Europe/Paris").ok()?,
        None => TimeZone::UTC,
    };
    let first = date.to_datetime(clock).to_zoned(zone).ok()?.timestamp();
    let next = match whole.len() {
        4 => after_days(first, 366)?,
        6 => after_days(first, 31)?,
        8 => after_days(first, 1)?,
        10 => first.checked_add(SignedDuration::from_hours(1)).ok()?,
        12 => first.checked_add(SignedDuration::from_mins(1)).ok()?,
        14 => first.checked_add(SignedDuration::from_secs(1)).ok()?,
        _ => return None,
    };
    Some((Moment::from(first), Moment::from(next)))
}

fn after_days(first: Timestamp, days: i64) -> Option<Timestamp> {
    first.checked_add(SignedDuration::from_hours(days.saturating_mul(24))).ok()
}

/// `+HHMM` or `+HH`.
fn parse_offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.get(1..)?;
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |value| value.parse().ok())?;
    let in_range = hours <= 14 && minutes < 60;
    in_range.then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        moment_of_hl7(text).map(Moment::to_instant)
    }

    #[test]
    fn every_precision_is_read() {
        for (text, instant) in [
            ("2021", "2021-01-01T00:00:00.000Z"),
            ("202102", "2021-02-01T00:00:00.000Z"),
            ("20210203", "2021-02-03T00:00:00.000Z"),
            ("2021020309+0100", "2021-02-03T08:00:00.000Z"),
            ("202102030904+0100", "2021-02-03T08:04:00.000Z"),
            ("20210203090405+01", "2021-02-03T08:04:05.000Z"),
            ("20210203090405.678-0230", "2021-02-03T11:34:05.678Z"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(instant), "{text}");
        }
    }

    #[test]
    fn a_time_without_an_offset_is_paris_time_in_winter_and_in_summer() {
        assert_eq!(shown("20210203090405").as_deref(), Some("2021-02-03T08:04:05.000Z"));
        assert_eq!(shown("202107030904").as_deref(), Some("2021-07-03T07:04:00.000Z"));
    }

    #[test]
    fn what_is_not_a_time_stamp_is_refused() {
        for text in [
            "",
            "21",
            "20211",
            "20211301",
            "20210230",
            "2021020325",
            "20210203090405+010",
            "20210203090405+9900",
            "2021-02-03",
            "202102.5",
            "20210203T09",
            "²021",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
