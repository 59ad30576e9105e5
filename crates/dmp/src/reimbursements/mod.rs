//! The insurer's lines: `dmp import reimbursements`, and the staging area as a source of the acts.

mod import;
mod source;

pub use import::run as import;
