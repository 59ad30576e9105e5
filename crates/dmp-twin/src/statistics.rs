//! Medians of two interleaved series and what is known of their difference.

use crate::draw::Draw;

/// The difference of the medians of two series, relative to the median of the first, with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Median of the first series, in nanoseconds.
    pub median: f64,
    /// Percent of that median.
    pub percent: f64,
    pub low: f64,
    pub high: f64,
}

/// Resamples of the bootstrap.
const RESAMPLES: usize = 1_000;

/// Bootstrap over pairs: the two of a pair were measured one after the other, and what slowed one mostly slowed the other too.
pub fn difference(pairs: &[(u64, u64)], seed: u64) -> Difference {
    let of = |pairs: &[(u64, u64)]| {
        let (mut first, mut second): (Vec<u64>, Vec<u64>) = pairs.iter().copied().unzip();
        let (one, other) = (median(&mut first), median(&mut second));
        (one, (other - one) * 100.0 / one.max(1.0))
    };
    let mut draw = Draw::new(seed);
    let mut drawn = Vec::with_capacity(pairs.len());
    let mut percents: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            drawn.clear();
            drawn.extend((0..pairs.len()).map(|_| *draw.pick(pairs)));
            of(&drawn).1
        })
        .collect();
    percents.sort_by(f64::total_cmp);
    let (median, percent) = of(pairs);
    Difference { median, percent, low: percents[RESAMPLES * 25 / 1_000], high: percents[RESAMPLES * 975 / 1_000 - 1] }
}

/// The middle of a series; the lower one of two.
pub fn median(series: &mut [u64]) -> f64 {
    at(series, 2)
}

/// Below it lies a quarter of a series.
pub fn lower_quartile(series: &mut [u64]) -> f64 {
    at(series, 4)
}

#[expect(clippy::cast_precision_loss, reason = "nanoseconds of a request")]
fn at(series: &mut [u64], part: usize) -> f64 {
    if series.is_empty() {
        return 0.0;
    }
    let place = (series.len() - 1) / part;
    *series.select_nth_unstable(place).1 as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs around 400 µs whose second is slower by so many nanoseconds.
    fn pairs(count: usize, slower: u64) -> Vec<(u64, u64)> {
        let mut draw = Draw::new(3);
        let mut noise = move || (0..6).map(|_| draw.below(20_000) as u64).sum::<u64>();
        (0..count).map(|_| (400_000 + noise(), 400_000 + slower + noise())).collect()
    }

    #[test]
    fn equal_series_are_equal_and_a_slower_one_is_seen() {
        let equal = difference(&pairs(2_000, 0), 1);
        assert!(equal.low < 0.0 && equal.high > 0.0 && equal.high - equal.low < 3.0, "{equal:?}");
        let slower = difference(&pairs(2_000, 200_000), 1);
        assert!(slower.low > 30.0 && slower.low <= slower.percent && slower.percent <= slower.high, "{slower:?}");
    }

    #[test]
    fn a_median_is_the_middle() {
        assert!((median(&mut [5, 1, 9]) - 5.0).abs() < f64::EPSILON);
        assert!(median(&mut []).abs() < f64::EPSILON);
    }
}
