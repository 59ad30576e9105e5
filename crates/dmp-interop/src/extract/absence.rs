//! Codes that say that there is nothing, or that nothing is known.

use dmp_core::document::Code;
use dmp_core::summary::AbsenceKind;

/// OID of the codes of the value sets `JDV_AbsentOrUnknown*` (HL7 IPS *absent-unknown*).
pub(super) const ABSENT_OR_UNKNOWN: &str = "2.16.840.1.113883.5.1150.1";
const SNOMED: &str = "2.16.840.1.113883.6.96";
/// *Type de rencontre* of the CI-SIS, whose code "Aucun" says that there was none.
const NO_ENCOUNTER: (&str, &str) = ("02276797", "1.2.250.1.213.2.63");

/// Situations of SNOMED CT that say "no known …" of a whole kind.
const SNOMED_NONE_KNOWN: [&str; 9] = [
    "716186003", // No known allergy
    "409137002", // No known drug allergy
    "429625007", // No known food allergy
    "428607008", // No known environmental allergy
    "428197003", // No known insect allergy
    "160244002", // No known allergies
    "160245001", // No current problems or disability
    "787481004", // No known medications
    "787483001", // No known device use
];

/// What a code says, when it says an absence.
pub(super) fn of_code(code: &Code) -> Option<AbsenceKind> {
    let known = code.code.to_ascii_lowercase();
    let is_absent_system = code.system == ABSENT_OR_UNKNOWN || code.system.contains("absent-unknown");
    if is_absent_system || known.starts_with("no-known-") {
        return if known.starts_with("no-known") {
            Some(AbsenceKind::NoneKnown)
        } else if known.starts_with("no-") && known.ends_with("-info") {
            Some(AbsenceKind::NoInformation)
        } else {
            None
        };
    }
    let none_known =
        (code.system == SNOMED && SNOMED_NONE_KNOWN.contains(&code.code.as_str())) || (code.code == NO_ENCOUNTER.0 && code.system == NO_ENCOUNTER.1);
    none_known.then_some(AbsenceKind::NoneKnown)
}

/// The first absence among codes.
pub(super) fn of_codes(codes: &[Code]) -> Option<AbsenceKind> {
    codes.iter().find_map(of_code)
}
