//! `effectiveTime` as a period: dates as given, null flavours as unknown.

use dmp_core::summary::{Period, When};

use crate::cda::tree::{child, children};

use super::xml::{Element, data_type, value};

/// A point in time.
pub(super) fn when(node: Element<'_>) -> Option<When> {
    When::from_hl7(&value(node)?)
}

/// A period with both ends, or a moment.
pub(super) fn period(node: Element<'_>) -> Period {
    if let Some(at) = when(node) {
        return Period::at(at);
    }
    let end = |name| child(node, name).and_then(when);
    match (end("low"), end("high"), end("center")) {
        (None, None, Some(center)) => Period::at(center),
        (from, to, _) => Period { from, to },
    }
}

/// The period of an act: its first `effectiveTime` that says something and is no rhythm.
pub(super) fn period_of(node: Element<'_>) -> Period {
    let times = children(node, "effectiveTime").take(8).filter(|time| !matches!(data_type(*time), "PIVL_TS" | "EIVL_TS"));
    times.map(period).find(|period| *period != Period::default()).unwrap_or_default()
}

/// The first of some periods that says something.
pub(super) fn first(periods: impl IntoIterator<Item = Period>) -> Period {
    periods.into_iter().find(|period| *period != Period::default()).unwrap_or_default()
}
