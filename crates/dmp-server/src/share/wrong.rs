//! How often addresses of links led nowhere. Nobody finds a link by trying (256 random bits); whoever tries in bulk gets no work out of the
//! server. A link that leads somewhere is served whatever the count.

use std::sync::Mutex;

use dmp_core::Moment;

/// Addresses that led nowhere, in a minute.
#[derive(Debug, Default)]
pub(crate) struct WrongLinks {
    /// The minute, and how many there were in it.
    counted: Mutex<(i64, u32)>,
}

impl WrongLinks {
    /// Counts one; gives whether there were too many in this minute.
    pub fn count(&self, now: Moment) -> bool {
        let minute = now.as_seconds().div_euclid(60);
        let Ok(mut counted) = self.counted.lock() else { return true };
        if counted.0 != minute {
            *counted = (minute, 0);
        }
        counted.1 = counted.1.saturating_add(1);
        counted.1 > WRONG_PER_MINUTE
    }
}

/// More than people mistype.
const WRONG_PER_MINUTE: u32 = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_in_a_minute_are_too_many_and_the_next_minute_begins_anew() {
        let (wrong, now) = (WrongLinks::default(), Moment::from_seconds(6_000));
        assert!((0..WRONG_PER_MINUTE).all(|_| !wrong.count(now)));
        assert!(wrong.count(now) && wrong.count(now.plus_seconds(59)));
        assert!(!wrong.count(now.plus_seconds(60)));
    }
}
