//! Where somebody was when their session ended, and the form that they sent then: kept in memory for an hour, for the same account in the same
//! quality for the same person, in the same browser.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use dmp_core::Moment;
use dmp_core::access::CallerKind;
use dmp_core::identity::Ins;

use super::Session;

/// How long it is kept.
pub const KEPT_SECONDS: u32 = 3_600;
/// Kept at once; past it the oldest is forgotten.
const KEPT_MAX: usize = 1_000;

/// A page or a form that waits.
#[derive(Debug, Clone)]
pub struct Kept {
    account: String,
    kind: CallerKind,
    person: Option<Ins>,
    /// Path of what was asked.
    pub path: String,
    /// The page to go back to; `None`: the path has none.
    pub page: Option<String>,
    /// What the form held besides its token; `None`: a page was asked.
    pub fields: Option<Vec<(String, String)>>,
    /// Whether it was shown again: nobody is led to it twice.
    pub shown: bool,
}

impl Kept {
    /// Of an ended session.
    pub fn of(ended: &Session, path: String, page: Option<String>, fields: Option<Vec<(String, String)>>) -> Self {
        let (account, kind, person) = (ended.caller.account.clone(), ended.caller.kind, ended.person.clone());
        Kept { account, kind, person, path, page, fields, shown: false }
    }

    /// Whether it is this session's: the same account, acting in the same quality for the same person.
    fn is_of(&self, session: &Session) -> bool {
        self.account == session.caller.account && self.kind == session.caller.kind && self.person == session.person
    }
}

/// What waits, by the word of its browser.
#[derive(Debug, Default)]
pub struct KeptForms {
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    by_word: HashMap<String, (Kept, Moment)>,
    /// Words as they came, so that the oldest leave first.
    order: VecDeque<String>,
}

fn is_over(at: Moment, now: Moment) -> bool {
    at.plus_seconds(i64::from(KEPT_SECONDS)) <= now
}

impl KeptForms {
    /// Keeps it; gives the word that its browser brings back. `None` without random numbers.
    pub fn keep(&self, kept: Kept, now: Moment) -> Option<String> {
        let word = super::session::fresh()?;
        let mut waiting = self.waiting.lock().ok()?;
        let Waiting { by_word, order } = &mut *waiting;
        while order.len() >= KEPT_MAX || order.front().is_some_and(|word| by_word.get(word).is_none_or(|(_, at)| is_over(*at, now))) {
            let Some(old) = order.pop_front() else { break };
            by_word.remove(&old);
        }
        order.push_back(word.clone());
        by_word.insert(word.clone(), (kept, now));
        Some(word)
    }

    /// What waits under a word for this session.
    pub fn get(&self, word: &str, session: &Session, now: Moment) -> Option<Kept> {
        let waiting = self.waiting.lock().ok()?;
        waiting.by_word.get(word).filter(|(kept, at)| !is_over(*at, now) && kept.is_of(session)).map(|(kept, _)| kept.clone())
    }

    /// Marks it as shown.
    pub fn show(&self, word: &str) {
        if let Ok(mut waiting) = self.waiting.lock()
            && let Some((kept, _)) = waiting.by_word.get_mut(word)
        {
            kept.shown = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::Sessions;
    use dmp_core::access::Caller;
    use dmp_pages::Stay;

    const NOW: Moment = Moment::from_seconds(1_772_543_100);

    fn session(account: &str, kind: CallerKind) -> Session {
        let sessions = Sessions::default();
        let cookie = sessions.begin(Caller::bare(account.to_owned(), kind), None, Stay::default(), NOW).unwrap();
        sessions.get(&cookie, NOW).unwrap()
    }

    #[test]
    fn a_form_waits_for_who_wrote_it_alone_and_for_an_hour() {
        let writer = session("person:1", CallerKind::Patient);
        let forms = KeptForms::default();
        let kept = Kept::of(&writer, "/add/allergy".to_owned(), None, Some(vec![("what".to_owned(), "pollen".to_owned())]));
        let word = forms.keep(kept, NOW).unwrap();
        let found = |session: &Session, seconds: i64| forms.get(&word, session, NOW.plus_seconds(seconds)).is_some();
        assert!(found(&writer, 3_599) && !found(&writer, 3_600));
        assert!(!found(&session("person:2", CallerKind::Patient), 1), "another account");
        assert!(!found(&session("person:1", CallerKind::Representative), 1), "another quality");
        assert!(forms.get("made-up", &writer, NOW).is_none());
    }
}
