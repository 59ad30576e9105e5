//! Medicines that change what is done in an emergency, by ATC code, else by name.

use super::{Concept, Line, Summary, What};
use crate::find::fold::words;
use crate::record::Language;

const ATC: &str = "2.16.840.1.113883.6.73";

/// A class of medicines, those first that matter most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    Anticoagulant,
    Antiplatelet,
    Antidiabetic,
    Corticosteroid,
    Immunosuppressant,
    Cancer,
    Epilepsy,
    HeartRhythm,
    Opioid,
    Psychiatric,
}

/// Class, beginnings of its ATC codes, beginnings of words in names (small letters, without accents).
const CLASSES: [(Matter, &[&str], &[&str]); 10] = [
    (
        Matter::Anticoagulant,
        &["B01AA", "B01AB", "B01AE", "B01AF", "B01AX05"],
        &[
            "warfarin",
            "coumadin",
            "fluindione",
            "previscan",
            "acenocoumarol",
            "sintrom",
            "apixaban",
            "eliquis",
            "rivaroxaban",
            "xarelto",
            "dabigatran",
            "pradaxa",
            "edoxaban",
            "lixiana",
            "heparin",
            "enoxaparin",
            "lovenox",
            "tinzaparin",
            "innohep",
            "fondaparinux",
            "arixtra",
        ],
    ),
    (
        Matter::Antiplatelet,
        &["B01AC"],
        &["clopidogrel", "plavix", "ticagrelor", "brilique", "prasugrel", "efient", "kardegic", "aspegic", "acetylsalicyl", "aspirin"],
    ),
    (Matter::Antidiabetic, &["A10"], &["insulin", "lantus", "novorapid", "humalog", "toujeo", "tresiba", "metformin", "gliclazid", "glimepirid"]),
    (Matter::Corticosteroid, &["H02"], &["prednisolon", "prednison", "solupred", "cortancyl", "hydrocortison", "dexamethason", "methylprednisolon"]),
    (Matter::Immunosuppressant, &["L04"], &["methotrexat", "azathioprin", "ciclosporin", "tacrolimus", "mycophenol", "adalimumab"]),
    (Matter::Cancer, &["L01", "L02"], &[]),
    (Matter::Epilepsy, &["N03"], &["valproat", "depakine", "levetiracetam", "keppra", "lamotrigin", "lamictal", "carbamazepin", "tegretol"]),
    (
        Matter::HeartRhythm,
        &["C01A", "C01B", "C07"],
        &["digoxin", "amiodaron", "cordarone", "flecain", "sotalol", "bisoprolol", "propranolol", "atenolol", "nebivolol"],
    ),
    (Matter::Opioid, &["N02A", "N07BC"], &["morphin", "oxycodon", "fentanyl", "tramadol", "buprenorphin", "methadon", "codein"]),
    (Matter::Psychiatric, &["N05AN", "N06AF", "N05AH02"], &["lithium", "teralithe", "clozapin", "leponex"]),
];

/// The current treatments as an emergency card has them, on screen and on paper: those that change what is done first, the gravest before,
/// then the others as they stand.
pub fn in_an_emergency(summary: &Summary) -> Vec<(Option<Matter>, &Line)> {
    let mut all: Vec<(Option<Matter>, &Line)> = summary.treatments.lines.iter().map(|line| (class_of(line), line)).collect();
    all.sort_by_key(|(class, _)| (class.is_none(), *class));
    all
}

/// The class that a treatment falls into.
pub fn class_of(line: &Line) -> Option<Matter> {
    let What::Medicine(medicine) = &line.fact.what else { return None };
    let mut concepts = std::iter::once(&line.fact.concept).chain(&medicine.substances);
    let by_code = |concept: &Concept| {
        let code = concept.code_in(ATC)?;
        CLASSES.iter().find(|(_, codes, _)| codes.iter().any(|beginning| code.starts_with(beginning))).map(|(class, ..)| *class)
    };
    concepts.clone().find_map(by_code).or_else(|| concepts.find_map(|concept| by_name(&concept.text)))
}

fn by_name(text: &str) -> Option<Matter> {
    words(text).iter().find_map(|word| CLASSES.iter().find(|(_, _, names)| names.iter().any(|name| word.starts_with(name))).map(|(class, ..)| *class))
}

impl Matter {
    /// The class in small words.
    pub fn words(self, language: Language) -> &'static str {
        let (french, english) = match self {
            Matter::Anticoagulant => ("anticoagulant", "anticoagulant"),
            Matter::Antiplatelet => ("antiagrégant plaquettaire", "antiplatelet"),
            Matter::Antidiabetic => ("antidiabétique", "antidiabetic"),
            Matter::Corticosteroid => ("corticoïde", "corticosteroid"),
            Matter::Immunosuppressant => ("immunosuppresseur", "immunosuppressant"),
            Matter::Cancer => ("anticancéreux", "cancer treatment"),
            Matter::Epilepsy => ("antiépileptique", "antiepileptic"),
            Matter::HeartRhythm => ("rythme cardiaque", "heart rhythm"),
            Matter::Opioid => ("opioïde", "opioid"),
            Matter::Psychiatric => ("psychotrope à risque", "high-risk psychotropic"),
        };
        match language {
            Language::French => french,
            Language::English => english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Code;
    use crate::summary::samples;

    fn named(text: &str, atc: Option<&str>) -> Option<Matter> {
        let mut line = samples::rich().treatments.lines.remove(0);
        line.fact.concept = Concept { text: text.into(), codes: atc.map(|code| Code::new(code, ATC, "")).into_iter().collect() };
        if let What::Medicine(medicine) = &mut line.fact.what {
            medicine.substances.clear();
        }
        class_of(&line)
    }

    #[test]
    fn a_code_tells_the_class_and_a_name_does_without_a_code() {
        assert_eq!(named("Comprimé blanc", Some("B01AF02")), Some(Matter::Anticoagulant));
        assert_eq!(named("KARDÉGIC 75 mg, poudre", None), Some(Matter::Antiplatelet));
        assert_eq!(named("Lovenox 4000 UI", None), Some(Matter::Anticoagulant));
        assert_eq!(named("Vitamine D", Some("A11CC05")), None);
        assert_eq!(named("Paracétamol 1 g", None), None);
    }

    #[test]
    fn a_name_counts_at_the_beginning_of_a_word_alone() {
        assert_eq!(named("Noninsuline", None), None);
        assert_eq!(named("Stylo d'insuline glargine", None), Some(Matter::Antidiabetic));
    }
}
