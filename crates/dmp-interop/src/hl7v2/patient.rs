//! Who a message is about: PID-3 with the INS and its OID, and the hospital's own numbers.

use dmp_core::identity::{Ins, InsAuthority};

use super::{Fault, Field, Message};

/// Identifiers of PID-3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientIds {
    pub ins: Ins,
    /// The hospital's number of the person (type `PI`), with its authority: `000003@000897406`.
    pub local: Option<String>,
}

/// Reads PID-3.
///
/// # Errors
/// Without an INS, with one that is not valid, with two different ones.
pub(super) fn patient(message: &Message) -> Result<PatientIds, Fault> {
    if message.segment("PID").is_none() {
        return Err(Fault::at("hl7-required", "PID"));
    }
    let field = message.field("PID", 3);
    let mut found: Option<Ins> = None;
    for id in field.repetitions() {
        let Some(oid) = ins_oid(id) else { continue };
        let value = id.component(1).text().unwrap_or_default();
        let ins = parse(&oid, &value).ok_or(Fault::at("hl7-ins-invalid", "PID-3"))?;
        if found.as_ref().is_some_and(|known| *known != ins) {
            return Err(Fault::at("hl7-ins-several", "PID-3"));
        }
        found = Some(ins);
    }
    let ins = found.ok_or(Fault::at("hl7-ins-missing", "PID-3"))?;
    let local = field.repetitions().find(|id| ins_oid(*id).is_none()).and_then(|id| numbered(id));
    Ok(PatientIds { ins, local })
}

/// Whether a field of identifiers names somebody by an INS.
pub(super) fn has_ins(field: Field<'_>) -> bool {
    field.repetitions().any(|id| ins_oid(id).is_some())
}

/// The OID of an INS in CX-4: `ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO`.
fn ins_oid(id: Field<'_>) -> Option<String> {
    let oid = id.component(4).subcomponent(2).text()?;
    InsAuthority::from_oid(&oid).map(|_| oid)
}

/// A matricule is written with its key, or without it when the key is derived: both are in use. Only the whole one is taken.
fn parse(oid: &str, value: &str) -> Option<Ins> {
    let digits: String = value.chars().filter(|letter| !letter.is_whitespace()).collect();
    Ins::parse(oid, &digits).ok()
}

/// A number with its authority, `value@authority`.
pub(super) fn numbered(id: Field<'_>) -> Option<String> {
    let value = id.component(1).text()?;
    let authority = id.component(4);
    let authority = authority.subcomponent(2).text().or_else(|| authority.subcomponent(1).text()).unwrap_or_default();
    Some(format!("{value}@{authority}"))
}
