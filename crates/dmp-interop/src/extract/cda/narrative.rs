//! The narrative of a section: its plain words, its anchors, and the row that an anchor stands in.

use std::collections::HashMap;

use crate::cda::tree::{HL7, children};

use super::super::words::fold;
use super::xml::{Element, text_within};

/// Most cells of a row, and most rows of a table or section, that are looked at.
const CELLS_MAX: usize = 40;
const ROWS_MAX: usize = 400;
/// Most bytes of a row: a quote has 240 characters.
const ROW_BYTES_MAX: usize = 1000;
/// Highest step from an anchor to its row.
const CLIMB_MAX: usize = 12;

/// Elements of the narrative by their `ID`. The first of two with one ID counts.
#[derive(Debug, Default)]
pub(super) struct Anchors<'a>(HashMap<&'a str, Element<'a>>);

impl<'a> Anchors<'a> {
    /// Every element with an `ID` inside a section's `text`.
    pub(super) fn of(root: Element<'a>) -> Self {
        let mut anchors = HashMap::new();
        for text in root.descendants().filter(|node| node.has_tag_name((HL7, "text")) && is_narrative(*node)) {
            for node in text.descendants().filter(roxmltree::Node::is_element) {
                if let Some(id) = node.attribute("ID").map(str::trim).filter(|id| !id.is_empty()) {
                    anchors.entry(id).or_insert(node);
                }
            }
        }
        Anchors(anchors)
    }

    /// The element that a reference (`#med-1`, or `med-1` as some write it) leads to.
    pub(super) fn find(&self, reference: &str) -> Option<(&'a str, Element<'a>)> {
        let id = reference.trim().trim_start_matches('#');
        self.0.get_key_value(id).map(|(id, node)| (*id, *node))
    }

    /// The first of some endings that leads somewhere behind a reference that leads nowhere: `#med-2` for `med-2-delivre`.
    pub(super) fn find_with_ending(&self, reference: &str, endings: &[&str]) -> Option<(&'a str, Element<'a>)> {
        let id = reference.trim().trim_start_matches('#');
        endings.iter().find_map(|ending| self.find(&format!("{id}{ending}")))
    }
}

fn is_narrative(text: Element<'_>) -> bool {
    text.parent().is_some_and(|parent| parent.has_tag_name((HL7, "section")))
}

/// The row, item or paragraph that an element stands in, or itself.
pub(super) fn row_of(node: Element<'_>) -> Element<'_> {
    let above = || node.ancestors().take(CLIMB_MAX).take_while(|above| !above.has_tag_name((HL7, "text")));
    ["tr", "item", "paragraph"].into_iter().find_map(|name| above().find(|above| above.has_tag_name((HL7, name)))).unwrap_or(node)
}

/// The words of a row, its cells told apart.
pub(super) fn row_words(row: Element<'_>) -> String {
    if !row.has_tag_name((HL7, "tr")) {
        return text_within(row);
    }
    let mut words = String::new();
    for cell in cells(row).map(text_within).filter(|cell| !cell.is_empty() && cell != "-" && cell != "–") {
        if words.len() > ROW_BYTES_MAX {
            break;
        }
        if !words.is_empty() {
            words.push_str(" · ");
        }
        words.push_str(&cell);
    }
    words
}

/// The cells of a table row.
pub(super) fn cells<'a>(row: Element<'a>) -> impl Iterator<Item = Element<'a>> {
    row.children().filter(|cell| cell.has_tag_name((HL7, "td")) || cell.has_tag_name((HL7, "th"))).take(CELLS_MAX)
}

/// The cells of the row that an element stands in, under their column headings in lower case. Empty when the two do not fit.
pub(super) fn columns(node: Element<'_>) -> Vec<(String, String)> {
    let row = row_of(node);
    let Some(table) = row.ancestors().take(CLIMB_MAX).find(|above| above.has_tag_name((HL7, "table"))) else { return Vec::new() };
    let values: Vec<Element<'_>> = cells(row).collect();
    let headings = children(table, "thead").take(1).flat_map(|head| children(head, "tr").take(4)).filter(|head| cells(*head).count() == values.len());
    let Some(heading) = headings.last() else { return Vec::new() };
    cells(heading).map(|cell| text_within(cell).to_lowercase()).zip(values.into_iter().map(text_within)).collect()
}

/// The cell after the one that an element stands in.
pub(super) fn cell_after(node: Element<'_>) -> Option<Element<'_>> {
    let is_cell = |node: &Element<'_>| node.has_tag_name((HL7, "td")) || node.has_tag_name((HL7, "th"));
    let cell = node.ancestors().take(CLIMB_MAX).find(is_cell)?;
    cell.next_siblings().skip(1).take(CELLS_MAX).find(is_cell)
}

/// The words right before the table that an element stands in, and its caption, in lower case: what the table is about.
pub(super) fn heading_of_table(node: Element<'_>) -> String {
    let Some(table) = node.ancestors().take(CLIMB_MAX).filter(|above| above.has_tag_name((HL7, "table"))).last() else { return String::new() };
    let before = table.prev_siblings().skip(1).take(6).find(|sibling| sibling.is_element() && !sibling.has_tag_name((HL7, "br")));
    let before = before.filter(|sibling| !sibling.has_tag_name((HL7, "table"))).map(text_within);
    let caption = children(table, "caption").next().map(text_within);
    [before, caption].into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The rows, items and paragraphs of a section's own narrative, without the headings of its tables.
pub(super) fn rows<'a>(section: Element<'a>) -> Vec<Element<'a>> {
    let is_row = |node: &Element<'a>| ["tr", "item", "paragraph"].iter().any(|name| node.has_tag_name((HL7, *name)));
    let in_head = |node: &Element<'a>| {
        let head = node.parent().is_some_and(|parent| parent.has_tag_name((HL7, "thead")));
        head || (node.has_tag_name((HL7, "tr")) && cells(*node).all(|cell| cell.has_tag_name((HL7, "th"))))
    };
    let holds_rows = |node: &Element<'a>| node.descendants().skip(1).take(200).any(|inner| is_row(&inner));
    let text = children(section, "text").take(1).flat_map(|text| text.descendants());
    text.filter(|node| is_row(node) && !in_head(node) && !holds_rows(node)).take(ROWS_MAX).collect()
}

/// The whole narrative of a section as plain words, blanks folded.
pub(super) fn plain(section: Element<'_>) -> String {
    let mut words = String::new();
    for text in children(section, "text") {
        for part in text.descendants() {
            if let Some(piece) = part.text().filter(|_| part.is_text()) {
                words.push_str(piece);
            } else if !matches!(part.tag_name().name(), "content" | "sub" | "sup" | "linkHtml") {
                words.push(' ');
            }
        }
    }
    fold(&words)
}
