//! Apps that the person chose: let in by those who hold the rights, reading what was allowed and nothing more. And apps that a professional opened
//! while at work: they read what that professional may read.

use crate::access::{Act, CallerKind, Question, Reason, Verdict, ground};

/// Basis: GDPR art. 7 (consent, taken back at any time) and 20 (portability); CSP L.1111-19, R.1111-40 (the holder and those who exercise their rights); SMART App Launch 2.2.
/// Means: Vous choisissez les applications qui lisent votre dossier, ce que chacune lit et jusqu'à quand ; une application n'ajoute, ne change et ne partage rien. L'application qu'un professionnel ouvre lit au plus ce que ce professionnel peut lire.
/// Example: An app allowed to read the list of documents is refused their contents; a helper and a minor alone let no app in.
pub fn apps(question: &Question<'_>) -> Verdict {
    if question.caller.app.is_some() { through_an_app(question) } else { in_person(question) }
}

/// The choice itself. Letting in is a step of the person's legal life, as sharing is: a minor or a protected adult does not take it alone.
fn in_person(question: &Question<'_>) -> Verdict {
    let permitted = match question.act {
        Act::AllowApp => !ground::is_not_alone(question),
        Act::WithdrawApp => true,
        _ => false,
    };
    ground::permit_if(permitted && ground::holds_the_rights(question))
}

/// SECURITY: an act that this does not name is forbidden to every app, whoever it asks for.
fn through_an_app(question: &Question<'_>) -> Verdict {
    let standing = question.facts.relation.app.as_ref().filter(|app| !app.ended && question.now < app.until);
    let professional = question.caller.kind == CallerKind::Professional;
    // Who does not hold the rights, or no longer does, has no app here. A professional's reads in their name: the other rules judge them.
    let Some(app) = standing.filter(|_| professional || ground::holds_the_rights(question)) else { return Verdict::Forbid(Reason::AppNotAllowed) };
    let allowed = match question.act {
        Act::CheckAccess => app.reads.record,
        Act::List => app.reads.documents,
        Act::Consult => app.reads.contents,
        // Its own keys, and laying its own access down.
        Act::ConnectApp | Act::WithdrawApp if !professional => return Verdict::Permit,
        _ => return Verdict::Forbid(Reason::AppReadsOnly),
    };
    if allowed { Verdict::Silent } else { Verdict::Forbid(Reason::AppScope) }
}
