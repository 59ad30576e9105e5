//! Moments on both sides of an edge.

use dmp_core::Moment;

use crate::draw::Draw;

/// Present moments: an ordinary noon, ends of months and of years, a leap day, and fractions of a second.
const PRESENTS: [&str; 8] = [
    "2026-07-03T12:00:00Z",
    "2026-07-03T12:00:00Z",
    "2026-03-31T08:30:00Z",
    "2027-02-28T23:59:59.999999Z",
    "2028-02-29T00:00:00Z",
    "2028-03-29T17:05:09.5Z",
    "2026-12-31T23:59:59Z",
    "2027-01-01T00:00:00.000001Z",
];

pub fn present(draw: &mut Draw) -> Moment {
    Moment::parse_fhir(PRESENTS[draw.below(PRESENTS.len())]).unwrap()
}

/// A moment near `edge`: at it, a microsecond away, some days away.
pub fn near(edge: Moment, draw: &mut Draw) -> Moment {
    match draw.below(8) {
        0 => edge,
        1 => Moment::from_micros(edge.as_micros() - 1),
        2 => Moment::from_micros(edge.as_micros() + 1),
        3 => edge.plus_seconds(-1),
        4 => edge.plus_days(1 + i64::try_from(draw.below(20)).unwrap()),
        _ => edge.plus_days(-1 - i64::try_from(draw.below(40)).unwrap()),
    }
}

/// A moment that is over, at the latest `now`.
pub fn past(days: i64, now: Moment, draw: &mut Draw) -> Moment {
    near(now.plus_days(-days), draw).min(now)
}

/// When something was that ends months or years later: about the day that ends now.
pub fn months_ago(months: i64, now: Moment, draw: &mut Draw) -> Moment {
    let days = months * 30 + months / 2 - 3 + i64::try_from(draw.below(8)).unwrap();
    past(days, now, draw)
}
