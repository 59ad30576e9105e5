//! A person's record: its head (who, consent, rights), its entries, submission sets and folders.

mod authorisation;
mod creation;
mod head;
mod notice;

pub use authorisation::{Authorisation, Effect, Episode, Representative, RepresentativeKind};
pub use creation::{Channel, ConsentEvidence, Contact, Creation, CreatorKind, EmergencyChoices};
pub use head::{Closure, ClosureReason, Head, Record, RecordStatus};
pub use notice::{Notice, NoticeKind};

/// The legal regime that an installation applies (`domain.md`, head).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Regime {
    /// "DMP v2", 2016 to 2021: opening by explicit consent.
    A,
    /// "Mon espace santé", since 2022: automatic opening unless the person objects.
    B,
}
