//! Moves of patients: IHE PAM with the French extension (ZBE: the move and its unit; ZFA: what the person said of the DMP).

use dmp_core::Moment;

use super::patient::{PatientIds, has_ins, numbered, patient};
use super::{Envelope, Fault, Field, Incoming, Message};
use crate::cda::moment_of_hl7;

/// A move of one stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub patient: PatientIds,
    /// PV1-19, or PID-18 where there is none: `value@authority`.
    pub stay: String,
    pub kind: MoveKind,
    /// Unit that is responsible after the move: ZBE-7, else PV1-3.
    pub unit: Option<String>,
    /// When it happened: ZBE-2, else PV1-44 or PV1-45, EVN-6, EVN-2, MSH-7.
    pub at: Moment,
    /// ZBE-1.
    pub movement: Option<String>,
    /// When the stay is expected to end (PV2-9).
    pub expected_end: Option<Moment>,
    pub consultation: Consultation,
}

/// What happens to the stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveKind {
    /// A01, A04: it begins.
    Admitted,
    /// A02, A06, A07: another unit.
    Transferred,
    /// A03: it ends.
    Discharged,
    /// A11: it never was.
    AdmissionCancelled,
    /// A12: the unit is the former one again.
    TransferCancelled,
    /// A13: it goes on.
    DischargeCancelled,
    /// A08, Z99: what was said before is said better.
    Updated,
}

/// What becomes of the stay after a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is under way, in the unit of the move.
    Current,
    Over,
}

impl MoveKind {
    /// How the stay is after it.
    pub fn leaves(self) -> Change {
        match self {
            MoveKind::Admitted | MoveKind::Transferred | MoveKind::TransferCancelled | MoveKind::DischargeCancelled | MoveKind::Updated => {
                Change::Current
            }
            MoveKind::Discharged | MoveKind::AdmissionCancelled => Change::Over,
        }
    }
}

/// What the person said of being read by the team (ZFA-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consultation {
    /// `IC`: told, and agrees.
    Agreed,
    /// `INC`: told, and does not.
    Refused,
    /// Nothing was collected.
    Unknown,
}

/// Reads an ADT message.
pub(super) fn read(message: &Message, envelope: &Envelope) -> Result<Incoming, Fault> {
    let kind = match envelope.event.as_str() {
        "A01" | "A04" => MoveKind::Admitted,
        "A02" | "A06" | "A07" => MoveKind::Transferred,
        "A03" => MoveKind::Discharged,
        "A11" => MoveKind::AdmissionCancelled,
        "A12" => MoveKind::TransferCancelled,
        "A13" => MoveKind::DischargeCancelled,
        "A08" | "Z99" => MoveKind::Updated,
        "A40" => return merge(message),
        // Announced, absent for a day, back, linked, identity alone: nobody's team changes.
        "A05" | "A21" | "A22" | "A24" | "A28" | "A31" | "A37" | "A38" | "A52" | "A53" | "A54" | "A55" | "Z80" | "Z81" | "Z82" | "Z83" | "Z84"
        | "Z85" => return Ok(Incoming::Nothing("no-move-of-a-stay")),
        _ => return Err(Fault::at("hl7-event", "MSH-9")),
    };
    let patient = patient(message)?;
    let stay = numbered(message.field("PV1", 19)).or_else(|| numbered(message.field("PID", 18))).ok_or(Fault::at("hl7-required", "PV1-19"))?;
    // An update of the person outside of any stay.
    if kind == MoveKind::Updated && message.segment("PV1").is_none() {
        return Ok(Incoming::Nothing("no-move-of-a-stay"));
    }
    Ok(Incoming::Move(Box::new(Move {
        patient,
        stay,
        kind,
        unit: unit(message),
        at: at(message, kind, envelope)?,
        movement: numbered_movement(message.field("ZBE", 1)),
        expected_end: message.field("PV2", 9).component(1).text().as_deref().and_then(moment_of_hl7),
        consultation: match message.field("ZFA", 11).text().as_deref() {
            Some("IC") => Consultation::Agreed,
            Some("INC") => Consultation::Refused,
            _ => Consultation::Unknown,
        },
    })))
}

/// A merge of two numbers of the hospital's own is the hospital's affair; one that touches an INS is nobody's by message.
fn merge(message: &Message) -> Result<Incoming, Fault> {
    let into = patient(message);
    let from = message.field("MRG", 1);
    if from.raw().is_empty() {
        return Err(Fault::at("hl7-required", "MRG-1"));
    }
    if has_ins(from) {
        return Err(Fault::at("hl7-merge", "MRG-1"));
    }
    into.map(|_| Incoming::Nothing("merge-of-local-numbers"))
}

/// `unité médicale responsable` (XON: name, number in XON-10), else the ward of PV1-3.
fn unit(message: &Message) -> Option<String> {
    let responsible = message.field("ZBE", 7);
    let name = |field: Field<'_>| field.component(1).text();
    name(responsible).or_else(|| responsible.component(10).text()).or_else(|| message.field("PV1", 3).component(1).subcomponent(1).text())
}

fn at(message: &Message, kind: MoveKind, envelope: &Envelope) -> Result<Moment, Fault> {
    let of_stay = match kind {
        MoveKind::Admitted => 44,
        MoveKind::Discharged => 45,
        _ => 0,
    };
    let places = [("ZBE", 2), ("PV1", of_stay), ("EVN", 6), ("EVN", 2)];
    let written = places.iter().find_map(|(segment, number)| message.field(segment, *number).component(1).text());
    match written {
        Some(text) => moment_of_hl7(&text).ok_or(Fault::at("hl7-time", "ZBE-2")),
        None => envelope.sent_at.ok_or(Fault::at("hl7-required", "EVN-2")),
    }
}

fn numbered_movement(field: Field<'_>) -> Option<String> {
    let value = field.component(1).text()?;
    Some(format!("{value}@{}", field.component(3).text().or_else(|| field.component(2).text()).unwrap_or_default()))
}
