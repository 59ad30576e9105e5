//! The person, who represents them and who helps them act on one record: theirs.

use crate::access::{Question, Reason, Verdict, ground};

/// Basis: CSP L.1111-19, R.1111-40 (the holder and those who exercise their rights); supplement 2 (helpers).
/// Means: Vous, votre représentant ou votre aidant voyez votre dossier, et seulement le vôtre.
/// Example: A mother lists her child's documents; she is refused her neighbour's.
pub fn own_record(question: &Question<'_>) -> Verdict {
    if !ground::is_on_the_persons_side(question.caller.kind) {
        return Verdict::Silent;
    }
    // SECURITY: without a record too, so that nobody learns from the answer whether a stranger has one.
    if !ground::is_their_record(question) {
        return Verdict::Forbid(Reason::NotTheirRecord);
    }
    let reads = question.act.is_reading() && ground::names_its_document(question);
    if reads { Verdict::Permit } else { Verdict::Silent }
}
