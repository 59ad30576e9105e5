//! What those who act for the person may not see, and what a helper may not do.

use crate::access::{Act, CallerKind, Question, Reason, Verdict};

/// Basis: CSP L.1111-5, L.1111-5-1, R.1111-50 (a minor's secret care); supplement 2 (a helper reads and deposits, nothing more).
/// Means: Un mineur peut demander qu'un soin reste secret pour ses parents, jusque dans le journal et les avis ; un aidant lit et dépose des documents, rien d'autre : il ne masque pas, ne partage pas plus loin, ne change ni coordonnées ni mot de passe, ne ferme, ne supprime et ne télécharge pas tout.
/// Example: A mother does not see the report of a consultation that her daughter asked to keep secret.
pub fn representatives(question: &Question<'_>) -> Verdict {
    let helper = match question.caller.kind {
        CallerKind::Representative => false,
        CallerKind::Helper => true,
        CallerKind::Patient
        | CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => return Verdict::Silent,
    };
    let secret = question.facts.entry.as_ref().is_some_and(|entry| entry.invisible_to_representatives);
    // A line of the journal and a notice tell of it as the document does, and so would a link.
    let tells = question.act.is_clinical() || matches!(question.act, Act::ReadJournal | Act::Share);
    if secret && tells {
        return Verdict::Forbid(Reason::HiddenFromRepresentatives);
    }
    let open_to_helpers = matches!(
        question.act,
        Act::CheckAccess | Act::List | Act::Consult | Act::Publish | Act::AcceptInvitation | Act::DeclineInvitation | Act::EndHelper
    );
    let masks = question.act == Act::Publish && question.facts.entry.as_ref().is_some_and(|entry| entry.masked);
    if helper && (!open_to_helpers || masks) { Verdict::Forbid(Reason::NotThisKindOfCaller) } else { Verdict::Silent }
}
