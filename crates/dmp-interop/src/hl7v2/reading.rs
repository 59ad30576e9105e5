//! From a message to what it means: a move of a patient, a document, or nothing for the record.

use dmp_core::Moment;

use super::{DocumentMessage, Fault, Message, Move, document, moves};
use crate::cda::moment_of_hl7;

/// Who sent what, and when (MSH).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// MSH-3 and MSH-4.
    pub application: String,
    pub facility: String,
    /// MSH-7.
    pub sent_at: Option<Moment>,
    /// MSH-9, `ADT` and `A01`.
    pub kind: String,
    pub event: String,
    /// MSH-10.
    pub control_id: String,
    /// MSH-12, `2.5`.
    pub version: String,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    Move(Box<Move>),
    Document(Box<DocumentMessage>),
    /// It says nothing that the record keeps; the reason is a stable word.
    Nothing(&'static str),
}

/// Reads MSH.
///
/// # Errors
/// `hl7-required` without a type or a control id.
pub fn envelope(message: &Message) -> Result<Envelope, Fault> {
    let text = |number: usize| message.field("MSH", number).component(1).subcomponent(1).text();
    let kind = message.field("MSH", 9);
    Ok(Envelope {
        application: text(3).unwrap_or_default(),
        facility: text(4).unwrap_or_default(),
        sent_at: text(7).as_deref().and_then(moment_of_hl7),
        kind: kind.component(1).text().ok_or(Fault::at("hl7-required", "MSH-9"))?,
        event: kind.component(2).text().unwrap_or_default(),
        control_id: text(10).ok_or(Fault::at("hl7-required", "MSH-10"))?,
        version: text(12).unwrap_or_default(),
    })
}

/// Reads a message whole.
///
/// # Errors
/// The first thing that keeps it from being taken.
pub fn read(message: &Message) -> Result<(Envelope, Incoming), Fault> {
    let envelope = envelope(message)?;
    let incoming = match envelope.kind.as_str() {
        "ADT" => moves::read(message, &envelope)?,
        "MDM" | "ORU" => document::read(message, &envelope)?,
        _ => return Err(Fault::at("hl7-type", "MSH-9")),
    };
    Ok((envelope, incoming))
}
