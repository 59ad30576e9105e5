//! Documents in messages: MDM^T02 (new), MDM^T10 (in place of another), ORU^R01 (results). CI-SIS, *Transmission d'un document CDA
//! en HL7 v2*: the document in base64 in OBX-5 (type ED), what becomes of it in further OBX of `MetaDMPMSS`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dmp_core::Moment;

use super::patient::{PatientIds, patient};
use super::{Envelope, Fault, Field, Incoming, Message, Segment};
use crate::cda::moment_of_hl7;

/// A document and what the message says of it.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentMessage {
    pub patient: PatientIds,
    pub wish: DocumentWish,
    /// `text/xml` for a CDA, `application/pdf`.
    pub mime_type: &'static str,
    pub bytes: Vec<u8>,
    /// LOINC or TRE_A05 code (OBX-3, else TXA-2) and its words.
    pub type_code: Option<String>,
    pub title: Option<String>,
    /// TXA-12: identifier of the document, and TXA-13: of the one it replaces.
    pub unique_id: Option<String>,
    pub replaces: Option<String>,
    /// TXA-6, TXA-4, OBR-22, OBR-7.
    pub written_at: Option<Moment>,
    /// TXA-9, TXA-22, or the participation `SB`: PS_IdNat, family and given name.
    pub author: Option<(String, String, String)>,
    pub visibility: Visibility,
    /// FILLER order number of results (OBR-3): names a document that has no identifier of its own.
    pub order: Option<String>,
}

impl std::fmt::Debug for DocumentMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DocumentMessage({}, {} bytes)", self.mime_type, self.bytes.len())
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentWish {
    Deposit,
    Replace,
}

/// From whom it is hidden (`MASQUE_PS`, `INVISIBLE_PATIENT`, `INVISIBLE_REP_LEGAUX`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visibility {
    pub masked: bool,
    pub invisible_to_patient: bool,
    pub invisible_to_representatives: bool,
}

/// Reads MDM and ORU.
pub(super) fn read(message: &Message, envelope: &Envelope) -> Result<Incoming, Fault> {
    let mut wish = match (envelope.kind.as_str(), envelope.event.as_str()) {
        ("MDM", "T02" | "T04" | "T06" | "T08") | ("ORU", "R01") => DocumentWish::Deposit,
        ("MDM", "T10") => DocumentWish::Replace,
        ("MDM", "T11") => return Err(Fault::at("hl7-withdrawal", "MSH-9")),
        // Without content: nothing to keep.
        ("MDM", "T01" | "T03" | "T05" | "T07" | "T09") => return Ok(Incoming::Nothing("no-content")),
        _ => return Err(Fault::at("hl7-event", "MSH-9")),
    };
    let flag = |name: &str| flag(message, name);
    if flag("DESTDMP") == Some(false) {
        return Ok(Incoming::Nothing("not-for-the-record"));
    }
    if flag("CONNEXION_SECRETE") == Some(true) {
        return Err(Fault::at("hl7-secret", "OBX-5"));
    }
    let patient = patient(message)?;
    let Some(carrier) = message.segments.iter().find(|segment| carries(message, segment)) else {
        let results = envelope.kind == "ORU" && message.segment("OBX").is_some();
        // Numbers without a report are the laboratory's own affair: only complete reports are sent (domain.md 4.3).
        return if results { Ok(Incoming::Nothing("results-without-report")) } else { Err(Fault::at("hl7-content-missing", "OBX-5")) };
    };
    if message.of(carrier, 11).text().as_deref() == Some("D") || order_control(message).as_deref() == Some("CA") {
        return Err(Fault::at("hl7-withdrawal", "OBX-11"));
    }
    let (mime_type, bytes) = content(message, carrier)?;
    let replaces = message.field("TXA", 13).component(1).text();
    if replaces.is_some() || order_control(message).as_deref() == Some("RO") {
        wish = DocumentWish::Replace;
    }
    let concept = message.of(carrier, 3);
    Ok(Incoming::Document(Box::new(DocumentMessage {
        patient,
        wish,
        mime_type,
        bytes,
        type_code: concept.component(1).text().or_else(|| message.field("TXA", 2).component(1).text()),
        title: concept.component(2).text().or_else(|| message.field("OBR", 4).component(2).text()),
        unique_id: message.field("TXA", 12).component(1).text(),
        replaces,
        written_at: [("TXA", 6), ("TXA", 4), ("OBR", 22), ("OBR", 7)]
            .iter()
            .find_map(|(segment, number)| message.field(segment, *number).component(1).text().as_deref().and_then(moment_of_hl7)),
        author: author(message),
        visibility: Visibility {
            masked: flag("MASQUE_PS") == Some(true),
            invisible_to_patient: flag("INVISIBLE_PATIENT") == Some(true),
            invisible_to_representatives: flag("INVISIBLE_REP_LEGAUX").or_else(|| flag("INVISIBLE_REPRESENTANTS_LEGAUX")) == Some(true),
        },
        order: message.field("OBR", 3).component(1).text(),
    })))
}

fn order_control(message: &Message) -> Option<String> {
    message.field("ORC", 1).text()
}

/// Whether an OBX brings the document: encapsulated data that is no word about the sending.
fn carries(message: &Message, segment: &Segment) -> bool {
    let encapsulated = message.of(segment, 2).text().is_some_and(|kind| kind == "ED");
    segment.name == "OBX" && encapsulated && message.of(segment, 3).component(3).text().as_deref() != Some(ABOUT_SENDING)
}

const ABOUT_SENDING: &str = "MetaDMPMSS";

/// A `Y` or `N` of the words about the sending; `None` where there is none.
fn flag(message: &Message, name: &str) -> Option<bool> {
    let of = |segment: &&Segment| segment.name == "OBX" && message.of(segment, 3).component(1).text().as_deref() == Some(name);
    let segment = message.segments.iter().find(of)?;
    match message.of(segment, 5).component(1).text().as_deref() {
        Some("Y" | "O") => Some(true),
        Some("N") => Some(false),
        _ => None,
    }
}

fn content(message: &Message, carrier: &Segment) -> Result<(&'static str, Vec<u8>), Fault> {
    let value = message.of(carrier, 5);
    if value.component(4).text().is_none_or(|encoding| !encoding.eq_ignore_ascii_case("base64")) {
        return Err(Fault::at("hl7-content-encoding", "OBX-5"));
    }
    let data: String = value.component(5).text().unwrap_or_default().chars().filter(|letter| !letter.is_whitespace()).collect();
    let bytes = STANDARD.decode(data).map_err(|_| Fault::at("hl7-content-encoding", "OBX-5"))?;
    if bytes.is_empty() {
        return Err(Fault::at("hl7-content-missing", "OBX-5"));
    }
    mime_type(value, &bytes).map(|mime_type| (mime_type, bytes)).ok_or(Fault::at("hl7-content-type", "OBX-5"))
}

/// By the bytes, not by what is said of them.
fn mime_type(value: Field<'_>, bytes: &[u8]) -> Option<&'static str> {
    let said = value.component(3).text().or_else(|| value.component(2).text()).unwrap_or_default().to_ascii_lowercase();
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if bytes.starts_with(b"%PDF-") {
        Some("application/pdf")
    } else if start.starts_with(b"<") || said.contains("xml") || said.contains("cda") {
        Some("text/xml")
    } else {
        None
    }
}

/// PS_IdNat, family, given.
fn author(message: &Message) -> Option<(String, String, String)> {
    let named = |field: Field<'_>| {
        let text = |number: usize| field.component(number).text();
        let national = text(1).filter(|_| field.component(9).subcomponent(2).text().as_deref() == Some(dmp_core::identity::PS_ID_NAT_OID))?;
        Some((national, text(2).unwrap_or_default(), text(3).unwrap_or_default()))
    };
    let signer = |segment: &&Segment| segment.name == "PRT" && message.of(segment, 4).component(1).text().as_deref() == Some("SB");
    let participation = message.segments.iter().find(signer).and_then(|segment| named(message.of(segment, 5)));
    participation.or_else(|| named(message.field("TXA", 9))).or_else(|| named(message.field("TXA", 22)))
}
