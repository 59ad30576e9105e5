//! Working on a minor's secret care.

use crate::access::{Question, Reason, Verdict};

/// Basis: EX_2.1-1050 (only documents invisible to representatives), EX_0.1-1100 (does not apply to creation); CSP L.1111-5.
/// Means: Quand un mineur est soigné en secret, le professionnel ne peut déposer que des documents cachés à ses représentants.
/// Example: In a secret connection, a report without INVISIBLE_REPRESENTANTS_LEGAUX is refused.
pub fn secret_connection(question: &Question<'_>) -> Verdict {
    let hidden = question.facts.entry.as_ref().is_some_and(|entry| entry.invisible_to_representatives);
    if question.caller.secret_connection && question.act.is_feeding() && !hidden {
        Verdict::Forbid(Reason::SecretConnectionOnly)
    } else {
        Verdict::Silent
    }
}
