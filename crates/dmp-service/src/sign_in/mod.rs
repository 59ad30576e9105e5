//! Signing in as a person, and what one signs in with: the acts on an account. What an account may do with a record is asked of each record.

mod budget;
mod challenge;
mod change;
mod ended;
mod forget;
mod guess;
mod identifier;
mod notes;
mod passkeys;
mod quality;
mod sheet;
mod subject;

pub use budget::STARTS_AN_HOUR;
pub use challenge::{Begun, CODE_MINUTES, MailCheck, SignInWay};
pub use change::Myself;
pub use guess::{Arrived, GUESSES_MAX, Guesses};
pub use quality::Quality;
pub use sheet::PrintedSheet;
