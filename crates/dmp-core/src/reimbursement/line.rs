//! One line of the insurer's feed.

use serde::{Deserialize, Serialize};

use crate::document::Code;
use crate::summary::{Party, When};

/// What was reimbursed, by heading of the CNAM-HR document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Medicine,
    Vaccination,
    /// LPP.
    Device,
    /// A hospital stay.
    Stay,
    /// Medical and dental care: consultations, CCAM and NGAP acts.
    Care,
    /// Imaging (CCAM).
    Imaging,
    /// Analyses (NABM).
    Biology,
}

impl LineKind {
    /// Every kind, in the order of the document.
    pub const ALL: [LineKind; 7] =
        [LineKind::Medicine, LineKind::Vaccination, LineKind::Device, LineKind::Stay, LineKind::Care, LineKind::Imaging, LineKind::Biology];

    /// The word of the feed.
    pub fn code(self) -> &'static str {
        match self {
            LineKind::Medicine => "medicine",
            LineKind::Vaccination => "vaccination",
            LineKind::Device => "device",
            LineKind::Stay => "stay",
            LineKind::Care => "care",
            LineKind::Imaging => "imaging",
            LineKind::Biology => "biology",
        }
    }

    /// From the word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What more is known of a medicine or vaccine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Product {
    /// Therapeutic group (ATC, three characters in the CNAM-HR).
    pub group: Option<Code>,
    /// Active components (codes of the insurer, or names alone with an empty code).
    pub components: Vec<Code>,
}

/// One reimbursed thing. No price and no other person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The insurer's own number of the line; the same line sent again has the same.
    pub id: String,
    pub kind: LineKind,
    /// CIP or UCD, LPP, CCAM, NGAP, NABM, DRG: the code, its system (OID) and its label.
    pub code: Code,
    pub product: Product,
    /// Boxes or units.
    pub quantity: u32,
    /// Day of the act, of the dispensing, or of the admission.
    pub date: When,
    /// Day of discharge of a stay.
    pub until: Option<When>,
    pub prescriber: Party,
    /// Who dispensed, did the act, or where the stay was.
    pub performer: Party,
}
