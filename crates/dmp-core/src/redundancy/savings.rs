//! What exams that were not done twice would have cost.

use super::Tariffs;
use crate::summary::When;

/// A sum over all exams. It names no exam and no person: so many avoided, so much money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Savings {
    /// Exams that were not done again.
    pub avoided: u64,
    /// Those of them whose price is not known: they count nothing in the sums.
    pub without_tariff: u64,
    pub low_cents: u64,
    pub cents: u64,
    pub high_cents: u64,
}

impl Savings {
    /// Of so many avoided exams of each kind, at the prices of a day.
    pub fn of<'a>(tariffs: &Tariffs, on: When, avoided: impl IntoIterator<Item = (&'a str, u64)>) -> Savings {
        let mut sum = Savings::default();
        for (exam, count) in avoided {
            sum.avoided = sum.avoided.saturating_add(count);
            match tariffs.of(exam, on) {
                Some(tariff) => {
                    sum.low_cents = sum.low_cents.saturating_add(tariff.low_cents.saturating_mul(count));
                    sum.cents = sum.cents.saturating_add(tariff.cents.saturating_mul(count));
                    sum.high_cents = sum.high_cents.saturating_add(tariff.high_cents.saturating_mul(count));
                }
                None => sum.without_tariff = sum.without_tariff.saturating_add(count),
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_by_count_and_what_has_no_price_is_told() {
        let tariffs =
            Tariffs::parse("exam;cents;low_cents;high_cents;source;valid_from\na;500;400;600;s;2020-01-01\nb;70;60;80;s;2020-01-01").unwrap();
        let on = When::day(2026, 1, 1);
        let sum = Savings::of(&tariffs, on, [("a", 3), ("b", 10), ("c", 2)]);
        assert_eq!(sum, Savings { avoided: 15, without_tariff: 2, low_cents: 1_800, cents: 2_200, high_cents: 2_600 });
        assert_eq!(Savings::of(&tariffs, on, []), Savings::default());
        assert_eq!(Savings::of(&tariffs, on, [("a", u64::MAX), ("a", 1)]).cents, u64::MAX);
    }
}
