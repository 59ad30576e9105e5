//! A record that leaves on paper, and one that comes back from the copy that its person took away.

use crate::access::{Act, CallerKind, Question, RecordState, Verdict, ground};

/// Basis: GDPR art. 12, 15 and 20 (a copy, by post too; taking one's data elsewhere); CSP L.1111-19.
/// Means: Vous pouvez demander votre dossier sur papier, par courrier ou sous pli fermé : le service l'imprime une fois, sans que personne le lise ; un exploitant peut recréer votre dossier à partir de la copie que vous avez emportée.
/// Example: A person without internet asks for the list of who looked at the counter; the service prints it once and posts it. An operator makes a record of a copy where there is none, and never over another.
pub fn copies(question: &Question<'_>) -> Verdict {
    let record = &question.facts.record;
    match question.act {
        Act::SendPaper => ground::permit_if(question.caller.kind == CallerKind::Automaton && record.paper_waits),
        Act::ImportRecord => ground::permit_if(question.caller.kind == CallerKind::Operator && record.state == RecordState::None),
        _ => Verdict::Silent,
    }
}
