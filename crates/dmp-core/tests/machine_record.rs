//! The record's states and steps: every state × every step is a state or a named impossibility.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::RecordKey;
use dmp_core::record::{Closure, ClosureReason, Impossible, RecordStatus, RecordStep, Suspension};

fn closure(asked: bool) -> Closure {
    Closure {
        at: now(),
        reason: ClosureReason::Request,
        words: String::new(),
        recorded_by: "person:1".into(),
        destruction_requested_at: asked.then(now),
    }
}

fn suspension(objected: bool) -> Suspension {
    Suspension { since: now(), words: "fraude".into(), recorded_by: "agent:1".into(), objected_at: objected.then(now) }
}

fn open() -> RecordStatus {
    RecordStatus::Open
}
fn closed() -> RecordStatus {
    RecordStatus::Closed(closure(false))
}
fn closed_asked() -> RecordStatus {
    RecordStatus::Closed(closure(true))
}
fn suspended() -> RecordStatus {
    RecordStatus::Suspended(suspension(false))
}
fn objected() -> RecordStatus {
    RecordStatus::Suspended(suspension(true))
}
fn deceased(before: RecordStatus) -> RecordStatus {
    RecordStatus::Deceased { since: now(), before: Box::new(before) }
}
fn destroyed() -> RecordStatus {
    RecordStatus::Destroyed { since: now() }
}
fn merged(before: RecordStatus) -> RecordStatus {
    RecordStatus::Merged { since: now(), into: RecordKey([9; 16]), before: Box::new(before) }
}

fn steps() -> [RecordStep; 11] {
    [
        RecordStep::Close(closure(false)),
        RecordStep::Reactivate,
        RecordStep::Suspend(suspension(false)),
        RecordStep::Object(now()),
        RecordStep::Lift,
        RecordStep::ReportDeath(now()),
        RecordStep::WithdrawDeath,
        RecordStep::RequestDestruction(now()),
        RecordStep::Destroy(now()),
        RecordStep::Merge { at: now(), into: RecordKey([9; 16]) },
        RecordStep::Unmerge,
    ]
}

type Row = (RecordStatus, [Result<RecordStatus, Impossible>; 11]);

/// In the order of [`steps`].
fn table() -> Vec<Row> {
    let no = |code| Err(Impossible(code));
    let (not_open, not_closed) = (|| no("record-not-open"), || no("record-not-closed"));
    let (not_suspended, not_frozen, not_merged) = (|| no("record-not-suspended"), || no("record-not-frozen"), || no("record-not-merged"));
    let ended = |state: RecordStatus, withdraw, destroy, unmerge| -> Row {
        (
            state,
            [
                not_open(),
                not_closed(),
                not_open(),
                not_suspended(),
                not_suspended(),
                not_open(),
                withdraw,
                not_closed(),
                destroy,
                not_open(),
                unmerge,
            ],
        )
    };
    vec![
        (
            open(),
            [
                Ok(closed()),
                not_closed(),
                Ok(suspended()),
                not_suspended(),
                not_suspended(),
                Ok(deceased(open())),
                not_frozen(),
                not_closed(),
                not_closed(),
                Ok(merged(open())),
                not_merged(),
            ],
        ),
        (
            closed(),
            [
                not_open(),
                Ok(open()),
                not_open(),
                not_suspended(),
                not_suspended(),
                Ok(deceased(closed())),
                not_frozen(),
                Ok(closed_asked()),
                Ok(destroyed()),
                Ok(merged(closed())),
                not_merged(),
            ],
        ),
        (
            // Opening again ends the request.
            closed_asked(),
            [
                not_open(),
                Ok(open()),
                not_open(),
                not_suspended(),
                not_suspended(),
                Ok(deceased(closed_asked())),
                not_frozen(),
                no("destruction-requested"),
                Ok(destroyed()),
                Ok(merged(closed_asked())),
                not_merged(),
            ],
        ),
        (
            suspended(),
            [
                Ok(closed()),
                not_closed(),
                not_open(),
                Ok(objected()),
                Ok(open()),
                Ok(deceased(suspended())),
                not_frozen(),
                not_closed(),
                not_closed(),
                not_open(),
                not_merged(),
            ],
        ),
        (
            objected(),
            [
                no("suspension-objected"),
                not_closed(),
                not_open(),
                no("suspension-objected"),
                Ok(open()),
                Ok(deceased(objected())),
                not_frozen(),
                not_closed(),
                not_closed(),
                not_open(),
                not_merged(),
            ],
        ),
        ended(deceased(open()), Ok(open()), Ok(destroyed()), not_merged()),
        ended(deceased(closed_asked()), Ok(closed_asked()), Ok(destroyed()), not_merged()),
        ended(deceased(objected()), Ok(objected()), Ok(destroyed()), not_merged()),
        ended(destroyed(), not_frozen(), not_closed(), not_merged()),
        ended(merged(open()), not_frozen(), not_closed(), Ok(open())),
        ended(merged(closed_asked()), not_frozen(), not_closed(), Ok(closed_asked())),
    ]
}

#[test]
fn every_state_takes_or_names_every_step() {
    for (state, outcomes) in table() {
        for (step, outcome) in steps().into_iter().zip(outcomes) {
            assert_eq!(state.step(step.clone()), outcome, "{state:?} {step:?}");
        }
    }
}

#[test]
fn nothing_leads_out_of_a_destroyed_record() {
    for step in steps() {
        assert!(destroyed().step(step).is_err());
    }
}

#[test]
fn a_death_that_was_wrong_and_a_merge_taken_apart_leave_no_trace_in_the_state() {
    for state in [open(), closed(), closed_asked(), suspended(), objected()] {
        let back = state.step(RecordStep::ReportDeath(now())).unwrap().step(RecordStep::WithdrawDeath).unwrap();
        assert_eq!(back, state);
    }
    for state in [open(), closed()] {
        let back = state.step(RecordStep::Merge { at: now(), into: RecordKey([9; 16]) }).unwrap().step(RecordStep::Unmerge).unwrap();
        assert_eq!(back, state);
    }
}
