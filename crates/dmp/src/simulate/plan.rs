//! Who opens when, where and through which channel: drawn from a seed so that the figures that were published about 2018 hold, each within the
//! rounding of the scale.
//!
//! Sources: announcements of the Assurance maladie of 13 December 2018 and the press of those days (3 million records; 200,000 a week on average
//! from 6 November on, 240,090 from 6 to 12 December; pharmacists 39 %, online 39 %, counters 18 %, professionals and establishments 4 %; since
//! 6 November 169,105 in Île-de-France, 103,435 in Provence-Alpes-Côte d'Azur, 94,402 in Occitanie; in all 396,167 in Île-de-France, 386,518 in
//! Hauts-de-France, 381,601 in Grand Est; 701,795 by the nine pilots of 2017 and 2018; 1.8 million at 30 October 2018).

use dmp_core::record::Channel;
use dmp_core::statistics::day_of;
use dmp_core::territory::{Caisse, Department, Region};

/// One opening to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedOpening {
    pub day: i32,
    pub channel: Channel,
    pub department: &'static str,
    pub caisse: Option<String>,
}

const TOTAL: u64 = 3_000_000;
const AT_30_OCTOBER: u64 = 1_800_000;
const BY_PILOTS: u64 = 701_795;
/// Before the pilots, rounded: 550,000 to 600,000 at the end of 2016.
const BEFORE_2017: u64 = 580_000;
/// 37 days at 200,000 a week.
const WAVE: u64 = 1_057_143;
const LAST_WEEK: u64 = 240_090;
const IN_WAVE: [(Region, u64); 3] = [(Region::IleDeFrance, 169_105), (Region::ProvenceAlpesCoteDAzur, 103_435), (Region::Occitanie, 94_402)];
const IN_ALL: [(Region, u64); 3] = [(Region::IleDeFrance, 396_167), (Region::HautsDeFrance, 386_518), (Region::GrandEst, 381_601)];
/// The fourth region of the wave and of all: below the third, which was named.
const WAVE_MOST: u64 = 94_000;
const ALL_MOST: u64 = 381_000;

/// Numbers from a seed (SplitMix64): the same on every machine.
#[derive(Debug)]
pub struct Draw(u64);

impl Draw {
    /// Numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Draw(seed)
    }

    /// The next number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    /// Mixes a list (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            let other = usize::try_from(self.below(u64::try_from(place).unwrap_or(0) + 1)).unwrap_or(0);
            list.swap(place, other);
        }
    }
}

/// The openings of a scenario at a scale of one to so many, in an order of their own: many come to be known later than others that happened later.
pub fn plan(scale: u64, seed: u64) -> Vec<PlannedOpening> {
    let mut draw = Draw::new(seed);
    let day = |text: &str| day_of(text).unwrap_or_default();
    let (in_wave, before) = by_region();
    let pilots = pilots();
    let mut all = Vec::new();

    // Before the wave: what the pilots opened stands in their departments, the rest follows the region's share.
    let pilot_cells: Vec<(u64, Place)> = pilots.iter().map(|(place, count)| (*count, place.clone())).collect();
    let rest: Vec<(u64, Place)> = before
        .iter()
        .flat_map(|(region, count)| {
            let opened: u64 = pilots.iter().filter(|(place, _)| place.region() == Some(*region)).map(|(_, count)| *count).sum();
            departments(*region, count.saturating_sub(opened))
        })
        .collect();
    let november = TOTAL - WAVE - AT_30_OCTOBER;
    let elsewhere = AT_30_OCTOBER - BEFORE_2017 - BY_PILOTS;
    let mut slots: Vec<(i32, &[(Channel, u64)])> = Vec::new();
    spread(&mut slots, scaled(BEFORE_2017, scale), day("2011-01-03"), day("2016-12-31"), &BY_PROFESSIONALS);
    spread(&mut slots, scaled(elsewhere, scale), day("2017-01-01"), day("2018-10-30"), &BEFORE_THE_WAVE);
    spread(&mut slots, scaled(november, scale), day("2018-10-31"), day("2018-11-04"), &IN_THE_WAVE);
    fill(&mut all, &mut draw, slots, &scaled_cells(&rest, scale));
    let mut slots = Vec::new();
    spread(&mut slots, scaled(BY_PILOTS, scale), day("2017-01-02"), day("2018-10-30"), &BEFORE_THE_WAVE);
    fill(&mut all, &mut draw, slots, &scaled_cells(&pilot_cells, scale));

    let wave: Vec<(u64, Place)> = in_wave.iter().flat_map(|(region, count)| departments(*region, *count)).collect();
    let mut slots = Vec::new();
    spread(&mut slots, scaled(WAVE, scale) - scaled(LAST_WEEK, scale), day("2018-11-06"), day("2018-12-05"), &IN_THE_WAVE);
    spread(&mut slots, scaled(LAST_WEEK, scale), day("2018-12-06"), day("2018-12-12"), &IN_THE_WAVE);
    fill(&mut all, &mut draw, slots, &scaled_cells(&wave, scale));
    draw.shuffle(&mut all);
    all
}

/// Where an opening takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    department: &'static str,
    caisse: Option<String>,
}

impl Place {
    fn region(&self) -> Option<Region> {
        Department::of(self.department).map(|one| one.region)
    }
}

/// Shares in percent.
const IN_THE_WAVE: [(Channel, u64); 6] = [
    (Channel::Pharmacy, 39),
    (Channel::Online, 39),
    (Channel::Counter, 18),
    (Channel::Professional, 2),
    (Channel::Establishment, 1),
    (Channel::Nurse, 1),
];
const BEFORE_THE_WAVE: [(Channel, u64); 5] =
    [(Channel::Pharmacy, 25), (Channel::Online, 20), (Channel::Counter, 35), (Channel::Professional, 10), (Channel::Establishment, 10)];
const BY_PROFESSIONALS: [(Channel, u64); 4] =
    [(Channel::Professional, 55), (Channel::Establishment, 35), (Channel::Counter, 5), (Channel::Online, 5)];

fn scaled(count: u64, scale: u64) -> u64 {
    (count + scale / 2) / scale
}

/// Scales cells so that their sum is the scaled sum, and that of each region too: what rounding leaves goes to the largest cells of the region.
fn scaled_cells(cells: &[(u64, Place)], scale: u64) -> Vec<(u64, Place)> {
    let mut out: Vec<(u64, Place)> = Vec::new();
    let total = scaled(cells.iter().map(|(count, _)| count).sum(), scale);
    let regions: Vec<(Region, u64)> = Region::ALL
        .into_iter()
        .map(|region| (region, cells.iter().filter(|(_, place)| place.region() == Some(region)).map(|(count, _)| count).sum()))
        .collect();
    let counts: Vec<u64> = regions.iter().map(|(_, count)| *count).collect();
    for ((region, _), target) in regions.iter().zip(apportion(&counts, total)) {
        let own: Vec<&(u64, Place)> = cells.iter().filter(|(_, place)| place.region() == Some(*region)).collect();
        let parts = apportion(&own.iter().map(|(count, _)| *count).collect::<Vec<_>>(), target);
        out.extend(own.into_iter().zip(parts).map(|((_, place), count)| (count, place.clone())));
    }
    out
}

/// Shares a total out in proportion (largest remainder).
fn apportion(weights: &[u64], total: u64) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum::<u128>().max(1);
    let exact = |weight: u64| u128::from(weight) * u128::from(total);
    let mut parts: Vec<u64> = weights.iter().map(|weight| u64::try_from(exact(*weight) / sum).unwrap_or(0)).collect();
    let mut left: Vec<usize> = (0..weights.len()).collect();
    left.sort_by_key(|place| std::cmp::Reverse(weights.get(*place).map_or(0, |weight| exact(*weight) % sum)));
    let missing = usize::try_from(total.saturating_sub(parts.iter().sum())).unwrap_or(0);
    for place in left.into_iter().cycle().take(if weights.is_empty() { 0 } else { missing }) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    parts
}

fn thousands(region: Region) -> u64 {
    Department::all().filter(|one| one.region == region).map(|one| u64::from(one.thousands)).sum()
}

type ByRegion = Vec<(Region, u64)>;

/// Openings of each region in the wave, and before it.
fn by_region() -> (ByRegion, ByRegion) {
    let in_wave = shared_out(WAVE, &IN_WAVE, |_| WAVE_MOST);
    let of = |list: &[(Region, u64)], region: Region| list.iter().find(|(one, _)| *one == region).map_or(0, |(_, count)| *count);
    let known: Vec<(Region, u64)> = IN_ALL.iter().map(|(region, all)| (*region, all.saturating_sub(of(&in_wave, *region)))).collect();
    let before = shared_out(TOTAL - WAVE, &known, |region| ALL_MOST - of(&in_wave, region));
    (in_wave, before)
}

/// Shares a total out by population where nothing is known, none above its bound.
fn shared_out(total: u64, known: &[(Region, u64)], most: impl Fn(Region) -> u64) -> Vec<(Region, u64)> {
    let mut settled: Vec<(Region, u64)> = known.to_vec();
    loop {
        let open: Vec<Region> = Region::ALL.into_iter().filter(|region| settled.iter().all(|(one, _)| one != region)).collect();
        let left = total.saturating_sub(settled.iter().map(|(_, count)| count).sum());
        let parts = apportion(&open.iter().map(|region| thousands(*region)).collect::<Vec<_>>(), left);
        let over: Vec<Region> = open.iter().zip(&parts).filter(|(region, part)| **part > most(**region)).map(|(region, _)| *region).collect();
        if over.is_empty() {
            settled.extend(open.into_iter().zip(parts));
            return settled;
        }
        settled.extend(over.into_iter().map(|region| (region, most(region))));
    }
}

fn departments(region: Region, count: u64) -> Vec<(u64, Place)> {
    let own: Vec<Department> = Department::all().filter(|one| one.region == region).collect();
    let parts = apportion(&own.iter().map(|one| u64::from(one.thousands)).collect::<Vec<_>>(), count);
    own.into_iter().zip(parts).map(|(one, part)| (part, Place { department: one.code, caisse: caisse_of(one.code) })).collect()
}

/// The first *caisse* of a department.
fn caisse_of(department: &str) -> Option<String> {
    let number = match department {
        "2A" => "201".to_owned(),
        "2B" => "202".to_owned(),
        overseas if overseas.len() == 3 => overseas.to_owned(),
        code => format!("{code}1"),
    };
    dmp_core::territory::Caisse::parse(&number).ok().map(|caisse| caisse.code().to_owned())
}

/// What each of the nine opened, in proportion to the people of its department; half of Pyrénées-Atlantiques belongs to Bayonne.
fn pilots() -> Vec<(Place, u64)> {
    let pilots = Caisse::pilots();
    let weight = |caisse: &Caisse| caisse.department().map_or(0, |one| u64::from(one.thousands) / if caisse.code() == "641" { 2 } else { 1 });
    let parts = apportion(&pilots.iter().map(weight).collect::<Vec<_>>(), BY_PILOTS);
    let place = |caisse: &Caisse| caisse.department().map(|one| Place { department: one.code, caisse: Some(caisse.code().to_owned()) });
    pilots.iter().zip(parts).filter_map(|(caisse, count)| Some((place(caisse)?, count))).collect()
}

/// So many openings over some days, the same each day, with the shares of their channels.
fn spread<'a>(slots: &mut Vec<(i32, &'a [(Channel, u64)])>, count: u64, from: i32, to: i32, shares: &'a [(Channel, u64)]) {
    let days = u64::try_from(to - from + 1).unwrap_or(1).max(1);
    slots.extend((0..count).map(|place| (from + i32::try_from(place * days / count.max(1)).unwrap_or(0), shares)));
}

/// Gives each slot a place, so that every sum holds: days, channels of each phase, and places are three lists of one length that are mixed.
fn fill(all: &mut Vec<PlannedOpening>, draw: &mut Draw, slots: Vec<(i32, &[(Channel, u64)])>, cells: &[(u64, Place)]) {
    let mut places: Vec<&Place> = cells.iter().flat_map(|(count, place)| std::iter::repeat_n(place, usize::try_from(*count).unwrap_or(0))).collect();
    draw.shuffle(&mut places);
    let mut places = places.into_iter().cycle();
    for phase in slots.chunk_by(|one, other| std::ptr::eq(one.1, other.1)) {
        let Some((_, shares)) = phase.first() else { continue };
        let counts = apportion(&shares.iter().map(|(_, share)| *share).collect::<Vec<_>>(), u64::try_from(phase.len()).unwrap_or(0));
        let mut channels: Vec<Channel> =
            shares.iter().zip(counts).flat_map(|((channel, _), count)| std::iter::repeat_n(*channel, usize::try_from(count).unwrap_or(0))).collect();
        draw.shuffle(&mut channels);
        for ((day, _), channel) in phase.iter().zip(channels) {
            let Some(place) = places.next() else { return };
            all.push(PlannedOpening { day: *day, channel, department: place.department, caisse: place.caisse.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn day(text: &str) -> i32 {
        day_of(text).unwrap()
    }

    fn within(found: usize, published: u64, scale: u64, what: &str) {
        let found = u64::try_from(found).unwrap();
        assert!(found.abs_diff(scaled(published, scale)) <= 1, "{what}: {found} at 1 to {scale}, not {published}");
    }

    #[test]
    fn the_published_figures_hold_at_every_scale() {
        for scale in [10, 100, 1_000] {
            let all = plan(scale, 1);
            let count = |wanted: &dyn Fn(&PlannedOpening) -> bool| all.iter().filter(|one| wanted(one)).count();
            let (first, last) = (day("2018-11-06"), day("2018-12-06"));
            let wave = |one: &PlannedOpening| one.day >= first;
            // Looked up once for each opening, not once for each opening and region.
            let (mut in_wave, mut in_all) = (BTreeMap::new(), BTreeMap::new());
            for one in &all {
                let region = Department::of(one.department).unwrap().region.name();
                *in_all.entry(region).or_insert(0_usize) += 1;
                *in_wave.entry(region).or_insert(0_usize) += usize::from(wave(one));
            }
            within(all.len(), TOTAL, scale, "all");
            let before = day("2018-10-30");
            within(count(&|one| one.day <= before), AT_30_OCTOBER, scale, "at 30 October");
            within(count(&|one| one.day >= last), LAST_WEEK, scale, "from 6 to 12 December");
            within(count(&wave), WAVE, scale, "the wave");
            for (wanted, published) in IN_WAVE {
                within(in_wave[wanted.name()], published, scale, wanted.name());
            }
            for (wanted, published) in IN_ALL {
                let found = in_all[wanted.name()];
                assert!(u64::try_from(found).unwrap().abs_diff(scaled(published, scale)) <= 3, "{}: {found}", wanted.name());
            }
            let mut others: Vec<usize> = Region::ALL.map(|wanted| in_wave.get(wanted.name()).copied().unwrap_or_default()).into();
            others.sort_unstable();
            assert!(others[14] <= others[15], "the three that were named are the first three: {others:?}");
            let known = day("2018-11-29");
            let by_channel = |channels: &[Channel]| count(&|one| one.day >= known && channels.contains(&one.channel));
            let all_then = by_channel(&Channel::ALL);
            for (channels, percent) in [(&[Channel::Pharmacy][..], 39), (&[Channel::Online], 39), (&[Channel::Counter], 18)] {
                let off = (by_channel(channels) * 100).abs_diff(all_then * percent);
                assert!(off <= all_then * if scale < 1_000 { 1 } else { 5 }, "{channels:?}: {off} hundredths of {all_then}");
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_openings() {
        assert_eq!(plan(10_000, 3), plan(10_000, 3));
        assert_ne!(plan(10_000, 3), plan(10_000, 4));
    }
}
