//! Bytes to a bounded XML tree: everything hostile is refused here, before anyone looks at the header.
//!
//! SECURITY: no DOCTYPE at all (so no entity beyond the five of XML), bounded size, depth, nodes and
//! attributes. The scan runs before the tree is built, because building is what costs memory.

use std::borrow::Cow;

use dmp_core::Issue;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use roxmltree::{Document, Node, ParsingOptions};

use super::tree::{self, HL7, Places};

/// Largest document in bytes: what the patient site of the national record accepts (`domain-supplement.md` 5).
pub const CDA_SIZE_MAX: usize = 5_000_000;
/// Deepest nesting of elements; real documents stay under 20.
pub const CDA_DEPTH_MAX: u32 = 128;
/// Most nodes of a tree; real documents stay under 20,000.
pub const CDA_NODES_MAX: u32 = 300_000;
/// Most attributes of one element: the check for duplicates is quadratic. Real elements stay under 20.
const ATTRIBUTES_MAX: usize = 64;

/// Most nodes right below ClinicalDocument, comments and blanks counted: paths are made by walking them.
const HEADER_NODES_MAX: usize = 4000;

const XSL: &str = "http://www.w3.org/1999/XSL/Transform";
const CI_SIS: &str = "urn:asip-sante:ci-sis";

/// Bounds of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub size_bytes_max: usize,
    pub depth_max: u32,
    pub nodes_max: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { size_bytes_max: CDA_SIZE_MAX, depth_max: CDA_DEPTH_MAX, nodes_max: CDA_NODES_MAX }
    }
}

/// The text of a document: UTF-8 (with or without a mark) or declared ISO-8859-1.
///
/// # Errors
/// `cda-too-large`, or `cda-encoding` for any other encoding and for bytes that are not what they claim.
pub fn read_text(bytes: &[u8], limits: Limits) -> Result<Cow<'_, str>, Issue> {
    if bytes.len() > limits.size_bytes_max {
        return Err(Issue::error("cda-too-large")
            .received(format!("{} octets", bytes.len()))
            .expected(format!("{} octets au plus", limits.size_bytes_max)));
    }
    if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) {
        return Err(encoding_issue("UTF-16"));
    }
    let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let declared = declared_encoding(body).unwrap_or_else(|| "UTF-8".to_owned());
    match declared.to_ascii_uppercase().as_str() {
        "UTF-8" | "UTF8" | "US-ASCII" | "ASCII" => match std::str::from_utf8(body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => {
                let before = body.get(..error.valid_up_to()).unwrap_or_default();
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                Err(encoding_issue("octets qui ne sont pas de l'UTF-8").at_line(u32::try_from(line).unwrap_or(u32::MAX), 1))
            }
        },
        "ISO-8859-1" | "ISO8859-1" | "LATIN1" => Ok(Cow::Owned(body.iter().map(|byte| char::from(*byte)).collect())),
        _ => Err(encoding_issue(&declared)),
    }
}

fn encoding_issue(received: &str) -> Issue {
    Issue::error("cda-encoding").received(received.chars().take(40).collect::<String>()).expected("UTF-8")
}

/// The encoding that the XML declaration names, if there is one.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).into_owned();
    let declaration = start.strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let (_, after) = declaration.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after.get(1..)?.split(quote).next().map(str::to_owned)
}

/// A parsed document, with its ClinicalDocument element found.
#[derive(Debug)]
pub struct Cda<'t> {
    tree: Document<'t>,
    /// Whether the ClinicalDocument is wrapped in a style sheet that presents it (*auto-présentable*).
    wrapped: bool,
    places: Places,
}

impl<'t> Cda<'t> {
    /// Parses a text that [`read_text`] gave.
    ///
    /// # Errors
    /// One finding: `cda-doctype`, `cda-too-deep`, `cda-too-large`, `cda-not-well-formed` or `cda-root`.
    pub fn parse(text: &'t str, limits: Limits) -> Result<Self, Issue> {
        scan(text, limits)?;
        let options = ParsingOptions { allow_dtd: false, nodes_limit: limits.nodes_max, ..ParsingOptions::default() };
        let tree = Document::parse_with_options(text, options).map_err(|error| tree_issue(&error))?;
        let root = tree.root_element();
        if root.has_tag_name((HL7, "ClinicalDocument")) {
            return Self::checked(tree, text, false);
        }
        if wrapped_document(root).is_some() {
            return Self::checked(tree, text, true);
        }
        let received = format!("{{{}}}{}", root.tag_name().namespace().unwrap_or_default(), root.tag_name().name());
        Err(tree::locate(Issue::error("cda-root").received(received).expected(format!("{{{HL7}}}ClinicalDocument")), root))
    }

    fn checked(tree: Document<'t>, text: &str, wrapped: bool) -> Result<Self, Issue> {
        let cda = Cda { tree, wrapped, places: Places::new(text) };
        let root = cda.clinical_document();
        if root.children().nth(HEADER_NODES_MAX).is_some() {
            return Err(tree::locate(
                Issue::error("cda-too-large").expected(format!("{HEADER_NODES_MAX} nœuds au plus sous ClinicalDocument")),
                root,
            ));
        }
        Ok(cda)
    }

    pub(super) fn places(&self) -> &Places {
        &self.places
    }

    /// The ClinicalDocument element.
    pub fn clinical_document(&self) -> Node<'_, 't> {
        let root = self.tree.root_element();
        wrapped_document(root).filter(|_| self.wrapped).unwrap_or(root)
    }

    /// Whether a style sheet carries the document; it is never run.
    pub fn is_wrapped(&self) -> bool {
        self.wrapped
    }
}

/// `xsl:stylesheet / Contenu / ClinicalDocument`: the *auto-présentable* form of the CI-SIS.
fn wrapped_document<'a, 't>(root: Node<'a, 't>) -> Option<Node<'a, 't>> {
    if !root.has_tag_name((XSL, "stylesheet")) {
        return None;
    }
    let content = root.children().find(|child| child.has_tag_name((CI_SIS, "Contenu")))?;
    content.children().find(|child| child.has_tag_name((HL7, "ClinicalDocument")))
}

/// Walks the text once without building anything.
fn scan(text: &str, limits: Limits) -> Result<(), Issue> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut depth, mut nodes) = (0_u32, 0_u32);
    loop {
        let before = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(at_offset(Issue::error("cda-not-well-formed").received(error.to_string()), text, before)),
        };
        nodes = nodes.saturating_add(1);
        match event {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(at_offset(Issue::error("cda-doctype").expected("aucun DOCTYPE"), text, before)),
            Event::Start(tag) => {
                depth = depth.saturating_add(1);
                check_attributes(&tag).map_err(|issue| at_offset(issue, text, before))?;
            }
            Event::Empty(tag) => check_attributes(&tag).map_err(|issue| at_offset(issue, text, before))?,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::GeneralRef(_) => {}
        }
        if depth > limits.depth_max {
            return Err(at_offset(Issue::error("cda-too-deep").expected(format!("{} niveaux au plus", limits.depth_max)), text, before));
        }
        if nodes > limits.nodes_max {
            return Err(too_many_nodes(limits.nodes_max));
        }
    }
}

fn check_attributes(tag: &BytesStart<'_>) -> Result<(), Issue> {
    if tag.attributes().with_checks(false).take(ATTRIBUTES_MAX + 1).count() > ATTRIBUTES_MAX {
        return Err(Issue::error("cda-too-large").expected(format!("{ATTRIBUTES_MAX} attributs au plus par élément")));
    }
    Ok(())
}

fn too_many_nodes(nodes_max: u32) -> Issue {
    Issue::error("cda-too-large").expected(format!("{nodes_max} nœuds au plus"))
}

/// Line and column of a byte offset.
fn at_offset(issue: Issue, text: &str, offset: u64) -> Issue {
    let before = usize::try_from(offset).ok().and_then(|end| text.get(..end)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    issue.at_line(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

fn tree_issue(error: &roxmltree::Error) -> Issue {
    let code = match error {
        roxmltree::Error::DtdDetected => "cda-doctype",
        roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached | roxmltree::Error::NamespacesLimitReached => "cda-too-large",
        _ => "cda-not-well-formed",
    };
    let place = error.pos();
    Issue::error(code).received(error.to_string().chars().take(200).collect::<String>()).at_line(place.row, place.col)
}
