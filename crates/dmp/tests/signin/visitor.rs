//! Somebody at a browser: forms with their hidden field, and the mailbox of the sandbox.

use dmp_testkit::{Answer, Server, form_value};

use crate::browser::Browser;
use crate::installation::PUBLIC;

/// A browser with the hidden field of the last page that it read.
pub struct Visitor {
    browser: Browser,
    csrf: String,
}

impl Visitor {
    /// A browser that nobody knows.
    pub fn new(url: &str) -> Self {
        Visitor { browser: Browser::new(url), csrf: String::new() }
    }

    /// The same as a test identity of the demonstration.
    pub fn of(url: &str, identity: &str) -> Self {
        let mut visitor = Visitor::new(url);
        assert_eq!(visitor.post("/signin", &[("identity", identity)]).status, 303);
        visitor.get("/settings/signin");
        visitor
    }

    pub fn get(&mut self, path: &str) -> Answer {
        let answer = self.browser.get(&format!("{PUBLIC}{path}"));
        self.keep_csrf(&answer);
        answer
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: String = fields.iter().map(|(name, value)| format!("&{name}={}", form_value(value))).collect();
        let answer = self.browser.post(&format!("{PUBLIC}{path}"), &format!("csrf={}{fields}", self.csrf));
        self.keep_csrf(&answer);
        answer
    }

    /// Goes to the provider as one of its people, comes back, and asks for the page that our answer asks for.
    pub fn by_provider(&mut self, account: &str) -> Answer {
        let away = self.get("/signin/oidc/start");
        let away = away.header("location").unwrap_or_else(|| panic!("{}: {}", away.status, away.text())).to_owned();
        let back = self.browser.follow_to_callback(&format!("{away}&login_hint={account}"));
        let entered = self.browser.get(&back);
        assert_eq!((entered.status, entered.header("refresh")), (200, Some("0; url=/signin/oidc/enter")), "{}", entered.text());
        self.get("/signin/oidc/enter")
    }

    /// Names an identifier.
    pub fn start(&mut self, identifier: &str, way: &str) -> Answer {
        self.post("/signin/start", &[("identifier", identifier), ("way", way)])
    }

    /// Types a code.
    pub fn code(&mut self, code: &str) -> Answer {
        self.post("/signin/code", &[("code", code)])
    }

    fn keep_csrf(&mut self, answer: &Answer) {
        let text = answer.text();
        if let Some((_, rest)) = text.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
    }
}

/// Where an answer sends the browser.
#[track_caller]
pub fn leads_to(answer: &Answer, path: &str) {
    assert_eq!((answer.status, answer.header("location")), (303, Some(path)), "{}", answer.text());
}

/// The newest code that was mailed to an address.
pub fn mailed_code(server: &Server, address: &str) -> String {
    let page = server.request("GET", &format!("/sandbox/mailbox?to={address}")).send().text();
    let is_code = |word: &&str| {
        let signs = |part: &str| part.len() == 5 && part.bytes().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit());
        word.split_once('-').is_some_and(|(left, right)| signs(left) && signs(right))
    };
    let mut words = page.split(|sign: char| sign.is_whitespace() || "<>".contains(sign));
    words.find(is_code).map(str::to_owned).unwrap_or_else(|| panic!("no code in {page}"))
}

/// A new sheet of codes, as its page shows it.
pub fn new_sheet(visitor: &mut Visitor) -> String {
    leads_to(&visitor.post("/settings/signin/codes", &[]), "/settings/signin/codes");
    visitor.get("/settings/signin/codes").text()
}

/// The codes of a sheet that a page shows, and its identifier.
pub fn sheet_of(page: &str) -> (String, Vec<String>) {
    let between = |text: &str, end: &str| text.split(end).next().unwrap().to_owned();
    let identifier = between(page.split("<dd class=\"digits\"><strong>").nth(1).unwrap(), "<");
    let codes = page.split("<li class=\"digits\">").skip(1).map(|rest| between(rest, "<")).collect();
    (identifier, codes)
}
