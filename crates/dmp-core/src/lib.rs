//! The words and the law of the shared health record. Pure: no async, no IO, no clock, no wire format.
//!
//! Start with [`record::Record`] (what a person's record is), [`document::DocumentEntry`] (what a
//! document's metadata are) and [`access::decide`] (who may do what, and why).

pub mod access;
pub mod account;
pub mod audit;
pub mod calendar;
pub mod catalogue;
pub mod document;
pub mod find;
pub mod identity;
pub mod ids;
pub mod issue;
pub mod moment;
pub mod record;
pub mod redundancy;
pub mod reimbursement;
pub mod remuneration;
pub mod statement;
pub mod statistics;
pub mod summary;
pub mod territory;

pub use ids::{EntryId, GrantId, RecordKey};
pub use issue::{Issue, Severity};
pub use moment::Moment;

/// The one mode of an installation, sealed in its store at creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Test identities only: the INS test and demonstration OIDs.
    Sandbox,
    /// Real persons only: the INS-NIR and INS-NIA OIDs.
    Production,
}

impl Mode {
    /// The word written in the store and shown by `dmp doctor`.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Sandbox => "sandbox",
            Mode::Production => "production",
        }
    }
}
