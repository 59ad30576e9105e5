//! Analytes that laboratories and practices name in several ways: which LOINC codes are the same thing, in which unit it is shown.
//!
//! State of November 2026. The codes of one row differ in property (mass, amount of substance), in method, or between serum, plasma and
//! blood where clinicians read them alike. The change of a row is about the reference change value of the analyte (analytical and
//! biological variation): less than it is no trend.
//!
//! Left out on purpose: capillary and arterial glucose, the weight at birth, urea nitrogen, D-dimers in DDU: they are not read alike.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Concept, words};
use crate::document::system;

/// One thing that is measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Analyte {
    pub french: &'static str,
    pub english: &'static str,
    /// LOINC codes that are this analyte. INVARIANT: at least one, and in no other row.
    pub loinc: &'static [&'static str],
    /// UCUM unit that series are shown in.
    pub unit: &'static str,
    /// The larger, the earlier in a list.
    pub weight: u8,
    /// Least relevant change, per cent of the values before.
    pub change_percent: f64,
    /// Grams a mole.
    pub molar_mass: Option<f64>,
    /// Other words for it.
    pub aliases: &'static [&'static str],
}

impl Analyte {
    /// Charges of an ion, to turn milliequivalents into millimoles.
    pub fn valence(&self) -> Option<u8> {
        match self.loinc.first().copied() {
            Some("2951-2" | "2823-3" | "2075-0" | "1963-8" | "14334-7") => Some(1),
            Some("2000-8" | "2601-3") => Some(2),
            _ => None,
        }
    }
}

/// The analyte of a concept: by its LOINC codes; by its words only when it has no LOINC code.
pub fn analyte_of(concept: &Concept) -> Option<&'static Analyte> {
    analyte_index(concept).and_then(|index| ANALYTES.get(index))
}

/// Its row in [`ANALYTES`].
pub(super) fn analyte_index(concept: &Concept) -> Option<usize> {
    let mut has_loinc = false;
    for code in concept.codes.iter().filter(|code| code.system == system::LOINC) {
        has_loinc = true;
        if let Some(index) = BY_LOINC.get(code.code.as_str()) {
            return Some(*index);
        }
    }
    // A code that is not here is something else (in urine, say), whatever its words.
    (!has_loinc && !concept.text.is_empty()).then(|| BY_WORDS.get(&words::normal(&concept.text)).copied()).flatten()
}

static BY_LOINC: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| ANALYTES.iter().enumerate().flat_map(|(index, row)| row.loinc.iter().map(move |code| (*code, index))).collect());

static BY_WORDS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let names = |row: &'static Analyte| [row.french, row.english].into_iter().chain(row.aliases.iter().copied());
    ANALYTES.iter().enumerate().flat_map(|(index, row)| names(row).map(move |name| (words::normal(name), index))).collect()
});

const fn row(
    french: &'static str,
    english: &'static str,
    loinc: &'static [&'static str],
    unit: &'static str,
    shown: (u8, f64),
    molar_mass: Option<f64>,
    aliases: &'static [&'static str],
) -> Analyte {
    Analyte { french, english, loinc, unit, weight: shown.0, change_percent: shown.1, molar_mass, aliases }
}

/// The table. `shown`: weight, least relevant change in per cent.
#[rustfmt::skip]
pub static ANALYTES: [Analyte; 92] = [
    row("Hémoglobine glyquée (HbA1c)", "Haemoglobin A1c", &["4548-4", "17856-6", "59261-8", "71875-9"], "%", (98, 5.0), None, &["HbA1c", "hémoglobine glyquée", "hémoglobine A1c", "hémoglobine glycosylée"]),
    row("Débit de filtration glomérulaire estimé", "Estimated GFR", &["62238-1", "98979-8", "33914-3", "48642-3", "50044-7", "69405-9", "77147-7"], "mL/min/{1.73_m2}", (97, 12.0), None, &["DFG", "DFG estimé", "DFG CKD-EPI", "clairance de la créatinine", "eGFR"]),
    row("Créatinine", "Creatinine", &["2160-0", "14682-9", "38483-4", "59826-8"], "umol/L", (96, 15.0), Some(113.12), &["créatininémie", "créatinine sérique", "créatinine plasmatique"]),
    row("INR", "INR", &["6301-6", "34714-6", "38875-1", "46418-0"], "{INR}", (95, 15.0), None, &["TP (INR)", "rapport international normalisé"]),
    row("Potassium", "Potassium", &["2823-3", "6298-4", "77142-8"], "mmol/L", (94, 8.0), Some(39.098), &["kaliémie", "potassium sérique", "K+"]),
    row("Hémoglobine", "Haemoglobin", &["718-7", "59260-0", "20509-6", "30313-1"], "g/dL", (93, 7.0), Some(16_114.0), &["Hb", "hemoglobin"]),
    row("Glycémie à jeun", "Fasting glucose", &["1558-6", "14771-0", "76629-5", "1557-8"], "g/L", (92, 10.0), Some(180.156), &["glucose à jeun", "glycémie veineuse à jeun"]),
    row("Glucose", "Glucose", &["2345-7", "14749-6", "2339-0", "15074-8"], "g/L", (91, 12.0), Some(180.156), &["glycémie", "glucose sanguin"]),
    row("Pression artérielle systolique", "Systolic blood pressure", &["8480-6", "8459-0", "8479-8"], "mm[Hg]", (90, 8.0), None, &["PAS", "TA systolique", "pression systolique"]),
    row("Pression artérielle diastolique", "Diastolic blood pressure", &["8462-4", "8453-3"], "mm[Hg]", (89, 8.0), None, &["PAD", "TA diastolique", "pression diastolique"]),
    row("Poids", "Weight", &["29463-7", "3141-9", "3142-7"], "kg", (88, 3.0), None, &["masse corporelle", "poids corporel", "body weight"]),
    row("Cholestérol LDL", "LDL cholesterol", &["2089-1", "13457-7", "18262-6", "22748-8", "39469-2", "69419-0"], "g/L", (87, 12.0), Some(386.65), &["LDL", "LDL cholestérol", "LDL-C"]),
    row("TSH", "TSH", &["3016-3", "11579-0", "11580-8"], "m[IU]/L", (86, 30.0), None, &["thyréostimuline", "TSH ultrasensible", "T.S.H."]),
    row("CRP", "C-reactive protein", &["1988-5", "30522-7", "71426-1"], "mg/L", (85, 50.0), None, &["protéine C réactive", "protéine C-réactive", "CRP ultrasensible"]),
    row("NT-proBNP", "NT-proBNP", &["33762-6", "83107-3", "83108-1"], "ng/L", (84, 30.0), Some(8_457.0), &["NT pro BNP", "proBNP"]),
    row("BNP", "BNP", &["30934-4", "42637-9"], "ng/L", (83, 30.0), Some(3_464.0), &["peptide natriurétique B"]),
    row("Troponine T", "Troponin T", &["67151-1", "6598-7", "48425-3"], "ng/L", (82, 30.0), None, &["troponine T ultrasensible"]),
    row("Troponine I", "Troponin I", &["89579-7", "10839-9", "49563-0"], "ng/L", (82, 30.0), None, &["troponine I ultrasensible"]),
    row("Plaquettes", "Platelets", &["777-3", "26515-7", "778-1"], "10*9/L", (81, 15.0), None, &["thrombocytes", "numération plaquettaire"]),
    row("Leucocytes", "Leukocytes", &["6690-2", "26464-8", "804-5"], "10*9/L", (80, 20.0), None, &["globules blancs", "GB", "white blood cells"]),
    row("Polynucléaires neutrophiles", "Neutrophils", &["751-8", "26499-4", "753-4"], "10*9/L", (79, 25.0), None, &["neutrophiles", "PNN"]),
    row("Sodium", "Sodium", &["2951-2", "2947-0", "77139-4"], "mmol/L", (78, 2.0), Some(22.99), &["natrémie", "sodium sérique", "Na+"]),
    row("ALAT", "ALT", &["1742-6", "1743-4", "1744-2"], "U/L", (77, 25.0), None, &["ALAT (TGP)", "TGP", "SGPT", "alanine aminotransférase"]),
    row("ASAT", "AST", &["1920-8", "30239-8", "88112-8"], "U/L", (76, 25.0), None, &["ASAT (TGO)", "TGO", "SGOT", "aspartate aminotransférase"]),
    row("Gamma-GT", "Gamma GT", &["2324-2", "2325-9"], "U/L", (75, 25.0), None, &["gamma glutamyl transférase", "GGT", "γ-GT"]),
    row("Phosphatases alcalines", "Alkaline phosphatase", &["6768-6", "1783-0"], "U/L", (74, 15.0), None, &["PAL"]),
    row("Bilirubine totale", "Total bilirubin", &["1975-2", "14631-6"], "umol/L", (73, 25.0), Some(584.66), &["bilirubine", "bilirubinémie"]),
    row("Bilirubine conjuguée", "Direct bilirubin", &["1968-7", "14629-0", "15152-2"], "umol/L", (72, 25.0), Some(584.66), &["bilirubine directe"]),
    row("Cholestérol total", "Total cholesterol", &["2093-3", "14647-2"], "g/L", (71, 10.0), Some(386.65), &["cholestérol", "cholestérolémie"]),
    row("Cholestérol HDL", "HDL cholesterol", &["2085-9", "14646-4"], "g/L", (70, 10.0), Some(386.65), &["HDL", "HDL cholestérol", "HDL-C"]),
    row("Cholestérol non-HDL", "Non-HDL cholesterol", &["43396-1", "70204-3"], "g/L", (69, 10.0), Some(386.65), &["non HDL"]),
    row("Triglycérides", "Triglycerides", &["2571-8", "14927-8", "3043-7"], "g/L", (68, 25.0), Some(885.4), &["triglycéridémie"]),
    row("Urée", "Urea", &["3091-6", "22664-7"], "mmol/L", (67, 15.0), Some(60.055), &["urémie", "urée sanguine"]),
    row("Acide urique", "Uric acid", &["3084-1", "14933-6"], "umol/L", (66, 15.0), Some(168.11), &["uricémie", "urate"]),
    row("Ferritine", "Ferritin", &["2276-4", "20567-4", "24373-3"], "ug/L", (65, 25.0), None, &["ferritinémie"]),
    row("Fer sérique", "Iron", &["2498-4", "14798-3"], "umol/L", (64, 30.0), Some(55.845), &["fer", "sidérémie"]),
    row("Saturation de la transferrine", "Transferrin saturation", &["2502-3", "14801-5"], "%", (63, 25.0), None, &["coefficient de saturation de la transferrine", "CST"]),
    row("Transferrine", "Transferrin", &["3034-6"], "g/L", (62, 10.0), Some(79_570.0), &[]),
    row("25-OH vitamine D", "25-OH vitamin D", &["62292-8", "1989-3", "14635-7", "49054-0"], "ng/mL", (61, 20.0), Some(400.64), &["vitamine D", "25 hydroxy vitamine D", "25-hydroxyvitamine D"]),
    row("Vitamine B12", "Vitamin B12", &["2132-9", "14685-2"], "pmol/L", (60, 20.0), Some(1_355.37), &["cobalamine"]),
    row("Folates", "Folate", &["2284-8", "14732-2"], "nmol/L", (59, 25.0), Some(441.4), &["acide folique", "vitamine B9"]),
    row("Calcium", "Calcium", &["2000-8", "17861-6"], "mmol/L", (58, 4.0), Some(40.078), &["calcémie", "calcium total"]),
    row("Phosphore", "Phosphate", &["2777-1", "14879-1"], "mmol/L", (57, 15.0), Some(30.974), &["phosphates", "phosphatémie", "phosphorémie"]),
    row("Magnésium", "Magnesium", &["2601-3", "19123-9"], "mmol/L", (56, 8.0), Some(24.305), &["magnésémie"]),
    row("Chlorure", "Chloride", &["2075-0", "2069-3"], "mmol/L", (55, 3.0), Some(35.453), &["chlore", "chlorures", "chlorémie"]),
    row("Bicarbonates", "Bicarbonate", &["1963-8", "2028-9", "1959-6"], "mmol/L", (54, 10.0), None, &["réserve alcaline", "CO2 total"]),
    row("Albumine", "Albumin", &["1751-7", "54347-0", "61151-7", "61152-5"], "g/L", (53, 8.0), Some(66_500.0), &["albuminémie"]),
    row("Protéines totales", "Total protein", &["2885-2"], "g/L", (52, 6.0), None, &["protidémie", "protéines", "protides"]),
    row("Préalbumine", "Prealbumin", &["14338-8"], "g/L", (51, 15.0), None, &["transthyrétine"]),
    row("Rapport albumine/créatinine urinaire", "Urine albumin to creatinine ratio", &["9318-7", "14959-1", "32294-1", "14585-4", "30000-4"], "mg/g", (51, 30.0), None, &["microalbuminurie/créatininurie", "RAC"]),
    row("Albumine urinaire", "Urine albumin", &["14957-5", "1754-1"], "mg/L", (50, 30.0), None, &["microalbuminurie", "albuminurie"]),
    row("PSA total", "PSA", &["2857-1", "35741-8"], "ng/mL", (50, 25.0), None, &["PSA", "antigène prostatique spécifique"]),
    row("T4 libre", "Free T4", &["3024-7", "14920-3"], "pmol/L", (49, 15.0), Some(776.87), &["FT4", "thyroxine libre", "T4L"]),
    row("T3 libre", "Free T3", &["3051-0", "14928-6"], "pmol/L", (48, 15.0), Some(650.97), &["FT3", "T3L"]),
    row("Hématocrite", "Haematocrit", &["4544-3", "20570-8"], "%", (47, 7.0), None, &["Ht", "hematocrit"]),
    row("Hématies", "Erythrocytes", &["789-8", "26453-1"], "10*12/L", (46, 7.0), None, &["érythrocytes", "globules rouges", "GR"]),
    row("VGM", "Mean corpuscular volume", &["787-2", "30428-7"], "fL", (45, 4.0), None, &["volume globulaire moyen"]),
    row("TCMH", "Mean corpuscular haemoglobin", &["785-6", "28539-5"], "pg", (30, 5.0), None, &["teneur corpusculaire moyenne en hémoglobine"]),
    row("CCMH", "Mean corpuscular haemoglobin concentration", &["786-4", "28540-3"], "g/dL", (29, 4.0), None, &[]),
    row("Lymphocytes", "Lymphocytes", &["731-0", "26474-7"], "10*9/L", (44, 25.0), None, &[]),
    row("Monocytes", "Monocytes", &["742-7", "26484-6"], "10*9/L", (28, 30.0), None, &[]),
    row("Polynucléaires éosinophiles", "Eosinophils", &["711-2", "26449-9"], "10*9/L", (43, 40.0), None, &["éosinophiles"]),
    row("Polynucléaires basophiles", "Basophils", &["704-7", "26444-0"], "10*9/L", (27, 50.0), None, &["basophiles"]),
    row("Réticulocytes", "Reticulocytes", &["60474-4", "14196-0"], "10*9/L", (26, 25.0), None, &[]),
    row("Vitesse de sédimentation", "Sedimentation rate", &["4537-7", "30341-2"], "mm/h", (42, 40.0), None, &["VS"]),
    row("Taux de prothrombine", "Prothrombin time ratio", &["5894-1"], "%", (41, 10.0), None, &["TP"]),
    row("D-dimères", "D-dimer", &["48065-7", "91556-1"], "ug/L", (40, 40.0), None, &["D dimère"]),
    row("Fibrinogène", "Fibrinogen", &["3255-7"], "g/L", (39, 20.0), None, &[]),
    row("Lipase", "Lipase", &["3040-3"], "U/L", (38, 30.0), None, &["lipasémie"]),
    row("CPK", "Creatine kinase", &["2157-6"], "U/L", (37, 40.0), None, &["créatine kinase", "CK"]),
    row("LDH", "LDH", &["2532-0", "14804-9"], "U/L", (36, 20.0), None, &["lactate déshydrogénase"]),
    row("Procalcitonine", "Procalcitonin", &["33959-8"], "ug/L", (36, 50.0), None, &["PCT"]),
    row("Lithium", "Lithium", &["14334-7", "3719-2"], "mmol/L", (60, 15.0), Some(6.94), &["lithiémie"]),
    row("Digoxine", "Digoxin", &["10535-3", "14698-5"], "ug/L", (60, 20.0), Some(780.94), &["digoxinémie"]),
    row("PTH", "PTH", &["2731-8", "14866-8"], "ng/L", (35, 30.0), Some(9_425.0), &["parathormone"]),
    row("Cortisol", "Cortisol", &["2143-6", "14675-3"], "nmol/L", (34, 30.0), Some(362.46), &["cortisolémie"]),
    row("Testostérone", "Testosterone", &["2986-8", "14913-8"], "nmol/L", (33, 25.0), Some(288.42), &[]),
    row("bêta-hCG", "beta hCG", &["21198-7", "19080-1"], "[IU]/L", (60, 30.0), None, &["hCG", "beta-hCG"]),
    row("ACE", "CEA", &["2039-6"], "ug/L", (34, 30.0), None, &["antigène carcino-embryonnaire"]),
    row("CA 125", "CA 125", &["10334-1"], "k[IU]/L", (34, 30.0), None, &["CA125"]),
    row("CA 15-3", "CA 15-3", &["6875-9"], "k[IU]/L", (34, 30.0), None, &["CA15-3"]),
    row("CA 19-9", "CA 19-9", &["24108-3"], "k[IU]/L", (34, 30.0), None, &["CA19-9"]),
    row("Charge virale VIH", "HIV viral load", &["20447-9", "25836-8"], "/mL", (60, 50.0), None, &["ARN VIH"]),
    row("Taille", "Height", &["8302-2", "3137-7", "3138-5", "8306-3"], "cm", (60, 1.0), None, &["stature", "body height"]),
    row("IMC", "Body mass index", &["39156-5"], "kg/m2", (72, 3.0), None, &["indice de masse corporelle", "index de masse corporelle"]),
    row("Fréquence cardiaque", "Heart rate", &["8867-4", "8893-0"], "/min", (70, 12.0), None, &["pouls", "FC"]),
    row("Fréquence respiratoire", "Respiratory rate", &["9279-1"], "/min", (40, 15.0), None, &["FR"]),
    row("Température", "Temperature", &["8310-5", "8331-1", "8328-7", "8333-7", "8329-5"], "Cel", (50, 1.5), None, &["température corporelle"]),
    row("Saturation en oxygène", "Oxygen saturation", &["2708-6", "59408-5"], "%", (70, 3.0), None, &["SpO2", "SaO2", "saturation"]),
    row("Périmètre crânien", "Head circumference", &["9843-4", "8287-5"], "cm", (60, 2.0), None, &["PC"]),
    row("Périmètre abdominal", "Waist circumference", &["8280-0", "56115-9"], "cm", (40, 4.0), None, &["tour de taille"]),
    row("Fraction d'éjection du ventricule gauche", "Left ventricular ejection fraction", &["10230-1", "8806-2", "18043-0"], "%", (81, 10.0), None, &["FEVG"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Code;
    use crate::summary::ucum;

    #[test]
    fn a_code_is_in_one_row_and_a_name_leads_to_one_row() {
        let codes = ANALYTES.iter().flat_map(|row| row.loinc);
        let mut seen = std::collections::HashSet::new();
        for code in codes {
            assert!(seen.insert(*code), "{code} is in two rows");
            let (number, check) = code.split_once('-').expect(code);
            // The check digit of LOINC (Luhn) catches a mistyped code.
            let sum: u32 = number
                .bytes()
                .rev()
                .enumerate()
                .map(|(place, digit)| {
                    let digit = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
                    digit / 10 + digit % 10
                })
                .sum();
            assert_eq!(((10 - sum % 10) % 10).to_string(), check, "{code}");
        }
        let mut names = std::collections::HashMap::new();
        for (index, row) in ANALYTES.iter().enumerate() {
            assert!(!row.loinc.is_empty() && ucum::parse(row.unit).is_some(), "{}", row.french);
            for name in [row.french, row.english].into_iter().chain(row.aliases.iter().copied()) {
                let other = *names.entry(words::normal(name)).or_insert(index);
                assert_eq!(other, index, "{name} leads to two rows");
            }
        }
    }

    #[test]
    fn a_code_that_is_not_in_the_table_is_something_else_whatever_its_words() {
        let urine = Concept { text: "Glucose".into(), codes: vec![Code::new("5792-7", system::LOINC, "Glucose urinaire")] };
        assert!(analyte_of(&urine).is_none());
        assert_eq!(analyte_of(&Concept::words("GLYCÉMIE")).map(|row| row.french), Some("Glucose"));
        assert_eq!(analyte_of(&Concept::words("")), None);
    }
}
