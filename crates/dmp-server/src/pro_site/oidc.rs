//! Signing in through the professionals' identity provider (Pro Santé Connect): away, and back.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::Caller;
use dmp_core::identity::Structure;
use dmp_oidc::{Callback, Refusal, RelyingParty};
use dmp_pages::{Entered, SignInProblem, Site, Stay};

use crate::App;
use crate::patient_site::{sign_in_answer, sign_in_page};
use crate::site::{self, Visitor};

/// Ties a login to its browser. `Lax`, for it must come along when the provider sends the browser back.
const LOGIN_COOKIE: &str = "dmp_oidc";
/// As long as the server keeps the login.
const LOGIN_COOKIE_SECONDS: u32 = 600;
/// Where a professional begins.
pub(super) const HOME: &str = "/pro";

/// Sends the browser to the provider.
pub(crate) async fn start(State(app): State<App>, visitor: Visitor) -> Response {
    let Some(oidc) = app.oidc.clone() else { return StatusCode::NOT_FOUND.into_response() };
    depart(&app, &visitor, &oidc).await
}

/// Sends the browser to a provider, with the cookie that ties the login to it.
pub(crate) async fn depart(app: &App, visitor: &Visitor, party: &RelyingParty) -> Response {
    match party.start(app.service.now()).await {
        Ok(departure) => {
            let mut response = Redirect::to(&departure.location).into_response();
            login_cookie(app, &departure.browser, LOGIN_COOKIE_SECONDS).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
            response
        }
        Err(refusal) => refused_by(app, visitor, &refusal, None),
    }
}

/// What ties a login to this browser.
pub(crate) fn browser_of(headers: &HeaderMap) -> &str {
    site::cookie(headers, LOGIN_COOKIE).unwrap_or_default()
}

/// Judges what the browser brings back, and opens a session.
pub(crate) async fn callback(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Query(callback): Query<Callback>) -> Response {
    let Some(oidc) = app.oidc.clone() else { return StatusCode::NOT_FOUND.into_response() };
    match oidc.finish(callback, browser_of(&headers), app.service.now()).await {
        Ok(caller) => let_in(&app, &visitor, caller, HOME).await,
        Err(refusal) => refused_by(&app, &visitor, &refusal, None),
    }
}

/// Opens a session for somebody who has just signed in at a provider, and leads them to where they begin.
pub(crate) async fn let_in(app: &App, visitor: &Visitor, caller: Caller, home: &'static str) -> Response {
    if let Err(error) = app.service.signed_in(&caller).await {
        return site::fail(app, visitor, Site::Public, "/signin", &error);
    }
    // A new session each time: a cookie from before is of no use after.
    visitor.cookie.iter().for_each(|old| app.sessions.close(old));
    let Some(cookie) = app.sessions.begin(caller, None, Stay::default(), app.service.now()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    entered(app, visitor, &cookie, home)
}

/// A page of ours that asks for the next one: after a redirect from the provider the browser would keep the session's cookie back.
fn entered(app: &App, visitor: &Visitor, cookie: &str, home: &'static str) -> Response {
    let mut response = site::page(&Entered { shell: visitor.shell(app, Site::Public, home), next: home.to_owned() });
    let headers = response.headers_mut();
    HeaderValue::from_str(&format!("0; url={home}")).ok().map(|value| headers.insert(header::REFRESH, value));
    site::session_cookie(app, cookie).map(|value| headers.append(header::SET_COOKIE, value));
    login_cookie(app, "", 0).map(|value| headers.append(header::SET_COOKIE, value));
    response
}

fn login_cookie(app: &App, value: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{LOGIN_COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// The sign-in page with what went wrong. A refusal names claims, never values, so it may be logged whole.
pub(crate) fn refused_by(app: &App, visitor: &Visitor, refusal: &Refusal, structure: Option<&Structure>) -> Response {
    tracing::warn!(oidc.refusal = refusal.code(), oidc.detail = %refusal, "nobody signed in");
    let (status, problem) = match refusal {
        Refusal::UnknownLogin => (StatusCode::BAD_REQUEST, SignInProblem::LoginUnknown),
        Refusal::Denied(_) => (StatusCode::FORBIDDEN, SignInProblem::Denied),
        Refusal::CodeRefused | Refusal::TokenInvalid(_) => (StatusCode::FORBIDDEN, SignInProblem::Invalid),
        Refusal::ClaimMissing(claim) => (StatusCode::FORBIDDEN, SignInProblem::ClaimMissing(claim)),
        Refusal::ClaimUnreadable(claim) => (StatusCode::FORBIDDEN, SignInProblem::ClaimUnreadable(claim)),
        Refusal::AssuranceTooLow if structure.is_some() => (StatusCode::FORBIDDEN, SignInProblem::SecondFactorMissing),
        Refusal::AssuranceTooLow => (StatusCode::FORBIDDEN, SignInProblem::AssuranceTooLow),
        Refusal::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, SignInProblem::Unavailable),
    };
    sign_in_answer(app, visitor, status, &sign_in_page(app, visitor, false, Some(problem)))
}
