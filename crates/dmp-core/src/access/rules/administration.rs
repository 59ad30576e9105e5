//! Who may manage the record itself: its life, its list of professionals, its choices. Nothing clinical.

use crate::access::{Act, CallerKind, Question, Reason, RecordState, Verdict, ground};
use crate::record::Regime;

/// Basis: CSP L.1111-19, R.1111-28, R.1111-36, R.1111-40; TD1.1, TD1.2, TD1.3, TD1.4; TD0.3 after consent; EX_1.1-1010, EX_1.2-1030 (no opening without consent).
/// Means: Vous décidez qui entre, qui est bloqué, et si votre dossier est ouvert ou fermé ; un professionnel ne s'ajoute à votre liste et n'ouvre votre dossier qu'avec votre accord.
/// Example: An agent at the counter closes a record at the person's request; a doctor without consent cannot add himself.
pub fn administration(question: &Question<'_>) -> Verdict {
    match question.caller.kind {
        CallerKind::Patient | CallerKind::Representative => person(question),
        CallerKind::Professional => professional(question),
        CallerKind::Agent => permit_if(agent_may(question)),
        CallerKind::Organization => permit_if(question.act == Act::CreateRecord && may_open(question)),
        // Opening without objection in the legal time.
        CallerKind::Automaton => permit_if(question.act == Act::CreateRecord && has_none(question) && question.facts.record.regime == Regime::B),
        CallerKind::Helper
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::ReimbursementFeed => Verdict::Silent,
    }
}

/// The person and who represents them decide everything; a minor does not open or close alone.
fn person(question: &Question<'_>) -> Verdict {
    let minor_alone = question.caller.kind == CallerKind::Patient && question.facts.record.minor;
    let fits = match question.act {
        Act::CreateRecord => has_none(question) && !minor_alone,
        Act::ReactivateRecord => is_closed(question) && !minor_alone,
        Act::CloseRecord => !minor_alone,
        Act::Authorise
        | Act::Revoke
        | Act::Block
        | Act::Unblock
        | Act::DeclareMedecinTraitant
        | Act::NameAdministrator
        | Act::SetEmergencyChoices
        | Act::SetConsents
        | Act::ReadJournal
        | Act::ReadAdministrative => true,
        _ => false,
    };
    permit_if(fits && ground::holds_the_rights(question))
}

/// A professional manages only with the person: consent for the list, presence for opening.
fn professional(question: &Question<'_>) -> Verdict {
    let consent = question.caller.consent_now;
    let health = ground::is_health_professional(question);
    let doctor = question.caller.profession.as_ref().is_some_and(crate::identity::Profession::is_doctor);
    match question.act {
        Act::Authorise | Act::Revoke if !consent => Verdict::Forbid(Reason::NotAuthorised),
        Act::Authorise | Act::Revoke => permit_if(ground::is_practising(question)),
        Act::DeclareMedecinTraitant => permit_if(doctor && consent),
        Act::Block => permit_if(question.facts.relation.administrator && ground::is_practising(question)),
        Act::CreateRecord => permit_if(health && may_open(question)),
        Act::ReactivateRecord => permit_if(health && may_reopen(question)),
        Act::ReadAdministrative => permit_if(health && ground::of(question).is_ok()),
        Act::CloseRecord => permit_if(health && question.facts.record.regime == Regime::A),
        _ => Verdict::Silent,
    }
}

/// An agent of the insurance body, at the counter, at the person's request.
fn agent_may(question: &Question<'_>) -> bool {
    match question.act {
        Act::CreateRecord => may_open(question),
        Act::ReactivateRecord => may_reopen(question),
        Act::CloseRecord | Act::Block | Act::Unblock | Act::SetEmergencyChoices | Act::ReadAdministrative => true,
        // What opens the record to a team, or shows what is hidden, is the person's alone.
        _ => false,
    }
}

/// Somebody else opens only with the consent that the person expresses now: no tick, no record (EX_1.1-1010).
fn may_open(question: &Question<'_>) -> bool {
    has_none(question) && question.caller.consent_now
}

/// The same for opening again (EX_1.2-1030).
fn may_reopen(question: &Question<'_>) -> bool {
    is_closed(question) && question.caller.consent_now
}

fn has_none(question: &Question<'_>) -> bool {
    question.facts.record.state == RecordState::None
}

fn is_closed(question: &Question<'_>) -> bool {
    question.facts.record.state == RecordState::Closed
}

fn permit_if(permitted: bool) -> Verdict {
    if permitted { Verdict::Permit } else { Verdict::Silent }
}
