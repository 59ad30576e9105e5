//! The sections of a structured document as plain lines: what a summary block shows first.

use dmp_core::Issue;
use roxmltree::Node;

use super::parse::{Cda, Limits, read_text};
use super::tree::{attribute, child, children};

/// A section with its LOINC code, title and the lines of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub code: String,
    pub title: String,
    /// One line an item, row or paragraph.
    pub lines: Vec<String>,
}

/// Sections and lines read at most: a block shows a few.
const SECTIONS_MAX: usize = 200;
const LINES_MAX: usize = 200;
/// Elements that end a line.
const LINE_ENDS: [&str; 5] = ["item", "tr", "paragraph", "br", "caption"];

/// The sections of a document, in order, nested ones after the one that holds them.
///
/// # Errors
/// As [`read_text`] and the parser.
pub fn sections(bytes: &[u8]) -> Result<Vec<Section>, Issue> {
    let limits = Limits::default();
    let text = read_text(bytes, limits)?;
    let document = Cda::parse(&text, limits)?;
    let found = document.clinical_document().descendants().filter(|node| node.tag_name().name() == "section").take(SECTIONS_MAX);
    Ok(found.map(section).collect())
}

fn section(node: Node<'_, '_>) -> Section {
    let code = child(node, "code").and_then(|code| attribute(code, "code")).unwrap_or_default();
    let title = child(node, "title").map(|title| flat(&all_text(title))).unwrap_or_default();
    let mut lines = Lines::default();
    children(node, "text").for_each(|text| lines.read(text));
    Section { code, title, lines: lines.finish() }
}

#[derive(Default)]
struct Lines {
    done: Vec<String>,
    line: String,
}

impl Lines {
    /// Header rows of a table name its columns: they are left out of the lines.
    fn read(&mut self, node: Node<'_, '_>) {
        for inner in node.children() {
            if inner.is_text() {
                self.line.push_str(inner.text().unwrap_or_default());
                continue;
            }
            let name = inner.tag_name().name();
            if name == "thead" {
                continue;
            }
            let before = self.line.len();
            self.read(inner);
            if name == "td" || name == "th" {
                // An empty cell, or one that holds a dash, says nothing.
                let cell = self.line.get(before..).map(str::trim).unwrap_or_default();
                if cell.is_empty() || cell == "-" || cell == "–" {
                    self.line.truncate(before);
                } else {
                    self.line.push_str(" · ");
                }
            }
            if LINE_ENDS.contains(&name) {
                self.end();
            }
        }
    }

    fn end(&mut self) {
        let line = flat(&self.line);
        let line = line.trim_end_matches([' ', '·']).to_owned();
        self.line.clear();
        if !line.is_empty() && self.done.len() < LINES_MAX {
            self.done.push(line);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end();
        self.done
    }
}

fn all_text(node: Node<'_, '_>) -> String {
    node.descendants().filter_map(|inner| if inner.is_text() { inner.text() } else { None }).collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_a_line_a_row_and_a_list_a_line_an_item() {
        let document = br#"<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section>
            <code code="48765-2"/><title>Allergies</title><text>
            <table><thead><tr><th>Substance</th></tr></thead><tbody><tr><td>Amoxicilline</td><td>-</td><td>urticaire</td></tr></tbody></table>
            <list><item>Latex</item><item>Pollen</item></list></text></section></component></structuredBody></component></ClinicalDocument>"#;
        let sections = sections(document).unwrap();
        assert_eq!(sections[0].code, "48765-2");
        assert_eq!(sections[0].lines, ["Amoxicilline · urticaire", "Latex", "Pollen"]);
    }
}
