//! What may be asked again and again stays small: requests for correction.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::record::{CorrectionOutcome, CorrectionRequest};
use dmp_core::{EntryId, Moment};

fn request(asked_at: Moment) -> CorrectionRequest {
    CorrectionRequest {
        id: EntryId([1; 16]),
        document: EntryId([2; 16]),
        quote: String::new(),
        wrong: "mauvaise main".into(),
        right: String::new(),
        asked_at,
        asked_by: "Camille EXEMPLE".into(),
        seen_at: None,
        outcome: CorrectionOutcome::Waits,
    }
}

#[test]
fn asking_and_taking_back_is_bounded_by_the_month_and_the_past_by_its_size() {
    let mut head = head();
    let mut day = now();
    for _ in 0..4 {
        let mut begun = 0;
        while head.may_ask_correction(day) {
            let withdrawn = CorrectionRequest { outcome: CorrectionOutcome::Withdrawn { at: day }, ..request(day) };
            head.corrections.push(withdrawn);
            begun += 1;
            assert!(begun <= CorrectionRequest::WAITING_MAX, "there is an end to it");
        }
        assert_eq!(begun, CorrectionRequest::WAITING_MAX);
        assert!(head.corrections.len() <= CorrectionRequest::PAST_KEPT + CorrectionRequest::WAITING_MAX, "{}", head.corrections.len());
        day = day.plus_days(32);
    }
    assert!(head.corrections.len() <= CorrectionRequest::PAST_KEPT + CorrectionRequest::WAITING_MAX);
}

#[test]
fn what_waits_stays_however_long() {
    let mut head = head();
    for _ in 0..CorrectionRequest::WAITING_MAX {
        head.corrections.push(request(now().plus_days(-90)));
    }
    assert!(!head.may_ask_correction(now()));
    assert_eq!(head.corrections.len(), CorrectionRequest::WAITING_MAX);
}
