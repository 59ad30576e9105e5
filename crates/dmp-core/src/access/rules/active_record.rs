//! Only an open record is used.

use crate::access::{Act, CallerKind, Question, Reason, RecordState, Verdict, ground};

/// Basis: CSP R.1111-36 (closing, suspension, reopening); TD0.2, TD1.1, TD1.2; supplement 10 (death: frozen).
/// Means: Un dossier fermé, suspendu ou inexistant ne se lit pas et ne s'alimente pas ; fermé, il vous laisse voir qui l'a consulté.
/// Example: A doctor cannot publish into a closed record; the person still reads its journal.
pub fn active_record(question: &Question<'_>) -> Verdict {
    let act = question.act;
    // Whoever may ask at all may hear the state: TD0.2 gives the date and the reason of closing.
    if act == Act::CheckAccess {
        return Verdict::Silent;
    }
    let reason = match question.facts.record.state {
        RecordState::Open => return Verdict::Silent,
        // Who represents a child signs in without having a record of their own.
        RecordState::None
            if act.is_about_a_campaign()
                || matches!(act, Act::CreateRecord | Act::RecordLetter | Act::ObjectToOpening | Act::ChangeCredentials | Act::ImportRecord) =>
        {
            return Verdict::Silent;
        }
        RecordState::None => Reason::NoRecord,
        RecordState::Closed if matches!(act, Act::ReactivateRecord | Act::RequestDestruction | Act::DestroyRecord | Act::ReportDeath) => {
            return Verdict::Silent;
        }
        // Whoever opens it again has to come in first.
        RecordState::Closed
            if ground::holds_the_rights(question)
                && matches!(act, Act::ReadJournal | Act::ReadAdministrative | Act::ChangeCredentials | Act::ReportAccess) =>
        {
            return Verdict::Silent;
        }
        // Whoever asked before the closing is answered after it.
        RecordState::Closed if matches!(act, Act::HandOutCodes | Act::HandleReport) => return Verdict::Silent,
        RecordState::Closed => Reason::RecordClosed,
        RecordState::Suspended if matches!(act, Act::ObjectToSuspension | Act::LiftSuspension | Act::ReportDeath) => return Verdict::Silent,
        // Nobody objected: it closes by itself.
        RecordState::Suspended if act == Act::CloseRecord && question.caller.kind == CallerKind::Automaton => return Verdict::Silent,
        RecordState::Suspended => Reason::RecordSuspended,
        RecordState::Deceased if matches!(act, Act::WithdrawDeathReport | Act::DestroyRecord) => return Verdict::Silent,
        RecordState::Deceased => Reason::RecordFrozen,
        RecordState::Destroyed => Reason::RecordDestroyed,
        RecordState::Merged => Reason::RecordMerged,
    };
    Verdict::Forbid(reason)
}
