//! Hard news is told by a person before it is read on a screen, for a month at most.

use crate::access::{Question, Reason, Verdict, ground};

/// Basis: CSP R.1111-53 (*consultation d'annonce*): visible once announced, and in any case one month after the deposit.
/// Means: Un résultat difficile peut vous être caché le temps qu'un professionnel vous l'annonce, un mois au plus ; ensuite il apparaît de lui-même.
/// Example: A pathology report deposited on 3 June and not announced shows itself to the person on 3 July.
pub fn announcement_clock(question: &Question<'_>) -> Verdict {
    if ground::awaits_announcement(question) && question.act.is_clinical() && question.caller.kind.is_on_the_persons_side() {
        Verdict::Forbid(Reason::WaitsForAnnouncement)
    } else {
        Verdict::Silent
    }
}
