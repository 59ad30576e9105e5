//! Who works around the record without ever seeing inside.

use crate::access::{CallerKind, Question, Reason, Verdict};

/// Basis: CSP R.1111-46 (only those who take part in care read); L.1111-15 for the insurer's feed, which writes and never reads.
/// Means: Les agents de l'assurance maladie, les techniciens et les automates ne voient jamais vos documents.
/// Example: An agent at the counter may close a record and may not list its documents.
pub fn never_content(question: &Question<'_>) -> Verdict {
    let forbidden = match question.caller.kind {
        CallerKind::Agent | CallerKind::Operator | CallerKind::Automaton => question.act.is_clinical(),
        CallerKind::ReimbursementFeed => question.act.is_clinical() && !question.act.is_feeding(),
        CallerKind::Patient
        | CallerKind::Representative
        | CallerKind::Helper
        | CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer => false,
    };
    if forbidden { Verdict::Forbid(Reason::NeverContent) } else { Verdict::Silent }
}
