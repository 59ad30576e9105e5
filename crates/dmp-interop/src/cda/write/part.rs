//! A section of a summary: a table of the lines of a heading, and an entry for each; or the statement that there is none.

use dmp_core::summary::{Heading, Knowledge, Line, Source};

use super::header::Identity;
use super::moment::shown;
use super::section;
use crate::xml::Xml;

/// How entries of one document are named.
#[derive(Debug)]
pub(super) struct Names<'a> {
    root: &'a str,
    prefix: String,
}

impl<'a> Names<'a> {
    /// Below the unique identifier of the document.
    pub fn new(identity: &Identity<'a>) -> Self {
        let bare = identity.unique_id.trim_start_matches("urn:oid:").trim_start_matches("urn:uuid:");
        match bare.split_once('^') {
            Some((root, extension)) => Names { root, prefix: format!("{extension}.") },
            None => Names { root: bare, prefix: String::new() },
        }
    }

    /// The nth line of a section, from 0.
    pub fn place(&self, section: &str, position: usize) -> Place<'_> {
        Place { names: self, anchor: format!("{section}-{}", position.saturating_add(1)) }
    }
}

/// Where an entry stands: its `id`, and the `ID` of its words in the narrative.
#[derive(Debug)]
pub(super) struct Place<'a> {
    names: &'a Names<'a>,
    pub anchor: String,
}

impl Place<'_> {
    /// The `id` of the entry.
    pub fn id(&self, x: &mut Xml) {
        self.id_of(x, "");
    }

    /// The `id` of a part of the entry.
    pub fn id_of(&self, x: &mut Xml, part: &str) {
        x.leaf("id", &[("root", self.names.root), ("extension", &format!("{}{}{part}", self.names.prefix, self.anchor))]);
    }
}

/// A section of a summary.
pub(super) struct Part<'a> {
    pub templates: &'a [&'a str],
    /// LOINC code and its words.
    pub code: (&'a str, &'a str),
    pub title: &'a str,
    /// The `ID` of its lines begins with it.
    pub prefix: &'static str,
    /// Heads of the table; the source of each line follows.
    pub heads: &'a [&'a str],
    /// Which cell bears the `ID`.
    pub named: usize,
    /// What it says when a source says that there is none, and when no source says anything.
    pub empty: [&'a str; 2],
}

impl Part<'_> {
    /// Writes it. `row` gives the cells of a line, `entry` writes its entry; `nothing` writes the entry of an empty section.
    pub fn write(
        &self,
        x: &mut Xml,
        names: &Names<'_>,
        heading: &Heading,
        row: impl Fn(&Line) -> Vec<String>,
        entry: impl Fn(&mut Xml, &Place<'_>, &Line),
        nothing: impl FnOnce(&mut Xml, &Place<'_>, bool),
    ) {
        section(x, self.templates, self.code, self.title, |x| {
            if heading.lines.is_empty() {
                let none_known = heading.knowledge == Knowledge::NoneKnown;
                let place = names.place(self.prefix, 0);
                self.say_nothing(x, heading, &place, none_known);
                return nothing(x, &place, none_known);
            }
            self.table(x, names, heading, row);
            for (position, line) in heading.lines.iter().enumerate() {
                entry(x, &names.place(self.prefix, position), line);
            }
        });
    }

    fn say_nothing(&self, x: &mut Xml, heading: &Heading, place: &Place<'_>, none_known: bool) {
        let [none, unknown] = self.empty;
        let words = match heading.denials.first().filter(|_| none_known) {
            Some(source) => format!("{none} ({})", told(source)),
            None => (if none_known { none } else { unknown }).to_owned(),
        };
        super::narrative::sentence(x, &place.anchor, &words);
    }

    fn table(&self, x: &mut Xml, names: &Names<'_>, heading: &Heading, row: impl Fn(&Line) -> Vec<String>) {
        x.within("text", &[], |x| {
            for denial in &heading.denials {
                x.text("paragraph", &[], &format!("Contredit par une source : {}", told(denial)));
            }
            super::narrative::bare_table(x, &[self.heads, &["Source"]].concat(), |x| {
                for (position, line) in heading.lines.iter().enumerate() {
                    let mut cells = row(line);
                    cells.push(sources(&line.sources));
                    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                    super::narrative::row(x, &names.place(self.prefix, position).anchor, self.named, &cells);
                }
            });
        });
    }
}

/// The newest source, and how many more there are.
pub(super) fn sources(sources: &[Source]) -> String {
    let Some(newest) = sources.first() else { return String::new() };
    match sources.len().saturating_sub(1) {
        0 => told(newest),
        1 => format!("{} et 1 autre document", told(newest)),
        more => format!("{} et {more} autres documents", told(newest)),
    }
}

/// `Lettre de liaison, Dr Anne EXEMPLE, 20/05/2024`.
pub(super) fn told(source: &Source) -> String {
    let day = shown(source.when);
    [source.title.as_str(), &source.author, &day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
