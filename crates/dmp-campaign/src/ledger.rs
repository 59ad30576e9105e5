//! What the campaign was told, and so may ask for again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Whether professionals who neither wrote nor follow may see a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veil {
    Shown,
    Hidden,
    /// The last change was never answered: both are right.
    Unknown,
}

/// A document that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Place of the person among the people of the campaign.
    pub person: usize,
    /// Dotted identifier of the document.
    pub unique: String,
    pub size: usize,
    /// Stream of the draws that made the bytes: they are made again when they are compared.
    pub stream: u64,
    pub fingerprint: u64,
    pub acknowledged: bool,
    pub veil: Veil,
}

/// What was told about one person, since the last check.
#[derive(Debug, Clone, Default)]
pub struct Answers(pub BTreeMap<&'static str, usize>);

impl Answers {
    pub fn count(&mut self, act: &'static str) {
        *self.0.entry(act).or_default() += 1;
    }

    pub fn add(&mut self, other: &Answers) {
        for (act, count) in &other.0 {
            *self.0.entry(act).or_default() += count;
        }
    }
}

/// What one client saw in one run.
#[derive(Debug, Default)]
pub struct Seen {
    pub sent: Vec<Sent>,
    /// By person.
    pub answers: Vec<Answers>,
    /// Matricules of records whose opening was answered, and of those whose opening was not.
    pub opened: Vec<String>,
    pub half_opened: Vec<String>,
    /// Answers that no fault explains.
    pub wrong: Vec<String>,
    /// Answers of a server that says that it cannot.
    pub faults: Vec<String>,
}

impl Seen {
    pub fn of(people: usize) -> Self {
        Seen { answers: vec![Answers::default(); people], ..Seen::default() }
    }

    pub fn merge(&mut self, other: Seen) {
        self.sent.extend(other.sent);
        self.opened.extend(other.opened);
        self.half_opened.extend(other.half_opened);
        self.wrong.extend(other.wrong);
        self.faults.extend(other.faults);
        for (mine, theirs) in self.answers.iter_mut().zip(&other.answers) {
            mine.add(theirs);
        }
    }
}

/// Tells two byte strings apart in a ledger that keeps no bytes.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
