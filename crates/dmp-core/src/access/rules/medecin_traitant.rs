//! The person's regular doctor.

use crate::access::{Question, Verdict, ground};

/// Basis: CSP L.1111-16 (access to everything, by derogation from masking).
/// Means: Votre médecin traitant lit votre dossier, y compris ce que vous masquez aux autres.
/// Example: The declared médecin traitant opens the record without another authorisation.
pub fn medecin_traitant(question: &Question<'_>) -> Verdict {
    ground::permit_normal_reading(question, ground::is_medecin_traitant(question))
}
