//! TD1.1: opens a person's record. Consent is expressed, and kept: no tick, no record (EX_1.1-1010).

use dmp_core::access::{Act, Caller, Decision, Reason};
use dmp_core::audit::Leaf;
use dmp_core::identity::{IdentityTraits, Ins};
use dmp_core::record::{
    Channel, ConsentEvidence, Contact, Creation, CreatorKind, EmergencyChoices, Head, Notice, NoticeKind, RecordStatus, Representative,
};
use dmp_core::territory::{Caisse, Department};
use dmp_core::{Issue, Moment, RecordKey};
use dmp_store::{Change, Claim, Expected, IdentifierState};

use crate::judge::Asked;
use crate::pointers::{self, Pointer};
use crate::{Error, PersonRef, Service};

/// What is needed to open a record (`domain.md` 1.4).
#[derive(Debug, Clone)]
pub struct NewRecord {
    pub ins: Ins,
    pub traits: IdentityTraits,
    /// One of those that fit the caller ([`Caller::channels`]).
    pub channel: Channel,
    /// How consent was expressed; `None` is no consent.
    pub consent: Option<ConsentEvidence>,
    pub emergency: EmergencyChoices,
    /// Initial consent to care teams, given or not.
    pub team_consent: bool,
    pub scheme: Option<String>,
    pub caisse: Option<Caisse>,
    /// Department of residence; that of the *caisse* when it is not told.
    pub department: Option<String>,
    /// Needed from a nurse: the loss of autonomy.
    pub reason: Option<String>,
    pub contact: Option<Contact>,
    pub representatives: Vec<Representative>,
}

/// A record just opened, with what the receipt says.
#[derive(Debug, Clone)]
pub struct Opened {
    pub record: RecordKey,
    pub receipt: String,
    pub at: Moment,
}

impl Service {
    /// Opens a record.
    ///
    /// # Errors
    /// [`Error::Invalid`] without consent, with an INS of the other mode, a channel that is not the caller's, a department that is not that of the
    /// *caisse*, or from a nurse without a reason; [`Error::NotYet`] before the first day of the *caisse*;
    /// [`Error::Conflict`] `record-exists` when there is one; [`Error::Forbidden`] for a caller who may not open one.
    pub async fn create_record(&self, new: NewRecord, caller: &Caller) -> Result<Opened, Error> {
        let caller = &consenting(&new, caller);
        let asked = Asked { act: Act::CreateRecord, caller, now: self.clock.now() };
        let decision = self.judge_opening(&new, &asked).await?;
        let fresh = RecordKey(self.random.bytes16(&format!("record {}", new.ins.matricule())));
        let key = match self.store.claim(&new.ins, fresh).await? {
            Claim::Made => fresh,
            Claim::Existing(_, IdentifierState::Confirmed) => {
                self.refuse_without_record(&asked, Reason::NotThisKindOfCaller).await?;
                return Err(Error::Conflict("record-exists"));
            }
            Claim::Existing(key, IdentifierState::Claimed) => key,
        };
        let receipt = self.receipt_number(&new.ins);
        let head = head_of(&new, caller, asked.now, receipt.clone());
        for one in &new.representatives {
            pointers::tell_key(self, &one.account, Pointer::Mandate, key, &asked).await?;
        }
        self.tell_traits(&new.traits, key, caller).await?;
        let agreed = new.consent.as_ref().and_then(ConsentEvidence::agreed_by);
        let leaf = Leaf { about: agreed.map(|agreed| agreed.name.display()), ..self.leaf(&asked, &decision, None) };
        match self.store.commit(key, Expected::New, vec![Change::PutHead(Box::new(head))], vec![leaf]).await {
            Ok(_) => {}
            // Another attempt was quicker: the record, its consent and its receipt are the other one's. Confirming again is harmless.
            Err(dmp_store::StoreError::Stale) => {
                self.store.confirm(&new.ins).await?;
                self.refuse_without_record(&asked, Reason::NotThisKindOfCaller).await?;
                return Err(Error::Conflict("record-exists"));
            }
            Err(error) => return Err(error.into()),
        }
        self.store.confirm(&new.ins).await?;
        // A letter or a refusal of before has served.
        self.store.put_opening_notice(&new.ins, None).await?;
        self.fill_new(key).await;
        Ok(Opened { record: key, receipt, at: asked.now })
    }

    /// Asks all that [`Service::create_record`] asks, and makes nothing: so that whoever opens with the person before them learns it before the
    /// last page. A refusal has its leaf.
    ///
    /// # Errors
    /// As for [`Service::create_record`].
    pub async fn may_open(&self, new: &NewRecord, caller: &Caller) -> Result<(), Error> {
        let caller = &consenting(new, caller);
        let asked = Asked { act: Act::CreateRecord, caller, now: self.clock.now() };
        self.judge_opening(new, &asked).await?;
        if self.find_record(&PersonRef::Ins(new.ins.clone())).await?.is_some() {
            self.refuse_without_record(&asked, Reason::NotThisKindOfCaller).await?;
            return Err(Error::Conflict("record-exists"));
        }
        Ok(())
    }

    /// The form, the law, the first day of the *caisse*, in this order: who may not open learns nothing of the person.
    async fn judge_opening(&self, new: &NewRecord, asked: &Asked<'_>) -> Result<Decision, Error> {
        self.check_new(new, asked.caller)?;
        // Representation is not proved by a request: until it is, who represents someone opens at a counter.
        let mut facts = self.facts_without_record(&PersonRef::Ins(new.ins.clone()), asked.caller).await?;
        facts.record.minor = new.traits.is_minor(asked.now);
        let decision = self.ask(asked, &facts);
        if let Some(reason) = decision.reason() {
            self.refuse_without_record(asked, reason).await?;
            return Err(Error::Forbidden(reason));
        }
        if let Err(not_yet) = self.opens_yet(new.caisse.as_ref()) {
            self.refuse_without_record(asked, Reason::TooEarly).await?;
            return Err(not_yet);
        }
        Ok(decision)
    }

    /// Asks the law whether a person of whom the insurer has told the age may open alone; the refusal has its leaf.
    ///
    /// # Errors
    /// Refusals of the law: a minor comes with who represents them.
    pub(crate) async fn may_open_alone(&self, ins: &Ins, traits: &IdentityTraits, caller: &Caller) -> Result<(), Error> {
        let asked = Asked { act: Act::CreateRecord, caller, now: self.clock.now() };
        let mut facts = self.facts_without_record(&PersonRef::Ins(ins.clone()), caller).await?;
        facts.record.minor = traits.is_minor(asked.now);
        match self.ask(&asked, &facts).reason() {
            None => Ok(()),
            Some(reason) => {
                self.refuse_without_record(&asked, reason).await?;
                Err(Error::Forbidden(reason))
            }
        }
    }

    /// Whether records of people of a *caisse* open today.
    ///
    /// # Errors
    /// [`Error::NotYet`], with the first day.
    pub fn opens_yet(&self, caisse: Option<&Caisse>) -> Result<(), Error> {
        self.config.phase.as_ref().map_or(Ok(()), |phase| phase.opens(caisse, self.now())).map_err(Error::NotYet)
    }

    fn check_new(&self, new: &NewRecord, caller: &Caller) -> Result<(), Error> {
        let mut issues = Vec::new();
        // Who has no channel is refused by the law.
        let channels = caller.channels();
        if !channels.is_empty() && !channels.contains(&new.channel) {
            let own: Vec<&str> = channels.iter().map(|channel| channel.code()).collect();
            issues.push(Issue::error("channel-of-another").at("channel").expected(own.join(", ")));
        }
        issues.extend(wrong_place(new));
        if let Some(code) = new.ins.refused_in(self.config.mode) {
            issues.push(Issue::error(code).at("ins"));
        }
        match (new.channel, &new.consent) {
            (_, None) => issues.push(Issue::error("consent-missing").at("consent")),
            (Channel::Automatic, Some(_)) if self.config.regime == dmp_core::record::Regime::A => {
                issues.push(Issue::error("consent-missing").at("consent").expected("explicit consent (regime A)"));
            }
            // Silence is consent in the automatic opening alone.
            (channel, Some(evidence)) if (channel == Channel::Automatic) != (*evidence == ConsentEvidence::NoObjection) => {
                issues.push(Issue::error("consent-missing").at("consent"));
            }
            (_, Some(_)) => {}
        }
        if new.channel == Channel::Nurse && new.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            issues.push(Issue::error("reason-missing").at("reason"));
        }
        if issues.is_empty() { Ok(()) } else { Err(Error::Invalid(issues)) }
    }

    fn receipt_number(&self, ins: &Ins) -> String {
        let bytes = self.random.bytes16(&format!("receipt {}", ins.matricule()));
        let digits: String = bytes.iter().take(6).map(|byte| format!("{byte:02X}")).collect();
        format!("DMP-{digits}")
    }
}

/// The consent that the request carries is the one that the law asks of who records it.
fn consenting(new: &NewRecord, caller: &Caller) -> Caller {
    Caller { consent_now: caller.consent_now || new.consent.is_some(), ..caller.clone() }
}

/// What is wrong with the department that was told.
fn wrong_place(new: &NewRecord) -> Option<Issue> {
    let told = new.department.as_deref()?;
    let Some(department) = Department::of(told) else { return Some(Issue::error("department-unknown").at("department")) };
    let served = new.caisse.as_ref().and_then(Caisse::department)?;
    (served != department).then(|| Issue::error("department-of-another-caisse").at("department").expected(served.code))
}

/// Where the person lives: as was told, or the department of their *caisse*.
fn department_of(new: &NewRecord) -> Option<String> {
    let told = new.department.as_deref().and_then(Department::of);
    told.or_else(|| new.caisse.as_ref().and_then(Caisse::department)).map(|department| department.code.to_owned())
}

/// The head of a record that opens now: what its opening says, and nothing else yet.
pub(crate) fn head_of(new: &NewRecord, caller: &Caller, now: Moment, receipt: String) -> Head {
    let by = caller.shown_name();
    Head {
        ins: new.ins.clone(),
        traits: new.traits.clone(),
        status: RecordStatus::Open,
        creation: Creation {
            at: now,
            channel: new.channel,
            evidence: new.consent.clone().unwrap_or(ConsentEvidence::Oral),
            recorded_by: caller.account.clone(),
            recorded_by_kind: creator_kind(caller),
            structure: caller.structure.clone(),
            scheme: new.scheme.clone(),
            caisse: new.caisse.as_ref().map(|caisse| caisse.code().to_owned()),
            department: department_of(new),
            reason: new.reason.clone(),
            receipt,
        },
        reactivated_at: Vec::new(),
        past_closures: Vec::new(),
        contact: new.contact.clone(),
        emergency: new.emergency,
        team_consent_at: new.team_consent.then_some(now),
        occupational_consent_at: None,
        all_masked: false,
        // Opening lets nobody read: an authorisation is an act of its own (EX_0.3-1010).
        authorisations: Vec::new(),
        episodes: Vec::new(),
        representatives: new.representatives.clone(),
        notices: vec![Notice { kind: NoticeKind::RecordOpened, at: now, by, read: false, secret: false }],
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

fn creator_kind(caller: &Caller) -> CreatorKind {
    use dmp_core::access::CallerKind;
    match caller.kind {
        CallerKind::Patient => CreatorKind::Patient,
        CallerKind::Representative | CallerKind::Helper => CreatorKind::Representative,
        CallerKind::Professional => CreatorKind::Professional,
        CallerKind::Organization => CreatorKind::EstablishmentStaff,
        CallerKind::Agent => CreatorKind::InsuranceAgent,
        CallerKind::Insurer
        | CallerKind::Mutual
        | CallerKind::Employer
        | CallerKind::Operator
        | CallerKind::Automaton
        | CallerKind::ReimbursementFeed => CreatorKind::System,
    }
}
