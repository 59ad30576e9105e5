//! The right INS for a record, two records of one person: two persons decide it.

use crate::access::{Act, CallerKind, Question, Reason, RecordState, Verdict, ground};

/// Basis: CSP R.1111-42; identitovigilance (one person, one INS, one record); EX82. That two named persons decide is ours.
/// Means: Une erreur d'identité est corrigée par deux agents nommés, l'un propose, l'autre vérifie ; les deux noms restent dans le journal.
/// Example: An agent proposes to merge two records of one person; she cannot confirm it herself, her colleague does.
pub fn identity_acts(question: &Question<'_>) -> Verdict {
    let other = question.facts.other;
    let fits = match question.act {
        Act::ProposeIdentityChange => true,
        Act::CorrectIns => other == Some(RecordState::None),
        Act::MergeRecords => other == Some(RecordState::Open),
        Act::UnmergeRecords => other == Some(RecordState::Merged),
        _ => return Verdict::Silent,
    };
    if question.caller.kind != CallerKind::Agent {
        return Verdict::Silent;
    }
    if question.act != Act::ProposeIdentityChange && !question.facts.relation.seconded {
        return Verdict::Forbid(Reason::SecondPersonMissing);
    }
    ground::permit_if(fits && question.facts.record.state == RecordState::Open)
}
