//! A copy of everything, at `/download`.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::{Act, CallerKind, Reason};
use dmp_core::summary::Bounds;
use dmp_pages::{DownloadPage, DownloadProblem, Said};
use dmp_service::Error;
use serde::Deserialize;

use crate::App;
use crate::site::{SignedIn, done, page_with};

/// Shows what would be inside.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    shown(&app, &signed_in, StatusCode::OK, None).await
}

async fn shown(app: &App, signed_in: &SignedIn, status: StatusCode, problem: Option<DownloadProblem>) -> Response {
    let caller = &signed_in.session.caller;
    let found = match signed_in.person() {
        Ok(person) => app.service.search(&person, caller, |_| true).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(found) => {
            let own = caller.kind == CallerKind::Patient;
            let page = DownloadPage {
                shell: signed_in.visitor.acting_shell(app, "/download", &found.record),
                own,
                may: app.service.would_permit(Act::DownloadAll, &found.record, None, caller),
                documents: found.places.len(),
                bytes: found.entries().map(|entry| entry.content.size).sum(),
                problem,
            };
            page_with(status, &page)
        }
        // The page of a closed record says how to get at a copy.
        Err(Error::Forbidden(Reason::RecordClosed)) => Redirect::to("/").into_response(),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// The form: a box is `on` or absent.
#[derive(Debug, Deserialize)]
pub(crate) struct DownloadForm {
    #[serde(default)]
    csrf: String,
    understood: Option<String>,
}

/// Sends the copy.
pub(crate) async fn download(State(app): State<App>, signed_in: SignedIn, Form(form): Form<DownloadForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/download", Said::FormExpired);
    }
    if form.understood.is_none() {
        return shown(&app, &signed_in, StatusCode::UNPROCESSABLE_ENTITY, Some(DownloadProblem::NotUnderstood)).await;
    }
    let taken = match signed_in.person() {
        Ok(person) => app.service.take_copy(&person, &signed_in.session.caller, Bounds::SHOWN).await,
        Err(error) => Err(error),
    };
    let copy = match taken {
        Ok(copy) => copy,
        Err(Error::Conflict("copies-limit")) => {
            return shown(&app, &signed_in, StatusCode::TOO_MANY_REQUESTS, Some(DownloadProblem::Limit)).await;
        }
        Err(Error::Conflict("record-changed")) => return done("/download", Said::TryAgain),
        Err(error) => return signed_in.fail(&app, &error),
    };
    let day: String = copy.at.to_rfc3339().chars().take(10).collect();
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let name = HeaderValue::from_str(&format!("attachment; filename=\"dossier-medical-{day}.zip\""));
    headers.insert(header::CONTENT_DISPOSITION, name.unwrap_or(HeaderValue::from_static("attachment")));
    (headers, crate::copy::stream(app.clone(), copy, signed_in.visitor.lang)).into_response()
}
