//! Death, suspension, the end of an archive (CSP R.1111-36; `domain-supplement.md` 10).

use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::record::{Head, NoticeKind, Record, RecordStatus, RecordStep, Suspension};
use dmp_core::{Issue, RecordKey};

use crate::head_act::{About, tell};
use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

impl Service {
    /// Records a death: the record is frozen.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-not-open`; refusals of the law.
    pub async fn report_death(&self, person: &PersonRef, caller: &Caller) -> Result<Head, Error> {
        self.life_step(Act::ReportDeath, person, caller, None, RecordStep::ReportDeath).await
    }

    /// Takes a wrong report of death back: the record is again what it was.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-not-frozen`; refusals of the law.
    pub async fn withdraw_death_report(&self, person: &PersonRef, caller: &Caller) -> Result<Head, Error> {
        self.life_step(Act::WithdrawDeathReport, person, caller, None, |_| RecordStep::WithdrawDeath).await
    }

    /// Suspends all access, in the holder's interest, and tells them why.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason; [`Error::Conflict`] `record-not-open`; refusals of the law.
    pub async fn suspend_record(&self, person: &PersonRef, words: &str, caller: &Caller) -> Result<Head, Error> {
        if words.trim().is_empty() {
            return Err(Error::invalid(Issue::error("element-required").at("reason")));
        }
        let suspension = |now| Suspension { since: now, words: words.trim().to_owned(), recorded_by: caller.account.clone(), objected_at: None };
        self.life_step(Act::SuspendRecord, person, caller, Some(NoticeKind::RecordSuspended), |now| RecordStep::Suspend(suspension(now))).await
    }

    /// The holder objects to a suspension: the record then does not close by itself.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-not-suspended`, `suspension-objected`; refusals of the law.
    pub async fn object_to_suspension(&self, person: &PersonRef, caller: &Caller) -> Result<Head, Error> {
        self.life_step(Act::ObjectToSuspension, person, caller, None, RecordStep::Object).await
    }

    /// Ends a suspension.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-not-suspended`; refusals of the law.
    pub async fn lift_suspension(&self, person: &PersonRef, caller: &Caller) -> Result<Head, Error> {
        self.life_step(Act::LiftSuspension, person, caller, Some(NoticeKind::SuspensionLifted), |_| RecordStep::Lift).await
    }

    /// Asks that a closed record be destroyed before its ten years are over. Opening it again takes the request back.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-not-closed`, `destruction-requested`; refusals of the law.
    pub async fn request_destruction(&self, person: &PersonRef, caller: &Caller) -> Result<Head, Error> {
        self.life_step(Act::RequestDestruction, person, caller, Some(NoticeKind::DestructionRequested), RecordStep::RequestDestruction).await
    }

    /// Destroys an archive: its key is destroyed, its number leads nowhere any more. The journal stays.
    /// Done twice it does no harm: what a first attempt left half-done is finished.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such record; refusals of the law.
    pub async fn destroy_record(&self, person: &PersonRef, caller: &Caller) -> Result<(), Error> {
        let asked = Asked { act: Act::DestroyRecord, caller, now: self.clock.now() };
        let record = self.record_of(person, &asked).await?;
        let may_finish = matches!(caller.kind, CallerKind::Agent | CallerKind::Automaton);
        let half_done = may_finish && matches!(record.head.status, RecordStatus::Destroyed { .. });
        if !half_done {
            self.life_step(Act::DestroyRecord, &PersonRef::Record(record.key), caller, None, RecordStep::Destroy).await?;
        }
        self.finish_destruction(&record).await
    }

    /// What follows the step: numbers lead nowhere and what was kept of them beside the record is forgotten, the key goes, and those of the
    /// records that this one took in. Its own goes last, so that what is broken off is found again and finished.
    pub(crate) async fn finish_destruction(&self, record: &Record) -> Result<(), Error> {
        let mut taken_in: Vec<RecordKey> = record.head.merged.iter().map(|merged| merged.record).collect();
        while let Some(key) = taken_in.pop() {
            if let Some(second) = self.store.load(key).await? {
                taken_in.extend(second.head.merged.iter().map(|merged| merged.record));
                self.let_go(&second).await?;
            }
        }
        self.let_go(record).await
    }

    async fn let_go(&self, record: &Record) -> Result<(), Error> {
        for ins in record.head.past_ins.iter().filter(|past| past.leads_here).map(|past| &past.ins).chain([&record.head.ins]) {
            self.store.release(ins, record.key).await?;
            self.forget_person(ins).await?;
        }
        self.store.erase(record.key).await?;
        self.texts.remove(&record.key);
        Ok(())
    }

    async fn life_step(
        &self,
        act: Act,
        person: &PersonRef,
        caller: &Caller,
        notice: Option<NoticeKind>,
        step: impl Fn(dmp_core::Moment) -> RecordStep + Send + Sync,
    ) -> Result<Head, Error> {
        self.change_head(act, person, caller, About::default(), |head, now| {
            head.step(step(now))?;
            if let Some(kind) = notice {
                tell(head, kind, caller, now);
            }
            Ok(())
        })
        .await
    }
}
