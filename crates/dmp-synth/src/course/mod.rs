//! Life courses: what happened to a person over the last ten years, and what was written about it.

mod acute;
mod adult;
mod analyte;
mod builder;
mod child;
mod chronic;
mod condition;
mod drug;
mod fill;
mod script;
mod scripts_acute;
mod scripts_chronic;
mod scripts_hospital;
mod scripts_imaging;
mod vaccine;
mod value;

use dmp_core::document::Visibility;
use jiff::civil::Date;

pub(crate) use analyte::{Analyte, Chapter};
pub(crate) use builder::course_of;
pub(crate) use condition::Condition;
pub(crate) use drug::{Drug, PARACETAMOL};
pub(crate) use fill::{decimal, french_day};
pub(crate) use script::{Part, Script};
pub(crate) use vaccine::Shot;

/// Tests ordered together, by chapter or not.
pub(crate) type Panel = &'static [&'static [Analyte]];

/// A condition from its onset to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Episode {
    pub condition: Condition,
    pub onset: Date,
    pub end: Option<Date>,
}

impl Episode {
    /// Whether it goes on that day.
    pub fn is_active_on(&self, day: Date) -> bool {
        self.onset <= day && self.end.is_none_or(|end| end > day)
    }
}

/// A medicine taken from a day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Treatment {
    pub drug: Drug,
    pub from: Date,
    pub to: Option<Date>,
}

/// An allergy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allergy {
    /// SNOMED CT code and words of its kind.
    pub kind: (&'static str, &'static str),
    pub agent: &'static str,
    pub atc: Option<(&'static str, &'static str)>,
    pub since: Date,
}

/// What is written about a moment of care.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// A structured report: consultation, operation, imaging…
    Report(&'static Script),
    /// A report with measures taken at the visit.
    Visit(&'static Script),
    /// A discharge letter, with the treatments before and after.
    Liaison(&'static Script),
    /// A one-page PDF in a level 1 envelope.
    Page(&'static Script),
    /// A file of many pages in a level 1 envelope.
    File(&'static Script),
    Biology(Panel),
    LabOrder(Panel),
    /// Medicines for the episode, and the renewal of current ones.
    Prescription {
        acute: &'static [Drug],
        renew: bool,
    },
    Dispensation {
        acute: &'static [Drug],
        renew: bool,
        prescriber: u32,
    },
    /// Number of the shot in the course.
    Vaccination(usize),
    VaccinationHistory,
    Summary,
    /// Advance directives, written by the person.
    Directives,
}

/// A moment of care that left a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Event {
    pub day: Date,
    /// Minutes after midnight, Paris time.
    pub minute: u16,
    /// Position of the author in the staff.
    pub author: u32,
    pub kind: Kind,
    pub visibility: Visibility,
}

/// The life course of one person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Course {
    pub episodes: Vec<Episode>,
    pub treatments: Vec<Treatment>,
    pub allergies: Vec<Allergy>,
    pub shots: Vec<Shot>,
    pub procedures: Vec<(Date, &'static str)>,
    /// Oldest first.
    pub events: Vec<Event>,
    pub family: Vec<(&'static str, Condition)>,
    pub smoker: bool,
    pub height_cm: f64,
    pub adult_weight_kg: f64,
    pub female: bool,
    pub born: Date,
    /// Seed of this person's values.
    pub key: u64,
}

impl Course {
    /// Treatments that go on that day.
    pub fn treatments_on(&self, day: Date) -> impl Iterator<Item = &Treatment> {
        self.treatments.iter().filter(move |treatment| treatment.from <= day && treatment.to.is_none_or(|to| to > day))
    }

    /// Whether the person has the condition that day.
    pub fn has(&self, condition: &Condition, day: Date) -> bool {
        self.episodes.iter().any(|episode| episode.condition == *condition && episode.is_active_on(day))
    }

    /// When the condition started, if it did by that day.
    pub fn onset_of(&self, condition: &Condition, day: Date) -> Option<Date> {
        self.episodes.iter().filter(|episode| episode.condition == *condition && episode.onset <= day).map(|episode| episode.onset).max()
    }

    /// Whether a medicine is taken that day.
    pub fn takes(&self, drug: &Drug, day: Date) -> bool {
        self.treatments_on(day).any(|treatment| treatment.drug == *drug)
    }

    /// Age in whole years.
    pub fn age_on(&self, day: Date) -> i32 {
        let had_birthday = (day.month(), day.day()) >= (self.born.month(), self.born.day());
        i32::from(day.year() - self.born.year()) - i32::from(!had_birthday)
    }
}

/// Years from one day to another, with decimals; 0 when the other is earlier.
pub(crate) fn years_between(from: Date, to: Date) -> f64 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    f64::from(days.max(0)) / 365.25
}
