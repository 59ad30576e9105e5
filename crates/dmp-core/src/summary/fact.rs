//! A fact: one thing that one document says about the person.

use serde::{Deserialize, Serialize};

use super::{Period, When};
use crate::document::Code;

/// One thing that one document says, with where it says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub what: What,
    /// The illness, substance, act, analyte, vaccine, device… that it is about.
    pub concept: Concept,
    /// When it was or held: onset to end, start to stop of a treatment, the moment of an act or a sample.
    pub period: Period,
    /// Who did or said it, when it is somebody else than the document's author: prescriber, performer, laboratory.
    pub by: Party,
    pub proof: Proof,
}

impl Fact {
    /// Its kind alone.
    pub fn kind(&self) -> FactKind {
        self.what.kind()
    }
}

/// A coded idea in the words of its source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Concept {
    /// The words of the document, or the display of the first code.
    pub text: String,
    /// The principal code first, translations after it.
    pub codes: Vec<Code>,
}

impl Concept {
    /// Words without a code.
    pub fn words(text: impl Into<String>) -> Self {
        Concept { text: text.into(), codes: Vec::new() }
    }

    /// One code and its display.
    pub fn coded(code: Code) -> Self {
        Concept { text: code.display.clone(), codes: vec![code] }
    }

    /// The code in one system (dotted OID).
    pub fn code_in(&self, system: &str) -> Option<&str> {
        self.codes.iter().find(|code| code.system == system).map(|code| code.code.as_str())
    }
}

/// A person or a place that a fact names. Empty strings: unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    /// Speciality or role in words.
    pub role: String,
    /// Establishment, practice, laboratory, pharmacy.
    pub place: String,
}

/// Where a document says it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Proof {
    /// LOINC code of the section; empty when there is none.
    pub section: String,
    pub section_title: String,
    /// Which entry of the section, from 0, counting every entry that stands directly in it.
    pub position: u32,
    /// The `ID` of the narrative element that holds the words, without `#`.
    pub anchor: Option<String>,
    /// Those words, at most [`QUOTE_MAX`](Proof::QUOTE_MAX) characters.
    pub quote: String,
}

impl Proof {
    /// Most characters of a quote.
    pub const QUOTE_MAX: usize = 240;
}

/// What kind of thing a fact tells, with what only that kind has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// An illness or health problem of the person.
    Problem {
        state: ProblemState,
    },
    /// An illness of a relative.
    FamilyHistory {
        relation: String,
    },
    /// An operation or another act that was done.
    Procedure,
    /// An allergy, intolerance or adverse reaction. The concept is the substance; without one, the reaction.
    Allergy {
        reactions: Vec<Concept>,
        criticality: Criticality,
        resolved: bool,
    },
    Medicine(Medicine),
    /// A vaccination. The concept is the vaccine.
    Vaccination {
        against: Vec<Concept>,
        batch: String,
        dose: Option<u32>,
        refused: bool,
    },
    /// A result of an analysis, a measure, a score.
    Observation(Observation),
    Imaging {
        kind: ImagingKind,
        modality: String,
        region: String,
        accession: Option<String>,
        study: Option<String>,
        link: Option<String>,
    },
    Device {
        state: DeviceState,
    },
    /// A pregnancy; the concept may hold its outcome or state.
    Pregnancy {
        expected: Option<When>,
        over: bool,
    },
    Risk {
        kind: RiskKind,
    },
    /// Advance directives, organ donation, person of trust, other wishes.
    Directive,
    /// A step of a care plan, a protocol, an act or consultation that is planned.
    Plan,
    /// Somebody to call. The concept is the relation; [`Fact::by`] the name.
    Contact {
        telecom: String,
    },
    Function,
    /// A point to watch.
    Attention,
    /// A hospital stay or another encounter.
    Stay,
    /// An act of care that was reimbursed or done outside of hospital: consultation, dental care, analyses, imaging as billed.
    Act,
    /// That something of a kind is not known, or known not to be ("pas d'allergie connue").
    Absent {
        of: FactKind,
        how: AbsenceKind,
    },
}

/// The kinds of [`What`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    Problem,
    FamilyHistory,
    Procedure,
    Allergy,
    Medicine,
    Vaccination,
    Observation,
    Imaging,
    Device,
    Pregnancy,
    Risk,
    Directive,
    Plan,
    Contact,
    Function,
    Attention,
    Stay,
    Act,
}

impl What {
    /// Its kind; of an absence, what is absent.
    pub fn kind(&self) -> FactKind {
        match self {
            What::Problem { .. } => FactKind::Problem,
            What::FamilyHistory { .. } => FactKind::FamilyHistory,
            What::Procedure => FactKind::Procedure,
            What::Allergy { .. } => FactKind::Allergy,
            What::Medicine(_) => FactKind::Medicine,
            What::Vaccination { .. } => FactKind::Vaccination,
            What::Observation(_) => FactKind::Observation,
            What::Imaging { .. } => FactKind::Imaging,
            What::Device { .. } => FactKind::Device,
            What::Pregnancy { .. } => FactKind::Pregnancy,
            What::Risk { .. } => FactKind::Risk,
            What::Directive => FactKind::Directive,
            What::Plan => FactKind::Plan,
            What::Contact { .. } => FactKind::Contact,
            What::Function => FactKind::Function,
            What::Attention => FactKind::Attention,
            What::Stay => FactKind::Stay,
            What::Act => FactKind::Act,
            What::Absent { of, .. } => *of,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AbsenceKind {
    /// There is none ("aucune allergie connue").
    NoneKnown,
    /// Nothing is known about it ("information non disponible").
    NoInformation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProblemState {
    Active,
    /// Over: part of the history.
    Past,
    /// Suspected, not confirmed.
    Suspected,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
pub enum Criticality {
    #[default]
    Unknown,
    Low,
    /// Severe, life-threatening.
    High,
}

/// How a document knows of a medicine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MedicineStage {
    /// Listed as a treatment of the person.
    Stated,
    Prescribed,
    Dispensed,
    Reimbursed,
    /// Given by a carer (in hospital, in the ambulance).
    Given,
}

/// A treatment. The concept is the medicine (CIP, UCD, ATC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medicine {
    pub stage: MedicineStage,
    /// Active substances.
    pub substances: Vec<Concept>,
    /// Dose and rhythm in words ("1 comprimé matin et soir").
    pub dose: String,
    /// Boxes or units, as the source counts.
    pub quantity: String,
    /// The document says that it is for a long time.
    pub long_term: bool,
    /// The document says that it was stopped or refused.
    pub stopped: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ObservationKind {
    /// Of a laboratory.
    Result,
    /// Weight, height, blood pressure, pulse…
    Measure,
    /// A score, a question with its answer, any other finding.
    Finding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ObservationStatus {
    Final,
    Preliminary,
    Cancelled,
}

/// A result. The concept is the analyte (LOINC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub kind: ObservationKind,
    pub value: Value,
    pub range: Option<Range>,
    /// HL7 interpretation codes (`H`, `LL`, `A`…).
    pub interpretation: Vec<String>,
    pub method: String,
    pub status: ObservationStatus,
}

/// The value of an observation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// A number as written, with its unit (UCUM where the source is), and a comparator (`<`, `>`, `<=`, `>=`, or none).
    Quantity {
        comparator: String,
        number: String,
        unit: String,
    },
    Coded(Concept),
    Text(String),
    /// Named without a value.
    None,
}

impl Value {
    /// The number, when there is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Quantity { number, .. } => number.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite()),
            Value::Coded(_) | Value::Text(_) | Value::None => None,
        }
    }
}

/// The reference range that the source prints, in the unit of the value unless it says another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    pub low: Option<String>,
    pub high: Option<String>,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImagingKind {
    Report,
    /// A study that can be opened (KOS).
    Study,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeviceState {
    InUse,
    Past,
    Delivered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RiskKind {
    Lifestyle,
    Occupational,
    Other,
}
