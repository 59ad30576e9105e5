//! Repeatable draws: SplitMix64, so that the same seed gives the same town on every machine.

/// A stream of draws that depends on nothing but its seed.
#[derive(Debug, Clone)]
pub(crate) struct Draw(u64);

impl Draw {
    /// The stream of one thing (`parts` name it) in the town of `seed`.
    pub fn of(seed: u64, parts: &[u64]) -> Self {
        let mut draw = Draw(seed ^ 0x5851_F42D_4C95_7F2D);
        for part in parts {
            draw.0 = draw.next() ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        }
        draw
    }

    /// Sixty-four bits (Steele, Lea, Flood 2014).
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to `count` − 1; 0 when `count` is 0.
    pub fn below(&mut self, count: u32) -> u32 {
        let scaled = (self.next() >> 32) * u64::from(count);
        u32::try_from(scaled >> 32).unwrap_or(0)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = u32::try_from(high.saturating_sub(low).max(0)).unwrap_or(0).saturating_add(1);
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in `percent` cases out of a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of the items.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let count = u32::try_from(items.len()).unwrap_or(0);
        let place = usize::try_from(self.below(count)).unwrap_or(0);
        items.get(place).copied().unwrap_or_default()
    }

    /// A number around 0, between −1 and 1, most often small.
    pub fn noise(&mut self) -> f64 {
        let mut sum = 0.0;
        for _ in 0..3 {
            sum += f64::from(self.below(2001)) / 1000.0 - 1.0;
        }
        sum / 3.0
    }

    /// Sixteen bytes in the form of an upper-case UUID, the form of identifiers inside CDA entries.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!("{:08X}-{:04X}-4{:03X}-A{:03X}-{:012X}", high >> 32, (high >> 16) & 0xFFFF, high & 0xFFF, low >> 52, low & 0xFFFF_FFFF_FFFF)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_its_seed_and_its_parts_alone() {
        let mut once = Draw::of(7, &[1, 2]);
        let mut again = Draw::of(7, &[1, 2]);
        assert_eq!((once.next(), once.next()), (again.next(), again.next()));
        assert_ne!(Draw::of(7, &[1, 2]).next(), Draw::of(7, &[2, 1]).next());
        assert_ne!(Draw::of(7, &[1, 2]).next(), Draw::of(8, &[1, 2]).next());
    }

    #[test]
    fn draws_stay_in_their_bounds() {
        let mut draw = Draw::of(1, &[]);
        for _ in 0..1000 {
            assert!((3..=9).contains(&draw.between(3, 9)));
            assert!(draw.noise().abs() <= 1.0);
        }
        assert_eq!(draw.pick::<u32>(&[]), 0);
    }
}
