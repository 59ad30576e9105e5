//! Apps that a professional opens on a patient, at `/pro/patients/{pid}/apps`.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use dmp_pages::{ProAppLine, ProAppsPage, Said, Site};
use dmp_service::{Error, TicketUse};
use serde::Deserialize;

use super::{caller_for, denied, opened};
use crate::App;
use crate::apps::origin_of;
use crate::clinical;
use crate::site::{SignedIn, done, page};

/// The apps that are registered for professionals.
pub(crate) async fn show(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>) -> Response {
    let Ok(key) = opened(&app, &pid) else { return denied::page_for(&app, &signed_in, &pid) };
    let Some(record) = app.service.readable(key, &caller_for(&signed_in, key)).await else { return denied::page_for(&app, &signed_in, &pid) };
    let lang = signed_in.visitor.lang;
    let apps = app.apps.for_professionals().map(|known| ProAppLine {
        client_id: known.client_id.clone(),
        name: lang.pick(&known.name.fr, &known.name.en).to_owned(),
        publisher: known.publisher.clone(),
        privacy: known.privacy.clone(),
    });
    let shown = ProAppsPage {
        shell: signed_in.visitor.shell(&app, Site::Professional, &format!("/pro/patients/{pid}/apps")),
        person: clinical::person(&record),
        apps: apps.collect(),
        pid,
    };
    let mut response = page(&shown);
    // The form leads on to the app, whose registered address is named to the browser.
    let mut origins: Vec<String> = app.apps.for_professionals().filter_map(|known| origin_of(known.launch_url.as_deref()?)).collect();
    origins.sort_unstable();
    origins.dedup();
    let policy = crate::middleware::csp_with_form_to(&origins.join(" "));
    HeaderValue::from_str(&policy).ok().map(|value| response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value));
    response
}

/// Which app.
#[derive(Debug, Deserialize)]
pub(crate) struct OpenForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    app: String,
}

/// Sends the browser to the app, with a ticket for this professional and patient.
pub(crate) async fn launch(State(app): State<App>, signed_in: SignedIn, Path(pid): Path<String>, Form(form): Form<OpenForm>) -> Response {
    if !signed_in.owns(&form.csrf) {
        return done(&format!("/pro/patients/{pid}/apps"), Said::FormExpired);
    }
    match launched(&app, &signed_in, &pid, &form.app).await {
        Ok(url) => Redirect::to(&url).into_response(),
        Err(Error::Forbidden(_) | Error::NotFound("record-not-found")) => denied::page_for(&app, &signed_in, &pid),
        Err(error) => signed_in.fail(&app, &error),
    }
}

async fn launched(app: &App, signed_in: &SignedIn, pid: &str, client_id: &str) -> Result<String, Error> {
    let key = opened(app, pid)?;
    app.service.readable(key, &caller_for(signed_in, key)).await.ok_or(Error::NotFound("record-not-found"))?;
    let known = app.apps.get(client_id).filter(|known| known.is_for_professionals()).ok_or(Error::NotFound("app-not-found"))?;
    let ticket = app.service.make_ticket(key, TicketUse::App { client_id: client_id.to_owned() }, &signed_in.session.caller).await?;
    known.launched_with(&app.config.fhir_base(), &ticket).ok_or(Error::NotFound("app-not-found"))
}
