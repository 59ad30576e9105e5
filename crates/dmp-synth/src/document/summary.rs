//! The medical summary (*volet de synthèse médicale*, VSM 1.4).

use super::Desk;
use super::tables::TREATMENTS;
use crate::cda::{Cell, Header, Table, Xml, clinical_document, section};
use crate::draw::Draw;

impl Desk<'_> {
    pub(super) fn summary(&self, header: &Header<'_>) -> Vec<u8> {
        let mut draw = self.draw();
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                let id = draw.uuid();
                let title = "Pathologies en cours, antécédents, allergies et facteurs de risque";
                section(x, &["1.2.250.1.213.1.1.2.29"], ("46612-8", "Conclusions de synthèse"), title, &id, |x| {
                    let id = draw.uuid();
                    section(
                        x,
                        &["1.2.250.1.213.1.1.2.30"],
                        ("34117-2", "Historique et physique"),
                        "Pathologies, antécédents et allergies",
                        &id,
                        |x| {
                            self.problems(x, &mut draw, true);
                            self.problems(x, &mut draw, false);
                            self.procedures(x, &mut draw);
                            self.allergies(x, &mut draw);
                        },
                    );
                    let id = draw.uuid();
                    let code = ("57207-3", "Facteurs de risque présents ou passés");
                    section(x, &["1.2.250.1.213.1.1.2.31"], code, "Facteurs de risque", &id, |x| self.risks(x, &mut draw));
                });
                let id = draw.uuid();
                section(
                    x,
                    &["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.2.250.1.213.1.1.2.150"],
                    ("30954-2", "Résultats d'examens"),
                    "Points de vigilance",
                    &id,
                    |x| {
                        let lines = self.key_results();
                        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                        self.paragraphs(x, &lines);
                    },
                );
                let id = draw.uuid();
                section(x, &["1.2.250.1.213.1.1.2.32"], ("18776-5", "Plan de traitement"), "Traitements au long cours", &id, |x| {
                    self.treatments(x, &mut draw, TREATMENTS, ("10160-0", "Traitements"), "Traitements");
                });
                self.vital_signs(x, &mut draw);
            });
        })
    }

    fn risks(&self, x: &mut Xml, draw: &mut Draw) {
        let life = ["2.16.840.1.113883.10.20.1.15", "1.3.6.1.4.1.19376.1.5.3.1.3.16", "1.3.6.1.4.1.19376.1.5.3.1.3.16.1", "1.2.250.1.213.1.1.2.141"];
        let id = draw.uuid();
        section(x, &life, ("29762-2", "Habitus, mode de vie"), "Mode de vie", &id, |x| {
            let tobacco = if self.course.smoker { "Tabagisme actif ou sevré depuis moins de trois ans." } else { "Non-fumeur." };
            self.paragraphs(x, &[tobacco, "Activité physique régulière conseillée et discutée."]);
        });
        let id = draw.uuid();
        section(
            x,
            &["1.3.6.1.4.1.19376.1.5.3.1.1.5.3.1", "1.2.250.1.213.1.1.2.74"],
            ("10161-8", "Facteurs de risques professionnels"),
            "Facteurs de risques professionnels",
            &id,
            |x| {
                self.paragraphs(x, &["Pas d'exposition professionnelle connue."]);
            },
        );
        let family = ["2.16.840.1.113883.10.20.1.4", "1.3.6.1.4.1.19376.1.5.3.1.3.14", "1.2.250.1.213.1.1.2.139"];
        let id = draw.uuid();
        section(x, &family, ("10157-6", "Historique des pathologies familiales"), "Antécédents familiaux", &id, |x| {
            let mut table = Table::new(&["Lien", "Antécédent"]);
            for (relative, condition) in &self.course.family {
                table.rows.push(vec![Cell::plain(*relative), Cell::plain(condition.label)]);
            }
            x.within("text", &[], |x| match table.rows.is_empty() {
                true => x.text("paragraph", &[], "Aucun antécédent familial notable."),
                false => table.write(x),
            });
        });
    }
}
