//! A browser signed in on the sites: its cookie, and the hidden field of its forms.

use dmp_testkit::{Answer, Request, Server, form_value};

/// A session of a test identity.
pub struct Session {
    cookie: String,
    csrf: std::sync::Mutex<String>,
}

impl Session {
    /// Chooses a test identity on the sign-in page.
    pub fn of(server: &Server, identity: &str) -> Self {
        let form = format!("identity={identity}");
        let entered = server.request("POST", "/signin").body("application/x-www-form-urlencoded", form).send();
        assert_eq!(entered.status, 303, "{identity}: {}", entered.text());
        let cookie = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let csrf = hidden_field(&server.request("GET", "/signin").header("cookie", &cookie).send().text());
        Session { cookie, csrf: csrf.into() }
    }

    /// That of a browser that signed in elsewhere: its cookie, as a header.
    pub fn with(server: &Server, cookie: &str) -> Self {
        let csrf = hidden_field(&server.request("GET", "/signin").header("cookie", cookie).send().text());
        Session { cookie: cookie.to_owned(), csrf: csrf.into() }
    }

    /// What the hidden field of its forms holds.
    pub fn csrf(&self) -> String {
        self.csrf.lock().unwrap().clone()
    }

    /// Its cookie, as a header.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// A request with the cookie.
    pub fn request(&self, server: &Server, method: &str, path: &str) -> Request {
        server.request(method, path).header("cookie", &self.cookie)
    }

    /// A request with another cookie besides.
    pub fn request_with(&self, server: &Server, method: &str, path: &str, cookie: &str) -> Request {
        server.request(method, path).header("cookie", &format!("{}; {cookie}", self.cookie))
    }

    /// Reads a page.
    pub fn get(&self, server: &Server, path: &str) -> Answer {
        self.request(server, "GET", path).send()
    }

    /// What a search finds: the page that its form leads to.
    pub fn search(&self, server: &Server, words: &str) -> Answer {
        let sent = self.post(server, "/search", &[("q", words)]);
        let to = sent.header("location").unwrap_or_else(|| panic!("a search leads to its page: {} {}", sent.status, sent.text())).to_owned();
        assert!(to.starts_with("/search?") && (words.len() < 2 || !to.contains(words)), "words stand in no address: {to}");
        self.get(server, &to)
    }

    /// Sends a form with the hidden field that our pages put in it. After a change of record they put another one in.
    pub fn post(&self, server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: String = fields.iter().map(|(name, value)| format!("&{name}={}", form_value(value))).collect();
        let answer = self.request(server, "POST", path).body("application/x-www-form-urlencoded", format!("csrf={}{fields}", self.csrf())).send();
        if path == "/relatives/switch" && answer.status == 303 {
            *self.csrf.lock().unwrap() = hidden_field(&self.get(server, "/relatives").text());
        }
        answer
    }

    /// Sends a form that makes something which is shown in this session alone, and gives the page that shows it.
    pub fn post_shown(&self, server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
        let sent = self.post(server, path, fields);
        let (to, shown) = match (sent.header("location"), sent.header("set-cookie")) {
            (Some(to), Some(shown)) => (to.to_owned(), shown.split(';').next().unwrap().to_owned()),
            _ => panic!("{path} leads to what it made: {} {}", sent.status, sent.text()),
        };
        let page = self.request_with(server, "GET", &to, &shown).send();
        assert_eq!(page.status, 200, "{to}: {}", page.text());
        page
    }
}

/// The value of the hidden field of a page's first form.
fn hidden_field(page: &str) -> String {
    let mark = "name=\"csrf\" value=\"";
    let from = page.find(mark).expect("a form with its hidden field") + mark.len();
    page[from..].split('"').next().unwrap().to_owned()
}

/// A page without the tokens of its forms: each page has others.
pub fn without_tokens(page: &str) -> String {
    let mut parts = page.split("name=\"csrf\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('"').map_or(part, |(_, rest)| rest))
}
