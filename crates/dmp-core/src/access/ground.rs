//! Why a professional may open a record at all: the tie to the person that several rules ask for.

use super::decide::Question;
use super::{Act, AuthorisationState, CallerKind, Reason};

/// What lets a professional open a record in the normal mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// A decision of the person about this very professional.
    Personal,
    /// Membership of a care team that the person let in once for all.
    CareTeam,
}

/// The professional's ground, or why there is none.
pub(super) fn of(question: &Question<'_>) -> Result<Ground, Reason> {
    let relation = &question.facts.relation;
    let valid = relation.authorisation == AuthorisationState::Valid;
    if valid || question.caller.consent_now || relation.medecin_traitant || relation.administrator {
        return Ok(Ground::Personal);
    }
    match (relation.care_team, question.facts.record.team_consent) {
        (true, true) => Ok(Ground::CareTeam),
        (true, false) => Err(Reason::TeamConsentMissing),
        (false, true | false) if relation.authorisation == AuthorisationState::Expired => Err(Reason::AuthorisationExpired),
        (false, true | false) => Err(Reason::NotAuthorised),
    }
}

/// Whether the caller is a professional: a named profession, not a secretariat's or a machine's code (TRE_A00).
pub(super) fn is_practising(question: &Question<'_>) -> bool {
    question.caller.kind == CallerKind::Professional && question.caller.profession.as_ref().is_some_and(|profession| profession.system() != "A00")
}

/// Whether the caller is a health professional (TRE_G15).
pub(super) fn is_health_professional(question: &Question<'_>) -> bool {
    question.caller.kind == CallerKind::Professional && question.caller.profession.as_ref().is_some_and(|profession| profession.system() == "G15")
}

/// Whether the caller is the person or exercises their rights on this very record. A helper does not.
pub(super) fn holds_the_rights(question: &Question<'_>) -> bool {
    matches!(question.caller.kind, CallerKind::Patient | CallerKind::Representative) && question.facts.relation.own_record
}

/// Whether the caller stands on the person's side: the person, who represents them, who helps them.
pub(super) fn is_on_the_persons_side(kind: CallerKind) -> bool {
    matches!(kind, CallerKind::Patient | CallerKind::Representative | CallerKind::Helper)
}

/// Whether the document is the person's own work, so that their side may replace, archive or delete it.
pub(super) fn is_own_work(question: &Question<'_>) -> bool {
    question.facts.entry.as_ref().is_some_and(|entry| entry.patient_authored || entry.written_by_caller)
}

/// Whether the caller is the author of the document that the act is about.
pub(super) fn is_author(question: &Question<'_>) -> bool {
    question.facts.entry.as_ref().is_some_and(|entry| entry.written_by_caller)
}

/// Whether the document is known that a reading is about. A list may be asked for as a whole, before
/// each document is judged; bytes are never read without their document.
pub(super) fn names_its_document(question: &Question<'_>) -> bool {
    question.act == Act::List || question.facts.entry.is_some()
}
