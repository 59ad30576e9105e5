//! What a document says: its facts with their proof, and its text to search in ([`dmp_core::summary`]).
//!
//! [`read`] takes any bytes and never fails: what it does not understand it leaves out, and what it cannot read at all it says in
//! [`Reading::extraction`]. A fact stands in a summary under its kind; a heading, an empty battery or a machine is none.
//!
//! SECURITY: documents are hostile until read. Size, depth and number of nodes are bounded before a tree is built ([`crate::cda::Limits`],
//! [`crate::fhir::json::Limits`]); every walk over a referenced element stops after a fixed number of nodes, so that time grows with the
//! size of the document and not with its references.

mod absence;
mod cda;
mod fhir;
mod lines;
mod once;
mod rtf;
mod text;
mod words;

use dmp_core::summary::{Extraction, Fact, TextPart};

pub use lines::of_lines;

/// Version of the extractor: it changes when the facts of a document that was read before would change.
pub const VERSION: u32 = 3;

/// Most facts of one document; real ones stay under 200.
const FACTS_MAX: usize = 5000;

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub extraction: Extraction,
    pub facts: Vec<Fact>,
    pub text: Vec<TextPart>,
    /// A PDF or DICOM object (the body of a CDA document of level 1, or the document itself) that has to be read apart, by somebody else.
    pub apart: Option<Vec<u8>>,
    /// The INS matricule that the document names as its patient, to refuse the wrong person's.
    pub subject: Option<String>,
}

impl Reading {
    fn without_facts(extraction: Extraction) -> Self {
        Reading { extraction, facts: Vec::new(), text: Vec::new(), apart: None, subject: None }
    }
}

/// Reads a document. The media type says what it is; when it says nothing useful, the first bytes do.
///
/// CDA R2 of every level, FHIR JSON (a document or collection bundle, a transaction, a single resource), plain text, RTF, PDF and DICOM
/// are read; of anything else [`Extraction::NothingReadable`] is said.
pub fn read(mime_type: &str, bytes: &[u8]) -> Reading {
    let mime_type = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut reading = match mime_type.as_str() {
        "application/pdf" => pdf(bytes),
        "application/dicom" => dicom(bytes),
        "text/plain" => text::reading(bytes),
        "text/rtf" | "application/rtf" => text::rtf_reading(bytes),
        kind if kind.ends_with("json") => fhir::reading(bytes),
        kind if kind.ends_with("xml") || kind == "application/xslt+xml" => cda::reading(bytes),
        "" | "application/octet-stream" => by_first_bytes(bytes),
        _ => Reading::without_facts(Extraction::NothingReadable),
    };
    once::keep_one_of_each(&mut reading.facts);
    reading.facts.truncate(FACTS_MAX);
    reading
}

fn by_first_bytes(bytes: &[u8]) -> Reading {
    if is_dicom(bytes) {
        return dicom(bytes);
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match start.first() {
        Some(b'%') if start.starts_with(b"%PDF") => pdf(bytes),
        Some(b'<') => cda::reading(bytes),
        Some(b'{') if start.starts_with(b"{\\rtf") => text::rtf_reading(bytes),
        Some(b'{') => fhir::reading(bytes),
        _ => Reading::without_facts(Extraction::NothingReadable),
    }
}

/// A PDF is handed on as it is; what does not begin as one (within its first kilobyte) is none.
fn pdf(bytes: &[u8]) -> Reading {
    let is_pdf = bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-");
    if !is_pdf {
        return Reading::without_facts(Extraction::Unreadable);
    }
    Reading { apart: Some(bytes.to_vec()), ..Reading::without_facts(Extraction::Read) }
}

/// A DICOM object is handed on as it is, of those that begin as a file does (DICOM PS3.10, 7.1).
fn dicom(bytes: &[u8]) -> Reading {
    if !is_dicom(bytes) {
        return Reading::without_facts(Extraction::Unreadable);
    }
    Reading { apart: Some(bytes.to_vec()), ..Reading::without_facts(Extraction::Read) }
}

fn is_dicom(bytes: &[u8]) -> bool {
    bytes.get(128..132) == Some(b"DICM")
}
