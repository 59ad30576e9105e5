//! FHIR resources as XML ↔ JSON (FHIR R4 "XML representation").
use dmp_core::Issue;
use serde_json::Value;

pub fn to_json(bytes: &[u8]) -> Result<Value, Issue> {
    let _ = parse_tree(checked_text(bytes)?)?;
    Err(Issue::error("xml-invalid"))
}

pub(crate) fn checked_text(bytes: &[u8]) -> Result<&str, Issue> {
    std::str::from_utf8(bytes).map_err(|_| Issue::error("xml-invalid"))
}

pub(crate) fn parse_tree(text: &str) -> Result<roxmltree::Document<'_>, Issue> {
    roxmltree::Document::parse(text).map_err(|_| Issue::error("xml-invalid"))
}
