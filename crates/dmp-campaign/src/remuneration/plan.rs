//! Who opens whose record, when, and what comes after it: drawn from the number of the person alone, so that each part of the campaign makes the same
//! plan anew and none has to keep it.

use dmp_core::Moment;
use dmp_core::access::Caller;
use dmp_core::identity::Ins;
use dmp_core::record::Channel;

use crate::api::invented_ins;
use crate::draw::Draw;
use crate::inside;

/// All of it.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// People, each opened at least once.
    pub openings: u64,
    pub seed: u64,
}

/// Before the first months are closed, and after.
pub const PHASES: [u8; 2] = [1, 2];

/// One thing that is asked.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub at: Moment,
    pub phase: u8,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Open(Payee),
    /// Asked for by the same although it is there.
    Double(Payee),
    /// Taken back by who opened.
    Cancel(Payee),
}

/// Who is paid, or would be if their channel were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payee {
    Pharmacy(u64),
    Practice(u64),
    /// An agent of a counter, who is of no structure.
    Agent(u64),
    /// A hospital: opens, and is paid nothing.
    Hospital,
}

impl Payee {
    pub fn channel(self) -> Channel {
        match self {
            Payee::Pharmacy(_) => Channel::Pharmacy,
            Payee::Practice(_) => Channel::Professional,
            Payee::Agent(_) => Channel::Counter,
            Payee::Hospital => Channel::Establishment,
        }
    }

    /// National identifier of the structure, and its name.
    pub fn structure(self) -> Option<(String, String)> {
        match self {
            Payee::Pharmacy(number) => Some((format!("1{:09}", 990_000_000 + number), format!("Pharmacie d'essai {number}"))),
            Payee::Practice(number) => Some((format!("1{:09}", 980_000_000 + number), format!("Cabinet d'essai {number}"))),
            Payee::Hospital => Some(("1970000001".to_owned(), "Hôpital d'essai".to_owned())),
            Payee::Agent(_) => None,
        }
    }

    /// What statements call them.
    pub fn name(self) -> String {
        self.structure().map_or_else(|| self.caller().account, |(id, _)| id)
    }

    /// A number of their own, for their bank account.
    pub fn number(self) -> u64 {
        match self {
            Payee::Pharmacy(number) => 1_000_000 + number,
            Payee::Practice(number) => 2_000_000 + number,
            Payee::Agent(number) => 3_000_000 + number,
            Payee::Hospital => 4_000_000,
        }
    }

    pub fn caller(self) -> Caller {
        let profession = if self.channel() == Channel::Pharmacy { "G15/21" } else { "G15/10" };
        match self.structure() {
            Some((id, name)) => inside::professional(self.number(), profession, &id, &name),
            None => inside::agent(self.number()),
        }
    }
}

/// People for each pharmacy.
const PEOPLE_EACH: u64 = 150;
/// From 25 June 2018 in Paris, before anything is paid, to the end of the year there, in seconds since 1970.
const FIRST: i64 = 1_529_877_600;
const LAST: i64 = 1_546_297_199;
/// Midnights in Paris at which the months of that time begin.
const MONTHS: [i64; 7] = [1_530_396_000, 1_533_074_400, 1_535_752_800, 1_538_344_800, 1_541_026_800, 1_543_618_800, 1_546_297_200];
/// So near to a midnight that what is taken back is taken back in another month.
const EDGE: usize = 600;

impl Plan {
    pub fn ins(&self, number: u64) -> Ins {
        invented_ins(self.seed % 90 * 10_000_000 + number)
    }

    /// Everybody who opens.
    pub fn payees(&self) -> Vec<Payee> {
        let pharmacies = (0..self.pharmacies()).map(Payee::Pharmacy).chain(OWING);
        let few = self.pharmacies().div_ceil(10);
        pharmacies.chain((0..few).map(Payee::Practice)).chain((0..few).map(Payee::Agent)).chain([Payee::Hospital]).collect()
    }

    fn pharmacies(&self) -> u64 {
        (self.openings / PEOPLE_EACH).max(4)
    }

    /// What is asked about the n-th person, in this order.
    pub fn steps(&self, number: u64) -> Vec<Step> {
        if let Some(steps) = owing(number) {
            return steps;
        }
        let mut draw = Draw::new(self.seed, 0x9A1D_0000_0000 + number);
        let at = moment(&mut draw);
        let payee = self.payee(&mut draw);
        let phase = if draw.below(100) < 5 { PHASES[1] } else { PHASES[0] };
        let step = |seconds: i64, phase: u8, what: What| Step { at: at.plus_seconds(seconds), phase, what };
        let mut steps = vec![step(0, phase, What::Open(payee))];
        match draw.below(1_000) {
            0..10 => steps.push(step(3, phase, What::Double(payee))),
            10..20 => steps.push(step(300, phase, What::Cancel(payee))),
            20..25 => {
                let other = self.payee(&mut draw);
                steps.extend([step(300, phase, What::Cancel(payee)), step(600, phase, What::Open(other))]);
            }
            // Comes to be known when its month may be closed.
            25..30 => steps.push(step(300, PHASES[1], What::Cancel(payee))),
            _ => {}
        }
        steps
    }

    fn payee(&self, draw: &mut Draw) -> Payee {
        let pharmacies = usize::try_from(self.pharmacies()).unwrap();
        let one = |draw: &mut Draw, of: usize| u64::try_from(draw.below(of)).unwrap();
        match draw.below(100) {
            0..3 => Payee::Hospital,
            3..13 => Payee::Practice(one(draw, pharmacies.div_ceil(10))),
            13..18 => Payee::Agent(one(draw, pharmacies.div_ceil(10))),
            _ => Payee::Pharmacy(one(draw, pharmacies)),
        }
    }
}

/// Two who are paid for little else than what is taken back a month later.
const OWING: [Payee; 2] = [Payee::Pharmacy(9_000_000), Payee::Practice(9_000_000)];

/// The first four people: one pharmacy owes in November and makes up for it in December, one practice owes to the end.
fn owing(number: u64) -> Option<Vec<Step>> {
    let [pharmacy, practice] = OWING;
    let before = |month: usize| Moment::from_seconds(MONTHS[month] - 180);
    let step = |at: Moment, what: What| Step { at, phase: PHASES[0], what };
    let taken_back = |at: Moment, payee: Payee| vec![step(at, What::Open(payee)), step(at.plus_seconds(300), What::Cancel(payee))];
    match number {
        0 => Some(taken_back(before(4), pharmacy)),
        1 | 2 => Some(vec![step(Moment::from_seconds(MONTHS[5] + 86_400), What::Open(pharmacy))]),
        3 => Some(taken_back(before(5), practice)),
        _ => None,
    }
}

fn moment(draw: &mut Draw) -> Moment {
    let second = if draw.below(100) < 4 {
        MONTHS[draw.below(MONTHS.len())] - i64::try_from(EDGE).unwrap() + i64::try_from(draw.below(2 * EDGE)).unwrap()
    } else {
        FIRST + i64::try_from(draw.below(usize::try_from(LAST - FIRST).unwrap())).unwrap()
    };
    Moment::from_seconds(second)
}
