//! Changes of a document's metadata, in the three patch formats of FHIR (PDSm flux 3; `interop.md` 3.5).
//!
//! Only status, securityLabel and isArchived may be touched; anything else is `patch-element-not-allowed`.
//! SECURITY: security labels are a set. Writing one label never drops another silently: what replaces the HL7
//! confidentiality code with a French code adds the French code, and a set without HL7 code keeps the one it had.

mod apply;
mod fhirpath;
mod json_patch;
mod place;
mod xml_patch;

use dmp_core::Issue;
use serde_json::Value;

use super::json;

pub use apply::{PatchTarget, apply};

/// A FHIR status that a patch may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusWord {
    Current,
    Superseded,
    /// Logical deletion by the author (`interop.md` 3.7).
    EnteredInError,
}

impl StatusWord {
    /// All words.
    pub const ALL: [StatusWord; 3] = [StatusWord::Current, StatusWord::Superseded, StatusWord::EnteredInError];

    /// The code of FHIR.
    pub fn as_str(self) -> &'static str {
        match self {
            StatusWord::Current => "current",
            StatusWord::Superseded => "superseded",
            StatusWord::EnteredInError => "entered-in-error",
        }
    }

    /// From the code of FHIR.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.as_str() == code)
    }
}

/// Which label of the rendered list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelRef {
    /// From 0, in the rendered order: N|R|V, MASQUE_PS, INVISIBLE_PATIENT, INVISIBLE_REPRESENTANTS_LEGAUX.
    Index(usize),
    Code(String),
}

/// What a patch must find before it changes anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    Status(String),
    LabelAt(LabelRef, String),
    Labels(Vec<String>),
    Archived(bool),
}

/// One change of metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataChange {
    SetStatus(StatusWord),
    /// The whole set, as the sender wants it.
    SetLabels(Vec<String>),
    AddLabel {
        code: String,
        index: Option<usize>,
    },
    ReplaceLabel {
        label: LabelRef,
        code: String,
    },
    RemoveLabel(LabelRef),
    SetArchived(bool),
    Test(Expectation),
}

/// Longest patch that is read: 100 operations take 20 KiB.
const PATCH_BYTES_MAX: usize = 64 * 1024;
/// Most operations of one patch.
const OPERATIONS_MAX: usize = 100;

/// Reads a patch body. Parameters of the media type (charset) are ignored: only UTF-8 is read.
///
/// # Errors
/// `media-type-unsupported`, `patch-invalid`, `patch-element-not-allowed`,
/// `patch-path-not-found`, `element-value`, or what [`json::parse`] says.
pub fn read_patch(media_type: &str, body: &[u8]) -> Result<Vec<MetadataChange>, Issue> {
    if body.len() > PATCH_BYTES_MAX {
        return Err(Issue::error("patch-invalid").expected(PATCH_BYTES_MAX.to_string()));
    }
    let parsed = || json::parse(body, json::Limits::default());
    let changes = match media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json-patch+json" => json_patch::read(&parsed()?)?,
        "application/fhir+json" | "application/json" => fhirpath::read(&parsed()?)?,
        "application/fhir+xml" => fhirpath::read(&super::xml::to_json(body)?)?,
        "application/xml-patch+xml" => xml_patch::read(body)?,
        other => return Err(Issue::error("media-type-unsupported").received(other).expected("application/json-patch+json")),
    };
    bounded(changes)
}

/// Reads the resource of a PATCH entry of a transaction: `Parameters`, or a `Binary` with a JSON Patch.
pub(crate) fn read_patch_resource(resource: &Value) -> Result<Vec<MetadataChange>, Issue> {
    use base64::Engine as _;
    if resource.get("resourceType").and_then(Value::as_str) == Some("Parameters") {
        return bounded(fhirpath::read(resource)?);
    }
    let text = |key: &str| resource.get(key).and_then(Value::as_str);
    let data = text("data").and_then(|data| base64::engine::general_purpose::STANDARD.decode(data).ok());
    match (text("contentType"), data) {
        (Some(media_type), Some(body)) => read_patch(media_type, &body),
        _ => Err(Issue::error("patch-invalid")),
    }
}

fn bounded(changes: Vec<MetadataChange>) -> Result<Vec<MetadataChange>, Issue> {
    match changes.len() {
        0 => Err(Issue::error("patch-invalid").expected("1..*")),
        count if count > OPERATIONS_MAX => Err(Issue::error("patch-invalid").expected(OPERATIONS_MAX.to_string())),
        _ => Ok(changes),
    }
}

#[cfg(test)]
mod tests;
