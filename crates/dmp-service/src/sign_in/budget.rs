//! How often a sign-in by code may begin: who does not know an account cannot try for ever, and cannot keep its person out either.
//!
//! Each account has so many beginnings an hour for strangers, together, and as many for each browser in which somebody has signed in to it
//! before. A stranger who uses up the first share takes nothing from the second: the person goes on at home while their account is under
//! attack. What they lose for the hour is signing in by a code in a browser that is new; passkeys and the identity provider are not counted
//! at all. A beginning is no lock either: codes that were sent stay good in the browser that asked.

use dmp_core::Moment;
use serde::{Deserialize, Serialize};

/// Beginnings in an hour, for strangers together and for each known browser.
pub const STARTS_AN_HOUR: usize = 5;
/// Browsers that an account knows: the one that signed in longest ago is forgotten.
const BROWSERS_MAX: usize = 8;
const HOUR_SECONDS: i64 = 3_600;

/// A beginning, and the handle of its challenge, which goes with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Start {
    pub at: Moment,
    pub challenge: String,
}

/// A browser in which somebody signed in to the account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Browser {
    /// Hash of its cookie.
    pub hash: [u8; 32],
    pub seen_at: Moment,
    pub starts: Vec<Start>,
}

/// What is kept of an account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Starts {
    pub strangers: Vec<Start>,
    pub browsers: Vec<Browser>,
}

impl Starts {
    /// Counts a beginning in its share, when there is room. Gives the handles of challenges that are over.
    pub fn begin(&mut self, browser: &[[u8; 32]], start: Start) -> (bool, Vec<String>) {
        let oldest = start.at.plus_seconds(-HOUR_SECONDS);
        let mut over = Vec::new();
        for share in self.browsers.iter_mut().map(|one| &mut one.starts).chain([&mut self.strangers]) {
            over.extend(share.iter().filter(|one| one.at <= oldest).map(|one| one.challenge.clone()));
            share.retain(|one| one.at > oldest);
        }
        let share = self.browsers.iter_mut().find(|one| browser.contains(&one.hash)).map(|one| &mut one.starts);
        let share = share.unwrap_or(&mut self.strangers);
        let counts = share.len() < STARTS_AN_HOUR;
        if counts {
            share.push(start);
        }
        (counts, over)
    }

    /// Whether one of these browsers is known.
    pub fn knows<'h>(&self, hashes: &'h [[u8; 32]]) -> Option<&'h [u8; 32]> {
        hashes.iter().find(|hash| self.browsers.iter().any(|one| one.hash == **hash))
    }

    /// Remembers a browser that signed in. Its share is fresh: whoever signed in has nothing to guess. Gives the handles of challenges that are
    /// counted no more. SECURITY: to be called where a means was shown and nowhere else, for a share that is fresh is a share of mails.
    pub fn know(&mut self, hash: [u8; 32], now: Moment) -> Vec<String> {
        self.browsers.push(Browser { hash, seen_at: now, starts: Vec::new() });
        self.browsers.sort_by_key(|one| std::cmp::Reverse(one.seen_at));
        let mut over = Vec::new();
        let mut kept: Vec<Browser> = Vec::with_capacity(BROWSERS_MAX);
        for one in self.browsers.drain(..) {
            // The new line of a browser stands before its old one.
            let again = kept.iter().any(|known| known.hash == one.hash);
            if again || kept.len() >= BROWSERS_MAX {
                over.extend(one.starts.into_iter().map(|start| start.challenge));
            } else {
                kept.push(one);
            }
        }
        self.browsers = kept;
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(seconds: i64) -> Start {
        Start { at: Moment::from_seconds(1_772_543_100 + seconds), challenge: seconds.to_string() }
    }

    #[test]
    fn strangers_share_one_budget_and_a_known_browser_has_its_own() {
        let mut starts = Starts::default();
        let mine = [7; 32];
        starts.know(mine, start(0).at);
        for number in 0..STARTS_AN_HOUR {
            assert!(starts.begin(&[[number as u8 + 50; 32]], start(1)).0, "whatever cookie a stranger shows");
        }
        assert!(!starts.begin(&[], start(2)).0);
        for _ in 0..STARTS_AN_HOUR {
            assert!(starts.begin(&[mine], start(3)).0, "an attack keeps nobody out of their own browser");
        }
        assert!(!starts.begin(&[mine], start(4)).0);
    }

    #[test]
    fn an_hour_later_there_is_room_and_the_old_challenges_go() {
        let mut starts = Starts::default();
        for _ in 0..=STARTS_AN_HOUR {
            starts.begin(&[], start(0));
        }
        let (counts, over) = starts.begin(&[], start(HOUR_SECONDS));
        assert!(counts);
        assert_eq!(over.len(), STARTS_AN_HOUR);
    }

    #[test]
    fn what_is_counted_no_more_is_given_to_be_cleared_away() {
        let mut starts = Starts::default();
        let mine = [7; 32];
        starts.know(mine, start(0).at);
        starts.begin(&[mine], start(1));
        starts.begin(&[mine], start(2));
        assert_eq!(starts.know(mine, start(0).at.plus_seconds(3)), ["1", "2"]);
        assert_eq!(starts.browsers.len(), 1);
        starts.begin(&[mine], start(4));
        let forgotten: Vec<String> = (0..12_u8).flat_map(|number| starts.know([number + 50; 32], start(10 + i64::from(number)).at)).collect();
        assert_eq!(forgotten, ["4"], "a browser that is forgotten leaves none either");
    }

    #[test]
    fn few_browsers_are_known_and_the_newest_stay() {
        let mut starts = Starts::default();
        for number in 0..12_u8 {
            starts.know([number; 32], start(i64::from(number)).at);
        }
        assert_eq!(starts.browsers.len(), BROWSERS_MAX);
        assert!(starts.browsers.iter().any(|one| one.hash == [11; 32]) && !starts.browsers.iter().any(|one| one.hash == [0; 32]));
    }
}
