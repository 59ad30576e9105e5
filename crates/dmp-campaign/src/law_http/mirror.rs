//! What the campaign knows of each record, kept beside the program by what it was told: the facts of a question come from here.

use dmp_core::Moment;
use dmp_core::access::{
    Act, AuthorisationState, Caller, CallerKind, EntryFacts, Facts, MandateFacts, OwnOpening, Purpose, RecordState, SubjectFacts, TeamFacts,
};
use dmp_core::document::AvailabilityStatus;
use dmp_core::identity::{Ins, Profession};
use dmp_core::record::{ClosureReason, MandateState, Regime, RepresentativeKind, Scope};

/// A person of the cast with their record, or without one.
#[derive(Debug)]
pub struct Mirror {
    pub handle: &'static str,
    pub ins: Ins,
    pub minor: bool,
    pub state: RecordState,
    pub before_death: RecordState,
    /// Resource id of the record as a Patient.
    pub id: String,
    pub team_consent: bool,
    pub occupational_consent: bool,
    pub all_masked: bool,
    /// Break-glass, regulation centre, masked documents in an emergency.
    pub emergency: [bool; 3],
    pub lines: Vec<Line>,
    pub mandates: Vec<Mandate>,
    pub documents: Vec<Document>,
    pub episodes: Vec<Episode>,
    pub since: Option<Moment>,
    pub destruction_requested: bool,
    pub suspension_objected: bool,
    pub letter: Option<Moment>,
    pub refused_opening: bool,
    pub proposed: bool,
    pub opening: Option<Opening>,
}

/// Who opened the record, and whether anybody else has acted in it since, or a document was deposited.
#[derive(Debug, Clone)]
pub struct Opening {
    pub by: String,
    pub at: Moment,
    pub untouched: bool,
}

/// A line of the person's list.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub account: String,
    pub blocked: bool,
    pub medecin_traitant: bool,
    pub administrator: bool,
}

#[derive(Debug, Clone)]
pub struct Mandate {
    pub account: String,
    pub kind: RepresentativeKind,
    pub scope: Scope,
    pub state: MandateState,
    pub from: Moment,
    pub answer_by: Option<Moment>,
}

#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    pub binary: String,
    pub facts: EntryFacts,
    pub writers: Vec<String>,
    /// Place of the version before.
    pub replaces: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Episode {
    pub id: String,
    pub structure: String,
    /// Who declares an episode belongs to its team.
    pub members: Vec<String>,
    pub from: Moment,
    pub informed: bool,
    pub opposed: bool,
    pub ended: bool,
}

impl Mirror {
    pub fn new(handle: &'static str, minor: bool) -> Self {
        let ins = dmp_synth::identity(handle).unwrap().ins.unwrap();
        Mirror {
            handle,
            ins,
            minor,
            state: RecordState::None,
            before_death: RecordState::None,
            id: String::new(),
            team_consent: false,
            occupational_consent: false,
            all_masked: false,
            emergency: [true, true, false],
            lines: Vec::new(),
            mandates: Vec::new(),
            documents: Vec::new(),
            episodes: Vec::new(),
            since: None,
            destruction_requested: false,
            suspension_objected: false,
            letter: None,
            refused_opening: false,
            proposed: false,
            opening: None,
        }
    }

    pub fn line(&self, account: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.account == account)
    }

    /// The line of an account, a new one when there is none.
    pub fn put(&mut self, account: &str) -> &mut Line {
        let place = self.lines.iter().position(|line| line.account == account).unwrap_or_else(|| {
            self.lines.push(Line { account: account.to_owned(), ..Line::default() });
            self.lines.len() - 1
        });
        &mut self.lines[place]
    }

    /// The mandate of an account in a quality: the one that counts most, as the record finds it.
    pub fn mandate(&self, account: &str, helper: bool) -> Option<&Mandate> {
        let of = |one: &&Mandate| one.account == account && (one.kind == RepresentativeKind::Helper) == helper;
        let in_state = |state| self.mandates.iter().rev().filter(of).find(move |one| one.state == state);
        in_state(MandateState::Accepted).or_else(|| in_state(MandateState::Pending)).or_else(|| self.mandates.iter().rev().find(of))
    }

    fn count(&self, helper: bool) -> u32 {
        let acting = self.mandates.iter().filter(|one| (one.kind == RepresentativeKind::Helper) == helper);
        u32::try_from(acting.filter(|one| matches!(one.state, MandateState::Accepted | MandateState::Pending)).count()).unwrap()
    }

    /// Somebody has done something in the record.
    pub fn acted(&mut self, account: &str, act: Act) {
        if let Some(opening) = &mut self.opening {
            opening.untouched &= opening.by == account && !act.is_feeding();
        }
    }

    /// The opening, when it was this account's.
    pub fn opening_of(&self, account: &str) -> Option<OwnOpening> {
        self.opening.as_ref().filter(|one| one.by == account).map(|one| OwnOpening { at: one.at, untouched: one.untouched })
    }

    /// The person has died, or has not after all.
    pub fn died(&mut self, dead: bool, now: Moment) {
        if dead {
            self.before_death = self.state;
            (self.state, self.since) = (RecordState::Deceased, Some(now));
        } else {
            (self.state, self.since) = (self.before_death, Some(now));
        }
    }

    /// Facts about a caller and this record.
    pub fn facts(&self, caller: &Caller, helped: u32, now: Moment) -> Facts {
        let mut facts = Facts::without_record(Regime::B);
        let record = &mut facts.record;
        let relation = &mut facts.relation;
        let person = self.ins.account();
        record.state = self.state;
        if self.state == RecordState::None {
            (record.letter_sent_at, record.objected) = (self.letter, self.refused_opening);
            relation.own_record = caller.account == person;
            return facts;
        }
        record.minor = self.minor;
        (record.team_consent, record.occupational_consent, record.all_masked) = (self.team_consent, self.occupational_consent, self.all_masked);
        [record.allow_break_glass, record.allow_regulation_centre, record.masked_in_emergency] = self.emergency;
        let guards = |one: &Mandate| one.kind == RepresentativeKind::Guardian && one.scope == Scope::Person && one.state == MandateState::Accepted;
        record.protected = !self.minor && self.mandates.iter().any(guards);
        (record.representatives, record.helpers) = (self.count(false), self.count(true));
        match self.state {
            RecordState::Closed => (record.closed_at, record.closure) = (self.since, Some(ClosureReason::Request)),
            RecordState::Deceased => (record.closed_at, record.closure) = (self.since, Some(ClosureReason::Death)),
            RecordState::Suspended => (record.suspended_at, record.suspension_objected) = (self.since, self.suspension_objected),
            RecordState::None | RecordState::Open | RecordState::Destroyed | RecordState::Merged => {}
        }
        record.destruction_requested = self.state == RecordState::Closed && self.destruction_requested;
        let mandate = match caller.kind {
            CallerKind::Representative => self.mandate(&caller.account, false),
            CallerKind::Helper => self.mandate(&caller.account, true),
            _ => None,
        };
        relation.mandate = mandate.map(|one| MandateFacts {
            kind: one.kind,
            scope: one.scope,
            state: one.state,
            from: one.from,
            until: None,
            answer_by: one.answer_by,
        });
        relation.own_record = relation.mandate.is_some() || (caller.kind == CallerKind::Patient && caller.account == person);
        if let Some(line) = self.line(&caller.account) {
            relation.authorisation = if line.blocked { AuthorisationState::Forbidden } else { AuthorisationState::Valid };
            (relation.medecin_traitant, relation.administrator) = (line.medecin_traitant && !line.blocked, line.administrator && !line.blocked);
        } else {
            relation.authorisation = AuthorisationState::None;
        }
        let mine = || self.episodes.iter().rev().filter(|one| one.members.contains(&caller.account) && !one.ended);
        let episode = mine().find(|one| one.informed && !one.opposed).or_else(|| mine().next());
        relation.care_team = episode.map(|one| TeamFacts { from: one.from, until: None, informed: one.informed, opposed: one.opposed });
        if let Purpose::BreakGlass { attested, .. } = &caller.purpose {
            (relation.unable_to_consent, relation.immediate_risk) = (attested.unable_to_consent, attested.immediate_risk);
        }
        relation.persons_helped = helped;
        facts.relation.care_team = facts.relation.care_team.filter(|team| team.from <= now);
        facts
    }

    /// Whom an act is about: a professional of the list, or a person.
    pub fn subject(&self, account: &str, profession: Option<&Profession>, caller: &Caller) -> SubjectFacts {
        let line = self.line(account);
        SubjectFacts {
            is_caller: account == caller.account,
            professional: profession.is_some(),
            doctor: profession.is_some_and(Profession::is_doctor),
            blocked: line.is_some_and(|line| line.blocked),
            authorised: line.is_some_and(|line| !line.blocked),
        }
    }
}

impl Document {
    pub fn facts_for(&self, caller: &Caller) -> EntryFacts {
        EntryFacts { written_by_caller: self.writers.contains(&caller.account), ..self.facts.clone() }
    }

    pub fn is_current(&self) -> bool {
        self.facts.status == AvailabilityStatus::deposited()
    }
}
