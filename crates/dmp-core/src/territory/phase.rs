//! From when on records open, *caisse* by *caisse*: a pilot phase, then everybody. Days begin at midnight in Paris.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Caisse;
use crate::calendar::{midnight, spoken};
use crate::moment::Moment;
use crate::record::Language;

/// First days of the *caisses*.
///
/// A file has one fact a line; `#` begins a remark, empty lines do not count:
///
/// ```text
/// # nine pilots of 2017, everybody from a day on
/// preset 2017
/// 351 2017-03-01
/// general 2018-11-06
/// ```
///
/// `preset 2017` stands for the nine pilots on 1 January 2017 and a general opening on 6 November 2018; a line below it says otherwise. Without a
/// `general` line, whoever is of another *caisse* waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phase {
    first_days: BTreeMap<Caisse, Date>,
    general: Option<Date>,
}

/// A line that cannot be read, by its number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseFault(pub usize);

impl std::fmt::Display for PhaseFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: a line is `CAISSE YYYY-MM-DD`, `general YYYY-MM-DD` or `preset 2017`", self.0)
    }
}

impl std::error::Error for PhaseFault {}

/// Records do not open yet: whose *caisse*, when it is known, and the first day, when there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotYet {
    pub caisse: Option<Caisse>,
    pub first_day: Option<Date>,
}

impl Phase {
    /// Reads a file.
    ///
    /// # Errors
    /// The first line that is none.
    pub fn parse(text: &str) -> Result<Self, PhaseFault> {
        let mut phase = Phase::default();
        for (place, line) in text.lines().enumerate() {
            let facts = line.split('#').next().unwrap_or_default();
            let words: Vec<&str> = facts.split_whitespace().collect();
            let read = match words.as_slice() {
                [] => Some(()),
                ["preset", "2017"] => {
                    phase = Phase::preset_2017();
                    Some(())
                }
                ["general", day] => day.parse().ok().map(|day| phase.general = Some(day)),
                [caisse, day] => Caisse::parse(caisse).ok().zip(day.parse().ok()).map(|(caisse, day)| {
                    phase.first_days.insert(caisse, day);
                }),
                _ => None,
            };
            read.ok_or(PhaseFault(place + 1))?;
        }
        Ok(phase)
    }

    /// The nine pilots from 1 January 2017, everybody from 6 November 2018.
    pub fn preset_2017() -> Self {
        let first_days = Caisse::pilots().into_iter().map(|caisse| (caisse, jiff::civil::date(2017, 1, 1))).collect();
        Phase { first_days, general: Some(jiff::civil::date(2018, 11, 6)) }
    }

    /// Whether records of people of a *caisse* open at a moment. Whose *caisse* nobody knows waits for the general opening.
    ///
    /// # Errors
    /// [`NotYet`], with the first day.
    pub fn opens(&self, caisse: Option<&Caisse>, now: Moment) -> Result<(), NotYet> {
        let own = caisse.and_then(|caisse| self.first_days.get(caisse)).copied();
        // The general opening opens to everybody, even where a later day was written by mistake.
        let first_day = [own, self.general].into_iter().flatten().min();
        if first_day.is_some_and(|day| midnight(day) <= now) { Ok(()) } else { Err(NotYet { caisse: caisse.cloned(), first_day }) }
    }

    /// The *caisses* that have a day of their own, with it, and the general day: for who wants to know before they type.
    pub fn days(&self) -> (impl Iterator<Item = (&Caisse, Date)>, Option<Date>) {
        (self.first_days.iter().map(|(caisse, day)| (caisse, *day)), self.general)
    }

    /// Whether everybody's records open at a moment.
    pub fn is_over(&self, now: Moment) -> bool {
        self.general.is_some_and(|day| midnight(day) <= now)
    }
}

impl NotYet {
    /// What people are told, in French and in English.
    pub fn words(&self) -> (String, String) {
        let (whose_fr, whose_en) = match &self.caisse {
            Some(caisse) => {
                (format!("de la caisse {} ({})", caisse.name(), caisse.code()), format!("of the caisse {} ({})", caisse.name(), caisse.code()))
            }
            None => ("d’une caisse qui n’est pas indiquée".to_owned(), "of a caisse that was not told".to_owned()),
        };
        match self.first_day.map(|day| (spoken(day, Language::French), spoken(day, Language::English))) {
            Some((fr, en)) => (
                format!("Les dossiers des personnes {whose_fr} s’ouvrent à partir du {fr} : revenez ce jour-là."),
                format!("Records of people {whose_en} open from {en} on: come back on that day."),
            ),
            None => (
                format!("Les dossiers des personnes {whose_fr} ne s’ouvrent pas encore ; le jour n’est pas fixé."),
                format!("Records of people {whose_en} do not open yet; the day is not set."),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse_fhir(text).unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_in_paris_and_not_in_greenwich() {
        let phase = Phase::parse("671 2017-01-01\ngeneral 2018-07-01").unwrap();
        let pilot = Caisse::parse("671").unwrap();
        // Winter: one hour before; summer: two.
        assert!(phase.opens(Some(&pilot), at("2016-12-31T22:59:59Z")).is_err());
        assert_eq!(phase.opens(Some(&pilot), at("2016-12-31T23:00:00Z")), Ok(()));
        assert!(phase.opens(None, at("2018-06-30T21:59:59Z")).is_err());
        assert_eq!(phase.opens(None, at("2018-06-30T22:00:00Z")), Ok(()));
    }

    #[test]
    fn the_pilots_of_2017_open_before_everybody() {
        let phase = Phase::parse("preset 2017").unwrap();
        let now = at("2017-06-01T12:00:00Z");
        for caisse in Caisse::pilots() {
            assert_eq!(phase.opens(Some(&caisse), now), Ok(()), "{}", caisse.code());
        }
        let other = Caisse::parse("351").unwrap();
        let refused = phase.opens(Some(&other), now).unwrap_err();
        let (fr, en) = refused.words();
        assert!(fr.contains("Ille-et-Vilaine (351)") && fr.contains("6 novembre 2018"), "{fr}");
        assert!(en.contains("Ille-et-Vilaine (351)") && en.contains("6 November 2018"), "{en}");
        assert!(!phase.is_over(now) && phase.is_over(at("2018-11-06T00:00:00Z")));
    }

    #[test]
    fn a_line_below_a_preset_says_otherwise_and_without_a_general_day_the_others_wait() {
        let phase = Phase::parse("preset 2017 # nine\n\n351 2017-03-01\n").unwrap();
        assert_eq!(phase.opens(Caisse::parse("351").ok().as_ref(), at("2017-03-02T12:00:00Z")), Ok(()));
        let narrow = Phase::parse("351 2017-03-01").unwrap();
        let refused = narrow.opens(Caisse::parse("441").ok().as_ref(), at("2030-01-01T00:00:00Z")).unwrap_err();
        assert_eq!(refused.first_day, None);
        assert!(refused.words().0.contains("n’est pas fixé"));
    }

    #[test]
    fn a_line_that_is_none_is_told_by_its_number() {
        for text in ["preset 2018", "671", "671 2017-13-01", "961 2017-01-01", "general", "671 2017-01-01 x"] {
            assert_eq!(Phase::parse(&format!("# head\n{text}")), Err(PhaseFault(2)), "{text}");
        }
    }
}
