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
    /// The initial consent to care teams, the express consent to occupational medicine.
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
    /// Say that a team takes care of the person now (CSP L.1110-12; FHIR Encounter).
    DeclareEpisode,
    /// Say that the care has ended.
    EndEpisode,
    /// The person does not want this team in their record.
    OpposeEpisode,
    /// Record the initial, informed consent to care teams that the person expresses now.
    RecordTeamConsent,
    /// Record who acts for a minor or a protected adult (TD1.1, TD1.3).
    DeclareRepresentative,
    /// End a representation before its date.
    EndRepresentation,
    InviteHelper,
    /// Accept to help, or to be the second legal representative.
    AcceptInvitation,
    /// Refuse the same.
    DeclineInvitation,
    EndHelper,
    /// Take back the role of *médecin traitant*; the authorisation stays (TD0.3 without the role).
    EndMedecinTraitant,
    /// Change e-mail, mobile and address (TD1.3).
    UpdateContact,
    /// Change the person's password or other means of signing in.
    ChangeCredentials,
    /// Take a copy of the whole record away.
    DownloadAll,
    /// Let somebody outside the record read a part of it.
    Share,
    /// Record that the person has died.
    ReportDeath,
    /// Take back a report of death that was wrong.
    WithdrawDeathReport,
    /// Stop all access, in the holder's interest (fraud, malfunction).
    SuspendRecord,
    /// The holder objects to a suspension.
    ObjectToSuspension,
    LiftSuspension,
    /// Ask that a closed record be destroyed before its ten years are over.
    RequestDestruction,
    /// Destroy an archive: nothing brings it back.
    DestroyRecord,
    /// First of the two persons of an identity act: says what should be done.
    ProposeIdentityChange,
    /// Give the record the right INS.
    CorrectIns,
    /// Two records are one person's: put the second into the first.
    MergeRecords,
    /// Take a merge apart again.
    UnmergeRecords,
    /// Record that the letter which announces the opening was sent (CSP R.1111-28).
    RecordLetter,
    /// Object to the opening of a record.
    ObjectToOpening,
    /// Hide every document from professionals, present and future, or stop hiding them.
    MaskAll,
    /// Ask for the record on paper: summary, who looked, who may look.
    OrderPaper,
    /// Print what was asked for on paper, for the post or for a sealed handing over.
    SendPaper,
    /// Make a record of the copy that its person took away (GDPR art. 20).
    ImportRecord,
}

impl Act {
    /// Every act, in the order of the truth table.
    pub const ALL: [Act; 57] = [
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
        Act::DeclareEpisode,
        Act::EndEpisode,
        Act::OpposeEpisode,
        Act::RecordTeamConsent,
        Act::DeclareRepresentative,
        Act::EndRepresentation,
        Act::InviteHelper,
        Act::AcceptInvitation,
        Act::DeclineInvitation,
        Act::EndHelper,
        Act::EndMedecinTraitant,
        Act::UpdateContact,
        Act::ChangeCredentials,
        Act::DownloadAll,
        Act::Share,
        Act::ReportDeath,
        Act::WithdrawDeathReport,
        Act::SuspendRecord,
        Act::ObjectToSuspension,
        Act::LiftSuspension,
        Act::RequestDestruction,
        Act::DestroyRecord,
        Act::ProposeIdentityChange,
        Act::CorrectIns,
        Act::MergeRecords,
        Act::UnmergeRecords,
        Act::RecordLetter,
        Act::ObjectToOpening,
        Act::MaskAll,
        Act::OrderPaper,
        Act::SendPaper,
        Act::ImportRecord,
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
