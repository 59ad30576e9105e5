//! Chronic conditions: treatment steps, visits, tests and specialists, year after year.

use jiff::civil::Date;

use super::Kind;
use super::analyte::{ANTICOAGULATION, DIABETIC, DIABETIC_WIDE, GERIATRIC, HEART, KIDNEY, PROSTATE, ROUTINE, THYROID};
use super::builder::Builder;
use super::condition::{
    ALZHEIMER, ASTHMA, ATRIAL_FIBRILLATION, COPD, DIABETES, HEART_FAILURE, HYPERCHOLESTEROLAEMIA, HYPERTENSION, HYPOTHYROIDISM, KIDNEY_DISEASE,
    KNEE_OSTEOARTHRITIS, MIGRAINE, PROSTATE_CANCER,
};
use super::drug::{
    AMLODIPINE, APIXABAN, ATORVASTATIN, BISOPROLOL, BUDESONIDE_FORMOTEROL, CHOLECALCIFEROL, DONEPEZIL, EMPAGLIFLOZIN, FUROSEMIDE, GLICLAZIDE,
    LEUPRORELIN, LEVOTHYROXINE, METFORMIN, PARACETAMOL, PREDNISOLONE, RAMIPRIL, SALBUTAMOL, SUMATRIPTAN, TIOTROPIUM, WARFARIN,
};
use super::scripts_chronic as script;
use super::scripts_hospital as hospital;
use super::scripts_imaging as imaging;
use crate::people::at;

impl Builder<'_> {
    pub(super) fn diabetes(&mut self, onset: Date) {
        self.falls_ill(DIABETES, onset, None);
        self.takes(METFORMIN, onset, None);
        self.takes(GLICLAZIDE, self.after(onset, 4 * 365), None);
        self.takes(EMPAGLIFLOZIN, self.after(onset, 7 * 365), None);
        self.write(onset, self.doctor, Kind::Visit(&script::DIABETES_FOUND));
        self.test(self.after(onset, 3), self.doctor, DIABETIC_WIDE);
        self.every(6, onset, |b, day, turn| {
            b.write(day, b.doctor, Kind::Visit(if turn % 2 == 0 { &script::DIABETES_YEAR } else { &script::DIABETES_VISIT }));
            b.prescribe(day, b.doctor, &[], true);
            b.test(b.after(day, -12), b.doctor, if turn % 2 == 0 { DIABETIC_WIDE } else { DIABETIC });
        });
        self.every(24, onset, |b, day, _| b.write(day, at::OPHTHALMOLOGIST, Kind::Report(&script::FUNDUS)));
        self.every(18, onset, |b, day, _| b.write(day, at::PODIATRIST, Kind::Report(&script::FOOT_CARE)));
        self.every(20, onset, |b, day, _| b.write(day, at::ENDOCRINOLOGIST, Kind::Visit(&script::DIABETOLOGIST)));
        self.every(36, onset, |b, day, _| b.write(day, at::DIETITIAN, Kind::Report(&script::DIET)));
    }

    pub(super) fn hypertension(&mut self, onset: Date) {
        self.falls_ill(HYPERTENSION, onset, None);
        self.takes(RAMIPRIL, onset, None);
        self.takes(AMLODIPINE, self.after(onset, 2 * 365), None);
        self.write(onset, self.doctor, Kind::Visit(&script::PRESSURE_FOUND));
        self.every(9, onset, |b, day, turn| {
            b.write(day, b.doctor, Kind::Visit(&script::PRESSURE_VISIT));
            b.prescribe(day, b.doctor, &[], true);
            if turn % 2 == 0 {
                b.test(b.after(day, -10), b.doctor, ROUTINE);
            }
        });
    }

    pub(super) fn cholesterol(&mut self, onset: Date) {
        self.falls_ill(HYPERCHOLESTEROLAEMIA, onset, None);
        self.takes(ATORVASTATIN, self.after(onset, 60), None);
        self.test(onset, self.doctor, ROUTINE);
        self.every(18, onset, |b, day, _| b.test(day, b.doctor, ROUTINE));
    }

    pub(super) fn atrial_fibrillation(&mut self, onset: Date) {
        self.falls_ill(ATRIAL_FIBRILLATION, onset, None);
        let switch = Date::new(2021, 9, 15).unwrap_or(onset);
        if onset < switch {
            let days = onset.until(switch).map_or(0, |span| span.get_days());
            self.takes(WARFARIN, onset, Some(days));
            self.takes(APIXABAN, switch, None);
        } else {
            self.takes(APIXABAN, onset, None);
        }
        self.takes(BISOPROLOL, onset, None);
        self.write(onset, at::EMERGENCY, Kind::Page(&hospital::PALPITATIONS));
        self.write(self.after(onset, 3), at::HOSPITAL_DOCTOR, Kind::Liaison(&hospital::FIBRILLATION_LETTER));
        self.write(self.after(onset, 2), at::CARDIOLOGIST, Kind::Report(&hospital::HEART_ULTRASOUND));
        self.every(3, onset, |b, day, _| {
            if day < switch {
                b.write(day, at::BIOLOGIST, Kind::Biology(ANTICOAGULATION));
            }
        });
        self.every(12, onset, |b, day, turn| {
            b.write(day, at::CARDIOLOGIST, Kind::Visit(&script::CARDIOLOGIST));
            if turn % 3 == 0 {
                b.write(b.after(day, 1), at::CARDIOLOGIST, Kind::Report(&hospital::HEART_ULTRASOUND));
            }
        });
    }

    pub(super) fn lung_disease(&mut self, onset: Date) {
        self.course.smoker = true;
        self.falls_ill(COPD, onset, None);
        self.takes(TIOTROPIUM, onset, None);
        self.takes(SALBUTAMOL, onset, None);
        self.write(onset, at::PULMONOLOGIST, Kind::Visit(&script::COPD_FOUND));
        self.write(self.after(onset, 8), at::RADIOLOGIST, Kind::Report(&imaging::CHEST_XRAY));
        self.every(12, onset, |b, day, _| {
            b.write(day, at::PULMONOLOGIST, Kind::Visit(&script::COPD_VISIT));
            b.prescribe(day, at::PULMONOLOGIST, &[], true);
        });
        self.every(30, onset, |b, day, _| {
            b.write(day, at::EMERGENCY, Kind::Page(&hospital::BREATHLESS));
            b.write(b.after(day, 5), at::PULMONOLOGIST, Kind::Liaison(&hospital::COPD_LETTER));
            b.prescribe(b.after(day, 5), at::PULMONOLOGIST, &[PREDNISOLONE], true);
        });
    }

    pub(super) fn asthma(&mut self, onset: Date) {
        self.falls_ill(ASTHMA, onset, None);
        self.takes(SALBUTAMOL, onset, None);
        if self.course.age_on(onset) >= 12 {
            self.takes(BUDESONIDE_FORMOTEROL, onset, None);
        }
        self.every(12, onset, |b, day, _| {
            b.write(day, b.doctor, Kind::Visit(&script::ASTHMA_VISIT));
            b.prescribe(day, b.doctor, &[], true);
        });
    }

    pub(super) fn thyroid(&mut self, onset: Date) {
        self.falls_ill(HYPOTHYROIDISM, onset, None);
        self.takes(LEVOTHYROXINE, self.after(onset, 10), None);
        self.test(onset, self.doctor, THYROID);
        self.test(self.after(onset, 60), self.doctor, THYROID);
        self.every(12, onset, |b, day, _| {
            b.test(b.after(day, -8), b.doctor, THYROID);
            b.write(day, b.doctor, Kind::Visit(&script::THYROID_VISIT));
            b.prescribe(day, b.doctor, &[], true);
        });
    }

    pub(super) fn osteoarthritis(&mut self, onset: Date) {
        self.falls_ill(KNEE_OSTEOARTHRITIS, onset, None);
        self.write(onset, self.doctor, Kind::Visit(&script::KNEE_VISIT));
        self.write(self.after(onset, 12), at::RADIOLOGIST, Kind::Report(&imaging::KNEE_XRAY));
        self.prescribe(onset, self.doctor, &[PARACETAMOL], false);
        self.write(self.after(onset, 60), at::PHYSIOTHERAPIST, Kind::Report(&script::PHYSIOTHERAPY));
        let replaced = self.after(onset, 1500);
        if self.course.age_on(replaced) > 62 && self.draw.chance(35) {
            self.knee_replacement(replaced);
        }
    }

    fn knee_replacement(&mut self, day: Date) {
        if day >= self.today {
            return;
        }
        self.course.procedures.push((day, "Prothèse totale du genou droit"));
        self.write(self.after(day, -40), at::ORTHOPAEDIST, Kind::Report(&hospital::KNEE_CONSULTATION));
        self.write(day, at::ORTHOPAEDIST, Kind::Report(&hospital::KNEE_OPERATION));
        self.write(self.after(day, 5), at::ORTHOPAEDIST, Kind::Liaison(&hospital::KNEE_LETTER));
        self.prescribe(self.after(day, 5), at::ORTHOPAEDIST, &[super::drug::ENOXAPARIN, PARACETAMOL], false);
        self.write(self.after(day, 30), at::PHYSIOTHERAPIST, Kind::Report(&script::PHYSIOTHERAPY));
    }

    pub(super) fn kidney_disease(&mut self, onset: Date) {
        self.falls_ill(KIDNEY_DISEASE, onset, None);
        self.write(onset, at::NEPHROLOGIST, Kind::Visit(&script::KIDNEY_VISIT));
        self.every(6, onset, |b, day, turn| {
            b.test(day, b.doctor, KIDNEY);
            if turn % 2 == 0 {
                b.write(b.after(day, 14), at::NEPHROLOGIST, Kind::Visit(&script::KIDNEY_VISIT));
            }
        });
    }

    pub(super) fn heart_failure(&mut self, onset: Date) {
        self.falls_ill(HEART_FAILURE, onset, None);
        self.takes(FUROSEMIDE, onset, None);
        if !self.course.takes(&BISOPROLOL, onset) {
            self.takes(BISOPROLOL, onset, None);
        }
        self.write(self.after(onset, 6), at::HOSPITAL_DOCTOR, Kind::Liaison(&hospital::HEART_FAILURE_LETTER));
        self.write(self.after(onset, 6), at::HOSPITAL_DOCTOR, Kind::File(&hospital::STAY_FILE));
        self.every(6, onset, |b, day, turn| {
            b.test(day, b.doctor, HEART);
            b.write(b.after(day, 9), at::CARDIOLOGIST, Kind::Visit(&script::CARDIOLOGIST));
            if turn % 2 == 0 {
                b.prescribe(b.after(day, 9), at::CARDIOLOGIST, &[], true);
            }
        });
    }

    pub(super) fn migraine(&mut self, onset: Date) {
        self.falls_ill(MIGRAINE, onset, None);
        self.every(14, onset, |b, day, _| {
            b.write(day, b.doctor, Kind::Visit(&script::MIGRAINE_VISIT));
            b.prescribe(day, b.doctor, &[SUMATRIPTAN], false);
        });
    }

    pub(super) fn dementia(&mut self, onset: Date) {
        self.falls_ill(ALZHEIMER, onset, None);
        self.takes(DONEPEZIL, self.after(onset, 30), None);
        self.takes(CHOLECALCIFEROL, onset, None);
        self.write(onset, at::GERIATRICIAN, Kind::Visit(&script::MEMORY_VISIT));
        self.write(self.after(onset, 25), at::RADIOLOGIST, Kind::Report(&imaging::BRAIN_MRI));
        self.every(9, onset, |b, day, turn| {
            b.write(day, at::GERIATRICIAN, Kind::Visit(&script::MEMORY_VISIT));
            b.prescribe(day, at::GERIATRICIAN, &[], true);
            if turn % 2 == 1 {
                b.test(b.after(day, -7), b.doctor, GERIATRIC);
            }
        });
    }

    pub(super) fn prostate_cancer(&mut self, onset: Date) {
        self.falls_ill(PROSTATE_CANCER, onset, None);
        self.write(self.after(onset, -40), at::BIOLOGIST, Kind::Biology(PROSTATE));
        self.write(onset, at::PATHOLOGIST, Kind::Report(&hospital::PROSTATE_BIOPSY));
        self.write(self.after(onset, 12), at::UROLOGIST, Kind::Report(&hospital::PROSTATE_BOARD));
        self.takes(LEUPRORELIN, self.after(onset, 20), Some(720));
        self.write(self.after(onset, 20), at::UROLOGIST, Kind::Visit(&script::UROLOGIST));
        self.every(6, onset, |b, day, _| {
            b.test(day, at::UROLOGIST, PROSTATE);
            b.write(b.after(day, 12), at::UROLOGIST, Kind::Visit(&script::UROLOGIST));
        });
    }
}
