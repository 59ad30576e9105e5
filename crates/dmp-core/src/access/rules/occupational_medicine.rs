//! The employer's doctor.

use crate::access::{Act, CallerKind, Question, Reason, Verdict};
use crate::record::Regime;

/// Basis: CSP L.1111-17 since the law of 2 August 2021 (express consent); before it, deposit alone.
/// Means: Le médecin du travail ne lit et n'alimente votre dossier que si vous l'avez expressément accepté ; refuser n'est jamais une faute.
/// Example: A doctor of occupational medicine (SM25) without the worker's recorded consent may not list documents.
pub fn occupational_medicine(question: &Question<'_>) -> Verdict {
    if question.caller.kind != CallerKind::Professional || !question.caller.is_occupational() {
        return Verdict::Silent;
    }
    // Asking for the status shows nothing, and taking back one's own document only lessens what is there.
    if matches!(question.act, Act::CheckAccess | Act::Delete) {
        return Verdict::Silent;
    }
    let allowed = match question.facts.record.regime {
        Regime::A => question.act.is_feeding(),
        // The employer's doctor is no care team.
        Regime::B => question.facts.record.occupational_consent && !matches!(question.act, Act::DeclareEpisode | Act::EndEpisode),
    };
    if allowed { Verdict::Silent } else { Verdict::Forbid(Reason::OccupationalMedicine) }
}
