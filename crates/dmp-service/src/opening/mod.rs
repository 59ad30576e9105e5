//! A person opens their record themself, or refuses it: who they are (a code sent to the contact that the insurer holds, and the card that they
//! have in hand), what they consent to, how they are reached. `docs/threats.md` says what each step keeps out.

mod codes;
mod desk;
mod journey;
mod letters;
mod proof;
mod registry;
mod sending;

pub(crate) use journey::{packed, unpacked};
pub(crate) use sending::{CodeSent, CodeWish, way_of};

pub use codes::{CODES_A_WEEK, LETTER_DAYS, MAIL_HOURS, TRIES_MAX};
pub use desk::{Opening, OpeningDesk, OpeningTally};
pub use journey::{Answered, JOURNEY_DAYS, Journey, SeenJourney, Stage, Wish};
pub use letters::CodeLetter;
pub use proof::{CardProof, CodeProof};
pub use registry::{CardHolder, CardRegistry, RegistryError};
