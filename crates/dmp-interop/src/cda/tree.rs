//! Walking the XML tree of a CDA document: children by name, attributes, places.

use dmp_core::Issue;
use roxmltree::Node;

use super::header::{CodedValue, Found, HlTime, InstanceId, Place};

/// Namespace of CDA R2.
pub(super) const HL7: &str = "urn:hl7-org:v3";

pub(super) fn children<'a, 't>(node: Node<'a, 't>, name: &'static str) -> impl Iterator<Item = Node<'a, 't>> {
    node.children().filter(move |child| child.has_tag_name((HL7, name)))
}

pub(super) fn child<'a, 't>(node: Node<'a, 't>, name: &'static str) -> Option<Node<'a, 't>> {
    children(node, name).next()
}

/// The first element at the end of a chain of child names.
pub(super) fn descend<'a, 't>(node: Node<'a, 't>, names: &[&'static str]) -> Option<Node<'a, 't>> {
    names.iter().try_fold(node, |current, name| child(current, name))
}

/// An attribute, trimmed; `None` when empty.
pub(super) fn attribute(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.attribute(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
}

/// All text below a node, white space collapsed.
pub(super) fn text(node: Node<'_, '_>) -> String {
    let joined: String = node.descendants().filter(Node::is_text).filter_map(|part| part.text()).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// XPath of an element from its ClinicalDocument, `/ClinicalDocument/author[2]/assignedAuthor/id`.
pub(super) fn path(node: Node<'_, '_>) -> String {
    let mut steps: Vec<String> = node
        .ancestors()
        .filter(Node::is_element)
        .map(|element| {
            let name = element.tag_name();
            let same = |other: &Node<'_, '_>| other.is_element() && other.tag_name() == name;
            let before = element.prev_siblings().skip(1).filter(same).count();
            let after = element.next_siblings().skip(1).any(|other| same(&other));
            if before > 0 || after { format!("{}[{}]", name.name(), before + 1) } else { name.name().to_owned() }
        })
        .collect();
    steps.reverse();
    format!("/{}", steps.join("/"))
}

/// The place of an element.
pub(super) fn place(node: Node<'_, '_>) -> Place {
    let position = node.document().text_pos_at(node.range().start);
    Place { path: path(node), line: position.row, column: position.col }
}

/// Says where an issue is.
pub(super) fn locate(issue: Issue, node: Node<'_, '_>) -> Issue {
    place(node).locate(issue)
}

pub(super) fn found<T>(node: Node<'_, '_>, value: T) -> Found<T> {
    Found { value, place: place(node) }
}

/// An instance identifier with a root; `nullFlavor` ones are absent.
pub(super) fn instance_id(node: Node<'_, '_>) -> Option<Found<InstanceId>> {
    let root = attribute(node, "root")?;
    Some(found(node, InstanceId { root, extension: attribute(node, "extension") }))
}

/// A coded element; absent when it has no code.
pub(super) fn coded(node: Node<'_, '_>) -> Option<Found<CodedValue>> {
    let code = attribute(node, "code")?;
    let value = CodedValue { code, system: attribute(node, "codeSystem").unwrap_or_default(), display: attribute(node, "displayName").unwrap_or_default() };
    Some(found(node, value))
}

/// The `value` of a time element.
pub(super) fn time(node: Node<'_, '_>) -> Option<Found<HlTime>> {
    attribute(node, "value").map(|raw| found(node, HlTime::new(raw)))
}

/// The words of an element; absent when blank.
pub(super) fn words(node: Node<'_, '_>) -> Option<Found<String>> {
    Some(text(node)).filter(|value| !value.is_empty()).map(|value| found(node, value))
}
