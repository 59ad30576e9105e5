//! A coded value and the code systems that the record knows.

use serde::{Deserialize, Serialize};

/// Dotted OIDs of the code systems (`interop.md` 2.1).
pub mod system {
    pub const LOINC: &str = "2.16.840.1.113883.6.1";
    /// TRE_A03, document classes.
    pub const TRE_A03: &str = "1.2.250.1.213.1.1.4.1";
    /// TRE_A05, document types outside LOINC.
    pub const TRE_A05: &str = "1.2.250.1.213.1.1.4.12";
    /// TRE_A07, visibility of a document.
    pub const TRE_A07: &str = "1.2.250.1.213.1.1.4.13";
    /// HL7 confidentiality (TRE_A08).
    pub const CONFIDENTIALITY: &str = "2.16.840.1.113883.5.25";
    /// TRE_R02, sectors of activity (facility type).
    pub const TRE_R02: &str = "1.2.250.1.71.4.2.4";
    /// TRE_A01, practice settings.
    pub const TRE_A01: &str = "1.2.250.1.213.1.1.4.9";
    /// TRE_A00, authors who are not professionals.
    pub const TRE_A00: &str = "1.2.250.1.213.1.1.4.6";
    /// TRE_A02, profession and speciality of an author.
    pub const TRE_A02: &str = "1.2.250.1.213.1.1.4.5";
    /// TRE_A06, formats of the CI-SIS.
    pub const TRE_A06: &str = "1.2.250.1.213.1.1.4.2.282";
    /// IHE format codes.
    pub const IHE_FORMAT: &str = "1.3.6.1.4.1.19376.1.2.3";
    /// ICD-10.
    pub const CIM_10: &str = "2.16.840.1.113883.6.3";
    /// CCAM acts.
    pub const CCAM: &str = "1.2.250.1.213.2.5";
    /// TRE_R248, access modes.
    pub const TRE_R248: &str = "1.2.250.1.213.1.1.4.248";
}

/// A code, the dotted OID of its system, and the words to show.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Code {
    pub code: String,
    /// Dotted OID; a URI when the system has no OID.
    pub system: String,
    pub display: String,
}

impl Code {
    /// A code with its system and words.
    pub fn new(code: impl Into<String>, system: impl Into<String>, display: impl Into<String>) -> Self {
        Code { code: code.into(), system: system.into(), display: display.into() }
    }
}
