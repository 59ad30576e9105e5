//! The facts that the rules judge, gathered from a record before anything is asked.

use serde::{Deserialize, Serialize};

use super::{Caller, CallerKind, Purpose};
use crate::document::{AvailabilityStatus, DocumentEntry};
use crate::moment::Moment;
use crate::record::{Effect, Head, Record, RecordStatus, Regime, RepresentativeKind};

/// Whether a record can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordState {
    None,
    Open,
    Closed,
    Suspended,
    Deceased,
}

/// What the person's list says of this professional (TD0.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthorisationState {
    /// VALIDE.
    Valid,
    /// EXPIRE.
    Expired,
    /// INTERDIT: blocked.
    Forbidden,
    /// NON_EXISTE.
    None,
}

impl AuthorisationState {
    /// The word of TD0.2.
    pub fn code(self) -> &'static str {
        match self {
            AuthorisationState::Valid => "VALIDE",
            AuthorisationState::Expired => "EXPIRE",
            AuthorisationState::Forbidden => "INTERDIT",
            AuthorisationState::None => "NON_EXISTE",
        }
    }
}

/// What is true of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFacts {
    pub state: RecordState,
    pub regime: Regime,
    /// The person gave the initial consent that lets care teams open the record.
    pub team_consent: bool,
    pub minor: bool,
    pub allow_break_glass: bool,
    pub allow_regulation_centre: bool,
    pub masked_in_emergency: bool,
    pub occupational_consent: bool,
    pub all_masked: bool,
}

/// What links the caller to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The caller is the person, or acts for them on this very record.
    pub own_record: bool,
    pub authorisation: AuthorisationState,
    /// Member of the care team of a current declared episode.
    pub care_team: bool,
    pub medecin_traitant: bool,
    pub administrator: bool,
    /// The person cannot express their will now (attested).
    pub unable_to_consent: bool,
    /// Immediate risk to the person's health (attested).
    pub immediate_risk: bool,
}

/// What is true of the document that the act is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFacts {
    pub type_code: String,
    pub status: AvailabilityStatus,
    pub masked: bool,
    pub invisible_to_patient: bool,
    pub invisible_to_representatives: bool,
    pub deposited_at: Moment,
    pub announced: bool,
    pub patient_authored: bool,
    pub written_by_caller: bool,
}

/// All facts of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub record: RecordFacts,
    pub relation: Relation,
    pub entry: Option<EntryFacts>,
}

impl Facts {
    /// Facts of a person who has no record.
    pub fn without_record(regime: Regime) -> Self {
        Facts {
            record: RecordFacts {
                state: RecordState::None,
                regime,
                team_consent: false,
                minor: false,
                allow_break_glass: false,
                allow_regulation_centre: false,
                masked_in_emergency: false,
                occupational_consent: false,
                all_masked: false,
            },
            relation: Relation {
                own_record: false,
                authorisation: AuthorisationState::None,
                care_team: false,
                medecin_traitant: false,
                administrator: false,
                unable_to_consent: false,
                immediate_risk: false,
            },
            entry: None,
        }
    }

    /// The same, once the door has proved that the identifier asked about is the caller's own, or that of
    /// someone they represent. Without it the person's side neither checks nor creates.
    pub fn of_their_own(mut self) -> Self {
        self.relation.own_record = true;
        self
    }

    /// Facts of a caller about a record as a whole.
    pub fn of_record(record: &Record, caller: &Caller, regime: Regime, now: Moment) -> Self {
        Facts { record: record_facts(&record.head, regime, now), relation: relation(&record.head, caller, now), entry: None }
    }

    /// The same facts about one of its documents.
    pub fn about(&self, entry: &DocumentEntry, caller: &Caller) -> Self {
        Facts { entry: Some(entry_facts(entry, caller)), ..self.clone() }
    }
}

fn record_facts(head: &Head, regime: Regime, now: Moment) -> RecordFacts {
    RecordFacts {
        state: match head.status {
            RecordStatus::Open => RecordState::Open,
            RecordStatus::Closed(_) => RecordState::Closed,
            RecordStatus::Suspended { .. } => RecordState::Suspended,
            RecordStatus::Deceased { .. } => RecordState::Deceased,
        },
        regime,
        team_consent: head.team_consent_at.is_some(),
        minor: head.is_minor(now),
        allow_break_glass: head.emergency.break_glass,
        allow_regulation_centre: head.emergency.regulation_centre,
        masked_in_emergency: head.emergency.masked_in_emergency,
        occupational_consent: head.occupational_consent_at.is_some(),
        all_masked: head.all_masked,
    }
}

fn relation(head: &Head, caller: &Caller, now: Moment) -> Relation {
    let line = head.authorisation(&caller.account);
    let permitted = line.filter(|line| line.effect == Effect::Permit);
    let authorisation = match line {
        None => AuthorisationState::None,
        Some(line) if line.effect == Effect::Deny => AuthorisationState::Forbidden,
        Some(line) if line.until.is_some_and(|end| end <= now) => AuthorisationState::Expired,
        Some(_) => AuthorisationState::Valid,
    };
    let attested = match &caller.purpose {
        Purpose::BreakGlass { attested, .. } => *attested,
        Purpose::Normal | Purpose::RegulationCentre => super::Attestation::default(),
    };
    let current_team = head.episodes.iter().filter(|episode| episode.from <= now && episode.until.is_none_or(|end| now < end));
    Relation {
        own_record: is_own_record(head, caller, now),
        authorisation,
        care_team: current_team.into_iter().any(|episode| episode.members.contains(&caller.account)),
        medecin_traitant: permitted.is_some_and(|line| line.medecin_traitant),
        administrator: permitted.is_some_and(|line| line.administrator),
        unable_to_consent: attested.unable_to_consent,
        immediate_risk: attested.immediate_risk,
    }
}

fn is_own_record(head: &Head, caller: &Caller, now: Moment) -> bool {
    match caller.kind {
        CallerKind::Patient => caller.account == account_of_person(head),
        CallerKind::Representative => head.representative(&caller.account, now).is_some_and(|one| match one.kind {
            RepresentativeKind::Parent => head.is_minor(now),
            RepresentativeKind::Guardian => true,
            RepresentativeKind::Helper => false,
        }),
        CallerKind::Helper => head.representative(&caller.account, now).is_some_and(|one| one.kind == RepresentativeKind::Helper),
        CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => false,
    }
}

/// The account of the person that a record is about.
pub fn account_of_person(head: &Head) -> String {
    format!("person:{}", head.ins.matricule())
}

fn entry_facts(entry: &DocumentEntry, caller: &Caller) -> EntryFacts {
    EntryFacts {
        type_code: entry.type_code.as_str().to_owned(),
        status: entry.status,
        masked: entry.visibility.masked,
        invisible_to_patient: entry.visibility.invisible_to_patient,
        invisible_to_representatives: entry.visibility.invisible_to_representatives,
        deposited_at: entry.submitted_at,
        announced: entry.announced_at.is_some(),
        patient_authored: entry.is_patient_authored(),
        written_by_caller: entry.was_written_by(&caller.account),
    }
}
