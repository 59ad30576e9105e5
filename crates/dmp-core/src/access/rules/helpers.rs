//! Helpers (*aidants*): invited, for a time, few.

use crate::access::{Act, CallerKind, Question, Reason, Verdict, ground};
use crate::record::MandateState;

/// Basis: supplement 2 (at most three helpers a person, at most five helped persons, dated invitations).
/// Means: Une personne majeure peut inviter jusqu'à trois aidants, pour une durée qu'elle fixe ; chacun accepte ou refuse, et n'aide pas plus de cinq personnes.
/// Example: A fourth helper is refused; an invitation answered after its date is refused too.
pub fn helpers(question: &Question<'_>) -> Verdict {
    let record = &question.facts.record;
    if !ground::has_helpers(question) && matches!(question.act, Act::InviteHelper | Act::EndHelper) {
        return Verdict::Silent;
    }
    match question.act {
        Act::InviteHelper => match &question.facts.subject {
            // How many there are is for the person to know.
            Some(_) if record.helpers >= HELPERS_MAX && ground::holds_the_rights(question) => Verdict::Forbid(Reason::TooManyHelpers),
            // A child has parents; who is invited is a person, somebody else.
            Some(subject) => ground::permit_if(!subject.professional && !subject.is_caller && !record.minor && ground::holds_the_rights(question)),
            None => Verdict::Silent,
        },
        Act::AcceptInvitation if is_a_helper(question) && (question.facts.relation.persons_helped >= HELPED_MAX || record.helpers > HELPERS_MAX) => {
            Verdict::Forbid(Reason::TooManyHelpers)
        }
        Act::AcceptInvitation | Act::DeclineInvitation => answer(question),
        Act::EndHelper => {
            let Some(subject) = question.facts.subject.as_ref().filter(|subject| !subject.professional) else { return Verdict::Silent };
            let myself = subject.is_caller && is_a_helper(question) && ground::is_their_record(question);
            let counter = question.caller.kind == CallerKind::Agent && ground::has_consent_now(question);
            ground::permit_if(myself || counter || ground::holds_the_rights(question))
        }
        _ => Verdict::Silent,
    }
}

/// Whoever is invited answers, in time.
fn answer(question: &Question<'_>) -> Verdict {
    if !question.caller.kind.is_on_the_persons_side() {
        return Verdict::Silent;
    }
    let Some(mandate) = question.facts.relation.mandate.as_ref().filter(|mandate| mandate.state == MandateState::Pending) else {
        return Verdict::Silent;
    };
    let late = mandate.answer_by.is_some_and(|end| end <= question.now);
    if late { Verdict::Forbid(Reason::InvitationOver) } else { ground::permit_if(ground::is_invited(question)) }
}

fn is_a_helper(question: &Question<'_>) -> bool {
    question.caller.kind == CallerKind::Helper
}

/// Helpers of one person.
const HELPERS_MAX: u32 = 3;
/// Persons whom one helper helps.
const HELPED_MAX: u32 = 5;
