//! What each profession may see.

use crate::access::{Act, CallerKind, Question, Reason, Verdict, ground};

/// Basis: CSP R.1111-46 and its order of 26 October 2023 (*matrice d'habilitation*); it rules reading and downloading, in every mode.
/// Means: Chaque profession ne voit que les types de documents utiles à son métier ; ce que la règle ne dit pas est refusé.
/// Example: A nurse reads a biology report and not a psychiatric summary, also when breaking the glass.
pub fn matrix(question: &Question<'_>) -> Verdict {
    let reads = question.act.is_reading() && (question.facts.entry.is_some() || question.act == Act::Consult);
    // Who may not see a document may not change it either, unless they wrote it.
    let changes = question.act.is_about_an_entry() && !ground::is_author(question);
    // Whom the matrix opens nothing to lists nothing.
    let lists_in_vain = question.act == Act::List && !ground::has_a_row(question);
    if question.caller.kind == CallerKind::Professional && lists_in_vain {
        return Verdict::Forbid(Reason::NotInMatrix);
    }
    let concerned = reads || changes;
    if question.caller.kind != CallerKind::Professional || !concerned || may_see(question) {
        Verdict::Silent
    } else {
        Verdict::Forbid(Reason::NotInMatrix)
    }
}

fn may_see(question: &Question<'_>) -> bool {
    let (Some(profession), Some(entry)) = (ground::row(question), question.facts.entry.as_ref()) else { return false };
    question.matrix.cell(&profession, &entry.type_code).is_some_and(|cell| cell.read)
}
