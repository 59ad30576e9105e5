//! Laboratory tests: LOINC, UCUM unit, reference range, and the panels that are ordered together.

/// Chapter of a laboratory report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chapter {
    Biochemistry,
    Haematology,
    Coagulation,
}

impl Chapter {
    pub const ALL: [Chapter; 3] = [Chapter::Haematology, Chapter::Coagulation, Chapter::Biochemistry];

    /// LOINC code and words.
    pub fn code(self) -> (&'static str, &'static str) {
        match self {
            Chapter::Biochemistry => ("18719-5", "Biochimie"),
            Chapter::Haematology => ("18723-7", "Hématologie"),
            Chapter::Coagulation => ("18720-3", "Hémostase"),
        }
    }
}

/// What moves a value away from the usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Driver {
    None,
    Glycated,
    Glucose,
    Creatinine,
    Filtration,
    Inr,
    Ldl,
    Tsh,
    Haemoglobin,
    Prostate,
    Albumin,
    Natriuretic,
    Marker,
    Inflammation,
    /// The sum of its fractions.
    Cholesterol,
    /// Three times the haemoglobin.
    Haematocrit,
}

/// A laboratory test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Analyte {
    pub chapter: Chapter,
    pub loinc: &'static str,
    pub label: &'static str,
    /// UCUM, and as French reports print it.
    pub unit: (&'static str, &'static str),
    pub decimals: usize,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Usual value and how far it strays.
    pub usual: (f64, f64),
    pub driver: Driver,
}

type Bounds = (Option<f64>, Option<f64>);

const fn test(
    chapter: Chapter,
    names: [&'static str; 2],
    unit: (&'static str, &'static str),
    decimals: usize,
    bounds: Bounds,
    usual: (f64, f64),
    driver: Driver,
) -> Analyte {
    let [loinc, label] = names;
    Analyte { chapter, loinc, label, unit, decimals, low: bounds.0, high: bounds.1, usual, driver }
}

const fn within(low: f64, high: f64) -> Bounds {
    (Some(low), Some(high))
}

const fn under(high: f64) -> Bounds {
    (None, Some(high))
}

const GIGA: (&str, &str) = ("10*9/L", "G/L");
const MMOL: (&str, &str) = ("mmol/L", "mmol/L");
const UNITS: (&str, &str) = ("U/L", "UI/L");

use Chapter::{Biochemistry as Bio, Coagulation as Coag, Haematology as Haem};

#[rustfmt::skip]
pub(crate) const HAEMOGLOBIN: Analyte = test(Haem, ["718-7", "Hémoglobine"], ("g/dL", "g/dL"), 1, within(12.0, 16.5), (14.0, 0.7), Driver::Haemoglobin);
#[rustfmt::skip]
pub(crate) const BLOOD_COUNT: [Analyte; 12] = [
    test(Haem, ["789-8", "Hématies"], ("10*12/L", "T/L"), 2, within(4.0, 5.8), (4.7, 0.3), Driver::None),
    HAEMOGLOBIN,
    test(Haem, ["4544-3", "Hématocrite"], ("%", "%"), 1, within(36.0, 50.0), (42.0, 2.0), Driver::Haematocrit),
    test(Haem, ["787-2", "Volume globulaire moyen"], ("fL", "fL"), 0, within(80.0, 100.0), (90.0, 3.0), Driver::None),
    test(Haem, ["785-6", "Teneur corpusculaire moyenne en hémoglobine"], ("pg", "pg"), 1, within(27.0, 32.0), (29.8, 0.8), Driver::None),
    test(Haem, ["6690-2", "Leucocytes"], GIGA, 2, within(4.0, 10.0), (6.4, 1.1), Driver::Inflammation),
    test(Haem, ["751-8", "Polynucléaires neutrophiles"], GIGA, 2, within(1.5, 7.0), (3.7, 0.8), Driver::None),
    test(Haem, ["711-2", "Polynucléaires éosinophiles"], GIGA, 2, within(0.0, 0.5), (0.18, 0.09), Driver::None),
    test(Haem, ["704-7", "Polynucléaires basophiles"], GIGA, 2, within(0.0, 0.1), (0.04, 0.02), Driver::None),
    test(Haem, ["731-0", "Lymphocytes"], GIGA, 2, within(1.0, 4.0), (2.0, 0.4), Driver::None),
    test(Haem, ["742-7", "Monocytes"], GIGA, 2, within(0.2, 1.0), (0.5, 0.12), Driver::None),
    test(Haem, ["777-3", "Plaquettes"], GIGA, 0, within(150.0, 400.0), (255.0, 35.0), Driver::None),
];
pub(crate) const INR: Analyte = test(Coag, ["6301-6", "INR"], ("1", ""), 2, (None, None), (1.0, 0.04), Driver::Inr);
pub(crate) const PROTHROMBIN: Analyte = test(Coag, ["5894-1", "Taux de prothrombine"], ("%", "%"), 0, within(70.0, 130.0), (96.0, 6.0), Driver::None);
pub(crate) const HBA1C: Analyte = test(Bio, ["4548-4", "Hémoglobine glyquée (HbA1c)"], ("%", "%"), 1, within(4.0, 6.0), (5.4, 0.2), Driver::Glycated);
pub(crate) const GLUCOSE: Analyte = test(Bio, ["14749-6", "Glucose à jeun"], MMOL, 2, within(3.9, 6.1), (5.0, 0.3), Driver::Glucose);
pub(crate) const CREATININE: Analyte =
    test(Bio, ["14682-9", "Créatinine"], ("umol/L", "µmol/L"), 0, within(45.0, 104.0), (73.0, 7.0), Driver::Creatinine);
pub(crate) const FILTRATION: Analyte = test(
    Bio,
    ["62238-1", "Débit de filtration glomérulaire estimé (CKD-EPI)"],
    ("mL/min/{1.73_m2}", "mL/min/1,73 m²"),
    0,
    (Some(60.0), None),
    (92.0, 6.0),
    Driver::Filtration,
);
pub(crate) const SODIUM: Analyte = test(Bio, ["2951-2", "Sodium"], MMOL, 0, within(136.0, 145.0), (140.0, 1.5), Driver::None);
pub(crate) const POTASSIUM: Analyte = test(Bio, ["2823-3", "Potassium"], MMOL, 1, within(3.5, 5.1), (4.2, 0.25), Driver::None);
pub(crate) const CHLORIDE: Analyte = test(Bio, ["2075-0", "Chlorures"], MMOL, 0, within(98.0, 107.0), (102.0, 1.5), Driver::None);
pub(crate) const UREA: Analyte = test(Bio, ["22664-7", "Urée"], MMOL, 1, within(2.5, 7.5), (5.2, 0.8), Driver::None);
pub(crate) const ALAT: Analyte = test(Bio, ["1742-6", "Alanine aminotransférase (ALAT)"], UNITS, 0, under(45.0), (24.0, 7.0), Driver::None);
pub(crate) const ASAT: Analyte = test(Bio, ["1920-8", "Aspartate aminotransférase (ASAT)"], UNITS, 0, under(40.0), (23.0, 5.0), Driver::None);
pub(crate) const GGT: Analyte = test(Bio, ["2324-2", "Gamma-glutamyltransférase (GGT)"], UNITS, 0, under(55.0), (28.0, 9.0), Driver::None);
pub(crate) const CHOLESTEROL: Analyte = test(Bio, ["14647-2", "Cholestérol total"], MMOL, 2, under(5.2), (4.9, 0.3), Driver::Cholesterol);
pub(crate) const HDL: Analyte = test(Bio, ["14646-4", "Cholestérol HDL"], MMOL, 2, (Some(1.0), None), (1.4, 0.15), Driver::None);
pub(crate) const LDL: Analyte = test(Bio, ["39469-2", "Cholestérol LDL (calculé)"], MMOL, 2, under(4.1), (2.9, 0.3), Driver::Ldl);
pub(crate) const TRIGLYCERIDES: Analyte = test(Bio, ["14927-8", "Triglycérides"], MMOL, 2, under(1.7), (1.2, 0.3), Driver::None);
pub(crate) const CRP: Analyte = test(Bio, ["1988-5", "Protéine C réactive"], ("mg/L", "mg/L"), 1, under(5.0), (2.0, 1.2), Driver::Inflammation);
pub(crate) const TSH: Analyte = test(Bio, ["3016-3", "Thyréostimuline (TSH)"], ("m[IU]/L", "mUI/L"), 2, within(0.4, 4.0), (1.9, 0.5), Driver::Tsh);
pub(crate) const FERRITIN: Analyte = test(Bio, ["2276-4", "Ferritine"], ("ug/L", "µg/L"), 0, within(20.0, 300.0), (95.0, 30.0), Driver::None);
pub(crate) const PSA: Analyte =
    test(Bio, ["2857-1", "Antigène spécifique de la prostate (PSA)"], ("ng/mL", "ng/mL"), 2, under(4.0), (1.3, 0.4), Driver::Prostate);
pub(crate) const ALBUMIN_RATIO: Analyte =
    test(Bio, ["9318-7", "Rapport albumine / créatinine urinaire"], ("mg/g", "mg/g"), 0, under(30.0), (9.0, 4.0), Driver::Albumin);
pub(crate) const NT_PROBNP: Analyte = test(Bio, ["33762-6", "NT-proBNP"], ("pg/mL", "pg/mL"), 0, under(300.0), (110.0, 45.0), Driver::Natriuretic);
pub(crate) const CA_15_3: Analyte = test(Bio, ["6875-9", "Antigène CA 15-3"], ("[arb'U]/mL", "U/mL"), 1, under(30.0), (16.0, 4.0), Driver::Marker);

pub(crate) const ROUTINE: &[&[Analyte]] =
    &[&BLOOD_COUNT, &[GLUCOSE, CREATININE, FILTRATION, SODIUM, POTASSIUM, CHLORIDE, ALAT, ASAT, GGT, CHOLESTEROL, HDL, LDL, TRIGLYCERIDES]];
pub(crate) const DIABETIC: &[&[Analyte]] =
    &[&[HBA1C, GLUCOSE, CREATININE, FILTRATION, ALBUMIN_RATIO, SODIUM, POTASSIUM, CHOLESTEROL, HDL, LDL, TRIGLYCERIDES, ALAT, ASAT, GGT]];
pub(crate) const DIABETIC_WIDE: &[&[Analyte]] = &[
    &BLOOD_COUNT,
    &[
        HBA1C,
        GLUCOSE,
        CREATININE,
        FILTRATION,
        UREA,
        ALBUMIN_RATIO,
        SODIUM,
        POTASSIUM,
        CHLORIDE,
        CHOLESTEROL,
        HDL,
        LDL,
        TRIGLYCERIDES,
        ALAT,
        ASAT,
        GGT,
        TSH,
    ],
];
pub(crate) const ANTICOAGULATION: &[&[Analyte]] = &[&[PROTHROMBIN, INR]];
pub(crate) const KIDNEY: &[&[Analyte]] = &[&BLOOD_COUNT, &[CREATININE, FILTRATION, UREA, SODIUM, POTASSIUM, CHLORIDE, ALBUMIN_RATIO, FERRITIN]];
pub(crate) const THYROID: &[&[Analyte]] = &[&[TSH]];
pub(crate) const PROSTATE: &[&[Analyte]] = &[&[PSA]];
pub(crate) const INFECTION: &[&[Analyte]] = &[&BLOOD_COUNT, &[CRP, CREATININE, FILTRATION, SODIUM, POTASSIUM]];
pub(crate) const HEART: &[&[Analyte]] = &[&BLOOD_COUNT, &[NT_PROBNP, CREATININE, FILTRATION, SODIUM, POTASSIUM, TSH]];
pub(crate) const CANCER: &[&[Analyte]] = &[&BLOOD_COUNT, &[CA_15_3, CREATININE, FILTRATION, ALAT, ASAT, GGT, CRP]];
pub(crate) const PREGNANT: &[&[Analyte]] = &[&BLOOD_COUNT, &[GLUCOSE, FERRITIN, TSH, CREATININE]];
pub(crate) const GERIATRIC: &[&[Analyte]] = &[&BLOOD_COUNT, &[CREATININE, FILTRATION, UREA, SODIUM, POTASSIUM, CRP, TSH, FERRITIN]];
