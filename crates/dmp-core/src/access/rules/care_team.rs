//! The team that takes care of the person together.

use crate::access::{Question, Verdict, ground};

/// Basis: CSP L.1110-12, R.1111-46; Conseil d'État, 15 October 2025, n° 490409 (initial, informed consent before the first opening).
/// Means: Une fois votre accord donné au départ, tous les membres de l'équipe qui vous soigne peuvent lire votre dossier, chacun selon sa profession.
/// Example: A nurse of the unit reads during the stay; without the initial consent nobody of the team does.
pub fn care_team(question: &Question<'_>) -> Verdict {
    ground::permit_normal_reading(question, ground::is_in_a_team(question) && question.facts.record.team_consent)
}
