//! Which denials speak of a whole heading: "aucune allergie connue" does, "urgence chirurgicale : non" and "pas d'allergie alimentaire" do not.

use super::super::Concept;
use crate::document::Code;

/// The codes of HL7 IPS *absent-unknown*, value sets `JDV_AbsentOrUnknown*` of the CI-SIS.
const ABSENT_OR_UNKNOWN: &str = "2.16.840.1.113883.5.1150.1";
const SNOMED: &str = "2.16.840.1.113883.6.96";
/// *Type de rencontre* of the CI-SIS, whose code "Aucun" says that there was none.
const NO_ENCOUNTER: (&str, &str) = ("02276797", "1.2.250.1.213.2.63");

/// Situations of SNOMED CT that say "no known …" of a whole kind: allergy (two codes), problem, medicine, device.
const SNOMED_NONE_KNOWN: [&str; 5] = ["716186003", "160244002", "160245001", "787481004", "787483001"];

/// Codes of *absent-unknown* that deny a part of the allergies only.
const PARTS: [&str; 3] = ["no-known-medication-allergies", "no-known-food-allergies", "no-known-environmental-allergies"];

/// Whether a denial is of everything under its heading: it has no code, or one that says "no known …" of the whole kind. Any other code names
/// the one thing that is denied.
pub(super) fn is_general(denied: &Concept) -> bool {
    denied.codes.is_empty() || denied.codes.iter().any(is_none_known)
}

fn is_none_known(code: &Code) -> bool {
    let known = code.code.to_ascii_lowercase();
    let is_absent_system = code.system == ABSENT_OR_UNKNOWN || code.system.contains("absent-unknown");
    if is_absent_system || known.starts_with("no-known-") {
        return !PARTS.contains(&known.as_str());
    }
    (code.system == SNOMED && SNOMED_NONE_KNOWN.contains(&known.as_str())) || (code.code == NO_ENCOUNTER.0 && code.system == NO_ENCOUNTER.1)
}
