//! What the software does by itself on a date, and that the law agrees with the date.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod common;

use common::*;
use dmp_core::Moment;
use dmp_core::access::{Act, CallerKind, Facts, Matrix, decide};
use dmp_core::record::{
    ARCHIVE_YEARS, Closure, ClosureReason, DESTRUCTION_DAYS, DatedAct, Head, OBJECTION_DAYS, RecordStatus, Regime, Suspension, due_dated, next_dated,
};

fn in_status(status: RecordStatus) -> Head {
    Head { status, ..head() }
}

fn closed(reason: ClosureReason, asked: Option<Moment>) -> RecordStatus {
    RecordStatus::Closed(Closure { at: now(), reason, words: String::new(), recorded_by: "person:1".into(), destruction_requested_at: asked })
}

fn suspended(objected_at: Option<Moment>) -> RecordStatus {
    RecordStatus::Suspended(Suspension { since: now(), words: "fraude".into(), recorded_by: "agent:1".into(), objected_at })
}

fn ends() -> [(RecordStatus, Act, DatedAct, Moment); 6] {
    let years = now().plus_years(ARCHIVE_YEARS);
    let asked = now().plus_days(3);
    let late = now().plus_years(ARCHIVE_YEARS).plus_days(-1);
    [
        (suspended(None), Act::CloseRecord, DatedAct::CloseUnopposed, now().plus_days(OBJECTION_DAYS)),
        (closed(ClosureReason::Request, None), Act::DestroyRecord, DatedAct::DestroyArchive, years),
        (closed(ClosureReason::Request, Some(asked)), Act::DestroyRecord, DatedAct::DestroyAsked, asked.plus_days(DESTRUCTION_DAYS)),
        (closed(ClosureReason::Fraud, Some(late)), Act::DestroyRecord, DatedAct::DestroyArchive, years),
        (closed(ClosureReason::Death, Some(asked)), Act::DestroyRecord, DatedAct::DestroyArchive, years),
        (
            RecordStatus::Deceased { since: now(), before: Box::new(closed(ClosureReason::Request, Some(asked))) },
            Act::DestroyRecord,
            DatedAct::DestroyAfterDeath,
            years,
        ),
    ]
}

#[test]
fn what_falls_due_is_what_the_law_permits_from_that_instant_on() {
    let automaton = caller(CallerKind::Automaton);
    for (status, act, due, at) in ends() {
        let head = in_status(status.clone());
        assert_eq!(next_dated(&head), Some((at, due)), "{status:?}");
        assert_eq!(due_dated(&head, at), Some(due), "{status:?}");
        assert_eq!(due_dated(&head, at.plus_seconds(-1)), None, "{status:?}");
        let permitted = |moment: Moment| {
            let facts = Facts::of_record(&record(head.clone()), &automaton, Regime::B, moment);
            decide(act, &automaton, &facts, &Matrix::reconstruction(), moment).is_permitted()
        };
        assert!(permitted(at), "{status:?}");
        // The law lets an asked destruction be done at once: the month in which it can be taken back is the software's own patience.
        let asked =
            matches!(&status, RecordStatus::Closed(closure) if closure.destruction_requested_at.is_some() && closure.reason != ClosureReason::Death);
        assert_eq!(permitted(at.plus_seconds(-1)), asked, "{status:?}");
    }
}

#[test]
fn nothing_falls_due_for_a_record_in_use_or_one_whose_holder_objected() {
    for status in [RecordStatus::Open, suspended(Some(now()))] {
        assert_eq!(next_dated(&in_status(status)), None);
    }
    let merged = RecordStatus::Merged { since: now(), into: dmp_core::RecordKey([9; 16]), before: Box::new(closed(ClosureReason::Request, None)) };
    assert_eq!(next_dated(&in_status(merged)), None, "what was put into another record ends with that one");
}

#[test]
fn a_destruction_that_was_broken_off_is_due_at_once() {
    assert_eq!(due_dated(&in_status(RecordStatus::Destroyed { since: now() }), now()), Some(DatedAct::FinishDestruction));
}

#[test]
fn a_word_in_a_leaf_leads_back_to_its_act() {
    for act in DatedAct::ALL {
        assert_eq!(DatedAct::from_code(act.code()), Some(act));
    }
}
