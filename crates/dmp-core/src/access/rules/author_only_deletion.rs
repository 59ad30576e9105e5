//! Who wrote it may take it back.

use crate::access::{Act, CallerKind, Question, Reason, Verdict, ground};

/// Basis: TD3.3c (403 for anybody but the author); supplement 2 (the person deletes their own documents, and masks the others).
/// Means: Seul l'auteur d'un document peut le supprimer ; vous pouvez supprimer les vôtres et masquer ceux des professionnels.
/// Example: A person deletes the card they photographed, and may not delete the surgeon's report.
pub fn author_only_deletion(question: &Question<'_>) -> Verdict {
    if question.act != Act::Delete {
        return Verdict::Silent;
    }
    match question.caller.kind {
        // Advance directives are the person's own word: who represents them neither writes nor takes them back.
        CallerKind::Representative if is_directive(question) => Verdict::Silent,
        CallerKind::Patient | CallerKind::Representative if ground::is_own_work(question) && ground::holds_the_rights(question) => Verdict::Permit,
        CallerKind::Patient | CallerKind::Representative => Verdict::Forbid(Reason::ProfessionalDocument),
        CallerKind::Professional if ground::is_author(question) && ground::is_practising(question) => Verdict::Permit,
        CallerKind::Helper
        | CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => Verdict::Forbid(Reason::NotItsAuthor),
    }
}

fn is_directive(question: &Question<'_>) -> bool {
    question.facts.entry.as_ref().is_some_and(|entry| entry.type_code == super::ADVANCE_DIRECTIVES)
}
