//! The summary as one caller may see it: lines that each lead to their proof.

use super::{Concept, Fact, FactKind, MedicineStage, Party, Proof, Range, Value, When};
use crate::document::{Author, class_of};
use crate::identity::{IdentityTraits, Ins};
use crate::ids::EntryId;
use crate::moment::Moment;

/// The summary of a record for one caller at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub at: Moment,
    pub person: SummaryPerson,
    pub allergies: Heading,
    /// Active problems.
    pub problems: Heading,
    /// Problems that are over.
    pub history: Heading,
    /// Current treatments, merged over prescription, dispensing and reimbursement.
    pub treatments: Heading,
    /// What was taken and is not any more, newest first.
    pub past_treatments: Heading,
    pub vaccinations: Heading,
    /// Results and measures by analyte, those of most weight first.
    pub results: Vec<Series>,
    /// Operations and stays, newest first.
    pub procedures: Heading,
    pub stays: Heading,
    pub imaging: Heading,
    pub devices: Heading,
    pub pregnancies: Heading,
    pub risks: Heading,
    pub family_history: Heading,
    pub directives: Heading,
    pub plans: Heading,
    pub contacts: Heading,
    pub functions: Heading,
    pub attention: Heading,
    /// Who takes care of the person: professionals who wrote a document lately, the last one first.
    pub team: Vec<Carer>,
    /// What falls due: reminders of vaccines, yearly checks, planned acts. The soonest first.
    pub due: Vec<Due>,
    pub news: News,
    /// What was reimbursed and of which no report came.
    pub missing: Vec<Missing>,
    /// Themes of which there are visible documents, and how many, whether a fact could be read from them or not.
    pub papers: Vec<(FactKind, usize)>,
    /// Visible documents whose facts are in here.
    pub documents: usize,
    /// Visible documents that wait for being read.
    pub waiting: usize,
    /// Visible documents whose content is not in here: that could not be read, or hold nothing that can.
    pub unreadable: usize,
    /// Lines, sources, series and points that the bounds of what is shown keep out; see `Bounds::ALL`.
    pub left_out: usize,
}

impl Summary {
    /// What a rescuer must know, and nothing else: what the emergency card says.
    pub fn for_emergency(&self) -> Summary {
        let nothing = || Heading { knowledge: Knowledge::NoInformation, lines: Vec::new(), denials: Vec::new() };
        Summary {
            history: nothing(),
            past_treatments: nothing(),
            vaccinations: nothing(),
            results: Vec::new(),
            procedures: nothing(),
            stays: nothing(),
            imaging: nothing(),
            risks: nothing(),
            family_history: nothing(),
            plans: nothing(),
            functions: nothing(),
            team: Vec::new(),
            due: Vec::new(),
            missing: Vec::new(),
            papers: Vec::new(),
            ..self.clone()
        }
    }
}

/// Whose summary it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryPerson {
    pub ins: Ins,
    pub traits: IdentityTraits,
    pub medecin_traitant: Option<Party>,
}

/// What a heading may be relied on for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// There are lines.
    Known,
    /// A source says that there is none.
    NoneKnown,
    /// No source says anything.
    NoInformation,
}

/// The lines of one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub knowledge: Knowledge,
    pub lines: Vec<Line>,
    /// The sources that say that there is none; shown beside lines that say the contrary.
    pub denials: Vec<Source>,
}

/// One thing, whoever says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// In the words of the source that says most.
    pub fact: Fact,
    /// The sources within the bounds of what is shown, newest first. INVARIANT: at least one.
    pub sources: Vec<Source>,
    pub first_seen: When,
    pub last_seen: When,
    /// It came since the caller's last visit.
    pub is_new: bool,
    /// The year in which it was told last, when that is more than two years ago: it may be over by now.
    pub old: Option<i16>,
}

impl Line {
    /// When a source of this stage last named the medicine.
    pub fn last_seen_as(&self, stage: MedicineStage) -> Option<When> {
        self.sources.iter().filter(|source| source.stage == Some(stage)).map(|source| source.when).max()
    }
}

/// A professional whom the documents show to take care of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carer {
    /// In the words of the newest document.
    pub author: Author,
    /// The day of that document.
    pub last_seen: When,
    /// How many documents of theirs lie in the last two years.
    pub documents: usize,
    /// The newest one, and its title.
    pub entry: EntryId,
    pub title: String,
}

/// Where a line comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub entry: EntryId,
    pub title: String,
    pub type_code: String,
    /// The document's author as shown to people.
    pub author: String,
    pub when: When,
    pub stage: Option<MedicineStage>,
    pub proof: Proof,
}

impl Source {
    /// Whether the person or who acts for them said it: the law lets nobody else deposit these types (CSP R.1111-42; rule `feeding`).
    pub fn is_the_persons(&self) -> bool {
        self.type_code.starts_with("DOCPAT") || class_of(&self.type_code) == Some("90")
    }
}

/// Values of one analyte over time, in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub analyte: Concept,
    /// UCUM unit of every point; empty for words, and for numbers that came without a unit.
    pub unit: String,
    /// Oldest first, the newest within the bounds of what is shown. INVARIANT: at least one.
    pub points: Vec<Point>,
    pub trend: Trend,
    pub is_measure: bool,
    pub is_new: bool,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub when: When,
    /// As the source wrote it.
    pub value: Value,
    /// In the unit of the series; `None` for words.
    pub number: Option<f64>,
    /// The number was converted from another unit.
    pub converted: bool,
    /// Bounds of the source's range, in the unit of the series.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub range: Option<Range>,
    pub interpretation: Vec<String>,
    /// Laboratory or place.
    pub by: String,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    Rising,
    Falling,
    Stable,
    /// One value, words, or values that cannot be compared.
    Unknown,
}

/// Something that falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub what: Concept,
    /// Until when.
    pub by: When,
    /// It was due before now.
    pub late: bool,
    /// A vaccine: it stands with the vaccines too.
    pub is_vaccine: bool,
    /// Why, in French words, with its source.
    pub basis: String,
    /// What it was reckoned from.
    pub source: Option<Source>,
}

/// What came since the caller's last visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// `None`: this is the first one.
    pub since: Option<Moment>,
    /// Visible documents that came since, newest first.
    pub documents: Vec<EntryId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingKind {
    Stay,
    Analysis,
    Imaging,
}

/// Care that was reimbursed and of which no report came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub kind: MissingKind,
    pub what: Concept,
    pub when: When,
    pub by: Party,
    pub source: Source,
}
