//! Episodes with a beginning and an end: pregnancy, cancer of the breast, depression, fractures, operations, infections.

use dmp_core::document::Visibility;
use jiff::civil::Date;

use super::Kind;
use super::analyte::{CANCER, INFECTION, PREGNANT};
use super::builder::Builder;
use super::condition::{APPENDICITIS, BREAST_CANCER, DEPRESSION, HIP_FRACTURE, PNEUMONIA, PREGNANCY, WRIST_FRACTURE};
use super::drug::{AMOXICILLIN, ENOXAPARIN, FOLIC_ACID, IBUPROFEN, IRON, LETROZOLE, PARACETAMOL, SERTRALINE};
use super::scripts_acute as script;
use super::scripts_hospital as hospital;
use super::scripts_imaging as imaging;
use crate::people::at;

/// Hidden from professionals at the person's wish.
pub(super) const MASKED: Visibility = Visibility {
    confidentiality: dmp_core::document::Confidentiality::Normal,
    masked: true,
    invisible_to_patient: false,
    invisible_to_representatives: false,
};
/// Waits for the announcement.
pub(super) const UNANNOUNCED: Visibility = Visibility { masked: false, invisible_to_patient: true, ..MASKED };
/// Hidden from a minor's representatives.
pub(super) const SECRET: Visibility = Visibility { masked: false, invisible_to_representatives: true, ..MASKED };

impl Builder<'_> {
    /// What the patient may not see before it is announced: only documents of the last weeks.
    fn until_announced(&self, day: Date) -> Visibility {
        if day > self.back(21) { UNANNOUNCED } else { Visibility::default() }
    }

    pub(super) fn pregnancy(&mut self, start: Date) {
        self.falls_ill(PREGNANCY, start, Some(276));
        self.takes(FOLIC_ACID, start, Some(84));
        self.takes(IRON, self.after(start, 170), Some(110));
        self.write(self.after(start, 45), at::MIDWIFE, Kind::Visit(&script::PREGNANCY_DECLARED));
        self.test(self.after(start, 50), at::MIDWIFE, PREGNANT);
        for (days, scan) in [(86, &imaging::FIRST_SCAN), (155, &imaging::SECOND_SCAN), (225, &imaging::THIRD_SCAN)] {
            self.write(self.after(start, days), at::OBSTETRICIAN, Kind::Report(scan));
        }
        for month in 4..9 {
            self.write(self.after(start, month * 30), at::MIDWIFE, Kind::Visit(&script::PREGNANCY_VISIT));
        }
        self.test(self.after(start, 172), at::MIDWIFE, PREGNANT);
        self.prescribe(self.after(start, 172), at::MIDWIFE, &[IRON], false);
        if self.after(start, 276) < self.today {
            self.write(self.after(start, 276), at::OBSTETRICIAN, Kind::Report(&hospital::BIRTH));
            self.write(self.after(start, 279), at::OBSTETRICIAN, Kind::Liaison(&hospital::MATERNITY_LETTER));
            self.write(self.after(start, 320), at::MIDWIFE, Kind::Visit(&script::AFTER_BIRTH));
        }
    }

    /// From the screening mammogram to hormone therapy. The steps that lie ahead of today are not written.
    pub(super) fn breast_cancer(&mut self, screening: Date) {
        let biopsy = self.after(screening, 18);
        self.write(screening, at::RADIOLOGIST, Kind::Report(&imaging::MAMMOGRAM));
        let seen = self.until_announced(biopsy);
        self.write_seen(biopsy, at::PATHOLOGIST, Kind::Report(&hospital::BREAST_BIOPSY), seen);
        self.falls_ill(BREAST_CANCER, biopsy, None);
        self.write(self.after(biopsy, 14), at::ONCOLOGIST, Kind::Visit(&script::CANCER_ANNOUNCED));
        self.write(self.after(biopsy, 20), at::ONCOLOGIST, Kind::Report(&hospital::BREAST_BOARD));
        let operation = self.after(biopsy, 38);
        if operation < self.today {
            self.course.procedures.push((operation, "Tumorectomie du sein gauche et ganglion sentinelle"));
        }
        self.test(self.after(operation, -12), at::ONCOLOGIST, CANCER);
        self.write(self.after(operation, -10), at::HOSPITAL_DOCTOR, Kind::Report(&hospital::ANAESTHESIA_VISIT));
        self.write(operation, at::SURGEON, Kind::Report(&hospital::BREAST_OPERATION));
        self.write(self.after(operation, 2), at::SURGEON, Kind::Liaison(&hospital::BREAST_LETTER));
        // The examination of the piece: in a recent course it still waits for its announcement.
        let piece = self.after(operation, 11).min(self.back(6)).max(self.after(operation, 1));
        let seen = self.until_announced(piece);
        self.write_seen(piece, at::PATHOLOGIST, Kind::Report(&hospital::BREAST_PIECE), seen);
        if self.person.story == crate::people::Story::BreastCancerNow {
            self.write_seen(self.back(4), at::RADIOLOGIST, Kind::Report(&imaging::STAGING_SCAN), UNANNOUNCED);
        }
        let hormones = self.after(operation, 60);
        self.takes(LETROZOLE, hormones, Some(5 * 365));
        self.prescribe(hormones, at::ONCOLOGIST, &[], true);
        self.every(6, operation, |b, day, turn| {
            b.write(day, at::ONCOLOGIST, Kind::Visit(&script::CANCER_VISIT));
            b.test(b.after(day, -9), at::ONCOLOGIST, CANCER);
            if turn % 2 == 0 {
                b.write(b.after(day, -20), at::RADIOLOGIST, Kind::Report(&imaging::MAMMOGRAM_NORMAL));
            }
        });
    }

    /// A depressive episode; everything from the psychiatrist is masked when the person chose so.
    pub(super) fn depression(&mut self, onset: Date, masked: bool) {
        let seen = if masked { MASKED } else { Visibility::default() };
        self.falls_ill(DEPRESSION, onset, Some(420));
        self.takes(SERTRALINE, onset, Some(400));
        self.write_seen(onset, self.doctor, Kind::Visit(&script::LOW_MOOD), seen);
        self.write_seen(self.after(onset, 1), self.doctor, Kind::Prescription { acute: &[], renew: true }, seen);
        self.write_seen(self.after(onset, 20), at::PSYCHIATRIST, Kind::Report(&script::PSYCHIATRIST_FIRST), seen);
        for months in [2, 4, 7, 11] {
            self.write_seen(self.after(onset, months * 30), at::PSYCHIATRIST, Kind::Report(&script::PSYCHIATRIST_NEXT), seen);
        }
        self.write_seen(self.after(onset, 425), at::PSYCHIATRIST, Kind::Report(&script::PSYCHIATRIC_SUMMARY), MASKED);
        self.write(self.after(onset, 2), self.doctor, Kind::Page(&script::SICK_LEAVE));
    }

    pub(super) fn hip_fracture(&mut self, day: Date) {
        self.falls_ill(HIP_FRACTURE, day, Some(120));
        self.write(day, at::EMERGENCY, Kind::Page(&hospital::HIP_EMERGENCY));
        self.write(day, at::RADIOLOGIST, Kind::Report(&imaging::HIP_XRAY));
        if self.after(day, 1) < self.today {
            self.course.procedures.push((self.after(day, 1), "Prothèse de hanche après fracture du col du fémur"));
        }
        self.write(self.after(day, 1), at::ORTHOPAEDIST, Kind::Report(&hospital::HIP_OPERATION));
        self.write(self.after(day, 11), at::ORTHOPAEDIST, Kind::Liaison(&hospital::HIP_LETTER));
        self.write(self.after(day, 11), at::HOSPITAL_DOCTOR, Kind::File(&hospital::STAY_FILE));
        self.test(self.after(day, 4), at::ORTHOPAEDIST, INFECTION);
        self.prescribe(self.after(day, 11), at::ORTHOPAEDIST, &[ENOXAPARIN, PARACETAMOL], false);
        self.write(self.after(day, 45), at::PHYSIOTHERAPIST, Kind::Report(&super::scripts_chronic::PHYSIOTHERAPY));
        self.write(self.after(day, 60), at::ORTHOPAEDIST, Kind::Visit(&script::AFTER_FRACTURE));
    }

    pub(super) fn wrist_fracture(&mut self, day: Date) {
        self.falls_ill(WRIST_FRACTURE, day, Some(60));
        self.write(day, at::EMERGENCY, Kind::Page(&script::WRIST_EMERGENCY));
        self.write(day, at::RADIOLOGIST, Kind::Report(&imaging::WRIST_XRAY));
        self.prescribe(day, at::EMERGENCY, &[PARACETAMOL], false);
        self.write(self.after(day, 42), at::ORTHOPAEDIST, Kind::Visit(&script::AFTER_FRACTURE));
    }

    pub(super) fn appendicitis(&mut self, day: Date) {
        self.falls_ill(APPENDICITIS, day, Some(15));
        self.write(day, at::EMERGENCY, Kind::Page(&script::BELLY_EMERGENCY));
        self.write(day, at::BIOLOGIST, Kind::Biology(INFECTION));
        if day < self.today {
            self.course.procedures.push((day, "Appendicectomie par cœlioscopie"));
        }
        self.write(day, at::SURGEON, Kind::Report(&hospital::APPENDIX_OPERATION));
        self.write(self.after(day, 2), at::SURGEON, Kind::Liaison(&hospital::APPENDIX_LETTER));
    }

    pub(super) fn pneumonia(&mut self, day: Date) {
        if self.is_allergic_to_penicillin() {
            return;
        }
        self.falls_ill(PNEUMONIA, day, Some(18));
        self.write(day, self.doctor, Kind::Visit(&script::PNEUMONIA_VISIT));
        self.write(self.after(day, 1), at::BIOLOGIST, Kind::Biology(INFECTION));
        self.write(self.after(day, 1), at::RADIOLOGIST, Kind::Report(&imaging::CHEST_XRAY_PNEUMONIA));
        self.prescribe(day, self.doctor, &[AMOXICILLIN, PARACETAMOL], false);
    }

    /// A back that hurts: the most ordinary of visits.
    pub(super) fn back_pain(&mut self, day: Date) {
        self.falls_ill(super::condition::BACK_PAIN, day, Some(25));
        self.write(day, self.doctor, Kind::Visit(&script::BACK_PAIN));
        // Anti-inflammatories stay out of the way of anticoagulants, weak kidneys and old age.
        let fragile = self.course.age_on(day) >= 65 || self.course.episodes.iter().any(|episode| episode.condition.chronic);
        self.prescribe(day, self.doctor, if fragile { &[PARACETAMOL] } else { &[PARACETAMOL, IBUPROFEN] }, false);
        if self.draw.chance(25) {
            self.write(day, self.doctor, Kind::Page(&script::SICK_LEAVE));
        }
    }
}
