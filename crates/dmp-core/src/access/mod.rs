//! The law as code. [`decide`] is total and pure: act, caller, facts and the present moment in; a
//! decision that names its rules out. Each rule stands in one file of `rules`.

mod act;
mod caller;
mod channel;
mod decide;
mod facts;
mod ground;
mod matrix;
mod matrix_data;
mod matrix_file;
mod permit;
mod question;
mod reason;
pub mod rules;
mod viewer;

pub use act::Act;
pub use caller::{AppCaller, AppPass, Attestation, Caller, CallerKind, Colleague, EMERGENCY_SECONDS, Purpose};
pub use decide::{Decision, Question, Verdict, decide, knows_of};
pub use facts::{
    AppFacts, AuthorisationState, EntryFacts, Facts, MandateFacts, OwnOpening, RecordFacts, RecordState, Relation, SubjectFacts, TeamFacts,
};
pub use matrix::{Cell, Matrix, Provenance};
pub use matrix_file::{MATRIX_BYTES_MAX, MatrixFault, ToldCell, provenance_word, read_word};
pub use permit::{Consult, Permit};
pub use question::{Answer, WrittenAnswer, WrittenQuestion};
pub use reason::Reason;
pub use viewer::{Agreement, Viewer};
