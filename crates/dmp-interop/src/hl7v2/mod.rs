//! HL7 v2 as hospitals send it: ER7 text in and out, patient moves (IHE PAM, French extension), documents in MDM and ORU, acknowledgements.
//!
//! Begin with [`Message::parse`] and [`read`]. Nothing here fails but with a [`Fault`], whatever the bytes are.

mod ack;
mod charset;
mod document;
mod escape;
mod fault;
mod message;
pub mod mllp;
mod moves;
mod patient;
mod reading;
mod write;

pub use ack::{Acknowledgement, acknowledge};
pub use charset::Charset;
pub use document::{DocumentMessage, DocumentWish, Visibility};
pub use escape::Separators;
pub use fault::Fault;
pub use message::{Field, Limits, Message, Segment};
pub use moves::{Change, Consultation, Move, MoveKind};
pub use patient::PatientIds;
pub use reading::{Envelope, Incoming, envelope, read};
pub use write::{Part, Writer};
