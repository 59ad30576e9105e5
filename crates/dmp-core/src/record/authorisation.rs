//! Who the person lets in and keeps out.

use serde::{Deserialize, Serialize};

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
