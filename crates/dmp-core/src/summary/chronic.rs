//! The values that matter for each lasting illness or treatment: three at most, so that all of them stand on the first screen of a consultation.
//!
//! State of November 2026. Which three is ours, after the HAS guides of the course of care of each illness; nothing is refused or
//! prescribed by it. A value that no visible document gives is named all the same: that nobody measured it is worth knowing.

use super::analytes::{ANALYTES, Analyte, analyte_of};
use super::{Concept, Fact, Summary, What, words};
use crate::document::system;

/// A lasting illness or treatment, with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// French and English words.
    pub name: (&'static str, &'static str),
    pub values: Vec<WatchedValue>,
}

/// One value that matters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WatchedValue {
    pub analyte: &'static Analyte,
    /// Its place in [`Summary::results`]; `None`: no visible document gives it.
    pub series: Option<usize>,
}

/// One row: what it is called, by what it is known, and the first LOINC code of each of its analytes.
struct Row {
    name: (&'static str, &'static str),
    /// Beginnings of CIM-10 codes.
    cim: &'static [&'static str],
    /// Words of a problem without a code, as [`words::normal`] writes them.
    words: &'static [&'static str],
    /// Words that make it something else.
    not: &'static [&'static str],
    /// Beginnings of ATC codes of current treatments.
    atc: &'static [&'static str],
    loinc: &'static [&'static str],
}

const HBA1C: &str = "4548-4";
const EGFR: &str = "62238-1";
const CREATININE: &str = "2160-0";
const POTASSIUM: &str = "2823-3";
const SYSTOLIC: &str = "8480-6";
const LDL: &str = "2089-1";
const WEIGHT: &str = "29463-7";
const HAEMOGLOBIN: &str = "718-7";

/// In the order of the page.
#[rustfmt::skip]
const ROWS: [Row; 13] = [
    Row { name: ("Antivitamine K", "Vitamin K antagonist"), cim: &[], words: &[], not: &[], atc: &["B01AA"], loinc: &["6301-6", HAEMOGLOBIN, CREATININE] },
    Row { name: ("Anticoagulant oral direct", "Direct oral anticoagulant"), cim: &[], words: &[], not: &[], atc: &["B01AE07", "B01AF"], loinc: &[CREATININE, HAEMOGLOBIN, WEIGHT] },
    Row { name: ("Diabète", "Diabetes"), cim: &["E10", "E11", "E12", "E13", "E14"], words: &["diabete"], not: &["insipide", "gestationnel", "prediabete", "pre diabete"], atc: &["A10"], loinc: &[HBA1C, CREATININE, LDL] },
    Row { name: ("Insuffisance cardiaque", "Heart failure"), cim: &["I50"], words: &["insuffisance cardiaque"], not: &[], atc: &[], loinc: &[WEIGHT, "33762-6", POTASSIUM] },
    Row { name: ("Maladie rénale chronique", "Chronic kidney disease"), cim: &["N18"], words: &["insuffisance renale chronique", "maladie renale chronique"], not: &[], atc: &[], loinc: &[EGFR, CREATININE, POTASSIUM] },
    Row { name: ("Hypertension artérielle", "Hypertension"), cim: &["I10", "I11", "I12", "I13", "I15"], words: &["hypertension arterielle", "hta"], not: &["pulmonaire"], atc: &[], loinc: &[SYSTOLIC, CREATININE, POTASSIUM] },
    Row { name: ("Cholestérol", "Lipids"), cim: &["E78"], words: &["hypercholesterolemie", "dyslipidemie"], not: &[], atc: &["C10AA"], loinc: &[LDL, "2571-8", "1742-6"] },
    Row { name: ("Thyroïde", "Thyroid"), cim: &["E03", "E05", "E06", "E89.0"], words: &["hypothyroidie", "hyperthyroidie"], not: &[], atc: &["H03"], loinc: &["3016-3"] },
    Row { name: ("Bronchopneumopathie chronique", "Chronic obstructive pulmonary disease"), cim: &["J44"], words: &["bpco", "bronchopneumopathie"], not: &[], atc: &[], loinc: &["2708-6", WEIGHT, HAEMOGLOBIN] },
    Row { name: ("Goutte", "Gout"), cim: &["M10"], words: &["goutte"], not: &[], atc: &["M04AA"], loinc: &["3084-1", CREATININE] },
    Row { name: ("Anémie", "Anaemia"), cim: &["D50", "D51", "D52", "D53", "D63", "D64"], words: &["anemie"], not: &[], atc: &[], loinc: &[HAEMOGLOBIN, "2276-4", "1988-5"] },
    Row { name: ("Obésité", "Obesity"), cim: &["E66"], words: &["obesite"], not: &[], atc: &[], loinc: &[WEIGHT, HBA1C, LDL] },
    Row { name: ("Lithium", "Lithium"), cim: &[], words: &[], not: &[], atc: &["N05AN01"], loinc: &["14334-7", CREATININE, "3016-3"] },
];

/// Of each lasting illness that is active and each treatment under way: its values, in the order of the table.
pub fn watched(summary: &Summary) -> Vec<Watched> {
    let problems: Vec<&Concept> = summary.problems.lines.iter().map(|line| &line.fact.concept).collect();
    let treatments: Vec<&Fact> = summary.treatments.lines.iter().map(|line| &line.fact).collect();
    let holds = |row: &&Row| problems.iter().any(|problem| row.is_of(problem)) || treatments.iter().any(|fact| row.is_treated_by(fact));
    ROWS.iter().filter(holds).map(|row| Watched { name: row.name, values: row.values(summary) }).collect()
}

impl Row {
    fn is_of(&self, problem: &Concept) -> bool {
        let code = problem.code_in(system::CIM_10).unwrap_or_default();
        if !code.is_empty() {
            return self.cim.iter().any(|root| code.starts_with(root));
        }
        let text = words::normal(&problem.text);
        let has =
            |words: &&[&str]| words.iter().any(|word| text == *word || text.starts_with(&format!("{word} ")) || text.contains(&format!(" {word}")));
        has(&self.words) && !self.not.iter().any(|word| text.contains(word))
    }

    fn is_treated_by(&self, fact: &Fact) -> bool {
        let substances: &[Concept] = match &fact.what {
            What::Medicine(medicine) => &medicine.substances,
            _ => &[],
        };
        let codes = substances.iter().chain([&fact.concept]).flat_map(|concept| &concept.codes);
        // An ATC code has seven signs at most and begins with a letter; other systems' codes are longer or begin with a digit.
        codes.filter(|code| code.code.len() <= 7).any(|code| self.atc.iter().any(|root| code.code.starts_with(root)))
    }

    fn values(&self, summary: &Summary) -> Vec<WatchedValue> {
        let analyte = |loinc: &&str| ANALYTES.iter().find(|analyte| analyte.loinc.contains(loinc));
        let series = |wanted: &Analyte| summary.results.iter().position(|one| analyte_of(&one.analyte).is_some_and(|analyte| analyte == wanted));
        self.loinc.iter().filter_map(analyte).map(|analyte| WatchedValue { analyte, series: series(analyte) }).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]
mod tests {
    use super::*;
    use crate::summary::samples;

    fn names(summary: &Summary) -> Vec<&'static str> {
        watched(summary).into_iter().map(|one| one.name.0).collect()
    }

    #[test]
    fn every_row_names_analytes_that_exist_and_three_at_most() {
        for row in &ROWS {
            assert!((1..=3).contains(&row.loinc.len()), "{}", row.name.0);
            for loinc in row.loinc {
                assert!(ANALYTES.iter().any(|analyte| analyte.loinc.contains(loinc)), "{loinc}");
            }
            assert!(row.words.iter().all(|word| words::normal(word) == *word), "{}", row.name.0);
        }
    }

    #[test]
    fn who_has_no_lasting_illness_has_no_values_to_watch() {
        assert!(names(&samples::empty()).is_empty());
    }

    #[test]
    fn an_illness_is_known_by_its_code_or_else_by_its_words() {
        let mut summary = samples::rich();
        summary.treatments.lines.clear();
        let mut line = summary.problems.lines[0].clone();
        let mut with = |text: &str, code: Option<&str>| {
            line.fact.concept = Concept::words(text);
            line.fact.concept.codes = code.map(|code| crate::document::Code::new(code, system::CIM_10, "")).into_iter().collect();
            summary.problems.lines = vec![line.clone()];
            names(&summary)
        };
        assert_eq!(with("Diabète de type 2", None), ["Diabète"]);
        assert_eq!(with("peu importe", Some("E11.9")), ["Diabète"]);
        assert_eq!(with("Diabète insipide", None), [""; 0]);
        assert_eq!(with("Diabète", Some("Z00")), [""; 0], "a code that says something else holds");
        assert_eq!(with("Hypertension artérielle pulmonaire", None), [""; 0]);
        assert_eq!(with("HTA", None), ["Hypertension artérielle"]);
    }

    #[test]
    fn a_value_that_nobody_measured_is_named_without_a_series() {
        let mut summary = samples::rich();
        summary.results.clear();
        let mut line = summary.problems.lines[0].clone();
        line.fact.concept = Concept::words("Diabète de type 2");
        summary.problems.lines = vec![line];
        let found = watched(&summary);
        let diabetes = found.iter().find(|one| one.name.0 == "Diabète").unwrap();
        assert_eq!(diabetes.values.len(), 3);
        assert!(diabetes.values.iter().all(|value| value.series.is_none()));
    }
}
