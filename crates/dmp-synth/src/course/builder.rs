//! Builds the course of one person: which conditions they have, then every moment of care.

use dmp_core::document::Visibility;
use jiff::civil::{Date, Weekday};

use super::condition::{
    ALZHEIMER, ASTHMA, ATRIAL_FIBRILLATION, COPD, DIABETES, HEART_FAILURE, HYPERCHOLESTEROLAEMIA, HYPERTENSION, HYPOTHYROIDISM, KIDNEY_DISEASE,
    KNEE_OSTEOARTHRITIS, MIGRAINE,
};
use super::{Allergy, Condition, Course, Drug, Episode, Event, Kind, Treatment, vaccine};
use crate::draw::Draw;
use crate::people::{Person, Story};

/// Years that a course covers.
const YEARS: i32 = 10;

/// The course of a person until the day before `today`.
pub(crate) fn course_of(seed: u64, person: &Person, today: Date) -> Course {
    let mut builder = Builder::new(seed, person, today);
    if person.born < today && person.has_record {
        builder.live();
    }
    let mut course = builder.course;
    course.events.sort_by_key(|event| (event.day, event.minute));
    course.episodes.sort_by_key(|episode| episode.onset);
    course.treatments.sort_by_key(|treatment| treatment.from);
    course
}

/// What lays out a condition from its onset on.
type FollowUp<'a> = fn(&mut Builder<'a>, Date);

/// A course under construction.
pub(crate) struct Builder<'a> {
    pub course: Course,
    pub draw: Draw,
    pub person: &'a Person,
    pub today: Date,
    /// First day that can have a document.
    pub start: Date,
    /// The attending doctor.
    pub doctor: u32,
}

impl<'a> Builder<'a> {
    fn new(seed: u64, person: &'a Person, today: Date) -> Self {
        let number = u64::from(person.index);
        let mut draw = Draw::of(seed, &[0xC0, number]);
        let height_cm = f64::from(if person.female { draw.between(152, 176) } else { draw.between(164, 190) });
        let mass = f64::from(draw.between(20, 29)) + f64::from(draw.below(10)) / 10.0;
        let course = Course {
            episodes: Vec::new(),
            treatments: Vec::new(),
            allergies: Vec::new(),
            shots: vaccine::shots(&mut draw, person.born, today),
            procedures: Vec::new(),
            events: Vec::new(),
            family: Vec::new(),
            smoker: draw.chance(24),
            height_cm,
            adult_weight_kg: mass * height_cm * height_cm / 10_000.0,
            female: person.female,
            born: person.born,
            key: draw.next(),
        };
        let start = today.checked_sub(jiff::Span::new().years(YEARS)).unwrap_or(today).max(person.born);
        Builder { course, draw, person, today, start, doctor: person.attending_doctor.0 }
    }

    fn live(&mut self) {
        self.background();
        match self.person.story {
            Story::Ordinary => self.ordinary(),
            Story::Claire => self.claire(),
            Story::Healthy => self.young_woman(),
            Story::AdolescentWithSecretCare => self.adolescent(),
            Story::SmallChild => self.childhood(),
            Story::Dementia => self.dementia_story(),
            Story::NoRecord => {}
            Story::BreastCancerNow => self.breast_cancer(self.back(120)),
            Story::Depression => self.depression(self.back(900), true),
            Story::Pregnant => self.pregnancy(self.back(180)),
            Story::NursingHome => self.nursing_home(),
            Story::LungDiseaseAtWork => self.lung_disease_at_work(),
        }
        self.everyday();
    }

    /// Allergies and family, for everyone.
    fn background(&mut self) {
        let since = self.at_age(self.draw.clone().between(4, 30)).min(self.back(40));
        if self.draw.chance(9) && since > self.person.born {
            self.course.allergies.push(Allergy {
                kind: ("416098002", "allergie médicamenteuse"),
                agent: "Amoxicilline",
                atc: Some(("J01CA04", "amoxicilline")),
                since,
            });
        } else if self.draw.chance(5) && since > self.person.born {
            self.course.allergies.push(Allergy { kind: ("414285001", "allergie alimentaire"), agent: "Arachide", atc: None, since });
        }
        for (percent, relative, condition) in [(22, "Mère", DIABETES), (25, "Père", HYPERTENSION), (9, "Mère", ATRIAL_FIBRILLATION)] {
            if self.draw.chance(percent) {
                self.course.family.push((relative, condition));
            }
        }
    }

    /// Conditions by age and sex, each with a probability close to what a French practice sees.
    fn ordinary(&mut self) {
        let age = self.course.age_on(self.today);
        if age < 18 {
            return self.childhood();
        }
        let risk = |young: u32, middle: u32, old: u32| match age {
            ..45 => young,
            45..70 => middle,
            _ => old,
        };
        let table: [(u32, Condition, FollowUp<'a>); 12] = [
            (risk(3, 28, 62), HYPERTENSION, Self::hypertension),
            (risk(1, 10, 18), DIABETES, Self::diabetes),
            (risk(2, 20, 32), HYPERCHOLESTEROLAEMIA, Self::cholesterol),
            (risk(0, 2, 14), ATRIAL_FIBRILLATION, Self::atrial_fibrillation),
            (risk(0, 6, 9), COPD, Self::lung_disease),
            (risk(7, 4, 3), ASTHMA, Self::asthma),
            (risk(2, 5, 8), HYPOTHYROIDISM, Self::thyroid),
            (risk(0, 12, 30), KNEE_OSTEOARTHRITIS, Self::osteoarthritis),
            (risk(0, 3, 15), KIDNEY_DISEASE, Self::kidney_disease),
            (risk(0, 1, 8), HEART_FAILURE, Self::heart_failure),
            (risk(9, 6, 1), MIGRAINE, Self::migraine),
            (risk(0, 0, 9), ALZHEIMER, Self::dementia),
        ];
        for (percent, condition, follow) in table {
            let earliest = if condition == ALZHEIMER { 68 } else { 19 };
            if self.draw.chance(percent) {
                let onset = self.back(self.draw.clone().between(200, 15 * 365)).max(self.at_age(earliest));
                if onset < self.today {
                    follow(self, onset);
                }
                self.draw.next();
            }
        }
        self.ordinary_events(age);
    }

    fn ordinary_events(&mut self, age: i32) {
        let recent = self.back(self.draw.clone().between(100, 9 * 365));
        self.draw.next();
        let at_event = self.course.age_on(recent);
        if self.person.female && (22..=41).contains(&at_event) && self.draw.chance(38) {
            self.pregnancy(recent);
        }
        if self.person.female && (45..=85).contains(&at_event) && self.draw.chance(5) {
            self.breast_cancer(recent);
        }
        if !self.person.female && (60..=88).contains(&at_event) && self.draw.chance(7) {
            self.prostate_cancer(recent);
        }
        if (18..=70).contains(&at_event) && self.draw.chance(9) {
            self.depression(recent, false);
        }
        if (78..=100).contains(&at_event) && self.draw.chance(13) {
            self.hip_fracture(recent);
        }
        if age < 60 && at_event >= 18 && self.draw.chance(10) {
            self.wrist_fracture(recent);
        }
        if (18..50).contains(&at_event) && self.draw.chance(4) {
            self.appendicitis(recent);
        }
        if at_event > 60 && self.draw.chance(8) {
            self.pneumonia(recent);
        }
    }

    // ---- words of the builder ----

    /// So many days before today.
    pub fn back(&self, days: i32) -> Date {
        self.today.checked_sub(jiff::Span::new().days(days)).unwrap_or(self.today)
    }

    /// The birthday of that age.
    pub fn at_age(&self, years: i32) -> Date {
        self.person.born.checked_add(jiff::Span::new().years(years)).unwrap_or(self.today)
    }

    /// So many days after a day.
    pub fn after(&self, day: Date, days: i32) -> Date {
        day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
    }

    /// Whether penicillins are ruled out.
    pub fn is_allergic_to_penicillin(&self) -> bool {
        self.course.allergies.iter().any(|allergy| allergy.atc.is_some_and(|(code, _)| code == "J01CA04"))
    }

    /// A condition that starts that day and goes on, or ends after so many days.
    pub fn falls_ill(&mut self, condition: Condition, onset: Date, days: Option<i32>) {
        let end = days.map(|days| self.after(onset, days)).filter(|end| *end < self.today);
        if onset >= self.person.born && onset < self.today {
            self.course.episodes.push(Episode { condition, onset, end });
        }
    }

    /// A medicine from that day on, or for so many days.
    pub fn takes(&mut self, drug: Drug, from: Date, days: Option<i32>) {
        let to = days.map(|days| self.after(from, days)).filter(|to| *to < self.today);
        if from < self.today {
            self.course.treatments.push(Treatment { drug, from, to });
        }
    }

    /// A document that everyone entitled may see.
    pub fn write(&mut self, day: Date, author: u32, kind: Kind) {
        self.write_seen(day, author, kind, Visibility::default());
    }

    /// A document, on the next working day unless it comes from an emergency or a stay; nothing outside of the years of the course.
    pub fn write_seen(&mut self, day: Date, author: u32, kind: Kind, visibility: Visibility) {
        let shift = match (day.weekday(), &kind) {
            (_, Kind::Page(_) | Kind::Liaison(_) | Kind::File(_) | Kind::Vaccination(_) | Kind::Directives) => 0,
            (Weekday::Saturday, _) => 2,
            (Weekday::Sunday, _) => 1,
            (Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday, _) => 0,
        };
        let day = self.after(day, shift);
        // On one day the visit comes first, then what it prescribes, then the pharmacy.
        let hours = match &kind {
            Kind::Prescription { .. } | Kind::LabOrder(_) | Kind::Summary | Kind::VaccinationHistory => (16 * 60, 17 * 60 + 20),
            Kind::Dispensation { .. } | Kind::Directives => (17 * 60 + 30, 19 * 60),
            Kind::Report(_) | Kind::Visit(_) | Kind::Liaison(_) | Kind::Page(_) | Kind::File(_) | Kind::Biology(_) | Kind::Vaccination(_) => {
                (8 * 60 + 30, 15 * 60 + 50)
            }
        };
        let minute = u16::try_from(self.draw.between(hours.0, hours.1)).unwrap_or(600);
        if day >= self.start && day < self.today {
            self.course.events.push(Event { day, minute, author, kind, visibility });
        }
    }

    /// A prescription and, most often, its dispensation by a pharmacist of the town within three days.
    pub fn prescribe(&mut self, day: Date, author: u32, acute: &'static [Drug], renew: bool) {
        self.write(day, author, Kind::Prescription { acute, renew });
        if self.draw.chance(70) {
            let pharmacist = if self.person.index % 3 == 2 { crate::people::at::SECOND_PHARMACIST } else { crate::people::at::PHARMACIST };
            let later = self.draw.between(0, 3);
            self.write(self.after(day, later), pharmacist, Kind::Dispensation { acute, renew, prescriber: author });
        }
    }

    /// Tests ordered that day and reported a few days later.
    pub fn test(&mut self, day: Date, author: u32, panel: super::Panel) {
        if self.draw.chance(60) {
            self.write(day, author, Kind::LabOrder(panel));
        }
        let later = self.draw.between(2, 9);
        self.write(self.after(day, later), crate::people::at::BIOLOGIST, Kind::Biology(panel));
    }

    /// Calls `act` every so many months from `onset` until today, with the number of the turn; skips what lies before the
    /// years of the course but still counts it.
    pub fn every(&mut self, months: i32, onset: Date, act: impl Fn(&mut Self, Date, i32)) {
        for turn in 1..400 {
            let Ok(due) = onset.checked_add(jiff::Span::new().months(months * turn)) else { return };
            let day = self.after(due, self.draw.clone().between(-9, 9));
            self.draw.next();
            if day >= self.today {
                return;
            }
            if day >= self.start {
                act(self, day, turn);
            }
        }
    }
}
