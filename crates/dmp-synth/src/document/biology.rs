//! Laboratory reports and orders.

use super::Desk;
use crate::cda::{Cell, Header, Lab, Table, Xml, clinical_document, lab_battery, section, stamp};
use crate::course::{Analyte, Chapter, Panel, decimal, french_day};

impl Desk<'_> {
    /// A laboratory report: one section a chapter, with results and their reference ranges, and the value before.
    pub(super) fn biology(&self, header: &Header<'_>, panel: &Panel) -> Vec<u8> {
        let mut draw = self.draw();
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                for chapter in Chapter::ALL {
                    let tests: Vec<&Analyte> = panel.iter().flat_map(|part| part.iter()).filter(|test| test.chapter == chapter).collect();
                    if tests.is_empty() {
                        continue;
                    }
                    let (outer, inner) = (draw.uuid(), draw.uuid());
                    section(x, &["1.3.6.1.4.1.19376.1.3.3.2.1", "1.2.250.1.213.1.1.2.70"], chapter.code(), chapter.code().1, &outer, |x| {
                        section(x, &["1.3.6.1.4.1.19376.1.3.3.2.2", "1.2.250.1.213.1.1.2.71"], chapter.code(), chapter.code().1, &inner, |x| {
                            self.chapter(x, chapter, &tests, &stamp(header.service_start));
                        });
                    });
                }
            });
        })
    }

    fn chapter(&self, x: &mut Xml, chapter: Chapter, tests: &[&Analyte], time: &str) {
        let yesterday = self.day().checked_sub(jiff::Span::new().days(1)).unwrap_or(self.day());
        let mut table = Table::new(&["Examen", "Résultat", "Valeurs de référence", "Résultat antérieur"]);
        table.caption = Some(format!("{}, prélèvement du {}", chapter.code().1, french_day(self.day())));
        let mut results = Vec::new();
        for (number, test) in tests.iter().enumerate() {
            let result = self.result(test, format!("resultat-{}-{number}", chapter.code().0));
            let mark = match result.flag {
                "H" => " ↑",
                "L" => " ↓",
                _ => "",
            };
            let before = self.course.last_tested(test, yesterday);
            let earlier = before
                .map_or_else(|| "-".to_owned(), |day| format!("{} ({})", decimal(self.course.value(test, day), test.decimals), french_day(day)));
            table.rows.push(vec![
                Cell::named(test.label, result.anchor.clone()),
                Cell::plain(format!("{} {}{mark}", result.value.replace('.', ","), test.unit.1)),
                Cell::plain(range_words(&result)),
                Cell::plain(earlier),
            ]);
            results.push(result);
        }
        x.within("text", &[], |x| table.write(x));
        lab_battery(x, chapter.code(), time, &results);
    }

    fn result(&self, test: &Analyte, anchor: String) -> Lab {
        let printed = format!("{:.*}", test.decimals, self.course.value(test, self.day()));
        let value: f64 = printed.parse().unwrap_or(0.0);
        let flag = match (test.low, test.high) {
            (Some(low), _) if value < low => "L",
            (_, Some(high)) if value > high => "H",
            _ => "N",
        };
        let bound = |bound: Option<f64>| bound.map(|bound| format!("{bound:.*}", test.decimals));
        Lab { loinc: test.loinc, label: test.label, unit: test.unit.0, value: printed, low: bound(test.low), high: bound(test.high), flag, anchor }
    }

    /// A laboratory order: the list of tests, each an observation to be made.
    pub(super) fn lab_order(&self, header: &Header<'_>, panel: &Panel) -> Vec<u8> {
        let mut draw = self.draw();
        let tests: Vec<&Analyte> = panel.iter().flat_map(|part| part.iter()).collect();
        let id = draw.uuid();
        clinical_document(header, |x| {
            x.within("structuredBody", &[], |x| {
                section(x, &[], ("18776-5", "Plan de soins"), "Examens de biologie prescrits", &id, |x| {
                    let mut table = Table::new(&["Examen", "LOINC"]);
                    for (number, test) in tests.iter().enumerate() {
                        table.rows.push(vec![Cell::named(test.label, format!("examen-{number}")), Cell::plain(test.loinc)]);
                    }
                    x.within("text", &[], |x| table.write(x));
                    for (number, test) in tests.iter().enumerate() {
                        x.within("entry", &[], |x| {
                            x.within("observation", &[("classCode", "OBS"), ("moodCode", "RQO")], |x| {
                                x.leaf("id", &[("root", &draw.uuid())]);
                                x.code("code", (test.loinc, test.label), (crate::cda::LOINC, "LOINC"));
                                x.reference("text", &format!("examen-{number}"));
                                x.leaf("statusCode", &[("code", "active")]);
                            });
                        });
                    }
                });
            });
        })
    }
}

fn range_words(result: &Lab) -> String {
    let comma = |bound: &str| bound.replace('.', ",");
    match (&result.low, &result.high) {
        (Some(low), Some(high)) => format!("{} à {}", comma(low), comma(high)),
        (Some(low), None) => format!("supérieur à {}", comma(low)),
        (None, Some(high)) => format!("inférieur à {}", comma(high)),
        (None, None) => "selon l'indication".to_owned(),
    }
}
