//! Measures that people take at home: code, unit and plausible bounds.

/// A measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Weight,
    Height,
    /// Systolic, then diastolic.
    BloodPressure,
    /// Of a drop of blood from the finger.
    Glucose,
    Temperature,
    HeartRate,
    Oxygen,
}

/// One value of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// LOINC.
    pub code: &'static str,
    pub words: &'static str,
    /// UCUM.
    pub unit: &'static str,
    /// As people read it.
    pub shown_unit: &'static str,
    /// What a living person can have, a wide margin included: outside of it a slip of the pen is likelier.
    pub low: f64,
    pub high: f64,
}

const fn quantity(code: &'static str, words: &'static str, units: (&'static str, &'static str), bounds: (f64, f64)) -> Quantity {
    Quantity { code, words, unit: units.0, shown_unit: units.1, low: bounds.0, high: bounds.1 }
}

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 7] =
        [Measure::Weight, Measure::Height, Measure::BloodPressure, Measure::Glucose, Measure::Temperature, Measure::HeartRate, Measure::Oxygen];

    /// The word of its address.
    pub fn code(self) -> &'static str {
        match self {
            Measure::Weight => "weight",
            Measure::Height => "height",
            Measure::BloodPressure => "blood-pressure",
            Measure::Glucose => "glucose",
            Measure::Temperature => "temperature",
            Measure::HeartRate => "heart-rate",
            Measure::Oxygen => "oxygen",
        }
    }

    /// The name of the document.
    pub fn words(self) -> &'static str {
        match self {
            Measure::BloodPressure => "Tension artérielle",
            other => other.first().words,
        }
    }

    /// Its only value, or the first of two.
    pub fn first(self) -> Quantity {
        match self {
            Measure::Weight => quantity("29463-7", "Poids", ("kg", "kg"), (0.3, 500.0)),
            Measure::Height => quantity("8302-2", "Taille", ("cm", "cm"), (20.0, 260.0)),
            Measure::BloodPressure => quantity("8480-6", "Pression artérielle systolique", ("mm[Hg]", "mmHg"), (50.0, 300.0)),
            Measure::Glucose => quantity("32016-8", "Glycémie capillaire", ("g/L", "g/L"), (0.1, 10.0)),
            Measure::Temperature => quantity("8310-5", "Température", ("Cel", "°C"), (30.0, 44.0)),
            Measure::HeartRate => quantity("8867-4", "Fréquence cardiaque", ("/min", "par minute"), (20.0, 300.0)),
            Measure::Oxygen => quantity("59408-5", "Saturation en oxygène", ("%", "%"), (50.0, 100.0)),
        }
    }

    /// The second of two values.
    pub fn second(self) -> Option<Quantity> {
        (self == Measure::BloodPressure).then(|| quantity("8462-4", "Pression artérielle diastolique", ("mm[Hg]", "mmHg"), (20.0, 200.0)))
    }

    /// The measure whose first value has this LOINC code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.first().code == code)
    }
}
