//! Taking back an opening that was made by mistake: by whom, until when, and what stands against it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind, Facts, OwnOpening, Reason, RecordState};
use dmp_core::record::RecordStep;

fn opened(micros_ago: i64, untouched: bool) -> Facts {
    let at = Moment::from_micros(now().as_micros() - micros_ago);
    with(|facts| facts.relation.own_opening = Some(OwnOpening { at, untouched }))
}

const MINUTE: i64 = 60_000_000;

#[test]
fn whoever_opened_takes_it_back_for_fifteen_minutes_and_not_a_microsecond_longer() {
    let last = opened(15 * MINUTE - 1, true);
    for opener in [caller(CallerKind::Agent), caller(CallerKind::Organization), professional("G15/21"), professional("G15/60")] {
        permits(Act::CancelOpening, &opener, &last);
        refuses(Act::CancelOpening, &opener, &opened(15 * MINUTE, true), Reason::NoRulePermits);
    }
}

#[test]
fn an_opening_of_somebody_else_or_one_that_was_used_stays() {
    let agent = caller(CallerKind::Agent);
    refuses(Act::CancelOpening, &agent, &situation(), Reason::NoRulePermits);
    refuses(Act::CancelOpening, &agent, &opened(MINUTE, false), Reason::NoRulePermits);
}

#[test]
fn a_person_takes_back_their_own_and_who_is_no_health_professional_none() {
    let own_opening = opened(MINUTE, true).relation.own_opening;
    permits(Act::CancelOpening, &caller(CallerKind::Patient), &own(|facts| facts.relation.own_opening = own_opening.clone()));
    refuses(Act::CancelOpening, &caller(CallerKind::Patient), &opened(MINUTE, true), Reason::NotTheirRecord);
    for other in [professional("R95/93"), caller(CallerKind::Automaton), caller(CallerKind::Operator)] {
        assert!(!judge(Act::CancelOpening, &other, &opened(MINUTE, true)).is_permitted(), "{:?}", other.kind);
    }
}

#[test]
fn only_an_open_record_is_cancelled() {
    let agent = Caller { consent_now: true, ..caller(CallerKind::Agent) };
    let mut closed = opened(MINUTE, true);
    closed.record.state = RecordState::Closed;
    refuses(Act::CancelOpening, &agent, &closed, Reason::RecordClosed);
    let mut head = head();
    head.step(RecordStep::CancelOpening(now())).unwrap();
    assert!(head.step(RecordStep::CancelOpening(now())).is_err(), "once");
    assert!(head.step(RecordStep::Reactivate).is_err(), "and nothing brings it back");
}
