//! What every adult meets (check-ups, vaccines, the dentist, certificates) and the stories of the named cast.

use jiff::civil::Date;

use super::acute::MASKED;
use super::analyte::{ANTICOAGULATION, DIABETIC_WIDE, GERIATRIC, ROUTINE};
use super::builder::Builder;
use super::condition::{CYSTITIS, GASTROENTERITIS, HYPERTENSION, THROAT_INFECTION};
use super::drug::{AMOXICILLIN, CONTRACEPTIVE, FOSFOMYCIN, PARACETAMOL};
use super::scripts_acute as acute;
use super::scripts_chronic as script;
use super::scripts_hospital as hospital;
use super::scripts_imaging as imaging;
use super::{Allergy, Kind};
use crate::people::{Story, at};

impl Builder<'_> {
    /// What goes on beside the conditions, for everyone.
    pub(super) fn everyday(&mut self) {
        if self.person.story == Story::NoRecord {
            return;
        }
        self.vaccinations();
        let age = self.course.age_on(self.today);
        if age < 18 {
            return;
        }
        let first = self.at_age(18).max(self.start);
        self.every(22, first, |b, day, turn| match turn % 4 {
            0 => b.dental(day),
            1 => b.back_pain(day),
            2 => b.infection(day),
            _ => b.check_up(day),
        });
        if (18..60).contains(&age) && self.draw.chance(30) {
            self.write(self.back(200), at::OCCUPATIONAL, Kind::Page(&acute::FIT_FOR_WORK));
        }
        if age < 50 && self.draw.chance(30) {
            self.write(self.back(320), self.doctor, Kind::Page(&acute::SPORT));
        }
        let chronic = self.course.episodes.iter().any(|episode| episode.condition.chronic);
        if chronic || age >= 65 {
            for years in 0..3 {
                self.write(self.back(60 + years * 365), self.doctor, Kind::Summary);
            }
        }
        let decides = matches!(self.person.story, Story::Claire | Story::NursingHome);
        if decides || (age >= 70 && self.draw.chance(20)) {
            self.write(self.back(400), self.doctor, Kind::Directives);
        }
    }

    fn vaccinations(&mut self) {
        let days: Vec<Date> = self.course.shots.iter().map(|shot| shot.day).collect();
        let child = self.course.age_on(self.today) < 18;
        for (number, day) in days.into_iter().enumerate() {
            let author = match (child, number % 3) {
                (false, 0) => at::PHARMACIST,
                (false, 1) => at::NURSE,
                (true, _) | (false, _) => self.doctor,
            };
            self.write(day, author, Kind::Vaccination(number));
        }
        if self.course.shots.len() > 3 {
            self.write(self.back(150), self.doctor, Kind::VaccinationHistory);
        }
    }

    fn check_up(&mut self, day: Date) {
        self.write(day, self.doctor, Kind::Visit(&script::CHECK_UP));
        self.test(day, self.doctor, ROUTINE);
    }

    fn dental(&mut self, day: Date) {
        self.write(day, at::DENTIST, Kind::Report(&acute::DENTAL));
    }

    fn infection(&mut self, day: Date) {
        match self.draw.below(3) {
            0 if !self.is_allergic_to_penicillin() => {
                self.falls_ill(THROAT_INFECTION, day, Some(10));
                self.write(day, self.doctor, Kind::Visit(&acute::THROAT));
                self.prescribe(day, self.doctor, &[AMOXICILLIN, PARACETAMOL], false);
            }
            1 if self.person.female => {
                self.falls_ill(CYSTITIS, day, Some(6));
                self.write(day, self.doctor, Kind::Visit(&acute::CYSTITIS));
                self.prescribe(day, self.doctor, &[FOSFOMYCIN], false);
            }
            _ => {
                self.falls_ill(GASTROENTERITIS, day, Some(6));
                self.write(day, self.doctor, Kind::Visit(&acute::GASTRO));
                self.prescribe(day, self.doctor, &[PARACETAMOL], false);
            }
        }
    }

    /// Claire: diabetes for twelve years, hypertension before it, atrial fibrillation since 2019, a knee and a cataract.
    pub(super) fn claire(&mut self) {
        let day = |year: i16, month: i8, day: i8| Date::new(year, month, day).unwrap_or(Date::ZERO);
        self.course.smoker = false;
        let agent = ("J01EE01", "sulfaméthoxazole et triméthoprime");
        self.course.allergies =
            vec![Allergy { kind: ("416098002", "allergie médicamenteuse"), agent: "Sulfaméthoxazole", atc: Some(agent), since: day(1994, 4, 11) }];
        self.course.height_cm = 163.0;
        self.course.adult_weight_kg = 78.0;
        self.hypertension(day(2011, 2, 8));
        self.diabetes(day(2014, 5, 12));
        self.cholesterol(day(2014, 6, 20));
        self.atrial_fibrillation(day(2019, 3, 4));
        self.osteoarthritis(day(2020, 10, 6));
        self.every(3, day(2016, 1, 20), |b, day, turn| {
            b.write(day, at::NURSE, Kind::Report(&script::NURSE_VISIT));
            if turn % 4 == 2 {
                b.test(day, b.doctor, DIABETIC_WIDE);
            }
            if turn % 6 == 0 {
                b.write(b.after(day, 9), at::RADIOLOGIST, Kind::Report(&imaging::MAMMOGRAM_NORMAL));
            }
        });
        self.write(day(2023, 9, 14), at::OPHTHALMOLOGIST, Kind::Report(&hospital::CATARACT_OPERATION));
        self.course.procedures.push((day(2023, 9, 14), "Chirurgie de la cataracte de l'œil droit"));
        self.pneumonia(day(2024, 1, 22));
        self.write(day(2025, 11, 18), at::EMERGENCY, Kind::Page(&hospital::LOW_SUGAR));
        self.write(day(2024, 6, 3), self.doctor, Kind::Report(&script::LONG_TERM_PROTOCOL));
        self.write(day(2025, 3, 11), at::DENTIST, Kind::Report(&acute::DENTAL));
    }

    pub(super) fn young_woman(&mut self) {
        self.takes(CONTRACEPTIVE, self.back(1500), None);
        self.every(14, self.back(1500), |b, day, _| {
            b.write_seen(day, at::MIDWIFE, Kind::Visit(&acute::CONTRACEPTION), MASKED);
            b.write_seen(day, at::MIDWIFE, Kind::Prescription { acute: &[CONTRACEPTIVE], renew: false }, MASKED);
        });
        self.write(self.back(260), self.doctor, Kind::Page(&acute::SPORT));
    }

    pub(super) fn dementia_story(&mut self) {
        self.hypertension(self.back(5000));
        self.dementia(self.back(1900));
        self.hip_fracture(self.back(560));
    }

    pub(super) fn nursing_home(&mut self) {
        self.hypertension(self.back(8000));
        self.atrial_fibrillation(self.back(2600));
        self.heart_failure(self.back(1500));
        self.kidney_disease(self.back(2000));
        self.every(3, self.back(1200), |b, day, turn| {
            b.write(day, at::GERIATRICIAN, Kind::Visit(&script::NURSING_HOME_VISIT));
            if turn % 2 == 0 {
                b.test(day, at::GERIATRICIAN, GERIATRIC);
            } else {
                b.write(day, at::BIOLOGIST, Kind::Biology(ANTICOAGULATION));
            }
        });
    }

    pub(super) fn lung_disease_at_work(&mut self) {
        self.lung_disease(self.back(2400));
        self.falls_ill(HYPERTENSION, self.back(1800), None);
        self.takes(super::drug::AMLODIPINE, self.back(1800), None);
        self.every(24, self.back(3300), |b, day, _| b.write(day, at::OCCUPATIONAL, Kind::Page(&acute::FIT_FOR_WORK)));
    }
}
