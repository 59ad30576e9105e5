//! FHIR resources as XML ↔ JSON (FHIR R4 "XML representation"), for the closed list of resources that are read and
//! written. The order, the types and the repeating elements come from one table.

mod to_json;
mod to_xml;

use dmp_core::Issue;

pub use to_json::to_json;
pub use to_xml::to_xml;

/// Longest text that is read: as for JSON.
const XML_BYTES_MAX: usize = 64 << 20;
/// Deepest nesting. SECURITY: bounds the stack of every later walk.
const XML_DEPTH_MAX: usize = 64;
/// Most nodes of one text.
const XML_NODES_MAX: u32 = 1_000_000;
/// Namespace of FHIR.
const FHIR: &str = "http://hl7.org/fhir";
/// Namespace of narratives.
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The text of an XML body: bounded, UTF-8, nesting bounded.
pub(crate) fn checked_text(bytes: &[u8]) -> Result<&str, Issue> {
    if bytes.len() > XML_BYTES_MAX {
        return Err(Issue::error("xml-too-large").expected(XML_BYTES_MAX.to_string()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Issue::error("xml-invalid").expected("UTF-8"))?;
    bounded_depth(text)?;
    Ok(text)
}

/// Walks the tags before a tree is built. Anything odd is left for the tree builder to tell.
fn bounded_depth(text: &str) -> Result<(), Issue> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) if depth >= XML_DEPTH_MAX => return Err(Issue::error("xml-too-deep").expected(XML_DEPTH_MAX.to_string())),
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::DocType(_)) => return Err(Issue::error("xml-doctype")),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(Issue::error("xml-invalid")),
        }
    }
}

/// The tree of a checked text. A DOCTYPE is refused.
pub(crate) fn parse_tree(text: &str) -> Result<roxmltree::Document<'_>, Issue> {
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: XML_NODES_MAX, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        let code = if matches!(error, roxmltree::Error::DtdDetected) { "xml-doctype" } else { "xml-invalid" };
        let at = error.pos();
        Issue::error(code).at_line(at.row, at.col)
    })
}

#[cfg(test)]
mod tests;
