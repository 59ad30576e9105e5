//! Puts a drawn question in order: what its record, its caller or its act cannot have goes.

use dmp_core::access::{Act, AuthorisationState, CallerKind, Facts, MandateFacts, Purpose, RecordState, WrittenQuestion};
use dmp_core::document::AvailabilityStatus;
use dmp_core::identity::Profession;
use dmp_core::record::{ClosureReason, MandateState, Regime, RepresentativeKind, Scope};

/// Puts a question in order: what its record, its caller or its act cannot have goes.
pub fn settle(question: &mut WrittenQuestion) {
    settle_relation(question);
    settle_app(question);
    settle_record(question);
    settle_entry(question);
    settle_subject(question);
    let act = question.act;
    let of_identity = matches!(act, Act::CorrectIns | Act::MergeRecords | Act::UnmergeRecords | Act::ProposeIdentityChange);
    if !of_identity {
        question.facts.other = None;
    }
    question.facts.relation.seconded &= of_identity || act == Act::ConfirmCampaign;
    if act != Act::CancelOpening || question.facts.record.state == RecordState::None {
        question.facts.relation.own_opening = None;
    }
    question.facts.relation.own_structures_episode &= act == Act::EndEpisode;
    let practises = question.caller.kind == CallerKind::Professional && question.caller.structure.is_some();
    question.facts.relation.own_structures_document &= practises && question.facts.entry.is_some();
}

/// Only the person and who represents them let apps in, and only a record knows of it.
fn settle_app(question: &mut WrittenQuestion) {
    let kind = question.caller.kind;
    if !kind.is_on_the_persons_side() {
        question.caller.app = None;
    }
    let known = question.caller.app.is_some()
        && matches!(kind, CallerKind::Patient | CallerKind::Representative)
        && question.facts.record.state != RecordState::None;
    if !known {
        question.facts.relation.app = None;
    }
}

fn settle_relation(question: &mut WrittenQuestion) {
    let (kind, relation) = (question.caller.kind, &mut question.facts.relation);
    match (kind, relation.mandate.as_mut()) {
        (CallerKind::Helper, Some(mandate)) => (mandate.kind, mandate.scope) = (RepresentativeKind::Helper, Scope::Person),
        (CallerKind::Representative, Some(mandate)) if mandate.kind == RepresentativeKind::Helper => mandate.kind = RepresentativeKind::Parent,
        (CallerKind::Representative, Some(_)) => {}
        _ => relation.mandate = None,
    }
    // A parent's line is about the person, and has no end but the child's age.
    match kind {
        CallerKind::Patient => {}
        CallerKind::Representative | CallerKind::Helper if relation.own_record => {}
        CallerKind::Representative | CallerKind::Helper => relation.mandate = None,
        _ => relation.own_record = false,
    }
    relation.own_record &= relation.mandate.is_some() || kind == CallerKind::Patient;
    if kind != CallerKind::Helper {
        relation.persons_helped = 0;
    }
    if kind != CallerKind::Professional {
        (relation.authorisation, relation.care_team, relation.break_glass_quota_reached) = (AuthorisationState::None, None, false);
        (relation.unable_to_consent, relation.immediate_risk) = (false, false);
    }
    if let Purpose::BreakGlass { attested, .. } = &question.caller.purpose {
        (relation.unable_to_consent, relation.immediate_risk) = (attested.unable_to_consent, attested.immediate_risk);
    }
    let on_a_line = matches!(relation.authorisation, AuthorisationState::Valid | AuthorisationState::Expired);
    relation.medecin_traitant &= on_a_line;
    relation.administrator &= on_a_line;
    if !question.caller.consent_now {
        question.caller.consent_collected_by = None;
    }
    relation.colleague_blocked &= question.caller.consent_collected_by.is_some();
}

fn settle_record(question: &mut WrittenQuestion) {
    let now = question.now;
    let (record, relation) = (&mut question.facts.record, &mut question.facts.relation);
    let in_force =
        |mandate: &MandateFacts| mandate.state == MandateState::Accepted && mandate.from <= now && mandate.until.is_none_or(|end| now < end);
    let counts = |mandate: &MandateFacts| match mandate.state {
        MandateState::Pending => mandate.answer_by.is_none_or(|end| now < end) && mandate.until.is_none_or(|end| now < end),
        MandateState::Accepted => mandate.until.is_none_or(|end| now < end),
        MandateState::Refused | MandateState::Ended => false,
    };
    if let Some(mandate) = &relation.mandate {
        let guards = mandate.kind == RepresentativeKind::Guardian && mandate.scope == Scope::Person && in_force(mandate);
        record.protected |= guards && !record.minor;
        if counts(mandate) && mandate.kind == RepresentativeKind::Helper {
            record.helpers = record.helpers.max(1);
        } else if counts(mandate) {
            record.representatives = record.representatives.max(1);
        }
    }
    record.protected &= !record.minor;
    if record.protected {
        record.representatives = record.representatives.max(1);
    }
    let closed = record.state == RecordState::Closed;
    if record.state == RecordState::Deceased {
        record.closure = Some(ClosureReason::Death);
    } else if !closed {
        (record.closed_at, record.closure) = (None, None);
    }
    record.destruction_requested &= closed && record.closure != Some(ClosureReason::Death);
    if record.state != RecordState::Suspended {
        (record.suspended_at, record.suspension_objected) = (None, false);
    }
    if record.state != RecordState::None {
        (record.letter_sent_at, record.objected) = (None, false);
        return;
    }
    // Without a record nobody stands on its list; who represents the person proves it at the door.
    let opens = matches!(question.act, Act::CreateRecord | Act::ObjectToOpening | Act::CheckAccess);
    if !opens {
        relation.own_record &= relation.mandate.is_none();
        relation.mandate = None;
    }
    (relation.authorisation, relation.care_team, relation.medecin_traitant, relation.administrator) = (AuthorisationState::None, None, false, false);
    if record.objected || record.regime == Regime::A {
        record.letter_sent_at = None;
    }
    record.objected &= record.regime == Regime::B;
    let bare = Facts::without_record(record.regime).record;
    (record.team_consent, record.occupational_consent, record.all_masked) = (bare.team_consent, bare.occupational_consent, bare.all_masked);
    (record.allow_break_glass, record.allow_regulation_centre, record.masked_in_emergency) = (false, false, false);
    record.helpers = 0;
    record.paper_waits = false;
}

fn settle_entry(question: &mut WrittenQuestion) {
    let act = question.act;
    // These are asked about as a whole, or about one document.
    let maybe_about_one = matches!(act, Act::List | Act::ReadJournal | Act::Share | Act::SendPaper);
    let about_one = act.is_clinical() || maybe_about_one;
    if !about_one || (question.facts.record.state == RecordState::None && act != Act::Publish) {
        question.facts.entry = None;
    }
    let now = question.now;
    // One in a few is asked for as a whole; which one hangs on something drawn already, so that settling draws nothing.
    if maybe_about_one && question.facts.entry.as_ref().is_some_and(|entry| entry.deposited_at.as_seconds() % 5 == 0) {
        question.facts.entry = None;
    }
    let Some(entry) = question.facts.entry.as_mut() else { return };
    entry.deposited_at = entry.deposited_at.min(now);
    entry.announced &= entry.invisible_to_patient;
    // Who never deposits is no author.
    entry.written_by_caller &= matches!(
        question.caller.kind,
        CallerKind::Patient
            | CallerKind::Representative
            | CallerKind::Helper
            | CallerKind::Professional
            | CallerKind::Organization
            | CallerKind::ReimbursementFeed
    );
    if act == Act::Publish {
        (entry.status, entry.deposited_at, entry.announced, entry.written_by_caller) = (AvailabilityStatus::deposited(), now, false, true);
    }
}

fn settle_subject(question: &mut WrittenQuestion) {
    let (caller, relation) = (&question.caller, &question.facts.relation);
    if !is_about_somebody(question.act) {
        question.facts.subject = None;
    }
    let Some(subject) = question.facts.subject.as_mut() else { return };
    if subject.is_caller {
        subject.professional = caller.kind == CallerKind::Professional;
        subject.doctor = caller.profession.as_ref().is_some_and(Profession::is_doctor);
        subject.blocked = relation.authorisation == AuthorisationState::Forbidden;
        subject.authorised = relation.authorisation == AuthorisationState::Valid;
    }
    subject.doctor &= subject.professional;
    subject.blocked &= subject.professional;
    subject.authorised &= subject.professional && !subject.blocked;
}

/// Acts with a subject.
fn is_about_somebody(act: Act) -> bool {
    matches!(
        act,
        Act::Authorise
            | Act::Revoke
            | Act::Block
            | Act::Unblock
            | Act::DeclareMedecinTraitant
            | Act::EndMedecinTraitant
            | Act::NameAdministrator
            | Act::DeclareRepresentative
            | Act::EndRepresentation
            | Act::InviteHelper
            | Act::EndHelper
            | Act::ReportAccess
    )
}
