//! The person's own identity: names, birth, sex.

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// Civil majority (platform parameter `ageMajorite`).
pub(crate) const AGE_OF_MAJORITY: i16 = 18;

/// A name as shown to people: family name and first names.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonName {
    pub family: String,
    pub given: String,
    /// *Civilité d'exercice* or title, `DR`, `PR`; empty when none.
    pub prefix: String,
}

impl PersonName {
    /// A name without a title.
    pub fn new(given: impl Into<String>, family: impl Into<String>) -> Self {
        PersonName { family: family.into(), given: given.into(), prefix: String::new() }
    }

    /// `Dr Anne EXEMPLE`, `Anne EXEMPLE`.
    pub fn display(&self) -> String {
        let title = match self.prefix.to_ascii_uppercase().as_str() {
            "DR" => "Dr ",
            "PR" => "Pr ",
            _ => "",
        };
        format!("{title}{} {}", self.given, self.family).trim().to_owned()
    }
}

/// A name never shows itself in a log.
impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonName(…)")
    }
}

/// Administrative sex of the INS traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    Female,
    Male,
    Unknown,
}

/// A birth date as the civil status gives it: month and day may be unknown (0).
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BirthDate {
    pub year: i16,
    pub month: u8,
    pub day: u8,
}

impl BirthDate {
    /// Age in whole years on the given day. An unknown month or day counts as the last of the year or
    /// month: a person whose birthday is unknown is a minor for as long as that is possible.
    pub fn age_on(self, today: jiff::civil::Date) -> i16 {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { 31 } else { self.day };
        let had_birthday = (u8::try_from(today.month()).unwrap_or(1), u8::try_from(today.day()).unwrap_or(1)) >= (month, day);
        today.year() - self.year - i16::from(!had_birthday)
    }

    /// `1979-03-28`, or as much of it as is known.
    pub fn to_iso(self) -> String {
        match (self.month, self.day) {
            (0, _) => format!("{:04}", self.year),
            (month, 0) => format!("{:04}-{month:02}", self.year),
            (month, day) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    /// From `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or the same without hyphens (CDA).
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| *c != '-').take(8).collect();
        let number = |range: std::ops::Range<usize>| digits.get(range).map_or(Some(0), |part| part.parse().ok());
        let year = digits.get(..4)?.parse().ok()?;
        let (month, day): (u8, u8) = (number(4..6)?, number(6..8)?);
        (month <= 12 && day <= 31).then_some(BirthDate { year, month, day })
    }
}

impl std::fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BirthDate(…)")
    }
}

/// The five strict traits of an INS, and the names in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityTraits {
    /// Birth family name and first names of the birth record.
    pub birth_name: PersonName,
    /// Name and first name in use, when they differ.
    pub used_name: Option<PersonName>,
    pub birth_date: BirthDate,
    pub sex: Sex,
    /// INSEE code of the place of birth, five characters.
    pub birth_place: String,
}

impl IdentityTraits {
    /// The name people call this person by.
    pub fn shown_name(&self) -> &PersonName {
        self.used_name.as_ref().unwrap_or(&self.birth_name)
    }

    /// Whether the person is under 18 at this moment (French civil majority; UTC day).
    pub fn is_minor(&self, now: Moment) -> bool {
        let today = now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
        self.birth_date.age_on(today) < AGE_OF_MAJORITY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_age_changes_on_the_birthday() {
        let birth = BirthDate::parse("20081122").unwrap();
        assert_eq!(birth.age_on(date(2026, 11, 21)), 17);
        assert_eq!(birth.age_on(date(2026, 11, 22)), 18);
    }

    #[test]
    fn an_unknown_birthday_keeps_a_person_minor_as_long_as_possible() {
        let birth = BirthDate::parse("2008").unwrap();
        assert_eq!(birth.age_on(date(2026, 12, 30)), 17);
        assert_eq!(birth.age_on(date(2026, 12, 31)), 18);
    }

    #[test]
    fn a_title_is_written_as_doctors_write_it() {
        let name = PersonName { prefix: "DR".into(), ..PersonName::new("Anne", "EXEMPLE") };
        assert_eq!(name.display(), "Dr Anne EXEMPLE");
    }
}
