//! By the persons' identity provider: away, back, and to the account that is linked to whoever comes back.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::account::Means;
use dmp_oidc::{Callback, PersonSubject, Refusal};
use dmp_pages::{Entered, PersonProblem, Site};
use dmp_service::{Arrived, Error};

use super::{arrive, refused};
use crate::App;
use crate::site::{self, Visitor, cookie, own_cookie};

/// Ties a login to its browser. `Lax`, for it must come along when the provider sends the browser back.
const LOGIN_COOKIE: &str = "dmp_oidc_person";
const LOGIN_SECONDS: u32 = 600;
/// The word under which somebody waits who has proved who they are.
pub(in crate::patient_site) const PROVEN_COOKIE: &str = "dmp_proven";
const ENTER: &str = "/signin/oidc/enter";

/// Sends the browser to the provider.
pub(in crate::patient_site) async fn start(State(app): State<App>, visitor: Visitor) -> Response {
    let Some(oidc) = app.person_oidc.clone() else { return StatusCode::NOT_FOUND.into_response() };
    match oidc.start(app.service.now()).await {
        Ok(departure) => site::on_to(&departure.location, login_cookie(&app, &departure.browser, LOGIN_SECONDS)),
        Err(refusal) => nobody(&app, &visitor, &refusal),
    }
}

/// Judges what the browser brings back. Another page of ours goes on, for the browser keeps our cookies back on this one.
pub(in crate::patient_site) async fn callback(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Response {
    let Some(oidc) = app.person_oidc.clone() else { return StatusCode::NOT_FOUND.into_response() };
    let browser = cookie(&headers, LOGIN_COOKIE).unwrap_or_default();
    let subject = match oidc.finish_person(callback, browser, app.service.now()).await {
        Ok(subject) => subject,
        Err(refusal) => return nobody(&app, &visitor, &refusal),
    };
    let Some(word) = app.proven.keep(subject, app.service.now()) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = site::page(&Entered { shell: visitor.shell(&app, Site::Public, ENTER), next: ENTER.to_owned() });
    let headers = response.headers_mut();
    headers.insert(header::REFRESH, HeaderValue::from_static("0; url=/signin/oidc/enter"));
    headers.extend(own_cookie(&app, PROVEN_COOKIE, &word, LOGIN_SECONDS).map(|value| (header::SET_COOKIE, value)));
    headers.extend(login_cookie(&app, "", 0).map(|value| (header::SET_COOKIE, value)));
    response
}

/// Finds the account of who has come back: by a link, or by the number that the provider vouches for. Without either, they sign in by another
/// means first; the link is made then.
pub(in crate::patient_site) async fn enter(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let now = app.service.now();
    let word = cookie(&headers, PROVEN_COOKIE).unwrap_or_default();
    let Some(subject) = app.proven.get(word, now) else {
        return refused(&app, &visitor, StatusCode::BAD_REQUEST, PersonProblem::BeginAgain, "");
    };
    let entered = match account_of(&app, &subject).await {
        Ok(Some(account)) => {
            app.proven.forget(word);
            arrive::arrive(&app, &visitor, &headers, &Arrived { account, means: Means::Provider }).await
        }
        Ok(None) if visitor.session.as_ref().is_some_and(|session| session.caller.kind.is_on_the_persons_side()) => {
            return Redirect::to("/settings/signin").into_response();
        }
        Ok(None) => return refused(&app, &visitor, StatusCode::FORBIDDEN, PersonProblem::NotLinked, ""),
        Err(error) => Err(error),
    };
    entered.unwrap_or_else(|error| site::fail(&app, &visitor, Site::Public, "/signin", &error))
}

async fn account_of(app: &App, subject: &PersonSubject) -> Result<Option<String>, Error> {
    if let Some(account) = app.service.subject_holder(&subject.issuer, &subject.subject).await? {
        return Ok(Some(account));
    }
    let Some(ins) = &subject.ins else { return Ok(None) };
    let Some(person) = app.service.vouched_person(ins).await? else { return Ok(None) };
    app.service.link_subject(&person, &subject.issuer, &subject.subject).await?;
    crate::caller::end_sessions(app, person.account(), None).await;
    Ok(Some(person.account().to_owned()))
}

fn login_cookie(app: &App, value: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{LOGIN_COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// The sign-in page with what went wrong. A refusal names claims, never values, so it may be logged whole.
fn nobody(app: &App, visitor: &Visitor, refusal: &Refusal) -> Response {
    tracing::warn!(oidc.refusal = refusal.code(), oidc.detail = %refusal, "nobody signed in");
    let (status, problem) = match refusal {
        Refusal::UnknownLogin => (StatusCode::BAD_REQUEST, PersonProblem::BeginAgain),
        Refusal::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, PersonProblem::ProviderUnavailable),
        Refusal::Denied(_)
        | Refusal::CodeRefused
        | Refusal::TokenInvalid(_)
        | Refusal::ClaimMissing(_)
        | Refusal::ClaimUnreadable(_)
        | Refusal::AssuranceTooLow => (StatusCode::FORBIDDEN, PersonProblem::ProviderRefused),
    };
    refused(app, visitor, status, problem, "")
}
