//! Sections that several documents share: measures, treatments, problems, allergies.

use super::Desk;
use crate::cda::{Cell, Purpose, Table, Taking, Xml, allergy, medication, problem, procedure, section, vital_signs};
use crate::course::{Episode, Treatment, decimal, french_day};
use crate::draw::Draw;

pub(super) const TREATMENTS: &[&str] = &["2.16.840.1.113883.10.20.1.8", "1.3.6.1.4.1.19376.1.5.3.1.3.19", "1.2.250.1.213.1.1.2.143"];
pub(super) const DISCHARGE: &[&str] = &["1.3.6.1.4.1.19376.1.5.3.1.3.22", "1.2.250.1.213.1.1.2.146"];
const ALLERGIES: &[&str] = &["2.16.840.1.113883.10.20.1.2", "1.3.6.1.4.1.19376.1.5.3.1.3.13", "1.2.250.1.213.1.1.2.137"];
const VITAL_SIGNS: &[&str] =
    &["2.16.840.1.113883.10.20.1.16", "1.3.6.1.4.1.19376.1.5.3.1.3.25", "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2", "1.2.250.1.213.1.1.2.75"];
pub(super) const ACTIVE: &[&str] = &["2.16.840.1.113883.10.20.1.11", "1.3.6.1.4.1.19376.1.5.3.1.3.6", "1.2.250.1.213.1.1.2.132"];
pub(super) const PAST: &[&str] = &["1.3.6.1.4.1.19376.1.5.3.1.3.8", "1.2.250.1.213.1.1.2.134"];
const PROCEDURES: &[&str] =
    &["2.16.840.1.113883.10.20.1.12", "1.3.6.1.4.1.19376.1.5.3.1.3.11", "1.3.6.1.4.1.19376.1.5.3.1.3.12", "1.2.250.1.213.1.1.2.136"];

impl Desk<'_> {
    /// Weight, height, pressure and heart rate of the day.
    pub(super) fn vital_signs(&self, x: &mut Xml, draw: &mut Draw) {
        let (course, day) = (self.course, self.day());
        let (high, low) = course.blood_pressure(day);
        let mut signs = vec![
            ("29463-7", "Poids", format!("{:.1}", course.weight(day)), "kg", "kg"),
            ("8302-2", "Taille", format!("{:.0}", course.height(day)), "cm", "cm"),
            ("39156-5", "Indice de masse corporelle", format!("{:.1}", course.body_mass(day)), "kg/m2", "kg/m²"),
            ("8867-4", "Fréquence cardiaque", course.heart_rate(day).to_string(), "/min", "/min"),
        ];
        if course.age_on(day) >= 3 {
            signs.push(("8480-6", "Pression artérielle systolique", high.to_string(), "mm[Hg]", "mmHg"));
            signs.push(("8462-4", "Pression artérielle diastolique", low.to_string(), "mm[Hg]", "mmHg"));
        }
        let mut table = Table::new(&["Date", "Mesure", "Valeur"]);
        let mut entries = Vec::new();
        for (number, (code, words, value, unit, printed)) in signs.into_iter().enumerate() {
            let anchor = format!("mesure-{number}");
            let shown = format!("{} {printed}", value.replace('.', ","));
            table.rows.push(vec![Cell::plain(french_day(day)), Cell::plain(words), Cell::named(shown, anchor.clone())]);
            entries.push((code, words, value, unit, anchor));
        }
        let id = draw.uuid();
        section(x, VITAL_SIGNS, ("8716-3", "Signes vitaux"), "Constantes", &id, |x| {
            x.within("text", &[], |x| table.write(x));
            vital_signs(x, draw, day, &entries);
        });
    }

    /// The treatments that go on that day, under the code and title of the section.
    pub(super) fn treatments(&self, x: &mut Xml, draw: &mut Draw, templates: &[&str], code: (&str, &str), title: &str) {
        let day = self.day();
        let current: Vec<&Treatment> = self.course.treatments_on(day).collect();
        let mut table = Table::new(&["Depuis le", "Médicament", "Posologie", "Voie"]);
        for (number, treatment) in current.iter().enumerate() {
            table.rows.push(vec![
                Cell::plain(french_day(treatment.from)),
                Cell::named(treatment.drug.label, format!("trt-{number}")),
                Cell::named(treatment.drug.dosage, format!("trt-{number}-posologie")),
                Cell::plain(treatment.drug.route.code().1),
            ]);
        }
        let id = draw.uuid();
        section(x, templates, code, title, &id, |x| {
            x.within("text", &[], |x| match current.is_empty() {
                true => x.text("paragraph", &[], "Aucun traitement au long cours connu à ce jour."),
                false => table.write(x),
            });
            for (number, treatment) in current.iter().enumerate() {
                let taking = Taking { drug: &treatment.drug, from: treatment.from, to: treatment.to.filter(|to| *to <= day) };
                medication(x, draw, Purpose::Taken, taking, &format!("trt-{number}"));
            }
        });
    }

    /// Problems of the course; `active` chooses those that go on.
    pub(super) fn problems(&self, x: &mut Xml, draw: &mut Draw, active: bool) {
        let day = self.day();
        let chosen: Vec<&Episode> =
            self.course.episodes.iter().filter(|episode| episode.onset <= day && episode.is_active_on(day) == active).rev().take(20).collect();
        let (templates, code, title, prefix) = if active {
            (ACTIVE, ("11450-4", "Liste des problèmes actifs"), "Pathologies en cours", "actif")
        } else {
            (PAST, ("11348-0", "Antécédents médicaux"), "Antécédents médicaux", "ant")
        };
        let mut table = Table::new(&["Début", "Fin", "Affection", "CIM-10"]);
        for (number, episode) in chosen.iter().enumerate() {
            let end = episode.end.filter(|_| !active).map_or_else(|| "-".to_owned(), french_day);
            table.rows.push(vec![
                Cell::plain(french_day(episode.onset)),
                Cell::plain(end),
                Cell::named(episode.condition.label, format!("{prefix}-{number}")),
                Cell::plain(episode.condition.code),
            ]);
        }
        let id = draw.uuid();
        section(x, templates, code, title, &id, |x| {
            x.within("text", &[], |x| match chosen.is_empty() {
                true => x.text("paragraph", &[], "Rien à signaler."),
                false => table.write(x),
            });
            for (number, episode) in chosen.iter().enumerate() {
                problem(x, draw, episode, active, &format!("{prefix}-{number}"));
            }
        });
    }

    pub(super) fn procedures(&self, x: &mut Xml, draw: &mut Draw) {
        let day = self.day();
        let done: Vec<_> = self.course.procedures.iter().filter(|procedure| procedure.0 <= day).collect();
        let mut table = Table::new(&["Date", "Intervention"]);
        for (number, (when, words)) in done.iter().enumerate() {
            table.rows.push(vec![Cell::plain(french_day(*when)), Cell::named(*words, format!("acte-{number}"))]);
        }
        let id = draw.uuid();
        section(x, PROCEDURES, ("47519-4", "Historique des actes"), "Antécédents chirurgicaux", &id, |x| {
            x.within("text", &[], |x| match done.is_empty() {
                true => x.text("paragraph", &[], "Aucun antécédent chirurgical connu."),
                false => table.write(x),
            });
            for (number, (when, _)) in done.iter().enumerate() {
                procedure(x, draw, *when, &format!("acte-{number}"));
            }
        });
    }

    pub(super) fn allergies(&self, x: &mut Xml, draw: &mut Draw) {
        let day = self.day();
        let known: Vec<_> = self.course.allergies.iter().filter(|allergy| allergy.since <= day).collect();
        let mut table = Table::new(&["Depuis le", "Type", "Agent responsable"]);
        for (number, one) in known.iter().enumerate() {
            table.rows.push(vec![
                Cell::plain(french_day(one.since)),
                Cell::named(one.kind.1, format!("allergie-{number}")),
                Cell::named(one.agent, format!("allergie-{number}-agent")),
            ]);
        }
        let id = draw.uuid();
        section(x, ALLERGIES, ("48765-2", "Allergies et intolérances"), "Allergies et hypersensibilités", &id, |x| {
            x.within("text", &[], |x| match known.is_empty() {
                true => x.text("paragraph", &[], "Aucune allergie connue."),
                false => table.write(x),
            });
            for (number, one) in known.iter().enumerate() {
                allergy(x, draw, one, (&format!("allergie-{number}"), &format!("allergie-{number}-agent")));
            }
        });
    }

    /// Lines of a narrative, one paragraph each, filled with the values of the day.
    pub(super) fn paragraphs(&self, x: &mut Xml, lines: &[&str]) {
        x.within("text", &[], |x| match lines {
            [only] => x.text("paragraph", &[], &self.course.fill(only, self.day())),
            several => x.within("list", &[], |x| {
                for line in several {
                    x.text("item", &[], &self.course.fill(line, self.day()));
                }
            }),
        });
    }

    /// The last results that matter, in words.
    pub(super) fn key_results(&self) -> Vec<String> {
        let (course, day) = (self.course, self.day());
        let (high, low) = course.blood_pressure(day);
        let mut lines = vec![format!("Pression artérielle {high}/{low} mmHg, poids {} kg.", decimal(course.weight(day), 1))];
        if course.episodes.iter().any(|episode| episode.condition.code.starts_with("E11") && episode.onset <= day) {
            lines.push(course.fill("HbA1c {hba1c}, créatinine {creat}, DFG {dfg}.", day));
        }
        lines
    }
}
