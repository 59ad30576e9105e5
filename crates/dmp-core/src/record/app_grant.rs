//! What the person allowed an app: what it may read, until when, and which of its keys is good now.

use serde::{Deserialize, Serialize};

use super::Head;
use crate::access::CallerKind;
use crate::ids::GrantId;
use crate::moment::Moment;

/// The name of an app in both languages of the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppName {
    pub fr: String,
    pub en: String,
}

/// Which parts of a record an app may read. What no scope names stays shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppReads {
    /// That there is a record, in which state, and its number (`Patient`).
    pub record: bool,
    /// The list of documents: titles, dates, authors (`DocumentReference`).
    pub documents: bool,
    /// What the documents say, and the summary made of them (`Binary`).
    pub contents: bool,
}

/// Who allowed the app, as they were then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBy {
    pub account: String,
    pub kind: CallerKind,
    /// Name as shown to people.
    pub name: String,
}

/// What an authorization code is bound to (RFC 6749 4.1.3, RFC 7636 4.6). It is good once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedCode {
    pub redirect_uri: String,
    /// BASE64URL(SHA256(verifier)), the method S256.
    pub challenge: String,
    pub until: Moment,
}

/// What an app shows with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeProof {
    pub client_id: String,
    pub redirect_uri: String,
    /// The challenge that its verifier makes.
    pub challenge: String,
}

/// Why an app's access ended before its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GrantEnd {
    /// The person, or who represents them, took it back.
    Withdrawn,
    /// The app laid it down itself (RFC 7009).
    LaidDown,
    /// A code or a refresh token came a second time (RFC 9700 2.2.2, 4.14.2): somebody else holds a copy.
    UsedTwice,
    /// The record was closed, suspended or merged: opening it again gives the app nothing back.
    RecordShut,
}

impl GrantEnd {
    /// The word that a leaf keeps.
    pub const fn code(self) -> &'static str {
        match self {
            GrantEnd::Withdrawn => "app-withdrawn",
            GrantEnd::LaidDown => "app-laid-down",
            GrantEnd::UsedTwice => "app-key-used-twice",
            GrantEnd::RecordShut => "app-record-shut",
        }
    }
}

/// The end of a grant before its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndOfGrant {
    pub at: Moment,
    pub why: GrantEnd,
}

/// Why an app gets no new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRefusal {
    /// The key is not this app's, or is over. Nothing changes.
    Wrong,
    /// It was good once and has been used: the grant must end.
    UsedTwice,
}

/// What the person allowed one app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppGrant {
    pub id: GrantId,
    /// As the app is registered.
    pub client_id: String,
    pub name: AppName,
    pub publisher: String,
    pub given_by: GivenBy,
    pub reads: AppReads,
    /// The same as the app hears it: SMART scopes, separated by spaces.
    pub scope: String,
    /// Whether the app may come back without the person: it gets refresh tokens (`offline_access`).
    pub comes_back: bool,
    pub since: Moment,
    pub until: Moment,
    /// When it last got a key.
    pub last_used: Option<Moment>,
    pub code: IssuedCode,
    /// How many keys it got: 0 while its code waits; the refresh token of this number is the good one.
    pub keys: u32,
    pub end: Option<EndOfGrant>,
}

impl AppGrant {
    /// Whether the app may still read.
    pub fn stands(&self, now: Moment) -> bool {
        self.end.is_none() && now < self.until
    }

    /// Whether the app never came for its first key and cannot any more: the person finished, the app did not.
    pub fn is_forgotten(&self, now: Moment) -> bool {
        self.keys == 0 && self.code.until <= now
    }

    /// Exchanges the code for the first key. A code that comes a second time, with everything that proves it, is in two hands.
    ///
    /// # Errors
    /// [`KeyRefusal`]; nothing was changed.
    pub fn redeem(&mut self, proof: &CodeProof, now: Moment) -> Result<(), KeyRefusal> {
        let is_its_own = self.client_id == proof.client_id && self.code.redirect_uri == proof.redirect_uri && self.code.challenge == proof.challenge;
        if !is_its_own || !self.stands(now) {
            return Err(KeyRefusal::Wrong);
        }
        if self.keys > 0 {
            return Err(KeyRefusal::UsedTwice);
        }
        if self.code.until <= now {
            return Err(KeyRefusal::Wrong);
        }
        self.new_key(now);
        Ok(())
    }

    /// Exchanges the refresh token of a number for the next one.
    ///
    /// # Errors
    /// [`KeyRefusal`]; nothing was changed.
    pub fn refresh(&mut self, client_id: &str, number: u32, now: Moment) -> Result<(), KeyRefusal> {
        if self.client_id != client_id || !self.comes_back || !self.stands(now) || number > self.keys {
            return Err(KeyRefusal::Wrong);
        }
        if number < self.keys {
            return Err(KeyRefusal::UsedTwice);
        }
        self.new_key(now);
        Ok(())
    }

    /// Ends it with the record, when it still stands.
    pub(super) fn close(&mut self, at: Moment) {
        if self.stands(at) {
            self.end = Some(EndOfGrant { at, why: GrantEnd::RecordShut });
        }
    }

    fn new_key(&mut self, now: Moment) {
        self.keys = self.keys.saturating_add(1);
        self.last_used = Some(now);
    }
}

impl Head {
    /// The grant with this id.
    pub fn app(&self, id: GrantId) -> Option<&AppGrant> {
        self.apps.iter().find(|grant| grant.id == id)
    }

    /// Adds a grant. What an app never came for is forgotten, and of those of the past only the last ones stay.
    ///
    /// # Errors
    /// [`Impossible`](super::Impossible) `too-many-apps`.
    pub fn allow_app(&mut self, grant: AppGrant, now: Moment) -> Result<(), super::Impossible> {
        self.apps.retain(|known| !known.is_forgotten(now));
        if self.apps.iter().filter(|known| known.stands(now)).count() >= APPS_MAX {
            return Err(super::Impossible("too-many-apps"));
        }
        let past = self.apps.iter().filter(|known| !known.stands(now)).count();
        let mut too_many = past.saturating_sub(PAST_APPS_KEPT);
        self.apps.retain(|known| {
            let goes = too_many > 0 && !known.stands(now);
            too_many -= usize::from(goes);
            !goes
        });
        self.apps.push(grant);
        Ok(())
    }

    /// Ends a grant that stands.
    ///
    /// # Errors
    /// [`Impossible`](super::Impossible) `app-not-found` when none of this id stands.
    pub fn end_app(&mut self, id: GrantId, why: GrantEnd, now: Moment) -> Result<(), super::Impossible> {
        let grant = self.apps.iter_mut().find(|grant| grant.id == id && grant.stands(now)).ok_or(super::Impossible("app-not-found"))?;
        grant.end = Some(EndOfGrant { at: now, why });
        Ok(())
    }
}

/// Apps that read one record at once: more than a person keeps an eye on.
const APPS_MAX: usize = 20;
/// Grants of the past that a record keeps for its page; the journal has them all.
const PAST_APPS_KEPT: usize = 20;
