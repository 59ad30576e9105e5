//! Every act has a person behind it, but for the few that a structure may do.

use crate::access::{Act, CallerKind, Question, Reason, Verdict};

/// Basis: PDSm for DMP, TD0.1 (user named in the VIHF); CSP R.1111-43 (each access names its author).
/// Means: Personne ne lit votre dossier sans dire son nom et où il exerce ; un établissement seul peut seulement vérifier, déposer ou ouvrir un dossier.
/// Example: A hospital's certificate without a user may publish a report and may not list documents.
pub fn named_caller(question: &Question<'_>) -> Verdict {
    let practises_somewhere = matches!(question.caller.kind, CallerKind::Professional | CallerKind::Organization);
    if practises_somewhere && question.caller.structure.is_none() {
        return Verdict::Forbid(Reason::NobodyNamed);
    }
    let structure_alone = match question.caller.kind {
        CallerKind::Organization => true,
        CallerKind::ReimbursementFeed | CallerKind::Automaton => question.caller.name.is_none(),
        CallerKind::Patient
        | CallerKind::Representative
        | CallerKind::Helper
        | CallerKind::Professional
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator => {
            return if question.caller.name.is_some() { Verdict::Silent } else { Verdict::Forbid(Reason::NobodyNamed) };
        }
    };
    let open_to_structures = matches!(question.act, Act::CheckAccess | Act::Publish | Act::Replace | Act::CreateRecord | Act::CancelOpening);
    // What the software does by itself, on a date.
    let on_a_date = question.caller.kind == CallerKind::Automaton && matches!(question.act, Act::CloseRecord | Act::DestroyRecord | Act::SendPaper);
    if structure_alone && !open_to_structures && !on_a_date { Verdict::Forbid(Reason::NobodyNamed) } else { Verdict::Silent }
}
