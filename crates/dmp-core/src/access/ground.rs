//! Facts in the words of the rules: ties to the person, authorship, sides. Several rules ask for each of them.

use super::{Act, AuthorisationState, CallerKind, Purpose, Question, Reason, TeamFacts, Verdict};
use crate::document::{Announcement, Veil};
use crate::identity::Profession;
use crate::record::{MandateState, Regime, RepresentativeKind, Scope};

/// Whether something ties the professional to the person, or why nothing does. The rules `authorisation`,
/// `consent_now`, `medecin_traitant` and `care_team` each permit on one of the ties, so that the journal names it.
pub(super) fn of(question: &Question<'_>) -> Result<(), Reason> {
    let relation = &question.facts.relation;
    let personal = is_on_the_list(question) || consents_to_reading(question) || is_medecin_traitant(question);
    let team = as_team_member(question);
    if personal || team == Some(Ok(())) {
        return Ok(());
    }
    match relation.authorisation {
        AuthorisationState::Expired => Err(Reason::AuthorisationExpired),
        AuthorisationState::Valid | AuthorisationState::Forbidden | AuthorisationState::None => team.unwrap_or(Err(Reason::NotAuthorised)),
    }
}

/// Whether a declared episode of care ties the caller to the person at this moment, or why it does not. `None`: no episode
/// makes them a member of a team now.
pub(super) fn as_team_member(question: &Question<'_>) -> Option<Result<(), Reason>> {
    let current = |team: &&TeamFacts| team.from <= question.now && team.until.is_none_or(|end| question.now < end);
    let team = question.facts.relation.care_team.as_ref().filter(current)?;
    Some(match () {
        () if team.opposed => Err(Reason::TeamRefused),
        () if !question.facts.record.team_consent => Err(Reason::TeamConsentMissing),
        () if !team.informed => Err(Reason::TeamNotInformed),
        () => Ok(()),
    })
}

/// Whether the person consents now, to the caller or to a colleague in the caller's stead. Whom the person keeps out collects
/// nothing, and who cannot express their will consents to nothing.
pub(super) fn has_consent_now(question: &Question<'_>) -> bool {
    let relation = &question.facts.relation;
    let collected = question.caller.consent_collected_by.is_none() || !relation.colleague_blocked;
    question.caller.consent_now && collected && !relation.unable_to_consent
}

/// Whether that consent opens the record for this consultation. Under regime A the person's list comes first (TD0.3).
pub(super) fn consents_to_reading(question: &Question<'_>) -> bool {
    has_consent_now(question) && question.facts.record.regime == Regime::B
}

/// Whether the caller is the person's *médecin traitant*: the role counts for a doctor, in whatever quality else they sign in.
pub(super) fn is_medecin_traitant(question: &Question<'_>) -> bool {
    question.facts.relation.medecin_traitant && is_doctor(question)
}

/// Whether the person named the caller *administrateur*, a role of Mon espace santé.
pub(super) fn is_administrator(question: &Question<'_>) -> bool {
    question.facts.relation.administrator && question.facts.record.regime == Regime::B
}

/// Whether the caller is a doctor (TRE_G15 10).
pub(super) fn is_doctor(question: &Question<'_>) -> bool {
    question.caller.profession.as_ref().is_some_and(Profession::is_doctor)
}

/// The profession whose row of the matrix counts: a student's is that of the profession they learn.
pub(super) fn row(question: &Question<'_>) -> Option<Profession> {
    let profession = question.caller.profession.as_ref().filter(|profession| profession.is_known())?;
    if profession.is_student() { Profession::parse(&format!("G15/{}", profession.code())).ok() } else { Some(profession.clone()) }
}

/// Whether the matrix opens anything at all to the caller's profession.
pub(super) fn has_a_row(question: &Question<'_>) -> bool {
    row(question).is_some_and(|profession| question.matrix.opens_to(&profession))
}

/// Whether helpers exist at all: they came with Mon espace santé.
pub(super) fn has_helpers(question: &Question<'_>) -> bool {
    question.facts.record.regime == Regime::B
}

/// Whether the caller is the person and does not decide alone on the life of the record: a minor, or a protected adult.
pub(super) fn is_not_alone(question: &Question<'_>) -> bool {
    question.caller.kind == CallerKind::Patient && (question.facts.record.minor || question.facts.record.protected)
}

/// Whether an invitation of this record waits for this caller's answer. Whether the answer comes in time is judged with its own reason.
pub(super) fn is_invited(question: &Question<'_>) -> bool {
    let relation = &question.facts.relation;
    relation.own_record
        && relation.mandate.as_ref().is_some_and(|mandate| {
            let is_over = mandate.until.is_some_and(|end| end <= question.now);
            mandate.state == MandateState::Pending && !is_over && is_in_quality(question, mandate.kind)
        })
}

/// Whether a mandate of this kind fits the quality in which the caller asks; a parent represents until the child is of
/// age, a measure protects an adult.
fn is_in_quality(question: &Question<'_>, kind: RepresentativeKind) -> bool {
    match kind {
        RepresentativeKind::Parent => question.caller.kind == CallerKind::Representative && question.facts.record.minor,
        RepresentativeKind::Guardian => question.caller.kind == CallerKind::Representative && !question.facts.record.minor,
        RepresentativeKind::Helper => question.caller.kind == CallerKind::Helper && has_helpers(question),
    }
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
    mandate.state == MandateState::Accepted && mandate.scope == Scope::Person && dated && is_in_quality(question, mandate.kind)
}

/// Whether the person's list lets this professional in: a valid line, or a named administrator.
pub(super) fn is_on_the_list(question: &Question<'_>) -> bool {
    question.facts.relation.authorisation == AuthorisationState::Valid || is_administrator(question)
}

/// Whether a professional asks to read in the normal mode, where a tie to the person is needed.
pub(super) fn is_normal_reading(question: &Question<'_>) -> bool {
    question.caller.kind == CallerKind::Professional && question.caller.purpose == Purpose::Normal && question.act.is_reading()
}

/// The verdict of a rule that permits normal reading on one tie. A secretariat reads nothing, whatever ties it: not even an empty list.
pub(super) fn permit_normal_reading(question: &Question<'_>, tie: bool) -> Verdict {
    if tie && is_practising(question) && is_normal_reading(question) && names_its_document(question) { Verdict::Permit } else { Verdict::Silent }
}

/// Whether the caller is a professional: a profession or role that the lists know, no secretariat.
pub(super) fn is_practising(question: &Question<'_>) -> bool {
    let practises = |profession: &Profession| profession.is_known() && !profession.is_secretariat();
    question.caller.kind == CallerKind::Professional && question.caller.profession.as_ref().is_some_and(practises)
}

/// Whether the caller is a health professional (TRE_G15).
pub(super) fn is_health_professional(question: &Question<'_>) -> bool {
    is_practising(question) && question.caller.profession.as_ref().is_some_and(|profession| profession.system() == "G15")
}

/// Whether the caller is the person or exercises their rights on this very record. A helper does not.
pub(super) fn holds_the_rights(question: &Question<'_>) -> bool {
    matches!(question.caller.kind, CallerKind::Patient | CallerKind::Representative) && is_their_record(question)
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

/// Whether the document still waits for its *consultation d'annonce*: its flag stands (TD3.3b takes it away), and it is younger
/// than one month.
pub(super) fn awaits_announcement(question: &Question<'_>) -> bool {
    question
        .facts
        .entry
        .as_ref()
        .filter(|entry| entry.invisible_to_patient)
        .map(|entry| Announcement { deposited_at: entry.deposited_at, announced_at: None })
        .is_some_and(|clock| clock.veil(question.now) != Veil::Lifted)
}

/// Permits, or says nothing.
pub(super) fn permit_if(permitted: bool) -> Verdict {
    if permitted { Verdict::Permit } else { Verdict::Silent }
}
