//! What every entry has: templates, codes, null flavours, text within bounds.

use roxmltree::Node;

use crate::cda::tree::{HL7, attribute, child, children, descend};

pub(super) type Element<'a> = Node<'a, 'a>;

/// Most nodes that a walk over one referenced element visits, and most bytes that it gathers.
const WALK_MAX: usize = 500;
const WALK_BYTES_MAX: usize = 2000;
/// Most `templateId` and `translation` of one element that are looked at.
pub(super) const REPEATS_MAX: usize = 32;

/// Whether an entry follows a template.
pub(super) fn follows(node: Element<'_>, template: &str) -> bool {
    children(node, "templateId").take(REPEATS_MAX).any(|id| id.attribute("root") == Some(template))
}

/// Whether an entry follows one of some templates.
pub(super) fn follows_any(node: Element<'_>, templates: &[&str]) -> bool {
    templates.iter().any(|template| follows(node, template))
}

pub(super) fn is(node: Element<'_>, name: &'static str) -> bool {
    node.has_tag_name((HL7, name))
}

/// The code of an element's `code` child.
pub(super) fn code_of(node: Element<'_>) -> Option<String> {
    child(node, "code").and_then(|code| attribute(code, "code"))
}

/// The display of an element's `code` child, in lower case.
pub(super) fn display_of(node: Element<'_>) -> String {
    child(node, "code").and_then(|code| attribute(code, "displayName")).unwrap_or_default().to_lowercase()
}

pub(super) fn mood(node: Element<'_>) -> &str {
    node.attribute("moodCode").unwrap_or_default()
}

pub(super) fn status(node: Element<'_>) -> &str {
    child(node, "statusCode").and_then(|status| status.attribute("code")).unwrap_or_default()
}

/// `negationInd="true"`.
pub(super) fn is_negated(node: Element<'_>) -> bool {
    node.attribute("negationInd").is_some_and(|flag| flag.trim() == "true")
}

/// The `xsi:type` without its prefix.
pub(super) fn data_type(node: Element<'_>) -> &str {
    let kind = node.attribute(("http://www.w3.org/2001/XMLSchema-instance", "type")).unwrap_or_default();
    kind.rsplit(':').next().unwrap_or(kind)
}

/// A value attribute that says something; none with a null flavour.
pub(super) fn value(node: Element<'_>) -> Option<String> {
    attribute(node, "value").filter(|_| node.attribute("nullFlavor").is_none())
}

/// The acts, observations… below `entryRelationship` of a kind (`typeCode`); of any kind when it is empty.
pub(super) fn related<'a>(node: Element<'a>, kind: &'static str) -> impl Iterator<Item = Element<'a>> {
    children(node, "entryRelationship")
        .filter(move |relation| kind.is_empty() || relation.attribute("typeCode") == Some(kind))
        .flat_map(|relation| relation.children().filter(Node::is_element))
}

/// The value of the first related observation with this code.
pub(super) fn related_value<'a>(node: Element<'a>, code: &str) -> Option<Element<'a>> {
    let found = related(node, "").find(|inner| is(*inner, "observation") && code_of(*inner).as_deref() == Some(code))?;
    child(found, "value")
}

/// Text below a node with blanks folded; stops after a bounded walk. Rows and items end with a blank, cells too.
pub(super) fn text_within(node: Element<'_>) -> String {
    let mut words = String::new();
    for part in node.descendants().take(WALK_MAX) {
        if words.len() > WALK_BYTES_MAX {
            break;
        }
        if let Some(text) = part.text().filter(|_| part.is_text()) {
            words.extend(text.chars().take(WALK_BYTES_MAX));
        } else if matches!(part.tag_name().name(), "br" | "td" | "th" | "tr" | "item" | "paragraph") {
            words.push(' ');
        }
    }
    super::super::words::fold(&words)
}

/// The words of a chain of children.
pub(super) fn words_at(node: Element<'_>, names: &[&'static str]) -> Option<String> {
    descend(node, names).map(text_within).filter(|words| !words.is_empty())
}
