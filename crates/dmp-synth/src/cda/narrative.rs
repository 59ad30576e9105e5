//! Sections and the part of them that a doctor reads: paragraphs and tables.

use super::{LOINC, Xml};

/// A cell, with the identifier that an entry points to.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub text: String,
    pub id: Option<String>,
}

impl Cell {
    pub fn plain(text: impl Into<String>) -> Self {
        Cell { text: text.into(), id: None }
    }

    pub fn named(text: impl Into<String>, id: impl Into<String>) -> Self {
        Cell { text: text.into(), id: Some(id.into()) }
    }

    fn write(&self, x: &mut Xml) {
        match &self.id {
            Some(id) => x.within("td", &[], |x| x.text("content", &[("ID", id)], &self.text)),
            None => x.text("td", &[], &self.text),
        }
    }
}

/// A table of the narrative.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub caption: Option<String>,
    pub heads: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn new(heads: &[&'static str]) -> Self {
        Table { caption: None, heads: heads.to_vec(), rows: Vec::new() }
    }

    pub fn write(&self, x: &mut Xml) {
        x.within("table", &[("border", "1"), ("width", "100%")], |x| {
            if let Some(caption) = &self.caption {
                x.text("caption", &[], caption);
            }
            x.within("thead", &[], |x| {
                x.within("tr", &[], |x| self.heads.iter().for_each(|head| x.text("th", &[], head)));
            });
            x.within("tbody", &[], |x| {
                for row in &self.rows {
                    x.within("tr", &[], |x| row.iter().for_each(|cell| cell.write(x)));
                }
            });
        });
    }
}

/// A section: template identifiers, LOINC code, title, then whatever `body` writes (its `text` first).
pub(crate) fn section(x: &mut Xml, templates: &[&str], code: (&str, &str), title: &str, id: &str, body: impl FnOnce(&mut Xml)) {
    x.within("component", &[], |x| {
        x.within("section", &[], |x| {
            x.templates(templates);
            x.leaf("id", &[("root", id)]);
            x.code("code", code, (LOINC, "LOINC"));
            x.text("title", &[], title);
            body(x);
        });
    });
}
