//! Fills the `{…}` of a script with the values of the day.

use jiff::civil::Date;

use super::Course;
use super::analyte::{Analyte, CREATININE, FILTRATION, HBA1C, INR, LDL, NT_PROBNP, PSA, TSH};

impl Course {
    /// The line with its values. What is not a known word between braces stays as it is.
    pub fn fill(&self, line: &str, day: Date) -> String {
        if !line.contains('{') {
            return line.to_owned();
        }
        let mut filled = String::with_capacity(line.len() + 32);
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((word, tail)) = after.split_once('}') else { break };
            filled.push_str(before);
            filled.push_str(&self.word(word, day));
            rest = tail;
        }
        filled.push_str(rest);
        filled
    }

    fn word(&self, word: &str, day: Date) -> String {
        let result = |analyte: &Analyte| decimal(self.value(analyte, self.last_tested(analyte, day).unwrap_or(day)), analyte.decimals);
        match word {
            "patient" => if self.female { "la patiente" } else { "le patient" }.to_owned(),
            "Patient" => if self.female { "Patiente" } else { "Patient" }.to_owned(),
            "il" => if self.female { "elle" } else { "il" }.to_owned(),
            "Il" => if self.female { "Elle" } else { "Il" }.to_owned(),
            "e" => if self.female { "e" } else { "" }.to_owned(),
            "age" => self.age_words(day),
            "ta" => {
                let (high, low) = self.blood_pressure(day);
                format!("{high}/{low} mmHg")
            }
            "fc" => format!("{}/min", self.heart_rate(day)),
            "poids" => format!("{} kg", decimal(self.weight(day), 1)),
            "taille" => format!("{} cm", decimal(self.height(day), 0)),
            "imc" => decimal(self.body_mass(day), 1),
            "date" => french_day(day),
            "hba1c" => format!("{} %", result(&HBA1C)),
            "creat" => format!("{} µmol/L", result(&CREATININE)),
            "dfg" => format!("{} mL/min/1,73 m²", result(&FILTRATION)),
            "inr" => result(&INR),
            "ldl" => format!("{} mmol/L", result(&LDL)),
            "tsh" => format!("{} mUI/L", result(&TSH)),
            "psa" => format!("{} ng/mL", result(&PSA)),
            "bnp" => format!("{} pg/mL", result(&NT_PROBNP)),
            other => format!("{{{other}}}"),
        }
    }

    /// Weight for height.
    pub fn body_mass(&self, day: Date) -> f64 {
        let metres = self.height(day) / 100.0;
        self.weight(day) / (metres * metres)
    }

    fn age_words(&self, day: Date) -> String {
        match self.age_on(day) {
            years if years >= 2 => format!("{years} ans"),
            _ => {
                let months = self.born.until((jiff::Unit::Month, day)).map_or(0, |span| span.get_months());
                format!("{months} mois")
            }
        }
    }
}

/// A number as French readers write it: a comma.
pub(crate) fn decimal(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}").replace('.', ",")
}

/// `12/06/2026`.
pub(crate) fn french_day(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}
