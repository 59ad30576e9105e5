//! No exam twice: whether an exam that is being ordered was done lately, by what the record holds.
//!
//! A [`Table`] says for each exam within how many days it teaches nothing new, and why; [`check`] looks for it in what the caller may read;
//! [`Savings`] adds up what was not done twice. Nothing is refused here: the professional decides.

mod check;
mod exam_code;
mod savings;
mod table;
mod tariffs;

pub use check::{Evidence, Finding, Ordered, check};
pub use exam_code::{CodeSystem, ExamCode};
pub use savings::Savings;
pub use table::{Exam, Table};
pub use tariffs::{Tariff, Tariffs};
