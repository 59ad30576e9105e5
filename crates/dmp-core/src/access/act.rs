//! What a caller asks to do.

use serde::{Deserialize, Serialize};

/// An act of the record. The DMP transaction is in each doc comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Does a record exist, may I read it (TD0.2).
    CheckAccess,
    /// Is this document shown in a list (TD3.1).
    List,
    /// Read a document's bytes (TD3.2).
    Consult,
    /// Feed a new document (TD2.1).
    Publish,
    /// Feed a new version of a document (TD2.1, RPLC).
    Replace,
    /// Hide from professionals (TD3.3a).
    Mask,
    /// Stop hiding from professionals (TD3.3a).
    Unmask,
    /// Lift `INVISIBLE_PATIENT` (TD3.3b).
    ShowToPatient,
    /// Lift `INVISIBLE_REPRESENTANTS_LEGAUX`, for ever (TD3.3b).
    ShowToRepresentatives,
    /// Delete logically (TD3.3c).
    Delete,
    /// Put away (TD3.3d).
    Archive,
    /// Take out again (TD3.3d).
    Unarchive,
    /// Let a professional in (TD0.3 AJOUT).
    Authorise,
    /// Take an authorisation back (TD0.3 SUPPRESSION).
    Revoke,
    /// Keep a professional out.
    Block,
    /// Stop keeping a professional out; restores nothing.
    Unblock,
    DeclareMedecinTraitant,
    NameAdministrator,
    /// The three switches of the person.
    SetEmergencyChoices,
    /// The whole-record mask, the initial consent to care teams, the express consent to occupational medicine.
    SetConsents,
    ReadJournal,
    /// Open a record (TD1.1).
    CreateRecord,
    /// Open a closed record again (TD1.2).
    ReactivateRecord,
    /// Close a record (TD1.4).
    CloseRecord,
    /// Contact data, status, choices: nothing clinical (TD1.3).
    ReadAdministrative,
}

impl Act {
    /// Every act, in the order of the truth table.
    pub const ALL: [Act; 25] = [
        Act::CheckAccess,
        Act::List,
        Act::Consult,
        Act::Publish,
        Act::Replace,
        Act::Mask,
        Act::Unmask,
        Act::ShowToPatient,
        Act::ShowToRepresentatives,
        Act::Delete,
        Act::Archive,
        Act::Unarchive,
        Act::Authorise,
        Act::Revoke,
        Act::Block,
        Act::Unblock,
        Act::DeclareMedecinTraitant,
        Act::NameAdministrator,
        Act::SetEmergencyChoices,
        Act::SetConsents,
        Act::ReadJournal,
        Act::CreateRecord,
        Act::ReactivateRecord,
        Act::CloseRecord,
        Act::ReadAdministrative,
    ];

    /// Whether the act shows clinical content or its metadata.
    pub fn is_reading(self) -> bool {
        matches!(self, Act::List | Act::Consult)
    }

    /// Whether the act adds a document.
    pub fn is_feeding(self) -> bool {
        matches!(self, Act::Publish | Act::Replace)
    }

    /// Whether the act changes one existing document's visibility or status.
    pub fn is_about_an_entry(self) -> bool {
        matches!(self, Act::Mask | Act::Unmask | Act::ShowToPatient | Act::ShowToRepresentatives | Act::Delete | Act::Archive | Act::Unarchive)
    }

    /// Whether the act touches documents at all: reading, feeding, or changing one.
    pub fn is_clinical(self) -> bool {
        self.is_reading() || self.is_feeding() || self.is_about_an_entry()
    }
}
