//! A request that waits until the person has signed in, by whatever way: sealed in a cookie of ours, for a few minutes.
//!
//! SECURITY: what waits is a query, put behind our own path and read anew when it comes back; no address stands in it that anybody follows.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{AppProblem, AppProblemPage, Site};
use dmp_service::IdKind;

use crate::App;
use crate::site::{self, Visitor};

const COOKIE: &str = "dmp_app";
const WAITING_SECONDS: i64 = 600;
/// Where a waiting request goes on.
pub(crate) const GO_ON: &str = "/oauth/continue";

/// Keeps a request and shows a page of ours that leads on: a browser that comes from another site keeps the session's cookie back
/// (`SameSite=Strict`), and sends it from this page.
pub(super) fn keep(app: &App, visitor: &Visitor, query: &str) -> Response {
    let page = AppProblemPage { shell: visitor.shell(app, Site::Public, GO_ON), problem: AppProblem::SignInFirst, next: Some(GO_ON.to_owned()) };
    let mut response = site::page_with(StatusCode::OK, &page);
    let expires = app.service.now().as_seconds() + WAITING_SECONDS;
    let sealed = app.service.ids().seal(IdKind::AppWaiting, &[&expires.to_be_bytes(), query.as_bytes()].concat());
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("0; url=/oauth/continue"));
    cookie(app, &sealed, WAITING_SECONDS).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// Whether a request waits for whoever just came in.
pub(crate) fn is_waiting(app: &App, headers: &HeaderMap) -> bool {
    kept(app, headers).is_some()
}

fn kept(app: &App, headers: &HeaderMap) -> Option<String> {
    let plain = app.service.ids().open(IdKind::AppWaiting, site::cookie(headers, COOKIE)?)?;
    let (expires, query) = plain.split_first_chunk::<8>()?;
    let current = app.service.now().as_seconds() < i64::from_be_bytes(*expires);
    String::from_utf8(query.to_vec()).ok().filter(|_| current)
}

/// `GET /oauth/continue`: back to the very request, once somebody is signed in.
pub(crate) async fn go_on(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Response {
    let Some(query) = kept(&app, &headers) else { return forget(&app, Redirect::to("/").into_response()) };
    if visitor.session.is_none() {
        return Redirect::to("/signin").into_response();
    }
    forget(&app, Redirect::to(&format!("/oauth/authorize?{query}")).into_response())
}

fn forget(app: &App, mut response: Response) -> Response {
    cookie(app, "", 0).map(|value| response.headers_mut().append(header::SET_COOKIE, value));
    response
}

/// Lax: it is sent as well when the person comes back from an identity provider.
fn cookie(app: &App, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if app.config.base_url.starts_with("https:") { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}
