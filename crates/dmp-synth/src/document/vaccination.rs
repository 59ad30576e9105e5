//! Vaccination notes and histories.

use super::Desk;
use crate::cda::{Cell, Header, Table, clinical_document, immunization, section};
use crate::course::{Shot, french_day};

impl Desk<'_> {
    /// One shot, or every shot until the day of the document.
    pub(super) fn vaccination(&self, header: &Header<'_>, number: Option<usize>) -> Vec<u8> {
        let mut draw = self.draw();
        let day = self.day();
        let shots: Vec<&Shot> = match number {
            Some(number) => self.course.shots.get(number).into_iter().collect(),
            None => self.course.shots.iter().filter(|shot| shot.day <= day).collect(),
        };
        let mut table = Table::new(&["Date", "Vaccin", "Contre", "Lot", "Rang", "Vaccinateur"]);
        for (number, shot) in shots.iter().enumerate() {
            table.rows.push(vec![
                Cell::plain(french_day(shot.day)),
                Cell::named(shot.vaccine.label, format!("vaccin-{number}")),
                Cell::plain(shot.vaccine.against),
                Cell::plain(shot.lot.to_string()),
                Cell::plain(if shot.booster { format!("{} (rappel)", shot.rank) } else { shot.rank.to_string() }),
                Cell::plain(self.author.name.display()),
            ]);
        }
        let id = draw.uuid();
        let templates = ["2.16.840.1.113883.10.20.1.6", "1.3.6.1.4.1.19376.1.5.3.1.3.23", "1.2.250.1.213.1.1.2.147"];
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                section(x, &templates, ("11369-6", "Historique des vaccinations"), "Vaccinations", &id, |x| {
                    x.within("text", &[], |x| table.write(x));
                    for (number, shot) in shots.iter().enumerate() {
                        immunization(x, &mut draw, shot, self.author, &format!("vaccin-{number}"));
                    }
                });
                self.allergies(x, &mut draw);
            });
        })
    }
}
