//! Writing to many people who have no record is never one person's decision.

use crate::access::{Act, CallerKind, Question, Reason, RecordState, Verdict, ground};

/// Basis: CSP R.1111-28 (the insurer informs of the opening, and of the right to object); GDPR art. 5 and 24 (no more than is needed, and proof of it). That two named agents decide is ours.
/// Means: L'assurance maladie ne vous invite à ouvrir un dossier que si un de ses agents l'a proposé et qu'un autre l'a confirmé ; un seul suffit pour arrêter l'envoi.
/// Example: An agent proposes to write to ten thousand people; she cannot confirm it herself, her colleague does; a doctor and the operator see no campaign at all.
pub fn invitation_campaigns(question: &Question<'_>) -> Verdict {
    if !question.act.is_about_a_campaign() || question.caller.kind != CallerKind::Agent {
        return Verdict::Silent;
    }
    if question.act == Act::ConfirmCampaign && !question.facts.relation.seconded {
        return Verdict::Forbid(Reason::SecondPersonMissing);
    }
    // It is about nobody's record: a question that names one is another question.
    ground::permit_if(question.facts.record.state == RecordState::None)
}
