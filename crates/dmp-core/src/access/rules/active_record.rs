//! Only an open record is used.

use crate::access::{Act, Question, Reason, RecordState, Verdict, ground};

/// Basis: CSP R.1111-36 (closing, suspension, reopening); TD0.2, TD1.1, TD1.2; supplement 10 (death: frozen).
/// Means: Un dossier fermé, suspendu ou inexistant ne se lit pas et ne s'alimente pas ; fermé, il vous laisse voir qui l'a consulté.
/// Example: A doctor cannot publish into a closed record; the person still reads its journal.
pub fn active_record(question: &Question<'_>) -> Verdict {
    let act = question.act;
    // Whoever may ask at all may hear the state: TD0.2 gives the date and the reason of closing.
    if act == Act::CheckAccess {
        return Verdict::Silent;
    }
    match question.facts.record.state {
        RecordState::Open => Verdict::Silent,
        RecordState::None if act == Act::CreateRecord => Verdict::Silent,
        RecordState::None => Verdict::Forbid(Reason::NoRecord),
        RecordState::Closed if act == Act::ReactivateRecord => Verdict::Silent,
        RecordState::Closed if ground::holds_the_rights(question) && matches!(act, Act::ReadJournal | Act::ReadAdministrative) => Verdict::Silent,
        RecordState::Closed => Verdict::Forbid(Reason::RecordClosed),
        RecordState::Suspended => Verdict::Forbid(Reason::RecordSuspended),
        RecordState::Deceased => Verdict::Forbid(Reason::RecordFrozen),
        RecordState::Destroyed | RecordState::Merged => Verdict::Forbid(Reason::NoRecord),
    }
}
