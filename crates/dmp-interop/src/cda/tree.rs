//! Walking the XML tree of a CDA document: children by name, attributes, places.

use dmp_core::Issue;
use roxmltree::Node;

use super::header::{CodedValue, Found, HlTime, InstanceId, Place};

/// Distance between two marks of [`Places`].
const MARK_EVERY_BYTES: usize = 1024;

/// Namespace of CDA R2.
pub(crate) const HL7: &str = "urn:hl7-org:v3";

pub(crate) fn children<'a, 't>(node: Node<'a, 't>, name: &'static str) -> impl Iterator<Item = Node<'a, 't>> {
    node.children().filter(move |child| child.has_tag_name((HL7, name)))
}

pub(crate) fn child<'a, 't>(node: Node<'a, 't>, name: &'static str) -> Option<Node<'a, 't>> {
    children(node, name).next()
}

/// The first element at the end of a chain of child names.
pub(crate) fn descend<'a, 't>(node: Node<'a, 't>, names: &[&'static str]) -> Option<Node<'a, 't>> {
    names.iter().try_fold(node, |current, name| child(current, name))
}

/// An attribute, trimmed; `None` when empty.
pub(crate) fn attribute(node: Node<'_, '_>, name: &str) -> Option<String> {
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

/// The words of an element.
pub(super) fn words(node: Node<'_, '_>) -> Option<String> {
    Some(text(node)).filter(|value| !value.is_empty())
}

/// Line and column of any byte of a text, without counting from its start each time: a hostile header
/// has thousands of places at the end of megabytes.
#[derive(Debug)]
pub(super) struct Places {
    /// Line and column, from 1, of each 1024th byte (or the character that holds it).
    marks: Vec<(u32, u32)>,
}

impl Places {
    pub(super) fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / MARK_EVERY_BYTES + 1);
        let (mut line, mut column) = (1_u32, 1_u32);
        for (offset, character) in text.char_indices() {
            while marks.len() * MARK_EVERY_BYTES <= offset {
                marks.push((line, column));
            }
            (line, column) = step(line, column, character);
        }
        Places { marks }
    }

    fn line_and_column(&self, text: &str, offset: usize) -> (u32, u32) {
        let mark = (offset / MARK_EVERY_BYTES).min(self.marks.len().saturating_sub(1));
        let (line, column) = self.marks.get(mark).copied().unwrap_or((1, 1));
        let mut start = mark * MARK_EVERY_BYTES;
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let between = text.get(start..offset).unwrap_or_default();
        between.chars().fold((line, column), |(line, column), character| step(line, column, character))
    }

    /// The place of an element.
    pub(super) fn place(&self, node: Node<'_, '_>) -> Place {
        let (line, column) = self.line_and_column(node.document().input_text(), node.range().start);
        Place { path: path(node), line, column }
    }

    pub(super) fn found<T>(&self, node: Node<'_, '_>, value: T) -> Found<T> {
        Found { value, place: self.place(node) }
    }

    /// An instance identifier with a root; `nullFlavor` ones are absent.
    pub(super) fn instance_id(&self, node: Node<'_, '_>) -> Option<Found<InstanceId>> {
        let root = attribute(node, "root")?;
        Some(self.found(node, InstanceId { root, extension: attribute(node, "extension") }))
    }

    /// A coded element; absent when it has no code.
    pub(super) fn coded(&self, node: Node<'_, '_>) -> Option<Found<CodedValue>> {
        let code = attribute(node, "code")?;
        let value = CodedValue {
            code,
            system: attribute(node, "codeSystem").unwrap_or_default(),
            display: attribute(node, "displayName").unwrap_or_default(),
        };
        Some(self.found(node, value))
    }

    /// The `value` of a time element.
    pub(super) fn time(&self, node: Node<'_, '_>) -> Option<Found<HlTime>> {
        attribute(node, "value").map(|raw| self.found(node, HlTime::new(raw)))
    }

    /// The words of an element; absent when blank.
    pub(super) fn words(&self, node: Node<'_, '_>) -> Option<Found<String>> {
        words(node).map(|value| self.found(node, value))
    }
}

fn step(line: u32, column: u32, character: char) -> (u32, u32) {
    if character == '\n' { (line.saturating_add(1), 1) } else { (line, column.saturating_add(1)) }
}

/// Says where an issue is, when there is one issue only and the tree counts for itself.
pub(super) fn locate(issue: Issue, node: Node<'_, '_>) -> Issue {
    let position = node.document().text_pos_at(node.range().start);
    issue.at(path(node)).at_line(position.row, position.col)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_as_the_tree_does() {
        let text = format!("<a>{}<b/>é\n{}<c/>\n\n  <d/></a>", "é\n".repeat(900), "à".repeat(5000));
        let tree = roxmltree::Document::parse(&text).unwrap();
        let places = Places::new(&text);
        for node in tree.descendants().filter(Node::is_element) {
            let counted = tree.text_pos_at(node.range().start);
            let place = places.place(node);
            assert_eq!((place.line, place.column), (counted.row, counted.col), "{}", place.path);
        }
    }
}
