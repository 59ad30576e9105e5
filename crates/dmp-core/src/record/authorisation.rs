//! Who the person lets in, keeps out, or is represented by.

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

/// A declared episode of care: who the team is, and for how long (CSP L.1110-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    pub structure: Structure,
    pub unit: Option<String>,
    /// Accounts of the members.
    pub members: Vec<String>,
    pub from: Moment,
    pub until: Option<Moment>,
}

/// In what quality someone acts for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RepresentativeKind {
    /// Legal representative of a minor.
    Parent,
    /// In charge of a protection measure with representation.
    Guardian,
    /// *Aidant* with a dated mandate: reads and deposits, nothing more.
    Helper,
}

/// Someone who acts for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Account, `person:…`.
    pub account: String,
    pub name: PersonName,
    pub kind: RepresentativeKind,
    pub from: Moment,
    pub until: Option<Moment>,
}
