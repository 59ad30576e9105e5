//! Prescriptions and dispensations.

use super::Desk;
use crate::cda::{Cell, Header, Purpose, Table, Taking, clinical_document, dispense, medication, section, stamp};
use crate::course::{Drug, french_day};

impl Desk<'_> {
    /// The medicines of the prescription: for the episode, and current ones when they are renewed.
    fn medicines(&self, acute: &[Drug], renew: bool) -> Vec<(Drug, bool)> {
        let mut medicines: Vec<(Drug, bool)> = acute.iter().map(|drug| (*drug, false)).collect();
        if renew {
            let current = self.course.treatments_on(self.day()).map(|treatment| (treatment.drug, true));
            medicines.extend(current);
        }
        if medicines.is_empty() {
            // A renewal that finds nothing to renew still carries what relieves pain.
            medicines.push((crate::course::PARACETAMOL, false));
        }
        medicines
    }

    pub(super) fn prescription(&self, header: &Header<'_>, acute: &[Drug], renew: bool) -> Vec<u8> {
        let mut draw = self.draw();
        let day = self.day();
        let medicines = self.medicines(acute, renew);
        let mut table = Table::new(&["Médicament", "Posologie", "Durée", "Renouvellements", "En rapport avec une ALD"]);
        for (number, (drug, long)) in medicines.iter().enumerate() {
            table.rows.push(vec![
                Cell::named(drug.label, format!("med-{number}")),
                Cell::named(drug.dosage, format!("med-{number}-posologie")),
                Cell::plain(if *long { "3 mois".to_owned() } else { format!("{} jours", drug.box_days) }),
                Cell::plain(if *long { "2" } else { "0" }),
                Cell::plain(if *long { "Selon protocole" } else { "Non" }),
            ]);
        }
        let id = draw.uuid();
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                section(
                    x,
                    &["1.3.6.1.4.1.19376.1.9.1.2.1", "1.2.250.1.213.1.1.2.171"],
                    ("57828-6", "Prescriptions"),
                    "Prescription de médicaments",
                    &id,
                    |x| {
                        x.within("text", &[], |x| table.write(x));
                        for (number, (drug, long)) in medicines.iter().enumerate() {
                            let days = if *long { 90 } else { i32::from(drug.box_days) };
                            let to = day.checked_add(jiff::Span::new().days(days)).ok();
                            let purpose = Purpose::Prescribed { renewals: if *long { 2 } else { 0 } };
                            medication(x, &mut draw, purpose, Taking { drug, from: day, to }, &format!("med-{number}"));
                        }
                    },
                );
                self.allergies(x, &mut draw);
            });
        })
    }

    pub(super) fn dispensation(&self, header: &Header<'_>, acute: &[Drug], renew: bool, prescriber: u32) -> Vec<u8> {
        let mut draw = self.draw();
        let medicines = self.medicines(acute, renew);
        let prescriber = usize::try_from(prescriber).ok().and_then(|place| self.staff.get(place)).unwrap_or(self.author);
        let mut table = Table::new(&["Médicament délivré", "Posologie prescrite", "Boîtes", "Prescripteur"]);
        table.caption = Some(format!("Délivrance du {}", french_day(self.day())));
        for (number, (drug, _)) in medicines.iter().enumerate() {
            table.rows.push(vec![
                Cell::named(drug.label, format!("del-{number}")),
                Cell::plain(drug.dosage),
                Cell::plain("1"),
                Cell::plain(prescriber.name.display()),
            ]);
        }
        let id = draw.uuid();
        let templates = ["1.3.6.1.4.1.19376.1.9.1.2.3", "2.16.840.1.113883.10.20.1.8", "1.2.250.1.213.1.1.2.236"];
        let prescribed = stamp(header.service_start);
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                section(x, &templates, ("60590-7", "Médicaments délivrés"), "Médicaments délivrés", &id, |x| {
                    x.within("text", &[], |x| table.write(x));
                    for (number, (drug, _)) in medicines.iter().enumerate() {
                        dispense(x, &mut draw, drug, 1, prescriber, &prescribed, &format!("del-{number}"));
                    }
                });
            });
        })
    }
}
