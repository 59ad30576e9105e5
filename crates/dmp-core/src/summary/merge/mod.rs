//! Making the [`Summary`] of what one caller may see.
//!
//! [`build`] takes documents that were judged before and their extracts, and gives the same summary whatever their order. Nothing is asked
//! of anything else: taking a document away gives what would be if it had never been there. The steps: put documents in the order in which
//! they were said and drop what no longer counts (`told`), put facts that are the same thing together (`groups`), make lines of them
//! (`line`, `headings`, `treatments`, `series`), and reckon what falls due and what is missing (`due`, `missing`).

mod denial;
mod due;
mod due_rules;
mod due_topics;
mod groups;
mod headings;
mod imaging;
mod line;
mod measured;
mod medicine_name;
mod missing;
mod papers;
mod points;
mod problems;
mod series;
mod team;
mod told;
mod treatments;

use super::{Extract, Extraction, FactKind, News, Summary, SummaryPerson, When};
use crate::document::{AvailabilityStatus, DocumentEntry};
use crate::moment::Moment;
use line::Lines;
use told::Telling;

/// A document that the caller may read, with what it says.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub entry: &'a DocumentEntry,
    /// `None`: waits for being read.
    pub extract: Option<&'a Extract>,
}

/// What a summary is made of.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    pub now: Moment,
    pub person: SummaryPerson,
    pub last_visit: Option<Moment>,
    /// Judged before: only what the caller may read. Current versions and superseded ones may be in it.
    pub seen: &'a [Seen<'a>],
}

/// How much of it is shown. What is kept out is counted in [`Summary::left_out`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Lines of a heading.
    pub lines: usize,
    /// Sources of a line: the newest, and the newest of each stage of a medicine.
    pub sources: usize,
    /// Series of results.
    pub series: usize,
    /// Points of a series: the newest.
    pub points: usize,
}

impl Bounds {
    /// More than somebody reads on a page, less than a page can carry.
    pub const SHOWN: Bounds = Bounds { lines: 200, sources: 10, series: 200, points: 40 };
    /// Everything: for "show all" and for an export.
    pub const ALL: Bounds = Bounds { lines: usize::MAX, sources: usize::MAX, series: usize::MAX, points: usize::MAX };

    /// Whether nothing is kept out for being old either.
    fn shows_everything(self) -> bool {
        self == Bounds::ALL
    }
}

/// The summary within [`Bounds::SHOWN`].
pub fn build(input: &Input<'_>) -> Summary {
    build_within(input, Bounds::SHOWN)
}

/// The summary within other bounds; [`Bounds::ALL`] leads to what [`build`] leaves out.
pub fn build_within(input: &Input<'_>, bounds: Bounds) -> Summary {
    let today = When::in_paris(input.now);
    let telling = Telling::of(input);
    let mut lines = Lines::new(&telling, bounds, today);
    let problems = problems::sort(&telling);
    let medicines = treatments::sort(&telling, today);
    let due = due::reckon(&telling, input, &problems.active, &medicines.current, &mut lines);
    let missing = missing::find(&telling, today, &mut lines);
    let results = series::of(&telling, &mut lines);
    let allergies = headings::sort_allergies(&telling);
    let counts = Counts::of(&telling);
    let (team, carers_left_out) = team::find(&telling, today, TEAM_MAX);
    lines.left_out += carers_left_out;
    Summary {
        at: input.now,
        person: input.person.clone(),
        allergies: headings::allergies(&telling, &allergies, &mut lines),
        problems: headings::active_problems(&telling, &problems, &mut lines),
        history: headings::history(&telling, &problems, &allergies, &mut lines),
        treatments: headings::treatments(&telling, &medicines, &mut lines),
        past_treatments: headings::past_treatments(&medicines, &mut lines),
        vaccinations: headings::dated(&telling, FactKind::Vaccination, &mut lines),
        results,
        procedures: headings::dated(&telling, FactKind::Procedure, &mut lines),
        stays: headings::dated(&telling, FactKind::Stay, &mut lines),
        imaging: headings::dated(&telling, FactKind::Imaging, &mut lines),
        devices: headings::devices(&telling, &mut lines),
        pregnancies: headings::pregnancies(&telling, today, &mut lines),
        risks: headings::lasting(&telling, FactKind::Risk, &mut lines),
        family_history: headings::lasting(&telling, FactKind::FamilyHistory, &mut lines),
        directives: headings::lasting(&telling, FactKind::Directive, &mut lines),
        plans: headings::plans(&telling, today, &mut lines),
        contacts: headings::lasting(&telling, FactKind::Contact, &mut lines),
        functions: headings::present(&telling, FactKind::Function, &mut lines),
        attention: headings::attention(&telling, &mut lines),
        team,
        due,
        news: news(&telling, input),
        missing,
        papers: papers::count(&telling),
        documents: counts.read,
        waiting: counts.waiting,
        unreadable: counts.unreadable,
        left_out: lines.left_out,
    }
}

/// Professionals shown as taking care of the person.
const TEAM_MAX: usize = 20;

/// Documents that count, each once however many copies there are.
struct Counts {
    read: usize,
    waiting: usize,
    unreadable: usize,
}

impl Counts {
    fn of(telling: &Telling<'_>) -> Self {
        let mut counts = Counts { read: 0, waiting: 0, unreadable: 0 };
        for doc in telling.docs.iter().filter(|doc| doc.counts && !doc.is_copy) {
            match doc.extract.map(|extract| extract.extraction) {
                None => counts.waiting += 1,
                Some(Extraction::Read) => counts.read += 1,
                // A scan without text is as absent from the summary as a damaged file: the reader has to open it.
                Some(Extraction::NothingReadable | Extraction::Unreadable) => counts.unreadable += 1,
            }
        }
        counts
    }
}

fn news(telling: &Telling<'_>, input: &Input<'_>) -> News {
    let mut new: Vec<_> = telling
        .docs
        .iter()
        .filter(|doc| doc.is_new && !doc.is_copy && matches!(doc.entry.status, AvailabilityStatus::Approved(_)))
        .map(|doc| (doc.entry.submitted_at, doc.entry.id))
        .collect();
    new.sort_unstable_by(|one, other| other.cmp(one));
    News { since: input.last_visit, documents: new.into_iter().map(|(_, id)| id).collect() }
}
