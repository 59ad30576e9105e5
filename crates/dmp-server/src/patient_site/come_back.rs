//! A session that ended under somebody's hands: they sign in again and find the page, or what they had typed.
//!
//! Nothing of it stands in an address: a cookie holds a random word, and this process keeps what belongs to it for an hour (`caller/kept.rs`). A
//! form is kept when its token is that of the ended session, and sent again by a press of its writer alone.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::CallerKind;
use dmp_pages::{BackPage, Said, Shell};

use crate::App;
use crate::caller::{KEPT_SECONDS, Kept, Session, is_veiled};
use crate::routes::{Door, ROUTES};
use crate::site::{SESSION_COOKIE, SignedIn, cookie, on_to, own_cookie, page};

const BACK_COOKIE: &str = "dmp_back";
const BACK: &str = "/signin/back";
/// Bytes of a form that are kept; a file is none.
const FORM_BYTES_MAX: usize = 64 * 1_024;

/// Before the pages of the person: whose session has ended without a request is sent to sign in, and what they asked is kept.
pub(crate) async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    let now = app.service.now();
    let pattern = request.extensions().get::<MatchedPath>().map(|matched| matched.as_str().to_owned()).unwrap_or_default();
    let ended = cookie(request.headers(), SESSION_COOKIE).and_then(|value| app.sessions.ended(value, now));
    match ended {
        Some(ended) if ended.caller.kind != CallerKind::Professional && is_kept(request.method(), &pattern) => {
            let (kept, said) = of_request(&ended, request, &pattern).await;
            let word = kept.and_then(|kept| app.kept.keep(kept, now));
            let cookie = word.and_then(|word| own_cookie(&app, BACK_COOKIE, &word, KEPT_SECONDS));
            on_to(&format!("/signin?said={}", said.code()), cookie)
        }
        _ => next.run(request).await,
    }
}

/// Pages and forms that need a session, but for those of signing in and of the means of it: these are begun anew.
fn is_kept(method: &Method, pattern: &str) -> bool {
    let needs_session = ROUTES.iter().any(|route| route.method == method.as_str() && route.path == pattern && route.door == Door::Site);
    let begun_anew =
        pattern == "/" || ["/signin", "/signout", "/settings/signin/", "/relatives/switch", "/pro"].iter().any(|start| pattern.starts_with(start));
    needs_session && !begun_anew
}

async fn of_request(ended: &Session, request: Request, pattern: &str) -> (Option<Kept>, Said) {
    let path = request.uri().path().to_owned();
    if request.method() == Method::GET {
        return (Some(Kept::of(ended, path.clone(), Some(path), None)), Said::SessionEnded);
    }
    let has_page = ROUTES.iter().any(|route| route.method == "GET" && route.path == pattern);
    let stood_on = has_page.then(|| path.clone());
    match typed(ended, request).await {
        Some(fields) => (Some(Kept::of(ended, path, stood_on, Some(fields))), Said::FormKept),
        // A file, or a form that is not ours: back to its page.
        None => (stood_on.map(|page| Kept::of(ended, page.clone(), Some(page), None)), Said::SessionEnded),
    }
}

/// The fields of a form that a page of the ended session made, without its token.
async fn typed(ended: &Session, request: Request) -> Option<Vec<(String, String)>> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let body: Body = request.into_body();
    let bytes = to_bytes(body, FORM_BYTES_MAX).await.ok()?;
    let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(&bytes).into_owned().collect();
    let is_ours = fields.iter().any(|(name, value)| name == "csrf" && is_veiled(value, &ended.csrf));
    fields.retain(|(name, _)| name != "csrf");
    is_ours.then_some(fields)
}

/// What waits for this session in this browser, with its word.
fn waiting(app: &App, signed_in: &SignedIn, headers: &HeaderMap) -> Option<(String, Kept)> {
    let word = cookie(headers, BACK_COOKIE)?;
    Some((word.to_owned(), app.kept.get(word, &signed_in.session, app.service.now())?))
}

/// Where somebody who has just signed in goes first, when something waits for them.
pub(crate) fn first(app: &App, signed_in: &SignedIn, headers: &HeaderMap) -> Option<Redirect> {
    waiting(app, signed_in, headers).filter(|(_, kept)| !kept.shown).map(|_| Redirect::to(BACK))
}

/// Shows the form that waits, or goes on to the page.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, headers: HeaderMap) -> Response {
    let Some((word, kept)) = waiting(&app, &signed_in, &headers) else { return Redirect::to("/").into_response() };
    app.kept.show(&word);
    let Some(fields) = kept.fields else { return on_to(&kept.path, own_cookie(&app, BACK_COOKIE, "", 0)) };
    // Who acts for somebody must see for whom before they send.
    let record = match signed_in.person() {
        Ok(person) if signed_in.session.caller.kind != CallerKind::Patient => {
            app.service.search(&person, &signed_in.session.caller, |_| false).await.ok()
        }
        _ => None,
    };
    let shell: Shell = match record {
        Some(found) => signed_in.visitor.acting_shell(&app, BACK, &found.record),
        None => signed_in.visitor.bare_shell(&app, BACK),
    };
    page(&BackPage { shell, action: kept.path, fields, page: kept.page })
}
