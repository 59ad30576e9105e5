//! Reading in the normal mode needs a tie to the person.

use crate::access::ground::{self, Ground};
use crate::access::{CallerKind, Purpose, Question, Verdict};

/// Basis: CSP R.1111-46, L.1111-17, L.1111-16 (médecin traitant); TD0.2 (VALIDE, EXPIRE, NON_EXISTE).
/// Means: Un professionnel lit votre dossier si vous l'y avez autorisé, si vous y consentez pendant la consultation, s'il est votre médecin traitant ou un administrateur que vous avez désigné.
/// Example: A doctor whose authorisation has expired is refused until the person consents again.
pub fn authorisation(question: &Question<'_>) -> Verdict {
    if question.caller.kind != CallerKind::Professional || question.caller.purpose != Purpose::Normal || !question.act.is_reading() {
        return Verdict::Silent;
    }
    match ground::of(question) {
        Ok(Ground::Personal) if ground::names_its_document(question) => Verdict::Permit,
        // `care_team` permits what the team may do.
        Ok(Ground::Personal | Ground::CareTeam) => Verdict::Silent,
        Err(reason) => Verdict::Forbid(reason),
    }
}
