//! What is told, by which document and when: the documents in the order in which they were said, without what no longer counts.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::super::{Extract, Fact, FactKind, MedicineStage, Value, What, When};
use super::{Input, Seen};
use crate::document::{AuthorKind, AvailabilityStatus, DocumentEntry};
use crate::ids::EntryId;
use crate::moment::Moment;

/// Types of a synthesis of the person's doctor (VSM, IPS): a newer one of the same author takes the older one's place.
const SYNTHESES: [&str; 2] = ["SYNTH", "60591-5"];

/// The insurer's document.
pub(super) const REIMBURSEMENTS: &str = "REMB";

/// One document.
#[derive(Debug)]
pub(super) struct Doc<'a> {
    pub entry: &'a DocumentEntry,
    pub extract: Option<&'a Extract>,
    /// The day on which it was made at the latest.
    pub made: When,
    /// The day that it speaks of: the end of the documented act, as far as it was over when the document was made.
    pub when: When,
    /// It is current: neither superseded nor archived nor deleted.
    pub counts: bool,
    /// An earlier document in the order is the same one, byte for byte or by its uniqueId.
    pub is_copy: bool,
    pub is_new: bool,
    pub is_reimbursement: bool,
    pub is_synthesis: bool,
    author: OnceCell<String>,
}

impl Doc<'_> {
    /// The author as shown to people.
    pub fn author(&self) -> &str {
        self.author.get_or_init(|| author_of(self.entry))
    }

    /// When it was said: what orders documents.
    fn moment(&self) -> (Moment, Moment) {
        moment_of(self.entry)
    }
}

/// The end of the documented act, and when the document was made. Of an act that goes on or lies ahead (a care protocol of five years, an
/// appointment) the document says what was known when it was made: it is no newer than that.
fn moment_of(entry: &DocumentEntry) -> (Moment, Moment) {
    (entry.service_stop.unwrap_or(entry.service_start).min(entry.created_at), entry.created_at)
}

/// `Dr Anne EXEMPLE, Cabinet des Lilas`, or the one of both that is known.
fn author_of(entry: &DocumentEntry) -> String {
    let Some(author) = entry.authors.first() else { return String::new() };
    let name = author.name.display();
    match author.institution.as_ref().map(|place| place.name.as_str()).filter(|place| !place.is_empty()) {
        Some(place) if name.is_empty() || author.kind == AuthorKind::Device => place.to_owned(),
        Some(place) => format!("{name}, {place}"),
        None => name,
    }
}

/// One fact and who tells it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    /// Index in [`Telling::docs`]; the larger, the later it was said.
    pub doc: usize,
    pub fact: &'a Fact,
    /// The day that its source stands for: of a dispensing or a reimbursement the day itself, else the document's.
    pub when: When,
    /// The day that the fact itself names, else its source's.
    pub day: When,
    /// A newer synthesis of the same author speaks of this kind of things and takes its place.
    pub replaced: bool,
}

impl Told<'_> {
    pub fn stage(&self) -> Option<MedicineStage> {
        match &self.fact.what {
            What::Medicine(medicine) => Some(medicine.stage),
            _ => None,
        }
    }

    pub fn is_absence(&self) -> bool {
        matches!(self.fact.what, What::Absent { .. })
    }
}

/// Everything that is told.
#[derive(Debug)]
pub(super) struct Telling<'a> {
    /// Every document seen, deleted ones too, oldest first.
    pub docs: Vec<Doc<'a>>,
    /// The facts of the documents that count, in the order of their documents.
    pub told: Vec<Told<'a>>,
    by_kind: HashMap<FactKind, Vec<usize>>,
}

impl<'a> Telling<'a> {
    pub fn of(input: &Input<'a>) -> Self {
        let docs = documents(input);
        let spoken = spoken_kinds(&docs);
        let mut told = Vec::new();
        let mut by_kind: HashMap<FactKind, Vec<usize>> = HashMap::new();
        for (doc, document) in docs.iter().enumerate().filter(|(_, document)| document.counts) {
            for fact in document.extract.iter().flat_map(|extract| &extract.facts) {
                let kind = fact.kind();
                let replaced =
                    document.is_synthesis && spoken.get(&(author_key(document.entry), kind)).is_some_and(|newest| *newest > document.moment());
                by_kind.entry(kind).or_default().push(told.len());
                let day = day_of(document, fact);
                let when = if has_own_day(document, fact) { day } else { document.when };
                told.push(Told { doc, fact, when, day, replaced });
            }
        }
        Telling { docs, told, by_kind }
    }

    /// The facts of one kind, absences too, as indices, oldest first.
    pub fn of_kind(&self, kind: FactKind) -> &[usize] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// A fact and its document. `None` never happens for an index of [`Telling::of_kind`].
    pub fn at(&self, index: usize) -> Option<(&Told<'a>, &Doc<'a>)> {
        let told = self.told.get(index)?;
        Some((told, self.docs.get(told.doc)?))
    }

    /// The facts behind indices.
    pub fn facts<'b>(&'b self, indices: &'b [usize]) -> impl DoubleEndedIterator<Item = (usize, &'b Told<'a>)> + 'b {
        indices.iter().filter_map(|index| Some((*index, self.told.get(*index)?)))
    }
}

/// Whether the day of the fact is the one that its source stands for: a dispensing, a line of the insurer.
fn has_own_day(doc: &Doc<'_>, fact: &Fact) -> bool {
    doc.is_reimbursement || is_fetched_or_given(fact)
}

fn is_fetched_or_given(fact: &Fact) -> bool {
    use MedicineStage::{Dispensed, Given, Reimbursed};
    matches!(&fact.what, What::Medicine(medicine) if matches!(medicine.stage, Dispensed | Reimbursed | Given))
}

/// The day that a fact names, else its document's. What has a value, or was fetched, was done: a day after the document was made is a slip of
/// the pen, which would stand for the newest value or for a box that lasts until then.
fn day_of(doc: &Doc<'_>, fact: &Fact) -> When {
    let Some(own) = fact.period.from.or(fact.period.to) else { return doc.when };
    let was_done = matches!(&fact.what, What::Observation(observation) if observation.value != Value::None) || is_fetched_or_given(fact);
    if was_done && (When { minute: None, ..own }) > doc.made { doc.when } else { own }
}

fn documents<'a>(input: &Input<'a>) -> Vec<Doc<'a>> {
    let mut seen: Vec<Seen<'a>> = input.seen.to_vec();
    // Of one entry seen twice the newest version, then the one that was read.
    seen.sort_by_key(|seen| (seen.entry.id, Reverse((seen.entry.version, seen.extract.map(|extract| (extract.extractor, extract.facts.len()))))));
    seen.dedup_by_key(|seen| seen.entry.id);
    seen.sort_by_key(|seen| (moment_of(seen.entry), seen.entry.submitted_at, seen.entry.id));
    let replaced: HashSet<EntryId> = seen.iter().filter(|seen| !seen.entry.status.is_deleted()).filter_map(|seen| seen.entry.replaces).collect();
    let mut hashes: HashSet<[u8; 32]> = HashSet::with_capacity(seen.len());
    let mut names: HashSet<&str> = HashSet::with_capacity(seen.len());
    seen.into_iter()
        .map(|Seen { entry, extract }| {
            let counts = matches!(entry.status, AvailabilityStatus::Approved(_)) && !replaced.contains(&entry.id);
            let is_copy = counts && {
                let known_bytes = !hashes.insert(entry.content.sha256);
                let known_name = !names.insert(entry.unique_id.as_str());
                known_bytes || known_name
            };
            Doc {
                entry,
                extract,
                made: When::in_paris(entry.created_at.max(entry.submitted_at)),
                when: When::in_paris(moment_of(entry).0),
                counts,
                is_copy,
                is_new: input.last_visit.is_some_and(|last| entry.submitted_at > last),
                is_reimbursement: entry.type_code.as_str() == REIMBURSEMENTS,
                is_synthesis: SYNTHESES.contains(&entry.type_code.as_str()),
                author: OnceCell::new(),
            }
        })
        .collect()
}

/// Who wrote it, so that two documents of one author are known as such.
fn author_key(entry: &DocumentEntry) -> (&str, &str, &str) {
    entry.authors.first().map_or(("", "", ""), |author| match author.id.as_deref() {
        Some(id) => (id, "", ""),
        None => ("", author.name.family.as_str(), author.name.given.as_str()),
    })
}

type Spoken<'a> = HashMap<((&'a str, &'a str, &'a str), FactKind), (Moment, Moment)>;

/// When each author's newest synthesis that speaks of a kind of things was said.
fn spoken_kinds<'a>(docs: &[Doc<'a>]) -> Spoken<'a> {
    let mut spoken: Spoken<'a> = HashMap::new();
    for doc in docs.iter().filter(|doc| doc.counts && doc.is_synthesis) {
        for fact in doc.extract.iter().flat_map(|extract| &extract.facts) {
            let newest = spoken.entry((author_key(doc.entry), fact.kind())).or_insert_with(|| doc.moment());
            *newest = doc.moment().max(*newest);
        }
    }
    spoken
}
