//! What the insurer reimbursed.

mod source;

pub use source::{ReimbursementSource, SourceError};
