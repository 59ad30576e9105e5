//! What commits are counted as: found in the difference of two versions, whatever act made it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on says so by ending")]

mod common;

use std::sync::Arc;

use common::{deleted, deprecated, entry, head, now, record};
use dmp_core::access::{Act, CallerKind, Reason};
use dmp_core::audit::{Chain, Leaf, LeafCaller, Outcome};
use dmp_core::document::{Code, DocumentEntry};
use dmp_core::ids::{EntryId, RecordKey};
use dmp_core::record::{Channel, Closure, ClosureReason, Record, RecordStep};
use dmp_core::reimbursement::FeedSystem;
use dmp_core::remuneration::{LineKind, Tariffs};
use dmp_core::statistics::{
    Again, Cell, Deed, DeedKind, DocumentOrigin, Gauge, Read, Role, consultation_days, deeds, deeds_of_leaves, followed_marks, names, paris_day,
    settlement,
};
use dmp_core::summary::{Concept, Fact, Party, Period, Proof, What, When};

fn leaf(act: Act, kind: CallerKind, outcome: Outcome) -> Leaf {
    Leaf {
        at: now(),
        chain: Chain::Main,
        caller: LeafCaller { account: "ps:8100".into(), kind, name: String::new(), profession: None, structure: None, software: None, app: None },
        act,
        mode: String::new(),
        words: None,
        outcome,
        object: None,
        count: None,
        rules: Vec::new(),
        about: None,
    }
}

fn kinds(base: Option<&Record>, next: &Record) -> Vec<DeedKind> {
    deeds(base, next, &[leaf(Act::Publish, CallerKind::Professional, Outcome::Done)]).into_iter().map(|deed| deed.kind).collect()
}

fn with_entries(entries: Vec<DocumentEntry>) -> Record {
    let mut full = record(head());
    full.entries = entries.into_iter().map(Arc::new).collect();
    full
}

fn numbered(number: u8) -> DocumentEntry {
    DocumentEntry { id: EntryId([number; 16]), ..entry() }
}

fn gauge(kinds: &[DeedKind], wanted: Gauge) -> i64 {
    kinds.iter().map(|kind| if let DeedKind::Moved { gauge, by } = kind { if *gauge == wanted { *by } else { 0 } } else { 0 }).sum()
}

#[test]
fn a_new_record_is_an_opening_with_its_origin() {
    let mut one = record(head());
    one.head.creation.channel = Channel::Pharmacy;
    one.head.creation.department = None;
    one.head.creation.caisse = Some("641".into());
    let found = deeds(None, &one, &[leaf(Act::CreateRecord, CallerKind::Professional, Outcome::Done)]);
    assert!(matches!(found[0].kind, DeedKind::Opened { .. }));
    assert_eq!(found[0].at, one.head.creation.at, "the day of the opening, not that of the leaf");
    let origin = &found[0].origin;
    assert_eq!((origin.channel, origin.department.as_str(), origin.caisse.as_str()), (Some(Channel::Pharmacy), "64", "641"));
    assert_eq!(found[1..].iter().map(|deed| &deed.kind).collect::<Vec<_>>(), [&DeedKind::Moved { gauge: Gauge::Open, by: 1 }]);
}

#[test]
fn what_is_no_department_and_no_caisse_counts_for_the_whole_country_alone() {
    let mut one = record(head());
    (one.head.creation.department, one.head.creation.caisse) = (Some("Nadia EXEMPLE".into()), Some("12 rue de la Paix".into()));
    let origin = &deeds(None, &one, &[])[0].origin;
    assert_eq!((origin.department.as_str(), origin.caisse.as_str()), ("", ""));
}

#[test]
fn the_first_document_fills_a_record_and_the_second_does_not() {
    let (empty, one, two) = (with_entries(vec![]), with_entries(vec![numbered(1)]), with_entries(vec![numbered(1), numbered(2)]));
    let first = kinds(Some(&empty), &one);
    assert_eq!([Gauge::Filled, Gauge::FilledByProfessionals, Gauge::Documents, Gauge::Open].map(|one| gauge(&first, one)), [1, 1, 1, 0]);
    let second = kinds(Some(&one), &two);
    assert_eq!([Gauge::Filled, Gauge::FilledByProfessionals, Gauge::Documents].map(|one| gauge(&second, one)), [0, 0, 1]);
    let deposited = |kinds: &[DeedKind]| kinds.iter().filter(|kind| matches!(kind, DeedKind::Document { .. })).count();
    assert_eq!((deposited(&first), deposited(&second), deposited(&kinds(Some(&two), &two))), (1, 1, 0));
}

#[test]
fn a_deleted_or_replaced_document_leaves_and_a_last_one_empties() {
    let full = with_entries(vec![numbered(1), numbered(2)]);
    let mut next = full.clone();
    next.entries[1] = Arc::new(DocumentEntry { status: deprecated(), ..numbered(2) });
    let replaced = kinds(Some(&full), &next);
    assert_eq!([Gauge::Filled, Gauge::Documents].map(|one| gauge(&replaced, one)), [0, -1]);
    let mut empty = next.clone();
    empty.entries[0] = Arc::new(DocumentEntry { status: deleted(), ..numbered(1) });
    let emptied = kinds(Some(&next), &empty);
    assert_eq!([Gauge::Filled, Gauge::FilledByProfessionals, Gauge::Documents].map(|one| gauge(&emptied, one)), [-1, -1, -1]);
}

#[test]
fn the_newest_document_moves_its_record_from_day_to_day() {
    let (old, young) = (numbered(1), DocumentEntry { submitted_at: entry().submitted_at.plus_days(40), ..numbered(2) });
    let (first, second) = (paris_day(old.submitted_at), paris_day(young.submitted_at));
    let moved = kinds(Some(&with_entries(vec![old.clone()])), &with_entries(vec![old, young]));
    assert_eq!((gauge(&moved, Gauge::Newest { day: first }), gauge(&moved, Gauge::Newest { day: second })), (-1, 1));
}

#[test]
fn closing_takes_a_record_out_with_all_it_holds_and_opening_again_is_no_opening() {
    let full = with_entries(vec![numbered(1), numbered(2)]);
    let mut closed = full.clone();
    let closure =
        Closure { at: now(), reason: ClosureReason::Request, words: String::new(), recorded_by: String::new(), destruction_requested_at: None };
    closed.head.step(RecordStep::Close(closure)).unwrap();
    let out = kinds(Some(&full), &closed);
    assert_eq!(out.iter().filter(|kind| **kind == DeedKind::Closed).count(), 1);
    assert_eq!([Gauge::Open, Gauge::Filled, Gauge::Documents].map(|one| gauge(&out, one)), [-1, -1, -2]);
    let mut again = closed.clone();
    again.head.step(RecordStep::Reactivate).unwrap();
    let back = kinds(Some(&closed), &again);
    assert_eq!([Gauge::Open, Gauge::Filled, Gauge::Documents].map(|one| gauge(&back, one)), [1, 1, 2]);
    assert!(back.contains(&DeedKind::Reopened) && !back.iter().any(|kind| matches!(kind, DeedKind::Opened { .. } | DeedKind::Document { .. })));
    let mut destroyed = closed.clone();
    destroyed.head.step(RecordStep::Destroy(now())).unwrap();
    assert_eq!(kinds(Some(&closed), &destroyed), [DeedKind::Destroyed]);
}

#[test]
fn a_document_counts_by_where_it_came_from_and_how_late_it_was() {
    let facility = |code: &str| Code { code: code.into(), ..entry().facility_type };
    let mut lab = DocumentEntry { facility_type: facility("SA25"), deposited_by: "org:1".into(), ..numbered(1) };
    lab.submitted_at = lab.service_start.plus_days(3);
    lab.service_stop = None;
    let hospital = DocumentEntry { facility_type: facility("SA01"), deposited_by: "ps:8100".into(), ..numbered(2) };
    let cabinet = DocumentEntry { facility_type: facility("SA07"), deposited_by: "ps:8100".into(), ..numbered(3) };
    let own = DocumentEntry { facility_type: facility("EXP_PATIENT"), deposited_by: "person:1".into(), ..numbered(4) };
    let found = kinds(Some(&with_entries(vec![])), &with_entries(vec![lab, hospital, cabinet, own]));
    let documents: Vec<_> = found
        .iter()
        .filter_map(
            |kind| if let DeedKind::Document { origin, delay_days, feeder } = kind { Some((*origin, *delay_days, feeder.as_deref())) } else { None },
        )
        .collect();
    assert_eq!(documents[0], (DocumentOrigin::Laboratory, 3, Some("org:1")));
    assert_eq!((documents[1].0, documents[2].0), (DocumentOrigin::Hospital, DocumentOrigin::Professional));
    assert_eq!((documents[3].0, documents[3].2), (DocumentOrigin::Person, None));
}

#[test]
fn what_came_with_another_record_was_deposited_there() {
    let mut adopted = numbered(1);
    adopted.content.home = Some(RecordKey([9; 16]));
    let found = kinds(Some(&with_entries(vec![])), &with_entries(vec![adopted]));
    assert!(!found.iter().any(|kind| matches!(kind, DeedKind::Document { .. })));
    assert_eq!(gauge(&found, Gauge::Documents), 1, "and yet it is held here now");
}

#[test]
fn professionals_who_read_count_and_nobody_else_and_no_refusal() {
    let done = || Outcome::Done;
    let all = [
        leaf(Act::Consult, CallerKind::Professional, done()),
        leaf(Act::List, CallerKind::Professional, done()),
        leaf(Act::Consult, CallerKind::Patient, done()),
        leaf(Act::Consult, CallerKind::Professional, Outcome::Refused(Reason::NoRecord)),
        leaf(Act::Mask, CallerKind::Professional, done()),
    ];
    let found: Vec<DeedKind> = deeds_of_leaves(&all).into_iter().map(|deed| deed.kind).collect();
    let consulted = |what| DeedKind::Consulted { reader: "ps:8100".into(), what };
    assert_eq!(found, [consulted(Read::Document), consulted(Read::Record)]);
}

#[test]
fn an_opening_by_a_pharmacist_has_one_line_and_a_cancellation_takes_it_back() {
    let mut one = record(head());
    one.head.creation.channel = Channel::Pharmacy;
    let opened = deeds(None, &one, &[])[0].clone();
    let DeedKind::Opened { payee, receipt } = opened.kind.clone() else { panic!("an opening") };
    let cancelled =
        Deed { at: opened.at.plus_seconds(600), origin: opened.origin.clone(), kind: DeedKind::Cancelled { opened_at: opened.at, payee, receipt } };
    let key = RecordKey([1; 16]);
    let settled = settlement([(key, &opened), (key, &cancelled)], &Tariffs::default());
    assert_eq!(
        settled.lines.iter().map(|line| (line.kept.kind, line.kept.cents)).collect::<Vec<_>>(),
        [(LineKind::Opening, 100), (LineKind::Reversal, -100)]
    );
    let count = |name: &str| settled.cells.iter().filter(|(cell, _)| cell.name == name).map(|(_, by)| *by).sum::<i64>();
    assert_eq!((count(names::OPENED), count(names::CANCELLED)), (1, 1));
    one.head.creation.channel = Channel::Online;
    assert!(settlement([(key, &deeds(None, &one, &[])[0])], &Tariffs::default()).lines.is_empty(), "nobody is paid for what a person does alone");
}

#[test]
fn a_consultation_is_followed_by_an_act_of_the_seven_days_after_it_and_by_no_other() {
    let mut one = with_entries(vec![]);
    let opened = one.head.creation.at;
    let (day, consultations) = (paris_day(opened) + 10, [paris_day(opened) - 1, paris_day(opened) + 10].into());
    for (after, followed) in [(9, 0), (10, 1), (17, 1), (18, 0)] {
        one.entries = vec![Arc::new(DocumentEntry { service_start: opened.plus_days(after), ..numbered(1) })];
        let marks = followed_marks(&one, &consultations, day + 30);
        let of = |role| marks.iter().filter(|mark| mark.role == role).count();
        assert_eq!((of(Role::Consultation), of(Role::Followed)), (1, followed), "{after}: what was before the opening does not count");
    }
    assert!(followed_marks(&one, &consultations, day + 1_200).is_empty(), "older than marks are kept");
}

#[test]
fn consultations_are_told_from_other_acts_by_their_code() {
    let fact = |system: FeedSystem, code: &str, date: When| Fact {
        what: What::Act,
        concept: Concept::coded(Code::new(code, system.oid(), "")),
        period: Period::at(date),
        by: Party::default(),
        proof: Proof::default(),
    };
    let facts = [
        fact(FeedSystem::Ngap, "CS", When::day(2018, 12, 3)),
        fact(FeedSystem::Ngap, "G", When::day(2018, 12, 3)),
        fact(FeedSystem::Ngap, "AMI", When::day(2018, 12, 4)),
        fact(FeedSystem::Ccam, "DEQP003", When::day(2018, 12, 5)),
        fact(FeedSystem::Ngap, "G", When { day: 0, ..When::day(2018, 12, 1) }),
    ];
    let days = consultation_days(&facts);
    assert_eq!(days.into_iter().map(dmp_core::statistics::day_text).collect::<Vec<_>>(), ["2018-12-03"]);
}

#[test]
fn counting_again_finds_what_was_counted_step_by_step_and_tells_a_count_that_is_wrong() {
    let read = leaf(Act::Consult, CallerKind::Professional, Outcome::Done);
    let (empty, full) = (with_entries(vec![]), with_entries(vec![numbered(1), numbered(2)]));
    let mut closed = full.clone();
    let closure =
        Closure { at: now(), reason: ClosureReason::Request, words: String::new(), recorded_by: String::new(), destruction_requested_at: None };
    closed.head.step(RecordStep::Close(closure)).unwrap();
    let steps = [deeds(None, &empty, &[]), deeds(Some(&empty), &full, std::slice::from_ref(&read)), deeds(Some(&full), &closed, &[])].concat();
    let settled = settlement(steps.iter().map(|deed| (closed.key, deed)), &Tariffs::default());
    let marked = settled.marks.iter().map(|mark| (mark.cell(), 1));
    let mut kept: Vec<(Cell, i64)> = settled.cells.into_iter().chain(marked).collect();
    let again = |kept: &[(Cell, i64)]| {
        let mut again = Again::default();
        again.take(&closed, std::slice::from_ref(&read));
        again.differences(kept, paris_day(now()))
    };
    assert_eq!(again(&kept), []);
    let wrong = kept.iter_mut().find(|(cell, _)| cell.name == names::CONSULTED).unwrap();
    wrong.1 += 3;
    let told: Vec<(String, i64, i64)> = again(&kept).into_iter().map(|one| (one.cell.name, one.kept, one.counted)).collect();
    assert_eq!(told, [(names::CONSULTED.to_owned(), 4, 1)]);
}
