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
    /// Read who looked, and the notices; about a document or a secret care: read the lines that tell of it.
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
    /// Change one's own means of signing in.
    ChangeCredentials,
    /// Hand out a new sheet of printed codes to sign in with, face to face.
    HandOutCodes,
    /// Take a copy of the whole record away.
    DownloadAll,
    /// Let somebody outside the record read a part of it; about a document: let them read this one.
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
    /// Let an app of the person's choice read a part of the record (SMART App Launch 2.2).
    AllowApp,
    /// Take that back; the app may lay it down itself (RFC 7009).
    WithdrawApp,
    /// An app exchanges its code or its refresh token for an access token (RFC 6749, 4.1.3 and 6).
    ConnectApp,
    /// Ask the author of a document to correct it (GDPR article 16).
    RequestCorrection,
    /// Take such a request back.
    WithdrawCorrection,
    /// The author opens a request about their document.
    SeeCorrection,
    /// The author refuses a correction, with the reason. Publishing a new version is the other answer.
    AnswerCorrection,
    /// The person does not know who looked, and asks the operator to find out.
    ReportAccess,
    /// The operator looks at such a report, or answers it.
    HandleReport,
    /// Hide every document from professionals, present and future, or stop hiding them.
    MaskAll,
    /// Ask for the record on paper: summary, who looked, who may look.
    OrderPaper,
    /// Print what was asked for on paper, for the post or for a sealed handing over; about a document: print what it says.
    SendPaper,
    /// Make a record of the copy that its person took away (GDPR art. 20).
    ImportRecord,
    /// Take back an opening made a moment ago by mistake: the record is erased.
    CancelOpening,
    /// Propose to write to people who have no record: nobody is written to yet.
    ProposeCampaign,
    /// Second hand: from then on people are written to.
    ConfirmCampaign,
    /// Nobody more is written to, and no record opens by itself for it.
    StopCampaign,
    /// Read which campaigns there are, and what came of them, in counts.
    ReadCampaigns,
}

impl Act {
    /// Every act, in the order of the truth table.
    pub const ALL: [Act; 72] = [
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
        Act::HandOutCodes,
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
        Act::AllowApp,
        Act::WithdrawApp,
        Act::ConnectApp,
        Act::RequestCorrection,
        Act::WithdrawCorrection,
        Act::SeeCorrection,
        Act::AnswerCorrection,
        Act::ReportAccess,
        Act::HandleReport,
        Act::MaskAll,
        Act::OrderPaper,
        Act::SendPaper,
        Act::ImportRecord,
        Act::CancelOpening,
        Act::ProposeCampaign,
        Act::ConfirmCampaign,
        Act::StopCampaign,
        Act::ReadCampaigns,
    ];

    /// Whether the act shows clinical content or its metadata.
    pub fn is_reading(self) -> bool {
        matches!(self, Act::List | Act::Consult)
    }

    /// Whether the act adds a document.
    pub fn is_feeding(self) -> bool {
        matches!(self, Act::Publish | Act::Replace)
    }

    /// Whether the act is about one existing document that it does not read: its visibility, its status, a request to correct it.
    pub fn is_about_an_entry(self) -> bool {
        let changes =
            matches!(self, Act::Mask | Act::Unmask | Act::ShowToPatient | Act::ShowToRepresentatives | Act::Delete | Act::Archive | Act::Unarchive);
        changes || self.is_about_a_correction()
    }

    /// Whether the act is a step of a request to correct a document.
    pub fn is_about_a_correction(self) -> bool {
        matches!(self, Act::RequestCorrection | Act::WithdrawCorrection | Act::SeeCorrection | Act::AnswerCorrection)
    }

    /// Whether the act is about a campaign of invitations, and so about no record.
    pub fn is_about_a_campaign(self) -> bool {
        matches!(self, Act::ProposeCampaign | Act::ConfirmCampaign | Act::StopCampaign | Act::ReadCampaigns)
    }

    /// Whether the act touches documents at all: reading, feeding, or changing one.
    pub fn is_clinical(self) -> bool {
        self.is_reading() || self.is_feeding() || self.is_about_an_entry()
    }
}
