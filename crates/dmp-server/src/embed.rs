//! The summary inside pages of practice software: a script that puts a frame there, and the frame.
//!
//! SECURITY: the frame shows something when two things are there at once: a one-time ticket that the software got with its professional's token,
//! and an open session of that professional here. It gets no cookie and runs no script; which pages may show it, the browser is told from the
//! register (`frame-ancestors`).

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::Mode;
use dmp_core::access::{Caller, Purpose};
use dmp_pages::{DocumentLine, EmbedPage, EmbedState, Lang};
use dmp_service::{Error, IdKind, PersonRef, Ticket, TicketUse};

use crate::App;
use crate::caller::{Client, Session, known_session};
use crate::clinical::{self, Place};
use crate::site::{self, query_value};

const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// `GET /embed/dmp-synthese.js`: for any page; what it shows is up to the frame.
pub(crate) async fn script() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (CORP, HeaderValue::from_static("cross-origin")),
    ];
    (headers, dmp_pages::EMBED_SCRIPT)
}

/// `GET /embed/synthese`: the frame.
pub(crate) async fn frame(State(app): State<App>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let lang = query_value(&query, "lang").and_then(Lang::from_code).unwrap_or(match crate::caller::language(&headers) {
        crate::answer::Language::French => Lang::Fr,
        crate::answer::Language::English => Lang::En,
    });
    let asked = match asked(&app, query_value(&query, "ticket").unwrap_or_default()).await {
        Ok(asked) => asked,
        Err(error) => return failed(&error),
    };
    let Some(Asked { text, ticket, account, client }) = asked else {
        return answer(&app, None, StatusCode::GONE, lang, EmbedState::Over);
    };
    let session = match app.sessions.newest_of(&account, app.service.now()) {
        Some(session) => known_session(&app, session).await,
        None => None,
    };
    let Some(session) = session else {
        // The ticket stays good: the professional signs in elsewhere and comes back to the frame.
        let again = format!("/embed/synthese?ticket={text}&lang={}", lang.code());
        return answer(&app, Some(client), StatusCode::OK, lang, EmbedState::SignIn { again });
    };
    match app.service.take_ticket(&text, &account, |opens| *opens == ticket.opens).await {
        Ok(Ok(_)) => {}
        Ok(Err(_)) => return answer(&app, Some(client), StatusCode::GONE, lang, EmbedState::Over),
        Err(error) => return failed(&error),
    }
    match summary(&app, &session, client, &ticket, lang).await {
        Ok(state) => answer(&app, Some(client), StatusCode::OK, lang, state),
        Err(error) => failed(&error),
    }
}

/// A ticket for a frame, whose it is, and the software that it was made for.
struct Asked<'a> {
    text: String,
    ticket: Ticket,
    account: String,
    client: &'a Client,
}

async fn asked<'a>(app: &'a App, text: &str) -> Result<Option<Asked<'a>>, Error> {
    let Some((ticket, account)) = app.service.see_ticket(text).await? else { return Ok(None) };
    let TicketUse::Frame { client_id } = &ticket.opens else { return Ok(None) };
    let client = app.clients.get(client_id);
    Ok(client.map(|client| Asked { text: text.to_owned(), ticket, account, client }))
}

/// The summary as the professional would read it, through this software. Emergency modes stay on our own pages.
async fn summary(app: &App, session: &Session, client: &Client, ticket: &Ticket, lang: Lang) -> Result<EmbedState, Error> {
    let key = ticket.record;
    let caller = Caller {
        purpose: Purpose::Normal,
        consent_now: session.consents.contains(&key),
        software: Some(client.software.clone()),
        ..session.caller.clone()
    };
    let pid = app.service.ids().seal_record(IdKind::Patient, key);
    let full = format!("/pro/patients/{pid}");
    match app.service.summarize(&PersonRef::Record(key), &caller).await {
        Ok(made) => {
            let line = |entry: &_| DocumentLine::of(entry, app.service.ids().seal_entry(IdKind::Document, key, entry.id));
            let summary = Box::new(clinical::block(app, &made, &Place::of_patient(&pid), lang, &line));
            Ok(EmbedState::Shown { person: clinical::person(&made.record), full, summary })
        }
        Err(Error::Forbidden(_) | Error::NotFound(_)) => Ok(EmbedState::Denied { full }),
        Err(error) => Err(error),
    }
}

/// A fault has no page of its own here: the software's page shows an empty frame, and the log line has the number.
fn failed(error: &Error) -> Response {
    let _ = crate::answer::incident(error);
    crate::answer::status(error).into_response()
}

fn answer(app: &App, client: Option<&Client>, status: StatusCode, lang: Lang, state: EmbedState) -> Response {
    let sandbox = app.service.config().mode == Mode::Sandbox;
    let mut response = site::page_with(status, &EmbedPage { lang, sandbox, state });
    let origins: Vec<&str> = match client {
        Some(client) => client.embeds.iter().map(String::as_str).collect(),
        None => app.clients.origins().collect(),
    };
    let policy = crate::middleware::csp_framed_by(&origins);
    let headers = response.headers_mut();
    HeaderValue::from_str(&policy).ok().map(|value| headers.insert(header::CONTENT_SECURITY_POLICY, value));
    headers.insert(CORP, HeaderValue::from_static("cross-origin"));
    response
}
