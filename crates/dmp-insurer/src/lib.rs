//! What the insurer sends, before it goes into anybody's record: a staging area of its own, with its own key and retention.
//!
//! [`import`] reads files of lines (`docs/reimbursements.md`), checks each line and keeps it in a [`StagingArea`];
//! [`StagingArea::lines_of`] draws those of one person, without what the exclusion list keeps back. The area lies outside the record
//! store: a line gives no right and is no document until somebody writes one from it.
//!
//! ```text
//! files ─► feed/ (records, checks) ─► import/ (batches) ─► area/ fresh.sqlite (sealed chunks of many people, in order of arrival)
//!                                                               │ merge: one row a person, last word wins
//!                                                               ▼
//!                                                          area/ lines.sqlite ─► lines_of
//! ```

mod area;
mod error;
pub mod fail_point;
mod feed;
mod import;
mod key;
mod seal;

pub use area::{Counts, StagingArea, StagingOptions};
pub use error::StagingError;
pub use feed::{Reject, template};
pub use import::{ImportOptions, Phase, Progress, Report, import};
pub use seal::Sealing;

/// Months for which lines are kept unless an operator says otherwise: two years, and a quarter for what comes late.
pub const RETENTION_MONTHS: i32 = 27;
