//! Who writes down that somebody acts for the person, and who ends it.

use crate::access::{Act, CallerKind, Question, Verdict, ground};
use crate::record::RepresentativeKind;

/// Basis: CSP R.1111-40, R.1111-42 (representatives, their identity); TD1.1, TD1.3; supplement 2 (the second legal representative is invited).
/// Means: L'assurance maladie enregistre qui vous représente, sur justificatif ; un parent peut inviter l'autre parent ; un représentant peut se retirer.
/// Example: A mother invites the child's father; a third legal representative is written down at the counter, on proof.
pub fn representation(question: &Question<'_>) -> Verdict {
    let Some(subject) = &question.facts.subject else { return Verdict::Silent };
    let agent = question.caller.kind == CallerKind::Agent;
    let permitted = match question.act {
        Act::DeclareRepresentative => !subject.professional && !subject.is_caller && (agent || invites_the_second(question)),
        Act::EndRepresentation => {
            let own = question.caller.kind == CallerKind::Representative && subject.is_caller && ground::is_their_record(question);
            !subject.professional && (agent || own)
        }
        _ => false,
    };
    ground::permit_if(permitted)
}

/// A parent in force, alone until now, invites the other one.
fn invites_the_second(question: &Question<'_>) -> bool {
    let parent = question.facts.relation.mandate.as_ref().is_some_and(|mandate| mandate.kind == RepresentativeKind::Parent);
    ground::holds_the_rights(question) && parent && question.facts.record.representatives < LEGAL_REPRESENTATIVES_BY_INVITATION
}

/// The two parents; more than that needs a proof.
const LEGAL_REPRESENTATIVES_BY_INVITATION: u32 = 2;
