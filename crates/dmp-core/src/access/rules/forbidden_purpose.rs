//! Whose purpose is forbidden by law, whatever was agreed.

use crate::access::{CallerKind, Question, Reason, Verdict};

/// Basis: CSP L.1111-18: no access for a contract that needs a health assessment, even with agreement.
/// Means: Un assureur, une mutuelle ou un employeur n'accède jamais à votre dossier, même si vous avez donné votre accord.
/// Example: A mutual that asks whether a record exists is refused.
pub fn forbidden_purpose(question: &Question<'_>) -> Verdict {
    match question.caller.kind {
        CallerKind::Insurer | CallerKind::Mutual | CallerKind::Employer => Verdict::Forbid(Reason::InsurersNever),
        CallerKind::Patient
        | CallerKind::Representative
        | CallerKind::Helper
        | CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => Verdict::Silent,
    }
}
