//! A CDA document as safe HTML for people, made by our own allow-list; never by the document's style sheet.
//!
//! SECURITY: nothing of the document reaches the page but text that is escaped, numbers of spans, and
//! identifiers reduced to a safe alphabet behind the prefix `cda-`. The output is well-formed XML too, so
//! that a test can walk it.

mod html;
mod render;
mod summary;

use base64::Engine as _;
use base64::engine::GeneralPurposeConfig;
use base64::engine::general_purpose::GeneralPurpose;
use dmp_core::Issue;
use roxmltree::Node;

use super::parse::{Cda, Limits, read_text};
use super::tree::{HL7, attribute, child, descend, locate};

pub use summary::{SummaryLine, header_summary};

/// Where on the page of a document the words of a proof stand: the identifier of their element, or of their section's heading.
pub fn fragment_of(proof: &dmp_core::summary::Proof) -> Option<String> {
    let section = (!proof.section.is_empty()).then(|| html::section_identifier(&proof.section));
    proof.anchor.as_deref().and_then(html::safe_identifier).or_else(|| section.as_deref().and_then(html::safe_identifier))
}

/// Base 64 as documents write it: padding may lack.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
);
/// Most attachments of one document.
const ATTACHMENTS_MAX: usize = 32;

/// A document inside the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// As the document writes it, lower case; believe the bytes, not this.
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// What people see of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Narrative {
    /// Sections as an HTML fragment, and the images and documents that it mentions as *pièce jointe 1, 2…*.
    Html { html: String, attachments: Vec<Attachment> },
    /// An unstructured body that is not plain text: the page offers it.
    Attachment(Attachment),
}

/// Renders a document.
///
/// # Errors
/// What [`read_text`] and [`Cda::parse`] refuse; `cda-header-body` without a body, `content-missing` when the
/// body holds nothing that can be decoded, `cda-too-large` when the HTML would be.
pub fn to_html(bytes: &[u8], limits: Limits) -> Result<Narrative, Issue> {
    let text = read_text(bytes, limits)?;
    let cda = Cda::parse(&text, limits)?;
    let root = cda.clinical_document();
    let component = child(root, "component").ok_or_else(|| locate(Issue::error("cda-header-body"), root))?;
    if let Some(text) = descend(component, &["nonXMLBody", "text"]) {
        return unstructured(text);
    }
    let body = child(component, "structuredBody").ok_or_else(|| locate(Issue::error("cda-header-body"), component))?;
    let media = media(body);
    let html = render::body(body, &media)
        .ok_or_else(|| Issue::error("cda-too-large").expected(format!("{} octets de page au plus", html::HTML_SIZE_MAX)))?;
    Ok(Narrative::Html { html, attachments: media.into_iter().map(|(_, attachment)| attachment).collect() })
}

fn unstructured(node: Node<'_, '_>) -> Result<Narrative, Issue> {
    let attachment = decoded(node, "text/plain").filter(|attachment| !attachment.bytes.is_empty());
    let attachment = attachment.ok_or_else(|| locate(Issue::error("content-missing"), node))?;
    if attachment.media_type != "text/plain" {
        return Ok(Narrative::Attachment(attachment));
    }
    let words = String::from_utf8(attachment.bytes).unwrap_or_else(|error| error.as_bytes().iter().map(|byte| char::from(*byte)).collect());
    let mut page = html::Html::default();
    page.open("pre", &[]);
    page.text(&words);
    page.close("pre");
    let html = page.finish().ok_or_else(|| Issue::error("cda-too-large"))?;
    Ok(Narrative::Html { html, attachments: Vec::new() })
}

/// The content of an `ED` element.
pub(crate) fn decoded(node: Node<'_, '_>, default_media_type: &str) -> Option<Attachment> {
    if node.has_attribute("compression") {
        return None;
    }
    let media_type = attribute(node, "mediaType").unwrap_or_else(|| default_media_type.to_owned()).to_ascii_lowercase();
    let content: String = node.children().filter(Node::is_text).filter_map(|part| part.text()).collect();
    let bytes = if node.attribute("representation") == Some("B64") {
        BASE64.decode(content.split_ascii_whitespace().collect::<String>()).ok()?
    } else {
        content.into_bytes()
    };
    Some(Attachment { media_type, bytes })
}

/// The `observationMedia` of the entries, by their ID.
fn media(body: Node<'_, '_>) -> Vec<(String, Attachment)> {
    body.descendants()
        .filter(|node| node.has_tag_name((HL7, "observationMedia")))
        .filter_map(|node| Some((attribute(node, "ID")?, decoded(child(node, "value")?, "application/octet-stream")?)))
        .take(ATTACHMENTS_MAX)
        .collect()
}
