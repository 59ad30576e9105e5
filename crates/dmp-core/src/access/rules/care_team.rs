//! The team that takes care of the person together.

use crate::access::ground::{self, Ground};
use crate::access::{CallerKind, Purpose, Question, Verdict};

/// Basis: CSP L.1110-12, R.1111-46; Conseil d'État, 15 October 2025, n° 490409 (initial, informed consent before the first opening).
/// Means: Une fois votre accord donné au départ, tous les membres de l'équipe qui vous soigne peuvent lire votre dossier, chacun selon sa profession.
/// Example: A nurse of the unit reads during the stay; without the initial consent nobody of the team does.
pub fn care_team(question: &Question<'_>) -> Verdict {
    if question.caller.kind != CallerKind::Professional || question.caller.purpose != Purpose::Normal || !question.act.is_reading() {
        return Verdict::Silent;
    }
    if ground::names_its_document(question) && ground::of(question) == Ok(Ground::CareTeam) { Verdict::Permit } else { Verdict::Silent }
}
