//! TD0.3 and the person's list: let in, take back, block, unblock, name the *médecin traitant* and *administrateurs*.

use dmp_core::access::{Act, Caller, CallerKind};
use dmp_core::record::{Effect, Habilitation, Head, ListStep, NoticeKind};

use crate::head_act::{About, tell};
use crate::judge::Asked;
use crate::pointers::{self, Pointer};
use crate::{Error, PersonRef, Service};

/// About a professional of the directory.
fn known<'a>(who: &'a Habilitation, words: &'a str) -> About<'a> {
    About { words: Some(words), subject: Some((&who.account, Some(&who.profession))), ..About::default() }
}

/// About a professional whom the list knows.
fn listed<'a>(account: &'a str, words: Option<&'a str>) -> About<'a> {
    About { words, subject: Some((account, None)), ..About::default() }
}

impl Service {
    /// TD0.3 `AJOUT`, with the optional role `MEDECIN_TRAITANT`. Renews an expired authorisation. Declaring another *médecin
    /// traitant* ends the role of the one before. A blocked professional stays blocked: only [`Service::unblock`] lifts a block.
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn authorise(&self, person: &PersonRef, who: &Habilitation, medecin_traitant: bool, caller: &Caller) -> Result<Head, Error> {
        let act = if medecin_traitant { Act::DeclareMedecinTraitant } else { Act::Authorise };
        let days = self.config.authorisation_days;
        self.lead_to_record(act, person, who, caller).await?;
        self.change_head(act, person, caller, known(who, &who.name.display()), |head, now| {
            let until = days.map(|days| now.plus_days(i64::from(days)));
            let step = ListStep::Authorise { who: who.clone(), until, medecin_traitant };
            head.list_step(&who.account, step, &caller.account, now)?;
            if medecin_traitant && caller.kind != CallerKind::Patient {
                tell(head, NoticeKind::MedecinTraitantDeclared, caller, now);
            }
            Ok(())
        })
        .await
    }

    /// Before the commit that lets them in, the chain of the professional is told where to look: it says nothing until then. Whoever may not let
    /// them in tells nothing.
    async fn lead_to_record(&self, act: Act, person: &PersonRef, who: &Habilitation, caller: &Caller) -> Result<(), Error> {
        let Some(record) = self.find_record(person).await? else { return Ok(()) };
        let listed = record.head.authorisation(&who.account).is_some_and(|line| line.effect == Effect::Permit);
        if listed || !self.would_permit_concerning(act, &record, &who.account, caller) {
            return Ok(());
        }
        let asked = Asked { act, caller, now: self.clock.now() };
        pointers::tell(self, &who.account, Pointer::Authorised, &record, &asked).await
    }

    /// Takes the role of *médecin traitant* away; the authorisation stays (TD0.3 `AJOUT` without the role).
    ///
    /// # Errors
    /// [`Error::NotFound`] `authorisation-not-found` when the role is not theirs; refusals of the law.
    pub async fn end_medecin_traitant(&self, person: &PersonRef, account: &str, caller: &Caller) -> Result<Head, Error> {
        self.step_of(Act::EndMedecinTraitant, person, account, ListStep::EndMedecinTraitant, caller).await
    }

    /// TD0.3 `SUPPRESSION`: takes an authorisation back.
    ///
    /// # Errors
    /// [`Error::NotFound`] `authorisation-not-found`; refusals of the law.
    pub async fn revoke(&self, person: &PersonRef, account: &str, caller: &Caller) -> Result<Head, Error> {
        self.step_of(Act::Revoke, person, account, ListStep::Revoke, caller).await
    }

    /// Keeps a professional out, in every mode, until unblocked.
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn block(&self, person: &PersonRef, who: &Habilitation, caller: &Caller) -> Result<Head, Error> {
        self.change_head(Act::Block, person, caller, known(who, &who.name.display()), |head, now| {
            Ok(head.list_step(&who.account, ListStep::Block { who: who.clone() }, &caller.account, now)?)
        })
        .await
    }

    /// Stops keeping a professional out. Restores nothing: a new authorisation is needed.
    ///
    /// # Errors
    /// [`Error::NotFound`] `authorisation-not-found` when not blocked; refusals of the law.
    pub async fn unblock(&self, person: &PersonRef, account: &str, caller: &Caller) -> Result<Head, Error> {
        self.step_of(Act::Unblock, person, account, ListStep::Unblock, caller).await
    }

    /// Names or un-names an *administrateur* among the authorised.
    ///
    /// # Errors
    /// [`Error::NotFound`] `authorisation-not-found`; refusals of the law.
    pub async fn name_administrator(&self, person: &PersonRef, account: &str, administrator: bool, caller: &Caller) -> Result<Head, Error> {
        self.step_of(Act::NameAdministrator, person, account, ListStep::NameAdministrator(administrator), caller).await
    }

    /// A step of a line that the list has.
    async fn step_of(&self, act: Act, person: &PersonRef, account: &str, step: ListStep, caller: &Caller) -> Result<Head, Error> {
        let words = self.name_in_list(person, account).await?;
        self.change_head(act, person, caller, listed(account, words.as_deref()), |head, now| {
            Ok(head.list_step(account, step.clone(), &caller.account, now)?)
        })
        .await
    }

    /// Name in words of a professional in the person's list, for the journal.
    async fn name_in_list(&self, person: &PersonRef, account: &str) -> Result<Option<String>, Error> {
        let record = self.find_record(person).await?;
        Ok(record.and_then(|record| record.head.authorisation(account).map(|line| line.name.display())))
    }
}
