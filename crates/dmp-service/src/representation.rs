//! Legal representatives: written down on proof, invited, ended.

use dmp_core::Moment;
use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::identity::{Ins, PersonName};
use dmp_core::record::{Head, INVITATION_DAYS, MandateState, MandateStep, NoticeKind, Representative, RepresentativeKind, Scope, Standing};

use crate::head_act::{About, tell};
use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

/// Who shall act for the person.
#[derive(Debug, Clone)]
pub struct NewMandate {
    pub ins: Ins,
    pub name: PersonName,
    pub kind: RepresentativeKind,
    pub scope: Scope,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    /// What it rests on: a judgment, an entry of the civil status.
    pub proof: Option<String>,
}

impl NewMandate {
    pub(crate) fn account(&self) -> String {
        self.ins.account()
    }

    /// The line as it begins.
    pub(crate) fn line(&self, state: MandateState, caller: &Caller, now: Moment) -> Representative {
        Representative {
            account: self.account(),
            name: self.name.clone(),
            kind: self.kind,
            scope: self.scope,
            state,
            from: self.from.unwrap_or(now),
            until: self.until,
            answer_by: (state == MandateState::Pending).then(|| now.plus_days(INVITATION_DAYS)),
            declared_by: caller.account.clone(),
            proof: self.proof.clone(),
        }
    }
}

/// Which line of the person's representatives and helpers.
#[derive(Debug, Clone, Copy)]
pub struct MandateRef<'a> {
    pub account: &'a str,
    pub kind: RepresentativeKind,
}

impl Service {
    /// Writes a legal representative down. An agent does so on proof, and it counts at once; a parent invites the other one.
    ///
    /// # Errors
    /// [`Error::Conflict`] `mandate-exists`, `mandate-period`; refusals of the law.
    pub async fn declare_representative(&self, person: &PersonRef, new: &NewMandate, caller: &Caller) -> Result<Head, Error> {
        let state = if caller.kind == CallerKind::Agent { MandateState::Accepted } else { MandateState::Pending };
        self.put_mandate(Act::DeclareRepresentative, NoticeKind::RepresentativeDeclared, person, new, state, caller).await
    }

    /// Ends a representation before its date.
    ///
    /// # Errors
    /// [`Error::NotFound`] `mandate-not-found`; [`Error::Conflict`] `mandate-over`; refusals of the law.
    pub async fn end_representation(&self, person: &PersonRef, which: MandateRef<'_>, caller: &Caller) -> Result<Head, Error> {
        self.step_mandate(Act::EndRepresentation, person, which, MandateStep::End, caller).await
    }

    pub(crate) async fn put_mandate(
        &self,
        act: Act,
        notice: NoticeKind,
        person: &PersonRef,
        new: &NewMandate,
        state: MandateState,
        caller: &Caller,
    ) -> Result<Head, Error> {
        let (words, account) = (new.name.display(), new.account());
        let about = About { words: Some(&words), subject: Some((&account, None)), ..About::default() };
        self.lead_to(&account, act, person, state, caller).await?;
        self.change_head(act, person, caller, about, |head, now| {
            let line = new.line(state, caller, now);
            if line.until.is_some_and(|end| end <= line.from) {
                return Err(Error::Conflict("mandate-period"));
            }
            forget_past(head, now);
            let stands = |one: &&Representative| one.account == account && one.kind == new.kind;
            let open = |one: &Representative| matches!(one.standing(now), Standing::Invited | Standing::NotYet | Standing::InForce);
            if head.representatives.iter().filter(stands).any(open) {
                return Err(Error::Conflict("mandate-exists"));
            }
            head.representatives.push(line);
            tell(head, notice, caller, now);
            Ok(())
        })
        .await
    }

    /// Leads who shall act for the person to their record, when the law lets the caller say so: the act that follows is judged again.
    ///
    /// SECURITY: each invitation stands in the chain of whoever is invited, who did not ask for it: few are sent in a month, taken back or not.
    async fn lead_to(&self, account: &str, act: Act, person: &PersonRef, state: MandateState, caller: &Caller) -> Result<(), Error> {
        let asked = Asked { act, caller, now: self.clock.now() };
        let Some(record) = self.find_record(person).await? else { return Ok(()) };
        let facts = self.facts(&record, &asked).concerning(account, None, &record.head, caller, asked.now);
        if !self.ask(&asked, &facts).is_permitted() {
            return Ok(());
        }
        if state == MandateState::Pending && invited_lately(&record.head, asked.now) >= INVITATIONS_A_MONTH {
            return Err(Error::TooLarge("too-many-invitations"));
        }
        self.point_to(account, &record, &asked).await
    }

    pub(crate) async fn step_mandate(
        &self,
        act: Act,
        person: &PersonRef,
        which: MandateRef<'_>,
        step: MandateStep,
        caller: &Caller,
    ) -> Result<Head, Error> {
        let persons_helped = if act == Act::AcceptInvitation { self.persons_helped(person, &caller.account).await? } else { 0 };
        let more = |_: &Head, facts: &mut dmp_core::access::Facts| facts.relation.persons_helped = persons_helped;
        let known = self.find_record(person).await?;
        let words = known.as_ref().and_then(|record| line_of(&record.head, which, self.clock.now())).map(|line| line.name.display());
        let about = About { words: words.as_deref(), subject: Some((which.account, None)), more: Some(&more), ..About::default() };
        self.change_head(act, person, caller, about, |head, now| {
            let line = line_of(head, which, now).ok_or(Error::NotFound("mandate-not-found"))?;
            let mut next = line.step(step, now)?;
            // From now on the list says who it is, and no longer what whoever invited them wrote.
            if let (Act::AcceptInvitation, Some(name)) = (act, &caller.name) {
                next.name = name.clone();
            }
            let line = line.clone();
            if let Some(place) = head.representatives.iter_mut().find(|one| **one == line) {
                *place = next;
            }
            if act == Act::AcceptInvitation {
                tell(head, NoticeKind::HelperAccepted, caller, now);
            }
            Ok(())
        })
        .await
    }

    /// How many other persons an account helps: the records that its own leaves lead to, judged by their heads.
    async fn persons_helped(&self, person: &PersonRef, account: &str) -> Result<u32, Error> {
        let this = self.find_record(person).await?.map(|record| record.key);
        let now = self.clock.now();
        let mut helped = 0;
        for (key, _) in self.store.touched_by(account).await? {
            let Some(record) = self.store.load(key).await?.filter(|record| Some(record.key) != this) else { continue };
            let helps = record.head.representative(account, &[RepresentativeKind::Helper], now).map(|line| line.standing(now));
            helped += u32::from(matches!(helps, Some(Standing::InForce | Standing::NotYet)));
        }
        Ok(helped)
    }
}

fn line_of<'h>(head: &'h Head, which: MandateRef<'_>, now: Moment) -> Option<&'h Representative> {
    head.representative(which.account, &[which.kind], now)
}

/// Invitations of the last thirty days, whatever became of them.
fn invited_lately(head: &Head, now: Moment) -> usize {
    let since = now.plus_days(INVITATION_DAYS - MONTH_DAYS);
    head.representatives.iter().filter(|one| one.answer_by.is_some_and(|end| end > since)).count()
}

/// Of the lines that are over only the last ones stay; the journal has them all.
fn forget_past(head: &mut Head, now: Moment) {
    let is_past = |one: &Representative| matches!(one.standing(now), Standing::Lapsed | Standing::Refused | Standing::Over);
    let mut too_many = head.representatives.iter().filter(|one| is_past(one)).count().saturating_sub(PAST_LINES_KEPT);
    head.representatives.retain(|one| {
        let goes = too_many > 0 && is_past(one);
        too_many -= usize::from(goes);
        !goes
    });
}

/// Invitations that one record sends in a month: three helpers, the other parent, and some mistakes.
const INVITATIONS_A_MONTH: usize = 10;
const MONTH_DAYS: i64 = 30;
/// Lines of the past that a record keeps: more than a month's invitations, so that these are counted.
const PAST_LINES_KEPT: usize = 30;
