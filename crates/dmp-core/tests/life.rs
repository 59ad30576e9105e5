//! The life of a record, from the letter that announces it to the destruction of its archive.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind, Facts, Reason, RecordFacts, RecordState};
use dmp_core::record::{ClosureReason, Regime};

fn date(text: &str) -> Option<Moment> {
    Some(Moment::parse_fhir(text).unwrap())
}

fn without(change: impl FnOnce(&mut RecordFacts)) -> Facts {
    let mut facts = Facts::without_record(Regime::B);
    change(&mut facts.record);
    facts
}

fn in_state(state: RecordState) -> Facts {
    with(|facts| facts.record.state = state)
}

fn own_in_state(state: RecordState) -> Facts {
    own(|facts| facts.record.state = state)
}

// The letter, six weeks, the refusal.

#[test]
fn a_record_opens_six_weeks_after_the_letter_unless_refused() {
    let opener = caller(CallerKind::Automaton);
    // Six weeks before 3 July 2026, noon: 22 May 2026, noon.
    permits(Act::CreateRecord, &opener, &without(|record| record.letter_sent_at = date("2026-05-22T12:00:00Z")));
    refuses(Act::CreateRecord, &opener, &without(|record| record.letter_sent_at = date("2026-05-22T12:00:01Z")), Reason::TooEarly);
    refuses(Act::CreateRecord, &opener, &without(|_| {}), Reason::TooEarly);
    let refused = || {
        without(|record| {
            record.letter_sent_at = date("2026-01-01");
            record.objected = true;
        })
    };
    refuses(Act::CreateRecord, &opener, &refused(), Reason::OpeningRefused);
    // Who refused may change their mind.
    permits(Act::CreateRecord, &caller(CallerKind::Patient), &refused().of_their_own());
    permits(Act::CreateRecord, &Caller { consent_now: true, ..professional("G15/21") }, &refused());
}

#[test]
fn before_2022_no_record_opens_by_itself_and_there_is_nothing_to_refuse() {
    let old = || {
        without(|record| {
            record.letter_sent_at = date("2026-01-01");
            record.regime = Regime::A;
        })
    };
    refuses(Act::CreateRecord, &caller(CallerKind::Automaton), &old(), Reason::NoRulePermits);
    refuses(Act::RecordLetter, &caller(CallerKind::Agent), &old(), Reason::NoRulePermits);
    refuses(Act::ObjectToOpening, &caller(CallerKind::Patient), &old().of_their_own(), Reason::NoRulePermits);
}

#[test]
fn the_insurance_writes_the_letter_down_and_the_person_refuses() {
    let agent = caller(CallerKind::Agent);
    permits(Act::RecordLetter, &agent, &without(|_| {}));
    refuses(Act::RecordLetter, &agent, &without(|record| record.objected = true), Reason::NoRulePermits);
    assert!(!judge(Act::RecordLetter, &agent, &situation()).is_permitted());
    refuses(Act::RecordLetter, &caller(CallerKind::Automaton), &without(|_| {}), Reason::NobodyNamed);
    permits(Act::ObjectToOpening, &caller(CallerKind::Patient), &without(|_| {}).of_their_own());
    permits(Act::ObjectToOpening, &caller(CallerKind::Representative), &without(|_| {}).of_their_own());
    permits(Act::ObjectToOpening, &Caller { consent_now: true, ..caller(CallerKind::Agent) }, &without(|_| {}));
    refuses(Act::ObjectToOpening, &caller(CallerKind::Agent), &without(|_| {}), Reason::NoRulePermits);
    refuses(Act::ObjectToOpening, &caller(CallerKind::Patient), &without(|_| {}), Reason::NotTheirRecord);
    refuses(Act::ObjectToOpening, &professional("G15/10"), &without(|_| {}), Reason::NoRulePermits);
    refuses(Act::ObjectToOpening, &caller(CallerKind::Patient), &without(|record| record.minor = true).of_their_own(), Reason::NoRulePermits);
    refuses(Act::ObjectToOpening, &caller(CallerKind::Patient), &own(|_| {}), Reason::NoRulePermits);
}

// Closing, archive, destruction.

fn closed(change: impl FnOnce(&mut RecordFacts)) -> Facts {
    own(|facts| {
        facts.record.state = RecordState::Closed;
        facts.record.closed_at = date("2026-01-01");
        facts.record.closure = Some(ClosureReason::Request);
        change(&mut facts.record);
    })
}

#[test]
fn an_archive_is_destroyed_after_ten_years_or_on_request() {
    let machine = caller(CallerKind::Automaton);
    permits(Act::DestroyRecord, &machine, &closed(|record| record.closed_at = date("2016-07-03T12:00:00Z")));
    refuses(Act::DestroyRecord, &machine, &closed(|record| record.closed_at = date("2016-07-03T12:00:01Z")), Reason::TooEarly);
    refuses(Act::DestroyRecord, &machine, &closed(|record| record.closed_at = None), Reason::TooEarly);
    for kind in [CallerKind::Automaton, CallerKind::Agent] {
        permits(Act::DestroyRecord, &caller(kind), &closed(|record| record.destruction_requested = true));
    }
    refuses(Act::DestroyRecord, &caller(CallerKind::Agent), &closed(|record| record.closed_at = date("2010-01-01")), Reason::TooEarly);
    permits(Act::DestroyRecord, &machine, &with(|facts| (facts.record.state, facts.record.closed_at) = (RecordState::Deceased, date("2010-01-01"))));
    for kind in [CallerKind::Patient, CallerKind::Representative, CallerKind::Operator] {
        assert!(!judge(Act::DestroyRecord, &caller(kind), &closed(|record| record.destruction_requested = true)).is_permitted(), "{kind:?}");
    }
    refuses(Act::DestroyRecord, &machine, &with(|facts| facts.record.destruction_requested = true), Reason::TooEarly);
}

#[test]
fn the_holder_asks_for_early_destruction_of_a_closed_record() {
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        permits(Act::RequestDestruction, &caller(kind), &closed(|_| {}));
        refuses(Act::RequestDestruction, &caller(kind), &own(|_| {}), Reason::NoRulePermits);
    }
    permits(Act::RequestDestruction, &Caller { consent_now: true, ..caller(CallerKind::Agent) }, &closed(|_| {}));
    refuses(Act::RequestDestruction, &caller(CallerKind::Agent), &closed(|_| {}), Reason::NoRulePermits);
    refuses(Act::RequestDestruction, &caller(CallerKind::Patient), &closed(|record| record.protected = true), Reason::NoRulePermits);
    refuses(
        Act::RequestDestruction,
        &caller(CallerKind::Patient),
        &closed(|record| record.closure = Some(ClosureReason::Death)),
        Reason::NoRulePermits,
    );
    // Opening again comes before destruction, and ends the request.
    permits(Act::ReactivateRecord, &caller(CallerKind::Patient), &closed(|record| record.destruction_requested = true));
}

#[test]
fn a_destroyed_or_merged_record_answers_nothing_but_its_state() {
    for (state, reason) in [(RecordState::Destroyed, Reason::RecordDestroyed), (RecordState::Merged, Reason::RecordMerged)] {
        permits(Act::CheckAccess, &caller(CallerKind::Patient), &own_in_state(state));
        for act in Act::ALL.into_iter().filter(|act| *act != Act::CheckAccess) {
            for kind in kinds() {
                assert!(!judge(act, &caller(kind), &own_in_state(state)).is_permitted(), "{act:?} {kind:?}");
            }
        }
        refuses(Act::ReadJournal, &caller(CallerKind::Patient), &own_in_state(state), reason);
    }
}

// Suspension.

#[test]
fn an_agent_suspends_and_lifts_and_the_holder_objects() {
    let agent = caller(CallerKind::Agent);
    permits(Act::SuspendRecord, &agent, &situation());
    refuses(Act::SuspendRecord, &agent, &in_state(RecordState::Suspended), Reason::RecordSuspended);
    permits(Act::LiftSuspension, &agent, &in_state(RecordState::Suspended));
    refuses(Act::LiftSuspension, &agent, &situation(), Reason::NoRulePermits);
    let suspended = |days: i64| own(|facts| (facts.record.state, facts.record.suspended_at) = (RecordState::Suspended, Some(now().plus_days(-days))));
    permits(Act::ObjectToSuspension, &caller(CallerKind::Patient), &suspended(41));
    refuses(Act::ObjectToSuspension, &caller(CallerKind::Patient), &suspended(42), Reason::NoRulePermits);
    refuses(Act::ObjectToSuspension, &caller(CallerKind::Patient), &own(|_| {}), Reason::NoRulePermits);
    for act in [Act::SuspendRecord, Act::LiftSuspension] {
        for kind in [CallerKind::Patient, CallerKind::Operator, CallerKind::Professional] {
            assert!(!judge(act, &caller(kind), &own_in_state(RecordState::Suspended)).is_permitted());
        }
    }
}

#[test]
fn a_suspension_without_objection_closes_the_record_after_six_weeks() {
    let suspended = |since: &str, suspension_objected| {
        with(|facts| {
            (facts.record.state, facts.record.suspended_at) = (RecordState::Suspended, date(since));
            facts.record.suspension_objected = suspension_objected;
        })
    };
    let machine = caller(CallerKind::Automaton);
    permits(Act::CloseRecord, &machine, &suspended("2026-05-22T12:00:00Z", false));
    refuses(Act::CloseRecord, &machine, &suspended("2026-05-22T12:00:01Z", false), Reason::TooEarly);
    refuses(Act::CloseRecord, &machine, &suspended("2026-01-01", true), Reason::NoRulePermits);
    refuses(Act::CloseRecord, &machine, &situation(), Reason::NoRulePermits);
    refuses(Act::CloseRecord, &caller(CallerKind::Agent), &suspended("2026-01-01", false), Reason::RecordSuspended);
}

// Death.

#[test]
fn a_report_of_death_freezes_and_may_have_been_wrong() {
    let agent = caller(CallerKind::Agent);
    for state in [RecordState::Open, RecordState::Closed, RecordState::Suspended] {
        permits(Act::ReportDeath, &agent, &in_state(state));
    }
    refuses(Act::ReportDeath, &agent, &in_state(RecordState::Deceased), Reason::RecordFrozen);
    permits(Act::WithdrawDeathReport, &agent, &in_state(RecordState::Deceased));
    refuses(Act::WithdrawDeathReport, &agent, &situation(), Reason::NoRulePermits);
    for kind in [CallerKind::Representative, CallerKind::Professional, CallerKind::Automaton] {
        assert!(!judge(Act::ReportDeath, &caller(kind), &own(|_| {})).is_permitted());
    }
    for act in Act::ALL.into_iter().filter(|act| !matches!(act, Act::CheckAccess | Act::WithdrawDeathReport | Act::DestroyRecord)) {
        for kind in kinds() {
            assert!(!judge(act, &caller(kind), &own_in_state(RecordState::Deceased)).is_permitted(), "{act:?} {kind:?}");
        }
    }
}

// Identity.

#[test]
fn an_identity_is_changed_by_two_named_agents() {
    let agent = caller(CallerKind::Agent);
    permits(Act::ProposeIdentityChange, &agent, &situation());
    for (act, other) in [(Act::CorrectIns, RecordState::None), (Act::MergeRecords, RecordState::Open), (Act::UnmergeRecords, RecordState::Merged)] {
        let asked = |seconded| {
            with(|facts| {
                facts.other = Some(other);
                facts.relation.seconded = seconded;
            })
        };
        permits(act, &agent, &asked(true));
        refuses(act, &agent, &asked(false), Reason::SecondPersonMissing);
        refuses(act, &Caller { name: None, ..agent.clone() }, &asked(true), Reason::NobodyNamed);
        for kind in [CallerKind::Patient, CallerKind::Operator, CallerKind::Automaton, CallerKind::Professional] {
            assert!(!judge(act, &caller(kind), &asked(true)).is_permitted(), "{act:?} {kind:?}");
        }
    }
}

#[test]
fn identity_acts_need_the_other_record_in_the_right_state() {
    let agent = caller(CallerKind::Agent);
    let states = [
        RecordState::None,
        RecordState::Open,
        RecordState::Closed,
        RecordState::Suspended,
        RecordState::Deceased,
        RecordState::Destroyed,
        RecordState::Merged,
    ];
    let fits = |act: Act, state: RecordState| match act {
        Act::CorrectIns => state == RecordState::None,
        Act::MergeRecords => state == RecordState::Open,
        _ => state == RecordState::Merged,
    };
    for act in [Act::CorrectIns, Act::MergeRecords, Act::UnmergeRecords] {
        for state in states {
            let facts = with(|facts| (facts.other, facts.relation.seconded) = (Some(state), true));
            assert_eq!(judge(act, &agent, &facts).is_permitted(), fits(act, state), "{act:?} {state:?}");
        }
        assert!(!judge(act, &agent, &with(|facts| facts.relation.seconded = true)).is_permitted());
        let shut = with(|facts| (facts.record.state, facts.other, facts.relation.seconded) = (RecordState::Closed, Some(RecordState::Open), true));
        refuses(act, &agent, &shut, Reason::RecordClosed);
    }
}

// Whoever never gets in.

#[test]
fn insurers_mutuals_and_employers_are_refused_with_the_article_whatever_the_person_agreed() {
    for kind in [CallerKind::Insurer, CallerKind::Mutual, CallerKind::Employer] {
        for act in Act::ALL {
            for facts in [situation(), authorised(|facts| facts.record.occupational_consent = true), own(|_| {})] {
                refuses_for_ever(act, &Caller { consent_now: true, ..caller(kind) }, &facts);
            }
        }
    }
}

fn refuses_for_ever(act: Act, caller: &Caller, facts: &Facts) {
    let decision = judge(act, caller, facts);
    assert!(decision.rules().contains(&"forbidden_purpose"), "{act:?}");
    assert_eq!(decision.reason().unwrap(), Reason::InsurersNever, "{act:?}");
    assert!(dmp_core::catalogue::message("access-insurers-never").is_some());
}
