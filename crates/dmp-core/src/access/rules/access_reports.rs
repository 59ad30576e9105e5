//! "I do not know this person": who asks, and who answers.

use crate::access::{Act, CallerKind, Question, RecordState, Verdict, ground};

/// Basis: CSP L.1111-19, R.1111-43 (each access is known to the holder); GDPR article 12 (3) (an answer within one month), article 38 (4) (the data-protection officer).
/// Means: Vous pouvez signaler un accès que vous ne reconnaissez pas ; une personne nommée de l'exploitation du service le vérifie et vous répond en un mois, sans jamais voir vos documents.
/// Example: A person reports the reading of a doctor whom she does not know; an operator without a name may not take the report up.
pub fn access_reports(question: &Question<'_>) -> Verdict {
    let caller = question.caller;
    let readable = matches!(question.facts.record.state, RecordState::Open | RecordState::Closed);
    let permitted = match question.act {
        Act::ReportAccess => ground::holds_the_rights(question) && question.facts.subject.as_ref().is_some_and(|subject| subject.professional),
        // `named_caller` sees to the name.
        Act::HandleReport => caller.kind == CallerKind::Operator,
        _ => false,
    };
    ground::permit_if(permitted && readable)
}
