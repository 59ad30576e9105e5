//! Reading in the normal mode needs a tie to the person; the first tie is the person's own list.

use crate::access::{Question, Verdict, ground};

/// Basis: CSP R.1111-46, L.1111-17, L.1111-19; TD0.2 (VALIDE, EXPIRE, NON_EXISTE); supplement 2 (administrators).
/// Means: Un professionnel ne lit votre dossier que si quelque chose le lie à vous : votre autorisation, votre accord du moment, l'équipe qui vous soigne, ou le fait d'être votre médecin traitant.
/// Example: A doctor whose authorisation has expired is refused until the person consents again.
pub fn authorisation(question: &Question<'_>) -> Verdict {
    match ground::of(question) {
        Err(reason) if ground::is_normal_reading(question) => Verdict::Forbid(reason),
        Ok(()) | Err(_) => ground::permit_normal_reading(question, ground::is_on_the_list(question)),
    }
}
