//! Who the person keeps out stays out.

use crate::access::{Act, AuthorisationState, Question, Reason, Verdict, ground};

/// Basis: CSP L.1111-19 (the holder forbids access); PDSm for DMP, TD0.2 note (INTERDIT never gets in, even with a new consent).
/// Means: Un professionnel que vous avez bloqué n'entre plus, même en urgence, même si un accord est coché pour vous ; il peut seulement supprimer ce qu'il a écrit, ou répondre à votre demande de le corriger ; lever ce blocage ne rend aucun accès.
/// Example: A blocked doctor who ticks "consent" or breaks the glass is refused; he still deletes his own report.
pub fn blocked_professional(question: &Question<'_>) -> Verdict {
    // Nobody is let in past a block: it is lifted first, by an act of its own.
    let lets_in = matches!(question.act, Act::Authorise | Act::DeclareMedecinTraitant | Act::NameAdministrator);
    if lets_in && question.facts.subject.as_ref().is_some_and(|subject| subject.blocked) {
        return Verdict::Forbid(Reason::Blocked);
    }
    if question.facts.relation.authorisation != AuthorisationState::Forbidden {
        return Verdict::Silent;
    }
    // TD0.2 is how software learns of the block; and taking back one's own words only lessens what is there.
    // Whom the person asks for a correction has to answer them.
    let lessens = matches!(question.act, Act::Delete | Act::SeeCorrection | Act::AnswerCorrection);
    let left = question.act == Act::CheckAccess || (lessens && ground::is_author(question));
    if left { Verdict::Silent } else { Verdict::Forbid(Reason::Blocked) }
}
