//! Level 1 documents: a PDF in a CDA envelope. Certificates, emergency reports, stay files, advance directives.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Desk;
use super::pdf::pdf;
use crate::cda::{Header, clinical_document};
use crate::course::{Script, french_day};
use crate::draw::Draw;

impl Desk<'_> {
    /// One page: the parts of the script, then place, date and author.
    pub(super) fn page(&self, header: &Header<'_>, script: &Script) -> Vec<u8> {
        let lines = self.page_lines(script);
        envelope(header, &pdf(header.title, &lines))
    }

    /// A file of a stay: the report, then the nurses' sheets of every day. Between 100 and 400 KB.
    pub(super) fn file(&self, header: &Header<'_>, script: &Script) -> Vec<u8> {
        let mut draw = Draw::of(self.key, &[0xF11E]);
        let mut lines = self.page_lines(script);
        let days = draw.between(9, 16);
        for day in 0..days {
            lines.push(String::new());
            lines.push(format!("Feuille de surveillance, jour {} du séjour", day + 1));
            for quarter in 0..96 {
                let (hour, minute) = (quarter / 4, quarter % 4 * 15);
                lines.push(format!(
                    "{hour:02} h {minute:02} : pouls {}/min, pression artérielle {}/{} mmHg, saturation {} %, température {},{} °C, douleur {}/10, {}.",
                    draw.between(64, 98),
                    draw.between(108, 152),
                    draw.between(58, 88),
                    draw.between(93, 99),
                    draw.between(36, 37),
                    draw.between(0, 9),
                    draw.between(0, 4),
                    draw.pick(&["repos au lit", "au fauteuil", "marche accompagnée", "sommeil calme", "repas pris en partie", "repas pris en entier"]),
                ));
            }
        }
        envelope(header, &pdf(header.title, &lines))
    }

    /// Advance directives in the person's own words.
    pub(super) fn directives(&self, header: &Header<'_>) -> Vec<u8> {
        let name = self.person.traits.shown_name().display();
        let lines: Vec<String> = [
            format!("Je soussigné{}, {name}, en pleine possession de mes moyens, écris ici mes volontés.", if self.person.female { "e" } else { "" }),
            String::new(),
            "Si je ne peux plus m'exprimer et que mon état est sans espoir d'amélioration :".to_owned(),
            "- je ne souhaite pas que la vie soit prolongée par des machines ;".to_owned(),
            "- je souhaite que ma douleur soit soulagée, même si cela abrège ma vie ;".to_owned(),
            "- je souhaite rester chez moi tant que mes proches le peuvent.".to_owned(),
            String::new(),
            "Ma personne de confiance connaît ce document et sait où il se trouve.".to_owned(),
            String::new(),
            format!("Fait à {}, le {}.", self.person.address.city, french_day(self.event.day)),
            format!("Signé : {name}"),
        ]
        .to_vec();
        envelope(header, &pdf(header.title, &lines))
    }

    fn page_lines(&self, script: &Script) -> Vec<String> {
        let day = self.event.day;
        let author = self.author;
        let mut lines = vec![
            format!("{}, {}", author.place.structure.name, author.place.address.display()),
            format!("{} - {}", author.name.display(), author.author_code.1),
            String::new(),
            format!(
                "Concerne : {}, né{} le {}",
                self.person.traits.shown_name().display(),
                if self.person.female { "e" } else { "" },
                french_day(self.person.born)
            ),
            format!("Date : {}", french_day(day)),
        ];
        for (part, words) in script.parts {
            lines.push(String::new());
            lines.push(part.code().0.1.to_uppercase());
            lines.extend(words.iter().map(|line| self.course.fill(line, day)));
        }
        lines.push(String::new());
        lines.push("Document d'essai : personnes, lieux et faits inventés.".to_owned());
        lines.push(author.name.display());
        lines
    }
}

/// The PDF in a level 1 body.
fn envelope(header: &Header<'_>, bytes: &[u8]) -> Vec<u8> {
    clinical_document(header, |x| {
        x.within("nonXMLBody", &[], |x| {
            x.base64("text", &[("mediaType", "application/pdf"), ("representation", "B64")], &STANDARD.encode(bytes));
        });
    })
}
