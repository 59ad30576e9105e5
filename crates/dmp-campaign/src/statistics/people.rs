//! Who is opened when, and what becomes of each record: on both sides of the midnight in Paris at which a week ends, in winter, in summer and on the
//! days on which the hour changes; many come to be known after others that happened later were counted.

use dmp_core::Moment;
use dmp_core::identity::Ins;
use dmp_core::record::Channel;

use crate::api::invented_ins;
use crate::draw::Draw;

/// Who opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opener {
    Pharmacist,
    Agent,
    Doctor,
}

impl Opener {
    pub const ALL: [Opener; 3] = [Opener::Pharmacist, Opener::Agent, Opener::Doctor];

    pub fn handle(self) -> &'static str {
        match self {
            Opener::Pharmacist => "pharmacien-essai",
            Opener::Agent => "agent-cpam",
            Opener::Doctor => "dr-fictif",
        }
    }

    pub fn channel(self) -> Channel {
        match self {
            Opener::Pharmacist => Channel::Pharmacy,
            Opener::Agent => Channel::Counter,
            Opener::Doctor => Channel::Professional,
        }
    }
}

/// What is asked about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Open,
    /// Asked for although it is there.
    Double,
    Cancel,
    Close,
    Reopen,
    /// A doctor whom the person lets in deposits a document.
    Deposit,
}

/// A person, and how far they are.
#[derive(Debug, Clone)]
pub struct Person {
    pub ins: Ins,
    pub opener: Opener,
    pub department: Option<&'static str>,
    steps: Vec<Step>,
    done: usize,
    /// Whether the next step was asked and never answered.
    pub asked: bool,
}

impl Person {
    pub fn next(&self) -> Option<Step> {
        self.steps.get(self.done).copied()
    }

    pub fn take(&mut self) {
        self.done += 1;
        self.asked = false;
    }

    /// What was asked and done so far.
    pub fn done(&self) -> &[Step] {
        &self.steps[..self.done]
    }
}

/// People of one moment, by who opens.
#[derive(Debug, Clone)]
pub struct Group {
    pub at: Moment,
    pub people: Vec<Person>,
}

impl Group {
    pub fn is_done(&self) -> bool {
        self.people.iter().all(|person| person.next().is_none())
    }
}

/// The end of a Sunday in Paris and the beginning of the Monday after it, in the order in which they are lived through: late ones after those that
/// happened later. The first one leaves a minute for what is asked in it.
const EDGES: [[&str; 2]; 6] = [
    ["2018-12-09T22:59:00Z", "2018-12-09T23:00:05Z"],
    ["2018-07-01T21:59:00Z", "2018-07-01T22:00:05Z"],
    ["2018-12-30T22:59:00Z", "2018-12-30T23:00:05Z"],
    // The hour changes on that Sunday.
    ["2018-10-28T22:59:00Z", "2018-10-28T23:00:05Z"],
    ["2018-03-25T21:59:00Z", "2018-03-25T22:00:05Z"],
    // Hours at which Paris and Greenwich do not agree about the day.
    ["2018-12-10T22:30:00Z", "2018-07-01T23:30:00Z"],
];
/// The Monday on which everything is looked at.
pub const TODAY: &str = "2019-01-14T12:00:00Z";
/// Openings of each opener at each moment: more than what is hidden for being few.
const EACH: u64 = 14;
/// Departments and their regions (INSEE).
pub const PLACES: [(&str, &str); 4] = [("75", "11"), ("59", "32"), ("13", "93"), ("2A", "94")];

/// People at so many ends of weeks.
pub fn plan(edges: usize, seed: u64) -> Vec<Group> {
    let mut draw = Draw::new(seed, 0x57A7);
    let mut number = seed % 900 * 1_000_000;
    let moments = (0..edges).flat_map(|edge| EDGES[edge % EDGES.len()]);
    let group = |at: &str| {
        let mut people = Vec::new();
        for opener in Opener::ALL {
            for _ in 0..EACH {
                number += 1;
                let department = PLACES.get(draw.below(PLACES.len() + 1)).map(|(code, _)| *code);
                people.push(Person { ins: invented_ins(number), opener, department, steps: steps(&mut draw), done: 0, asked: false });
            }
        }
        Group { at: Moment::parse_fhir(at).unwrap(), people }
    };
    moments.map(group).collect()
}

fn steps(draw: &mut Draw) -> Vec<Step> {
    match draw.below(100) {
        0..8 => vec![Step::Open, Step::Double],
        8..15 => vec![Step::Open, Step::Cancel],
        15..22 => vec![Step::Open, Step::Cancel, Step::Open],
        22..28 => vec![Step::Open, Step::Close],
        28..36 => vec![Step::Open, Step::Close, Step::Reopen],
        36..44 => vec![Step::Open, Step::Deposit],
        _ => vec![Step::Open],
    }
}
