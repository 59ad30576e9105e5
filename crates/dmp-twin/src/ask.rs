//! A request as both worlds get it, and an answer.

use crate::cast::Who;

/// At which door, and so with which proof of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// A bearer token.
    Fhir,
    /// A session cookie.
    Site,
    /// No proof at all.
    Nobody,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Ask {
    pub who: Who,
    pub entrance: Entrance,
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// The same in the world with hidden things, where an address holds what chance made: a token of the journal.
    pub other_path: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    /// `{csrf}` stands for the hidden field of the session.
    pub body: String,
    /// Whether it names an attribute of a hidden thing.
    pub touches: bool,
    /// Follows `next` links to the end.
    pub follow: bool,
}

/// One answer, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
