//! A person's record: its head (who, consent, rights), its entries, submission sets and folders.

mod app_grant;
mod authorisation;
mod code;
mod correction;
mod creation;
mod dated;
mod episode;
mod head;
mod identity;
mod life;
mod notice;
mod paper;
mod report;
mod representative;
mod share;
mod telling;

pub use app_grant::{AppGrant, AppName, AppReads, CodeProof, EndOfGrant, GivenBy, GrantEnd, IssuedCode, KeyRefusal};
pub use authorisation::{Authorisation, Effect, Habilitation, ListStep};
pub use code::CodePurpose;
pub use correction::{CorrectionOutcome, CorrectionRequest, CorrectionStage};
pub use creation::{AgreedBy, Channel, ConsentEvidence, Contact, Creation, CreatorKind, EmergencyChoices, FamilyRole};
pub use dated::{ARCHIVE_YEARS, CANCEL_OPENING_MINUTES, DESTRUCTION_DAYS, DatedAct, OBJECTION_DAYS, due_dated, next_dated, next_due};
pub use episode::{Episode, EpisodeStep, TeamMember};
pub use head::{Head, Record};
pub use identity::{IdentityChange, IdentityProposal, MergedRecord, PROPOSAL_DAYS, PastIns};
pub use life::{Closure, ClosureReason, Impossible, RecordStatus, RecordStep, Suspension};
pub use notice::{Notice, NoticeKind, clock_notices, next_clock};
pub use paper::{PaperKind, PaperOrder, PaperWay};
pub use report::{AccessReport, REPORT_ANSWER_DAYS, ReportAnswer, ReportFinding, ReportState, ReportStep};
pub use representative::{INVITATION_DAYS, MandateState, MandateStep, Representative, RepresentativeKind, Scope, Standing};
pub use share::{
    EMERGENCY_DAYS, LABEL_CHARACTERS, Means, Passcode, SENT_DAYS_MAX, SHARED_DOCUMENTS_MAX, SHARES_ACTIVE_MAX, SHOWN_SECONDS, Secret, Share,
    ShareKind, ShareOpening, ShareState, Shared, Sharer, TRIES, add_share,
};
pub use telling::{Delivery, Language, NoticeSettings, Reach, Recipient, Rhythm, Way, deliveries};

/// The legal regime that an installation applies (`domain.md`, head).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Regime {
    /// "DMP v2", 2016 to 2021: opening by explicit consent.
    A,
    /// "Mon espace santé", since 2022: automatic opening unless the person objects.
    B,
}
