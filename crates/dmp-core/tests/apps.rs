//! Apps of the person: who lets one in, what it reads, and what its keys do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::access::{Act, AppFacts, AppPass, Caller, CallerKind, Facts, Reason};
use dmp_core::record::{
    AppGrant, AppName, AppReads, Closure, ClosureReason, CodeProof, GivenBy, GrantEnd, Impossible, IssuedCode, KeyRefusal, RecordStep, Suspension,
};
use dmp_core::{GrantId, Moment};

fn app() -> Caller {
    through_an_app(CallerKind::Patient)
}

fn allowed(change: impl FnOnce(&mut Facts)) -> Facts {
    own(|facts| {
        allow_app(facts);
        change(facts);
    })
}

fn reading(reads: AppReads) -> Facts {
    allowed(|facts| facts.relation.app.as_mut().unwrap().reads = reads)
}

#[test]
fn an_adult_and_who_represents_somebody_let_an_app_in() {
    permits(Act::AllowApp, &caller(CallerKind::Patient), &own(|_| {}));
    permits(Act::AllowApp, &caller(CallerKind::Representative), &own(|facts| facts.record.minor = true));
    permits(Act::AllowApp, &caller(CallerKind::Representative), &own(|facts| facts.record.protected = true));
}

#[test]
fn a_minor_a_protected_adult_and_a_helper_let_no_app_in() {
    refuses(Act::AllowApp, &caller(CallerKind::Patient), &own(|facts| facts.record.minor = true), Reason::NoRulePermits);
    refuses(Act::AllowApp, &caller(CallerKind::Patient), &own(|facts| facts.record.protected = true), Reason::NoRulePermits);
    refuses(Act::AllowApp, &caller(CallerKind::Helper), &own(|_| {}), Reason::NotThisKindOfCaller);
    refuses(Act::AllowApp, &caller(CallerKind::Patient), &situation(), Reason::NotTheirRecord);
    refuses(Act::AllowApp, &professional("G15/10"), &authorised(|_| {}), Reason::NoRulePermits);
}

#[test]
fn whoever_holds_the_rights_takes_an_app_out_again_a_minor_too() {
    permits(Act::WithdrawApp, &caller(CallerKind::Patient), &own(|_| {}));
    permits(Act::WithdrawApp, &caller(CallerKind::Patient), &own(|facts| facts.record.minor = true));
    permits(Act::WithdrawApp, &caller(CallerKind::Representative), &own(|facts| facts.record.minor = true));
    refuses(Act::WithdrawApp, &caller(CallerKind::Helper), &own(|_| {}), Reason::NotThisKindOfCaller);
}

#[test]
fn an_app_reads_what_was_allowed_and_nothing_else() {
    let all = [Act::CheckAccess, Act::List, Act::Consult];
    for act in all {
        permits(act, &app(), &allowed(|_| {}));
    }
    let parts = [
        AppReads { record: true, ..AppReads::default() },
        AppReads { documents: true, ..AppReads::default() },
        AppReads { contents: true, ..AppReads::default() },
    ];
    for (own, reads) in all.into_iter().zip(parts) {
        for act in all {
            if act == own { permits(act, &app(), &reading(reads)) } else { refuses(act, &app(), &reading(reads), Reason::AppScope) }
        }
    }
}

#[test]
fn an_app_does_nothing_but_read_and_connect() {
    let open = [Act::CheckAccess, Act::List, Act::Consult, Act::ConnectApp, Act::WithdrawApp];
    for kind in [CallerKind::Patient, CallerKind::Representative] {
        for act in Act::ALL.into_iter().filter(|act| !open.contains(act)) {
            refuses(act, &through_an_app(kind), &allowed(|_| {}), Reason::AppReadsOnly);
        }
    }
}

#[test]
fn an_app_whose_access_was_taken_back_or_is_over_reads_nothing() {
    let ended = allowed(|facts| facts.relation.app.as_mut().unwrap().ended = true);
    let over = allowed(|facts| facts.relation.app.as_mut().unwrap().until = now());
    for facts in [ended, over, own(|_| {})] {
        for act in [Act::CheckAccess, Act::List, Act::Consult, Act::ConnectApp] {
            refuses(act, &app(), &facts, Reason::AppNotAllowed);
        }
    }
}

#[test]
fn an_app_reads_neither_what_is_hidden_nor_what_waits() {
    for act in [Act::List, Act::Consult] {
        refuses(act, &app(), &allowed(about(|entry| entry.masked = true)), Reason::Masked);
        refuses(act, &app(), &allowed(|facts| facts.record.all_masked = true), Reason::Masked);
        refuses(act, &app(), &allowed(about(|entry| entry.invisible_to_patient = true)), Reason::WaitsForAnnouncement);
    }
}

#[test]
fn a_parents_app_does_not_see_secret_care_and_ends_at_majority() {
    let parents = through_an_app(CallerKind::Representative);
    let minor = |change: fn(&mut dmp_core::access::EntryFacts)| {
        allowed(|facts| {
            facts.record.minor = true;
            change(facts.entry.as_mut().unwrap());
        })
    };
    permits(Act::Consult, &parents, &minor(|_| {}));
    for act in [Act::List, Act::Consult] {
        let refused = judge(act, &parents, &minor(|entry| entry.invisible_to_representatives = true)).reason().unwrap();
        assert!(refused.conceals(), "{refused:?}");
    }
    let of_age = allowed(|facts| facts.relation.mandate = Some(mandate(dmp_core::record::RepresentativeKind::Parent)));
    refuses(Act::Consult, &parents, &of_age, Reason::NotTheirRecord);
}

#[test]
fn a_helper_has_no_app() {
    for act in [Act::CheckAccess, Act::List, Act::Consult] {
        refuses(act, &through_an_app(CallerKind::Helper), &allowed(|_| {}), Reason::AppNotAllowed);
    }
}

#[test]
fn facts_know_an_app_only_in_the_record_and_of_the_person_who_allowed_it() {
    let mut record = record(head());
    let mine = Caller { account: record.head.ins.account(), ..app() };
    let known =
        |record: &dmp_core::record::Record, caller: &Caller| Facts::of_record(record, caller, dmp_core::record::Regime::B, now()).relation.app;
    assert_eq!(known(&record, &mine), None);
    let mut allowed = grant();
    allowed.given_by.account = mine.account.clone();
    record.head.allow_app(allowed.clone(), now()).unwrap();
    assert_eq!(known(&record, &mine), Some(AppFacts { reads: allowed.reads, until: allowed.until, ended: false }));
    assert_eq!(known(&record, &Caller { app: None, ..mine.clone() }), None);
    assert_eq!(known(&record, &Caller { account: "person:somebody".into(), ..mine.clone() }), None);
    assert_eq!(known(&record, &Caller { kind: CallerKind::Representative, ..mine.clone() }), None);
    record.head.end_app(allowed.id, GrantEnd::Withdrawn, now()).unwrap();
    assert!(known(&record, &mine).unwrap().ended);
}

fn grant() -> AppGrant {
    AppGrant {
        id: GrantId([7; 16]),
        client_id: "notebook".into(),
        name: AppName { fr: "Carnet d'essai".into(), en: "Test notebook".into() },
        publisher: "Éditeur fictif".into(),
        given_by: GivenBy { account: "account".into(), kind: CallerKind::Patient, name: "Camille EXEMPLE".into() },
        reads: AppReads { record: true, documents: true, contents: true },
        scope: "patient/*.rs".into(),
        comes_back: true,
        since: now(),
        until: now().plus_days(90),
        last_used: None,
        code: IssuedCode { redirect_uri: "https://app.example/back".into(), challenge: "abc".into(), until: now().plus_seconds(60) },
        keys: 0,
        end: None,
    }
}

fn proof() -> CodeProof {
    CodeProof { client_id: "notebook".into(), redirect_uri: "https://app.example/back".into(), challenge: "abc".into() }
}

fn at(seconds: i64) -> Moment {
    now().plus_seconds(seconds)
}

#[test]
fn a_code_is_good_once_for_its_own_app_within_its_minute() {
    let wrong = [
        CodeProof { client_id: "other".into(), ..proof() },
        CodeProof { redirect_uri: "https://app.example/other".into(), ..proof() },
        CodeProof { challenge: "abd".into(), ..proof() },
    ];
    let mut code = grant();
    for proof in &wrong {
        assert_eq!(code.redeem(proof, at(1)), Err(KeyRefusal::Wrong));
    }
    assert_eq!(code.clone().redeem(&proof(), at(60)), Err(KeyRefusal::Wrong));
    assert_eq!(code.redeem(&proof(), at(59)), Ok(()));
    assert_eq!((code.keys, code.last_used), (1, Some(at(59))));
    // A stranger who has the code alone cannot end the grant with it.
    for proof in &wrong {
        assert_eq!(code.redeem(proof, at(59)), Err(KeyRefusal::Wrong));
    }
    assert_eq!(code.redeem(&proof(), at(59)), Err(KeyRefusal::UsedTwice));
    assert_eq!(code.redeem(&proof(), at(3_600)), Err(KeyRefusal::UsedTwice));
}

#[test]
fn a_refresh_token_is_good_once_and_the_next_one_follows() {
    let mut grant = grant();
    assert_eq!(grant.refresh("notebook", 1, at(1)), Err(KeyRefusal::Wrong), "a number that nobody was given");
    grant.redeem(&proof(), at(1)).unwrap();
    assert_eq!(grant.refresh("other", 1, at(2)), Err(KeyRefusal::Wrong));
    assert_eq!(grant.refresh("notebook", 1, at(2)), Ok(()));
    assert_eq!(grant.refresh("notebook", 1, at(3)), Err(KeyRefusal::UsedTwice));
    assert_eq!(grant.refresh("notebook", 2, at(3)), Ok(()));
    assert_eq!(AppGrant { comes_back: false, ..grant.clone() }.refresh("notebook", 3, at(4)), Err(KeyRefusal::Wrong));
    assert_eq!(grant.refresh("notebook", 3, grant.until), Err(KeyRefusal::Wrong));
}

#[test]
fn few_apps_read_one_record_and_those_of_the_past_are_few_too() {
    let mut head = head();
    let numbered = |number: u8| AppGrant { id: GrantId([number; 16]), ..grant() };
    for number in 0..20 {
        head.allow_app(AppGrant { keys: 1, ..numbered(number) }, now()).unwrap();
    }
    assert_eq!(head.allow_app(numbered(20), now()), Err(Impossible("too-many-apps")));
    for number in 0..60 {
        head.end_app(GrantId([number; 16]), GrantEnd::Withdrawn, now()).unwrap();
        head.allow_app(AppGrant { keys: 1, ..numbered(20 + number) }, now()).unwrap();
        assert!(head.apps.len() <= 41, "{}", head.apps.len());
    }
    assert_eq!(head.end_app(GrantId([59; 16]), GrantEnd::Withdrawn, now()), Err(Impossible("app-not-found")));
    // What an app never came for is no app.
    let mut fresh = common::head();
    fresh.allow_app(grant(), now()).unwrap();
    fresh.allow_app(numbered(1), at(61)).unwrap();
    assert_eq!(fresh.apps.len(), 1);
}

/// A doctor with an app that may read everything that an app can, for an hour.
fn doctors_app(pass: impl FnOnce(&mut AppPass)) -> Caller {
    let doctor = professional("G15/10");
    let mut caller = Caller { app: through_an_app(CallerKind::Patient).app, ..doctor };
    let mut given = AppPass { reads: AppReads { record: true, documents: true, contents: true }, until: now().plus_seconds(3_600), only: None };
    pass(&mut given);
    caller.app.as_mut().unwrap().pass = Some(given);
    caller
}

#[test]
fn an_app_that_a_professional_opened_reads_what_they_read_and_nothing_else() {
    let facts = authorised(allow_app);
    for act in [Act::CheckAccess, Act::List, Act::Consult] {
        permits(act, &doctors_app(|_| {}), &facts);
    }
    let unknown = situation();
    let unknown = Facts { relation: dmp_core::access::Relation { app: facts.relation.app.clone(), ..unknown.relation.clone() }, ..unknown };
    refuses(Act::List, &doctors_app(|_| {}), &unknown, Reason::NotAuthorised);
    let mut hidden = facts.clone();
    hidden.entry.as_mut().unwrap().masked = true;
    refuses(Act::Consult, &doctors_app(|_| {}), &hidden, Reason::Masked);
    for act in [Act::Publish, Act::Mask, Act::ReadJournal, Act::AllowApp, Act::WithdrawApp, Act::ConnectApp, Act::Share] {
        refuses(act, &doctors_app(|_| {}), &facts, Reason::AppReadsOnly);
    }
    let over = authorised(|facts| {
        allow_app(facts);
        facts.relation.app.as_mut().unwrap().until = now();
    });
    refuses(Act::List, &doctors_app(|_| {}), &over, Reason::AppNotAllowed);
}

#[test]
fn an_app_that_was_opened_on_one_record_is_allowed_nothing_in_another() {
    let record = record(head());
    let of = |caller: &Caller| Facts::of_record(&record, caller, dmp_core::record::Regime::B, now()).relation.app;
    assert!(of(&doctors_app(|_| {})).is_some());
    assert!(of(&doctors_app(|pass| pass.only = Some(record.key))).is_some());
    assert_eq!(of(&doctors_app(|pass| pass.only = Some(dmp_core::RecordKey([9; 16])))), None);
    // What was made for a professional is of no use to anybody else, and without a pass there is no app.
    assert_eq!(of(&Caller { kind: CallerKind::Patient, ..doctors_app(|_| {}) }), None);
    let bare = Caller { app: through_an_app(CallerKind::Patient).app, ..professional("G15/10") };
    assert_eq!(of(&bare), None);
}

#[test]
fn what_apps_were_allowed_ends_with_the_record_and_does_not_come_back_when_it_opens_again() {
    let closure =
        Closure { at: at(9), reason: ClosureReason::Request, words: String::new(), recorded_by: "person:1".into(), destruction_requested_at: None };
    let suspension = Suspension { since: at(9), words: "fraude".into(), recorded_by: "agent:1".into(), objected_at: None };
    for (shut, opened) in [(RecordStep::Close(closure), RecordStep::Reactivate), (RecordStep::Suspend(suspension), RecordStep::Lift)] {
        let mut head = head();
        head.allow_app(AppGrant { keys: 1, ..grant() }, now()).unwrap();
        head.step(shut).unwrap();
        head.step(opened).unwrap();
        let grant = head.app(GrantId([7; 16])).unwrap();
        assert!(!grant.stands(at(10)));
        assert_eq!(grant.end.map(|end| (end.at, end.why)), Some((at(9), GrantEnd::RecordShut)));
    }
}
