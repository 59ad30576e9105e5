//! Discharge letters (*lettres de liaison*, volet LDL-SES).

use super::Desk;
use super::tables::DISCHARGE;
use crate::cda::{Header, clinical_document, section};
use crate::course::{Part, Script};

impl Desk<'_> {
    /// A discharge letter: status, reason, stay, treatments at discharge, awaited results, plan, allergies.
    pub(super) fn liaison(&self, header: &Header<'_>, script: &Script) -> Vec<u8> {
        let mut draw = self.draw();
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                let id = draw.uuid();
                section(
                    x,
                    &["1.2.250.1.213.1.1.2.35", "1.2.250.1.213.1.1.2.35.1"],
                    ("33557-0", "Statut du document"),
                    "Statut du document",
                    &id,
                    |x| {
                        self.paragraphs(x, &["Document validé par le médecin responsable de la sortie."]);
                    },
                );
                for (part, lines) in script.parts.iter().filter(|(part, _)| *part != Part::Plan) {
                    let (code, templates) = part.code();
                    let id = draw.uuid();
                    section(x, templates, code, code.1, &id, |x| self.paragraphs(x, lines));
                }
                self.treatments(x, &mut draw, DISCHARGE, ("10183-2", "Traitements à la sortie"), "Traitements à la sortie");
                let id = draw.uuid();
                section(
                    x,
                    &["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.2.250.1.213.1.1.2.150"],
                    ("30954-2", "Résultats d'examens"),
                    "Résultats et informations attendus",
                    &id,
                    |x| {
                        self.paragraphs(x, &["Aucun résultat en attente à la date de cette lettre."]);
                    },
                );
                for (part, lines) in script.parts.iter().filter(|(part, _)| *part == Part::Plan) {
                    let (code, templates) = part.code();
                    let id = draw.uuid();
                    section(x, templates, code, "Suites à donner", &id, |x| self.paragraphs(x, lines));
                }
                self.problems(x, &mut draw, true);
                self.allergies(x, &mut draw);
            });
        })
    }
}
