//! What each profession may see.

use crate::access::{Act, CallerKind, Question, Reason, Verdict, ground};
use crate::identity::Profession;

/// Basis: CSP R.1111-46 and its order of 26 October 2023 (*matrice d'habilitation*); it rules reading and downloading, in every mode.
/// Means: Chaque profession ne voit que les types de documents utiles à son métier ; ce que la règle ne dit pas est refusé.
/// Example: A nurse reads a biology report and not a psychiatric summary, also when breaking the glass.
pub fn matrix(question: &Question<'_>) -> Verdict {
    let reads = question.act.is_reading() && (question.facts.entry.is_some() || question.act == Act::Consult);
    // Who may not see a document may not change it either, unless they wrote it.
    let changes = question.act.is_about_an_entry() && !ground::is_author(question);
    let concerned = reads || changes;
    if question.caller.kind != CallerKind::Professional || !concerned || may_see(question) {
        Verdict::Silent
    } else {
        Verdict::Forbid(Reason::NotInMatrix)
    }
}

fn may_see(question: &Question<'_>) -> bool {
    let (Some(profession), Some(entry)) = (question.caller.profession.as_ref().and_then(row), question.facts.entry.as_ref()) else { return false };
    question.matrix.cell(&profession, &entry.type_code).is_some_and(|cell| cell.read)
}

/// The profession whose row counts: a student's is that of the profession they learn.
fn row(profession: &Profession) -> Option<Profession> {
    if profession.is_student() { Profession::parse(&format!("G15/{}", profession.code())).ok() } else { Some(profession.clone()) }
}
