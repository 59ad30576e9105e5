//! Personas and situations, for tests that speak about the law.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::LazyLock;

use dmp_core::access::{
    Act, AppCaller, AppFacts, Attestation, AuthorisationState, Caller, CallerKind, Decision, EntryFacts, Facts, MandateFacts, Matrix, Purpose,
    Reason, RecordFacts, RecordState, Relation, SubjectFacts, TeamFacts, decide,
};
use dmp_core::document::{Author, AuthorKind, AvailabilityStatus, Code, ContentRef, DocumentEntry, SourcePatient, TypeCode, Visibility};
use dmp_core::identity::{BirthDate, IdentityTraits, Ins, PersonName, Profession, Sex, StructIdNat, Structure};
use dmp_core::ids::BlobAddress;
use dmp_core::record::{
    AppName, AppReads, Channel, ConsentEvidence, Creation, CreatorKind, EmergencyChoices, Head, MandateState, Record, RecordStatus, Regime,
    RepresentativeKind, Scope,
};
use dmp_core::{EntryId, GrantId, Moment, RecordKey};

/// 3 July 2026, noon.
pub fn now() -> Moment {
    Moment::parse_fhir("2026-07-03T12:00:00Z").unwrap()
}

pub fn kinds() -> [CallerKind; 12] {
    [
        CallerKind::Patient,
        CallerKind::Representative,
        CallerKind::Helper,
        CallerKind::Professional,
        CallerKind::Organization,
        CallerKind::Agent,
        CallerKind::Insurer,
        CallerKind::Mutual,
        CallerKind::Employer,
        CallerKind::Operator,
        CallerKind::Automaton,
        CallerKind::ReimbursementFeed,
    ]
}

pub fn caller(kind: CallerKind) -> Caller {
    let named = !matches!(kind, CallerKind::Organization | CallerKind::Automaton | CallerKind::ReimbursementFeed);
    Caller {
        account: "account".into(),
        kind,
        name: named.then(|| PersonName::new("Camille", "EXEMPLE")),
        profession: None,
        specialty: None,
        supervised: false,
        structure: matches!(kind, CallerKind::Professional | CallerKind::Organization).then(structure),
        purpose: Purpose::Normal,
        regulating_physician: false,
        secret_connection: false,
        consent_now: false,
        consent_collected_by: None,
        software: None,
        units: Vec::new(),
        app: None,
    }
}

pub fn professional(profession: &str) -> Caller {
    Caller { profession: Some(Profession::parse(profession).unwrap()), ..caller(CallerKind::Professional) }
}

pub fn break_glass(caller: Caller) -> Caller {
    let attested = Attestation { unable_to_consent: true, immediate_risk: true };
    Caller { purpose: Purpose::BreakGlass { reason: "Personne inconsciente".into(), attested, until: now().plus_seconds(1_800) }, ..caller }
}

pub fn regulating(caller: Caller) -> Caller {
    Caller { purpose: Purpose::RegulationCentre, regulating_physician: true, ..caller }
}

/// The same, through an app.
pub fn through_an_app(kind: CallerKind) -> Caller {
    let name = AppName { fr: "Carnet d'essai".into(), en: "Test notebook".into() };
    Caller { app: Some(AppCaller { grant: GrantId([7; 16]), name, since: now().plus_days(-2), pass: None }), ..caller(kind) }
}

/// The app may read everything that an app can, for a while yet.
pub fn allow_app(facts: &mut Facts) {
    let reads = AppReads { record: true, documents: true, contents: true };
    facts.relation.app = Some(AppFacts { reads, until: now().plus_days(30), ended: false });
}

/// An ordinary report, deposited yesterday by someone else.
pub fn report() -> EntryFacts {
    EntryFacts {
        type_code: "11488-4".into(),
        status: AvailabilityStatus::deposited(),
        masked: false,
        invisible_to_patient: false,
        invisible_to_representatives: false,
        deposited_at: now().plus_days(-1),
        announced: false,
        patient_authored: false,
        written_by_caller: false,
    }
}

pub fn typed(type_code: &str) -> EntryFacts {
    EntryFacts { type_code: type_code.into(), ..report() }
}

pub fn deleted() -> AvailabilityStatus {
    let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { panic!("a deposit is approved") };
    approved.delete()
}

pub fn archived() -> AvailabilityStatus {
    let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { panic!("a deposit is approved") };
    approved.archive()
}

pub fn deprecated() -> AvailabilityStatus {
    let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { panic!("a deposit is approved") };
    approved.replace()
}

/// A mandate about the person that began long ago, is accepted and has no end.
pub fn mandate(kind: RepresentativeKind) -> MandateFacts {
    MandateFacts { kind, scope: Scope::Person, state: MandateState::Accepted, from: now().plus_days(-100), until: None, answer_by: None }
}

/// A team whose episode began yesterday, of which the person was told.
pub fn team() -> TeamFacts {
    TeamFacts { from: now().plus_days(-1), until: None, informed: true, opposed: false }
}

/// A doctor on the person's list, somebody else than the caller.
pub fn subject() -> SubjectFacts {
    SubjectFacts { is_caller: false, professional: true, doctor: true, blocked: false, authorised: true }
}

/// What a record without anything particular is.
pub fn plain_record() -> RecordFacts {
    RecordFacts {
        state: RecordState::Open,
        team_consent: true,
        allow_break_glass: true,
        allow_regulation_centre: true,
        ..Facts::without_record(Regime::B).record
    }
}

/// No tie at all to the person.
pub fn no_relation() -> Relation {
    Facts::without_record(Regime::B).relation
}

/// An open record of an adult under the present law, about an ordinary report; nobody is authorised.
pub fn situation() -> Facts {
    Facts { record: plain_record(), relation: no_relation(), entry: Some(report()), subject: Some(subject()), other: None }
}

/// A small change of the situation, in one expression.
pub fn with(change: impl FnOnce(&mut Facts)) -> Facts {
    let mut facts = situation();
    change(&mut facts);
    facts
}

/// The same for a professional whom the person authorised.
pub fn authorised(change: impl FnOnce(&mut Facts)) -> Facts {
    with(|facts| {
        facts.relation.authorisation = AuthorisationState::Valid;
        change(facts);
    })
}

/// The same on the caller's own record.
pub fn own(change: impl FnOnce(&mut Facts)) -> Facts {
    with(|facts| {
        facts.relation.own_record = true;
        change(facts);
    })
}

/// The same when the person is unconscious and in danger.
pub fn emergency(change: impl FnOnce(&mut Facts)) -> Facts {
    with(|facts| {
        facts.relation.unable_to_consent = true;
        facts.relation.immediate_risk = true;
        change(facts);
    })
}

pub fn about(change: impl FnOnce(&mut EntryFacts)) -> impl FnOnce(&mut Facts) {
    |facts| change(facts.entry.as_mut().expect("the situation has a report"))
}

pub fn judge(act: Act, caller: &Caller, facts: &Facts) -> Decision {
    static MATRIX: LazyLock<Matrix> = LazyLock::new(Matrix::reconstruction);
    decide(act, caller, &on_their_own_line(act, caller, in_quality(caller, facts)), &MATRIX, now())
}

/// A professional changes their own line of the list, unless the facts are about somebody in particular.
pub fn on_their_own_line(act: Act, caller: &Caller, mut facts: Facts) -> Facts {
    let own = matches!(act, Act::Authorise | Act::Revoke | Act::DeclareMedecinTraitant | Act::EndMedecinTraitant);
    if own && caller.kind == CallerKind::Professional && facts.subject == Some(subject()) {
        facts.subject = Some(SubjectFacts { is_caller: true, ..subject() });
    }
    facts
}

/// Who acts for the person does so under a mandate that counts, unless the facts say otherwise.
pub fn in_quality(caller: &Caller, facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    let kind = match caller.kind {
        CallerKind::Representative if facts.record.minor => RepresentativeKind::Parent,
        CallerKind::Representative => RepresentativeKind::Guardian,
        CallerKind::Helper => RepresentativeKind::Helper,
        _ => return facts,
    };
    if facts.relation.own_record && facts.relation.mandate.is_none() {
        facts.relation.mandate = Some(mandate(kind));
    }
    facts
}

#[track_caller]
pub fn permits(act: Act, caller: &Caller, facts: &Facts) {
    let decision = judge(act, caller, facts);
    assert!(decision.is_permitted(), "{act:?} is refused: {:?} by {:?}", decision.reason(), decision.rules());
}

#[track_caller]
pub fn refuses(act: Act, caller: &Caller, facts: &Facts, reason: Reason) {
    let decision = judge(act, caller, facts);
    assert_eq!(decision.reason(), Some(reason), "{act:?} by {:?}", decision.rules());
}

// A whole record, as the store gives it.

pub const MATRICULE: &str = "279035121518989";

pub fn structure() -> Structure {
    Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Hôpital fictif".into() }
}

pub fn head() -> Head {
    Head {
        ins: Ins::parse("1.2.250.1.213.1.4.10", MATRICULE).unwrap(),
        traits: IdentityTraits {
            birth_name: PersonName::new("Dominique", "EXEMPLE"),
            used_name: None,
            birth_date: BirthDate::parse("1979-03-28").unwrap(),
            sex: Sex::Female,
            birth_place: "51215".into(),
        },
        status: RecordStatus::Open,
        creation: Creation {
            at: now().plus_days(-100),
            channel: Channel::Online,
            evidence: ConsentEvidence::Electronic,
            recorded_by: format!("person:{MATRICULE}"),
            recorded_by_kind: CreatorKind::Patient,
            structure: None,
            scheme: None,
            caisse: None,
            department: None,
            reason: None,
            receipt: "DMP-1".into(),
        },
        reactivated_at: Vec::new(),
        past_closures: Vec::new(),
        contact: None,
        emergency: EmergencyChoices::default(),
        team_consent_at: None,
        occupational_consent_at: None,
        all_masked: false,
        authorisations: Vec::new(),
        episodes: Vec::new(),
        representatives: Vec::new(),
        notices: Vec::new(),
        notices_seen_at: None,
        notice_settings: Default::default(),
        merged: Vec::new(),
        identity_proposal: None,
        past_ins: Vec::new(),
        shares: Vec::new(),
        apps: Vec::new(),
        corrections: Vec::new(),
        reports: Vec::new(),
        paper_orders: Vec::new(),
    }
}

pub fn record(head: Head) -> Record {
    Record { key: RecordKey([1; 16]), version: 1, head, entries: Vec::new(), submissions: Vec::new(), folders: Vec::new() }
}

pub fn entry() -> DocumentEntry {
    let code = Code::new("x", "y", "z");
    let author = Author {
        kind: AuthorKind::Professional,
        id: Some("801234567897".into()),
        name: PersonName::new("Anne", "EXEMPLE"),
        institution: None,
        role: None,
        specialty: None,
    };
    DocumentEntry {
        id: EntryId([2; 16]),
        version: 1,
        unique_id: "urn:oid:1.2.3".into(),
        status: AvailabilityStatus::deposited(),
        visibility: Visibility::default(),
        announced_at: None,
        type_code: TypeCode::parse("11488-4").unwrap(),
        title: "Compte rendu".into(),
        mime_type: "application/pdf".into(),
        language: "fr-FR".into(),
        format: code.clone(),
        facility_type: code.clone(),
        practice_setting: code,
        event_codes: Vec::new(),
        comments: None,
        created_at: now().plus_days(-3),
        service_start: now().plus_days(-3),
        service_stop: None,
        submitted_at: now().plus_days(-2),
        updated_at: now().plus_days(-1),
        authors: vec![author],
        legal_authenticator: None,
        custodian: None,
        source_patient: SourcePatient {
            id: MATRICULE.into(),
            name: PersonName::new("Dominique", "EXEMPLE"),
            gender: "F".into(),
            birth_date: "19790328".into(),
        },
        references: Vec::new(),
        replaces: None,
        deposited_by: "org:1120456789".into(),
        content: ContentRef { address: BlobAddress([3; 16]), home: None, size: 1, sha1: [0; 20], sha256: [0; 32] },
    }
}
