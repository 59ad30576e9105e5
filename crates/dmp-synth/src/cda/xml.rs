//! Writes XML that is well formed by construction: what is opened by `within` is closed by it.

use std::fmt::Write as _;

/// A name and its value.
pub(crate) type Attribute<'a> = (&'a str, &'a str);

/// XML under construction.
#[derive(Debug)]
pub(crate) struct Xml {
    out: String,
    depth: usize,
    /// Without indentation, and without what only people need.
    brief: bool,
}

impl Xml {
    pub fn new(brief: bool) -> Self {
        let mut out = String::with_capacity(24 * 1024);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Xml { out, depth: 0, brief }
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

    /// `<text><reference value="#…"/></text>`.
    pub fn reference(&mut self, tag: &str, target: &str) {
        self.within(tag, &[], |x| x.leaf("reference", &[("value", &format!("#{target}"))]));
    }

    pub fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, tag: &str, attributes: &[Attribute<'_>]) {
        self.indent();
        let _ = write!(self.out, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.out, " {name}=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn indent(&mut self) {
        const SPACES: &str = "                                                                ";
        let depth = if self.brief { 0 } else { self.depth };
        self.out.push_str(SPACES.get(..depth * 2).unwrap_or(SPACES));
    }
}

fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['&', '<', '>', '"']) {
        out.push_str(before);
        out.push_str(match rest.as_bytes().get(before.len()) {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            _ => "&quot;",
        });
        rest = after;
    }
    out.push_str(rest);
}
