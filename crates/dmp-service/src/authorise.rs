//! TD0.3 and the person's list: let in, take back, block, unblock, name the *médecin traitant* and *administrateurs*.

use dmp_core::Moment;
use dmp_core::access::{Act, Caller};
use dmp_core::identity::{PersonName, Profession, Structure};
use dmp_core::record::{Authorisation, Effect, Head};

use crate::head_act::About;
use crate::{Error, PersonRef, Service};

/// Which professional, as the directory knows them.
#[derive(Debug, Clone)]
pub struct Habilitation {
    /// `ps:8…`.
    pub account: String,
    pub name: PersonName,
    pub profession: Profession,
    pub structure: Option<Structure>,
}

impl Habilitation {
    fn about<'a>(&'a self, words: &'a str) -> About<'a> {
        About { words: Some(words), subject: Some((&self.account, Some(&self.profession))), more: None }
    }
}

/// About a professional whom the list knows.
fn listed<'a>(account: &'a str, words: Option<&'a str>) -> About<'a> {
    About { words, subject: Some((account, None)), more: None }
}

impl Service {
    /// TD0.3 `AJOUT`, with the optional role `MEDECIN_TRAITANT`. Renews an expired authorisation. A blocked
    /// professional stays blocked: only [`Service::unblock`] lifts a block.
    ///
    /// # Errors
    /// [`Error::Conflict`] `professional-blocked`; refusals of the law.
    pub async fn authorise(&self, person: &PersonRef, who: &Habilitation, medecin_traitant: bool, caller: &Caller) -> Result<Head, Error> {
        let act = if medecin_traitant { Act::DeclareMedecinTraitant } else { Act::Authorise };
        let until = self.config.authorisation_days;
        self.change_head(act, person, caller, who.about(&who.name.display()), |head, now| {
            let until = until.map(|days| now.plus_days(i64::from(days)));
            if head.authorisation(&who.account).is_some_and(|line| line.effect == Effect::Deny) {
                return Err(Error::Conflict("professional-blocked"));
            }
            if medecin_traitant {
                head.authorisations.iter_mut().for_each(|line| line.medecin_traitant = false);
            }
            let line = put_line(head, who, &caller.account, now, Effect::Permit);
            head.authorisations.push(Authorisation { until, medecin_traitant, ..line });
            Ok(())
        })
        .await
    }

    /// TD0.3 `SUPPRESSION`: takes an authorisation back.
    ///
    /// # Errors
    /// [`Error::NotFound`] `authorisation-not-found`; refusals of the law.
    pub async fn revoke(&self, person: &PersonRef, account: &str, caller: &Caller) -> Result<Head, Error> {
        let words = self.name_in_list(person, account).await?;
        self.change_head(Act::Revoke, person, caller, listed(account, words.as_deref()), |head, _| {
            let before = head.authorisations.len();
            head.authorisations.retain(|line| line.account != account || line.effect == Effect::Deny);
            if head.authorisations.len() == before { Err(Error::NotFound("authorisation-not-found")) } else { Ok(()) }
        })
        .await
    }

    /// Keeps a professional out, in every mode, until unblocked.
    ///
    /// # Errors
    /// Refusals of the law.
    pub async fn block(&self, person: &PersonRef, who: &Habilitation, caller: &Caller) -> Result<Head, Error> {
        self.change_head(Act::Block, person, caller, who.about(&who.name.display()), |head, now| {
            let line = put_line(head, who, &caller.account, now, Effect::Deny);
            head.authorisations.push(Authorisation { administrator: false, ..line });
            Ok(())
        })
        .await
    }

    /// Stops keeping a professional out. Restores nothing: a new authorisation is needed.
    ///
    /// # Errors
    /// [`Error::NotFound`] `authorisation-not-found` when not blocked; refusals of the law.
    pub async fn unblock(&self, person: &PersonRef, account: &str, caller: &Caller) -> Result<Head, Error> {
        let words = self.name_in_list(person, account).await?;
        self.change_head(Act::Unblock, person, caller, listed(account, words.as_deref()), |head, _| {
            let before = head.authorisations.len();
            head.authorisations.retain(|line| line.account != account || line.effect == Effect::Permit);
            if head.authorisations.len() == before { Err(Error::NotFound("authorisation-not-found")) } else { Ok(()) }
        })
        .await
    }

    /// Names or un-names an *administrateur* among the authorised.
    ///
    /// # Errors
    /// [`Error::NotFound`] `authorisation-not-found`; refusals of the law.
    pub async fn name_administrator(&self, person: &PersonRef, account: &str, administrator: bool, caller: &Caller) -> Result<Head, Error> {
        let words = self.name_in_list(person, account).await?;
        self.change_head(Act::NameAdministrator, person, caller, listed(account, words.as_deref()), |head, now| {
            let line = head.authorisations.iter_mut().find(|line| line.account == account && line.effect == Effect::Permit);
            let line = line.ok_or(Error::NotFound("authorisation-not-found"))?;
            line.administrator = administrator;
            line.last_action = now;
            Ok(())
        })
        .await
    }

    /// Name in words of a professional in the person's list, for the journal.
    async fn name_in_list(&self, person: &PersonRef, account: &str) -> Result<Option<String>, Error> {
        let record = self.find_record(person).await?;
        Ok(record.and_then(|record| record.head.authorisation(account).map(|line| line.name.display())))
    }
}

/// Puts the person's line for a professional, keeping when it began.
fn put_line(head: &mut Head, who: &Habilitation, recorded_by: &str, now: Moment, effect: Effect) -> Authorisation {
    let known = head.authorisations.iter().position(|line| line.account == who.account).map(|place| head.authorisations.swap_remove(place));
    let kept = known.filter(|line| line.effect == effect);
    Authorisation {
        account: who.account.clone(),
        name: who.name.clone(),
        profession: who.profession.clone(),
        structure: who.structure.clone(),
        effect,
        since: kept.as_ref().map_or(now, |line| line.since),
        last_action: now,
        until: None,
        medecin_traitant: false,
        administrator: kept.is_some_and(|line| line.administrator),
        recorded_by: recorded_by.to_owned(),
    }
}
