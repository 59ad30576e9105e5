//! A small HTML writer that can only write what is allowed.

use std::collections::HashSet;
use std::fmt::Write as _;

/// Largest page of one document: twice the largest document.
pub(super) const HTML_SIZE_MAX: usize = 2 * super::super::parse::CDA_SIZE_MAX;

/// An attribute that we write.
pub(super) enum Attribute {
    /// A class of our own style sheet.
    Class(&'static str),
    /// `colspan` or `rowspan`.
    Span(&'static str, u16),
    /// `scope` of a header cell.
    Scope(&'static str),
    /// An identifier made by [`Html::identifier`].
    Id(String),
    /// A link inside the page to such an identifier.
    Fragment(String),
}

/// The page as it grows; past its bound nothing more is written.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
    identifiers: HashSet<String>,
}

impl Html {
    /// Opens an element. SECURITY: `name` and attribute names are literals of ours.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[Attribute]) {
        self.start(name, attributes);
        self.out.push('>');
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &'static str) {
        self.start(name, &[]);
        self.out.push_str("/>");
    }

    fn start(&mut self, name: &'static str, attributes: &[Attribute]) {
        self.out.push('<');
        self.out.push_str(name);
        for attribute in attributes {
            // Writing to a String cannot fail.
            let _ = match attribute {
                Attribute::Class(class) => write!(self.out, " class=\"{class}\""),
                Attribute::Span(name, count) => write!(self.out, " {name}=\"{count}\""),
                Attribute::Scope(scope) => write!(self.out, " scope=\"{scope}\""),
                Attribute::Id(id) => write!(self.out, " id=\"{id}\""),
                Attribute::Fragment(id) => write!(self.out, " href=\"#{id}\""),
            };
        }
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes escaped text. Characters that turn the direction of text are dropped: they can make a
    /// dose read otherwise than it is written.
    pub(super) fn text(&mut self, text: &str) {
        if self.is_full() {
            return;
        }
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
                '\n' | '\t' => self.out.push(character),
                control if control.is_control() => self.out.push(' '),
                other => self.out.push(other),
            }
        }
    }

    /// Whether the bound is reached.
    pub(super) fn is_full(&self) -> bool {
        self.out.len() > HTML_SIZE_MAX
    }

    /// The identifier of this page for one of the document, the first time it comes.
    pub(super) fn identifier(&mut self, written: &str) -> Option<Attribute> {
        let id = safe_identifier(written)?;
        self.identifiers.insert(id.clone()).then_some(Attribute::Id(id))
    }

    /// The page; `None` when it would be too large.
    pub(super) fn finish(self) -> Option<String> {
        (!self.is_full()).then_some(self.out)
    }
}

/// `cda-` and the letters, digits, hyphens, points and underscores of an identifier.
pub(super) fn safe_identifier(written: &str) -> Option<String> {
    let safe: String = written.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).take(64).collect();
    (!safe.is_empty()).then(|| format!("cda-{safe}"))
}

/// The identifier of a section by its code, before it is made safe.
pub(super) fn section_identifier(code: &str) -> String {
    format!("section-{code}")
}
