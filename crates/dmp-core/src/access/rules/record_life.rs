//! What happens to a record as a whole besides opening and closing: death, suspension, the end of its archive.

use crate::access::{Act, CallerKind, Question, Reason, RecordState, Verdict, ground};
use crate::record::{ARCHIVE_YEARS, ClosureReason, OBJECTION_DAYS};

/// Basis: CSP R.1111-36 (suspension, six weeks, ten years, early deletion), L.1111-18; supplement 10 (death: frozen).
/// Means: Un dossier fermé est gardé dix ans puis détruit, plus tôt si vous le demandez ; il peut être suspendu pour vous protéger, et vous pouvez vous y opposer ; il est figé après un décès.
/// Example: A record closed on 3 July 2016 is destroyed from 3 July 2026 on, and earlier when its holder asked.
pub fn record_life(question: &Question<'_>) -> Verdict {
    let record = &question.facts.record;
    let agent = question.caller.kind == CallerKind::Agent;
    let is = |state: RecordState| record.state == state;
    match question.act {
        Act::ReportDeath => ground::permit_if(agent && (is(RecordState::Open) || is(RecordState::Closed) || is(RecordState::Suspended))),
        Act::WithdrawDeathReport => ground::permit_if(agent && is(RecordState::Deceased)),
        Act::SuspendRecord => ground::permit_if(agent && is(RecordState::Open)),
        Act::LiftSuspension => ground::permit_if(agent && is(RecordState::Suspended)),
        Act::ObjectToSuspension => {
            let objects = ground::holds_the_rights(question) || (agent && ground::has_consent_now(question));
            ground::permit_if(objects && is(RecordState::Suspended) && has_time_to_object(question))
        }
        Act::RequestDestruction => {
            let asks = (ground::holds_the_rights(question) && !ground::is_not_alone(question)) || (agent && ground::has_consent_now(question));
            ground::permit_if(asks && is(RecordState::Closed) && record.closure != Some(ClosureReason::Death))
        }
        Act::DestroyRecord => destroy(question),
        Act::CloseRecord if question.caller.kind == CallerKind::Automaton => close_suspended(question),
        _ => Verdict::Silent,
    }
}

fn destroy(question: &Question<'_>) -> Verdict {
    let record = &question.facts.record;
    let asked = record.state == RecordState::Closed && record.destruction_requested && record.closure != Some(ClosureReason::Death);
    let archived = matches!(record.state, RecordState::Closed | RecordState::Deceased);
    let over = record.closed_at.is_some_and(|closed| closed.plus_years(ARCHIVE_YEARS) <= question.now);
    match question.caller.kind {
        CallerKind::Automaton if archived && (over || asked) => Verdict::Permit,
        CallerKind::Agent if asked => Verdict::Permit,
        CallerKind::Automaton | CallerKind::Agent => Verdict::Forbid(Reason::TooEarly),
        CallerKind::Patient
        | CallerKind::Representative
        | CallerKind::Helper
        | CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::ReimbursementFeed => Verdict::Silent,
    }
}

/// A suspension to which nobody objected in six weeks ends in closing.
fn close_suspended(question: &Question<'_>) -> Verdict {
    let record = &question.facts.record;
    if record.state != RecordState::Suspended || record.suspension_objected {
        return Verdict::Silent;
    }
    if record.suspended_at.is_some() && !has_time_to_object(question) { Verdict::Permit } else { Verdict::Forbid(Reason::TooEarly) }
}

fn has_time_to_object(question: &Question<'_>) -> bool {
    question.facts.record.suspended_at.is_some_and(|since| question.now < since.plus_days(OBJECTION_DAYS))
}
