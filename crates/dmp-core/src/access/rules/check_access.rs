//! Who may ask whether a record exists and whether they may open it.

use crate::access::{Act, CallerKind, Question, Verdict, ground};

/// Basis: TD0.2 (existence, state, authorisation); CSP R.1111-40 for the person's own side.
/// Means: Les soignants, les établissements et l'assurance maladie peuvent savoir si vous avez un dossier ouvert, sans rien y lire.
/// Example: A blocked professional learns that he is blocked; a mutual learns nothing.
pub fn check_access(question: &Question<'_>) -> Verdict {
    if question.act != Act::CheckAccess {
        return Verdict::Silent;
    }
    let permitted = match question.caller.kind {
        CallerKind::Patient | CallerKind::Representative | CallerKind::Helper => ground::is_their_record(question),
        CallerKind::Professional => ground::is_practising(question),
        CallerKind::Organization | CallerKind::Agent => true,
        CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => false,
    };
    if permitted { Verdict::Permit } else { Verdict::Silent }
}
