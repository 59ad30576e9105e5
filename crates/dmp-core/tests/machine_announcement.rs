//! The announcement clock as a function of the moment, with both notices.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::document::{Announcement, Veil};
use dmp_core::record::{NoticeKind, clock_notices};
use dmp_core::{Moment, RecordKey};

fn date(text: &str) -> Moment {
    Moment::parse_fhir(text).unwrap()
}

const DEPOSITED: &str = "2026-01-31T09:00:00Z";

#[test]
fn the_veil_is_reminded_of_after_two_weeks_and_falls_after_a_month() {
    let clock = Announcement { deposited_at: date(DEPOSITED), announced_at: None };
    for (moment, veil) in [
        (DEPOSITED, Veil::Waiting),
        ("2026-02-14T08:59:59Z", Veil::Waiting),
        ("2026-02-14T09:00:00Z", Veil::Reminded),
        ("2026-02-28T08:59:59Z", Veil::Reminded),
        ("2026-02-28T09:00:00Z", Veil::Lifted),
    ] {
        assert_eq!(clock.veil(date(moment)), veil, "{moment}");
    }
    let announced = Announcement { announced_at: Some(date("2026-02-01")), ..clock };
    assert_eq!(announced.veil(date("2026-02-02")), Veil::Lifted);
}

#[test]
fn the_person_is_told_at_two_weeks_and_at_one_month_and_of_no_document() {
    let told = |moment: &str, change: fn(&mut dmp_core::document::DocumentEntry)| {
        let mut entry = entry();
        (entry.submitted_at, entry.visibility.invisible_to_patient) = (date(DEPOSITED), true);
        change(&mut entry);
        let mut record = record(head());
        record.entries.push(std::sync::Arc::new(entry));
        clock_notices(&record, date(moment)).into_iter().map(|notice| (notice.kind, notice.at)).collect::<Vec<_>>()
    };
    let reminder = (NoticeKind::AnnouncementReminder, date("2026-02-14T09:00:00Z"));
    let shown = (NoticeKind::DocumentShown, date("2026-02-28T09:00:00Z"));
    assert_eq!(told("2026-02-14T08:59:59Z", |_| {}), []);
    assert_eq!(told("2026-02-14T09:00:00Z", |_| {}), [reminder]);
    assert_eq!(told("2026-02-28T09:00:00Z", |_| {}), [reminder, shown]);
    assert_eq!(told("2026-03-28", |entry| entry.announced_at = Some(date("2026-02-10"))), []);
    assert_eq!(told("2026-03-28", |entry| entry.announced_at = Some(date("2026-02-20"))), [reminder]);
    assert_eq!(told("2026-03-28", |entry| entry.visibility.invisible_to_patient = false), []);
    assert_eq!(told("2026-03-28", |entry| entry.status = deleted()), []);
}

#[test]
fn what_was_seen_is_read_and_what_came_later_is_not() {
    let mut record = record(head());
    let mut waiting = entry();
    (waiting.submitted_at, waiting.visibility.invisible_to_patient) = (date(DEPOSITED), true);
    record.entries.push(std::sync::Arc::new(waiting));
    record.head.notices_seen_at = Some(date("2026-02-20"));
    let read: Vec<bool> = clock_notices(&record, date("2026-03-28")).iter().map(|notice| notice.read).collect();
    assert_eq!((read, record.key), (vec![true, false], RecordKey([1; 16])));
}
