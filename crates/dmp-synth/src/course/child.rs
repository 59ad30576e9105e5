//! Children: examinations of the calendar, infections of the age, eczema and asthma, and the secret care of adolescents.

use dmp_core::document::Visibility;
use jiff::civil::Date;

use super::Kind;
use super::acute::SECRET;
use super::builder::Builder;
use super::condition::{BRONCHIOLITIS, CHICKENPOX, COLD, ECZEMA, OTITIS};
use super::drug::{AMOXICILLIN_CHILD, CONTRACEPTIVE, DESLORATADINE, PARACETAMOL_CHILD};
use super::scripts_acute as script;
use crate::people::{Story, at};

impl Builder<'_> {
    /// From birth on.
    pub(super) fn childhood(&mut self) {
        let seen_by = if self.person.story == Story::SmallChild { at::PAEDIATRICIAN } else { self.doctor };
        for months in [0, 1, 2, 4, 9, 12, 24, 36, 48, 72, 108, 144, 186] {
            let day = self.months_old(months);
            let day = self.after(day, 9);
            self.write(day, seen_by, Kind::Visit(if months < 25 { &script::INFANT_EXAM } else { &script::CHILD_EXAM }));
        }
        let infections = self.draw.between(3, 6);
        for _ in 0..infections {
            let months = self.draw.between(5, 84);
            let day = self.months_old(months);
            self.childhood_infection(day, months);
        }
        if self.draw.chance(15) {
            self.falls_ill(ECZEMA, self.months_old(8), None);
            self.write(self.months_old(8), seen_by, Kind::Visit(&script::ECZEMA));
        }
        if self.draw.chance(10) {
            let onset = self.months_old(60);
            if onset < self.today {
                self.asthma(onset);
            }
        }
        if self.course.age_on(self.today) >= 8 {
            self.write(self.back(90), self.doctor, Kind::Page(&script::SPORT));
            if self.draw.chance(30) {
                self.wrist_fracture(self.back(500));
            }
        }
    }

    fn childhood_infection(&mut self, day: Date, months: i32) {
        let (condition, visit, drugs): (_, _, &'static [super::Drug]) = match self.draw.below(4) {
            0 if months < 20 => (BRONCHIOLITIS, &script::BRONCHIOLITIS, &[PARACETAMOL_CHILD]),
            1 if !self.is_allergic_to_penicillin() => (OTITIS, &script::OTITIS, &[AMOXICILLIN_CHILD, PARACETAMOL_CHILD]),
            2 if !self.course.episodes.iter().any(|episode| episode.condition == CHICKENPOX) => {
                (CHICKENPOX, &script::CHICKENPOX, &[PARACETAMOL_CHILD])
            }
            _ => (COLD, &script::COLD, &[PARACETAMOL_CHILD]),
        };
        self.falls_ill(condition, day, Some(9));
        self.write(day, self.doctor, Kind::Visit(visit));
        self.prescribe(day, self.doctor, drugs, false);
    }

    /// An adolescent whose parents may not see part of the care (CSP L.1111-5, L.5134-1).
    pub(super) fn adolescent(&mut self) {
        self.childhood();
        let secret: Visibility = SECRET;
        self.write_seen(self.back(140), at::THIRD_GP, Kind::Visit(&script::SECRET_VISIT), secret);
        self.write_seen(self.back(132), at::BIOLOGIST, Kind::Biology(super::analyte::INFECTION), secret);
        if self.person.female {
            self.write_seen(self.back(140), at::THIRD_GP, Kind::Prescription { acute: &[CONTRACEPTIVE], renew: false }, secret);
        } else {
            self.write_seen(self.back(60), at::PSYCHIATRIST, Kind::Report(&script::ADOLESCENT_TALK), secret);
        }
        self.takes(DESLORATADINE, self.back(420), None);
        self.write(self.back(420), self.doctor, Kind::Visit(&script::POLLEN));
        self.prescribe(self.back(420), self.doctor, &[], true);
    }

    fn months_old(&self, months: i32) -> Date {
        self.person.born.checked_add(jiff::Span::new().months(months)).unwrap_or(self.today)
    }
}
