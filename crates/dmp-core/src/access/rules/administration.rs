//! Who may manage the record itself: its life, its list of professionals, its choices. Nothing clinical.

use crate::access::{Act, CallerKind, Question, Reason, RecordState, Verdict, ground};
use crate::record::{ClosureReason, Regime};

/// Basis: CSP L.1111-19, R.1111-28, R.1111-36, R.1111-40; GDPR art. 12 (rights are easy to exercise); TD1.1, TD1.2, TD1.3, TD1.4; TD0.3 after consent; EX_1.1-1010, EX_1.2-1030 (no opening without consent). That a counter hands out printed codes is ours, for people without a telephone.
/// Means: Vous décidez qui entre, qui est bloqué, qui est votre médecin traitant, et si votre dossier est ouvert ou fermé ; vous seul changez vos moyens de connexion ; au guichet ou par courrier, un agent enregistre votre choix ou vous remet une feuille de codes, sans rien voir de votre santé ; un professionnel ne s'ajoute à votre liste et n'ouvre votre dossier qu'avec votre accord.
/// Example: An agent at the counter blocks a professional or hides everything at the person's request; a doctor without consent cannot add himself, nor anybody else; who is not there gets no sheet of codes.
pub fn administration(question: &Question<'_>) -> Verdict {
    match question.caller.kind {
        CallerKind::Patient | CallerKind::Representative => person(question),
        CallerKind::Professional => professional(question),
        CallerKind::Agent => ground::permit_if(agent_may(question)),
        CallerKind::Organization => ground::permit_if(question.act == Act::CreateRecord && may_open(question)),
        CallerKind::Helper
        | CallerKind::Automaton
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::ReimbursementFeed => Verdict::Silent,
    }
}

/// The person and who represents them decide everything; a minor or a protected adult neither opens nor closes alone.
fn person(question: &Question<'_>) -> Verdict {
    let alone = !ground::is_not_alone(question);
    let subject = question.facts.subject.as_ref();
    let fits = match question.act {
        Act::CreateRecord => has_none(question) && alone,
        Act::ReactivateRecord => is_closed(question) && alone,
        Act::CloseRecord | Act::Share => alone,
        Act::Authorise | Act::Revoke | Act::Block | Act::Unblock | Act::EndMedecinTraitant => subject.is_some_and(|subject| subject.professional),
        Act::SetEmergencyChoices | Act::SetConsents | Act::MaskAll | Act::UpdateContact => true,
        Act::DownloadAll | Act::OrderPaper | Act::ReadJournal | Act::ReadAdministrative => true,
        // Who represents a minor and signed in as them would read what they keep secret.
        Act::ChangeCredentials => question.caller.kind == CallerKind::Patient,
        Act::DeclareMedecinTraitant => subject.is_some_and(|subject| subject.doctor),
        // A word on a line of the list, in Mon espace santé.
        Act::NameAdministrator => question.facts.record.regime == Regime::B && subject.is_some_and(|subject| subject.authorised),
        _ => false,
    };
    ground::permit_if(fits && ground::holds_the_rights(question))
}

/// A professional manages only with the person: consent for the list, presence for opening.
fn professional(question: &Question<'_>) -> Verdict {
    let consent = ground::has_consent_now(question);
    let subject = question.facts.subject.as_ref();
    let health = ground::is_health_professional(question);
    let own_line = subject.is_some_and(|subject| subject.is_caller && subject.professional);
    let colleague = subject.is_some_and(|subject| !subject.is_caller && subject.professional);
    match question.act {
        Act::Authorise | Act::Revoke if !consent => Verdict::Forbid(Reason::NotAuthorised),
        // Whom the matrix opens nothing to has no use for a place on the list.
        Act::Authorise => ground::permit_if(own_line && ground::is_practising(question) && ground::has_a_row(question)),
        Act::Revoke => ground::permit_if(own_line && ground::is_practising(question)),
        Act::DeclareMedecinTraitant => ground::permit_if(own_line && consent && ground::is_doctor(question)),
        // A doctor may lay the role down.
        Act::EndMedecinTraitant => ground::permit_if(own_line && ground::is_medecin_traitant(question)),
        Act::Block => ground::permit_if(colleague && ground::is_administrator(question) && ground::is_practising(question)),
        Act::CreateRecord => ground::permit_if(health && may_open(question)),
        Act::ReactivateRecord => ground::permit_if(health && may_reopen(question)),
        Act::ReadAdministrative => ground::permit_if(health && ground::of(question).is_ok()),
        Act::CloseRecord => ground::permit_if(health && consent && question.facts.record.regime == Regime::A),
        _ => Verdict::Silent,
    }
}

/// An agent of the insurance body, at the counter or with a signed letter in hand: the person was identified and asks for it now.
fn agent_may(question: &Question<'_>) -> bool {
    let about_a_professional = question.facts.subject.as_ref().is_some_and(|subject| subject.professional);
    match question.act {
        Act::CreateRecord => may_open(question),
        Act::ReactivateRecord => may_reopen(question),
        // Who asks for codes stands at the counter, and the agent has looked at their papers: that is the consent expressed now.
        Act::CloseRecord | Act::UpdateContact | Act::HandOutCodes | Act::MaskAll | Act::SetEmergencyChoices | Act::OrderPaper => {
            ground::has_consent_now(question)
        }
        // Keeping out, and no more keeping out, which restores nothing.
        Act::Block | Act::Unblock | Act::Revoke => about_a_professional && ground::has_consent_now(question),
        Act::ReadAdministrative => true,
        // Who comes in, and what a whole team may read: the person's alone, or with a health professional.
        _ => false,
    }
}

/// Somebody else opens only with the consent that the person expresses now: no tick, no record (EX_1.1-1010).
fn may_open(question: &Question<'_>) -> bool {
    has_none(question) && ground::has_consent_now(question)
}

/// The same for opening again (EX_1.2-1030).
fn may_reopen(question: &Question<'_>) -> bool {
    is_closed(question) && ground::has_consent_now(question)
}

fn has_none(question: &Question<'_>) -> bool {
    question.facts.record.state == RecordState::None
}

/// Closed by the living: nothing opens again after a death.
fn is_closed(question: &Question<'_>) -> bool {
    let record = &question.facts.record;
    record.state == RecordState::Closed && record.closure != Some(ClosureReason::Death)
}
