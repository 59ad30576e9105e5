//! A browser played by hand: cookies kept by origin, redirects followed one by one.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;

use dmp_testkit::{Answer, Request};

use crate::installation::PUBLIC;

/// A browser; the installation's public address leads to where it listens.
pub struct Browser {
    installation: String,
    cookies: BTreeMap<(String, String), String>,
}

/// Redirects of one sign-in at the provider: five today.
const REDIRECTS_MAX: usize = 10;

impl Browser {
    pub fn new(installation: &str) -> Self {
        Browser { installation: installation.to_owned(), cookies: BTreeMap::new() }
    }

    /// Asks for an address and follows nothing.
    pub fn get(&mut self, url: &str) -> Answer {
        let (origin, path) = split(url);
        self.send(&origin, self.request(&origin, "GET", &path))
    }

    /// Sends a form.
    pub fn post(&mut self, url: &str, form: &str) -> Answer {
        let (origin, path) = split(url);
        let request = self.request(&origin, "POST", &path).body("application/x-www-form-urlencoded", form);
        self.send(&origin, request)
    }

    /// Follows redirects until one leads back to the installation, and gives that address without asking for it.
    pub fn follow_to_callback(&mut self, url: &str) -> String {
        let mut url = url.to_owned();
        for _ in 0..REDIRECTS_MAX {
            if url.starts_with(PUBLIC) {
                return url;
            }
            let answer = self.get(&url);
            let location = answer.header("location").unwrap_or_else(|| panic!("{url} answered {}: {}", answer.status, answer.text()));
            url = if location.starts_with('/') { format!("{}{location}", split(&url).0) } else { location.to_owned() };
        }
        panic!("the provider never sends the browser back: {url}");
    }

    fn request(&self, origin: &str, method: &str, path: &str) -> Request {
        let server = if origin == PUBLIC { &self.installation } else { origin };
        let held: Vec<String> = self.cookies.iter().filter(|((at, _), _)| at == origin).map(|((_, name), value)| format!("{name}={value}")).collect();
        let request = Request::new(server, method, path);
        if held.is_empty() { request } else { request.header("cookie", &held.join("; ")) }
    }

    fn send(&mut self, origin: &str, request: Request) -> Answer {
        let answer = request.send();
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            let key = (origin.to_owned(), name.trim().to_owned());
            if value.is_empty() {
                self.cookies.remove(&key)
            } else {
                self.cookies.insert(key, value.to_owned())
            };
        }
        answer
    }
}

/// Origin, and path with query.
fn split(url: &str) -> (String, String) {
    let after_scheme = url.find("://").unwrap() + 3;
    let path = url[after_scheme..].find('/').map_or(url.len(), |at| at + after_scheme);
    (url[..path].to_owned(), if path == url.len() { "/".to_owned() } else { url[path..].to_owned() })
}
