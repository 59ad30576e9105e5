//! Why a professional orders the exam all the same.

use crate::fhir::outcome::Language;

/// System of the codes below: our own.
pub const REASON_SYSTEM: &str = "urn:dmp:cds-override-reason";

/// A reason that a card offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverrideReason {
    pub code: &'static str,
    pub fr: &'static str,
    pub en: &'static str,
}

impl OverrideReason {
    /// In one language.
    pub fn display(&self, language: Language) -> &'static str {
        match language {
            Language::French => self.fr,
            Language::English => self.en,
        }
    }
}

const fn reason(code: &'static str, fr: &'static str, en: &'static str) -> OverrideReason {
    OverrideReason { code, fr, en }
}

/// In the order in which they are offered.
pub const OVERRIDE_REASONS: &[OverrideReason] = &[
    reason("condition-changed", "L'état de la personne a changé", "The person's condition has changed"),
    reason("control", "Contrôle d'un résultat anormal ou douteux", "Control of an abnormal or doubtful result"),
    reason("treatment-follow-up", "Suivi d'un traitement", "Follow-up of a treatment"),
    reason("planned", "Suivi prévu par un protocole ou un dépistage", "Planned by a protocol or a screening"),
    reason("result-unusable", "Le résultat n'est pas lisible ou ne suffit pas", "The result cannot be read or is not enough"),
    reason("other-exam", "Ce n'est pas le même examen", "It is not the same exam"),
    reason("other", "Autre raison", "Another reason"),
];
