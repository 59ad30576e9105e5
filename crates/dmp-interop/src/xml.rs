//! Writes XML that is well formed by construction: what is opened by `within` is closed by it, every text and value is escaped, and
//! characters that XML 1.0 cannot hold are left out.

use std::fmt::Write as _;

/// A name and its value.
pub type Attribute<'a> = (&'a str, &'a str);

/// XML under construction: text that grows, no tree.
#[derive(Debug)]
pub struct Xml {
    out: String,
    depth: usize,
    indented: bool,
    brief: bool,
}

impl Xml {
    /// With indentation, for people to read.
    pub fn indented() -> Self {
        Self::new(24 * 1024, true, false)
    }

    /// Without indentation, and without what only people need (`codeSystemName`).
    pub fn brief() -> Self {
        Self::new(24 * 1024, false, true)
    }

    /// Without indentation; room for so many bytes is made at once.
    pub fn compact(capacity: usize) -> Self {
        Self::new(capacity, false, false)
    }

    fn new(capacity: usize, indented: bool, brief: bool) -> Self {
        let mut out = String::with_capacity(capacity);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Xml { out, depth: 0, indented, brief }
    }

    /// Whether what the structuring does not require is left out.
    pub fn is_brief(&self) -> bool {
        self.brief
    }

    /// An element with children.
    pub fn within(&mut self, tag: &str, attributes: &[Attribute<'_>], body: impl FnOnce(&mut Xml)) {
        self.start(tag, attributes);
        self.out.push_str(">\n");
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self.indent();
        let _ = writeln!(self.out, "</{tag}>");
    }

    /// An element without children.
    pub fn leaf(&mut self, tag: &str, attributes: &[Attribute<'_>]) {
        self.start(tag, attributes);
        self.out.push_str("/>\n");
    }

    /// An element that holds text alone.
    pub fn text(&mut self, tag: &str, attributes: &[Attribute<'_>], text: &str) {
        self.start(tag, attributes);
        self.out.push('>');
        escape(&mut self.out, text);
        let _ = writeln!(self.out, "</{tag}>");
    }

    /// An element that holds base64: nothing in it needs escaping.
    pub fn base64(&mut self, tag: &str, attributes: &[Attribute<'_>], encoded: &str) {
        self.start(tag, attributes);
        self.out.push('>');
        self.out.push_str(encoded);
        let _ = writeln!(self.out, "</{tag}>");
    }

    /// Well-formed markup that stands in the program, written as it is.
    pub fn fixed(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// Text between elements.
    pub fn words(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// A code with its system and words.
    pub fn code(&mut self, tag: &str, code: (&str, &str), system: (&str, &str)) {
        let attributes = [("code", code.0), ("displayName", code.1), ("codeSystem", system.0), ("codeSystemName", system.1)];
        self.leaf(tag, attributes.get(..if self.brief { 3 } else { 4 }).unwrap_or(&attributes));
    }

    /// Template identifiers, each a root alone or `root extension`.
    pub fn templates(&mut self, templates: &[&str]) {
        for template in templates {
            match template.split_once(' ') {
                Some((root, extension)) => self.leaf("templateId", &[("root", root), ("extension", extension)]),
                None => self.leaf("templateId", &[("root", template)]),
            }
        }
    }

    /// `<tag><reference value="#…"/></tag>`.
    pub fn reference(&mut self, tag: &str, target: &str) {
        self.within(tag, &[], |x| x.leaf("reference", &[("value", &format!("#{target}"))]));
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, tag: &str, attributes: &[Attribute<'_>]) {
        self.indent();
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn indent(&mut self) {
        const SPACES: &str = "                                                                ";
        let depth = if self.indented { self.depth } else { 0 };
        self.out.push_str(SPACES.get(..depth * 2).unwrap_or(SPACES));
    }
}

/// Adds a text with its markup characters escaped and without the characters that XML 1.0 forbids.
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, found)) = rest.char_indices().find(|(_, one)| is_special(*one)) {
        out.push_str(rest.get(..at).unwrap_or_default());
        out.push_str(match found {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            _ => "",
        });
        rest = rest.get(at + found.len_utf8()..).unwrap_or_default();
    }
    out.push_str(rest);
}

fn is_special(one: char) -> bool {
    matches!(one, '&' | '<' | '>' | '"' | '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_values_are_escaped_and_forbidden_characters_left_out() {
        let mut x = Xml::compact(0);
        x.within("a", &[("b", "1 < \"2\"")], |x| x.text("c", &[], "x & y ]]> \u{1}\u{ffff}é🙂"));
        let text = x.finish();
        let document = roxmltree::Document::parse(&text).unwrap();
        assert_eq!(document.root_element().attribute("b"), Some("1 < \"2\""));
        assert_eq!(document.descendants().find(|node| node.has_tag_name("c")).unwrap().text(), Some("x & y ]]> é🙂"));
    }
}
