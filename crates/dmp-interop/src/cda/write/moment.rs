//! Times as HL7 writes them.

use dmp_core::Moment;
use dmp_core::identity::BirthDate;
use dmp_core::summary::{Period, When};
use jiff::tz::TimeZone;

use crate::xml::Xml;

/// `YYYYMMDDHHMMSS+ZZZZ` at the time of Paris.
pub(super) fn stamp(moment: Moment) -> String {
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    moment.timestamp().to_zoned(paris).strftime("%Y%m%d%H%M%S%z").to_string()
}

/// A date to the precision that is known, day at most: `2019`, `201905`, `20190526`.
pub(super) fn hl7(when: When) -> String {
    digits(when.year, when.month, when.day)
}

/// The same of a date of birth.
pub(super) fn birth(date: BirthDate) -> String {
    digits(date.year, date.month, date.day)
}

fn digits(year: i16, month: u8, day: u8) -> String {
    match (month, day) {
        (0, _) => format!("{year:04}"),
        (month, 0) => format!("{year:04}{month:02}"),
        (month, day) => format!("{year:04}{month:02}{day:02}"),
    }
}

/// As people in France read it: `26/05/2019`, `05/2019`, `2019`.
pub(super) fn shown(when: When) -> String {
    match (when.month, when.day) {
        (0, _) => format!("{:04}", when.year),
        (month, 0) => format!("{month:02}/{:04}", when.year),
        (month, day) => format!("{day:02}/{month:02}/{:04}", when.year),
    }
}

/// A period for people; empty when nothing is known.
pub(super) fn shown_period(period: Period) -> String {
    match (period.from, period.to) {
        (Some(from), Some(to)) if from != to => format!("du {} au {}", shown(from), shown(to)),
        (Some(one), _) => shown(one),
        (None, Some(to)) => format!("jusqu'au {}", shown(to)),
        (None, None) => String::new(),
    }
}

/// `effectiveTime` as an interval. `with_end`: the end is told, as unknown when it is not known.
pub(super) fn interval(x: &mut Xml, kind: &[(&str, &str)], period: Period, with_end: bool) {
    x.within("effectiveTime", kind, |x| {
        bound(x, "low", period.from);
        if with_end {
            bound(x, "high", period.to);
        }
    });
}

fn bound(x: &mut Xml, tag: &str, when: Option<When>) {
    match when {
        Some(when) => x.leaf(tag, &[("value", &hl7(when))]),
        None => x.leaf(tag, &[("nullFlavor", "UNK")]),
    }
}

/// `effectiveTime` as one date.
pub(super) fn point(x: &mut Xml, when: Option<When>) {
    match when {
        Some(when) => x.leaf("effectiveTime", &[("value", &hl7(when))]),
        None => x.leaf("effectiveTime", &[("nullFlavor", "UNK")]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        for (when, code, words) in [
            (When { year: 2019, month: 0, day: 0, minute: None }, "2019", "2019"),
            (When { year: 2019, month: 5, day: 0, minute: None }, "201905", "05/2019"),
            (When { minute: Some(70), ..When::day(2019, 5, 26) }, "20190526", "26/05/2019"),
        ] {
            assert_eq!((hl7(when).as_str(), shown(when).as_str()), (code, words));
        }
    }

    #[test]
    fn a_moment_is_told_at_the_time_of_paris() {
        let summer = Moment::parse_fhir("2026-07-01T22:30:00Z").expect("an instant");
        assert_eq!(stamp(summer), "20260702003000+0200");
    }
}
