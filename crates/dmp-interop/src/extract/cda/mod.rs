//! Facts and text of CDA R2 documents (CI-SIS *volets*, templates of IHE PCC and XD-LAB).
//!
//! Sections are walked in order; each entry is read by its templates, by the code of its section where the templates say too little, and
//! by its `moodCode` last.

mod allergy;
mod concept;
mod contact;
mod device;
mod encounter;
mod entry;
mod family;
mod imaging;
mod lifestyle;
mod medicine;
mod narrative;
mod observation;
mod party;
mod place;
mod plan;
mod pregnancy;
mod problem;
mod procedure;
mod section;
mod time;
mod vaccination;
mod value;
mod words_only;
mod xml;

use dmp_core::identity::InsAuthority;
use dmp_core::summary::{Extraction, Fact, Party, TextPart};

use crate::cda::narrative::decoded;
use crate::cda::tree::{attribute, child, children, descend};
use crate::cda::{Cda, Limits, read_text};

use super::{Reading, text};
use place::{Genre, Paper};
use xml::{Element, code_of};

/// Reads a CDA document.
pub(super) fn reading(bytes: &[u8]) -> Reading {
    let limits = Limits::default();
    let Ok(words) = read_text(bytes, limits) else { return Reading::without_facts(Extraction::Unreadable) };
    match Cda::parse(&words, limits) {
        Ok(cda) => document(cda.clinical_document()),
        Err(_) => Reading::without_facts(Extraction::Unreadable),
    }
}

fn document(root: Element<'_>) -> Reading {
    let mut reading = Reading { subject: subject(root), ..Reading::without_facts(Extraction::Read) };
    let Some(component) = child(root, "component") else { return Reading { extraction: Extraction::NothingReadable, ..reading } };
    let paper = Paper::new(root, genre(root), laboratory(root), accession(root));
    contact::add_header(&paper, &mut reading.facts);
    encounter::add_header(&paper, &mut reading.facts);
    if let Some(body) = child(component, "structuredBody") {
        section::add_all(&paper, body, &mut reading.facts, &mut reading.text);
        imaging::add_from_header(&paper, &mut reading.facts);
    } else if let Some(body) = descend(component, &["nonXMLBody", "text"]) {
        imaging::add_from_header(&paper, &mut reading.facts);
        unstructured(body, &mut reading);
    } else {
        reading.extraction = Extraction::NothingReadable;
    }
    reading
}

/// The body of a document of level 1.
fn unstructured(node: Element<'_>, reading: &mut Reading) {
    let Some(attachment) = decoded(node, "text/plain").filter(|attachment| !attachment.bytes.is_empty()) else {
        reading.extraction = Extraction::Unreadable;
        return;
    };
    let inside = match attachment.media_type.as_str() {
        "application/pdf" => super::pdf(&attachment.bytes),
        "text/plain" => text::reading(&attachment.bytes),
        "text/rtf" | "application/rtf" => text::rtf_reading(&attachment.bytes),
        _ => Reading::without_facts(Extraction::NothingReadable),
    };
    (reading.extraction, reading.text, reading.apart) = (inside.extraction, inside.text, inside.apart);
}

/// The INS of the `recordTarget`.
fn subject(root: Element<'_>) -> Option<String> {
    let role = descend(root, &["recordTarget", "patientRole"])?;
    let ins = children(role, "id").take(xml::REPEATS_MAX).find(|id| id.attribute("root").is_some_and(|root| InsAuthority::from_oid(root).is_some()));
    ins.and_then(|id| attribute(id, "extension"))
}

fn genre(root: Element<'_>) -> Genre {
    match code_of(root).as_deref() {
        Some("REMB") => Genre::Reimbursement,
        Some("18748-4") => Genre::ImagingReport,
        Some("57833-6" | "57832-8") => Genre::Prescription,
        _ => Genre::Other,
    }
}

/// Who performed the analyses: the first performer of a `serviceEvent`, of a report of biology only.
fn laboratory(root: Element<'_>) -> Party {
    if !matches!(code_of(root).as_deref(), Some("11502-2" | "96173-0")) {
        return Party::default();
    }
    children(root, "documentationOf")
        .take(xml::REPEATS_MAX)
        .filter_map(|documentation| child(documentation, "serviceEvent"))
        .map(party::performer)
        .find(party::is_known)
        .unwrap_or_default()
}

/// The number that the imaging centre or the requester gave (`inFulfillmentOf/order`).
fn accession(root: Element<'_>) -> Option<String> {
    let order = descend(root, &["inFulfillmentOf", "order"])?;
    let number = order.children().find(|node| node.tag_name().name() == "accessionNumber").and_then(|node| attribute(node, "extension"));
    number.or_else(|| child(order, "id").and_then(|id| attribute(id, "extension")))
}

/// Facts and parts that a walk gathers.
type Facts = Vec<Fact>;
type Parts = Vec<TextPart>;
