//! What the insurer reimbursed to the people of the town: medicines refilled by the box, analyses, visits, imaging, stays, vaccinations,
//! devices. Coherent with the documents of the same lives; product numbers are invented and carry their check digit.

mod everyday;
mod things;
mod write;

use dmp_core::document::Code;
use dmp_core::reimbursement::{FeedSystem, Line, LineKind, Product};
use dmp_core::summary::{Party, When};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::course::{Course, Event, Kind, Shot, Treatment};
use crate::draw::Draw;
use crate::people::{Person, at};
use crate::town::Town;

pub use write::{FeedForm, write_header, write_line};

/// Shortest time between two boxes, in days.
const REFILL_DAYS_MIN: u16 = 28;

impl Town {
    /// The lines of one person over the last months, oldest first. The same seed, person and day give the same lines; a longer time gives
    /// more lines and the same numbers. Empty beyond the last person.
    pub fn reimbursements_of(&self, index: u32, months: i32) -> Vec<Line> {
        self.numbered(index, |ledger| ledger.live(), months)
    }

    /// The same with exactly `count` lines: the latest ones, or as many more of everyday care as are missing.
    pub fn reimbursements_exactly(&self, index: u32, months: i32, count: usize) -> Vec<Line> {
        let fill = |ledger: &mut Ledger<'_>| {
            ledger.live();
            ledger.lines.sort_by_key(|line| line.date);
            let surplus = ledger.lines.len().saturating_sub(count);
            ledger.lines.drain(..surplus);
            while ledger.lines.len() < count {
                ledger.everyday();
            }
        };
        self.numbered(index, fill, months)
    }

    fn numbered(&self, index: u32, fill: impl FnOnce(&mut Ledger<'_>), months: i32) -> Vec<Line> {
        let Some(person) = self.person(index) else { return Vec::new() };
        let from = self.today().checked_sub(months.months()).unwrap_or(self.today());
        let course = crate::course::course_of(self.seed(), &person, self.today());
        let draw = Draw::of(self.seed(), &[0x4E3B, u64::from(index)]);
        let mut ledger = Ledger { town: self, person: &person, course: &course, from: from.max(person.born), draw, lines: Vec::new() };
        fill(&mut ledger);
        number(ledger.lines, self.seed(), index)
    }
}

/// Sorts lines and gives each its number: the day, and the place among those of the day.
fn number(mut lines: Vec<Line>, seed: u64, index: u32) -> Vec<Line> {
    lines.sort_by(|one, other| (one.date, one.kind, &one.code.code).cmp(&(other.date, other.kind, &other.code.code)));
    let (mut day, mut place) = (None, 0);
    for line in &mut lines {
        place = if day == Some(line.date) { place + 1 } else { 0 };
        day = Some(line.date);
        line.id = format!("S{seed}.{index}.{:04}{:02}{:02}.{place}", line.date.year, line.date.month, line.date.day);
    }
    lines
}

/// The lines of one person under construction.
struct Ledger<'a> {
    town: &'a Town,
    person: &'a Person,
    course: &'a Course,
    from: Date,
    draw: Draw,
    lines: Vec<Line>,
}

impl Ledger<'_> {
    /// All that the course of their life brings.
    fn live(&mut self) {
        for treatment in &self.course.treatments {
            self.boxes(treatment);
        }
        for shot in &self.course.shots {
            self.vaccine(shot);
        }
        for event in &self.course.events {
            self.care(event);
        }
    }

    /// One line for each box.
    fn boxes(&mut self, treatment: &Treatment) {
        let drug = treatment.drug;
        let step = i64::from(drug.box_days.max(REFILL_DAYS_MIN));
        let end = treatment.to.unwrap_or(self.town.today()).min(self.town.today());
        // The first box of the time that is looked at: whole steps after the start, so that a longer look back gives the same days.
        let missed = treatment.from.until(self.from).map_or(0, |span| i64::from(span.get_days().max(0)));
        let mut day = after(treatment.from, (missed + step - 1) / step * step);
        while day < end {
            let mut line = self.line(LineKind::Medicine, things::product(drug.label, drug.label), day, at::PHARMACIST);
            line.product = Product {
                group: Some(Code::new(drug.atc, FeedSystem::Atc.oid(), "")),
                components: vec![Code::new("", dmp_core::reimbursement::COMPONENT, drug.substance)],
            };
            self.lines.push(line);
            day = after(day, step);
        }
    }

    fn vaccine(&mut self, shot: &Shot) {
        if shot.day < self.from {
            return;
        }
        let mut line = self.line(LineKind::Vaccination, things::product(shot.vaccine.label, shot.vaccine.label), shot.day, at::PHARMACIST);
        line.product.group = Some(Code::new(shot.vaccine.atc, FeedSystem::Atc.oid(), shot.vaccine.atc_label));
        self.lines.push(line);
    }

    /// What a moment of care was billed as.
    fn care(&mut self, event: &Event) {
        if event.day < self.from {
            return;
        }
        match event.kind {
            Kind::Visit(_) => {
                let code = if event.author <= at::THIRD_GP {
                    ("G", "Consultation du médecin généraliste")
                } else {
                    ("CS", "Consultation du spécialiste")
                };
                self.push(LineKind::Care, things::ngap(code), event.day, event.author);
            }
            Kind::Biology(panel) => {
                for code in things::analyses(panel) {
                    self.push(LineKind::Biology, code, event.day, event.author);
                }
            }
            Kind::Report(script) if script.type_code == "18748-4" => {
                self.push(LineKind::Imaging, things::imaging(script.title), event.day, event.author);
            }
            Kind::Liaison(script) => {
                let mut line = self.line(LineKind::Stay, things::stay(script.title), after(event.day, -3), event.author);
                line.until = Some(when(event.day));
                self.lines.push(line);
            }
            Kind::Report(_)
            | Kind::Page(_)
            | Kind::File(_)
            | Kind::LabOrder(_)
            | Kind::Prescription { .. }
            | Kind::Dispensation { .. }
            | Kind::Vaccination(_)
            | Kind::VaccinationHistory
            | Kind::Summary
            | Kind::Directives => {}
        }
    }

    fn push(&mut self, kind: LineKind, code: Code, day: Date, by: u32) {
        let line = self.line(kind, code, day, by);
        self.lines.push(line);
    }

    fn line(&self, kind: LineKind, code: Code, day: Date, by: u32) -> Line {
        let prescriber = match kind {
            LineKind::Care | LineKind::Stay => Party::default(),
            LineKind::Medicine | LineKind::Vaccination | LineKind::Device | LineKind::Imaging | LineKind::Biology => {
                self.party(self.person.attending_doctor.0)
            }
        };
        Line {
            id: String::new(),
            kind,
            code,
            product: Product::default(),
            quantity: 1,
            date: when(day),
            until: None,
            prescriber,
            performer: self.party(by),
        }
    }

    fn party(&self, position: u32) -> Party {
        let found = usize::try_from(position).ok().and_then(|position| self.town.professionals().get(position));
        found.map_or_else(Party::default, |one| Party {
            name: one.name.display(),
            role: one.author_code.1.to_owned(),
            place: one.place.structure.name.clone(),
        })
    }
}

fn when(day: Date) -> When {
    When::day(day.year(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

fn after(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
