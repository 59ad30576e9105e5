//! What is due, from the plan and the log alone: each opening once at the tariff of its day in Paris, less what was taken back. What comes to be known
//! when its month is closed stands in the next open one.

use std::collections::{BTreeMap, HashMap};

use dmp_core::Moment;
use dmp_core::record::Channel;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::plan::{PHASES, Payee, Plan, What};

/// What the program is told of tariffs. A day after which nothing is paid is one of them.
pub const TARIFFS: &str =
    "channel;from;cents\nOFFICINE;2018-07-01;100\nOFFICINE;2018-10-01;137\nPS_LIBERAL;2018-09-15;251\nPS_LIBERAL;2018-12-01;0\nCPAM;2018-08-01;53\n";
/// Months that are closed before the second phase begins.
pub const CLOSED_EARLY: [&str; 3] = ["2018-07", "2018-08", "2018-09"];
/// Months that are closed in the end.
pub const CLOSED_LATE: [&str; 4] = ["2018-10", "2018-11", "2018-12", "2019-01"];

/// The same tariffs, written a second time.
fn tariff(channel: Channel, day: Date) -> i64 {
    match channel {
        Channel::Pharmacy if day >= date(2018, 10, 1) => 137,
        Channel::Pharmacy if day >= date(2018, 7, 1) => 100,
        Channel::Counter if day >= date(2018, 8, 1) => 53,
        Channel::Professional if day >= date(2018, 12, 1) => 0,
        Channel::Professional if day >= date(2018, 9, 15) => 251,
        _ => 0,
    }
}

/// A line that a statement must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Place of its month among those that are closed.
    pub month: usize,
    pub payee: Payee,
    pub day: Date,
    pub opened: Date,
    pub cents: i64,
}

/// All that is due.
#[derive(Debug, Default)]
pub struct Due {
    /// Lines by the number of their receipt, and whether they take back.
    pub by_receipt: HashMap<(u64, bool), Line>,
    /// Lines whose receipt nobody was told, since the process ended before it answered.
    pub untold: BTreeMap<Line, usize>,
    /// By month and payee: lines and cents.
    pub sums: BTreeMap<(usize, Payee), (u64, i64)>,
    pub openings: u64,
    pub cancelled: u64,
}

/// Reckons what is due at the end of a phase. `receipts`: the number of each opening, by person and step.
pub fn due(plan: &Plan, phase: u8, receipts: &HashMap<(u64, usize), u64>) -> Due {
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let day = |at: Moment| at.timestamp().to_zoned(paris.clone()).date();
    let mut due = Due::default();
    for person in 0..plan.openings {
        let mut open: Option<(u64, Payee, Date)> = None;
        for (number, step) in plan.steps(person).into_iter().enumerate().filter(|(_, step)| step.phase <= phase) {
            let (sign, (receipt, payee, opened)) = match step.what {
                What::Open(payee) => {
                    let receipt = receipts.get(&(person, number)).copied().unwrap_or(0);
                    due.openings += 1;
                    (1, *open.insert((receipt, payee, day(step.at))))
                }
                What::Cancel(_) => {
                    due.cancelled += 1;
                    (-1, open.take().unwrap())
                }
                What::Double(_) => continue,
            };
            let cents = sign * tariff(payee.channel(), opened);
            if cents == 0 {
                continue;
            }
            let line = Line { month: month(day(step.at), step.phase), payee, day: day(step.at), opened, cents };
            let sum = due.sums.entry((line.month, payee)).or_default();
            *sum = (sum.0 + 1, sum.1 + cents);
            if receipt == 0 {
                *due.untold.entry(line).or_default() += 1;
            } else {
                assert!(due.by_receipt.insert((receipt, cents < 0), line).is_none(), "two openings have one receipt");
            }
        }
    }
    due
}

/// The place of the month in which a line stands.
fn month(day: Date, phase: u8) -> usize {
    let named = format!("{:04}-{:02}", day.year(), day.month());
    let place = months().position(|month| month == named).unwrap();
    if phase == PHASES[1] { place.max(CLOSED_EARLY.len()) } else { place }
}

/// Months in their order.
pub fn months() -> impl Iterator<Item = &'static str> {
    CLOSED_EARLY.into_iter().chain(CLOSED_LATE)
}

impl Due {
    /// Lines and cents of a month.
    pub fn of_month(&self, month: usize) -> (u64, i64) {
        let own = self.sums.iter().filter(|((one, _), _)| *one == month);
        own.fold((0, 0), |(lines, cents), (_, sum)| (lines + sum.0, cents + sum.1))
    }

    pub fn cents(&self) -> i64 {
        self.sums.values().map(|(_, cents)| cents).sum()
    }

    /// What each payee is paid for each month, and what they owe in the end: below nought nothing is paid, and what is owed is made up for first.
    pub fn payments(&self) -> (Vec<BTreeMap<Payee, i64>>, i64) {
        let mut owed: BTreeMap<Payee, i64> = BTreeMap::new();
        let mut paid = Vec::new();
        for month in 0..months().count() {
            let mut of_month = BTreeMap::new();
            for ((_, payee), (_, cents)) in self.sums.range((month, Payee::Pharmacy(0))..).take_while(|((one, _), _)| *one == month) {
                let balance = cents + owed.remove(payee).unwrap_or(0);
                if balance > 0 {
                    of_month.insert(*payee, balance);
                } else if balance < 0 {
                    owed.insert(*payee, balance);
                }
            }
            paid.push(of_month);
        }
        (paid, owed.values().sum())
    }
}

/// An account number for each payee, with its own check.
pub fn iban(payee: Payee) -> String {
    let own = format!("2004101005{:011}06", payee.number());
    // FR and 00 behind it, letters as numbers.
    let rest = format!("{own}152700").bytes().fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("FR{:02}{own}", 98 - rest)
}
