//! The facts that the rules judge, gathered from a record before anything is asked.

use serde::{Deserialize, Serialize};

use super::{Caller, CallerKind, Purpose};
use crate::document::{AvailabilityStatus, DocumentEntry};
use crate::identity::Profession;
use crate::moment::Moment;
use crate::record::{
    AppReads, ClosureReason, Effect, Episode, Head, MandateState, PaperOrder, Record, RecordStatus, Regime, Representative, RepresentativeKind,
    Scope, Standing, Suspension,
};

/// Whether a record can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordState {
    None,
    Open,
    Closed,
    Suspended,
    Deceased,
    /// The archive was destroyed.
    Destroyed,
    /// Another record of the same person took its place.
    Merged,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordFacts {
    pub state: RecordState,
    pub regime: Regime,
    /// The person gave the initial consent that lets care teams open the record.
    pub team_consent: bool,
    pub minor: bool,
    /// An adult for whom a guardian about the person is in force.
    pub protected: bool,
    pub allow_break_glass: bool,
    pub allow_regulation_centre: bool,
    pub masked_in_emergency: bool,
    pub occupational_consent: bool,
    pub all_masked: bool,
    /// Legal representatives of whatever kind, invited or in force.
    pub representatives: u32,
    /// Helpers, invited or in force.
    pub helpers: u32,
    /// When the letter that announces the opening was sent (regime B, no record yet).
    #[serde(with = "crate::moment::text::option")]
    pub letter_sent_at: Option<Moment>,
    /// The person objected to the opening of a record.
    pub objected: bool,
    /// When the record was closed, or frozen on death: the ten years run from here.
    #[serde(with = "crate::moment::text::option")]
    pub closed_at: Option<Moment>,
    pub closure: Option<ClosureReason>,
    /// The person asked that the closed record be destroyed early.
    pub destruction_requested: bool,
    #[serde(with = "crate::moment::text::option")]
    pub suspended_at: Option<Moment>,
    /// The holder objected to the suspension.
    pub suspension_objected: bool,
    /// A copy on paper was ordered and is not printed yet.
    #[serde(default)]
    pub paper_waits: bool,
}

/// The line of the record that names the caller as representative or helper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MandateFacts {
    pub kind: RepresentativeKind,
    pub scope: Scope,
    pub state: MandateState,
    #[serde(with = "crate::moment::text")]
    pub from: Moment,
    #[serde(with = "crate::moment::text::option")]
    pub until: Option<Moment>,
    /// Until when an invitation can be answered.
    #[serde(with = "crate::moment::text::option")]
    pub answer_by: Option<Moment>,
}

/// The declared episode that names the caller as a member of its team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamFacts {
    #[serde(with = "crate::moment::text")]
    pub from: Moment,
    #[serde(with = "crate::moment::text::option")]
    pub until: Option<Moment>,
    /// The person was told of this episode's access.
    pub informed: bool,
    /// The person objected to this team.
    pub opposed: bool,
}

/// What the person allowed the app through which the caller asks, as it stands in this record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppFacts {
    pub reads: AppReads,
    #[serde(with = "crate::moment::text")]
    pub until: Moment,
    /// Taken back before that.
    pub ended: bool,
}

/// What links the caller to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// The caller is the person, or the record names the caller as acting for them; `mandate` says how and when.
    pub own_record: bool,
    pub mandate: Option<MandateFacts>,
    pub authorisation: AuthorisationState,
    pub care_team: Option<TeamFacts>,
    pub medecin_traitant: bool,
    pub administrator: bool,
    /// The person cannot express their will now (attested).
    pub unable_to_consent: bool,
    /// Immediate risk to the person's health (attested).
    pub immediate_risk: bool,
    /// This professional has broken the glass as often as the installation allows.
    pub break_glass_quota_reached: bool,
    /// The person blocked the colleague who collected the consent that the caller holds.
    pub colleague_blocked: bool,
    /// The episode that the act is about belongs to the caller's own structure.
    pub own_structures_episode: bool,
    /// The document that the act is about was deposited by the caller's own structure.
    pub own_structures_document: bool,
    /// Another named agent proposed exactly this change of identity, not long ago, or this campaign.
    pub seconded: bool,
    /// How many persons the caller already helps.
    pub persons_helped: u32,
    /// What this record allows the caller's app; `None`: there is no app, or this record knows nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<AppFacts>,
    /// For `cancel_opening`: the opening of this record, when it was the caller's; `None`: it was somebody else's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_opening: Option<OwnOpening>,
}

/// The opening of the record, when the caller made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnOpening {
    #[serde(with = "crate::moment::text")]
    pub at: Moment,
    /// Nothing is in the record but what the insurer's feed put there, and nobody but the caller has acted in it.
    pub untouched: bool,
}

/// Whom the act is about, when it is about somebody: the professional let in, blocked, declared or named; the person
/// who shall represent or help, or shall no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectFacts {
    /// The caller themself.
    pub is_caller: bool,
    /// A professional; otherwise a person.
    pub professional: bool,
    /// A doctor (TRE_G15 10).
    pub doctor: bool,
    /// Blocked by the person.
    pub blocked: bool,
    /// On the person's list with a valid authorisation.
    pub authorised: bool,
}

/// What is true of the document that the act is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryFacts {
    pub type_code: String,
    #[serde(with = "crate::document::status_word")]
    pub status: AvailabilityStatus,
    pub masked: bool,
    pub invisible_to_patient: bool,
    pub invisible_to_representatives: bool,
    #[serde(with = "crate::moment::text")]
    pub deposited_at: Moment,
    pub announced: bool,
    pub patient_authored: bool,
    pub written_by_caller: bool,
}

/// All facts of one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub record: RecordFacts,
    pub relation: Relation,
    pub entry: Option<EntryFacts>,
    pub subject: Option<SubjectFacts>,
    /// State of the other record of an identity act: the one merged or taken out, or the one that the right INS already leads to.
    pub other: Option<RecordState>,
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
                protected: false,
                allow_break_glass: false,
                allow_regulation_centre: false,
                masked_in_emergency: false,
                occupational_consent: false,
                all_masked: false,
                representatives: 0,
                helpers: 0,
                letter_sent_at: None,
                objected: false,
                closed_at: None,
                closure: None,
                destruction_requested: false,
                suspended_at: None,
                suspension_objected: false,
                paper_waits: false,
            },
            relation: Relation {
                own_record: false,
                mandate: None,
                authorisation: AuthorisationState::None,
                care_team: None,
                medecin_traitant: false,
                administrator: false,
                unable_to_consent: false,
                immediate_risk: false,
                break_glass_quota_reached: false,
                colleague_blocked: false,
                own_structures_episode: false,
                own_structures_document: false,
                seconded: false,
                persons_helped: 0,
                app: None,
                own_opening: None,
            },
            entry: None,
            subject: None,
            other: None,
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
        Facts {
            record: record_facts(&record.head, regime, now),
            relation: Relation { app: app(record, caller), ..relation(&record.head, caller, now) },
            entry: None,
            subject: None,
            other: None,
        }
    }

    /// The same facts about somebody: a professional of the person's list, or who shall act for them.
    pub fn concerning(&self, account: &str, profession: Option<&Profession>, head: &Head, caller: &Caller, now: Moment) -> Self {
        let line = head.authorisation(account);
        let subject = SubjectFacts {
            is_caller: account == caller.account,
            professional: profession.is_some() || account.starts_with("ps:"),
            doctor: profession.is_some_and(Profession::is_doctor),
            blocked: line.is_some_and(|line| line.effect == Effect::Deny),
            authorised: line.is_some_and(|line| line.effect == Effect::Permit && line.until.is_none_or(|end| now < end)),
        };
        Facts { subject: Some(subject), ..self.clone() }
    }

    /// The same facts about one of its documents.
    pub fn about(&self, entry: &DocumentEntry, caller: &Caller) -> Self {
        let theirs = entry.custodian.as_ref().zip(caller.structure.as_ref()).is_some_and(|(keeper, own)| keeper.id == own.id);
        let relation = Relation { own_structures_document: theirs, ..self.relation.clone() };
        Facts { entry: Some(entry_facts(entry, caller)), relation, ..self.clone() }
    }

    /// The same facts about something that tells of a care kept from representatives and is no document itself: a line of the secret chain, a
    /// notice. `since`: when the record got it.
    pub fn about_secret_care(&self, since: Moment) -> Self {
        let entry = EntryFacts {
            type_code: String::new(),
            status: AvailabilityStatus::deposited(),
            masked: false,
            invisible_to_patient: false,
            invisible_to_representatives: true,
            deposited_at: since,
            announced: false,
            patient_authored: false,
            written_by_caller: false,
        };
        Facts { entry: Some(entry), ..self.clone() }
    }
}

fn record_facts(head: &Head, regime: Regime, now: Moment) -> RecordFacts {
    RecordFacts {
        state: match head.status {
            RecordStatus::Open => RecordState::Open,
            RecordStatus::Closed(_) => RecordState::Closed,
            RecordStatus::Suspended(_) => RecordState::Suspended,
            RecordStatus::Deceased { .. } => RecordState::Deceased,
            RecordStatus::Destroyed { .. } | RecordStatus::Cancelled { .. } => RecordState::Destroyed,
            RecordStatus::Merged { .. } => RecordState::Merged,
        },
        regime,
        team_consent: head.team_consent_at.is_some(),
        minor: head.is_minor(now),
        protected: head.is_protected(now),
        allow_break_glass: head.emergency.break_glass,
        allow_regulation_centre: head.emergency.regulation_centre,
        masked_in_emergency: head.emergency.masked_in_emergency,
        occupational_consent: head.occupational_consent_at.is_some(),
        all_masked: head.all_masked,
        representatives: count_acting(head, &[RepresentativeKind::Parent, RepresentativeKind::Guardian], now),
        helpers: count_acting(head, &[RepresentativeKind::Helper], now),
        letter_sent_at: None,
        objected: false,
        closed_at: match &head.status {
            RecordStatus::Closed(closure) => Some(closure.at),
            RecordStatus::Deceased { since, .. } => Some(*since),
            RecordStatus::Open
            | RecordStatus::Suspended(_)
            | RecordStatus::Destroyed { .. }
            | RecordStatus::Cancelled { .. }
            | RecordStatus::Merged { .. } => None,
        },
        closure: match &head.status {
            RecordStatus::Closed(closure) => Some(closure.reason),
            RecordStatus::Deceased { .. } => Some(ClosureReason::Death),
            RecordStatus::Open
            | RecordStatus::Suspended(_)
            | RecordStatus::Destroyed { .. }
            | RecordStatus::Cancelled { .. }
            | RecordStatus::Merged { .. } => None,
        },
        destruction_requested: matches!(&head.status, RecordStatus::Closed(closure) if closure.destruction_requested_at.is_some()),
        suspended_at: suspension(head).map(|suspension| suspension.since),
        suspension_objected: suspension(head).is_some_and(|suspension| suspension.objected_at.is_some()),
        paper_waits: head.paper_orders.iter().any(PaperOrder::waits),
    }
}

fn suspension(head: &Head) -> Option<&Suspension> {
    if let RecordStatus::Suspended(suspension) = &head.status { Some(suspension) } else { None }
}

/// How many act for the person in these qualities, or are invited to and may still answer.
fn count_acting(head: &Head, kinds: &[RepresentativeKind], now: Moment) -> u32 {
    let acting = head.representatives.iter().filter(|one| kinds.contains(&one.kind)).filter(|one| match one.standing(now) {
        Standing::Invited | Standing::NotYet | Standing::InForce => true,
        Standing::Lapsed | Standing::Refused | Standing::Over => false,
    });
    u32::try_from(acting.count()).unwrap_or(u32::MAX)
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
    let mandate = mandate(head, caller, now);
    let blocked = |account: &str| head.authorisation(account).is_some_and(|line| line.effect == Effect::Deny);
    Relation {
        own_record: mandate.is_some() || (caller.kind == CallerKind::Patient && caller.account == head.ins.account()),
        mandate,
        authorisation,
        care_team: team(head, caller, now),
        medecin_traitant: permitted.is_some_and(|line| line.medecin_traitant),
        administrator: permitted.is_some_and(|line| line.administrator),
        unable_to_consent: attested.unable_to_consent,
        immediate_risk: attested.immediate_risk,
        break_glass_quota_reached: false,
        colleague_blocked: caller.consent_collected_by.as_ref().is_some_and(|colleague| blocked(&colleague.account)),
        own_structures_episode: false,
        own_structures_document: false,
        seconded: false,
        persons_helped: 0,
        app: None,
        // Who opened it stands in the head; what happened since, in the journal: asked where it matters.
        own_opening: None,
    }
}

/// What the record allows the app through which the caller asks. SECURITY: to whom it was given counts too, so that what a parent allowed is of no
/// use to anybody else.
fn app(record: &Record, caller: &Caller) -> Option<AppFacts> {
    let through = caller.app.as_ref()?;
    if caller.kind == CallerKind::Professional {
        // SECURITY: opened on one record, it finds nothing allowed in any other.
        let pass = through.pass.filter(|pass| pass.only.is_none_or(|only| only == record.key))?;
        return Some(AppFacts { reads: pass.reads, until: pass.until, ended: false });
    }
    let head = &record.head;
    let grant = head.app(through.grant).filter(|grant| grant.given_by.account == caller.account && grant.given_by.kind == caller.kind)?;
    Some(AppFacts { reads: grant.reads, until: grant.until, ended: grant.end.is_some() })
}

/// The line that names the caller as acting for the person, in the quality in which they ask.
fn mandate(head: &Head, caller: &Caller, now: Moment) -> Option<MandateFacts> {
    let kinds: &[RepresentativeKind] = match caller.kind {
        CallerKind::Representative => &[RepresentativeKind::Parent, RepresentativeKind::Guardian],
        CallerKind::Helper => &[RepresentativeKind::Helper],
        CallerKind::Patient
        | CallerKind::Professional
        | CallerKind::Organization
        | CallerKind::Agent
        | CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => return None,
    };
    // SECURITY: an invitation is for the person whom it names. With somebody else's number under that name it is for nobody.
    let is_meant = |one: &&Representative| one.state != MandateState::Pending || caller.name.as_ref().is_some_and(|own| one.name.may_be(own));
    head.representative(&caller.account, kinds, now).filter(is_meant).map(|one| MandateFacts {
        kind: one.kind,
        scope: one.scope,
        state: one.state,
        from: one.from,
        until: one.until,
        answer_by: one.answer_by,
    })
}

/// The episode that names the caller: one that counts now before any other, the newest first.
fn team(head: &Head, caller: &Caller, now: Moment) -> Option<TeamFacts> {
    let named = || head.episodes.iter().rev().filter(|episode| is_of_team(episode, caller));
    let dated = |episode: &&Episode| episode.from <= now && episode.until.is_none_or(|end| now < end);
    let counts = |episode: &&Episode| dated(episode) && episode.informed_at.is_some() && episode.opposed_at.is_none();
    named().find(counts).or_else(|| named().find(dated)).or_else(|| named().next()).map(|episode| TeamFacts {
        from: episode.from,
        until: episode.until,
        informed: episode.informed_at.is_some(),
        opposed: episode.opposed_at.is_some(),
    })
}

/// Whether an episode names the caller: by account, or by a unit of their own structure where they work now.
fn is_of_team(episode: &Episode, caller: &Caller) -> bool {
    let own = caller.structure.as_ref().is_some_and(|structure| structure.id == episode.structure.id);
    let works_in = |unit: &str| own && caller.units.iter().any(|known| known == unit);
    episode.members.iter().any(|member| member.account == caller.account || member.unit().is_some_and(works_in))
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
