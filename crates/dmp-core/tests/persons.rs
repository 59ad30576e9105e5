//! Who acts for the person, who helps, which team cares: sentences about persons around a record.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::Moment;
use dmp_core::access::{Act, AuthorisationState, Caller, CallerKind, Colleague, Facts, MandateFacts, Reason, SubjectFacts, TeamFacts};
use dmp_core::identity::{StructIdNat, Structure};
use dmp_core::record::{MandateState, RepresentativeKind, Scope};

fn acting(kind: RepresentativeKind, change: impl FnOnce(&mut MandateFacts)) -> Facts {
    own(|facts| {
        let mut line = mandate(kind);
        change(&mut line);
        facts.record.minor = kind == RepresentativeKind::Parent;
        facts.relation.mandate = Some(line);
    })
}

fn person() -> SubjectFacts {
    SubjectFacts { professional: false, doctor: false, authorised: false, ..subject() }
}

fn about_a_person(facts: Facts) -> Facts {
    Facts { subject: Some(person()), ..facts }
}

fn about_the_caller(facts: Facts) -> Facts {
    Facts { subject: Some(SubjectFacts { is_caller: true, ..person() }), ..facts }
}

const BEFORE: i64 = -1;
const AFTER: i64 = 1;

fn second(offset: i64) -> Option<Moment> {
    Some(now().plus_seconds(offset))
}

// Legal representatives.

#[test]
fn a_parent_reads_until_the_child_is_of_age() {
    let parent = caller(CallerKind::Representative);
    permits(Act::Consult, &parent, &acting(RepresentativeKind::Parent, |_| {}));
    let mut adult = acting(RepresentativeKind::Parent, |_| {});
    adult.record.minor = false;
    for act in Act::ALL.into_iter().filter(|act| !matches!(act, Act::AcceptInvitation | Act::DeclineInvitation)) {
        refuses(act, &parent, &adult, Reason::NotTheirRecord);
    }
}

#[test]
fn a_guardian_acts_while_the_measure_about_the_person_lasts() {
    let guardian = caller(CallerKind::Representative);
    let may = |change: fn(&mut MandateFacts)| judge(Act::Consult, &guardian, &acting(RepresentativeKind::Guardian, change)).is_permitted();
    assert!(may(|_| {}));
    assert!(may(|line| (line.from, line.until) = (now(), second(AFTER))));
    assert!(!may(|line| line.from = now().plus_seconds(AFTER)));
    assert!(!may(|line| line.until = second(0)));
    assert!(!may(|line| line.scope = Scope::Property));
    assert!(!may(|line| line.scope = Scope::Assistance));
    for state in [MandateState::Pending, MandateState::Refused, MandateState::Ended] {
        let facts = acting(RepresentativeKind::Guardian, |line| line.state = state);
        refuses(Act::Consult, &guardian, &facts, Reason::NotTheirRecord);
    }
}

#[test]
fn a_representative_is_no_helper_and_a_helper_no_representative() {
    refuses(Act::Consult, &caller(CallerKind::Representative), &acting(RepresentativeKind::Helper, |_| {}), Reason::NotTheirRecord);
    refuses(Act::Consult, &caller(CallerKind::Helper), &acting(RepresentativeKind::Guardian, |_| {}), Reason::NotTheirRecord);
}

#[test]
fn a_protected_adult_reads_and_neither_opens_closes_nor_shares_alone() {
    let protected = || own(|facts| facts.record.protected = true);
    for act in [Act::Consult, Act::ReadJournal, Act::Mask, Act::DownloadAll] {
        permits(act, &caller(CallerKind::Patient), &protected());
    }
    for act in [Act::CloseRecord, Act::Share] {
        refuses(act, &caller(CallerKind::Patient), &protected(), Reason::NoRulePermits);
        permits(act, &caller(CallerKind::Patient), &own(|_| {}));
        permits(act, &caller(CallerKind::Representative), &protected());
    }
}

#[test]
fn the_counter_writes_down_a_representative_and_ends_one() {
    for act in [Act::DeclareRepresentative, Act::EndRepresentation] {
        permits(act, &caller(CallerKind::Agent), &about_a_person(situation()));
        refuses(act, &professional("G15/10"), &about_a_person(authorised(|_| {})), Reason::NoRulePermits);
        refuses(act, &caller(CallerKind::Patient), &about_a_person(own(|_| {})), Reason::NoRulePermits);
        refuses(act, &caller(CallerKind::Agent), &Facts { subject: None, ..situation() }, Reason::NoRulePermits);
    }
    refuses(Act::DeclareRepresentative, &caller(CallerKind::Agent), &about_the_caller(situation()), Reason::NoRulePermits);
    refuses(Act::DeclareRepresentative, &caller(CallerKind::Agent), &situation(), Reason::NoRulePermits);
}

#[test]
fn a_parent_invites_the_other_parent_and_nobody_more() {
    let parent = caller(CallerKind::Representative);
    let with_parents = |representatives| {
        let mut facts = about_a_person(acting(RepresentativeKind::Parent, |_| {}));
        facts.record.representatives = representatives;
        facts
    };
    permits(Act::DeclareRepresentative, &parent, &with_parents(1));
    refuses(Act::DeclareRepresentative, &parent, &with_parents(2), Reason::NoRulePermits);
    refuses(Act::DeclareRepresentative, &parent, &about_the_caller(with_parents(1)), Reason::NoRulePermits);
    refuses(Act::DeclareRepresentative, &parent, &about_a_person(acting(RepresentativeKind::Guardian, |_| {})), Reason::NoRulePermits);
}

#[test]
fn a_representative_withdraws_and_does_not_dismiss_the_other_one() {
    let parent = caller(CallerKind::Representative);
    permits(Act::EndRepresentation, &parent, &about_the_caller(acting(RepresentativeKind::Parent, |_| {})));
    refuses(Act::EndRepresentation, &parent, &about_a_person(acting(RepresentativeKind::Parent, |_| {})), Reason::NoRulePermits);
}

// A minor's secret care.

#[test]
fn a_secret_connection_is_for_minors_alone() {
    let secret = |kind: &str| Caller { secret_connection: true, ..professional(kind) };
    let minor = authorised(|facts| facts.record.minor = true);
    permits(Act::Consult, &secret("G15/10"), &minor);
    refuses(Act::Consult, &secret("G15/10"), &authorised(|_| {}), Reason::SecretConnectionOnly);
    permits(Act::CheckAccess, &secret("G15/10"), &minor);
    refuses(Act::CheckAccess, &secret("G15/10"), &situation(), Reason::SecretConnectionOnly);
    let hidden = with(|facts| (facts.record.minor, facts.entry.as_mut().unwrap().invisible_to_representatives) = (true, true));
    permits(Act::Publish, &secret("G15/10"), &hidden);
    refuses(Act::Publish, &secret("G15/10"), &with(|facts| facts.record.minor = true), Reason::SecretConnectionOnly);
}

#[test]
fn a_visit_in_secret_adds_no_line_that_a_parent_reads() {
    let secret = Caller { secret_connection: true, consent_now: true, ..professional("G15/10") };
    let minor = authorised(|facts| facts.record.minor = true);
    for act in [Act::Authorise, Act::Revoke, Act::DeclareEpisode, Act::RecordTeamConsent, Act::Mask, Act::Archive] {
        refuses(act, &secret, &minor, Reason::SecretConnectionOnly);
    }
    let minors_own = Caller { secret_connection: true, ..caller(CallerKind::Patient) };
    refuses(Act::Authorise, &minors_own, &own(|facts| facts.record.minor = true), Reason::SecretConnectionOnly);
}

#[test]
fn a_minor_works_in_secret_and_a_parent_does_not() {
    let secret = |kind| Caller { secret_connection: true, ..caller(kind) };
    permits(Act::Consult, &secret(CallerKind::Patient), &own(|facts| facts.record.minor = true));
    refuses(Act::Consult, &secret(CallerKind::Representative), &acting(RepresentativeKind::Parent, |_| {}), Reason::SecretConnectionOnly);
    refuses(Act::Consult, &secret(CallerKind::Helper), &acting(RepresentativeKind::Helper, |_| {}), Reason::SecretConnectionOnly);
}

// Helpers.

#[test]
fn a_helper_reads_and_deposits_and_may_do_nothing_else() {
    let helper = caller(CallerKind::Helper);
    let own_document = || own(|facts| facts.entry = Some(dmp_core::access::EntryFacts { patient_authored: true, ..typed("DOCPAT03") }));
    let open = [Act::CheckAccess, Act::List, Act::Consult, Act::Publish];
    for act in open {
        permits(act, &helper, &own_document());
    }
    for act in Act::ALL.into_iter().filter(|act| !open.contains(act)) {
        assert!(!judge(act, &helper, &own_document()).is_permitted(), "{act:?}");
    }
    for act in [Act::Share, Act::UpdateContact, Act::ChangeCredentials, Act::CloseRecord, Act::Delete, Act::DownloadAll] {
        permits(act, &caller(CallerKind::Patient), &own_document());
        refuses_a_helper(act, &own_document());
    }
}

fn refuses_a_helper(act: Act, facts: &Facts) {
    let reason = judge(act, &caller(CallerKind::Helper), facts).reason().unwrap();
    assert!(matches!(reason, Reason::NotThisKindOfCaller | Reason::NotItsAuthor), "{act:?}: {reason:?}");
}

#[test]
fn a_person_has_three_helpers_at_most() {
    let inviting = |helpers| about_a_person(own(|facts| facts.record.helpers = helpers));
    permits(Act::InviteHelper, &caller(CallerKind::Patient), &inviting(2));
    refuses(Act::InviteHelper, &caller(CallerKind::Patient), &inviting(3), Reason::TooManyHelpers);
    permits(Act::InviteHelper, &caller(CallerKind::Representative), &inviting(0));
    refuses(Act::InviteHelper, &caller(CallerKind::Agent), &about_a_person(with(|facts| facts.record.helpers = 3)), Reason::NoRulePermits);
    refuses(Act::InviteHelper, &caller(CallerKind::Patient), &about_the_caller(own(|_| {})), Reason::NoRulePermits);
    refuses(Act::InviteHelper, &caller(CallerKind::Patient), &own(|_| {}), Reason::NoRulePermits);
    let minor = about_a_person(own(|facts| facts.record.minor = true));
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        refuses(Act::InviteHelper, &caller(kind), &minor, Reason::NoRulePermits);
    }
}

fn invited(kind: RepresentativeKind, answer_by: Option<Moment>) -> Facts {
    acting(kind, |line| (line.state, line.answer_by) = (MandateState::Pending, answer_by))
}

#[test]
fn an_invitation_is_answered_in_time_by_who_is_invited() {
    for (kind, quality) in [
        (RepresentativeKind::Helper, CallerKind::Helper),
        (RepresentativeKind::Parent, CallerKind::Representative),
        (RepresentativeKind::Guardian, CallerKind::Representative),
    ] {
        for act in [Act::AcceptInvitation, Act::DeclineInvitation] {
            permits(act, &caller(quality), &invited(kind, None));
            permits(act, &caller(quality), &invited(kind, second(AFTER)));
            refuses(act, &caller(quality), &invited(kind, second(0)), Reason::InvitationOver);
            for state in [MandateState::Accepted, MandateState::Refused, MandateState::Ended] {
                refuses(act, &caller(quality), &acting(kind, |line| line.state = state), Reason::NoRulePermits);
            }
            refuses(act, &caller(CallerKind::Patient), &invited(kind, None), Reason::NoRulePermits);
        }
        refuses(Act::Consult, &caller(quality), &invited(kind, None), Reason::NotTheirRecord);
    }
    refuses(Act::AcceptInvitation, &caller(CallerKind::Helper), &invited(RepresentativeKind::Parent, None), Reason::NoRulePermits);
}

#[test]
fn who_helps_five_persons_declines_a_sixth() {
    let helping = |persons_helped| {
        let mut facts = invited(RepresentativeKind::Helper, None);
        facts.relation.persons_helped = persons_helped;
        facts
    };
    permits(Act::AcceptInvitation, &caller(CallerKind::Helper), &helping(4));
    refuses(Act::AcceptInvitation, &caller(CallerKind::Helper), &helping(5), Reason::TooManyHelpers);
    permits(Act::DeclineInvitation, &caller(CallerKind::Helper), &helping(5));
}

#[test]
fn the_person_and_the_helper_themself_end_the_help() {
    permits(Act::EndHelper, &caller(CallerKind::Patient), &about_a_person(own(|_| {})));
    permits(Act::EndHelper, &caller(CallerKind::Helper), &about_the_caller(acting(RepresentativeKind::Helper, |_| {})));
    refuses(Act::EndHelper, &caller(CallerKind::Helper), &about_a_person(acting(RepresentativeKind::Helper, |_| {})), Reason::NoRulePermits);
    refuses(Act::EndHelper, &professional("G15/10"), &about_a_person(authorised(|_| {})), Reason::NoRulePermits);
}

// Care teams.

fn member(change: impl FnOnce(&mut TeamFacts)) -> Facts {
    with(|facts| {
        let mut one = team();
        change(&mut one);
        facts.relation.care_team = Some(one);
    })
}

#[test]
fn a_team_reads_while_its_episode_lasts_when_the_person_was_told_and_did_not_refuse() {
    let nurse = professional("G15/60");
    permits(Act::Consult, &nurse, &member(|_| {}));
    permits(Act::Consult, &nurse, &member(|one| (one.from, one.until) = (now(), second(AFTER))));
    refuses(Act::Consult, &nurse, &member(|one| one.from = now().plus_seconds(AFTER)), Reason::NotAuthorised);
    refuses(Act::Consult, &nurse, &member(|one| one.until = second(0)), Reason::NotAuthorised);
    refuses(Act::Consult, &nurse, &member(|one| one.informed = false), Reason::TeamNotInformed);
    refuses(Act::Consult, &nurse, &member(|one| one.opposed = true), Reason::TeamRefused);
    let mut unasked = member(|_| {});
    unasked.record.team_consent = false;
    refuses(Act::Consult, &nurse, &unasked, Reason::TeamConsentMissing);
}

#[test]
fn a_refused_team_leaves_the_other_ties_as_they_are() {
    let refused = |change: fn(&mut Facts)| {
        let mut facts = member(|one| one.opposed = true);
        change(&mut facts);
        facts
    };
    permits(Act::Consult, &professional("G15/60"), &refused(|facts| facts.relation.authorisation = AuthorisationState::Valid));
    permits(Act::Consult, &Caller { consent_now: true, ..professional("G15/60") }, &refused(|_| {}));
    refuses(Act::Consult, &professional("G15/60"), &refused(|facts| facts.relation.authorisation = AuthorisationState::Forbidden), Reason::Blocked);
}

fn in_a_structure(caller: Caller) -> Caller {
    Caller { structure: Some(Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Hôpital fictif".into() }), ..caller }
}

#[test]
fn a_professional_of_a_structure_declares_and_ends_its_episodes() {
    for act in [Act::DeclareEpisode, Act::EndEpisode] {
        let ours = with(|facts| facts.relation.own_structures_episode = true);
        permits(act, &in_a_structure(professional("G15/60")), &ours);
        refuses(act, &Caller { structure: None, ..professional("G15/60") }, &ours, Reason::NobodyNamed);
        refuses(act, &in_a_structure(professional("A00/SECRETARIAT_MEDICAL")), &ours, Reason::NoRulePermits);
        refuses(act, &Caller { supervised: true, ..in_a_structure(professional("G16/10")) }, &ours, Reason::NoRulePermits);
        refuses(act, &in_a_structure(caller(CallerKind::Organization)), &ours, Reason::NobodyNamed);
        refuses(act, &in_a_structure(break_glass(professional("G15/10"))), &emergency(|_| {}), Reason::EmergencyReadsOnly);
        for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Agent] {
            assert!(!judge(act, &caller(kind), &own(|_| {})).is_permitted());
        }
    }
    refuses(Act::EndEpisode, &in_a_structure(professional("G15/60")), &situation(), Reason::NoRulePermits);
    let blocked = with(|facts| facts.relation.authorisation = AuthorisationState::Forbidden);
    refuses(Act::DeclareEpisode, &in_a_structure(professional("G15/60")), &blocked, Reason::Blocked);
    let occupational = Caller { specialty: Some("SM25".into()), ..in_a_structure(professional("G15/10")) };
    refuses(Act::DeclareEpisode, &occupational, &with(|facts| facts.record.occupational_consent = true), Reason::OccupationalMedicine);
}

#[test]
fn the_person_refuses_a_team_and_nobody_does_so_for_them() {
    permits(Act::OpposeEpisode, &caller(CallerKind::Patient), &own(|_| {}));
    permits(Act::OpposeEpisode, &caller(CallerKind::Representative), &own(|_| {}));
    refuses(Act::OpposeEpisode, &in_a_structure(professional("G15/10")), &authorised(|_| {}), Reason::NoRulePermits);
}

#[test]
fn the_initial_consent_is_heard_by_a_health_professional_at_that_moment() {
    let hearing = |kind: &str| Caller { consent_now: true, ..professional(kind) };
    permits(Act::RecordTeamConsent, &hearing("G15/60"), &situation());
    refuses(Act::RecordTeamConsent, &professional("G15/60"), &authorised(|_| {}), Reason::NoRulePermits);
    refuses(Act::RecordTeamConsent, &hearing("R95/93"), &situation(), Reason::NoRulePermits);
    refuses(Act::RecordTeamConsent, &caller(CallerKind::Agent), &situation(), Reason::NoRulePermits);
}

#[test]
fn a_colleague_collects_the_consent_unless_the_person_blocked_them() {
    let told = Caller { consent_now: true, consent_collected_by: Some(Colleague { account: "ps:colleague".into() }), ..professional("G15/10") };
    permits(Act::Consult, &told, &situation());
    permits(Act::Authorise, &told, &situation());
    let blocked = with(|facts| facts.relation.colleague_blocked = true);
    refuses(Act::Consult, &told, &blocked, Reason::NotAuthorised);
    refuses(Act::Authorise, &told, &blocked, Reason::NotAuthorised);
    permits(Act::Consult, &Caller { consent_collected_by: None, ..told.clone() }, &blocked);
    refuses(Act::Consult, &Caller { consent_now: false, ..told }, &situation(), Reason::NotAuthorised);
}

// Médecin traitant and administrators.

#[test]
fn only_a_doctor_is_declared_and_a_blocked_one_is_not() {
    let subject = |change: fn(&mut SubjectFacts)| {
        let mut one = subject();
        change(&mut one);
        own(|facts| facts.subject = Some(one))
    };
    permits(Act::DeclareMedecinTraitant, &caller(CallerKind::Patient), &subject(|_| {}));
    refuses(Act::DeclareMedecinTraitant, &caller(CallerKind::Patient), &subject(|one| one.doctor = false), Reason::NoRulePermits);
    for act in [Act::DeclareMedecinTraitant, Act::Authorise, Act::NameAdministrator] {
        refuses(act, &caller(CallerKind::Patient), &subject(|one| one.blocked = true), Reason::Blocked);
    }
    permits(Act::Block, &caller(CallerKind::Patient), &subject(|one| one.blocked = true));
    permits(Act::Unblock, &caller(CallerKind::Patient), &subject(|one| one.blocked = true));
    permits(Act::NameAdministrator, &caller(CallerKind::Patient), &subject(|one| one.doctor = false));
    refuses(Act::NameAdministrator, &caller(CallerKind::Patient), &subject(|one| one.authorised = false), Reason::NoRulePermits);
}

#[test]
fn the_person_or_the_doctor_ends_the_role_of_medecin_traitant() {
    permits(Act::EndMedecinTraitant, &caller(CallerKind::Patient), &own(|_| {}));
    let role = |is_caller| {
        with(|facts| {
            facts.relation.medecin_traitant = true;
            facts.subject = Some(SubjectFacts { is_caller, authorised: is_caller, ..subject() });
        })
    };
    permits(Act::EndMedecinTraitant, &professional("G15/10"), &role(true));
    refuses(Act::EndMedecinTraitant, &professional("G15/10"), &role(false), Reason::NoRulePermits);
    refuses(Act::EndMedecinTraitant, &caller(CallerKind::Agent), &situation(), Reason::NoRulePermits);
}

// The emergency.

#[test]
fn a_broken_glass_is_short_and_counted() {
    let doctor = break_glass(professional("G15/10"));
    let ending = |offset| {
        let mut one = doctor.clone();
        if let dmp_core::access::Purpose::BreakGlass { until, .. } = &mut one.purpose {
            *until = now().plus_seconds(offset);
        }
        one
    };
    permits(Act::Consult, &ending(AFTER), &emergency(|_| {}));
    for offset in [0, BEFORE] {
        refuses(Act::Consult, &ending(offset), &emergency(|_| {}), Reason::EmergencyOver);
        refuses(Act::Publish, &ending(offset), &emergency(|_| {}), Reason::EmergencyOver);
    }
    refuses(Act::Consult, &doctor, &emergency(|facts| facts.relation.break_glass_quota_reached = true), Reason::EmergencyQuota);
    permits(Act::Consult, &regulating(professional("G15/10")), &with(|facts| facts.relation.break_glass_quota_reached = true));
}
