//! A person's record: its head (who, consent, rights), its entries, submission sets and folders.

mod authorisation;
mod creation;
mod episode;
mod head;
mod notice;
mod representative;

pub use authorisation::{Authorisation, Effect};
pub use creation::{Channel, ConsentEvidence, Contact, Creation, CreatorKind, EmergencyChoices};
pub use episode::{Episode, TeamMember};
pub use head::{Closure, ClosureReason, Head, Record, RecordStatus, Suspension};
pub use notice::{Notice, NoticeKind};
pub use representative::{MandateState, Representative, RepresentativeKind, Scope};

/// The legal regime that an installation applies (`domain.md`, head).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Regime {
    /// "DMP v2", 2016 to 2021: opening by explicit consent.
    A,
    /// "Mon espace santé", since 2022: automatic opening unless the person objects.
    B,
}
