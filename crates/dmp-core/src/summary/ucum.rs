//! Units: which can be turned into which. A small part of UCUM and what French laboratories write instead of it.

use super::analytes::Analyte;

/// Exponents of the base quantities: mass (g), amount (mol), length (m), time (s), arbitrary and enzyme units, charge (eq), osmoles.
pub type Dimension = [i8; 7];

/// What two units must share to be turned into each other: the dimension, and whether it is a temperature.
pub type UnitKind = (Dimension, bool);

const MASS: usize = 0;
const AMOUNT: usize = 1;
const CHARGE: usize = 5;

/// A unit as one number times base quantities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    dimension: Dimension,
    factor: f64,
    /// Degrees Celsius and Fahrenheit alone have a zero of their own: value × factor + offset is in degrees Celsius.
    offset: Option<f64>,
}

impl Unit {
    /// What it is a unit of.
    pub fn kind(&self) -> UnitKind {
        (self.dimension, self.offset.is_some())
    }
}

/// What turns a value of one unit into another: value × `by` + `plus`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conversion {
    pub by: f64,
    pub plus: f64,
}

impl Conversion {
    /// Nothing to do.
    pub const SAME: Conversion = Conversion { by: 1.0, plus: 0.0 };

    /// The value in the other unit, rounded to nine significant digits: 1.2 g/L are 120 mg/dL, not 119.99999999999999.
    pub fn apply(self, value: f64) -> f64 {
        if self == Self::SAME {
            return value;
        }
        let exact = value.mul_add(self.by, self.plus);
        if exact == 0.0 || !exact.is_finite() {
            return exact;
        }
        let digits = 10f64.powf(8.0 - exact.abs().log10().floor());
        if digits.is_finite() && digits > 0.0 { (exact * digits).round() / digits } else { exact }
    }
}

const NONE: Dimension = [0; 7];

/// Atoms: symbol, factor to the base quantities, dimension.
const ATOMS: [(&str, f64, Dimension); 31] = [
    ("g", 1.0, [1, 0, 0, 0, 0, 0, 0]),
    ("mol", 1.0, [0, 1, 0, 0, 0, 0, 0]),
    ("L", 1e-3, [0, 0, 3, 0, 0, 0, 0]),
    ("l", 1e-3, [0, 0, 3, 0, 0, 0, 0]),
    ("m", 1.0, [0, 0, 1, 0, 0, 0, 0]),
    ("s", 1.0, [0, 0, 0, 1, 0, 0, 0]),
    ("min", 60.0, [0, 0, 0, 1, 0, 0, 0]),
    ("h", 3_600.0, [0, 0, 0, 1, 0, 0, 0]),
    ("d", 86_400.0, [0, 0, 0, 1, 0, 0, 0]),
    ("wk", 604_800.0, [0, 0, 0, 1, 0, 0, 0]),
    // Laboratories write one for the other ("UI/L" for an enzyme).
    ("U", 1.0, [0, 0, 0, 0, 1, 0, 0]),
    ("[IU]", 1.0, [0, 0, 0, 0, 1, 0, 0]),
    ("[iU]", 1.0, [0, 0, 0, 0, 1, 0, 0]),
    ("IU", 1.0, [0, 0, 0, 0, 1, 0, 0]),
    ("UI", 1.0, [0, 0, 0, 0, 1, 0, 0]),
    ("kat", 6e7, [0, 0, 0, 0, 1, 0, 0]),
    ("eq", 1.0, [0, 0, 0, 0, 0, 1, 0]),
    ("Eq", 1.0, [0, 0, 0, 0, 0, 1, 0]),
    ("osm", 1.0, [0, 0, 0, 0, 0, 0, 1]),
    ("Osm", 1.0, [0, 0, 0, 0, 0, 0, 1]),
    ("Pa", 1e3, [1, 0, -1, -2, 0, 0, 0]),
    ("bar", 1e8, [1, 0, -1, -2, 0, 0, 0]),
    ("m[Hg]", 133_322_387.415, [1, 0, -1, -2, 0, 0, 0]),
    ("mHg", 133_322_387.415, [1, 0, -1, -2, 0, 0, 0]),
    ("[lb_av]", 453.592_37, [1, 0, 0, 0, 0, 0, 0]),
    ("lb", 453.592_37, [1, 0, 0, 0, 0, 0, 0]),
    ("[in_i]", 0.0254, [0, 0, 1, 0, 0, 0, 0]),
    ("[ft_i]", 0.3048, [0, 0, 1, 0, 0, 0, 0]),
    ("%", 1e-2, NONE),
    ("‰", 1e-3, NONE),
    ("1", 1.0, NONE),
];

const PREFIXES: [(&str, f64); 15] = [
    ("da", 1e1),
    ("h", 1e2),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("d", 1e-1),
    ("c", 1e-2),
    ("m", 1e-3),
    ("u", 1e-6),
    ("µ", 1e-6),
    ("μ", 1e-6),
    ("n", 1e-9),
    ("p", 1e-12),
    ("f", 1e-15),
];

/// Words of French reports that no rule of the grammar explains.
const SPOKEN: [(&str, &str); 17] = [
    ("G/L", "10*9/L"),
    ("G/l", "10*9/L"),
    ("Giga/L", "10*9/L"),
    ("T/L", "10*12/L"),
    ("T/l", "10*12/L"),
    ("Tera/L", "10*12/L"),
    ("Téra/L", "10*12/L"),
    ("M/mm3", "10*6/mm3"),
    ("M/mm³", "10*6/mm3"),
    ("mcg", "ug"),
    ("mcg/L", "ug/L"),
    ("bpm", "/min"),
    ("batt/min", "/min"),
    ("bat/min", "/min"),
    ("cycles/min", "/min"),
    ("kilos", "kg"),
    ("mètres", "m"),
];

/// Longest unit that is looked at.
const UNIT_LENGTH_MAX: usize = 40;

/// Reads a unit. `None`: empty, or none that is known here.
pub fn parse(text: &str) -> Option<Unit> {
    let text = text.trim();
    if text.is_empty() || text.len() > UNIT_LENGTH_MAX {
        return None;
    }
    match text {
        "Cel" | "°C" | "degC" | "C" => return Some(Unit { dimension: NONE, factor: 1.0, offset: Some(0.0) }),
        "[degF]" | "°F" | "degF" => return Some(Unit { dimension: NONE, factor: 5.0 / 9.0, offset: Some(-160.0 / 9.0) }),
        "K" => return Some(Unit { dimension: NONE, factor: 1.0, offset: Some(-273.15) }),
        _ => {}
    }
    let spoken = SPOKEN.iter().find(|(said, _)| *said == text).map_or(text, |(_, unit)| unit);
    // The body surface of a clearance is a remark: every eGFR is for 1.73 m².
    let bare = spoken
        .find("1.73")
        .or_else(|| spoken.find("1,73"))
        .map_or(spoken, |at| spoken.get(..at).unwrap_or(spoken).trim_end_matches(['/', '{', '(', ' ']));
    let mut unit = Unit { dimension: NONE, factor: 1.0, offset: None };
    for (index, part) in bare.split('/').enumerate() {
        let sign: i8 = if index == 0 { 1 } else { -1 };
        for term in part.split(['.', '·']).map(str::trim) {
            let (dimension, factor) = read_term(term)?;
            unit.factor *= factor.powi(i32::from(sign));
            for (sum, exponent) in unit.dimension.iter_mut().zip(dimension) {
                *sum = sum.checked_add(exponent.checked_mul(sign)?)?;
            }
        }
    }
    (unit.factor.is_finite() && unit.factor > 0.0).then_some(unit)
}

/// `10*9`, `mm3`, `ug`, `{score}`, nothing.
fn read_term(term: &str) -> Option<(Dimension, f64)> {
    let bare = term.split('{').next().unwrap_or("").trim();
    if bare.is_empty() {
        return Some((NONE, 1.0));
    }
    for ten in ["10*", "10^", "10e", "10E"] {
        if let Some(power) = bare.strip_prefix(ten) {
            return power.parse::<i32>().ok().filter(|power| power.abs() <= 30).map(|power| (NONE, 10f64.powi(power)));
        }
    }
    if let Some(found) = atom(bare) {
        return Some(found);
    }
    let (stem, exponent) = exponent(bare);
    let (dimension, factor) = atom(stem)?;
    let mut raised = NONE;
    for (to, from) in raised.iter_mut().zip(dimension) {
        *to = from.checked_mul(exponent)?;
    }
    Some((raised, factor.powi(i32::from(exponent))))
}

fn exponent(text: &str) -> (&str, i8) {
    for (sign, exponent) in [("²", 2), ("³", 3), ("2", 2), ("3", 3)] {
        if let Some(stem) = text.strip_suffix(sign) {
            return (stem, exponent);
        }
    }
    (text, 1)
}

fn atom(text: &str) -> Option<(Dimension, f64)> {
    let known = |name: &str| ATOMS.iter().find(|(symbol, ..)| *symbol == name).map(|(_, factor, dimension)| (*dimension, *factor));
    known(text).or_else(|| {
        PREFIXES.iter().find_map(|(prefix, times)| {
            let (dimension, factor) = known(text.strip_prefix(prefix)?)?;
            // "%", "1" and clocks have no prefixes.
            (dimension != NONE).then_some((dimension, factor * times))
        })
    })
}

/// Turns values in one unit into another; between mass, amount and charge for an analyte whose molar mass or valence is known.
/// `None` when that cannot be done.
pub fn conversion(from: &str, to: &str, analyte: Option<&Analyte>) -> Option<Conversion> {
    if from.trim() == to.trim() {
        return Some(Conversion::SAME);
    }
    if let Some(special) = analyte.and_then(|analyte| special(analyte, from, to)) {
        return Some(special);
    }
    let (from, to) = (parse(from)?, parse(to)?);
    match (from.offset, to.offset) {
        (Some(there), Some(here)) => return Some(Conversion { by: from.factor / to.factor, plus: (there - here) / to.factor }),
        (None, None) => {}
        _ => return None,
    }
    if from.dimension == to.dimension {
        let by = from.factor / to.factor;
        // Another spelling of the same unit converts nothing.
        return Some(if (by - 1.0).abs() < 1e-9 { Conversion::SAME } else { Conversion { by, plus: 0.0 } });
    }
    let analyte = analyte?;
    let by = [(MASS, 1.0 / analyte.molar_mass?), (AMOUNT, 1.0), (CHARGE, 1.0 / f64::from(analyte.valence().unwrap_or(0)))];
    by.iter().find_map(|(had, amount_of)| {
        by.iter().find_map(|(wanted, amount_wanted)| {
            let swapped = had != wanted && swap(from.dimension, *had, *wanted)? == to.dimension;
            let ratio = amount_of / amount_wanted;
            (swapped && ratio.is_finite() && ratio > 0.0).then(|| Conversion { by: from.factor * ratio / to.factor, plus: 0.0 })
        })
    })
}

/// The same dimension with one base quantity, once in it, in the place of another.
fn swap(mut dimension: Dimension, had: usize, wanted: usize) -> Option<Dimension> {
    let one = dimension.get_mut(had).filter(|exponent| **exponent == 1)?;
    *one = 0;
    let other = dimension.get_mut(wanted)?;
    *other = other.checked_add(1)?;
    Some(dimension)
}

/// HbA1c has a line of its own (IFCC to NGSP master equation: % = 0.0915 × mmol/mol + 2.15).
fn special(analyte: &Analyte, from: &str, to: &str) -> Option<Conversion> {
    if analyte.loinc.first() != Some(&"4548-4") {
        return None;
    }
    let is_ifcc = |unit: &str| unit.trim().eq_ignore_ascii_case("mmol/mol");
    let is_ngsp = |unit: &str| unit.trim().starts_with('%');
    match (is_ifcc(from), is_ngsp(from), is_ifcc(to), is_ngsp(to)) {
        (true, _, _, true) => Some(Conversion { by: 0.0915, plus: 2.15 }),
        (_, true, true, _) => Some(Conversion { by: 1.0 / 0.0915, plus: -2.15 / 0.0915 }),
        (_, true, _, true) | (true, _, true, _) => Some(Conversion::SAME),
        _ => None,
    }
}

/// Whether the text stands for a pure number.
pub fn is_ratio(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text == "1"
        || (text.starts_with('{') && text.ends_with('}'))
        || text.eq_ignore_ascii_case("ratio")
        || text.eq_ignore_ascii_case("inr")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::{Concept, analytes::analyte_of};

    fn converted(value: f64, from: &str, to: &str, analyte: Option<&str>) -> Option<f64> {
        let analyte = analyte.map(|name| analyte_of(&Concept::words(name)).expect(name));
        conversion(from, to, analyte).map(|conversion| conversion.apply(value))
    }

    #[track_caller]
    fn about(value: f64, from: &str, to: &str, analyte: Option<&str>, wanted: f64) {
        let got = converted(value, from, to, analyte).unwrap_or(f64::NAN);
        assert!((got - wanted).abs() <= wanted.abs() * 0.005, "{value} {from} is {got} {to}, not {wanted}");
    }

    #[test]
    fn prefixes_and_volumes_convert_exactly() {
        assert_eq!(converted(1.2, "g/L", "mg/dL", None), Some(120.0));
        assert_eq!(converted(250.0, "G/L", "10*9/L", None), Some(250.0));
        assert_eq!(converted(250_000.0, "/mm3", "10*9/L", None), Some(250.0));
        assert_eq!(converted(4.5, "M/mm3", "10*12/L", None), Some(4.5));
        assert_eq!(converted(13.5, "g/dL", "g/L", None), Some(135.0));
        assert_eq!(converted(2.1, "mUI/L", "µUI/mL", None), Some(2.1));
        assert_eq!(converted(45.0, "%", "L/L", None), Some(0.45));
        assert_eq!(converted(1.75, "m", "cm", None), Some(175.0));
        assert_eq!(converted(0.8, "ng/mL", "µg/L", None), Some(0.8));
        assert_eq!(converted(35.0, "UI/L", "U/L", None), Some(35.0));
    }

    #[test]
    fn mass_and_amount_convert_by_the_molar_mass_of_the_analyte() {
        about(5.55, "mmol/L", "g/L", Some("Glucose"), 1.0);
        about(10.0, "mg/L", "µmol/L", Some("Créatinine"), 88.4);
        about(0.3, "g/L", "mmol/L", Some("Urée"), 4.995);
        about(1.0, "g/L", "mmol/L", Some("Cholestérol LDL"), 2.586);
        about(1.5, "g/L", "mmol/L", Some("Triglycérides"), 1.694);
        about(70.0, "mg/L", "umol/L", Some("Acide urique"), 416.4);
        about(100.0, "mg/L", "mmol/L", Some("Calcium"), 2.495);
        about(75.0, "nmol/L", "ng/mL", Some("25-OH vitamine D"), 30.05);
        about(8.0, "mmol/L", "g/dL", Some("Hémoglobine"), 12.89);
        assert_eq!(converted(4.2, "mEq/L", "mmol/L", Some("Potassium")), Some(4.2));
        about(4.8, "meq/L", "mmol/L", Some("Calcium"), 2.4);
        assert_eq!(converted(5.55, "mmol/L", "g/L", None), None, "without the analyte nobody knows");
        assert_eq!(converted(30.0, "mmol/L", "mg/L", Some("CRP")), None, "no molar mass is known of it");
    }

    #[test]
    fn glycated_haemoglobin_has_a_line_of_its_own() {
        about(53.0, "mmol/mol", "%", Some("HbA1c"), 7.0);
        about(7.0, "%", "mmol/mol", Some("HbA1c"), 53.0);
        assert_eq!(converted(7.0, "%", "%", Some("HbA1c")), Some(7.0));
    }

    #[test]
    fn measures_of_the_body_convert() {
        about(154.32, "lb", "kg", None, 70.0);
        about(98.6, "[degF]", "Cel", None, 37.0);
        about(310.15, "K", "Cel", None, 37.0);
        about(16.0, "kPa", "mm[Hg]", None, 120.0);
        about(12.0, "cm[Hg]", "mmHg", None, 120.0);
        about(90.0, "mL/min/1.73m²", "mL/min/{1.73_m2}", None, 90.0);
        about(1.5, "mL/s", "mL/min", None, 90.0);
    }

    #[test]
    fn what_cannot_be_read_or_compared_is_refused() {
        for (from, to) in [("g/L", "mol/L"), ("Cel", "kg"), ("/L", "/mm2"), ("blabla", "g/L"), ("g/L", ""), ("10*99/L", "/L"), ("m9999", "m")] {
            assert_eq!(conversion(from, to, None), None, "{from} to {to}");
        }
        for unit in ["", " ", "/////", "10*", "g/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L/L", &"k".repeat(10_000), "🦄/L", "{", "..", "²"] {
            let _ = parse(unit);
        }
    }

    #[test]
    fn a_conversion_and_its_way_back_give_the_value_again() {
        for (one, other, analyte) in
            [("g/L", "mmol/L", Some("Glucose")), ("lb", "kg", None), ("[degF]", "Cel", None), ("%", "mmol/mol", Some("HbA1c"))]
        {
            let there = converted(6.3, one, other, analyte).expect(one);
            about(there, other, one, analyte, 6.3);
        }
    }
}
