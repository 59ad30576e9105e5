//! What the service costs, as its operator says: told by record.

use crate::calendar::day_of;

/// Costs, each from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Costs(Vec<(i32, i64)>);

const HEADER: &str = "from;cents;label";

impl Costs {
    /// Reads lines `from;cents;label` under that header: a cost counts from its day on.
    ///
    /// # Errors
    /// The number of the first line that is none.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        if lines.next().is_none_or(|(_, line)| line.trim() != HEADER) {
            return Err(1);
        }
        let one = |line: &str| {
            let mut cells = line.splitn(3, ';').map(str::trim);
            let (from, cents) = (day_of(cells.next()?)?, cells.next()?.parse().ok().filter(|cents: &i64| *cents >= 0)?);
            cells.next().filter(|label| !label.is_empty()).map(|_| (from, cents))
        };
        lines.map(|(number, line)| one(line).ok_or(number + 1)).collect::<Result<_, _>>().map(Costs)
    }

    /// All that was spent up to a day, in cents.
    pub fn until(&self, day: i32) -> i64 {
        self.0.iter().filter(|(from, _)| *from <= day).fold(0, |sum, (_, cents)| sum.saturating_add(*cents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_add_up_to_a_day() {
        let costs = Costs::read("from;cents;label\n2018-01-01;1000;licences; et plus\n2018-12-01;500;serveurs\n").unwrap();
        assert_eq!(["2017-12-31", "2018-01-01", "2018-12-01"].map(|day| costs.until(day_of(day).unwrap())), [0, 1_000, 1_500]);
        assert_eq!(Costs::read("from;cents;label\n2018-01-01;-3;x"), Err(2));
        assert_eq!(Costs::read("2018-01-01;3;x"), Err(1));
    }
}
