//! An opening made by mistake is taken back at once.

use crate::access::{Act, CallerKind, Question, Verdict, ground};
use crate::record::CANCEL_OPENING_MINUTES;

/// Basis: GDPR art. 5 (1) d (what is inaccurate is erased without delay) and 16; CSP R.1111-27 (a record is opened for the person who consented, and nobody else). The quarter of an hour is ours.
/// Means: Un dossier ouvert par erreur, pour une autre personne par exemple, est effacé par qui l'a ouvert, pendant quinze minutes, tant que personne d'autre n'y a rien fait ; ensuite, il se ferme comme tout dossier.
/// Example: An agent who took the wrong card takes the opening back ten minutes later; once a doctor has deposited a letter, or after a quarter of an hour, nobody can.
pub fn cancel_opening(question: &Question<'_>) -> Verdict {
    if question.act != Act::CancelOpening || !opens_by_hand(question) {
        return Verdict::Silent;
    }
    let own = question.facts.relation.own_opening.as_ref();
    ground::permit_if(own.is_some_and(|opening| opening.untouched && question.now < opening.at.plus_seconds(60 * CANCEL_OPENING_MINUTES)))
}

/// Whoever opens by hand. What opens on a date makes no slip of the hand.
fn opens_by_hand(question: &Question<'_>) -> bool {
    match question.caller.kind {
        CallerKind::Patient | CallerKind::Representative => ground::holds_the_rights(question),
        CallerKind::Professional => ground::is_health_professional(question),
        CallerKind::Organization | CallerKind::Agent => true,
        CallerKind::Helper
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => false,
    }
}
