//! Whoever has shown a means gets a session: a new one, whatever cookie they came with.

use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use dmp_core::access::CallerKind;
use dmp_core::account::Means;
use dmp_service::{Arrived, Error, PersonRef, Quality};

use crate::App;
use crate::site::{self, Visitor, cookie, on_to, own_cookie};

/// Says in which accounts somebody signed in in this browser: a stranger's tries do not count against them here.
pub(super) const KNOWN_COOKIE: &str = "dmp_known";
const YEAR_SECONDS: u32 = 365 * 86_400;

/// Opens the session and sends its owner on.
pub(super) async fn arrive(app: &App, visitor: &Visitor, headers: &HeaderMap, arrived: &Arrived) -> Result<Response, Error> {
    let ways = app.service.qualities(&arrived.account).await?;
    let (way, next) = way_in(&ways).ok_or(Error::NotFound("means-not-found"))?;
    app.service.signed_in_by(&way.caller, arrived.means).await?;
    begins_acting(app, way).await?;
    let next = if next == HOME { first_stop(app, headers, arrived).await? } else { next };
    let mut cookies = open(app, visitor, way)?;
    cookies.extend(keep_known(app, headers, &arrived.account).await?);
    // The code has served.
    cookies.extend(own_cookie(app, super::CHALLENGE_COOKIE, "", 0));
    Ok(on_to(next, cookies))
}

/// A session in a quality. A cookie from before is of no use after.
pub(super) fn open(app: &App, visitor: &Visitor, way: &Quality) -> Result<Vec<HeaderValue>, Error> {
    visitor.cookie.iter().for_each(|old| app.sessions.close(old));
    let session = app.sessions.begin(way.caller.clone(), way.person.clone(), app.service.now());
    let session = session.ok_or_else(|| Error::Fault("no random numbers for a session".to_owned()))?;
    Ok(site::session_cookie(app, &session).into_iter().collect())
}

/// Whoever comes in to act for somebody leaves the same leaf in that record as who changes to it later.
pub(super) async fn begins_acting(app: &App, way: &Quality) -> Result<(), Error> {
    match way.record.filter(|_| way.caller.kind != CallerKind::Patient) {
        Some(record) => app.service.begin_acting(&PersonRef::Record(record), &way.caller).await.map(drop),
        None => Ok(()),
    }
}

const HOME: &str = "/";

/// As whom: oneself, if one has a record or acts for nobody; the one person one acts for; else it is asked.
fn way_in(ways: &[Quality]) -> Option<(&Quality, &'static str)> {
    let (own, others) = ways.split_first()?;
    Some(match others {
        [] => (own, HOME),
        _ if own.record.is_some() => (own, HOME),
        [one] => (one, HOME),
        _ => (own, "/signin/as"),
    })
}

/// A link that waits to be made; a passkey, offered once to who came by a code; else the record.
async fn first_stop(app: &App, headers: &HeaderMap, arrived: &Arrived) -> Result<&'static str, Error> {
    let now = app.service.now();
    if cookie(headers, super::PROVEN_COOKIE).is_some_and(|word| app.proven.get(word, now).is_some()) {
        return Ok("/settings/signin");
    }
    let by_code = matches!(arrived.means, Means::Mail | Means::Printed);
    if !by_code || app.passkeys.is_none() {
        return Ok(HOME);
    }
    let has_one = app.service.credentials(&arrived.account).await?;
    let offer = has_one.is_some_and(|one| one.passkeys.is_empty() && one.passkey_declined_at.is_none());
    Ok(if offer { "/settings/signin/passkey?offer=1" } else { HOME })
}

/// Makes this browser known to an account that has just signed in.
async fn keep_known(app: &App, headers: &HeaderMap, account: &str) -> Result<Option<HeaderValue>, Error> {
    let words = app.service.know_browser(account, cookie(headers, KNOWN_COOKIE)).await?;
    Ok(own_cookie(app, KNOWN_COOKIE, &words, YEAR_SECONDS))
}
