//! What the insurer reimbursed.

mod draw;
mod source;

pub use draw::{Drawn, Insurer};
pub use source::{ReimbursementSource, SourceError};
