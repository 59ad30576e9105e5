//! Whoever has shown a means gets a session: a new one, whatever cookie they came with.

use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use dmp_core::Moment;
use dmp_core::access::CallerKind;
use dmp_core::account::Means;
use dmp_pages::Said;
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
    let next = match next {
        HOME if cookie(headers, NEXT_COOKIE).is_some() => MEANS,
        HOME => first_stop(app, headers, arrived).await?,
        other => other,
    };
    let mut cookies = open(app, visitor, way, app.service.now())?;
    cookies.extend(own_cookie(app, NEXT_COOKIE, "", 0));
    cookies.extend(keep_known(app, headers, &arrived.account).await?);
    // The code has served.
    cookies.extend(own_cookie(app, super::CHALLENGE_COOKIE, "", 0));
    Ok(on_to(next, cookies))
}

/// A session in a quality, of who showed a means at that moment. A cookie from before is of no use after.
pub(super) fn open(app: &App, visitor: &Visitor, way: &Quality, proved_at: Moment) -> Result<Vec<HeaderValue>, Error> {
    visitor.cookie.iter().for_each(|old| app.sessions.close(old));
    let session = app.sessions.begin_proved(way.caller.clone(), way.person.clone(), visitor.stay, app.service.now(), proved_at);
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

/// To the page on which somebody signs in once more before they change their means; the browser comes back to those.
pub(in crate::patient_site) fn sign_in_again(app: &App) -> Response {
    on_to(&format!("/signin?said={}", Said::SignInAgain.code()), own_cookie(app, NEXT_COOKIE, "means", AGAIN_SECONDS))
}

/// Says that somebody signs in to change their means.
const NEXT_COOKIE: &str = "dmp_next";
/// As long as a code is good.
const AGAIN_SECONDS: u32 = 600;

const HOME: &str = "/";
const MEANS: &str = "/settings/signin";

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
        return Ok(MEANS);
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
