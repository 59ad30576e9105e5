//! Closing the record, at `/close`, and asking for its destruction afterwards.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use dmp_core::access::Act;
use dmp_core::record::{Record, RecordStatus};
use dmp_pages::{CLOSING_WORDS_MAX, ClosingPage, ClosingProblem, Said};
use dmp_service::Error;
use serde::Deserialize;

use super::{home, perspective};
use crate::App;
use crate::site::{SignedIn, Visitor, done, page_with};

/// Says what closing means.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn) -> Response {
    shown(&app, &signed_in, StatusCode::OK, String::new(), None).await
}

async fn load(app: &App, signed_in: &SignedIn) -> Result<std::sync::Arc<Record>, Error> {
    app.service.administrative(&signed_in.person()?, &signed_in.session.caller).await
}

async fn shown(app: &App, signed_in: &SignedIn, status: StatusCode, words: String, problem: Option<ClosingProblem>) -> Response {
    let caller = &signed_in.session.caller;
    match load(app, signed_in).await {
        Ok(record) if matches!(record.head.status, RecordStatus::Closed(_)) => Redirect::to("/").into_response(),
        Ok(record) => {
            let page = ClosingPage {
                shell: signed_in.visitor.acting_shell(app, "/close", &record),
                own: perspective(caller.kind) == dmp_pages::Perspective::Person,
                may: app.service.would_permit(Act::CloseRecord, &record, None, caller),
                words,
                problem,
            };
            page_with(status, &page)
        }
        Err(error) => signed_in.fail(app, &error),
    }
}

/// The form: a box is `on` or absent.
#[derive(Debug, Deserialize)]
pub(crate) struct ClosingForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    words: String,
    sure: Option<String>,
}

/// Closes the record.
pub(crate) async fn close(State(app): State<App>, signed_in: SignedIn, Form(form): Form<ClosingForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/close", Said::FormExpired);
    }
    let words = form.words.trim();
    let problem = if words.chars().count() > CLOSING_WORDS_MAX {
        Some(ClosingProblem::WordsTooLong)
    } else {
        form.sure.is_none().then_some(ClosingProblem::NotSure)
    };
    if problem.is_some() {
        return shown(&app, &signed_in, StatusCode::UNPROCESSABLE_ENTITY, form.words, problem).await;
    }
    let closed = match signed_in.person() {
        Ok(person) => app.service.close_record(&person, words, &signed_in.session.caller).await,
        Err(error) => Err(error),
    };
    match closed {
        Ok(_) => done("/", Said::RecordClosed),
        Err(Error::Conflict("record-changed")) => done("/close", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The form of the destruction.
#[derive(Debug, Deserialize)]
pub(crate) struct DestructionForm {
    #[serde(default)]
    csrf: String,
    sure: Option<String>,
}

/// Asks that the closed record be destroyed early.
pub(crate) async fn destruction(State(app): State<App>, signed_in: SignedIn, Form(form): Form<DestructionForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done("/", Said::FormExpired);
    }
    let person = match signed_in.person() {
        Ok(person) => person,
        Err(error) => return signed_in.fail(&app, &error),
    };
    if form.sure.is_none() {
        return home::closed(&app, &signed_in, &person, Some(ClosingProblem::DestructionNotSure)).await;
    }
    match app.service.request_destruction(&person, &signed_in.session.caller).await {
        Ok(_) => done("/", Said::DestructionRequested),
        Err(Error::Conflict("record-changed" | "destruction-requested")) => done("/", Said::TryAgain),
        Err(error) => signed_in.fail(&app, &error),
    }
}

/// The explanation on paper: nobody's data.
pub(crate) async fn leaflet(State(app): State<App>, visitor: Visitor) -> Response {
    let made = crate::paper::closing(visitor.lang, app.service.now());
    made.and_then(|bytes| crate::clinical::pdf_answer(bytes, "fermeture.pdf"))
        .unwrap_or_else(|error| crate::site::fail(&app, &visitor, dmp_pages::Site::Public, "/", &error))
}
