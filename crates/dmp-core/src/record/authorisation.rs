//! Who the person lets in and keeps out.

use serde::{Deserialize, Serialize};

use super::life::Impossible;
use crate::identity::{PersonName, Profession, Structure};
use crate::moment::Moment;

/// What the person decided for one professional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    Permit,
    /// Blocked: never gets in, even with a new consent given on the spot.
    Deny,
}

/// One line of the person's list of professionals (TD0.3, TD1.6). No line means NON_EXISTE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorisation {
    /// Account of the professional, `ps:8…`.
    pub account: String,
    pub name: PersonName,
    pub profession: Profession,
    pub structure: Option<Structure>,
    pub effect: Effect,
    pub since: Moment,
    pub last_action: Moment,
    /// End of validity; `None` lasts until revoked (regime B default).
    pub until: Option<Moment>,
    pub medecin_traitant: bool,
    /// Named *administrateur* by the person: reads masked documents, may block another professional.
    pub administrator: bool,
    /// Who recorded it: the account of the person or of the professional who collected consent.
    pub recorded_by: String,
}

/// Which professional, as the directory knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habilitation {
    /// `ps:8…`.
    pub account: String,
    pub name: PersonName,
    pub profession: Profession,
    pub structure: Option<Structure>,
}

/// A step of the line of one professional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStep {
    /// TD0.3 `AJOUT`; also renews what has expired. Without the role it takes the role away.
    Authorise {
        who: Habilitation,
        until: Option<Moment>,
        medecin_traitant: bool,
    },
    /// TD0.3 `SUPPRESSION`.
    Revoke,
    Block {
        who: Habilitation,
    },
    /// Restores nothing.
    Unblock,
    EndMedecinTraitant,
    NameAdministrator(bool),
}

impl Authorisation {
    /// The line of a professional after a step; `None` is no line (NON_EXISTE).
    ///
    /// # Errors
    /// [`Impossible`] when the line does not have the step.
    pub fn step(line: Option<&Authorisation>, step: ListStep, by: &str, now: Moment) -> Result<Option<Authorisation>, Impossible> {
        let permitted = line.filter(|line| line.effect == Effect::Permit);
        let blocked = line.filter(|line| line.effect == Effect::Deny);
        match step {
            ListStep::Authorise { .. } if blocked.is_some() => Err(Impossible("professional-blocked")),
            ListStep::Authorise { who, until, medecin_traitant } => {
                Ok(Some(Authorisation { until, medecin_traitant, ..fresh(who, permitted, Effect::Permit, by, now) }))
            }
            ListStep::Revoke => permitted.map(|_| None).ok_or(NOT_FOUND),
            ListStep::Block { who } => Ok(Some(Authorisation { administrator: false, ..fresh(who, blocked, Effect::Deny, by, now) })),
            ListStep::Unblock => blocked.map(|_| None).ok_or(NOT_FOUND),
            ListStep::EndMedecinTraitant => {
                let role = permitted.filter(|line| line.medecin_traitant).ok_or(NOT_FOUND)?;
                Ok(Some(Authorisation { medecin_traitant: false, last_action: now, ..role.clone() }))
            }
            ListStep::NameAdministrator(administrator) => {
                Ok(Some(Authorisation { administrator, last_action: now, ..permitted.ok_or(NOT_FOUND)?.clone() }))
            }
        }
    }
}

/// A line as it is put, keeping when it began and whether the professional administers.
fn fresh(who: Habilitation, kept: Option<&Authorisation>, effect: Effect, by: &str, now: Moment) -> Authorisation {
    Authorisation {
        account: who.account,
        name: who.name,
        profession: who.profession,
        structure: who.structure,
        effect,
        since: kept.map_or(now, |line| line.since),
        last_action: now,
        until: None,
        medecin_traitant: false,
        administrator: kept.is_some_and(|line| line.administrator),
        recorded_by: by.to_owned(),
    }
}

impl super::Head {
    /// Takes a step of one professional's line. Declaring a *médecin traitant* ends the role of the one before.
    ///
    /// # Errors
    /// [`Impossible`] when the line does not have the step.
    pub fn list_step(&mut self, account: &str, step: ListStep, by: &str, now: Moment) -> Result<(), Impossible> {
        let line = Authorisation::step(self.authorisation(account), step, by, now)?;
        let declared = line.as_ref().is_some_and(|line| line.medecin_traitant);
        self.authorisations.retain(|known| known.account != account);
        if declared {
            self.authorisations.iter_mut().for_each(|known| known.medecin_traitant = false);
        }
        self.authorisations.extend(line);
        Ok(())
    }
}

const NOT_FOUND: Impossible = Impossible("authorisation-not-found");
