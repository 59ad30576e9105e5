//! Asking that a document be corrected, and answering.

use crate::access::{Act, Question, Verdict, ground};

/// Basis: regulation (EU) 2016/679 (GDPR), articles 12.3 and 16 (rectification, an answer within a month); L.1111-19 (the holder's rights).
/// Means: Vous, ou qui vous représente, demandez à l'auteur d'un document d'en corriger une erreur ; il voit la demande, lui ou un professionnel de sa structure, et répond sous un mois.
/// Example: A person writes that the report names the wrong hand; the surgeon publishes a corrected version, a nurse of another practice sees nothing of it.
pub fn corrections(question: &Question<'_>) -> Verdict {
    if question.facts.entry.is_none() {
        return Verdict::Silent;
    }
    match question.act {
        // What the person's side wrote, it corrects itself.
        Act::RequestCorrection => ground::permit_if(ground::holds_the_rights(question) && !ground::is_own_work(question)),
        Act::WithdrawCorrection => ground::permit_if(ground::holds_the_rights(question)),
        Act::SeeCorrection | Act::AnswerCorrection => {
            let theirs = ground::is_author(question) || question.facts.relation.own_structures_document;
            ground::permit_if(ground::is_practising(question) && theirs)
        }
        _ => Verdict::Silent,
    }
}
