//! A section: what people read, and what it refers to.

use dmp_core::summary::{Heading, Knowledge, Line};
use serde_json::Value;

use super::element::{Object, coded, date, list, reference};
use super::sections::{Kind, LOINC};
use crate::xml::escape;

/// A section of the Composition.
#[derive(Debug)]
pub(super) struct Section {
    kind: &'static Kind,
    title: &'static str,
    div: String,
    /// Addresses of its resources.
    entries: Vec<String>,
}

impl Section {
    /// A section in the words of its kind.
    pub fn new(kind: &'static Kind, french: bool, div: String, entries: Vec<String>) -> Self {
        Section { kind, title: if french { kind.french } else { kind.english }, div, entries }
    }

    /// As FHIR.
    pub fn render(&self) -> Object {
        let reason = coded("http://terminology.hl7.org/CodeSystem/list-empty-reason", "unavailable", "Unavailable");
        let section = Object::default()
            .text("title", self.title)
            .with("code", coded(LOINC, self.kind.code, self.kind.display))
            .with("text", Object::default().text("status", "generated").text("div", &self.div))
            .with("entry", list(self.entries.iter().map(|url| reference(url))));
        if self.entries.is_empty() { section.with("emptyReason", reason) } else { section }
    }
}

/// A table for people: heads, then rows of cells.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = open();
    out.push_str("<table><thead><tr>");
    heads.iter().for_each(|head| cell(&mut out, "th", head));
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        row.iter().for_each(|text| cell(&mut out, "td", text));
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    out
}

/// One sentence.
pub(super) fn sentence(words: &str) -> String {
    let mut out = open();
    cell(&mut out, "p", words);
    out.push_str("</div>");
    out
}

fn open() -> String {
    "<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"fr\" xml:lang=\"fr\">".to_owned()
}

fn cell(out: &mut String, tag: &str, text: &str) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

/// The lines of a heading: date, words, what more there is, newest source. An empty one says what is known.
pub(super) fn heading(heading: &Heading, empty: &str, more: impl Fn(&Line) -> String) -> String {
    if heading.lines.is_empty() {
        let words = match heading.knowledge {
            Knowledge::NoneKnown => format!("{empty} : aucun élément, d'après une source."),
            Knowledge::Known | Knowledge::NoInformation => format!("{empty} : aucune information."),
        };
        return sentence(&words);
    }
    let mut rows: Vec<Vec<String>> = heading.lines.iter().map(|line| row(line, &more)).collect();
    rows.extend(
        heading.denials.iter().map(|denial| vec![date(denial.when), "Contredit par une source".to_owned(), String::new(), denial.title.clone()]),
    );
    table(&["Date", "Élément", "Précisions", "Source"], &rows)
}

fn row(line: &Line, more: impl Fn(&Line) -> String) -> Vec<String> {
    let day = |when: Option<_>| when.map(date).unwrap_or_default();
    let period = match (line.fact.period.from, line.fact.period.to) {
        (Some(from), Some(to)) if from != to => format!("{} – {}", date(from), date(to)),
        (from, to) => day(from.or(to)),
    };
    let source = line.sources.first().map(|source| format!("{}, {}, {}", source.title, source.author, date(source.when)));
    let words = Value::from(super::element::concept(&line.fact.concept));
    let shown = words.get("text").or_else(|| words.pointer("/coding/0/display")).or_else(|| words.pointer("/coding/0/code"));
    vec![period, shown.and_then(Value::as_str).unwrap_or_default().to_owned(), more(line), source.unwrap_or_default()]
}
