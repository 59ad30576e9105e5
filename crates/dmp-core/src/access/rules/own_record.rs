//! The person, who represents them and who helps them act on one record: theirs.

use crate::access::{Act, Question, Reason, Verdict, ground};

/// Basis: CSP L.1111-19, R.1111-40 (the holder and those who exercise their rights); supplement 2 (helpers).
/// Means: Vous, votre représentant ou votre aidant voyez votre dossier, et seulement le vôtre ; un parent jusqu'à la majorité, un tuteur le temps de la mesure, un aidant le temps de son mandat.
/// Example: A mother lists her child's documents; she is refused her neighbour's, and her child's from the eighteenth birthday on.
pub fn own_record(question: &Question<'_>) -> Verdict {
    if !question.caller.kind.is_on_the_persons_side() {
        return Verdict::Silent;
    }
    // Whoever is invited answers before the mandate counts.
    if matches!(question.act, Act::AcceptInvitation | Act::DeclineInvitation) && question.facts.relation.own_record {
        return Verdict::Silent;
    }
    // SECURITY: without a record too, so that nobody learns from the answer whether a stranger has one.
    if !ground::is_their_record(question) {
        return Verdict::Forbid(Reason::NotTheirRecord);
    }
    let reads = question.act.is_reading() && ground::names_its_document(question);
    if reads { Verdict::Permit } else { Verdict::Silent }
}
