//! A code that names an exam, whatever its system is called.

use crate::document::{Code, system};

/// The nomenclatures in which exams are ordered and reported in France.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeSystem {
    Loinc,
    /// Nomenclature des actes de biologie médicale.
    Nabm,
    /// Classification commune des actes médicaux.
    Ccam,
}

/// Each system by its OIDs (the CI-SIS examples still write the older ones) and the URL of the national terminology server.
const NAMES: &[(&str, CodeSystem)] = &[
    (system::LOINC, CodeSystem::Loinc),
    ("http://loinc.org", CodeSystem::Loinc),
    (system::CCAM, CodeSystem::Ccam),
    ("1.2.250.1.215.300.1", CodeSystem::Ccam),
    ("https://smt.esante.gouv.fr/terminologie-ccam", CodeSystem::Ccam),
    ("1.2.250.1.213.2.7", CodeSystem::Nabm),
    ("1.2.250.1.215.300.2", CodeSystem::Nabm),
    ("https://smt.esante.gouv.fr/terminologie-nabm", CodeSystem::Nabm),
];

impl CodeSystem {
    /// From a dotted OID, `urn:oid:…`, or the URL of FHIR.
    pub fn of(name: &str) -> Option<Self> {
        let bare = name.strip_prefix("urn:oid:").unwrap_or(name);
        NAMES.iter().find(|(known, _)| *known == bare).map(|(_, system)| *system)
    }

    fn from_word(word: &str) -> Option<Self> {
        match word {
            "loinc" => Some(CodeSystem::Loinc),
            "nabm" => Some(CodeSystem::Nabm),
            "ccam" => Some(CodeSystem::Ccam),
            _ => None,
        }
    }
}

/// A code as exams are compared: as it is written, CCAM without activity and phase. INVARIANT: not empty.
/// A NABM number without its leading zero is another code: nobody guesses which exam a sender meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExamCode {
    pub system: CodeSystem,
    pub code: String,
}

/// Letters and digits of a CCAM act; activity and phase may follow.
const CCAM_LENGTH: usize = 7;

impl CodeSystem {
    /// The name under which FHIR and CDA know it: its first one of the table.
    fn name(self) -> &'static str {
        NAMES.iter().find(|(_, system)| *system == self).map_or("", |(name, _)| name)
    }
}

impl From<&ExamCode> for super::Ordered {
    fn from(code: &ExamCode) -> Self {
        super::Ordered { system: code.system.name().to_owned(), code: code.code.clone() }
    }
}

impl ExamCode {
    /// From the name of a system and a code. `None` for another system or an empty code.
    pub fn new(system: &str, code: &str) -> Option<Self> {
        Self::in_system(CodeSystem::of(system)?, code)
    }

    /// From a code of a document.
    pub fn of(code: &Code) -> Option<Self> {
        Self::new(&code.system, &code.code)
    }

    /// From `loinc:4548-4`, the form of the table.
    pub fn from_word(word: &str) -> Option<Self> {
        let (system, code) = word.split_once(':')?;
        Self::in_system(CodeSystem::from_word(system)?, code)
    }

    fn in_system(system: CodeSystem, code: &str) -> Option<Self> {
        let code = code.trim();
        let code = match system {
            CodeSystem::Loinc | CodeSystem::Nabm => code.to_owned(),
            CodeSystem::Ccam => code.chars().take(CCAM_LENGTH).collect::<String>().to_ascii_uppercase(),
        };
        (!code.is_empty()).then_some(ExamCode { system, code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_is_the_same_under_every_name_of_its_system() {
        let nabm = ExamCode::from_word("nabm:0996").unwrap();
        for system in ["1.2.250.1.213.2.7", "1.2.250.1.215.300.2", "urn:oid:1.2.250.1.215.300.2", "https://smt.esante.gouv.fr/terminologie-nabm"] {
            assert_eq!(ExamCode::new(system, "0996").as_ref(), Some(&nabm), "{system}");
        }
        assert_eq!(ExamCode::new("1.2.250.1.215.300.1", "qeqk001-1-0"), ExamCode::from_word("ccam:QEQK001"));
        assert_eq!(ExamCode::new("http://loinc.org", " 4548-4 "), ExamCode::from_word("loinc:4548-4"));
        assert_ne!(ExamCode::from_word("nabm:996"), Some(nabm));
        assert_ne!(ExamCode::from_word("loinc:1577"), ExamCode::from_word("nabm:1577"));
    }

    #[test]
    fn other_systems_and_empty_codes_are_none() {
        for (system, code) in [("1.2.3", "4548-4"), ("", "4548-4"), ("http://loinc.org", " "), ("1.2.250.1.213.2.7", "")] {
            assert_eq!(ExamCode::new(system, code), None);
        }
        assert!(ExamCode::from_word("4548-4").is_none() && ExamCode::from_word("snomed:1").is_none());
    }
}
