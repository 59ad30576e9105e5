//! The words of a document: parts with their LOINC code, and lines whose `{…}` are filled from the course.

use crate::cda::Encounter;

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Reason,
    History,
    Exam,
    Opinion,
    Plan,
    Request,
    Technique,
    Comparison,
    Findings,
    Conclusion,
    StayReason,
    Stay,
    Diagnosis,
    Operation,
    Anaesthesia,
    Complications,
}

impl Part {
    /// LOINC code and words, and the template of the section when the CI-SIS has one.
    pub fn code(self) -> ((&'static str, &'static str), &'static [&'static str]) {
        match self {
            Part::Reason => (("29299-5", "Motif de consultation"), &[]),
            Part::History => (("10164-2", "Histoire de la maladie"), &[]),
            Part::Exam => (("29545-1", "Examen clinique"), &[]),
            Part::Opinion => (("51848-0", "Évaluation"), &[]),
            Part::Plan => {
                (("18776-5", "Plan de soins"), &["2.16.840.1.113883.10.20.1.10", "1.3.6.1.4.1.19376.1.5.3.1.3.36", "1.2.250.1.213.1.1.2.158"])
            }
            Part::Request => (("55115-0", "Demande d'examen"), &["1.2.840.10008.9.7", "1.2.250.1.213.1.1.2.211"]),
            Part::Technique => (("55111-9", "Technique d'imagerie"), &["1.2.840.10008.9.3", "1.2.250.1.213.1.1.2.206"]),
            Part::Comparison => (("18834-2", "Comparaison avec des examens antérieurs"), &["1.2.840.10008.9.4", "1.2.250.1.213.1.1.2.207"]),
            Part::Findings => (("59776-5", "Résultats"), &["2.16.840.1.113883.10.20.6.1.2", "1.2.250.1.213.1.1.2.208"]),
            Part::Conclusion => (("19005-8", "Conclusion"), &["1.2.840.10008.9.5", "1.2.250.1.213.1.1.2.209"]),
            Part::StayReason => (("42349-1", "Motif de l'hospitalisation"), &["1.3.6.1.4.1.19376.1.5.3.1.3.1", "1.2.250.1.213.1.1.2.127"]),
            Part::Stay => (("42545-4", "Synthèse médicale du séjour"), &["1.3.6.1.4.1.19376.1.5.3.1.1.21.2.9", "1.2.250.1.213.1.1.2.163"]),
            Part::Diagnosis => (("10219-4", "Diagnostic préopératoire"), &[]),
            Part::Operation => (("29554-3", "Description de l'intervention"), &[]),
            Part::Anaesthesia => (("59774-0", "Anesthésie"), &[]),
            Part::Complications => (("55109-3", "Complications"), &[]),
        }
    }
}

/// The words of one document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Script {
    pub type_code: &'static str,
    pub title: &'static str,
    pub encounter: Encounter,
    pub parts: &'static [(Part, &'static [&'static str])],
}

/// A report of a visit outside hospital.
pub(crate) const fn visit(title: &'static str, parts: &'static [(Part, &'static [&'static str])]) -> Script {
    Script { type_code: "11488-4", title, encounter: Encounter::Ambulatory, parts }
}

/// Any other report.
pub(crate) const fn report(
    type_code: &'static str,
    title: &'static str,
    encounter: Encounter,
    parts: &'static [(Part, &'static [&'static str])],
) -> Script {
    Script { type_code, title, encounter, parts }
}
