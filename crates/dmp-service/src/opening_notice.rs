//! The letter that announces a record, and the refusal (CSP R.1111-28): data without a record.

use dmp_core::Moment;
use dmp_core::access::{Act, Caller};
use dmp_core::audit::Leaf;
use dmp_core::identity::{IdentityTraits, Ins};
use dmp_core::record::OBJECTION_DAYS;
use dmp_store::OpeningNotice;

use crate::judge::Asked;
use crate::{Error, PersonRef, Service};

/// What a letter says: when it was sent, and from when on the record opens unless the person objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    pub sent_at: Moment,
    pub opens_from: Moment,
}

impl Service {
    /// Writes down that the letter goes now. A letter that went before keeps its date.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-exists`; refusals of the law.
    pub async fn record_letter(&self, ins: &Ins, caller: &Caller) -> Result<Letter, Error> {
        let asked = self.judge_without_record(Act::RecordLetter, ins, None, caller).await?;
        let sent_at = match self.store.opening_notice(ins).await? {
            Some(OpeningNotice::LetterSent(at)) => at,
            Some(OpeningNotice::Refused) | None => asked,
        };
        self.store.put_opening_notice(ins, Some(OpeningNotice::LetterSent(sent_at))).await?;
        Ok(Letter { sent_at, opens_from: sent_at.plus_days(OBJECTION_DAYS) })
    }

    /// Keeps a refusal: one row under the keyed hash of the number, and nothing more of the person.
    ///
    /// # Errors
    /// [`Error::Conflict`] `record-exists`; refusals of the law.
    pub async fn object_to_opening(&self, ins: &Ins, caller: &Caller) -> Result<(), Error> {
        self.judge_without_record(Act::ObjectToOpening, ins, None, caller).await?;
        Ok(self.store.put_opening_notice(ins, Some(OpeningNotice::Refused)).await?)
    }

    /// The same for a person who is known by name, and so by age: a minor does not refuse alone.
    ///
    /// # Errors
    /// As for [`Service::object_to_opening`].
    pub(crate) async fn object_as_person(&self, ins: &Ins, traits: &IdentityTraits, caller: &Caller) -> Result<(), Error> {
        self.judge_without_record(Act::ObjectToOpening, ins, Some(traits), caller).await?;
        Ok(self.store.put_opening_notice(ins, Some(OpeningNotice::Refused)).await?)
    }

    /// Judges an act on a person without a record; its leaf, done or refused, stands in the chain of the account. Gives the moment.
    async fn judge_without_record(&self, act: Act, ins: &Ins, traits: Option<&IdentityTraits>, caller: &Caller) -> Result<Moment, Error> {
        let asked = Asked { act, caller, now: self.clock.now() };
        let person = PersonRef::Ins(ins.clone());
        let mut facts = self.facts_without_record(&person, caller).await?;
        facts.record.minor = traits.is_some_and(|traits| traits.is_minor(asked.now));
        let decision = self.ask(&asked, &facts);
        if let Some(reason) = decision.reason() {
            self.refuse_without_record(&asked, reason).await?;
            return Err(Error::Forbidden(reason));
        }
        // SECURITY: asked after the law, so that nobody learns from the answer whether a stranger has a record.
        if self.find_record(&person).await?.is_some() {
            return Err(Error::Conflict("record-exists"));
        }
        let leaf: Leaf = self.leaf(&asked, &decision, None);
        self.store.append_account_leaf(&caller.account, leaf).await?;
        Ok(asked.now)
    }
}
