//! The team that takes care of the person together.

use crate::access::{Question, Verdict, ground};

/// Basis: CSP L.1110-12, R.1111-46; Conseil d'État, 15 October 2025, n° 490409 (initial, informed consent before the first opening); R.1111-46 (information at each new episode, objection).
/// Means: Une fois votre accord donné au départ, tous les membres de l'équipe qui vous soigne peuvent lire votre dossier le temps de la prise en charge, chacun selon sa profession, si vous en êtes informé et ne l'avez pas refusé.
/// Example: A nurse of the unit reads during the stay and no longer after it; without the initial consent nobody of the team does.
pub fn care_team(question: &Question<'_>) -> Verdict {
    ground::permit_normal_reading(question, ground::as_team_member(question) == Some(Ok(())))
}
