//! What an opening is paid, by channel and from which day on. A tariff that has applied is never changed: another one follows it.

use crate::record::Channel;
use crate::statistics::{day_of, day_text};

/// Dated tariffs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariffs(Vec<Tariff>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tariff {
    channel: Channel,
    from: i32,
    cents: i64,
}

/// Why a file of tariffs is not taken: the number of the line, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TariffFault(pub usize);

impl std::fmt::Display for TariffFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {} is not CHANNEL;YYYY-MM-DD;CENTS, each channel and day once", self.0)
    }
}

impl std::error::Error for TariffFault {}

const HEADER: &str = "channel;from;cents";
/// Avenant 11 to the convention of pharmacists: 1 € for each opening, in force in July 2018.
const DEFAULT: Tariff = Tariff { channel: Channel::Pharmacy, from: 17_713, cents: 100 };
/// Nobody is paid a hundred euros for an opening: more is a slip of the pen.
const CENTS_MAX: i64 = 10_000;

impl Default for Tariffs {
    fn default() -> Self {
        Tariffs(vec![DEFAULT])
    }
}

impl Tariffs {
    /// Reads lines `channel;from;cents` under that header: `OFFICINE;2018-07-01;100`. 0 ends a tariff.
    ///
    /// # Errors
    /// [`TariffFault`] with the first line that is none, or that says something a second time.
    pub fn read(text: &str) -> Result<Self, TariffFault> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        if lines.next().is_none_or(|(_, line)| line.trim() != HEADER) {
            return Err(TariffFault(1));
        }
        let mut tariffs: Vec<Tariff> = Vec::new();
        for (number, line) in lines {
            let fault = TariffFault(number + 1);
            let one = parse(line).ok_or(fault)?;
            if tariffs.iter().any(|before| (before.channel, before.from) == (one.channel, one.from)) {
                return Err(fault);
            }
            tariffs.push(one);
        }
        Ok(Tariffs(tariffs))
    }

    /// What an opening through this channel on this day is paid; `None`: nothing.
    pub fn cents(&self, channel: Channel, day: i32) -> Option<i64> {
        let known = self.0.iter().filter(|one| one.channel == channel && one.from <= day);
        known.max_by_key(|one| one.from).map(|one| one.cents).filter(|cents| *cents > 0)
    }

    /// As a file.
    pub fn to_csv(&self) -> String {
        let lines = self.0.iter().map(|one| format!("{};{};{}\n", one.channel.code(), day_text(one.from), one.cents));
        std::iter::once(format!("{HEADER}\n")).chain(lines).collect()
    }
}

fn parse(line: &str) -> Option<Tariff> {
    let mut cells = line.split(';').map(str::trim);
    let (channel, from, cents) = (cells.next()?, cells.next()?, cells.next()?);
    let cents: i64 = cents.parse().ok().filter(|cents| (0..=CENTS_MAX).contains(cents))?;
    if cells.next().is_some() {
        return None;
    }
    Some(Tariff { channel: Channel::from_code(channel)?, from: day_of(from)?, cents })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pharmacist_is_paid_an_euro_from_july_2018_on() {
        let day = |text| day_of(text).unwrap();
        let tariffs = Tariffs::default();
        assert_eq!(tariffs.cents(Channel::Pharmacy, day("2018-06-30")), None);
        assert_eq!(tariffs.cents(Channel::Pharmacy, day("2018-07-01")), Some(100));
        assert_eq!(tariffs.cents(Channel::Online, day("2018-12-01")), None);
        assert_eq!(Tariffs::read(&tariffs.to_csv()), Ok(tariffs));
    }

    #[test]
    fn a_later_tariff_takes_the_place_of_an_earlier_one_and_nought_ends_it() {
        let tariffs = Tariffs::read("channel;from;cents\nOFFICINE;2018-07-01;100\nOFFICINE;2020-01-01;150\nOFFICINE;2021-01-01;0\n").unwrap();
        let paid: Vec<_> = ["2019-12-31", "2020-01-01", "2021-01-01"].map(|text| tariffs.cents(Channel::Pharmacy, day_of(text).unwrap())).into();
        assert_eq!(paid, [Some(100), Some(150), None]);
    }

    #[test]
    fn what_is_no_tariff_is_told_by_its_line() {
        for (text, line) in [
            ("OFFICINE;2018-07-01;100", 1),
            ("channel;from;cents\nPHARMACIE;2018-07-01;100", 2),
            ("channel;from;cents\nOFFICINE;2018-02-30;100", 2),
            ("channel;from;cents\nOFFICINE;2018-07-01;1.00", 2),
            ("channel;from;cents\nOFFICINE;2018-07-01;-1", 2),
            ("channel;from;cents\nOFFICINE;2018-07-01;100\n\nOFFICINE;2018-07-01;200", 4),
        ] {
            assert_eq!(Tariffs::read(text), Err(TariffFault(line)), "{text}");
        }
    }
}
