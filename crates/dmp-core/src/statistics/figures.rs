//! What the public pages and files show: sums of cells up to the end of the last complete week, and nothing that could lead to somebody.

use std::collections::BTreeMap;

use super::deed::DocumentOrigin;
use super::phases::PhaseFigures;
use super::shield::{Shielded, shield_list, shield_weeks};
use super::tally::names;
use crate::calendar::{Month, Week, day_of};
use crate::record::Channel;
use crate::territory::{Department, Phase, Region};

/// The channels as the public knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChannelGroup {
    Pharmacy,
    Online,
    Counter,
    /// Professionals and establishments.
    Professionals,
    Automatic,
}

impl ChannelGroup {
    /// All, in the order of statistics.
    pub const ALL: [ChannelGroup; 5] =
        [ChannelGroup::Pharmacy, ChannelGroup::Online, ChannelGroup::Counter, ChannelGroup::Professionals, ChannelGroup::Automatic];

    /// The group of a channel.
    pub fn of(channel: Channel) -> Self {
        match channel {
            Channel::Pharmacy => ChannelGroup::Pharmacy,
            Channel::Online => ChannelGroup::Online,
            Channel::Counter => ChannelGroup::Counter,
            Channel::Nurse | Channel::Professional | Channel::Establishment => ChannelGroup::Professionals,
            Channel::Automatic => ChannelGroup::Automatic,
        }
    }

    /// The word in files.
    pub fn code(self) -> &'static str {
        match self {
            ChannelGroup::Pharmacy => "pharmacie",
            ChannelGroup::Online => "en-ligne",
            ChannelGroup::Counter => "caisse",
            ChannelGroup::Professionals => "professionnels-etablissements",
            ChannelGroup::Automatic => "automatique",
        }
    }
}

/// Sums of cells: name, day, then channel or department, count.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted<'a> {
    pub by_channel: &'a [(String, i32, Option<Channel>, i64)],
    pub by_department: &'a [(String, i32, String, i64)],
    /// Of openings alone.
    pub by_caisse: &'a [(String, i32, String, i64)],
    /// First days of the *caisses*, where there is a pilot phase.
    pub phase: Option<&'a Phase>,
}

/// What professionals and persons did in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthUse {
    pub month: Month,
    /// Documents deposited, in the order of [`DocumentOrigin::ALL`], and all of them.
    pub deposited: Vec<Option<i64>>,
    pub all_deposited: Option<i64>,
    /// Reads of documents, and of lists and summaries, by professionals.
    pub consulted: Option<i64>,
    pub looked: Option<i64>,
    pub feeders: Option<i64>,
    pub readers: Option<i64>,
    /// Days from act to document: half of the documents of professionals came as soon or sooner.
    pub delay_days: Option<i64>,
    /// Documents of professionals by the days from act to deposit: [`DELAY_DAYS`], then more.
    pub delays: Vec<Option<i64>>,
    /// Days with a reimbursed consultation, and those that a document followed.
    pub consultations: Option<i64>,
    pub followed: Option<i64>,
}

/// Upper bounds of delays in days; more is the last group.
pub const DELAY_DAYS: [i64; 4] = [0, 1, 7, 30];

/// Everything that is shown, at the end of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The last complete week.
    pub until: Week,
    /// From the week of the first opening on, without a gap.
    pub weeks: Vec<Week>,
    /// Openings by week and [`ChannelGroup::ALL`]; what was taken back is not in them.
    pub channels: Shielded,
    /// Openings by week and [`Region::ALL`], then those of no known region.
    pub regions: Shielded,
    /// Openings by year.
    pub years: Vec<(i16, Option<i64>)>,
    /// Records in use; those with a document; those with one of a professional; documents in them.
    pub open: Option<i64>,
    pub filled: Option<i64>,
    pub filled_by_professionals: Option<i64>,
    pub documents: Option<i64>,
    /// Documents held, by the age of the newest one: up to a month, six months, a year, more.
    pub newest: Vec<Option<i64>>,
    pub months: Vec<MonthUse>,
    /// Openings taken back, records that left use, came back, were destroyed.
    pub lives: [Option<i64>; 4],
    /// The pilot phase beside the general one.
    pub phases: Option<PhaseFigures>,
}

/// Upper bounds of ages of the newest document, in days; more is the last group.
pub const NEWEST_DAYS: [i32; 3] = [31, 183, 366];

impl Figures {
    /// Adds up what had happened by the end of the last week that was over on a day.
    pub fn of(counted: Counted<'_>, today: i32) -> Figures {
        let until = Week::of(today).previous();
        let last = until.last_day();
        let openings = |name: &str| match name {
            names::OPENED => 1,
            names::CANCELLED => -1,
            _ => 0,
        };
        let mut by_week: BTreeMap<Week, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
        let row = || (vec![0; ChannelGroup::ALL.len()], vec![0; Region::ALL.len() + 1]);
        let mut years: BTreeMap<i16, i64> = BTreeMap::new();
        for (name, day, channel, count) in counted.by_channel.iter().filter(|(name, day, ..)| openings(name) != 0 && *day <= last) {
            let (channels, regions) = by_week.entry(Week::of(*day)).or_insert_with(row);
            let group = channel.map_or(ChannelGroup::Automatic, ChannelGroup::of);
            add(channels, ChannelGroup::ALL.iter().position(|one| *one == group), openings(name) * count);
            // All of them are of no known region until the departments say otherwise.
            add(regions, Some(Region::ALL.len()), openings(name) * count);
            *years.entry(Month::of(*day).year()).or_default() += openings(name) * count;
        }
        for (name, day, department, count) in counted.by_department.iter().filter(|(name, day, ..)| openings(name) != 0 && *day <= last) {
            let Some(place) = Department::of(department).and_then(|one| Region::ALL.iter().position(|region| *region == one.region)) else {
                continue;
            };
            let (_, regions) = by_week.entry(Week::of(*day)).or_insert_with(row);
            add(regions, Some(place), openings(name) * count);
            add(regions, Some(Region::ALL.len()), -openings(name) * count);
        }
        let first = by_week.keys().next().copied().unwrap_or(until);
        let weeks: Vec<Week> = std::iter::successors(Some(first), |week| Some(week.next())).take_while(|week| *week <= until).collect();
        let rows: Vec<(Vec<i64>, Vec<i64>)> = weeks.iter().map(|week| by_week.remove(week).unwrap_or_else(row)).collect();
        let (channels, regions): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let of_caisses = counted.by_caisse.iter().filter(|(name, day, ..)| openings(name) != 0 && *day <= last);
        let of_caisses = of_caisses.map(|(name, day, caisse, count)| (*day, caisse.as_str(), openings(name) * count));
        let all: Vec<i64> = channels.iter().map(|row: &Vec<i64>| row.iter().sum()).collect();
        let total =
            |name: &str| -> i64 { counted.by_channel.iter().filter(|(of, day, ..)| of == name && *day <= last).map(|(.., count)| *count).sum() };
        let (levels, _) = nested([total(names::OPEN), total(names::FILLED), total(names::FILLED_BY_PROFESSIONALS)]);
        let (in_years, _) = shield_list(&years.values().copied().collect::<Vec<_>>());
        Figures {
            until,
            channels: shield_weeks(&channels),
            regions: shield_weeks(&regions),
            years: years.into_keys().zip(in_years).collect(),
            open: levels[0],
            filled: levels[1],
            filled_by_professionals: levels[2],
            documents: small(total(names::DOCUMENTS)),
            newest: newest(counted, last),
            months: months(counted, until),
            phases: counted.phase.map(|phase| PhaseFigures::of(phase, &weeks, &all, of_caisses)),
            lives: [names::CANCELLED, names::CLOSED, names::REOPENED, names::DESTROYED].map(|name| small(total(name))),
            weeks,
        }
    }

    /// The place of a week in the tables.
    pub fn place(&self, week: Week) -> Option<usize> {
        self.weeks.binary_search(&week).ok()
    }

    /// Openings of a week.
    pub fn opened_in(&self, week: Week) -> Option<i64> {
        self.channels.weeks.get(self.place(week)?).copied().flatten()
    }

    /// People of a region, in thousands.
    pub fn thousands(region: Region) -> u32 {
        Department::all().filter(|one| one.region == region).map(|one| one.thousands).sum()
    }
}

fn add(row: &mut [i64], place: Option<usize>, by: i64) {
    if let Some(cell) = place.and_then(|place| row.get_mut(place)) {
        *cell += by;
    }
}

fn small(count: i64) -> Option<i64> {
    shield_list(&[count]).1
}

/// Levels of which each is a part of the one before: neither a part nor what is left of the whole may be small.
fn nested(levels: [i64; 3]) -> ([Option<i64>; 3], i64) {
    let [all, part, inner] = levels;
    let shows = |count: i64| small(count).is_some();
    let part_shown = shows(part) && shows(all - part);
    let inner_shown = shows(inner) && shows(part - inner) && shows(all - inner);
    ([small(all), part_shown.then_some(part), inner_shown.then_some(inner)], all)
}

/// Records by the age of their newest document.
fn newest(counted: Counted<'_>, last: i32) -> Vec<Option<i64>> {
    let mut groups = vec![0; NEWEST_DAYS.len() + 1];
    for (_, day, _, count) in counted.by_channel.iter().filter(|(name, day, ..)| name == names::NEWEST && *day <= last) {
        let age = last - day;
        let place = NEWEST_DAYS.iter().position(|bound| age <= *bound).unwrap_or(NEWEST_DAYS.len());
        add(&mut groups, Some(place), *count);
    }
    shield_list(&groups).0
}

/// Months that are over by the end of a week, the newest last.
fn months(counted: Counted<'_>, until: Week) -> Vec<MonthUse> {
    let last =
        if Month::of(until.last_day()).last_day() == until.last_day() { Month::of(until.last_day()).next() } else { Month::of(until.last_day()) };
    let mut all: BTreeMap<Month, BTreeMap<&str, i64>> = BTreeMap::new();
    let is_use = |name: &str| {
        let plain = [names::CONSULTED, names::LOOKED, names::FEEDERS, names::READERS, names::CONSULTATIONS, names::FOLLOWED];
        plain.contains(&name) || names::DEPOSITED.contains(&name) || name.starts_with(names::DELAY)
    };
    for (name, day, _, count) in counted.by_channel.iter().filter(|(name, ..)| is_use(name)) {
        let month = Month::of(*day);
        if month < last {
            *all.entry(month).or_default().entry(name).or_default() += count;
        }
    }
    all.into_iter().map(|(month, counts)| month_use(month, &counts)).collect()
}

fn month_use(month: Month, counts: &BTreeMap<&str, i64>) -> MonthUse {
    let of = |name: &str| counts.get(name).copied().unwrap_or_default();
    let (deposited, all_deposited) = shield_list(&names::DEPOSITED.map(of));
    let ([consultations, followed, _], _) = nested([of(names::CONSULTATIONS), of(names::FOLLOWED), 0]);
    MonthUse {
        month,
        deposited,
        all_deposited,
        consulted: small(of(names::CONSULTED)),
        looked: small(of(names::LOOKED)),
        feeders: small(of(names::FEEDERS)),
        readers: small(of(names::READERS)),
        delay_days: median(counts),
        delays: delays(counts),
        consultations,
        followed,
    }
}

/// Documents by delay, small counts in company.
fn delays(counts: &BTreeMap<&str, i64>) -> Vec<Option<i64>> {
    let mut groups = vec![0; DELAY_DAYS.len() + 1];
    for (days, count) in delay_counts(counts) {
        let place = DELAY_DAYS.iter().position(|bound| days <= *bound).unwrap_or(DELAY_DAYS.len());
        add(&mut groups, Some(place), count);
    }
    shield_list(&groups).0
}

fn delay_counts<'a>(counts: &'a BTreeMap<&str, i64>) -> impl Iterator<Item = (i64, i64)> + 'a {
    counts.iter().filter_map(|(name, count)| Some((name.strip_prefix(names::DELAY)?.parse().ok()?, *count)))
}

/// The least delay that half of the documents do not exceed; nothing of fewer documents than may be shown.
fn median(counts: &BTreeMap<&str, i64>) -> Option<i64> {
    let mut delays: Vec<(i64, i64)> = delay_counts(counts).collect();
    delays.sort_unstable();
    let all: i64 = delays.iter().map(|(_, count)| count).sum();
    if all == 0 || small(all).is_none() {
        return None;
    }
    let mut seen = 0;
    delays.into_iter().find_map(|(days, count)| {
        seen += count;
        (2 * seen >= all).then_some(days)
    })
}

/// The first Monday of the wave of 2018, whose general phase began on Tuesday 6 November.
pub fn wave_of_2018() -> Option<Week> {
    day_of("2018-11-06").map(Week::of)
}

/// How many kinds of documents there are, for tables.
pub const ORIGINS: usize = DocumentOrigin::ALL.len();

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(name: &str, day: &str, count: i64) -> (String, i32, Option<Channel>, i64) {
        (name.to_owned(), day_of(day).unwrap(), Some(Channel::Pharmacy), count)
    }

    fn figures(by_channel: &[(String, i32, Option<Channel>, i64)], today: &str) -> Figures {
        Figures::of(Counted { by_channel, ..Counted::default() }, day_of(today).unwrap())
    }

    #[test]
    fn the_week_that_is_not_over_is_not_shown() {
        let cells = [cell(names::OPENED, "2018-12-09", 100), cell(names::OPENED, "2018-12-10", 50)];
        let until = |today| figures(&cells, today).channels.total;
        assert_eq!((until("2018-12-16"), until("2018-12-17")), (Some(100), Some(150)));
    }

    #[test]
    fn what_was_taken_back_never_counted() {
        let cells = [cell(names::OPENED, "2018-12-04", 100), cell(names::CANCELLED, "2018-12-04", 20)];
        let found = figures(&cells, "2018-12-17");
        assert_eq!((found.channels.weeks.clone(), found.channels.total), (vec![Some(80), Some(0)], Some(80)));
        assert_eq!(found.lives[0], Some(20));
    }

    #[test]
    fn openings_of_no_known_region_stand_by_themselves() {
        let channels = [cell(names::OPENED, "2018-12-04", 100)];
        let departments = [(names::OPENED.to_owned(), day_of("2018-12-04").unwrap(), "75".to_owned(), 60)];
        let found = Figures::of(Counted { by_channel: &channels, by_department: &departments, ..Counted::default() }, day_of("2018-12-10").unwrap());
        let place = Region::ALL.iter().position(|one| *one == Region::IleDeFrance).unwrap();
        assert_eq!((found.regions.rows[0][place], found.regions.rows[0][Region::ALL.len()]), (Some(60), Some(40)));
    }

    #[test]
    fn half_of_the_documents_came_by_the_median() {
        let cells = [cell("delay:0", "2018-10-01", 10), cell("delay:2", "2018-10-01", 5), cell("delay:30", "2018-10-01", 6)];
        assert_eq!(figures(&cells, "2018-12-17").months[0].delay_days, Some(2));
        assert_eq!(figures(&cells[1..2], "2018-12-17").months[0].delay_days, None, "of five documents nothing is told");
    }

    #[test]
    fn a_part_is_hidden_when_what_is_left_is_small() {
        let cells = |open, filled| [cell(names::OPEN, "2018-12-04", open), cell(names::FILLED, "2018-12-04", filled)];
        let shown = |open, filled| figures(&cells(open, filled), "2018-12-17").filled;
        assert_eq!((shown(100, 50), shown(100, 95), shown(100, 100), shown(100, 5)), (Some(50), None, Some(100), None));
    }
}
