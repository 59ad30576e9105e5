//! Draws one question: a persona, an act that suits it or any other, a situation, then some changes. What is drawn is put in
//! order by [`settle`](super::settle), so that a record can lead to it.

use dmp_core::access::{
    Act, AppCaller, AppFacts, Attestation, AuthorisationState, Caller, CallerKind, Colleague, EMERGENCY_SECONDS, EntryFacts, Facts, MandateFacts,
    OwnOpening, Purpose, RecordState, SubjectFacts, TeamFacts, WrittenQuestion,
};
use dmp_core::document::{AvailabilityStatus, TYPES};
use dmp_core::identity::{PersonName, Profession, StructIdNat, Structure};
use dmp_core::record::{AppName, AppReads, ClosureReason, MandateState, Regime, RepresentativeKind, Scope};
use dmp_core::{GrantId, Moment};

use super::moments::{months_ago, near, past, present};
use super::settle::settle;
use crate::draw::Draw;

/// Qualities, the frequent ones several times.
const KINDS: [CallerKind; 24] = [
    CallerKind::Professional,
    CallerKind::Professional,
    CallerKind::Professional,
    CallerKind::Professional,
    CallerKind::Professional,
    CallerKind::Professional,
    CallerKind::Professional,
    CallerKind::Professional,
    CallerKind::Patient,
    CallerKind::Patient,
    CallerKind::Patient,
    CallerKind::Representative,
    CallerKind::Representative,
    CallerKind::Representative,
    CallerKind::Helper,
    CallerKind::Helper,
    CallerKind::Organization,
    CallerKind::Agent,
    CallerKind::Agent,
    CallerKind::Automaton,
    CallerKind::ReimbursementFeed,
    CallerKind::Insurer,
    CallerKind::Employer,
    CallerKind::Operator,
];

/// Professions and roles, the frequent ones several times; some that no list knows.
const PROFESSIONS: [&str; 44] = [
    "G15/10",
    "G15/10",
    "G15/10",
    "G15/10",
    "G15/10",
    "G15/10",
    "G15/10",
    "G15/10",
    "G15/60",
    "G15/60",
    "G15/60",
    "G15/21",
    "G15/21",
    "G15/40",
    "G15/50",
    "G15/69",
    "G15/70",
    "G15/80",
    "G15/91",
    "G15/92",
    "G15/94",
    "G15/95",
    "G15/96",
    "G15/98",
    "G15/26",
    "G15/28",
    "G15/31",
    "G15/32",
    "G15/86",
    "G15/99",
    "G16/10",
    "G16/10",
    "G16/21",
    "G16/50",
    "G16/60",
    "R95/93",
    "R95/71",
    "R95/99",
    "R94/41",
    "R85/313",
    "R85/331",
    "R291/99",
    "A00/SECRETARIAT_MEDICAL",
    "A00/AUTOMATE",
];

/// Types about which something is said; others come from the table.
const TYPES_OF_NOTE: [&str; 24] = [
    "11488-4",
    "11488-4",
    "11488-4",
    "11502-2",
    "REMB",
    "REMB",
    "EXPPAT_3",
    "EXPPAT_1",
    "EXPPAT_2",
    "74465-6",
    "DOCPAT03",
    "DOCPAT09",
    "75496-0",
    "68599-0",
    "83901-9",
    "89601-9",
    "ATTEST-RESID",
    "83981-1",
    "80788-3",
    "57833-6",
    "55115-0",
    "47420-5",
    "E1762",
    "00000-0",
];

const STATES: [RecordState; 14] = [
    RecordState::Open,
    RecordState::Open,
    RecordState::Open,
    RecordState::Open,
    RecordState::Open,
    RecordState::Open,
    RecordState::Open,
    RecordState::None,
    RecordState::Closed,
    RecordState::Closed,
    RecordState::Suspended,
    RecordState::Deceased,
    RecordState::Destroyed,
    RecordState::Merged,
];

impl Draw {
    /// True once in `count` times.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

/// One question.
pub fn question(draw: &mut Draw) -> WrittenQuestion {
    let now = present(draw);
    let kind = draw.of(&KINDS);
    let mut act = if draw.once_in(3) { draw.of(&Act::ALL) } else { suited(kind, draw) };
    let caller = caller(kind, now, draw);
    if caller.app.is_some() && !draw.once_in(3) {
        act = draw.of(&[Act::CheckAccess, Act::List, Act::List, Act::Consult, Act::Consult, Act::ConnectApp, Act::WithdrawApp]);
    }
    let regime = if draw.once_in(4) { Regime::A } else { Regime::B };
    let mut question = WrittenQuestion { act, caller, facts: facts(regime, now, draw), now };
    if !draw.once_in(4) {
        suit(&mut question, draw);
    }
    for _ in 0..draw.below(5) {
        change(&mut question, draw);
    }
    settle(&mut question);
    question
}

/// Takes away, most of the time, what would refuse the act whatever else is true: the wrong state, a nameless caller, an emergency
/// where there is nothing to read.
fn suit(question: &mut WrittenQuestion, draw: &mut Draw) {
    let act = question.act;
    question.facts.record.state = match act {
        Act::CreateRecord | Act::RecordLetter | Act::ObjectToOpening | Act::ImportRecord => RecordState::None,
        act if act.is_about_a_campaign() => RecordState::None,
        Act::ReactivateRecord | Act::RequestDestruction | Act::DestroyRecord => RecordState::Closed,
        Act::ObjectToSuspension | Act::LiftSuspension => RecordState::Suspended,
        Act::WithdrawDeathReport => RecordState::Deceased,
        Act::CloseRecord if question.caller.kind == CallerKind::Automaton => RecordState::Suspended,
        _ => RecordState::Open,
    };
    question.caller.secret_connection &= question.facts.record.minor;
    if question.caller.kind == CallerKind::Professional {
        question.caller.structure = Some(structure());
        if !draw.once_in(3) && question.caller.is_occupational() {
            question.caller.specialty = None;
        }
    }
    if !act.is_reading() && !act.is_feeding() && !draw.once_in(6) {
        question.caller.purpose = Purpose::Normal;
    }
    if let (CallerKind::Representative, Some(mandate)) = (question.caller.kind, question.facts.relation.mandate.as_mut()) {
        question.facts.record.minor = mandate.kind == RepresentativeKind::Parent;
    }
}

/// Acts that somebody of this quality has reason to ask.
fn suited(kind: CallerKind, draw: &mut Draw) -> Act {
    use Act::*;
    let acts: &[Act] = match kind {
        CallerKind::Professional => &[
            CheckAccess,
            List,
            List,
            Consult,
            Consult,
            Consult,
            Publish,
            Publish,
            Replace,
            Mask,
            Unmask,
            ShowToPatient,
            ShowToRepresentatives,
            Delete,
            Archive,
            Unarchive,
            Authorise,
            Revoke,
            Block,
            DeclareMedecinTraitant,
            EndMedecinTraitant,
            CreateRecord,
            ReactivateRecord,
            CloseRecord,
            ReadAdministrative,
            UpdateContact,
            DeclareEpisode,
            EndEpisode,
            RecordTeamConsent,
            SeeCorrection,
            AnswerCorrection,
            CancelOpening,
        ],
        CallerKind::Patient | CallerKind::Representative | CallerKind::Helper => {
            // Nearly every act has a word about the person's side.
            return draw.of(&Act::ALL);
        }
        CallerKind::Organization => {
            &[CheckAccess, Publish, Publish, Replace, CreateRecord, CancelOpening, Delete, Mask, List, Consult, DeclareEpisode]
        }
        CallerKind::Agent => &[
            CheckAccess,
            CreateRecord,
            ReactivateRecord,
            CloseRecord,
            Block,
            Unblock,
            SetEmergencyChoices,
            UpdateContact,
            ReadAdministrative,
            ReportDeath,
            WithdrawDeathReport,
            SuspendRecord,
            LiftSuspension,
            ObjectToSuspension,
            RequestDestruction,
            DestroyRecord,
            ProposeIdentityChange,
            CorrectIns,
            MergeRecords,
            UnmergeRecords,
            RecordLetter,
            ObjectToOpening,
            DeclareRepresentative,
            EndRepresentation,
            ChangeCredentials,
            HandOutCodes,
            MaskAll,
            OrderPaper,
            CancelOpening,
            ProposeCampaign,
            ConfirmCampaign,
            ConfirmCampaign,
            StopCampaign,
            ReadCampaigns,
        ],
        CallerKind::Automaton => &[CreateRecord, CloseRecord, DestroyRecord, RecordLetter, ShowToPatient, Publish, CheckAccess, SendPaper, SendPaper],
        CallerKind::ReimbursementFeed => &[Publish, Publish, Replace, CheckAccess, Delete, List],
        CallerKind::Operator => &[HandleReport, HandleReport, ImportRecord, ImportRecord, CheckAccess, List, Consult, Authorise],
        CallerKind::Insurer | CallerKind::Mutual | CallerKind::Employer => &[CheckAccess, List, Consult, CreateRecord, Authorise],
    };
    draw.of(acts)
}

fn caller(kind: CallerKind, now: Moment, draw: &mut Draw) -> Caller {
    let professional = kind == CallerKind::Professional;
    let machine = matches!(kind, CallerKind::Organization | CallerKind::Automaton | CallerKind::ReimbursementFeed);
    let consent_now = draw.once_in(3);
    Caller {
        account: "asking".to_owned(),
        kind,
        name: (!machine && !draw.once_in(40)).then(|| PersonName::new("Camille", "EXEMPLE")),
        profession: (professional && !draw.once_in(60)).then(|| profession(draw)),
        specialty: if professional {
            draw.of(&[Some("SM26"), Some("SM26"), None, None, Some("SM25"), Some("C41")][..]).map(str::to_owned)
        } else {
            None
        },
        supervised: professional && draw.once_in(2),
        structure: ((professional || kind == CallerKind::Organization) && !draw.once_in(40)).then(structure),
        purpose: if professional || draw.once_in(30) { purpose(now, draw) } else { Purpose::Normal },
        regulating_physician: professional && draw.once_in(4),
        secret_connection: draw.once_in(25),
        consent_now,
        consent_collected_by: (professional && consent_now && draw.once_in(4)).then(colleague),
        software: None,
        units: Vec::new(),
        app: (kind.is_on_the_persons_side() && draw.once_in(3)).then(|| app(now)),
    }
}

fn app(now: Moment) -> AppCaller {
    AppCaller { grant: GrantId([7; 16]), name: AppName { fr: "Appli".to_owned(), en: "App".to_owned() }, since: now.plus_days(-30), pass: None }
}

fn allowed(now: Moment, draw: &mut Draw) -> AppFacts {
    let mut ticked = || !draw.once_in(4);
    let reads = AppReads { record: ticked(), documents: ticked(), contents: ticked() };
    AppFacts { reads, until: if draw.once_in(4) { near(now, draw) } else { now.plus_days(60) }, ended: draw.once_in(8) }
}

fn profession(draw: &mut Draw) -> Profession {
    Profession::parse(draw.of(&PROFESSIONS)).unwrap()
}

fn structure() -> Structure {
    Structure { id: StructIdNat::parse("1120456789").unwrap(), name: "Hôpital fictif".to_owned() }
}

fn colleague() -> Colleague {
    Colleague { account: "ps:801234567897".to_owned() }
}

fn purpose(now: Moment, draw: &mut Draw) -> Purpose {
    match draw.below(6) {
        0 => {
            let reason = draw.of(&["Personne inconsciente", "Personne inconsciente", "Personne inconsciente", "", " \t"]).to_owned();
            let attested = Attestation { unable_to_consent: !draw.once_in(6), immediate_risk: !draw.once_in(6) };
            let until = if draw.once_in(4) { near(now, draw) } else { now.plus_seconds(EMERGENCY_SECONDS) };
            Purpose::BreakGlass { reason, attested, until }
        }
        1 => Purpose::RegulationCentre,
        _ => Purpose::Normal,
    }
}

fn facts(regime: Regime, now: Moment, draw: &mut Draw) -> Facts {
    let mut facts = Facts::without_record(regime);
    let record = &mut facts.record;
    record.state = draw.of(&STATES);
    record.team_consent = !draw.once_in(3);
    (record.minor, record.protected) = draw.of(&[(false, false), (false, false), (true, false), (false, true)]);
    record.allow_break_glass = !draw.once_in(5);
    record.allow_regulation_centre = !draw.once_in(5);
    record.masked_in_emergency = draw.once_in(2);
    record.occupational_consent = draw.once_in(2);
    record.all_masked = draw.once_in(8);
    record.representatives = u32::try_from(draw.below(4)).unwrap();
    record.helpers = u32::try_from(draw.below(5)).unwrap();
    record.letter_sent_at = (!draw.once_in(3)).then(|| past(42, now, draw));
    record.objected = draw.once_in(4);
    record.closed_at = Some(if draw.once_in(2) { months_ago(120, now, draw) } else { past(100, now, draw) });
    record.closure = Some(draw.of(&[ClosureReason::Request, ClosureReason::Request, ClosureReason::Fraud, ClosureReason::Death]));
    record.destruction_requested = draw.once_in(3);
    record.suspended_at = Some(past(42, now, draw));
    record.suspension_objected = draw.once_in(3);
    record.paper_waits = draw.once_in(2);
    let relation = &mut facts.relation;
    relation.own_record = !draw.once_in(8);
    relation.mandate = Some(mandate(now, draw));
    relation.authorisation = authorisation(draw);
    relation.care_team = draw.once_in(3).then(|| team(now, draw));
    relation.medecin_traitant = draw.once_in(5);
    relation.administrator = draw.once_in(6);
    relation.unable_to_consent = draw.once_in(10);
    relation.immediate_risk = draw.once_in(10);
    relation.break_glass_quota_reached = draw.once_in(8);
    relation.colleague_blocked = draw.once_in(3);
    relation.own_structures_episode = !draw.once_in(3);
    relation.own_structures_document = draw.once_in(3);
    relation.seconded = !draw.once_in(3);
    relation.persons_helped = u32::try_from(draw.below(7)).unwrap();
    relation.own_opening = (!draw.once_in(4)).then(|| opening(now, draw));
    relation.app = (!draw.once_in(8)).then(|| allowed(now, draw));
    facts.entry = Some(entry(now, draw));
    facts.subject = Some(subject(draw));
    facts.other = Some(draw.of(&[
        RecordState::None,
        RecordState::Open,
        RecordState::Open,
        RecordState::Merged,
        RecordState::Closed,
        RecordState::Suspended,
        RecordState::Destroyed,
    ]));
    facts
}

fn authorisation(draw: &mut Draw) -> AuthorisationState {
    draw.of(&[
        AuthorisationState::Valid,
        AuthorisationState::Valid,
        AuthorisationState::Valid,
        AuthorisationState::None,
        AuthorisationState::None,
        AuthorisationState::Expired,
        AuthorisationState::Forbidden,
    ])
}

/// A quarter of an hour ago to the microsecond, or some time within half an hour.
fn opening(now: Moment, draw: &mut Draw) -> OwnOpening {
    let seconds = i64::try_from(draw.below(1_800)).unwrap();
    let at = if draw.once_in(4) { now.plus_seconds(-900) } else { now.plus_seconds(-seconds) };
    let edge = i64::from(draw.once_in(3));
    OwnOpening { at: Moment::from_micros(at.as_micros() + edge), untouched: !draw.once_in(3) }
}

fn mandate(now: Moment, draw: &mut Draw) -> MandateFacts {
    MandateFacts {
        kind: draw.of(&[RepresentativeKind::Parent, RepresentativeKind::Guardian]),
        scope: draw.of(&[Scope::Person, Scope::Person, Scope::Person, Scope::Person, Scope::Property, Scope::Assistance]),
        state: draw.of(&[
            MandateState::Accepted,
            MandateState::Accepted,
            MandateState::Accepted,
            MandateState::Pending,
            MandateState::Pending,
            MandateState::Refused,
            MandateState::Ended,
        ]),
        from: if draw.once_in(6) { near(now, draw) } else { now.plus_days(-200) },
        until: if draw.once_in(3) { Some(near(now.plus_days(10), draw)) } else { None },
        answer_by: if draw.once_in(2) { Some(near(now.plus_days(7), draw)) } else { None },
    }
}

fn team(now: Moment, draw: &mut Draw) -> TeamFacts {
    TeamFacts {
        from: if draw.once_in(4) { near(now, draw) } else { now.plus_days(-2) },
        until: if draw.once_in(3) { Some(near(now, draw)) } else { None },
        informed: !draw.once_in(5),
        opposed: draw.once_in(5),
    }
}

fn entry(now: Moment, draw: &mut Draw) -> EntryFacts {
    let type_code = if draw.once_in(4) { TYPES[draw.below(TYPES.len())].0 } else { draw.of(&TYPES_OF_NOTE) };
    EntryFacts {
        type_code: type_code.to_owned(),
        status: status(draw),
        masked: draw.once_in(5),
        invisible_to_patient: draw.once_in(5),
        invisible_to_representatives: draw.once_in(5),
        deposited_at: if draw.once_in(2) { months_ago(1, now, draw) } else { past(3, now, draw) },
        announced: draw.once_in(6),
        patient_authored: draw.once_in(5),
        written_by_caller: draw.once_in(3),
    }
}

fn status(draw: &mut Draw) -> AvailabilityStatus {
    let AvailabilityStatus::Approved(approved) = AvailabilityStatus::deposited() else { panic!("a deposit is current") };
    match draw.below(9) {
        0 => approved.replace(),
        1 => approved.archive(),
        2 => approved.delete(),
        _ => AvailabilityStatus::deposited(),
    }
}

fn subject(draw: &mut Draw) -> SubjectFacts {
    SubjectFacts {
        is_caller: draw.once_in(3),
        professional: draw.once_in(2),
        doctor: draw.once_in(2),
        blocked: draw.once_in(5),
        authorised: draw.once_in(2),
    }
}

/// Draws one part anew.
pub fn change(question: &mut WrittenQuestion, draw: &mut Draw) {
    let (now, regime) = (question.now, question.facts.record.regime);
    let fresh = facts(regime, now, draw);
    let kind = question.caller.kind;
    match draw.below(12) {
        0 => question.act = if draw.once_in(2) { draw.of(&Act::ALL) } else { suited(kind, draw) },
        1 => question.caller = caller(draw.of(&KINDS), now, draw),
        2 => question.caller = caller(kind, now, draw),
        3 => question.facts.record = fresh.record,
        4 => question.facts.relation = fresh.relation,
        5 => question.facts.entry = fresh.entry,
        6 => question.facts.subject = fresh.subject,
        7 => question.caller.purpose = purpose(now, draw),
        8 => question.facts.relation.authorisation = authorisation(draw),
        9 => question.facts.record.state = RecordState::Open,
        10 => question.facts.other = fresh.other,
        _ if draw.once_in(3) => question.caller.consent_now = !question.caller.consent_now,
        _ if draw.once_in(4) => question.caller.secret_connection = !question.caller.secret_connection,
        _ => question.facts.record.minor = true,
    }
}
