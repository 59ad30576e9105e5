//! From a record and a caller to the facts that the rules judge.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test says what went wrong by panicking")]

mod common;

use common::*;
use dmp_core::access::{
    Act, Attestation, AuthorisationState, Caller, CallerKind, Colleague, EntryFacts, Facts, MandateFacts, Matrix, Permit, Purpose, RecordState,
    TeamFacts, decide,
};
use dmp_core::document::{AuthorKind, Visibility};
use dmp_core::identity::{BirthDate, PersonName, Profession};
use dmp_core::ids::BlobAddress;
use dmp_core::record::{
    Authorisation, Closure, ClosureReason, Effect, EmergencyChoices, Episode, Head, MandateState, RecordStatus, Regime, Representative,
    RepresentativeKind, Scope, Suspension, TeamMember,
};
use dmp_core::{EntryId, Moment, RecordKey};

fn facts(head: Head, caller: &Caller) -> Facts {
    Facts::of_record(&record(head), caller, Regime::B, now())
}

fn doctor() -> Caller {
    Caller { account: "ps:801234567897".into(), ..professional("G15/10") }
}

fn line(effect: Effect, until: Option<Moment>) -> Authorisation {
    Authorisation {
        account: "ps:801234567897".into(),
        name: PersonName::new("Anne", "EXEMPLE"),
        profession: Profession::parse("G15/10").unwrap(),
        structure: None,
        effect,
        since: now().plus_days(-10),
        last_action: now().plus_days(-10),
        until,
        medecin_traitant: true,
        administrator: true,
        recorded_by: format!("person:{MATRICULE}"),
    }
}

fn representing(kind: RepresentativeKind, until: Option<Moment>) -> Head {
    let one = Representative::in_force(kind, "person:parent", PersonName::new("Claude", "EXEMPLE"), now().plus_days(-10));
    Head { representatives: vec![Representative { until, ..one }], ..head() }
}

#[test]
fn the_state_of_a_record_is_read_from_its_status() {
    let closure =
        Closure { at: now(), reason: ClosureReason::Request, words: String::new(), recorded_by: String::new(), destruction_requested_at: None };
    let suspension = Suspension { since: now(), words: String::new(), recorded_by: String::new(), objected_at: None };
    for (status, state) in [
        (RecordStatus::Open, RecordState::Open),
        (RecordStatus::Closed(closure), RecordState::Closed),
        (RecordStatus::Suspended(suspension), RecordState::Suspended),
        (RecordStatus::Deceased { since: now(), before: Box::new(RecordStatus::Open) }, RecordState::Deceased),
        (RecordStatus::Destroyed { since: now() }, RecordState::Destroyed),
        (RecordStatus::Merged { since: now(), into: RecordKey([9; 16]), before: Box::new(RecordStatus::Open) }, RecordState::Merged),
    ] {
        assert_eq!(facts(Head { status, ..head() }, &doctor()).record.state, state);
    }
}

#[test]
fn each_choice_of_the_person_is_one_fact() {
    let plain = facts(head(), &doctor()).record;
    assert_eq!((plain.allow_break_glass, plain.allow_regulation_centre, plain.masked_in_emergency), (true, true, false));
    assert_eq!((plain.team_consent, plain.occupational_consent, plain.all_masked, plain.minor), (false, false, false, false));
    let emergency = |one: bool, two: bool, three: bool| EmergencyChoices { break_glass: one, regulation_centre: two, masked_in_emergency: three };
    for (one, two, three) in [(true, false, false), (false, true, false), (false, false, true)] {
        let chosen = facts(Head { emergency: emergency(one, two, three), ..head() }, &doctor()).record;
        assert_eq!((chosen.allow_break_glass, chosen.allow_regulation_centre, chosen.masked_in_emergency), (one, two, three));
    }
    assert!(facts(Head { team_consent_at: Some(now()), ..head() }, &doctor()).record.team_consent);
    assert!(facts(Head { occupational_consent_at: Some(now()), ..head() }, &doctor()).record.occupational_consent);
    assert!(facts(Head { all_masked: true, ..head() }, &doctor()).record.all_masked);
    let mut child = head();
    child.traits.birth_date = BirthDate::parse("2010-01-01").unwrap();
    assert!(facts(child, &doctor()).record.minor);
}

#[test]
fn the_persons_list_gives_the_authorisation() {
    let listed = |effect, until| facts(Head { authorisations: vec![line(effect, until)], ..head() }, &doctor()).relation;
    assert_eq!(facts(head(), &doctor()).relation.authorisation, AuthorisationState::None);
    assert_eq!(listed(Effect::Permit, None).authorisation, AuthorisationState::Valid);
    assert_eq!(listed(Effect::Permit, Some(now().plus_seconds(1))).authorisation, AuthorisationState::Valid);
    assert_eq!(listed(Effect::Permit, Some(now())).authorisation, AuthorisationState::Expired);
    assert_eq!(listed(Effect::Deny, None).authorisation, AuthorisationState::Forbidden);
    assert_eq!(listed(Effect::Deny, Some(now().plus_days(-1))).authorisation, AuthorisationState::Forbidden);
    let (permitted, blocked) = (listed(Effect::Permit, None), listed(Effect::Deny, None));
    assert!(permitted.medecin_traitant && permitted.administrator);
    assert!(!blocked.medecin_traitant && !blocked.administrator);
    let other = facts(Head { authorisations: vec![line(Effect::Permit, None)], ..head() }, &professional("G15/10")).relation;
    assert_eq!((other.authorisation, other.medecin_traitant), (AuthorisationState::None, false));
}

#[test]
fn an_act_on_the_list_is_about_somebody_with_a_line_or_without() {
    let account = "ps:801234567897";
    let about = |whom: &str, profession: Option<&str>, head: Head| {
        let profession = profession.map(|key| Profession::parse(key).unwrap());
        facts(head.clone(), &doctor()).concerning(whom, profession.as_ref(), &head, &doctor(), now()).subject.unwrap()
    };
    let listed = |effect, until| about(account, Some("G15/10"), Head { authorisations: vec![line(effect, until)], ..head() });
    let stranger = about(account, Some("G15/10"), head());
    assert_eq!((stranger.is_caller, stranger.professional, stranger.doctor), (true, true, true));
    assert_eq!((stranger.blocked, stranger.authorised), (false, false));
    for (effect, until, blocked, authorised) in [
        (Effect::Permit, None, false, true),
        (Effect::Permit, Some(now().plus_seconds(1)), false, true),
        (Effect::Permit, Some(now()), false, false),
        (Effect::Permit, Some(now().plus_seconds(-1)), false, false),
        (Effect::Deny, None, true, false),
    ] {
        let found = listed(effect, until);
        assert_eq!((found.blocked, found.authorised), (blocked, authorised), "{effect:?} {until:?}");
    }
    let nurse = about("ps:800000000001", Some("G15/60"), head());
    assert_eq!((nurse.is_caller, nurse.professional, nurse.doctor), (false, true, false));
    // A number of the directory is a professional's, whose profession nobody told; a person is none.
    assert!(about("ps:800000000001", None, head()).professional);
    assert!(!about("person:parent", None, head()).professional);
}

#[test]
fn the_words_of_td02_are_these() {
    let words = [AuthorisationState::Valid, AuthorisationState::Expired, AuthorisationState::Forbidden, AuthorisationState::None]
        .map(AuthorisationState::code);
    assert_eq!(words, ["VALIDE", "EXPIRE", "INTERDIT", "NON_EXISTE"]);
}

fn episode(from: Moment, until: Option<Moment>, account: &str) -> Episode {
    Episode {
        id: EntryId([7; 16]),
        structure: structure(),
        unit: None,
        members: vec![TeamMember { account: account.into(), name: String::new() }],
        from,
        until,
        informed_at: Some(from),
        opposed_at: None,
        declared_by: account.into(),
    }
}

#[test]
fn a_care_team_lasts_as_long_as_its_episode() {
    let reads = |from: Moment, until: Option<Moment>, account: &str| {
        let head = Head { episodes: vec![episode(from, until, account)], team_consent_at: Some(now()), ..head() };
        judge(Act::List, &doctor(), &Facts { entry: Some(report()), ..facts(head, &doctor()) }).is_permitted()
    };
    let account = "ps:801234567897";
    assert!(reads(now(), None, account));
    assert!(reads(now(), Some(now().plus_seconds(1)), account));
    assert!(!reads(now().plus_seconds(1), None, account));
    assert!(!reads(now().plus_days(-5), Some(now()), account));
    assert!(!reads(now(), None, "ps:800000000000"));
}

#[test]
fn of_several_episodes_the_one_that_counts_now_is_told() {
    let account = "ps:801234567897";
    let told = |episodes: Vec<Episode>| facts(Head { episodes, ..head() }, &doctor()).relation.care_team;
    let (past, current) = (episode(now().plus_days(-9), Some(now().plus_days(-8)), account), episode(now().plus_days(-1), None, account));
    let opposed = Episode { opposed_at: Some(now()), ..current.clone() };
    assert_eq!(told(vec![]), None);
    assert_eq!(told(vec![past.clone()]).unwrap().until, past.until);
    for episodes in [vec![past.clone(), current.clone()], vec![current.clone(), past.clone()], vec![opposed.clone(), current.clone()]] {
        assert_eq!(told(episodes), Some(TeamFacts { from: now().plus_days(-1), until: None, informed: true, opposed: false }));
    }
    assert!(told(vec![past, opposed]).unwrap().opposed);
    assert!(!told(vec![Episode { informed_at: None, ..current }]).unwrap().informed);
}

#[test]
fn of_episodes_that_are_over_or_to_come_the_newest_is_told() {
    let account = "ps:801234567897";
    let (ends_now, to_come) = (episode(now().plus_days(-9), Some(now()), account), episode(now().plus_days(3), None, account));
    let head = Head { episodes: vec![ends_now, to_come], ..head() };
    assert_eq!(facts(head, &doctor()).relation.care_team.unwrap().from, now().plus_days(3));
}

#[test]
fn a_colleague_who_heard_the_consent_may_be_blocked() {
    let colleague = Colleague { account: "ps:801234567897".into() };
    let told = Caller { account: "ps:800000000001".into(), consent_collected_by: Some(colleague), ..doctor() };
    let blocked = |authorisations| facts(Head { authorisations, ..head() }, &told).relation.colleague_blocked;
    assert!(blocked(vec![line(Effect::Deny, None)]));
    assert!(!blocked(vec![line(Effect::Permit, None)]));
    assert!(!blocked(Vec::new()));
}

#[test]
fn only_a_broken_glass_attests_an_emergency() {
    let attest = |unable_to_consent, immediate_risk| {
        let purpose = Purpose::BreakGlass { reason: "motif".into(), attested: Attestation { unable_to_consent, immediate_risk }, until: now() };
        let relation = facts(head(), &Caller { purpose, ..doctor() }).relation;
        (relation.unable_to_consent, relation.immediate_risk)
    };
    assert_eq!(attest(true, false), (true, false));
    assert_eq!(attest(false, true), (false, true));
    for purpose in [Purpose::Normal, Purpose::RegulationCentre] {
        let relation = facts(head(), &Caller { purpose, ..doctor() }).relation;
        assert!(!relation.unable_to_consent && !relation.immediate_risk);
    }
}

#[test]
fn the_modes_have_their_official_codes() {
    assert_eq!(
        [Purpose::Normal, break_glass(doctor()).purpose, Purpose::RegulationCentre].map(|one| one.code()),
        ["normal", "bris_de_glace", "centre_15"]
    );
}

#[test]
fn a_record_is_the_persons_own_and_no_namesakes() {
    let own = |kind, account: &str| facts(head(), &Caller { account: account.into(), ..caller(kind) }).relation.own_record;
    let account = format!("person:{MATRICULE}");
    assert!(own(CallerKind::Patient, &account));
    assert!(!own(CallerKind::Patient, "person:124018852493334"));
    for kind in kinds().into_iter().filter(|kind| *kind != CallerKind::Patient) {
        assert!(!own(kind, &account), "{kind:?}");
    }
}

#[test]
fn a_parent_represents_until_majority_and_a_guardian_while_the_measure_lasts() {
    let reads = |head: Head, kind| {
        let caller = Caller { account: "person:parent".into(), ..caller(kind) };
        let facts = Facts { entry: Some(report()), ..facts(head, &caller) };
        decide(Act::Consult, &caller, &facts, &Matrix::reconstruction(), now()).is_permitted()
    };
    let child = |kind| {
        let mut head = representing(kind, None);
        head.traits.birth_date = BirthDate::parse("2010-01-01").unwrap();
        head
    };
    assert!(reads(child(RepresentativeKind::Parent), CallerKind::Representative));
    assert!(!reads(representing(RepresentativeKind::Parent, None), CallerKind::Representative));
    assert!(reads(representing(RepresentativeKind::Guardian, None), CallerKind::Representative));
    assert!(!reads(representing(RepresentativeKind::Guardian, Some(now())), CallerKind::Representative));
    assert!(reads(representing(RepresentativeKind::Helper, None), CallerKind::Helper));
    assert!(!reads(representing(RepresentativeKind::Helper, None), CallerKind::Representative));
    assert!(!reads(representing(RepresentativeKind::Guardian, None), CallerKind::Helper));
    assert!(!reads(representing(RepresentativeKind::Guardian, None), CallerKind::Patient));
}

#[test]
fn who_acts_for_the_person_is_told_with_dates_scope_and_state() {
    let told = |head: Head, kind| facts(head, &Caller { account: "person:parent".into(), ..caller(kind) }).relation;
    let measure = representing(RepresentativeKind::Guardian, Some(now().plus_days(5)));
    let expected = MandateFacts { from: now().plus_days(-10), until: Some(now().plus_days(5)), ..mandate(RepresentativeKind::Guardian) };
    assert_eq!(told(measure.clone(), CallerKind::Representative).mandate, Some(expected));
    assert_eq!(told(measure.clone(), CallerKind::Helper).mandate, None);
    assert!(facts(measure.clone(), &doctor()).record.protected);
    assert!(!facts(representing(RepresentativeKind::Guardian, Some(now())), &doctor()).record.protected);
    assert!(!facts(representing(RepresentativeKind::Parent, None), &doctor()).record.protected);
    let changed = |change: fn(&mut Representative)| {
        let mut head = measure.clone();
        change(&mut head.representatives[0]);
        facts(head, &doctor()).record
    };
    assert!(!changed(|one| one.scope = Scope::Property).protected);
    assert!(!changed(|one| one.state = MandateState::Ended).protected);
    assert_eq!((changed(|_| {}).representatives, changed(|_| {}).helpers), (1, 0));
    assert_eq!(changed(|one| one.kind = RepresentativeKind::Helper).helpers, 1);
    assert_eq!(changed(|one| one.state = MandateState::Refused).representatives, 0);
    assert_eq!(changed(|one| (one.state, one.answer_by) = (MandateState::Pending, Some(now()))).representatives, 0);
    assert_eq!(changed(|one| (one.state, one.answer_by) = (MandateState::Pending, Some(now().plus_days(1)))).representatives, 1);
}

#[test]
fn the_date_and_the_reason_of_closing_and_suspending_are_facts() {
    let closure = |asked: bool| Closure {
        at: now().plus_days(-3),
        reason: ClosureReason::Fraud,
        words: String::new(),
        recorded_by: String::new(),
        destruction_requested_at: asked.then(now),
    };
    let told = |status| facts(Head { status, ..head() }, &doctor()).record;
    let closed = told(RecordStatus::Closed(closure(false)));
    assert_eq!((closed.closed_at, closed.closure, closed.destruction_requested), (Some(now().plus_days(-3)), Some(ClosureReason::Fraud), false));
    assert!(told(RecordStatus::Closed(closure(true))).destruction_requested);
    let dead = told(RecordStatus::Deceased { since: now().plus_days(-1), before: Box::new(RecordStatus::Open) });
    assert_eq!((dead.closed_at, dead.closure), (Some(now().plus_days(-1)), Some(ClosureReason::Death)));
    let suspended = |objected_at| {
        told(RecordStatus::Suspended(Suspension { since: now().plus_days(-2), words: String::new(), recorded_by: String::new(), objected_at }))
    };
    assert_eq!((suspended(None).suspended_at, suspended(None).suspension_objected), (Some(now().plus_days(-2)), false));
    assert!(suspended(Some(now())).suspension_objected);
    assert_eq!(told(RecordStatus::Open).closed_at, None);
}

#[test]
fn a_person_without_a_record_has_nothing_and_it_may_be_theirs() {
    let none = Facts::without_record(Regime::A);
    assert_eq!((none.record.state, none.record.regime, none.entry.clone(), none.relation.own_record), (RecordState::None, Regime::A, None, false));
    assert!(none.of_their_own().relation.own_record);
}

#[test]
fn a_document_gives_its_facts() {
    let base = facts(head(), &doctor());
    let plain = base.about(&entry(), &doctor()).entry.unwrap();
    let expected = EntryFacts { deposited_at: now().plus_days(-2), written_by_caller: true, ..report() };
    assert_eq!(plain, expected);
    let depositor = Caller { account: "org:1120456789".into(), ..caller(CallerKind::Organization) };
    assert!(base.about(&entry(), &depositor).entry.unwrap().written_by_caller);
    assert!(!base.about(&entry(), &professional("G15/10")).entry.unwrap().written_by_caller);
    let mut special = entry();
    special.visibility = Visibility { masked: true, invisible_to_patient: false, invisible_to_representatives: true, ..Visibility::default() };
    special.announced_at = Some(now());
    special.authors[0].kind = AuthorKind::Patient;
    let found = base.about(&special, &professional("G15/10")).entry.unwrap();
    assert!(found.masked && !found.invisible_to_patient && found.invisible_to_representatives && found.announced && found.patient_authored);
}

#[test]
fn bytes_are_released_against_a_permit_for_that_very_document() {
    let matrix = Matrix::reconstruction();
    let allowed = facts(Head { authorisations: vec![line(Effect::Permit, None)], ..head() }, &doctor());
    let (decision, permit) = Permit::to_consult(&entry(), &doctor(), &allowed, &matrix, now());
    let permit = permit.unwrap();
    assert!(decision.is_permitted());
    assert_eq!((permit.entry(), permit.address()), (EntryId([2; 16]), BlobAddress([3; 16])));
    let (decision, permit) = Permit::to_consult(&entry(), &doctor(), &facts(head(), &doctor()), &matrix, now());
    assert!(!decision.is_permitted() && permit.is_none());
}

#[test]
fn a_caller_is_shown_by_name_or_else_by_structure() {
    let named = Caller { structure: Some(structure()), ..doctor() };
    assert_eq!(named.shown_name(), "Camille EXEMPLE");
    assert_eq!(Caller { name: None, ..named }.shown_name(), "Hôpital fictif");
    assert_eq!(caller(CallerKind::Automaton).shown_name(), "");
}

#[test]
fn every_act_is_of_one_sort_or_administrative() {
    for act in Act::ALL {
        let sorts = [act.is_reading(), act.is_feeding(), act.is_about_an_entry()].into_iter().filter(|yes| *yes).count();
        assert_eq!(sorts, usize::from(act.is_clinical()), "{act:?}");
    }
    assert_eq!(Act::ALL.into_iter().filter(|act| act.is_clinical()).count(), 15);
}

#[test]
fn reasons_have_distinct_codes() {
    use dmp_core::access::Reason;
    for reason in Reason::ALL {
        assert_eq!(Reason::ALL.into_iter().filter(|other| other.code() == reason.code()).count(), 1, "{reason:?}");
    }
}
