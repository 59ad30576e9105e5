//! Readings of the documents that were settled when the rules were compared with the reference model of `scenarios/reference`:
//! where the documents leave room, the stricter one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::access::{Act, AuthorisationState, Caller, CallerKind, Colleague, MandateFacts, Reason, RecordState, SubjectFacts};
use dmp_core::record::{ClosureReason, MandateState, Regime, RepresentativeKind};

fn consenting(profession: &str) -> Caller {
    Caller { consent_now: true, ..professional(profession) }
}

#[test]
fn a_professional_says_where_he_practises() {
    let homeless = Caller { structure: None, ..professional("G15/10") };
    for act in [Act::CheckAccess, Act::List, Act::Consult, Act::Publish] {
        refuses(act, &homeless, &authorised(|_| {}), Reason::NobodyNamed);
    }
    refuses(Act::Publish, &Caller { structure: None, ..caller(CallerKind::Organization) }, &situation(), Reason::NobodyNamed);
}

#[test]
fn a_profession_that_no_list_knows_does_nothing() {
    for unknown in ["G15/99", "R95/99", "R94/40", "R85/33", "R291/98", "A00/AUTOMATE"] {
        for act in [Act::CheckAccess, Act::Publish, Act::Authorise, Act::CreateRecord, Act::DeclareEpisode] {
            assert!(!judge(act, &consenting(unknown), &authorised(|_| {})).is_permitted(), "{act:?} {unknown}");
        }
    }
    let learner = Caller { supervised: true, ..professional("G16/60") };
    refuses(Act::Consult, &learner, &authorised(|_| {}), Reason::NotInMatrix);
    assert!(!judge(Act::List, &break_glass(professional("G15/99")), &emergency(|_| {})).is_permitted());
}

#[test]
fn a_secretariat_does_nothing_in_its_own_name_under_either_of_its_codes() {
    for code in ["A00/SECRETARIAT_MEDICAL", "R85/331"] {
        for act in [Act::CheckAccess, Act::Publish, Act::Authorise, Act::CreateRecord, Act::ReadAdministrative] {
            assert!(!judge(act, &consenting(code), &authorised(|_| {})).is_permitted(), "{act:?} {code}");
        }
        let own = with(about(|entry| entry.written_by_caller = true));
        assert!(!judge(Act::Delete, &professional(code), &own).is_permitted());
    }
}

#[test]
fn whom_the_matrix_opens_nothing_to_neither_lists_nor_comes_on_the_list() {
    let whole = authorised(|facts| facts.entry = None);
    permits(Act::List, &professional("G15/28"), &whole);
    for profession in ["R95/93", "G15/31", "R85/313"] {
        refuses(Act::List, &professional(profession), &whole, Reason::NotInMatrix);
        assert!(!judge(Act::Authorise, &consenting(profession), &situation()).is_permitted());
    }
}

#[test]
fn before_2022_the_list_comes_before_a_consent_of_the_moment() {
    let regime = |regime| with(|facts| facts.record.regime = regime);
    refuses(Act::Consult, &consenting("G15/10"), &regime(Regime::A), Reason::NotAuthorised);
    permits(Act::Consult, &consenting("G15/10"), &regime(Regime::B));
    permits(Act::Authorise, &consenting("G15/10"), &regime(Regime::A));
}

#[test]
fn who_cannot_express_their_will_consents_to_nothing() {
    refuses(Act::Authorise, &consenting("G15/10"), &with(|facts| facts.relation.unable_to_consent = true), Reason::NotAuthorised);
}

#[test]
fn the_role_of_medecin_traitant_counts_for_a_doctor() {
    let masked = with(|facts| (facts.relation.medecin_traitant, facts.entry.as_mut().unwrap().masked) = (true, true));
    permits(Act::Consult, &professional("G15/10"), &masked);
    refuses(Act::Consult, &professional("G15/60"), &masked, Reason::Masked);
}

#[test]
fn administrators_and_helpers_came_with_mon_espace_sante() {
    let before = |facts: &mut dmp_core::access::Facts| {
        facts.record.regime = Regime::A;
        facts.relation.administrator = true;
        facts.relation.authorisation = AuthorisationState::Valid;
    };
    let masked = with(|facts| {
        before(facts);
        facts.entry.as_mut().unwrap().masked = true;
    });
    refuses(Act::Consult, &professional("G15/60"), &masked, Reason::Masked);
    refuses(Act::Block, &professional("G15/60"), &with(before), Reason::NoRulePermits);
    let own_before = || own(|facts| facts.record.regime = Regime::A);
    refuses(Act::NameAdministrator, &caller(CallerKind::Patient), &own_before(), Reason::NoRulePermits);
    refuses(Act::List, &caller(CallerKind::Helper), &own_before(), Reason::NotTheirRecord);
    let person = SubjectFacts { professional: false, doctor: false, authorised: false, ..subject() };
    let invited = |regime| own(|facts| (facts.record.regime, facts.subject) = (regime, Some(person.clone())));
    for act in [Act::InviteHelper, Act::EndHelper] {
        permits(act, &caller(CallerKind::Patient), &invited(Regime::B));
        refuses(act, &caller(CallerKind::Patient), &invited(Regime::A), Reason::NoRulePermits);
    }
}

#[test]
fn a_professional_changes_no_line_but_his_own() {
    let other = with(|facts| facts.subject = Some(SubjectFacts { authorised: false, ..subject() }));
    for act in [Act::Authorise, Act::Revoke, Act::DeclareMedecinTraitant] {
        permits(act, &consenting("G15/10"), &situation());
        refuses(act, &consenting("G15/10"), &other, Reason::NoRulePermits);
    }
    let administrator =
        |is_caller| authorised(|facts| (facts.relation.administrator, facts.subject) = (true, Some(SubjectFacts { is_caller, ..subject() })));
    permits(Act::Block, &professional("G15/60"), &administrator(false));
    refuses(Act::Block, &professional("G15/60"), &administrator(true), Reason::NoRulePermits);
}

#[test]
fn an_act_about_a_professional_is_not_done_about_a_person_nor_the_other_way_round() {
    let person = || SubjectFacts { professional: false, doctor: false, blocked: false, authorised: false, is_caller: false };
    let about_a_person = own(|facts| facts.subject = Some(person()));
    for act in [Act::Authorise, Act::Revoke, Act::Block, Act::Unblock, Act::EndMedecinTraitant] {
        refuses(act, &caller(CallerKind::Patient), &about_a_person, Reason::NoRulePermits);
    }
    refuses(Act::EndHelper, &caller(CallerKind::Patient), &own(|_| {}), Reason::NoRulePermits);
    refuses(Act::EndRepresentation, &caller(CallerKind::Agent), &situation(), Reason::NoRulePermits);
    permits(Act::EndRepresentation, &caller(CallerKind::Agent), &about_a_person);
}

#[test]
fn a_certificate_does_not_let_a_document_wait_for_its_announcement() {
    let waiting = with(about(|entry| entry.invisible_to_patient = true));
    permits(Act::Publish, &professional("G15/10"), &waiting);
    refuses(Act::Publish, &caller(CallerKind::Organization), &waiting, Reason::NotThisKindOfCaller);
}

#[test]
fn a_document_is_secret_from_representatives_on_a_minors_record_alone() {
    let secret = |minor| with(|facts| (facts.record.minor, facts.entry.as_mut().unwrap().invisible_to_representatives) = (minor, true));
    permits(Act::Publish, &professional("G15/10"), &secret(true));
    refuses(Act::Publish, &professional("G15/10"), &secret(false), Reason::NotThisKindOfCaller);
}

#[test]
fn the_insurers_feed_hides_nothing_and_asks_nothing() {
    let feed = caller(CallerKind::ReimbursementFeed);
    let lines = |masked| with(|facts| facts.entry = Some(dmp_core::access::EntryFacts { masked, ..typed("REMB") }));
    permits(Act::Publish, &feed, &lines(false));
    refuses(Act::Publish, &feed, &lines(true), Reason::NotThisKindOfCaller);
    refuses(Act::CheckAccess, &feed, &situation(), Reason::NoRulePermits);
}

#[test]
fn a_helper_does_not_mask_what_he_deposits() {
    let card = |masked| own(|facts| facts.entry = Some(dmp_core::access::EntryFacts { masked, patient_authored: true, ..typed("DOCPAT03") }));
    permits(Act::Publish, &caller(CallerKind::Helper), &card(false));
    refuses(Act::Publish, &caller(CallerKind::Helper), &card(true), Reason::NotThisKindOfCaller);
}

#[test]
fn nobody_takes_advance_directives_back_in_the_persons_place() {
    let directives = own(|facts| facts.entry = Some(dmp_core::access::EntryFacts { patient_authored: true, ..typed("EXPPAT_3") }));
    permits(Act::Delete, &caller(CallerKind::Patient), &directives);
    refuses(Act::Delete, &caller(CallerKind::Representative), &directives, Reason::NoRulePermits);
}

#[test]
fn a_representative_does_not_change_the_persons_means_of_signing_in() {
    permits(Act::ChangeCredentials, &caller(CallerKind::Patient), &own(|facts| facts.record.minor = true));
    refuses(Act::ChangeCredentials, &caller(CallerKind::Representative), &own(|facts| facts.record.minor = true), Reason::NoRulePermits);
}

#[test]
fn whoever_has_to_come_in_keeps_their_means_of_signing_in_without_a_record_and_with_a_closed_one() {
    for state in [RecordState::Open, RecordState::Closed, RecordState::None] {
        permits(Act::ChangeCredentials, &caller(CallerKind::Patient), &own(|facts| facts.record.state = state));
    }
    for (state, reason) in [(RecordState::Suspended, Reason::RecordSuspended), (RecordState::Deceased, Reason::RecordFrozen)] {
        refuses(Act::ChangeCredentials, &caller(CallerKind::Patient), &own(|facts| facts.record.state = state), reason);
    }
}

#[test]
fn printed_codes_are_handed_out_at_a_counter_to_who_stands_there() {
    let agent = Caller { consent_now: true, ..caller(CallerKind::Agent) };
    permits(Act::HandOutCodes, &agent, &own(|facts| facts.record.state = RecordState::Closed));
    refuses(Act::HandOutCodes, &agent, &own(|facts| facts.record.state = RecordState::Suspended), Reason::RecordSuspended);
    refuses(Act::HandOutCodes, &caller(CallerKind::Patient), &own(|_| {}), Reason::NoRulePermits);
    refuses(Act::HandOutCodes, &Caller { consent_now: true, ..professional("G15/10") }, &own(|_| {}), Reason::NoRulePermits);
}

#[test]
fn a_guardian_protects_an_adult() {
    let guardian = |minor| {
        own(|facts| {
            facts.record.minor = minor;
            facts.record.protected = !minor;
            facts.relation.mandate = Some(mandate(RepresentativeKind::Guardian));
        })
    };
    permits(Act::List, &caller(CallerKind::Representative), &guardian(false));
    refuses(Act::List, &caller(CallerKind::Representative), &guardian(true), Reason::NotTheirRecord);
}

#[test]
fn the_initial_consent_is_heard_in_person() {
    permits(Act::RecordTeamConsent, &consenting("G15/60"), &situation());
    let through = Caller { consent_collected_by: Some(Colleague { account: "ps:801234567897".into() }), ..consenting("G15/60") };
    refuses(Act::RecordTeamConsent, &through, &situation(), Reason::NoRulePermits);
}

#[test]
fn a_record_closed_by_a_death_is_not_opened_again_nor_destroyed_early() {
    let closed = |closure| {
        own(|facts| {
            facts.record.state = RecordState::Closed;
            facts.record.closure = Some(closure);
            facts.record.closed_at = Some(now().plus_days(-10));
            facts.record.destruction_requested = true;
        })
    };
    permits(Act::ReactivateRecord, &caller(CallerKind::Patient), &closed(ClosureReason::Fraud));
    refuses(Act::ReactivateRecord, &caller(CallerKind::Patient), &closed(ClosureReason::Death), Reason::NoRulePermits);
    permits(Act::DestroyRecord, &caller(CallerKind::Agent), &closed(ClosureReason::Request));
    refuses(Act::DestroyRecord, &caller(CallerKind::Agent), &closed(ClosureReason::Death), Reason::TooEarly);
}

#[test]
fn a_secret_connection_is_the_minors_or_the_carers() {
    let minor = || own(|facts| facts.record.minor = true);
    permits(Act::List, &Caller { secret_connection: true, ..caller(CallerKind::Patient) }, &minor());
    refuses(Act::CheckAccess, &Caller { secret_connection: true, ..caller(CallerKind::Agent) }, &minor(), Reason::SecretConnectionOnly);
}

#[test]
fn an_invitation_is_accepted_within_the_numbers() {
    let pending = MandateFacts { state: MandateState::Pending, ..mandate(RepresentativeKind::Helper) };
    let among = |helpers| own(|facts| (facts.relation.mandate, facts.record.helpers) = (Some(pending.clone()), helpers));
    permits(Act::AcceptInvitation, &caller(CallerKind::Helper), &among(3));
    refuses(Act::AcceptInvitation, &caller(CallerKind::Helper), &among(4), Reason::TooManyHelpers);
}

#[test]
fn the_numbers_of_helpers_do_not_bound_representatives() {
    let pending = MandateFacts { state: MandateState::Pending, ..mandate(RepresentativeKind::Parent) };
    let invited = own(|facts| {
        (facts.record.minor, facts.relation.mandate) = (true, Some(pending));
        (facts.record.helpers, facts.relation.persons_helped) = (4, 6);
    });
    permits(Act::AcceptInvitation, &caller(CallerKind::Representative), &invited);
}

#[test]
fn an_invitation_is_answered_before_it_lapses_and_before_the_mandate_is_over() {
    let answers = |answer_by: Option<i64>, until: Option<i64>| {
        let moment = |seconds: Option<i64>| seconds.map(|seconds| now().plus_seconds(seconds));
        let mandate = mandate(RepresentativeKind::Helper);
        let pending = MandateFacts { state: MandateState::Pending, answer_by: moment(answer_by), until: moment(until), ..mandate };
        let facts = own(|facts| facts.relation.mandate = Some(pending));
        judge(Act::AcceptInvitation, &caller(CallerKind::Helper), &facts).is_permitted()
    };
    assert!(answers(None, None) && answers(Some(1), Some(1)) && answers(Some(1), None) && answers(None, Some(1)));
    for past in [0, -1] {
        assert!(!answers(Some(past), None) && !answers(Some(past), Some(1)));
        assert!(!answers(None, Some(past)) && !answers(Some(1), Some(past)));
    }
}
