//! Reading a patient's record: results and their curves, search, the summary on paper.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use dmp_core::access::Caller;
use dmp_pages::{Said, SearchOutcome, Shell, Site};
use dmp_service::{Error, Summarized};
use serde::Deserialize;

use super::{caller_for, denied, opened, person};
use crate::App;
use crate::clinical::{self, Place};
use crate::site::{SignedIn, done, page};

/// The form of a search.
#[derive(Debug, Deserialize)]
pub(crate) struct SearchForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    q: String,
}

fn shell(app: &App, signed_in: &SignedIn, pid: &str, back: &str, words: &str) -> Shell {
    let shell = signed_in.visitor.shell(app, Site::Professional, &format!("/pro/patients/{pid}{back}"));
    Shell { search: Some(Place::of_patient(pid).search_box(words)), ..shell }
}

/// The summary of a patient for this professional.
pub(crate) async fn summarized(app: &App, signed_in: &SignedIn, pid: &str) -> Result<(Summarized, Caller), Error> {
    let key = opened(app, pid)?;
    let caller = caller_for(signed_in, key);
    Ok((app.service.summarize(&person(key), &caller).await?, caller))
}

/// A page, or why this professional may not read it.
fn answered(app: &App, signed_in: &SignedIn, pid: &str, made: Result<Response, Error>) -> Response {
    match made {
        Ok(response) => response,
        Err(Error::Forbidden(_) | Error::NotFound("record-not-found")) => denied::page_for(app, signed_in, pid),
        Err(error) => signed_in.fail(app, &error),
    }
}

/// All results.
pub(crate) async fn results(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = summarized(&app, &signed_in, &pid).await;
    let made = made.map(|(made, _)| page(&clinical::results(&app, &made, &Place::of_patient(&pid), shell(&app, &signed_in, &pid, "/results", ""))));
    answered(&app, &signed_in, &pid, made)
}

/// One analyte over time.
pub(crate) async fn analyte(State(app): State<App>, signed_in: SignedIn, Path((pid, key)): Path<(String, String)>) -> Response {
    let made = summarized(&app, &signed_in, &pid).await.and_then(|(made, _)| {
        let shell = shell(&app, &signed_in, &pid, &format!("/results/{key}"), "");
        clinical::analyte(&app, &made, &Place::of_patient(&pid), shell, &key).map(|shown| page(&shown)).ok_or(Error::NotFound("result-not-found"))
    });
    answered(&app, &signed_in, &pid, made)
}

/// The form of a search.
pub(crate) async fn search_form(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = match opened(&app, &pid) {
        Ok(key) => app.service.search(&person(key), &caller_for(&signed_in, key), |_| false).await,
        Err(error) => Err(error),
    };
    let made = made.map(|found| {
        let shell = shell(&app, &signed_in, &pid, "/search", "");
        page(&clinical::search_page(&found.record, &Place::of_patient(&pid), "", shell, SearchOutcome::NotAsked, 0))
    });
    answered(&app, &signed_in, &pid, made)
}

/// A search.
pub(crate) async fn search(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<SearchForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done(&format!("/pro/patients/{pid}"), Said::FormExpired);
    }
    let made = match opened(&app, &pid) {
        Ok(key) => {
            let caller = caller_for(&signed_in, key);
            let shell = |_: &dmp_core::record::Record| shell(&app, &signed_in, &pid, "/search", &form.q);
            clinical::search(&app, &person(key), &caller, &Place::of_patient(&pid), &form.q, shell).await
        }
        Err(error) => Err(error),
    };
    answered(&app, &signed_in, &pid, made.map(|shown| page(&shown)))
}

/// The summary on paper.
pub(crate) async fn summary_pdf(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let made = summarized(&app, &signed_in, &pid).await;
    let made = made.and_then(|(made, caller)| clinical::summary_pdf(&made.summary, signed_in.visitor.lang, &caller.shown_name()));
    answered(&app, &signed_in, &pid, made.map(IntoResponse::into_response))
}
