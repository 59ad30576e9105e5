//! Instants as the record keeps them: microseconds since 1970-01-01T00:00:00Z.

use jiff::{Timestamp, ToSpan, civil::DateTime, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// An instant in microseconds since the epoch, UTC. Compact in rows, exact in comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(i64);

const MICROSECONDS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

impl Moment {
    /// From microseconds since the epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Moment(micros)
    }

    /// Microseconds since the epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, towards the past.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(MICROSECONDS_PER_SECOND)
    }

    /// From seconds since the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Moment(seconds.saturating_mul(MICROSECONDS_PER_SECOND))
    }

    /// The moment `days` × 24 h later (earlier when negative).
    pub const fn plus_days(self, days: i64) -> Self {
        Moment(self.0.saturating_add(days.saturating_mul(SECONDS_PER_DAY * MICROSECONDS_PER_SECOND)))
    }

    /// The moment `seconds` later (earlier when negative).
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Moment(self.0.saturating_add(seconds.saturating_mul(MICROSECONDS_PER_SECOND)))
    }

    /// One calendar month later in UTC; the last day of the month when that day does not exist
    /// (31 January gives 28 or 29 February).
    pub fn plus_one_month(self) -> Self {
        let zoned = self.timestamp().to_zoned(TimeZone::UTC);
        zoned.checked_add(1.month()).map_or(self.plus_days(31), |later| Moment::from(later.timestamp()))
    }

    /// Calendar years later in UTC; 28 February for a 29 that does not exist.
    pub fn plus_years(self, years: i32) -> Self {
        let zoned = self.timestamp().to_zoned(TimeZone::UTC);
        let days = i64::from(years).saturating_mul(366);
        zoned.checked_add(i64::from(years).years()).map_or(self.plus_days(days), |later| Moment::from(later.timestamp()))
    }

    /// As a `jiff` timestamp. Moments outside of its range (years −9999 to 9999) are clamped.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    /// Parses an RFC 3339 / FHIR `instant` or `dateTime` (`2026`, `2026-06`, `2026-06-12`,
    /// `2026-06-12T10:00:00+02:00`). A partial date means its first instant, UTC.
    ///
    /// Returns `None` for anything else.
    pub fn parse_fhir(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |range: &[u8]| !range.is_empty() && range.iter().all(u8::is_ascii_digit);
        let date = match bytes.len() {
            4 if digits(bytes) => format!("{text}-01-01"),
            7 if bytes.get(4) == Some(&b'-') => format!("{text}-01"),
            10 => text.to_owned(),
            _ if bytes.len() > 10 => return text.parse::<Timestamp>().ok().map(Moment::from),
            _ => return None,
        };
        let civil = date.parse::<jiff::civil::Date>().ok()?;
        Self::from_civil_utc(civil.to_datetime(jiff::civil::Time::midnight()))
    }

    /// A civil date and time read as UTC.
    pub fn from_civil_utc(civil: DateTime) -> Option<Self> {
        civil.to_zoned(TimeZone::UTC).ok().map(|zoned| Moment::from(zoned.timestamp()))
    }

    /// RFC 3339 in UTC with seconds (`2026-06-12T08:00:00Z`), the form of FHIR answers.
    pub fn to_rfc3339(self) -> String {
        Timestamp::from_second(self.as_seconds()).unwrap_or(Timestamp::MAX).to_string()
    }

    /// RFC 3339 in UTC with milliseconds, the form of a FHIR `instant`.
    pub fn to_instant(self) -> String {
        format!("{:.3}", Timestamp::from_millisecond(self.0.div_euclid(1000)).unwrap_or(Timestamp::MAX))
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Moment(timestamp.as_microsecond())
    }
}

/// Written out as RFC 3339 text, exact to the microsecond: for files that people read.
pub mod text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::Moment;

    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(moment: &Moment, serializer: S) -> Result<S::Ok, S::Error> {
        moment.timestamp().to_string().serialize(serializer)
    }

    /// # Errors
    /// When the text is no RFC 3339 instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(deserializer)?;
        Moment::parse_fhir(&text).ok_or_else(|| D::Error::custom("not an instant of RFC 3339"))
    }

    /// The same for a moment that may be absent (`null`).
    pub mod option {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use super::Moment;

        #[derive(Serialize, Deserialize)]
        struct Written(#[serde(with = "super")] Moment);

        /// # Errors
        /// The serializer's own.
        pub fn serialize<S: Serializer>(moment: &Option<Moment>, serializer: S) -> Result<S::Ok, S::Error> {
            moment.map(Written).serialize(serializer)
        }

        /// # Errors
        /// When the text is no RFC 3339 instant.
        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Moment>, D::Error> {
            Ok(Option::<Written>::deserialize(deserializer)?.map(|written| written.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_is_its_first_instant() {
        for (text, full) in [("2026", "2026-01-01T00:00:00Z"), ("2026-06", "2026-06-01T00:00:00Z"), ("2026-06-12", "2026-06-12T00:00:00Z")] {
            assert_eq!(Moment::parse_fhir(text).unwrap().to_rfc3339(), full);
        }
    }

    #[test]
    fn an_offset_is_kept_as_the_same_instant() {
        assert_eq!(Moment::parse_fhir("2026-06-12T10:00:00+02:00").unwrap().to_rfc3339(), "2026-06-12T08:00:00Z");
        assert_eq!(Moment::parse_fhir("12/06/2026"), None);
    }

    #[test]
    fn a_month_after_the_31_january_is_the_last_of_february() {
        let start = Moment::parse_fhir("2026-01-31T09:00:00Z").unwrap();
        assert_eq!(start.plus_one_month().to_rfc3339(), "2026-02-28T09:00:00Z");
    }

    #[test]
    fn an_instant_carries_milliseconds() {
        assert_eq!(Moment::from_micros(1_500_000).to_instant(), "1970-01-01T00:00:01.500Z");
    }
}
