//! Logins under way: kept on the server, for ten minutes, each for one browser and one use.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use dmp_core::Moment;

/// What must come back unchanged, or must never leave the server.
#[derive(Clone)]
pub(crate) struct Login {
    /// Value of the cookie of the browser that began.
    pub browser: String,
    pub nonce: String,
    pub verifier: String,
    pub began: Moment,
}

/// Logins by state.
#[derive(Default)]
pub(crate) struct Logins {
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    by_state: HashMap<String, Login>,
    /// States as they came, so that the oldest leave first.
    order: VecDeque<(Moment, String)>,
}

/// Time to sign in at the provider: finding the card, typing its code, or unlocking the telephone.
const LOGIN_SECONDS: i64 = 600;
/// Logins kept at once (some 40 MB); past it the oldest is forgotten, since anybody may begin one.
const LOGINS_MAX: usize = 100_000;

impl Logins {
    /// Keeps a login under its state.
    pub fn begin(&self, state: String, login: Login) {
        let Ok(mut waiting) = self.waiting.lock() else { return };
        let oldest_kept = login.began.plus_seconds(-LOGIN_SECONDS);
        while waiting.order.front().is_some_and(|(began, _)| *began <= oldest_kept) || waiting.order.len() >= LOGINS_MAX {
            let Some((_, old)) = waiting.order.pop_front() else { break };
            waiting.by_state.remove(&old);
        }
        waiting.order.push_back((login.began, state.clone()));
        waiting.by_state.insert(state, login);
    }

    /// The login of a state, once: whoever asks, it is not there a second time.
    /// SECURITY: a login of another browser is `None`, or someone could be made to work in another's session.
    pub fn end(&self, state: &str, browser: &str, now: Moment) -> Option<Login> {
        let login = self.waiting.lock().ok()?.by_state.remove(state)?;
        let current = now < login.began.plus_seconds(LOGIN_SECONDS);
        let same_browser = verify_slices_are_equal(browser.as_bytes(), login.browser.as_bytes()).is_ok();
        (current && same_browser).then_some(login)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Moment = Moment::from_seconds(1_772_543_100);

    fn logins() -> Logins {
        let logins = Logins::default();
        logins.begin("state".to_owned(), Login { browser: "cookie".to_owned(), nonce: String::new(), verifier: String::new(), began: BEGAN });
        logins
    }

    #[test]
    fn a_login_ends_once() {
        let logins = logins();
        assert!(logins.end("state", "cookie", BEGAN.plus_seconds(599)).is_some());
        assert!(logins.end("state", "cookie", BEGAN).is_none());
    }

    #[test]
    fn a_login_of_ten_minutes_ago_is_over() {
        assert!(logins().end("state", "cookie", BEGAN.plus_seconds(600)).is_none());
    }

    #[test]
    fn another_browser_does_not_end_it_and_spends_it() {
        let logins = logins();
        assert!(logins.end("state", "other", BEGAN).is_none());
        assert!(logins.end("state", "cookie", BEGAN).is_none());
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let logins = logins();
        let late = Login { browser: String::new(), nonce: String::new(), verifier: String::new(), began: BEGAN.plus_seconds(601) };
        logins.begin("later".to_owned(), late);
        let waiting = logins.waiting.lock().unwrap();
        assert_eq!((waiting.by_state.len(), waiting.order.len()), (1, 1));
    }
}
