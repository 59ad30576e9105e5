//! Summaries of invented people as doctors meet them: an old person with many treatments, a young one with almost nothing.
#![allow(clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

use dmp_core::document::Code;
use dmp_core::identity::{BirthDate, PersonName, Sex};
use dmp_core::summary::{Concept, Heading, Knowledge, Line, Medicine, MedicineStage, Party, Period, ProblemState, Summary, What, When, samples};

const ATC: &str = "2.16.840.1.113883.6.73";

/// Name, substance, ATC code, dose, year it began in.
const TREATMENTS: [(&str, &str, &str, &str, i16); 14] = [
    ("ELIQUIS 5 mg, comprimé pelliculé", "apixaban", "B01AF02", "1 comprimé matin et soir", 2021),
    ("BISOPROLOL 2,5 mg, comprimé", "bisoprolol", "C07AB07", "1 comprimé le matin", 2021),
    ("FUROSÉMIDE 40 mg, comprimé", "furosémide", "C03CA01", "1 comprimé le matin, à adapter au poids", 2022),
    ("METFORMINE 1000 mg, comprimé", "metformine", "A10BA02", "1 comprimé midi et soir", 2014),
    ("LANTUS SOLOSTAR 100 UI/ml, stylo prérempli", "insuline glargine", "A10AE04", "18 unités au coucher", 2023),
    ("ATORVASTATINE 20 mg, comprimé", "atorvastatine", "C10AA05", "1 comprimé le soir", 2015),
    ("LÉVOTHYROX 75 µg, comprimé sécable", "lévothyroxine", "H03AA01", "1 comprimé à jeun", 2010),
    ("PARACÉTAMOL 1 g, comprimé", "paracétamol", "N02BE01", "1 comprimé si douleur, au plus 3 par jour", 2024),
    ("PANTOPRAZOLE 20 mg, gélule gastro-résistante", "pantoprazole", "A02BC02", "1 gélule le matin", 2021),
    ("CHOLÉCALCIFÉROL 100 000 UI, ampoule", "cholécalciférol", "A11CC05", "1 ampoule tous les 3 mois", 2020),
    ("SPIRIVA RESPIMAT 2,5 µg/dose, solution pour inhalation", "tiotropium", "R03BB04", "2 bouffées le matin", 2019),
    ("TRAMADOL L.P. 100 mg, comprimé", "tramadol", "N02AX02", "1 comprimé le soir pendant 10 jours", 2026),
    ("MACROGOL 4000 10 g, sachet", "macrogol", "A06AD15", "1 à 2 sachets le matin", 2022),
    ("RAMIPRIL 5 mg, comprimé", "ramipril", "C09AA05", "1 comprimé le matin", 2016),
];

/// Illness, year, and whether it is only suspected.
const PROBLEMS: [(&str, i16, bool); 8] = [
    ("Fibrillation atriale non valvulaire", 2021, false),
    ("Insuffisance cardiaque à fraction d'éjection préservée", 2022, false),
    ("Diabète de type 2", 2014, false),
    ("Maladie rénale chronique, stade 3a", 2020, false),
    ("Hypothyroïdie substituée", 2010, false),
    ("Bronchopneumopathie chronique obstructive (BPCO)", 2019, false),
    ("Lombalgie chronique", 2022, false),
    ("Syndrome d'apnées du sommeil", 2025, true),
];

/// An old woman with as many treatments as asked for.
pub fn old(treatments: usize) -> Summary {
    let mut summary = samples::rich();
    summary.person.traits.birth_name = PersonName::new("Marie-Thérèse Jeanne", "ESSAI-DUPRÉ");
    summary.person.traits.used_name = Some(PersonName::new("Marie-Thérèse", "SPÉCIMEN DE L'ÉTANG"));
    summary.person.traits.birth_date = BirthDate { year: 1941, month: 8, day: 1 };
    summary.treatments.lines = (0..treatments).map(|place| treatment(&summary, place)).collect();
    let sample = summary.problems.lines[0].clone();
    summary.problems.lines = PROBLEMS.iter().map(|problem| named(&sample, problem)).collect();
    summary
}

/// A young man of whom the record says next to nothing.
pub fn young() -> Summary {
    let mut summary = samples::empty();
    summary.person.traits.birth_name = PersonName::new("Noé", "FICTIF");
    summary.person.traits.birth_date = BirthDate { year: 2004, month: 12, day: 0 };
    summary.person.traits.sex = Sex::Male;
    summary.allergies = Heading { denials: samples::denials().allergies.denials, lines: Vec::new(), knowledge: Knowledge::NoneKnown };
    summary.documents = 1;
    summary
}

fn named(sample: &Line, (name, year, is_suspected): &(&str, i16, bool)) -> Line {
    let mut line = sample.clone();
    line.fact.concept = Concept::words(*name);
    line.fact.what = What::Problem { state: if *is_suspected { ProblemState::Suspected } else { ProblemState::Active } };
    line.fact.period = Period { from: Some(When { year: *year, month: 4, day: 0, minute: None }), to: None };
    line
}

fn treatment(summary: &Summary, place: usize) -> Line {
    let (name, substance, atc, dose, year) = TREATMENTS[place % TREATMENTS.len()];
    let mut line = summary.treatments.lines[0].clone();
    let code = Code::new(atc, ATC, substance);
    line.fact.concept = Concept { text: name.into(), codes: vec![code.clone()] };
    line.fact.period = Period { from: Some(When { year, month: 6, day: 0, minute: None }), to: None };
    line.fact.by = Party { name: ["Dr Anne EXEMPLE", "Dr Boris IMAGINAIRE-DELACROIX", ""][place % 3].into(), ..Party::default() };
    line.fact.what = What::Medicine(Medicine {
        stage: MedicineStage::Prescribed,
        substances: vec![Concept::coded(code)],
        dose: dose.into(),
        quantity: String::new(),
        long_term: place.is_multiple_of(4),
        stopped: false,
    });
    line
}
