//! The codes of one person: how many were asked for, which of them still live, how often they were tried. A note of its own, by the person's
//! number, for whoever was asked about: known to the insurer or not, with a record or without.
//!
//! A code has ten signs of thirty: 49 bits. Five tries of three codes a week, against every one of seventy million people at once, are a
//! thousand million guesses a week out of 5.9 × 10¹⁴: one hit in eleven thousand years. Shorter would do for one person, not for everybody.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use dmp_core::Moment;
use serde::{Deserialize, Serialize};

/// Codes that one person is sent in seven days.
pub const CODES_A_WEEK: usize = 3;
/// Tries of one code.
pub const TRIES_MAX: u8 = 5;
/// Hours that a code sent by mail lives.
pub const MAIL_HOURS: i64 = 24;
/// Days that a code sent by post lives: ten on the way, and time to come back.
pub const LETTER_DAYS: i64 = 30;
/// Tries of a card's number in seven days, once the code was right.
const CARD_TRIES_MAX: usize = 5;
const WEEK_DAYS: i64 = 7;

/// A code that was sent, as far as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct LiveCode {
    salt: [u8; 16],
    hash: [u8; 32],
    until: Moment,
    tries: u8,
}

impl LiveCode {
    /// SECURITY: as long for a wrong code as for the right one.
    pub fn is(&self, code: &str) -> bool {
        verify_slices_are_equal(&hash(&self.salt, code), &self.hash).is_ok()
    }
}

/// Everything that is kept of one person's codes.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Codes {
    asked: Vec<Moment>,
    live: Vec<LiveCode>,
    cards: Vec<Moment>,
}

impl Codes {
    /// Counts a request and keeps the code. `false`: too many were asked for this week, nothing changed.
    pub fn add(&mut self, code: &str, salt: [u8; 16], until: Moment, now: Moment) -> bool {
        self.forget_old(now);
        if self.asked.len() >= CODES_A_WEEK {
            return false;
        }
        self.asked.push(now);
        self.live.push(LiveCode { salt, hash: hash(&salt, code), until, tries: 0 });
        true
    }

    /// Counts one try of every code that still lives, and gives those that it may be compared with.
    pub fn count_try(&mut self, now: Moment) -> Vec<LiveCode> {
        self.forget_old(now);
        let tried = self.live.iter_mut().filter(|code| code.tries < TRIES_MAX);
        tried
            .map(|code| {
                code.tries += 1;
                code.clone()
            })
            .collect()
    }

    /// Ends a code: it has served. `false`: it had served already.
    pub fn spend(&mut self, code: &LiveCode) -> bool {
        let before = self.live.len();
        self.live.retain(|one| one.hash != code.hash);
        self.live.len() < before
    }

    /// Ends every code: the record is open.
    pub fn end_all(&mut self) {
        self.live.clear();
    }

    /// Counts one try of a card. `false`: too many this week.
    pub fn count_card(&mut self, now: Moment) -> bool {
        self.forget_old(now);
        let may = self.cards.len() < CARD_TRIES_MAX;
        if may {
            self.cards.push(now);
        }
        may
    }

    /// Until when something of it counts: the last code, and the week over which requests and tries are counted.
    pub fn kept_until(&self, now: Moment) -> Moment {
        let counted = self.asked.iter().chain(&self.cards).map(|at| at.plus_days(WEEK_DAYS));
        self.live.iter().map(|code| code.until).chain(counted).max().unwrap_or(now)
    }

    /// A code without tries left stays until its end: it counts for nothing, and its going would tell nothing either.
    fn forget_old(&mut self, now: Moment) {
        self.live.retain(|code| code.until > now);
        for counted in [&mut self.asked, &mut self.cards] {
            counted.retain(|at| at.plus_days(WEEK_DAYS) > now);
        }
    }
}

fn hash(salt: &[u8; 16], code: &str) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(salt);
    context.update(code.as_bytes());
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(context.finish().as_ref()) {
        *to = *from;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_seconds(1_800_000_000);
    const CODE: &str = "ABCDEFGHJK";

    fn sent() -> Codes {
        let mut codes = Codes::default();
        assert!(codes.add(CODE, [1; 16], NOW.plus_days(1), NOW));
        codes
    }

    #[test]
    fn a_code_is_compared_five_times_and_then_no_more() {
        let mut codes = sent();
        for _ in 0..TRIES_MAX {
            assert_eq!(codes.count_try(NOW).len(), 1);
        }
        assert!(codes.count_try(NOW).is_empty());
    }

    #[test]
    fn a_code_serves_once() {
        let mut codes = sent();
        let tried = codes.count_try(NOW);
        assert!(tried[0].is(CODE) && !tried[0].is("ABCDEFGHJZ") && !tried[0].is(""));
        assert!(codes.spend(&tried[0]));
        assert!(!codes.spend(&tried[0]));
        assert!(codes.count_try(NOW).is_empty());
    }

    #[test]
    fn once_the_record_is_open_no_code_serves_and_the_week_goes_on() {
        let mut codes = sent();
        codes.add("B", [2; 16], NOW.plus_days(30), NOW);
        codes.end_all();
        assert!(codes.count_try(NOW).is_empty());
        assert!(codes.add("C", [3; 16], NOW.plus_days(30), NOW) && !codes.add("D", [4; 16], NOW.plus_days(30), NOW));
    }

    #[test]
    fn a_code_ends_at_its_time() {
        let mut codes = sent();
        assert_eq!(codes.clone().count_try(NOW.plus_seconds(86_399)).len(), 1);
        assert!(codes.count_try(NOW.plus_days(1)).is_empty());
    }

    #[test]
    fn three_codes_a_week_are_sent_and_each_has_tries_of_its_own() {
        let mut codes = sent();
        assert!(codes.add("B", [2; 16], NOW.plus_days(30), NOW) && codes.add("C", [3; 16], NOW.plus_days(30), NOW));
        assert!(!codes.add("D", [4; 16], NOW.plus_days(30), NOW.plus_days(6)));
        // The first one ended after its day.
        assert_eq!(codes.count_try(NOW).len(), 2);
        assert!(codes.add("D", [4; 16], NOW.plus_days(30), NOW.plus_days(7)));
        for _ in 0..4 {
            codes.count_try(NOW.plus_days(8));
        }
        assert_eq!(codes.count_try(NOW.plus_days(8)).len(), 1, "the newest alone has a try left");
    }

    #[test]
    fn what_is_kept_ends_with_the_last_thing_that_counts() {
        let mut codes = sent();
        assert_eq!(codes.kept_until(NOW), NOW.plus_days(7), "a request counts for a week, longer than its code");
        codes.add("B", [2; 16], NOW.plus_days(30), NOW);
        codes.count_card(NOW.plus_days(25));
        assert_eq!(codes.kept_until(NOW), NOW.plus_days(32), "so does the try of a card");
        assert_eq!(Codes::default().kept_until(NOW), NOW);
    }

    #[test]
    fn a_card_is_tried_five_times_a_week() {
        let mut codes = Codes::default();
        assert_eq!((0..9).filter(|_| codes.count_card(NOW)).count(), 5);
        assert!(codes.count_card(NOW.plus_days(7)));
    }
}
