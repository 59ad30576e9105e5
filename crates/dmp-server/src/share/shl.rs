//! The door for apps: the manifest of a link (`POST /shl/{id}`) and its files (`GET /shl/{id}/file/{key}`), as HL7 SMART Health Links has them.
//!
//! A viewer is a web page of anybody's: these addresses alone answer to every origin. No cookie and no token counts here, so that another site
//! can make a browser ask for nothing that it could not ask for itself.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dmp_core::record::Means;
use dmp_interop::shl::{File, Place, Request, RequestFault, manifest as written, wrong_code};
use dmp_service::{Error, IdKind, Knock, Knocked, OpenedShare};
use serde_json::json;

use super::file::{contents, enveloped, enveloped_length};
use crate::App;
use crate::answer::{incident, status};
use crate::fhir::SENT;

/// Longest envelope that stands in a manifest when the viewer names no bound.
const EMBEDDED_MAX: usize = 4 * 1024 * 1024;
/// How long the address of a file is good (at most an hour, says the specification).
const FILE_SECONDS: i64 = 900;

/// Gives the manifest: opens the link.
pub(crate) async fn manifest(State(app): State<App>, Path(id): Path<String>, body: Bytes) -> Response {
    let request = match Request::read(&body) {
        Ok(request) => request,
        Err(RequestFault(member)) => return json_answer(StatusCode::BAD_REQUEST, json!({ "error": "request", "at": member }).to_string()),
    };
    let Some(address) = app.service.ids().open_share(IdKind::Share, &id) else { return gone(&app) };
    let knock = Knock { recipient: &request.recipient, passcode: request.passcode.as_deref(), means: Means::App };
    match app.service.open_share(address, &knock, SENT).await {
        Ok(Knocked::Opened(opened)) => match manifest_of(&app, &id, &opened, request.embedded_length_max) {
            Ok(text) => json_answer(StatusCode::OK, text),
            Err(error) => failed(&error),
        },
        Ok(Knocked::WrongCode { left }) => json_answer(StatusCode::UNAUTHORIZED, wrong_code(left)),
        Ok(Knocked::Gone) => gone(&app),
        Err(error) => failed(&error),
    }
}

fn manifest_of(app: &App, id: &str, opened: &OpenedShare, longest: Option<u64>) -> Result<String, Error> {
    let longest = longest.and_then(|longest| usize::try_from(longest).ok()).map_or(EMBEDDED_MAX, |longest| longest.min(EMBEDDED_MAX));
    let until = opened.at.plus_seconds(FILE_SECONDS);
    let mut files = Vec::new();
    for (place, content) in contents(app, opened) {
        let place = if enveloped_length(content.len()) <= longest {
            Place::Embedded(enveloped(opened, content)?)
        } else {
            let key = app.service.ids().seal_share_file(&opened.share.id, place, until);
            Place::Location(format!("{}/shl/{id}/file/{key}", app.config.base_url))
        };
        files.push(File { place, last_updated: opened.at });
    }
    Ok(written(&files))
}

/// Gives a file that a manifest named a moment ago; what it holds is judged once more.
pub(crate) async fn file(State(app): State<App>, Path((id, key)): Path<(String, String)>) -> Response {
    let ids = app.service.ids();
    let Some(address) = ids.open_share(IdKind::Share, &id) else { return gone(&app) };
    let Some(place) = ids.open_share_file(&address.id, &key, app.service.now()) else { return gone(&app) };
    let opened = match app.service.reopen_share(address, usize::try_from(place).ok(), SENT).await {
        Ok(Some(opened)) => opened,
        Ok(None) => return gone(&app),
        Err(error) => return failed(&error),
    };
    let Some((_, content)) = contents(&app, &opened).into_iter().find(|(at, _)| *at == place) else { return gone(&app) };
    match enveloped(&opened, content) {
        Ok(envelope) => open_to_every_origin((StatusCode::OK, [(header::CONTENT_TYPE, "application/jose")], envelope).into_response()),
        Err(error) => failed(&error),
    }
}

/// A link whose one file is had directly (flag `U`) is not made here: the address of a manifest leads nowhere by GET.
pub(crate) async fn direct(State(app): State<App>) -> Response {
    gone(&app)
}

/// What a browser asks before it lets a viewer ask.
pub(crate) async fn preflight() -> Response {
    let mut response = open_to_every_origin(StatusCode::NO_CONTENT.into_response());
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST, GET"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

/// SECURITY: one answer, byte for byte, for a link that never was and for one that leads nowhere any more.
fn gone(app: &App) -> Response {
    if app.wrong_links.count(app.service.now()) {
        return waiting(60);
    }
    json_answer(StatusCode::NOT_FOUND, json!({ "error": "link-not-found" }).to_string())
}

fn failed(error: &Error) -> Response {
    if matches!(error, Error::Busy) {
        return waiting(1);
    }
    json_answer(status(error), json!({ "error": error.code(), "incident": incident(error) }).to_string())
}

pub(crate) fn waiting(seconds: u32) -> Response {
    let mut response = json_answer(StatusCode::TOO_MANY_REQUESTS, json!({ "error": "busy" }).to_string());
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn json_answer(status: StatusCode, text: String) -> Response {
    open_to_every_origin((status, [(header::CONTENT_TYPE, "application/json")], text).into_response())
}

fn open_to_every_origin(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}
