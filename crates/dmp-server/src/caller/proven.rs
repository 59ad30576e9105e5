//! People who have just proved at an identity provider who they are, on their way to an account of ours: ten minutes, in one browser.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use dmp_core::Moment;
use dmp_oidc::PersonSubject;

/// Time to sign in by another means and to make the link.
const PROVEN_SECONDS: i64 = 600;
/// Kept at once; past it the oldest is forgotten.
const PROVEN_MAX: usize = 10_000;

/// Proven subjects by the word of their browser.
#[derive(Debug, Default)]
pub struct ProvenSubjects {
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    by_word: HashMap<String, (PersonSubject, Moment)>,
    /// Words as they came, so that the oldest leave first.
    order: VecDeque<String>,
}

impl ProvenSubjects {
    /// Keeps a subject; gives the word that its browser brings back. `None` without random numbers.
    pub fn keep(&self, subject: PersonSubject, now: Moment) -> Option<String> {
        let word = super::session::fresh()?;
        let mut waiting = self.waiting.lock().ok()?;
        let Waiting { by_word, order } = &mut *waiting;
        while order.len() >= PROVEN_MAX
            || order.front().is_some_and(|word| by_word.get(word).is_none_or(|(_, at)| at.plus_seconds(PROVEN_SECONDS) <= now))
        {
            let Some(old) = order.pop_front() else { break };
            by_word.remove(&old);
        }
        order.push_back(word.clone());
        by_word.insert(word.clone(), (subject, now));
        Some(word)
    }

    /// The subject of a word, while it waits.
    pub fn get(&self, word: &str, now: Moment) -> Option<PersonSubject> {
        let waiting = self.waiting.lock().ok()?;
        waiting.by_word.get(word).filter(|(_, at)| now < at.plus_seconds(PROVEN_SECONDS)).map(|(subject, _)| subject.clone())
    }

    /// Forgets it: the link is made.
    pub fn forget(&self, word: &str) {
        if let Ok(mut waiting) = self.waiting.lock() {
            waiting.by_word.remove(word);
        }
    }
}
