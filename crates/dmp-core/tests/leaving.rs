//! What leaves the record by the person's hand, and the lines and notices that tell of a secret care.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::access::{Act, Caller, CallerKind, EntryFacts, Facts, Reason};
use dmp_core::record::RepresentativeKind;

fn minor(facts: &mut Facts) {
    facts.record.minor = true;
}

fn hidden(entry: &mut EntryFacts) {
    entry.masked = true;
}

fn secret(facts: &mut Facts) {
    facts.entry.as_mut().unwrap().invisible_to_representatives = true;
}

fn app() -> (Caller, Facts) {
    (through_an_app(CallerKind::Patient), own(allow_app))
}

fn printing(change: impl FnOnce(&mut Facts)) -> Facts {
    with(|facts| {
        facts.record.paper_waits = true;
        change(facts);
    })
}

#[test]
fn what_the_person_hides_is_in_no_link_and_for_no_app_and_on_their_own_paper() {
    let person = caller(CallerKind::Patient);
    permits(Act::Share, &person, &own(|_| {}));
    refuses(Act::Share, &person, &own(about(hidden)), Reason::Masked);
    refuses(Act::Share, &person, &own(|facts| facts.record.all_masked = true), Reason::Masked);
    let (through, facts) = app();
    for act in [Act::List, Act::Consult] {
        permits(act, &through, &facts);
        refuses(act, &through, &Facts { entry: own(about(hidden)).entry, ..facts.clone() }, Reason::Masked);
        permits(act, &person, &own(about(hidden)));
    }
    permits(Act::SendPaper, &caller(CallerKind::Automaton), &printing(about(hidden)));
    permits(Act::SendPaper, &caller(CallerKind::Automaton), &printing(|facts| facts.record.all_masked = true));
}

#[test]
fn whether_anything_may_be_shared_is_asked_without_a_document() {
    let whole = Facts { entry: None, ..own(|facts| facts.record.all_masked = true) };
    permits(Act::Share, &caller(CallerKind::Patient), &whole);
    permits(Act::SendPaper, &caller(CallerKind::Automaton), &Facts { entry: None, ..printing(minor) });
}

#[test]
fn a_minors_secret_care_leaves_by_no_way() {
    let secret_of_a_minor = |facts: &mut Facts| {
        minor(facts);
        secret(facts);
    };
    refuses(Act::SendPaper, &caller(CallerKind::Automaton), &printing(secret_of_a_minor), Reason::HiddenFromRepresentatives);
    refuses(Act::Share, &caller(CallerKind::Representative), &own(secret_of_a_minor), Reason::HiddenFromRepresentatives);
    let through = through_an_app(CallerKind::Patient);
    let reads = own(|facts| {
        allow_app(facts);
        secret_of_a_minor(facts);
    });
    refuses(Act::Consult, &through, &reads, Reason::HiddenFromRepresentatives);
    // Of age, it is theirs to print.
    permits(Act::SendPaper, &caller(CallerKind::Automaton), &printing(secret));
    permits(Act::Share, &caller(CallerKind::Patient), &own(secret));
}

#[test]
fn lines_and_notices_of_a_secret_care_are_for_the_person_alone() {
    let of_secret_care = |facts: Facts| facts.about_secret_care(now());
    permits(Act::ReadJournal, &caller(CallerKind::Patient), &of_secret_care(own(minor)));
    permits(Act::ReadJournal, &caller(CallerKind::Patient), &of_secret_care(own(|_| {})));
    refuses(Act::ReadJournal, &caller(CallerKind::Representative), &of_secret_care(own(minor)), Reason::HiddenFromRepresentatives);
    let guarded = own(|facts| {
        facts.record.protected = true;
        facts.relation.mandate = Some(mandate(RepresentativeKind::Guardian));
    });
    refuses(Act::ReadJournal, &caller(CallerKind::Representative), &of_secret_care(guarded.clone()), Reason::HiddenFromRepresentatives);
    permits(Act::ReadJournal, &caller(CallerKind::Representative), &guarded);
    assert!(!judge(Act::ReadJournal, &caller(CallerKind::Helper), &of_secret_care(own(|_| {}))).is_permitted());
    refuses(Act::SendPaper, &caller(CallerKind::Automaton), &of_secret_care(printing(minor)), Reason::HiddenFromRepresentatives);
}
