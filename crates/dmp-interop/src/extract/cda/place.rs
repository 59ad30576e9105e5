//! Where an entry stands: its section, the sections above it, whom it is about, and its number.

use std::cell::RefCell;

use dmp_core::summary::{Party, Proof};

use crate::cda::tree::{attribute, child, children};

use super::super::words::{cut, fold};
use super::narrative::{self, Anchors};
use super::xml::{Element, code_of, text_within};

/// Characters of a section's title that are kept.
const TITLE_MAX: usize = 200;
/// Searches for a row by its words, in one document: each reads every row of a section.
const SEARCHES_MAX: usize = 100;

/// What a whole document is, as far as its entries mean something else by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Genre {
    /// Reimbursements of the insurer (type `REMB`).
    Reimbursement,
    /// A report of imaging.
    ImagingReport,
    Prescription,
    Other,
}

/// The document that entries stand in.
#[derive(Debug)]
pub(super) struct Paper<'a> {
    pub root: Element<'a>,
    pub genre: Genre,
    pub anchors: Anchors<'a>,
    /// Who is responsible for the analyses (`documentationOf`), of a report of biology.
    pub laboratory: Party,
    /// Number of the imaging request or examination.
    pub accession: Option<String>,
    searches: RefCell<usize>,
}

impl<'a> Paper<'a> {
    pub(super) fn new(root: Element<'a>, genre: Genre, laboratory: Party, accession: Option<String>) -> Self {
        Paper { root, genre, anchors: Anchors::of(root), laboratory, accession, searches: RefCell::new(0) }
    }

    /// Whether one more search by words is allowed.
    fn may_search(&self) -> bool {
        let mut searches = self.searches.borrow_mut();
        *searches += 1;
        *searches <= SEARCHES_MAX
    }
}

/// The place of one entry.
#[derive(Debug, Clone)]
pub(super) struct Place<'d, 'a> {
    pub paper: &'d Paper<'a>,
    pub section: Element<'a>,
    /// LOINC code of the section.
    pub code: String,
    pub title: String,
    /// Codes of the sections above, outermost first.
    pub above: Vec<String>,
    /// The titles of this section and those above, in lower case.
    pub titles: String,
    /// The relation of the person that the entry is about, when it is not the patient.
    pub subject: Option<String>,
    pub position: u32,
}

impl<'d, 'a> Place<'d, 'a> {
    /// A section of the document, below another one.
    pub(super) fn of_section(paper: &'d Paper<'a>, section: Element<'a>, above: Option<&Place<'d, 'a>>) -> Self {
        let code = code_of(section).unwrap_or_default();
        let title = child(section, "title").map(text_within).filter(|title| !title.is_empty());
        let title = title.or_else(|| child(section, "code").and_then(|code| attribute(code, "displayName"))).unwrap_or_default();
        let title = cut(&fold(&title), TITLE_MAX);
        let titles = format!("{} {}", above.map(|place| place.titles.as_str()).unwrap_or_default(), title.to_lowercase());
        let mut codes = above.map(|place| place.above.clone()).unwrap_or_default();
        codes.extend(above.map(|place| place.code.clone()));
        let subject = subject_of(section).or_else(|| above.and_then(|place| place.subject.clone()));
        Place { paper, section, code, title, above: codes, titles, subject, position: 0 }
    }

    /// The place of its entry with this number.
    pub(super) fn at(&self, position: usize) -> Self {
        Place { position: u32::try_from(position).unwrap_or(u32::MAX), ..self.clone() }
    }

    /// The same place for an act, organizer… that may name somebody else as its subject.
    pub(super) fn about(&self, node: Element<'a>) -> Self {
        match subject_of(node) {
            Some(relation) => Place { subject: Some(relation), ..self.clone() },
            None => self.clone(),
        }
    }

    /// Whether this section or one above it has this code.
    pub(super) fn is_under(&self, code: &str) -> bool {
        self.code == code || self.above.iter().any(|above| above == code)
    }

    /// The proof of what an entry says: the first of the elements that leads into the narrative, and the row it leads to. Without one, the
    /// row that has the words.
    pub(super) fn proof(&self, leads: &[Option<Element<'a>>], words: &str) -> Proof {
        let found = leads.iter().flatten().find_map(|lead| self.lead(*lead));
        let (anchor, quote) = match found {
            Some((id, node)) => (Some(id.to_owned()), narrative::row_words(narrative::row_of(node))),
            None => (None, self.row_with(words).unwrap_or_default()),
        };
        Proof { section: self.code.clone(), section_title: self.title.clone(), position: self.position, anchor, quote: cut(&quote, Proof::QUOTE_MAX) }
    }

    /// The narrative element that `text`, `originalText` or a code's `originalText` refers to.
    pub(super) fn lead(&self, node: Element<'a>) -> Option<(&'a str, Element<'a>)> {
        let holder = child(node, "originalText").unwrap_or(node);
        let reference = child(holder, "reference")?;
        self.paper.anchors.find(reference.attribute("value")?)
    }

    fn row_with(&self, words: &str) -> Option<String> {
        if words.chars().count() < 4 || !self.paper.may_search() {
            return None;
        }
        let wanted = words.to_lowercase();
        narrative::rows(self.section).into_iter().map(narrative::row_words).find(|row| row.to_lowercase().contains(&wanted))
    }
}

/// The relation of a `subject` that is a relative, a fetus or a child.
fn subject_of(node: Element<'_>) -> Option<String> {
    let related = children(node, "subject").take(1).find_map(|subject| child(subject, "relatedSubject"))?;
    let code = child(related, "code");
    let words = code.and_then(|code| attribute(code, "displayName")).or_else(|| code.and_then(|code| attribute(code, "code")));
    Some(words.unwrap_or_default())
}
