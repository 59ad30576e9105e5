//! Who may hide, show and put away a document.

use crate::access::{Act, CallerKind, Question, Reason, Verdict, ground};

/// Basis: CSP R.1111-49, R.1111-50, R.1111-53; TD3.3a, TD3.3b, TD3.3d (for representatives irreversible).
/// Means: Vous masquez et démasquez vos documents quand vous voulez ; à votre demande, l'auteur d'un document peut le faire aussi ; seul un professionnel lève l'attente d'une annonce ou le secret d'un soin.
/// Example: A person masks a report; their mother, who represents them, can never lift the secret of a document.
pub fn visibility(question: &Question<'_>) -> Verdict {
    if question.facts.entry.is_none() {
        return Verdict::Silent;
    }
    match question.act {
        // Only the depositor masks for the person; whoever still sees a masked document may unmask it (`masking` hides it from the others).
        Act::Mask => ground::permit_if(ground::holds_the_rights(question) || (ground::is_practising(question) && ground::is_author(question))),
        Act::Unmask => ground::permit_if(ground::holds_the_rights(question) || is_treating(question)),
        Act::ShowToPatient | Act::ShowToRepresentatives => show(question),
        Act::Archive | Act::Unarchive => put_away(question),
        _ => Verdict::Silent,
    }
}

fn show(question: &Question<'_>) -> Verdict {
    match question.caller.kind {
        CallerKind::Patient | CallerKind::Representative | CallerKind::Helper => Verdict::Forbid(Reason::NotThisKindOfCaller),
        CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => ground::permit_if(is_treating(question)),
    }
}

fn put_away(question: &Question<'_>) -> Verdict {
    match question.caller.kind {
        CallerKind::Patient | CallerKind::Representative if ground::is_own_work(question) => ground::permit_if(ground::holds_the_rights(question)),
        CallerKind::Patient | CallerKind::Representative => Verdict::Forbid(Reason::ProfessionalDocument),
        CallerKind::Helper
        | CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => ground::permit_if(is_treating(question)),
    }
}

/// Whether the caller is a professional who wrote the document or may open the record.
fn is_treating(question: &Question<'_>) -> bool {
    ground::is_practising(question) && (ground::is_author(question) || ground::of(question).is_ok())
}
