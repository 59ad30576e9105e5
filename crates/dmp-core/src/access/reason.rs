//! Why an act is refused, in words for people and a stable code for programs.

use serde::{Deserialize, Serialize};

/// A reason for refusing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No rule permits: refused by default.
    NoRulePermits,
    NobodyNamed,
    NoRecord,
    RecordClosed,
    RecordSuspended,
    RecordFrozen,
    InsurersNever,
    OccupationalMedicine,
    Blocked,
    BreakGlassOpposed,
    BreakGlassConditions,
    BreakGlassReasonMissing,
    EmergencyReadsOnly,
    RegulationCentreOpposed,
    NotRegulatingPhysician,
    NotAuthorised,
    AuthorisationExpired,
    TeamConsentMissing,
    NotInMatrix,
    StudentUnsupervised,
    Masked,
    WaitsForAnnouncement,
    HiddenFromRepresentatives,
    SecretConnectionOnly,
    Deleted,
    NotItsAuthor,
    ProfessionalDocument,
    PatientDocument,
    ReimbursementDocument,
    NotThisKindOfCaller,
    NeverContent,
    NotTheirRecord,
}

impl Reason {
    /// Every reason, in the order of the catalogue.
    pub const ALL: [Reason; 32] = [
        Reason::NoRulePermits,
        Reason::NobodyNamed,
        Reason::NoRecord,
        Reason::RecordClosed,
        Reason::RecordSuspended,
        Reason::RecordFrozen,
        Reason::InsurersNever,
        Reason::OccupationalMedicine,
        Reason::Blocked,
        Reason::BreakGlassOpposed,
        Reason::BreakGlassConditions,
        Reason::BreakGlassReasonMissing,
        Reason::EmergencyReadsOnly,
        Reason::RegulationCentreOpposed,
        Reason::NotRegulatingPhysician,
        Reason::NotAuthorised,
        Reason::AuthorisationExpired,
        Reason::TeamConsentMissing,
        Reason::NotInMatrix,
        Reason::StudentUnsupervised,
        Reason::Masked,
        Reason::WaitsForAnnouncement,
        Reason::HiddenFromRepresentatives,
        Reason::SecretConnectionOnly,
        Reason::Deleted,
        Reason::NotItsAuthor,
        Reason::ProfessionalDocument,
        Reason::PatientDocument,
        Reason::ReimbursementDocument,
        Reason::NotThisKindOfCaller,
        Reason::NeverContent,
        Reason::NotTheirRecord,
    ];

    /// Whether the caller may not even know that the document exists: answered as what does not exist.
    pub fn conceals(self) -> bool {
        matches!(self, Reason::NotInMatrix | Reason::Masked | Reason::WaitsForAnnouncement | Reason::HiddenFromRepresentatives | Reason::Deleted)
    }

    /// The code in the catalogue, `access-…`.
    pub fn code(self) -> &'static str {
        match self {
            Reason::NoRulePermits => "access-no-rule-permits",
            Reason::NobodyNamed => "access-nobody-named",
            Reason::NoRecord => "record-not-found",
            Reason::RecordClosed => "access-record-closed",
            Reason::RecordSuspended => "access-record-suspended",
            Reason::RecordFrozen => "access-record-frozen",
            Reason::InsurersNever => "access-insurers-never",
            Reason::OccupationalMedicine => "access-occupational-medicine",
            Reason::Blocked => "access-blocked",
            Reason::BreakGlassOpposed => "access-break-glass-opposed",
            Reason::BreakGlassConditions => "access-break-glass-conditions",
            Reason::BreakGlassReasonMissing => "access-break-glass-reason",
            Reason::EmergencyReadsOnly => "access-emergency-reads-only",
            Reason::RegulationCentreOpposed => "access-regulation-opposed",
            Reason::NotRegulatingPhysician => "access-not-regulating-physician",
            Reason::NotAuthorised => "access-not-authorised",
            Reason::AuthorisationExpired => "access-authorisation-expired",
            Reason::TeamConsentMissing => "access-team-consent-missing",
            Reason::NotInMatrix => "access-not-in-matrix",
            Reason::StudentUnsupervised => "access-student-unsupervised",
            Reason::Masked => "access-masked",
            Reason::WaitsForAnnouncement => "access-waits-for-announcement",
            Reason::HiddenFromRepresentatives => "access-hidden-from-representatives",
            Reason::SecretConnectionOnly => "access-secret-connection-only",
            Reason::Deleted => "access-deleted",
            Reason::NotItsAuthor => "access-not-its-author",
            Reason::ProfessionalDocument => "access-professional-document",
            Reason::PatientDocument => "access-patient-document",
            Reason::ReimbursementDocument => "access-reimbursement-document",
            Reason::NotThisKindOfCaller => "access-not-this-kind-of-caller",
            Reason::NeverContent => "access-never-content",
            Reason::NotTheirRecord => "access-not-their-record",
        }
    }
}
