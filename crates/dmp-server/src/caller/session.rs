//! Sessions of the sites: kept on the server by the hash of a random cookie, so that leaving ends them.

use std::collections::HashMap;
use std::sync::Mutex;

use dmp_core::access::{Caller, Purpose};
use dmp_core::identity::Ins;
use dmp_core::{Moment, RecordKey};
use dmp_pages::Stay;

/// Someone signed in at a site.
#[derive(Debug, Clone)]
pub struct Session {
    pub caller: Caller,
    /// Matched against the hidden field of every form.
    pub csrf: String,
    pub last_seen: Moment,
    /// When it began.
    pub since: Moment,
    /// When it was last known to stand: begun, or kept when the others of its account were ended.
    pub stands_at: Moment,
    /// When it was last asked whether the sessions of its account were ended by another program.
    pub checked_at: Moment,
    /// When whoever is signed in last showed a means of theirs. Going on in another quality shows none.
    pub proved_at: Moment,
    /// How long it stays open without a request.
    pub stay: Stay,
    /// Whose record it is: their own, or that of who they act for.
    pub person: Option<Ins>,
    /// Who is signed in by their own number, whomever they act for now.
    pub own: Option<Ins>,
    /// For a professional: the records opened in this session, newest first.
    pub recent: Vec<(RecordKey, Moment)>,
    /// For a professional: the records opened in an emergency mode, until left or signed out.
    pub emergencies: Vec<(RecordKey, Purpose)>,
    /// For a professional: the records whose person agreed to this consultation.
    pub consents: Vec<RecordKey>,
}

impl Session {
    /// Whether whoever is signed in showed a means so short a while ago that they may change them: a session that was left open, or taken, may not.
    pub fn is_fresh(&self, now: Moment) -> bool {
        now < self.proved_at.plus_seconds(60 * FRESH_MINUTES)
    }

    /// When it ends without another request.
    pub fn ends(&self) -> Moment {
        let idle = self.last_seen.plus_seconds(i64::from(self.stay.minutes()) * 60);
        idle.min(self.since.plus_seconds(LONGEST_SECONDS - 1))
    }

    fn is_open(&self, now: Moment) -> bool {
        now <= self.ends()
    }
}

/// Minutes for which a sign-in proves enough to change the means of signing in.
const FRESH_MINUTES: i64 = 10;

/// All sessions of this process.
#[derive(Debug, Default)]
pub struct Sessions {
    by_hash: Mutex<HashMap<[u8; 32], Session>>,
}

/// Seconds after its last request for which an ended session is known: it opens nothing, but a form that was under way finds back to who wrote it.
const REMEMBERED_SECONDS: i64 = 12 * 3_600;
/// Hours after which a session ends, however busy it is: whoever holds a cookie that was taken does not stay.
const LONGEST_SECONDS: i64 = 12 * 3_600;
/// Sessions kept at once; past it the idle longest ends.
const SESSIONS_MAX: usize = 100_000;

impl Sessions {
    /// Opens a session for a caller who has just shown a means, and gives its cookie. `None` without random numbers.
    pub fn begin(&self, caller: Caller, person: Option<Ins>, stay: Stay, now: Moment) -> Option<String> {
        self.begin_proved(caller, person, stay, now, now)
    }

    /// The same for a caller who showed it at another moment.
    pub fn begin_proved(&self, caller: Caller, person: Option<Ins>, stay: Stay, now: Moment, proved_at: Moment) -> Option<String> {
        let (cookie, csrf) = (fresh()?, fresh()?);
        let own = person.clone().filter(|ins| ins.account() == caller.account);
        let (recent, emergencies, consents) = (Vec::new(), Vec::new(), Vec::new());
        let (last_seen, since, stands_at, checked_at) = (now, now, now, now);
        self.open(
            &cookie,
            Session { caller, csrf, last_seen, since, stands_at, checked_at, proved_at, stay, person, own, recent, emergencies, consents },
        );
        Some(cookie)
    }

    /// Keeps a session under a fresh cookie value.
    fn open(&self, cookie: &str, session: Session) {
        let Ok(mut sessions) = self.by_hash.lock() else { return };
        if sessions.len() >= SESSIONS_MAX {
            let oldest = sessions.iter().min_by_key(|(_, session)| session.last_seen).map(|(hash, _)| *hash);
            oldest.map(|hash| sessions.remove(&hash));
        }
        sessions.insert(hash(cookie), session);
    }

    /// The session of a cookie, when it is still open; being seen keeps it open.
    pub fn get(&self, cookie: &str, now: Moment) -> Option<Session> {
        let mut sessions = self.by_hash.lock().ok()?;
        let session = sessions.get_mut(&hash(cookie))?;
        if session.last_seen.plus_seconds(REMEMBERED_SECONDS) < now {
            sessions.remove(&hash(cookie));
            return None;
        }
        if !session.is_open(now) {
            return None;
        }
        session.last_seen = now;
        Some(session.clone())
    }

    /// The session of a cookie that ended because nothing was asked, not because it was closed. It opens nothing any more.
    pub fn ended(&self, cookie: &str, now: Moment) -> Option<Session> {
        let sessions = self.by_hash.lock().ok()?;
        let session = sessions.get(&hash(cookie))?;
        (session.ends() < now && now <= session.last_seen.plus_seconds(REMEMBERED_SECONDS)).then(|| session.clone())
    }

    /// Changes a session in place.
    pub fn update(&self, cookie: &str, change: impl FnOnce(&mut Session)) {
        if let Ok(mut sessions) = self.by_hash.lock()
            && let Some(session) = sessions.get_mut(&hash(cookie))
        {
            change(session);
        }
    }

    /// The open sessions of an account, newest first: since when, and whether it is the one of this cookie.
    pub fn of_account(&self, account: &str, cookie: &str, now: Moment) -> Vec<(Moment, bool)> {
        let Ok(sessions) = self.by_hash.lock() else { return Vec::new() };
        let here = hash(cookie);
        let open = sessions.iter().filter(|(_, one)| one.caller.account == account && one.is_open(now));
        let mut found: Vec<(Moment, bool)> = open.map(|(hash, one)| (one.since, *hash == here)).collect();
        found.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
        found
    }

    /// The open session of an account that was used last. It is not used by this.
    pub fn newest_of(&self, account: &str, now: Moment) -> Option<Session> {
        let sessions = self.by_hash.lock().ok()?;
        let open =
            sessions.values().filter(|one| one.caller.account == account && now <= one.last_seen.plus_seconds(i64::from(Stay::Short.minutes()) * 60));
        open.max_by_key(|one| one.last_seen).cloned()
    }

    /// Ends the sessions of an account but the one of this cookie (`None`: all of them).
    pub fn close_others(&self, account: &str, cookie: Option<&str>) {
        let here = cookie.map(hash);
        if let Ok(mut sessions) = self.by_hash.lock() {
            sessions.retain(|hash, one| one.caller.account != account || Some(*hash) == here);
        }
    }

    /// Keeps a session that has been asked about, or that was kept when the others ended.
    pub fn stands(&self, cookie: &str, at: Moment, asked_at: Moment) {
        self.update(cookie, |session| (session.stands_at, session.checked_at) = (session.stands_at.max(at), asked_at));
    }

    /// Ends a session.
    pub fn close(&self, cookie: &str) {
        if let Ok(mut sessions) = self.by_hash.lock() {
            sessions.remove(&hash(cookie));
        }
    }
}

/// 256 random bits in hexadecimal: the word of a browser, or the token of its forms. `None` without random numbers.
pub(crate) fn fresh() -> Option<String> {
    let mut bytes = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn hash(cookie: &str) -> [u8; 32] {
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, cookie.as_bytes()).as_ref()) {
        *to = *from;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use dmp_core::access::CallerKind;

    const NOW: Moment = Moment::from_seconds(1_772_543_100);

    fn begun(stay: Stay) -> (Sessions, String) {
        let sessions = Sessions::default();
        let caller = Caller::bare("person:1".to_owned(), CallerKind::Patient);
        let cookie = sessions.begin(caller, None, stay, NOW).unwrap();
        (sessions, cookie)
    }

    #[test]
    fn a_session_ends_when_its_owner_chose_and_no_later() {
        for stay in Stay::ALL {
            let seconds = i64::from(stay.minutes()) * 60;
            let (sessions, cookie) = begun(stay);
            assert!(sessions.get(&cookie, NOW.plus_seconds(seconds)).is_some(), "{stay:?}");
            assert!(sessions.get(&cookie, NOW.plus_seconds(2 * seconds)).is_some(), "{stay:?}: a request keeps it open");
            assert!(sessions.get(&cookie, NOW.plus_seconds(3 * seconds + 1)).is_none(), "{stay:?}");
            assert!(sessions.get(&cookie, NOW.plus_seconds(3 * seconds + 2)).is_none(), "{stay:?}: it does not come back");
            assert!(sessions.of_account("person:1", &cookie, NOW.plus_seconds(3 * seconds + 2)).is_empty());
        }
    }

    #[test]
    fn an_ended_session_is_known_for_a_while_unless_it_was_closed() {
        let (sessions, cookie) = begun(Stay::Short);
        assert!(sessions.ended(&cookie, NOW.plus_seconds(60)).is_none(), "it is open");
        assert!(sessions.ended(&cookie, NOW.plus_seconds(3_600)).is_some());
        assert!(sessions.ended(&cookie, NOW.plus_seconds(13 * 3_600)).is_none());
        sessions.close(&cookie);
        assert!(sessions.ended(&cookie, NOW.plus_seconds(3_600)).is_none());
    }

    #[test]
    fn a_session_ends_when_nobody_asks_and_after_twelve_hours_however_busy() {
        let sessions = Sessions::default();
        let begin = || sessions.begin(Caller::bare("person:1".to_owned(), CallerKind::Patient), None, Stay::Short, NOW).unwrap();
        let idle = begin();
        assert!(sessions.get(&idle, NOW.plus_seconds(i64::from(Stay::Short.minutes()) * 60)).is_some());
        assert!(sessions.get(&idle, NOW.plus_seconds(2 * i64::from(Stay::Short.minutes()) * 60 + 1)).is_none());
        let busy = begin();
        let mut last = NOW;
        while last.plus_seconds(600) < NOW.plus_seconds(LONGEST_SECONDS) {
            last = last.plus_seconds(600);
            assert!(sessions.get(&busy, last).is_some());
        }
        assert_eq!(sessions.of_account("person:1", &busy, NOW.plus_seconds(LONGEST_SECONDS)).len(), 0);
        assert!(sessions.get(&busy, NOW.plus_seconds(LONGEST_SECONDS)).is_none());
    }
}
