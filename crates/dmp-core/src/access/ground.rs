//! Facts in the words of the rules: ties to the person, authorship, sides. Several rules ask for each of them.

use super::{Act, AuthorisationState, CallerKind, Purpose, Question, Reason, Verdict};
use crate::record::{MandateState, RepresentativeKind, Scope};

/// Whether something ties the professional to the person, or why nothing does. The rules `authorisation`,
/// `consent_now`, `medecin_traitant` and `care_team` each permit on one of the ties, so that the journal names it.
pub(super) fn of(question: &Question<'_>) -> Result<(), Reason> {
    let relation = &question.facts.relation;
    let personal = is_on_the_list(question) || question.caller.consent_now || relation.medecin_traitant;
    let team = is_in_a_team(question);
    if personal || (team && question.facts.record.team_consent) {
        return Ok(());
    }
    match relation.authorisation {
        AuthorisationState::Expired => Err(Reason::AuthorisationExpired),
        AuthorisationState::Valid | AuthorisationState::Forbidden | AuthorisationState::None if team => Err(Reason::TeamConsentMissing),
        AuthorisationState::Valid | AuthorisationState::Forbidden | AuthorisationState::None => Err(Reason::NotAuthorised),
    }
}

/// Whether a declared episode of care makes the caller a member of the team at this moment.
pub(super) fn is_in_a_team(question: &Question<'_>) -> bool {
    question.facts.relation.care_team.as_ref().is_some_and(|team| team.from <= question.now && team.until.is_none_or(|end| question.now < end))
}

/// Whether the caller is the person, or acts for them under a mandate that counts at this moment. A parent represents until
/// the child is of age; a measure that is about goods, or that only assists, opens no record.
pub(super) fn is_their_record(question: &Question<'_>) -> bool {
    let relation = &question.facts.relation;
    match question.caller.kind {
        CallerKind::Patient => relation.own_record,
        CallerKind::Representative | CallerKind::Helper => relation.own_record && mandate_counts(question),
        CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => false,
    }
}

fn mandate_counts(question: &Question<'_>) -> bool {
    let Some(mandate) = &question.facts.relation.mandate else { return false };
    let dated = mandate.from <= question.now && mandate.until.is_none_or(|end| question.now < end);
    let quality = match mandate.kind {
        RepresentativeKind::Parent => question.caller.kind == CallerKind::Representative && question.facts.record.minor,
        RepresentativeKind::Guardian => question.caller.kind == CallerKind::Representative,
        RepresentativeKind::Helper => question.caller.kind == CallerKind::Helper,
    };
    mandate.state == MandateState::Accepted && mandate.scope == Scope::Person && dated && quality
}

/// Whether the person's list lets this professional in: a valid line, or a named administrator.
pub(super) fn is_on_the_list(question: &Question<'_>) -> bool {
    question.facts.relation.authorisation == AuthorisationState::Valid || question.facts.relation.administrator
}

/// Whether a professional asks to read in the normal mode, where a tie to the person is needed.
pub(super) fn is_normal_reading(question: &Question<'_>) -> bool {
    question.caller.kind == CallerKind::Professional && question.caller.purpose == Purpose::Normal && question.act.is_reading()
}

/// The verdict of a rule that permits normal reading on one tie.
pub(super) fn permit_normal_reading(question: &Question<'_>, tie: bool) -> Verdict {
    if tie && is_normal_reading(question) && names_its_document(question) { Verdict::Permit } else { Verdict::Silent }
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
    matches!(question.caller.kind, CallerKind::Patient | CallerKind::Representative) && is_their_record(question)
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

/// Whether the document still waits for its *consultation d'annonce*: not announced, and younger than one month.
pub(super) fn awaits_announcement(question: &Question<'_>) -> bool {
    question
        .facts
        .entry
        .as_ref()
        .is_some_and(|entry| entry.invisible_to_patient && !entry.announced && question.now < entry.deposited_at.plus_one_month())
}
