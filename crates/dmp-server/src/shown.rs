//! What a page shows after something was made and that is kept nowhere: the code of a link, a sheet of codes. The form answers with a redirection,
//! so that loading the page again makes no second one; what is to be shown goes along in a sealed cookie of this session, for a quarter of an hour.

use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::Moment;
use dmp_core::record::{Channel, EmergencyChoices, FamilyRole};
use dmp_service::{CounterDeed, IdKind};
use serde::{Deserialize, Serialize};

use crate::site::{self, SignedIn};
use crate::state::App;

const COOKIE: &str = "dmp_shown";
const SECONDS: u32 = 15 * 60;

/// What was made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Shown {
    /// A link of sharing, by its name, with its code.
    Link { name: String, code: Option<String> },
    /// A sheet of codes.
    Sheet { person: String, identifier: String, codes: Vec<String>, at: Moment },
    /// A record was opened with its person, who goes home with a paper.
    Opening(Box<OpeningPaper>),
    /// Something was done at a counter, for the receipt.
    Deed { deed: CounterDeed, person: String, at: Moment },
}

/// What the paper of an opening says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpeningPaper {
    pub person: String,
    pub number: String,
    pub at: Moment,
    pub channel: Channel,
    pub emergency: EmergencyChoices,
    /// Identifier and codes.
    pub codes: Option<(String, Vec<String>)>,
    pub reachable: bool,
    /// Who agreed for the person.
    #[serde(default)]
    pub agreed_by: Option<(String, FamilyRole)>,
    /// Sealed id of the record.
    pub record: String,
}

/// What is sealed: whose session it was made in, and until when it is shown.
#[derive(Serialize, Deserialize)]
struct Sealed {
    session: [u8; 32],
    until: i64,
    shown: Shown,
}

/// Leads to the page that shows what was made.
pub(crate) fn go_to(app: &App, signed_in: &SignedIn, path: &str, shown: Shown) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().extend(kept(app, signed_in, shown).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

fn kept(app: &App, signed_in: &SignedIn, shown: Shown) -> Option<HeaderValue> {
    let until = app.service.now().as_seconds() + i64::from(SECONDS);
    let plain = serde_json::to_vec(&Sealed { session: session_of(signed_in), until, shown }).ok()?;
    let value = app.service.ids().seal(IdKind::Shown, &plain);
    site::own_cookie(app, COOKIE, &value, SECONDS)
}

/// What this session made a moment ago.
pub(crate) fn made(app: &App, signed_in: &SignedIn, headers: &HeaderMap) -> Option<Shown> {
    let plain = app.service.ids().open(IdKind::Shown, site::cookie(headers, COOKIE)?)?;
    let sealed: Sealed = serde_json::from_slice(&plain).ok()?;
    let is_current = sealed.session == session_of(signed_in) && app.service.now().as_seconds() < sealed.until;
    is_current.then_some(sealed.shown)
}

/// The session, without its secret.
fn session_of(signed_in: &SignedIn) -> [u8; 32] {
    let mut hash = [0; 32];
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, signed_in.cookie.as_bytes());
    hash.copy_from_slice(digest.as_ref());
    hash
}
