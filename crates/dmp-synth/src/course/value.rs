//! Values that follow the course: results trend with the condition and its treatment, and stray a little.

use jiff::civil::Date;

use super::analyte::{Analyte, CREATININE, Driver, HAEMOGLOBIN, HBA1C, HDL, LDL, TRIGLYCERIDES};
use super::condition::{
    ATRIAL_FIBRILLATION, BREAST_CANCER, DIABETES, HEART_FAILURE, HYPERCHOLESTEROLAEMIA, HYPERTENSION, HYPOTHYROIDISM, KIDNEY_DISEASE, PREGNANCY,
    PROSTATE_CANCER,
};
use super::drug::{ATORVASTATIN, WARFARIN};
use super::{Condition, Course, Event, Kind, years_between};
use crate::draw::Draw;

impl Course {
    /// The result of a test on that day.
    pub fn value(&self, analyte: &Analyte, day: Date) -> f64 {
        let (usual, spread) = analyte.usual;
        let stray = self.stray(analyte.loinc, Some(day)) * spread;
        let own = usual + self.stray(analyte.loinc, None) * spread + stray * 0.6;
        let value = match analyte.driver {
            Driver::None => own,
            Driver::Glycated => self.years_of(&DIABETES, day).map_or(own, |years| 6.8 + 1.9 * (-years / 1.5).exp() + 0.04 * years + stray),
            Driver::Glucose => {
                if self.has(&DIABETES, day) {
                    (1.59 * self.value(&HBA1C, day) - 2.59) * 0.85
                } else {
                    own
                }
            }
            Driver::Creatinine => self.creatinine(own, day) + stray * 0.5,
            Driver::Filtration => self.filtration(day),
            Driver::Inr => {
                if self.takes(&WARFARIN, day) {
                    2.5 + stray * 14.0
                } else {
                    own
                }
            }
            Driver::Ldl => match (self.has(&HYPERCHOLESTEROLAEMIA, day), self.takes(&ATORVASTATIN, day)) {
                (_, true) => 1.9 + stray.abs(),
                (true, false) => 4.8 + stray,
                (false, false) => own,
            },
            Driver::Tsh => self.years_of(&HYPOTHYROIDISM, day).map_or(own, |years| 2.2 + 7.4 * (-years * 6.0).exp() + stray * 0.6),
            Driver::Haemoglobin => self.haemoglobin(own, day),
            Driver::Haematocrit => 3.0 * self.value(&HAEMOGLOBIN, day),
            Driver::Cholesterol => self.value(&LDL, day) + self.value(&HDL, day) + self.value(&TRIGLYCERIDES, day) / 2.2,
            Driver::Prostate => self.years_of(&PROSTATE_CANCER, day).map_or(own, |years| 0.1 + 9.6 * (-years * 4.0).exp() + stray.abs() * 0.1),
            Driver::Albumin => self.years_of(&DIABETES, day).map_or(own, |years| 10.0 + 3.0 * years + stray * 2.0),
            Driver::Natriuretic => match (self.has(&HEART_FAILURE, day), self.has(&ATRIAL_FIBRILLATION, day)) {
                (true, _) => 1150.0 + stray * 3.0,
                (false, true) => 380.0 + stray,
                (false, false) => own,
            },
            Driver::Marker => self.years_of(&BREAST_CANCER, day).map_or(own, |years| 17.0 + 19.0 * (-years * 3.0).exp() + stray),
            Driver::Inflammation => {
                if self.is_infected(day) {
                    usual * 3.0 + analyte.high.unwrap_or(usual) * 1.5 + stray
                } else {
                    own
                }
            }
        };
        value.max(usual * 0.05)
    }

    /// The day of the last laboratory report until `day` that has this test: what a doctor quotes is what was reported.
    pub fn last_tested(&self, analyte: &Analyte, day: Date) -> Option<Date> {
        let reported = |event: &Event| match &event.kind {
            Kind::Biology(panel) => panel.iter().any(|part| part.iter().any(|test| test.loinc == analyte.loinc)),
            _ => false,
        };
        self.events.iter().filter(|event| event.day <= day && reported(event)).map(|event| event.day).max()
    }

    /// Systolic and diastolic pressure.
    pub fn blood_pressure(&self, day: Date) -> (i32, i32) {
        let stray = self.stray("ta", Some(day)) * 8.0;
        let age = f64::from(self.age_on(day).clamp(3, 95));
        let usual = 94.0 + age * 0.45;
        let high = self.years_of(&HYPERTENSION, day).map_or(0.0, |years| 8.0 + 22.0 * (-years * 2.0).exp());
        (whole(usual + high + stray), whole(usual * 0.58 + high * 0.35 + stray * 0.5))
    }

    /// Weight in kilograms.
    pub fn weight(&self, day: Date) -> f64 {
        let age = years_between(self.born, day);
        let grown = if age < 18.0 { growth(age) } else { 1.0 };
        let expecting = self.years_of(&PREGNANCY, day).filter(|_| self.has(&PREGNANCY, day)).map_or(0.0, |years| years * 16.0);
        let stray = self.stray("poids", Some(day));
        self.adult_weight_kg * grown + expecting + stray * grown
    }

    /// Height in centimetres.
    pub fn height(&self, day: Date) -> f64 {
        let age = years_between(self.born, day);
        if age >= 18.0 { self.height_cm } else { 50.0 + (self.height_cm - 50.0) * (age / 18.0).powf(0.62) }
    }

    /// Heart rate.
    pub fn heart_rate(&self, day: Date) -> i32 {
        let child = f64::from((12 - self.age_on(day)).max(0)) * 4.0;
        whole(72.0 + child + self.stray("fc", Some(day)) * 9.0)
    }

    fn creatinine(&self, own: f64, day: Date) -> f64 {
        let sex = if self.female { -6.0 } else { 8.0 };
        let kidney = self.years_of(&KIDNEY_DISEASE, day).map_or(0.0, |years| 38.0 + 5.0 * years);
        let diabetes = self.years_of(&DIABETES, day).map_or(0.0, |years| 1.1 * years);
        let child = f64::from((16 - self.age_on(day)).max(0)) * 2.6;
        (own + sex + kidney + diabetes - child).max(18.0)
    }

    /// CKD-EPI 2009, from the creatinine of the same day.
    fn filtration(&self, day: Date) -> f64 {
        let creatinine = self.value(&CREATININE, day) / 88.4;
        let (kappa, alpha, factor) = if self.female { (0.7, -0.329, 144.0 / 141.0) } else { (0.9, -0.411, 1.0) };
        let ratio: f64 = creatinine / kappa;
        let age = f64::from(self.age_on(day).max(18));
        let value = 141.0 * ratio.min(1.0).powf(alpha) * ratio.max(1.0).powf(-1.209) * 0.993_f64.powf(age) * factor;
        value.min(130.0)
    }

    fn haemoglobin(&self, own: f64, day: Date) -> f64 {
        let sex = if self.female { -0.7 } else { 0.7 };
        let lost = if self.has(&PREGNANCY, day) { 2.0 } else { 0.0 } + if self.has(&KIDNEY_DISEASE, day) { 1.3 } else { 0.0 };
        own + sex - lost
    }

    fn is_infected(&self, day: Date) -> bool {
        self.episodes
            .iter()
            .any(|episode| matches!(episode.condition.code, "J18.9" | "K35.8" | "A09.9" | "J44.1" | "H66.9" | "J21.9") && episode.is_active_on(day))
    }

    fn years_of(&self, condition: &Condition, day: Date) -> Option<f64> {
        self.onset_of(condition, day).map(|onset| years_between(onset, day))
    }

    /// Between −1 and 1: this person's own (no day) or this day's.
    fn stray(&self, what: &str, day: Option<Date>) -> f64 {
        let word = what.bytes().fold(0_u64, |hash, byte| hash.wrapping_mul(131).wrapping_add(u64::from(byte)));
        let number = day.map_or(0, |day| u64::try_from(i32::from(day.year()) * 400 + i32::from(day.day_of_year())).unwrap_or(0));
        Draw::of(self.key, &[word, number]).noise()
    }
}

/// Share of the adult weight at an age under 18.
fn growth(age: f64) -> f64 {
    const POINTS: [(f64, f64); 8] = [(0.0, 0.053), (1.0, 0.15), (2.0, 0.19), (4.0, 0.25), (8.0, 0.40), (12.0, 0.62), (15.0, 0.85), (18.0, 1.0)];
    let mut before = (0.0, 0.053);
    for point in POINTS {
        if age <= point.0 {
            let span: f64 = point.0 - before.0;
            let share = if span > 0.0 { (age - before.0) / span } else { 0.0 };
            return before.1 + (point.1 - before.1) * share;
        }
        before = point;
    }
    1.0
}

/// Rounded to a whole number.
#[expect(clippy::cast_possible_truncation, reason = "physiological values are far inside the bounds of i32")]
fn whole(value: f64) -> i32 {
    value.round() as i32
}
