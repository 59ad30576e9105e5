//! The person's site: what it shows of the record besides documents, asked by the person.

use dmp_core::access::Act;
use dmp_testkit::Request;

use super::Run;
use super::cast::Asker;

const FORM: &str = "application/x-www-form-urlencoded";

impl Run {
    /// The page of who comes in, or that of the journal.
    pub(super) fn site(&mut self, place: usize) {
        let asker = self.cast.plain(self.people[place].handle);
        let cookie = self.session(&asker);
        let (act, path) = self.draw.of(&[(Act::ReadAdministrative, "/access"), (Act::ReadAdministrative, "/access"), (Act::ReadJournal, "/journal")]);
        let answer = Request::new(&asker.http.url, "GET", path).header("cookie", &cookie).try_send();
        let facts = self.facts(place, &asker);
        self.judge(place, act, &asker, facts, answer);
    }

    fn session(&mut self, asker: &Asker) -> String {
        if let Some(cookie) = self.sessions.get(asker.handle) {
            return cookie.clone();
        }
        let answer = Request::new(&asker.http.url, "POST", "/signin").body(FORM, format!("identity={}", asker.handle)).send();
        let cookie = answer.header("set-cookie").and_then(|value| value.split(';').next()).expect("a session").to_owned();
        self.sessions.insert(asker.handle, cookie.clone());
        cookie
    }
}
